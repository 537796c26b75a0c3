"""The words of a column, how often each stands there, and how it may be read."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence

import attrs

from tagnorm.engine.edits.grammar import edit_between
from tagnorm.folding import squash
from tagnorm.resolution import Resolution, Segment

__all__ = ["KINDS", "Observed", "Way", "observed"]

# How a word that is no entry as it stands may be read.
KINDS = ("unresolved", "edit", "joined", "joined_edit", "leftover")
# Every tenth distinct text teaches nothing; it tells whether what was learnt holds.
_HELD_OUT = 10


@attrs.frozen
class Way:
    """One way to read a word: its probability before anything is learnt, and what it assumes.

    `kind` is one of `KINDS`, or `exact` for what is looked up; `edits` are not known of a run that
    is not the best reading.
    """

    share: float
    kind: str
    codes: tuple[str, ...]
    edits: tuple[str, ...] = ()


@attrs.frozen
class Observed:
    """A distinct word: how often it stands in the column, and the ways to read it, best first."""

    raw: str
    count: int
    ways: tuple[Way, ...]
    held_out: bool


def observed(
    counts: Mapping[str, int],
    resolve: Callable[[str], Resolution],
    families: frozenset[str] = frozenset(),
) -> list[Observed]:
    """The words of a column, of which the distinct texts are given and how often each stands.

    `families` are the letters that begin codes of the vocabulary's families.
    """
    words: dict[tuple[str, bool], Observed] = {}
    for text, count in counts.items():
        held_out = zlib.crc32(text.encode("utf-8", "surrogatepass")) % _HELD_OUT == 0
        for raw, ways in _words(resolve(text), resolve, families):
            known = words.get((raw, held_out))
            total = count + (known.count if known else 0)
            words[raw, held_out] = Observed(raw, total, ways, held_out)
    return list(words.values())


def _words(
    answer: Resolution, resolve: Callable[[str], Resolution], families: frozenset[str]
) -> Iterator[tuple[str, tuple[Way, ...]]]:
    """The words of a text with the ways to read each by itself."""
    if len(answer.words) == 1 and answer.words[0].raw == answer.raw:
        yield answer.raw, _ways(answer, families)
        return
    for word in answer.words:
        yield word.raw, _ways(resolve(word.raw), families)


def _ways(answer: Resolution, families: frozenset[str]) -> tuple[Way, ...]:
    segments = [segment for segment in answer.segments if segment.how != "separator"]
    edits = tuple(segment.how for segment in segments if segment.edits)
    best = Way(answer.confidence, _kind(answer.tags, segments), answer.tags, edits)
    others = [
        Way(
            other.confidence,
            _kind_of_tags(other.tags),
            other.tags,
            _edits(answer.raw, other.tags, families),
        )
        for other in answer.alternatives
    ]
    total = sum(way.share for way in (best, *others)) or 1.0
    return tuple(attrs.evolve(way, share=way.share / total) for way in (best, *others))


def _edits(raw: str, tags: Sequence[str], families: frozenset[str]) -> tuple[str, ...]:
    """The edit by which a word may be read as one code."""
    if len(tags) != 1:
        return ()
    edit = edit_between(squash(raw), squash(tags[0]), families)
    return () if edit is None else (edit,)


def _kind(tags: Sequence[str], segments: Sequence[Segment]) -> str:
    if not tags:
        return "unresolved"
    if any(segment.how == "unresolved" for segment in segments):
        return "leftover"
    edited = any(segment.edits for segment in segments)
    if len(tags) == 1:
        return "edit" if edited else "exact"
    return "joined_edit" if edited else "joined"


def _kind_of_tags(tags: Sequence[str]) -> str:
    """The kind of a reading of which only the tags are known."""
    if not tags:
        return "unresolved"
    return "edit" if len(tags) == 1 else "joined_edit"
