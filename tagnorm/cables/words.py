"""The words of a TAGS field as the engine cuts them, and which of them make a name or a phrase."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

from tagnorm import resolution
from tagnorm.cables.labels import is_caption
from tagnorm.cables.persons import is_group, is_particle
from tagnorm.cables.strand import Strand
from tagnorm.engine.costs import known_words
from tagnorm.folding import fold_in_place
from tagnorm.normalizer import Normalizer
from tagnorm.resolution import Resolution

__all__ = [
    "PARTING",
    "FieldWord",
    "cut_words",
    "is_marking",
    "is_phrase_word",
    "name_at",
    "phrases",
    "sureness",
]

# What always parts two tags; slashes, hyphens and the like may also stand inside a code.
PARTING = re.compile(r"[,;|:<>*\"]+")

# From here on a word with one edit is as good as a code; below, its neighbours have a say.
_SURE = 0.8
# A code of so many letters does not stand in a name by chance.
_NO_CHANCE = 4
_WORDLIKE = re.compile(r"[AEIOUY]")
_LONG_WORD = 5
_SHORTEST_NAME = 3
_CODELIKE = re.compile(r"K[A-Z]{3}|.*\d.*")
_PHRASE_GAP = re.compile(r" +| *& *|-|\. ")
_WORD = re.compile(r"[^\W_]+")
_MARKING = re.compile(r"U|C|S|TS|SBU|LOU|FOUO|SNF|CNF")
# Words of the language that may also be codes of two letters: codes, except in the midst of words.
_SMALL_WORD = re.compile(r"AS|AT|BY|IN|OF|ON|OR|TO")
_JOINT = re.compile(rf"{_SMALL_WORD.pattern}|AND|FOR|FROM|THE|WITH")
# Words of phrases that are no names of persons, whatever tag stands before them.
_PHRASE_WORD = re.compile(
    r"ABROAD|ADVANCE|AFFAIRS|AGENDA|AND|CLEARANCES?|COMMITTEE|CONFERENCES?|CONGRESSIONAL|COUNTRY|"
    r"DEFENSE|DELEGATIONS?|DOMESTIC|ECONOMIC|ELECTIONS?|EXCHANGES?|EXTERNAL|FINANCE|FOREIGN|FROM|"
    r"GLOBAL|GOVERNMENT|HUMAN|INTERNAL|INTERNATIONAL|MEDIA|MEETINGS?|MILITARY|MINISTER|MINISTERIAL|"
    r"NATIONAL|NUCLEAR|OFFICIAL|PLANNING|POLICY|POLITICAL|POLITICS|PRESIDENT|PROGRAMS?|REACTION|"
    r"RELATIONS|REPORTS?|REQUESTS?|RIGHTS|SCHEDULE|SECRETARY|SECURITY|SUMMIT|THE|THEATER|TRADE|"
    r"TRAVEL|TRIPS?|VISITORS?|VISITS?|WITH"
)


@attrs.frozen
class FieldWord:
    """A word, or a name of several words, and its place in the part of the field it stands in.

    `run` counts the commas before it, `gap` is what parts it from the word before in its run;
    `how` says how sure it is that a code stands there: see `sureness`.
    """

    start: int
    end: int
    folded: str
    run: int
    gap: str
    resolution: Resolution
    how: str

    @property
    def is_plain(self) -> bool:
        """Whether no code stands there, or only one that was guessed."""
        return self.how in ("plain", "guess")

    @property
    def is_initial(self) -> bool:
        """Whether it is a single letter."""
        return len(self.folded) == 1 and self.folded.isalpha()

    @property
    def is_wordlike(self) -> bool:
        """Whether the letters are those of a language, not of a code nobody knows."""
        return bool(_WORDLIKE.search(self.folded)) and not _CODELIKE.fullmatch(self.folded)

    @property
    def may_be_named(self) -> bool:
        """Whether a person may be called so."""
        return self.is_plain and (self.is_wordlike or self.is_initial)

    @property
    def is_lexical(self) -> bool:
        """Whether it is a word of a language rather than an acronym that nobody listed."""
        return self.is_wordlike and (len(self.folded) >= _LONG_WORD or self.folded in known_words())


def cut_words(part: Strand, normalizer: Normalizer, min_confidence: float) -> Iterator[FieldWord]:
    """The words of a part of the field as the engine reads it, tags being evidence for those beside
    them; what stays unresolved falls into words at its spaces."""
    text = part.text
    run = before = 0
    for found in normalizer.resolve(text, min_confidence=min_confidence).words:
        for start, end, answer in _answers(found, normalizer):
            gap = text[before:start]
            run += len(PARTING.findall(gap))
            folded = fold_in_place(text[start:end])
            yield FieldWord(start, end, folded, run, gap, answer, sureness(answer))
            before = end


def _answers(
    word: resolution.Word, normalizer: Normalizer
) -> Iterator[tuple[int, int, Resolution]]:
    """The words of a stretch that was read by itself, each as an answer of its own.

    In what stays unresolved a code that is long enough to be no chance stands for itself.
    """
    if word.tags:
        yield word.start, word.end, word.as_resolution()
        return
    for first, last in _glued(word.raw, normalizer):
        raw = word.raw[first:last]
        start, end = word.start + first, word.start + last
        if raw == word.raw:
            yield start, end, word.as_resolution()
        elif len(raw) >= _NO_CHANCE and fold_in_place(raw) in normalizer.taxonomy:
            yield start, end, normalizer.resolve(raw)
        else:
            whole = (resolution.Piece(0, len(raw), None, "unresolved"),)
            alone = resolution.Word(raw, 0, len(raw), whole, word.confidence)
            yield start, end, alone.as_resolution()


def _glued(text: str, normalizer: Normalizer) -> list[tuple[int, int]]:
    """The places of the words of a text; those that a hyphen or an apostrophe joins are one.

    Codes stay apart: two of them, or one that is long enough to be no chance (`PREL-PELOSI`).
    """
    glued: list[tuple[int, int]] = []
    # The last word of all, where it may be a code: several that are one word are none, since the
    # engine would have read them as that.
    before = ""
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = fold_in_place(match.group())
        if glued and text[glued[-1][1] : start] in ("-", "'", "\u2019"):
            codes = [side for side in (before, word) if side in normalizer.taxonomy]
            if len(codes) < 2 and not any(len(code) >= _NO_CHANCE for code in codes):
                glued[-1], before = (glued[-1][0], end), ""
                continue
        glued.append((start, end))
        before = word
    return glued


def sureness(answer: Resolution) -> str:
    """How sure it is that a word is a tag.

    * `code` -- as the vocabulary writes it, or sure enough;
    * `alias` -- another name for a code, which may also be part of a phrase;
    * `guess` -- an edit, or short codes that happen to spell it;
    * `plain` -- no code.
    """
    found = [segment for segment in answer.segments if segment.how != "separator"]
    if not answer.tags:
        return "plain"
    if len(found) == 1 and found[0].how == "alias":
        return "alias"
    exact = [s.code or "" for s in found if s.how in ("canonical", "decision")]
    if any(len(code) >= 4 for code in exact) or (len(found) == 1 and exact):
        return "code"
    return "code" if len(found) == 1 and answer.confidence >= _SURE else "guess"


def is_marking(words: Sequence[FieldWord]) -> bool:
    """Whether words are only marks of classification, which say nothing in a field of tags."""
    return all(_MARKING.fullmatch(word.folded) or is_caption(word.folded) for word in words)


def is_phrase_word(word: FieldWord) -> bool:
    """Whether a word belongs to phrases such as `COUNTRY CLEARANCE` and to no person."""
    return _PHRASE_WORD.fullmatch(word.folded) is not None


def name_at(words: Sequence[FieldWord], at: int) -> int:
    """How many words from a place on are a person's name, after a tag that one follows."""
    end = _name_end(words, at)
    surname = end == at + 1 or (end > at and is_particle(words[at].folded))
    if surname and end < len(words) and words[end].run == words[at].run + 1:
        # SURNAME, GIVEN: the one comma that parts no tags.
        given = _name_end(words, end)
        whole = given == len(words) or words[given].run != words[end].run
        if whole and given - end <= 3:
            end = given
    # Two letters alone are no surname, but a code that was misspelled.
    return 0 if end == at + 1 and len(words[at].folded) == _SHORTEST_NAME - 1 else end - at


def _name_end(words: Sequence[FieldWord], at: int) -> int:
    """Where the words end that may be names, within one run; where they begin if it is a phrase."""
    end = at
    while (
        end < len(words)
        and words[end].run == words[at].run
        and (words[end].may_be_named or _begins_name(words, end))
        and (end == at or "/" not in words[end].gap)
    ):
        end += 1
    named = words[at:end]
    grouped = is_group([word.folded for word in named])
    return at if grouped or any(map(is_phrase_word, named)) else end


def _begins_name(words: Sequence[FieldWord], at: int) -> bool:
    """Whether a short code is the first part of a name, as in DA SILVA and LI PENG."""
    word = words[at]
    short = len(word.folded) < _SHORTEST_NAME or is_particle(word.folded)
    if not short or at + 1 == len(words):
        return False
    after = words[at + 1]
    return after.run == word.run and after.may_be_named and not after.is_initial


def phrases(words: Sequence[FieldWord]) -> list[int]:
    """For each word, how many words from there on are a phrase that names no code; 0 if none begins
    there."""
    found = [0] * len(words)
    joined = [_may_join(words, at) for at in range(len(words))]
    # Where the words end that may be a phrase with the one behind, and whether one of them is of a
    # language: without that they are acronyms, each by itself.
    end, are_of_language = len(words), False
    for at in reversed(range(len(words))):
        behind = at + 1
        if not (
            behind < len(words) and joined[behind] and _hangs_together(words[at], words[behind])
        ):
            end, are_of_language = behind, False
        if joined[at]:
            are_of_language |= words[at].how == "plain" and words[at].is_lexical
            # Two names of codes side by side are a list that has begun already, not a phrase.
            is_list = all(word.how == "alias" for word in words[at : at + 2])
            if are_of_language and end - at >= 2 and not is_list:
                found[at] = end - at
    return found


def _hangs_together(first: FieldWord, word: FieldWord) -> bool:
    return word.run == first.run and _PHRASE_GAP.fullmatch(word.gap) is not None


def _is_led(words: Sequence[FieldWord], at: int) -> bool:
    """Whether a word of language and one that joins it stand before, as in ELECTIONS IN TURKEY."""
    if at < 2 or words[at - 2].run != words[at].run:
        return False
    first, joint = words[at - 2 : at]
    return first.is_plain and first.is_lexical and bool(_JOINT.fullmatch(joint.folded))


def _may_join(words: Sequence[FieldWord], at: int) -> bool:
    """Whether a word may be part of a phrase: no code, or one in the midst of words.

    A code keeps its place beside codes and acronyms (`SU ECONOMICS JEM`); among words of a language
    it is one of them (`ELECTIONS IN TURKEY`, `IRAQI FREEDOM`).
    """
    word = words[at]
    before = words[at - 1] if at and words[at - 1].run == word.run else None
    after = words[at + 1] if at + 1 < len(words) and words[at + 1].run == word.run else None
    if word.how == "alias":
        if " " in word.folded or not word.is_lexical:
            return False
        return _is_led(words, at) or any(
            w is not None and w.is_plain and w.is_lexical for w in (before, after)
        )
    if word.how != "code":
        return word.is_wordlike
    if not _SMALL_WORD.fullmatch(word.folded) or before is None or after is None:
        return False
    return before.how != "code" and after.how != "code" and before.is_lexical and after.is_lexical
