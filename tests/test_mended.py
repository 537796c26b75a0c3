"""Joined codes with an edit, beside the word left alone: words are such by chance."""

from __future__ import annotations

from itertools import product

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagnorm import Normalizer, Taxonomy

HEADS, TAILS = ("BA", "LO", "MI", "TER", "SAN", "KU"), ("RIN", "DAL", "MO", "VEK", "STA", "PU")
CODES = Taxonomy.of([head + tail for head, tail in product(HEADS, TAILS)])


def at_price(mended: float) -> Normalizer:
    return Normalizer(attrs.evolve(CODES, costs={"mended": mended}))


GENERAL, FREE, NEVER = Normalizer(CODES), at_price(0.0), at_price(99.0)
STRINGS = st.lists(st.sampled_from([*HEADS, *TAILS, "A", "X"]), min_size=2, max_size=6).map("".join)


@given(STRINGS)
def test_the_price_leaves_words_alone_and_moves_no_other_answer(raw: str) -> None:
    before, after = FREE.resolve(raw), GENERAL.resolve(raw)

    if after.tags != before.tags:
        assert after.tags == () != before.tags
        assert before.status == "mixed"


@given(STRINGS)
def test_split_and_resolve_agree(raw: str) -> None:
    for one in (GENERAL, FREE, NEVER):
        assert one.split(raw, unresolved="drop") == list(one.resolve(raw).tags)


@pytest.mark.parametrize("raw", ["LOSTAKU", "TERMOBAX"])
def test_a_word_that_is_little_dearer_is_left_alone(raw: str) -> None:
    assert FREE.resolve(raw).tags
    assert GENERAL.resolve(raw).tags == ()
    assert GENERAL.resolve(raw).alternatives[0].tags == FREE.resolve(raw).tags


@pytest.mark.parametrize("raw", ["TERDALBARIM", "KUSTALOVEKK", "SANPUMIRN"])
def test_longer_ones_are_read_and_only_the_doubt_grows(raw: str) -> None:
    assert GENERAL.resolve(raw).tags == FREE.resolve(raw).tags
    assert NEVER.resolve(raw).tags == ()


@pytest.mark.parametrize("raw", ["BARINLOMO", "KUPUSANDAL", "LODA", "KUMOTERVEK"])
def test_joined_codes_as_they_are_written_and_single_codes_cost_what_they_did(raw: str) -> None:
    assert GENERAL.resolve(raw) == FREE.resolve(raw) == NEVER.resolve(raw)


def test_a_doubtful_segmentation_is_the_less_sure_the_dearer_it_is() -> None:
    sure = [at_price(price).resolve("KUMOVEKT").confidence for price in (0.0, 1.5, 3.0)]

    assert sure == sorted(sure, reverse=True)
    assert sure[0] - sure[2] > 0.1
