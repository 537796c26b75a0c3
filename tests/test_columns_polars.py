"""Columns as Polars Series, and the namespace of expressions."""

from __future__ import annotations

import importlib

import pytest

from tagnorm.columns import resolve_column, split_column

pytest.importorskip("pyarrow")
pytest.importorskip("narwhals")
pl = pytest.importorskip("polars")
importlib.import_module("tagnorm.polars")

TAGS = pl.List(pl.String)
ANSWER = {"tags": TAGS, "status": pl.String, "confidence": pl.Float64, "unresolved": TAGS}


@pytest.mark.parametrize("dtype", [pl.String, pl.Categorical, pl.Enum(["PREL", "PGVO"])], ids=str)
def test_every_dtype_of_text_gives_lists_with_the_name_kept(dtype) -> None:
    found = split_column(pl.Series("tags", ["PGVO", None, "PREL"], dtype=dtype))

    assert (found.name, found.dtype) == ("tags", TAGS)
    assert found.to_list() == [["PGOV"], None, ["PREL"]]


def test_an_enum_is_only_asked_for_the_values_it_holds() -> None:
    series = pl.Series(["PREL"], dtype=pl.Enum(["PELOSI", "PREL"]))

    assert split_column(series, unresolved="raise").to_list() == [["PREL"]]


def test_resolving_a_series_gives_a_frame() -> None:
    found = resolve_column(pl.Series("tags", ["PREL, PELOSI", None]))

    assert pl.Schema(ANSWER) == found.schema
    assert found["unresolved"].to_list() == [["PELOSI"], None]


@pytest.mark.parametrize(
    "series",
    [pl.Series([None, None]), pl.Series([float("nan"), None]), pl.Series([None], dtype=pl.Int8)],
)
def test_a_series_without_any_value_is_missing_throughout(series) -> None:
    assert [None] * len(series) == split_column(series).to_list()


@pytest.mark.parametrize(
    ("series", "kind"),
    [
        (pl.Series([None, 7]), "int"),
        (pl.Series([None, b"PREL"]), "bytes"),
        (pl.Series([None, 7], dtype=pl.Object), "int"),
    ],
)
def test_a_series_of_another_dtype_is_refused_by_row_and_type(series, kind) -> None:
    with pytest.raises(TypeError, match=rf"row 1 .* a value of type {kind};"):
        split_column(series)


def test_an_expression_says_its_dtype_before_it_runs() -> None:
    query = pl.LazyFrame({"tags": ["PREL"]}).select(
        split=pl.col("tags").tagnorm.split(), resolve=pl.col("tags").tagnorm.resolve()
    )

    assert {"split": TAGS, "resolve": pl.Struct(ANSWER)} == dict(query.collect_schema())
    assert query.collect().schema == query.collect_schema()


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
def test_an_expression_runs_in_either_engine(engine) -> None:
    count = 100_000
    frame = pl.LazyFrame({"row": range(count), "tags": ["PRELPGOV", None, "PGVO", ""] * 25_000})

    found = frame.with_columns(codes=pl.col("tags").tagnorm.split()).collect(engine=engine)

    assert found["codes"].to_list() == [["PREL", "PGOV"], None, ["PGOV"], []] * 25_000
    assert list(range(count)) == found["row"].to_list()


def test_an_expression_means_the_same_in_a_group() -> None:
    frame = pl.DataFrame({"box": [1, 2, 1], "tags": ["PRELPGOV", "PGVO", None]})

    found = frame.group_by("box", maintain_order=True).agg(pl.col("tags").tagnorm.split())
    window = frame.select(pl.col("tags").tagnorm.split().list.len().sum().over("box"))

    assert found["tags"].to_list() == [[["PREL", "PGOV"], None], [["PGOV"]]]
    assert window["tags"].to_list() == [2, 1, 2]


def test_an_expression_filters_and_explodes() -> None:
    frame = pl.LazyFrame({"cable": [1, 2, 3], "tags": ["PRELPGOV", "PELOSI", None]})
    codes = pl.col("tags").tagnorm.split(unresolved="drop")

    known = frame.filter(codes.list.contains("PGOV")).collect()
    rows = frame.select("cable", codes).explode("tags").collect()

    assert known["cable"].to_list() == [1]
    assert rows.drop_nulls().rows() == [(1, "PREL"), (1, "PGOV")]
    assert (3, None) in rows.rows()  # for the empty list, Polars 2 makes no row, Polars 1 does


def test_a_missing_row_is_a_missing_struct() -> None:
    frame = pl.DataFrame({"tags": ["PREL", None]})

    found = frame.select(pl.col("tags").tagnorm.resolve())["tags"]

    assert found.null_count() == 1
    assert found[0]["tags"] == ["PREL"]


@pytest.mark.parametrize("verb", ["split", "resolve"])
def test_an_expression_tells_of_a_bad_option_at_once(verb) -> None:
    with pytest.raises(ValueError, match="min_confidence is 2"):
        getattr(pl.col("tags").tagnorm, verb)(min_confidence=2)


def test_an_expression_that_may_not_leave_anything_names_what_it_left() -> None:
    frame = pl.DataFrame({"tags": ["PREL", "PELOSI"]})

    with pytest.raises(pl.exceptions.ComputeError, match="cannot resolve 'PELOSI'"):
        frame.select(pl.col("tags").tagnorm.split(unresolved="raise"))


def test_an_expression_names_the_row_that_is_no_text() -> None:
    frame = pl.DataFrame({"tags": [None, 7]})

    with pytest.raises((TypeError, pl.exceptions.ComputeError), match=r"row 1 .* of type int;"):
        frame.select(pl.col("tags").tagnorm.split())


def test_a_series_has_the_namespace_too() -> None:
    series = pl.Series("tags", ["PREL, PELOSI", None])

    assert series.tagnorm.split(unresolved="drop").to_list() == [["PREL"], None]
    assert resolve_column(series).equals(series.tagnorm.resolve())


def test_a_column_of_a_frame_is_named_and_no_expression() -> None:
    frame = pl.DataFrame({"tags": ["PREL"]})
    for verb in (frame.tagnorm.split, frame.tagnorm.resolve, frame.lazy().tagnorm.split):
        with pytest.raises(TypeError, match=r"column is an expression; name the column, or use"):
            verb(pl.col("tags"))
    with pytest.raises(TypeError, match="output is of type int; it takes the name of a column"):
        frame.tagnorm.resolve("tags", output=5)
    with pytest.raises(TypeError, match="column is of type Series; it takes the name of a column"):
        frame.tagnorm.split(frame["tags"])
