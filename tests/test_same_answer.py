"""One column has one answer, whichever library holds it: the answer of `tagnorm.split`."""

from __future__ import annotations

from functools import lru_cache

import pytest
from column_backends import (
    RESOLVE,
    SCALAR,
    SLOW_TO_START,
    SPLIT,
    field_cases,
    params,
    random_fields,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tagnorm

_split, _resolve = SCALAR
_CASES = list(field_cases())
_RANDOM = random_fields(10_000)

_CODES = st.sampled_from([code.tag for code in tagnorm.Taxonomy.load()][::25])
_LETTERS = st.characters(exclude_categories=["Cs"])
_FIELDS = (
    st.none()
    | st.text(_LETTERS, max_size=12)
    | st.lists(_CODES | st.text("PRELGOV, ;/", max_size=4), max_size=4).map("".join)
)


@lru_cache(maxsize=1)
def _answers():
    return _split(_RANDOM), _resolve(_RANDOM)


def _same_as_scalar(split, fields) -> None:
    assert _split(fields) == split(fields)
    assert _split(fields, unresolved="drop") == split(fields, unresolved="drop")


def test_each_name_of_a_code_is_split_as_it_is_resolved_in_any_case() -> None:
    names = [form.alias for form in tagnorm.Taxonomy.load().forms]
    for raw in {raw for name in names for raw in (name, name.upper(), name.lower())}:
        assert tagnorm.split(raw, unresolved="drop") == list(tagnorm.resolve(raw).tags), raw


@pytest.mark.parametrize("split", params(SPLIT))
def test_every_backend_gives_the_tags_of_every_case(split) -> None:
    assert [tags for _, tags, _ in _CASES] == split([raw for raw, _, _ in _CASES])


@pytest.mark.parametrize(("raw", "tags", "label"), _CASES)
def test_the_scalar_functions_give_the_tags_of_every_case(raw, tags, label) -> None:
    assert [tags] == _split([raw]), label


@pytest.mark.parametrize("split", params(SPLIT))
@pytest.mark.slow
def test_every_backend_splits_ten_thousand_random_fields_alike(split) -> None:
    expected, _ = _answers()

    assert expected == split(_RANDOM)


@pytest.mark.parametrize("resolve", params(RESOLVE))
@pytest.mark.slow
def test_every_backend_resolves_ten_thousand_random_fields_alike(resolve) -> None:
    _, expected = _answers()

    assert expected == resolve(_RANDOM)


@pytest.mark.parametrize("split", params(SPLIT))
def test_unique_drops_repeated_tags_of_a_row_and_keeps_their_order(split) -> None:
    fields = ["PREL PGOV PREL", None, "ECON"]

    assert split(fields, unique=True) == [["PREL", "PGOV"], None, ["ECON"]]


@pytest.mark.parametrize("split", params(SPLIT))
def test_columns_without_rows_or_without_values_stay_so(split) -> None:
    assert split([]) == []
    assert split([None, None]) == [None, None]


@pytest.mark.parametrize(
    "split", params({k: v for k, v in SPLIT.items() if k not in SLOW_TO_START})
)
@pytest.mark.slow
def test_every_backend_gives_the_scalar_answer_for_any_text(split) -> None:
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(_FIELDS, max_size=8))
    def holds(fields) -> None:
        _same_as_scalar(split, fields)

    holds()


@pytest.mark.parametrize("split", params({k: SPLIT[k] for k in SLOW_TO_START}))
@pytest.mark.slow
def test_backends_that_start_slowly_give_the_scalar_answer_for_any_text(split) -> None:
    seen: list[str | None] = []

    @settings(max_examples=300, deadline=None, database=None)
    @given(_FIELDS)
    def collect(field) -> None:
        seen.append(field)

    # A start takes too long for one example: all of them are one column.
    collect()

    assert len(seen) >= 200
    _same_as_scalar(split, seen)
