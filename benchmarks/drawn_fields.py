"""Fields that nobody wrote: codes, names and aliases, some with an edit, parted in every way.

They are drawn once by seed and held in a file with their answers, so that what no list of real
fields has shows in a diff too: marks, parentheses, names with an edit, odd vocabularies.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from functools import cache
from string import ascii_uppercase

from tagnorm import Alias, Code, Decision, Decisions, Normalizer, Taxonomy
from tagnorm.resolution import Resolution

__all__ = ["NORMALIZERS", "drawn", "rendered"]

_PARTINGS = (
    *("", "", "", " ", " ", " ", ", ", ", ", ",", "; ", ";", "/", " / ", "-", " - ", ".", ". "),
    *("&", " & ", "_", "'", "+", "#", ":", "(", ") ", " (", "\n", "\t", "  ", "|", "*", "\u00a0"),
)
_WORDS = ("REPORT", "ON", "THE", "OF", "VISIT", "SMITH, JOHN", "1974", "A", "XYZZY", "UN", "4", "B")


def _shipped() -> Normalizer:
    return Normalizer()


def _marked() -> Normalizer:
    """Forms of several words, with marks, beside plain ones."""
    names = ("C++", "C#", ".NET", "A/B TEST", "UNGA/C-6", "OBJECTIVE-C", "R&D", "NODE.JS", "(S)-X")
    plain = ("ALPHA", "BETA", "GAMMA", "DELTA", "HUMAN RIGHTS", "RIGHTS OF WAY", "AL AIN", "WAY")
    codes = [Code(name, anchor=len(name) > 3) for name in (*names, *plain)]
    aliases = [Alias("C PLUS PLUS", "C++"), Alias("AYN, AL", "AL AIN"), Alias("Δ", "DELTA")]
    return Normalizer(Taxonomy(tuple(codes), tuple(aliases), {"WHO": "", "U.N.": ""}))


def _few_letters() -> Normalizer:
    """Forms of three letters of the alphabet, so that nearly everything is near something."""
    tags = ("A", "AB", "ABC", "ABCA", "BACB", "CCCC", "ABBA", "CABBAC", "BBBBB", "CAB", "ACCBAB")
    codes = [Code(tag, frequency=1 + 7 * at, position=1 + at % 3) for at, tag in enumerate(tags)]
    return Normalizer(Taxonomy(tuple(codes), (Alias("BB", "ABBA"), Alias("BCAAC", "AB"))))


def _brief() -> Normalizer:
    """Codes of one and two letters, and of digits with marks that tell them apart."""
    elements = ("H", "He", "Li", "Be", "B", "C", "N", "O", "F", "Ne", "Na", "Mg", "Xe", "Pu", "0+")
    numbers = ("75.22", "56.22", "7.522", "A01.0", "A010", "1-2", "12", "0", "O-", "AB+", "AB-")
    codes = [Code(tag, frequency=at) for at, tag in enumerate((*elements, *numbers), start=1)]
    return Normalizer(Taxonomy(tuple(codes), (Alias("HELIUM", "He"), Alias("K+", "Na"))))


def _decided() -> Normalizer:
    """The shipped vocabulary with words that were decided, or are to be kept."""
    decisions = (
        *(
            Decision("REPORT", ["PREL"]),
            Decision("visit of", []),
            Decision("XYZZY", ["PGOV", "US"]),
        ),
        *(Decision("PREL PGOV", ["PREL"]), Decision("SMITH, JOHN", ["PINR"]), Decision("4", [])),
    )
    return Normalizer(decisions=Decisions(decisions), keep=["KDEM", "the", "US", "B"])


NORMALIZERS = {
    "shipped": _shipped,
    "joined": _shipped,
    "decided": _decided,
    "marked": _marked,
    "brief": _brief,
    "few letters": _few_letters,
}


@cache
def _normalizer(vocabulary: str) -> Normalizer:
    return NORMALIZERS[vocabulary]()


def drawn(vocabulary: str, number: int, seed: int) -> Iterator[str]:
    """So many fields of the forms of a vocabulary, of words, and of what parts them.

    What is `joined` has nothing between its forms, and more of them.
    """
    draw = random.Random(f"{seed}/{vocabulary}")
    taxonomy = _normalizer(vocabulary).taxonomy
    codes = [code.tag for code in taxonomy]
    aliases = [alias.alias for alias in taxonomy.aliases]
    is_joined = vocabulary == "joined"
    partings = ("",) if is_joined else _PARTINGS
    counts = (2, 3, 3, 4, 5, 6, 8, 12, 90) if is_joined else (1, 1, 2, 2, 3, 3, 4, 6)
    kinds: Sequence[Sequence[str]] = (codes, codes, codes, aliases, _WORDS)
    for _ in range(number):
        field = ""
        for at in range(draw.choice(counts)):
            form = draw.choice(codes if is_joined and at % 8 else draw.choice(kinds))
            if draw.random() < (0.1 if is_joined else 0.25):
                form = _edited(form, draw)
            if draw.random() < 0.15:
                form = draw.choice((str.lower, str.title))(form)
            field += (draw.choice(partings) if at else "") + form
        yield field


def _edited(form: str, draw: random.Random) -> str:
    at, letter = draw.randrange(len(form)), draw.choice(ascii_uppercase)
    head, tail = form[:at], form[at + 1 :]
    here = form[at]
    swapped = head + tail[:1] + here + tail[1:]
    return draw.choice((head + tail, head + letter + tail, head + letter + here + tail, swapped))


def rendered(vocabulary: str, field: str) -> str:
    """The answer to a field word by word: pieces, how sure, and other readings.

    >>> rendered("marked", "C++ RIGTHS OF WAY")
    'C++ = C++ canonical 0.998 | RIGTHS OF WAY = RIGHTS OF WAY swap 0.996 [? 0.004]'
    """
    return " | ".join(_rendered(_normalizer(vocabulary).resolve(field)))


def _rendered(answer: Resolution) -> Iterator[str]:
    for word in answer.words:
        pieces = [
            f"{segment.raw} = {segment.code or '?'} {segment.how}"
            for segment in word.segments
            if segment.how != "separator"
        ]
        others = [
            f"[{' '.join(other.tags) or '?'} {other.confidence:.3f}]" for other in word.alternatives
        ]
        yield " ".join((" + ".join(pieces), f"{word.confidence:.3f}", *others))
