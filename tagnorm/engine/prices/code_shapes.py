"""How likely a string is a code of the vocabulary's shapes that the vocabulary does not have.

Beside the codes `US-CA` and `US-NY` the word `US-MA` is hardly one of them with an edit: it is
another code. So a code that the list lacks is modelled as drawn at random by the vocabulary's
own rule. First its shape is drawn, as often as the list has it; then the letter or digit of each
place, as often as codes of that shape have it there. A letter that stands there in no code is the
likelier the more letters stand there only once (the estimate of Good and Turing). Where codes are
numbers of thirteen digits, hardly any that is drawn lies one edit from one of the list; so a word
that does is that code with an edit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Final

__all__ = ["CodeShapes"]

# A larger vocabulary is judged by a sample of about so many forms.
_SAMPLE: Final = 5_000
# A longer word is so seldom drawn that its chance counts as 0.
_LONGEST: Final = 16
_DIGITS: Final = 10
# Letters are drawn from an alphabet of at least so many, even if the few codes have fewer.
_LATIN: Final = 26


class _Draws:
    """The chance of each outcome of the next draw, by the draws so far.

    The share of outcomes that were drawn only once tells how likely a new one is (Good and Turing);
    all that may be drawn are equally likely then.
    """

    def __init__(self, drawn: Sequence[object]) -> None:
        self._counts = Counter(drawn)
        self._seen = len(drawn)
        once = sum([count == 1 for count in self._counts.values()])
        self._new = (once + 0.5) / (self._seen + 1)

    def chance(self, one: object, size: int) -> float:
        """The chance of one outcome, of `size` possible ones."""
        share = self._counts.get(one, 0) / self._seen
        return share + self._new * (1 / size - share)


class _Shape:
    """The codes of one shape: which letters, and which digits of numbers, they have in each
    place."""

    def __init__(self, forms: Sequence[str]) -> None:
        self.seen = len(forms)
        split = [_runs(form) for form in forms]
        letters = ["".join([run for run in runs if not run.isdigit()]) for runs in split]
        self._letters = [_Draws(place) for place in zip(*letters, strict=True)]
        numbers = zip(*[[run for run in runs if run.isdigit()] for runs in split], strict=True)
        self._lengths: list[_Draws] = []
        self._digits: list[dict[int, list[_Draws]]] = []
        for runs in numbers:
            self._lengths.append(_Draws([len(run) for run in runs]))
            by_length: dict[int, list[str]] = {}
            for run in runs:
                by_length.setdefault(len(run), []).append(run)
            self._digits.append(
                {
                    length: [_Draws(place) for place in zip(*found, strict=True)]
                    for length, found in by_length.items()
                }
            )

    def chance(self, word: str, alphabet: int) -> float:
        """The chance that a code drawn of this shape is a word."""
        chance = 1.0
        letter = number = 0
        for run in _runs(word):
            if run.isdigit():
                chance *= self._chance_of_number(number, run)
                number += 1
                continue
            for one in run:
                chance *= self._letters[letter].chance(one, alphabet)
                letter += 1
        return chance

    def _chance_of_number(self, nth: int, run: str) -> float:
        lengths, length = self._lengths[nth], len(run)
        chance = lengths.chance(length, _LONGEST)
        places = self._digits[nth].get(length)
        if places is None:
            return chance * (1 / _DIGITS) ** length
        for place, digit in zip(places, run, strict=True):
            chance *= place.chance(digit, _DIGITS)
        return chance


class CodeShapes:
    """The shapes of a vocabulary's codes.

    Args:
        forms: the squashed forms of its codes.
        alphabet: how many letters they are written with.

    >>> shapes = CodeShapes(["MMP1", "MMP9", "MMP13"], 26)
    >>> shapes.chance("MMP2") > 20 * shapes.chance("NMP1") > 0, shapes.chance("MMP")
    (True, 0.0)
    """

    def __init__(self, forms: Sequence[str], alphabet: int) -> None:
        self._alphabet = max(alphabet, _LATIN)
        sample = forms[:: max(len(forms) // _SAMPLE, 1)]
        self._forms: dict[str, list[str]] = {}
        for form in sample:
            self._forms.setdefault(_shape_of(form), []).append(form)
        self._all = len(sample) + len(self._forms)
        self._shapes: dict[str, _Shape] = {}

    def chance(self, word: str) -> float:
        """The chance that a code drawn by the vocabulary's rule is a word."""
        if len(word) > _LONGEST:
            return 0.0
        key = _shape_of(word)
        shape = self._shapes.get(key)
        if shape is None:
            forms = self._forms.get(key)
            if forms is None:
                return 0.0
            shape = self._shapes[key] = _Shape(forms)
        return shape.seen / self._all * shape.chance(word, self._alphabet)


def _runs(form: str) -> list[str]:
    """A form cut where digits meet other characters."""
    return ["".join(run) for _, run in groupby(form, str.isdigit)]


def _shape_of(form: str) -> str:
    """The shape of a form: its numbers as `#`, of any length, and every other character as `A`."""
    return "".join(["#" if run.isdigit() else "A" * len(run) for run in _runs(form)])
