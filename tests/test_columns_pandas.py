"""Columns as pandas Series, and the accessor."""

from __future__ import annotations

import importlib

import pytest

from tagnorm.columns import resolve_column, split_column

pa = pytest.importorskip("pyarrow")
pd = pytest.importorskip("pandas")
pytest.importorskip("narwhals")

TAGS = pd.ArrowDtype(pa.list_(pa.string()))
DTYPES = [
    "object",
    "str",
    "string[python]",
    "string[pyarrow]",
    pd.ArrowDtype(pa.string()),
    pd.ArrowDtype(pa.large_string()),
    "category",
]


def plain(series):
    return [None if value is pd.NA else value for value in series.tolist()]


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_every_dtype_of_text_gives_lists_on_arrow_with_name_and_index(dtype) -> None:
    series = pd.Series(["PRELPGOV", None, ""], index=[7, 7, 9], name="tags", dtype=object)

    found = split_column(series.astype(dtype) if dtype != "str" else series.astype("string"))

    assert isinstance(found, pd.Series)
    assert (found.name, found.index.tolist(), found.dtype) == ("tags", [7, 7, 9], TAGS)
    assert plain(found) == [["PREL", "PGOV"], None, []]


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, pd.NaT], ids=repr)
def test_missing_values_of_pandas_stay_missing(missing) -> None:
    series = pd.Series(["PREL", missing], dtype=object)

    assert plain(split_column(series)) == [["PREL"], None]
    assert split_column(series.tolist()) == [["PREL"], None]


@pytest.mark.parametrize("series", [pd.Series([None, None]), pd.Series([float("nan")] * 2)])
def test_a_series_without_any_value_is_missing_throughout(series) -> None:
    assert plain(split_column(series)) == [None, None]


@pytest.mark.parametrize(
    ("values", "row", "kind"),
    [
        (["PREL", b"PGOV"], 1, "bytes"),
        (["PREL", None, 7], 2, "int"),
        ([b"PREL", b"PGOV"], 0, "bytes"),
        (["PREL", ["PGOV", 7]], 1, "list"),
        ([["PREL"], {"PGOV", "ECON"}], 1, "set"),
        ([frozenset(["PREL"]), frozenset(["PGOV"])], 0, "frozenset"),
        ([["PREL"], {"PGOV": 1}], 1, "dict"),
        ([True, "PREL"], 0, "bool"),
    ],
)
def test_an_object_series_is_refused_by_the_first_row_that_is_no_text(values, row, kind) -> None:
    with pytest.raises(TypeError, match=rf"row {row} .* a value of type {kind};"):
        split_column(pd.Series(values, dtype=object))


@pytest.mark.parametrize("values", [[1, 2], [1.5], [True], pd.to_datetime(["2006-01-02"])])
def test_a_series_of_another_dtype_is_refused(values) -> None:
    with pytest.raises(TypeError, match=r"row 0 .* holds"):
        split_column(pd.Series(values))


def test_half_a_surrogate_pair_is_named_with_its_row() -> None:
    with pytest.raises(ValueError, match=r"row 1 .* holds half a surrogate pair"):
        split_column(pd.Series(["PREL", "PREL\ud800", "PREL"], dtype=object))


def test_a_data_frame_is_no_column() -> None:
    with pytest.raises(TypeError, match="expected a column, got DataFrame"):
        split_column(pd.DataFrame({"tags": ["PREL"]}))


def test_resolving_a_series_gives_a_frame_with_its_index() -> None:
    index = pd.MultiIndex.from_tuples([(1, "a"), (1, "a"), (2, "b")], names=["box", "folder"])
    series = pd.Series(["PREL, PELOSI", None, "PGVO"], index=index, name="tags")

    found = resolve_column(series)

    assert list(found.columns) == ["tags", "status", "confidence", "unresolved"]
    assert index.equals(found.index)
    assert plain(found["tags"]) == [["PREL"], None, ["PGOV"]]
    assert found["status"].isna().tolist() == [False, True, False]
    assert found["confidence"].isna().tolist() == [False, True, False]
    assert found["confidence"].dtype == "float64"
    assert found["confidence"].max() <= 1


def test_the_accessor_is_there_once_its_module_is_imported() -> None:
    importlib.import_module("tagnorm.pandas")
    frame = pd.DataFrame({"tags": ["PREL, PELOSI", None]}, index=["a", "b"])

    assert plain(frame["tags"].tagnorm.split(unresolved="drop")) == [["PREL"], None]
    assert frame["tags"].tagnorm.resolve().equals(resolve_column(frame["tags"]))


def test_exploding_a_series_gives_a_row_to_empty_and_missing_lists() -> None:
    frame = pd.DataFrame({"cable": [1, 2, 3], "tags": ["PRELPGOV", "PELOSI", None]})
    frame["codes"] = split_column(frame["tags"], unresolved="drop")

    found = frame.explode("codes")

    assert found["cable"].tolist() == [1, 1, 2, 3]
    assert plain(found["codes"]) == ["PREL", "PGOV", None, None]


@pytest.mark.parametrize(
    ("name", "more"),
    [
        (0, ["0_tags", "0_status", "0_confidence", "0_unresolved"]),
        (1.5, ["1.5_tags", "1.5_status", "1.5_confidence", "1.5_unresolved"]),
        (
            ("raw", "tags"),
            [("raw", f"tags_{end}") for end in ("tags", "status", "confidence", "unresolved")],
        ),
        (pd.Timestamp("2020-01-01"), None),
        (None, None),
    ],
)
def test_a_column_of_a_frame_may_have_any_name(name, more) -> None:
    frame = pd.DataFrame({name: ["PGVO", None]}, index=[4, 2])
    found = frame.tagnorm.split(name)
    assert list(found.columns) == list(frame.columns)
    assert found[name].tolist() == [["PGOV"], pd.NA]
    assert frame[name].tolist()[0] == "PGVO"
    if more:
        resolved = frame.tagnorm.resolve(name)
        assert list(resolved.columns) == [name, *more]
        assert resolved[more[1]].tolist()[0] == "misspelled"


def test_a_column_of_a_frame_is_named_and_not_given() -> None:
    frame = pd.DataFrame({"tags": ["PREL"]})
    for verb in (frame.tagnorm.split, frame.tagnorm.resolve):
        with pytest.raises(TypeError, match="column is of type Series; it takes the name of a col"):
            verb(frame["tags"])
        with pytest.raises(
            TypeError, match="output is of type list; it takes the name of a column"
        ):
            verb("tags", output=["a", "b"])
