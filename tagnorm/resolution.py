"""What comes out: the segments of a raw string, its tags, and how sure the answer is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import attrs

__all__ = ["Alternative", "Resolution", "Segment", "status_of", "status_of_word", "worst_of"]

_WORST_FIRST = ("mixed", "concatenated", "misspelled", "alias", "canonical")


@attrs.frozen
class Segment:
    """A stretch of the raw string and what it was read as.

    `start` and `end` count characters of the raw string. `code` is None where nothing was
    resolved. `how` is `canonical`, `alias`, `decision`, `unresolved`, `separator`, or the edit that
    was undone (`swap`, `drop_last`, `add_family` ...: see `tagnorm.channel.EDITS`); `edits` counts
    the edits, 0 or 1.
    """

    raw: str
    start: int
    end: int
    code: str | None
    how: str
    edits: int = 0


@attrs.frozen
class Alternative:
    """Another reading of the whole string: its tags, and the probability that they are right."""

    tags: tuple[str, ...]
    confidence: float


@attrs.frozen
class Resolution:
    """The answer for one raw string.

    * `tags` -- the codes, in order; empty if nothing was resolved;
    * `segments` -- they cover `raw` from its first character to its last, without overlap;
    * `status` -- canonical, alias, misspelled, concatenated, mixed or unresolved;
    * `confidence` -- the probability, from 0 to 1, that `tags` is right as a whole;
    * `alternatives` -- other readings, the likeliest first.

    >>> from tagnorm import resolve
    >>> answer = resolve("PRELPGVO")
    >>> answer.tags, answer.status
    (('PREL', 'PGOV'), 'mixed')
    >>> [(segment.raw, segment.code, segment.how) for segment in answer.segments]
    [('PREL', 'PREL', 'canonical'), ('PGVO', 'PGOV', 'swap')]
    """

    raw: str
    tags: tuple[str, ...]
    segments: tuple[Segment, ...]
    status: str
    confidence: float
    alternatives: tuple[Alternative, ...] = ()

    @property
    def unresolved(self) -> tuple[str, ...]:
        """The pieces that were left as they stood, in order.

        >>> from tagnorm import resolve
        >>> resolve("PREL, ALIREZA").unresolved
        ('ALIREZA',)
        """
        return tuple(s.raw for s in self.segments if s.how == "unresolved")

    @property
    def is_resolved(self) -> bool:
        """Whether every piece of the string became a code."""
        return bool(self.tags) and not self.unresolved

    def to_dict(self) -> dict[str, Any]:
        """The answer as dictionaries, lists, texts and numbers; probabilities have six digits.

        >>> from tagnorm import resolve
        >>> resolve("PREL, ALIREZA").to_dict()["unresolved"]
        ['ALIREZA']
        """
        from tagnorm.records import record_of  # noqa: PLC0415 -- loaded when first used

        return record_of(self)

    def to_json(self) -> str:
        """The same as JSON in one line, as `tagnorm split --json` writes it.

        >>> from tagnorm import resolve
        >>> resolve("PREL").to_json()[:38]
        '{"raw": "PREL", "tags": ["PREL"], "sta'
        """
        return json.dumps(self.to_dict(), ensure_ascii=False)

    def _repr_html_(self) -> str:
        from tagnorm.notebook import resolution_page  # noqa: PLC0415 -- few are in a notebook

        return resolution_page(self)


def status_of(segments: Sequence[Segment]) -> str:
    """The class of an answer by its segments, as in the contract.

    Words that a separator parts are not run together: a field of clean tags is canonical. Of
    several words the status names the worst that was found.
    """
    if len(segments) == 1:
        # The most frequent answer by far.
        (whole,) = segments
        if whole.code is None:
            return "unresolved"
        if whole.edits:
            return "misspelled"
        return "alias" if whole.how == "alias" else "canonical"
    statuses: set[str] = set()
    word: list[Segment] = []
    for segment in segments:
        if segment.how != "separator":
            word.append(segment)
        elif word:
            statuses.add(status_of_word(word))
            word = []
    if word:
        statuses.add(status_of_word(word))
    return worst_of(statuses)


def worst_of(statuses: AbstractSet[str]) -> str:
    """The status of a field by those of its words.

    >>> worst_of({"canonical", "alias"}), worst_of({"canonical", "unresolved"}), worst_of(set())
    ('alias', 'mixed', 'unresolved')
    """
    if not statuses or statuses == {"unresolved"}:
        return "unresolved"
    if "unresolved" in statuses or {"concatenated", "misspelled"} <= statuses:
        return "mixed"
    return next(status for status in _WORST_FIRST if status in statuses)


def status_of_word(word: Sequence[Segment]) -> str:
    """The status of a word by its segments, of which none is a separator."""
    codes, edited, how = 0, False, ""
    for segment in word:
        if segment.code is not None:
            codes += 1
            edited = edited or segment.edits > 0
            how = segment.how
    if not codes:
        return "unresolved"
    if codes < len(word):
        return "mixed"
    if codes > 1:
        return "mixed" if edited else "concatenated"
    if edited:
        return "misspelled"
    return "alias" if how == "alias" else "canonical"
