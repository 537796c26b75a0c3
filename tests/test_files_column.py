"""One table of files that both `read_column` (review, report) and `clean_file` read, and alike."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import ipc

from tagnorm import Normalizer
from tagnorm.files import FormatError, clean_file, read_column

NORMALIZER = Normalizer()
FIELDS = ["PRELPGOV", "", "PGVO; PELOSI", "PRELPGOV", "México, ECON"]
IDS = ["1", "2", "3", "4", "5"]


def delimited(mark: str, end: str = "\n") -> str:
    rows = [("id", "tags"), *zip(IDS, FIELDS, strict=True)]
    return "".join(
        mark.join(f'"{cell}"' if mark in cell else cell for cell in row) + end for row in rows
    )


def lines() -> str:
    rows = [{"id": i, "tags": t} for i, t in zip(IDS, FIELDS, strict=True)]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def array() -> str:
    return json.dumps([{"id": i, "tags": t} for i, t in zip(IDS, FIELDS, strict=True)], indent=1)


TABLE = pa.table({"id": IDS, "tags": FIELDS})


def parquet(path: Path) -> None:
    pq.write_table(TABLE, path)


def arrow(path: Path) -> None:
    with ipc.new_file(path, TABLE.schema) as writer:
        writer.write_table(TABLE, 2)


def stream(path: Path) -> None:
    with ipc.new_stream(path, TABLE.schema) as writer:
        writer.write_table(TABLE, 2)


def excel(path: Path) -> None:
    book = openpyxl.Workbook()
    for row in [("id", "tags"), *zip(IDS, FIELDS, strict=True)]:
        book.active.append(row)
    book.save(path)


CASES = {
    "a.csv": delimited(",").encode(),
    "crlf.csv": delimited(",", "\r\n").encode(),
    "semicolon.csv": delimited(";").encode(),
    "bar.csv": delimited("|").encode(),
    "mark.csv": b"\xef\xbb\xbf" + delimited(",").encode(),
    "latin.csv": delimited(",").encode("cp1252"),
    "wide.csv": delimited(",").encode("utf-16"),
    "sep.csv": b"sep=;\r\n" + delimited(";").encode(),
    "blank.csv": b"\n\n" + delimited(",").encode(),
    "dos.csv": delimited(",", "\r\n").encode() + b"\x1a",
    "a.tsv": delimited("\t").encode(),
    "a.txt": delimited("\t").encode(),
    "without_ending": delimited(",").encode(),
    "a.csv.gz": gzip.compress(delimited(",").encode()),
    "a.csv.bz2": bz2.compress(delimited(",").encode()),
    "a.tsv.xz": lzma.compress(delimited("\t").encode()),
    "a.csv.zst": pa.compress(delimited(",").encode(), codec="zstd", asbytes=True),
    "a.jsonl": lines().encode(),
    "a.ndjson.gz": gzip.compress(lines().encode()),
    "lists.jsonl": "".join(
        json.dumps({"id": i, "tags": [None, *t.split("; ")]}) + "\n"
        for i, t in zip(IDS, FIELDS, strict=True)
    ).encode(),
    "a.json": array().encode(),
    "lines_in_name_only.jsonl": array().encode(),
    "array_in_name_only.json": lines().encode(),
    "a.json.bz2": bz2.compress(array().encode()),
    "a.parquet": parquet,
    "a.arrow": arrow,
    "a.arrows": stream,
    "a.xlsx": excel,
}


@pytest.mark.parametrize("name", CASES)
def test_review_and_clean_read_the_same_files_alike(tmp_path, name):
    make = CASES[name]
    path = tmp_path / name
    path.write_bytes(make) if isinstance(make, bytes) else make(path)

    column = read_column(path)
    report = clean_file(path, tmp_path / "out.parquet", normalizer=NORMALIZER)

    assert dict(column.counts) == {"PRELPGOV": 2, "PGVO; PELOSI": 1, "México, ECON": 1}
    assert dict(column.firsts) == {"PRELPGOV": 1, "PGVO; PELOSI": 3, "México, ECON": 5}
    assert (column.rows, column.empty) == (report.rows, report.columns[0].empty) == (5, 1)
    found = pq.read_table(tmp_path / "out.parquet")
    expected = [NORMALIZER.split(field) for field in FIELDS]
    assert [tags or [] for tags in found["tags"].to_pylist()] == expected
    assert found["id"].to_pylist() == IDS


def test_a_column_of_text_is_read_without_arrow(tmp_path, monkeypatch):
    monkeypatch.setattr("tagnorm.files.delimited.find_spec", lambda name: None)
    (tmp_path / "a.csv").write_text(delimited(","))
    assert dict(read_column(tmp_path / "a.csv").counts) == {
        "PRELPGOV": 2,
        "PGVO; PELOSI": 1,
        "México, ECON": 1,
    }


def test_a_file_without_a_name_and_without_the_column_is_plain_lines(tmp_path):
    (tmp_path / "a.txt").write_text("PREL, PGOV\n\nKTFX\nKTFX")
    column = read_column(tmp_path / "a.txt")
    assert dict(column.counts) == {"PREL, PGOV": 1, "KTFX": 2}
    assert (column.name, column.rows, column.empty) == ("", 4, 1)
    with pytest.raises(FormatError, match="has no column 'TAGS'"):
        read_column(tmp_path / "a.txt", "TAGS")


@pytest.mark.parametrize("on_error", ["ignore", "STOP", None])
def test_what_becomes_of_bad_rows_is_one_of_two(tmp_path, on_error):
    (tmp_path / "a.csv").write_text("id,tags\n1\n")
    for read in (read_column, lambda path, **told: clean_file(path, tmp_path / "b.csv", **told)):
        with pytest.raises(ValueError, match="it takes 'stop' or 'report'"):
            read(tmp_path / "a.csv", on_error=on_error)
    assert not (tmp_path / "b.csv").exists()


def test_a_path_of_names_leads_into_json(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"meta": {"tags": "PRELPGOV"}, "n": 1}\n{"n": 2}\n')
    assert dict(read_column(tmp_path / "a.jsonl", "meta.tags").counts) == {"PRELPGOV": 1}
    options = {"columns": ["meta.tags"], "normalizer": NORMALIZER}
    clean_file(tmp_path / "a.jsonl", tmp_path / "b.jsonl", **options)
    assert (tmp_path / "b.jsonl").read_text() == (
        '{"meta": {"tags": ["PREL", "PGOV"]}, "n": 1}\n{"n": 2}\n'
    )
    clean_file(tmp_path / "a.jsonl", tmp_path / "b.parquet", **options)
    assert pq.read_table(tmp_path / "b.parquet").to_pylist() == [
        {"meta": '{"tags": "PRELPGOV"}', "n": 1, "meta.tags": ["PREL", "PGOV"]},
        {"meta": None, "n": 2, "meta.tags": None},
    ]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("explode", [False, True])
def test_a_json_array_changes_only_in_the_values_that_are_cleaned(tmp_path, indent, explode):
    rows = [{"n": 1.50, "tags": "PRELPGOV"}, {"tags": None}, {}, {"x": "ü", "tags": ["PGVO"]}]
    text = json.dumps(rows, indent=indent, ensure_ascii=False) + "\n"
    (tmp_path / "a.json").write_text(text)
    clean_file(tmp_path / "a.json", tmp_path / "b.json", normalizer=NORMALIZER, explode=explode)
    found = json.loads((tmp_path / "b.json").read_text())
    if explode:
        assert found == [
            {"n": 1.5, "tags": "PREL"},
            {"n": 1.5, "tags": "PGOV"},
            {"tags": None},
            {},
            {"x": "ü", "tags": "PGOV"},
        ]
    else:
        assert found == [
            {**rows[0], "tags": ["PREL", "PGOV"]},
            *rows[1:3],
            {**rows[3], "tags": ["PGOV"]},
        ]
