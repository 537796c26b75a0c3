"""The command line, called in the process of the tests: another one takes ten times as long.

The standard streams are files, as where a shell redirects them. What depends on a process of its
own -- signals, pipes, terminals, closed streams, what Python reads when it starts -- is tested in
one.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import BinaryIO
from unittest import mock

from tagnorm.cli import main

__all__ = ["called", "called_for_text"]

_NAMES = ("stdin", "stdout", "stderr")


def called(
    *arguments: str | bytes | Path,
    given: bytes | BinaryIO = b"",
    output: BinaryIO | None = None,
    folder: Path | None = None,
) -> CompletedProcess[bytes]:
    """How a command ended, and what it wrote.

    Args:
        arguments: what stands behind `tagnorm` on the command line.
        given: its standard input.
        output: its standard output; what is written there is not in the answer.
        folder: where it is called.
    """
    words = [os.fsdecode(argument) for argument in arguments]
    with (
        tempfile.TemporaryFile() as stdin,
        tempfile.TemporaryFile() as stdout,
        tempfile.TemporaryFile() as stderr,
    ):
        if isinstance(given, bytes):
            stdin.write(given)
            stdin.seek(0)
        streams = (stdin if isinstance(given, bytes) else given), output or stdout, stderr
        with _streams(*streams), contextlib.chdir(folder or Path.cwd()):
            try:
                main(words)
            except SystemExit as end:
                code = end.code or 0
        assert isinstance(code, int)
        written = []
        for file in (stdout, stderr):
            file.seek(0)
            written.append(file.read())
    return CompletedProcess(words, code, *written)


def called_for_text(
    *arguments: str | bytes | Path, given: str = "", folder: Path | None = None
) -> CompletedProcess[str]:
    """`called`, with text in and out."""
    done = called(*arguments, given=given.encode(), folder=folder)
    return CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@contextlib.contextmanager
def _streams(*files: BinaryIO) -> Iterator[None]:
    """Let some files be the standard streams, of Python and of the system."""
    with contextlib.ExitStack() as put_back:
        for number, (name, file) in enumerate(zip(_NAMES, files, strict=True)):
            before = os.dup(number)
            put_back.callback(os.close, before)
            put_back.callback(os.dup2, before, number)
            os.dup2(file.fileno(), number)
            stream = open(number, "wb" if number else "rb", closefd=False)  # noqa: SIM115
            text = put_back.enter_context(io.TextIOWrapper(stream, encoding="utf-8"))
            put_back.enter_context(mock.patch.object(sys, name, text))
        yield
