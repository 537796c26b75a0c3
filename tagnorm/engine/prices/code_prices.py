"""What it costs that a code is meant, as it is written or with an edit.

A cost is the price of named assumptions: how rare the code is, of which kind, by which name it is
called, which edit was made and of how many that is one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final, NamedTuple

from tagnorm.engine.costs import Costs
from tagnorm.engine.edits.grammar import EDITS
from tagnorm.engine.prices.rarity import Rarities
from tagnorm.vocabulary.codes import Code

__all__ = ["BRIEF", "CodePrices", "EditPrices", "Entry"]

# Words up to this length are little evidence for a correction.
BRIEF: Final = 3


class Entry(NamedTuple):
    """A surface form of a code, a tag or an alias, and what it costs to read it in a
    segmentation."""

    form: str
    code: Code
    how: str
    cost: int
    anchor: bool

    def rank(self) -> tuple[bool, int, str]:
        """By what entries with the same form come in order: codes first, the likelier first."""
        return self.how != "canonical", self.cost, self.code.tag


class CodePrices:
    """The prices of the codes of one vocabulary.

    Args:
        costs: what each assumption costs.
        rarities: how often each code is meant.
        alphabet: how many letters codes are written with.

    >>> from tagnorm import Taxonomy
    >>> taxonomy = Taxonomy.load()
    >>> prices = CodePrices(Costs.load(), Rarities(taxonomy), 26)
    >>> common, rare = taxonomy["PREL"], taxonomy["SREF"]
    >>> [prices.of(code, "canonical", code.tag, joined=False) for code in (common, rare)]
    [2524, 11627]
    """

    def __init__(self, costs: Costs, rarities: Rarities, alphabet: int) -> None:
        self._costs = costs
        self._rarities = rarities
        self._alphabet = alphabet
        # Prices recur: by what they depend on.
        self._known: dict[tuple[object, ...], int] = {}

    def of(self, code: Code, how: str, form: str, *, joined: bool) -> int:
        """What it costs that a form of a code is meant: by a word of its own, or in a
        segmentation."""
        # Its rarity follows from its frequency and its place.
        key = (
            code.frequency, code.position, code.kind, code.status, code.anchor,
            how, len(form) == BRIEF, joined,
        )  # fmt: skip
        price = self._known.get(key)
        if price is None:
            assumed = self.entry_assumptions(code, how, form, joined=joined)
            price = self._known[key] = self._costs.price(assumed)
        return price

    def with_edit(self, entry: Entry, how: str, length: int) -> int:
        """What it costs that a word of some length is an entry with an edit."""
        meant = self.of(entry.code, entry.how, entry.form, joined=False)
        return meant + self.of_edit(how, length, entry, joined=False)

    def of_edit(self, how: str, length: int, entry: Entry, *, joined: bool) -> int:
        """What an edit of an entry costs besides in a word of some length."""
        return self._costs.price(self.edit_assumptions(how, length, entry, joined=joined))

    def entry_assumptions(
        self, code: Code, how: str, form: str, *, joined: bool
    ) -> dict[str, float]:
        """What is assumed when a form of a code is meant."""
        few, late = self._rarities.few(code), self._rarities.late(code)
        many = self._rarities.many
        if joined:
            found = {"joined_rare": few + late, "joined_many": many}
        else:
            found = {"few": few, "late": late, "many": many}
        if code.kind == "organization":
            found["organization"] = 1.0
        if code.status == "retired":
            found["retired"] = 1.0
        elif code.status == "attested":
            found["joined_attested" if joined else "attested"] = 1.0
        if joined:
            if not code.anchor:
                found["companion"] = 1.0
            if how == "alias":
                found["alias"] = 1.0
            if len(form) == BRIEF:
                found["brief"] = 1.0
        return found

    def edit_assumptions(
        self, how: str, length: int, entry: Entry, *, joined: bool
    ) -> dict[str, float]:
        """What is assumed besides when a word of some length is read as an entry with an edit."""
        # A code of no family does not begin with the letter of one that another may replace.
        is_first = how == "replace_family" and len(entry.code.family) != 1
        kind = "replace_first" if is_first else how
        found = {kind: 1.0, "outcomes": self.outcomes(how, len(entry.form))}
        if joined:
            found["joined_edit"] = 1.0
        elif length <= BRIEF:
            found["short"] = 1.0
        if entry.how == "alias":
            found["alias_edit"] = 1.0
        if entry.code.kind == "organization":
            found["organization_edit"] = 1.0
        if entry.code.status == "retired":
            found["retired_edit"] = 1.0
        return found

    def outcomes(self, how: str, size: int) -> float:
        """The logarithm of the number of words that an edit of some sort makes of a form."""
        places, letters = size, self._alphabet
        if how == "swap":
            return math.log(max(size - 1, 1))
        if how.startswith(("drop", "double")):
            return math.log(places)
        if how.startswith("add"):
            return math.log((places + 1) * letters)
        return math.log(places * (letters - 1))


class EditPrices:
    """What the entries of a vocabulary cost with an edit, looked up by their forms.

    Args:
        prices: what they cost.
        entries: the entries by their forms.
        joined: whether they stand in a segmentation, or are words of their own.
    """

    def __init__(self, prices: CodePrices, entries: Mapping[str, Entry], *, joined: bool) -> None:
        self._prices = prices
        self._entries = entries
        self._joined = joined
        # What a form costs, and each edit of it besides, in a short word and in a longer one.
        self._of_forms: dict[str, tuple[int, dict[str, int], dict[str, int]]] = {}
        # What edits cost, by what that depends on.
        self._of_edits: dict[tuple[object, ...], tuple[dict[str, int], dict[str, int]]] = {}

    def price(self, how: str, length: int, form: str) -> int:
        """What it costs that a word of some length is a form with an edit."""
        costs = self._of_forms.get(form)
        if costs is None:
            costs = self._of_forms[form] = self._made(form)
        cost, short, longer = costs
        return cost + (short if length <= BRIEF else longer)[how]

    def _made(self, form: str) -> tuple[int, dict[str, int], dict[str, int]]:
        entry = self._entries[form]
        code = entry.code
        cost = self._prices.of(code, entry.how, form, joined=self._joined)
        key = entry.how, code.kind, len(code.family), code.status, len(form)
        edits = self._of_edits.get(key)
        if edits is None:
            edits = self._of_edits[key] = self._priced(entry, 0), self._priced(entry, BRIEF + 1)
        return cost, *edits

    def _priced(self, entry: Entry, length: int) -> dict[str, int]:
        """What each edit of an entry costs besides in a word of some length."""
        prices, joined = self._prices, self._joined
        return {how: prices.of_edit(how, length, entry, joined=joined) for how in EDITS}
