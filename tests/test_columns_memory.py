"""One long text among a few short ones that stand in many rows needs little memory."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tagnorm.columns import split_column
from tagnorm.files import clean_file

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

ROWS = ["PGVO"] * 20_000 + ["X" * 900_000, "PREL; " * 1000 + "EAID"]


@pytest.fixture(autouse=True)
def _little_memory() -> Iterator[None]:
    """Arrow counts what it asks for; it may ask for more than there is."""
    before = pa.default_memory_pool().max_memory()
    yield
    assert pa.default_memory_pool().max_memory() < max(before + 1, 1 << 30)


@pytest.mark.parametrize("options", [{}, {"separator": ";"}, {"min_confidence": 0.5}])
def test_a_column(options) -> None:
    assert len(split_column(pa.array(ROWS), **options)) == len(ROWS)


@pytest.mark.parametrize("options", [{}, {"suffix": "_clean", "status": True}, {"explode": True}])
@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_a_file(tmp_path, ending, options) -> None:
    raw = tmp_path / f"raw.{ending}"
    if ending == "parquet":
        pq.write_table(pa.table({"tags": pa.array(ROWS).dictionary_encode()}), raw)
    else:
        layout = {"csv": "{}\n", "jsonl": '{{"tags": "{}"}}\n'}[ending]
        head = {"csv": "tags\n", "jsonl": ""}[ending]
        raw.write_text(head + "".join(map(layout.format, ROWS)))

    assert clean_file(raw, tmp_path / f"clean.{ending}", **options).rows == len(ROWS)


def test_taken_piece_by_piece_the_values_are_the_same(monkeypatch) -> None:
    monkeypatch.setattr("tagnorm.columns.arrays._AT_ONCE", 8)
    rows = ["PREL", None, "PGVO; ALIREZA", ""] * 5

    found = split_column(pa.array(rows), separator=";")

    assert found.to_pylist() == ["PREL", None, "PGOV;ALIREZA", ""] * 5
