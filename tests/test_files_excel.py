"""Excel files as programs write them: what a sheet holds is read, or the row is named."""

from __future__ import annotations

import datetime
import re
import tracemalloc
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from command_line import called_for_text
from openpyxl.worksheet.formula import ArrayFormula

from tagnorm.errors import BadDataError
from tagnorm.files import clean_file, read_column

_SHEET = "xl/worksheets/sheet1.xml"
_ROWS = [("id", "tags"), (1, "PRELPGVO"), (2, "ECON")]


def book(path: Path, rows: Sequence[Sequence[Any]], *edits: tuple[str, str]) -> Path:
    """A file by openpyxl, with the text of its sheet edited as other programs would have it."""
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    made.save(path)
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    for pattern, replacement in edits:
        text, count = re.subn(pattern, replacement, parts[_SHEET].decode())
        assert count, (pattern, text)
        parts[_SHEET] = text.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return path


@pytest.fixture
def cleaned(tmp_path: Path) -> Callable[..., str]:
    """Cleans a sheet to CSV."""

    def clean(rows: Sequence[Sequence[Any]], *edits: tuple[str, str], **options: Any) -> str:
        raw, out = book(tmp_path / "raw.xlsx", rows, *edits), tmp_path / "out.csv"
        assert not clean_file(raw, out, **options).bad_rows
        return out.read_bytes().decode()

    return clean


@pytest.mark.parametrize("blank", [(" ",), (None, "\t\n", "  "), ("\u00a0", ""), (None, None)])
def test_rows_of_spaces_are_no_header(cleaned, blank):
    assert cleaned([blank, blank, *_ROWS]) == "id,tags\n1,PREL;PGOV\n2,ECON\n"
    assert cleaned([blank, (0, "tags"), (False, "PGVO")]) == "0,tags\nFALSE,PGOV\n"


class TestFormulas:
    # A formula with the value that Excel saves: a number, a text, an empty text.
    NUMBER = ("<f>1&amp;1</f><v ?/?>(</v>)?", "<f>1&amp;1</f><v>11</v>")
    TEXT = (
        '(r="B2"[^>]*?)( t="[a-z]*")?><f>A1</f><v ?/?>(</v>)?',
        r'\1 t="str"><f>A1</f><v>PGVO</v>',
    )
    EMPTY = ('(r="B3"[^>]*?)( t="[a-z]*")?><f>""</f><v ?/?>(</v>)?', r'\1 t="str"><f>""</f><v></v>')

    def test_a_saved_value_is_read(self, cleaned):
        rows = [("id", "tags"), ("=1&1", "=A1"), (2, '=""'), (3, "ECON")]
        found = cleaned(rows, self.NUMBER, self.TEXT, self.EMPTY)
        assert found == "id,tags\n11,PGOV\n2,\n3,ECON\n"

    def test_a_text_that_looks_like_a_formula_is_a_text(self, cleaned):
        rows = [("id", "tags"), ("x", "PREL"), ("=no", "ECON"), (None, "PGOV")]
        shown = [("<c r=.A3.[^>]*>.*?</c>", '<c r="A3" t="inlineStr"><is><t>=no</t></is></c>')]
        assert cleaned(rows, *shown) == "id,tags\nx,PREL\n=no,ECON\n,PGOV\n"

    @pytest.mark.parametrize("column", [0, 1])
    @pytest.mark.parametrize("before", [0, 3, pytest.param(5000, marks=pytest.mark.slow)])
    def test_one_without_a_value_is_a_bad_row(self, tmp_path, before, column):
        formula: list[Any] = ["x", "PGOV"]
        formula[column] = '="PR"&"EL"'
        rows = [("id", "tags"), *[(1, "PREL")] * before, formula, (None, None), (2, "PGVO")]
        raw = book(tmp_path / "raw.xlsx", rows)
        name = ("id", "tags")[column]
        wanted = (
            rf"raw.xlsx:{before + 2}: the cell under '{name}' is a formula "
            r'\(="PR"&"EL"\) without a saved value; open the file in a spreadsheet program'
        )
        with pytest.raises(BadDataError, match=wanted):
            clean_file(raw, tmp_path / "out.csv")
        assert not (tmp_path / "out.csv").exists()

        report = clean_file(raw, tmp_path / "out.csv", on_error="report")
        assert (report.rows, report.bad_row_count) == (before + 2, 1)
        assert report.bad_rows[0].line == before + 2
        last = (tmp_path / "out.csv").read_text().splitlines()[-2:]
        cell = '"=""PR""&""EL"""'
        assert last == [f"{cell},PGOV" if column == 0 else f"x,{cell}", "2,PGOV"]

    def test_arrays_of_formulas_have_values_too(self, tmp_path):
        formula = ArrayFormula("B2:B2", "=A2:A2")
        raw = book(tmp_path / "raw.xlsx", [("id", "tags"), ("PREL", formula)])
        with pytest.raises(BadDataError, match=r"\(=A2:A2\) without a saved value"):
            read_column(raw)

    def test_one_that_is_shared_by_many_cells(self, tmp_path):
        shared = ("<c r=.B3.[^>]*>.*?</c>", '<c r="B3"><f t="shared" si="0"/></c>')
        first = ("<c r=.B2.[^>]*>.*?</c>", '<c r="B2"><f t="shared" ref="B2:B3" si="0">A2</f></c>')
        raw = book(tmp_path / "raw.xlsx", _ROWS, first, shared)
        report = clean_file(raw, tmp_path / "out.csv", on_error="report")
        assert [row.line for row in report.bad_rows] == [2, 3]
        assert (tmp_path / "out.csv").read_text() == "id,tags\n1,=A2\n2,=A3\n"

    def test_a_column_is_read_without_the_cell(self, tmp_path):
        raw = book(tmp_path / "raw.xlsx", [("id", "tags"), (1, "=A1"), (2, "PREL")])
        with pytest.raises(BadDataError, match=r"raw.xlsx:2: the cell under 'tags' is a formula"):
            read_column(raw)
        column = read_column(raw, on_error="report")
        assert (dict(column.counts), column.rows, column.bad_row_count) == ({"PREL": 1}, 2, 1)

    def test_one_in_the_header_names_no_column(self, tmp_path):
        raw = book(tmp_path / "raw.xlsx", [("=A9", "tags"), (1, "PREL")])
        with pytest.raises(BadDataError, match=r"raw.xlsx:1: the header's cell 1 is a formula"):
            clean_file(raw, tmp_path / "out.csv", on_error="report")


class TestCells:
    def test_what_lies_beyond_the_size_that_a_program_wrote_is_read(self, cleaned):
        for size in ("A1", "A1:A2", "A1:B2", "B2:B2"):
            edit = ('<dimension ref="[^"]*"', f'<dimension ref="{size}"')
            assert cleaned(_ROWS, edit) == "id,tags\n1,PREL;PGOV\n2,ECON\n"
        assert cleaned(_ROWS, ("<dimension [^>]*>", "")) == "id,tags\n1,PREL;PGOV\n2,ECON\n"

    @pytest.mark.parametrize("number", ["99999999999", "-1000000"])
    def test_a_number_that_is_no_date_stays_a_number_and_is_said(self, tmp_path, number, recwarn):
        rows = [("when", "tags"), (datetime.date(2020, 1, 1), "PRELPGVO"), (None, "ECON")]
        raw = book(tmp_path / "raw.xlsx", rows, ("<v>43831</v>", f"<v>{number}</v>"))
        with pytest.raises(BadDataError, match=r"raw.xlsx:2: .* 'when' is a date by its format"):
            clean_file(raw, tmp_path / "out.csv")
        report = clean_file(raw, tmp_path / "out.csv", on_error="report")
        assert (report.rows, report.bad_row_count) == (2, 1)
        text = (tmp_path / "out.csv").read_text()
        assert text == f"when,tags\n{number},PREL;PGOV\n,ECON\n"
        assert not recwarn.list

    def test_cells_behind_the_header_make_a_bad_row(self, tmp_path):
        rows = [("id", "tags"), (1, "PRELPGVO", "more"), (2, "PGVO", None), (3, "ECON")]
        raw = book(tmp_path / "raw.xlsx", rows)
        with pytest.raises(BadDataError, match=r"raw.xlsx:2: 3 cells, but 2 columns"):
            clean_file(raw, tmp_path / "out.csv")
        report = clean_file(raw, tmp_path / "out.csv", on_error="report")
        assert [(bad.line, bad.raw) for bad in report.bad_rows] == [(2, "1\tPRELPGVO\tmore")]
        assert (tmp_path / "out.csv").read_text() == "id,tags\n1,PRELPGVO\n2,PGOV\n3,ECON\n"

    @pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?"])
    def test_an_error_is_no_tag(self, tmp_path, error):
        raw = book(tmp_path / "raw.xlsx", [("id", "tags"), (error, "PGVO"), (2, error)])
        with pytest.raises(BadDataError, match=r"raw.xlsx:3: the cell under 'tags' is an error"):
            clean_file(raw, tmp_path / "out.csv")
        report = clean_file(raw, tmp_path / "out.parquet", on_error="report")
        assert (report.rows, report.bad_row_count) == (2, 1)
        found = pq.read_table(tmp_path / "out.parquet").to_pylist()
        assert found == [{"id": error, "tags": ["PGOV"]}, {"id": "2", "tags": [error]}]

    def test_letters_that_xml_has_not_are_read(self, cleaned):
        rows = [("id", "tags"), ("a_x000D_\nb", "PREL_x000D_\nPGVO"), ("_xD800_ _xyz_", None)]
        assert cleaned(rows) == 'id,tags\n"a\r\nb",PREL;PGOV\n_xD800_ _xyz_,\n'

    def test_cells_are_the_texts_that_they_show(self, cleaned):
        row = (
            *("PGVO", 7.0, 0.5, True, False, 10**15, datetime.date(2020, 2, 1)),
            *(datetime.datetime(2020, 2, 1, 3, 4, 5), datetime.time(3, 4), " x "),
        )
        text = cleaned([("tags", *"abcdefghi"), row])
        assert text.splitlines()[1] == (
            "PGOV,7,0.5,TRUE,FALSE,1000000000000000,2020-02-01,2020-02-01 03:04:05,03:04:00, x "
        )


class TestHostile:
    @pytest.mark.slow
    def test_a_row_of_a_number_that_no_sheet_has_ends(self, tmp_path):
        far = ('r="(|[AB])3"', r'r="\g<1>99999999999"')
        raw = book(tmp_path / "raw.xlsx", _ROWS, far)
        with pytest.raises(BadDataError, match="has more than 1,048,576 rows"):
            clean_file(raw, tmp_path / "out.csv")

    @pytest.mark.slow
    def test_the_last_row_of_a_sheet_is_read(self, cleaned):
        last = ('r="(|[AB])3"', r'r="\g<1>1048576"')
        assert cleaned(_ROWS, last) == "id,tags\n1,PREL;PGOV\n2,ECON\n"

    def test_rows_far_to_the_right_take_no_memory(self, tmp_path):
        rows = [("id", "tags"), *[(1, "PREL")] * 3000]
        raw = book(tmp_path / "raw.xlsx", rows, (r'r="B(\d{2,})"', r'r="ZZZ\1"'))
        tracemalloc.start()
        with pytest.raises(BadDataError, match="18278 cells, but 2 columns"):
            clean_file(raw, tmp_path / "out.csv")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 64_000_000

    @pytest.mark.parametrize(
        "edit",
        [
            ('r="B2"', 'r="ZZZZZZ2"'),
            ("<c r=.B2.[^>]*>.*?</c>", '<c r="B2" t="s"><v>99</v></c>'),
            ("<c r=.B2.[^>]*>.*?</c>", '<c r="B2" t="n"><v>many</v></c>'),
            ("</sheetData>", ""),
            ("^", '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'),
        ],
    )
    def test_what_is_no_sheet_is_bad_data(self, tmp_path, edit):
        raw = book(tmp_path / "raw.xlsx", _ROWS, edit)
        try:
            clean_file(raw, tmp_path / "out.csv")
        except BadDataError as error:
            assert "damaged Excel file" in str(error)
        else:
            assert (tmp_path / "out.csv").read_text() == "id,tags\n1,PREL;PGOV\n2,ECON\n"

    def test_a_whole_file_that_ends_openpyxl_is_told_with_the_remedy(self, tmp_path):
        made = openpyxl.Workbook()
        for row in _ROWS:
            made.active.append(row)
        made.create_chartsheet("no chart")
        made.save(tmp_path / "raw.xlsx")
        try:
            clean_file(tmp_path / "raw.xlsx", tmp_path / "out.csv")
        except BadDataError as error:
            assert "or holds what openpyxl cannot read" in str(error)
            assert str(error).endswith("save the table as CSV, and clean that")
        else:
            assert (tmp_path / "out.csv").read_text() == "id,tags\n1,PREL;PGOV\n2,ECON\n"

    def test_a_strict_file_is_named_with_the_remedy(self, tmp_path):
        raw = book(tmp_path / "raw.xlsx", _ROWS)
        with zipfile.ZipFile(raw) as file:
            parts = {name: file.read(name) for name in file.namelist()}
        with zipfile.ZipFile(raw, "w") as file:
            for name, part in parts.items():
                for old, new in (
                    (b"schemas.openxmlformats.org/spreadsheetml/2006", b"purl.oclc.org/ooxml/s"),
                    (b"schemas.openxmlformats.org/officeDocument/2006", b"purl.oclc.org/ooxml/o"),
                ):
                    part = part.replace(old, new)  # noqa: PLW2901
                file.writestr(name, part)
        ran = called_for_text("clean", raw, "--to", "csv")
        assert ran.returncode == 65
        assert ran.stderr.count("\n") == 1
        assert "save it as an Excel workbook (.xlsx), not as Strict" in ran.stderr


@pytest.mark.parametrize("end", ["csv", "jsonl", "parquet"])
def test_a_bad_row_with_nothing_in_the_column_is_empty(tmp_path: Path, end: str) -> None:
    rows = [("id", "tags"), (1, "PGVO"), (2, None, "x"), (3, "PREL", "y")]
    raw = book(tmp_path / "raw.xlsx", rows)

    report = clean_file(raw, tmp_path / f"out.{end}", on_error="report", status=True)

    (column,) = report.columns
    assert (column.resolved, column.unresolved, column.empty, report.bad_row_count) == (1, 1, 1, 2)
    found = read_column(tmp_path / f"out.{end}")
    assert (dict(found.counts), found.empty) == ({"PGOV": 1, "PREL": 1}, 1)
