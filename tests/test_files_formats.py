"""Files in every format, in and out: the same rows, in order, with their cells as they were."""

from __future__ import annotations

import bz2
import csv
import datetime
import decimal
import gzip
import io
import itertools
import json
import lzma
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import ipc

from tagnorm import Normalizer
from tagnorm.files import BadDataError, FormatError, clean_file, columnar
from tagnorm.files.distinct_count import DistinctCount
from tagnorm.files.formats import Format
from tagnorm.files.inputs import Input

HEADER = ["id", "tags", "note"]
ROWS = [
    ["007", "PRELPGOV, PELOSI", 'a "b", c'],
    ["1e5", "", "NA"],
    [" x ", "PGVO", "first\nsecond"],
    ["é", "PREL PGOV", "nul \0 in it"],
    ["", "PREL, PGVO; MARRMOPS", "tab\there"],
]
TEXTS = ["csv", "tsv", "jsonl", "csv.gz", "tsv.gz", "jsonl.gz", "csv.zst", "tsv.zst", "jsonl.zst"]
FORMATS = [*TEXTS, "parquet", "arrow", "feather", "arrows"]


@pytest.fixture(scope="module")
def normalizer():
    return Normalizer()


def content(path: Path) -> bytes:
    raw = path.read_bytes()
    if path.suffix == ".gz":
        return gzip.decompress(raw)
    if path.suffix == ".zst":
        return pa.CompressedInputStream(pa.BufferReader(raw), "zstd").read()
    return raw


def quoted(cell: str, delimiter: str) -> str:
    special = any(mark in cell for mark in f'{delimiter}"\r\n')
    return '"' + cell.replace('"', '""') + '"' if special else cell


def write(path: Path, rows: list[list[str]]) -> None:
    kind = path.name.split(".")[1]
    if kind in ("csv", "tsv"):
        delimiter = "\t" if kind == "tsv" else ","
        lines = [delimiter.join(quoted(c, delimiter) for c in row) for row in [HEADER, *rows]]
        raw = ("\n".join(lines) + "\n").encode()
    elif kind == "jsonl":
        objects = [dict(zip(HEADER, row, strict=True)) for row in rows]
        raw = "".join(json.dumps(one) + "\n" for one in objects).encode()
    else:
        table = pa.table(dict(zip(HEADER, zip(*rows, strict=True), strict=True)))
        if kind == "parquet":
            pq.write_table(table, path)
            return
        with path.open("wb") as file:
            make = ipc.new_stream if kind == "arrows" else ipc.new_file
            with make(file, table.schema) as writer:
                writer.write_table(table, max_chunksize=2)
        return
    if path.suffix == ".gz":
        raw = gzip.compress(raw)
    elif path.suffix == ".zst":
        raw = pa.compress(raw, codec="zstd", asbytes=True)
    path.write_bytes(raw)


def read(path: Path) -> list[list[object]]:
    """The rows of an output, with tags as lists, by other means than those that wrote it."""
    kind = path.name.split(".")[1]
    if kind in ("csv", "tsv"):
        return [[i, t.split(";") if t else [], n] for i, t, n in parse(content(path), kind)[1:]]
    if kind == "jsonl":
        return [list(json.loads(line).values()) for line in content(path).splitlines()]
    if kind == "parquet":
        table = pq.read_table(path)
    elif kind == "arrows":
        table = ipc.open_stream(path.read_bytes()).read_all()
    else:
        table = ipc.open_file(path.read_bytes()).read_all()
    assert table.column_names == HEADER
    return [list(row.values()) for row in table.to_pylist()]


def parse(raw: bytes, kind: str) -> list[list[str]]:
    text = io.StringIO(raw.decode(), newline="")
    return list(csv.reader(text, delimiter="\t" if kind == "tsv" else ","))


@pytest.mark.parametrize(("source", "output"), [*itertools.product(FORMATS, FORMATS)])
def test_every_format_turns_into_every_other_with_the_scalar_answers(
    tmp_path, normalizer, source, output
):
    write(tmp_path / f"in.{source}", ROWS)
    report = clean_file(
        tmp_path / f"in.{source}", tmp_path / f"out.{output}", normalizer=normalizer
    )
    expected = [[i, normalizer.split(t), n] for i, t, n in ROWS]
    assert read(tmp_path / f"out.{output}") == expected
    assert report.rows == len(ROWS)


@pytest.mark.parametrize("kind", FORMATS)
def test_cleaning_a_clean_file_changes_nothing(tmp_path, normalizer, kind):
    write(tmp_path / f"in.{kind}", ROWS)
    clean_file(tmp_path / f"in.{kind}", tmp_path / f"once.{kind}", normalizer=normalizer)
    clean_file(tmp_path / f"once.{kind}", tmp_path / f"twice.{kind}", normalizer=normalizer)
    assert (tmp_path / f"twice.{kind}").read_bytes() == (tmp_path / f"once.{kind}").read_bytes()


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_without_rows_keeps_its_columns(tmp_path, normalizer, kind):
    source = tmp_path / "in.csv"
    source.write_text("id,tags,note\n")
    report = clean_file(source, tmp_path / f"out.{kind}", normalizer=normalizer)
    assert read(tmp_path / f"out.{kind}") == []
    assert (report.rows, report.share_resolved) == (0, 1.0)


def test_columns_of_other_types_and_the_schema_s_notes_are_carried_through(tmp_path, normalizer):
    schema = pa.schema(
        [
            pa.field("n", pa.int16(), metadata={"unit": "m"}),
            ("tags", pa.dictionary(pa.int32(), pa.string())),
            ("when", pa.timestamp("us", "UTC")),
            ("money", pa.decimal128(9, 2)),
            ("nested", pa.struct([("a", pa.list_(pa.int8()))])),
        ],
        metadata={"made": "by hand"},
    )
    when = datetime.datetime(2010, 11, 28, tzinfo=datetime.UTC)
    rows = [
        {
            "n": 1,
            "tags": "PGVO",
            "when": when,
            "money": decimal.Decimal("1.50"),
            "nested": {"a": [1]},
        },
        {"n": None, "tags": None, "when": None, "money": None, "nested": None},
    ]
    pq.write_table(pa.Table.from_pylist(rows, schema), tmp_path / "in.parquet")
    clean_file(tmp_path / "in.parquet", tmp_path / "out.parquet", normalizer=normalizer)
    found = pq.read_table(tmp_path / "out.parquet")
    expected = [{**rows[0], "tags": ["PGOV"]}, rows[1]]
    assert found.to_pylist() == expected
    assert found.schema.metadata == {b"made": b"by hand"}
    assert found.schema.field("n").metadata[b"unit"] == b"m"
    assert [f.type for f in found.schema if f.name != "tags"] == [
        f.type for f in schema if f.name != "tags"
    ]

    clean_file(tmp_path / "in.parquet", tmp_path / "out.csv", normalizer=normalizer)
    assert (tmp_path / "out.csv").read_text() == (
        'n,tags,when,money,nested\n1,PGOV,2010-11-28 00:00:00.000000Z,1.50,"{""a"": [1]}"\n,,,,\n'
    )
    clean_file(tmp_path / "in.parquet", tmp_path / "out.jsonl", normalizer=normalizer)
    first = json.loads((tmp_path / "out.jsonl").read_text().splitlines()[0])
    assert first == {
        "n": 1,
        "tags": ["PGOV"],
        "when": "2010-11-28T00:00:00+00:00",
        "money": "1.50",
        "nested": {"a": [1]},
    }


def test_a_column_of_lists_is_cleaned_item_by_item(tmp_path, normalizer):
    table = pa.table({"tags": [["PREL", "PGVO"], [], None, ["PRELPGOV", None]]})
    pq.write_table(table, tmp_path / "in.parquet")
    clean_file(tmp_path / "in.parquet", tmp_path / "out.parquet", normalizer=normalizer)
    found = pq.read_table(tmp_path / "out.parquet")["tags"].to_pylist()
    assert found == [["PREL", "PGOV"], [], None, ["PREL", "PGOV"]]


def test_a_column_of_numbers_is_refused(tmp_path, normalizer):
    pq.write_table(pa.table({"tags": [1, 2]}), tmp_path / "in.parquet")
    with pytest.raises(FormatError, match="'tags' is int64; only text"):
        clean_file(tmp_path / "in.parquet", tmp_path / "out.parquet", normalizer=normalizer)
    assert not (tmp_path / "out.parquet").exists()


def test_json_lines_change_only_in_the_values_that_are_cleaned(tmp_path, normalizer):
    source = tmp_path / "in.jsonl"
    source.write_bytes(
        b'{ "n": 1e5,"tags" : "PGVO, PRELPGOV" , "x": [1.10, {"tags": "PGVO"}], "u": "\\u00e9"}\r\n'
        b"\n"
        b'{"n": 12345678901234567890, "tags": null}\n'
        b'{"n": 0.30000000000000004}\n'
        b'{"tags": ["PREL", "MARRMOPS"]}'
    )
    clean_file(source, tmp_path / "out.jsonl", normalizer=normalizer)
    assert (tmp_path / "out.jsonl").read_bytes() == (
        b'{ "n": 1e5,"tags" : ["PGOV", "PREL", "PGOV"] , '
        b'"x": [1.10, {"tags": "PGVO"}], "u": "\\u00e9"}\r\n'
        b"\n"
        b'{"n": 12345678901234567890, "tags": null}\n'
        b'{"n": 0.30000000000000004}\n'
        b'{"tags": ["PREL", "MARR", "MOPS"]}'
    )


def test_json_values_keep_their_types_as_columns_and_mixed_ones_are_text(tmp_path, normalizer):
    source = tmp_path / "in.jsonl"
    source.write_text(
        '{"tags": "PGVO", "i": 1, "f": 1, "b": true, "m": 1, "big": 12345678901234567890}\n'
        '{"tags": null, "i": null, "f": 2.5, "b": false, "m": "one", "l": ["a", null]}\n'
    )
    clean_file(source, tmp_path / "out.parquet", normalizer=normalizer)
    found = pq.read_table(tmp_path / "out.parquet")
    assert found.to_pylist() == [
        {
            "tags": ["PGOV"],
            "i": 1,
            "f": 1.0,
            "b": True,
            "m": "1",
            "big": "12345678901234567890",
            "l": None,
        },
        {"tags": None, "i": None, "f": 2.5, "b": False, "m": "one", "big": None, "l": ["a", None]},
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{'tags': 1}", "in.jsonl:2: the line is no JSON: a name in quotes"),
        (
            '{"tags": "PREL"',
            "in.jsonl:2: the line is no JSON: it ends inside an object, which is to",
        ),
        ('{"tags": "PREL",', "in.jsonl:2: the line is no JSON: it ends inside an object, which is"),
        (
            "{",
            "in.jsonl:2: the line is no JSON: it ends inside an object, which is to stand in one",
        ),
        ('["PREL"]', "in.jsonl:2: the line is no JSON object"),
        ('{"tags": "PREL"} x', "in.jsonl:2: the line goes on behind"),
        ('{"tags": 5}', "in.jsonl:2: 'tags' is 5, neither text nor a list"),
        (f'{{"tags": {5:0<90}}}', rf"in.jsonl:2: 'tags' is {5:0<60}, neither text nor a list"),
    ],
)
def test_a_line_that_is_no_json_object_is_named(tmp_path, normalizer, line, message):
    source = tmp_path / "in.jsonl"
    source.write_text('{"tags": "PREL"}\n' + line + '\n{"tags": "PGVO"}\n')
    with pytest.raises(BadDataError, match=message) as caught:
        clean_file(source, tmp_path / "out.jsonl", normalizer=normalizer)
    assert caught.value.line == 2
    assert not (tmp_path / "out.jsonl").exists()
    report = clean_file(source, tmp_path / "out.jsonl", normalizer=normalizer, on_error="report")
    found = (tmp_path / "out.jsonl").read_text().splitlines()
    assert found == ['{"tags": ["PREL"]}', line, '{"tags": ["PGOV"]}']
    assert [(bad.line, bad.raw) for bad in report.bad_rows] == [(2, line + "\n")]


@pytest.mark.parametrize("kind", ["parquet", "arrow", "arrows", "csv.gz", "csv.zst"])
def test_a_file_that_was_cut_off_is_bad_data_and_gives_no_output(tmp_path, normalizer, kind):
    write(tmp_path / f"whole.{kind}", ROWS * 100)
    raw = (tmp_path / f"whole.{kind}").read_bytes()
    (tmp_path / f"in.{kind}").write_bytes(raw[: len(raw) * 2 // 3])
    with pytest.raises(BadDataError, match=f"in.{kind}"):
        clean_file(tmp_path / f"in.{kind}", tmp_path / "out.csv", normalizer=normalizer)
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("kind", FORMATS)
def test_what_a_file_is_is_told_by_its_bytes_where_it_has_no_name(tmp_path, normalizer, kind):
    write(tmp_path / f"in.{kind}", ROWS)
    (tmp_path / f"in.{kind}").rename(tmp_path / "in")
    form = {"delimiter": "\t"} if kind.startswith("tsv") else {}
    clean_file(tmp_path / "in", tmp_path / "out.parquet", normalizer=normalizer, **form)
    expected = [[i, normalizer.split(t), n] for i, t, n in ROWS]
    assert read(tmp_path / "out.parquet") == expected


def test_names_that_are_no_formats_are_refused_with_those_there_are():
    with pytest.raises(FormatError, match=r"'ods' is no format .*csv, tsv, jsonl"):
        Format.named("ods")
    with pytest.raises(FormatError, match="compression of its own"):
        Format.of_file("a.parquet.gz")


@pytest.mark.parametrize(
    ("kind", "said", "fitting"),
    [
        ("csv", {"sheet": "2019"}, "xlsx"),
        ("jsonl", {"sheet": "2019"}, "xlsx"),
        ("jsonl", {"delimiter": ";"}, "csv, tsv"),
        ("parquet", {"quote": "'"}, "csv, tsv"),
        ("arrow", {"encoding": "cp1252"}, "csv, tsv, jsonl, json, lines"),
    ],
)
def test_what_is_said_of_a_file_and_does_not_fit_its_format_is_refused(
    tmp_path, normalizer, kind, said, fitting
):
    path, out = tmp_path / f"in.{kind}", tmp_path / "out.csv"
    write(path, ROWS)
    (option,) = said

    with pytest.raises(
        FormatError, match=f"as {kind}, which takes no {option}; it is for {fitting}$"
    ):
        clean_file(path, out, normalizer=normalizer, **said)
    assert not out.exists()


def test_a_parquet_file_that_is_none_is_refused(tmp_path, normalizer):
    (tmp_path / "in.parquet").write_text("id,tags\n")
    with pytest.raises(FormatError, match="this is no parquet file"):
        clean_file(tmp_path / "in.parquet", tmp_path / "out.csv", normalizer=normalizer)


def test_two_columns_of_one_name_are_kept_in_csv_and_refused_elsewhere(tmp_path, normalizer):
    (tmp_path / "in.csv").write_text("a,a,tags\n1,2,PGVO\n")
    clean_file(tmp_path / "in.csv", tmp_path / "out.csv", normalizer=normalizer)
    assert (tmp_path / "out.csv").read_text() == "a,a,tags\n1,2,PGOV\n"
    for kind in ("parquet", "jsonl", "arrow"):
        with pytest.raises(FormatError, match="two columns are called 'a'"):
            clean_file(tmp_path / "in.csv", tmp_path / f"out.{kind}", normalizer=normalizer)


def test_the_same_rows_are_packed_to_the_same_bytes(tmp_path, normalizer):
    write(tmp_path / "in.csv", ROWS)
    for name in ("one.csv.gz", "two.csv.gz"):
        clean_file(tmp_path / "in.csv", tmp_path / name, normalizer=normalizer)
    assert (tmp_path / "one.csv.gz").read_bytes() == (tmp_path / "two.csv.gz").read_bytes()


@pytest.mark.parametrize(("known", "letters"), [(5, 10_000), (10_000, 50), (1, 1)])
@pytest.mark.parametrize("output", ["csv", "jsonl"])
def test_every_row_is_counted_however_little_is_remembered(
    tmp_path, normalizer, monkeypatch, known, letters, output
):
    monkeypatch.setattr("tagnorm.columns.growing_table._TEXTS", known)
    monkeypatch.setattr("tagnorm.columns.growing_table._LETTERS", letters)
    monkeypatch.setattr("tagnorm.files.blocks._BLOCK", 64)
    monkeypatch.setattr("tagnorm.files.delimited._HEAD", 64)
    tags = ["PREL", "", "PELOSI", "PGVO", "PREL PGOV", "ALIREZA PREL", "PREL " * 10, "ECON"]
    rows = [tags[number % 3] for number in range(100)] + tags * 20
    (tmp_path / "in.csv").write_text("tags,x\n" + "".join(f"{row},1\n" for row in rows))
    report = clean_file(tmp_path / "in.csv", tmp_path / f"out.{output}", normalizer=normalizer)
    (column,) = report.columns
    expected = [normalizer.resolve(row) for row in rows]
    assert column.empty == rows.count("")
    assert column.resolved == sum(one.is_resolved for one in expected)
    assert column.unresolved == sum(bool(one.unresolved) for one in expected)
    assert column.distinct == len(set(rows))
    assert report.rows == len(rows)


def test_distinct_values_are_counted_exactly_and_then_closely():
    seen = DistinctCount(kept=1000)
    seen.add(b"%d" % (n % 900) for n in range(5000))
    assert (seen.count, seen.is_exact) == (900, True)
    for start in range(0, 100_000, 1000):
        seen.add(b"%d" % n for n in range(start, start + 1500))
    assert not seen.is_exact
    assert abs(seen.count - 100_500) < 10_000


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ('["PGVO",null,5]', '"[""PGVO"",null,5]"'),
        ('{"a": "PREL"}', '"{""a"": ""PREL""}"'),
        ("true", "true"),
        ("7.50", "7.50"),
    ],
)
def test_a_json_value_that_is_no_text_is_kept_as_it_is_written_in_a_bad_row(tmp_path, value, cell):
    file = tmp_path / "in.jsonl"
    file.write_text(f'{{"id": 1, "tags": "PREL"}}\n{{"id": 2, "tags": {value}}}\n')

    for name in ("out.jsonl", "out.csv", "out.parquet"):
        report = clean_file(file, tmp_path / name, on_error="report")
        (column,) = report.columns
        assert (report.bad_row_count, column.unresolved, column.empty) == (1, 1, 0)
    assert (tmp_path / "out.jsonl").read_text().endswith(f'"tags": {value}}}\n')
    assert (tmp_path / "out.csv").read_text() == f"id,tags\n1,PREL\n2,{cell}\n"
    tags = pq.read_table(tmp_path / "out.parquet").column("tags").to_pylist()
    assert tags == [["PREL"], [value]]


@pytest.mark.parametrize("most", [1 << 25, 1 << 14], ids=["groups", "stretches of groups"])
def test_a_parquet_file_of_very_many_columns_keeps_all_of_them(tmp_path, monkeypatch, most):
    monkeypatch.setattr(columnar, "_BYTES", most)
    others = {f"c{at}": pa.array([at, None, at + 2] * 5) for at in range(1100)}
    others["c7"] = pa.array(["x", "y", None] * 5).dictionary_encode()
    table = pa.table({**others, "tags": ["PGVO", None, "PREL"] * 5})
    pq.write_table(table, tmp_path / "raw.parquet", row_group_size=7)

    clean_file(tmp_path / "raw.parquet", tmp_path / "clean.parquet")

    found = pq.read_table(tmp_path / "clean.parquet")
    assert found.drop_columns(["tags"]).equals(table.drop_columns(["tags"]))
    assert found["tags"].to_pylist() == [["PGOV"], None, ["PREL"]] * 5


def test_the_status_is_counted_without_a_list_of_words_unless_that_is_asked_for(tmp_path):
    (tmp_path / "raw.csv").write_text("id,tags\n1,PREL\n2,PELOSI\n3,PELOSI\n4,\n")

    reports = [
        clean_file(tmp_path / "raw.csv", tmp_path / "out.csv", status=True, weighed=weighed)
        for weighed in (False, True)
    ]

    columns = [report.columns[0] for report in reports]
    assert [column.statuses for column in columns] == [{"unresolved": 2, "canonical": 1}] * 2
    assert [(c.resolved, c.unresolved, c.empty) for c in columns] == [(1, 2, 1)] * 2
    assert [[(w.answer.raw, w.rows) for w in c.words] for c in columns] == [[], [("PELOSI", 2)]]


@pytest.mark.parametrize("packing", ["gz", "bz2", "xz", "zst"])
def test_a_packed_file_is_read_as_much_at_a_time_as_any_other(tmp_path, packing):
    pack = {
        "gz": gzip.compress,
        "bz2": bz2.compress,
        "xz": lzma.compress,
        "zst": lambda raw: pa.compress(raw, codec="zstd", asbytes=True),
    }[packing]
    text = b"".join(b"%d,PREL\n" % number for number in range(100_000))
    path = tmp_path / f"raw.csv.{packing}"
    path.write_bytes(pack(text))

    with Input(path, None) as source:
        sizes = [len(data) for data in iter(lambda: source.read(1 << 18), b"")]

    assert sum(sizes) == len(text)
    assert set(sizes[:-1]) == {1 << 18}
