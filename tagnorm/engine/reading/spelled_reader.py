"""Reading text with its marks as letters, by vocabularies whose codes have marks.

Elsewhere codes are read by their letters alone. But where codes have marks, one that is lost, added
or replaced is an edit, and one swapped with a letter is, too: `.jpm.e` is the codes `.jp` and
`.me`, while its letters alone, `JPME`, are hardly any code. So a run of text that holds such marks,
and is not exactly what the vocabulary writes, is read a second time, by a vocabulary of the same
codes in which each mark is a letter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Final

import attrs

from tagnorm.engine.edits.grammar import EDIT_NAMES
from tagnorm.engine.model import Model, names_of
from tagnorm.engine.prices.code_prices import BRIEF
from tagnorm.engine.prices.unknown_words import WordPrices, words_of_names
from tagnorm.engine.reading.answers import Answer
from tagnorm.engine.reading.reader import Reader
from tagnorm.engine.reading.spellings import distance
from tagnorm.engine.reading.stretches import Stretch
from tagnorm.engine.search.lattice import Piece
from tagnorm.engine.text.characters import is_list_separator, is_plain
from tagnorm.folding import MARK_LETTERS, fold, is_word
from tagnorm.resolution import Alternative
from tagnorm.vocabulary.codes import Alias, Taxonomy
from tagnorm.vocabulary.entries import is_long

__all__ = ["SpelledReader", "spelled_reader_of"]

_MOST_MARKS: Final = 1000
# In a vocabulary of more codes this would take too long.
_MANY: Final = 20_000


class _SpelledWords(WordPrices):
    """The cost of words with marks that are no code: that of the word without them, and for each
    mark that of a letter at random."""

    def __init__(self, model: Model, marks: Sequence[str]) -> None:
        self._words = model.unknown_words()
        self._marks = str.maketrans("", "", "".join(marks))
        self._mark = model.prices["other_letter"]
        self._alone = model.prices["unresolved"]

    def cost(self, word: str) -> int:
        """What it costs to leave a folded word alone, in the cheapest way."""
        bare = word.translate(self._marks)
        if not bare:
            return self._alone
        return self._words.cost(bare) + self._mark * (len(word) - len(bare))


class _SpelledModel(Model):
    """The model of a vocabulary in which marks are letters.

    Args:
        taxonomy: that vocabulary.
        keep: words never to touch.
        marks: the letters that are marks.
        words: the words of names of several words, which that vocabulary does not have.
    """

    def __init__(
        self, taxonomy: Taxonomy, keep: Sequence[str], marks: Sequence[str], words: frozenset[str]
    ) -> None:
        super().__init__(taxonomy, keep=keep)
        self._marks = marks
        self._words_of_names = words - self.entries.keys()

    @cached_property
    def left_alone(self) -> WordPrices:
        """The prices of words that are no code."""
        return _SpelledWords(self, self._marks)


class SpelledReader:
    """Reads the runs of a text that hold marks of a vocabulary.

    A run is of letters, digits and such marks, and has at least one mark among them.

    Args:
        taxonomy: the vocabulary.
        marks: the marks that its codes are written with.
        keep: words never to touch.

    >>> reader = SpelledReader(Taxonomy.of([".jp", ".me", ".com"]), ".")
    >>> reader.answer(".JPM.E").tags
    ('.jp', '.me')
    """

    def __init__(self, taxonomy: Taxonomy, marks: Sequence[str], keep: Sequence[str] = ()) -> None:
        self._taxonomy, self._keep = taxonomy, keep
        self._marks = frozenset(marks)
        self._letters = {ord(mark): chr(MARK_LETTERS[nth]) for nth, mark in enumerate(marks)}
        # Whether codes have slashes, which part the places of plain text.
        self.has_slashes = "/" in self._marks
        # The codes by their spelling with letters for marks; those that differ in case or accents
        # alone share one.
        self._tags: dict[str, list[str]] = {}
        # The reader of that vocabulary, made when the first run is met.
        self._reader: Reader | None = None

    def answer(self, folded: str, raw: str = "") -> Answer:
        """The answer for a folded run; codes that differ in case or accents alone are told apart by
        the raw text.

        >>> SpelledReader(Taxonomy.of(["A+", "B-"]), "+-").answer("T-SHIRT").tags
        ()
        """
        reader = self._reader
        if reader is None:
            reader = self._reader = self._made()
        found = reader.weigh(folded.translate(self._letters))
        share = 1.0
        pieces = []
        for piece in found.pieces:
            tag = None
            if piece.tag is not None:
                tags = _most_like(self._tags[piece.tag], raw[piece.start : piece.end])
                tag = tags[0]
                share /= len(tags)
            pieces.append(piece._replace(tag=tag))
        others = [
            Alternative(tuple([self._tags[tag][0] for tag in other.tags]), other.confidence)
            for other in found.alternatives
        ]
        return Answer(tuple(pieces), found.confidence, tuple(others)).less_sure(share)

    def over(
        self,
        text: str,
        folded: str,
        offsets: Sequence[int] | None,
        stretches: list[Stretch],
        is_decided: Callable[[str], bool],
    ) -> list[Stretch]:
        """The stretches of a text, once its runs are read with their marks.

        Args:
            text: the text.
            folded: the same, folded.
            offsets: where each folded character begins in the text, and where the last one ends;
                None if folding changed no positions.
            stretches: what the text was read as by its letters alone.
            is_decided: whether a person has decided what a raw text is.
        """
        if is_plain(text) and not self.has_slashes:
            return stretches
        found: list[Stretch] = []
        places = range(len(text) + 1) if offsets is None else offsets
        at, size = 0, len(stretches)
        for first_folded, last_folded in self._runs(folded):
            start, end = places[first_folded], places[last_folded]
            while at < size and stretches[at].end <= start:
                found.append(stretches[at])
                at += 1
            first = at
            while at < size and stretches[at].end <= end:
                at += 1
            within = stretches[first:at]
            # A stretch that goes beyond the run is a form of several words, and stays.
            is_torn = bool(within) and within[0].start < start
            is_torn = is_torn or (at < size and stretches[at].start < end)
            if is_torn or any(is_decided(text[one.start : one.end]) for one in within):
                found += within
            else:
                run = folded[first_folded:last_folded]
                own = [place - start for place in places[first_folded : last_folded + 1]]
                # Parentheses hold remarks, unless they are those of a code.
                needed = "(" if _is_in_parentheses(folded, first_folded, last_folded) else ""
                found += self._read(run, text[start:end], own, start, within, needed)
        return [*found, *stretches[at:]]

    def forget(self) -> None:
        """Forget the words that were read."""
        if self._reader is not None:
            self._reader.forget()

    def _read(
        self,
        run: str,
        raw: str,
        places: Sequence[int],
        start: int,
        within: list[Stretch],
        needed: str = "",
    ) -> list[Stretch]:
        """The stretches of a run: one if it is read with its marks, else those it had.

        Args:
            run: the folded run.
            raw: the run as it is written.
            places: where each of its folded characters begins in `raw`, and where the last one
                ends.
            start: where the run begins in the text.
            within: the stretches that it was read as by its letters alone.
            needed: a mark that the codes must have, or nothing.
        """
        tags = [tag for one in within for tag in one.answer.tags]
        is_read = all(p.tag is not None for one in within for p in one.answer.pieces)
        written = _written(raw, start, within) if is_read else ""
        if written == run:
            return within
        answer = self.answer(run, raw if len(raw) == len(run) else "")
        if list(answer.tags) == tags:
            return within
        is_edited = any(piece.how in EDIT_NAMES for piece in answer.pieces)
        if is_read and is_edited and _is_as_near(run, written, within):
            return within
        if needed not in "".join(answer.tags):
            return within
        if len(answer.pieces) > 1 and any(_has_mark_for_letter(run, *p) for p in answer.pieces):
            return within
        pieces = [Piece(places[a], places[b], tag, how) for a, b, tag, how in answer.pieces]
        # A character that stands for several letters cannot be cut.
        if any(tag is None or first == last for first, last, tag, _ in pieces):
            return within
        return [Stretch(start, start + len(raw), answer._replace(pieces=tuple(pieces)))]

    def _runs(self, folded: str) -> Iterator[tuple[int, int]]:
        """Where the runs of a folded text begin and end."""
        start, marks = -1, self._marks
        for at, character in enumerate(f"{folded} "):
            if is_word(character) or character in marks:
                start = at if start < 0 else start
            elif start >= 0:
                run = folded[start:at]
                if not marks.isdisjoint(run) and any(map(is_word, run)):
                    yield start, at
                start = -1

    def _made(self) -> Reader:
        """Make the reader of the vocabulary in which marks are letters."""
        taxonomy = self._taxonomy
        # Assigned as a whole at the end, so that no thread finds it half made.
        tags: dict[str, list[str]] = {}
        codes = []
        for code in taxonomy:
            spelled = self._spelled(code.tag)
            if not _is_run(spelled):
                continue
            alike = tags.setdefault(spelled, [])
            alike.append(code.tag)
            if len(alike) == 1:
                anchor = code.anchor or is_long(spelled)
                codes.append(
                    attrs.evolve(
                        code, tag=spelled, name="", names={}, replaced_by="", anchor=anchor
                    )
                )
        aliases: dict[str, Alias] = {}
        for one in taxonomy.forms:
            spelled, tag = self._spelled(one.alias), self._spelled(one.tag)
            if spelled not in tags and tag in tags and _is_run(spelled):
                aliases.setdefault(spelled, Alias(spelled, tag, one.kind))
        # Words listed as no code may be spelled as a code is, which differs in accents alone.
        known = tags.keys() | aliases.keys()
        outside = {self._spelled(word): meaning for word, meaning in taxonomy.outside.items()}
        own = Taxonomy(
            tuple(codes),
            tuple(aliases.values()),
            {w: meaning for w, meaning in outside.items() if _is_run(w) and w not in known},
            costs=taxonomy.costs,
            confidence=taxonomy.confidence,
        )
        self._tags = tags
        keep = [self._spelled(word) for word in self._keep]
        words = words_of_names(names_of(taxonomy))
        return Reader(_SpelledModel(own, keep, sorted(self._letters.values()), words))

    def _spelled(self, text: str) -> str:
        return fold(text).translate(self._letters)


def _is_in_parentheses(folded: str, start: int, end: int) -> bool:
    """Whether a run holds an opening parenthesis, or stands behind one that is not closed before
    the run."""
    opened = folded.rfind("(", 0, end)
    return opened >= 0 and folded.find(")", opened, start) < 0


def _written(raw: str, at: int, within: Sequence[Stretch]) -> str:
    """What stretches are read as, the way that the vocabulary writes it, folded: codes by their
    tags, aliases as they stand in the raw text, which begins `at` some place of the whole text."""
    written = []
    for begin, _, answer in within:
        for start, end, tag, how in answer.pieces:
            is_code = tag is not None and how != "alias"
            stands = raw[begin + start - at : begin + end - at]
            written.append(fold(tag or "" if is_code else stands))
    return "".join(written)


def _is_as_near(run: str, written: str, within: Sequence[Stretch]) -> bool:
    """Whether the reading by letters alone is as good as one with an edit: several codes without an
    edit, between which marks are often lost, or one code that is one edit from the run, marks
    included."""
    pieces = [piece for one in within for piece in one.answer.pieces]
    if len(pieces) > 1:
        return not any(piece.how in EDIT_NAMES for piece in pieces)
    return distance(run, written) <= 1


def _has_mark_for_letter(run: str, start: int, end: int, tag: str | None, how: str) -> bool:
    """Whether a mark stands in a run in place of a letter of a brief code without marks: of joined
    codes it parts two, and something else is behind it (`JPEG-LS` is not `JPEG` and `XLS`).

    >>> _has_mark_for_letter("JPEG-LS", 4, 7, "XLS", "replace_first")
    True
    """
    if tag is None or not how.startswith("replace"):
        return False
    letters = len(list(filter(is_word, run[start:end])))
    return letters < end - start and letters <= BRIEF and all(map(is_word, fold(tag)))


def _most_like(tags: Sequence[str], raw: str) -> list[str]:
    """Those of some codes that are most like a raw text, by their letters, case and accents."""
    if len(tags) == 1:
        return list(tags)
    astray = [distance(tag, raw) for tag in tags]
    least = min(astray)
    return [tag for tag, edits in zip(tags, astray, strict=True) if edits == least]


def _is_run(spelled: str) -> bool:
    """Whether a spelling can stand in a run: it consists of letters, digits, and letters for
    marks."""
    return bool(spelled) and all(map(is_word, spelled))


def spelled_reader_of(taxonomy: Taxonomy, keep: Sequence[str] = ()) -> SpelledReader | None:
    """The reader for a vocabulary whose codes have marks; None if they have none, or are too many.

    >>> spelled_reader_of(Taxonomy.of(["JAZZ", "FOLK"])) is None
    True
    """
    if len(taxonomy) > _MANY:
        return None
    marks: set[str] = set()
    for code in taxonomy:
        if not code.tag.isalnum():
            folded = fold(code.tag)
            if not any(map(str.isspace, folded)):
                marks.update([one for one in folded if not is_word(one)])
    marks = {mark for mark in marks if not is_list_separator(mark)}
    return SpelledReader(taxonomy, sorted(marks)[:_MOST_MARKS], keep) if marks else None
