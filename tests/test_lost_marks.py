"""Names that have lost a mark or a space, and what stands beside them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagnorm import Normalizer, Taxonomy

STATIONS = Normalizer(
    Taxonomy.of(
        {
            "KLN": "King's Lynn",
            "SIV": "St. Ives",
            "STA": "Stoke-on-Trent",
            "ABD": "Aberdeen",
            "LUT": "Luton",
            "TON": "Tonbridge",
            "YRK": "York",
            "TRU": "Truro",
            "ELY": "Ely",
            "CBG": "Cambridge",
            "EDB": "Edinburgh",
            "IPS": "Ipswich",
            "NRW": "Norwich",
            "OXF": "Oxford",
            "PLY": "Plymouth",
            "RDG": "Reading",
            "SOU": "Southampton",
            "SWA": "Swansea",
            "WVH": "Wolverhampton",
        }
    )
)
CONDITIONS = Normalizer(
    ["Crohn's disease", "Non-Hodgkin's lymphoma", "St. Vitus' dance", "mumps", "anemia", "ague"]
)
PLACES = Normalizer(
    Taxonomy.of(
        {
            "CIV": "Côte d'Ivoire",
            "GNB": "Guinea-Bissau",
            "TTO": "Trinidad & Tobago",
            "ADO": "Andorra",
            "BTN": "Bhutan",
            "FRA": "France",
            "PER": "Peru",
            "BEL": "Belgium",
            "CHE": "Switzerland",
            "DNK": "Denmark",
            "ESP": "Spain",
            "FIN": "Finland",
            "GRC": "Greece",
            "ITA": "Italy",
            "JPN": "Japan",
            "KEN": "Kenya",
            "MEX": "Mexico",
            "NOR": "Norway",
            "POL": "Poland",
            "SWE": "Sweden",
            "UGA": "Uganda",
        }
    )
)
# A name as it is written, and with a mark or a space that is lost, put in, or another one.
NAMES = [
    (STATIONS, "King's Lynn", "Kings Lynn"),
    (STATIONS, "King's Lynn", "KingsLynn"),
    (STATIONS, "King's Lynn", "King'sLynn"),
    (STATIONS, "St. Ives", "StIves"),
    (STATIONS, "Stoke-on-Trent", "Stokeon-Trent"),
    (STATIONS, "Stoke-on-Trent", "Stoke onTrent"),
    (STATIONS, "Stoke-on-Trent", "Stoke-o'n-Trent"),
    (CONDITIONS, "Crohn's disease", "Crohns disease"),
    (CONDITIONS, "Non-Hodgkin's lymphoma", "Non-Hodgkins lymphoma"),
    (CONDITIONS, "Non-Hodgkin's lymphoma", "NonHodgkin's lymphoma"),
    (CONDITIONS, "Non-Hodgkin's lymphoma", "Non-Hodgkin's lym-phoma"),
    (PLACES, "Côte d'Ivoire", "Cote dIvoire"),
    (PLACES, "Côte d'Ivoire", "Cot'e d'Ivoire"),
    (PLACES, "Guinea-Bissau", "GuineaBissau"),
    (PLACES, "Trinidad & Tobago", "Trini-dad & Tobago"),
]
WORDS = ["and", "but", "but not", "or", "with", "at", "via", "the", "for", "between", "arm"]
FIELDS = st.tuples(
    st.sampled_from(NAMES),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(" ".join),
    st.sampled_from(["York", "Truro", "mumps", "Peru", "France", "ELY"]),
    st.booleans(),
)


@pytest.mark.parametrize(
    ("expected", "text", "normalizer"),
    [
        (["KLN", "YRK"], "Kings Lynn and York", STATIONS),
        (["KLN", "TRU"], "Kings Lynn but Truro", STATIONS),
        (["KLN", "YRK", "TRU"], "Kings LynnYork and Truro", STATIONS),
        (["ELY", "KLN", "YRK", "TRU"], "Ely Kings LynnYork and Truro", STATIONS),
        (["STA", "YRK"], "Stoke onTrent but York", STATIONS),
        (["Crohn's disease", "mumps"], "Crohns disease but not mumps", CONDITIONS),
        (["CIV", "FRA"], "Cote dIvoire but France", PLACES),
    ],
)
def test_words_beside_a_name_or_joined_names_stay_words(
    expected: list[str], text: str, normalizer: Normalizer
) -> None:
    result = normalizer.resolve(text)

    assert list(result.tags) == expected
    assert result.confidence < 0.99


@given(FIELDS)
def test_words_beside_a_name_are_read_as_beside_the_name_as_it_is_written(
    field: tuple[tuple[Normalizer, str, str], str, str, bool],
) -> None:
    (normalizer, written, lost), words, code, is_first = field
    text, as_written = [
        f"{name} {words} {code}" if is_first else f"{code} {words} {name}"
        for name in (lost, written)
    ]

    found, expected = normalizer.resolve(text), normalizer.resolve(as_written)

    assert found.tags == expected.tags
    assert found.confidence <= expected.confidence


STREETS = Normalizer(
    ["Jazz", "Straße", "Lange Straße", "Rote Straße", "Große Höhe", "Höhe Süd", "Funk"]
)
# Names with a letter that was lost, which may be written with two; each may be joined to others.
LOST = st.lists(
    st.tuples(
        st.sampled_from(
            [
                *("Jazz", "Funk", "X", "Stra?e", "Lange Stra?e", "Rote Str???e", "Gro?e H?he"),
                *("H?he S?d", "H?he", "Lange Stra\ufffde", "Gro\ufffd\ufffde Höhe", "?", "a"),
            ]
        ),
        st.sampled_from(["", "", " ", ", ", "-", "/", "?", "\ufffd", " ("]),
    ),
    min_size=1,
    max_size=5,
)


@pytest.mark.parametrize(
    ("expected", "text", "normalizer"),
    [
        (["Jazz", "Lange Straße"], "JazzLange Stra?e", STREETS),
        (["Funk", "Rote Straße", "Jazz"], "FunkRote Stra\ufffde, Jazz", STREETS),
        (["Rote Straße", "Straße"], "Rote Stra?e Stra?e", STREETS),
        (["KBTR", "MT"], "KBTRREPUBLIC OF M?LTA", Normalizer()),
        (["PREL", "PGOV", "GE"], "PRELPGOVEAST GE\ufffdMANY", Normalizer()),
    ],
)
def test_a_name_with_a_lost_letter_that_others_are_joined_to_is_that_name(
    expected: list[str], text: str, normalizer: Normalizer
) -> None:
    assert normalizer.split(text) == expected


@pytest.mark.parametrize("text", ["7?185", "952?1307", "PLATZ ?", "Halle?7", "27??6", "9521?307"])
def test_a_digit_is_never_lost(text: str) -> None:
    normalizer = Normalizer(["73185", "95211307", "Platz 9", "Halle17", "27096", "Gelände"])

    assert normalizer.split(f"{text}; Gel?nde", unresolved="drop") == ["Gelände"]


@given(LOST)
def test_lost_letters_take_nothing_of_the_text(parts: list[tuple[str, str]]) -> None:
    text = "".join(map("".join, parts))

    result = STREETS.resolve(text)

    assert all(text[one.start : one.end] == one.raw for one in result.segments)
    covered = {at for one in result.segments for at in range(one.start, one.end)}
    assert not [text[at] for at in range(len(text)) if at not in covered and text[at].isalnum()]
    assert [one.code or one.raw for one in result.segments if one.how != "separator"] == (
        STREETS.split(text)
    )
