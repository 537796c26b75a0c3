"""A field taken apart: into places, these into chunks, and these into parts.

* List separators (`, ; |`, tab, line end) part *places*. So does `/`, but beside a single letter or
  a number it joins.
* Spaces part the *chunks* of a place.
* Joiners (`- . ' & _ + # :`, a back-quote) stand between the *parts* of a chunk: they may part two
  codes, belong to a form, or hold a word together. Which of these it is, the reader decides.
* Parentheses hold persons: what stands in them is one chunk, and no tag.
* Any other character that is neither letter nor digit parts places, unless a form of the
  vocabulary has it beside a letter: then it is a joiner.

A form of the vocabulary that is written with any of these is one part wherever it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

from tagnorm.engine.text.atoms import Atom, atoms_of
from tagnorm.engine.text.characters import (
    CLOSE,
    JOINER,
    KINDS,
    OPEN,
    SLASH,
    SPACE,
    WORD,
    is_plain,
)
from tagnorm.engine.text.forms import Forms

__all__ = ["JOINED", "Chunk", "Part", "PlainWords", "places_of", "plain_words_of"]

_WORDS: Final = re.compile("w+")
_NOT_PLAIN: Final = re.compile("[^wsl]")
# The fewest words, or codes, that can be joined.
JOINED: Final = 2


class Part(NamedTuple):
    """A word of a chunk, or a form of the vocabulary that holds punctuation or spaces.

    `word` has the letters and digits alone; the places are those of the folded text.
    """

    word: str
    start: int
    end: int
    is_form: bool


class Chunk(NamedTuple):
    """What stands between two spaces or separators of a field, or in parentheses.

    The places are those of the folded text.
    """

    start: int
    end: int
    parts: tuple[Part, ...]
    in_parentheses: bool = False


class PlainWords(NamedTuple):
    """The words of plain text, each with its start and its end, and the kinds of its characters."""

    words: list[tuple[str, int, int]]
    kinds: str

    def places(self) -> list[tuple[int, int]]:
        """The words of each place, as the index of its first and the one behind its last.

        >>> plain_words_of("PREL PGOV, SP").places()
        [(0, 2), (2, 3)]
        """
        words, kinds = self.words, self.kinds
        if not words:
            return []
        starts = [
            at
            for at, (_, start, _) in enumerate(words)
            if at == 0 or kinds[words[at - 1][2] : start].strip(SPACE)
        ]
        return list(zip(starts, [*starts[1:], len(words)], strict=True))


def plain_words_of(folded: str) -> PlainWords | None:
    """The words of folded text; None if anything but spaces and list separators is between them.

    >>> plain_words_of("PREL, PGOV;").words
    [('PREL', 0, 4), ('PGOV', 6, 10)]
    >>> plain_words_of("PREL-PGOV"), plain_words_of("UNGA/6")
    (None, None)
    """
    if folded.isalnum() and folded.isascii():
        return PlainWords([(folded, 0, len(folded))], WORD * len(folded))
    kinds = KINDS.of(folded)
    if _NOT_PLAIN.search(kinds) is not None and (SLASH not in kinds or not is_plain(folded)):
        return None
    spans = [match.span() for match in _WORDS.finditer(kinds)]
    return PlainWords([(folded[start:end], start, end) for start, end in spans], kinds)


def places_of(folded: str, forms: Forms) -> list[list[Chunk]]:
    """The places of folded text, each with its chunks in order.

    >>> forms = Forms([])
    >>> for place in places_of("PREL-PGOV SP, N/A (LI, PENG)", forms):
    ...     print([[part.word for part in chunk.parts] for chunk in place])
    [['PREL', 'PGOV'], ['SP']]
    [['N', 'A']]
    [['LI', 'PENG']]
    """
    kinds = forms.kinds.of(folded)
    atoms = atoms_of(folded, kinds)
    places: list[list[Chunk]] = [[]]
    parts: list[Part] = []
    start = end = -1

    def close_chunk() -> None:
        nonlocal start, end
        if parts:
            places[-1].append(Chunk(start, end, tuple(parts)))
            parts.clear()
        start = end = -1

    def close_place() -> None:
        close_chunk()
        if places[-1]:
            places.append([])

    at = free = 0
    while at < len(atoms):
        atom = atoms[at]
        if atom.start != end:
            close_chunk()
        form = forms.at(atoms, at, free) if atom.kind == WORD else None
        if form is not None:
            word, first, behind = form
            begin, finish = atoms[first].start, atoms[behind - 1].end
            _end_before(places, begin)
            parts.append(Part(word, begin, finish, True))
            start, end, at, free = (begin if start < 0 else start), finish, behind, behind
            continue
        if atom.kind == WORD:
            parts.append(Part(atom.text, atom.start, atom.end, False))
        elif atom.kind == OPEN and not _is_stray(kinds, atom.start):
            close_place()
            behind = _closing(folded, kinds, atom.start)
            first, at = at, bisect_right(atoms, behind, at, key=lambda a: a.start)
            held_atoms = [a for a in atoms[first:at] if a.end <= behind]
            inside = [a for a in held_atoms if a.kind in (WORD, JOINER)]
            held = tuple([Part(a.text, a.start, a.end, False) for a in inside if a.kind == WORD])
            if held:
                places[-1].append(Chunk(inside[0].start, inside[-1].end, held, True))
                close_place()
            continue
        elif atom.kind not in (JOINER, OPEN) and not (atom.kind == SLASH and _joins(atoms, at)):
            close_place()
            at += 1
            continue
        start, end = (atom.start if start < 0 else start), atom.end
        at += 1
    close_place()
    return places[:-1] if not places[-1] else places


def _end_before(places: list[list[Chunk]], begin: int) -> None:
    """Shorten the last chunk if it goes on into a form: its last mark is then the first of that
    form."""
    chunks = places[-1] or places[max(len(places) - 2, 0)]
    if chunks and chunks[-1].end > begin:
        chunks[-1] = chunks[-1]._replace(end=begin)


def _is_stray(kinds: str, start: int) -> bool:
    """Whether an opening parenthesis stands within a word and is never closed."""
    within = 0 < start < len(kinds) - 1 and kinds[start - 1] == kinds[start + 1] == WORD
    return within and CLOSE not in kinds[start:]


def _closing(folded: str, kinds: str, start: int) -> int:
    """Where a parenthesis ends: at the next closing one, at the line's end, or at the text's."""
    for at in range(start + 1, len(folded)):
        if kinds[at] == CLOSE or folded[at] in "\n\r":
            return at
    return len(folded)


def _joins(atoms: Sequence[Atom], at: int) -> bool:
    """Whether a slash stands directly beside a single letter or a number."""
    slash = atoms[at]
    beside = [atoms[at - 1]] if at and atoms[at - 1].end == slash.start else []
    if at + 1 < len(atoms) and atoms[at + 1].start == slash.end:
        beside.append(atoms[at + 1])
    words = [atom.text for atom in beside if atom.kind == WORD]
    return len(words) == len(beside) == 2 and any(len(w) == 1 or w.isdigit() for w in words)
