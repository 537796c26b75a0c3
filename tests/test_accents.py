"""Accents that a code has not are other letters, where another edit stands beside them."""

from __future__ import annotations

import attrs
import pytest

import tagnorm
from tagnorm import Normalizer

CODES = Normalizer(
    ["analysis", "senegal", "cafe", "Curaçao", "Côte d'Ivoire", "Åland", "port", "Lyon"]
)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("sénégal", "senegal"),
        ("cáfé", "cafe"),
        ("Curaco", "Curaçao"),
        ("Curacoa", "Curaçao"),
        ("Cote d'Ivore", "Côte d'Ivoire"),
        ("Côte d'Ivore", "Côte d'Ivoire"),
        ("Alnad", "Åland"),
        ("análysi", "analysis"),
        ("pört", "port"),
    ],
)
def test_accents_alone_are_no_edit_and_those_of_the_code_may_be_lost(text: str, tag: str) -> None:
    assert CODES.resolve(text).tags == (tag,)
    assert CODES.split(text) == [tag]


@pytest.mark.parametrize("text", ["Lýoné", "pöört", "cafés", "anállysís"])
def test_an_accent_beside_an_edit_is_evidence_for_another_word(text: str) -> None:
    dear = Normalizer(attrs.evolve(CODES.taxonomy, costs={"accent": 40.0}))
    free = Normalizer(attrs.evolve(CODES.taxonomy, costs={"accent": 0.0}))
    answer = dear.resolve(text)

    assert answer.tags == ()
    assert dear.split(text) == [text]
    assert answer.alternatives[0].tags == free.resolve(text).tags == CODES.resolve(text).tags != ()
    assert CODES.resolve(text).confidence <= free.resolve(text).confidence


def test_each_accent_makes_it_less_sure_and_none_is_over_one() -> None:
    sure = [CODES.resolve(text).confidence for text in ("anallysis", "anállysis", "anállysís")]

    assert sure == sorted(sure, reverse=True)
    for text in ("anállysis", "cafés", "Cüracoa"):
        answer = CODES.resolve(text)
        total = answer.confidence + sum(other.confidence for other in answer.alternatives)
        assert total <= 1 + 1e-9


@pytest.mark.parametrize(
    "text",
    [
        "ÉU",
        "É.U.",
        "Ú-S",
        "R.Ó.K.",
        "\u2163",
        "\u2165",
        "VÌ",
        "BA VÌ",
        "LỘC",
        "Xuân Lộc",
        "PHÚ MỸ",
        "Quận Sáu",
        "ORËL",
        "Jīnd",
        "PGVÓ",
        "Nāngloi Jāt",
    ],
)
def test_telegrams_have_no_accents_so_these_are_words_of_other_languages(text: str) -> None:
    assert tagnorm.resolve(text).tags == ()
    assert tagnorm.split(text) == [text]


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Écon", "ECON"),
        ("\uff30\uff27\uff36\uff2f", "PGOV"),
        ("\uff36\uff29", "VI"),
        ("Côte d'Ivoire", "IV"),
        ("Côte d'Ivoir", "IV"),
        ("Türkiye", "TU"),
        ("México", "MX"),
    ],
)
def test_codes_and_names_may_have_accents_and_names_an_edit_besides(text: str, tag: str) -> None:
    assert tagnorm.resolve(text).tags == (tag,)


def test_a_word_with_an_accent_names_the_short_code_as_an_alternative() -> None:
    answer = tagnorm.resolve("VÌ")

    assert [other.tags for other in answer.alternatives] == [("VI",)]
    assert answer.confidence + answer.alternatives[0].confidence <= 1.0
    # Where accents cost nothing, or belong to the code, it is the code.
    assert Normalizer(["vì", "le"]).split("vì") == ["vì"]
    assert Normalizer(["\u2163", "cm"]).split("\u2173") == ["\u2163"]
    assert Normalizer(attrs.evolve(CODES.taxonomy, costs={"accent": 0.0})).split("pört") == ["port"]


@pytest.mark.parametrize(
    ("text", "tag"), [("É", "é"), ("È", "è"), ("E", "e"), ("Ñ", "ñ"), ("N", "n")]
)
def test_case_does_not_hide_which_of_several_accents_is_meant(text: str, tag: str) -> None:
    letters = Normalizer(["é", "è", "e", "ñ", "n"])

    assert letters.split(text) == [tag]
    assert letters.resolve(text).confidence > 0.9
