"""Strings of which the truth is known, made by the rates of a column: a parametric bootstrap.

They are such as can be read at all: the code with the edit has three letters or more, where there
are such codes, and in what is joined another one stands as it is written, with codes that need
company behind it.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

import attrs

from tagnorm.engine.edits.grammar import edit_between, family_letters
from tagnorm.folding import squash
from tagnorm.learning.expectation import Rates
from tagnorm.vocabulary.codes import Taxonomy

__all__ = ["Simulated", "simulated"]

_TRIES = 400
_EDITS = ("swap", "drop", "add", "replace")
# Strings that are not joined codes.
_ALONE = ("edit", "unresolved")


@attrs.frozen
class Simulated:
    """A string and what it means; no tags if it is no code."""

    raw: str
    truth: tuple[str, ...]
    kind: str


def simulated(
    taxonomy: Taxonomy, rates: Rates, words: Sequence[str], number: int, seed: int = 0
) -> Iterator[Simulated]:
    """So many strings that are no entries, by the rates; `words` are those that mean no code."""
    draw = random.Random(f"{seed}/simulated")
    long = _Codes((code.tag for code in taxonomy if code.anchor), rates)
    short = _Codes((code.tag for code in taxonomy if not code.anchor), rates)
    families = family_letters(taxonomy)
    forms = {squash(code.tag) for code in taxonomy}
    kinds = {kind: share for kind, share in rates.kinds.items() if words or kind != "unresolved"}
    if not long.tags:
        # Nobody joins codes that need company without another one.
        long, short = short, long
        kinds = {kind: share for kind, share in kinds.items() if kind in _ALONE}
    letters = sorted({letter for tag in long.tags[:5000] for letter in squash(tag)})
    short_share = short.share / (long.share + short.share)
    for _ in range(number):
        kind = draw.choices(list(kinds), list(kinds.values()))[0]
        if kind == "unresolved":
            yield Simulated(draw.choice(words), (), kind)
            continue
        size = 1 if kind == "edit" else draw.choice((2, 2, 3))
        truth = [long.drawn(draw) for _ in range(size)]
        if size > 1 and draw.random() < short_share and (kind != "joined_edit" or size > 2):
            truth[-1] = short.drawn(draw)
        parts = list(truth)
        if kind in ("edit", "joined_edit"):
            at = draw.choice([at for at, tag in enumerate(truth) if tag in long.known])
            edited = _edited(draw, truth[at], letters, families, rates)
            if edited is None or squash(edited) in forms:
                continue
            parts[at] = edited
        elif kind == "leftover":
            parts.append("".join(draw.choices(letters, k=draw.choice((1, 2)))))
        raw = "".join(parts)
        if squash(raw) not in forms:
            yield Simulated(raw, tuple(truth), kind)


class _Codes:
    """Codes to draw from, by how often each is meant."""

    def __init__(self, tags: Iterable[str], rates: Rates) -> None:
        self.tags = list(tags)
        self.known = frozenset(self.tags)
        self._upto = list(accumulate(rates.codes[tag] for tag in self.tags))

    @property
    def share(self) -> float:
        return self._upto[-1] if self._upto else 0.0

    def drawn(self, draw: random.Random) -> str:
        return draw.choices(self.tags, cum_weights=self._upto)[0]


def _edited(
    draw: random.Random,
    tag: str,
    letters: Sequence[str],
    families: frozenset[str],
    rates: Rates,
) -> str | None:
    """A code with one edit, drawn by how often each is made; None if it can have none of them."""
    most = max(rates.edits.values())
    for _ in range(_TRIES):
        at = draw.randrange(len(tag) + 1)
        before, after, letter = tag[:at], tag[at:], draw.choice(letters)
        edit = draw.choice(_EDITS)
        if edit == "add":
            raw = before + letter + after
        elif edit == "drop":
            raw = before + after[1:]
        elif edit == "swap":
            raw = before + after[1:2] + after[:1] + after[2:]
        else:
            raw = before + letter + after[1:]
        how = edit_between(squash(raw), squash(tag), families)
        if how is not None and draw.random() < rates.edits.get(how, 0.0) / most:
            return raw
    return None
