"""Which format a file is of, by its name and by its first bytes, and what each format can do."""

from __future__ import annotations

import gzip
import io
import json
from functools import partial
from pathlib import Path
from typing import ClassVar

import pytest

from tagnorm.errors import FormatError
from tagnorm.files.cleaning import clean_file
from tagnorm.files.delimited_records import records
from tagnorm.files.dialects import Dialect
from tagnorm.files.foreign import foreign_name
from tagnorm.files.formats import Format, format_list, recognized
from tagnorm.files.packing import PACKINGS, packed, packing_of
from tagnorm.files.plan import Plan
from tagnorm.files.registry import KINDS, kind_named
from tagnorm.files.schema_notes import notes_after

LIST = "csv, tsv, jsonl, json, lines (each also with .gz, .zst, .bz2, .xz), parquet, arrow, "


def test_what_each_format_can_do():
    assert [
        (kind.name, kind.family, kind.is_text, kind.has_lists, kind.is_written) for kind in KINDS
    ] == [
        ("csv", "cells", True, False, True),
        ("tsv", "cells", True, False, True),
        ("jsonl", "jsonl", True, True, True),
        ("json", "json", True, True, True),
        ("parquet", "", False, True, True),
        ("arrow", "", False, True, True),
        ("arrow-stream", "", False, True, True),
        ("xlsx", "", False, True, False),
        ("lines", "", True, True, False),
    ]
    for kind in KINDS:
        assert hasattr(kind.load(), "open_reader")
        assert not kind.is_written or hasattr(kind.load(), "open_writer")
    assert format_list() == f"{LIST}arrow-stream, xlsx"
    assert format_list(written=True) == f"{LIST}arrow-stream".replace(", lines", "")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.csv", "csv"),
        ("a.CSV.GZ", "csv.gz"),
        ("a.b/c.tab.zstd", "tsv.zst"),
        ("a\\b.ndjson", "jsonl"),
        ("a.json.xz", "json.xz"),
        ("a.pq", "parquet"),
        ("csv", None),
        ("a.csv.old", None),
        ("a.csv/b", None),
        ("a.gz", None),
        (".gz", None),
        ("", None),
    ],
)
def test_a_name_tells_the_format_by_its_last_endings(name, expected):
    found = Format.of_file(name)

    assert (found and found.name) == expected


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        ("a.out", "csv", "csv"),
        ("a", "tsv.gz", "tsv"),
        ("a.gz", "tsv", "tsv.gz"),
        ("a.new.gz", "jsonl", "jsonl.gz"),
        ("a.", "parquet", "parquet"),
        ("a.20240101", "arrow", "arrow"),
        ("a.x" + "y" * 10, "csv", "csv"),  # no ending is so long
        ("a.out", "xlsx", "csv"),
        ("a.out", "lines", "csv"),
        ("a.jsonl", "csv", "jsonl"),
    ],
)
def test_what_is_written_is_as_the_name_tells_or_as_it_was_read(name, source, expected):
    assert Format.to_write(name, Format.named(source)).name == expected


@pytest.mark.parametrize(
    ("name", "source", "message"),
    [
        ("a.html", "csv", "a.html: 'html' is no format that is written here; there are: "),
        ("a.x" + "y" * 9, "csv", f"a.x{'y' * 9}: 'x{'y' * 9}' is no format that is written here"),
        ("a.html.gz", "csv", "a.html.gz: 'html' is no format that is written here"),
        ("a.gz", "parquet", "a.gz: parquet has a compression of its own"),
        ("a.xlsx", "csv", "a.xlsx: xlsx is read, not written; there are: csv, tsv"),
        ("a.lines", "csv", "a.lines: lines is read, not written; there are: csv, tsv"),
        (
            "a.parquet.gz",
            "csv",
            "a.parquet.gz: parquet has a compression of its own; leave out the last ending",
        ),
    ],
)
def test_what_cannot_be_written_is_refused(name, source, message):
    with pytest.raises(FormatError) as caught:
        Format.to_write(name, Format.named(source))

    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("head", "named", "expected"),
    [
        (b"", None, "csv"),
        (b"a,b", "tsv", "tsv"),
        (b"a,b", None, "csv"),
        (b" \n{", None, "jsonl"),
        (b"\xef\xbb\xbf [", None, "json"),
        (b"[", "jsonl", "json"),
        (b"{", "json", "jsonl"),
        (b"", "json", "json"),
        (b"x", "jsonl", "jsonl"),
        (b"{", "csv", "csv"),
        (b"PAR1", "csv", "parquet"),
        (b"ARROW1", None, "arrow"),
        (b"\xff\xff\xff\xff", None, "arrow-stream"),
        (b"PAR1", "lines", "lines"),
        (b"PK\x03\x04 [Content_Types].xml", None, "xlsx"),
        (b"PK\x03\x04 xl/", "csv", "xlsx"),
        (b"PK\x03\x04 anything", "xlsx", "xlsx"),
    ],
)
def test_the_first_bytes_tell_more_than_the_name(head, named, expected):
    assert recognized(head, named and kind_named(named)).name == expected


@pytest.mark.parametrize("named", ["parquet", "arrow", "arrow-stream", "xlsx"])
def test_what_is_text_is_no_file_of_another_format(named):
    with pytest.raises(
        FormatError, match=f"this is no {named} file; say what it is with from_format"
    ):
        recognized(b"id,tags", kind_named(named))


def test_a_zip_archive_may_be_an_excel_file_only_by_its_name():
    with pytest.raises(FormatError, match="this is a zip archive; unpack it"):
        recognized(b"PK\x03\x04 anything", kind_named("csv"))
    with pytest.raises(FormatError, match=r"this is an OpenDocument spreadsheet \(\.ods\)"):
        recognized(b"PK\x03\x04 opendocument.spreadsheet", kind_named("xlsx"))


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (b"PK\x03\x04opendocument.spreadsheet", "an OpenDocument spreadsheet (.ods)"),
        (b"PK\x03\x04opendocument.text", "an OpenDocument file"),
        (b"PK\x03\x04[Content_Types].xml word/", "a Word document"),
        (b"PK\x03\x04[Content_Types].xml ppt/", "a PowerPoint file"),
        (b"PK\x05\x06", "a zip archive"),
        (b"PK\x07\x08 word/", "a Word document"),
        (b"ORC\0", "an ORC file"),
        (b"ORC\x08", "an ORC file"),
        (b"ORC\x09", None),  # a tab stands in texts
        (b"ORCID,tags", None),
        (b"\xef\xbb\xbf \n<!DOCTYPE HTML>", "a web page"),
        (b"<?xml version", "XML"),
        (b" %PDF-", None),
        (b"%PDF-", "a PDF"),
        (b"\0" * 8 + b"DUCK", "a DuckDB database"),
        (b"\0" * 7 + b"DUCK", None),
        (b"\0" * 9 + b"DUCK", None),
        (b"a" * 8 + b"DUCK", None),
        (b"a" * 257 + b"ustar", "a tar archive"),
        (b"a" * 256 + b"ustar", None),
        (b"a" * 258 + b"ustar", None),
    ],
)
def test_what_is_not_read_is_known_by_its_first_bytes(head, what):
    found = foreign_name(head)

    assert (found and found.what) == what


@pytest.mark.parametrize("packing", PACKINGS, ids=lambda packing: packing.name)
def test_what_is_packed_is_known_by_its_first_bytes_and_read_again(tmp_path, packing):
    for data in (b"", b"PREL\n", bytes(range(256)) * 1000):
        path = tmp_path / "packed"
        with path.open("wb") as file, packed(file, packing.name) as stream:
            stream.write(data)
        assert not data or packing_of(path.read_bytes()) is packing
        with path.open("rb") as file:
            source = packing.reading(file)
            assert b"".join(iter(partial(source.read, 1 << 14), b"")) == data
    assert all(packing_of(magic) is packing for magic in packing.magic)


def test_gzip_holds_no_name_and_no_time_and_bzip2_has_levels_from_1_to_9():
    file = io.BytesIO()
    with packed(file, "gzip") as stream:
        stream.write(b"PREL")

    assert file.getvalue()[:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
    assert gzip.decompress(file.getvalue()) == b"PREL"
    assert [packing_of(b"BZh%d1AY&SY" % level) is not None for level in range(12)] == [
        False,
        *[True] * 9,
        False,
        False,
    ]
    magics = [bytes((0x50 + n, 0x2A, 0x4D, 0x18)) for n in range(-1, 17)]
    assert [packing_of(magic) is not None for magic in magics] == [False, *[True] * 16, False]


class TestPlan:
    def test_new_columns_stand_behind_their_own(self):
        names = ["id", "tags", "x", "more"]
        for suffix, status, expected in (
            ("", False, names),
            ("_n", False, ["id", "tags", "tags_n", "x", "more", "more_n"]),
            (
                "_n",
                True,
                [
                    *("id", "tags", "tags_n", "tags_status", "tags_confidence"),
                    *("x", "more", "more_n", "more_status", "more_confidence"),
                ],
            ),
        ):
            plan = Plan(("more", "tags"), suffix, status=status)
            assert plan.names(names) == expected

    def test_a_new_name_that_is_there_already_is_refused(self):
        with pytest.raises(FormatError) as caught:
            Plan(("tags",), "_n").names(["tags_n", "tags"])
        assert str(caught.value) == "there is a column 'tags_n' already; pass another suffix"
        assert Plan(("other",), "_n").names(["tags_n", "tags"]) == ["tags_n", "tags"]
        with pytest.raises(
            FormatError, match="'tags_status' already; rename it, or leave out status"
        ):
            Plan(("tags",), "_n", status=True).names(["tags", "tags_status"])


class TestNotes:
    COLUMN: ClassVar = {"field_name": "tags", "name": "tags", "pandas_type": "x", "numpy_type": "x"}
    OTHER: ClassVar = {"field_name": "id", "name": "id", "pandas_type": "y", "numpy_type": "y"}

    def notes(self, index, **others):
        said = {"columns": [self.OTHER, self.COLUMN], "index_columns": index, "version": "2"}
        return {b"pandas": json.dumps(said).encode(), **others}

    def test_without_notes_there_are_none(self):
        assert notes_after(None, {"tags": "unicode"}, is_exploded=False) is None
        assert notes_after({}, {"tags": "unicode"}, is_exploded=False) == {}

    def test_what_others_list_of_columns_is_left_out_and_all_else_stays(self):
        notes = {b"huggingface": b"x", b"org.apache.spark.sql.parquet.row.metadata": b"x"}

        assert notes_after({**notes, b"own": b"x"}, {}, is_exploded=False) == {b"own": b"x"}

    @pytest.mark.parametrize("pandas", [b"no json", b"[]", b"{}", b'{"columns": [1]}', b"null"])
    def test_notes_of_pandas_that_it_would_not_understand_are_left_out(self, pandas):
        assert notes_after({b"pandas": pandas}, {}, is_exploded=False) == {}

    @pytest.mark.parametrize("is_exploded", [True, False])
    def test_those_of_pandas_say_what_the_columns_hold_now(self, is_exploded):
        counted = {"kind": "range", "start": 0}
        kinds = {"tags": "list[unicode]", "tags_confidence": "float64"}
        found = notes_after(self.notes([counted, "tags", "id"]), kinds, is_exploded=is_exploded)
        said = json.loads(found[b"pandas"])

        assert said["version"] == "2"
        assert said["index_columns"] == (["id"] if is_exploded else [counted, "id"])
        assert said["columns"] == [
            self.OTHER,
            {
                "name": "tags",
                "field_name": "tags",
                "pandas_type": "list[unicode]",
                "numpy_type": "object",
                "metadata": None,
            },
            {
                "name": "tags_confidence",
                "field_name": "tags_confidence",
                "pandas_type": "float64",
                "numpy_type": "float64",
                "metadata": None,
            },
        ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["a,b\r\n"], [(1, ["a", "b"], "\r\n", True)]),
        (["\n", "a"], [(1, [""], "\n", True), (2, ["a"], "", True)]),
        (['"a",b\n'], [(1, ['"a"', "b"], "\n", True)]),
        (['"a,\n', 'b",c\n', "d\n"], [(1, ['"a,\nb"', "c"], "\n", True), (3, ["d"], "\n", True)]),
        (['"a\n', "\n", 'b"\r', "d"], [(1, ['"a\n\nb"'], "\r", True), (4, ["d"], "", True)]),
        (['x,"a\n', 'b","c\n', 'd"\n'], [(1, ["x", '"a\nb"', '"c\nd"'], "\n", True)]),
        (['x,"a\n', "b\n"], [(1, ["x", '"a\nb\n'], "", False)]),
        (['"a""b"\n'], [(1, ['"a""b"'], "\n", True)]),
        (['"a"b,c\n'], [(1, ['"a"b', "c"], "\n", True)]),
        (
            ['"a\n', 'b"c\n', "d\n"],
            [(1, ['"a'], "\n", True), (2, ['b"c'], "\n", True), (3, ["d"], "\n", True)],
        ),
        (['a"b,"c"\n'], [(1, ['a"b', '"c"'], "\n", True)]),
        (['"",""\n'], [(1, ['""', '""'], "\n", True)]),
        (['"a",\n'], [(1, ['"a"', ""], "\n", True)]),
    ],
)
def test_records_end_where_lines_end_outside_of_quotes(lines, expected):
    found = list(records(lines, Dialect(",")))

    assert [(one.line, one.cells, one.end, one.closed) for one in found] == expected
    assert "".join(",".join(one.cells) + one.end for one in found) == "".join(lines)
    assert [one.line for one in records(lines, Dialect(","), 8)] == [n + 7 for n, *_ in expected]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("raw.csv", "id,e\u0301tat\n1,PREL\n"),
        ("raw.jsonl", '{"id": 1, "e\u0301tat": "PREL"}\n'),
    ],
)
def test_a_column_whose_name_only_looks_the_same_is_told_by_its_characters(
    tmp_path: Path, name: str, content: str
) -> None:
    source = tmp_path / name
    source.write_text(content, encoding="utf-8")
    with pytest.raises(FormatError, match=r"but one 'e\\u0301tat' \(other characters"):
        clean_file(source, tmp_path / f"clean-{name}", columns=["\u00e9tat"])

    clean_file(source, tmp_path / f"clean-{name}", columns=["e\u0301tat"])
    assert "PREL" in (tmp_path / f"clean-{name}").read_text(encoding="utf-8")
