"""The model of a vocabulary: its forms, and what they and any other words cost.

A `Model` has every form of a taxonomy with its code and its cost, the forms that may have an edit,
and the cost of leaving a word alone. A cost is minus the logarithm of a probability: the price of
named assumptions, by the table in `costs.tsv`. Costs are whole thousandths of a nat, so that sums
are exact, and two ways to the same reading cost the same on any machine.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Container, Iterable, Sequence
from functools import cached_property
from itertools import repeat
from typing import Final

from tagnorm.engine.costs import (
    LARGEST_ODDS,
    LONGEST_KNOWN,
    Costs,
    Language,
    confidence_of,
    known_words,
    short_words,
)
from tagnorm.engine.edits.grammar import EDITS_BY_LENGTH, family_letters
from tagnorm.engine.edits.index import Candidate, EditIndex, JoinedEdits, first_of_each
from tagnorm.engine.edits.numbering import Numbering, numbering_of
from tagnorm.engine.edits.table import EditTable
from tagnorm.engine.prices.code_prices import BRIEF, CodePrices, EditPrices, Entry
from tagnorm.engine.prices.endings import Endings
from tagnorm.engine.prices.known_words import letters_of, plurals_among, shared_names, small_words
from tagnorm.engine.prices.own_letters import OwnLetters, is_of_other_letters, own_letters_of
from tagnorm.engine.prices.rarity import Rarities
from tagnorm.engine.prices.unknown_words import ACRONYM, UnknownWords, WordPrices, words_of_names
from tagnorm.folding import squash, squashed
from tagnorm.vocabulary.codes import Code, Taxonomy

__all__ = ["Model", "names_of"]

# A letter with a smaller share of all letters does not belong to the alphabet of a vocabulary.
_RARE_LETTER: Final = 1e-3
# The size of the Latin alphabet, and that of one in which fewer letters say as much.
_LATIN: Final = 26
_LARGE_ALPHABET: Final = 130
# Words cost less than so many nats a letter, and the end of the word.
_WORDY: Final = 2.65
# A clean segmentation is accepted at once if random letters would be one no more often than this.
_BY_CHANCE: Final = 2e-3


def names_of(taxonomy: Taxonomy) -> list[str]:
    """The names of all codes of a vocabulary, as it writes them: the tags, then all aliases."""
    return [*[code.tag for code in taxonomy], *taxonomy.form_columns[0]]


class Model:
    """A vocabulary as the engine sees it.

    Args:
        taxonomy: the vocabulary.
        costs: the cost table; None for the shipped one.
        keep: words never to touch, besides those that the vocabulary lists as no codes.

    Raises:
        TaxonomyError: the vocabulary has a cost or a number for the confidence of a name that the
            shipped table does not have.
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
        self.families = family_letters(taxonomy)
        # The words never to touch, and all words that are no codes, squashed.
        self.kept = kept = {squash(word) for word in keep}
        self.outside = kept.union(squashed(taxonomy.outside))
        tags = squashed(code.tag for code in taxonomy)
        # How many letters codes are written with.
        self.alphabet = _alphabet(set(tags) - kept)
        self._rarities = Rarities(taxonomy)
        self.code_prices = CodePrices(self.costs, self._rarities, self.alphabet)
        # The entries by their forms: of several with the same form the likeliest.
        self.entries: dict[str, Entry] = {}
        # By form, where several names of codes have the same one: the entry of each name. They
        # differ in case, marks or punctuation alone.
        self.alike: dict[str, dict[str, Entry]] = {}
        self._enter(tags)
        # Whether it counts which marks and accents a word has.
        self.weighs_marks = self.prices["mark"] > 0 and any(
            not (code.tag.isalnum() and code.tag.isascii()) for code in taxonomy
        )
        # The forms that several codes have.
        self.several = frozenset(
            [
                form
                for form, named in self.alike.items()
                if len({entry.code.tag for entry in named.values()}) > 1
            ]
        )
        # Made when they are first needed: a compiled class works out cached properties each time.
        self._endings: Endings | None = None
        self._numbering: Numbering | None = None
        self.confidence = confidence_of(taxonomy.confidence)
        # How often a code that the vocabulary lacks is meant, in relation to one that it has; 0 if
        # its own `confidence.tsv` says that it lacks none.
        missing = self.confidence["own_shape"]
        self.missing_odds: float = math.exp(missing) if missing > -LARGEST_ODDS else 0.0
        # Whether some words are codes that the vocabulary lacks, by their numbers.
        self.lacks_numbers: bool = self.missing_odds > 0
        self._own_letters: OwnLetters | None = None
        self._are_own_letters_known = False
        # Whether short codes are corrected, so that short words and those of names are known words.
        self.corrects_brief_codes: bool = self.costs["shortest_code"] <= BRIEF
        self._words: Container[str] | None = None
        # The known words that are plurals of forms, set with the others.
        self._known_plurals: frozenset[str] = frozenset()
        self._words_of_names: frozenset[str] | None = None
        self._measure()
        # The words that are no code with an edit: those known to be no code, small words where
        # codes as short are corrected, and names that leave it open which code is meant. Small
        # words of two letters are left out where most codes are as short; single letters are not,
        # since each may be a half of any of these.
        uncorrected = shared_names(taxonomy)
        if self.corrects_brief_codes:
            uncorrected |= small_words(0 if self.anchor_length >= BRIEF else BRIEF)
            if self.alphabet <= _LARGE_ALPHABET:
                uncorrected |= letters_of(form for form in self.entries if len(form) < BRIEF)
        self.uncorrected: set[str] = self.outside | uncorrected.difference(self.entries)
        self._index_edits()

    def _measure(self) -> None:
        """Set the lengths of the codes."""
        entries = self.entries.values()
        anchors = Counter([len(form) for form, _, _, _, anchor in entries if anchor])
        self.anchor_lengths = sorted(anchors)
        self._longest = max(map(len, self.entries), default=0)
        # The length of most anchors: in a clean segmentation every code but the last is this long.
        self.anchor_length = max(anchors, key=lambda length: (anchors[length], -length), default=0)
        # The lengths of the codes that need company.
        self.tail_lengths = sorted(
            {len(form) for form, _, how, _, anchor in entries if not anchor and how == "canonical"}
        )

    def _index_edits(self) -> None:
        """Make the indexes of the forms that may have an edit."""
        entries = self.entries
        # By form the tag of each that may have an edit in a word of its own.
        correctable = self.correctable = self._correctable()
        # Those that may have one among joined codes: anchors, and no aliases.
        self.joined_forms = frozenset(
            [
                form
                for form, (_, _, how, _, anchor) in entries.items()
                if anchor and how == "canonical" and form in correctable
            ]
        )
        self.edit_prices = EditPrices(self.code_prices, entries, joined=False)
        self.joined_edit_prices = EditPrices(self.code_prices, entries, joined=True)
        numbering = self.numbering if self.lacks_numbers else None
        self.edits = EditIndex(
            correctable,
            self.families,
            self.edit_prices.price,
            self.joined_forms,
            self.joined_edit_prices.price,
            EditTable.shipped(correctable, self.families),
            numbering,
        )
        self.joined_edits = JoinedEdits(self.edits)
        # The codes that are so short that they are corrected only where no other is as near.
        brief = self._brief()
        self.brief_edits = (
            EditIndex(brief, self.families, self._brief_price, numbering=numbering)
            if brief
            else None
        )
        self._brief_forms = frozenset(brief)
        # The length of the longest word that may be such a code with an edit.
        self.most_brief = max(map(len, brief)) + 1 if brief else 0
        # By length: what a code with an edit costs at least among joined codes.
        self.joined_edit_bounds = self._bounds_of(self.joined_forms)

    def numbering(self) -> Numbering:
        """What numbers the codes and their other names, found when it is first needed; nothing
        does in a vocabulary that lacks no code."""
        if self._numbering is None:
            self._numbering = numbering_of(names_of(self.taxonomy) if self.lacks_numbers else ())
        return self._numbering

    def _enter(self, tags: Sequence[str]) -> None:
        """Fill `entries` and `alike` by the names of all codes: all tags, which are given squashed,
        then all aliases."""
        codes, (_, alias_tags) = self.taxonomy.codes, self.taxonomy.form_columns
        by_tag = {code.tag: code for code in codes}
        names = names_of(self.taxonomy)
        forms = [*tags, *squashed(names[len(tags) :])]
        named = [*codes, *[by_tag[tag] for tag in alias_tags]]
        hows = ["canonical"] * len(codes) + ["alias"] * len(alias_tags)
        shortest = self.costs["shortest_anchor"]
        anchors = [code.anchor for code in codes]
        anchors += [len(form) >= shortest for form in forms[len(tags) :]]
        costs = self._costs_of(named, hows, forms)
        rows = zip(forms, named, hows, costs, anchors, strict=True)
        # As `Entry._make` does it, at a third of the cost.
        found: list[Entry] = list(map(tuple.__new__, repeat(Entry), rows))
        self.entries = dict(zip(forms, found, strict=True))
        if len(self.entries) < len(forms):
            pairs = zip(forms, found, strict=True)
            several = {form for form, entry in pairs if self.entries[form] is not entry}
            for form, name, entry in zip(forms, names, found, strict=True):
                if form in several:
                    self.alike.setdefault(form, {}).setdefault(name, entry)
            for form, alike in self.alike.items():
                self.entries[form] = min(alike.values(), key=Entry.rank)
        for form in self.kept:
            self.entries.pop(form, None)
            self.alike.pop(form, None)

    def _costs_of(
        self, codes: Sequence[Code], hows: Sequence[str], forms: Sequence[str]
    ) -> Sequence[int]:
        """What it costs to read each name of a code in a segmentation."""
        known = self.taxonomy.prices
        if known is not None and known.table == self.costs.checksum:
            costs: Sequence[int] = known.costs
            return costs
        price = self.code_prices.of
        return [
            price(code, how, form, joined=True)
            for code, how, form in zip(codes, hows, forms, strict=True)
        ]

    def _bounds_of(self, forms: Collection[str]) -> dict[int, int]:
        """What some forms cost at least with an edit among joined codes, by their length with the
        edit."""
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
        """By length the chance that random letters are an anchor, and the chance that they are a
        code that needs company."""
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
        """Whether a clean segmentation is too likely to be chance.

        Args:
            anchors: how many anchors it has, of the common length.
            tail: the length of the code at the end that needs company; 0 if there is none.
        """
        by_anchor, by_tail = self.chances
        chance: float = by_anchor.get(self.anchor_length, 1.0) ** anchors
        return chance * (by_tail.get(tail, 1.0) if tail else 1.0) > _BY_CHANCE

    @property
    def words(self) -> Container[str]:
        """The known words and names, read from their files when they are first needed. Those of two
        and three letters are among them where codes as short are corrected, and those that stand in
        the names of the vocabulary."""
        words = self._words
        if words is None:
            words = known = known_words()
            if self.corrects_brief_codes:
                every = known.all | short_words() | self.words_of_names
                forms = [form for form in self.correctable if len(form) > BRIEF]
                self._known_plurals = plurals_among(every, forms)
                words = every - self._known_plurals
            self._words = words
        return words

    def is_known_plural(self, word: str) -> bool:
        """Whether a folded word is the plural of a form and a word of everyday language, which says
        that much less: it is the form, or something of its own (`glass` and `glasses`)."""
        return bool(self.words) and word in self._known_plurals

    @property
    def words_of_names(self) -> frozenset[str]:
        """The words in names of several words that are no names by themselves (`Euston` in
        `London Euston`): known words where brief codes are corrected."""
        words = self._words_of_names
        if words is None:
            words = words_of_names(names_of(self.taxonomy)).difference(self.entries)
            self._words_of_names = words
        return words

    def is_word_of_name(self, word: str) -> bool:
        """Whether a folded word is a known word since it stands in a name of several words: it is
        hardly ever joined codes (`Euston` is not the codes EUS and TON)."""
        return self.corrects_brief_codes and word in self.words_of_names

    def is_like_word(self, word: str) -> bool:
        """Whether a folded word is a known word, or is too long to be listed and spelled as words
        are.

        >>> model = Model(Taxonomy.of(["ECONNRESET"]))
        >>> [model.is_like_word(word) for word in ("HOUSE", "QUESTION", "ECONNRESET", "XQRT")]
        [True, True, False, False]
        """
        if len(word) <= LONGEST_KNOWN or not word.isalpha():
            return word in self.words
        return self.language.nats(word) < _WORDY * (len(word) + 1)

    def nats_by_own_letters(self, word: str) -> float | None:
        """The nats of a word in another script than the Latin one, by the letters of the
        vocabulary; None for other words, and where the vocabulary does not tell."""
        if word.isascii() or not is_of_other_letters(word):
            return None
        if not self._are_own_letters_known:
            self._own_letters = own_letters_of(self.entries)
            self._are_own_letters_known = True
        if self._own_letters is None:
            return None
        least = self.language.least
        # No less than the cheapest word of a language: lower bounds rely on that.
        return max(self._own_letters.nats(word), least[min(len(word), len(least) - 1)])

    def least_unresolved(self, length: int) -> int:
        """What it costs at least to leave a word of some length alone."""
        prices = self.prices
        return min(self.least_unknown(length), prices["unresolved"] + prices["word"])

    def least_unknown(self, length: int) -> int:
        """What it costs at least to leave a word of some length alone that is no known word."""
        prices, least = self.prices, self.language.least
        language = least[length] if length < len(least) else 0.0
        # Less a thousandth for each letter, since the costs of letters are rounded one by one.
        as_language = round(1000 * self.costs["language"] * language) - length - 1
        least_nats = min(as_language, prices["other"] + prices["other_letter"] * length)
        if length == self.anchor_length and self.families:
            least_nats = min(least_nats, prices["unlisted"])
        if length <= ACRONYM:
            least_nats = min(least_nats, prices["acronym"])
        return prices["unresolved"] + least_nats

    def cut_off(self, letters: str) -> int:
        """What it costs that letters at the end of joined codes are the beginning of a code that
        was cut off, or stray letters."""
        if self._endings is None:
            entries = self.entries.values()
            codes = {entry.form: entry.code for entry in entries if entry.how == "canonical"}
            self._endings = Endings(codes, self._rarities, self.alphabet)
        return self.prices["cut"] + round(1000 * self._endings.nats(letters))

    @cached_property
    def left_alone(self) -> WordPrices:
        """The prices of words that are no code, made when they are first needed."""
        return self.unknown_words()

    def unknown_words(self) -> UnknownWords:
        """Make the prices of words that are no code."""
        weight = 1000 * self.costs["language"]
        return UnknownWords(
            self.prices,
            self.language.tenths,
            weight,
            round(weight * self.language.unseen),
            lambda: self.words,
            self.anchor_length,
            self.families,
            self.nats_by_own_letters,
        )

    def corrections(self, word: str) -> Sequence[Candidate]:
        """The codes that a word may be with an edit, the cheapest first, and each code once.

        An entry is never corrected, nor is a word that is known to be no code.
        """
        if word in self.entries or word in self.uncorrected:
            return ()
        return first_of_each(self.edits.candidates(word))

    def price_of_code(self, tag: str) -> int:
        """What it costs that a code is meant by a word of its own."""
        return self.code_prices.of(self.taxonomy[tag], "canonical", tag, joined=False)

    def canonical_forms(self) -> list[str]:
        """The forms of the tags, without aliases."""
        return [form for form, entry in self.entries.items() if entry.how == "canonical"]

    def is_body(self, tag: str) -> bool:
        """Whether a code stands for an organization: an anchor without a family, in a vocabulary
        that has families."""
        code = self.taxonomy[tag]
        return bool(self.families) and code.anchor and not code.family

    def is_brief_form(self, form: str) -> bool:
        """Whether a form is so short that it is corrected only where no other is as near."""
        return form in self._brief_forms

    def _correctable(self) -> dict[str, str]:
        """By form the tag of each that is long enough to have an edit."""
        shortest, alias = self._shortest("shortest_code"), self._shortest("shortest_alias")
        numbered = self._shortest("shortest_numbered")
        return {
            form: code.tag
            for form, (_, code, how, _, _) in self.entries.items()
            if len(form) >= (shortest if how == "canonical" else alias)
            and (len(form) >= numbered or form.isalpha())
        }

    def _brief(self) -> dict[str, str]:
        """By form the tag of each code that is so short that it is corrected only where no other is
        as near."""
        shortest, end = self._shortest("shortest_untied"), self._shortest("shortest_code")
        if shortest >= end:
            return {}
        return {
            form: code.tag
            for form, (_, code, how, _, _) in self.entries.items()
            if shortest <= len(form) < end and how == "canonical"
        }

    def _shortest(self, name: str) -> int:
        """A length from the cost table in letters of the vocabulary's own script. The table counts
        Latin letters; two Chinese ones, of which there are thousands, say as much as four."""
        each = 1.0
        if self.alphabet > _LARGE_ALPHABET:
            each = math.log(self.alphabet) / math.log(_LATIN)
        least, longest = self.costs[name], self._longest
        return next((size for size in range(longest + 1) if size * each >= least), longest + 1)

    def _brief_price(self, how: str, length: int, form: str) -> int:
        cost = self.edit_prices.price(how, length, form)
        # In a vocabulary with anchors a code that needs company is hardly meant by itself, unless
        # it is longer with its marks.
        entry = self.entries[form]
        needs_company = self.anchor_length and not entry.anchor and len(entry.code.tag) < BRIEF
        return cost + self.prices["companion"] if needs_company else cost


def _alphabet(forms: Iterable[str]) -> int:
    """How many letters forms are written with, without those that hardly ever occur."""
    counts = Counter("".join(forms))
    least = _RARE_LETTER * counts.total()
    return max(sum(1 for count in counts.values() if count >= least), 2)
