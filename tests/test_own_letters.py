"""Words of other scripts are told by the letters of a large vocabulary in that script."""

# ruff: noqa: RUF001 - letters of other scripts are meant

from __future__ import annotations

import random

import pytest

from benchmarks.training.assumptions import ways_to_leave_alone
from tagnorm import Normalizer, Taxonomy
from tagnorm.engine.model import Model
from tagnorm.engine.prices.own_letters import own_letters_of

PARTS = (
    "БА ВО ГЕ ДИ ЗУ КА ЛО МЕ НИ ПУ РА СО ТЕ ФИ ХУ СТА ПРО ГРА КЛЕ ДРИ"
    " НОВ СКИЙ ТОР МИН ГОР ЛЕН ВАЛ КОН ДЕР ПОЛ"
)
SYLLABLES = PARTS.split(" ")


def words(number: int, seed: int) -> list[str]:
    """Words of two to four syllables, each once."""
    draw = random.Random(seed)
    found = dict[str, None]()
    while len(found) < number:
        found["".join(draw.choices(SYLLABLES, k=draw.choice((2, 3, 3, 4))))] = None
    return list(found)


CODES = words(4000, seed=1)
MODEL = Model(Taxonomy.of(CODES))
NORMALIZER = Normalizer(CODES)


def test_words_that_are_made_as_the_codes_are_stay_whole() -> None:
    known = {rest for code in CODES for rest in (code, *_without_a_letter(code))}
    others = [
        word
        for word in words(3000, seed=2)
        if known.isdisjoint({word, *_without_a_letter(word)}) and len(word) > 5
    ][:200]
    whole = [word for word in others if NORMALIZER.split(word) == [word]]

    assert len(others) == 200
    assert len(whole) >= 180


def test_codes_with_an_edit_are_found_all_the_same() -> None:
    draw = random.Random(3)
    right = 0
    for code in draw.sample([code for code in CODES if len(code) > 6], 200):
        at = draw.randrange(len(code))
        right += NORMALIZER.split(code[:at] + "Ж" + code[at + 1 :]) == [code]

    assert right >= 190


@pytest.mark.parametrize("word", ["ПРОГРАКА", "ЖЖЖЖ", "КА", "КАPA", "ПРОГРА1", "MOSCOW"])
def test_what_a_word_costs_is_the_least_of_its_explanations(word: str) -> None:
    least = min(map(MODEL.costs.price, ways_to_leave_alone(MODEL, word)))

    assert abs(MODEL.left_alone.cost(word) - least) <= len(word) + 1
    assert MODEL.left_alone.cost(word) >= MODEL.least_unresolved(len(word))


def test_few_forms_tell_nothing() -> None:
    assert own_letters_of(CODES[:1999]) is None
    assert own_letters_of(CODES[:1000] + ["JAZZ"] * 5000) is None
    assert own_letters_of(CODES) is not None
    assert Model(Taxonomy.of(CODES[:500])).nats_by_own_letters("ПРОГРАКА") is None


def _without_a_letter(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(len(word))]
