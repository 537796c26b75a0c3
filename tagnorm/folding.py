"""Folding: the form in which two spellings of a name are the same, and the way back to the text.

* what Unicode calls compatible is one: full-width letters, ligatures, superscripts (NFKC);
* case and accents carry no meaning, nor does the kind of dash or apostrophe;
* letters with a stroke and those made of two are what people without them write (`Ł` is `L`, `Œ`
  is `OE`); the Persian forms of two Arabic letters are those;
* the points of Hebrew and Arabic, which hardly anybody writes, and the line that stretches an
  Arabic word carry no meaning;
* marks that are letters of their script (vowel signs of the Indic scripts) stay;
* of a sign that stands for letters and marks the letters count (`⑴` is `1`);
* what shows nothing goes: soft hyphens, joiners, direction marks, byte order marks;
* of a letter that was decoded as two characters (`Ã¶` for `ö`) the letter counts.

One character of the text may become several, or none, so `fold_with_offsets` says where each
comes from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import Final

__all__ = [
    "MARK_LETTERS",
    "WORDS_APART",
    "fold",
    "fold_case",
    "fold_in_place",
    "fold_spaced",
    "fold_with_offsets",
    "is_word",
    "plain_words",
    "squash",
    "squashed",
]

# The letters that stand for marks where these are read as letters: the syllables of Yi, which
# folding leaves as they are.
MARK_LETTERS: Final = range(0xA000, 0xA48D)
# Marks of this combining class and above stand over, under or through a letter: accents.
_ACCENTS: Final = 200
_OVERLAYS: Final = 1
# Those of the classes from here to there are the points of Hebrew, Arabic and Syriac.
_POINTS: Final = range(10, 37)
_STRETCH: Final = "\u0640"
_ALIKE: Final = str.maketrans(
    {
        **dict.fromkeys("`\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02be\u02bf\u2032", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        "\u06cc": "\u064a",
        "\u06a9": "\u0643",
    }
)
# Accents that stand by themselves, which Unicode takes for a space with an accent: people write one
# for an apostrophe.
_LONE_ACCENTS: Final = frozenset("\u00b4\u0384\u1fbd\u1fbf\u1ffd\u1ffe")
# Letters that Unicode takes for whole ones, and what stands for them where a keyboard has none.
_LETTERS: Final = str.maketrans(
    {
        "Æ": "AE",
        "Œ": "OE",
        "Ø": "O",
        "Ł": "L",
        "Đ": "D",
        "Ð": "D",
        "Þ": "TH",
        "Ħ": "H",
        "Ŧ": "T",
        "ẞ": "SS",
    }
)
# What UTF-8 writes as two bytes was decoded as Latin-1 or Windows-1252: the first, and the second.
_FIRST: Final = {"Â": 0xC2, "â": 0xC2, "Ã": 0xC3, "ã": 0xC3}
_SECOND: Final = {
    **{chr(byte): byte for byte in range(0x80, 0xC0)},
    **dict(zip(bytes(range(0x80, 0xA0)).decode("cp1252", "replace"), range(0x80, 0xA0))),  # noqa: B905
}
# These may stand behind a letter.
for _mark in "«»\ufffd":
    _SECOND.pop(_mark, None)
# What stands for a character that was lost, written as three bytes, decoded in the same way.
_LOST: Final = "\u00ef\u00bf\u00bd"
_NOT_WORD = re.compile(r"[\W_]+")
# Bytes of ASCII with a space for all that is neither letter nor digit.
WORDS_APART: Final = bytes(
    [byte if byte < 128 and chr(byte).isalnum() else 32 for byte in range(256)]
)
# The bytes that squashing takes out of ASCII, but for the one that parts texts.
_PART: Final = "\n"
_NO_WORD: Final = bytes(
    [byte for byte in range(128) if not chr(byte).isalnum() and chr(byte) != _PART]
)


def fold(text: str) -> str:
    """Text without case, accents and compatibility forms.

    >>> fold("prel, Côte"), fold("ﬁsh"), fold("straße")
    ('PREL, COTE', 'FISH', 'STRASSE')
    >>> fold("SÃ£o TomÃ©"), fold("Łódź"), fold("cœur")
    ('SAO TOME', 'LODZ', 'COEUR')
    >>> fold("Co\u0302te") == fold("Côte"), fold("PR\u00adEL"), fold("l\u2019Aquila")
    (True, 'PREL', "L'AQUILA")
    """
    if text.isascii():
        return text.upper()
    return "".join([folded for _, folded in _clusters(text)])


def fold_with_offsets(text: str) -> tuple[str, list[int] | None]:
    """Folded text, and where each of its characters begins in the text, with the text's end.

    There are no offsets where one character became one.

    >>> fold_with_offsets("prel")
    ('PREL', None)
    >>> fold_with_offsets("ﬁsh")
    ('FISH', [0, 0, 1, 2, 3])
    """
    if text.isascii():
        return text.upper(), None
    parts: list[str] = []
    offsets: list[int] = []
    for start, folded in _clusters(text):
        parts.append(folded)
        offsets += [start] * len(folded)
    offsets.append(len(text))
    whole = "".join(parts)
    return whole, None if offsets == list(range(len(text) + 1)) else offsets


def fold_in_place(text: str) -> str:
    """Folded text, one character for one: for those who look for a mark in it and cut the text.

    What would become several characters, or none, stands as it is.

    >>> fold_in_place("Tags: Côte"), len(fold_in_place("straße")) == len("straße")
    ('TAGS: COTE', True)
    """
    if text.isascii():
        return text.upper()
    return "".join(
        [folded if len(folded) == 1 else one for one, folded in zip(text, map(_fold, text))]  # noqa: B905
    )


def fold_spaced(text: str) -> str:
    """Folded text with single spaces, and none around it.

    >>> fold_spaced(" Côte  d\u2019Ivoire ")
    "COTE D'IVOIRE"
    """
    return " ".join(fold(text).split())


def fold_case(text: str) -> str:
    """Text without case and compatibility forms, but with its accents, and with single spaces.

    >>> fold_case("Côte  d\u2019Ivoire"), fold_case("CO\u0302TE")
    ("côte d'ivoire", 'côte')
    """
    if text.isascii():
        return " ".join(text.lower().split())
    alike = unicodedata.normalize("NFKC", text).translate(_ALIKE)
    return " ".join(alike.casefold().split())


def squash(text: str) -> str:
    """Folded text without anything but letters and digits: two names that differ in less are one.

    >>> squash("Côte d'Ivoire"), squash("UNGA/C-6")
    ('COTEDIVOIRE', 'UNGAC6')
    """
    folded = fold(text)
    if folded.isalnum():
        return folded
    if folded.isascii():
        return _NOT_WORD.sub("", folded)
    return "".join(filter(is_word, folded))


def squashed(texts: Iterable[str]) -> list[str]:
    """`squash` of each of many texts, for a fraction of the time.

    >>> squashed(["Unga/C-6", "Côte d'Ivoire", ""])
    ['UNGAC6', 'COTEDIVOIRE', '']
    """
    texts = list(texts)
    whole = _PART.join(texts)
    if whole.isascii():
        found = whole.upper().encode().translate(None, _NO_WORD).decode().split(_PART)
        if len(found) == len(texts):
            return found
    plain = [text for text in texts if text.isascii() and _PART not in text]
    if 2 * len(plain) < len(texts) or len(plain) == len(texts):
        return [squash(text) for text in texts]
    found_plain = iter(squashed(plain))
    return [
        next(found_plain) if text.isascii() and _PART not in text else squash(text)
        for text in texts
    ]


@lru_cache(maxsize=4096)
def is_word(character: str) -> bool:
    """Whether a folded character is part of a word: a letter, a digit, or a mark that is a letter.

    >>> is_word("P"), is_word("7"), is_word("-"), is_word("\u093f")
    (True, True, False, True)
    """
    return character.isalnum() or unicodedata.category(character)[0] == "M"


def plain_words(folded: str) -> list[str]:
    """The words of folded text, whatever stands between them, without their places.

    >>> plain_words("PREL, PGOV-SP")
    ['PREL', 'PGOV', 'SP']
    """
    if folded.isascii():
        return folded.encode().translate(WORDS_APART).decode().split()
    parts = groupby(folded, is_word)
    return ["".join(characters) for are_word, characters in parts if are_word]


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """The characters of a text with the marks behind them: where each begins, and it folded."""
    start, size = 0, len(text)
    while start < size:
        end = start + 1
        while end < size and not text[end].isascii() and _joins(text[end - 1], text[end]):
            end += 1
        yield start, _fold(text[start:end])
        start = end


@lru_cache(maxsize=4096)
def _joins(before: str, character: str) -> bool:
    """Whether a character combines with the one before it, or shows nothing."""
    # Vowels and finals of Hangul are part of a syllable behind other letters of it.
    if "\u1160" <= character <= "\u11ff":
        return "\u1100" <= before <= "\u11ff"
    if (before in _FIRST and character in _SECOND) or before + character in (_LOST[:2], _LOST[1:]):
        return True
    return unicodedata.combining(character) > 0 or _is_unseen(character)


@lru_cache(maxsize=4096)
def _fold(cluster: str) -> str:
    shown = "".join([c for c in cluster if not _is_unseen(c)])
    if not shown:
        return ""
    if shown in _LONE_ACCENTS:
        return "'"
    if shown == _LOST:
        return "\ufffd"
    if len(shown) > 1 and shown[0] in _FIRST and shown[1] in _SECOND:
        letter = bytes([_FIRST[shown[0]], _SECOND[shown[1]]]).decode()
        return _fold(letter + shown[2:])
    composed = unicodedata.normalize("NFKC", shown).upper()
    if not shown[0].isalnum() and any(map(is_word, composed)) and not is_word(shown[0]):
        # A sign that is no letter, such as that of a trade mark.
        return "".join([c for c in shown if not _is_accent(c)])
    parts = unicodedata.normalize("NFD", composed)
    bare = [c for c in parts if not (_is_accent(c) or _is_unseen(c))]
    folded = unicodedata.normalize("NFC", "".join(bare)).translate(_ALIKE).translate(_LETTERS)
    # Of signs that are spelt with marks (a fraction, a number in parentheses) the letters count.
    return "".join(filter(is_word, folded)) or folded


def _is_accent(character: str) -> bool:
    """Whether a character is a mark over, under or through a letter."""
    place = unicodedata.combining(character)
    return place >= _ACCENTS or place == _OVERLAYS or place in _POINTS


def _is_unseen(character: str) -> bool:
    """Whether a character shows nothing of its own."""
    return unicodedata.category(character) == "Cf" or character == _STRETCH
