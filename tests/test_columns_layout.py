"""What goes into a column besides text, and how the tags come back: lists, texts, objects."""

from __future__ import annotations

import importlib
import io

import pytest
from column_backends import needs
from hypothesis import given, settings
from hypothesis import strategies as st

import tagnorm
from tagnorm.columns import resolve_column, split_column
from tagnorm.columns.layout import join_cell
from tagnorm.decisions.store import Decision, Decisions

FIELDS = ["PRELPGOV", None, "PGVO, PELOSI", "", "PELOSI"]
CELLS = ["PREL;PGOV", None, "PGOV;PELOSI", "", "PELOSI"]
LISTS = [["PREL", "PGVO"], None, ["PREL", None, "PELOSI, X;Y"], [], [None], [""]]
JOINED = ["PREL; PGVO", None, "PREL; PELOSI, X;Y", "", "", ""]
# A decision may make a tag of anything.
ODD = Decisions([Decision("PREL", ["A;B", "C\\D"])])


def _pandas(values, **options):
    pd = importlib.import_module("pandas")
    dtype = object if any(isinstance(value, list) for value in values) else "str"
    found = split_column(pd.Series(values, dtype=dtype), **options).tolist()
    return [one if isinstance(one, str | list) else None for one in found]


def _pandas_arrow(values, **options):
    pd, pa = importlib.import_module("pandas"), importlib.import_module("pyarrow")
    column = pd.Series(pd.arrays.ArrowExtensionArray(pa.array(values)))
    found = split_column(column, **options).tolist()
    return [one if isinstance(one, str | list) else None for one in found]


def _numpy(values, **options):
    np = importlib.import_module("numpy")
    column = np.fromiter(values, dtype=object, count=len(values))
    return split_column(column, **options).tolist()


def _polars(values, **options):
    pl = importlib.import_module("polars")
    return split_column(pl.Series(values), **options).to_list()


def _polars_lazy(values, **options):
    pl = importlib.import_module("polars")
    importlib.import_module("tagnorm.polars")
    query = pl.LazyFrame({"tags": values}).select(pl.col("tags").tagnorm.split(**options))
    return query.collect()["tags"].to_list()


def _arrow(values, **options):
    pa = importlib.import_module("pyarrow")
    return split_column(pa.array(values), **options).to_pylist()


def _chunks(values, **options):
    pa = importlib.import_module("pyarrow")
    kind = pa.array(values).type
    column = pa.chunked_array([pa.array(values[:2], kind), pa.array(values[2:], kind)])
    return split_column(column, **options).to_pylist()


_ARROW = ("pyarrow",)
_ALL = [
    pytest.param(split_column, id="list"),
    pytest.param(_numpy, id="numpy", marks=needs("numpy")),
    pytest.param(_pandas, id="pandas", marks=needs("pandas", "narwhals", *_ARROW)),
    pytest.param(_pandas_arrow, id="pandas on Arrow", marks=needs("pandas", "narwhals", *_ARROW)),
    pytest.param(_polars, id="polars", marks=needs("polars", "narwhals", *_ARROW)),
    pytest.param(_polars_lazy, id="polars lazy", marks=needs("polars", "narwhals", *_ARROW)),
    pytest.param(_arrow, id="arrow", marks=needs(*_ARROW)),
    pytest.param(_chunks, id="arrow chunks", marks=needs(*_ARROW)),
]


@pytest.mark.parametrize("split", _ALL)
def test_a_separator_makes_one_text_of_the_tags(split) -> None:
    assert split(FIELDS, separator=";") == CELLS


@pytest.mark.parametrize("split", _ALL)
def test_a_tag_that_holds_the_separator_can_be_told_apart(split) -> None:
    assert split(["PREL", None], separator=";", decisions=ODD) == [r"A\;B;C\\D", None]


@given(st.lists(st.text("A;\\ B", min_size=1), max_size=4), st.sampled_from([";", "; ", "||"]))
@settings(deadline=None)
def test_what_was_joined_can_be_cut_again(tags, separator) -> None:
    cell, found, at, tag = join_cell(tags, separator), [], 0, ""
    while at < len(cell):
        if cell[at] == "\\":
            # An escaped separator is whole.
            size = len(separator) if cell.startswith(separator, at + 1) else 1
            tag, at = tag + cell[at + 1 : at + 1 + size], at + 1 + size
        elif cell.startswith(separator, at):
            found, tag, at = [*found, tag], "", at + len(separator)
        else:
            tag, at = tag + cell[at], at + 1

    assert tags == ([*found, tag] if tags else [])


@pytest.mark.parametrize("split", _ALL)
def test_a_list_of_raw_strings_is_one_field(split) -> None:
    expected = [None if field is None else tagnorm.split(field) for field in JOINED]

    assert split(LISTS) == expected
    assert split([["PGOV", "PGVO"]]) == [tagnorm.split("PGOV; PGVO")]


@pytest.mark.parametrize("split", _ALL)
def test_a_decision_holds_for_a_list_as_for_the_field_that_it_is(split) -> None:
    decisions = Decisions([Decision("PREL; PELOSI", ["SNAR"])])

    assert split([["PREL", None, "PELOSI"], ["PREL"]], decisions=decisions) == [["SNAR"], ["PREL"]]


def test_lists_of_something_else_are_refused() -> None:
    with pytest.raises(TypeError, match=r"row 1 .* a value of type list"):
        split_column(["PREL", ["PGOV", 7]])


@pytest.mark.parametrize("bad", [{"separator": ""}, {"separator": "\\"}, {"lists": "python"}])
def test_a_bad_layout_is_told_of(bad) -> None:
    with pytest.raises(ValueError, match=f"{next(iter(bad))} is .*; it takes"):
        split_column([], **bad)
    with pytest.raises(TypeError, match="separator is 7, of type int"):
        resolve_column([], separator=7)


def test_resolving_with_a_separator_joins_both_lists() -> None:
    found = resolve_column(FIELDS, separator=" | ")

    assert found["tags"] == ["PREL | PGOV", None, "PGOV", "", ""]
    assert found["unresolved"] == ["", None, "PELOSI", "", "PELOSI"]


class TestArrow:
    """Types of Arrow besides the plain ones."""

    pytestmark = needs("pyarrow")

    @pytest.mark.parametrize(
        "kind", ["list_", "large_list", "list_view", "large_list_view", "fixed"]
    )
    @pytest.mark.parametrize("text", ["string", "large_string", "string_view", "dictionary"])
    def test_lists_of_every_kind_are_read(self, kind, text) -> None:
        pa = pytest.importorskip("pyarrow")
        rows = [["PREL", None], None, ["PGVO", "PELOSI"]]
        item = (
            pa.dictionary(pa.int32(), pa.string()) if text == "dictionary" else getattr(pa, text)()
        )
        if kind != "fixed" and not hasattr(pa, kind):
            pytest.skip(f"PyArrow {pa.__version__} has no {kind}")
        to = pa.list_(item, 2) if kind == "fixed" else getattr(pa, kind)(item)
        column = pa.array(rows, to)

        assert split_column(column).to_pylist() == [["PREL"], None, ["PGOV", "PELOSI"]]
        assert split_column(column.slice(2)).to_pylist() == [["PGOV", "PELOSI"]]
        assert split_column(column.slice(0, 0)).to_pylist() == []
        assert resolve_column(column)["status"].to_pylist() == ["canonical", None, "mixed"]

    def test_runs_of_one_text_are_read(self) -> None:
        pa = pytest.importorskip("pyarrow")
        column = pa.RunEndEncodedArray.from_arrays([2, 3, 5], pa.array(["PGVO", None, "PREL"]))

        expected = [["PGOV"], ["PGOV"], None, ["PREL"], ["PREL"]]
        assert split_column(column).to_pylist() == expected
        assert split_column(column.slice(1, 3)).to_pylist() == expected[1:4]
        assert split_column(pa.chunked_array([column, column])).to_pylist() == expected * 2
        assert resolve_column(column).num_rows == 5


class TestPandas:
    """What pandas users do with the answer."""

    pytestmark = needs("pandas", "pyarrow", "narwhals")

    @pytest.fixture
    def frame(self):
        pd = pytest.importorskip("pandas")
        pytest.importorskip("narwhals")
        importlib.import_module("tagnorm.pandas")
        return pd.DataFrame(
            {"id": [7, 8, 9], "tags": ["PRELPGOV", None, "PELOSI"]}, index=[3, 1, 2]
        )

    def test_lists_may_be_objects(self, frame) -> None:
        found = frame["tags"].tagnorm.split(lists="object")

        assert (found.dtype, found.name, list(found.index)) == (object, "tags", [3, 1, 2])
        assert found.tolist() == [["PREL", "PGOV"], None, ["PELOSI"]]
        assert [type(one) for one in found] == [list, type(None), list]
        assert frame["tags"].tagnorm.resolve(lists="object")["unresolved"].dtype == object

    @pytest.mark.parametrize("options", [{"lists": "object"}, {"separator": ";"}])
    @pytest.mark.parametrize("verb", ["split", "resolve"])
    def test_what_was_written_to_parquet_is_read_again(
        self, frame, options, verb, tmp_path
    ) -> None:
        pd = pytest.importorskip("pandas")
        found = getattr(frame.tagnorm, verb)("tags", output="found", **options)
        found.to_parquet(tmp_path / "found.parquet")
        again = pd.read_parquet(tmp_path / "found.parquet")

        assert list(again) == list(found)
        assert split_column(again[found.columns[2]], unresolved="drop").tolist()[0] == [
            "PREL",
            "PGOV",
        ]

    def test_lists_on_arrow_are_read_again_as_arrow(self, frame) -> None:
        pd = pytest.importorskip("pandas")
        if pd.__version__.startswith("2."):
            pytest.skip("pandas 2 reads no lists of Arrow back that it wrote itself")
        file = io.BytesIO()
        frame.tagnorm.split("tags").to_parquet(file)
        file.seek(0)
        again = pd.read_parquet(file, dtype_backend="pyarrow")

        assert again["tags"].tolist()[0] == ["PREL", "PGOV"]

    def test_a_frame_gets_the_tags_in_place_or_beside(self, frame) -> None:
        assert list(frame.tagnorm.split("tags")) == ["id", "tags"]
        assert list(frame.tagnorm.split("tags", output="codes")) == ["id", "tags", "codes"]
        assert frame.tagnorm.split("tags", separator=" ")["tags"].tolist()[0] == "PREL PGOV"
        assert frame["tags"].tolist()[0] == "PRELPGOV"

    def test_a_frame_gets_the_whole_answer_in_four_columns(self, frame) -> None:
        found = frame.tagnorm.resolve("tags")

        assert list(found.columns[2:]) == [
            "tags_tags",
            "tags_status",
            "tags_confidence",
            "tags_unresolved",
        ]
        assert found["tags_status"].tolist()[::2] == ["concatenated", "unresolved"]
        assert list(found.index) == [3, 1, 2]

    def test_names_that_do_not_fit_are_told_of(self, frame) -> None:
        with pytest.raises(ValueError, match="there is no column 'tag'; there are 'id', 'tags'"):
            frame.tagnorm.split("tag")
        with pytest.raises(ValueError, match="are several columns; name one, and call it once"):
            frame.tagnorm.split(["id", "tags"])
        with pytest.raises(ValueError, match="a column 'tags_tags' already; pass another output="):
            frame.tagnorm.resolve("tags").tagnorm.resolve("tags")

    def test_exploding_makes_a_row_of_each_tag(self, frame) -> None:
        for lists in ("arrow", "object"):
            found = frame.tagnorm.split("tags", lists=lists).explode("tags")
            assert found["tags"].tolist()[0:2] == ["PREL", "PGOV"]


class TestPolars:
    """What Polars users do with the answer."""

    pytestmark = needs("polars", "pyarrow", "narwhals")

    @pytest.fixture(params=["DataFrame", "LazyFrame"])
    def frame(self, request):
        pl = pytest.importorskip("polars")
        importlib.import_module("tagnorm.polars")
        return getattr(pl, request.param)({"id": [7, 8, 9], "tags": ["PRELPGOV", None, "PELOSI"]})

    def test_a_frame_gets_the_tags_in_place_or_beside(self, frame) -> None:
        assert frame.tagnorm.split("tags").lazy().collect().columns == ["id", "tags"]
        found = frame.tagnorm.split("tags", output="codes", separator=" ").lazy().collect()
        assert found.columns == ["id", "tags", "codes"]
        assert found["codes"].to_list() == ["PREL PGOV", None, "PELOSI"]

    def test_a_frame_gets_the_whole_answer_in_four_columns(self, frame) -> None:
        found = frame.tagnorm.resolve("tags").lazy().collect()

        assert found.columns[2:] == [
            "tags_tags",
            "tags_status",
            "tags_confidence",
            "tags_unresolved",
        ]
        assert found["tags_status"].to_list() == ["concatenated", None, "unresolved"]

    def test_names_that_do_not_fit_are_told_of(self, frame) -> None:
        with pytest.raises(ValueError, match="there is no column 'tag'; there are 'id', 'tags'"):
            frame.tagnorm.split("tag")
        with pytest.raises(ValueError, match="a column 'tags_tags' already"):
            frame.tagnorm.resolve("tags").tagnorm.resolve("tags")

    def test_lists_of_objects_are_not_for_polars(self) -> None:
        pl = pytest.importorskip("polars")
        with pytest.raises(ValueError, match="lists='object' is for pandas"):
            split_column(pl.Series(["PREL"]), lists="object")

    def test_what_was_written_to_parquet_is_read_again(self, frame) -> None:
        pl = pytest.importorskip("polars")
        file = io.BytesIO()
        found = frame.tagnorm.resolve("tags").lazy().collect()
        found.write_parquet(file)
        file.seek(0)
        assert pl.read_parquet(file).equals(found)
