"""What numbers a code: with another number it is another code, and not this one with an edit.

`GPL-2.0` and `GPL-1.0`, `ERBB2` and `ERBB3`, `Hepatitis A` and `Hepatitis C`, `Mark II` and
`Mark III` are codes each, whether a list has both or one of them: digits beside letters, a letter
by itself and a Roman number say which one of several is meant. So does how often a letter stands
there, if a list has `XS` and `XXS`. They are hardly ever typed wrongly, and a list hardly ever has
all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Final, NamedTuple

from tagnorm.folding import MARK_LETTERS, fold, is_word, squashed

__all__ = ["Numbering", "Numbers", "numbering_of"]

# A vocabulary of as many numbered forms or more may have all: there they may be typed wrongly.
_MANY: Final = 1000
# Those of the letters that stand for marks, as a part of a set of characters.
_MARKS: Final = f"{chr(MARK_LETTERS[0])}-{chr(MARK_LETTERS[-1])}"
# What makes a letter beside it none by itself: any other letter or digit, and an apostrophe.
_LETTER: Final = rf"(?:[^\W_{_MARKS}]|['\u2019])"
# A digit, or a letter or Roman number by itself.
_NUMBER: Final = re.compile(rf"[0-9]|(?<!{_LETTER})(?:[^\W\d_]|[IVX]+|[ivx]+)(?!{_LETTER})")
_ROMAN: Final = re.compile("[IVX]+")
_REPEATED: Final = re.compile(r"([^\W\d_])\1+")
_ONLY_MARKS: Final = re.compile(f"[{_MARKS}]*")


class Numbers(NamedTuple):
    """Where a squashed form is numbered.

    * `digits` -- the places of its digits;
    * `parts` -- where each letter or Roman number by itself begins and ends;
    * `repeats` -- the same of a letter that another form has once more or less.
    """

    digits: frozenset[int] = frozenset()
    parts: tuple[tuple[int, int], ...] = ()
    repeats: tuple[tuple[int, int], ...] = ()


class Numbering:
    """The forms of a vocabulary that are numbered.

    Args:
        forms: where each is.

    >>> numbering = Numbering({"GPL20": Numbers(frozenset([3, 4]))})
    >>> numbering.is_another("GPL10", "GPL20"), numbering.is_another("GLP20", "GPL20")
    (True, False)
    """

    def __init__(self, forms: Mapping[str, Numbers]) -> None:
        self._forms = forms if len(forms) < _MANY else {}
        # The lengths that words have which are such a form with another number.
        self.lengths: frozenset[int] = frozenset(
            [
                len(form) + more
                for form, numbers in self._forms.items()
                for more in ((-1, 0, 1) if numbers.parts or numbers.repeats else (0,))
            ]
        )

    def is_another(self, word: str, form: str) -> bool:
        """Whether a word is a form with another number: with another digit in the place of one,
        another letter or Roman number, or none, in the place of such a part, or a letter more or
        less where letters are repeated."""
        numbers = self._forms.get(form)
        if numbers is None or word == form:
            return False
        if len(word) == len(form):
            differ = [at for at in range(len(form)) if word[at] != form[at]]
            if len(differ) == 1 and differ[0] in numbers.digits and word[differ[0]].isdigit():
                return True
        for start, end in numbers.parts:
            part = _in_place_of(form, start, end, word)
            if part is not None and _is_number(part):
                return True
        for start, end in numbers.repeats:
            if set(_in_place_of(form, start, end, word) or "") == {form[start]}:
                return True
        return False


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
    for form, repeats in _repeated(set(squashed(names))).items():
        found[form] = found.get(form, Numbers())._replace(repeats=tuple(repeats))
    return Numbering(found)


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
    digits, parts = set[int](), list[tuple[int, int]]()
    for match in _NUMBER.finditer(name):
        start = len(list(filter(is_word, name[: match.start()])))
        end = start + len(match[0])
        if match[0].isdigit():
            digits.add(start)
        elif match[0].isupper() and end - start < len(form):
            parts.append((start, end))
    # Letters with nothing but a mark between them are initials, or `m/s`.
    initials = {
        each
        for one, other in pairwise(parts)
        if _ONLY_MARKS.fullmatch(form[one[1] : other[0]])
        for each in (one, other)
    }
    alone = [part for part in parts if part not in initials]
    return form, Numbers(frozenset(digits), tuple(alone))
