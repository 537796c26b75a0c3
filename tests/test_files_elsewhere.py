"""A column that a file has not where it is looked for, but elsewhere: the error says where."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tagnorm.files import FormatError, clean_file, read_column

_ROWS = [("id", "tags"), (1, "PGVO")]


def _sheets(*sheets: tuple[str, list[tuple[object, ...]]]) -> Callable[[Path], object]:
    def write(path: Path) -> None:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets:
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        book.save(path)

    return write


def _text(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(text, encoding="utf-8")


def _struct(path: Path) -> None:
    pq.write_table(pa.table({"id": [1], "meta": [{"tags": "PGVO"}]}), path)


_COVER = ("Cover", [("Annual report",), (), ("by the office",)])

CASES = {
    "another sheet": (
        "a.xlsx",
        _sheets(_COVER, ("Notes", [("made", "by")]), ("Data 2020", _ROWS)),
        "columns: Annual report; sheet 'Data 2020' has it: sheet='Data 2020'",
    ),
    "another sheet, below a blank row": (
        "a.xlsx",
        _sheets(_COVER, ("Data", [(), (), *_ROWS])),
        "; sheet 'Data' has it: sheet='Data'",
    ),
    "no sheet": (
        "a.xlsx",
        _sheets(_COVER, ("Notes", [("made", "by")]), ("Empty", [])),
        "columns: Annual report; the other sheets are: Notes, Empty",
    ),
    "the only sheet": ("a.xlsx", _sheets(("One", [("made", "by")])), "columns: made, by"),
    "a row below titles": (
        "a.xlsx",
        _sheets(("One", [("Tags of 2020",), (), *_ROWS]), ("Data", _ROWS)),
        "columns: Tags of 2020; row 3 has it: delete the rows above that",
    ),
    "a line below titles": (
        "a.csv",
        _text("Tags of 2020\nmade,by,x\n\nid,tags\n1,PGVO\n"),
        "columns: Tags of 2020; line 4 has it: take away the lines above that",
    ),
    "a line below comments, with another delimiter": (
        "a.csv",
        _text('# made, by; x\n# tags\n"id";"tags"\n1;PGVO\n'),
        "; line 3 has it: take away the lines above that",
    ),
    "a word of a line, no cell": (
        "a.csv",
        _text("id,more\n1,all tags\n"),
        "columns: id, more",
    ),
    "a member of an object": (
        "a.jsonl",
        _text('{"id": 1, "meta": null}\n{"id": 2, "meta": {"tags": "PGVO"}}\n'),
        "columns: id, meta; there is one inside: COLUMN='meta.tags'",
    ),
    "a member far inside": (
        "a.jsonl",
        _text('{"id": 1, "meta": {"by": [], "more": {"of": {"tags": ["PGVO"]}}}}\n'),
        "columns: id, meta; there is one inside: COLUMN='meta.more.of.tags'",
    ),
    "objects in a list inside": (
        "a.json",
        _text('{"response": {"count": 1, "items": [{"meta": {"tags": "PGVO"}}]}}'),
        "the objects in 'response.items' have one: take that list out of the file",
    ),
    "objects in a list": (
        "a.json",
        _text('{"count": 1, "data": [1, {"id": 1, "tags": "PGVO"}]}'),
        "columns: count, data; the objects in 'data' have one: take that list out of the file",
    ),
    "a struct": (
        "a.parquet",
        _struct,
        "columns: id, meta; the struct 'meta' has one: make a column of that first",
    ),
}


@pytest.mark.parametrize(("name", "write", "wanted"), CASES.values(), ids=CASES)
def test_the_error_says_where_the_column_is(tmp_path, name, write, wanted):
    write(tmp_path / name)
    outputs = [tmp_path / f"out{end}" for end in (".csv", ".jsonl", ".parquet")]
    at, _, place = wanted.partition("COLUMN=")
    for output in outputs:
        with pytest.raises(FormatError) as error:
            clean_file(tmp_path / name, output)
        assert str(error.value).endswith(at + (f"columns=[{place}]" if place else ""))
        assert not output.exists()
    with pytest.raises(FormatError) as error:
        read_column(tmp_path / name)
    as_one = at.replace("columns:", "column:") + (f"column={place}" if place else "")
    assert str(error.value).endswith(as_one)


@pytest.mark.parametrize(
    ("codec", "given", "found"),
    [
        ("utf-8", "utf-16", "utf-8"),
        ("utf-8", "utf-16-be", "utf-8"),
        ("utf-16-be", "utf-16", "utf-16-be"),
        ("utf-16-le", "cp1252", "utf-16-le"),
        ("utf-16", "latin-1", "utf-16-le"),
    ],
)
def test_the_error_says_by_which_encoding_the_column_is_there(tmp_path, codec, given, found):
    (tmp_path / "a.csv").write_bytes("id;tags\r\n1;PGVO\r\n22;PREL".encode(codec))

    with pytest.raises(FormatError) as error:
        clean_file(tmp_path / "a.csv", tmp_path / "out.csv", encoding=given)
    assert str(error.value).endswith(f"; read as {found} it has one: leave encoding out")
    with pytest.raises(FormatError) as error:
        clean_file(tmp_path / "a.csv", tmp_path / "out.csv", encoding=given, columns=["labels"])
    assert "it has one" not in str(error.value)


@pytest.mark.parametrize(
    ("header", "shown"),
    [
        ("Tags,TAGS", "'Tags' and 'TAGS'"),
        (" tags,id,Tags,tags ", "' tags' and 'Tags' and 'tags '"),
    ],
)
def test_of_several_columns_that_may_be_meant_none_is_proposed_alone(tmp_path, header, shown):
    (tmp_path / "a.csv").write_text(f"{header}\n{header}\n", encoding="utf-8")

    with pytest.raises(FormatError) as error:
        read_column(tmp_path / "a.csv")
    assert str(error.value).endswith(
        f"has no column 'tags', but {shown}; name the one that is meant with column"
    )
