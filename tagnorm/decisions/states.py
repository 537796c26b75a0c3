"""The states of a word: which of them need a person.

A word is in one of four states, and `tagnorm review`, the report of `tagnorm clean` and every other
page use these names for nothing else:

* `resolved` -- all of it became codes, and the answer is sure;
* `doubtful` -- all of it became codes, but the answer is less sure than `DOUBT`;
* `unresolved` -- something in it has no code, or the answer was refused as too unsure;
* `decided` -- a person has said what it is, be it codes or no code at all.

Doubtful and unresolved words need a person. A word is judged by itself, since what is decided about
it holds in every field it stands in.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Literal, get_args

from tagnorm.resolution import Resolution

__all__ = ["DOUBT", "NEED_A_PERSON", "STATES", "State", "state_of", "undecided_state"]

State = Literal["resolved", "doubtful", "unresolved", "decided"]
STATES: tuple[State, ...] = get_args(State)
NEED_A_PERSON: tuple[State, ...] = ("doubtful", "unresolved")
# An answer that is less sure than this is doubtful.
DOUBT = 0.9


def state_of(
    answer: Resolution, decisions: Container[str] | None = None, *, below: float = DOUBT
) -> State:
    """The state of a word or of a field by its answer.

    Args:
        answer: what `resolve` said.
        decisions: what a person has decided; a `Decisions` is a collection of raw strings.
        below: an answer that is less sure than this is doubtful.

    >>> from tagnorm import Decision, Decisions, resolve
    >>> [state_of(resolve(raw)) for raw in ("PREL", "KWHG", "PELOSI")]
    ['resolved', 'doubtful', 'unresolved']
    >>> state_of(resolve("PELOSI"), Decisions([Decision("Pelosi", [])]))
    'decided'
    """
    if decisions is not None and answer.raw in decisions:
        return "decided"
    return undecided_state(answer.confidence, is_resolved=answer.is_resolved, below=below)


def undecided_state(
    confidence: float, *, is_resolved: bool, below: float = DOUBT, min_confidence: float = 0.0
) -> State:
    """The state of what nobody has decided, by whether all of it became codes, and how surely.

    >>> [undecided_state(sure, is_resolved=True, min_confidence=0.5) for sure in (0.95, 0.8, 0.4)]
    ['resolved', 'doubtful', 'unresolved']
    """
    if not is_resolved or confidence < min_confidence:
        return "unresolved"
    return "doubtful" if confidence < below else "resolved"
