"""What users of other tools report about files, with others of each kind: read right, or named.

The files that begin with a letter and a number, in `cases/files`, are as they were reported.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import random
import resource
import shutil
import subprocess
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tagnorm.cli import main
from tagnorm.files import inputs

CASES = Path(__file__).with_name("cases") / "files"


class Ran(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., Ran]:
    """Runs `tagnorm` in a folder with the reported files."""
    for case in CASES.iterdir():
        shutil.copy(case, tmp_path)
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> Ran:
        capfdbinary.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        out, err = capfdbinary.readouterr()
        assert b"Traceback" not in err
        code = ended.value.code
        return Ran(code if isinstance(code, int) else 0, out.decode(), err.decode())

    return call


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["c01_excel_sep.csv"], "sep=;\r\nid;tags\r\n1;PREL|PGOV\r\n"),
        (["c01_excel_sep.csv", "--to", "tsv"], "id\ttags\r\n1\tPREL|PGOV\r\n"),
        (["c01_excel_sep.csv", "--to", "jsonl"], '{"id": "1", "tags": ["PREL", "PGOV"]}\n'),
        (["c02_blank_first.csv"], "\nid,tags\n1,PREL|PGOV\n"),
        (
            ["c09_tsv_stray_quote.tsv"],
            'id\ttitle\ttags\n1\t"The Hague visit\tPREL|PGOV\n2\tPlain\tPHUM\n3\tPlain\tKTFN\n'
            '4\t"Other" trip\tPGOV\n5\tx\tECON|PREL\n',
        ),
        (["c19_semicolon.csv"], "id;tags\n1;KTFN\n"),
        (["c23_ctrlz.csv"], "id,tags\n1,PREL|PGOV\n\x1a"),
        (["c23_ctrlz.csv", "--to", "jsonl"], '{"id": "1", "tags": ["PREL", "PGOV"]}\n'),
        (
            ["c27_smooth.tsv", "--to", "jsonl"],
            '{"id": "A1", "name": "\\"A friend\\" of Bob", "tags": ["PGOV"]}\n',
        ),
        (["p04_pzstd.csv.zst", "--to", "csv"], "id,tags\n1,PREL|PGOV\n2,PHUM\n"),
        (["j01_mixed.jsonl", "--to", "csv"], "id,tags\n1,PREL|PGOV\n2,PHUM\n3,ECON\n"),
        (["a03_ns.parquet", "--to", "jsonl"], None),
        (["a04_10000.parquet", "--to", "jsonl"], None),
        (["a06_bview.arrow", "--to", "csv"], "tags,c\nPREL|PGOV,78ff\nPHUM,\n"),
        (["a07_binary.parquet", "--to", "csv"], None),
        (["a08_allnull.parquet", "--to", "csv"], None),
        (["a01_dict.parquet", "--to", "csv"], None),
    ],
)
def test_what_was_reported_is_read_right(run, arguments, expected):
    ran = run("clean", *arguments, "-q", "--separator", "|")
    assert (ran.code, ran.err) == (0, "")
    if expected is not None:
        assert ran.out == expected
    else:
        assert ran.out.count("\n") == 1 + pq.read_metadata(arguments[0]).num_rows - (
            "jsonl" in arguments
        )


def test_moments_are_written_in_full(run):
    lines = run("clean", "a03_ns.parquet", "--to", "jsonl", "-q").out.splitlines()
    assert "2020-01-01T12:00:00.123456789" in lines[0]
    assert "10000-01-11" in run("clean", "a04_10000.parquet", "--to", "jsonl", "-q").out


def test_a_dictionary_that_differs_by_row_group_is_written_as_arrow(run):
    assert run("clean", "a01_dict.parquet", "-o", "x.arrow", "-q").code == 0
    with pa.ipc.open_file("x.arrow") as found:
        assert (
            found.read_all()["c"].to_pylist() == pq.read_table("a01_dict.parquet")["c"].to_pylist()
        )


def test_pandas_reads_what_was_cleaned_of_its_own(run):
    pandas = pytest.importorskip("pandas")
    assert run("clean", "a02_pandas.parquet", "-o", "x.parquet", "-q").code == 0
    found = [None if one is None else list(one) for one in pandas.read_parquet("x.parquet")["tags"]]
    assert found == [["PREL", "PGOV"], None]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["j02_typo.jsonl", "--fail-under", "0.9"], 2, "with --column: id"),
        (["j02_typo.jsonl", "--to", "csv"], 2, "has no column 'tags'"),
        (["j02_typo.jsonl", "-o", "x.jsonl"], 2, "has no column 'tags'"),
        (["a05_interval.arrow", "-o", "x.parquet"], 2, "column 'c' is month_day_nano_interval"),
        (["c20_xlsx.xlsx"], 65, "is a damaged Excel file (a zip archive)"),
        (["o01_raw.csv", "-o", "x.csv.lz4"], 2, "'lz4' is no format that is written here; there"),
        *(
            (["o01_raw.csv", "-o", f"x.{ending}"], 2, ending)
            for ending in ("xlsx", "html", "ods", "xml", "yaml", "db", "sqlite", "avro", "orc")
        ),
        *(
            (["o01_raw.csv", "--encoding", name], 2, f"{name!r} is no encoding of text files")
            for name in (
                "idna", "punycode", "base64", "rot13", "hex", "unicode_escape", "undefined",
                "raw_unicode_escape", "zip", "bz2", "no-such", "utf-7", "uu", "",
            )
        ),
        (["header.csv"], 2, "has no column 'tags', but one 'TAGS'; name it so: --column TAGS"),
        (["spaces.csv"], 2, "has no column 'tags', but one ' tags '; name it so"),
        (["twins.csv", "--to", "parquet"], 2, "two columns are called 'x'; parquet needs a name"),
        (["lone.tsv"], 65, "lone.tsv:2: a quote (\") opens a cell that takes in whole rows"),
        (["open.csv"], 65, 'open.csv:3: a quote (") is opened and never closed'),
        (["object.jsonl"], 65, "object.jsonl:1: 'tags' is {\"a\": \"PREL\"}, neither text nor"),
        (["object.jsonl", "--to", "csv"], 65, "'tags' is {\"a\": \"PREL\"}, neither"),
        (["number.jsonl", "--to", "parquet"], 65, "number.jsonl:1: 'tags' is 5, neither text nor"),
        (["array.json"], 65, "array.json:2: is no JSON array: ',' is missing before '{'"),
        (["cut.json"], 65, "cut.json:1: the row is no JSON"),
        (["behind.json"], 65, "behind.json:1: goes on behind the array"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_named_with_its_exit_code(run, arguments, code, message):
    Path("header.csv").write_text("id,TAGS\n1,PREL\n")
    Path("spaces.csv").write_text("id, tags \n1,PREL\n")
    Path("twins.csv").write_text("x,tags,x\n1,PREL,2\n")
    Path("lone.tsv").write_text('id\tx\ttags\n1\t"lone\tPREL\n2\tpipe 5"\tPGOV\n3\tx\tECON\n')
    Path("open.csv").write_text('id,tags\n1,PREL\n2,"PGOV\n3,ECON\n')
    Path("object.jsonl").write_text('{"tags": {"a": "PREL"}}\n')
    Path("number.jsonl").write_text('{"tags": 5}\n')
    Path("array.json").write_text('[{"tags": "PREL"}\n{"tags": "PREL"}]')
    Path("cut.json").write_text('[{"tags": "PREL"}, {"tags": "PR')
    Path("behind.json").write_text('[{"tags": "PREL"}] x')
    before = sorted(Path().iterdir())
    ran = run("clean", *arguments)
    assert (ran.code, message in ran.err) == (code, True), ran.err
    assert sorted(Path().iterdir()) == before


def archive(name: str) -> bytes:
    stream = io.BytesIO()
    if name == "zip":
        with zipfile.ZipFile(stream, "w") as file:
            file.writestr("raw.csv", "id,tags\n1,PREL\n")
    else:
        with tarfile.open(fileobj=stream, mode=f"w:{name}") as file:
            entry = tarfile.TarInfo("raw.csv")
            entry.size = 4
            file.addfile(entry, io.BytesIO(b"tags"))
    return stream.getvalue()


def by_zstd(content: bytes) -> bytes:
    command = ["zstd", "-c", "-q", "--check"]
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout


PACK = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": by_zstd}


def parquet_bytes() -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table({"tags": ["PREL"]}), sink)
    return sink.getvalue()


@pytest.mark.parametrize("ending", ["csv", "dat", "jsonl"])
@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"SQLite format 3\0" + bytes(100), "a SQLite database; write a table as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Office file (.xls, .doc)"),
        (archive("zip"), "a zip archive"),
        (archive(""), "a tar archive"),
        (archive("gz"), "a tar archive"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"<!DOCTYPE html>\n<table>", "a web page"),
        (b"\xef\xbb\xbf <?xml version='1.0'?>", "XML"),
        (b"Obj\x01\x02", "an Avro file"),
        (b"ORC\x08", "an ORC file"),
        (b"PARE\x15\x00", "an encrypted Parquet file; decrypt it"),
        (b"RDX3\nX\n\0\0\0\x03", "a file of R"),
        (bytes(8) + b"DUCK" + bytes(100), "a DuckDB database; write a table as Parquet"),
        (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
        (gzip.compress(parquet_bytes()), "it is parquet packed by gzip"),
        (bz2.compress(gzip.compress(b"id,tags\n")), "it is packed twice, by bzip2 first"),
    ],
)
def test_what_is_not_read_here_is_known_by_its_first_bytes(run, content, what, ending):
    Path(f"raw.{ending}").write_bytes(content)
    ran = run("clean", f"raw.{ending}", "-o", "out.csv")
    assert (ran.code, what in ran.err) == (2, True), ran.err
    assert not Path("out.csv").exists()


@pytest.mark.parametrize(
    "name", ["ORCID", "ORC", "PARENT", "RDX", "LZIP", "FEA1", "Obj", "PK", "X", "GIF"]
)
def test_a_header_that_begins_as_other_files_do_is_a_header(run, name):
    Path("raw.csv").write_text(f"{name},tags\n1,PGVO\n")
    assert run("clean", "raw.csv", "-q").out == f"{name},tags\n1,PGOV\n"


@pytest.mark.parametrize(
    ("end", "code"),
    [("\x1a", 0), ("\x1a" * 100, 0), ("\x1a\r\n2,PREL\r\n", 65), ("\x1a\r\n", 65), ("\x1a2,x", 0)],
)
@pytest.mark.parametrize("to", ["csv", "jsonl"])
def test_only_the_last_bytes_of_a_file_are_the_mark_of_its_end(run, end, code, to):
    Path("raw.csv").write_bytes(b"id,tags\r\n1,PGVO\r\n" + end.encode())
    ran = run("clean", "raw.csv", "-q", "--to", to)
    assert ran.code == code, ran.err
    if code:
        assert "raw.csv:3: 1 cell, but 2 columns" in ran.err
        ran = run("clean", "raw.csv", "--to", to, "--on-error", "report")
        assert "bad rows: 1; the first, line 3" in ran.err
    elif to == "csv":
        assert ran.out == "id,tags\r\n1,PGOV\r\n" + end
    else:
        assert ran.out.count("\n") == 1 + end.count(",")


def test_excel_is_read_whatever_it_is_called(run):
    book = openpyxl.Workbook()
    for row in [
        (None,),
        ("id", "tags", "n", "when"),
        ("007", "PRELPGVO", 1.0, None),
        (),
        (8, None),
    ]:
        book.active.append(row)
    book.create_sheet("other").append(("tags",))
    book["other"].append(("KTFX",))
    book.save("raw.xlsx")
    shutil.copy("raw.xlsx", "raw.csv")
    for name in ("raw.xlsx", "raw.csv"):
        ran = run("clean", name, "-q", "--to", "csv")
        assert ran.out == "id,tags,n,when\n007,PREL;PGOV,1,\n8,,,\n"
    assert run("clean", "raw.xlsx", "-q", "--sheet", "other").out == "tags\nKTFN\n"
    assert "there are: Sheet, other" in run("clean", "raw.xlsx", "--sheet", "no").err


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ('1,"lone,PREL\n2,x,PGVO\n', '1,"lone,PREL\n2,x,PGOV\n'),
        ('1,"a" b,PREL\n2,x,PGVO\n', '1,"a" b,PREL\n2,x,PGOV\n'),
        ('1,"a"b"",PREL\n2,x,PGVO\n', '1,"a"b"",PREL\n2,x,PGOV\n'),
        ('1,"x,PREL\n2,"y" z,PGVO\n3,w,ECON\n', '1,"x,PREL\n2,"y" z,PGOV\n3,w,ECON\n'),
        ('1,"a\nb",PREL\n2,""," PGVO"\n', '1,"a\nb",PREL\n2,"","PGOV"\n'),
        ('1,5" pipe,PREL\n2,7" pipe,PGVO\n', '1,5" pipe,PREL\n2,7" pipe,PGOV\n'),
    ],
)
@pytest.mark.parametrize("to", ["csv", "parquet"])
def test_a_lone_quote_swallows_nothing(run, rows, expected, to):
    Path("raw.csv").write_text("id,title,tags\n" + rows)
    ran = run("clean", "raw.csv", "-q", "--to", to, "-o", f"out.{to}", "--delimiter", ",")
    if ran.code:  # where it is never closed, it is named
        assert (ran.code, "raw.csv:2: a quote" in ran.err) == (65, True)
        ran = run("clean", "raw.csv", "-q", "-o", f"out.{to}", "--quote", "none")
    assert ran.code == 0
    if to == "csv":
        assert Path("out.csv").read_text() == "id,title,tags\n" + expected
    else:
        assert pq.read_table("out.parquet").num_rows == 2 + rows.count("\n3,")


def test_columns_without_a_name_get_one_where_they_must(run):
    assert run("clean", "c15_blank_labels.csv", "-o", "x.parquet", "-q").code == 0
    assert pq.read_table("x.parquet").column_names == ["id", "tags", "column_3", "column_4"]
    assert run("clean", "c15_blank_labels.csv", "-q").out == "id,tags,,\n1,PREL;PGOV,,\n"


def test_json_numbers_are_carried_as_written(run):
    numbers = ["1e999", "0.12345678901234567890", "9" * 5000, "-0.0", "1E-400", "1.10"]
    Path("raw.jsonl").write_text(
        "".join(f'{{"tags": "PREL", "n{at}": {n}}}\n' for at, n in enumerate(numbers))
    )
    assert run("clean", "raw.jsonl", "-o", "x.parquet", "-q").code == 0
    row = pq.read_table("x.parquet").to_pylist()
    found = [row[at][f"n{at}"] for at in range(6)]
    assert found[:3] == numbers[:3]
    assert found[4] == "1E-400"
    assert found[5] == 1.1
    assert run("clean", "raw.jsonl", "-q").out == Path("raw.jsonl").read_text().replace(
        '"PREL"', '["PREL"]'
    )


@pytest.mark.parametrize("spelling", ["x.csv", "./x.csv", "sub/../x.csv", "link.csv", "hard.csv",
                                      "folder_link/x.csv"])  # fmt: skip
@pytest.mark.parametrize(
    "command",
    [
        ["clean", "x.csv", "-o", "{}"],
        ["clean", "x.csv", "--report", "{}", "-o", "out.csv"],
        ["clean", "o01_raw.csv", "--decisions", "x.csv", "-o", "{}"],
        ["clean", "o01_raw.csv", "--decisions", "x.csv", "--report", "{}"],
        ["clean", "o01_raw.csv", "-o", "{}", "--report", "x.csv"],
        ["clean", "o01_raw.csv", "--taxonomy", ".", "-o", "{}"],
        ["review", "x.csv", "--decisions", "{}"],
        ["cables", "x.csv", "-o", "{}"],
        ["cables", "o01_raw.csv", "--decisions", "x.csv", "-o", "{}"],
    ],
    ids=" ".join,
)
def test_no_path_of_a_command_may_be_another_one(run, tmp_path, command, spelling):
    Path("x.csv").write_text("raw\ttags\n")
    Path("sub").mkdir()
    Path("link.csv").symlink_to("x.csv")
    Path("hard.csv").hardlink_to("x.csv")
    Path("folder_link").symlink_to(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    ran = run(*(word.format(spelling) for word in command))
    assert ran.code == 2, ran.err
    assert "itself" in ran.err
    after = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    assert after == before


def test_paths_that_are_not_there_yet_are_compared_too(run, tmp_path):
    Path("folder").mkdir()
    Path("link").symlink_to("folder")
    ran = run("clean", "o01_raw.csv", "-o", "folder/new.csv", "--report", "link/new.csv")
    assert (ran.code, "is the output itself" in ran.err) == (2, True)
    assert not list(Path("folder").iterdir())


def program(*arguments: object, given: bytes = b"", limit: int | None = None, **more: object):
    def limited() -> None:
        assert limit is not None
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [sys.executable, "-m", "tagnorm.cli", *map(str, arguments)],
        input=given,
        capture_output=True,
        check=False,
        preexec_fn=limited if limit is not None else None,
        timeout=120,
        **more,
    )


@pytest.mark.slow
def test_standard_output_by_another_name_is_written_to_not_emptied(tmp_path):
    raw, log = tmp_path / "raw.csv", tmp_path / "log"
    raw.write_text("id,tags\n1,PRELPGOV\n")
    for name in ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"):
        log.write_text("before\n")
        with log.open("ab") as stream:
            subprocess.run(
                [sys.executable, "-m", "tagnorm.cli", "clean", raw, "-o", name, "-q"],
                stdout=stream,
                check=True,
            )
        assert log.read_text() == "before\nid,tags\n1,PREL;PGOV\n"
        assert program("clean", raw, "-o", name, "-q").stdout == b"id,tags\n1,PREL;PGOV\n"


@pytest.mark.slow
def test_a_full_disk_and_no_room_for_a_copy_end_with_73_and_the_remedy(tmp_path):
    raw = tmp_path / "raw.jsonl"
    raw.write_text('{"tags": "PRELPGOV"}\n' * 100_000)
    ran = program("clean", raw, "-o", tmp_path / "out.csv", limit=1 << 16)
    assert (ran.returncode, b"out.csv: cannot be written: File too large" in ran.stderr) == (
        73,
        True,
    ), ran.stderr
    given = raw.read_bytes()
    ran = program("clean", "-", "-o", tmp_path / "x.parquet", given=given, limit=1 << 16)
    assert (ran.returncode, b"set TMPDIR to a folder with more" in ran.stderr) == (73, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["raw.jsonl"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write everywhere")
def test_a_folder_that_cannot_be_written_to_ends_with_73(run):
    Path("closed").mkdir(mode=0o555)
    ran = run("clean", "o01_raw.csv", "-o", "closed/x.csv")
    assert (ran.code, "name a file in a folder that you may write to" in ran.err) == (73, True)


def test_a_file_that_is_replaced_keeps_mode_and_link_and_what_its_other_names_hold(run):
    Path("old.csv").write_text("old")
    Path("old.csv").chmod(0o444)
    Path("link.csv").symlink_to("old.csv")
    Path("hard.csv").hardlink_to("old.csv")
    owner = Path("old.csv").stat()
    assert run("clean", "o01_raw.csv", "-o", "link.csv", "-q").code == 0
    after = Path("old.csv").stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (
        owner.st_mode,
        owner.st_uid,
        owner.st_gid,
    )
    assert Path("link.csv").is_symlink()
    assert Path("old.csv").read_text().startswith("id,tags")
    assert Path("hard.csv").read_text() == "old"


@pytest.mark.parametrize("name", ["raw.csv", "raw.csv.gz"])
def test_an_input_that_shrinks_while_it_is_read_is_bad_data(tmp_path, name):
    raw = tmp_path / name
    text = "id,tags,x\n" + "".join(f"{n},PREL,{os.urandom(20).hex()}\n" for n in range(50_000))
    raw.write_bytes(gzip.compress(text.encode()) if name.endswith("gz") else text.encode())
    with inputs.Input(raw) as opened:
        while opened.position() < opened.size // 2:
            opened.read(1 << 12)
        os.truncate(raw, opened.position() + 100)
        with pytest.raises(inputs.BadDataError, match=name):
            while opened.read(1 << 16):
                pass


def test_messages_are_one_line_however_odd_the_file(run):
    Path("raw.csv.gz").write_bytes(gzip.compress(bytes(4_000_000)))
    Path("names.csv").write_text(",".join(["x" * 100_000] * 50) + "\n")
    Path("long.jsonl").write_text('{"tags": {"a": "' + "\x1b[1m" * 100_000 + '"}}\n')
    for name in ("raw.csv.gz", "names.csv", "long.jsonl"):
        ran = run("clean", name)
        assert ran.code in (2, 65)
        assert len(ran.err) < 2000
        assert ran.err.count("\n") == 1
        assert "\x1b" not in ran.err


def test_a_bomb_ends_with_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr("tagnorm.files.packing._BOMB_BYTES", 1 << 22)
    (tmp_path / "raw.csv.gz").write_bytes(gzip.compress(b"id,tags\n" + b"\n" * (1 << 25)))
    with (
        inputs.Input(tmp_path / "raw.csv.gz") as opened,
        pytest.raises(inputs.BadDataError, match="unpacks to more than 500 times its size"),
    ):
        while opened.read(1 << 20):
            pass


@pytest.mark.parametrize("to", ["csv", "tsv", "jsonl.csv"])
def test_cells_that_a_spreadsheet_would_run_are_defused_if_asked_for(run, to):
    source, _, kind = to.rpartition(".")
    cells = ["=1+1", "+SUM(A1)", "-2+3", "@x", " =1", "-5", "+1,5e3", "1-2", "'=1"]
    rows = "".join(
        f"{cell if ',' not in cell else chr(34) + cell + chr(34)},PGVO\n" for cell in cells
    )
    Path("raw.csv").write_text("=x,tags\n" + rows)
    name = "raw.csv"
    if source:
        assert run("clean", "raw.csv", "-o", "raw.jsonl", "-q").code == 0
        name = "raw.jsonl"
    out = run("clean", name, "--to", kind, "-q", "--escape-formulas").out
    safe = [f"'{cell}" for cell in cells[:5]] + cells[5:]
    mark = "\t" if kind == "tsv" else ","
    shown = [f'"{c}"' if mark in c else c for c in ["'=x", *safe]]
    assert [line.rpartition(mark)[0] for line in out.splitlines()] == shown
    plain = run("clean", "raw.csv", "-q").out
    assert plain == "=x,tags\n" + rows.replace("PGVO", "PGOV")


@pytest.mark.parametrize("frames", [1, 2, 5])
@pytest.mark.parametrize("skip", [b"", b"\x5f\x2a\x4d\x18\x03\0\0\0abc"])
def test_zstd_of_many_frames_is_read_to_its_end_and_checked(run, frames, skip):
    if shutil.which("zstd") is None:
        pytest.skip("needs the program zstd")
    rows = [f"{n},PRELPGVO\n".encode() * 1000 for n in range(frames)]
    parts = [b"id,tags\n", *rows]
    packed = skip + b"".join(
        subprocess.run(
            ["zstd", "-c", "-q", "--check"], input=p, capture_output=True, check=True
        ).stdout
        + skip
        for p in parts
    )
    Path("raw.csv.zst").write_bytes(packed)
    ran = run("clean", "raw.csv.zst", "--to", "csv", "-q")
    assert ran.out.encode() == b"".join(parts).replace(b"PRELPGVO", b"PREL;PGOV")
    cut = packed.removesuffix(skip)
    Path("raw.csv.zst").write_bytes(cut[:-1])
    assert run("clean", "raw.csv.zst", "--to", "csv", "-q", "-o", "out.csv").code == 65
    Path("raw.csv.zst").write_bytes(cut[:-1] + bytes([cut[-1] ^ 1]))
    ran = run("clean", "raw.csv.zst", "--to", "csv", "-q", "-o", "out.csv")
    assert (ran.code, "checksum" in ran.err) == (65, True)
    assert not Path("out.csv").exists()


@pytest.mark.parametrize("how", ["gz", "bz2", "xz", "zst"])
@pytest.mark.parametrize("padding", [b"", bytes(4), bytes(1 << 17)])
def test_packed_parts_one_after_another_are_all_read(run, how, padding):
    if how == "zst" and (padding or shutil.which("zstd") is None):
        pytest.skip("zeros are no frame, or there is no program zstd")
    rows = [b"id,tags\n", *(b"%d,PRELPGVO\n" % n * 2000 for n in range(3))]
    packed = padding.join(map(PACK[how], rows))
    Path(f"raw.csv.{how}").write_bytes(packed + padding)
    ran = run("clean", f"raw.csv.{how}", "--to", "csv", "-q")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.encode() == b"".join(rows).replace(b"PRELPGVO", b"PREL;PGOV")


@pytest.mark.parametrize("how", ["gz", "bz2", "xz", "zst"])
@pytest.mark.parametrize("size", [1, 20_000])
@pytest.mark.parametrize("what", ["cut", "more", "other", "flipped"])
def test_what_is_packed_is_read_to_its_end_or_is_bad_data(run, how, what, size):
    if how == "zst" and shutil.which("zstd") is None:
        pytest.skip("needs the program zstd")
    draw = random.Random(1)
    rows = b"".join(b"%d,%d,PREL\n" % (n, draw.getrandbits(63)) for n in range(size))
    packed = PACK[how](b"id,x,tags\n" + rows)
    middle = len(packed) * 2 // 3
    damaged = {
        "cut": packed[:-3],
        "more": packed + b"more of it" * 9_000,
        "other": packed
        + (bz2.compress(b"2,x,PREL\n") if how != "bz2" else PACK["gz"](b"2,x,PREL\n")),
        "flipped": packed[:middle] + bytes([packed[middle] ^ 0x55]) + packed[middle + 1 :],
    }[what]
    Path(f"raw.csv.{how}").write_bytes(damaged)
    ran = run("clean", f"raw.csv.{how}", "-q", "-o", "out.csv")
    if what == "flipped":  # what is unpacked wrong may be no row before the checksum tells
        assert ran.code in (2, 65), ran.err
    else:
        assert ran.code == 65, ran.err
        assert f"raw.csv.{how}: cannot be read to its end" in ran.err
    assert not Path("out.csv").exists()


def test_xz_may_not_ask_for_any_amount_of_memory(run):
    packed = bytearray(lzma.compress(b"id,tags\n1,PREL\n"))
    header = packed[12:20]
    header[4] = 38  # says that what is packed goes back to what stands two gigabytes before
    packed[12:24] = header + zlib.crc32(header).to_bytes(4, "little")
    Path("raw.csv.xz").write_bytes(packed)
    ran = run("clean", "raw.csv.xz", "-q", "-o", "out.csv")
    assert (ran.code, "emory usage limit" in ran.err) == (65, True), ran.err


@pytest.mark.parametrize(
    ("row", "options"),
    [
        ({"tags": "PGVO", "tags_c": 1}, ["--suffix", "_c"]),
        ({"tags_c": 1, "tags": "PGVO"}, ["--suffix", "_c", "--explode"]),
        ({"tags": "PGVO", "tags_status": 1}, ["--status"]),
        ({"tags": "PGVO", "x": 1, "tags_confidence": 1}, ["--status"]),
        ({"meta": {"tags": "PGVO", "tags_c": 1}}, ["--suffix", "_c", "--column", "meta.tags"]),
    ],
)
@pytest.mark.parametrize("name", ["raw.jsonl", "raw.json"])
def test_a_new_column_never_stands_beside_an_old_one_of_its_name(run, row, options, name):
    before = {"meta": {"tags": "PREL"}} if "meta" in row else {"tags": "PREL"}
    rows = [json.dumps(one) for one in (before, row)]
    text = "\n".join(rows) if name.endswith("l") else f"[{rows[0]},\n{rows[1]}]"
    Path(name).write_text(text + "\n")
    ran = run(
        "clean", name, "-q", "-o", "out.jsonl" if name.endswith("l") else "out.json", *options
    )
    assert ran.code == 2, ran.err
    assert f"{name}:2: there is a column" in ran.err
    remedy = (
        "rename it, or leave out --status" if "--status" in options else "pass another --suffix"
    )
    assert f"already; {remedy}" in ran.err


@pytest.mark.parametrize("suffix", ["_status", "_confidence"])
@pytest.mark.parametrize("name", ["raw.csv", "raw.jsonl", "raw.json"])
def test_two_new_columns_have_two_names(run, name, suffix):
    Path(name).write_text("tags\nPGVO\n" if name == "raw.csv" else '[{"tags": "PGVO"}]')
    ran = run("clean", name, "-q", "-o", name.replace("raw", "out"), "--status", "--suffix", suffix)
    assert ran.code == 2
    assert f"two new columns would be called 'tags{suffix}'; pass another --suffix" in ran.err
    assert not Path(name.replace("raw", "out")).exists()


@pytest.mark.parametrize("name", ["none.parquet", "none.arrow", "none.arrows"])
def test_a_table_without_columns_is_refused(run, name):
    rows = pa.table({})
    if name.endswith("parquet"):
        pq.write_table(rows, name)
    else:
        opened = pa.ipc.new_file if name.endswith("w") else pa.ipc.new_stream
        with opened(name, rows.schema) as writer:
            writer.write_table(rows)
    for command in (["clean", name, "-o", "out.csv"], ["report", name, "--json"]):
        ran = run(*command, "-q")
        assert ran.code == 2, ran.err
        assert f"{name}: has no column 'tags'; its columns are: none" in ran.err


def test_a_name_that_is_only_a_value_is_no_column(run):
    Path("raw.jsonl").write_text('{"tags":"PGVO","x":"tags_status"}\n')
    ran = run("clean", "raw.jsonl", "-q", "--status")
    assert (ran.code, json.loads(ran.out)["tags_status"]) == (0, "misspelled")


@pytest.mark.parametrize("value", ["\\ud800", "a \\udfff b", "\\udc00\\ud800"])
@pytest.mark.parametrize("to", ["csv", "parquet"])
@pytest.mark.parametrize("is_list", [False, True])
def test_half_a_letter_that_no_column_holds_is_told_of(run, value, to, is_list):
    shown = f'["{value}"]' if is_list else f'"{value}"'
    Path("raw.jsonl").write_text(f'{{"tags":"PGVO","x":{shown}}}\n{{"tags":"PREL"}}\n')
    ran = run("clean", "raw.jsonl", "-q", "-o", f"out.{to}")
    assert (ran.code, "raw.jsonl:1: 'x' holds half a surrogate pair" in ran.err) == (65, True)
    ran = run("clean", "raw.jsonl", "-o", f"out.{to}", "--on-error", "report")
    assert (ran.code, "bad rows: 1; the first, line 1" in ran.err) == (0, True)
    assert run("clean", "raw.jsonl", "-q").out.startswith(f'{{"tags":["PGOV"],"x":{shown}}}\n')


def test_an_empty_file_of_json_has_no_rows_and_no_fault(run):
    Path("raw.jsonl").write_text("")
    assert run("clean", "raw.jsonl", "-q").code == 0
    assert run("clean", "raw.jsonl", "-q", "--to", "csv").out == "tags\n"
    Path("raw.json").write_text("[]")
    assert run("clean", "raw.json", "-q").out == "[]"
    assert json.loads(run("clean", "raw.json", "-q", "--to", "json").out) == []
