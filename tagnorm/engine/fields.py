"""Reading fields: the one place where a text becomes stretches, each a code, several, or none.

A field is read in this order, by the modules of `tagnorm.engine.chunks` in parentheses:

1. If a person decided about the whole field, that is the answer. If it is a plain list of words, it
   is read in a faster way (`lists`).
2. What is certain is read (`certain_chunks`): forms that stand there exactly, and chunks of which
   every part is a code or a clean segmentation. Some of these are names all the same
   (`chunk_names`), and some names are codes (`small_names`). The certain codes are the context of
   the rest.
3. Codes that a space tears are joined (`torn_codes`), and so are chunks side by side that are one
   form with an edit (`torn_forms`).
4. Every other chunk is read by itself (`uncertain_chunks`).
5. A place, or some of its chunks side by side, may be joined codes, of which some hold punctuation
   or spaces (`punctuated_segmentation`).
6. Codes that belong to the words beside them are left alone (`chunks_among_words`).

What stays unresolved side by side is one stretch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Final

from tagnorm.engine.chunks.certain_chunks import read_certain
from tagnorm.engine.chunks.chunk_names import (
    is_shortened_name,
    leave_alone_abbreviation,
    leave_alone_et_cetera,
    leave_alone_missing,
)
from tagnorm.engine.chunks.chunks_among_words import read_among_words
from tagnorm.engine.chunks.drafts import (
    Draft,
    answers_of,
    are_codes,
    are_codes_but_one,
    decided_answer,
    parts_of,
    word_of,
)
from tagnorm.engine.chunks.field_draft import FieldDraft
from tagnorm.engine.chunks.lists import ListReader
from tagnorm.engine.chunks.neighbours import hold_long_code
from tagnorm.engine.chunks.punctuated_segmentation import join_segmented
from tagnorm.engine.chunks.short_codes import are_joined_by_slash
from tagnorm.engine.chunks.small_names import take_apart
from tagnorm.engine.chunks.torn_codes import join_torn_codes
from tagnorm.engine.chunks.torn_forms import in_places, join_across, join_torn
from tagnorm.engine.chunks.uncertain_chunks import read_uncertain
from tagnorm.engine.reading.reader import Reader
from tagnorm.engine.reading.spelled_reader import SpelledReader
from tagnorm.engine.reading.stretches import Stretch, pieces_of
from tagnorm.engine.text.characters import JOINER, is_list_separator
from tagnorm.engine.text.forms import Forms
from tagnorm.engine.text.tokens import places_of
from tagnorm.folding import fold, fold_with_offsets, squash

__all__ = ["FieldReader"]

# At least so many codes, and nothing else, are a list, even with marks behind them.
_SHORTEST_LIST: Final = 3
# What an escape begins with, and a code by which a vocabulary is known that has such things itself.
_ESCAPES: Final = {"&": "NBSP", "<": "SPAN", "%": "", "=": "", "\\": ""}


class FieldReader:
    """Reads fields by one vocabulary.

    Args:
        reader: reads single words.
        forms: the forms of the vocabulary that are more than a word.
        decided: gives the tags that a person gave a raw text, or None; None if nothing was decided.
        spelled: reads text with its marks, where the codes of the vocabulary have some.

    >>> from tagnorm import Normalizer
    >>> fields = Normalizer().fields
    >>> [stretch.answer.tags for stretch in fields.read("PREL-PGVO, N/A")]
    [('PREL',), ('PGOV',), ()]
    """

    def __init__(
        self,
        reader: Reader,
        forms: Forms,
        decided: Callable[[str], tuple[str, ...] | None] | None = None,
        spelled: SpelledReader | None = None,
    ) -> None:
        self.reader = reader
        self._spelled = spelled
        self.forms = forms
        self._decided = decided
        self.lists = ListReader(reader, forms)
        # The marks with which something begins that stands for another character, but for those
        # that codes are written with, or that begin codes: in a vocabulary of HTML these mean it.
        self._escapes = frozenset(
            [
                mark
                for mark, code in _ESCAPES.items()
                if code not in reader.tags and (mark == "&" or forms.kinds.of(mark) != JOINER)
            ]
        )

    def decided(self, text: str) -> tuple[str, ...] | None:
        """The tags that a person gave a field or a word, or None."""
        return None if self._decided is None else self._decided(text)

    @property
    def are_decided(self) -> bool:
        """Whether a person has decided anything."""
        return self._decided is not None

    @property
    def have_slashes(self) -> bool:
        """Whether codes have slashes, so that a slash does not always part two places."""
        return self._spelled is not None and self._spelled.has_slashes

    def has_meaningful_marks(self, text: str) -> bool:
        """Whether the marks of a text may be more than marks: they tell codes apart, or something
        that stands for another character may begin with them."""
        return self._spelled is not None or not self._escapes.isdisjoint(text)

    def _is_decided(self, text: str) -> bool:
        return self.decided(text) is not None

    def forget(self) -> None:
        """Forget the words that were read."""
        self.reader.forget()
        if self._spelled is not None:
            self._spelled.forget()

    def is_certain(self, raw: str) -> bool:
        """Whether a raw word is certain: an entry, a clean segmentation, or decided."""
        return self.decided(raw) is not None or self.reader.clean(squash(fold(raw))) is not None

    def pieces(self, text: str) -> list[tuple[str | None, str]]:
        """The codes of a field in order, each with the raw text that it stands in.

        What is unresolved has None for its code.

        >>> from tagnorm import Normalizer
        >>> Normalizer().fields.pieces("PREL-PGVO, N/A")
        [('PREL', 'PREL'), ('PGOV', 'PGVO'), (None, 'N/A')]
        """
        return pieces_of(text, self.read(text))

    def read(self, text: str, *, weighed: bool = False) -> list[Stretch]:
        """The stretches of a text in order; what lies between them separates.

        Args:
            text: a field.
            weighed: whether answers have a confidence and alternatives, which take longer.
        """
        folded, offsets = self._folded(text)
        if self._decided is not None:
            decided = self._decided(text)
            if decided is not None:
                body = text.strip()
                start = text.index(body)
                return [Stretch(start, start + len(body), decided_answer(decided, len(body)))]
        elif offsets is None and not ("/" in text and self.have_slashes):
            listed = self.lists.read(text, folded, weighed=weighed)
            if listed is not None:
                return listed
        field = FieldDraft(self.lists, self._decided, text, folded, offsets, weighed=weighed)
        found = list(_stretches(field))
        if self._spelled is None:
            return found
        return self._spelled.over(text, folded, offsets, found, self._is_decided)

    def _folded(self, text: str) -> tuple[str, list[int] | None]:
        """A text as it was meant, folded, and where each of its characters begins in the text; no
        offsets where one character became one."""
        if text.isalnum() or self._escapes.isdisjoint(text):
            return fold_with_offsets(text)
        from tagnorm.markup import decoded  # noqa: PLC0415 -- few texts have any

        meant = decoded(text, self._escapes)
        if meant is None:
            return fold_with_offsets(text)
        folded, offsets = fold_with_offsets(meant.text)
        return folded, [meant.offsets[at] for at in offsets or range(len(folded) + 1)]


def _stretches(field: FieldDraft) -> Iterator[Stretch]:
    """The stretches of a field, in order."""
    places = [
        [Draft((chunk,)) for chunk in place] for place in places_of(field.folded, field.forms)
    ]
    _read_certain(field, places)
    join_torn_codes(field, places)
    if len(places) > 1 and any(
        field.forms.may_cross_places(part.word)
        for place in places
        for draft in place
        for part in parts_of(draft)
    ):
        places = join_across(field, places)
        drafts = list(chain.from_iterable(places))
        for draft in drafts:
            if not draft.found:
                read_uncertain(field, draft)
        places = in_places(places, join_segmented(field, drafts))
    yield from _read_places(field, places)


def _read_certain(field: FieldDraft, places: Sequence[list[Draft]]) -> None:
    """Read the certain chunks of a field, and set the context of the rest."""
    for place in places:
        for draft in place:
            read_certain(field, draft, is_alone=len(place) == 1)
            leave_alone_missing(field, draft)
            leave_alone_et_cetera(field, draft)
    take_apart(field, places)
    drafts = list(chain.from_iterable(places))
    field.context = frozenset(
        chain.from_iterable(draft.tags for draft in drafts if draft.is_certain)
    )
    field.is_among_codes = are_codes_but_one(drafts, are_parted=len(places) == len(drafts))
    last = drafts[-1] if drafts else None
    # In a list of several codes and nothing else a mark behind a code is a separator.
    if len(field.context) < _SHORTEST_LIST or not are_codes(drafts):
        for place in places:
            among_codes = all(draft.is_certain and draft.tags for draft in place)
            for draft in place:
                is_last = draft is last
                leave_alone_abbreviation(field, draft, is_last=is_last, among_codes=among_codes)
    for place in places:
        for before, draft, behind in zip([None, *place], place, place[1:], strict=False):
            if is_shortened_name(field, draft, before, behind):
                draft.leave_alone_among_words()


def _read_places(field: FieldDraft, places: Sequence[list[Draft]]) -> Iterator[Stretch]:
    """The stretches of places of which the certain chunks are read."""
    # Parentheses part places, but what stands behind them goes on with what is before them.
    is_held = any(place[0].chunks[0].in_parentheses for place in places)
    is_long = False
    before: Draft | None = None
    for nth, place in enumerate(places):
        whole = join_torn(field, place) if len(place) > 1 else place
        for draft in whole:
            if not draft.found:
                read_uncertain(field, draft)
        is_long = is_long and before is not None and _goes_on(field, before, place[0])
        previous, before = before, place[-1]
        whole = join_segmented(field, whole)
        if len(whole) > 1:
            behind = places[nth + 1][0] if nth + 1 < len(places) else None
            beside = _are_beside(field, previous, whole[0]), _are_beside(field, whole[-1], behind)
            read_among_words(field, whole, follows_long=is_long, beside_codes=beside)
        is_long = is_held and (is_long or any(hold_long_code(answers_of(draft)) for draft in whole))
        yield from _finished(field, whole)


def _goes_on(field: FieldDraft, before: Draft, behind: Draft) -> bool:
    """Whether nothing but the parentheses around one of two drafts parts them."""
    held = before.chunks[0].in_parentheses or behind.chunks[0].in_parentheses
    between = field.folded[before.end : behind.start]
    return held and not any(map(is_list_separator, between)) and "/" not in between


def _are_beside(field: FieldDraft, one: Draft | None, other: Draft | None) -> bool:
    """Whether two drafts are codes of two letters that a slash joins."""
    if one is None or other is None:
        return False
    if not all(draft.is_certain and draft.tags for draft in (one, other)):
        return False
    between = field.folded[one.end : other.start]
    return are_joined_by_slash(word_of(one), word_of(other), between, field.lexicon)


def _finished(field: FieldDraft, place: Sequence[Draft]) -> Iterator[Stretch]:
    """The stretches of a place; unresolved drafts side by side are one."""
    waiting: list[Draft] = []
    for draft in place:
        if draft.tags or draft.is_certain:
            yield from _unresolved(field, waiting)
            waiting = []
            for start, end, answer in draft.found:
                yield field.stretch(start, end, answer)
        else:
            waiting.append(draft)
    yield from _unresolved(field, waiting)


def _unresolved(field: FieldDraft, drafts: Sequence[Draft]) -> Iterator[Stretch]:
    """The one stretch of unresolved drafts side by side, or none if there are no drafts; a person
    may have decided what they are together."""
    if len(drafts) == 1:
        ((start, end, answer),) = drafts[0].found
        yield field.stretch(start, end, answer)
    elif drafts:
        start, end = drafts[0].start, drafts[-1].end
        decided = field.decision(start, end)
        if decided is not None:
            yield field.stretch(start, end, decided_answer(decided, end - start))
            return
        sure = min(draft.found[0][2].confidence for draft in drafts)
        words = [word_of(draft) for draft in drafts]
        yield field.stretch(start, end, field.reader.left_side_by_side(words, sure, end - start))
