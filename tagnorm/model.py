"""The model of a vocabulary: what each word and each slip of it costs.

A `Model` is a taxonomy read for the splitter: every surface form with its code and cost, the
deletion neighbourhood of the forms that may be misspelled, and the cost of leaving a string alone.
Costs are in nats, minus the logarithm of a probability, and come from the table in `costs.tsv`.
"""

from __future__ import annotations

import math
from collections.abc import Collection

import attrs

from tagnorm.channel import DeletionIndex, slip
from tagnorm.costs import Costs, Language
from tagnorm.taxonomy import Code, Taxonomy
from tagnorm.text import squash

__all__ = ["Entry", "Model"]

# Surface forms shorter than this are never corrected: a code of three letters with one letter
# wrong has only two left to speak for it.
_SHORTEST_CODE, _SHORTEST_ALIAS = 4, 6
# Inside a run only forms up to this length are corrected; longer ones are hardly ever run in.
_LONGEST_IN_RUN = 5


@attrs.frozen(eq=False)
class Entry:
    """A surface form of a code: its tag or an alias, squashed, with what it costs to stand there."""

    form: str
    code: Code
    how: str
    cost: float
    anchor: bool


class Model:
    """A taxonomy read for the splitter."""

    def __init__(
        self,
        taxonomy: Taxonomy,
        costs: Costs | None = None,
        language: Language | None = None,
        keep: Collection[str] = (),
    ) -> None:
        self.taxonomy = taxonomy
        self.costs = costs or Costs.load()
        self.language = language or Language.load()
        self.keep = {squash(word) for word in keep}
        self.families = frozenset(c.family for c in taxonomy if len(c.family) == 1)
        self.outside = {squash(word) for word in taxonomy.outside} | self.keep
        self._rarest = max((c.position or 1 for c in taxonomy), default=1)
        self.entries: dict[str, Entry] = {}
        for alias in taxonomy.aliases:
            code = taxonomy[alias.tag]
            form = squash(alias.alias)
            self.entries[form] = Entry(
                form, code, "alias", self._code_cost(code) + self.costs["alias"], len(form) >= 3 and code.anchor or len(form) >= 5
            )
        for code in taxonomy:
            form = squash(code.tag)
            self.entries[form] = Entry(form, code, "canonical", self._code_cost(code), code.anchor)
        for word in self.keep:
            self.entries.pop(word, None)
        self.lengths = sorted({len(form) for form in self.entries})
        self.anchor_lengths = sorted({len(e.form) for e in self.entries.values() if e.anchor})
        self.correctable = DeletionIndex(
            e.form
            for e in self.entries.values()
            if len(e.form) >= (_SHORTEST_CODE if e.how == "canonical" else _SHORTEST_ALIAS)
        )
        shortest = [len(f) for f in self.entries if _SHORTEST_CODE <= len(f) <= _LONGEST_IN_RUN]
        self.windows = range(min(shortest) - 1, max(shortest) + 2) if shortest else range(0)

    def code_assumptions(self, code: Code) -> dict[str, float]:
        """What is assumed when a code is read: how much of each row of the cost table."""
        found = {"code": 1.0}
        seen = math.log(4000 / ((code.cables or 0) + 1))
        found["rarity"] = seen
        found["late"] = math.log(code.position or 300)
        if code.kind == "organization":
            found["organization"] = 1.0
        if code.status != "current":
            found[code.status] = 1.0
        if not code.anchor:
            found["companion"] = 1.0
        return found

    def _code_cost(self, code: Code) -> float:
        return sum(self.costs[name] * x for name, x in self.code_assumptions(code).items())

    def corrections(self, word: str) -> dict[str, tuple[float, Entry, str]]:
        """The codes that one slip may have turned into a word: by tag the cheapest way.

        A word that is an entry itself, or an acronym known to be none, is never corrected.
        """
        if word in self.entries or word in self.outside:
            return {}
        costs, found = self.costs, {}
        for form in sorted(self.correctable.near(word)):
            how = slip(word, form, self.families)
            if how is None:
                continue
            entry = self.entries[form]
            cost = entry.cost + costs[how] + (costs["short"] if len(word) <= 3 else 0.0)
            tag = entry.code.tag
            if tag not in found or cost < found[tag][0]:
                found[tag] = (cost, entry, how)
        return found

    def unresolved(self, word: str) -> float:
        """What it costs to leave a whole word alone: the cheaper of a language and of no language."""
        costs = self.costs
        as_language = costs["language"] * self.language.nats(word)
        as_other = costs["other"] + costs["other_letter"] * len(word)
        return costs["unresolved"] + min(as_language, as_other)
