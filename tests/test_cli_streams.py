"""What a shell puts in the place of files: terminals, pipes with a name, descriptors."""

from __future__ import annotations

import contextlib
import gzip
import os
import select
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command_line import called_for_text

pty = pytest.importorskip("pty", reason="needs a pseudo-terminal")

COMMAND = (sys.executable, "-m", "tagnorm")
CABLE = "E.O. 12958: N/A\nTAGS: PREL, PGOV\nSUBJECT: VISIT\n"
# What reads standard input, what is typed there, what must be in the answer.
FROM_TERMINAL = {
    "split": (["split"], "PRELPGOV\n", "PREL PGOV", "reading lines from the terminal; Ctrl-D ends"),
    "split -": (["split", "-"], "PRELPGOV\n", "PREL PGOV", "reading lines from the terminal"),
    "clean": (["clean", "-"], "id,tags\n1,PRELPGOV\n", "1,PREL;PGOV", "reading the input from"),
    "cables": (["cables", "-"], CABLE, "\tPREL PGOV\t", "reading cables from the terminal"),
    "lookup": (["lookup"], "human rights\n", "code\tPHUM", "reading queries from the terminal"),
    "decisions apply": (
        ["decisions", "apply", "-", "--decisions", "d.tsv"],
        "raw\ttags\nKTFX\tKTFN\n",
        "made 1 of 1 changes",
        "reading a diff from the terminal",
    ),
}


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path.cwd()), *sys.path])}


def read(handle: int, seconds: float) -> bytes:
    """What shows up on a terminal within so many seconds; empty if it has ended or is silent."""
    ready, _, _ = select.select([handle], [], [], seconds)
    with contextlib.suppress(OSError):
        return os.read(handle, 10_000) if ready else b""
    return b""


def typed(folder: Path, arguments: list[str], text: str) -> tuple[int, str, str]:
    """A command at a terminal: exit code, its output, and the screen; Ctrl-D is pressed once."""
    ours, theirs = pty.openpty()
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(
            [*COMMAND, *arguments],
            stdin=theirs,
            stdout=output,
            stderr=theirs,
            cwd=folder,
            env=environment(),
        )
    os.close(theirs)
    screen = b""
    deadline = time.monotonic() + 30
    while b"from the terminal" not in screen and "-q" not in arguments:
        assert time.monotonic() < deadline, screen
        screen += read(ours, 1)
    for line in text.splitlines(keepends=True):
        os.write(ours, line.encode().replace(b"\t", b"\x16\t"))
    os.write(ours, b"\x04")
    while process.poll() is None:
        if time.monotonic() > deadline:
            process.kill()
            process.wait()
            pytest.fail(f"one Ctrl-D does not end it:\n{screen.decode()}")
        screen += read(ours, 0.1)
    while part := read(ours, 0.1):
        screen += part
    os.close(ours)
    return process.returncode, (folder / "output").read_text(), screen.decode()


@pytest.mark.parametrize("name", FROM_TERMINAL)
def test_a_terminal_gives_a_hint_and_one_ctrl_d_ends_it(tmp_path: Path, name: str) -> None:
    arguments, text, answer, hint = FROM_TERMINAL[name]
    code, output, screen = typed(tmp_path, arguments, text)

    assert code == 0, screen
    assert answer in output + screen
    assert hint in screen
    assert "Traceback" not in screen


def test_quiet_leaves_out_the_hint(tmp_path: Path) -> None:
    code, output, screen = typed(tmp_path, ["split", "-q"], "PREL\n")

    assert (code, output[:9]) == (0, "PREL\tPREL")
    assert "terminal" not in screen


def shell(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    """A line for bash, in which `tagnorm` is this one."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("needs bash")
    program = f'tagnorm() {{ "{sys.executable}" -m tagnorm "$@"; }}\n{line}'
    return subprocess.run(
        [bash, "-c", program],
        cwd=folder,
        input="",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=environment(),
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tags.csv").write_text("id,tags\n1,PRELPGOV\n2,PELOSI\n")
    (tmp_path / "old.tsv").write_text("raw\ttags\nKTFX\tKTFN\n")
    (tmp_path / "new.tsv").write_text("raw\ttags\nKTFX\tKTEX\n")
    (tmp_path / "cable.txt").write_text(CABLE)
    return tmp_path


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("tagnorm split < <(echo PRELPGOV)", "PRELPGOV\tPREL PGOV\t"),
        ("tagnorm clean -q <(cat tags.csv)", "1,PREL;PGOV"),
        ("tagnorm clean -q - < tags.csv", "1,PREL;PGOV"),
        ("tagnorm clean -q /dev/stdin < tags.csv", "1,PREL;PGOV"),
        ("tagnorm cables <(cat cable.txt)", "\tPREL PGOV\t"),
        ("tagnorm cables -o /dev/stdout cable.txt", "\tPREL PGOV\t"),
        ("tagnorm cables -o >(cat) cable.txt; sleep 0.5", "\tPREL PGOV\t"),
        ("tagnorm clean -q tags.csv -o /dev/stdout | cat", "1,PREL;PGOV"),
        ("tagnorm clean -q tags.csv -o >(cat); sleep 0.5", "1,PREL;PGOV"),
        ("tagnorm decisions diff <(cat old.tsv) new.tsv", "+\tKTFX\tKTEX"),
        ("tagnorm decisions diff /dev/null new.tsv", "+\tKTFX\tKTEX"),
        ("tagnorm decisions diff - new.tsv < old.tsv", "+\tKTFX\tKTEX"),
        ("tagnorm decisions diff old.tsv - < new.tsv", "-\tKTFX\tKTFN"),
        ("tagnorm decisions check - < old.tsv", "KTFX\tKTFN"),
        ("tagnorm decisions check <(cat old.tsv)", "KTFX\tKTFN"),
        ("tagnorm split KTFX --decisions <(cat new.tsv)", "KTFX\tKTEX\t1.0000"),
        ("tagnorm review <(cut -d, -f2 tags.csv) --list", "PELOSI\t1\t"),
        (
            "tagnorm decisions apply <(tagnorm decisions diff old.tsv new.tsv) "
            "--decisions old.tsv; cat old.tsv",
            "KTFX\tKTEX",
        ),
        ("mkfifo f; (cat tags.csv > f) & tagnorm clean -q f --from csv", "1,PREL;PGOV"),
        ("mkfifo f; (tagnorm cables cable.txt -o f) & cat f", "\tPREL PGOV\t"),
    ],
)
@pytest.mark.slow
def test_pipes_with_a_name_are_read_and_written(folder: Path, line: str, answer: str) -> None:
    done = shell(folder, line)

    assert answer in done.stdout, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [
        ("tagnorm decisions diff - -", 2, "OLD and NEW are both standard input"),
        (
            "printf 'raw\\ttags\\nA' | tagnorm decisions check -",
            65,
            "standard input: the last line",
        ),
        (
            "printf 'raw\\ttags\\nA\\n' | tagnorm decisions check -",
            65,
            "standard input:2: 1 cell, but",
        ),
        (
            "tagnorm decisions apply new.tsv --decisions -",
            73,
            "-: cannot be written: decisions are",
        ),
        (
            "echo q | tagnorm review tags.csv --decisions -",
            73,
            "-: cannot be written: decisions are",
        ),
    ],
)
def test_decisions_that_are_no_file_are_read_and_never_written(
    folder: Path, line: str, code: int, message: str
) -> None:
    done = shell(folder, line)

    assert (done.returncode, message in done.stderr) == (code, True), done.stderr
    assert not list(folder.glob("*-*"))


@pytest.mark.parametrize("output", ["/dev/stdout", "/dev/../dev/fd/1", "one", "./other"])
def test_a_log_that_standard_output_is_added_to_keeps_what_it_holds(
    folder: Path, output: str
) -> None:
    (folder / "log").write_text("before\n")
    (folder / "one").symlink_to("/dev/stdout")
    (folder / "other").symlink_to("one")
    done = shell(folder, f"tagnorm cables -o {output} cable.txt >> log; echo after >> log")

    assert done.returncode == 0, done.stderr
    lines = (folder / "log").read_text().splitlines()
    assert (lines[0], len(lines), lines[-1]) == ("before", 4, "after")


@pytest.mark.parametrize(
    ("output", "report"), [("-", "one"), ("/dev/fd/1", "-"), ("one", "/dev/stdout"), ("one", "one")]
)
def test_two_outputs_do_not_go_into_one_stream(folder: Path, output: str, report: str) -> None:
    (folder / "one").symlink_to("/dev/stdout")
    done = shell(folder, f"tagnorm clean -q tags.csv -o {output} --report {report} | cat")

    assert done.stdout == ""
    assert f"{report}: is the output itself" in done.stderr


def test_what_was_opened_for_reading_is_no_output(folder: Path) -> None:
    done = shell(folder, "tagnorm clean -q tags.csv -o /dev/stdin < old.tsv")

    assert done.returncode == 73
    assert "/dev/stdin: cannot be written: Bad file descriptor" in done.stderr
    assert (folder / "old.tsv").read_text() == "raw\ttags\nKTFX\tKTFN\n"


@pytest.mark.parametrize(
    "line",
    [
        "tagnorm decisions apply new.tsv --decisions <(cat old.tsv)",
        "tagnorm review tags.csv --decisions /dev/null",
        "ln -s /dev/stdout one; echo s | tagnorm review tags.csv --decisions one > log",
        "ln -s /dev/stdout one; tagnorm decisions apply new.tsv --decisions one > log",
    ],
)
def test_decisions_are_written_to_files_alone(folder: Path, line: str) -> None:
    done = shell(folder, line)

    assert done.returncode == 73
    assert "decisions are kept in a file, and this is none" in done.stderr


@pytest.mark.parametrize("text", ["tags.csv", "./tags.csv", "<(cat tags.csv)"])
def test_a_path_given_for_a_string_is_no_string(folder: Path, text: str) -> None:
    done = shell(folder, f"tagnorm split PREL {text}")

    assert (done.returncode, done.stdout) == (2, "")
    assert "is a file, and `split` reads strings; did you mean" in done.stderr
    assert "tagnorm clean" in done.stderr


@pytest.mark.parametrize("text", ["PREL", "UNGA/C-6", "a.b", "x" * 5000, "tags", "."])
def test_other_strings_are_strings(folder: Path, text: str) -> None:
    (folder / "PREL").write_text("a file whose name is a tag")
    done = called_for_text("split", text, folder=folder)

    assert done.returncode == 0
    assert done.stdout.startswith(f"{text}\t")


@pytest.mark.parametrize("name", ["split", "explain", "lookup"])
@pytest.mark.parametrize(
    ("text", "shown"), [("-PREL", "-PREL"), ("--PREL", "--PREL"), ("-1", "-1"), ("-é b", "'-é b'")]
)
def test_a_string_that_begins_as_an_option_does_is_told_where_it_stands(
    name: str, text: str, shown: str
) -> None:
    done = called_for_text(name, "PGOV", text)

    assert done.returncode == 2
    assert done.stderr.endswith(f"stands behind --: tagnorm {name} -- {shown}\n")
    assert "stands behind" not in called_for_text("split", "--jsn", "PREL").stderr


NOT_WAITING = {
    "split": (["split"], b"PRELPGOV\nPGVO\n", b"PRELPGOV\tPREL PGOV\t"),
    "split -": (["split", "-"], b"PRELPGOV\nPGVO\n", b"PRELPGOV\tPREL PGOV\t"),
    "clean": (["clean", "-", "-q"], b"id,tags\n1,PGVO\n2,PREL\n", b"id,tags\n1,PGOV\n2,PREL\n"),
    "clean gzip": (
        ["clean", "-", "-q", "-o", "out.csv"],
        gzip.compress(b"id,tags\n1,PGVO\n2,PREL\n", mtime=0),
        b"",
    ),
    "lookup": (["lookup"], b"PREL\nPGOV\n", b"code\tPGOV"),
    "decisions check": (["decisions", "check", "-"], b"raw\ttags\nKTFX\tKTFN\n", b"KTFX\tKTFN"),
    "review": (["review", "tags.csv", "--decisions", "d.tsv"], b"s\nq\n", b"0 decided"),
    "cables": (["cables", "-"], CABLE.encode(), b"\tPREL PGOV\t"),
}


@pytest.mark.parametrize("name", NOT_WAITING)
@pytest.mark.slow
def test_a_pipe_that_does_not_wait_is_read_to_its_end(folder: Path, name: str) -> None:
    arguments, text, answer = NOT_WAITING[name]
    theirs, ours = os.pipe()
    os.set_blocking(theirs, False)
    with subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=environment(),
    ) as process:
        os.close(theirs)
        for at in range(0, len(text), len(text) // 3 + 1):
            time.sleep(0.5)  # nothing is there when it is asked for
            os.write(ours, text[at : at + len(text) // 3 + 1])
        os.close(ours)
        output, errors = process.communicate(timeout=60)

    assert (process.returncode, answer in output) == (0, True), errors
    if name == "clean gzip":
        assert (folder / "out.csv").read_text() == "id,tags\n1,PGOV\n2,PREL\n"


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("arguments", [["clean", "many.csv", "-q"], ["split"]])
@pytest.mark.slow
def test_a_pipe_that_does_not_wait_takes_all(
    folder: Path, arguments: list[str], unbuffered: str
) -> None:
    rows = 50_000
    (folder / "many.csv").write_text("tags\n" + "PREL\n" * rows)
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)
    with (
        (folder / "many.csv").open("rb") as many,
        subprocess.Popen(
            [*COMMAND, *arguments],
            stdin=many,
            stdout=theirs,
            cwd=folder,
            env={**environment(), "PYTHONUNBUFFERED": unbuffered},
        ) as process,
    ):
        os.close(theirs)
        time.sleep(2)  # the pipe is full by now
        output = b"".join(iter(lambda: os.read(ours, 1 << 16), b""))
    os.close(ours)

    assert process.returncode == 0
    assert output.count(b"PREL\n" if arguments[0] == "clean" else b"PREL\tPREL\t") == rows


@pytest.mark.parametrize("waits", [True, False])
@pytest.mark.slow
def test_one_ctrl_c_ends_what_waits_for_a_reader(folder: Path, waits: bool) -> None:
    (folder / "many.txt").write_text("PREL\n" * 100_000)
    ours, theirs = os.pipe()
    os.set_blocking(theirs, waits)
    with (
        (folder / "many.txt").open("rb") as many,
        subprocess.Popen(
            [*COMMAND, "split"],
            stdin=many,
            stdout=theirs,
            stderr=subprocess.PIPE,
            cwd=folder,
            env=environment(),
        ) as process,
    ):
        os.close(theirs)
        time.sleep(3)  # the pipe is full by now
        process.send_signal(signal.SIGINT)
        try:
            _, errors = process.communicate(timeout=20)
        finally:
            process.kill()
    os.close(ours)

    assert (process.returncode, errors) == (130, b"")


def test_in_a_program_what_would_be_lost_is_refused(folder: Path) -> None:
    program = (
        "import io, os, sys\n"
        "from tagnorm.errors import NoInputError, OutputError\n"
        "from tagnorm.files import clean_file\n"
        "def tried(source, output):\n"
        "    try: clean_file(source, output)\n"
        "    except (NoInputError, OutputError) as error: print(error, file=sys.stderr)\n"
        "os.set_blocking(0, False)\n"
        "tried('-', 'out.csv')\n"
        "sys.stdin = sys.stdout = io.StringIO()\n"
        "tried('-', 'out.csv')\n"
        "tried('tags.csv', '-')\n"
    )
    done = shell(folder, f"sleep 1 | {shlex.quote(sys.executable)} -c {shlex.quote(program)}")

    assert done.stderr.splitlines() == [
        "standard input: cannot be read: it does not wait for what comes (O_NONBLOCK)",
        "standard input: cannot be read: it gives no bytes here; name a file",
        "standard output: takes no bytes here, as in a notebook; name a file",
    ]
    assert not (folder / "out.csv").exists()


# Runs a command, and says how much memory it took at most: what a large process starts has its
# memory until it is another program.
_MEASURED = (
    "import resource, subprocess, sys\n"
    "subprocess.run(sys.argv[1:], check=True)\n"
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)"
)


@pytest.mark.slow
def test_long_strings_are_not_remembered(folder: Path) -> None:
    command = [sys.executable, "-c", _MEASURED, *COMMAND, "split"]
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.PIPE,
            cwd=folder,
            env=environment(),
        )
        assert process.stdin is not None
        for number in range(200):
            process.stdin.write(b"PREL %d%s\n" % (number, b" " * 1_000_000))
        _, said = process.communicate()

    assert process.returncode == 0
    kilobytes = int(said.split()[-1]) // (1024 if sys.platform == "darwin" else 1)
    assert kilobytes < 150_000  # 200 megabytes were read
