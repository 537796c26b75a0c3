"""Codes that a space tears: words side by side that spell codes as they are written."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagnorm import Normalizer, Taxonomy
from tagnorm.columns import resolve_column, split_column
from tagnorm.decisions import Decision, Decisions

NORMALIZER = Normalizer()
LONG = [code.tag for code in Taxonomy.load() if code.family and len(code.tag) == 4]
FIELDS = st.builds(
    lambda codes, at, words: " ".join([*words[:1], codes[:at], codes[at:], *words[1:]]),
    st.lists(st.sampled_from(LONG), min_size=1, max_size=2).map("".join),
    st.integers(1, 7),
    st.lists(st.sampled_from(["PREL", "IZ", "US", "ECON,", "ALIREZA", "PGVO"]), max_size=3),
)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["PREL", "EFIN"], "PREL EF IN"),
        (["PREL", "PGOV", "IZ"], "PREL PGO V IZ"),
        (["PREL", "PGOV", "IZ"], "PREL; PG OV; IZ"),
        (["OVIP", "PREL"], "OVIP (SMITH, JOHN) PR EL"),
        (["KPAL", "PREL", "ASEC"], "K PAL PREL A SEC"),
        (["ECON", "EMIN"], "ECONEM IN"),
        (["EAIR", "EPET"], "EA IREPET"),
        (["KNNP", "PARM", "IR"], "KNNPP ARMIR"),
        (["EIND", "OVIP"], "EIN DOVIP"),
    ],
)
def test_a_code_torn_by_a_space_is_one_among_codes(expected: list[str], text: str) -> None:
    assert NORMALIZER.split(text, unresolved="drop") == expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["PREL", "TB", "IO"], "PREL TB IO"),
        (["PREL", "AF", "IN"], "PREL AF IN"),
        (["PREL", "EF", "IN"], "PREL, EF, IN"),
        (["PREL", "UNIT A"], "PREL UNIT A"),
        (["PR EL"], "PR EL"),
        (["A LOW POINT"], "A LOW POINT"),
        (["PREL", "A LOW POINT"], "PREL A LOW POINT"),
    ],
)
def test_codes_of_their_own_and_words_are_not_joined(expected: list[str], text: str) -> None:
    assert NORMALIZER.split(text) == expected


def test_what_a_person_decided_or_keeps_is_no_piece_of_a_code() -> None:
    decided = Normalizer(decisions=Decisions([Decision("EF", [])]))

    assert decided.split("PREL EF IN") == ["PREL", "EF", "IN"]
    assert Normalizer(keep=["EF"]).split("PREL EF IN") == ["PREL", "EF", "IN"]


STATES = [
    "active",
    "inactive",
    "on site",
    "onsite visit",
    "Arzt",
    "Ärztin",
    "related",
    "unrelated",
    "MySQL",
    "SQL",
]


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["inactive"], "in active"),
        (["inactive", "unrelated"], "In Active; un related"),
        (["in", "active", "use"], "in active use"),
        (["active", "in"], "active in"),
        (["Arzt", "in"], "Arzt in"),
        (["MySQL"], "my SQL"),
        (["my", "SQL", "server"], "my SQL server"),
        (["not", "active"], "not active"),
    ],
)
def test_a_small_word_and_a_code_that_are_all_of_a_place_are_a_torn_code(
    expected: list[str], text: str
) -> None:
    normalizer = Normalizer(STATES)

    assert normalizer.split(text) == expected
    assert split_column(pa.array([text] * 3), normalizer=normalizer).to_pylist() == [expected] * 3
    assert normalizer.resolve(text).confidence < 0.996


def test_the_stretch_of_a_torn_code_has_both_words() -> None:
    _, word = NORMALIZER.resolve("PREL ECONEM IN").words

    assert [one.raw for one in word.segments] == ["ECON", "EM IN"]
    assert word.tags == ("ECON", "EMIN")
    assert word.confidence < NORMALIZER.resolve("EMIN").confidence


@given(FIELDS)
def test_columns_read_torn_codes_as_fields_do(text: str) -> None:
    answer = NORMALIZER.resolve(text)

    assert split_column(pa.array([text])).to_pylist() == [NORMALIZER.split(text)]
    assert NORMALIZER.split(text, unresolved="drop") == list(answer.tags)
    (row,) = resolve_column(pa.array([text])).to_pylist()
    assert row["tags"] == list(answer.tags)
    assert row["confidence"] == pytest.approx(answer.confidence)
