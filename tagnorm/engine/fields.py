"""Reading fields: the one place where a text becomes stretches, each a code, several, or none.

A field is read in this order:

1. a decision about the whole field;
2. forms that stand there as they are, then chunks of which every part is a code or a clean
   segmentation: what is certain, and the context of the rest;
3. neighbouring chunks that are one form of several words with an edit;
4. what is left, chunk by chunk;
5. a code of two letters among words that are no codes belongs to them.

What stays unresolved side by side is one stretch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import accumulate, chain, pairwise
from math import prod
from typing import Final

from tagnorm.engine.among_words import Neighbour, are_in_words, belonging, is_abbreviation, speak
from tagnorm.engine.characters import is_list_separator
from tagnorm.engine.drafts import Draft, answers_of, decided_answer, parts_of
from tagnorm.engine.edits import EDIT_NAMES
from tagnorm.engine.forms import Forms
from tagnorm.engine.lattice import Piece
from tagnorm.engine.lists import ListReader
from tagnorm.engine.phrases import (
    ARTICLES,
    OPENERS,
    of_phrases,
)
from tagnorm.engine.reader import SHORT, Answer, Reader
from tagnorm.engine.small_names import name_of, words_of
from tagnorm.engine.spelled_reader import SpelledReader
from tagnorm.engine.stretches import Stretch, pieces_of
from tagnorm.engine.tokens import JOINED, Part, places_of
from tagnorm.folding import fold, fold_with_offsets, is_word, squash

__all__ = ["FieldReader"]

# A chunk of several parts is one form if it squashes to one of so many letters.
_WHOLE: Final = 3
# Chunks beside one another are one form of one word only if it has so many letters; fewer are
# enough where letters and digits meet (`B 90`), since people write a space there.
_TORN: Final = 6
# So many letters of a form of several words are enough to look for it with an edit.
_WINDOW: Final = 5
# So many codes and nothing else are a list, whatever marks are behind them.
_LISTED: Final = 3
# A place is tried as joined codes with punctuation if it has several parts, and no more letters.
_LONGEST_JOINED: Final = 240
# Up to so many letters such a place is weighed before it is known to be joined codes.
_WEIGHED_AT_ONCE: Final = 64
# A form with so many letters is itself with a mark too many.
_LONG_FORM: Final = 8
# Fewer letters, if no word of a form of several words stands there as it is.
_LONGEST_UNNAMED: Final = 120

# Of chunks that hold a code with marks, and are left alone, so many are no codes.
_HOLDING: Final = 0.3

_NOTHING: frozenset[str] = frozenset()


class FieldReader:
    """Reads fields by one vocabulary.

    Args:
        reader: reads single words.
        forms: the forms of the vocabulary that are more than a word.
        decided: the tags that a person gave a raw text, or None.
        spelled: reads with its marks what holds some of the vocabulary.

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

    def decided(self, text: str) -> tuple[str, ...] | None:
        """The tags that a person gave a field or a word, or None."""
        return None if self._decided is None else self._decided(text)

    @property
    def are_decided(self) -> bool:
        """Whether a person has decided anything."""
        return self._decided is not None

    @property
    def have_slashes(self) -> bool:
        """Whether what has a slash is to be read as a whole: codes have some, too."""
        return self._spelled is not None and self._spelled.has_slashes

    def _is_decided(self, text: str) -> bool:
        return self.decided(text) is not None

    def forget(self) -> None:
        """Forget the words that were read."""
        self.reader.forget()
        if self._spelled is not None:
            self._spelled.forget()

    def is_certain(self, raw: str) -> bool:
        """Whether a raw word is a code as it stands, a clean segmentation, or decided."""
        return self.decided(raw) is not None or self.reader.clean(fold(raw)) is not None

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
        decided = self.decided(text)
        if decided is not None:
            body = text.strip()
            start = text.index(body)
            return [Stretch(start, start + len(body), decided_answer(decided, len(body)))]
        folded, offsets = fold_with_offsets(text)
        is_list = not ("/" in text and self.have_slashes)
        if is_list and offsets is None and self._decided is None:
            listed = self.lists.read(text, folded, weighed=weighed)
            if listed is not None:
                return listed
        found = list(_Field(self, text, folded, offsets, weighed).stretches())
        if self._spelled is None:
            return found
        return self._spelled.over(text, folded, offsets, found, self._is_decided)


class _Field:
    """One field on the way to its stretches."""

    def __init__(
        self, owner: FieldReader, text: str, folded: str, offsets: list[int] | None, weighed: bool
    ) -> None:
        self._owner = owner
        self._reader = owner.reader
        self._forms = owner.forms
        self._decided = owner._decided
        self._text = text
        self._folded = folded
        self._offsets = offsets
        self._weighed = weighed
        self._context: frozenset[str] = _NOTHING
        # Whether all but one word of the field are codes as they stand.
        self._is_among_codes = False

    def stretches(self) -> Iterator[Stretch]:
        places = [
            [Draft((chunk,)) for chunk in place] for place in places_of(self._folded, self._forms)
        ]
        drafts = [draft for place in places for draft in place]
        for draft in drafts:
            self._read_certain(draft)
        drafts = self._taken_apart(places)
        self._context = frozenset(
            chain.from_iterable(draft.tags for draft in drafts if draft.is_certain)
        )
        self._is_among_codes = _are_codes_but_one(drafts)
        last = drafts[-1] if drafts else None
        # Where all else is codes, too, a mark behind one parts them.
        if len(self._context) < _LISTED or not _are_codes(drafts):
            for draft in drafts:
                self._read_abbreviation(draft, is_last=draft is last)
        if len(places) > 1 and any(
            self._forms.may_cross_places(part.word) for draft in drafts for part in parts_of(draft)
        ):
            places = self._joined_across(places)
            for draft in chain.from_iterable(places):
                if not draft.found:
                    self._read(draft)
            segmented = self._segmented([draft for place in places for draft in place])
            if segmented is not None:
                yield from segmented
                return
        yield from self._read_places(places)

    def _read_places(self, places: Sequence[list[Draft]]) -> Iterator[Stretch]:
        """The stretches of places, of which what is certain is read."""
        # What stands behind parentheses goes on with what stands before them.
        is_held = any(place[0].chunks[0].in_parentheses for place in places)
        is_long = False
        before: Draft | None = None
        for place in places:
            whole = self._joined(place) if len(place) > 1 else place
            for draft in whole:
                if not draft.found:
                    self._read(draft)
            is_long = is_long and before is not None and self._goes_on(before, place[0])
            before = place[-1]
            segmented = self._segmented(whole)
            if segmented is not None:
                yield from segmented
                continue
            if len(whole) > 1:
                self._read_among_words(whole, follows_long=is_long)
            is_long = is_held and (is_long or any(speak(answers_of(draft)) for draft in whole))
            yield from self._finished(whole)

    def _goes_on(self, before: Draft, behind: Draft) -> bool:
        """Whether nothing but the parentheses around one of two drafts parts them."""
        held = before.chunks[0].in_parentheses or behind.chunks[0].in_parentheses
        between = self._folded[before.end : behind.start]
        return held and not any(map(is_list_separator, between)) and "/" not in between

    # 2. What is certain

    def _read_certain(self, draft: Draft) -> None:
        (chunk,) = draft.chunks
        if chunk.in_parentheses:
            draft.leave_alone()
            return
        decided = self._decision(chunk.start, chunk.end)
        if decided is not None:
            answer = decided_answer(decided, chunk.end - chunk.start)
            draft.take([(chunk.start, chunk.end, answer)])
            draft.is_certain = True
            return
        found = []
        start = chunk.start
        for part in chunk.parts:
            answer_of_part = self._certain(part)
            if answer_of_part is None:
                break
            if len(chunk.parts) == 1 and answer_of_part.alternatives and not part.is_form:
                # The marks around it may say which of several codes is meant.
                answer_of_part = self._entry(part.word, chunk.start, chunk.end) or answer_of_part
            if self._reader.are_alike and not part.is_form and len(answer_of_part.pieces) > 1:
                answer_of_part = self._as_written(answer_of_part, part, start)
            found.append((part.start, part.end, answer_of_part))
            start = part.end
        else:
            draft.take(found)
            draft.is_certain = True
            if len(chunk.parts) > 1:
                self._read_as_whole(draft)
                self._read_name(draft)
            return
        if len(chunk.parts) > 1:
            word = "".join([part.word for part in chunk.parts])
            raw = self._raw(chunk.start, chunk.end)
            is_whole = len(word) >= _WHOLE or self._reader.is_nearly_written(word, raw)
            entry = self._entry(word, chunk.start, chunk.end) if is_whole else None
            if entry is not None:
                first, last = chunk.parts[0].start, chunk.parts[-1].end
                draft.take([(first, last, entry.over(last - first))])
                draft.is_certain = True

    def _taken_apart(self, places: Sequence[list[Draft]]) -> list[Draft]:
        """The drafts of places, with names that are no codes read as the codes that their words
        are, where all else in their place is codes, one of them long."""
        for place in places:
            if len(place) < JOINED or not any(map(name_of, place)):
                continue
            names = [draft for draft in place if self._reader.is_listed_outside(name_of(draft))]
            others = [draft for draft in place if draft not in names]
            for name in names if _are_codes(others) else ():
                words = words_of(name, self._folded)
                for word in words:
                    self._read_certain(word)
                if words and all(word.is_certain and word.tags for word in words):
                    at = place.index(name)
                    place[at : at + 1] = words
        return [draft for place in places for draft in place]

    def _read_as_whole(self, draft: Draft) -> None:
        """A chunk whose parts are codes may be one code with joiners and an edit all the same."""
        (chunk,) = draft.chunks
        start, end = chunk.parts[0].start, chunk.parts[-1].end
        word = "".join([part.word for part in chunk.parts])
        raws = [self._raw(part.start, part.end) for part in chunk.parts]
        raw = self._raw(start, end)
        answer, sure = self._reader.answer_for_parts(word, raw, draft.tags, raws)
        if answer is not None:
            draft.take([(start, end, answer.over(end - start))])
            draft.is_certain = False
        elif sure < 1.0:
            each = sure ** (1 / len(draft.found))
            draft.found = [
                (first, last, found._replace(confidence=found.confidence * each))
                for first, last, found in draft.found
            ]

    def _read_name(self, draft: Draft) -> None:
        """An article joined to a name in words belongs to it (`AL-ISLAM`), and is no country; and
        an apostrophe joins letters of a word (`BE'ER`, `QA'IDA`), and no countries. What a
        person decided stays."""
        pieces = [piece for _, _, answer in draft.found for piece in answer.pieces]
        if any(how == "decision" for _, _, _, how in pieces):
            return
        (chunk,) = draft.chunks
        first, *others = chunk.parts
        is_name = (
            first.word in ARTICLES
            and len(others) == 1
            and are_in_words([answer for _, _, answer in draft.found[1:]])
        )
        is_name = is_name or self._is_apostrophe_name(draft)
        if is_name and len(draft.found) > 1:
            sure = prod([answer.confidence for _, _, answer in draft.found])
            draft.take([(first.start, chunk.parts[-1].end, Answer(tuple(pieces), sure))])
            draft.leave_alone_among_words()

    def _is_apostrophe_name(self, draft: Draft) -> bool:
        """Whether the codes of a chunk are halves of a word at an apostrophe: none is long, and a
        country is among them."""
        (chunk,) = draft.chunks
        parts, found = chunk.parts, draft.found
        if "'" not in self._folded[chunk.start : chunk.end]:
            return False
        if all(len(part.word) == SHORT for part in parts):
            return self._reader.need_company(draft.tags)
        return (
            len(parts) == len(found)
            and all(len(part.word) <= SHORT + 1 and not part.is_form for part in parts)
            and all(self._folded[one.end : two.start] == "'" for one, two in pairwise(parts))
            and any(
                len(part.word) == SHORT and self._reader.need_company(answer.tags)
                for part, (_, _, answer) in zip(parts, found, strict=True)
            )
        )

    def _certain(self, part: Part) -> Answer | None:
        decided = self._decision(part.start, part.end)
        if decided is not None:
            return decided_answer(decided, part.end - part.start)
        if part.is_form:
            entry = self._entry(part.word, part.start, part.end)
            return None if entry is None else entry.over(part.end - part.start)
        raw = self._raw(part.start, part.end)
        return self._reader.certain_answer(part.word, raw, weighed=self._weighed)

    def _entry(self, word: str, start: int, end: int) -> Answer | None:
        if word not in self._reader.tags:
            return None
        return self._reader.answer_of_entry(word, self._raw(start, end))

    def _decision(self, start: int, end: int) -> tuple[str, ...] | None:
        return None if self._decided is None else self._decided(self._raw(start, end))

    def _read_abbreviation(self, draft: Draft, *, is_last: bool) -> None:
        """A code of two letters with a mark behind it is an abbreviation (`CO.`), or a prefix."""
        (chunk,) = draft.chunks
        if not draft.is_certain or len(chunk.parts) > 1 or chunk.parts[0].is_form:
            return
        part = chunk.parts[0]
        mark = self._folded[part.end : chunk.end]
        if len(part.word) > SHORT or not mark or mark == ":":
            return
        if is_last and mark == "." and len(self._context) > 1:
            return
        draft.leave_alone_among_words()

    # 3. Forms of several words with an edit

    def _joined_across(self, places: list[list[Draft]]) -> list[list[Draft]]:
        """Places with those joined that are one form of the vocabulary with an edit."""
        flat = [draft for place in places for draft in place]
        bounds = {id(place[0]) for place in places}
        whole = self._joined(flat, self._forms.crossing)
        joined: list[list[Draft]] = []
        for draft in whole:
            if not joined or len(draft.chunks) > 1 or id(draft) in bounds:
                joined.append([draft])
            else:
                joined[-1].append(draft)
        return joined

    def _joined(self, drafts: list[Draft], among: frozenset[str] | None = None) -> list[Draft]:
        """Drafts with those joined that are one form of several words, torn or with an edit."""
        most = min(self._forms.most_words + 1, len(drafts))
        if most < 2 or all(draft.is_certain for draft in drafts):
            return drafts
        found = list(drafts)
        known = self._forms.words if among is None else self._forms.crossing_words
        # A longer form with an edit has a word that stands there as it is, or a shorter form.
        named = [any(_is_named(part, known) for part in parts_of(draft)) for draft in found]
        for size in range(most if any(named) else JOINED, 1, -1):
            at = 0
            while at + size <= len(found):
                end = at + size
                joined = None
                if (size == JOINED or any(named[at:end])) and not all(
                    draft.is_certain for draft in found[at:end]
                ):
                    joined = self._join(found[at:end], among)
                if joined is None:
                    at += 1
                else:
                    found[at:end] = [joined]
                    named[at:end] = [any(named[at:end])]
        return found

    def _join(self, window: Sequence[Draft], among: frozenset[str] | None) -> Draft | None:
        """Chunks of which not all are certain as one form, or None if they are none."""
        parts = [part for draft in window for chunk in draft.chunks for part in chunk.parts]
        if among is None and any(c.in_parentheses for draft in window for c in draft.chunks):
            return None
        word = "".join([part.word for part in parts])
        lengths, size = self._forms.lengths, len(word)
        if size < _WINDOW and not self._may_be_short_form(word, window, among):
            return None
        wanted: AbstractSet[str] = self._forms.squashed.keys()
        known: AbstractSet[str] = self._forms.words
        if among is not None:
            wanted, known = among, self._forms.crossing_words
        start, end = parts[0].start, parts[-1].end
        if is_abbreviation(parts[0].word, "") and word[1:] in wanted:
            return None
        answer: Answer | None = None
        if word in self._reader.tags:
            if among is not None or (word in wanted and size >= _WINDOW):
                is_whole = word in wanted
            elif _part_at_numbers(parts):
                is_whole = any(part.word not in self._reader.tags for part in parts)
            else:
                is_whole = size >= _TORN and self._is_torn(window)
            if is_whole:
                answer = self._reader.answer_of_entry(word, self._raw(start, end))
        elif (size in lengths or size - 1 in lengths or size + 1 in lengths) and any(
            _is_named(part, known) for part in parts
        ):
            candidates = [one for one in self._reader.candidates(word) if one.form in wanted]
            answer = self._reader.as_written(
                self._reader.answer_among(word, candidates),
                word,
                self._raw(window[0].start, window[-1].end),
            )
        elif among is None and len(parts) == JOINED and self._is_torn(window):
            answer = self._whole(word, parts)
        if answer is None or not answer.tags:
            return None
        joined = Draft(tuple([chunk for draft in window for chunk in draft.chunks]))
        joined.take([(start, end, answer.over(end - start))])
        return joined

    def _may_be_short_form(
        self, word: str, window: Sequence[Draft], among: frozenset[str] | None
    ) -> bool:
        """Whether chunks of so few letters may be one form; with an edit they may if they take no
        code away, and stand in one place."""
        if len(word) >= _WHOLE and word in self._reader.tags:
            return True
        is_free = among is None and not any(draft.is_certain for draft in window)
        return len(word) > self._reader.shortest and is_free and word.isalpha()

    def _is_torn(self, window: Sequence[Draft]) -> bool:
        """Whether some chunk is nothing by itself."""
        return any(
            not draft.is_certain
            and len(draft.chunks) == len(draft.chunks[0].parts) == 1
            and not self._answer(draft.chunks[0].parts[0].word).tags
            for draft in window
        )

    # 4. What is left

    def _read(self, draft: Draft) -> None:
        (chunk,) = draft.chunks
        if len(chunk.parts) == 1:
            (part,) = chunk.parts
            answer = self._owner.lists.answer(
                part.word,
                self._raw(chunk.start, chunk.end),
                self._context,
                weighed=self._weighed,
                among_codes=self._is_among_codes,
                lead=part.start - chunk.start,
            )
            if not answer.tags:
                draft.leave_alone(answer)
            elif part.is_form:
                draft.take([(part.start, part.end, answer.over(part.end - part.start))])
            else:
                draft.take([(part.start, part.end, answer)])
            return
        word = "".join([part.word for part in chunk.parts])
        answer = self._whole(word, chunk.parts)
        if answer.tags:
            first, last = chunk.parts[0].start, chunk.parts[-1].end
            draft.take([(first, last, answer.over(last - first))])
            return
        parted = self._parted(chunk.parts, chunk.start)
        if parted is None:
            if self._weighed and self._holds_marked_code(chunk.parts, chunk.start, chunk.end):
                answer = answer.less_sure(_HOLDING)
            draft.leave_alone(answer)
        else:
            draft.take(parted)

    def _holds_marked_code(self, parts: Sequence[Part], start: int, end: int) -> bool:
        """Whether one of several parts is a code that stands there with its marks: then the rest
        may be more such codes with more damage than is read."""
        if not self._reader.are_marks_weighed:
            return False
        found = [answer.tags for answer in map(self._certain, parts) if answer is not None]
        text = self._folded[start:end]
        return any(not tag.isalnum() and fold(tag) in text for tags in found for tag in tags)

    def _whole(self, word: str, parts: Sequence[Part]) -> Answer:
        """Several parts as one form with an edit: one that is written in several parts, or one that
        has lost a letter where something stands between two of them."""
        squashed = self._forms.squashed
        candidates = self._reader.candidates(word)
        raw = self._raw(parts[0].start, parts[-1].end)
        written = {one.form for one in self._reader.as_near_as_written(word, raw)}
        among = [one for one in candidates if one.form in squashed or one.form in written]
        if candidates and not among:
            gaps = list(accumulate([len(part.word) for part in parts[:-1]]))
            among = [
                one
                for one in candidates
                if len(one.form) >= _WINDOW
                and any(one.form[:at] + one.form[at + 1 :] == word for at in gaps)
            ]
        return self._reader.as_written(self._reader.answer_among(word, among), word, raw)

    def _parted(self, parts: Sequence[Part], start: int) -> list[tuple[int, int, Answer]] | None:
        """Codes with joiners between them, one or more of them with an edit; None if they are none.

        A long code that stands there as it is must speak for the others.
        """
        found = []
        shortest = self._reader.shortest
        known = [self._certain(part) for part in parts]
        if not any(
            one is not None and len(part.word) >= shortest
            for part, one in zip(parts, known, strict=True)
        ):
            return None
        # To find a part that is no code takes less than to weigh what the others are.
        for part, certain in zip(parts, known, strict=True):
            if certain is None and (len(part.word) < shortest or self._is_left_alone(part.word)):
                return None
        for part, certain in zip(parts, known, strict=True):
            answer = certain or self._answer(part.word)
            if certain is None and answer.tags and not part.is_form:
                answer = self._as_written(answer, part, start)
            if any(tag is None for _, _, tag, _ in answer.pieces):
                return None
            found.append((part.start, part.end, answer))
            start = part.end
        return found

    def _as_written(self, answer: Answer, part: Part, start: int) -> Answer:
        """The answer for a part by the way it is written; the marks before it, from some place on,
        are its own if its first code is written with them."""
        word, lead = part.word, part.start - start
        if lead:
            found = self._reader.as_written(answer, word, self._raw(start, part.end), lead)
            marks = self._folded[start : part.start]
            if found.tags and fold(found.tags[0])[:lead] == marks:
                return found
        return self._reader.as_written(answer, word, self._raw(part.start, part.end))

    def _is_left_alone(self, word: str) -> bool:
        """Whether a word is no code, or not as a whole."""
        pieces = self._reader.read(word, self._context)
        return any(tag is None for _, _, tag, _ in pieces)

    def _answer(self, word: str) -> Answer:
        return self._owner.lists.by_letters(word, self._context, weighed=self._weighed)

    def _segmented(self, place: Sequence[Draft]) -> list[Stretch] | None:
        """The place as joined codes of which some hold punctuation or spaces, if it is that.

        Whatever parts its words must stand between two codes, or where a form has it too. A form
        must stand across a gap beside what is not certain.
        """
        if all(draft.is_certain and draft.tags for draft in place):
            return None
        parts = [part for draft in place for part in parts_of(draft)]
        known = self._forms.words
        if len(parts) < JOINED:
            return None
        is_named = any(part.word in known for part in parts)
        before = left, edits_before = _assumed(place)
        if before == (0, 0) and not is_named:
            return None
        read = sum(len(answer.pieces) for draft in place for _, _, answer in draft.found)
        if left == 0 and read < JOINED:
            return None
        word = "".join([part.word for part in parts])
        gaps = list(accumulate([len(part.word) for part in parts[:-1]]))
        open_ = [not draft.is_certain for draft in place for _ in parts_of(draft)]
        if len(word) > (_LONGEST_JOINED if is_named else _LONGEST_UNNAMED) or not any(
            (open_[n] or open_[n + 1]) and self._forms.seams.cross(word, gap)
            for n, gap in enumerate(gaps)
        ):
            return None
        # Most of what comes so far is joined codes, which are weighed anyhow.
        is_weighed = self._weighed and len(word) <= _WEIGHED_AT_ONCE
        pieces = self._reader.weigh(word).pieces if is_weighed else self._reader.read(word)
        if len(pieces) < JOINED or any(tag is None for _, _, tag, _ in pieces):
            return None
        explained = False
        strays = 0
        for start, end, tag, how in pieces:
            inside = {gap - start for gap in gaps if start < gap < end}
            if inside:
                form = word[start:end]
                if form not in self._forms.squashed and how in EDIT_NAMES:
                    form = squash(tag or "")
                ends = self._forms.squashed.get(form, frozenset())
                stray = [gap for gap in inside if not ends & {gap - 1, gap, gap + 1}]
                strays += len(stray)
                # What is put in where nothing stands is an edit: in a long form one will do.
                if stray and (how in EDIT_NAMES or strays > 1 or len(form) < _LONG_FORM):
                    return None
                explained = True
        edits = strays + sum(piece.how in EDIT_NAMES for piece in pieces)
        if not explained or (left == 0 and len(pieces) > read):
            return None
        if left == 0 and (edits, len(pieces)) >= (edits_before, read):
            return None
        return self._parted_at(set(gaps), parts, pieces, word, place[0].start)

    def _parted_at(
        self,
        gaps: set[int],
        parts: Sequence[Part],
        pieces: Sequence[Piece],
        word: str,
        start: int,
    ) -> list[Stretch]:
        """The stretches of joined codes: one where nothing stands between their pieces."""
        places = [
            at
            for part in parts
            for at in range(part.start, part.end)
            if not part.is_form or is_word(self._folded[at])
        ]
        sure = self._reader.weigh(word).confidence if self._weighed else 1.0
        groups: list[list[Piece]] = []
        taken = start
        for nth, piece in enumerate(pieces):
            follows = pieces[nth + 1].start if nth + 1 < len(pieces) else len(word)
            behind = places[follows] if follows < len(word) else parts[-1].end
            first, last = places[piece.start], places[piece.end - 1] + 1
            # The marks between two codes are of the one or of the other.
            spans = [(taken, behind), (taken, last), (first, behind), (first, last)]
            meant = self._reader.tag_as_written(
                word[piece.start : piece.end], piece, [self._raw(*span) for span in spans]
            )
            written = piece if meant is None else piece._replace(tag=meant[0])
            taken = last if meant is None else max(spans[meant[1]][1], last)
            if groups and piece.start not in gaps:
                groups[-1].append(written)
            else:
                groups.append([written])
        # Among them the stretches are as sure as the whole.
        each = sure ** (1 / len(groups))
        found = []
        for group in groups:
            first, last = places[group[0].start], places[group[-1].end - 1] + 1
            own = [
                Piece(places[p.start] - first, places[p.end - 1] + 1 - first, p.tag, p.how)
                for p in group
            ]
            # What joins two words within a form belongs to it.
            whole = [
                piece._replace(end=own[at + 1].start if at + 1 < len(own) else last - first)
                for at, piece in enumerate(own)
            ]
            found.append(self._stretch(first, last, Answer(tuple(whole), each)))
        return found

    # 5. Codes among words

    def _read_among_words(self, place: list[Draft], *, follows_long: bool) -> None:
        """What stands beside words that are no codes: short codes belong to them, and a correction
        needs more than likeness."""
        words = [_word_of(draft) for draft in place]
        if not OPENERS.isdisjoint(words):
            names = of_phrases(
                words,
                lambda at: self._is_name(place[at]),
                lambda at: (
                    not place[at].tags
                    or are_in_words(answers_of(place[at]))
                    or self._is_body(place[at])
                    or self._reader.is_written_apart(words[at])
                ),
            )
            for at in names:
                if place[at].tags:
                    place[at].leave_alone_among_words()
        for at, behind in enumerate(place[1:]):
            if self._is_family_name(place[at], behind):
                place[at].leave_alone_among_words()
        found, doubted = belonging(
            [self._neighbour(draft) for draft in place], self._reader, follows_long=follows_long
        )
        for at in found:
            place[at].leave_alone_among_words()
        for at in doubted:
            ((start, end, answer),) = place[at].found
            place[at].found = [(start, end, self._reader.beside_words(answer))]

    def _neighbour(self, draft: Draft) -> Neighbour:
        first, *others = draft.chunks
        mark = "" if others else self._folded[first.parts[-1].end : first.end]
        word = _word_of(draft)
        return Neighbour(
            word,
            answers_of(draft),
            bool(draft.tags),
            draft.is_certain,
            self._is_outside(draft),
            mark,
            first.in_parentheses,
            not word.isalpha() and any(map(str.isdecimal, self._folded[draft.start : draft.end])),
        )

    def _is_name(self, draft: Draft) -> bool:
        return (
            draft.is_certain and len(draft.found) == 1 and self._reader.is_name(draft.found[0][2])
        )

    def _is_family_name(self, draft: Draft, behind: Draft) -> bool:
        """Whether a code of a country in other lists is a family name before a name of two parts
        that is no code (`PAK TONG-SUN`)."""
        word = _word_of(draft)
        parts = behind.chunks[0].parts
        return (
            len(word) == _WHOLE
            and draft.is_certain
            and draft.found[0][2].pieces[0].how == "alias"
            and not self._reader.is_written_apart(word)
            and not behind.tags
            and not behind.chunks[0].in_parentheses
            and len(parts) == JOINED
            and all(part.word.isalpha() and not part.is_form for part in parts)
            and not any(self._is_said(part) for part in parts)
            and parts[0].word not in ARTICLES
            and self._folded[parts[0].end : parts[1].start] == "-"
            and self._reader.need_company(draft.tags)
        )

    def _is_said(self, part: Part) -> bool:
        """Whether a part is a long code, or another name in words, as it is written."""
        answer = self._certain(part)
        return answer is not None and (speak([answer]) or are_in_words([answer]))

    def _is_body(self, draft: Draft) -> bool:
        return (
            draft.is_certain
            and len(draft.found) == 1
            and len(draft.found[0][2].pieces) == 1
            and self._reader.is_body(draft.found[0][2])
        )

    def _is_outside(self, draft: Draft) -> bool:
        """Whether a draft is an acronym known to be no code, a word to be kept, or was decided."""
        return draft.is_certain or (
            len(draft.chunks) == 1
            and len(draft.chunks[0].parts) == 1
            and self._reader.is_outside(draft.chunks[0].parts[0].word)
        )

    # And back to the text

    def _finished(self, place: list[Draft]) -> Iterator[Stretch]:
        """The stretches of a place; what stays unresolved side by side is one."""
        waiting: list[Draft] = []
        for draft in place:
            if draft.tags or draft.is_certain:
                yield from self._alone(waiting)
                waiting = []
                for start, end, answer in draft.found:
                    yield self._stretch(start, end, answer)
            else:
                waiting.append(draft)
        yield from self._alone(waiting)

    def _alone(self, drafts: Sequence[Draft]) -> Iterator[Stretch]:
        if len(drafts) == 1:
            ((start, end, answer),) = drafts[0].found
            yield self._stretch(start, end, answer)
        elif drafts:
            start, end = drafts[0].start, drafts[-1].end
            decided = self._decision(start, end)
            if decided is not None:
                yield self._stretch(start, end, decided_answer(decided, end - start))
                return
            sure = min(draft.found[0][2].confidence for draft in drafts)
            piece = Piece(0, end - start, None, "unresolved")
            yield self._stretch(start, end, Answer((piece,), sure))

    def _stretch(self, start: int, end: int, answer: Answer) -> Stretch:
        offsets = self._offsets
        if offsets is None:
            return Stretch(start, end, answer)
        first = offsets[start]
        pieces = [
            Piece(offsets[start + a] - first, offsets[start + b] - first, tag, how)
            for a, b, tag, how in answer.pieces
        ]
        if any(a == b for a, b, _, how in pieces if how != "decision"):
            # A character that stands for several letters cannot be cut.
            return Stretch(first, offsets[end], answer.left_alone(offsets[end] - first))
        return Stretch(first, offsets[end], answer._replace(pieces=tuple(pieces)))

    def _raw(self, start: int, end: int) -> str:
        if self._offsets is None:
            return self._text[start:end]
        return self._text[self._offsets[start] : self._offsets[end]]


def _word_of(draft: Draft) -> str:
    """The word that a draft is, or nothing if it is more."""
    first, *others = parts_of(draft)
    return "" if others or first.is_form else first.word


def _assumed(place: Sequence[Draft]) -> tuple[int, int]:
    """How many stretches of a place are no code, and how many are one with an edit."""
    hows = [
        how for draft in place for _, _, answer in draft.found for _, _, _, how in answer.pieces
    ]
    return hows.count("unresolved"), sum(how in EDIT_NAMES for how in hows)


def _is_named(part: Part, known: AbstractSet[str]) -> bool:
    """Whether a part is a known word of a form of several words, or a form itself."""
    return part.is_form or part.word in known


def _part_at_numbers(parts: Sequence[Part]) -> bool:
    """Whether letters and digits meet wherever one part ends and the next begins."""
    return all(one.word[-1:].isdigit() != two.word[:1].isdigit() for one, two in pairwise(parts))


def _are_codes(drafts: Sequence[Draft]) -> bool:
    """Whether all chunks of a field are codes as they stand, and one is long."""
    return all(draft.is_certain and draft.tags for draft in drafts) and any(
        speak(answers_of(draft)) for draft in drafts
    )


def _are_codes_but_one(drafts: Sequence[Draft]) -> bool:
    """Whether all chunks of a field but one are codes, several of them, and one is long."""
    certain = [draft for draft in drafts if draft.is_certain and draft.tags]
    return len(certain) == len(drafts) - 1 >= JOINED and any(
        speak(answers_of(draft)) for draft in certain
    )
