"""What a word by itself is read as, and what its field must know of it: a bit for each."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = [
    "BEGINS",
    "CERTAIN",
    "CONTINUES",
    "CROSSES",
    "ENDS",
    "HOLDS_LONG",
    "INFERRED",
    "JOINS",
    "LEFT_ALONE",
    "LESS_SURE",
    "LETTER",
    "LONG_CODE",
    "MAKES_WHOLE",
    "MAY_BELONG",
    "MAY_BE_CODE",
    "MAY_BE_RETIRED",
    "NAMES",
    "OF_FORMS",
    "OPENS",
    "PAIRED",
    "RETIRED",
    "TIED",
    "UNRESOLVED",
    "WRITTEN",
    "Word",
]

# The bits of `Word.kinds`: what a field must know of each of its words.
# Something of the word is unresolved.
UNRESOLVED: Final = 1
# All of it is exactly what the vocabulary writes, or was decided.
CERTAIN: Final = 2
# It is read as one code with an edit.
INFERRED: Final = 4
# It is certain, and holds a long code that no word beside it may belong to: no everyday word.
LONG_CODE: Final = 8
# It holds a retired code.
RETIRED: Final = 16
# It is no code by itself, but may be one if all else in the field is codes.
MAY_BE_CODE: Final = 32
# The same where one of those is retired.
MAY_BE_RETIRED: Final = 64
# It is the first word of a form that is more than a plain word, or of a phrase like `NEW GUINEA`.
OPENS: Final = 128
# It stands behind the first word of one.
CONTINUES: Final = 256
# It is a word of a form of several words.
OF_FORMS: Final = 512
# It may be a word of a form that stands across several places of a field.
CROSSES: Final = 1024
# Its field is read as a whole: it is the only word of a form that begins or ends with a list
# separator or the like, or a title or negation, behind which codes are less sure.
MAKES_WHOLE: Final = 2048
# No part of it is a code.
LEFT_ALONE: Final = 4096
# It may belong to a word beside it that is no code, even where a long code stands in the field.
MAY_BELONG: Final = 8192
# It is a name in words, perhaps with an edit.
NAMES: Final = 16384
# It is a preposition, which joins such a name to what is behind it.
JOINS: Final = 32768
# It is a short code with which a name may begin.
BEGINS: Final = 65536
# It is read as a code with an edit, and may be the rest of such a name.
ENDS: Final = 131072
# It is no code, and less sure to be none if all else in the field is codes.
LESS_SURE: Final = 262144
# It is certain, and nothing but codes as they are written.
WRITTEN: Final = 524288
# The same, and one of these has more than two letters.
HOLDS_LONG: Final = 1048576
# It is a single letter or digit.
LETTER: Final = 2097152

# What matters only behind certain words: `CONTINUES` behind one that `OPENS`, `JOINS` behind one
# that `NAMES`, `ENDS` behind one that `BEGINS`. The bit of the former is that of the latter,
# shifted by one.
PAIRED: Final = CONTINUES | JOINS | ENDS
# Those of them that make the two more than their words wherever they stand side by side.
TIED: Final = JOINS | ENDS


class Word(NamedTuple):
    """What a word by itself is read as, and what its field must know of it.

    * `pieces` -- its codes in order, each with its raw text; None for what is unresolved;
    * `tags` -- its codes in order, with what is unresolved as it is written;
    * `codes` -- its codes alone;
    * `context` -- its codes if it is certain: they are context for the other words of its field;
    * `kinds` -- what it is, as bits: `CERTAIN`, `OPENS` and the others.
    """

    pieces: tuple[tuple[str | None, str], ...]
    tags: tuple[str, ...]
    codes: tuple[str, ...]
    context: tuple[str, ...] = ()
    kinds: int = CERTAIN

    @classmethod
    def of(
        cls, pieces: tuple[tuple[str | None, str], ...], codes: tuple[str, ...], kinds: int
    ) -> Word:
        """A word of some pieces, the codes among these, and its kinds but for `UNRESOLVED`, which
        is added where it applies."""
        context = codes if kinds & CERTAIN else ()
        if len(codes) == len(pieces):
            return cls(pieces, codes, codes, context, kinds)
        tags = tuple([tag or raw for tag, raw in pieces])
        return cls(pieces, tags, codes, context, kinds | UNRESOLVED)

    def is_(self, kinds: int) -> bool:
        """Whether it is of one of some kinds at least."""
        return self.kinds & kinds != 0
