"""What stands at the end: the last row, a line without an end, the last tag of a cell."""

from __future__ import annotations

import io
import json
from datetime import date, datetime, time

import pyarrow as pa
import pyarrow.ipc as ipc
import pyarrow.parquet as pq
import pytest

from tagnorm.errors import BadDataError, FormatError, OutputError, UnresolvedError
from tagnorm.files import clean_file, read_column
from tagnorm.files.excel import cell_text
from tagnorm.normalizer import Normalizer

NORMALIZER = Normalizer()


@pytest.fixture
def cleaned(tmp_path):
    """Cleans a text, and gives the text that comes of it."""

    def clean(name, text, to="", **options):
        raw = tmp_path / name
        raw.write_bytes(text.encode() if isinstance(text, str) else text)
        out = tmp_path / f"out{(to or name)[(to or name).index('.') :]}"
        clean.report = clean_file(raw, out, normalizer=NORMALIZER, **options)
        return out.read_bytes().decode()

    return clean


@pytest.mark.parametrize("end", ["", "\n", "\r", "\r\n"])
@pytest.mark.parametrize("blanks", [0, 1, 2])
class TestLastLine:
    def test_of_cells(self, cleaned, end, blanks):
        tail = end * (blanks + 1)
        line = end or "\n"
        raw = f"id,tags{line}1,PRELPGOV{line}2,XYZZY{tail}"

        assert cleaned("a.csv", raw) == f"id,tags{line}1,PREL;PGOV{line}2,XYZZY{tail}"
        assert cleaned.report.rows == 2

    def test_of_exploded_cells(self, cleaned, end, blanks):
        tail = end * (blanks + 1)
        line = end or "\n"
        raw = f"id,tags{line}2,{line}1,PRELPGOV{tail}"
        expected = f"id,tags{line}2,{line}1,PREL{line}1,PGOV{tail}"

        assert cleaned("a.csv", raw, explode=True) == expected

    def test_of_json(self, cleaned, end, blanks):
        tail = end * (blanks + 1)
        line = end or "\n"
        raw = f'{{"n": 1}}{line}{{"tags": "PRELPGOV"}}{tail}'

        assert cleaned("a.jsonl", raw) == f'{{"n": 1}}{line}{{"tags": ["PREL", "PGOV"]}}{tail}'
        assert cleaned.report.rows == 2

    def test_of_exploded_json(self, cleaned, end, blanks):
        tail = end * (blanks + 1)
        line = end or "\n"
        raw = f'{{"tags": ""}}{line}{{"tags": "PRELPGOV", "n": 1}}{tail}'
        last = f'{{"tags": "PREL", "n": 1}}{line}{{"tags": "PGOV", "n": 1}}{tail}'

        assert cleaned("a.jsonl", raw, explode=True) == f'{{"tags": null}}{line}{last}'

    def test_of_plain_lines(self, tmp_path, end, blanks):
        line = end or "\n"
        (tmp_path / "a.txt").write_bytes(f"PREL{line}PGOV{end * (blanks + 1)}".encode())
        found = read_column(tmp_path / "a.txt")
        empty = blanks if end else 0

        assert dict(found.counts) == {"PREL": 1, "PGOV": 1}
        assert dict(found.firsts) == {"PREL": 1, "PGOV": 2}
        assert (found.rows, found.empty) == (2 + empty, empty)


@pytest.mark.parametrize("regular", [True, False])
class TestColumns:
    """The same whether a block is cleaned as a whole or by rows, which a stray quote asks for."""

    def test_status_stands_behind_the_tags_or_behind_the_new_column(self, cleaned, regular):
        odd = '3,a"b",PREL\n' if not regular else "3,ab,PREL\n"
        raw = f"id,x,tags\n1,,PRELPGOV\n2,,\n{odd}"
        header, one, two, three, *rest = cleaned("a.csv", raw, status=True).split("\n")
        assert header == "id,x,tags,tags_status,tags_confidence"
        assert one.startswith("1,,PREL;PGOV,concatenated,0.9")
        assert two == "2,,,unresolved,1.0"
        assert three.split(",")[2:4] == ["PREL", "canonical"]
        assert rest == [""]

        header, one, two, three, *rest = cleaned("a.csv", raw, suffix="_new").split("\n")
        assert header == "id,x,tags,tags_new"
        assert (one, two) == ("1,,PRELPGOV,PREL;PGOV", "2,,,")
        assert three.endswith(",PREL,PREL")

        header, one, *_ = cleaned("a.csv", raw, suffix="_new", status=True).split("\n")
        assert header == "id,x,tags,tags_new,tags_status,tags_confidence"
        assert one.startswith("1,,PRELPGOV,PREL;PGOV,concatenated,0.9")

    def test_two_columns_are_each_cleaned_in_their_places(self, cleaned, regular):
        odd = '"c"d' if not regular else "cd"
        raw = f"a,x,b\nPRELPGOV,{odd},PGVO\n,,KDEM\n"
        found = cleaned("a.csv", raw, columns=["b", "a"], suffix="_t")

        assert found == (f"a,a_t,x,b,b_t\nPRELPGOV,PREL;PGOV,{odd},PGVO,PGOV\n,,,KDEM,KDEM\n")
        assert [column.name for column in cleaned.report.columns] == ["b", "a"]
        assert [(c.resolved, c.empty) for c in cleaned.report.columns] == [(2, 0), (1, 1)]

    def test_cells_keep_their_quotes_and_get_them_where_they_must(self, cleaned, regular):
        odd = '"x"y' if not regular else "xy"
        raw = f'id,tags\n{odd},"PRELPGOV"\n2,""\n3,PREL PGOV\n'

        assert cleaned("a.csv", raw) == f'id,tags\n{odd},"PREL;PGOV"\n2,""\n3,PREL;PGOV\n'
        assert cleaned("a.csv", raw, separator=",") == (
            f'id,tags\n{odd},"PREL,PGOV"\n2,""\n3,"PREL,PGOV"\n'
        )
        assert cleaned("a.csv", raw, separator=", ", explode=True) == (
            f'id,tags\n{odd},"PREL"\n{odd},"PGOV"\n2,""\n3,PREL\n3,PGOV\n'
        )

    def test_a_file_of_one_column_has_no_blank_lines_for_rows(self, cleaned, regular):
        odd, clean = ("", "") if regular else ('"X"Y\n', '""\n')
        found = cleaned("a.csv", f'tags\nPGVO\n""\n{odd}PREL\n', unresolved="drop")

        assert found == f'tags\nPGOV\n""\n{clean}PREL\n'


class TestDamage:
    RAW = "id,tags\n1,PRELPGOV\n2,PREL \udcff\n3,PGVO\n".encode(errors="surrogateescape")

    def test_what_is_no_text_is_left_and_is_not_sure_at_all(self, tmp_path):
        raw, out = tmp_path / "a.csv", tmp_path / "b.csv"
        raw.write_bytes(self.RAW)
        options = {"encoding": "utf-8", "on_error": "report", "normalizer": NORMALIZER}
        found = clean_file(raw, out, status=True, **options)
        lines = out.read_bytes().split(b"\n")

        assert lines[2] == b"2,PREL \xff,unresolved,0.0"
        assert (found.columns[0].unresolved, found.bad_row_count) == (1, 1)
        assert found.bad_rows[0].line == 3

        for to, name in (("parquet", "b.parquet"), ("jsonl", "b.jsonl")):
            clean_file(raw, tmp_path / name, status=True, to_format=to, **options)
        row = pq.read_table(tmp_path / "b.parquet").to_pylist()[1]
        assert row == json.loads((tmp_path / "b.jsonl").read_text().splitlines()[1])
        assert row == {
            "id": "2",
            "tags": ["PREL \ufffd"],
            "tags_status": "unresolved",
            "tags_confidence": 0.0,
        }

    def test_it_is_dropped_or_stops_the_work_where_that_is_asked_for(self, tmp_path):
        raw, out = tmp_path / "a.csv", tmp_path / "b.csv"
        raw.write_bytes(self.RAW)
        options = {"encoding": "utf-8", "on_error": "report", "normalizer": NORMALIZER}
        clean_file(raw, out, unresolved="drop", **options)
        assert out.read_text() == "id,tags\n1,PREL;PGOV\n2,\n3,PGOV\n"
        with pytest.raises(UnresolvedError):
            clean_file(raw, out, unresolved="raise", **options)

    @pytest.mark.parametrize("end", ["csv", "jsonl", "parquet"])
    def test_its_row_is_counted_alike_whatever_is_written(self, tmp_path, end):
        raw = tmp_path / "a.csv"
        raw.write_bytes(self.RAW)
        report = clean_file(
            raw, tmp_path / f"b.{end}", encoding="utf-8", on_error="report", weighed=True
        )
        (column,) = report.columns
        assert (column.resolved, column.unresolved, column.empty, column.distinct) == (2, 1, 0, 2)
        assert dict(column.statuses) == {"concatenated": 1, "misspelled": 1, "unresolved": 1}


class TestRagged:
    def test_rows_with_cells_too_many_or_too_few_are_carried_through(self, cleaned):
        raw = "id,x,tags\n1,a,PRELPGOV\n2\n3,b,PGVO,KDEM\n4,c,PGVO\n"
        found = cleaned("a.csv", raw, on_error="report")

        assert found == "id,x,tags\n1,a,PREL;PGOV\n2\n3,b,PGOV;KDEM\n4,c,PGOV\n"
        assert [(row.line, row.message, row.raw) for row in cleaned.report.bad_rows] == [
            (3, "1 cell, but 3 columns", "2\n"),
            (4, "4 cells, but 3 columns", "3,b,PGVO,KDEM\n"),
        ]

    def test_they_are_null_as_columns(self, tmp_path):
        raw, out = tmp_path / "a.csv", tmp_path / "b.parquet"
        raw.write_text("id,x,tags\n1,a,PRELPGOV\n2\n3,b,PGVO,KDEM\n\n4,c,PGVO\n")
        clean_file(raw, out, on_error="report", normalizer=NORMALIZER)

        assert pq.read_table(out).to_pylist() == [
            {"id": "1", "x": "a", "tags": ["PREL", "PGOV"]},
            {"id": "2", "x": None, "tags": None},
            {"id": "3", "x": "b", "tags": ["PGOV", "KDEM"]},
            {"id": "4", "x": "c", "tags": ["PGOV"]},
        ]

    @pytest.mark.parametrize(
        ("raw", "line", "message"),
        [
            ("id,tags\n\n1,PREL\n2\n", 4, "1 cell, but 2 columns"),
            ('id,tags\n"1\n2",PREL\n3\n', 4, "1 cell, but 2 columns"),
            ('id,tags\n1,"PREL\n2,PREL\n', 2, 'a quote (") is opened and never closed'),
            ('id,"tags\n1,PREL\n', 1, 'the header opens a quote (") and never closes it'),
            ("", 0, "is empty; it has no header with the names of its columns"),
            ("\n\n", 0, "is empty; it has no header with the names of its columns"),
        ],
    )
    def test_the_line_is_told(self, tmp_path, raw, line, message):
        (tmp_path / "a.csv").write_text(raw)
        with pytest.raises(BadDataError) as caught:
            clean_file(tmp_path / "a.csv", tmp_path / "b.csv", normalizer=NORMALIZER)

        at = f":{line}" if line else ""
        assert str(caught.value).startswith(f"{tmp_path / 'a.csv'}{at}: {message}")
        assert caught.value.line == line


class TestJsonArrays:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("", "1: is no JSON array: '[' is missing before the end of the file"),
            ("[\n\n{} {}]", "3: is no JSON array: ',' is missing before '{'"),
            ('[{"tags": "A"}', "1: is no JSON array: ',' is missing before the end of the file"),
            ('[{"tags": "A"}]\n\n x', "3: goes on behind the array"),
            ('[{"tags": "A"},\n]', "2: the row is no JSON object"),
            ('[{"tags": "A"},\n\n{"tags": }]', "3: the row is no JSON: Expecting value"),
        ],
    )
    def test_what_is_wrong_is_told_by_the_line(self, tmp_path, text, message):
        (tmp_path / "a.json").write_text(text)
        with pytest.raises(BadDataError) as caught:
            clean_file(
                tmp_path / "a.json", tmp_path / "b.json", from_format="json", normalizer=NORMALIZER
            )

        assert f"a.json:{message}" in str(caught.value)

    @pytest.mark.parametrize("size", [1, 7, 1 << 20])
    def test_where_blocks_end_makes_no_difference(self, cleaned, monkeypatch, size):
        monkeypatch.setattr("tagnorm.files.json_array._BLOCK", size)
        raw = ' [ {"tags": "PRELPGOV", "n": [1, {"a": "]"}]} ,\n{"tags": null},{}\n]\n'

        assert cleaned("a.json", raw) == raw.replace('"PRELPGOV"', '["PREL", "PGOV"]')
        assert cleaned.report.rows == 3
        exploded = cleaned("a.json", raw, explode=True)
        assert (
            exploded.split()
            == raw.replace(
                '{"tags": "PRELPGOV", "n": [1, {"a": "]"}]}',
                '{"tags": "PREL", "n": [1, {"a": "]"}]},\n{"tags": "PGOV", "n": [1, {"a": "]"}]}',
            ).split()
        )

    @pytest.mark.parametrize("rows", [[], [{"tags": "PGVO"}], [{"tags": "PGVO"}, {"tags": None}]])
    def test_one_is_written_with_a_row_in_a_line(self, tmp_path, rows):
        raw, out = tmp_path / "a.parquet", tmp_path / "b.json"
        pq.write_table(pa.table({"tags": pa.array([r["tags"] for r in rows], pa.string())}), raw)
        clean_file(raw, out, normalizer=NORMALIZER)
        lines = ['{"tags": ["PGOV"]}', '{"tags": null}'][: len(rows)]

        assert out.read_text() == ("[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n")


class TestProgress:
    def test_rows_and_bytes_are_told_after_each_batch(self, tmp_path):
        told = []
        raw = tmp_path / "a.csv"
        raw.write_text("tags\n" + "PREL\n" * 10)
        clean_file(raw, tmp_path / "b.csv", progress=lambda *it: told.append(it))

        assert told == [(0, 55, 55), (10, 55, 55)]

    def test_of_parquet_rows_are_told_of_all_rows(self, tmp_path, monkeypatch):
        monkeypatch.setattr("tagnorm.files.columnar._ROWS", 4)
        told = []
        pq.write_table(pa.table({"tags": ["PREL"] * 10}), tmp_path / "a.parquet")
        clean_file(
            tmp_path / "a.parquet", tmp_path / "b.parquet", progress=lambda *it: told.append(it)
        )

        assert told == [(4, 4, 10), (8, 8, 10), (10, 10, 10)]


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        (
            {"columns": "tags"},
            TypeError,
            "columns is one string, 'tags', where several are expected: ['tags']",
        ),
        ({"columns": []}, FormatError, "no column is named; name at least one"),
        (
            {"columns": ["a", "b"], "explode": True},
            FormatError,
            "only one column can be exploded; clean the others in another run",
        ),
        ({"separator": ""}, FormatError, "'' cannot part tags; try ';', ' ' or '|'"),
        ({"separator": "; a"}, FormatError, "'; a' cannot part tags; try ';', ' ' or '|'"),
        ({"separator": "\n"}, FormatError, r"'\n' cannot part tags; try ';', ' ' or '|'"),
        ({"on_error": "go"}, ValueError, "on_error is 'go'; it takes 'stop' or 'report'"),
    ],
)
def test_an_option_that_cannot_be_is_refused(tmp_path, options, error, message):
    with pytest.raises(error) as caught:
        clean_file(tmp_path / "a.csv", tmp_path / "b.csv", **options)

    assert str(caught.value) == message


def test_a_column_named_twice_is_cleaned_once(cleaned):
    assert cleaned("a.csv", "tags\nPRELPGOV\n", columns=["tags", "tags"]) == "tags\nPREL;PGOV\n"
    assert len(cleaned.report.columns) == 1


class TestColumnar:
    TABLE = pa.table(
        {
            "id": pa.array(range(23)),
            "tags": pa.array(["PRELPGOV", None, ""] * 7 + ["KDEM", "XYZZY"]),
            "n": pa.array([[at] for at in range(23)]),
        }
    )

    def expected(self):
        found = []
        for row in self.TABLE.to_pylist():
            tags = row["tags"]
            found.append({**row, "tags": None if tags is None else NORMALIZER.split(tags)})
        return found

    @pytest.mark.parametrize("kind", ["parquet", "arrow", "arrows"])
    @pytest.mark.parametrize("bound", ["_ROWS", "_GROUP_ROWS", "_GROUP_BYTES", "_BYTES"])
    def test_however_much_is_read_and_written_at_a_time(self, tmp_path, monkeypatch, kind, bound):
        monkeypatch.setattr("tagnorm.files.columnar._COLUMN_BYTES", 1)
        monkeypatch.setattr(f"tagnorm.files.columnar.{bound}", 5)
        raw, out = tmp_path / f"a.{kind}", tmp_path / f"b.{kind}"
        if kind == "parquet":
            pq.write_table(self.TABLE, raw, row_group_size=10)
        else:
            with (ipc.new_file if kind == "arrow" else ipc.new_stream)(
                raw, self.TABLE.schema
            ) as writer:
                writer.write_table(self.TABLE, max_chunksize=10)
        clean_file(raw, out, normalizer=NORMALIZER)
        read = {"parquet": pq.read_table, "arrow": lambda p: ipc.open_file(p).read_all()}
        found = read.get(kind, lambda p: ipc.open_stream(p).read_all())(out)

        assert found.to_pylist() == self.expected()
        if kind == "parquet":
            groups = pq.ParquetFile(out).metadata.num_row_groups
            assert groups == (3 if bound == "_GROUP_ROWS" else 1)

    @pytest.mark.parametrize("bytes_", [1, 300, 1 << 20])
    def test_a_wide_table_is_read_some_columns_at_a_time(self, tmp_path, monkeypatch, bytes_):
        monkeypatch.setattr("tagnorm.files.columnar._WIDE", 2)
        monkeypatch.setattr("tagnorm.files.columnar._BUNCH", 2)
        monkeypatch.setattr("tagnorm.files.columnar._BYTES", bytes_)
        raw, out = tmp_path / "a.parquet", tmp_path / "b.parquet"
        table = pa.table(
            {
                "a": list(range(23)),
                "tags": ["PREL"] * 22 + ["PGVO"],
                **{name: [f"{name}{at}" for at in range(23)] for name in "bcde"},
            }
        )
        pq.write_table(table, raw, row_group_size=10)
        clean_file(raw, out, normalizer=NORMALIZER)
        found = pq.read_table(out)

        assert found.drop_columns(["tags"]) == table.drop_columns(["tags"])
        assert found.column("tags").to_pylist() == [["PREL"]] * 22 + [["PGOV"]]
        assert dict(read_column(raw).counts) == {"PREL": 22, "PGVO": 1}

    def test_what_a_format_has_no_type_for_is_named_by_its_column(self, tmp_path):
        raw = tmp_path / "a.arrow"
        table = pa.table(
            {"tags": ["PREL"], "x": pa.array([(1, 2, 3)], pa.month_day_nano_interval())}
        )
        with ipc.new_file(raw, table.schema) as writer:
            writer.write_table(table)
        with pytest.raises(FormatError) as caught:
            clean_file(raw, tmp_path / "b.parquet")

        assert str(caught.value) == (
            "column 'x' is month_day_nano_interval, which parquet has no type for; write "
            "arrow, csv or jsonl, or leave the column out"
        )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        ("PREL_x000D_", "PREL\r"),
        ("_xD7FF_", "\ud7ff"),
        ("_xD800_", "_xD800_"),
        ("_xDFFF_", "_xDFFF_"),
        ("_xE000_", "\ue000"),
        ("_x00_", "_x00_"),
        (True, "TRUE"),
        (False, "FALSE"),
        (3.0, "3"),
        (-3.0, "-3"),
        (3.5, "3.5"),
        (999999999999999.0, "999999999999999"),
        (1e15, "1000000000000000.0"),
        (-1e15, "-1000000000000000.0"),
        (7, "7"),
        (datetime(2020, 2, 29), "2020-02-29"),
        (datetime(2020, 2, 29, 0, 0, 1), "2020-02-29 00:00:01"),
        (date(2020, 2, 29), "2020-02-29"),
        (time(1, 2), "01:02:00"),
    ],
)
def test_a_cell_of_excel_is_the_text_that_it_shows(value, expected):
    assert cell_text(value) == expected


def test_an_output_of_a_format_for_programs_is_not_for_a_terminal(tmp_path, monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    (tmp_path / "a.csv").write_text("tags\nPREL\n")
    monkeypatch.setattr("sys.stdout", Terminal())
    with pytest.raises(FormatError) as caught:
        clean_file(tmp_path / "a.csv", "-", to_format="parquet")

    assert str(caught.value) == (
        "parquet is not for a terminal; name a file with output, or pass to_format='csv'"
    )


def test_json_that_has_no_such_column_is_told_with_those_that_it_has(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"a": 1}\n{"b": {"c": "PREL"}}\n')
    with pytest.raises(
        FormatError,
        match=r"has no column 'tags'; name one of its columns with columns: a, b$",
    ):
        clean_file(tmp_path / "a.jsonl", tmp_path / "b.jsonl")
    with pytest.raises(
        FormatError,
        match=r"has no column 'tags'; name one of its columns with column: a, b$",
    ):
        read_column(tmp_path / "a.jsonl", "tags")
    assert dict(read_column(tmp_path / "a.jsonl", "b.c").counts) == {"PREL": 1}


def test_a_folder_that_is_not_there_is_told(tmp_path):
    (tmp_path / "a.csv").write_text("tags\nPREL\n")
    with pytest.raises(OutputError):
        clean_file(tmp_path / "a.csv", tmp_path / "no" / "b.csv")


def test_new_members_stand_behind_the_value_they_come_from(cleaned):
    raw = '{"tags": "PRELPGOV", "n": 1}\n{"n": 2, "tags": null}\n{"n": 3}\n'
    for odd in ("", '{"tags": ["PREL", null, "PGVO"], "tags": "KDEM"}\n'):
        lines = cleaned("a.jsonl", raw + odd, suffix="_new", status=True).splitlines()
        first = json.loads(lines[0])
        assert list(first) == ["tags", "tags_new", "tags_status", "tags_confidence", "n"]
        assert first["tags_new"] == ["PREL", "PGOV"]
        assert lines[1:3] == ['{"n": 2, "tags": null}', '{"n": 3}']
