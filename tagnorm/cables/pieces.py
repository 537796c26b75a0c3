"""What a TAGS field consists of: words that may be tags, persons, phrases, in their order.

The rules, in the order in which they are tried:

1. Words that a line end or a stray space tore apart are one again where that gives a code.
2. Brackets hold persons, or a group or other words, which are a phrase. Nothing in them is a tag,
   unless all of it is codes, or they were closed too late.
3. After a tag that a person's name follows (OVIP, OREP, OTRA, OEXC, OCON), words that are no tags
   are that name, with brackets or without.
4. Other words in a row, at least one of which is no name of a code, are a phrase.
5. Everything else stands alone, and is what the engine says it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import attrs

from tagnorm.cables.labels import is_caption
from tagnorm.cables.persons import (
    NAMED_TAGS,
    is_group,
    is_office,
    is_particle,
    is_party,
    persons,
    without_marks,
)
from tagnorm.cables.strand import Strand
from tagnorm.cables.words import (
    PARTING,
    FieldWord,
    cut_words,
    is_marking,
    is_phrase_word,
    name_at,
    phrases,
    sureness,
)
from tagnorm.folding import fold, fold_in_place
from tagnorm.normalizer import Normalizer
from tagnorm.resolution import Resolution

__all__ = ["NAMED_TAGS", "Kind", "Piece", "Splitter"]

Kind = Literal["tag", "person", "phrase", "unresolved"]

# Marks that are no piece of the field: of a page's head run into it, and of an empty field.
_MARK = re.compile(r"\bN/A\b|\b[A-Z]+ +\d{8} +\d{3}(?:\.\d)? +OF +\d{3}\b")
_HYPHENATED = re.compile(r"(?<![^\W_])([^\W_]+)(- *\n *)([^\W_]+)")
_GAP_IN_WORD = re.compile(r"(?<![^\W_])(?=([^\W_]+)( *\n *| )([^\W_]+)(?![^\W_]))")
_SPACES = re.compile(r"\s{2,}")
_ACRONYM = re.compile(r"(?<![A-Z0-9])(?:[A-Z]\.){2,}[A-Z]?(?![A-Z0-9])")
# Shorter ones are initials, but for those that everybody writes so.
_DOTTED = frozenset(("UN", "UK", "US", "ILO", "AID", "IMF", "FAO", "WHO"))
_LAST_STOP = re.compile(r"\) *[,;/]? *([^\W_]{2})(\.)[\s.]*\Z")
_BRACKET = re.compile(r"[()\[\]{}]")
_FIRST_WORD = re.compile(r"\W*([^\W_]+)(?: +([^\W_]+))?")
# All that stands in a field that was to stay empty; beside tags, NA is a country.
_FILLER = re.compile(r"\W*(?:N\W?A\W*)?")
_LONG_CODE = 4


@attrs.frozen
class Piece:
    """A part of the field as it was read; `resolution` is the engine's answer, if it was asked."""

    strand: Strand
    kind: Kind
    resolution: Resolution | None = None

    @property
    def tags(self) -> tuple[str, ...]:
        """The codes that stand there."""
        return self.resolution.tags if self.resolution else ()


class Splitter:
    """Cuts a field into its pieces, by one normalizer."""

    def __init__(self, normalizer: Normalizer, min_confidence: float = 0.0) -> None:
        self._normalizer = normalizer
        self._min_confidence = min_confidence
        self._known: dict[str, bool] = {}

    def is_code(self, word: str) -> bool:
        """Whether a word is a code, written in any case."""
        return fold_in_place(word) in self._normalizer.taxonomy

    def is_name(self, words: str) -> bool:
        """Whether one word or several are a code or another name for one."""
        return self._normalizer.lookup(words) is not None

    def reads(self, word: str) -> bool:
        """Whether a word looks like a tag, or like several run together."""
        if len(word) <= 3:
            return self.is_code(word)
        if word not in self._known:
            self._known[word] = sureness(self._normalizer.resolve(word)) in ("code", "alias")
        return self._known[word]

    def pieces(self, field: Strand) -> Iterator[Piece]:
        """The pieces of a field, in order."""
        if _FILLER.fullmatch(fold_in_place(field.text)):
            return
        last: tuple[str, ...] = ()
        for part, bracketed in self._parts(self._mended(field)):
            kind = self._bracket_kind(part, last) if bracketed else None
            if kind is None:
                for piece in self._read(part):
                    last = piece.tags
                    yield piece
            elif kind == "person":
                for name, is_person in persons(part):
                    yield Piece(name, "person" if is_person else "phrase")
            else:
                yield Piece(without_marks(part), kind)

    def _mended(self, field: Strand) -> Strand:
        """The field without what is no piece of it, torn words made whole, with single spaces."""
        field = field.without(match.span() for match in _MARK.finditer(fold_in_place(field.text)))
        field = field.without(
            match.span(2)
            for match in _HYPHENATED.finditer(field.text)
            if self.is_code(match[1] + match[3])
            or not (self.is_code(match[1]) or self.is_code(match[3]))
        )
        field = field.without(
            match.span(2)
            for match in _GAP_IN_WORD.finditer(field.text)
            if self._was_torn(*match.groups())
        )
        # The engine knows names of several words with one space between them.
        field = field.without((m.start() + 1, m.end()) for m in _SPACES.finditer(field.text))
        # A full stop behind the last code ends the field, and makes no abbreviation of it.
        field = field.without(
            match.span(2) for match in _LAST_STOP.finditer(field.text) if self.is_code(match[1])
        )
        field = Strand(field.text.replace("\n", " "), field.spans)
        return field.without(
            (at, at + 1)
            for match in _ACRONYM.finditer(fold_in_place(field.text))
            if self._is_acronym(match.group().replace(".", ""))
            and field.text.count("(", 0, match.start()) <= field.text.count(")", 0, match.start())
            for at in range(*match.span())
            if field.text[at] == "."
        )

    def _is_acronym(self, letters: str) -> bool:
        """Whether letters with dots behind them are a code, and not the initials of a person."""
        return self.is_code(letters) and (len(letters) >= _LONG_CODE or letters in _DOTTED)

    def _was_torn(self, before: str, gap: str, after: str) -> bool:
        """Whether two words are one code: at a line end one of them may be a code by itself."""
        if len(before + after) < 4 or not self.is_code(before + after):
            return False
        known = [self.is_name(word) for word in (before, after)]
        return not (all(known) if "\n" in gap else any(known))

    def _parts(self, field: Strand) -> Iterator[tuple[Strand, bool]]:
        """What is outside and inside brackets; one that is closed too late ends before a tag."""
        text, at, opened = field.text, 0, False
        for match in (*_BRACKET.finditer(text), None):
            end = match.start() if match else len(text)
            opens = match is None or match.group() in "([{"
            # In brackets that are closed only a long code ends the name: LI, PENG is one.
            cut = self._end_of_name(text, at, end, 2 if opens else 4) if opened else at
            yield field[at:cut], True
            yield field[cut:end], False
            opened = opens
            at = match.end() if match else end

    def _end_of_name(self, text: str, start: int, end: int, shortest: int) -> int:
        """Where after an open bracket the tags go on: at the first comma that a code follows."""
        for match in PARTING.finditer(text, start, end):
            word = _FIRST_WORD.match(text, match.end(), end)
            if not word or len(word[1]) < shortest or not self.is_code(word[1]):
                continue
            # A short code with a word behind it is a part of a name, as DA SILVA.
            if len(word[1]) >= _LONG_CODE or word[2] is None or self.is_code(word[2]):
                return match.start()
        return end

    def _bracket_kind(
        self, part: Strand, last: tuple[str, ...]
    ) -> Literal["person", "phrase"] | None:
        """What stands in brackets after tags; None if it is read like the rest of the field."""
        words = self._words(part)
        if is_marking(words) or not any(map(str.isalpha, part.text)):
            return None
        if is_party(part.text) or any(map(str.isdigit, part.text)) or self._is_outside(part.text):
            return "phrase"
        if all(word.how in ("code", "alias") for word in words):
            # As written, or the code before once more, as in IR (IRAN).
            codes = [word.folded for word in words if word.how == "code"]
            said = tuple(tag for word in words for tag in word.resolution.tags)
            if (
                len(codes) == len(words) and len(max(codes, key=len)) >= _LONG_CODE
            ) or said == last:
                return None
            torn = is_particle(words[0].folded) and part.text.rstrip().endswith("-")
            return "person" if torn else "phrase"
        told = [word for word in words if word.folded != "AND"]
        while len(told) > 1 and is_office(told[0].folded):
            told = told[1:]
        phrase = is_group([word.folded for word in told]) or any(map(is_phrase_word, told))
        return "phrase" if phrase else "person"

    def _is_outside(self, text: str) -> bool:
        """Whether a text is an acronym that the vocabulary lists as no code, so no person."""
        return fold(text).strip() in self._normalizer.taxonomy.outside

    def _words(self, part: Strand) -> list[FieldWord]:
        return list(cut_words(part, self._normalizer, self._min_confidence))

    def _read(self, part: Strand) -> Iterator[Piece]:
        """The pieces of a part that is no name as a whole."""
        words = [w for w in self._words(part) if not is_caption(w.folded) or w.how == "code"]
        if len(words) == 1 and words[0].is_plain and is_marking(words):
            return
        at, named, in_phrases = 0, False, phrases(words)
        while at < len(words):
            person = name_at(words, at) if named else 0
            taken = person or in_phrases[at]
            if taken:
                last = words[at + taken - 1]
                dot = bool(person) and last.is_initial and part.text.startswith(".", last.end)
                strand = part[words[at].start : last.end + dot]
                piece = Piece(strand, "person" if person else "phrase")
            else:
                word, taken = words[at], 1
                kind: Kind = "tag" if word.resolution.tags else "unresolved"
                piece = Piece(part[word.start : word.end], kind, word.resolution)
            yield piece
            named = bool(piece.tags) and piece.tags[-1] in NAMED_TAGS
            at += taken
