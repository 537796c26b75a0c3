"""Several programs that write one file of decisions at the same time, and some that are killed."""

from __future__ import annotations

import errno
import os
import random
import re
import signal
import subprocess
import sys
import time
from multiprocessing import get_context
from pathlib import Path

import pytest

from tagnorm.decisions.journal import AlreadyDecidedError, Journal
from tagnorm.decisions.locking import LockedError, locked
from tagnorm.decisions.store import Decision, Decisions
from tagnorm.vocabulary.codes import Taxonomy

pytestmark = pytest.mark.slow

TAXONOMY = Taxonomy.load()
COMMAND = (sys.executable, "-m", "tagnorm.cli")
WORDS = [f"WORD{number}" for number in range(60)]
SPAWN = get_context("spawn")


def decided(path: Path) -> dict[str, str]:
    """The file as every command reads it."""
    return {d.raw.upper(): " ".join(d.tags) for d in Decisions.load(path, TAXONOMY)}


def answer_all(path: Path, who: str, tag: str, seed: int, acknowledged: Path) -> None:
    """One writer: words in an order of its own; what was taken is written down at once."""
    journal = Journal(path, TAXONOMY)
    words = random.Random(seed).sample(WORDS, len(WORDS))
    with acknowledged.open("w", encoding="ascii", buffering=1) as log:
        for word in words:
            try:
                if journal.add(Decision(word, [tag], who=who)):
                    log.write(f"{word}\t{tag}\n")
            except AlreadyDecidedError as error:
                assert error.decision.tags != (tag,)


def lines_of(file: Path) -> list[tuple[str, str]]:
    rows = file.read_text().split("\n")[:-1] if file.exists() else []
    return [(word, tag) for word, _, tag in (row.partition("\t") for row in rows)]


class TestWriters:
    def test_each_word_has_the_one_answer_that_was_taken(self, tmp_path: Path) -> None:
        path = tmp_path / "d.tsv"
        tags = ["PREL", "PGOV", "ECON", "PREL"]
        writers = [
            SPAWN.Process(target=answer_all, args=(path, f"w{at}", tag, at, tmp_path / f"{at}.log"))
            for at, tag in enumerate(tags)
        ]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join(120)

        assert [writer.exitcode for writer in writers] == [0] * 4
        taken = [line for at in range(4) for line in lines_of(tmp_path / f"{at}.log")]
        assert len(taken) == len(WORDS)
        assert decided(path) == dict(taken)

    def test_a_killed_writer_has_written_what_it_said_and_holds_up_nobody(
        self, tmp_path: Path
    ) -> None:
        path = tmp_path / "d.tsv"
        logs = [tmp_path / f"{at}.log" for at in range(3)]
        victims = [
            SPAWN.Process(target=answer_all, args=(path, "v", tag, at, logs[at]))
            for at, tag in enumerate(["PREL", "PGOV"])
        ]
        for victim in victims:
            victim.start()
        deadline = time.monotonic() + 60
        while sum(len(lines_of(log)) for log in logs[:2]) < 10:
            assert time.monotonic() < deadline
            time.sleep(0.005)
        for victim in victims:
            victim.kill()
            victim.join(30)

        taken = [line for log in logs[:2] for line in lines_of(log)]
        assert dict(taken).items() <= decided(path).items()
        answer_all(path, "w", "ECON", 3, logs[2])
        assert set(decided(path)) == set(WORDS)
        assert dict(taken).items() <= decided(path).items()

    def test_who_waits_too_long_for_the_lock_is_told(self, tmp_path: Path) -> None:
        path = tmp_path / "d.tsv"
        holder = subprocess.Popen(
            [
                *(sys.executable, "-c"),
                "import sys, time\nfrom tagnorm.decisions.locking import locked\n"
                "with locked(sys.argv[1]):\n    print('held', flush=True)\n    time.sleep(60)",
                str(path),
            ],
            stdout=subprocess.PIPE,
        )
        try:
            assert holder.stdout is not None
            assert holder.stdout.readline() == b"held\n"
            said = r"d\.tsv: another program has been changing it"
            with pytest.raises(LockedError, match=said), locked(path, patience=0.2):
                pytest.fail("two hold one lock")
        finally:
            holder.kill()
            holder.communicate()
        with locked(path, patience=5):
            pass

    def test_a_folder_that_is_not_there_is_no_lock_of_it(self, tmp_path: Path) -> None:
        path = tmp_path / "none" / "d.tsv"
        with pytest.raises(FileNotFoundError) as told, locked(path):
            pytest.fail("there is nothing to lock")
        assert (told.value.errno, told.value.filename) == (errno.ENOENT, str(path.parent))

    def test_a_link_and_its_file_have_one_lock(self, tmp_path: Path) -> None:
        path, link = tmp_path / "d.tsv", tmp_path / "other" / "link.tsv"
        link.parent.mkdir()
        path.write_text("raw\ttags\n")
        link.symlink_to(path)
        with locked(link):
            assert [file.name for file in tmp_path.glob(".*")] == [".d.tsv.lock"]
        Journal(link, TAXONOMY).add(Decision("KTFX", ["KTFN"]))

        assert link.is_symlink()
        assert decided(path) == {"KTFX": "KTFN"}


class TestApply:
    def test_eight_at_once_are_all_there(self, tmp_path: Path) -> None:
        path = tmp_path / "d.tsv"
        for at in range(8):
            (tmp_path / f"c{at}.tsv").write_text(f"raw\ttags\nWORD{at}\tPREL\n")
        running = [
            subprocess.Popen(
                [
                    *(*COMMAND, "decisions", "apply", str(tmp_path / f"c{at}.tsv")),
                    *("--decisions", str(path)),
                ],
                stderr=subprocess.PIPE,
            )
            for at in range(8)
        ]
        said = [process.communicate(timeout=120)[1] for process in running]

        assert [process.returncode for process in running] == [0] * 8
        assert all(b"made 1 of 1 changes" in message for message in said)
        assert decided(path) == {f"WORD{at}": "PREL" for at in range(8)}

    def test_of_answers_that_differ_one_is_made_and_the_others_say_so(self, tmp_path: Path) -> None:
        path = tmp_path / "d.tsv"
        tags = ["PREL", "PGOV", "ECON", "MARR"]
        running = []
        for tag in tags:
            (tmp_path / f"{tag}.tsv").write_text(f"raw\ttags\nWORD\t{tag}\n")
            command = [*COMMAND, "decisions", "apply", str(tmp_path / f"{tag}.tsv")]
            running.append(
                subprocess.Popen([*command, "--decisions", str(path)], stderr=subprocess.PIPE)
            )
        said = [process.communicate(timeout=120)[1].decode() for process in running]

        done = [tag for tag, one in zip(tags, running, strict=True) if one.returncode == 0]
        assert len(done) == 1
        assert decided(path) == {"WORD": done[0]}
        for process, message in zip(running, said, strict=True):
            if process.returncode:
                assert process.returncode == 65
                assert f"'WORD' is '{done[0]}' here" in message


class TestReview:
    @pytest.fixture
    def command(self, tmp_path: Path) -> list[str]:
        (tmp_path / "c.txt").write_text("".join(f"{word}\n" for word in WORDS))
        paths = [str(tmp_path / "c.txt"), "--decisions", str(tmp_path / "d.tsv")]
        return [*COMMAND, "review", *paths]

    def acknowledged(self, screen: str) -> dict[str, str]:
        found = re.findall(r"^(WORD\d+) is (left as it is|\w+)$", screen, re.MULTILINE)
        return {word: "" if tag == "left as it is" else tag for word, tag in found}

    def test_two_people_at_once_lose_no_answer(self, tmp_path: Path, command: list[str]) -> None:
        pipe = subprocess.PIPE
        people = [
            subprocess.Popen(
                [*command, "--who", who], stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0
            )
            for who in ("ann", "bob")
        ]
        answers = ["PREL\n" * 60, "PREL\n-\n" * 30]
        first = []
        for person in people:  # both have the same list before anybody answers
            assert person.stdout is not None
            screen = b""
            while b"1 of 60" not in screen:
                screen += os.read(person.stdout.fileno(), 10_000)
            first.append(screen)
        for person, typed in zip(people, answers, strict=True):
            assert person.stdin is not None
            person.stdin.write(typed.encode())
            person.stdin.flush()
        seen = [person.communicate(timeout=120) for person in people]

        screens = [start + out for start, (out, _) in zip(first, seen, strict=True)]
        said = [self.acknowledged(screen.decode()) for screen in screens]
        file = decided(tmp_path / "d.tsv")
        assert set(file) == set(WORDS)
        for one in said:
            assert one.items() <= file.items()
        for word in WORDS:
            assert any(word in one for one in said)
        # Who answered otherwise than what was there already is told so, and by the exit code too.
        for (_, complaints), one, person in zip(seen, said, people, strict=True):
            refused = complaints.decode().count("is decided already")
            assert len(one) + refused == len(WORDS)
            assert person.returncode == (1 if refused else 0)

    @pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
    def test_one_killed_between_keys_has_lost_nothing(
        self, tmp_path: Path, command: list[str]
    ) -> None:
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        ) as person:
            assert person.stdin is not None
            assert person.stdout is not None
            person.stdin.write(b"PREL\n" * 5)
            seen = b""
            while seen.count(b" is PREL") < 5:
                part = os.read(person.stdout.fileno(), 10_000)
                assert part, seen
                seen += part
            person.kill()

        assert self.acknowledged(seen.decode()) == decided(tmp_path / "d.tsv")
        done = subprocess.run(
            command, input=b"-\n" * 55, capture_output=True, check=False, timeout=60
        )
        assert done.returncode == 0, done.stderr
        assert len(decided(tmp_path / "d.tsv")) == 60
