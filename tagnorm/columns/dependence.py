"""Which fields are more than their words, and have to be read as wholes.

The rules are those of `tagnorm.engine.words`, where they are asked about one field; here Arrow
applies them to many fields at once. Needs PyArrow.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from tagnorm.columns.arrays import constant, flags, numbers, texts
from tagnorm.columns.lists import any_of, counts_of
from tagnorm.columns.raw_words import hold
from tagnorm.columns.word_table import NO_TAG, WordTable, are
from tagnorm.engine.text.characters import LIST, SLASH, SPACE, WORD
from tagnorm.engine.text.tokens import JOINED
from tagnorm.engine.word_kinds import (
    CERTAIN,
    CONTINUES,
    CROSSES,
    HOLDS_LONG,
    LEFT_ALONE,
    LESS_SURE,
    LETTER,
    LONG_CODE,
    MAKES_WHOLE,
    MAY_BE_CODE,
    MAY_BE_RETIRED,
    MAY_BELONG,
    OF_FORMS,
    RETIRED,
    TIED,
    UNRESOLVED,
    WRITTEN,
)
from tagnorm.engine.words import Words

__all__ = ["Dependence"]

_ONE, _NO_TAG = numbers([1, NO_TAG])
# Two words with some spaces between them.
_FAR_BESIDE = f"{WORD}{SPACE}+{WORD}"


class Dependence:
    """Fields cut into words, and which of these depend on one another.

    Args:
        fields: the texts.
        kinds_of_fields: the kinds of their characters.
        raws: the words of each, as they are written.
        table: what is known of words.
        places: the row of each word in it.
        kinds: the bits of all that each word is.
    """

    def __init__(
        self,
        fields: pa.Array,
        kinds_of_fields: pa.Array,
        raws: pa.ListArray,
        table: WordTable,
        places: pa.Array,
        kinds: pa.Array,
    ) -> None:
        self._fields = fields
        self._raws = raws
        self._table = table
        self._places = places
        self._kinds = kinds
        self._row_of_word = pc.list_parent_indices(raws)
        self._of_fields = kinds_of_fields

    def wholes(self, are_more: pa.BooleanArray, words: Words) -> pa.BooleanArray:
        """Whether each field is more than its words, leaving aside words that repeat others.

        Args:
            are_more: whether it is known of each field already.
            words: tells which words side by side may be one form.
        """
        found = pc.or_(are_more, self._any(self._are(MAKES_WHOLE)))
        found = self._have_phrases(found, words)
        found = self._depend(found, words)
        if words.fields.have_slashes:
            found = pc.or_(found, pc.match_substring(self._fields, "/"))
        if words.fields.are_decided:
            found = pc.or_(found, self._are_decided(words))
        return found

    @cached_property
    def _are_beside(self) -> pa.BooleanArray:
        """Whether each field that is plain has two words side by side, with nothing but spaces
        between them."""
        found, have_spaces = (
            hold(self._of_fields, WORD + SPACE + WORD),
            hold(self._of_fields, SPACE + SPACE),
        )
        wide = pc.match_substring_regex(self._of_fields.filter(have_spaces), _FAR_BESIDE)
        return pc.or_(found, pc.replace_with_mask(have_spaces, have_spaces, wide))

    def _are(self, kind: int) -> pa.BooleanArray:
        return are(kind, self._kinds)

    def _any(self, ones: pa.BooleanArray) -> pa.BooleanArray:
        return any_of(self._raws, ones, self._row_of_word)

    def _any_pair(self, ones: pa.BooleanArray) -> pa.BooleanArray:
        """Whether each field has one of some pairs of words side by side.

        The pairs are of all words in a row; those of two fields do not count.
        """
        ones = pc.and_(ones, self._are_in_one_field)
        behind = pa.concat_arrays([flags([False]), ones])
        return self._any(behind.slice(0, len(self._row_of_word)))

    @cached_property
    def _are_in_one_field(self) -> pa.BooleanArray:
        """Whether two words side by side stand in one field."""
        return pc.equal(_all_but_last(self._row_of_word), self._row_of_word.slice(1))

    def _have_phrases(self, found: pa.BooleanArray, words: Words) -> pa.BooleanArray:
        """Whether each field was found already, or has two words side by side with which a form may
        begin, or of which the second joins the first to what is behind them, or may be the rest of
        a name with it."""
        pairs = pc.bit_wise_and(
            pc.shift_left(_all_but_last(self._kinds), _ONE), self._kinds.slice(1)
        )
        tied = pc.and_(self._any_pair(are(TIED, pairs)), self._are_beside)
        found = pc.or_(found, tied)
        return pc.or_(found, self._ask(words.may_begin, are(CONTINUES, pairs), pc.invert(found)))

    def _depend(self, found: pa.BooleanArray, words: Words) -> pa.BooleanArray:
        """Whether each field was found already, or has a word that is not certain and depends on
        those beside it."""
        unresolved, certain = self._are(UNRESOLVED), self._are(CERTAIN)
        uncertain = pc.or_(pc.invert(certain), unresolved)
        found = pc.or_(found, pc.and_(self._are_among_words(), self._are_beside))
        found = pc.or_(found, self._are_among_codes(pc.invert(certain)))
        # Fields that are wholes already need not be asked about.
        have_pairs = pc.or_(self._are_beside, self._any(self._are(CROSSES)))
        asked = pc.and_not(have_pairs, found)
        found = pc.or_(found, self._ask(words.may_be_joined, _either(uncertain), asked))
        spanning = pc.and_(_either(self._are(OF_FORMS)), self._are_near(uncertain))
        asked = pc.and_not(have_pairs, found)
        # A gap between two words that a form may span is looked at with the words around it.
        spanned = self._ask(words.may_span, spanning, asked)
        return pc.or_(found, self._tell(words.are_spanned, spanned))

    def _are_near(self, ones: pa.BooleanArray) -> pa.BooleanArray:
        """For each pair of words side by side, whether some property holds of one of them, or of
        the word before or behind them in their field."""
        pairs, no = self._are_in_one_field, flags([False])
        before = pc.and_(_all_but_last(pairs), _all_but_last(_all_but_last(ones)))
        behind = pc.and_(pairs.slice(1), ones.slice(2))
        near = pc.or_(pa.concat_arrays([no, before]), pa.concat_arrays([behind, no]))
        return pc.or_(_either(ones), near.slice(0, len(pairs)))

    def _are_among_words(self) -> pa.BooleanArray:
        """Whether each field has a word that may belong to one beside it that is no code."""
        alone, belong, long_codes = map(self._are, (LEFT_ALONE, MAY_BELONG, LONG_CODE))
        have_company = self._any(long_codes)
        kinds = self._of_fields.filter(have_company)
        is_parted = pc.or_(hold(kinds, LIST), hold(kinds, SLASH))
        have_company = pc.replace_with_mask(have_company, have_company, pc.invert(is_parted))
        has_company = have_company.take(_all_but_last(self._row_of_word))
        taken = pc.or_(
            pc.and_(_all_but_last(alone), belong.slice(1)),
            pc.and_(_all_but_last(belong), alone.slice(1)),
        )
        may_belong = pc.and_not(pc.or_(taken, pc.invert(has_company)), _either(long_codes))
        return self._any_pair(
            pc.and_(_either(alone), pc.or_(may_belong, _either(self._are(LETTER))))
        )

    def _are_among_codes(self, uncertain: pa.BooleanArray) -> pa.BooleanArray:
        """Whether all but one word of each field are certain, and that one may be a code because of
        them."""
        old = pc.and_(self._any(self._are(MAY_BE_RETIRED)), self._any(self._are(RETIRED)))
        likely = pc.or_(self._any(self._are(MAY_BE_CODE)), old)
        return pc.and_(likely, pc.equal(counts_of(self._raws, uncertain), constant(1)))

    def _ask(
        self, may_be: Callable[[str, str], bool], pairs: pa.BooleanArray, among: pa.BooleanArray
    ) -> pa.BooleanArray:
        """Whether each field has a pair of words side by side that may be something together.

        Args:
            may_be: tells that of two raw words.
            pairs: the pairs to be asked about.
            among: the fields to be asked about.
        """
        raws = self._raws.flatten()
        asked = pc.and_(pairs, self._are_in_one_field)
        asked = pc.and_(asked, among.take(_all_but_last(self._row_of_word)))
        space = texts([" "]).cast(raws.type)[0]
        pairs = pc.binary_join_element_wise(
            _all_but_last(raws).filter(asked), raws.slice(1).filter(asked), space
        ).dictionary_encode()
        meet = flags([may_be(*pair.split(" ")) for pair in pairs.dictionary.to_pylist()])
        return self._any_pair(pc.replace_with_mask(asked, asked, meet.take(pairs.indices)))

    def _tell(self, is_so: Callable[[str], bool], among: pa.BooleanArray) -> pa.BooleanArray:
        """Whether each field is among some of which a function says something."""
        told = flags(map(is_so, self._fields.filter(among).to_pylist()))
        return pc.replace_with_mask(among, among, told)

    def doubted(self) -> pa.BooleanArray:
        """Whether each word is less sure to be no code, since all else in its field is codes: see
        `tagnorm.engine.chunks.neighbours.are_all_but_one`."""
        are_words = pc.not_equal(
            self._raws.flatten(), texts([""]).cast(self._raws.type.value_type)[0]
        )
        certain = self._are(CERTAIN)
        known = pc.and_(certain, are_words)
        are_one = pc.equal(counts_of(self._raws, pc.invert(certain)), constant(1))
        are_several = pc.greater_equal(counts_of(self._raws, known), constant(JOINED))
        unwritten = self._any(pc.and_not(known, self._are(WRITTEN)))
        are_codes = pc.or_(
            self._any(self._are(HOLDS_LONG)), pc.invert(pc.or_(self._are_beside, unwritten))
        )
        among_codes = pc.and_(pc.and_(are_one, are_several), are_codes)
        return pc.and_(self._are(LESS_SURE), among_codes.take(self._row_of_word))

    def repeats(self) -> pa.BooleanArray:
        """Whether each word was corrected to a code that its field holds certainly."""
        table = self._table
        codes = table.corrected.take(self._places)
        is_corrected = pc.not_equal(codes, _NO_TAG)
        # Only fields that have a corrected word matter.
        is_near = self._any(is_corrected).take(self._row_of_word)
        near = table.context.take(self._places.filter(is_near))
        rows = self._row_of_word.filter(is_near).take(pc.list_parent_indices(near))
        shown = self._numbered(rows, near.flatten())
        corrected = self._numbered(
            self._row_of_word.filter(is_corrected), codes.filter(is_corrected)
        )
        # Few of those that are shown are asked for, and small tables are quick.
        shown = shown.filter(pc.is_in(shown, corrected))
        return pc.replace_with_mask(is_corrected, is_corrected, pc.is_in(corrected, shown))

    def may_change(self, repeats: pa.BooleanArray, words: Words) -> pa.BooleanArray:
        """Whether each word that repeats another may be read as something else because of that."""
        raws = self._raws.flatten().filter(repeats).dictionary_encode()
        is_unsettled = flags([not words.is_settled(one) for one in raws.dictionary.to_pylist()])
        return pc.replace_with_mask(repeats, repeats, is_unsettled.take(raws.indices))

    def _numbered(self, rows: pa.Array, tags: pa.Array) -> pa.Array:
        """One number for each pair of a field and a tag."""
        return pc.add(pc.multiply(rows.cast(pa.int64()), constant(len(self._table.names))), tags)

    def _are_decided(self, words: Words) -> pa.BooleanArray:
        """Whether a person has decided the field as a whole."""
        decided = words.fields.decided
        return flags([decided(text) is not None for text in self._fields.to_pylist()])


def _all_but_last(array: pa.Array) -> pa.Array:
    """The first items of all pairs side by side; `slice(1)` has the second ones."""
    return array.slice(0, max(len(array) - 1, 0))


def _either(ones: pa.BooleanArray) -> pa.BooleanArray:
    """For each pair of words side by side, whether some property holds of one of them."""
    return pc.or_(_all_but_last(ones), ones.slice(1))
