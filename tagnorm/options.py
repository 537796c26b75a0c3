"""The options of every verb and surface: their names, their types, and what they take.

They are the same everywhere, by the same names: in `split` and `resolve`, for columns, in the
accessors of pandas and Polars, in SQL, in Spark, for files and for cables.

What belongs to a *vocabulary* makes a `Normalizer`, and is loaded and checked when that is made:

* `taxonomy` -- the vocabulary: a `Taxonomy`, or anything that `Taxonomy.of` takes, such as the path
  of a folder or a list of codes; None is the built-in one;
* `decisions` -- a person's corrections, which always win: `Decisions`, or the path of their file;
* `keep` -- words never to touch: they stay whole and unresolved;
* `era` -- the years that the strings are of, such as `1973-1979`: codes in use then are likelier.

A surface takes these four, or in their place a `normalizer` that has them already.

What belongs to a *reading* is one checked object, `Options`:

* `unresolved` -- what becomes of pieces without a code: `keep` them as they stand, in their places,
  `drop` them, or `raise` an error. Where an answer tells them apart from the tags, as that of
  `resolve` does, `keep` and `drop` are the same;
* `min_confidence` -- words whose answer is less sure than this stay unresolved: from 0 to 1;
* `unique` -- leave out a tag that its string, or its row, has already.

The classes of options are for type checkers: `def surface(**options: Unpack[AnyOptions])`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from numbers import Real
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

import attrs

from tagnorm.arguments import no_such_option
from tagnorm.vocabulary.codes import Taxonomy, taxonomy_of

if TYPE_CHECKING:
    from tagnorm.decisions.store import Decisions
    from tagnorm.normalizer import Normalizer
    from tagnorm.vocabulary.eras import Era

__all__ = [
    "NAMES",
    "AnyOptions",
    "Options",
    "ReadingOptions",
    "Source",
    "Unresolved",
    "VocabularyOptions",
    "decisions_of",
    "flag",
    "taxonomy_of",
]

Unresolved = Literal["keep", "drop", "raise"]
# What `Taxonomy.of` takes, and None; of data frames no more is known than that they are objects.
Source: TypeAlias = "Taxonomy | str | PathLike[str] | object | None"


class ReadingOptions(TypedDict, total=False):
    """How a string is read."""

    unresolved: Unresolved
    min_confidence: float
    unique: bool


class VocabularyOptions(TypedDict, total=False):
    """What a `Normalizer` is made of."""

    taxonomy: Source
    decisions: Decisions | str | PathLike[str] | None
    keep: Iterable[str]
    era: Era | str | int | None


class AnyOptions(ReadingOptions, VocabularyOptions, total=False):
    """What every surface takes: how to read, and by which vocabulary."""

    normalizer: Normalizer | None


# The names of what is said of a reading, and of all that a surface takes.
_READING = tuple(ReadingOptions.__annotations__)
NAMES = (*_READING, *VocabularyOptions.__annotations__, "normalizer")


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(
            f"min_confidence is {value!r:.60}, of type {type(value).__name__}; "
            "it takes a number from 0 to 1"
        )
    try:
        number = float(value)
    except OverflowError:  # a whole number that is too large
        number = math.inf
    if math.isnan(number) or not 0.0 <= number <= 1.0:
        raise ValueError(f"min_confidence is {value!r:.60}; it takes a number from 0 to 1")
    return number


def _one_of_unresolved(value: Any) -> Unresolved:
    if value == "keep":
        return "keep"
    if value == "drop":
        return "drop"
    if value == "raise":
        return "raise"
    raise ValueError(f"unresolved is {value!r:.60}; it takes 'keep', 'drop' or 'raise'")


def flag(name: str, value: Any) -> bool:
    """An option that is True or False.

    >>> flag("explode", "no")
    Traceback (most recent call last):
    TypeError: explode is 'no', of type str; it takes True or False

    Raises:
        TypeError: it is neither.
    """
    if type(value).__name__ not in ("bool", "bool_"):  # NumPy has one of its own
        kind = type(value).__name__
        raise TypeError(f"{name} is {value!r:.60}, of type {kind}; it takes True or False")
    return bool(value)


def _unique(value: Any) -> bool:
    return flag("unique", value)


@attrs.frozen
class Options:
    """How strings are read: `unresolved`, `min_confidence` and `unique`, as said above.

    >>> Options(min_confidence=2)
    Traceback (most recent call last):
    ValueError: min_confidence is 2; it takes a number from 0 to 1

    Raises:
        ValueError: an option has a value that it does not take.
        TypeError: it is of another type.
    """

    unresolved: Unresolved = attrs.field(default="keep", converter=_one_of_unresolved)
    min_confidence: float = attrs.field(default=0.0, converter=_number)
    unique: bool = attrs.field(default=False, converter=_unique)

    @classmethod
    def of(cls, given: Mapping[str, Any], names: Sequence[str] = _READING) -> Options:
        """The options that a call was given by name, of those that it could be given.

        >>> Options.of({"unique": True})
        Options(unresolved='keep', min_confidence=0.0, unique=True)
        >>> Options.of({"unresolve": "drop"})
        Traceback (most recent call last):
        TypeError: there is no option 'unresolve'; did you mean 'unresolved'?

        Raises:
            ValueError, TypeError: as `Options`; or there is no such option.
        """
        if not given:
            return _DEFAULT
        try:
            return _made(**given)
        except TypeError:
            # It has a name or a type that it should not have.
            _check_names(given, names)
            return cls(**given)

    def as_given(self) -> ReadingOptions:
        """The options as a call takes them: `split(text, **options.as_given())`."""
        return {
            "unresolved": self.unresolved,
            "min_confidence": self.min_confidence,
            "unique": self.unique,
        }


# A loop calls with the same options again and again; 1, 1.0 and True are not the same.
_made = lru_cache(maxsize=64, typed=True)(Options)
_DEFAULT = Options()


def _check_names(given: Iterable[str], names: Sequence[str]) -> None:
    """See to it that all options are there.

    Raises:
        TypeError: there is no option of some name, or a normalizer has it already.
    """
    for name in given:
        if name not in names and name in VocabularyOptions.__annotations__:
            raise TypeError(f"{name!r} is no option of a reading; give it to the Normalizer")
        if name not in names:
            raise TypeError(no_such_option(name, names))


def decisions_of(given: Any, taxonomy: Taxonomy) -> Decisions | None:
    """The decisions that were given as themselves or as the path of their file; None if none are.

    Raises:
        DecisionsError: the file cannot be used, or is not there.
        OSError: it cannot be read.
        TypeError: it is something else.
    """
    if given is None:
        return None
    from tagnorm.decisions.store import Decisions  # noqa: PLC0415 -- few have any

    if isinstance(given, str | PathLike):
        given = Decisions.load(Path(given), taxonomy)
    if not isinstance(given, Decisions):
        raise TypeError(
            f"decisions are {given!r:.60}, of type {type(given).__name__}; "
            "they are Decisions or the path of a file"
        )
    return given or None
