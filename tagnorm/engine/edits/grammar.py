"""The noisy channel: what goes wrong between a code and the page.

A code reaches the page through at most one edit: two neighbouring letters swapped, a letter
dropped, added, doubled or replaced, or a letter of another family set in front of the code or in
the place of its first letter. `edit_between` says which edit turns a form into a word, and `edited`
lists the words that an edit makes of a form.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tagnorm.engine.costs import LETTERS
from tagnorm.vocabulary.entries import Code

__all__ = [
    "EDITS",
    "EDITS_BY_LENGTH",
    "EDIT_NAMES",
    "edit_between",
    "edited",
    "family_letters",
    "last_of_equals",
]

# The edits, by their names in the cost table and in `Segment.how`.
EDITS: Final = (
    "swap",
    "drop_first",
    "drop_inner",
    "drop_last",
    "double",
    "add_family",
    "add_first",
    "add_inner",
    "add_last",
    "replace_family",
    "replace_first",
    "replace_inner",
    "replace_last",
)
EDIT_NAMES: Final[frozenset[str]] = frozenset(EDITS)


# The edits by how many letters longer they make a word.
EDITS_BY_LENGTH: Final = {
    -1: ("drop_first", "drop_inner", "drop_last"),
    0: (
        "swap",
        "replace_family",
        "replace_first",
        "replace_inner",
        "replace_last",
    ),
    1: ("double", "add_family", "add_first", "add_inner", "add_last"),
}


def family_letters(codes: Iterable[Code]) -> frozenset[str]:
    """The letters that begin codes of the families among some codes.

    >>> from tagnorm.vocabulary.codes import Taxonomy
    >>> "".join(sorted(family_letters(Taxonomy.load())))
    'ABCEKMOPST'
    """
    return frozenset([code.family for code in codes if len(code.family) == 1])


def edit_between(word: str, form: str, families: frozenset[str] = frozenset()) -> str | None:
    """The edit that turns a form of a code into a word; None if it takes more than one, or none.

    `families` are the letters that begin codes of the vocabulary's families.

    >>> edit_between("PGVO", "PGOV"), edit_between("PGOVV", "PGOV"), edit_between("PGO", "PGOV")
    ('swap', 'double', 'drop_last')
    >>> edit_between("KPREL", "PREL", frozenset("KP"))
    'add_family'
    >>> edit_between("KPET", "EPET", frozenset("KE"))
    'replace_family'
    >>> edit_between("PELOSI", "PREL") is None
    True
    """
    size, length = len(word), len(form)
    if abs(size - length) > 1 or word == form:
        return None
    shorter = min(size, length)
    at = 0
    while at < shorter and word[at] == form[at]:
        at += 1
    if size == length:
        if word[at + 1 :] != form[at + 1 :]:
            swapped = form[at + 1 : at + 2] + form[at] + form[at + 2 :]
            return "swap" if word[at:] == swapped else None
        if at == 0 and word[0] in families and form[0] in families:
            return "replace_family"
        return _placed("replace", at, length)
    if size < length:
        return _placed("drop", at, length) if word[at:] == form[at + 1 :] else None
    if word[at + 1 :] != form[at:]:
        return None
    if at and word[at] == word[at - 1]:
        return "double"
    if at == 0 and form and word[0] in families and form[0] in families:
        return "add_family"
    return _placed("add", at, size)


def edited(form: str, how: str, families: frozenset[str] = frozenset()) -> list[str]:
    """The words that an edit makes of a form, letters added being from A to Z: the inverse of
    `edit_between`.

    >>> edited("PGO", "swap"), edited("PGO", "double")
    (['GPO', 'POG'], ['PPGO', 'PGGO', 'PGOO'])
    >>> edited("PGO", "replace_family", frozenset("EKP"))
    ['EGO', 'KGO']
    """
    size = len(form)
    name, _, place = how.partition("_")
    if name == "swap":
        pairs = [at for at in range(1, size) if form[at - 1] != form[at]]
        return [form[: at - 1] + form[at] + form[at - 1] + form[at + 1 :] for at in pairs]
    if name == "double":
        return [form[:at] + form[at] + form[at:] for at in last_of_equals(form)]
    longest = size if name == "add" else size - 1
    places = range(1)
    if place in ("inner", "last"):
        places = range(1, longest) if place == "inner" else range(max(longest, 1), longest + 1)
    if name == "drop":
        return [form[:at] + form[at + 1 :] for at in last_of_equals(form) if at in places]
    letters = LETTERS
    if form[0] in families and place in ("first", "family"):
        letters = "".join([c for c in letters if (c in families) == (place == "family")])
    elif place == "family":
        return []
    behind = 0 if name == "add" else 1
    words: list[str] = []
    for at in places:
        head, tail = form[:at], form[at + behind :]
        # A letter is not replaced by itself, and one that is added beside its like is doubled.
        others = letters.replace(form[at : at + 1] or form[-1], "")
        if name == "add" and at:
            others = others.replace(form[at - 1], "")
        # One string cut apart: many times faster than many put together.
        words += f"{head}{f'{tail} {head}'.join(others)}{tail}".split(" ")
    return words


def last_of_equals(form: str) -> list[int]:
    """The places of letters that are not followed by their like: of a row of equal letters the
    last counts as the one that is doubled or dropped."""
    return [at for at in range(len(form)) if form[at] != form[at + 1 : at + 2]]


def _placed(name: str, at: int, length: int) -> str:
    place = "first" if at == 0 else "last" if at == length - 1 else "inner"
    return f"{name}_{place}"
