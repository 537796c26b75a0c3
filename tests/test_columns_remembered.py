"""A memory of answers gives what is answered without it, whatever the batches."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pa = pytest.importorskip("pyarrow")

from tagnorm import Normalizer  # noqa: E402
from tagnorm.columns import remembered  # noqa: E402
from tagnorm.columns.distinct import (  # noqa: E402
    remembering,
    resolve_distinct,
    split_distinct,
)
from tagnorm.errors import UnresolvedError  # noqa: E402
from tagnorm.options import Options  # noqa: E402

_FIELDS = st.sampled_from(
    [None, "", "PREL", "PGVO", "PRELPGOV", "PELOSI", "PREL, PGVO", "KWHG", "PGOV PGVO", "東京"]
)
_BATCHES = st.lists(st.lists(_FIELDS, max_size=6), max_size=8)
NORMALIZER = Normalizer()


@pytest.fixture(params=[(1 << 17, 1 << 12), (3, 1), (5, 2)], ids=["large", "tiny", "small"])
def bounds(request, monkeypatch):
    """Memories that forget, and put answers together, at other times."""
    texts, apart = request.param
    monkeypatch.setattr(remembered, "_TEXTS", texts)
    monkeypatch.setattr(remembered, "_APART", apart)


@pytest.mark.parametrize(
    "options", [Options(), Options("drop", 0.9, True)], ids=["plain", "all options"]
)
@pytest.mark.usefixtures("bounds")
@pytest.mark.slow
def test_batches_are_answered_as_columns_are(options) -> None:
    @settings(max_examples=60, deadline=None)
    @given(_BATCHES)
    def holds(batches) -> None:
        for verb, distinct in (("split", split_distinct), ("resolve", resolve_distinct)):
            answer = remembering(verb, NORMALIZER, options)
            for batch in batches:
                column = pa.chunked_array([pa.array(batch, pa.string())])
                found, expected = answer(column), distinct(column, NORMALIZER, options)
                assert found.to_pylist() == expected.to_pylist()
                assert found.type == expected.type

    holds()


def test_a_text_that_may_not_be_left_is_told_of_each_time() -> None:
    answer = remembering("split", NORMALIZER, Options("raise"))

    assert answer(pa.array(["PREL"])).to_pylist() == [["PREL"]]
    for _ in range(2):
        with pytest.raises(UnresolvedError, match="cannot resolve 'PELOSI'"):
            answer(pa.array(["PREL", "PELOSI"]))
    assert answer(pa.array(["PREL", "ECON"])).to_pylist() == [["PREL"], ["ECON"]]


def test_large_batches_are_not_remembered(monkeypatch) -> None:
    monkeypatch.setattr(remembered, "_BATCH", 1)
    asked: list[int] = []

    def answer(texts):
        asked.append(len(texts))
        return texts

    memory = remembered.Remembered(pa.string(), answer)
    for _ in range(2):
        assert memory(pa.array(["a", "b"])).to_pylist() == ["a", "b"]
    assert asked == [2, 2]
