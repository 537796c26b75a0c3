"""Review at a real terminal and through a pipe: stopped, killed, resumed, undone."""

from __future__ import annotations

import gzip
import json
import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import called, called_for_text

from tagnorm import Normalizer
from tagnorm.decisions.states import state_of

pty = pytest.importorskip("pty", reason="needs a pseudo-terminal")

PYTHON = (sys.executable, "-m", "tagnorm.cli")
# PREK, PREV and PREX could be PREF or PREL.
VOCABULARY = """\
code\tname\tstatus\treplaced_by\tsource
PGOV\tGovernment\tcurrent\t\tus
PREF\tRefugees\tcurrent\t\tus
PREL\tRelations\tcurrent\t\tus
"""
COLUMN = ["PREX", "PGOV, PREX", "prex", "PREK", "PREK; PGOV", "PREV", *["PGOV"] * 4]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a vocabulary and a column in every form."""
    (tmp_path / "vocabulary").mkdir()
    (tmp_path / "vocabulary" / "codes.tsv").write_text(VOCABULARY)
    quoted = "".join(f'{number},"{field}"\n' for number, field in enumerate(COLUMN))
    (tmp_path / "c.csv").write_text("id,TAGS\n" + quoted)
    return tmp_path


def arguments(folder: Path, file: str = "c.csv", column: str | None = "TAGS") -> list[str]:
    chosen = [] if column is None else ["--column", column]
    paths = ["--decisions", str(folder / "d.tsv"), "--taxonomy", str(folder / "vocabulary")]
    return [*PYTHON, "review", str(folder / file), *chosen, *paths, "--who", "ann"]


def piped(command: list[str], answers: str) -> subprocess.CompletedProcess[str]:
    return called_for_text(*command[len(PYTHON) :], given=answers)


def decided(folder: Path) -> dict[str, str]:
    lines = (folder / "d.tsv").read_text().splitlines()
    return dict(line.split("\t")[:2] for line in lines[1:])


class Terminal:
    """A person at a pseudo-terminal in front of one review."""

    def __init__(self, command: list[str]) -> None:
        self.screen = ""
        self._fresh = ""
        self.pid, self._handle = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="dumb", COLUMNS="200")
            os.execv(command[0], command)

    def sees(self, text: str) -> None:
        """Wait until a text shows up behind all that was awaited before."""
        deadline = time.monotonic() + 30
        while text not in self._fresh:
            ready, _, _ = select.select([self._handle], [], [], deadline - time.monotonic())
            assert ready, f"{text!r} is not on the screen:\n{self.screen}"
            try:
                part = os.read(self._handle, 10_000).decode()
            except OSError:
                part = ""
            assert part, f"it ended before {text!r}:\n{self.screen}"
            self.screen += part
            self._fresh += part
        self._fresh = self._fresh.partition(text)[2]

    def types(self, text: str) -> None:
        self.sees("> ")
        os.write(self._handle, text.encode())

    def ends(self, key: str = "") -> int:
        """The exit code, or minus the signal that ended it; a key is pressed until it ends.

        Python misses a Ctrl-C in the instant between its prompt and its waiting for a key. A person
        presses again; so does this one.
        """
        deadline = time.monotonic() + 30
        while True:
            ready, _, _ = select.select([self._handle], [], [], 1)
            if ready:
                try:
                    part = os.read(self._handle, 10_000)
                except OSError:  # so Linux says that the other end is closed
                    break
                if not part:
                    break
                self.screen += part.decode()
            elif time.monotonic() > deadline:
                os.kill(self.pid, signal.SIGKILL)
            else:
                os.write(self._handle, key.encode())
        _, status = os.waitpid(self.pid, 0)
        os.close(self._handle)
        return os.waitstatus_to_exitcode(status)


@pytest.fixture
def terminal(folder: Path) -> Iterator[Terminal]:
    yield Terminal(arguments(folder))


class TestTerminal:
    def test_a_person_picks_types_notes_leaves_and_skips(
        self, folder: Path, terminal: Terminal
    ) -> None:
        terminal.sees("1 of 3; these cover 60.0% of rows")
        terminal.sees("in 3 rows, as in: PGOV, PREX  |  PREX")
        terminal.types("pgov, PREL # as the text says\n")
        terminal.sees("PREX is PGOV PREL")
        terminal.sees("2 of 3; these cover 30.0% of rows")
        terminal.types("-\n")
        terminal.sees("PREK is left as it is")
        terminal.sees("3 of 3; these cover 10.0% of rows")
        terminal.types("s\n")
        terminal.sees("That was the last")
        terminal.types("\n")

        assert terminal.ends() == 0
        assert "2 decided and saved in" in terminal.screen
        rows = [line.split("\t") for line in (folder / "d.tsv").read_text().splitlines()]
        assert [row[:4] for row in rows] == [
            ["raw", "tags", "note", "who"],
            ["PREK", "-", "", "ann"],
            ["PREX", "PGOV PREL", "as the text says", "ann"],
        ]
        when = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")
        assert all(when.fullmatch(row[4]) for row in rows[1:])

    def test_a_number_takes_the_reading_that_is_shown_with_it(
        self, folder: Path, terminal: Terminal
    ) -> None:
        terminal.sees("\r\n  2 ")
        terminal.types("2\n")
        terminal.sees("PREX is ")
        shown = re.search(r"\n  2 \S+  (PREF|PREL|left as it is)", terminal.screen)
        terminal.types("q\n")

        assert terminal.ends() == 0
        assert shown is not None
        assert decided(folder) == {"PREX": shown[1].replace("left as it is", "-")}

    def test_an_unknown_code_is_refused_with_a_hint_and_asked_again(
        self, folder: Path, terminal: Terminal
    ) -> None:
        terminal.types("PERL\n")
        terminal.sees("'PERL' is no code; near: PREL (Relations)")
        terminal.types("9\n")
        terminal.sees("there is no reading 9")
        terminal.types("\n")
        terminal.sees("type a number")
        terminal.types("?\n")
        terminal.sees("undo: back to the string before")
        terminal.types("u\n")
        terminal.sees("there is nothing to undo")
        terminal.types("PREL\n")
        terminal.sees("PREX is PREL")
        terminal.types("q\n")

        assert terminal.ends() == 0
        assert decided(folder) == {"PREX": "PREL"}

    def test_undo_takes_back_one_answer_after_the_other(
        self, folder: Path, terminal: Terminal
    ) -> None:
        terminal.types("PREL\n")
        terminal.sees("2 of 3")
        terminal.types("PREF\n")
        terminal.sees("3 of 3")
        terminal.types("u\n")
        terminal.sees("2 of 3")
        assert decided(folder) == {"PREX": "PREL"}
        terminal.types("u\n")
        terminal.sees("1 of 3")
        assert decided(folder) == {}
        terminal.types("PREF\n")
        terminal.sees("2 of 3")
        terminal.types("q\n")

        assert terminal.ends() == 0
        assert decided(folder) == {"PREX": "PREF"}

    def test_even_the_last_answer_can_be_taken_back(self, folder: Path, terminal: Terminal) -> None:
        for number in range(1, 4):
            terminal.sees(f"{number} of 3")
            terminal.types("PREL\n")
        terminal.sees("That was the last")
        terminal.types("u\n")
        terminal.sees("3 of 3")
        terminal.types("q\n")

        assert terminal.ends() == 0
        assert decided(folder) == {"PREK": "PREL", "PREX": "PREL"}

    @pytest.mark.parametrize(
        ("how", "code"), [("q\n", 0), ("\x04", 0), ("\x03", 130)], ids=["q", "Ctrl-D", "Ctrl-C"]
    )
    @pytest.mark.slow
    def test_stopping_in_the_middle_keeps_the_answers_and_resuming_asks_the_rest(
        self, folder: Path, terminal: Terminal, how: str, code: int
    ) -> None:
        terminal.types("PREL\n")
        terminal.sees("PREX is PREL")
        terminal.types(how)
        assert terminal.ends(key=how) == code
        assert "Traceback" not in terminal.screen

        second = Terminal(arguments(folder))
        second.sees("1 of 2; these cover 30.0% of rows")
        second.types("PREF\n")
        second.sees("PREK is PREF")
        second.types("q\n")

        assert second.ends() == 0
        assert "PREX " not in second.screen
        assert decided(folder) == {"PREK": "PREF", "PREX": "PREL"}

    @pytest.mark.slow
    def test_a_kill_loses_no_answer_and_a_torn_line_is_asked_again(
        self, folder: Path, terminal: Terminal
    ) -> None:
        terminal.types("PREL\n")
        terminal.sees("PREX is PREL")
        terminal.types("PREF\n")
        terminal.sees("PREK is PREF")
        terminal.sees("> ")
        os.kill(terminal.pid, signal.SIGKILL)
        assert terminal.ends() == -signal.SIGKILL
        assert decided(folder) == {"PREX": "PREL", "PREK": "PREF"}

        # As if the machine had stopped while the second answer was on its way to the disk.
        whole = (folder / "d.tsv").read_bytes()
        (folder / "d.tsv").write_bytes(whole[: whole.rindex(b"PREK") + 6])
        second = Terminal(arguments(folder))
        second.sees("1 of 2; these cover 30.0% of rows")
        second.types("-\n")
        second.sees("PREK is left as it is")
        second.sees("> ")
        os.kill(second.pid, signal.SIGKILL)
        second.ends()

        assert decided(folder) == {"PREX": "PREL", "PREK": "-"}


class TestTwoPeople:
    def test_what_the_other_decided_is_passed_over_with_a_word(
        self, folder: Path, terminal: Terminal
    ) -> None:
        terminal.sees("1 of 3")
        with (folder / "d.tsv").open("a") as file:
            file.write("prek\tPREF\t\tbob\t\n")
        terminal.types("PREL\n")
        terminal.sees("'prek' is decided already: PREF by bob")
        terminal.sees("3 of 3")
        terminal.types("u\n")
        terminal.sees("1 of 3")
        terminal.types("PREF\n")
        terminal.sees("'prek' is decided already: PREF by bob")
        terminal.types("q\n")

        assert terminal.ends() == 0
        assert decided(folder) == {"prek": "PREF", "PREX": "PREF"}

    @pytest.mark.parametrize(("then", "tags"), [("s", "PREF"), ("PREL", "PREL")])
    def test_an_answer_to_what_the_other_has_just_decided_is_taken_only_when_repeated(
        self, folder: Path, terminal: Terminal, then: str, tags: str
    ) -> None:
        terminal.sees("1 of 3")
        with (folder / "d.tsv").open("a") as file:
            file.write("prex\tPREF\t\tbob\t\n")
        terminal.types("PREL\n")
        terminal.sees("'prex' is decided already: PREF by bob meanwhile; s lets it stand")
        terminal.types(f"{then}\n")
        terminal.sees("2 of 3")
        terminal.types("q\n")

        assert terminal.ends() == 0
        assert list(decided(folder).values()) == [tags]


class TestList:
    def test_it_prints_what_would_be_asked_and_asks_nothing(self, folder: Path) -> None:
        rows = [line.split("\t") for line in self.listed(folder, "--list").splitlines()]

        assert rows[0] == ["raw", "rows", "state", "tags", "confidence"]
        normalizer = Normalizer(folder / "vocabulary")
        assert [row[:3] for row in rows[1:]] == [
            [raw, count, state_of(normalizer.resolve(raw))]
            for raw, count in (("PREX", "3"), ("PREK", "2"), ("PREV", "1"))
        ]
        records = [
            json.loads(line) for line in self.listed(folder, "--list", "--json").splitlines()
        ]
        assert [[r["raw"], str(r["rows"]), r["state"]] for r in records] == [
            row[:3] for row in rows[1:]
        ]
        assert not (folder / "d.tsv").exists()

    def listed(self, folder: Path, *options: str) -> str:
        command = arguments(folder)
        at = command.index("--decisions")
        done = piped([*command[:at], *command[at + 2 :], *options], "")
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    @pytest.mark.parametrize("options", [["--json"], []])
    def test_without_it_the_file_for_the_answers_is_needed(
        self, folder: Path, options: list[str]
    ) -> None:
        command = arguments(folder)
        at = command.index("--decisions")
        done = piped([*command[:at], *command[at + 2 :], *options], "")

        assert done.returncode == 2
        assert "--decisions is needed" in done.stderr


class TestPipe:
    def test_answers_are_read_line_by_line(self, folder: Path) -> None:
        done = piped(arguments(folder), "prel\nu\npref # a note\n?\n-\ns\n")

        assert (done.returncode, done.stderr) == (0, "")
        assert decided(folder) == {"PREK": "-", "PREX": "PREF"}
        assert "2 decided and saved in" in done.stdout
        assert "\x1b" not in done.stdout

    def test_nothing_more_to_ask_is_said(self, folder: Path) -> None:
        piped(arguments(folder), "prel\npref\n-\n")
        done = piped(arguments(folder), "")

        assert done.returncode == 0
        assert done.stdout.startswith("Nothing to ask")

    @pytest.mark.parametrize(
        ("answers", "complaint"),
        [
            ("prel\nPERL\n-\n", "answer 2, 'PERL', to 'PREK': 'PERL' is no code; near: PREL"),
            ("prel\n\n-\n", "answer 2, '', to 'PREK': type a number"),
            ("prel\n-\n-\nPREL\n", "'PREL' is left over"),
            ("prel\n7\n", "answer 2, '7', to 'PREK': there is no reading 7"),
        ],
    )
    def test_an_answer_that_cannot_be_used_ends_it_before_others_shift(
        self, folder: Path, answers: str, complaint: str
    ) -> None:
        done = piped(arguments(folder), answers)

        assert done.returncode == 65
        assert complaint in done.stderr
        assert decided(folder)["PREX"] == "PREL"

    def test_bytes_that_are_no_utf8_are_no_code(self, folder: Path) -> None:
        done = called(*arguments(folder)[len(PYTHON) :], given=b"PR\xffL\n")

        assert done.returncode == 65
        assert b"is no code" in done.stderr

    def test_the_threshold_decides_what_is_doubtful(self, folder: Path) -> None:
        done = piped([*arguments(folder), "--below", "0", "--state", "doubtful"], "")

        assert done.stdout == "Nothing to ask: no undecided word needs a person.\n"

    def test_decisions_that_cannot_be_used_are_refused_before_the_first_question(
        self, folder: Path
    ) -> None:
        (folder / "d.tsv").write_text("raw\ttags\nPREX\tNONE\n")
        done = piped(arguments(folder), "PREL\n")

        assert (done.returncode, done.stdout) == (65, "")
        assert "d.tsv:2: 'NONE' is no code" in done.stderr

    def test_a_full_disk_ends_it_with_73_and_what_was_taken_is_there(self, folder: Path) -> None:
        pytest.importorskip("resource")
        first = "prel # a short note\n"
        program = (
            "import resource, sys; from tagnorm.cli import main;"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200)); main(sys.argv[1:])"
        )
        command = [sys.executable, "-c", program, *arguments(folder)[len(PYTHON) :]]
        done = subprocess.run(
            command,
            input=f"{first}pref # {'a long note ' * 20}\n-\n",
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

        assert done.returncode == 73, done.stderr
        assert "d.tsv: cannot be written: File too large" in done.stderr
        assert "PREX is PREL" in done.stdout
        assert "PREK is" not in done.stdout
        again = piped([*arguments(folder), "--list"], "")
        assert [line.split("\t")[0] for line in again.stdout.splitlines()] == [
            "raw",
            "PREK",
            "PREV",
        ]

    @pytest.mark.parametrize("name", ["d.tsv", "./d.tsv", "link.tsv"])
    def test_answers_never_go_into_the_column(self, folder: Path, name: str) -> None:
        (folder / "link.tsv").symlink_to("d.tsv")
        (folder / "d.tsv").write_text("raw\ttags\nPREX\tPREL\n")
        done = piped(arguments(folder, name, "tags"), "-\n")

        assert done.returncode == 2
        assert "is the input itself" in done.stderr
        assert (folder / "d.tsv").read_text() == "raw\ttags\nPREX\tPREL\n"

    def test_standard_input_is_for_the_answers(self, folder: Path) -> None:
        command = arguments(folder)
        command[command.index(str(folder / "c.csv"))] = "-"
        column = (folder / "c.csv").read_text()

        assert piped(command, column).returncode == 2
        listed = piped([*command, "--list"], column).stdout
        assert listed == piped([*arguments(folder), "--list"], "").stdout

    def test_a_folder_that_is_not_there_is_an_error_before_the_first_question(
        self, folder: Path
    ) -> None:
        command = arguments(folder)
        command[command.index("--decisions") + 1] = str(folder / "nowhere" / "d.tsv")
        done = piped(command, "PREL\n")

        assert done.returncode == 73
        assert "nowhere" in done.stderr
        assert "Traceback" not in done.stderr
        assert "> " not in done.stdout


class TestFiles:
    @pytest.mark.slow
    def test_every_form_of_a_column_asks_the_same(self, folder: Path) -> None:
        pyarrow = pytest.importorskip("pyarrow")
        parquet = pytest.importorskip("pyarrow.parquet")
        (folder / "c.tsv").write_text("id\tTAGS\n" + "".join(f"1\t{x}\n" for x in COLUMN))
        records = [json.dumps({"id": 1, "TAGS": x}) for x in COLUMN]
        lists = [json.dumps({"id": 1, "TAGS": [x, None]}) for x in COLUMN]
        (folder / "c.jsonl").write_text("\n".join([*records, '{"id": 2}', '{"TAGS": null}']))
        (folder / "lists.jsonl").write_text("\n".join(lists))
        (folder / "c.txt").write_text("\n".join([*COLUMN, ""]))
        parquet.write_table(pyarrow.table({"TAGS": [*COLUMN, None]}), folder / "c.parquet")

        screens = {
            name: piped(arguments(folder, name, None if name == "c.txt" else "TAGS"), "").stdout
            for name in ("c.csv", "c.tsv", "c.jsonl", "lists.jsonl", "c.txt", "c.parquet")
        }

        assert "1 of 3; these cover 60.0% of rows" in screens["c.csv"]
        assert set(screens.values()) == {screens["c.csv"]}

    @pytest.mark.parametrize("file", ["c.csv", "c.jsonl"])
    def test_the_column_is_tags_if_none_is_named(self, folder: Path, file: str) -> None:
        (folder / "c.csv").write_text("id,tags\n1,PREX\n")
        (folder / "c.jsonl").write_text('{"id": 1, "tags": "PREX"}\n')

        assert "1 of 1" in piped(arguments(folder, file, None), "").stdout

    def test_a_packed_file_is_read(self, folder: Path) -> None:
        (folder / "c.csv.gz").write_bytes(gzip.compress((folder / "c.csv").read_bytes()))
        done = piped(arguments(folder, "c.csv.gz"), "")

        assert "1 of 3; these cover 60.0% of rows" in done.stdout

    @pytest.mark.parametrize(
        ("column", "complaint"),
        [
            ("NOPE", "has no column 'NOPE'; name one of its columns with --column: id, TAGS"),
            (None, "has no column 'tags', but one 'TAGS'; name it so: --column TAGS"),
        ],
    )
    def test_a_missing_column_is_called_wrongly(
        self, folder: Path, column: str | None, complaint: str
    ) -> None:
        done = piped(arguments(folder, "c.csv", column), "")

        assert done.returncode == 2
        assert complaint in done.stderr
