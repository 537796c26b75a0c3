"""One table of exit codes: the same failure ends every command in the same way."""

from __future__ import annotations

import importlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from command_line import called, called_for_text

from tagnorm.cli import exits

COMMAND = (sys.executable, "-m", "tagnorm")
# Each command with what it needs, where FILE is what it reads first.
READS_FILE = {
    "clean": ["clean", "FILE", "-q"],
    "report": ["report", "FILE", "--json", "-q"],
    "fit": ["fit", "FILE"],
    "review": ["review", "FILE", "--decisions", "new.tsv"],
    "cables": ["cables", "FILE"],
    "decisions diff": ["decisions", "diff", "FILE", "good.tsv"],
    "decisions apply": ["decisions", "apply", "FILE", "--decisions", "new.tsv"],
    "decisions check": ["decisions", "check", "FILE"],
    "taxonomy check": ["taxonomy", "check", "FILE"],
    "taxonomy diff": ["taxonomy", "diff", "FILE", "FILE"],
}
READS_VOCABULARY = {
    "split": ["split", "PREL"],
    "explain": ["explain", "PREL"],
    "lookup": ["lookup", "PREL"],
    "codes": ["codes"],
    "clean": ["clean", "good.csv", "-q"],
    "report": ["report", "good.csv", "--json", "-q"],
    "fit": ["fit", "good.csv", "--json"],
    "taxonomy export": ["taxonomy", "export", "--format", "csv"],
    "cables": ["cables", "cable.txt"],
    "review": ["review", "good.csv", "--list"],
    "decisions diff": ["decisions", "diff", "good.tsv", "good.tsv"],
    "decisions check": ["decisions", "check", "good.tsv"],
}
READS_DECISIONS = {
    name: READS_VOCABULARY[name]
    for name in ("split", "explain", "clean", "report", "fit", "cables", "review")
}
WRITES_OUTPUT = {**READS_VOCABULARY, "help": ["--help"], "version": ["--version"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.csv").write_text("id,tags\n1,PREL\n2,PELOSI\n")
    (tmp_path / "good.tsv").write_text("raw\ttags\nPREL\tPREL\n")
    (tmp_path / "bad.tsv").write_text("raw\ttags\nKTFX\tNONE\n")
    (tmp_path / "cable.txt").write_text("E.O. 12958: N/A\nTAGS: PREL, PGOV\nSUBJECT: VISIT\n")
    (tmp_path / "vocabulary").mkdir()
    (tmp_path / "vocabulary" / "codes.tsv").write_text("code\nPREL\nPREL\n")
    return tmp_path


def run(
    folder: Path,
    arguments: list[str],
    shell: str = "",
    before: Sequence[str] = (),
    **environment: str,
) -> subprocess.CompletedProcess[str]:
    """A command in a folder; `shell` is a redirection behind it, `before` what starts it.

    With one of these, or an environment, it runs in a process of its own.
    """
    if not (shell or before or environment):
        return called_for_text(*arguments, folder=folder)
    path = os.pathsep.join([str(Path.cwd()), *sys.path])
    command = [*before, *COMMAND, *arguments]
    if shell:
        command = ["/bin/sh", "-c", f'"$@" {shell}', "sh", *command]
    return subprocess.run(
        command,
        cwd=folder,
        input="",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": path, **environment},
    )


def ends(done: subprocess.CompletedProcess[str], code: int, *messages: str) -> None:
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    for message in messages:
        assert message in done.stderr


def timeless(output: str) -> str:
    return re.sub(r"\d\d:\d\d:\d\d", "", output)


@pytest.mark.parametrize("name", READS_FILE)
def test_an_input_that_is_not_there_is_66(folder: Path, name: str) -> None:
    arguments = [part.replace("FILE", "nothing.csv") for part in READS_FILE[name]]

    ends(run(folder, arguments), 66, "nothing.csv")
    assert not (folder / "new.tsv").exists()


@pytest.fixture
def as_somebody() -> list[str]:
    """What makes a command heed the modes of files, as for all but the administrator."""
    if os.geteuid() != 0:
        return []
    program = shutil.which("setpriv")
    if program is None:
        pytest.skip("the administrator may read everything")
    left = "-dac_override,-dac_read_search"
    return [program, f"--bounding-set={left}", f"--inh-caps={left}"]


@pytest.mark.parametrize("name", READS_FILE)
def test_an_input_that_may_not_be_read_is_66(
    folder: Path, as_somebody: list[str], name: str
) -> None:
    (folder / "good.csv").chmod(0)
    arguments = [part.replace("FILE", "good.csv") for part in READS_FILE[name]]

    done = run(folder, arguments, before=as_somebody)
    ends(done, 66, "good.csv: cannot be read: Permission denied")


@pytest.mark.parametrize("name", READS_FILE)
def test_an_input_in_a_folder_that_may_not_be_entered_is_66(
    folder: Path, as_somebody: list[str], name: str
) -> None:
    (folder / "closed").mkdir(mode=0)
    arguments = [part.replace("FILE", "closed/good.csv") for part in READS_FILE[name]]

    done = run(folder, arguments, before=as_somebody)
    ends(done, 66, "closed/good.csv: cannot be read: Permission denied")


@pytest.mark.parametrize("name", READS_DECISIONS)
def test_decisions_that_may_not_be_read_are_66(
    folder: Path, as_somebody: list[str], name: str
) -> None:
    (folder / "good.tsv").chmod(0)
    arguments = [part for part in READS_DECISIONS[name] if part != "--list"]

    done = run(folder, [*arguments, "--decisions", "good.tsv"], before=as_somebody)
    ends(done, 66, "good.tsv: ", "Permission denied")


WRITES_FILE = {
    "clean": ["clean", "good.csv", "-q", "-o", "OUT"],
    "clean --report": ["clean", "good.csv", "-q", "--report", "OUT"],
    "report": ["report", "good.csv", "-q", "-o", "OUT"],
    "cables": ["cables", "cable.txt", "-o", "OUT"],
    "decisions apply": ["decisions", "apply", "good.tsv", "--decisions", "OUT"],
    "review": ["review", "good.csv", "--decisions", "OUT"],
}


@pytest.mark.parametrize("name", WRITES_FILE)
def test_an_output_that_is_a_folder_is_73(folder: Path, name: str) -> None:
    arguments = [part.replace("OUT", "vocabulary") for part in WRITES_FILE[name]]

    ends(run(folder, arguments), 73, "vocabulary: ")
    assert [path.name for path in (folder / "vocabulary").iterdir()] == ["codes.tsv"]


@pytest.mark.parametrize("name", WRITES_FILE)
def test_an_output_of_links_that_lead_to_one_another_is_73(folder: Path, name: str) -> None:
    (folder / "one").symlink_to("other")
    (folder / "other").symlink_to("one")
    arguments = [part.replace("OUT", "one") for part in WRITES_FILE[name]]

    ends(run(folder, arguments), 73, "one: cannot be written: Too many levels of symbolic")
    assert (folder / "one").is_symlink()


@pytest.mark.parametrize("name", READS_VOCABULARY)
def test_a_vocabulary_that_is_not_there_is_66_and_a_bad_one_65(folder: Path, name: str) -> None:
    arguments = READS_VOCABULARY[name]

    ends(run(folder, [*arguments, "--taxonomy", "nowhere"]), 66, "nowhere")
    ends(run(folder, [*arguments, "--taxonomy", "vocabulary"]), 65, "codes.tsv:3")


@pytest.mark.parametrize("name", READS_DECISIONS)
def test_decisions_that_cannot_be_used_are_65(folder: Path, name: str) -> None:
    done = run(folder, [*READS_DECISIONS[name], "--decisions", "bad.tsv"])

    ends(done, 65, "bad.tsv:2: 'NONE' is no code")


@pytest.mark.parametrize("name", WRITES_OUTPUT)
def test_standard_output_that_is_full_is_73(folder: Path, name: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    with Path("/dev/full").open("wb") as output:
        done = called(*WRITES_OUTPUT[name], output=output, folder=folder)

    assert (done.returncode, b"standard output" in done.stderr) == (73, True), done.stderr


@pytest.mark.parametrize("name", WRITES_OUTPUT)
@pytest.mark.slow
def test_standard_output_that_is_closed_is_73(folder: Path, name: str) -> None:
    ends(run(folder, WRITES_OUTPUT[name], ">&-"), 73, "standard output")


@pytest.mark.parametrize(
    "arguments",
    [
        ["split"],
        ["clean", "-"],
        ["report", "-", "--json"],
        ["cables", "-"],
        ["lookup"],
        ["review", "good.csv", "--decisions", "new.tsv"],
        ["review", "-", "--list"],
        ["decisions", "apply", "-", "--decisions", "new.tsv"],
    ],
)
@pytest.mark.slow
def test_standard_input_that_is_closed_is_66(folder: Path, arguments: list[str]) -> None:
    ends(run(folder, arguments, "<&-"), 66, "standard input")


@pytest.mark.parametrize("name", READS_VOCABULARY)
@pytest.mark.slow
def test_nobody_listening_to_errors_changes_no_exit_code(folder: Path, name: str) -> None:
    good = run(folder, READS_VOCABULARY[name], "2>&-")
    bad = run(folder, [*READS_VOCABULARY[name], "--taxonomy", "vocabulary"], "2>&-")

    assert (good.returncode, bad.returncode) == (0, 65)
    again = run(folder, READS_VOCABULARY[name])
    assert timeless(good.stdout) == timeless(again.stdout) != ""


def test_a_closed_stream_is_taken_by_no_file(folder: Path) -> None:
    done = run(folder, ["clean", "good.csv", "-o", "out.csv", "-q"], ">&- <&- 2>&-")

    assert done.returncode == 0
    assert (folder / "out.csv").read_text() == "id,tags\n1,PREL\n2,PELOSI\n"


@pytest.mark.parametrize(
    ("library", "extra", "arguments"),
    [
        ("click", "cli", ["split", "PREL"]),
        ("rich", "cli", ["explain", "PREL"]),
        ("rich", "cli", ["review", "good.csv", "--list"]),
        ("filelock", "cli", ["review", "good.csv", "--decisions", "new.tsv"]),
        ("filelock", "cli", ["decisions", "apply", "good.tsv", "--decisions", "new.tsv"]),
        ("pyarrow", "files", ["clean", "good.csv", "-q"]),
        ("pyarrow", "files", ["review", "some.parquet", "--list"]),
        ("rdflib", "skos", ["taxonomy", "export", "--format", "skos"]),
        ("starlette", "serve", ["serve"]),
    ],
)
def test_a_library_that_is_missing_is_69_and_its_extra_is_named(
    folder: Path, library: str, extra: str, arguments: list[str]
) -> None:
    shadow = folder / "shadow"
    shadow.mkdir()
    (shadow / f"{library}.py").write_text(f"raise ModuleNotFoundError('no', name='{library}')")
    (folder / "some.parquet").write_bytes(b"PAR1")
    path = os.pathsep.join([str(shadow), str(Path.cwd()), *sys.path])
    done = run(folder, arguments, PYTHONPATH=path)

    ends(done, 69, library, f"python -m pip install 'tagnorm[{extra}]'")


def test_an_error_of_our_own_is_70_with_its_traceback(folder: Path) -> None:
    program = (
        "import sys; import tagnorm.cli.codes as codes; from tagnorm.cli import main\n"
        "codes.command.callback = lambda **_: 1 / 0\n"
        "main(['codes'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60
    )

    assert done.returncode == 70
    assert "ZeroDivisionError" in done.stderr
    assert done.stderr.endswith("please report it\n")


def test_help_lists_every_code(folder: Path) -> None:
    done = run(folder, ["--help"])

    for code, meaning in exits.CODES.items():
        assert f"{code:>3}  {meaning.splitlines()[0]}" in done.stdout
    for name in ("split", "clean", "decisions", "decisions apply"):
        assert "Exit codes: 0 if done" in run(folder, [*name.split(), "--help"]).stdout


def test_every_error_that_has_a_code_of_its_own_is_there() -> None:
    found = 0
    for name in exits.OF_ERRORS:
        module, _, error = name.rpartition(".")
        found += issubclass(getattr(importlib.import_module(module), error), Exception)

    assert found == len(exits.OF_ERRORS)


@pytest.mark.parametrize(
    ("line", "fitting"),
    [
        ("clean good.csv -q -o out.csv --report left.xlsx", ".json or .tsv or .html or .htm"),
        ("clean good.csv -q -o out.csv --report left.csv", ".json or .tsv or .html or .htm"),
        ("clean good.csv -q -o out.csv --report left.json.gz", ".json or .tsv or .html or .htm"),
        ("report good.csv -q -o left.pdf", ".html or .htm or .json"),
        ("report good.csv -q -o left.tsv", ".html or .htm or .json"),
        ("cables cable.txt -o left.csv", ".tsv or .tab"),
        ("cables cable.txt -o left.jsonl", ".tsv or .tab"),
        ("cables cable.txt --json -o left.json", ".jsonl or .ndjson"),
        ("cables cable.txt --json -o left.parquet", ".jsonl or .ndjson"),
    ],
)
def test_an_ending_that_says_something_else_is_refused(
    folder: Path, line: str, fitting: str
) -> None:
    before = sorted(folder.iterdir())
    done = run(folder, line.split())

    assert done.returncode == 2
    assert f"is no format that is written here; choose {fitting}\n" in done.stderr
    assert sorted(folder.iterdir()) == before


@pytest.mark.parametrize(
    ("line", "made", "begin"),
    [
        ("clean good.csv -q -o out.csv --report LEFT.JSON", "LEFT.JSON", "{"),
        ("clean good.csv -q -o out.csv --report left.txt", "left.txt", "{"),
        ("clean good.csv -q -o out.csv --report 2026.11.26", "2026.11.26", "{"),
        ("clean good.csv -q -o out.csv --report left.Html", "left.Html", "<!"),
        ("report good.csv -q -o page", "page", "<!"),
        ("report good.csv -q -o page.json", "page.json", "{"),
        ("cables cable.txt -o read.txt", "read.txt", "file\t"),
        ("cables cable.txt --json -o read.ndjson", "read.ndjson", "{"),
    ],
)
def test_an_ending_that_fits_or_says_nothing_is_taken(
    folder: Path, line: str, made: str, begin: str
) -> None:
    done = run(folder, line.split())

    assert done.returncode == 0, done.stderr
    assert (folder / made).read_text().startswith(begin)
