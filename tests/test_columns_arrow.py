"""Columns as NumPy and PyArrow arrays."""

from __future__ import annotations

import pytest
from test_columns import Counting

from tagnorm.columns import resolve_column, split_column

pa = pytest.importorskip("pyarrow")
np = pytest.importorskip("numpy")

TAGS = pa.list_(pa.string())
FIELDS = ["PRELPGOV", None, "", "PRELPGOV"]
ANSWER = [["PREL", "PGOV"], None, [], ["PREL", "PGOV"]]


def test_a_numpy_array_gives_an_array_of_lists() -> None:
    found = split_column(np.array(["PREL", "PGOV"]))

    assert found.shape == (2,)
    assert np.dtype(object) == found.dtype
    assert found.tolist() == [["PREL"], ["PGOV"]]


@pytest.mark.parametrize("missing", [None, np.nan, np.float32("nan"), np.datetime64("NaT", "s")])
def test_missing_values_of_numpy_stay_missing(missing) -> None:
    assert split_column(np.array(["PREL", missing], dtype=object)).tolist() == [["PREL"], None]


def test_resolving_a_numpy_array_gives_four_arrays() -> None:
    found = resolve_column(np.array(["PREL", None], dtype=object))

    assert found["tags"].tolist() == [["PREL"], None]
    assert found["status"].tolist() == ["canonical", None]
    assert np.float64 == found["confidence"].dtype
    assert np.isnan(found["confidence"]).tolist() == [False, True]


def test_a_numpy_array_of_two_dimensions_is_refused() -> None:
    with pytest.raises(ValueError, match="an array of 2 dimensions; pass one column"):
        split_column(np.array([["PREL"]]))


def test_a_numpy_array_of_numbers_is_refused() -> None:
    with pytest.raises(TypeError, match=r"row 0 .* holds 1, a value of type int"):
        split_column(np.array([1, 2]))


@pytest.mark.parametrize(
    "kind",
    [
        pa.string(),
        pa.large_string(),
        pa.string_view(),
        pa.dictionary(pa.int8(), pa.string()),
        pa.dictionary(pa.int32(), pa.large_string()),
    ],
    ids=str,
)
def test_every_arrow_type_of_text_gives_a_list_of_strings(kind) -> None:
    texts = pa.array(FIELDS)
    # Arrow makes no dictionary from a cast in all its versions, nor views from one.
    index = pa.types.is_dictionary(kind)
    column = (
        texts.cast(kind.value_type).dictionary_encode() if index else pa.array(FIELDS, type=kind)
    )

    for values, answer in (
        (column, ANSWER),
        (column.slice(1, 2), ANSWER[1:3]),
        (column.slice(0, 0), []),
    ):
        found = split_column(values)
        found.validate(full=True)
        assert isinstance(found, pa.Array)
        assert found.type == TAGS
        assert answer == found.to_pylist()


def test_chunks_stay_chunks() -> None:
    column = pa.chunked_array([FIELDS[:1], FIELDS[1:]])

    found = split_column(column)

    assert isinstance(found, pa.ChunkedArray)
    assert [len(chunk) for chunk in found.chunks] == [1, 3]
    assert found.to_pylist() == ANSWER


def test_an_empty_chunk_changes_nothing() -> None:
    assert split_column(pa.chunked_array([FIELDS[:1], [], FIELDS[1:]])).to_pylist() == ANSWER


def test_a_column_without_chunks_has_none_after() -> None:
    found = split_column(pa.chunked_array([], pa.string()))

    assert (found.num_chunks, found.type) == (0, TAGS)


def test_chunks_may_have_dictionaries_of_their_own() -> None:
    chunks = [pa.array(texts).dictionary_encode() for texts in (["PREL"], ["PGOV", "PREL", None])]

    assert split_column(pa.chunked_array(chunks)).to_pylist() == [
        ["PREL"],
        ["PGOV"],
        ["PREL"],
        None,
    ]


def test_a_dictionary_may_hold_null_and_what_no_row_uses() -> None:
    engine = Counting()
    texts = pa.array(["PREL", None, "PELOSI", "PREL"])
    column = pa.DictionaryArray.from_arrays(pa.array([3, 1, None, 0], pa.int8()), texts)

    found = split_column(column, normalizer=engine)

    assert found.to_pylist() == [["PREL"], None, None, ["PREL"]]
    assert found.equals(split_column(column, unresolved="raise"))
    assert engine.asked == ["PREL"]


def test_resolving_an_arrow_column_gives_a_table() -> None:
    found = resolve_column(pa.array(["PREL, PELOSI", None]))

    assert found.column_names == ["tags", "status", "confidence", "unresolved"]
    assert [TAGS, pa.string(), pa.float64(), TAGS] == found.schema.types
    assert found["unresolved"].to_pylist() == [["PELOSI"], None]
    assert [found[name].null_count for name in found.column_names] == [1, 1, 1, 1]


@pytest.mark.parametrize("kind", [pa.null(), pa.float64(), pa.int32(), pa.binary()], ids=str)
def test_a_column_of_any_type_with_nothing_in_it_is_missing_throughout(kind) -> None:
    assert split_column(pa.nulls(2, kind)).to_pylist() == [None, None]


def test_a_column_of_numbers_that_are_all_nan_is_missing_throughout() -> None:
    assert split_column(pa.array([float("nan"), None])).to_pylist() == [None, None]


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        (pa.array([None, 7]), "int"),
        (pa.array([None, b"PREL"]), "bytes"),
        (pa.array([None, [7]]), "list"),
        (pa.array([None, 7]).dictionary_encode(), "int"),
        (pa.chunked_array([pa.array([None], pa.int64()), pa.array([7])]), "int"),
    ],
)
def test_an_arrow_column_of_another_type_is_refused_by_row_and_type(column, kind) -> None:
    with pytest.raises(TypeError, match=rf"row 1 .* a value of type {kind};"):
        split_column(column)


@pytest.mark.skipif(not hasattr(pa, "opaque"), reason="needs a newer PyArrow")
def test_a_column_of_a_type_that_others_made_is_refused_by_it() -> None:
    kind = pa.opaque(pa.string(), "mark", "maker")
    column = pa.ExtensionArray.from_storage(kind, pa.array(["PREL"]))

    with pytest.raises(TypeError, match=r"the column is extension<arrow.opaque.*; cast it to text"):
        split_column(column)
    assert split_column(column.storage).to_pylist() == [["PREL"]]
    assert split_column(pa.nulls(2, kind)).to_pylist() == [None, None]


def test_only_distinct_values_are_resolved_in_blocks_of_bounded_size(monkeypatch) -> None:
    monkeypatch.setattr("tagnorm.columns.distinct._BLOCK", 2)
    engine = Counting()
    fields = ["PREL", "PGOV", "ECON", None, "MARR", "MOPS"] * 50

    found = split_column(pa.array(fields), normalizer=engine)

    assert [f and [f] for f in fields] == found.to_pylist()
    assert engine.asked == ["PREL", "PGOV", "ECON", "MARR", "MOPS"]


@pytest.mark.parametrize("sizes", [[1 << 30] * 2, [1 << 31] * 2], ids=["2 GiB", "4 GiB"])
def test_more_than_an_array_holds_is_refused(sizes) -> None:
    from tagnorm.columns import arrays  # noqa: PLC0415 -- needs PyArrow

    with pytest.raises(OverflowError):
        arrays.offsets(sizes)
