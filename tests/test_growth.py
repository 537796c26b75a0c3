"""Work grows in proportion to the length of a text, whatever it repeats.

Work is counted in calls, which are the same on every machine. What grows with the square of the
length makes nearly four times as many calls for twice the text.
"""

from __future__ import annotations

from itertools import product
from string import ascii_uppercase

import pytest
from counted_calls import calls_of
from hypothesis import given, settings
from hypothesis import strategies as st

from tagnorm import Normalizer, Taxonomy
from tagnorm.cables import cables, read_tags

pytestmark = pytest.mark.slow

TAGS = Normalizer(Taxonomy.load())
OWN = Normalizer(
    [
        *("HIV+", "HIV-", "A4", "A6", "C++", "New York", "Rock & Roll", "GPL-2.0", "Hepatitis A"),
        *("size/M", "size/S", "active", "inactive", "X100", "X100F"),
    ]
)
READERS = {
    "split": TAGS.split,
    "resolve": TAGS.resolve,
    "resolve, own vocabulary": OWN.resolve,
    "read_tags of a field": lambda text: read_tags(f"TAGS: {text}"),
    "read_tags of a text": read_tags,
    "cables": lambda text: list(cables(text.splitlines(keepends=True))),
}
PIECES = (
    *("PREL,", "PREL ", "PGVO ", "PRELPGOV", "UNGA/C-6 ", "SR/", "ALIREZA ", "AL MARJ ", "X", "XY"),
    *("TAGS ", "TAGS\n", "TAGS: X\n", "TAGS: OVIP (", "SUBJECT: ", "(", ")", "() ", "[", "<", "> "),
    *("-", "--", "A ", "A. ", "A.B.", ". ", ", ", "/", "A/B/", "G-", "AL-", "O'", "'S ", '" ', "|"),
    *("&", "# ", ":", "\t", "\n", "NEW ", "OF ", "THE ", "IN ", "SAN ", "DR. ", "NOT ", "IV "),
    "1.",
    *("1 ", "1974 ", "É", "ß", "中", "HIV + ", "C + ", "SIZE: M ", "REPUBLIC OF ", "NEW YORK "),
    *("KOREA, REPUBLIC OF ", "UNITED NATIONS ", "HUMAN RIGHTS "),
)
# Distinct words, as many as are needed; a word that comes again costs less.
WORDS = list(map("".join, product(ascii_uppercase, repeat=3)))
# A text of so many pieces is long enough to show what grows with its square; from some length on
# a word is read stretch by stretch, so the longer one is compared with two of these.
FEW = 250


def work(reader: str, piece: str, count: int, *, numbered: bool) -> int:
    words = WORDS if numbered else [""] * count
    text = "".join([piece + word for word in words[:count]])
    for normalizer in (TAGS, OWN):
        normalizer.words.forget()
    return calls_of(lambda: READERS[reader](text))


def assert_in_proportion(reader: str, piece: str, *, numbered: bool) -> None:
    one, two, four = (work(reader, piece, FEW * n, numbered=numbered) for n in (1, 2, 4))

    # What has a bound grows faster until it is reached.
    assert four < 3 * two or two < 3 * one


@pytest.mark.parametrize(
    ("reader", "piece", "numbered"),
    [
        ("read_tags of a field", "AL MARJ ", False),
        ("read_tags of a field", "NEW ", False),
        ("read_tags of a field", "&", True),
        ("read_tags of a field", "ßG-", True),
        ("read_tags of a field", "A-", True),
        ("read_tags of a text", "TAGS ", False),
        ("read_tags of a text", "TAGS\n", False),
        ("read_tags of a text", "TAGS: X\n", False),
        ("read_tags of a text", "TAGS: OVIP (", False),
        ("cables", "TAGS: X\n", True),
        ("split", "PREL ", True),
        ("split", "NEW ", True),
        ("resolve", "PRELPGOV", True),
        ("resolve, own vocabulary", "HIV + ", True),
    ],
)
def test_twice_the_text_takes_twice_the_work(reader: str, piece: str, numbered: bool) -> None:
    assert_in_proportion(reader, piece, numbered=numbered)


@settings(max_examples=15)
@given(
    st.sampled_from(list(READERS)),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=3).map("".join),
    st.booleans(),
)
def test_whatever_is_repeated_twice_the_text_takes_twice_the_work(
    reader: str, piece: str, numbered: bool
) -> None:
    assert_in_proportion(reader, piece, numbered=numbered)


@pytest.mark.parametrize(
    "piece", ["C?te d'Ivoire, ", "S\ufffdn\ufffdgal ", "KOREA, SOUTH KOREA, NORTH "]
)
def test_lost_letters_and_names_that_overlap_are_found_in_proportion(piece: str) -> None:
    TAGS.split(piece)
    one, four = (calls_of(lambda n=n: TAGS.split(piece * n)) for n in (FEW, 4 * FEW))

    assert four < 4.5 * one
