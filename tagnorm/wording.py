"""Words for people: what commands, reports and pages call states, statuses and edits."""

from __future__ import annotations

from tagnorm.escaping import escape

__all__ = ["HOW", "STATES", "STATUSES", "shown"]

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
