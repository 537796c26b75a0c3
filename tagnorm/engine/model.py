"""The model of a vocabulary: what each word and each edit of it costs.

A `Model` is a taxonomy read for the splitter: every surface form with its code and cost, what one
edit makes of the forms, and the cost of leaving a string alone. A cost is the price of named
assumptions by the table in `costs.tsv`: minus the logarithm of a probability, in whole thousandths
of a nat, so that sums are exact and two ways to the same reading cost the same anywhere.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import NamedTuple

from tagnorm.engine.costs import Costs, Language, known_words, short_words
from tagnorm.engine.edit_index import Candidate, EditIndex, JoinedEdits
from tagnorm.engine.edit_table import EditTable
from tagnorm.engine.edits import EDITS, EDITS_BY_LENGTH
from tagnorm.engine.endings import Endings
from tagnorm.engine.own_letters import OwnLetters, is_of_other_letters, own_letters_of
from tagnorm.engine.rarity import Rarities
from tagnorm.engine.unknown_words import ACRONYM, UnknownWords
from tagnorm.folding import squash, squashed
from tagnorm.vocabulary.codes import Code, Taxonomy

__all__ = ["Entry", "Model"]

# Words up to this length are little evidence for a correction.
_SHORT = 3
# A letter with a smaller share of all is no letter of the alphabet of a vocabulary.
_RARE_LETTER = 1e-3
# The letters of the Latin alphabet, and how many more an alphabet has in which two say as much as
# three of them.
_LATIN, _LARGE_ALPHABET = 26, 130
# A clean segmentation is taken at once if letters drawn at random are one so seldom.
_BY_CHANCE = 2e-3


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


class Model:
    """A taxonomy read for the splitter.

    Args:
        taxonomy: the vocabulary.
        costs: the cost table; None for the shipped one.
        keep: words never to touch, besides the acronyms that the vocabulary lists as outside.

    Raises:
        TaxonomyError: the costs or the confidence of the vocabulary have a name that there is not.
    """

    def __init__(
        self, taxonomy: Taxonomy, costs: Costs | None = None, keep: Collection[str] = ()
    ) -> None:
        self.taxonomy = taxonomy
        self.costs = costs or Costs.load().overridden(taxonomy.costs)
        self._rarities = Rarities(taxonomy)
        self.language = Language.load()
        # Prices that recur, by what they depend on.
        self._entry_prices: dict[tuple[object, ...], int] = {}
        self._edit_price_tables: dict[
            tuple[object, ...], tuple[dict[str, int], dict[str, int]]
        ] = {}
        # The costs of forms that may be misspelled, by themselves and in a segmentation.
        self._alone_costs: dict[str, tuple[int, dict[str, int], dict[str, int]]] = {}
        self._joined_costs: dict[str, tuple[int, dict[str, int], dict[str, int]]] = {}
        self.prices = {name: self.price({name: 1.0}) for name in self.costs.nats}
        self.families = frozenset(c.family for c in taxonomy if len(c.family) == 1)
        self.kept = kept = {squash(word) for word in keep}
        self.outside = {squash(word) for word in taxonomy.outside} | kept
        entries: dict[str, Entry] = {}
        # Of entries that differ only in case, marks or punctuation: each by how it is written.
        self.alike: dict[str, dict[str, Entry]] = {}
        written: dict[str, str] = {}
        for form, tag, name, how, anchor in self._names():
            if form in kept:
                continue
            entry = self._entry(form, taxonomy[tag], how, anchor)
            first = entries.get(form)
            if first is None:
                entries[form], written[form] = entry, name
                continue
            alike = self.alike.setdefault(form, {written[form]: first})
            alike.setdefault(name, entry)
            if entry.rank() < first.rank():
                entries[form] = entry
        self.entries = entries
        # Whether it counts where marks and accents stand.
        self.weighs_marks = self.prices["mark"] > 0 and any(
            not (code.tag.isalnum() and code.tag.isascii()) for code in taxonomy
        )
        # The forms that several codes have, which differ in case, marks or punctuation alone.
        self.several = frozenset(
            [
                form
                for form, named in self.alike.items()
                if len({entry.code.tag for entry in named.values()}) > 1
            ]
        )
        # What the last letters of joined codes may be, once it is asked for: a compiled class works
        # out its cached properties each time.
        self._endings: Endings | None = None
        # The letters of words that are not Latin, likewise.
        self._own_letters: OwnLetters | None = None
        self._are_own_letters_known = False
        anchors = Counter(len(entry.form) for entry in entries.values() if entry.anchor)
        self.anchor_lengths = sorted(anchors)
        # The length of most anchors: in a clean segmentation every code but the last is this long.
        self.anchor_length = max(anchors, key=lambda length: (anchors[length], -length), default=0)
        # The lengths of the codes that need company.
        self.tail_lengths = sorted(
            {len(e.form) for e in entries.values() if not e.anchor and e.how == "canonical"}
        )
        self.alphabet = _alphabet(form for form, e in entries.items() if e.how == "canonical")
        # The tags of the forms that may have an edit.
        correctable = self.correctable = self._correctable()
        # Among joined codes only those that can carry them are corrected, and no aliases.
        self.joined_forms = frozenset(
            [
                form
                for form in correctable
                if entries[form].anchor and entries[form].how == "canonical"
            ]
        )
        self.edits = EditIndex(
            correctable,
            self.families,
            self._edit_price,
            self.joined_forms,
            self._joined_edit_price,
            EditTable.shipped(correctable, self.families),
        )
        self.joined_edits = JoinedEdits(self.edits)
        # Codes that are so short that they are corrected only where no other is as near.
        brief = self._brief()
        self.brief_edits = EditIndex(brief, self.families, self._brief_price) if brief else None
        self._brief_forms = frozenset(brief)
        # Words of so many letters may be such a code with an edit.
        self.most_brief = max(map(len, brief)) + 1 if brief else 0
        # The least that a code with an edit costs among joined ones, by its length with the edit.
        self.joined_edit_bounds = self._bounds_of(self.joined_forms)

    def _bounds_of(self, forms: Collection[str]) -> dict[int, int]:
        """No more than what any of some forms costs with an edit among joined codes, by the length
        that it has then."""
        cheapest: dict[int, int] = {}
        for form in forms:
            size, cost = len(form), self.entries[form].cost
            if cost < cheapest.get(size, cost + 1):
                cheapest[size] = cost
        found: dict[int, int] = {}
        for size, cost in cheapest.items():
            for more, edits in EDITS_BY_LENGTH.items():
                least = min(
                    self.price(
                        {edit: 1.0, "joined_edit": 1.0, "outcomes": self._outcomes(edit, size)}
                    )
                    for edit in edits
                )
                length = size + more
                if length > 0:
                    found[length] = min(found.get(length, cost + least), cost + least)
        return dict(sorted(found.items()))

    @cached_property
    def chances(self) -> tuple[dict[int, float], dict[int, float]]:
        """By length how likely random letters are an anchor, and a code that needs company."""
        codes = [entry for entry in self.entries.values() if entry.how == "canonical"]
        counts = [
            Counter([len(entry.form) for entry in codes if entry.anchor == anchor])
            for anchor in (True, False)
        ]
        anchors, tails = (
            {size: count / self.alphabet**size for size, count in one.items()} for one in counts
        )
        return anchors, tails

    def is_clean_by_chance(self, anchors: int, tail: int) -> bool:
        """Whether so many anchors of the common length, and a last code of some length or none (0),
        are too likely to stand in a word by chance."""
        by_anchor, by_tail = self.chances
        chance: float = by_anchor.get(self.anchor_length, 1.0) ** anchors
        return chance * (by_tail.get(tail, 1.0) if tail else 1.0) > _BY_CHANCE

    def _names(self) -> Iterator[tuple[str, str, str, str, bool]]:
        """Form, tag, name, how it is read and whether it is an anchor, of all codes and aliases."""
        codes, aliases = self.taxonomy.codes, self.taxonomy.forms
        for code, form in zip(codes, squashed(code.tag for code in codes), strict=True):
            yield form, code.tag, code.tag, "canonical", code.anchor
        forms = squashed(alias.alias for alias in aliases)
        shortest = self.costs["shortest_anchor"]
        for alias, form in zip(aliases, forms, strict=True):
            yield form, alias.tag, alias.alias, "alias", len(form) >= shortest

    @cached_property
    def words(self) -> frozenset[str]:
        """Common words and names, read from their files when the first one is asked for; those of
        two and three letters only where codes as short are corrected."""
        if self.costs["shortest_code"] > _SHORT:
            return known_words()
        return known_words() | short_words()

    def price(self, assumptions: Mapping[str, float]) -> int:
        """What assumptions cost together, in thousandths of a nat."""
        nats = self.costs.nats
        return round(1000 * math.fsum([nats[name] * x for name, x in assumptions.items()]))

    def entry_assumptions(
        self, code: Code, how: str, form: str, *, joined: bool
    ) -> dict[str, float]:
        """What is assumed when a form of a code is meant: by a word of its own, or in a
        segmentation."""
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
            if len(form) == _SHORT:
                found["brief"] = 1.0
        return found

    def edit_assumptions(
        self, how: str, length: int, entry: Entry, *, joined: bool
    ) -> dict[str, float]:
        """What is assumed besides when a word of some length is read as an entry with an edit."""
        # A code of no family does not begin with the letter of one that another may replace.
        is_first = how == "replace_family" and len(entry.code.family) != 1
        kind = "replace_first" if is_first else how
        found = {kind: 1.0, "outcomes": self._outcomes(how, len(entry.form))}
        if joined:
            found["joined_edit"] = 1.0
        elif length <= _SHORT:
            found["short"] = 1.0
        if entry.how == "alias":
            found["alias_edit"] = 1.0
        if entry.code.kind == "organization":
            found["organization_edit"] = 1.0
        if entry.code.status == "retired":
            found["retired_edit"] = 1.0
        return found

    def _outcomes(self, how: str, size: int) -> float:
        """The logarithm of the number of words that an edit of some sort makes of a form."""
        places, letters = size, self.alphabet
        if how == "swap":
            return math.log(max(size - 1, 1))
        if how.startswith(("drop", "double")):
            return math.log(places)
        if how.startswith("add"):
            return math.log((places + 1) * letters)
        return math.log(places * (letters - 1))

    def unresolved_assumptions(self, word: str) -> list[dict[str, float]]:
        """The ways to explain a whole word that is no code: a word of some language, one of none,
        or a word that is known."""
        ways = [
            {"unresolved": 1.0, "language": self._nats_as_word(word)},
            {"unresolved": 1.0, "other": 1.0, "other_letter": float(len(word))},
        ]
        if word in self.words:
            ways.append({"unresolved": 1.0, "word": 1.0})
        if self.looks_like_code(word):
            ways.append({"unresolved": 1.0, "unlisted": 1.0})
        if len(word) <= ACRONYM:
            ways.append({"unresolved": 1.0, "acronym": 1.0})
        return ways

    def _nats_as_word(self, word: str) -> float:
        """What a word costs as one of some language."""
        own = self.nats_by_own_letters(word)
        by_table = self.language.nats(word)
        return by_table if own is None else min(own, by_table)

    def nats_by_own_letters(self, word: str) -> float | None:
        """What a word of other letters than Latin ones costs by those of the vocabulary, or None
        where that is not known."""
        if word.isascii() or not is_of_other_letters(word):
            return None
        if not self._are_own_letters_known:
            self._own_letters = own_letters_of(self.entries)
            self._are_own_letters_known = True
        if self._own_letters is None:
            return None
        least = self.language.least
        # No word is cheaper than the cheapest there is: that bounds what a reading costs.
        return max(self._own_letters.nats(word), least[min(len(word), len(least) - 1)])

    def looks_like_code(self, word: str) -> bool:
        """Whether a word has the length of most codes and begins with the letter of a family: it
        may be a code that the vocabulary does not have."""
        return len(word) == self.anchor_length and word[0] in self.families

    def unresolved(self, word: str) -> int:
        """What it costs to leave a whole word alone, in the cheapest way."""
        return self.left_alone.cost(word)

    def least_unresolved(self, length: int) -> int:
        """No more than what it costs to leave any word of some length alone."""
        prices = self.prices
        return min(self.least_unknown(length), prices["unresolved"] + prices["word"])

    def least_unknown(self, length: int) -> int:
        """No more than what it costs to leave alone a word of some length that is no known word."""
        prices, least = self.prices, self.language.least
        language = least[length] if length < len(least) else 0.0
        # A thousandth for each letter: prices of letters are rounded one by one.
        as_language = round(1000 * self.costs["language"] * language) - length - 1
        least_nats = min(as_language, prices["other"] + prices["other_letter"] * length)
        if length == self.anchor_length and self.families:
            least_nats = min(least_nats, prices["unlisted"])
        if length <= ACRONYM:
            least_nats = min(least_nats, prices["acronym"])
        return prices["unresolved"] + least_nats

    def cut_off(self, letters: str) -> int:
        """What it costs that the last letters of joined codes are left of a code, or stray."""
        if self._endings is None:
            entries = self.entries.values()
            codes = {entry.form: entry.code for entry in entries if entry.how == "canonical"}
            self._endings = Endings(codes, self._rarities, self.alphabet)
        return self.prices["cut"] + round(1000 * self._endings.nats(letters))

    @cached_property
    def left_alone(self) -> UnknownWords:
        """The prices of words that are no code, read when the first one is asked for."""
        return UnknownWords(*self.of_unknown_words())

    def of_unknown_words(
        self,
    ) -> tuple[
        Mapping[str, int],
        Sequence[str],
        float,
        int,
        Callable[[], frozenset[str]],
        int,
        AbstractSet[str],
        Callable[[str], float | None],
    ]:
        """What the prices of words that are no code are worked out of: see `UnknownWords`."""
        weight = 1000 * self.costs["language"]
        language = self.language
        unseen = round(weight * language.unseen)
        return (
            self.prices,
            language.lines[1:],
            weight,
            unseen,
            lambda: self.words,
            self.anchor_length,
            self.families,
            self.nats_by_own_letters,
        )

    def corrections(self, word: str) -> list[Candidate]:
        """The codes that one edit may have turned into a word, cheapest first; each code once.

        A word that is an entry itself, or an acronym known to be no code, is never corrected.
        """
        return self._once_each(self.edits, word)

    def joined_corrections(self, stretch: str) -> list[Candidate]:
        """The anchors that one edit may have turned into a stretch of a segmentation, cheapest
        first."""
        return self._once_each(self.joined_edits, stretch)

    def _once_each(self, index: EditIndex | JoinedEdits, word: str) -> list[Candidate]:
        if word in self.entries or word in self.outside:
            return []
        found: dict[str, Candidate] = {}
        for candidate in index.candidates(word):
            found.setdefault(candidate.tag, candidate)
        return list(found.values())

    def _entry(self, form: str, code: Code, how: str, anchor: bool) -> Entry:
        return Entry(form, code, how, self._price_of_entry(code, how, form, joined=True), anchor)

    def _price_of_entry(self, code: Code, how: str, form: str, *, joined: bool) -> int:
        brief = len(form) == _SHORT
        # Its rarity follows from its frequency and its place.
        key = (
            code.frequency, code.position, code.kind, code.status, code.anchor, how, brief, joined,
        )  # fmt: skip
        price = self._entry_prices.get(key)
        if price is None:
            assumed = self.entry_assumptions(code, how, form, joined=joined)
            price = self._entry_prices[key] = self.price(assumed)
        return price

    def price_with_edit(self, entry: Entry, how: str, length: int) -> int:
        """What it costs that a word of some length is an entry with an edit."""
        meant = self._price_of_entry(entry.code, entry.how, entry.form, joined=False)
        return meant + self.price(self.edit_assumptions(how, length, entry, joined=False))

    def price_of_code(self, tag: str) -> int:
        """What it costs that a code is meant by a word of its own."""
        return self._price_of_entry(self.taxonomy[tag], "canonical", tag, joined=False)

    def canonical_forms(self) -> list[str]:
        """The forms of the codes themselves, without their other names."""
        return [form for form, entry in self.entries.items() if entry.how == "canonical"]

    def is_brief_form(self, form: str) -> bool:
        """Whether a form is so short that it is corrected only where no other is as near."""
        return form in self._brief_forms

    def _correctable(self) -> dict[str, str]:
        """The tags of the forms that may have an edit."""
        code, alias = self._shortest("shortest_code"), self._shortest("shortest_alias")
        numbered = self._shortest("shortest_numbered")
        return {
            form: entry.code.tag
            for form, entry in self.entries.items()
            if len(form) >= (code if entry.how == "canonical" else alias)
            and (len(form) >= numbered or form.isalpha())
        }

    def _brief(self) -> dict[str, str]:
        """The tags of the codes that are so short that no other may be as near."""
        sizes = range(self._shortest("shortest_untied"), self._shortest("shortest_code"))
        return {
            form: entry.code.tag
            for form, entry in self.entries.items()
            if len(form) in sizes and entry.how == "canonical"
        }

    def _shortest(self, name: str) -> int:
        """The letters of the shortest form that a price counts in Latin letters: two of thousands
        of Chinese ones say as much as four."""
        each = 1.0
        if self.alphabet > _LARGE_ALPHABET:
            each = math.log(self.alphabet) / math.log(_LATIN)
        longest = max(map(len, self.entries), default=0)
        sizes = range(longest + 1)
        return next((size for size in sizes if size * each >= self.costs[name]), longest + 1)

    def _edit_price(self, how: str, length: int, form: str) -> int:
        costs = self._alone_costs.get(form)
        if costs is None:
            costs = self._alone_costs[form] = self._edit_prices(form, joined=False)
        cost, short, longer = costs
        return cost + (short if length <= _SHORT else longer)[how]

    def _brief_price(self, how: str, length: int, form: str) -> int:
        cost = self._edit_price(how, length, form)
        # Beside longer codes one that needs company is hardly meant by itself, unless it is as long
        # as they are with its marks.
        entry = self.entries[form]
        needs_company = self.anchor_length and not entry.anchor and len(entry.code.tag) < _SHORT
        return cost + self.prices["companion"] if needs_company else cost

    def _joined_edit_price(self, how: str, length: int, form: str) -> int:
        costs = self._joined_costs.get(form)
        if costs is None:
            costs = self._joined_costs[form] = self._edit_prices(form, joined=True)
        cost, short, longer = costs
        return cost + (short if length <= _SHORT else longer)[how]

    def _edit_prices(
        self, form: str, *, joined: bool
    ) -> tuple[int, dict[str, int], dict[str, int]]:
        """What a form costs, and each edit of it besides, in a short word and in a longer one."""
        entry = self.entries[form]
        code = entry.code
        cost = self._price_of_entry(code, entry.how, form, joined=joined)
        key = entry.how, code.kind, len(code.family), code.status, len(form), joined
        tables = self._edit_price_tables.get(key)
        if tables is None:
            tables = self._edit_price_tables[key] = (
                self._prices_of_edits(entry, 0, joined=joined),
                self._prices_of_edits(entry, _SHORT + 1, joined=joined),
            )
        return cost, *tables

    def _prices_of_edits(self, entry: Entry, length: int, *, joined: bool) -> dict[str, int]:
        """What each edit of an entry costs besides in a word of some length."""
        return {
            how: self.price(self.edit_assumptions(how, length, entry, joined=joined))
            for how in EDITS
        }


def _alphabet(forms: Iterable[str]) -> int:
    """How many letters forms are written with; one that hardly ever occurs is none of them."""
    counts = Counter("".join(forms))
    least = _RARE_LETTER * counts.total()
    return max(sum(1 for count in counts.values() if count >= least), 2)
