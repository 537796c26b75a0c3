"""What each assumption costs, how unlike a word is, and how costs become a probability."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import ALIASES, FOUR, MODEL, TAXONOMY, WORDS

import tagnorm
from benchmarks.training.assumptions import ways_to_leave_alone
from tagnorm.engine.costs import Costs, Language, WordList, known_words
from tagnorm.engine.edits.grammar import EDITS
from tagnorm.engine.reading.confidence import Calibration, posteriors
from tagnorm.engine.search.lattice import Reading, order
from tagnorm.engine.search.nbest import readings
from tagnorm.folding import squash

DATA = Path(tagnorm.__file__).with_name("data")
COSTS, LANGUAGE = Costs.load().overridden(TAXONOMY.costs), Language.load()
CALIBRATION = Calibration.of(TAXONOMY.confidence)
READINGS = st.lists(
    st.builds(
        Reading,
        st.integers(0, 60_000),
        st.sampled_from(["PREL", "PGOV", None]).map(
            lambda tag: readings(MODEL, tag or "QQ")[0].pieces
        ),
    ),
    min_size=1,
)


def rows(table: str) -> list[list[str]]:
    lines = (DATA / table).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@pytest.mark.parametrize("table", ["costs.tsv", "confidence.tsv"])
def test_every_row_of_a_shipped_table_has_a_name_of_its_own_a_number_and_a_reason(
    table: str,
) -> None:
    header, *body = rows(table)

    assert [header[0], header[-1]] == ["name", "reason"]
    assert len({name for name, _, _ in body}) == len(body)
    for name, number, reason in body:
        assert re.fullmatch("[a-z_]+", name)
        assert math.isfinite(float(number))
        assert len(reason.split()) >= 3


def test_every_edit_costs_something() -> None:
    assert all(COSTS[how] > 0 for how in EDITS)


def test_no_assumption_pays() -> None:
    assert all(nats >= 0 for nats in COSTS.nats.values())


def test_an_assumption_that_is_not_in_the_table_is_an_error() -> None:
    with pytest.raises(KeyError):
        COSTS["no such assumption"]
    with pytest.raises(KeyError):
        MODEL.costs.price({"no such assumption": 1.0})


def test_prices_are_whole_thousandths_of_a_nat() -> None:
    assert MODEL.prices == {name: round(1000 * nats) for name, nats in COSTS.nats.items()}
    assert round(1000 * (COSTS["swap"] + 2 * COSTS["letter"])) == MODEL.costs.price(
        {"swap": 1.0, "letter": 2.0}
    )
    assert MODEL.costs.price({}) == 0


def test_common_codes_cost_less_than_rare_ones() -> None:
    prel, rare = TAXONOMY["PREL"], TAXONOMY["SREF"]
    price = {
        code.tag: MODEL.costs.price(
            MODEL.code_prices.entry_assumptions(code, "canonical", code.tag, joined=False)
        )
        for code in (prel, rare)
    }

    assert price["PREL"] < price["SREF"]


@given(WORDS)
def test_leaving_a_word_alone_costs_what_the_cheapest_explanation_costs(word: str) -> None:
    least = min(map(MODEL.costs.price, ways_to_leave_alone(MODEL, word)))

    # Each letter is rounded for itself.
    assert abs(least - MODEL.left_alone.cost(word)) <= len(word) + 1


@given(st.text())
def test_any_text_costs_something_as_a_word(text: str) -> None:
    assert LANGUAGE.nats(text) > 0
    assert math.isfinite(LANGUAGE.nats(text))


def test_words_and_names_cost_less_a_letter_than_codes_run_together() -> None:
    names = ["PARLIAMENT", "PELOSI", "MASSACHUSETTS", "ALIREZA", "TECHNICIAN", "ECONOMIST"]
    runs = ["KPWRPGOV", "ETRDKIPR", "PHUMKDEM", "MARRMOPS", "EAIDXMXA", "KNNPMNUC"]

    def a_letter(word: str) -> float:
        return LANGUAGE.nats(word) / len(word)

    assert max(map(a_letter, names)) < min(map(a_letter, runs))


def test_the_known_words_are_capital_letters_mostly_four_to_six_and_hardly_any_code() -> None:
    words = known_words().all
    longer = {word for word in words if len(word) > 6}

    assert all(re.fullmatch("[A-Z]{4,}", word) for word in words)
    assert {"TSUNAMI", "SCULPTOR"} <= longer
    assert len(longer) < 100
    assert {"PARTY", "SMITH"} <= words
    assert not {"PREL", "PGOV", "ECON", "KDEM"} & words


def test_a_list_of_words_says_the_same_of_a_word_however_often_it_is_asked() -> None:
    asked = ["PARTY", "PART", "PARTIES", "", "SMITH", "XQ"]
    words = WordList("PARTIES\nPARTY\nSMITH\n")

    for _ in range(50):
        found = [word in words for word in asked]
        assert found == [True, False, True, False, True, False]


def test_the_letter_table_knows_all_letters_after_all_pairs() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

    for first in "^" + letters:
        for second in ("^" if first == "^" else "") + letters:
            assert all(first + second + third in LANGUAGE.triples for third in letters + "$")


@pytest.mark.parametrize("word", [*FOUR[::20], *ALIASES[::60]])
def test_an_entry_costs_as_much_in_a_run_as_its_assumptions_do(word: str) -> None:
    entry = MODEL.entries[squash(word)]

    assert entry.cost == MODEL.costs.price(
        MODEL.code_prices.entry_assumptions(entry.code, entry.how, entry.form, joined=True)
    )


@given(READINGS)
@pytest.mark.slow
def test_shares_of_readings_sum_to_one(found: list[Reading]) -> None:
    assert math.isclose(1.0, math.fsum(posteriors(found).values()))


@given(READINGS)
@pytest.mark.slow
def test_the_cheapest_reading_has_no_smaller_share_than_any_single_other(
    found: list[Reading],
) -> None:
    parts = posteriors(found)
    best = min(found, key=order)

    for reading in found:
        alone = math.exp((best.cost - reading.cost) / 1000)
        assert parts[reading.tags] > 0 or alone < 1e-300
    assert parts[best.tags] >= 1 / len(found) - 1e-12


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_larger_share_is_never_less_sure(one: float, other: float) -> None:
    low, high = sorted((one, other))

    assert 0.0 <= CALIBRATION.of_share(low) <= CALIBRATION.of_share(high) < 1.0


@pytest.mark.parametrize("kind", ["canonical", "attested", "alias", "clean", "long", "ceiling"])
def test_looked_up_answers_are_likely_but_never_certain(kind: str) -> None:
    assert 0.5 <= CALIBRATION.known(kind) < 1.0
