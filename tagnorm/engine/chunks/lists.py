"""Plain lists of words, which most fields are, read faster than by `tagnorm.engine.fields`.

A field is a plain list if nothing but spaces and list separators stands between its words, and no
form of several words can stand in it, not even with an edit. Then its words are read one by one,
and by the rules about words side by side: an unknown word among codes, codes among words, and
unresolved words that become one stretch. Any other field is left to `tagnorm.engine.fields`; a law
of the tests holds the two to the same answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import accumulate, chain

from tagnorm.engine.chunks.among_words import codes_among_words
from tagnorm.engine.chunks.neighbours import (
    CORRECTED,
    Neighbour,
    are_all_but_one,
    are_in_words_with_edit,
)
from tagnorm.engine.chunks.short_codes import are_joined_by_slash
from tagnorm.engine.edits.grammar import EDIT_NAMES
from tagnorm.engine.reading.answers import Answer
from tagnorm.engine.reading.reader import Reader
from tagnorm.engine.reading.stretches import Stretch
from tagnorm.engine.text.forms import Forms
from tagnorm.engine.text.phrases import BEGINNINGS, PREPOSITIONS
from tagnorm.engine.text.tokens import JOINED, plain_words_of

__all__ = ["ListReader"]

_NOTHING: frozenset[str] = frozenset()


class ListReader:
    """Reads plain lists of words by one vocabulary, without regard to decisions.

    >>> from tagnorm.engine.model import Model
    >>> from tagnorm.vocabulary.codes import Taxonomy
    >>> lists = ListReader(Reader(Model(Taxonomy.load())), Forms(["HUMAN RIGHTS"]))
    >>> [stretch.answer.tags for stretch in lists.read("prel; pgvo alireza", "PREL; PGVO ALIREZA")]
    [('PREL',), ('PGOV',), ()]
    >>> lists.read("PREL-PGOV", "PREL-PGOV") is None
    True
    """

    def __init__(self, reader: Reader, forms: Forms) -> None:
        self.reader = reader
        self.lexicon = reader.lexicon
        self.forms = forms

    def read(self, text: str, folded: str, *, weighed: bool = False) -> list[Stretch] | None:
        """The stretches of a text in order; None if it may be more than a plain list.

        Args:
            text: a field.
            folded: the same folded, character by character.
            weighed: whether answers have a confidence and alternatives, which take longer.
        """
        certain_answer = self.reader.certain_answer
        if folded.isascii() and folded.isalnum():
            if folded in self.forms.delimited_words:
                return None
            alone = certain_answer(folded, text, weighed=weighed)
            return [Stretch(0, len(text), alone or self.answer(folded, text, weighed=weighed))]
        plain = plain_words_of(folded)
        if plain is None or self._may_hold_form(plain.words):
            return None
        words = plain.words
        certain = [
            certain_answer(word, text[start:end], weighed=weighed) for word, start, end in words
        ]
        known = [answer for answer in certain if answer is not None]
        if len(known) == len(words):
            return _stretches(words, known)
        context = frozenset(chain.from_iterable([answer.tags for answer in known]))
        places = plain.places()
        among_codes = are_all_but_one(
            [(answer,) for answer in known], len(words), are_parted=len(places) == len(words)
        )
        answers = [
            answer
            or self.answer(word, text[start:end], context, weighed=weighed, among_codes=among_codes)
            for (word, start, end), answer in zip(words, certain, strict=True)
        ]
        crosses = self.forms.may_cross_places
        may_cross = len(places) > 1 and any(crosses(word) for word, _, _ in words)
        if len(places) == len(words) and not may_cross:
            return _stretches(words, answers)
        is_certain = [answer is not None for answer in certain]
        found = _List(self, folded, words, is_certain, answers, context, among_codes=among_codes)
        return found.stretches(places, may_cross=may_cross)

    def alone(self, raw: str, *, weighed: bool = False) -> tuple[Answer, bool] | None:
        """The answer for a text that is one word of ASCII letters and digits, and whether that is
        certain; None if the text may be more than that.

        >>> from tagnorm import Normalizer
        >>> answer, is_certain = Normalizer().fields.lists.alone("pgvo")
        >>> answer.tags, is_certain
        (('PGOV',), False)
        """
        word = raw.upper()
        if not (raw.isascii() and raw.isalnum()) or word in self.forms.delimited_words:
            return None
        certain = self.reader.certain_answer(word, raw, weighed=weighed)
        if certain is not None:
            return certain, True
        return self.answer(word, raw, weighed=weighed), False

    def answer(
        self,
        word: str,
        raw: str,
        context: AbstractSet[str] = _NOTHING,
        *,
        weighed: bool = False,
        among_codes: bool = False,
        lead: int = 0,
    ) -> Answer:
        """The answer for a word of a field that is not certain.

        Args:
            word: the folded word.
            raw: the word as it is written.
            context: the codes that stand certainly in its field.
            weighed: whether the answer has a confidence and alternatives.
            among_codes: whether all else in the field is codes.
            lead: how many marks `raw` begins with.
        """
        reader = self.reader
        answer = self.by_letters(word, context, weighed=weighed)
        if among_codes and not answer.tags:
            if len(word) >= CORRECTED:
                answer = reader.in_company(word, context) or answer
            if weighed and not answer.tags:
                answer = reader.doubted_in_company(word, answer)
        tags = answer.tags
        if tags or reader.is_brief(word):
            answer = reader.as_written(answer, word, raw, lead)
            tags = answer.tags
        return answer if tags else answer.left_alone(len(raw))

    def by_letters(self, word: str, context: AbstractSet[str], *, weighed: bool) -> Answer:
        """The answer for a folded word, whatever marks it is written with."""
        reader = self.reader
        return reader.weigh(word, context) if weighed else Answer(reader.read(word, context), 1.0)

    def is_near_form(self, word: str) -> bool:
        """Whether squashed letters may be a form of several words with an edit. They may turn out
        to be another form with an edit.

        >>> from tagnorm import Normalizer
        >>> lists = Normalizer().fields.lists
        >>> lists.is_near_form("HUMANRIHGTS"), lists.is_near_form("PRELPGOV")
        (True, False)
        """
        return self.forms.seams.may_be_near(word) and bool(self.reader.candidates(word))

    def are_spanned(
        self,
        words: Sequence[str],
        certain: Sequence[bool],
        firsts: Sequence[str] | None = None,
        lasts: Sequence[str] | None = None,
    ) -> bool:
        """Whether some folded words side by side may be one form with an edit, one of them as it is
        written. It may be said where they are none.

        Args:
            words: the words, squashed.
            certain: whether each stands in the vocabulary as it is written.
            firsts: the first word of each, if some are forms of several.
            lasts: the last word of each.

        >>> from tagnorm import Normalizer
        >>> lists = Normalizer().fields.lists
        >>> lists.are_spanned(["HUMAN", "RIHGTS", "COUNCIL"], [False, False, True])
        True
        """
        forms = self.forms
        spanned = forms.spanned_gaps(firsts or words, lasts or words, certain)
        if not any(spanned):
            return False
        for size in range(JOINED, min(forms.most_words + 1, len(words)) + 1):
            for at in range(len(words) - size + 1):
                end = at + size
                if any(spanned[at : end - 1]):
                    word = "".join(words[at:end])
                    if word in self.reader.tags or self.is_near_form(word):
                        return True
        return False

    def _may_hold_form(self, words: Sequence[tuple[str, int, int]]) -> bool:
        """Whether a form that is more than a word may stand exactly among words, or a preposition
        that joins a name in words to what is behind it."""
        forms = self.forms
        last = len(words) - 1
        for at, (word, _, _) in enumerate(words):
            if forms.opens(word) and (
                word in forms.delimited_words
                or (at < last and forms.may_begin(word, words[at + 1][0]))
            ):
                return True
            is_between = word in PREPOSITIONS and 0 < at < last
            if is_between and self.lexicon.is_in_words(words[at - 1][0]):
                return True
        return False


def _stretches(words: Sequence[tuple[str, int, int]], answers: Sequence[Answer]) -> list[Stretch]:
    """Words with their places, each with its answer."""
    return [
        Stretch(start, end, answer) for (_, start, end), answer in zip(words, answers, strict=True)
    ]


class _List:
    """One plain list that is being read; not all of its words are certain."""

    def __init__(
        self,
        owner: ListReader,
        folded: str,
        words: Sequence[tuple[str, int, int]],
        certain: list[bool],
        answers: list[Answer],
        context: frozenset[str],
        *,
        among_codes: bool,
    ) -> None:
        self._reader = owner.reader
        self._lexicon = owner.lexicon
        self._forms = owner.forms
        self._is_near_form = owner.is_near_form
        self._are_spanned = owner.are_spanned
        self._folded = folded
        self._context = context
        self._spans = [(start, end) for _, start, end in words]
        self._words = [word for word, _, _ in words]
        self._answers = answers
        self._certain = certain
        # For each word, whether it is no code.
        self._unresolved = [
            not (is_certain or answer.tags)
            for is_certain, answer in zip(certain, answers, strict=True)
        ]
        # For each word, whether it is no code by itself: `among_codes` it may be one for their
        # sake.
        self._unresolved_alone = (
            [not is_certain for is_certain in certain] if among_codes else list(self._unresolved)
        )

    def stretches(
        self, places: Sequence[tuple[int, int]], *, may_cross: bool
    ) -> list[Stretch] | None:
        """The stretches of the list, or None if it may be more than a plain list.

        Args:
            places: the words of each place, as the index of its first and the one behind its last.
            may_cross: whether a form may have its words in several places.
        """
        if may_cross and self._may_be_more(0, len(self._words)):
            return None
        found: list[Stretch] = []
        for first, last in places:
            if last - first > 1 and not all(self._certain[first:last]):
                if self._may_be_more(first, last):
                    return None
                self._leave_alone_among_words(first, last)
            self._finish(first, last, found)
        return found

    def _may_be_more(self, first: int, last: int) -> bool:
        """Whether words may be something together that they are not one by one."""
        return (
            self._may_be_joined(first, last)
            or self._may_be_segmented(first, last)
            or self._may_join_names(first, last)
        )

    def _may_join_names(self, first: int, last: int) -> bool:
        """Whether a preposition may join a name in words with an edit to what is behind it."""
        words = self._words
        return any(
            words[at] in PREPOSITIONS
            and not self._certain[at - 1]
            and are_in_words_with_edit(words[at - 1], [self._answers[at - 1]])
            for at in range(first + 1, last - 1)
        )

    def _may_be_joined(self, first: int, last: int) -> bool:
        """Whether words side by side may be one form of the vocabulary, torn or with an edit. It
        may be said where they are none."""
        reader = self._reader
        words, certain = self._words[first:last], self._certain[first:last]
        for at in range(1, len(words)):
            if certain[at - 1] and certain[at]:
                continue
            word = words[at - 1] + words[at]
            if word in reader.tags or reader.clean(word) or self._is_near_form(word):
                return True
            may_be_torn = any(self._unresolved_alone[first + at - 1 : first + at + 1])
            if may_be_torn and reader.may_lack_letter(word, len(words[at - 1])):
                return True
        return self._are_spanned(words, certain)

    def _may_be_segmented(self, first: int, last: int) -> bool:
        """Whether words may be joined codes of which some hold a space. It may be said where they
        are none."""
        forms, certain = self._forms, self._certain[first:last]
        words = self._words[first:last]
        hows = [how for answer in self._answers[first:last] for _, _, _, how in answer.pieces]
        is_assumed = "unresolved" in hows or not EDIT_NAMES.isdisjoint(hows)
        if not is_assumed and forms.words.isdisjoint(words):
            return False
        whole = "".join(words)
        return any(
            not (certain[at] and certain[at + 1]) and forms.seams.cross(whole, gap)
            for at, gap in enumerate(accumulate(map(len, words[:-1])))
        )

    def _leave_alone_among_words(self, first: int, last: int) -> None:
        """Leave the codes of a place alone that belong to the words beside them."""
        if not (any(self._unresolved[first:last]) or self._may_be_name(first, last)):
            return
        reader, words, answers, certain = self._reader, self._words, self._answers, self._certain
        place = [
            Neighbour(
                words[at],
                (answers[at],),
                not self._unresolved[at],
                certain[at],
                certain[at] or self._lexicon.is_outside(words[at]),
                text=words[at],
            )
            for at in range(first, last)
        ]
        beside = self._is_beside_code(first, first - 1), self._is_beside_code(last - 1, last)
        belonging, doubted = codes_among_words(
            place, reader, beside_codes=beside, context=self._context
        )
        for at, behind_code in belonging.items():
            start, end = self._spans[first + at]
            answers[first + at] = answers[first + at].left_alone_among_words(
                end - start, behind_code=behind_code
            )
            self._unresolved[first + at] = True
        for at, share in doubted.items():
            answers[first + at] = answers[first + at].less_sure(share)

    def _may_be_name(self, first: int, last: int) -> bool:
        """Whether a code with an edit may be the rest of a name with the word before it."""
        certain, words = self._certain, self._words
        return any(words[at - 1] in BEGINNINGS and not certain[at] for at in range(first + 1, last))

    def _is_beside_code(self, one: int, other: int) -> bool:
        """Whether two neighbouring words are codes of two letters that a slash joins."""
        if not 0 <= other < len(self._words):
            return False
        if not all(self._certain[at] and not self._unresolved[at] for at in (one, other)):
            return False
        gap = slice(self._spans[min(one, other)][1], self._spans[max(one, other)][0])
        words = self._words[one], self._words[other]
        return are_joined_by_slash(*words, self._folded[gap], self._lexicon)

    def _finish(self, first: int, last: int, found: list[Stretch]) -> None:
        """Add the stretches of a place to those found; unresolved words side by side are one."""
        answers, spans = self._answers, self._spans
        waiting: list[int] = []
        for at in range(first, last + 1):
            if at < last and self._unresolved[at]:
                waiting.append(at)
                continue
            if len(waiting) == 1:
                found.append(Stretch(*spans[waiting[0]], answers[waiting[0]]))
            elif waiting:
                start, end = spans[waiting[0]][0], spans[waiting[-1]][1]
                sure = min([answers[one].confidence for one in waiting])
                words = [self._words[one] for one in waiting]
                alone = self._reader.left_side_by_side(words, sure, end - start)
                found.append(Stretch(start, end, alone))
            waiting = []
            if at < last:
                found.append(Stretch(*spans[at], answers[at]))
