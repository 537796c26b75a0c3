# ruff: noqa: RUF001 -- letters of other scripts are what is tested
"""CSV and TSV: dialects, encodings, bad rows; what is not cleaned stays as it was, to the byte."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tagnorm import Normalizer
from tagnorm.encodings import detect_encoding
from tagnorm.files import BadDataError, FormatError, clean_file, delimited_columns
from tagnorm.files.delimited_records import records
from tagnorm.files.dialects import Dialect, detect_dialect

NORMALIZER = Normalizer()


def cleaned(folder: Path, raw: bytes, name: str = "out.csv", **options: object) -> bytes:
    (folder / "in.csv").write_bytes(raw)
    clean_file(folder / "in.csv", folder / name, normalizer=NORMALIZER, **options)
    return (folder / name).read_bytes()


def columns(folder: Path, raw: bytes, **options: object) -> dict[str, list[object]]:
    cleaned(folder, raw, "out.parquet", **options)
    return pq.read_table(folder / "out.parquet").to_pydict()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"id,tags\n007,PGVO\n", b"id,tags\n007,PGOV\n"),
        (b"id,tags\r\n1e5,PGVO\r\nNA,\r\n", b"id,tags\r\n1e5,PGOV\r\nNA,\r\n"),
        (b'"id","tags"\n"1","PGVO"\n', b'"id","tags"\n"1","PGOV"\n'),
        (b'id,tags\n" 1""2 ","PRELPGOV"', b'id,tags\n" 1""2 ","PREL;PGOV"'),
        (b"tags;id\n\nPRELPGOV;1\n\n", b'tags;id\n\n"PREL;PGOV";1\n\n'),
        (b"tags|id\rPRELPGOV|1\r", b"tags|id\rPREL;PGOV|1\r"),
        (b"tags\nPGVO\n\nPGVO\n", b'tags\nPGOV\n""\nPGOV\n'),
        (b'tags,x\nPGVO,"a\nb\r\nc\rd"\n', b'tags,x\nPGOV,"a\nb\r\nc\rd"\n'),
        (b'tags,x\nPGVO,5" pipe\nPREL,"q"r"s"\n', b'tags,x\nPGOV,5" pipe\nPREL,"q"r"s"\n'),
        (b"\xef\xbb\xbftags\nPGVO\n", b"\xef\xbb\xbftags\nPGOV\n"),
        (b"tags,x\nPGVO,\0\n", b"tags,x\nPGOV,\0\n"),
        (b"tags", b"tags"),
    ],
)
def test_only_the_cleaned_cells_change(tmp_path, raw, expected):
    assert cleaned(tmp_path, raw) == expected


def test_a_field_of_a_hundred_thousand_characters_comes_through(tmp_path):
    long = "x" * 100_000 + '""' + "\n" * 5
    raw = f'id,tags\n"{long}",PGVO\n2,"{"PREL " * 20_000}"\n'.encode()
    assert cleaned(tmp_path, raw) == (
        f'id,tags\n"{long}",PGOV\n2,"{";".join(["PREL"] * 20_000)}"\n'.encode()
    )
    found = columns(tmp_path, raw)
    assert found["id"] == [long.replace('""', '"'), "2"]
    assert [len(tags) for tags in found["tags"]] == [1, 20_000]


@pytest.mark.parametrize(
    ("encoding", "detected"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32-le"),
        ("cp1252", "cp1252"),
        ("latin-1", "cp1252"),
    ],
)
def test_the_encoding_is_found_out_and_kept(tmp_path, encoding, detected):
    text = "id,note,tags\n1,México – naïve façade Zürich,PRELPGVO\n".replace(
        "–", "-" if encoding == "latin-1" else "–"
    )
    raw = text.encode(encoding)
    assert detect_encoding(raw).name == detected
    assert cleaned(tmp_path, raw) == text.replace("PRELPGVO", "PREL;PGOV").encode(encoding)
    assert columns(tmp_path, raw)["note"] == [text.split(",")[3]]


def test_other_scripts_are_found_out_if_there_is_enough_of_them(tmp_path):
    note = "Москва, встреча министров иностранных дел; переговоры о безопасности " * 20
    raw = f'tags;note\nPGVO;"{note}"\n'.encode("cp1251")
    assert columns(tmp_path, raw)["note"] == [note]


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "utf-8-sig"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("UTF_16", "utf-16"),
        ("U16", "utf-16-le"),
        ("utf-16", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("utf-32", "utf-32-le"),
    ],
)
def test_encodings_of_unicode_can_be_named_and_are_kept_with_their_marks(tmp_path, name, codec):
    text = "id,tags\r\n1,PRELPGVO\r\n2,CÔTE D'IVOIRE\r\n"
    expected = text.replace("PRELPGVO", "PREL;PGOV").replace("CÔTE D'IVOIRE", "IV")

    assert cleaned(tmp_path, text.encode(codec), encoding=name) == expected.encode(codec)


def test_an_encoding_that_is_given_is_believed_and_one_that_is_none_refused(tmp_path):
    raw = "tags,x\nPGVO,д\n".encode("koi8-r")
    assert columns(tmp_path, raw, encoding="koi8-r")["x"] == ["д"]
    for name in ("no-such", "base64", "rot13"):
        with pytest.raises(FormatError, match="is no encoding"):
            columns(tmp_path, raw, encoding=name)


@pytest.mark.parametrize(
    ("sample", "wanted", "expected"),
    [
        ("id,tags\n1,PREL\n", ["tags"], Dialect(",")),
        ("id;tags\n1;PREL, PGOV\n", ["tags"], Dialect(";")),
        ("id\ttags\n1\tPREL, PGOV; ECON\n", ["tags"], Dialect("\t")),
        ("id|tags|x\n1|a,b|c\n", ["tags"], Dialect("|")),
        ("tags\nPREL, PGOV\nECON\n", ["tags"], Dialect("\t")),
        ("'id','tags'\n'1','PREL, PGOV'\n", ["tags"], Dialect(",", "'")),
        ('"id";"tags"\n"1";"PREL, PGOV"\n', ["tags"], Dialect(";")),
        ("a;b\n1,0;2,0\n", ["none"], Dialect(";")),
    ],
)
def test_the_dialect_is_found_out(sample, wanted, expected):
    assert detect_dialect(sample, wanted, delimiter=None, quote=None) == expected


def test_a_dialect_that_is_given_is_used(tmp_path):
    raw = b'id:tags\n1:PGVO\n2:"\n'
    assert cleaned(tmp_path, raw, delimiter=":", quote="none") == b"id:tags\n1:PGOV\n2:\n"
    with pytest.raises(FormatError, match="cannot be a delimiter"):
        cleaned(tmp_path, raw, delimiter="::")


def test_csv_turns_into_tsv_with_new_quotes_where_they_are_needed(tmp_path):
    raw = b'id,tags,x\n1,"PRELPGOV","a,b"\n\n2,,"c\td"\n'
    assert cleaned(tmp_path, raw, "out.tsv") == b'id\ttags\tx\n1\tPREL;PGOV\ta,b\n\n2\t\t"c\td"\n'


RAGGED = b"id,tags,x\n1,PGVO,a\n2,PGVO\n3,PGVO,a,b\n4\n5,PGVO,c\n"


@pytest.mark.parametrize("name", ["out.csv", "out.parquet", "out.tsv", "out.jsonl"])
def test_a_ragged_row_stops_the_work_with_its_line_number(tmp_path, name):
    with pytest.raises(BadDataError, match=r"in.csv:3: 2 cells, but 3 columns; mend") as caught:
        cleaned(tmp_path, RAGGED, name)
    assert caught.value.line == 3
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_ragged_rows_that_are_reported_are_carried_through(tmp_path):
    (tmp_path / "in.csv").write_bytes(RAGGED)
    report = clean_file(
        tmp_path / "in.csv", tmp_path / "out.csv", normalizer=NORMALIZER, on_error="report"
    )
    assert [(bad.line, bad.raw) for bad in report.bad_rows] == [
        (3, "2,PGVO\n"),
        (4, "3,PGVO,a,b\n"),
        (5, "4\n"),
    ]
    assert (report.rows, report.bad_row_count) == (5, 3)
    assert (tmp_path / "out.csv").read_bytes() == RAGGED.replace(b"PGVO", b"PGOV")
    assert columns(tmp_path, RAGGED, on_error="report") == {
        "id": ["1", "2", "3", "4", "5"],
        "tags": [["PGOV"], ["PGOV"], ["PGOV"], None, ["PGOV"]],
        "x": ["a", None, "a,b", None, "c"],
    }


def test_tags_with_commas_and_without_quotes_at_the_end_of_a_row_are_all_cleaned(tmp_path):
    raw = b"id,tags\n1,PREL, PGVO\n"
    options = {"on_error": "report", "delimiter": ","}
    assert cleaned(tmp_path, raw, **options) == b"id,tags\n1,PREL;PGOV\n"
    assert columns(tmp_path, raw, **options)["tags"] == [["PREL", "PGOV"]]


UNDECODABLE = (
    b"id,tags,x\n1,PGVO,caf\xc3\xa9\n2,PGVO,caf\xe9\n3,PR\xffEL,\xc3\xa9\n4,PGVO,\xc3\xa9\n"
)


def test_bytes_that_are_no_text_stop_the_work_with_their_line_number(tmp_path):
    for name in ("out.csv", "out.parquet"):
        with pytest.raises(
            BadDataError,
            match=r"in.csv:3: holds bytes that are not utf-8; say what they are with encoding;",
        ):
            cleaned(tmp_path, UNDECODABLE, name)


def test_bytes_that_are_no_text_are_kept_in_csv_and_marked_elsewhere(tmp_path):
    kept = cleaned(tmp_path, UNDECODABLE, on_error="report")
    assert kept == UNDECODABLE.replace(b"PGVO", b"PGOV")
    found = columns(tmp_path, UNDECODABLE, on_error="report")
    assert found["x"] == ["café", "caf\ufffd", "é", "é"]
    assert found["tags"] == [["PGOV"], ["PGOV"], ["PR\ufffdEL"], ["PGOV"]]


def test_a_quote_that_is_never_closed_spoils_its_own_line_only(tmp_path):
    raw = b'id,tags\n1,"PGVO\n2,PGVO\n'
    with pytest.raises(BadDataError, match=r'in.csv:2: a quote \("\) is opened and never closed'):
        cleaned(tmp_path, raw)
    assert columns(tmp_path, raw, on_error="report") == {"id": ["1", "2"], "tags": [["PGOV"]] * 2}
    assert cleaned(tmp_path, raw, on_error="report").splitlines()[2] == b"2,PGOV"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "is empty"),
        (
            b"id,labels\n1,PREL\n",
            "has no column 'tags'; name one of its columns with columns: id, labels",
        ),
        (b"tags,tags\n1,PREL\n", "several columns 'tags'"),
        (b'id,"tags\n1,PREL\n', "the header opens a quote"),
    ],
)
def test_a_file_without_its_column_is_refused(tmp_path, raw, message):
    with pytest.raises((FormatError, BadDataError), match=message):
        cleaned(tmp_path, raw)


CELLS = st.text(
    st.one_of(
        st.sampled_from("\",;\t\r\n\0 'aé漢😀\ufeff\x0b\x1c\x85\u2028"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=12,
)
TAGS = st.one_of(CELLS, st.sampled_from(["PRELPGOV", "PREL, PGVO", "MARR;MOPS", "PELOSI", ""]))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    rows=st.lists(st.tuples(CELLS, TAGS, CELLS), max_size=8),
    delimiter=st.sampled_from(",;\t|"),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
@example(rows=[("\ufeff", "PRELPGOV", "")], delimiter=",", line_end="\n", quoting=csv.QUOTE_MINIMAL)
@example(rows=[("", "0/0, PREL", "")], delimiter=",", line_end="\n", quoting=csv.QUOTE_MINIMAL)
@pytest.mark.slow
def test_any_table_keeps_its_rows_and_other_cells_and_has_the_scalar_answers(
    tmp_path_factory, rows, delimiter, line_end, quoting
):
    folder = tmp_path_factory.mktemp("any")
    # A carriage return must stand in quotes, which the csv module forgets with other line ends.
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n", quoting=quoting)
    lines = []
    for row in [("id", "tags", "x"), *rows]:
        stream.seek(0)
        stream.truncate()
        writer.writerow(row)
        lines.append(stream.getvalue().removesuffix("\r\n") + line_end)
    raw = "".join(lines).encode()
    expected = [(i, NORMALIZER.split(t), x) for i, t, x in rows]
    given_dialect = {"delimiter": delimiter, "quote": '"', "encoding": "utf-8"}

    out = cleaned(folder, raw, separator="/", unresolved="keep", **given_dialect).decode()
    found = list(records(io.StringIO(out, newline=""), Dialect(delimiter)))[1:]
    cells = [[Dialect(delimiter).value(cell) for cell in r.cells] for r in found]
    # What is unresolved may hold the separator, as `0/0` does: it is escaped there.
    assert [tuple(cell) for cell in cells] == [
        (i, "/".join(re.sub(r"[\\/]", r"\\\g<0>", tag) for tag in tags), x)
        for i, tags, x in expected
    ]
    before = list(records(io.StringIO(raw.decode(), newline=""), Dialect(delimiter)))[1:]
    assert [(r.cells[0], r.cells[2], r.end) for r in found] == [
        (r.cells[0], r.cells[2], r.end) for r in before
    ]

    table = columns(folder, raw, **given_dialect)
    assert list(zip(table["id"], table["tags"], table["x"], strict=True)) == expected


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text('ab,"\n\r\0é', max_size=60))
@pytest.mark.slow
def test_whole_blocks_and_single_rows_give_the_same_columns(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("ways")
    raw = ("tags,x\n" + text).encode()
    options = {"on_error": "report", "delimiter": ",", "quote": '"', "encoding": "utf-8"}
    fast = columns(folder, raw, **options)
    parse = delimited_columns.parse
    try:
        delimited_columns.parse = lambda *_: None
        slow = columns(folder, raw, **options)
    finally:
        delimited_columns.parse = parse
    assert fast == slow


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_where_blocks_end_makes_no_difference(tmp_path, monkeypatch, size):
    raw = b'\xef\xbb\xbfid,tags\r\n1,"PGVO\r\n\r\n, ""PREL"" "\r\n2,5" x\r\n3,"a,b"\n\r\n' * 3
    raw += "4,é漢😀\r\n".encode()
    options = {"on_error": "report", "delimiter": ",", "quote": '"'}
    whole, table = cleaned(tmp_path, raw, **options), columns(tmp_path, raw, **options)
    monkeypatch.setattr("tagnorm.files.blocks._BLOCK", size)
    monkeypatch.setattr("tagnorm.files.delimited._HEAD", 8)
    assert cleaned(tmp_path, raw, **options) == whole
    assert columns(tmp_path, raw, **options) == table


@pytest.mark.parametrize("name", ["out.csv", "out.tsv", "out.parquet", "out.jsonl"])
@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_line_too_long_for_the_memory_is_a_bad_row(tmp_path, monkeypatch, name, end, encoding):
    monkeypatch.setattr("tagnorm.files.blocks.LONGEST", 1 << 12)
    monkeypatch.setattr("tagnorm.files.delimited.LONGEST", 1 << 12)
    monkeypatch.setattr("tagnorm.files.blocks._BLOCK", 1 << 10)
    monkeypatch.setattr("tagnorm.files.delimited._HEAD", 1 << 10)
    long = f"2,{'é€' * 10_000}"
    text = f"id,tags{end}1,PGVO{end}{long}{end}3,PGVO" if end else f"id,tags\n1,PGVO\n{long}"
    raw = text.encode(encoding)
    with pytest.raises(BadDataError, match=r"in.csv:3: a line of more than 16 MiB"):
        cleaned(tmp_path, raw, name)
    (tmp_path / "in.csv").write_bytes(raw)
    report = clean_file(
        tmp_path / "in.csv", tmp_path / name, normalizer=NORMALIZER, on_error="report"
    )
    (column,) = report.columns
    assert [(bad.line, bad.raw[:5]) for bad in report.bad_rows] == [(3, "2,é€é")]
    assert report.rows == 2 + bool(end)
    assert (column.resolved, column.empty) == (1 + bool(end), 1)
    if name == "out.csv":
        expected = text.replace("PGVO", "PGOV").encode(encoding)
        assert (tmp_path / name).read_bytes() == expected
    if name == "out.parquet":
        ids = ["1", None, "3"] if end else ["1", None]
        assert pq.read_table(tmp_path / name)["id"].to_pylist() == ids


@pytest.mark.slow
def test_a_long_file_is_cleaned_in_many_blocks(tmp_path):
    rows = [(str(n), ("PRELPGOV", "PGVO, MARR", "")[n % 3], 'q"' * (n % 2)) for n in range(60_000)]
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([("id", "tags", "x"), *rows])
    raw = stream.getvalue().encode()
    answers = {t: NORMALIZER.split(t) for _, t, _ in rows}
    table = columns(tmp_path, raw)
    assert table["id"] == [i for i, _, _ in rows]
    assert table["tags"] == [answers[t] for _, t, _ in rows]
    out = list(csv.reader(io.StringIO(cleaned(tmp_path, raw).decode())))
    assert out[1:] == [[i, ";".join(answers[t]), x] for i, t, x in rows]
