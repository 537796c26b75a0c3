"""Text becomes words: folding, separators, and the form in which two names are the same."""

# ruff: noqa: RUF001 - letters of other scripts that look alike are meant

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import ANY_TEXT, TEXTS

from tagnorm.encodings import LineDecoder
from tagnorm.folding import fold, fold_in_place, fold_with_offsets, plain_words, squash


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("PREL", "prel"),
        ("PREL, COTE", "prel, Côte"),
        ("PGOV", "ＰＧＯＶ"),
        ("ALVAREZ", "Álvarez"),
        ("I", "İ"),
        ("I", "ı"),
        ("МОСКВА", "Москва"),
        ("東京", "東京"),
        ("\uac00", "\u1100\u1161"),  # letters of a syllable of Hangul
        (";\u1160", ";\u1160"),
        (":", ":\u0300"),
        ("\u2122", "\u2122\u0300"),
        ("\ud800", "\ud800"),
        ("\0", "\0"),
        ("😀", "😀"),
        ("", ""),
    ],
)
def test_text_folds_to_capital_letters_without_accents(expected: str, text: str) -> None:
    assert expected == fold(text)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("FISH", "ﬁsh"),
        ("STRASSE", "straße"),
        ("PREL", "PR\u00adEL"),
        ("PREL", "\u202ePREL\u200d"),
        ("COTE", "Co\u0302te"),
        ("L'AQUILA", "l\u2019Aquila"),
        ("L'AQUILA", "l\u00b4Aquila"),
        ("'Α", "\u1fbfα"),
        ("A-B", "a\u2013b"),
        ("हिन्दी", "हिन्दी"),
        ("한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8"),
        ("ИОД", "Йод"),
        ("LODZ", "Łódź"),
        ("COEUR", "cœur"),
        ("THORSHAVN", "Þórshavn"),
        ("STRASSE", "STRAẞE"),
        ("TROMSO", "Trom\u0073o\u0338"),
        ("שלום", "שָׁלוֹם"),
        ("سياسة", "سِيَاسَة"),
        ("سياسة", "سيـــاسة"),
        ("كتابي", "کتابی"),
        ("DZ", "ǆ"),
        ("12", "①②"),
    ],
)
def test_what_is_one_to_a_reader_folds_to_one(expected: str, text: str) -> None:
    assert expected == fold(text) == fold(fold(text))


@given(ANY_TEXT)
def test_every_folded_character_knows_where_it_comes_from(text: str) -> None:
    folded, offsets = fold_with_offsets(text)

    assert folded == fold(text)
    if offsets is None:
        assert len(folded) == len(text)
    else:
        assert len(offsets) == len(folded) + 1
        assert offsets == sorted(offsets)
        assert offsets[-1] == len(text)


@given(ANY_TEXT)
def test_folding_in_place_keeps_the_number_of_characters(text: str) -> None:
    assert len(text) == len(fold_in_place(text))


@pytest.mark.slow
def test_folding_any_character_once_is_folding_it_for_good() -> None:
    folded = [fold(chr(number)) for number in range(sys.maxunicode + 1)]

    assert [one for one in folded if fold(one) != one] == []


@given(TEXTS)
def test_case_of_ascii_text_does_not_survive_folding(text: str) -> None:
    ascii_text = text.encode("ascii", "ignore").decode()

    assert fold(ascii_text) == fold(ascii_text.lower()) == ascii_text.upper()


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("COTEDIVOIRE", "Côte d'Ivoire"),
        ("UNGAC6", "UNGA/C-6"),
        ("ATT", "AT&T"),
        ("AB", "a_b"),
        ("", " -/&_ "),
    ],
)
def test_squashed_text_has_no_separators(expected: str, text: str) -> None:
    assert expected == squash(text)


@given(TEXTS)
def test_squashed_text_is_the_words_of_the_folded_text(text: str) -> None:
    assert squash(text) == "".join(plain_words(fold(text)))


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r"))),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]),
    st.sampled_from(["\n", "\r\n"]),
    st.integers(1, 9),
)
def test_lines_are_decoded_however_their_bytes_come(lines, codec, end, size):
    data = "".join(line + end for line in lines).encode(codec)
    decoder = LineDecoder("it", codec)

    found = []
    for at in range(0, len(data), size):
        found += decoder.feed(data[at : at + size])
    found += decoder.feed(b"", final=True)

    # A mark at the begin of a text is no letter, whatever put it there.
    assert [decoder.checked(line) for line in found] in (
        lines,
        [line.removeprefix("\ufeff") if n == 0 else line for n, line in enumerate(lines)],
    )
