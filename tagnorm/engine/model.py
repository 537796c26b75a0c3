"""The model of a vocabulary: what each word of it costs, and any other word.

A `Model` is a taxonomy read for the splitter: every surface form with its code and cost, the forms
that may have an edit, and the cost of leaving a string alone. A cost is the price of named
assumptions by the table in `costs.tsv`: minus the logarithm of a probability, in whole thousandths
of a nat, so that sums are exact and two ways to the same reading cost the same anywhere.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

from tagnorm.engine.costs import Costs, Language, known_words, short_words
from tagnorm.engine.edits.grammar import EDITS_BY_LENGTH
from tagnorm.engine.edits.index import Candidate, EditIndex, JoinedEdits
from tagnorm.engine.edits.table import EditTable
from tagnorm.engine.prices.code_prices import BRIEF, CodePrices, EditPrices, Entry
from tagnorm.engine.prices.endings import Endings
from tagnorm.engine.prices.own_letters import OwnLetters, is_of_other_letters, own_letters_of
from tagnorm.engine.prices.rarity import Rarities
from tagnorm.engine.prices.unknown_words import ACRONYM, UnknownWords, WordPrices
from tagnorm.folding import squash, squashed
from tagnorm.vocabulary.codes import Code, Taxonomy

__all__ = ["Model"]

# A letter with a smaller share of all is no letter of the alphabet of a vocabulary.
_RARE_LETTER = 1e-3
# The letters of the Latin alphabet, and how many more an alphabet has in which two say as much as
# three of them.
_LATIN, _LARGE_ALPHABET = 26, 130
# A clean segmentation is taken at once if letters drawn at random are one so seldom.
_BY_CHANCE = 2e-3


# A name of a code: its letters, the code, how it is written, how it is read, and whether it is an
# anchor.
_Name = tuple[str, Code, str, str, bool]


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
        self.language = Language.load()
        self.prices = {name: self.costs.price({name: 1.0}) for name in self.costs.nats}
        # The codes that were out of use at the time that is meant.
        self.retired = frozenset([c.tag for c in taxonomy if c.status == "retired"])
        self.families = frozenset(c.family for c in taxonomy if len(c.family) == 1)
        self.kept = kept = {squash(word) for word in keep}
        self.outside = {squash(word) for word in taxonomy.outside} | kept
        names = [one for one in self._names() if one[0] not in kept]
        self.alphabet = _alphabet({form for form, _, _, how, _ in names if how == "canonical"})
        self._rarities = Rarities(taxonomy)
        self.code_prices = CodePrices(self.costs, self._rarities, self.alphabet)
        self.entries: dict[str, Entry] = {}
        # Of entries that differ only in case, marks or punctuation: each by how it is written.
        self.alike: dict[str, dict[str, Entry]] = {}
        self._enter(names)
        entries = self.entries
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
        self.edit_prices = EditPrices(self.code_prices, entries, joined=False)
        self.joined_edit_prices = EditPrices(self.code_prices, entries, joined=True)
        self.edits = EditIndex(
            correctable,
            self.families,
            self.edit_prices.price,
            self.joined_forms,
            self.joined_edit_prices.price,
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

    def _enter(self, names: Iterable[_Name]) -> None:
        """Make entries of the names: of those with the same form the likeliest, and all alike."""
        entries, written, price = self.entries, dict[str, str](), self.code_prices.of
        for form, code, name, how, anchor in names:
            cost = price(code, how, form, joined=True)
            entry = Entry(form, code, how, cost, anchor)
            first = entries.get(form)
            if first is None:
                entries[form], written[form] = entry, name
                continue
            alike = self.alike.setdefault(form, {written[form]: first})
            alike.setdefault(name, entry)
            if entry.rank() < first.rank():
                entries[form] = entry

    def _bounds_of(self, forms: Collection[str]) -> dict[int, int]:
        """No more than what any of some forms costs with an edit among joined codes, by the length
        that it has then."""
        cheapest: dict[int, int] = {}
        for form in forms:
            size, cost = len(form), self.entries[form].cost
            if cost < cheapest.get(size, cost + 1):
                cheapest[size] = cost
        found: dict[int, int] = {}
        outcomes = self.code_prices.outcomes
        for size, cost in cheapest.items():
            for more, edits in EDITS_BY_LENGTH.items():
                least = min(
                    self.costs.price(
                        {edit: 1.0, "joined_edit": 1.0, "outcomes": outcomes(edit, size)}
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

    def _names(self) -> Iterator[_Name]:
        """The names of all codes: their tags, then their aliases."""
        codes, aliases = self.taxonomy.codes, self.taxonomy.forms
        by_tag = {code.tag: code for code in codes}
        for code, form in zip(codes, squashed(by_tag), strict=True):
            yield form, code, code.tag, "canonical", code.anchor
        forms = squashed(alias.alias for alias in aliases)
        shortest = self.costs["shortest_anchor"]
        for alias, form in zip(aliases, forms, strict=True):
            yield form, by_tag[alias.tag], alias.alias, "alias", len(form) >= shortest

    @cached_property
    def words(self) -> frozenset[str]:
        """Common words and names, read from their files when the first one is asked for; those of
        two and three letters only where codes as short are corrected."""
        if self.costs["shortest_code"] > BRIEF:
            return known_words()
        return known_words() | short_words()

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
    def left_alone(self) -> WordPrices:
        """The prices of words that are no code, read when the first one is asked for."""
        return self.unknown_words()

    def unknown_words(self) -> UnknownWords:
        """The prices of words that are no code, made anew."""
        weight = 1000 * self.costs["language"]
        return UnknownWords(
            self.prices,
            self.language.lines[1:],
            weight,
            round(weight * self.language.unseen),
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

    def price_of_code(self, tag: str) -> int:
        """What it costs that a code is meant by a word of its own."""
        return self.code_prices.of(self.taxonomy[tag], "canonical", tag, joined=False)

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

    def _brief_price(self, how: str, length: int, form: str) -> int:
        cost = self.edit_prices.price(how, length, form)
        # Beside longer codes one that needs company is hardly meant by itself, unless it is as long
        # as they are with its marks.
        entry = self.entries[form]
        needs_company = self.anchor_length and not entry.anchor and len(entry.code.tag) < BRIEF
        return cost + self.prices["companion"] if needs_company else cost


def _alphabet(forms: Iterable[str]) -> int:
    """How many letters forms are written with; one that hardly ever occurs is none of them."""
    counts = Counter("".join(forms))
    least = _RARE_LETTER * counts.total()
    return max(sum(1 for count in counts.values() if count >= least), 2)
