"""Words for people: what commands, reports and pages call states, statuses and edits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tagnorm.escaping import escape

if TYPE_CHECKING:
    from tagnorm.resolution import Alternative

__all__ = [
    "HOW",
    "STATES",
    "STATUSES",
    "WORTH_LISTING",
    "WORTH_SHOWING",
    "meaning_of",
    "number_of",
    "shown",
    "tags_shown",
    "worth_showing",
    "years_shown",
]

# Other readings that are less likely are not shown to a person; or not even listed, where many are.
WORTH_SHOWING, WORTH_LISTING = 0.005, 0.0005

# What a person reads for `Segment.how`; as written needs no word.
HOW = {
    "canonical": "",
    "alias": "another name for it",
    "decision": "decided by hand",
    "unresolved": "left as it is",
    "swap": "two letters swapped",
    "drop_first": "the first letter is missing",
    "drop_inner": "a letter is missing",
    "drop_last": "the last letter is missing",
    "double": "a letter doubled",
    "add_family": "another family's letter in front",
    "add_first": "a letter too many in front",
    "add_inner": "a letter too many",
    "add_last": "a letter too many at the end",
    "replace_family": "another family's letter instead of the first",
    "replace_first": "another first letter",
    "replace_inner": "another letter inside",
    "replace_last": "another last letter",
}
# What became of a string, by its state; see `tagnorm.decisions.states`.
STATES = {
    "resolved": "read, and sure",
    "doubtful": "read, but another reading comes near",
    "unresolved": "something in it has no code",
    "decided": "decided by a person",
}
# How a string was read, by its status.
STATUSES = {
    "canonical": "a code as it stands",
    "alias": "another name of a code",
    "misspelled": "corrected",
    "concatenated": "codes run together",
    "mixed": "run together, and corrected or with letters left",
    "unresolved": "no code found",
}


def meaning_of(how: str) -> str:
    """What `Segment.how` means, for a person; nothing of a code that stands as it is written.

    >>> meaning_of("swap"), meaning_of("canonical")
    ('two letters swapped', '')
    """
    return HOW.get(how, how.replace("_", " "))


def number_of(count: int, noun: str) -> str:
    """So many of something.

    >>> number_of(1, "row"), number_of(1200, "row")
    ('1 row', '1,200 rows')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def tags_shown(tags: Iterable[str]) -> str:
    """The tags of a reading on a screen; one without tags leaves the string as it is.

    >>> tags_shown(["PREL", "PGOV"]), tags_shown([])
    ('PREL PGOV', 'left as it is')
    """
    return shown(" ".join(tags)) or HOW["unresolved"]


def years_shown(start: int | None, end: int | None) -> str:
    """The years from a first to a last one on a screen; empty if neither is known.

    >>> years_shown(1973, 1979), years_shown(1994, None), years_shown(None, None)
    ('1973-1979', '1994-', '')
    """
    if start is None and end is None:
        return ""
    return "-".join(["" if year is None else str(year) for year in (start, end)])


def worth_showing(alternatives: Iterable[Alternative]) -> list[Alternative]:
    """The other readings that a person wants to see.

    >>> from tagnorm import resolve
    >>> [other.tags for other in worth_showing(resolve("KWHG").alternatives)]
    [('KGHG',), ()]
    """
    return [other for other in alternatives if other.confidence >= WORTH_SHOWING]


def shown(text: str) -> str:
    """Text that is safe on a screen: what does not print stands there escaped.

    >>> print(shown("PREL\\x1b[31m\\u202e"))
    PREL\\x1b[31m\\u202e
    """
    if text.isprintable():
        return text
    return "".join([c if c.isprintable() else _code_point(c) for c in text])


def _code_point(character: str) -> str:
    escaped = escape(character)
    return escaped if escaped != character else character.encode("unicode_escape").decode()
