"""What comes out: the segments of a raw string, its tags, and how sure the answer is."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple, TypeAlias

import attrs

__all__ = [
    "AS_WRITTEN",
    "STATUSES",
    "Alternative",
    "Piece",
    "Resolution",
    "Segment",
    "Word",
    "status_of_word",
    "worst_of",
]

# So many digits of a probability are told; more would say nothing.
_DIGITS = 6
# What `Resolution.status` and `Word.status` may be.
STATUSES = ("canonical", "alias", "misspelled", "concatenated", "mixed", "unresolved")
# So many tags, and so many letters of the raw string, are shown where there is little room.
_SHOWN, _WIDEST = 8, 60
# How a code stands there that is neither misspelled nor guessed.
AS_WRITTEN = frozenset(("canonical", "alias", "decision"))
_WORST_FIRST = ("mixed", "concatenated", "misspelled", "alias", "canonical")


class Piece(NamedTuple):
    """A stretch of a word and what it is read as; `tag` is None where it is left alone."""

    start: int
    end: int
    tag: str | None
    how: str


class Segment(NamedTuple):
    """A stretch of the raw string and what it was read as.

    `start` and `end` count characters of the raw string. `code` is None where nothing was
    resolved. `how` is `canonical`, `alias`, `decision`, `unresolved`, `separator`, or the edit that
    was undone (`swap`, `drop_last`, `add_family` ...: see `tagnorm.engine.edits.grammar`); `edits`
    counts the edits, 0 or 1.

    >>> from tagnorm import resolve
    >>> resolve("PRELPGVO").segments[1]
    Segment(raw='PGVO', start=4, end=8, code='PGOV', how='swap', edits=1)
    """

    raw: str
    start: int
    end: int
    code: str | None
    how: str
    edits: int = 0


class Alternative(NamedTuple):
    """Another reading of the whole string: its tags, and the probability that they are right."""

    tags: tuple[str, ...]
    confidence: float

    def to_dict(self) -> dict[str, Any]:
        """The reading as `Resolution.to_dict` has it.

        >>> Alternative(("PREL",), 0.12345678).to_dict()
        {'tags': ['PREL'], 'confidence': 0.123457}
        """
        return {"tags": list(self.tags), "confidence": round(self.confidence, _DIGITS)}


@attrs.frozen
class Word:
    """A stretch of the raw string that was read by itself: a word, or a form of several words.

    `tags`, `status`, `confidence` and `alternatives` are as in a `Resolution`; the `segments` cover
    the word, and so do its `pieces`, which count from its start. What stays unresolved side by side
    is one word.

    >>> from tagnorm import resolve
    >>> [(word.raw, word.tags) for word in resolve("PREL, human rights; AL-QAEDA").words]
    [('PREL', ('PREL',)), ('human rights', ('PHUM',)), ('AL-QAEDA', ())]
    """

    raw: str
    start: int
    end: int
    pieces: tuple[Piece, ...]
    confidence: float
    alternatives: tuple[Alternative, ...] = ()

    @property
    def tags(self) -> tuple[str, ...]:
        """The codes of the word, in order."""
        return tuple([tag for _, _, tag, _ in self.pieces if tag is not None])

    @property
    def status(self) -> str:
        """Canonical, alias, misspelled, concatenated, mixed or unresolved."""
        return status_of_word(self.pieces)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The pieces as stretches of the whole string."""
        raw, at = self.raw, self.start
        return tuple(
            [
                Segment(raw[start:end], at + start, at + end, tag, how, _edits_of(tag, how))
                for start, end, tag, how in self.pieces
            ]
        )

    def as_resolution(self) -> Resolution:
        """The answer for the word as if it were all there is, read as it is in its string.

        >>> from tagnorm import resolve
        >>> resolve("ETTC, ETTD").words[1].as_resolution().segments[0].start
        0
        """
        answer = self.pieces, self.confidence, self.alternatives
        stretches = ((0, self.end - self.start, answer),)
        return Resolution(
            self.raw, self.tags, stretches, self.status, self.confidence, self.alternatives
        )


# Where a word begins and ends in the raw string, and its pieces, confidence and alternatives.
_Stretch: TypeAlias = tuple[int, int, tuple[tuple[Piece, ...], float, tuple[Alternative, ...]]]


@attrs.frozen
class Resolution:
    """The answer for one raw string.

    * `tags` -- the codes, in order; empty if nothing was resolved;
    * `words` -- the stretches that were read by themselves, in order, which are made when they are
      asked for;
    * `segments` -- the segments of the words, and what separates them: they cover `raw` from its
      first character to its last, without overlap;
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
    stretches: tuple[_Stretch, ...]
    status: str
    confidence: float
    alternatives: tuple[Alternative, ...] = ()

    @property
    def words(self) -> tuple[Word, ...]:
        """The stretches of the string that were read by themselves, in order."""
        raw = self.raw
        return tuple(
            [
                Word(raw[start:end], start, end, pieces, confidence, alternatives)
                for start, end, (pieces, confidence, alternatives) in self.stretches
            ]
        )

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The segments of the words, and what separates them, in order.

        >>> from tagnorm import resolve
        >>> [segment.raw for segment in resolve("PREL, PGVO").segments]
        ['PREL', ', ', 'PGVO']
        """
        raw, at = self.raw, 0
        found: list[Segment] = []
        for word in self.words:
            if word.start > at:
                found.append(Segment(raw[at : word.start], at, word.start, None, "separator"))
            found += word.segments
            at = word.end
        if at < len(raw):
            found.append(Segment(raw[at:], at, len(raw), None, "separator"))
        return tuple(found)

    @property
    def unresolved(self) -> tuple[str, ...]:
        """The pieces that were left as they stood, in order.

        >>> from tagnorm import resolve
        >>> resolve("PREL, ALIREZA").unresolved
        ('ALIREZA',)
        """
        return tuple(
            word.raw[start:end]
            for word in self.words
            for start, end, tag, _ in word.pieces
            if tag is None
        )

    @property
    def is_resolved(self) -> bool:
        """Whether every piece of the string became a code."""
        return bool(self.tags) and not self.unresolved

    def to_dict(self) -> dict[str, Any]:
        """The answer as dictionaries, lists, texts and numbers; probabilities have six digits.

        >>> from tagnorm import resolve
        >>> record = resolve("PGVO, ALIREZA").to_dict()
        >>> record["tags"], record["unresolved"], record["segments"][0]["how"]
        (['PGOV'], ['ALIREZA'], 'swap')
        """
        return {
            "raw": self.raw,
            "tags": list(self.tags),
            "status": self.status,
            "confidence": round(self.confidence, _DIGITS),
            "unresolved": list(self.unresolved),
            "words": [_word_record(word) for word in self.words],
            "segments": [_segment_record(segment) for segment in self.segments],
            "alternatives": [other.to_dict() for other in self.alternatives],
        }

    def to_json(self) -> str:
        """The same as JSON in one line, as `tagnorm split --json` writes it.

        >>> from tagnorm import resolve
        >>> resolve("PREL").to_json()[:38]
        '{"raw": "PREL", "tags": ["PREL"], "sta'
        """
        import json  # noqa: PLC0415 -- few write JSON

        return json.dumps(self.to_dict(), ensure_ascii=False)

    def __repr__(self) -> str:
        more = " ..." if len(self.tags) > _SHOWN else ""
        tags = " ".join(self.tags[:_SHOWN]) + more if self.tags else "no tags"
        raw = self.raw if len(self.raw) <= _WIDEST else f"{self.raw[: _WIDEST - 3]}..."
        return f"<Resolution of {raw!r}: {tags}; {self.status}, {self.confidence:.3f}>"

    def _repr_html_(self) -> str:
        from tagnorm.notebook import resolution_page  # noqa: PLC0415 -- few are in a notebook

        return resolution_page(self)


def _word_record(word: Word) -> dict[str, Any]:
    return {
        "raw": word.raw,
        "start": word.start,
        "end": word.end,
        "tags": list(word.tags),
        "status": word.status,
        "confidence": round(word.confidence, _DIGITS),
        "alternatives": [other.to_dict() for other in word.alternatives],
    }


def _segment_record(segment: Segment) -> dict[str, Any]:
    return {
        "raw": segment.raw,
        "start": segment.start,
        "end": segment.end,
        "code": segment.code,
        "how": segment.how,
    }


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


def status_of_word(pieces: Sequence[Piece]) -> str:
    """The status of a word by its pieces.

    >>> status_of_word([Piece(0, 4, "PREL", "canonical"), Piece(4, 8, "PGOV", "swap")])
    'mixed'
    """
    if len(pieces) == 1:
        _, _, tag, how = pieces[0]
        if tag is None:
            return "unresolved"
        if how not in AS_WRITTEN:
            return "misspelled"
        return "alias" if how == "alias" else "canonical"
    hows = [how for _, _, tag, how in pieces if tag is not None]
    if not hows:
        return "unresolved"
    is_whole = len(hows) == len(pieces) and AS_WRITTEN.issuperset(hows)
    return "concatenated" if is_whole else "mixed"


def _edits_of(tag: str | None, how: str) -> int:
    return 0 if tag is None or how in AS_WRITTEN else 1
