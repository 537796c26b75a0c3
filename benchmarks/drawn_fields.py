"""Fields that nobody wrote: codes, names and aliases, some with an edit, parted in every way.

They are drawn once by seed and held in a file with their answers, so that what no list of real
fields has shows in a diff too: marks, parentheses, names with an edit, odd vocabularies.
"""

# ruff: noqa: RUF001 -- letters of other scripts that look alike are meant

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from string import ascii_uppercase

import attrs

from benchmarks import small_vocabularies as small
from tagnorm import Normalizer
from tagnorm.engine.search.nbest import readings
from tagnorm.folding import fold
from tagnorm.resolution import Resolution

__all__ = ["VOCABULARIES", "Vocabulary", "drawn", "made", "rendered"]

_PARTINGS = (
    *("", "", "", " ", " ", " ", ", ", ", ", ",", "; ", ";", "/", " / ", "-", " - ", ".", ". "),
    *("&", " & ", "_", "'", "+", "#", ":", "(", ") ", " (", "\n", "\t", "  ", "|", "*", "\u00a0"),
)
_WORDS = ("REPORT", "ON", "THE", "OF", "VISIT", "SMITH, JOHN", "1974", "A", "XYZZY", "UN", "4", "B")
# So many of the cheapest readings of a word are told, with their costs.
_READINGS = 4
# Words of more letters are not read for that.
_LONGEST = 24
# How often what parts stands before a field, or behind it.
_AT_ENDS = 0.15


@attrs.frozen
class Vocabulary:
    """A vocabulary, and what its fields are made of.

    * `make` -- makes it;
    * `fields` -- how many fields are drawn;
    * `counts` -- how many forms a field has;
    * `partings` -- what stands between two of them;
    * `words` -- what stands there besides its forms;
    * `others` -- how often such a word, or another name, stands where a code may;
    * `edits` -- how often a form has an edit;
    * `letters` -- the letters and marks that edits put in, besides what parts;
    * `cases` -- how often a form is written in other letters;
    * `decimals` -- of how sure an answer is.
    """

    make: Callable[[], Normalizer]
    fields: int
    counts: Sequence[int] = (1, 1, 2, 2, 3, 3, 4, 6)
    partings: Sequence[str] = _PARTINGS
    words: Sequence[str] = _WORDS
    others: float = 0.4
    edits: float = 0.25
    letters: str = ascii_uppercase
    cases: float = 0.15
    decimals: int = 5


def _of_chains(costs: str, confidence: str = "") -> Vocabulary:
    made = small.chains(f"leftover 5 letter 1.5 unanchored 1.5 join 1 {costs}", confidence)
    return Vocabulary(made, 150, (1, 2, 3, 4, 5, 7), ("",), (), 0.2, 0.35, "ABCDX")


def _of_anything(number: int) -> Vocabulary:
    letters = f"{small.ALPHABETS[number % len(small.ALPHABETS)]}X"
    partings = ("", "", " ", ", ")
    made = small.anything(number)
    return Vocabulary(made, 24, (1, 2, 3, 4), partings, ("X",), 0.2, 0.4, letters)


_FEW, _MANY = (1, 1, 1, 1, 2, 3), (2, 3, 3, 4, 5, 6, 8, 12, 90)
_MARKS = ("", " ", ", ", ",", "-", ".", " - ", "/", "+")
_PLACES = (" ", " ", ", ", ", ", "/", "-", "; ", "", " (", ") ", "\n", ".", " & ")
_TORN = ("", "", " ", "-")
# By name.
VOCABULARIES: Mapping[str, Vocabulary] = {
    "shipped": Vocabulary(small.built_in, 500, decimals=3),
    "joined": Vocabulary(small.built_in, 200, _MANY, ("",), _WORDS, 0.05, 0.1, decimals=3),
    "decided": Vocabulary(small.decided, 100, decimals=3),
    "marked": Vocabulary(small.marked, 250),
    "brief": Vocabulary(small.brief, 250),
    "few letters": Vocabulary(small.few_letters, 250),
    "numbers": Vocabulary(small.numbers, 350, _FEW, _MARKS, _WORDS, 0.1, 0.6, "AB0129.-+"),
    "alike": Vocabulary(small.alike, 250, _FEW, _MARKS, _WORDS, 0.1, 0.4, "CEMWÉ+-'.", 0.4),
    "chains": _of_chains(""),
    "chains, cheap letters": _of_chains(
        "letter 0.7 leftover 1.2 join 0.3 unresolved 9 joined_edit 0.5", "joined_slope 0.5"
    ),
    "chains, exact first": _of_chains(
        "exact_first 1 join 3 companion_before 0.5 companion_first 0.2", "own 2 own_slope 0.3"
    ),
    "chains, doubts": _of_chains(
        "garbled 2 garbled_letter 1.5 joined_doubt 2 left_in_front 1 left_behind 3 again 1.5"
        " longer 0.8 cut 0.5 other_letter 2",
        "own_acronym 2 alone_slope 0.4",
    ),
    "archive": Vocabulary(small.archive, 300, edits=0.4, letters="PEKMRNOV"),
    "archive, joined": Vocabulary(
        small.archive, 150, (2, 3, 4, 5), ("",), _WORDS, 0.1, letters="PEKMR"
    ),
    "phrases": Vocabulary(small.phrases, 300, (1, 1, 2, 2, 3, 4), _PLACES, edits=0.3),
    "phrases, joined": Vocabulary(small.phrases, 200, (2, 2, 3), _TORN, (), 0.2, 0.4, "AEORK"),
    "phrases, torn": Vocabulary(small.phrases, 150, (1, 2, 3), _TORN, (), 0.2, 0.8, " -.&"),
    "phrases, decided": Vocabulary(small.phrases_decided, 150, (1, 2, 3, 4), _PLACES),
    "scripts": Vocabulary(small.scripts, 150, letters="АСΣ東京ßÉİI", cases=0.3),
    "hanzi": Vocabulary(small.hanzi, 60, (1, 1, 2, 3), ("", ", ", " "), (), letters="東京一"),
    "long": Vocabulary(small.long, 150, (1, 1, 2, 3, 4, 5), ("", "", " ", ", "), ("X", "ING", "S")),
    "large": Vocabulary(small.large, 60, (1, 1, 2, 3), ("", "", " "), ("Q", "IEL"), 0.1, 0.4),
    **{f"any {number}": _of_anything(number) for number in range(36)},
}


@cache
def made(vocabulary: str) -> Normalizer:
    """The normalizer of a vocabulary; kept."""
    return VOCABULARIES[vocabulary].make()


def drawn(vocabulary: str, seed: int) -> Iterator[str]:
    """Fields of the forms of a vocabulary, of words, and of what parts them."""
    draw = random.Random(f"{seed}/{vocabulary}")
    of, taxonomy = VOCABULARIES[vocabulary], made(vocabulary).taxonomy
    codes = [code.tag for code in taxonomy]
    others = [alias.alias for alias in taxonomy.aliases], of.words
    kinds = [kind for kind in others if kind]
    for _ in range(of.fields):
        field = ""
        for at in range(draw.choice(of.counts)):
            is_other = kinds and draw.random() < of.others
            form = draw.choice(draw.choice(kinds) if is_other else codes)
            for chance in (of.edits, of.edits / 4):
                if form and draw.random() < chance:
                    form = _edited(form, draw, (*of.letters, *of.partings))
            if draw.random() < of.cases:
                form = draw.choice((str.lower, str.title))(form)
            field += (draw.choice(of.partings) if at else "") + form
        if draw.random() < _AT_ENDS:
            field = draw.choice(
                (f"{draw.choice(of.partings)}{field}", f"{field}{draw.choice(of.partings)}")
            )
        yield field


def _edited(form: str, draw: random.Random, letters: Sequence[str]) -> str:
    at, letter = draw.randrange(len(form)), draw.choice(letters)
    head, tail = form[:at], form[at + 1 :]
    here = form[at]
    swapped = head + tail[:1] + here + tail[1:]
    return draw.choice((head + tail, head + letter + tail, head + letter + here + tail, swapped))


def rendered(vocabulary: str, field: str) -> str:
    """The answer to a field word by word: pieces, how sure, and other readings; of a single word of
    a small vocabulary also what the cheapest readings cost.

    >>> rendered("marked", "C++ RIGTHS OF WAY")
    'C++ = C++ canonical 0.99800 | RIGTHS OF WAY = RIGHTS OF WAY swap 0.99600 [? 0.00400]'
    """
    decimals = VOCABULARIES[vocabulary].decimals
    told = " | ".join(_words(made(vocabulary).resolve(field), decimals))
    word = fold(field)
    if decimals > 3 and word.isalnum() and len(word) <= _LONGEST:
        told += f" || {' '.join(_costs(vocabulary, word))}"
    return told


def _words(answer: Resolution, decimals: int) -> Iterator[str]:
    for word in answer.words:
        pieces = [
            f"{segment.raw} = {segment.code or '?'} {segment.how}"
            for segment in word.segments
            if segment.how != "separator"
        ]
        others = [
            f"[{' '.join(other.tags) or '?'} {other.confidence:.{decimals}f}]"
            for other in word.alternatives
        ]
        yield " ".join((" + ".join(pieces), f"{word.confidence:.{decimals}f}", *others))


def _costs(vocabulary: str, word: str) -> Iterator[str]:
    """What the cheapest readings of a word cost, and what their pieces are."""
    model = made(vocabulary).fields.reader._model
    for reading in readings(model, word, _READINGS):
        pieces = [
            f"{piece.tag or '?'}{'' if piece.how == 'canonical' else '~'}{piece.end}"
            for piece in reading.pieces
        ]
        yield f"{reading.cost}:{'+'.join(pieces)}"
