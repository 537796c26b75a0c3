"""The era of a cable, found in its text: its date, its number, or the order on classification."""

from __future__ import annotations

import itertools
import re

from tagnorm.cables.dump import archive_year, cables
from tagnorm.cells import no_string
from tagnorm.folding import fold_in_place
from tagnorm.vocabulary.eras import Era

__all__ = ["edition_of", "era_of"]

# The times that the built-in vocabulary tells apart: what the lists of 1973-79 have, and the rest.
_EDITIONS = (Era(1973, 1979), Era(1980, None))

# The header comes first; what a body says of other cables is no date of this one.
_HEADER_LINES = 400
_ORDER = re.compile(r"(?<![A-Z0-9])E[., ]{0,2}[O0][., ]{0,2}(?P<number>\d{5})\b")
# From when to when each executive order on classified information was in force. 11958 is on
# another matter: where it stands in a cable, 12958 was meant.
_ORDERS = {
    "11652": Era(1972, 1978),
    "12065": Era(1978, 1982),
    "12356": Era(1982, 1995),
    "12958": Era(1995, 2010),
    "11958": Era(1995, 2010),
    "13292": Era(2003, 2010),
    "13526": Era(2010, None),
}


def era_of(text: str) -> Era | None:
    """The years that a cable is of, as near as its text says; None where it says nothing.

    Its date-time group or date decides; else the number by which an archive calls it; else the
    executive order on classification that its header names.

    >>> era_of("R 221120Z FEB 10\\nTAGS: PREL"), era_of("Canonical ID: 1974STATE126062_b")
    (Era('2010'), Era('1974'))
    >>> era_of("E.O. 11652: GDS\\nTAGS: PFOR, UR"), era_of("TAGS: PREL")
    (Era('1972-1978'), None)

    Raises:
        TypeError: it is no string.
    """
    if not isinstance(text, str):
        raise no_string(text)
    lines = list(itertools.islice(iter(text.splitlines(keepends=True)), _HEADER_LINES))
    first = next(cables(lines), None)
    if first is None:
        return None
    if first.date:
        return Era.of(first.date[:4])
    year = archive_year(lines)
    if year is not None:
        return Era.of(year)
    for match in _ORDER.finditer(fold_in_place(first.text)):
        if found := _ORDERS.get(match["number"]):
            return found
    return None


def edition_of(text: str) -> Era | None:
    """The edition of the lists of TAGS that a cable was written by; None where its text leaves it
    open.

    >>> edition_of("R 071729Z JUN 75\\nTAGS: PFOR"), edition_of("E.O. 12958: N/A\\nTAGS: PREL")
    (Era('1973-1979'), Era('1980-'))
    """
    era = era_of(text)
    if era is None:
        return None
    found = [edition for edition in _EDITIONS if edition.overlaps(era)]
    return found[0] if len(found) == 1 else None
