"""Words of the vocabulary's own names of several words are known words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import MODEL

from tagnorm import Normalizer, Taxonomy

STATIONS = Taxonomy.of(
    {
        "MAN": "Manchester Piccadilly",
        "CTR": "Chester",
        "EUS": "London Euston",
        "TON": "Tonbridge",
        "PAD": "London Paddington",
        "CAR": "Carlisle",
        "PET": "Peterborough East",
        "BRI": "Bristol Temple Meads",
        "GHT": "Brighton",
        "STA": "Stoke-on-Trent",
        "ELY": "Ely",
        "RDG": "Reading",
        "SOU": "Southampton",
        "YRK": "York",
    }
)
FABRICS = Taxonomy.of(["wool", "merino wool", "silk", "raw silk", "wild silk velvet", "velvet"])
# Codes that are, written as one, words of names of several words.
PAIRS = Taxonomy.of(["SUN", "SET", "RED", "ROW", "Sunset Boulevard", "Redrow Hill", "Woodred Lane"])


@pytest.mark.parametrize(
    ("text", "vocabulary"),
    [
        ("Manchester", STATIONS),
        ("MANCHESTER", STATIONS),
        ("Euston", STATIONS),
        ("Manchester Airport", STATIONS),
        ("the Euston Road", STATIONS),
        ("sunset", PAIRS),
        ("REDROW", PAIRS),
    ],
)
def test_a_word_of_a_name_is_no_joined_codes(text: str, vocabulary: Taxonomy) -> None:
    normalizer = Normalizer(vocabulary)

    assert normalizer.resolve(text).tags == ()
    assert normalizer.split(text, unresolved="drop") == []


@pytest.mark.parametrize(
    ("expected", "text", "vocabulary"),
    [
        (["CTR"], "Chester", STATIONS),
        (["MAN"], "Manchester Piccadilly", STATIONS),
        (["MAN", "EUS"], "Manchester PiccadillyLondon Euston", STATIONS),
        (["EUS", "MAN"], "EUSMAN", STATIONS),
        (["EUS"], "LONDON EUSTNO", STATIONS),
        (["wool"], "wool", FABRICS),
        (["merino wool", "silk"], "merinowoolsilk", FABRICS),
        (["SUN", "RED"], "SUNRED", PAIRS),
        (["Sunset Boulevard"], "sunsetboulevard", PAIRS),
    ],
)
def test_names_codes_and_joined_ones_are_read_as_before(
    expected: list[str], text: str, vocabulary: Taxonomy
) -> None:
    assert Normalizer(vocabulary).split(text) == expected


def test_a_name_without_its_number_is_left_whole() -> None:
    assert Normalizer(["Modula-2", "Oberon", "Eiffel"]).split("Modula") == ["Modula"]


def test_the_built_in_vocabulary_takes_no_words_of_names_for_known_ones() -> None:
    assert not MODEL.is_word_of_name("VERDE")
    assert "VERDE" in MODEL.words_of_names


@given(st.lists(st.sampled_from(["SUN", "SET", "RED", "ROW"]), min_size=1, max_size=3))
def test_codes_of_one_word_are_read_as_without_the_names(codes: list[str]) -> None:
    names = {"SUN": "Sun", "SET": "Set", "RED": "Red", "ROW": "Row"}
    text = "".join(codes)

    assert Normalizer(names).resolve(text) == Normalizer(list(names)).resolve(text)
