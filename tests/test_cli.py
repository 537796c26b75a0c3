"""The command line: what goes in, what comes out, how it ends."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from subprocess import PIPE

import pytest
from click.testing import CliRunner
from command_line import called

import tagnorm
from tagnorm.__about__ import __version__
from tagnorm.cli.group import group
from tagnorm.engine.edits.grammar import EDITS
from tagnorm.wording import HOW

COMMAND = (sys.executable, "-m", "tagnorm")


def run(
    *arguments: str | bytes, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """One call of the command line; with an environment, in a process of its own."""
    if not environment:
        return called(*arguments, given=stdin)
    return subprocess.run(
        [*COMMAND, *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, **environment},
    )


def tags_of(done: subprocess.CompletedProcess[bytes]) -> list[tuple[str, str]]:
    """The strings and their tags in what `split` printed; the probabilities may change."""
    rows = [line.split("\t") for line in done.stdout.decode().split("\n")[:-1]]
    assert all(0 <= float(confidence) <= 1 for _, _, confidence in rows)
    return [(raw, tags) for raw, tags, _ in rows]


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A vocabulary of two codes, one with a space in it."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    (folder / "subject.tsv").write_text(
        "code\tname\tstatus\treplaced_by\tsource\n"
        "FISH\tFisheries\tcurrent\t\tus\n"
        "SEA LAW\tLaw of the Sea\tcurrent\t\tus\n"
    )
    return folder


class TestSplit:
    def test_each_string_gives_one_line_of_three_cells(self) -> None:
        done = run("split", "ECONPRELMARR", "MARPLE")

        assert done.stdout.decode().splitlines() == [
            f"ECONPRELMARR\tECON PREL MARR\t{tagnorm.resolve('ECONPRELMARR').confidence:.4f}",
            f"MARPLE\tMARPLE\t{tagnorm.resolve('MARPLE').confidence:.4f}",
        ]
        assert (done.returncode, done.stderr) == (0, b"")

    def test_the_lines_of_standard_input_are_answered_one_for_one(self) -> None:
        lines = ["PREL", "", "prel, pgov", "MARPLE", "PREL"] * 3
        done = run("split", stdin="\n".join(lines).encode())

        rows = [line.split("\t") for line in done.stdout.decode().splitlines()]
        assert [raw for raw, _, _ in rows] == lines
        assert [tags.split() for _, tags, _ in rows] == [tagnorm.split(line) for line in lines]

    def test_windows_lines_and_a_byte_order_mark_are_no_part_of_the_strings(self) -> None:
        done = run("split", stdin="\ufeffPREL\r\nPGOV\r\n".encode())

        assert tags_of(done) == [("PREL", "PREL"), ("PGOV", "PGOV")]

    def test_only_a_line_feed_ends_a_line(self) -> None:
        done = run("split", stdin="PREL\u2028PGOV\x0bECON\x85MARR\n".encode())

        assert tags_of(done) == [("PREL\\u2028PGOV\\x0bECON\\x85MARR", "PREL PGOV ECON MARR")]

    def test_control_characters_are_escaped_so_that_three_cells_remain(self) -> None:
        done = run("split", "PREL\tPGOV\\\n\x1b")

        assert tags_of(done) == [("PREL\\tPGOV\\\\\\n\\x1b", "PREL PGOV")]

    def test_a_space_inside_a_tag_is_escaped(self, tiny: Path) -> None:
        done = run("split", "--taxonomy", str(tiny), "fish, sea law")

        assert tags_of(done) == [("fish, sea law", "FISH SEA\\x20LAW")]

    def test_accents_pass_unharmed_whatever_the_locale(self) -> None:
        done = run("split", stdin="Müller\n".encode(), LC_ALL="C", PYTHONUTF8="0")

        assert done.stdout.decode().startswith("Müller\tMüller\t")

    def test_json_holds_the_whole_answer(self) -> None:
        done = run("split", "--json", stdin=b"ECONPHMU\nPREL, MARPLE\n")

        records = [json.loads(line) for line in done.stdout.splitlines()]
        for record, raw in zip(records, ["ECONPHMU", "PREL, MARPLE"], strict=True):
            answer = tagnorm.resolve(raw)
            assert record["raw"] == raw
            assert tuple(record["tags"]) == answer.tags
            assert record["status"] == answer.status
            assert record["confidence"] == pytest.approx(answer.confidence, abs=1e-6)
            assert tuple(record["unresolved"]) == answer.unresolved
            assert "".join(segment["raw"] for segment in record["segments"]) == raw
            assert [tuple(other["tags"]) for other in record["alternatives"]] == [
                other.tags for other in answer.alternatives
            ]

    @pytest.mark.parametrize(("option", "tags"), [("keep", "PREL MARPLE"), ("drop", "PREL")])
    def test_pieces_without_a_code_are_kept_or_dropped(self, option: str, tags: str) -> None:
        done = run("split", "--unresolved", option, "PREL, MARPLE")

        assert done.stdout.decode().split("\t")[1] == tags

    def test_raise_stops_at_the_first_piece_without_a_code(self) -> None:
        done = run("split", "--unresolved", "raise", stdin=b"PREL\nMARPLE\nPGOV\n")

        assert tags_of(done) == [("PREL", "PREL")]
        assert b"string 2: cannot resolve 'MARPLE' in 'MARPLE'; pass --unresolved" in done.stderr
        assert done.returncode == 1

    def test_min_confidence_leaves_the_less_sure_alone(self) -> None:
        sure = tagnorm.resolve("PHMU").confidence
        done = run("split", "--min-confidence", "1", "PHMU")

        assert sure < 1
        assert done.stdout.decode().split("\t")[1] == "PHMU"

    def test_bytes_that_are_no_utf8_end_it_with_their_line(self) -> None:
        done = run("split", stdin=b"PREL\nC\xf4te\nPGOV\n")

        assert tags_of(done) == [("PREL", "PREL")]
        assert b"line 2 of standard input is not UTF-8 at byte 2: 0xf4" in done.stderr
        assert b"iconv" in done.stderr
        assert done.returncode == 65

    @pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
    def test_encodings_that_show_are_read(self, codec: str) -> None:
        done = run("split", stdin="PREL; PGOV\r\nCÔTE D'IVOIRE\r\n".encode(codec))

        assert tags_of(done) == [("PREL; PGOV", "PREL PGOV"), ("CÔTE D'IVOIRE", "IV")]

    def test_an_encoding_that_is_named_is_read(self) -> None:
        done = run("split", "--encoding", "latin-1", stdin=b"C\xd4TE D'IVOIRE\nPREL\n")

        assert tags_of(done) == [("CÔTE D'IVOIRE", "IV"), ("PREL", "PREL")]

    def test_what_is_no_encoding_is_called_wrongly(self) -> None:
        done = run("split", "--encoding", "idna", stdin=b"PREL\n")

        assert done.returncode == 2
        assert b"'idna' is no encoding of text files" in done.stderr

    @pytest.mark.slow
    def test_a_line_without_end_ends_the_work_in_bounded_memory(self) -> None:
        done = run("split", stdin=b"PREL\n" + bytes(20 << 20))

        assert tags_of(done) == [("PREL", "PREL")]
        assert b"line 2 of standard input does not end within 16 MiB" in done.stderr
        assert done.returncode == 65

    def test_an_argument_that_is_no_utf8_is_called_wrongly(self) -> None:
        done = run("split", b"C\xf4te")

        assert done.returncode == 2
        assert b"not UTF-8" in done.stderr

    def test_a_slow_writer_gets_each_answer_at_once(self) -> None:
        with subprocess.Popen([*COMMAND, "split"], stdin=PIPE, stdout=PIPE) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            for tag in (b"PREL", b"PGOV"):
                process.stdin.write(tag + b"\n")
                process.stdin.flush()
                assert process.stdout.readline().startswith(tag + b"\t" + tag + b"\t")
            process.stdin.close()
            assert process.wait(timeout=30) == 0

    def test_a_line_longer_than_one_read_is_one_line(self) -> None:
        raw = "PREL," + " " * 200_000 + "ECON"
        done = run("split", stdin=f"{raw}\nPGOV\n".encode())

        assert tags_of(done) == [(raw, "PREL ECON"), ("PGOV", "PGOV")]


class TestExplain:
    def test_pieces_stand_under_the_string_with_code_name_and_edit(self) -> None:
        lines = run("explain", "ECONPHMU, MARPLE").stdout.decode().splitlines()

        assert lines[0].startswith("ECONPHMU, MARPLE  mixed, confidence ")
        assert lines[1:4] == [
            "ECON              = ECON  Economic Conditions",
            "    PHMU          = PHUM  Human Rights  (two letters swapped)",
            "          MARPLE  ? left as it is",
        ]

    def test_wide_characters_take_two_places(self) -> None:
        lines = run("explain", "日本, PREL").stdout.decode().splitlines()

        assert lines[2] == "      PREL    = PREL  External Political Relations"

    def test_alternatives_follow_with_their_probabilities(self, tmp_path: Path) -> None:
        (tmp_path / "codes.tsv").write_text(
            "code\tname\tstatus\treplaced_by\tsource\n"
            "PREL\tRelations\tcurrent\t\tus\nPREF\tRefugees\tcurrent\t\tus\n"
        )
        lines = run("explain", "--taxonomy", str(tmp_path), "PREV").stdout.decode().splitlines()

        others = [line for line in lines if line.startswith("  or 0.")]
        assert sum("PREL  Relations" in line or "PREF  Refugees" in line for line in others) >= 1

    def test_escape_sequences_reach_no_terminal(self) -> None:
        done = run("explain", "\x1b[31mPREL\u202e")

        assert done.stdout.decode().splitlines()[0].startswith("\\x1b[31mPREL\\u202e")
        assert b"\x1b" not in done.stdout

    @pytest.mark.parametrize(
        ("environment", "coloured"),
        [
            ({"TERM": "xterm-256color"}, True),
            ({"TERM": "xterm-256color", "NO_COLOR": "1"}, False),
        ],
    )
    def test_a_terminal_gets_colour_unless_no_color_is_set(
        self, environment: dict[str, str], coloured: bool
    ) -> None:
        pty = pytest.importorskip("pty")
        ours, theirs = pty.openpty()
        clean = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
        process = subprocess.Popen(
            [*COMMAND, "explain", "PREL"], stdout=theirs, env={**clean, **environment}
        )
        os.close(theirs)
        seen = b""
        with contextlib.suppress(OSError):  # so Linux says that the other end is closed
            while part := os.read(ours, 10_000):
                seen += part
        process.wait(timeout=30)
        os.close(ours)

        assert b"External Political Relations" in seen
        assert (b"\x1b[" in seen) is coloured

    @pytest.mark.parametrize("edit", EDITS)
    def test_every_edit_has_words_for_a_person(self, edit: str) -> None:
        assert HOW[edit]


class TestDecisions:
    def test_a_decision_wins_over_the_splitter(self, tmp_path: Path) -> None:
        file = tmp_path / "d.tsv"
        file.write_text("raw\ttags\nMARPLE\tPREL PGOV\nECONPRELMARR\t-\nprel, econ\tECON\n")

        done = run(
            *("split", "--decisions", str(file)),
            *("marple", "ECONPRELMARR", "PREL, ECON", "PREL, ECON, MARPLE"),
        )

        assert tags_of(done) == [
            ("marple", "PREL PGOV"),
            ("ECONPRELMARR", "ECONPRELMARR"),
            ("PREL, ECON", "ECON"),
            ("PREL, ECON, MARPLE", "PREL ECON PREL PGOV"),
        ]

    def test_explain_says_what_was_decided_by_hand(self, tmp_path: Path) -> None:
        file = tmp_path / "d.tsv"
        file.write_text("raw\ttags\nMARPLE\tPREL PGOV\n")

        lines = run("explain", "--decisions", str(file), "MARPLE").stdout.decode().splitlines()

        assert lines[1:] == [
            "MARPLE        = PREL  External Political Relations  (decided by hand)",
            "              = PGOV  Internal Governmental Affairs  (decided by hand)",
        ]

    def test_a_diff_is_replayed_and_replaying_it_again_changes_nothing(
        self, tmp_path: Path
    ) -> None:
        old, new, mine = (tmp_path / name for name in ("old.tsv", "new.tsv", "mine.tsv"))
        old.write_text("raw\ttags\nKTFX\tKTFN\n")
        new.write_text("raw\ttags\nKTFX\tKTEX\nMARPLE\t-\n")
        mine.write_text("raw\ttags\nKPAQ\tKPAO\nKTFX\tKTFN\n")
        changes = run("decisions", "diff", str(old), str(new)).stdout

        done = run("decisions", "apply", "-", "--decisions", str(mine), stdin=changes)
        once = mine.read_text()
        again = run("decisions", "apply", "-", "--decisions", str(mine), stdin=changes)

        assert [line.split("\t")[:2] for line in once.splitlines()[1:]] == [
            ["KPAQ", "KPAO"],
            ["KTFX", "KTEX"],
            ["MARPLE", "-"],
        ]
        assert b"made 2 of 2 changes" in done.stderr
        assert b"made 0 of 2 changes; the rest were there already" in again.stderr
        assert mine.read_text() == once

    def test_a_conflict_is_named_and_the_file_left_alone(self, tmp_path: Path) -> None:
        theirs, mine = tmp_path / "theirs.tsv", tmp_path / "mine.tsv"
        theirs.write_text("raw\ttags\nKTFX\tKTEX\nMARPLE\t-\n")
        mine.write_text("raw\ttags\nKTFX\tKTFN\n")

        done = run("decisions", "apply", str(theirs), "--decisions", str(mine))

        assert done.returncode == 65
        assert b"theirs.tsv:2: 'KTFX' is 'KTFN' here" in done.stderr
        assert mine.read_text() == "raw\ttags\nKTFX\tKTFN\n"

    def test_check_shows_what_each_decision_changes(self, tmp_path: Path) -> None:
        file = tmp_path / "d.tsv"
        file.write_text("raw\ttags\nMARPLE\tPREL\nPGOV\tPGOV\n")

        done = run("decisions", "check", str(file))

        assert done.stdout.decode().splitlines() == [
            "raw\tdecided\tundecided\tverdict",
            "MARPLE\tPREL\t-\tother",
            "PGOV\tPGOV\tPGOV\tsame",
        ]

    def test_a_bad_file_is_refused_with_every_problem(self, tmp_path: Path) -> None:
        file = tmp_path / "d.tsv"
        file.write_text("raw\ttags\nKTFX\tNONE\nKPAQ\tKPAOO\n")

        done = run("split", "--decisions", str(file), "PREL")

        assert done.returncode == 65
        assert b"d.tsv:2: 'NONE' is no code" in done.stderr
        assert b"d.tsv:3: 'KPAOO' is no code of the vocabulary; near: KPAO" in done.stderr

    def test_a_torn_last_line_is_ignored_with_a_word(self, tmp_path: Path) -> None:
        file = tmp_path / "d.tsv"
        file.write_text("raw\ttags\nMARPLE\t-\nKTF")

        done = run("split", "--decisions", str(file), "PREL")

        assert done.returncode == 0
        assert b"the last line was cut off and is ignored: 'KTF'" in done.stderr


class TestEnding:
    def test_the_version_is_the_package_s(self) -> None:
        assert run("--version").stdout.decode() == f"tagnorm {__version__}\n"

    def test_help_names_every_command(self) -> None:
        text = run("--help").stdout.decode()

        for name in ("split", "explain", "lookup", "codes", "clean", "cables", "review"):
            assert f"\n  {name} " in text

    @pytest.mark.parametrize(
        "arguments",
        [
            ["--taxonomy", "{}", "split", "fish"],
            ["split", "--taxonomy", "{}", "fish"],
        ],
    )
    def test_the_vocabulary_is_named_before_or_behind_the_command(
        self, tiny: Path, arguments: list[str]
    ) -> None:
        done = run(*(argument.format(tiny) for argument in arguments))

        assert tags_of(done) == [("fish", "FISH")]

    @pytest.mark.parametrize(
        "arguments",
        [
            ["spilt"],
            ["split", "--no-such-option"],
            ["split", "--min-confidence", "2", "PREL"],
            ["split", "--unresolved", "guess", "PREL"],
            ["explain"],
        ],
        ids=" ".join,
    )
    def test_a_wrong_call_is_two(self, arguments: list[str]) -> None:
        done = run(*arguments)

        assert (done.returncode, done.stdout) == (2, b"")
        assert b"Error: " in done.stderr

    def test_a_mistyped_command_gets_a_hint(self) -> None:
        assert b"Did you mean 'split'?" in run("spilt").stderr

    def test_a_bad_vocabulary_is_refused_with_every_problem(self, tiny: Path) -> None:
        (tiny / "more.tsv").write_text("code\tname\nFISH\tAgain\n-\tNothing\n")
        done = run("split", "--taxonomy", str(tiny), "PREL")

        assert done.returncode == 65
        assert done.stderr.startswith(b"tagnorm: 2 problems in ")
        assert b"more.tsv:3: " in done.stderr
        assert b"FISH" in done.stderr

    @pytest.mark.parametrize("arguments", [["codes"], ["split"], ["explain", *["PREL"] * 3000]])
    def test_a_reader_that_goes_away_is_no_event(self, arguments: list[str]) -> None:
        with subprocess.Popen(
            [*COMMAND, *arguments], stdin=PIPE, stdout=PIPE, stderr=PIPE
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(b"PREL\n" * 200_000)
            with contextlib.suppress(BrokenPipeError):
                process.stdin.close()
            said = process.stderr.read()

        assert (process.returncode, said) == (141, b"")

    def test_ctrl_c_is_quiet(self) -> None:
        with subprocess.Popen(
            [*COMMAND, "split"],
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(b"PREL\n")
            process.stdin.flush()
            process.stdout.readline()  # it runs, and waits for more
            time.sleep(0.1)
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=30) == 130
            assert process.stderr is not None
            assert process.stderr.read() == b""

    def test_without_click_the_remedy_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "click.py").write_text("raise ModuleNotFoundError('no', name='click')")
        done = run("split", "PREL", PYTHONPATH=os.pathsep.join([str(tmp_path), *sys.path]))

        assert done.returncode == 69
        assert b"python -m pip install 'tagnorm[cli]'" in done.stderr
        assert b"Traceback" not in done.stderr

    def test_without_rich_explain_names_the_remedy_and_split_works(self, tmp_path: Path) -> None:
        (tmp_path / "rich.py").write_text("raise ModuleNotFoundError('no', name='rich')")
        path = os.pathsep.join([str(tmp_path), *sys.path])
        done = run("explain", "PREL", PYTHONPATH=path)

        assert run("split", "PREL", PYTHONPATH=path).returncode == 0
        assert done.returncode == 69
        assert b"this needs rich, which is not installed" in done.stderr
        assert b"Traceback" not in done.stderr

    def test_one_call_imports_neither_rich_nor_a_data_frame(self) -> None:
        code = (
            "import sys; from tagnorm.cli.group import group\n"
            "group.main(['split', 'PREL'], standalone_mode=False)\n"
            "heavy = {'rich', 'pandas', 'polars', 'pyarrow', 'numpy', 'narwhals', 'duckdb'}\n"
            "sys.exit(' '.join(heavy & set(sys.modules)) or 0)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=False, timeout=60
        )

        assert (done.returncode, done.stderr) == (0, b"")

    def test_it_runs_inside_another_program(self) -> None:
        result = CliRunner().invoke(group, ["split"], input="PREL\nPGOV\n")

        assert result.exit_code == 0
        assert [line.split("\t")[1] for line in result.stdout.splitlines()] == ["PREL", "PGOV"]
