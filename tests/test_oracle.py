"""The splitter against its slow textbook twin, which tries every reading of a word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from oracle import Oracle
from strategies import FOUR, GEOGRAPHIC, MODEL, TAXONOMY, WORDS, damaged

from benchmarks.training.assumptions import assumptions
from tagnorm import Alias, Code, Taxonomy
from tagnorm.engine.model import Model
from tagnorm.engine.search.best_path import BestPath
from tagnorm.engine.search.lattice import order
from tagnorm.engine.search.nbest import NBest, readings
from tagnorm.folding import fold, plain_words

pytestmark = pytest.mark.slow

ORACLE, CHEAPEST = Oracle(MODEL), BestPath(MODEL)
RAW_TAGS = Path(__file__).parents[1] / "benchmarks" / "data" / "raw_tags.tsv"
LONGEST = 9


def raw_words() -> Iterator[str]:
    for line in RAW_TAGS.read_text(encoding="utf-8").splitlines()[1:]:
        yield from plain_words(fold(line.split("\t")[-1]))


def wrong(word: str) -> object:
    """What the library reads in a word, if its twin reads something else."""
    expected = ORACLE.best(word)
    found = readings(MODEL, word)[0]
    right = found.cost <= expected[0].cost and found.pieces in [one.pieces for one in expected]
    return None if right and CHEAPEST.pieces(word) == found.pieces else (word, found, expected)


@settings(max_examples=150)
@given(WORDS.filter(lambda word: len(word) <= LONGEST))
def test_the_answer_for_a_short_word_is_the_best_of_all_its_readings(word: str) -> None:
    assert wrong(word) is None


def test_the_answer_is_the_best_reading_for_hundreds_of_damaged_joins() -> None:
    short = [word for word in damaged(900, seed=11) if len(word) <= LONGEST]

    assert len(short) > 300
    assert [found for found in map(wrong, short) if found] == []


def test_the_answer_is_the_best_reading_for_a_code_between_stray_letters() -> None:
    strays = ["Q", "X", "QZ", "ING", "E"]
    made = [f"{a}{code}{b}"[:LONGEST] for code in FOUR[::40] for a in ["", *strays] for b in strays]

    assert [found for found in map(wrong, made) if found] == []


def test_the_answer_is_the_best_reading_for_two_letter_codes_around_a_long_one() -> None:
    made = [
        f"{a}{code}{b}"
        for code in FOUR[7::60]
        for a in ["", *GEOGRAPHIC[::70]]
        for b in ["", *GEOGRAPHIC[5::60]]
    ]

    assert [found for found in map(wrong, made) if found] == []


SMALL = Taxonomy(
    tuple(Code(tag, anchor=len(tag) > 2) for tag in ("ABCD", "BCDA", "CDE", "AB", "CD", "ABCDE"))
)


@settings(max_examples=150)
@given(st.text("ABCDE", min_size=1, max_size=8))
def test_the_answer_is_the_best_reading_where_codes_resemble_one_another(word: str) -> None:
    model = Model(SMALL)
    expected = Oracle(model).best(word)
    found = readings(model, word)[0]

    assert found.pieces in [one.pieces for one in expected]
    assert found.pieces == BestPath(model).pieces(word)


CODES = st.lists(st.text("ABCD", min_size=1, max_size=5), min_size=1, max_size=6, unique=True)


@settings(max_examples=100, deadline=None)
@given(CODES, CODES, st.data())
def test_the_answer_is_the_best_reading_in_any_small_vocabulary(
    anchors: list[str], companions: list[str], data: st.DataObject
) -> None:
    codes = [Code(tag) for tag in anchors]
    codes += [Code(tag, anchor=False) for tag in companions if tag not in anchors]
    parts = st.sampled_from([code.tag for code in codes]) | st.text("ABCDX", max_size=2)
    word = data.draw(st.lists(parts, min_size=1, max_size=3).map("".join).filter(bool))[:8]
    model = Model(Taxonomy(tuple(codes)))

    expected = [reading.pieces for reading in Oracle(model).best(word)]
    assert BestPath(model).pieces(word) in expected
    assert readings(model, word)[0].pieces == BestPath(model).pieces(word)


@settings(max_examples=100, deadline=None)
@given(CODES, st.sampled_from([0.0, 1.0]), st.data())
def test_the_answer_is_the_best_reading_for_words_of_names(
    anchors: list[str], exact_first: float, data: st.DataObject
) -> None:
    parts = st.sampled_from(anchors) | st.text("ABCDX", max_size=2)
    word = data.draw(st.lists(parts, min_size=1, max_size=3).map("".join).filter(bool))[:8]
    codes = tuple([Code(tag) for tag in anchors])
    names = (Alias(f"{word} XYZ", anchors[0]),)
    model = Model(Taxonomy(codes, names, costs={"exact_first": exact_first}))

    expected = [reading.pieces for reading in Oracle(model).best(word)]
    assert BestPath(model).pieces(word) in expected
    assert readings(model, word)[0].pieces == BestPath(model).pieces(word)


@settings(max_examples=150)
@given(st.text("ABCDE", min_size=1, max_size=8))
def test_the_other_readings_are_the_next_best_of_all(word: str) -> None:
    model = Model(SMALL)
    assume(word not in model.entries and word not in model.uncorrected)
    winner, *others = readings(model, word, 6)
    every = Oracle(model).worth_weighing(word)
    expected = [order(one) for one in every if one.pieces != winner.pieces][:5]

    assert expected == [order(one) for one in others][: len(expected)]


@settings(max_examples=150, deadline=None)
@given(CODES, CODES, st.data())
def test_bounds_change_no_reading(
    anchors: list[str], companions: list[str], data: st.DataObject
) -> None:
    codes = [Code(tag * data.draw(st.integers(1, 3))) for tag in anchors]
    tags = {code.tag for code in codes}
    codes = list({code.tag: code for code in codes}.values())
    codes += [Code(tag, anchor=False) for tag in companions if tag not in tags]
    parts = st.sampled_from([code.tag for code in codes]) | st.text("ABCDX", max_size=2)
    word = data.draw(st.lists(parts, min_size=1, max_size=4).map("".join).filter(bool))
    model = Model(Taxonomy(tuple(codes)))
    assume(word not in model.entries)
    found = []
    for is_large in (False, True):
        best = BestPath(model)
        best.segmenter.is_large = is_large
        paths = NBest(model, best).paths(word, 6)
        found.append((best.pieces(word), [(path.cost, path.all_pieces()) for path in paths]))

    assert found[0] == found[1]


def test_the_short_cuts_give_the_first_reading_of_thousands_of_damaged_strings() -> None:
    made = list(damaged(3000, seed=5))

    assert [word for word in made if CHEAPEST.pieces(word) != readings(MODEL, word)[0].pieces] == []


def test_the_short_cuts_give_the_first_reading_of_every_string_of_the_tag_list() -> None:
    raw = list(raw_words())

    assert len(raw) > 1700
    assert [word for word in raw if CHEAPEST.pieces(word) != readings(MODEL, word)[0].pieces] == []


@settings(max_examples=300)
@given(WORDS)
def test_the_short_cuts_give_the_first_reading_of_any_word(word: str) -> None:
    assert CHEAPEST.pieces(word) == readings(MODEL, word)[0].pieces


@settings(max_examples=150)
@given(WORDS)
def test_readings_are_distinct_and_in_order_and_tile_the_word(word: str) -> None:
    found = readings(MODEL, word, 16)

    assert len({reading.pieces for reading in found}) == len(found)
    # The winner leads by rule, at no more than the next; the others are in order.
    assert found[0].cost <= min(reading.cost for reading in found)
    assert found[1:] == sorted(found[1:], key=order)
    for reading in found:
        places = [piece.start for piece in reading.pieces] + [len(word)]
        assert places == [0] + [piece.end for piece in reading.pieces]


@settings(max_examples=150)
@given(WORDS)
def test_every_reading_costs_what_its_assumptions_cost(word: str) -> None:
    # The winner may be priced at less, by rule; an entry of the vocabulary at nothing.
    for reading in readings(MODEL, word, 16)[1:]:
        price = MODEL.costs.price(assumptions(MODEL, word, reading.pieces))

        # Each amount is rounded to a whole number once it is priced: of letters, of each code.
        assert abs(price - reading.cost) <= 2 * len(reading.pieces) + len(word)


@pytest.mark.parametrize("word", sorted(MODEL.outside)[::10])
def test_an_acronym_known_to_be_no_code_has_no_other_reading(word: str) -> None:
    assert [piece.tag for piece in readings(MODEL, word)[0].pieces] == [None]
    assert len(readings(MODEL, word)) == 1


def test_an_entry_of_the_vocabulary_has_no_other_reading_and_costs_nothing() -> None:
    for code in TAXONOMY:
        (reading,) = readings(MODEL, "".join(filter(str.isalnum, fold(code.tag))))
        assert (0, (code.tag,)) == (reading.cost, reading.tags)
