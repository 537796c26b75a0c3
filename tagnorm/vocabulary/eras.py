"""Eras: the years that a text is of, and how far from them a code was in use."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Era"]

_ERA = re.compile(r"(?P<first>\d{4})?(?P<dash> ?[-\u2013] ?)?(?P<last>\d{4})?")


class Era(NamedTuple):
    """The years from a first to a last one, both included; None leaves an end open.

    >>> Era.of("1973-1979"), Era.of("1974"), Era.of("1995-"), Era.of(2006)
    (Era('1973-1979'), Era('1974'), Era('1995-'), Era('2006'))
    >>> Era.of("1974").years_from(1980, None), Era.of("1974").years_from(1973, 1979)
    (6, 0)
    """

    first: int | None
    last: int | None

    @classmethod
    def of(cls, era: str | int | Era) -> Era:
        """The era that a text or a year says: `1974`, `1973-1979`, `1995-`, `-1979`.

        Raises:
            TypeError: it is of another type.
            ValueError: it says no years, or the last comes before the first.
        """
        if isinstance(era, Era):
            return era
        if isinstance(era, bool) or not isinstance(era, str | int):
            raise TypeError(f"era is {era!r:.80}; it takes years as a string, such as '1973-1979'")
        match = _ERA.fullmatch(str(era).strip())
        if match is None or not (match["first"] or match["last"]):
            raise _wrong(era)
        first, last = (None if year is None else int(year) for year in match.group("first", "last"))
        if match["dash"] is None:
            last = first
        if first is not None and last is not None and first > last:
            raise _wrong(era)
        return cls(first, last)

    def years_from(self, start: int | None, end: int | None) -> int:
        """How many years lie between the era and a time of use; 0 where they touch.

        An end that is not known is taken for open.

        >>> Era.of("2003-2010").years_from(1973, 1979)
        24
        """
        if start is not None and self.last is not None and start > self.last:
            return start - self.last
        if end is not None and self.first is not None and end < self.first:
            return self.first - end
        return 0

    def overlaps(self, other: Era) -> bool:
        """Whether two eras have a year in common.

        >>> Era.of("1973-1979").overlaps(Era.of("1974")), Era.of("1974").overlaps(Era.of("1980-"))
        (True, False)
        """
        return not self.years_from(other.first, other.last)

    def __str__(self) -> str:
        if self.first == self.last:
            return str(self.first)
        return "-".join("" if year is None else str(year) for year in (self.first, self.last))

    def __repr__(self) -> str:
        return f"Era({str(self)!r})"


def _wrong(era: object) -> ValueError:
    return ValueError(
        f"era is {era!r:.80}; it takes a year, such as '1974', or years, such as '1973-1979', "
        "'1995-' or '-1979'"
    )
