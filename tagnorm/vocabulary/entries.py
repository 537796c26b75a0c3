"""What a vocabulary is made of: codes, and the other names a person knows them by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import attrs

from tagnorm.folding import squash
from tagnorm.vocabulary.eras import Era
from tagnorm.vocabulary.frozen import FrozenDict

__all__ = [
    "ANCHOR", "COLUMNS", "COUNTS_OF", "MAPPINGS", "NOTHING", "NUMBERS", "STATUSES", "TEXTS",
    "Alias", "Code", "in_era", "is_long",
]  # fmt: skip

STATUSES = ("current", "retired", "attested")
# The columns of codes in files and frames, and the keys of mappings; `cables` is `frequency` too.
COLUMNS = (
    "code", "name", "aliases", "alias", "frequency", "cables", "status", "replaced_by", "from",
    "to", "kind", "family", "anchor", "names", "position", "source",
)  # fmt: skip
# What the columns of counts by years begin with: `frequency_1973-1979`.
COUNTS_OF = "frequency_"
# The parts of a vocabulary that are mappings, those of texts first, then those of numbers.
TEXTS = ("outside", "families", "notes")
NUMBERS = ("costs", "confidence")
MAPPINGS = (*TEXTS, *NUMBERS)
# A code of so many letters or more is an anchor, unless something else is said.
ANCHOR = 3
NOTHING: FrozenDict[str, Any] = FrozenDict()


def is_long(tag: str, shortest: float = ANCHOR) -> bool:
    """Whether a code has so many letters and digits, which makes it an anchor.

    >>> is_long("EU"), is_long("E-U"), is_long("EUN")
    (False, False, True)
    """
    if len(tag) < shortest:
        return False
    return tag[: int(shortest)].isalnum() or len(squash(tag)) >= shortest


@attrs.frozen(init=False, repr=False)
class Code:
    """One entry of a vocabulary; only its tag is needed.

    Args:
        tag: the code as it is to be written.
        name: what it stands for.
        kind: what sort of code it is; any word.
        family: the letter or name of a group of codes that belong together.
        status: `current`, `retired` or `attested` (seen, but its meaning is not known).
        replaced_by: the code that took the place of a retired one.
        source: where the entry comes from.
        frequency: how often the code is meant, beside the others: any positive number; None or 0
            where that is not known.
        position: its place in a list where early means frequent, from 1 on.
        anchor: whether the code is long enough to carry a string of run-together codes; others
            (two-letter codes, say) need company. None: three letters or digits are enough.
        start: the first year of its use; None where that is not known.
        end: the last year of its use; None where that is not known, or it is still used.
        names: its names in other editions of the vocabulary, by edition.
        frequencies: how often the code is meant in certain years, by these years (`1973-1979`);
            each is to be compared with those of the same years only.
        cables: another name of `frequency`.

    >>> Code("KIPR", "Intellectual Property Rights").name
    'Intellectual Property Rights'
    >>> Code("JAZZ").anchor, Code("EU").anchor
    (True, False)
    >>> Code("JAZZ", "Jazz", start=1917)
    Code('JAZZ', 'Jazz', start=1917)

    What is wrong with a code is told by the vocabulary that it is put into, for all codes at once.
    """

    tag: str
    name: str
    kind: str
    family: str
    status: str
    replaced_by: str
    source: str
    frequency: float | None
    position: int | None
    anchor: bool
    start: int | None
    end: int | None
    names: Mapping[str, str]
    frequencies: Mapping[str, float]

    def __init__(
        self,
        tag: str,
        name: str = "",
        kind: str = "code",
        family: str = "",
        status: str = "current",
        replaced_by: str = "",
        source: str = "",
        frequency: float | None = None,
        position: int | None = None,
        anchor: bool | None = None,
        start: int | None = None,
        end: int | None = None,
        names: Mapping[str, str] = NOTHING,
        frequencies: Mapping[str, float] = NOTHING,
        *,
        cables: float | None = None,
    ) -> None:
        if cables is not None:
            if frequency is not None:
                raise TypeError("frequency and cables are two names of one thing; give one of them")
            frequency = cables
        if anchor is None:
            anchor = isinstance(tag, str) and is_long(tag)
        if not isinstance(names, FrozenDict):
            names = FrozenDict(names)
        if not isinstance(frequencies, FrozenDict):
            frequencies = FrozenDict(frequencies)
        # What was counted and never seen is as unknown as what was not counted.
        self.__attrs_init__(
            tag, name, kind or "code", family, status or "current", replaced_by, source,
            frequency or None, position, anchor, start, end, names, frequencies,
        )  # fmt: skip

    def years_from(self, era: Era | str | int) -> int:
        """How many years lie between an era and the use of the code; 0 where they touch.

        >>> Code("PFOR", start=1973, end=1979).years_from("2003-2010")
        24

        Raises:
            TypeError: the era is neither text nor a year.
            ValueError: it says no years.
        """
        return Era.of(era).years_from(self.start, self.end)

    def frequency_in(self, era: Era | str | int) -> float | None:
        """How often the code is meant in an era, where the vocabulary has counts of its years.

        >>> Code("PFOR", frequencies={"1973-1979": 250_983}).frequency_in(1974)
        250983

        Raises:
            TypeError, ValueError: as `years_from`.
        """
        era = Era.of(era)
        found = [count for years, count in self.frequencies.items() if Era.of(years).overlaps(era)]
        return sum(found) if found else None

    @property
    def cables(self) -> float | None:
        """The `frequency`, by the name it has in the built-in vocabulary."""
        return self.frequency

    def _repr_html_(self) -> str:
        from tagnorm.notebook import code_page  # noqa: PLC0415 -- few are in a notebook

        return code_page(self)

    def __repr__(self) -> str:
        shown = [repr(self.tag)]
        if self.name:
            shown.append(repr(self.name))
        for field, default in _DEFAULTS:
            value = getattr(self, field)
            if value != default:
                shown.append(f"{field}={value!r}")
        return f"Code({', '.join(shown)})"


def in_era(code: Code, era: Era, *, counted: bool) -> Code:
    """A code as it is to be read in an era; `counted` says whether there are counts of its years.

    >>> in_era(Code("PINT", status="retired", start=1973, end=1979), Era.of("1974"), counted=False)
    Code('PINT', start=1973, end=1979)
    """
    status = code.status
    frequency = code.frequency_in(era) if counted else code.frequency
    if code.years_from(era):
        status, frequency = "retired", None
    elif status == "retired" and not (code.start is None and code.end is None):
        status = "current"
    named = [edition for edition in code.names if _is_of(edition, era)]
    return attrs.evolve(
        code,
        status=status,
        replaced_by=code.replaced_by if status == "retired" else "",
        name=code.names[max(named)] if named else code.name,
        frequency=frequency,
        position=None if counted else code.position,
    )


def _is_of(edition: str, era: Era) -> bool:
    """Whether an edition is named by a year of an era."""
    try:
        return Era.of(edition).overlaps(era)
    except ValueError:
        return False


_DEFAULTS: tuple[tuple[str, object], ...] = (
    ("kind", "code"),
    ("family", ""),
    ("status", "current"),
    ("replaced_by", ""),
    ("source", ""),
    ("frequency", None),
    ("position", None),
    ("start", None),
    ("end", None),
    ("names", {}),
    ("frequencies", {}),
)


class Alias(NamedTuple):
    """Another name for a code: a country in words, a retired code, the plain word for a subject.

    `language` is the language tag of the name (`en`, `pt-BR`), where the vocabulary says one.

    >>> Alias("Swing", "JAZZ").alias
    'Swing'
    """

    alias: str
    tag: str
    kind: str = ""
    source: str = ""
    language: str = ""
