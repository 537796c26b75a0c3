"""`tagnorm clean` as a program: what it writes, how it ends, and that nothing is left half done."""

from __future__ import annotations

import gzip
import itertools
import json
import os
import pty
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from command_line import called
from hypothesis import given, settings
from hypothesis import strategies as st

from tagnorm import Decisions, Normalizer
from tagnorm.columns.layout import join_cell
from tagnorm.decisions.store import Decision

PROGRAM = [sys.executable, "-m", "tagnorm.cli", "clean"]
RAW = "id,tags\n1,PRELPGOV\n2,PGVO; PELOSI\n3,\n4,PRELPGOV\n"
CLEAN = "id,tags\n1,PREL;PGOV\n2,PGOV;PELOSI\n3,\n4,PREL;PGOV\n"


def run(*arguments: object, given: bytes = b"", cwd: Path | None = None):
    return called("clean", *map(str, arguments), given=given, folder=cwd)


@pytest.fixture
def raw(tmp_path):
    path = tmp_path / "raw.csv"
    path.write_text(RAW)
    return path


@pytest.fixture(scope="module")
def big(tmp_path_factory):
    """A file on which the program is at work for some seconds."""
    path = tmp_path_factory.mktemp("big") / "raw.csv"
    draw = random.Random(0)
    codes = [code.tag for code in Normalizer().taxonomy if len(code.tag) == 4]
    with path.open("w") as file:
        file.write("id,tags\n")
        for number in range(50_000):
            file.write(f"{number},{' '.join(draw.choices(codes, k=4))}\n")
    return path


def files_of(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("options", [(), ("--explode", "--unresolved", "drop", "--unique")])
def test_what_is_slow_to_load_is_not_loaded_to_clean_a_csv_to_parquet(raw, tmp_path, options):
    """PyArrow loads it at the first chance, which takes longer than to clean a small file."""
    slow = {"hashlib", "numpy", "pandas", "pydoc", "pyarrow.vendored.docscrape"}
    argv = ["clean", str(raw), "-o", str(tmp_path / "clean.parquet"), "--quiet", *options]
    code = (
        "import sys\n"
        "from tagnorm.cli import main\n"
        f"sys.argv[1:] = {argv}\n"
        f"try: main()\nfinally: print(sorted(set(sys.modules) & {slow}))"
    )
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert ran.stdout == "[]\n"


@pytest.mark.slow
def test_a_program_that_calls_the_command_keeps_its_arrow_and_its_garbage(raw, tmp_path):
    pytest.importorskip("numpy")
    code = (
        "import gc, sys\n"
        "from tagnorm.cli import main\n"
        f"try: main(['clean', {str(raw)!r}, '-o', {str(tmp_path / 'clean.csv')!r}, '-q'])\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "import pyarrow\n"
        "print(len(pyarrow.array([1, 2]).to_numpy()), gc.isenabled())"
    )
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert ran.stdout == "2 True\n"


def test_a_file_is_cleaned_and_a_summary_is_on_standard_error(raw, tmp_path):
    ran = run(raw, "-o", tmp_path / "clean.csv", "--column", "tags")
    assert (ran.returncode, ran.stdout) == (0, b"")
    assert (tmp_path / "clean.csv").read_text() == CLEAN
    first, second = ran.stderr.decode().splitlines()
    assert first.startswith("tagnorm: 4 rows in ")
    assert first.endswith(" a second; csv, utf-8, delimiter ','")
    assert second == (
        "tagnorm: tags: 3 distinct, 2 resolved or doubtful (66.7%), 1 unresolved (33.3%), 1 empty"
    )
    assert raw.read_text() == RAW


def test_quiet_says_nothing(raw, tmp_path):
    ran = run(raw, "-o", tmp_path / "clean.csv", "--quiet")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")


@pytest.mark.parametrize(
    ("arguments", "given", "expected"),
    [
        (["-"], RAW.encode(), CLEAN.encode()),
        (["-"], gzip.compress(RAW.encode()), CLEAN.encode()),
        (["-", "--to", "tsv"], b"tags,x\nPRELPGOV,1\n", b"tags\tx\nPREL;PGOV\t1\n"),
        (["-", "--separator", " "], b"tags\nPRELPGOV\n", b"tags\nPREL PGOV\n"),
        (["-", "--unresolved", "drop"], b"tags,x\nPGVO PELOSI,1\n", b"tags,x\nPGOV,1\n"),
        (["-", "--unique"], b"tags,x\nPRELPREL PREL,1\n", b"tags,x\nPREL,1\n"),
        (["-", "--explode"], b"tags,x\nPRELPGOV,1\n,2\n", b"tags,x\nPREL,1\nPGOV,1\n,2\n"),
        (["-", "--suffix", "_clean"], b"tags,x\nPGVO,1\n", b"tags,tags_clean,x\nPGVO,PGOV,1\n"),
        (["-", "--columns", "a,b"], b"a,b,tags\nPGVO,PERL,PGVO\n", b"a,b,tags\nPGOV,PREL,PGVO\n"),
        (["-", "--column", "a,b"], b'"a,b"\nPGVO\n', b'"a,b"\nPGOV\n'),
        (["-", "--from", "jsonl"], b'{"tags":"PGVO"}', b'{"tags":["PGOV"]}'),
        (["-"], b'{"tags":"PGVO"}\n', b'{"tags":["PGOV"]}\n'),
        (["-", "--encoding", "latin-1"], b"tags,x\nPGVO,\xe9\n", b"tags,x\nPGOV,\xe9\n"),
        (["-", "--delimiter", "tab"], b"tags\tx\nPGVO\t1\n", b"tags\tx\nPGOV\t1\n"),
    ],
)
def test_options_and_standard_streams(arguments, given, expected):
    ran = run(*arguments, "-q", given=given)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, expected, b"")


def test_parquet_goes_through_pipes(raw, tmp_path):
    made = run(raw, "--to", "parquet", "-q")
    (tmp_path / "out.parquet").write_bytes(made.stdout)
    assert pq.read_table(tmp_path / "out.parquet")["tags"].to_pylist()[:2] == [
        ["PREL", "PGOV"],
        ["PGOV", "PELOSI"],
    ]
    back = run("-", "--to", "csv", "-q", given=made.stdout)
    assert back.stdout.decode() == CLEAN


def test_status_columns_say_how_sure_an_answer_is(raw):
    ran = run(raw, "--status", "-q")
    rows = [line.split(",") for line in ran.stdout.decode().splitlines()]
    normalizer = Normalizer()
    assert rows[0] == ["id", "tags", "tags_status", "tags_confidence"]
    for row, text in zip(rows[1:], ("PRELPGOV", "PGVO; PELOSI"), strict=False):
        answer = normalizer.resolve(text)
        assert row[2:] == [answer.status, str(round(answer.confidence, 6))]


def test_decisions_win_and_min_confidence_holds_back(tmp_path):
    Decisions([Decision("PGVO", ["ECON"]), Decision("EU", [])]).save(tmp_path / "mine.tsv")
    options = ["--decisions", tmp_path / "mine.tsv", "--fail-under", "1"]
    ran = run("-", *options, given=b"tags,x\nPGVO,1\nEU,2\n")
    assert ran.stdout == b"tags,x\nECON,1\nEU,2\n"
    assert ran.returncode == 1, "a string that a person left whole is not resolved"
    sure = run("-", "--min-confidence", "1", "-q", given=b"tags,x\nPGVO,1\n")
    assert sure.stdout == b"tags,x\nPGVO,1\n"


def test_another_vocabulary_is_used(tmp_path):
    (tmp_path / "genres").mkdir()
    (tmp_path / "genres" / "genres.tsv").write_text("tag\tname\nJAZZ\tJazz\nFOLK\tFolk\n")
    ran = run("-", "--taxonomy", tmp_path / "genres", "-q", given=b"tags,x\nJAZZFLOK,1\n")
    if ran.returncode:  # the folder's layout belongs to the vocabulary, not to this command
        assert ran.returncode == 65
        assert b"Traceback" not in ran.stderr
    else:
        assert ran.stdout == b"tags,x\nJAZZ;FOLK,1\n"


def test_the_report_lists_what_is_left_to_look_at(tmp_path):
    normalizer = Normalizer()
    answer = next(
        found
        for a, b, c in itertools.product("CRWXZ", repeat=3)
        if (found := normalizer.resolve(f"K{a}{b}{c}")).is_resolved and found.confidence < 0.9
    )
    source = tmp_path / "raw.csv"
    source.write_text(f"id,tags\n1,{answer.raw}\n2,PELOSI PREL\n3,PELOSI\n4,PREL\n5,\n6,PREL,x\n")
    out, report = tmp_path / "clean.parquet", tmp_path / "report.json"
    ran = run(source, "-o", out, "--report", report, "--on-error", "report")
    assert ran.returncode == 0
    found = json.loads(report.read_text())
    tags = found["columns"]["tags"]
    # One line of the file for each word, to be found by `grep`.
    written = [
        json.loads(line.rstrip(",")) for line in report.read_text().split("\n") if '"raw"' in line
    ]
    assert written == [*tags["words"], *found["bad_rows_listed"]]
    assert found["rows"] == 6
    assert sum(tags["rows"].values()) == 6
    assert tags["rows"]["empty"] == 1
    assert tags["rows"]["doubtful"] == 1
    # the last cell of the row that is too long is `PREL,x`
    assert tags["rows"]["unresolved"] == 3
    words = {word["raw"]: word for word in tags["words"]}
    assert words["PELOSI"]["rows"] == 2
    assert words[answer.raw]["tags"] == list(answer.tags)
    assert words[answer.raw]["alternatives"][0]["tags"] == list(answer.alternatives[0].tags)
    assert "PREL" not in words
    assert found["bad_rows"] == 1
    assert found["bad_rows_listed"] == [
        {"line": 7, "message": "3 cells, but 2 columns", "raw": "6,PREL,x\n"}
    ]
    assert b"bad rows: 1; the first, line 7: 3 cells" in ran.stderr

    table = tmp_path / "report.tsv"
    run(source, "-o", out, "--report", table, "--on-error", "report")
    lines = [line.split("\t") for line in table.read_text().splitlines()]
    assert lines[0][:3] == ["column", "raw", "rows"]
    assert ["tags", "PELOSI", "2"] in [line[:3] for line in lines]


@pytest.mark.parametrize(("least", "code"), [("0.66", 0), ("0.67", 1), ("0", 0), ("1", 1)])
@pytest.mark.slow
def test_fail_under_gives_exit_code_1_and_the_output_all_the_same(raw, tmp_path, least, code):
    ran = run(raw, "-o", tmp_path / "clean.csv", "-q", "--fail-under", least)
    assert ran.returncode == code
    assert (tmp_path / "clean.csv").read_text() == CLEAN
    assert (b"66.67% of the fields are resolved or doubtful" in ran.stderr) == bool(code)


def test_a_bad_row_counts_as_unresolved_for_fail_under():
    given = b"id,tags\n1,PREL\n2\n"
    assert run("-", "--on-error", "report", "--fail-under", "0.6", given=given).returncode == 1
    assert run("-", "--on-error", "report", "--fail-under", "0.5", given=given).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["nothing.csv"], 66, "nothing.csv: cannot be read: there is no such"),
        (["."], 66, ".: cannot be read: it is a folder; name a file in it"),
        (
            ["raw.csv", "--column", "labels"],
            2,
            "raw.csv: has no column 'labels'; name one of its columns with --column: ",
        ),
        (["raw.csv", "-o", "raw.csv"], 2, "raw.csv: is the input itself"),
        (["raw.csv", "-o", "./no/../raw.csv"], 2, "raw.csv: is the input itself"),
        (["raw.csv", "-o", "link.csv"], 2, "link.csv: is the input itself"),
        (["raw.csv", "-o", "no/out.csv"], 73, "no/out.csv: cannot be written: No such file"),
        (["raw.csv", "-o", "."], 73, ".: is a folder"),
        (["raw.csv", "-o", "/dev/full"], 73, "/dev/full: cannot be written: No space left"),
        (["raw.csv", "-o", "/dev/full", "--to", "parquet"], 73, "No space left"),
        (["raw.csv", "-o", "/dev/full", "--to", "csv.zst"], 73, "No space left"),
        (["raw.csv", "-o", "out.csv", "--report", "out.csv"], 2, "out.csv: is the output itself"),
        (["raw.csv", "-o", "out.csv", "--report", "no/r.json"], 73, "no/r.json: cannot be written"),
        (["ragged.csv", "-o", "out.csv"], 65, "ragged.csv:2: 3 cells, but 2 columns"),
        (["raw.csv", "--to", "ods"], 2, "'ods' is no format"),
        (["raw.csv", "--to", "xlsx"], 2, "--to xlsx: xlsx is read, not written"),
        (["raw.csv", "--columns", "id,tags", "--explode"], 2, "only one column can be exploded"),
        (["raw.csv", "--separator", "x"], 2, "'x' cannot part tags"),
        (["raw.csv", "--suffix", "2"], 2, "raw.csv: there is a column 'tags2' already"),
        (["raw.csv", "--decisions", "raw.csv"], 65, "problem"),
        (
            ["name.csv", "-o", "out.csv", "--unresolved", "raise"],
            1,
            "name.csv: cannot resolve 'PELOSI' in 'PELOSI'; pass --unresolved keep",
        ),
        ([], 2, "Missing argument 'IN'"),
    ],
)
def test_what_cannot_be_done_ends_with_a_message_and_its_exit_code(
    tmp_path, arguments, code, message
):
    (tmp_path / "raw.csv").write_text("id,tags,tags2\n1,PREL,2\n")
    (tmp_path / "ragged.csv").write_text("id,tags\n1,PREL,2\n")
    (tmp_path / "name.csv").write_text("id,tags\n1,PREL\n2,PELOSI\n")
    (tmp_path / "link.csv").symlink_to("raw.csv")
    before = {name: (tmp_path / name).read_bytes() for name in files_of(tmp_path)}
    ran = run(*arguments, cwd=tmp_path)
    assert ran.returncode == code, ran.stderr.decode()
    assert message in ran.stderr.decode()
    assert "Traceback" not in ran.stderr.decode()
    kept = {name: (tmp_path / name).read_bytes() for name in before}
    assert kept == before
    assert files_of(tmp_path) == sorted(before)


def test_the_new_file_keeps_the_permissions_and_the_link_of_the_old_one(raw, tmp_path):
    old, link = tmp_path / "clean.csv", tmp_path / "link.csv"
    old.write_text("old")
    old.chmod(0o640)
    link.symlink_to(old.name)
    assert run(raw, "-o", link, "-q").returncode == 0
    assert link.is_symlink()
    assert (old.read_text(), old.stat().st_mode & 0o777) == (CLEAN, 0o640)
    fresh = tmp_path / "fresh.csv"
    assert run(raw, "-o", fresh, "-q").returncode == 0
    mask = os.umask(0)
    os.umask(mask)
    assert fresh.stat().st_mode & 0o777 == 0o666 & ~mask


@pytest.mark.slow
def test_a_reader_that_goes_away_is_no_error(big):
    ran = subprocess.run(
        f"{sys.executable} -m tagnorm.cli clean {big} | head -n 2; exit ${{PIPESTATUS[0]}}",
        shell=True,
        executable="/bin/bash",
        check=False,
        capture_output=True,
        timeout=60,
    )
    assert ran.returncode == 141
    assert ran.stderr == b""
    assert ran.stdout.startswith(b"id,tags\n0,")


@pytest.mark.parametrize("kind", ["csv", "parquet"])
@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("nameless", [True, False])
@pytest.mark.slow
def test_stopped_it_leaves_nothing_behind(tmp_path, kind, sign, code, nameless):
    out = tmp_path / f"clean.{kind}"
    out.write_text("old")
    switch = "" if nameless else "import os; del os.O_TMPFILE; "
    argv = [sys.executable, "-c", f"{switch}from tagnorm.cli import main; main()", "clean"]
    child = subprocess.Popen([*argv, "-", "-o", out], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdin is not None
    # More than a pipe holds: when all is written the program is at work, and waits for more.
    child.stdin.write(b"id,tags\n" + b"1,PRELPGOV\n" * 100_000)
    child.stdin.flush()
    time.sleep(0.3)
    child.send_signal(sign)
    assert child.wait(timeout=30) == code
    errors = child.communicate()[1]
    assert errors == b""
    assert files_of(tmp_path) == [out.name]
    assert out.read_text() == "old"


@pytest.mark.slow
def test_killed_at_any_time_it_leaves_the_old_file_or_the_whole_new_one(big, tmp_path):
    started = time.monotonic()
    assert run(big, "-o", tmp_path / "clean.csv", "-q").returncode == 0
    took = time.monotonic() - started
    whole, before = (tmp_path / "clean.csv").read_bytes(), big.read_bytes()
    (tmp_path / "out").mkdir()
    out = tmp_path / "out" / "clean.csv"
    draw = random.Random(1)
    for number in range(20):
        out.write_bytes(b"old")
        child = subprocess.Popen([*PROGRAM, big, "-o", out, "-q"])
        # Half of the times near the end, where the new file takes its name.
        time.sleep(took * (draw.uniform(0.85, 1.1) if number % 2 else draw.random()))
        child.kill()
        child.wait()
        assert out.read_bytes() in (b"old", whole)
        for left in files_of(out.parent):  # in the instant of the renaming it may have both names
            assert left == out.name or (out.parent / left).read_bytes() == whole
            (out.parent / left).unlink()
    assert big.read_bytes() == before


@pytest.mark.slow
def test_a_terminal_shows_a_bar_and_quiet_shows_none(big, tmp_path):
    shown = {}
    for options in ((), ("--quiet",)):
        mine, its = pty.openpty()
        argv = [*PROGRAM, big, "-o", tmp_path / "clean.csv", *options]
        environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
        child = subprocess.Popen(argv, stderr=its, env=environment)
        os.close(its)
        text = b""
        while True:
            try:
                data = os.read(mine, 4096)
            except OSError:
                break
            if not data:
                break
            text += data
        os.close(mine)
        assert child.wait(timeout=60) == 0
        shown[options] = text.decode()
    assert "a second" in shown[()]
    assert "left" in shown[()]
    assert "50,000 rows in" in shown[()]
    assert shown[("--quiet",)] == ""


def test_help_imports_no_arrow():
    code = (
        "import sys; from tagnorm.cli.clean import command\n"
        "try: command(['--help'])\n"
        "finally: assert 'pyarrow' not in sys.modules"
    )
    ran = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert "--fail-under" in ran.stdout


@pytest.mark.parametrize("end", ["csv", "jsonl", "parquet"])
def test_a_field_without_a_word_does_not_stop_the_work(tmp_path, end):
    (tmp_path / "raw.csv").write_text("id,tags\n1,PREL\n2,\n3,;\n")
    ran = run("raw.csv", "-o", f"out.{end}", "--unresolved", "raise", "-q", cwd=tmp_path)
    assert (ran.returncode, ran.stderr) == (0, b"")


@settings(max_examples=200)
@given(
    tags=st.lists(st.text("AB;\\ é,", min_size=1, max_size=6), max_size=5),
    separator=st.sampled_from([";", " ", "|", ", "]),
)
def test_the_separator_cuts_a_cell_into_the_same_tags_again(tags, separator):
    cell = join_cell(tags, separator)
    found, current, at = [], "", 0
    while at < len(cell):
        if cell[at] == "\\" and cell.startswith("\\", at + 1):
            current, at = current + "\\", at + 2
        elif cell[at] == "\\" and cell.startswith(separator, at + 1):
            current, at = current + separator, at + 1 + len(separator)
        elif cell.startswith(separator, at):
            found, current, at = [*found, current], "", at + len(separator)
        else:
            current, at = current + cell[at], at + 1
    assert ([*found, current] if cell else []) == tags
