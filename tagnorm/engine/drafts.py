"""Chunks of a field on the way to their answers, and what is asked of them beside one another."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final

from tagnorm.engine.lattice import Piece
from tagnorm.engine.phrases import PREPOSITIONS
from tagnorm.engine.reader import SHORT, Answer, Reader
from tagnorm.engine.tokens import Chunk, Part

__all__ = [
    "CORRECTED",
    "SHORT",
    "Draft",
    "abbreviated",
    "answers_of",
    "decided_answer",
    "has_words",
    "how_of",
    "is_abbreviation",
    "is_before_name",
    "is_guess",
    "is_in_words",
    "is_short",
    "of_words_beside",
    "parts_of",
    "speaks",
    "torn_from",
]

# A word needs so many letters to be corrected because of what is around it.
CORRECTED: Final = 4
# Abbreviations have no more letters.
_ABBREVIATION: Final = 6


class Draft:
    """A chunk, or several, on the way to an answer."""

    __slots__ = ("chunks", "found", "is_certain", "tags", "word")

    def __init__(self, chunks: tuple[Chunk, ...]) -> None:
        self.chunks = chunks
        # What is read, by folded places: one stretch for each part that stands for itself.
        self.found: list[tuple[int, int, Answer]] = []
        # The codes among it.
        self.tags: list[str] = []
        # Whether all of it stands there as it is written in the vocabulary, or was decided.
        self.is_certain = False
        # The word that was read, if it is a single one.
        self.word = ""

    @property
    def start(self) -> int:
        """Where it begins in the folded text."""
        return self.chunks[0].start

    @property
    def end(self) -> int:
        """Where it ends there."""
        return self.chunks[-1].end

    def take(self, found: list[tuple[int, int, Answer]]) -> None:
        """Read the draft as some stretches."""
        self.found = found
        self.tags = [
            tag for _, _, answer in found for _, _, tag, _ in answer.pieces if tag is not None
        ]

    def leave_alone(self, answer: Answer | None = None) -> None:
        """Read the whole draft as no code; an answer for other letters says how sure that is."""
        size = self.end - self.start
        alone = Answer((Piece(0, size, None, "unresolved"),), 1.0)
        if answer is not None:
            alone = answer.left_alone(size)
        self.take([(self.start, self.end, alone)])

    def leave_alone_among_words(self) -> None:
        """Read the whole draft as no code, since it belongs to the words beside it."""
        ((_, _, answer),) = self.found
        alone = answer.left_alone_among_words(self.end - self.start)
        self.take([(self.start, self.end, alone)])
        self.is_certain = False


def decided_answer(tags: tuple[str, ...], size: int) -> Answer:
    """A person's answer for a stretch: the first tag covers it, further ones stand at its end."""
    if not tags:
        return Answer((Piece(0, size, None, "unresolved"),), 1.0)
    places = [(0, size)] + [(size, size)] * (len(tags) - 1)
    pieces = [Piece(a, b, tag, "decision") for (a, b), tag in zip(places, tags, strict=True)]
    return Answer(tuple(pieces), 1.0)


def parts_of(draft: Draft) -> Iterator[Part]:
    """The parts of the chunks of a draft, in order."""
    return (part for chunk in draft.chunks for part in chunk.parts)


def speaks(answers: Collection[Answer]) -> bool:
    """Whether answers are nothing but codes, and one of more than two letters stands as it is."""
    pieces = [piece for answer in answers for piece in answer.pieces]
    if any(tag is None for _, _, tag, _ in pieces):
        return False
    return any(
        how in ("canonical", "decision") and end - start > SHORT for start, end, _, how in pieces
    )


def answers_of(draft: Draft) -> list[Answer]:
    """The answers for the stretches of a draft."""
    return [answer for _, _, answer in draft.found]


def how_of(draft: Draft) -> str:
    """How a draft is read as one code that does not stand there as it is; empty if it is not."""
    if draft.is_certain or not draft.tags or len(draft.found) != 1:
        return ""
    ((_, _, answer),) = draft.found
    return answer.pieces[0].how if len(answer.pieces) == 1 else ""


def is_guess(draft: Draft) -> bool:
    """Whether it is a word in which no code of more than two letters stands as it is written, or of
    which letters are left."""
    if not draft.word or draft.is_certain:
        return False
    ((_, _, answer),) = draft.found
    return any(tag is None for _, _, tag, _ in answer.pieces) or not speaks([answer])


def is_short(draft: Draft) -> bool:
    """Whether it is a single word of two letters or one."""
    parts = list(parts_of(draft))
    return len(parts) == 1 and len(parts[0].word) <= SHORT and not parts[0].is_form


def is_abbreviation(word: str, mark: str) -> bool:
    """Whether a word that is no code, with a mark behind it, is what a longer name begins with.

    >>> is_abbreviation("N", ""), is_abbreviation("EQUAT", "."), is_abbreviation("NEW", "")
    (True, True, False)
    """
    return word.isalpha() and (
        len(word) == 1 or (mark.startswith(".") and len(word) <= _ABBREVIATION)
    )


def abbreviated(begins: Sequence[bool], is_name: Callable[[int], bool]) -> list[int]:
    """The places of names that a word before them makes names of something else: `N. CYPRUS` is not
    CYPRUS, `PORT. GUINEA` not GUINEA, and `J. JORDAN` a person.

    Args:
        begins: by place, whether it is an abbreviation.
        is_name: whether a place is the name of a code that needs company, as it is written.

    >>> abbreviated([True, False], lambda place: True)
    [1]
    """
    return [at for at in range(1, len(begins)) if begins[at - 1] and is_name(at)]


def is_before_name(
    word: str, behind: Sequence[Answer], reader: Reader, *, is_outside: bool
) -> bool:
    """Whether an everyday word stands before a name in words, or a preposition before an acronym.

    Args:
        word: a folded word.
        behind: the answers for what stands behind it.
        reader: knows everyday words.
        is_outside: whether that is known to be no code.
    """
    if word in PREPOSITIONS and is_outside and not any(answer.tags for answer in behind):
        return True
    return is_in_words(behind) and reader.is_everyday(word)


def torn_from(
    words: Sequence[str],
    open_: Sequence[bool],
    hows: Sequence[str],
    is_like_code: Callable[[str], bool],
) -> list[int]:
    """The places of corrections by a letter that is lost where something else stands, with which
    they are like a code: of a list with B90 the text `X 90` is no B90.

    Args:
        words: by place, the folded word, empty where there is no single one.
        open_: by place, whether it is no code.
        hows: by place, how the word is read as one code, empty where it is not.
        is_like_code: whether a word is made as codes of the vocabulary are.

    >>> torn_from(["X", "90"], [True, False], ["", "drop_first"], lambda word: word == "X90")
    [1]
    """
    found = []
    for at, how in enumerate(hows):
        beside = at - 1 if how == "drop_first" else at + 1 if how == "drop_last" else -1
        if not 0 <= beside < len(words) or not open_[beside]:
            continue
        left, right = words[min(at, beside)], words[max(at, beside)]
        if left[-1:].isdecimal() != right[:1].isdecimal() and is_like_code(left + right):
            found.append(at)
    return found


def has_words(open_: Sequence[bool], words: Sequence[str]) -> bool:
    """Whether a place has longer words that are no codes: then the only code there may be a part of
    a name (`JORDAN RIVER`).

    Args:
        open_: by place, whether it is no code.
        words: by place, the folded word, empty where there is no single one.

    >>> has_words([False, True], ["JORDAN", "RIVER"]), has_words([True, False], ["IN", "JORDAN"])
    (True, False)
    """
    return any(
        is_open and (not word or (len(word) > SHORT and word.isalpha()))
        for is_open, word in zip(open_, words, strict=True)
    )


def is_in_words(answers: Collection[Answer]) -> bool:
    """Whether answers are nothing but other names of codes, of more letters than acronyms have."""
    pieces = [piece for answer in answers for piece in answer.pieces]
    return all(how == "alias" and end - start >= CORRECTED for start, end, _, how in pieces)


def of_words_beside(
    open_: list[bool],
    short: Sequence[bool],
    is_guess: Callable[[int], bool],
    is_between: Callable[[int], bool],
    is_small: Callable[[int], bool],
    stands: Callable[[int], bool],
    *,
    has_company: bool,
) -> list[int]:
    """The places of what belongs to words beside it that are no codes: short codes, and corrections
    that nothing but likeness speaks for. The last comes first.

    Args:
        open_: by place, whether it is such a word; what belongs to one becomes one itself.
        short: by place, whether it is a short code that stands there as it is.
        is_guess: whether a place is such a correction.
        is_between: whether the short code of a place is an everyday word before a name in words
            (`ELECTIONS IN TURKEY`), or a preposition before an acronym (`CLASSIFIED BY DCM`); these
            speak for no code.
        is_small: whether the short code of a place is a word that joins others to sentences; two
            side by side speak for no code either (`IT IS CLEAR`).
        stands: whether the short code of a place is an abbreviation that people write in sentences,
            too (`PREL US TALIBAN`): it begins no name where some long code stands.
        has_company: whether some long code stands among them.

    >>> no = lambda place: False
    >>> of_words_beside([True, False], [False, True], no, no, no, no, has_company=True)
    []
    >>> of_words_beside([False, True], [True, False], no, no, no, no, has_company=True)
    [0]
    """
    last = len(open_) - 1
    found = [] if has_company else _small_beside(open_, short, is_small)
    for at in range(last, -1, -1):
        follows, precedes = at < last and open_[at + 1], at > 0 and open_[at - 1]
        if not (follows or precedes):
            continue
        if short[at]:
            code_follows = at < last and not open_[at + 1]
            listed = at > 0 and short[at - 1]
            belongs = (
                not listed
                and (follows or not (has_company or code_follows) or is_between(at))
                and not (has_company and stands(at))
            )
        else:
            belongs = not has_company and is_guess(at)
        if belongs:
            open_[at] = True
            found.append(at)
    return found


def _small_beside(
    open_: list[bool], short: Sequence[bool], is_small: Callable[[int], bool]
) -> list[int]:
    """The places of small words side by side, with a word that is no code before or behind them."""
    found: list[int] = []
    first = 0
    for at in range(len(open_) + 1):
        if at < len(open_) and short[at] and is_small(at):
            continue
        if at - first > 1 and (open_[first - 1 : first] + open_[at : at + 1]).count(True):
            found += range(first, at)
        first = at + 1
    for at in found:
        open_[at] = True
    return found
