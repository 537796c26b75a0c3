"""Text becomes words: folding, separators, and the form in which two names are the same."""

# ruff: noqa: RUF001 - letters of other scripts that look alike are meant

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from strategies import ANY_TEXT, TEXTS

from tagnorm.folding import fold, squash, words


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
        ("\ud800", "\ud800"),
        ("\0", "\0"),
        ("😀", "😀"),
        ("", ""),
    ],
)
def test_text_folds_to_capital_letters_without_accents(expected: str, text: str) -> None:
    assert expected == fold(text)


@given(ANY_TEXT)
def test_folding_keeps_the_number_of_characters_so_that_spans_stay_valid(text: str) -> None:
    assert len(text) == len(fold(text))


def test_folding_any_character_once_is_folding_it_for_good() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    folded = fold(every)

    assert len(every) == len(folded)
    assert folded == fold(folded)


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
    assert squash(text) == "".join(word for word, _, _ in words(fold(text)))


@given(TEXTS)
def test_words_stand_at_their_spans_and_nothing_but_separators_between_them(text: str) -> None:
    at = 0
    for word, start, end in words(text):
        assert word == text[start:end]
        assert word.isalnum()
        assert start > at or at == 0
        assert not any(character.isalnum() for character in text[at:start])
        at = end
    assert not any(character.isalnum() for character in text[at:])
