"""How a field falls into places and chunks: what parts, what joins, and what stands in parentheses.

* List separators (`, ; |`, tab, line end) part *places*. So does `/`, but beside a single letter or
  a number it joins.
* Spaces part the *chunks* of a place.
* Joiners (`- . ' & _ + # :`, a back-quote) stand between the *parts* of a chunk: they may part two
  codes, belong to a form, or hold a word together. Which of them is for the reader to say.
* Parentheses hold persons: what stands in them is one stretch, and no tag.
* Whatever else is neither letter nor digit parts like a list separator, unless a form of the
  vocabulary has it beside a letter: then it joins.

A form of the vocabulary that is written with any of these is one part wherever it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Container, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from typing import Final, NamedTuple

from tagnorm.engine.edits import edit_between
from tagnorm.engine.phrases import OPENERS
from tagnorm.folding import fold, is_word, plain_words

__all__ = [
    "JOINED",
    "NOT_PLAIN",
    "SIDE_BY_SIDE",
    "Chunk",
    "Forms",
    "Part",
    "PlainWords",
    "are_beside",
    "is_list_separator",
    "is_plain",
    "places_of",
    "plain_words_of",
]

# What a character is: a letter of a word, space, list separator, slash, joiner, parenthesis, other.
_WORD, _SPACE, _LIST, _SLASH, _JOINER, _OPEN, _CLOSE, _OTHER = "wsl/j()o"
_OF_LISTS: Final = frozenset(",;|\t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029\u3001")
_JOINERS: Final = frozenset("-.'`&_+#:")


class _Kinds(dict[int, str]):
    """The kind of each character, for `str.translate`; worked out when one is first seen."""

    def __init__(self, joiners: frozenset[str] = frozenset()) -> None:
        self._joiners = _JOINERS | joiners
        # Bytes are several times faster to translate.
        self._of_ascii: bytes | None = None

    def __missing__(self, number: int) -> str:
        character = chr(number)
        if is_word(character):
            kind = _WORD
        elif character in _OF_LISTS:
            kind = _LIST
        elif character in self._joiners:
            kind = _JOINER
        elif character in "/()":
            kind = character
        else:
            kind = _SPACE if character.isspace() else _OTHER
        self[number] = kind
        return kind

    def of(self, text: str) -> str:
        """The kind of each character of a text."""
        if not text.isascii():
            return text.translate(self)
        table = self._of_ascii
        if table is None:
            table = self._of_ascii = "".join([self[number] for number in range(256)]).encode()
        return text.encode().translate(table).decode()


_KINDS: Final = _Kinds()
# What stands at a gap within a form is found by so many letters on each side, or on one.
_BESIDE: Final = 2
_AROUND: Final = ((1, 2), (2, 1), (2, 2))
_MEETING: Final = 3
# Fewer letters stand across a gap by chance.
_LEAST_TORN: Final = 3
# Of more forms of several words it is not looked up which stands at a gap.
_MANY: Final = 20_000
_NO_ENDS: Final[frozenset[str]] = frozenset()
# A word that is longer by so much is not as short as the other.
_LONGER: Final = 2
# Any letter.
_ANY: Final = "*"
_ATOM: Final = re.compile("w+|[^ws]")
_WORDS: Final = re.compile("w+")
_CROSSING: Final = re.compile("[l/(]")
_OTHER_BESIDE: Final = re.compile("o(?=w)|(?<=w)o")
_NOT_PLAIN: Final = re.compile("[^wsl]")
# What a plain list of words does not have, as patterns that Arrow knows too: a character that is
# neither of a word nor a separator, and a slash beside a single letter or a number.
_LONELY: Final = "(?:[A-Za-z]|[0-9]+)"
_FOREIGN_TEXT: Final = r"[^A-Za-z0-9 ,;|/\t-\r\x1c-\x1f]"
_JOINING_TEXT: Final = (
    rf"(?:^|[^A-Za-z0-9]){_LONELY}/[A-Za-z0-9]|[A-Za-z0-9]/{_LONELY}(?:[^A-Za-z0-9]|$)"
)
NOT_PLAIN: Final = f"{_FOREIGN_TEXT}|{_JOINING_TEXT}"
# Two words of one place, in plain text.
SIDE_BY_SIDE: Final = r"[A-Za-z0-9][ \x1f]+[A-Za-z0-9]"
_FOREIGN: Final = re.compile(_FOREIGN_TEXT)
_JOINING: Final = re.compile(_JOINING_TEXT)
_SIDE_BY_SIDE: Final = re.compile(SIDE_BY_SIDE)
# So many words or more may be joined to one.
JOINED: Final = 2


# What stands before and behind a gap of a form, by some letters at the gap.
_Seams = dict[str, list[tuple[str, str]]]


# By their sizes the first and the last halves of forms, without a letter between them.
_Halves = dict[int, tuple[set[str], set[str]]]


class _AllSeams(NamedTuple):
    """What stands before and behind the gaps of forms of several words.

    * `exact` -- by the letters around the gap, two on each side or one;
    * `heads`, `tails` -- of forms that may have an edit, by the letters before it and behind it;
    * `brief` -- the two letters at a gap that has one letter of a form on a side;
    * `last`, `first` -- the letters before the gap, and behind it, of what may have an edit: two,
      or the only one.
    """

    exact: _Seams
    heads: _Seams
    tails: _Seams
    brief: frozenset[str]
    last: frozenset[str]
    first: frozenset[str]


class Part(NamedTuple):
    """A word of a chunk, or a form that holds punctuation or spaces, without those."""

    word: str
    start: int
    end: int
    is_form: bool


class Chunk(NamedTuple):
    """What stands between two spaces or separators of a field; places count folded characters.

    What stands in parentheses is one chunk.
    """

    start: int
    end: int
    parts: tuple[Part, ...]
    in_parentheses: bool = False


class _Astray:
    """What words beside one another in forms are where the mark between them is a letter off: the
    longer of the two, since many a word is as short as the other.

    Args:
        across: the words of each form.
        words: all of them. Of many forms it is not looked up what stands beside which word.

    >>> astray = _Astray([["ASIA", "TAIPEI"]], ["ASIA", "TAIPEI"])
    >>> [astray.holds(word) for word in ("ASIAT", "AIPEI", "ATAIPEI", "ASI")]
    [True, False, True, False]
    """

    def __init__(self, across: Sequence[Sequence[str]], words: Collection[str]) -> None:
        # By the word before a mark the letters that may stand behind it, and the other way round.
        self._behind: dict[str, str] = {}
        self._before: dict[str, str] = {}
        self._cut: set[str] = set()
        if len(across) > _MANY:
            self._behind = self._before = dict.fromkeys(words, _ANY)
            for word in words:
                self._cut.update((word[:-1], word[1:]))
        else:
            for left, right in chain.from_iterable(map(pairwise, across)):
                self._add(left, right)

    def _add(self, left: str, right: str) -> None:
        """Two words that stand beside one another."""
        longer = len(left) - len(right)
        letters = self._before.get(right, "")
        if longer >= _LONGER:
            self._cut.add(left[:-1])
        elif left[-1] not in letters:
            self._before[right] = letters + left[-1]
        letters = self._behind.get(left, "")
        if longer < -_LONGER:
            self._cut.add(right[1:])
        elif right[0] not in letters:
            self._behind[left] = letters + right[0]

    def holds(self, word: str) -> bool:
        """Whether a word is one of them, a letter off."""
        if not word or word in self._cut:
            return bool(word)
        behind, before = self._behind.get(word[:-1], ""), self._before.get(word[1:], "")
        return _ANY in (behind, before) or word[-1] in behind or word[0] in before


class Forms:
    """The forms of a vocabulary that are more than one word of letters and digits.

    They are found by their words: how many of them begin alike does not matter.

    Args:
        names: the forms of the vocabulary; plain words are passed over.
        edited: the squashed forms that may have an edit where other codes are joined to them.
        companions: folded words that small words beside them make something else.

    >>> forms = Forms(["UNGA/C-6", "HUMAN RIGHTS", "C++"])
    >>> [[chunk.parts[0].word for chunk in place] for place in places_of("C++, UNGA/C-6 X", forms)]
    [['C'], ['UNGAC6', 'X']]
    """

    def __init__(
        self,
        names: Iterable[str],
        edited: Container[str] = (),
        companions: Collection[str] = (),
    ) -> None:
        # The forms by their letters, as they were given: of many each string counts. Where others
        # have the same letters, those.
        self._names: dict[str, str] = {}
        self._other_names: dict[str, list[str]] = {}
        # The number of words of the longest by the first.
        self._longest: dict[str, int] = {}
        # The atoms of the forms by their letters, once these are met.
        self._atoms: dict[str, tuple[_Form, ...]] = {}
        self._seconds: set[str] = set()
        # The words of forms of several words.
        self.words: set[str] = set()
        # The words of forms that are one word and what parts the places of a field.
        self.fringed_words: set[str] = set()
        # The squashed forms of several words, with the places between their words.
        self.squashed: dict[str, frozenset[int]] = {}
        # Made when a gap is first asked about, and when a pair of words is.
        self._seams: _AllSeams | None = None
        self._ends, self._edited, self._companions = _NO_ENDS, edited, frozenset(companions)
        self._halves: _Halves = {}
        # Of what is no joiner elsewhere that which joins in this vocabulary.
        joiners: set[str] = set()
        # The forms that cross places, and what their words are with a mark a letter off.
        crossing: set[str] = set()
        crossing_words: set[str] = set()
        # The words of such forms, if they are not many.
        across: list[list[str]] = []
        for name in names:
            if name.isalnum() and name.isascii():
                continue
            folded = fold(name)
            words = plain_words(folded)
            if not words or words[0] == folded:
                continue
            crosses = False
            if not folded.replace(" ", "").isalnum():
                kinds = _KINDS.of(folded)
                crosses = _CROSSING.search(kinds) is not None
                joiners.update([folded[other.start()] for other in _OTHER_BESIDE.finditer(kinds)])
            whole = "".join(words)
            self._note(words, whole, name, folded)
            if len(words) == 1:
                if crosses:
                    self.fringed_words.add(whole)
                continue
            self._seconds.add(words[1])
            self.words.update(words)
            ends = _gaps_behind(tuple(map(len, words[:-1])))
            if self.squashed.setdefault(whole, ends) is not ends:
                self.squashed[whole] |= ends
            if crosses:
                crossing.add(whole)
                crossing_words.update(words)
                if len(across) <= _MANY:
                    across.append(words)
        self.most_words = max(self._longest.values(), default=1)
        self.crossing, self.crossing_words = frozenset(crossing), frozenset(crossing_words)
        self._astray = _Astray(across, crossing_words)
        self.kinds = _Kinds(frozenset(joiners)) if joiners else _KINDS
        self.lengths = frozenset(map(len, self.squashed))

    def _note(self, words: Sequence[str], whole: str, name: str, folded: str) -> None:
        """Note the form with some words, or one more that is written another way."""
        first, count = words[0], len(words)
        if count > self._longest.get(first, 0):
            self._longest[first] = count
        known = self._names.setdefault(whole, name)
        if known is not name and fold(known) != folded:
            self._other_names.setdefault(whole, []).append(name)

    def opens(self, word: str) -> bool:
        """Whether a form of the vocabulary that is no plain word begins with a folded word, or
        something else that is more than its words.

        >>> Forms(["UNGA/C-6"]).opens("UNGA"), Forms([], companions=["GUINEA"]).opens("NEW")
        (True, True)
        """
        return word in self._longest or (word in OPENERS and bool(self._companions))

    def may_cross_places(self, word: str) -> bool:
        """Whether a folded word may belong to a form that something in it parts into places.

        >>> forms = Forms(["Asia/Taipei"])
        >>> [word for word in ("ASIA", "ASIAT", "ATAIPEI", "AS") if forms.may_cross_places(word)]
        ['ASIA', 'ASIAT', 'ATAIPEI']
        """
        return word in self.crossing_words or self._astray.holds(word)

    def may_be_near(self, word: str) -> bool:
        """Whether a form of several words may be one edit from squashed letters, by its halves: an
        edit spares one of them.

        >>> forms = Forms(["HUMAN RIGHTS"])
        >>> forms.may_be_near("HUMANRIHGTS"), forms.may_be_near("PRELHUMAN")
        (True, False)
        """
        length, halves = len(word), self._halves or self._made_halves()
        for size in (length - 1, length, length + 1):
            of_size = halves.get(size)
            if of_size is not None:
                half = (size - 1) // 2
                if not half or word[:half] in of_size[0] or word[-half:] in of_size[1]:
                    return True
        return False

    def _made_halves(self) -> _Halves:
        """The first and the last halves of the squashed forms; kept."""
        halves: _Halves = {}
        for form in self.squashed:
            heads, tails = halves.setdefault(len(form), (set(), set()))
            half = (len(form) - 1) // 2
            heads.add(form[:half])
            tails.add(form[-half:])
        self._halves = halves
        return halves

    def continues(self, word: str) -> bool:
        """Whether a folded word is the second of a form, or of what else is more than its words.

        >>> Forms(["UNGA/C-6"]).continues("C")
        True
        """
        return word in self._seconds or word in self._companions

    def cross(self, text: str, gap: int) -> bool:
        """Whether a form of several words stands across a gap of squashed text: two of its words
        meet there, or one letter off. One of those that may be `edited` may have an edit.

        >>> forms = Forms(["HUMAN RIGHTS"], edited={"HUMANRIGHTS"})
        >>> forms.cross("PRELHUMANRIHGTSPGOV", 9), forms.cross("HUMANRIGHTS", 6)
        (True, True)
        >>> forms.cross("PRELPGOV", 4), Forms(["HUMAN RIGHTS"]).cross("HUMANRIHGTS", 5)
        (False, False)
        """
        if len(self.squashed) > _MANY:
            return self._may_cross(text, gap)
        seams = self._seams or self._made_seams()
        exact, brief, last, first = seams.exact, seams.brief, seams.last, seams.first
        for at in (gap - 1, gap, gap + 1):
            if text[at - _BESIDE : at + _BESIDE] in exact or text[at - 1 : at + 1] in brief:
                for before, after in _AROUND:
                    for head, tail in exact.get(text[at - before : at + after], ()):
                        if text.startswith(tail, at) and text.endswith(head, 0, at):
                            return True
            may_be_edited = (
                text[at - _BESIDE : at] in last
                or text[at : at + _BESIDE] in first
                or text[at - 1 : at] in last
                or text[at : at + 1] in first
            )
            if may_be_edited and _are_around(text, at, seams):
                return True
        return False

    def _may_cross(self, text: str, gap: int) -> bool:
        """The same for a large vocabulary, by the letters beside the gap alone: `True` may say that
        it was not looked for."""
        ends = self._ends or self._made_ends()
        return any(
            text[max(at - before, 0) : at + after] in ends
            for at in (gap - 1, gap, gap + 1)
            for before, after in ((1, 1), (1, _BESIDE), (_BESIDE, 1))
        )

    def _made_ends(self) -> frozenset[str]:
        """The letters beside the gaps of forms, two of the one side and one of the other; kept."""
        gaps = [(form, at) for form, ends in self.squashed.items() for at in ends if at < _BESIDE]
        found = {form[: at + more] for form, at in gaps for more in (1, _BESIDE)}
        whole = {
            form[at - _BESIDE : at + _BESIDE]
            for form, ends in self.squashed.items()
            for at in ends
            if at >= _BESIDE
        }
        found.update([letters[: _BESIDE + 1] for letters in whole])
        found.update([letters[1:] for letters in whole])
        self._ends = frozenset(found)
        return self._ends

    def _made_seams(self) -> _AllSeams:
        """What stands before and behind each gap of the forms of several words."""
        exact: _Seams = {}
        heads: _Seams = {}
        tails: _Seams = {}
        brief: set[str] = set()
        for form, ends in self.squashed.items():
            for end in ends if len(form) >= _LEAST_TORN else ():
                if min(end, len(form) - end) < _BESIDE:
                    brief.add(form[end - 1 : end + 1])
                seam = form[:end], form[end:]
                letters = form[max(end - _BESIDE, 0) : end + _BESIDE]
                exact.setdefault(letters, []).append(seam)
                if form in self._edited:
                    heads.setdefault(seam[0][-_MEETING:], []).append(seam)
                    tails.setdefault(seam[1][:_MEETING], []).append(seam)
        found = self._seams = _AllSeams(
            exact,
            heads,
            tails,
            frozenset(brief),
            frozenset([head[-_BESIDE:] for head in heads]),
            frozenset([tail[:_BESIDE] for tail in tails]),
        )
        return found

    def at(self, atoms: Sequence[_Atom], first: int, free: int = 0) -> tuple[str, int, int] | None:
        """The longest form that stands in a text from an atom on, or None.

        It is the squashed form, the atom that it begins with, which may be a mark before the first
        word, and the atom behind it. One written just so comes before one with other punctuation.
        Atoms before the one that is `free` belong to another form.
        """
        longest = self._longest.get(atoms[first].text)
        if longest is None:
            return None
        places = [first]
        for at in range(first + 1, len(atoms)):
            if len(places) == longest:
                break
            if atoms[at].kind == _WORD:
                places.append(at)
        while places:
            words = tuple([atoms[at].text for at in places])
            whole = "".join(words)
            forms = [form for form in self._forms_of(whole) if form.words == words]
            last = places[-1]
            for form in sorted(forms, key=lambda form: len(form.texts), reverse=True):
                span = _exact(form, atoms, first, last)
                if span is not None and span[0] >= free:
                    return whole, *span
            if len(places) > 1 and any(_loose(form.texts, atoms, first, last) for form in forms):
                return whole, first, last + 1
            places.pop()
        return None

    def _forms_of(self, whole: str) -> tuple[_Form, ...]:
        """The forms with some letters, each written another way."""
        known = self._atoms.get(whole)
        if known is None:
            name = self._names.get(whole)
            if name is None:
                return ()
            names = [name, *self._other_names.get(whole, ())]
            found = dict.fromkeys([_form_of(fold(one)) for one in names])
            known = self._atoms[whole] = tuple(found)
        return known


@lru_cache(maxsize=1024)
def _gaps_behind(lengths: tuple[int, ...]) -> frozenset[int]:
    """The places behind words of some lengths; most forms have theirs in common."""
    return frozenset(accumulate(lengths))


def _are_around(text: str, at: int, seams: _AllSeams) -> bool:
    """Whether both halves of a form stand around a place of a text, one of them with an edit."""
    for letters in range(1, _MEETING + 1):
        for head, tail in seams.heads.get(text[at - letters : at], ()):
            if text.endswith(head, 0, at) and _is_near(text[at:], tail):
                return True
        for head, tail in seams.tails.get(text[at : at + letters], ()):
            if text.startswith(tail, at) and _is_near(text[:at][::-1], head[::-1]):
                return True
    return False


def _is_near(text: str, wanted: str) -> bool:
    """Whether a text begins with what one edit made of what is wanted."""
    size = len(wanted)
    if text[:1] not in wanted[:2] and text[1:2] not in wanted[:2]:
        return False
    return any(
        edit_between(text[:length], wanted) is not None for length in (size - 1, size, size + 1)
    )


class _Atom(NamedTuple):
    """A word, or one character that is neither letter, digit nor space."""

    text: str
    kind: str
    start: int
    end: int


class _Form(NamedTuple):
    """A form as its atoms: what each is, whether a space stands behind it, and its words."""

    texts: tuple[str, ...]
    are_spaced: tuple[bool, ...]
    words: tuple[str, ...]


def _form_of(folded: str) -> _Form:
    """The atoms of a form."""
    kinds = folded.translate(_KINDS)
    spans = [match.span() for match in _ATOM.finditer(kinds)]
    texts = tuple([folded[start:end] for start, end in spans])
    ends = [end for _, end in spans]
    follow = [start == end for end, (start, _) in zip(ends, spans[1:])]  # noqa: B905
    return _Form(
        texts,
        tuple([not follows for follows in (*follow, False)]),
        tuple([folded[start:end] for start, end in spans if kinds[start] == _WORD]),
    )


def _exact(written: _Form, atoms: Sequence[_Atom], first: int, last: int) -> tuple[int, int] | None:
    """The atoms of a form that is written with the same punctuation, or None."""
    form, spaced, _ = written
    lead = 0
    while form[lead] != atoms[first].text:
        lead += 1
    start = first - lead
    end = start + len(form)
    if start < 0 or end > len(atoms) or end <= last:
        return None
    if any(atoms[start + n].text != text for n, text in enumerate(form)):
        return None
    # Marks before the first and behind the last word belong to it only if they stand so in it.
    edges = [*range(lead), *range(last - start, len(form) - 1)]
    stands = all((atoms[start + n].end != atoms[start + n + 1].start) == spaced[n] for n in edges)
    return (start, end) if stands else None


def _loose(form: tuple[str, ...], atoms: Sequence[_Atom], first: int, last: int) -> bool:
    """Whether a form stands there with other joiners or spaces between its words."""
    ours = [[]]  # type: list[list[str]]
    for atom in atoms[first : last + 1]:
        if atom.kind == _WORD:
            ours.append([])
        else:
            ours[-1].append(atom.text)
    gaps = ours[1:-1]
    theirs = [[]]  # type: list[list[str]]
    for text in form:
        if text.translate(_KINDS)[0] == _WORD:
            theirs.append([])
        else:
            theirs[-1].append(text)
    return all(
        ours == wanted or (len(ours) <= 1 and all(mark in _JOINERS for mark in ours))
        for ours, wanted in zip(gaps, theirs[1:-1], strict=True)
    )


class PlainWords(NamedTuple):
    """The words of plain text, with the places of each, and what its characters are."""

    words: list[tuple[str, int, int]]
    kinds: str

    def places(self) -> list[tuple[int, int]]:
        """The first word of each place, and the one behind its last: only spaces stand between.

        >>> plain_words_of("PREL PGOV, SP").places()
        [(0, 2), (2, 3)]
        """
        words, kinds = self.words, self.kinds
        if not words:
            return []
        starts = [
            at
            for at, (_, start, _) in enumerate(words)
            if at == 0 or kinds[words[at - 1][2] : start].strip(_SPACE)
        ]
        return list(zip(starts, [*starts[1:], len(words)], strict=True))


def plain_words_of(folded: str) -> PlainWords | None:
    """The words of folded text; None if more than spaces and list separators is between them.

    >>> plain_words_of("PREL, PGOV;").words
    [('PREL', 0, 4), ('PGOV', 6, 10)]
    >>> plain_words_of("PREL-PGOV"), plain_words_of("UNGA/6")
    (None, None)
    """
    if folded.isalnum() and folded.isascii():
        return PlainWords([(folded, 0, len(folded))], _WORD * len(folded))
    kinds = _KINDS.of(folded)
    if _NOT_PLAIN.search(kinds) is not None and (_SLASH not in kinds or not is_plain(folded)):
        return None
    spans = [match.span() for match in _WORDS.finditer(kinds)]
    return PlainWords([(folded[start:end], start, end) for start, end in spans], kinds)


def is_plain(text: str) -> bool:
    """Whether nothing but spaces and list separators is between the words of a text, all of them of
    ASCII letters and digits.

    >>> is_plain("PREL, PGOV"), is_plain("PREL-PGOV"), is_plain("CÔTE")
    (True, False, False)
    """
    return _FOREIGN.search(text) is None and ("/" not in text or _JOINING.search(text) is None)


def is_list_separator(character: str) -> bool:
    """Whether a character parts lists, in any text.

    >>> is_list_separator(";"), is_list_separator("-")
    (True, False)
    """
    return character in _OF_LISTS


def are_beside(plain: str) -> bool:
    """Whether two words of plain text stand side by side, with nothing but spaces between them.

    >>> are_beside("PREL PGOV"), are_beside("PREL, PGOV")
    (True, False)
    """
    return _SIDE_BY_SIDE.search(plain) is not None


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
    atoms = [
        _Atom(folded[m.start() : m.end()], kinds[m.start()], m.start(), m.end())
        for m in _ATOM.finditer(kinds)
    ]
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
        form = forms.at(atoms, at, free) if atom.kind == _WORD else None
        if form is not None:
            word, first, behind = form
            begin, finish = atoms[first].start, atoms[behind - 1].end
            _end_before(places, begin)
            parts.append(Part(word, begin, finish, True))
            start, end, at, free = (begin if start < 0 else start), finish, behind, behind
            continue
        if atom.kind == _WORD:
            parts.append(Part(atom.text, atom.start, atom.end, False))
        elif atom.kind == _OPEN and not _is_stray(folded, kinds, atom.start):
            close_place()
            behind = _closing(folded, kinds, atom.start)
            first, at = at, bisect_right(atoms, behind, at, key=lambda a: a.start)
            held_atoms = [a for a in atoms[first:at] if a.end <= behind]
            inside = [a for a in held_atoms if a.kind in (_WORD, _JOINER)]
            held = tuple([Part(a.text, a.start, a.end, False) for a in inside if a.kind == _WORD])
            if held:
                places[-1].append(Chunk(inside[0].start, inside[-1].end, held, True))
                close_place()
            continue
        elif atom.kind not in (_JOINER, _OPEN) and not (atom.kind == _SLASH and _joins(atoms, at)):
            close_place()
            at += 1
            continue
        start, end = (atom.start if start < 0 else start), atom.end
        at += 1
    close_place()
    return places[:-1] if not places[-1] else places


def _end_before(places: list[list[Chunk]], begin: int) -> None:
    """End the last chunk before a form begins: what seemed to end it is a mark of the form, with a
    space or a list separator behind it."""
    chunks = places[-1] or places[max(len(places) - 2, 0)]
    if chunks and chunks[-1].end > begin:
        chunks[-1] = chunks[-1]._replace(end=begin)


def _is_stray(folded: str, kinds: str, start: int) -> bool:
    """Whether an open parenthesis stands within a word and is never closed."""
    within = 0 < start < len(kinds) - 1 and kinds[start - 1] == kinds[start + 1] == _WORD
    return within and _CLOSE not in kinds[start:]


def _closing(folded: str, kinds: str, start: int) -> int:
    """Where a parenthesis closes: at the next closing one, or the end of the line or the text."""
    for at in range(start + 1, len(folded)):
        if kinds[at] == _CLOSE or folded[at] in "\n\r":
            return at
    return len(folded)


def _joins(atoms: Sequence[_Atom], at: int) -> bool:
    """Whether a slash stands directly beside a single letter or a number."""
    slash = atoms[at]
    beside = [atoms[at - 1]] if at and atoms[at - 1].end == slash.start else []
    if at + 1 < len(atoms) and atoms[at + 1].start == slash.end:
        beside.append(atoms[at + 1])
    words = [atom.text for atom in beside if atom.kind == _WORD]
    return len(words) == len(beside) == 2 and any(len(w) == 1 or w.isdigit() for w in words)
