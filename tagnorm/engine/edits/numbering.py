"""What numbers a code: with another number it is another code, and not this one with an edit.

`GPL-2.0` and `GPL-1.0`, `ERBB2` and `ERBB3`, `Hepatitis A` and `Hepatitis C`, `Mark II` and
`Mark III` are codes each, whether a list has both or one of them: digits beside letters, a letter
by itself (or a capital behind small ones: `HepA`, `HepB`) and a Roman number say which one of
several is meant. So does how often a letter stands there, if a list has `XS` and `XXS`. They are
hardly ever typed wrongly, and a list hardly ever has all of them. Nor has it all that a letter
behind the number makes (`X100`, `X100F`), if it has some.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Final, NamedTuple

from tagnorm.folding import MARK_LETTERS, fold, is_word, squash, squashed

__all__ = ["Numbering", "Numbers", "is_number_alone", "numbering_of"]

# A vocabulary of as many numbered forms or more may have all: there they may be typed wrongly.
_MANY: Final = 1000
# Those of the letters that stand for marks, as a part of a set of characters.
_MARKS: Final = f"{chr(MARK_LETTERS[0])}-{chr(MARK_LETTERS[-1])}"
# What makes a letter beside it none by itself: any other letter or digit, and an apostrophe.
_LETTER: Final = rf"(?:[^\W_{_MARKS}]|['\u2019])"
# A digit, a letter between digits, or a letter or Roman number by itself.
_NUMBER: Final = re.compile(
    rf"[0-9]|(?<=[0-9])[^\W\d_](?=[0-9])|(?<!{_LETTER})(?:[^\W\d_]|[IVX]+|[ivx]+)(?!{_LETTER})"
)
# A capital at the end of a word that is small before it, in a name as it is written.
_CAPITAL: Final = re.compile(r"(?<=[a-z])[A-Z](?![^\W_])")
_ROMAN: Final = re.compile("[IVX]+")
# Digits that end a form, also with the letter behind them with which a number in order is written
# short (`F. Supp. 2d`), and digits that begin one.
_AT_END: Final = re.compile("[0-9]+D?$")
_AT_START: Final = re.compile("[0-9]+")
_REPEATED: Final = re.compile(r"([^\W\d_])\1+")
_ONLY_MARKS: Final = re.compile(f"[{_MARKS}]*")


class Numbers(NamedTuple):
    """Where a squashed form is numbered.

    * `has_digits` -- whether it has digits beside letters;
    * `parts` -- where each letter or Roman number by itself begins and ends;
    * `repeats` -- the same of a letter that another form has once more or less.
    """

    has_digits: bool = False
    parts: tuple[tuple[int, int], ...] = ()
    repeats: tuple[tuple[int, int], ...] = ()


class Numbering:
    """The forms of a vocabulary that are numbered.

    Args:
        forms: where each is.

    >>> numbering = Numbering({"GPL20": Numbers(has_digits=True)})
    >>> numbering.is_another("GPL10", "GPL20"), numbering.is_another("GLP20", "GPL20")
    (True, False)
    """

    def __init__(self, forms: Mapping[str, Numbers]) -> None:
        self._forms = forms if len(forms) < _MANY else {}
        # Whether a letter stands behind the number of any (`X100F`): it tells others apart, too.
        self._have_letters_behind: bool = any(
            form[-1].isalpha() and form[-2:-1].isdecimal() for form in self._forms
        )
        # What the forms are that a number ends, without it.
        self.stems: frozenset[str] = frozenset(
            [stem for form, numbers in self._forms.items() if (stem := _stem_of(form, numbers))]
        )
        # What those are that begin with a number, without it.
        self.heads: frozenset[str] = frozenset(
            [
                form[match.end() :]
                for form, numbers in self._forms.items()
                if numbers.has_digits and (match := _AT_START.match(form))
            ]
        )
        self.longest_stem: int = max(map(len, self.stems | self.heads), default=0)
        # What such a form may have beside its number.
        self.beside: frozenset[str] = frozenset(
            [
                *[stem[at:] for stem in self.stems for at in range(len(stem))],
                *[head[: at + 1] for head in self.heads for at in range(len(head))],
            ]
        )
        # The lengths that words have which are such a form with another number.
        self.lengths: frozenset[int] = frozenset(
            [len(form) + more for form in self._forms for more in (-1, 0, 1)]
        )

    def is_last_part(self, form: str, start: int) -> bool:
        """Whether a letter or Roman number that numbers a form begins at some place and ends it.

        >>> numbering_of(["HepA", "Mark II"]).is_last_part("HEPA", 3)
        True
        """
        numbers = self._forms.get(form)
        return numbers is not None and (start, len(form)) in numbers.parts

    def is_another(self, word: str, form: str) -> bool:
        """Whether a word is a form with another number: with another digit, one more in a number,
        or without the only one at its end; with another letter or Roman number, or none, in the
        place of such a part; a letter more or less where letters are repeated; or, where forms have
        a letter behind the number, with another one there, or none.
        """
        numbers = self._forms.get(form)
        if numbers is None or word == form:
            return False
        if numbers.has_digits and (
            _differ_in_a_digit(word, form)
            or (self._have_letters_behind and _differ_behind_number(word, form))
        ):
            return True
        for start, end in numbers.parts:
            part = _in_place_of(form, start, end, word)
            if part is None:
                continue
            if _is_number(part):
                return True
            # A number behind that letter (`Vitamin D3`), or two such letters.
            is_longer = part[:1] == form[start] and part[1:].isdecimal()
            if 0 < start < end == len(form) and (is_longer or self._are_two(form[:start], part)):
                return True
        for start, end in numbers.repeats:
            if set(_in_place_of(form, start, end, word) or "") == {form[start]}:
                return True
        return False

    def _are_two(self, stem: str, part: str) -> bool:
        """Whether a part is two letters with each of which a stem is a form (`Hepatitis A & B`)."""
        return (
            len(part) == 2
            and part[0] != part[1]
            and all(stem + letter in self._forms for letter in part)
        )


def _stem_of(form: str, numbers: Numbers) -> str:
    """A form without the number that ends it; empty if none does.

    >>> [_stem_of(form, Numbers(has_digits=True)) for form in ("JUNIT12", "FSUPP2D", "V2X")]
    ['JUNIT', 'FSUPP', '']
    >>> _stem_of("MARKII", Numbers(parts=((4, 6),)))
    'MARK'
    """
    for start, end in numbers.parts:
        if end == len(form):
            return form[:start]
    match = _AT_END.search(form) if numbers.has_digits else None
    return form[: match.start()] if match else ""


def is_number_alone(text: str) -> bool:
    """Whether a folded text may number what stands before it: digits with marks between them, or a
    letter or Roman number by itself.

    >>> [is_number_alone(text) for text in ("3", "3.1", "C", "IV", "3D", "NO", "3RD")]
    [True, True, True, True, True, False, False]
    """
    letters = "".join(filter(is_word, text))
    if letters.isdecimal() or _AT_END.fullmatch(letters):
        return True
    return bool(letters) and letters == text.rstrip(".") and _is_number(letters)


def _differ_in_a_digit(word: str, form: str) -> bool:
    """Whether a word is a form with another digit in the place of one, or one more beside others
    that is no doubled one, or behind its last letter, or without the one digit of the number at
    its end.

    >>> [_differ_in_a_digit(word, "E12") for word in ("E13", "E102", "E122", "3E12", "E1")]
    [True, True, False, False, False]
    >>> _differ_in_a_digit("BRCA", "BRCA1")
    True
    """
    if len(word) == len(form):
        differ = [pair for pair in zip(word, form, strict=True) if pair[0] != pair[1]]
        return len(differ) == 1 and all(map(str.isdecimal, differ[0]))
    if len(word) < len(form):
        return form[-1].isdecimal() and word == form[:-1] and not word[-1:].isdecimal()
    # A number behind letters that have one elsewhere (`N2O4` is not N2O).
    if word[:-1] == form and word[-1].isdecimal() and form[-1].isalpha():
        return True
    for at, digit in enumerate(word):
        if digit.isdecimal() and word[:at] + word[at + 1 :] == form:
            beside = word[max(at - 1, 0) : at] + word[at + 1 : at + 2]
            return digit not in beside and any(map(str.isdecimal, beside))
    return False


def _differ_behind_number(word: str, form: str) -> bool:
    """Whether a word and a form differ in one letter behind the digit that is the last of both, or
    one has none; but for the S of a plural.

    >>> [_differ_behind_number(word, "X100F") for word in ("X100", "X100T", "X100FS")]
    [True, True, False]
    >>> _differ_behind_number("F16S", "F16"), _differ_behind_number("F16C", "F16")
    (False, True)
    """
    number = form.rstrip(form[-1]) if form[-1].isalpha() else form
    behind = word[len(number) :]
    return (
        number[-1:].isdecimal()
        and word.startswith(number)
        and len(form) - len(number) <= 1
        and (not behind or (len(behind) == 1 and behind.isalpha()))
        and (behind != "S" or number != form)
    )


def _is_number(part: str) -> bool:
    """Whether a part is a letter, a Roman number, or nothing."""
    return not part or (len(part) == 1 and part.isupper()) or bool(_ROMAN.fullmatch(part))


def _in_place_of(form: str, start: int, end: int, word: str) -> str | None:
    """What a word has in the place of a part of a form; None if they differ elsewhere, too."""
    behind = form[end:]
    if not word.startswith(form[:start]) or not word[start:].endswith(behind):
        return None
    return word[start : len(word) - len(behind)]


def numbering_of(names: Iterable[str]) -> Numbering:
    """The numbers of some names, once these are squashed.

    >>> numbering = numbering_of(["Hepatitis A", "ERBB2", "404", "J. P. Morgan", "Mark II"])
    >>> numbering.is_another("HEPATITISB", "HEPATITISA"), numbering.is_another("ERBB3", "ERBB2")
    (True, True)
    >>> numbering.is_another("MARKIII", "MARKII"), numbering.is_another("HEPATITIS", "HEPATITISA")
    (True, True)
    >>> numbering_of(["HepA", "dL"]).is_another("HEPC", "HEPA")
    True
    >>> numbering.is_another("405", "404"), numbering.is_another("JBMORGAN", "JPMORGAN")
    (False, False)
    """
    names = list(names)
    found: dict[str, Numbers] = {}
    for name in filter(_NUMBER.search, names):
        form, numbers = _numbered(fold(name))
        if any(numbers):
            found[form] = numbers
            if len(found) == _MANY:
                return Numbering({})
    for form, parts in _capitals(names).items():
        numbers = found.get(form, Numbers())
        found[form] = numbers._replace(parts=tuple(sorted({*numbers.parts, *parts})))
    for form, repeats in _repeated(set(squashed(names))).items():
        found[form] = found.get(form, Numbers())._replace(repeats=tuple(repeats))
    return Numbering(found)


def _capitals(names: Iterable[str]) -> dict[str, list[tuple[int, int]]]:
    """Where each squashed form has a capital at the end of a word that is small before it: a single
    letter is (`dL`) if another name has another capital there.

    >>> _capitals(["HepB", "dL", "IgA", "IgG"])
    {'HEPB': [(3, 4)], 'IGA': [(2, 3)], 'IGG': [(2, 3)]}
    """
    places: list[tuple[str, int, bool]] = []
    others: dict[tuple[str, str], set[str]] = {}
    for name in names:
        if name.isupper() or not name.isascii():
            continue
        for match in _CAPITAL.finditer(name):
            form, start = squash(name), len(squash(name[: match.start()]))
            before = name[max(match.start() - 2, 0) : match.start()]
            places.append((form, start, len(before) > 1 and before.isalpha() and before.islower()))
            others.setdefault((form[:start], form[start + 1 :]), set()).add(form)
    found: dict[str, list[tuple[int, int]]] = {}
    for form, start, is_long in places:
        if is_long or len(others[form[:start], form[start + 1 :]]) > 1:
            found.setdefault(form, []).append((start, start + 1))
    return found


def _repeated(forms: set[str]) -> dict[str, list[tuple[int, int]]]:
    """Where each form has a letter once or more that another form has once more or less there."""
    found: dict[str, list[tuple[int, int]]] = {}
    for form in filter(_REPEATED.search, forms):
        for match in _REPEATED.finditer(form):
            start, end = match.span()
            fewer = form[:start] + form[start + 1 :]
            if fewer in forms:
                found.setdefault(form, []).append((start, end))
                found.setdefault(fewer, []).append((start, end - 1))
    return found


def _numbered(name: str) -> tuple[str, Numbers]:
    """The squashed form of a folded name, and where it is numbered."""
    form = "".join(filter(is_word, name))
    # What has no letter but those of marks is a number altogether.
    if not any(map(str.isupper, form)):
        return form, Numbers()
    has_digits, parts = False, list[tuple[int, int]]()
    for match in _NUMBER.finditer(name):
        if match[0].isdigit():
            has_digits = True
            continue
        start = len(list(filter(is_word, name[: match.start()])))
        end = start + len(match[0])
        if match[0].isupper() and (end - start < len(form) or len(form) == 1):
            parts.append((start, end))
    # Letters with nothing but a mark between them are initials, or `m/s`.
    initials = {
        each
        for one, other in pairwise(parts)
        if _ONLY_MARKS.fullmatch(form[one[1] : other[0]])
        for each in (one, other)
    }
    alone = [part for part in parts if part not in initials]
    return form, Numbers(has_digits, tuple(alone))
