"""A field taken apart: into places, these into chunks, and these into parts.

* List separators (`, ; |`, tab, line end) part *places*. So does `/`, but beside a single letter or
  a number it joins, and in a field that is nothing but short words and slashes: the symbol of an
  office (`OES/MC`), where some codes need company.
* Spaces part the *chunks* of a place.
* Joiners (`- . ' & _ + # :`, a back-quote, U+FFFD) stand between the *parts* of a chunk: they may
  part two codes, belong to a form, or hold a word together. Which of these it is, the reader
  decides.
* Two hyphens between words are a dash, and part places, unless forms of the vocabulary have some.
* Parentheses hold persons: what stands in them is one chunk, and no tag.
* Any other character that is neither letter nor digit parts places, unless a form of the
  vocabulary has it beside a letter, or it stands within a word of one: then it is a joiner.

A form of the vocabulary that is written with any of these is one part wherever it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise
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
    is_symbol,
    may_have_lost,
)
from tagnorm.engine.text.forms import Forms

__all__ = ["JOINED", "Chunk", "Part", "PlainWords", "places_of", "plain_words_of"]

_WORDS: Final = re.compile("w+")
_NOT_PLAIN: Final = re.compile("[^wsl]")
# A mark between letters, or a parenthesis, that is no list separator, slash or joiner.
_WITHIN: Final = re.compile("(?<=w)[o()](?=w)")
# A shorter word may be two with a mark between them, but within a form of several words.
_LONG_WORD: Final = 5
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
    written = atoms_of(folded, kinds)
    halves = _halves(written, kinds, forms)
    mended = _with_words(written, {start: _whole(three) for start, three in halves.items()})
    restored = _restored(mended, folded, forms)
    atoms = _with_words(mended, restored)
    found = _Places()
    joins_all = forms.has_companions and SLASH in kinds and is_symbol(folded)
    at = free = 0
    while at < len(atoms):
        atom = atoms[at]
        form = forms.at(atoms, at, free) if atom.kind == WORD else None
        if form is not None:
            word, first, behind = form
            found.add(atom, Part(word, atoms[first].start, atoms[behind - 1].end, True))
            at = free = behind
            continue
        if atom is restored.get(atom.start):
            if not forms.is_form(atom.text):
                # The form that it was to be a word of does not stand here.
                first, behind = (bisect_left(mended, n, key=_start) for n in (atom.start, atom.end))
                atoms[at : at + 1] = mended[first:behind]
                continue
            found.add(atom, Part(atom.text, atom.start, atom.end, True))
        elif atom.start in halves:
            left, mark, right = halves[atom.start]
            found.add(left, _plain(left))
            found.add(mark)
            found.add(right, _plain(right))
        elif atom.kind == WORD:
            found.add(atom, _plain(atom))
        elif atom.kind == OPEN and not _is_stray(kinds, atom.start):
            closing = _closing(folded, kinds, atom.start)
            first, behind = (bisect_left(written, n, key=_start) for n in (atom.start, closing + 1))
            found.add_parenthesis([one for one in written[first:behind] if one.end <= closing])
            at = bisect_left(atoms, closing + 1, at, key=_start)
            continue
        elif _is_dash(atoms, at) and forms.parts_at_dashes(atoms[at - 1].text, atoms[at + 2].text):
            found.close()
            at += 2
            continue
        elif atom.kind in (JOINER, OPEN) or (
            atom.kind == SLASH and (joins_all or _joins(atoms, at))
        ):
            found.add(atom)
        else:
            found.close()
        at += 1
    return found.closed()


def _is_dash(atoms: Sequence[Atom], at: int) -> bool:
    """Whether a mark is the first of two hyphens, which are all that stands between two words."""
    if atoms[at].text != "-" or not 0 < at < len(atoms) - 2:
        return False
    four = atoms[at - 1 : at + 3]
    return (
        [one.kind for one in four] == [WORD, JOINER, JOINER, WORD]
        and four[2].text == "-"
        and all(one.end == other.start for one, other in pairwise(four))
    )


class _Places:
    """The places that were found so far; the last chunk of the last one may go on."""

    def __init__(self) -> None:
        self._places: list[list[Chunk]] = [[]]
        # The parts of the chunk that may go on, and where that begins and ends.
        self._parts: list[Part] = []
        self._start = self._end = -1

    def add(self, atom: Atom, part: Part | None = None) -> None:
        """Go on with a word or a form, by its first word, which is a part of its chunk; or with a
        joiner, which is none."""
        start, end = (atom.start, atom.end) if part is None else (part.start, part.end)
        if atom.start != self._end:
            self._close_chunk()
        if start < atom.start:
            self._end_before(start)
        self._start, self._end = (start if self._start < 0 else self._start), end
        if part is not None:
            self._parts.append(part)

    def _end_before(self, start: int) -> None:
        """Shorten the last chunk if it goes on into a form: its last mark is the first of that."""
        chunks = self._places[-1] or self._places[max(len(self._places) - 2, 0)]
        if chunks and chunks[-1].end > start:
            chunks[-1] = chunks[-1]._replace(end=start)

    def add_parenthesis(self, atoms: Sequence[Atom]) -> None:
        """Add what stands in parentheses as a place of its own, if there are words."""
        self.close()
        inside = [atom for atom in atoms if atom.kind in (WORD, JOINER)]
        held = [_plain(one) for one in inside if one.kind == WORD]
        if held:
            chunk = Chunk(inside[0].start, inside[-1].end, tuple(held), True)
            self._places[-1].append(chunk)
            self.close()

    def _close_chunk(self) -> None:
        if self._parts:
            self._places[-1].append(Chunk(self._start, self._end, tuple(self._parts)))
            self._parts = []
        self._start = self._end = -1

    def close(self) -> None:
        """End the last place, if there is anything in it."""
        self._close_chunk()
        if self._places[-1]:
            self._places.append([])

    def closed(self) -> list[list[Chunk]]:
        """All places, the last one closed."""
        self.close()
        return self._places[:-1]


def _is_stray(kinds: str, start: int) -> bool:
    """Whether an opening parenthesis stands within a word and is never closed."""
    within = 0 < start < len(kinds) - 1 and kinds[start - 1] == kinds[start + 1] == WORD
    return within and CLOSE not in kinds[start:]


def _halves(atoms: Sequence[Atom], kinds: str, forms: Forms) -> dict[int, list[Atom]]:
    """The words of names that have a mark within them (`KU*WAIT`) and no joiner beside them, by
    where they begin: each as its halves, with the mark between them."""
    found: dict[int, list[Atom]] = {}
    free = 0
    for match in _WITHIN.finditer(kinds):
        at = bisect_left(atoms, match.start(), key=_start) - 1
        left, mark, right = three = list(atoms[at : at + 3])
        around = kinds[max(left.start - 1, 0) : left.start] + kinds[right.end : right.end + 1]
        if at < free or JOINER in around or _is_paired(kinds, mark):
            continue
        if forms.may_be_halves(left.text, right.text):
            found[left.start] = three
            free = at + len(three)
    return found


def _restored(atoms: list[Atom], folded: str, forms: Forms) -> dict[int, Atom]:
    """The words of a text with marks in place of letters, by where they begin, each as the word
    that is meant: a form, or a word of a form of several that stands there."""
    if not may_have_lost(folded):
        return {}
    found: dict[int, Atom] = {}
    for first, behind, word in forms.lost_letters().in_text(atoms):
        start, end = atoms[first].start, atoms[behind - 1].end
        halves = [atoms[at].text for at in range(first, behind) if atoms[at].kind == WORD]
        if not all(map(forms.is_form, halves)):
            found[start] = Atom(word, WORD, start, end)
    # A word of a form of several is meant if that stands there.
    whole = _with_words(atoms, found)
    found_forms = [forms.at(whole, at) for at, one in enumerate(whole) if one.kind == WORD]
    held = {
        one.start for form in found_forms if form is not None for one in whole[form[1] : form[2]]
    }
    return {
        start: one
        for start, one in found.items()
        if (len(one.text) >= _LONG_WORD and forms.is_form(one.text)) or start in held
    }


def _whole(halves: Sequence[Atom]) -> Atom:
    """A word as one atom, by its halves with a mark between them."""
    left, _, right = halves
    return left._replace(text=left.text + right.text, end=right.end)


def _with_words(atoms: list[Atom], words: Mapping[int, Atom]) -> list[Atom]:
    """Atoms, those of some words each as one.

    Args:
        atoms: those of a text.
        words: the words, by where they begin.
    """
    if not words:  # as nearly everywhere
        return atoms
    found: list[Atom] = []
    end = 0
    for atom in atoms:
        if atom.start >= end:
            found.append(words.get(atom.start, atom))
            end = found[-1].end
    return found


def _start(atom: Atom) -> int:
    return atom.start


def _plain(word: Atom) -> Part:
    """The part that a word is, where it is no form."""
    return Part(word.text, word.start, word.end, False)


def _is_paired(kinds: str, mark: Atom) -> bool:
    """Whether a mark within a word is a parenthesis, and the one that belongs to it is there."""
    if mark.kind == OPEN:
        return not _is_stray(kinds, mark.start)
    before = kinds[: mark.start]
    return mark.kind == CLOSE and before.rfind(OPEN) > before.rfind(CLOSE)


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
