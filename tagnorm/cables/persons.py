"""Persons in a TAGS field: what stands in brackets, where one name ends, and what is no name.

The Department's handbook of 1974 asks for each person in brackets of his own, surname first, with
a comma as the only mark, and for nobody but persons. What was written also has several persons in
one pair of brackets, delegations, and the party and State of a member of Congress.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tagnorm.cables.strand import Strand
from tagnorm.folding import fold_in_place

__all__ = [
    "NAMED_TAGS",
    "is_group",
    "is_office",
    "is_particle",
    "is_party",
    "persons",
    "without_marks",
]

# The tags that carry the name of a traveller or visitor.
NAMED_TAGS = frozenset({"OVIP", "OREP", "OTRA", "OEXC", "OCON"})

# Parts of surnames that belong to what follows, as AL-MALIKI and DA SILVA.
_PARTICLE = re.compile(
    r"A[BL]|ABD|ABU|BA|BE[NT]|BIN|BINT|BU|DA|DE[LNR]?|DI|D[OU]|DOS|EL|IBN|L[AE]|LAS|LOS|MAC|MC|"
    r"SA[NOX]?|SANTA|SAINT|ST|TEN?|TER|UL|V[AO]N|VANDER"
)
# Groups, which are no persons, and the words that say what a journey is for.
_GROUP_WORD = re.compile(
    r"BALLET|BAND|BOARD|CHOIR|CODEL|COMMITTEE|COMMISSION|COMPANY|CONGRESS|COUNCIL|CREW|DEL|"
    r"DELEGATES?|DELEGATIONS?|DELS|ENSEMBLE|GROUP|MEMBERS?|MISSION|NODEL|OFFICERS?|ORCHESTRA|PARTY|"
    r"PREDEL|SENATE|STAFF|STAFFDEL|SUBCOMMITTEE|TEAM|TROUPE|UNIVERSITY|USDEL"
)
_OFFICE = re.compile(
    r"AMBASSADOR|CHANCELLOR|CONGRESSM[AE]N|DEPUTY|FOREIGN|GENERAL|GOVERNOR|MINISTER|PRESIDENT|"
    r"PREMIER|PRIME|SECRETARY|SENATORS?|SPEAKER|VICE"
)
_BETWEEN_PERSONS = re.compile(r";|/|&|\bAND\b", re.IGNORECASE)
_INITIALS = re.compile(r"[\s,]*(?:[^\W\d_]\b\.?[\s,]*){1,3}")
_COMMA = re.compile(r",")
_NAME_AND_PARTY = re.compile(
    r"(?P<name>.*\w\W*?)[\s,(]+(?P<party>(?:D|R|I|DEM|REP|IND)-[A-Z][A-Z.]*)[\s)]*",
    re.IGNORECASE | re.DOTALL,
)
_PARTY = re.compile(r"[\s(]*(?:D|R|I|DEM|REP|IND)-[A-Z][A-Z.]*[\s)]*")
_SUFFIX = re.compile(r"\W*(?:JR|SR|I{2,3}|IV|KING|PRINCE|QUEEN|SULTAN|SHEIKH?|EMIR|POPE)\b.*")


def is_particle(word: str) -> bool:
    """Whether a word begins surnames, and belongs to the one that follows.

    >>> is_particle("AL"), is_particle("DA"), is_particle("FR")
    (True, True, False)
    """
    return _PARTICLE.fullmatch(word) is not None


def is_group(words: Sequence[str]) -> bool:
    """Whether a word says that what stands there is a group and no person; one that begins
    surnames too says so only where none follows.

    >>> is_group(["CODEL", "STENNIS"]), is_group(["US", "DEL"]), is_group(["DEL", "VALLE"])
    (True, True, False)
    """
    return any(
        _GROUP_WORD.fullmatch(word) is not None and not (is_particle(word) and words[at:])
        for at, word in enumerate(words, 1)
    )


def is_office(word: str) -> bool:
    """Whether a word is an office that stands before the name of who holds it.

    >>> is_office("SECRETARY"), is_office("KISSINGER")
    (True, False)
    """
    return _OFFICE.fullmatch(word) is not None


def is_party(text: str) -> bool:
    """Whether a text is the party and State of a member of Congress.

    >>> is_party("D-WISC"), is_party("DAYAN")
    (True, False)
    """
    return _PARTY.fullmatch(fold_in_place(text)) is not None


def persons(part: Strand) -> Iterator[tuple[Strand, bool]]:
    """The persons that a part of the field names, each with whether it is one, in their order.

    What is none is the party and State behind a name.

    >>> text = "FREEMAN, CONSTANCE/OBEY, DAVE D-WISC"
    >>> found = persons(Strand(text, tuple((at, at + 1) for at in range(len(text)))))
    >>> [(name.text, person) for name, person in found]
    [('FREEMAN, CONSTANCE', True), ('OBEY, DAVE', True), ('D-WISC', False)]
    """
    names: list[Strand] = []
    for name in part.split(_BETWEEN_PERSONS):
        if names and _INITIALS.fullmatch(name.text) and "," not in names[-1].text:
            # ROUSSEAU/R. is one person, whose comma became a slash.
            names[-1] = Strand.joined((without_marks(names[-1]), name.strip()), ", ")
        else:
            names.extend(_in_pairs(name))
    for name in names:
        found = _NAME_AND_PARTY.fullmatch(name.text)
        if found:
            yield without_marks(name[slice(*found.span("name"))]), True
            yield name[slice(*found.span("party"))], False
        elif any(map(str.isalpha, name.text)):
            yield without_marks(name), not is_party(name.text)


def _in_pairs(name: Strand) -> Iterator[Strand]:
    """Surnames and given names of several persons that only commas part: two and two."""
    parts = list(name.split(_COMMA))
    told = [fold_in_place(part.text) for part in parts]
    if len(parts) < 4 or len(parts) % 2 or any(map(_SUFFIX.fullmatch, told)):
        yield name
        return
    at = 0
    for first, second in zip(parts[::2], parts[1::2], strict=True):
        end = at + len(first) + 1 + len(second)
        yield name[at:end]
        at = end + 1


def without_marks(name: Strand) -> Strand:
    """A name without the marks that stand around it; a full stop after an initial is its own."""
    text = name.text
    start = len(text) - len(text.lstrip(' ,;.:-|>"*'))
    return name[start : max(start, len(text.rstrip(' ,;:-|>"*')))]
