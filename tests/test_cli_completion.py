"""Completion in the shells themselves, each at a terminal: a Tab behind what was typed."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="needs a pseudo-terminal")

# How each shell starts without the user's own files, and what it is told first.
SHELLS = {
    "bash": (
        ["bash", "--norc", "--noprofile", "-i"],
        'eval "$(_TAGNORM_COMPLETE=bash_source tagnorm)"',
    ),
    "zsh": (
        ["zsh", "-f", "-i"],
        'autoload -U compinit; compinit -u; eval "$(_TAGNORM_COMPLETE=zsh_source tagnorm)"',
    ),
    "fish": (
        ["fish", "--no-config", "-i"],
        "_TAGNORM_COMPLETE=fish_source tagnorm | source",
    ),
}


class Shell:
    """A shell at a pseudo-terminal."""

    def __init__(self, command: list[str], environment: dict[str, str], folder: Path) -> None:
        self.screen = ""
        self.pid, self._handle = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execvpe(command[0], command, environment)

    def types(self, text: str) -> None:
        os.write(self._handle, text.encode())

    def sees(self, text: str, seconds: float = 30) -> bool:
        """Whether a text shows up behind what was seen before."""
        deadline = time.monotonic() + seconds
        fresh = ""
        while text not in fresh and time.monotonic() < deadline:
            ready, _, _ = select.select([self._handle], [], [], 0.2)
            part = os.read(self._handle, 10_000).decode(errors="replace") if ready else ""
            if "\x1b[c" in part:  # fish asks the terminal what it is, and waits for an answer
                self.types("\x1b[?62c")
            fresh += part
            self.screen += part
        return text in fresh

    def end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)
        os.close(self._handle)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Where `tagnorm` is a program of its own, as completion needs it to be."""
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "tagnorm").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tagnorm "$@"\n')
    (programs / "tagnorm").chmod(0o755)
    return {
        **os.environ,
        "PATH": os.pathsep.join([str(programs), os.environ["PATH"]]),
        "PYTHONPATH": os.pathsep.join([str(Path.cwd()), *sys.path]),
        "HOME": str(tmp_path),
        "TERM": "xterm",
        "PS1": "$ ",
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", SHELLS)
@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("tagnorm lookup KWM", "KWMN"),
        ("tagnorm codes --kind geo", "geographic"),
        ("tagnorm decisions app", "apply"),
    ],
    ids=["codes", "kinds", "commands"],
)
def test_a_tab_completes(
    name: str, typed: str, completed: str, environment: dict[str, str], tmp_path: Path
) -> None:
    command, setup = SHELLS[name]
    if shutil.which(command[0]) is None:
        pytest.skip(f"there is no {name}")
    shell = Shell(command, environment, tmp_path)
    try:
        shell.types(f"{setup}; echo rea''dy\n")
        assert shell.sees("ready"), shell.screen
        shell.sees("$ " if name != "fish" else "> ", 2)
        shell.types(f"{typed}\t")
        if not shell.sees(completed, 10):
            shell.types("\t")  # where several fit, a second one lists them
            assert shell.sees(completed), shell.screen
    finally:
        shell.end()


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_for_a_shell_is_printed(shell: str, environment: dict[str, str]) -> None:
    done = subprocess.run(
        ["tagnorm"],
        env={**environment, "_TAGNORM_COMPLETE": f"{shell}_source"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "_TAGNORM_COMPLETE" in done.stdout


@pytest.mark.parametrize(
    "said", [{}, {"COMP_WORDS": "tagnorm cl"}, {"COMP_WORDS": "tagnorm cl", "COMP_CWORD": "one"}]
)
@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_shell_that_does_not_say_what_was_typed_is_told_in_one_line(
    shell: str, said: dict[str, str], environment: dict[str, str]
) -> None:
    apart = {name: value for name, value in environment.items() if not name.startswith("COMP_")}
    done = subprocess.run(
        ["tagnorm"],
        env={**apart, **said, "_TAGNORM_COMPLETE": f"{shell}_complete"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "tagnorm: COMP_WORDS and COMP_CWORD do not say what was typed; a shell sets them when its "
        "completion is asked for"
    ]
