"""What is tried: the tables of cases, and codes, joins, edits, words, fields, any text at all."""

# ruff: noqa: RUF001 - letters of other scripts that look alike are meant

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from string import ascii_uppercase

import attrs
from hypothesis import strategies as st

from tagnorm import Normalizer, Taxonomy
from tagnorm.engine.model import Model
from tagnorm.engine.search.lattice import ANCHOR, COMPANION, START, step
from tagnorm.escaping import split_tags, unescape
from tagnorm.folding import squash

__all__ = [
    "ALIASES",
    "ANY_TEXT",
    "CODES",
    "FIELDS",
    "FOUR",
    "FOUR_LETTERS",
    "GEOGRAPHIC",
    "JOINS",
    "MIXTURES",
    "MODEL",
    "NORMALIZER",
    "SEPARATORS",
    "TAGS",
    "TAXONOMY",
    "TEXTS",
    "WORDS",
    "Case",
    "cases",
    "cost_of_join",
    "damaged",
    "one_edit_away",
]


@attrs.frozen
class Case:
    """A row of a table of cases: a text, its tags with what is kept, and its status."""

    text: str
    tags: list[str]
    status: str
    source: str
    label: str

    def __str__(self) -> str:
        return f"{self.text or 'empty'} ({self.label})"


def cases(name: str) -> list[Case]:
    """The cases of one file of `tests/cases`, by its name."""
    path = Path(__file__).with_name("cases") / f"{name}.tsv"
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line[:1] != "#"]
    assert lines[0].split("\t") == ["text", "tags", "status", "source", "label"]
    rows = [line.split("\t") for line in lines[1:] if line]
    return [
        Case(unescape(text), [] if tags == "-" else list(split_tags(tags)), *rest)
        for text, tags, *rest in rows
    ]


TAXONOMY = Taxonomy.load()
NORMALIZER = Normalizer(TAXONOMY)
MODEL = Model(TAXONOMY)

TAGS = [code.tag for code in TAXONOMY]
ALIASES = [alias.alias for alias in TAXONOMY.aliases]
# All codes of exactly four letters that can carry a segmentation: subjects, programs,
# organizations.
FOUR = [code.tag for code in TAXONOMY if code.anchor and len(code.tag) == 4 and code.tag.isalpha()]
GEOGRAPHIC = [code.tag for code in TAXONOMY.by_kind("geographic")]
SEPARATORS = (" ", ", ", ",", "; ", ";", "/", "|", " - ", "\n", "\t", "_", ". ", "\u00a0", "：")

CODES = st.sampled_from(TAGS)
FOUR_LETTERS = st.sampled_from(FOUR)
_GEOGRAPHIC = st.sampled_from(GEOGRAPHIC)
_LETTERS = st.sampled_from(ascii_uppercase)

# `st.characters()` has everything, halves of surrogate pairs too.
ANY_TEXT = st.text(st.characters(), max_size=30)

# One to twelve codes of four letters, perhaps with a geographic code behind them.
JOINS = st.tuples(
    st.lists(FOUR_LETTERS, min_size=1, max_size=12), st.lists(_GEOGRAPHIC, max_size=1)
).map(lambda parts: parts[0] + parts[1])

# Codes of any length and kind, in any order.
MIXTURES = st.lists(st.one_of(FOUR_LETTERS, CODES, _GEOGRAPHIC), min_size=2, max_size=6)


def one_edit_away(word: str, letters: str = ascii_uppercase) -> set[str]:
    """All strings that one swap, drop, addition or replacement makes of a word; never itself."""
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = {left + right[1:] for left, right in parts if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in parts if len(right) > 1}
    found |= {left + letter + right[1:] for left, right in parts if right for letter in letters}
    found |= {left + letter + right for left, right in parts for letter in letters}
    return found - {word}


@st.composite
def _edited(draw: st.DrawFn, words: st.SearchStrategy[str]) -> str:
    """A word with one swap, drop, addition or replacement."""
    word = draw(words)
    at = draw(st.integers(0, max(len(word) - 1, 0)))
    letter = draw(_LETTERS)
    left, right = word[:at], word[at:]
    made = (left + right[1:], left + right[1:2] + right[:1] + right[2:])
    return draw(st.sampled_from((*made, left + letter + right, left + letter + right[1:])))


_JOINED = st.lists(st.one_of(FOUR_LETTERS, CODES), min_size=1, max_size=3).map(
    lambda tags: squash("".join(tags))
)
# Words: a code, another name, a join, one of these with an edit, letters without a meaning.
WORDS = st.one_of(
    st.sampled_from(TAGS + ALIASES).map(squash),
    _JOINED,
    _edited(FOUR_LETTERS),
    _edited(_JOINED),
    st.text(_LETTERS, min_size=1, max_size=9),
).filter(bool)

_CASED = st.one_of(WORDS, WORDS.map(str.lower), WORDS.map(str.title), CODES)
FIELDS = st.lists(st.one_of(_CASED, st.sampled_from(SEPARATORS)), max_size=7).map("".join)

# Anything that somebody may pass: fields, junk, and fields with junk in them.
TEXTS = st.one_of(FIELDS, ANY_TEXT, st.lists(st.one_of(WORDS, ANY_TEXT), max_size=4).map("".join))


def damaged(count: int, seed: int) -> Iterator[str]:
    """So many distinct words of one to four codes run together with up to two edits, seeded."""
    draw = random.Random(seed)
    forms = [squash(tag) for tag in TAGS]
    seen: set[str] = set()

    def words() -> Iterator[str]:
        while True:
            word = "".join(
                draw.choices(FOUR if draw.random() < 0.5 else forms, k=draw.randint(1, 4))
            )
            for _ in range(draw.randint(0, 2)):
                word = draw.choice(sorted(one_edit_away(word, draw.choice(ascii_uppercase))))
            if word and word not in seen:
                seen.add(word)
                yield word

    return islice(words(), count)


def cost_of_join(model: Model, tags: list[str]) -> int:
    """What it costs to read a word as these codes, each written exactly, by the price list."""
    cost, before = model.prices["join"], START
    for tag in tags:
        entry = model.entries[squash(tag)]
        last = ANCHOR if entry.anchor else COMPANION
        cost += entry.cost + step(model, before, last)
        before = last
    return cost
