"""Words by themselves, for columns: most fields are read as the sum of their words.

Three things make a field *more than its words*, so that it must be read as a whole: a decision
about the field, a form of several words in it, and words that are not certain, since these depend
on what stands beside them. A form that is one word but for its marks is a word (`UNGA/C-6`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Final

from tagnorm.engine.chunks.neighbours import CORRECTED, is_name_with_edit
from tagnorm.engine.chunks.short_codes import may_belong
from tagnorm.engine.fields import FieldReader
from tagnorm.engine.memory import Memory
from tagnorm.engine.reading.answers import Answer
from tagnorm.engine.reading.lexicon import SHORT
from tagnorm.engine.reading.stretches import pieces_of
from tagnorm.engine.text.characters import LISTS_APART, are_beside, is_parted, is_plain
from tagnorm.engine.text.phrases import (
    ASSIMILATED,
    BEFORE_DOUBTED,
    BEGINNINGS,
    NUMERAL,
    PREPOSITIONS,
)
from tagnorm.engine.text.tokens import Part, places_of
from tagnorm.engine.word_kinds import (
    BEGINS,
    CERTAIN,
    CONTINUES,
    CROSSES,
    ENDS,
    HOLDS_LONG,
    INFERRED,
    JOINS,
    LEFT_ALONE,
    LESS_SURE,
    LETTER,
    LONG_CODE,
    MAKES_WHOLE,
    MAY_BE_CODE,
    MAY_BE_RETIRED,
    MAY_BELONG,
    NAMES,
    OF_FORMS,
    OPENS,
    PAIRED,
    RETIRED,
    TIED,
    WRITTEN,
    Word,
)
from tagnorm.folding import fold, plain_words, squash

__all__ = ["Words"]

# How many fields that are more than their words are remembered.
_FIELDS: Final = 1 << 14


class Words:
    """Raw words, each read when it is first asked for: they are of letters and digits, or forms
    with marks that stand for themselves.

    Args:
        fields: reads the words.

    >>> from tagnorm import Normalizer
    >>> words = Normalizer().words
    >>> words["PGVO"].codes, words["PGVO"].is_(INFERRED)
    (('PGOV',), True)
    """

    def __init__(self, fields: FieldReader) -> None:
        self.fields = fields
        self._reader = fields.reader
        self._lexicon = fields.reader.lexicon
        self._known: Memory[Word] = Memory()
        self._weighed: Memory[Answer] = Memory()
        self._settled: Memory[bool] = Memory()
        self._joined: Memory[bool] = Memory()
        self._standing: Memory[bool] = Memory()
        # Fields that are more than their words.
        self._wholes: Memory[tuple[tuple[str | None, str], ...]] = Memory(_FIELDS)

    def __getitem__(self, raw: str) -> Word:
        return self.read(raw)

    def read(self, raw: str, *, weighed: bool = False) -> Word:
        """What a word is read as. The answer is the same if it is `weighed`, but is found on the
        way to its confidence, which is remembered then."""
        return self._known.get(raw) or self._known.add(raw, self._read(raw, weighed))

    def weighed(self, raw: str) -> Answer | None:
        """The answer for a word that was read `weighed`; None if it may be more than a word.

        >>> from tagnorm import Normalizer
        >>> words = Normalizer().words
        >>> words.read("PGVO", weighed=True).codes, words.weighed("PGVO").tags, words.weighed("X")
        (('PGOV',), ('PGOV',), None)
        """
        return self._weighed.get(raw)

    def words_of(self, text: str) -> list[str] | None:
        """The words of a field, as they are written; None if it is more than words with spaces and
        list separators between them.

        >>> from tagnorm import Normalizer
        >>> words = Normalizer().words
        >>> words.words_of("PREL, UNGA/C-6; SP"), words.words_of("PREL-PGOV")
        (['PREL', 'UNGA/C-6', 'SP'], None)
        """
        if is_plain(text):
            return None if "/" in text and self.fields.have_slashes else plain_words(text)
        if not text.isascii():
            return None
        raws = text.encode().translate(LISTS_APART).decode().split()
        return raws if all(map(self.stands_for_itself, raws)) else None

    def stands_for_itself(self, raw: str) -> bool:
        """Whether a raw text without spaces and list separators is one word in any field: a word of
        letters and digits, or a form of the vocabulary with marks where it has some.

        >>> from tagnorm import Normalizer
        >>> words = Normalizer().words
        >>> [words.stands_for_itself(raw) for raw in ("PREL", "UNGA/C-6", "PREL-PGOV", "(SP")]
        [True, True, False, False]
        """
        if raw.isascii() and raw.isalnum():
            return True
        found = self._standing.get(raw)
        return self._standing.add(raw, self._is_form(raw)) if found is None else found

    def _is_form(self, raw: str) -> bool:
        """Whether a raw text with marks is a form, whatever stands around it."""
        fields, folded = self.fields, fold(raw)
        word = squash(folded)
        if word not in fields.forms.squashed or word not in self._reader.tags:
            return False
        # Marks at the ends may belong to what is beside them.
        if not (raw.isascii() and raw[0].isalnum() and raw[-1].isalnum()):
            return False
        # A full stop, and what may stand for another character, depend on what stands around them,
        # and so do decisions and marks that tell codes apart.
        if "." in raw or fields.are_decided or fields.has_meaningful_marks(raw):
            return False
        chunks = list(chain.from_iterable(places_of(folded, fields.forms)))
        return [(chunk.start, chunk.end, chunk.parts) for chunk in chunks] == [
            (0, len(raw), (Part(word, 0, len(raw), True),))
        ]

    def _read(self, raw: str, weighed: bool) -> Word:
        word, reader = squash(fold(raw)), self._reader
        pieces, is_certain = self._pieces(raw, word, weighed)
        codes = tuple([tag for tag, _ in pieces if tag is not None])
        kinds = self._kinds_among_forms(word)
        if len(raw) == 1:
            kinds |= LETTER
        if not raw.isalnum():
            kinds |= OPENS | CONTINUES | OF_FORMS
        if is_certain:
            kinds |= self._kinds_of_certain(raw, word, codes)
        elif codes:
            if len(pieces) == 1:
                kinds |= INFERRED | (NAMES if is_name_with_edit(word, codes[0]) else ENDS)
        else:
            if len(word) >= CORRECTED and reader.may_be_code(word, beside_retired=True):
                kinds |= MAY_BE_RETIRED | (MAY_BE_CODE if reader.may_be_code(word) else 0)
            kinds |= LESS_SURE if reader.is_doubted_in_company(word) else 0
        if not codes:
            kinds |= LEFT_ALONE
            if word in BEFORE_DOUBTED and self._lexicon.doubts_everyday_codes:
                kinds |= MAKES_WHOLE
        elif self._lexicon.are_retired(codes):
            kinds |= RETIRED
        if (
            not is_certain
            or may_belong(word, self._lexicon)
            or word in (ASSIMILATED, NUMERAL)
            or self._lexicon.may_be_numbered(word)
        ):
            kinds |= MAY_BELONG
        return Word.of(pieces, codes, kinds)

    def _kinds_of_certain(self, raw: str, word: str, codes: Sequence[str]) -> int:
        """The kinds of a word because it is certain."""
        kinds = CERTAIN | (BEGINS if word in BEGINNINGS else 0)
        if self._reader.is_written(word, raw):
            kinds |= WRITTEN | (HOLDS_LONG if len(raw) > SHORT else 0)
        if self._holds_long_code(raw, word, codes):
            return kinds | LONG_CODE
        if word in PREPOSITIONS:
            return kinds | JOINS
        return kinds | (NAMES if self._lexicon.is_in_words(word) else 0)

    def _holds_long_code(self, raw: str, word: str, codes: Sequence[str]) -> bool:
        """Whether a certain word holds a long code; what a person decided counts as one if it is of
        more than two letters, and a code."""
        if self.fields.decided(raw) is None:
            # A code that may be an everyday word, or that is numbered, depends on the words beside
            # it.
            return self._lexicon.holds_long_code(word) and not (
                self._lexicon.is_everyday_code(word) or self._lexicon.may_be_numbered(word)
            )
        return bool(codes) and len(word) > SHORT and not self._lexicon.is_everyday(word)

    def _kinds_among_forms(self, word: str) -> int:
        """The kinds of a folded word that are about forms of several words."""
        forms = self.fields.forms
        return (
            (OPENS if forms.opens(word) else 0)
            | (CONTINUES if forms.continues(word) else 0)
            | (OF_FORMS if word in forms.words else 0)
            | (CROSSES if forms.may_cross_places(word) else 0)
            | (MAKES_WHOLE if word in forms.delimited_words else 0)
        )

    def _pieces(
        self, raw: str, word: str, weighed: bool
    ) -> tuple[tuple[tuple[str | None, str], ...], bool]:
        """The pieces of a word, and whether it is certain."""
        fields, reader = self.fields, self._reader
        if fields.are_decided:
            alone = None
        else:
            tag = reader.at_once(word) if raw.isascii() and not weighed else None
            if tag and word not in fields.forms.delimited_words:
                return ((tag, raw),), word in reader.tags
            alone = fields.lists.alone(raw, weighed=weighed)
        if alone is None:
            return tuple(pieces_of(raw, fields.read(raw, weighed=weighed))), fields.is_certain(raw)
        answer, is_certain = alone
        if weighed:
            self._weighed.add(raw, answer)
        return tuple([(tag, raw[start:end]) for start, end, tag, _ in answer.pieces]), is_certain

    def is_settled(self, raw: str) -> bool:
        """Whether a word that was corrected is surely that code, whatever else its field holds.

        >>> from tagnorm import Normalizer
        >>> words = Normalizer().words
        >>> words.is_settled("PGVO"), words.is_settled("PRE")
        (True, False)
        """
        found = self._settled.get(raw)
        return (
            self._settled.add(raw, self._reader.is_settled(fold(raw))) if found is None else found
        )

    def pieces(self, text: str) -> list[tuple[str | None, str]]:
        """The codes of a field in order, each with its raw text; None for what is unresolved.

        It is what `FieldReader.pieces` gives, but most fields are put together from words that are
        remembered.

        >>> from tagnorm import Normalizer
        >>> Normalizer().words.pieces("PREL, PGVO; ALIREZA")
        [('PREL', 'PREL'), ('PGOV', 'PGVO'), (None, 'ALIREZA')]
        """
        found = self._composed(text)
        return list(self.whole(text)) if found is None else found

    def whole(self, text: str) -> tuple[tuple[str | None, str], ...]:
        """The same for a field that is more than its words; remembered, since fields come again."""
        found = self._wholes.get(text)
        return found or self._wholes.add(text, tuple(self.fields.pieces(text)))

    def _composed(self, text: str) -> list[tuple[str | None, str]] | None:
        """The pieces of a field put together from those of its words; None if it may be more than
        its words."""
        raws = None if self.fields.are_decided else self.words_of(text)
        if raws is None:
            return None
        found: list[tuple[str | None, str]] = []
        words = [self[raw] for raw in raws]
        before, some, every = 0, 0, CERTAIN
        for at, word in enumerate(words):
            kinds = word.kinds
            paired = before << 1 & kinds & PAIRED
            if kinds & MAKES_WHOLE or (paired & TIED and are_beside(text)):
                return None
            if paired & CONTINUES and self.may_begin(raws[at - 1], raws[at]):
                return None
            before = kinds
            some |= kinds
            every &= kinds
            found += word.pieces
        return found if every or self._stand_alone(text, raws, words, some) else None

    def _stand_alone(
        self, text: str, raws: Sequence[str], words: Sequence[Word], some: int
    ) -> bool:
        """Whether the words of a text, of which not all are certain, are read as they are by
        themselves.

        Args:
            text: the text, which is plain.
            raws: its words.
            words: what is known of them.
            some: all kinds that any of them has.
        """
        if _is_among_codes(words) or self._is_repeated(words):
            return False
        is_beside = are_beside(text)
        if not (is_beside or some & CROSSES):
            return True
        has_company = bool(some & LONG_CODE) and not is_parted(text)
        if is_beside and _are_among_words(words, has_company):
            return False
        certain = [word.kinds & CERTAIN != 0 for word in words]
        for at in range(1, len(words)):
            if not (certain[at - 1] and certain[at]) and self.may_be_joined(raws[at - 1], raws[at]):
                return False
        return not (some & OF_FORMS and self._are_spanned(raws, certain))

    def are_spanned(self, text: str) -> bool:
        """Whether some words of a plain text may be one form with an edit, one of them as it is
        written.

        >>> from tagnorm import Normalizer
        >>> words = Normalizer().words
        >>> words.are_spanned("PREL HUMAN RIHGTS COUNCIL"), words.are_spanned("PREL SAUDI AR")
        (True, False)
        """
        raws = self.words_of(text) or []
        return self._are_spanned(raws, [self[raw].kinds & CERTAIN != 0 for raw in raws])

    def _are_spanned(self, raws: Sequence[str], certain: Sequence[bool]) -> bool:
        words = [_words_in(raw) for raw in raws]
        return self.fields.lists.are_spanned(
            ["".join(some) for some in words],
            certain,
            [some[0] for some in words],
            [some[-1] for some in words],
        )

    def may_begin(self, left: str, right: str) -> bool:
        """Whether a form, or a phrase such as `NEW GUINEA`, may begin with two raw words side by
        side, of which the first `OPENS` one and the second `CONTINUES` one.

        >>> from tagnorm import Normalizer
        >>> words = Normalizer().words
        >>> words.may_begin("HUMAN", "RIGHTS"), words.may_begin("UNGA", "RIGHTS")
        (True, False)
        """
        forms = self.fields.forms
        if _have_marks(left, right):
            return forms.may_go_on(_words_in(left)[-1], _words_in(right)[0])
        return forms.may_begin(fold(left), fold(right))

    def may_span(self, left: str, right: str) -> bool:
        """Whether a form may span the gap between two raw words side by side, of which one is a
        word of it, so that it may have an edit in a word beside them.

        >>> from tagnorm import Normalizer
        >>> words = Normalizer().words
        >>> words.may_span("SAUDI", "AR"), words.may_span("SAUDI", "PREL")
        (True, False)
        """
        return self.fields.forms.may_span(_words_in(left)[-1], _words_in(right)[0])

    def may_be_joined(self, left: str, right: str) -> bool:
        """Whether two raw words side by side, not both certain, may be one form, or joined codes of
        which one stands across the gap between them.

        >>> from tagnorm import Normalizer
        >>> words = Normalizer().words
        >>> words.may_be_joined("BRITIS", "HPETROLEUM"), words.may_be_joined("PGVO", "PREL")
        (True, False)
        """
        pair = f"{left} {right}"
        found = self._joined.get(pair)
        if found is None:
            if _have_marks(left, right):
                return True
            reader, seams = self._reader, self.fields.forms.seams
            one, two = fold(left), fold(right)
            gap, whole = len(one), one + two
            held = reader.clean(whole) is not None or seams.cross(whole, gap)
            if left and right and not (held or (self[left].codes and self[right].codes)):
                # Words that are not both codes may be one form, torn and with an edit.
                is_near = self.fields.lists.is_near_form(whole)
                held = is_near or reader.may_lack_letter(whole, gap)
            found = self._joined.add(pair, held)
        return found

    def _is_repeated(self, words: Sequence[Word]) -> bool:
        """Whether a word was corrected to a code that its field holds certainly, so that it may be
        another one there."""
        corrected = [word for word in words if word.kinds & INFERRED]
        if not corrected:
            return False
        context = set(chain.from_iterable([word.context for word in words]))
        return any(
            word.codes[0] in context and not self.is_settled(word.pieces[0][1])
            for word in corrected
        )

    def forget(self) -> None:
        """Forget the words that were read."""
        self._known.clear()
        self._weighed.clear()
        self._settled.clear()
        self._joined.clear()
        self._standing.clear()
        self._wholes.clear()
        self.fields.forget()

    def compose(self, text: str) -> tuple[list[str], list[str]]:
        """The tags of a field in order, with what is unresolved as it is written; and the codes
        alone.

        >>> from tagnorm import Normalizer
        >>> words = Normalizer().words
        >>> words.compose("PREL, PGVO; ALIREZA"), words.compose("unga/c-6")
        ((['PREL', 'PGOV', 'ALIREZA'], ['PREL', 'PGOV']), (['UNGA/C-6'], ['UNGA/C-6']))
        """
        pieces = self.pieces(text)
        codes = [tag for tag, _ in pieces if tag is not None]
        return [tag or raw for tag, raw in pieces], codes


def _have_marks(left: str, right: str) -> bool:
    """Whether one of two words has marks: what such a form and one beside it are together is not
    told by their letters."""
    return not (left.isalnum() and right.isalnum())


def _words_in(raw: str) -> list[str]:
    """The folded words of a raw text, which are several if it is a form with marks."""
    return [fold(raw)] if raw.isalnum() else plain_words(fold(raw)) or [""]


def _is_among_codes(words: Sequence[Word]) -> bool:
    """Whether all but one of some words are certain, and that one may be a code because of them."""
    uncertain = [word for word in words if not word.kinds & CERTAIN]
    return len(uncertain) == 1 and (
        uncertain[0].is_(MAY_BE_CODE)
        or (uncertain[0].is_(MAY_BE_RETIRED) and any(word.is_(RETIRED) for word in words))
    )


def _are_among_words(words: Sequence[Word], has_company: bool) -> bool:
    """Whether something stands beside a word that is no code, and may belong to it.

    If one of the two is a single letter, anything may. Otherwise a word that holds a long code does
    not, and in a field that has one (`has_company`) only what is marked as `MAY_BELONG` does.
    """
    alone = [word.kinds & LEFT_ALONE for word in words]
    for at in range(1, len(words)):
        if not (alone[at - 1] or alone[at]):
            continue
        left, right = words[at - 1].kinds, words[at].kinds
        if (left | right) & LETTER:
            return True
        if (left | right) & LONG_CODE:
            continue
        if not has_company or (alone[at - 1] and right & MAY_BELONG):
            return True
        if alone[at] and left & MAY_BELONG:
            return True
    return False
