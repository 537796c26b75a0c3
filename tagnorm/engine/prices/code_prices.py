"""What it costs that a code is meant, as it is written or with an edit.

A cost is the price of named assumptions: how rare the code is, of which kind it is, by which name
it is called, which edit was made, and how many words that edit could have made.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final, NamedTuple

from tagnorm.engine.costs import Costs
from tagnorm.engine.prices.rarity import Rarities
from tagnorm.vocabulary.codes import Code

__all__ = ["BRIEF", "CodePrices", "EditPrices", "Entry"]

# A word of no more letters is little evidence for a correction.
BRIEF: Final = 3


class Entry(NamedTuple):
    """A form of a code, which is its tag or an alias.

    * `form` -- the form, squashed;
    * `code` -- the code;
    * `how` -- `canonical` for a tag, or `alias`;
    * `cost` -- what it costs to read the form in a segmentation;
    * `anchor` -- whether it can carry a segmentation.
    """

    form: str
    code: Code
    how: str
    cost: int
    anchor: bool

    def rank(self) -> tuple[bool, int, str]:
        """The order of entries with the same form: tags before aliases, then the likelier first."""
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
        # The prices so far, by what they depend on: many codes have the same.
        self._known: dict[tuple[object, ...], int] = {}

    def of(self, code: Code, how: str, form: str, *, joined: bool) -> int:
        """What it costs that a code is meant by one of its forms, as a word or in a
        segmentation (`joined`)."""
        # The rarity of a code follows from its frequency and its position.
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
        """What an edit of an entry costs on top of the entry, in a word of some length."""
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
        """What an edit assumes on top of the entry that was meant, in a word of some length."""
        # A code without a family has no letter of a family that could be replaced.
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
        """The logarithm of the number of words that a kind of edit makes of a form of a size."""
        places, letters = size, self._alphabet
        if how == "swap":
            return math.log(max(size - 1, 1))
        if how.startswith(("drop", "double")):
            return math.log(places)
        if how.startswith("add"):
            return math.log((places + 1) * letters)
        return math.log(places * (letters - 1))


class EditPrices:
    """What the entries of a vocabulary cost with an edit, by their forms; prices are remembered.

    Args:
        prices: the prices of the codes and the edits.
        entries: the entries by their forms.
        joined: whether they stand in a segmentation and are no words of their own.
    """

    def __init__(self, prices: CodePrices, entries: Mapping[str, Entry], *, joined: bool) -> None:
        self._prices = prices
        self._entries = entries
        self._joined = joined
        # By form: what it costs, and what each edit of it that was met adds in a short word, and in
        # a longer one.
        self._of_forms: dict[str, tuple[int, dict[str, int], dict[str, int]]] = {}
        # What the edits add, by what that depends on.
        self._of_edits: dict[tuple[object, ...], tuple[dict[str, int], dict[str, int]]] = {}

    def price(self, how: str, length: int, form: str) -> int:
        """What it costs that a word of some length is a form with an edit."""
        cost, short, longer = self._of_forms.get(form) or self._made(form)
        edits = short if length <= BRIEF else longer
        added = edits.get(how)
        if added is None:
            entry, prices = self._entries[form], self._prices
            added = edits[how] = prices.of_edit(how, length, entry, joined=self._joined)
        return cost + added

    def _made(self, form: str) -> tuple[int, dict[str, int], dict[str, int]]:
        entry = self._entries[form]
        code = entry.code
        cost = entry.cost
        if not self._joined:
            cost = self._prices.of(code, entry.how, form, joined=False)
        key = entry.how, code.kind, len(code.family), code.status, len(form)
        short, longer = self._of_edits.setdefault(key, ({}, {}))
        found = self._of_forms[form] = cost, short, longer
        return found
