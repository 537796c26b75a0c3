"""How a command ends: one table of exit codes for all of them, and the one place that applies it.

The codes from 64 on are those of sysexits.h. A command just raises; `Failure` is there for what has
no `TagnormError`, or needs another code.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import click

from tagnorm.errors import TagnormError
from tagnorm.extras import extra_of, missing

__all__ = [
    "CODES",
    "EPILOG",
    "TABLE",
    "Failure",
    "discard_output",
    "ending",
    "reading_file",
    "writing_file",
]

DONE, NO, USAGE = 0, 1, 2
BAD_DATA, NO_INPUT, UNAVAILABLE, BUG, NO_OUTPUT, TRY_AGAIN = 65, 66, 69, 70, 73, 75
INTERRUPTED, NO_READER = 130, 141

CODES = {
    DONE: "done",
    NO: "done, but the answer is no: unresolved (--unresolved raise), below --fail-under,\n"
    "no such code (lookup), an answer that was not taken (review)",
    USAGE: "called wrongly",
    BAD_DATA: "something is bad in the input, the vocabulary or the decisions",
    NO_INPUT: "an input cannot be opened or read",
    UNAVAILABLE: "a library is not installed, and the message names the extra that brings it; or "
    "the address of a service is taken",
    BUG: "an error in tagnorm itself; please report it",
    NO_OUTPUT: "an output cannot be written",
    TRY_AGAIN: "another program is changing the decisions; try again",
    INTERRUPTED: "stopped with Ctrl-C (129 and 143: by SIGHUP and SIGTERM)",
    NO_READER: "the reader of the output went away",
}
# The table for `tagnorm --help`, and what the help of a command says instead.
TABLE = "\b\nExit codes:\n" + "\n".join(
    f"  {code:>3}  " + meaning.replace("\n", "\n       ") for code, meaning in CODES.items()
)
EPILOG = "Exit codes: 0 if done; the others are listed by `tagnorm --help`."

# By name, because an error can be met without the library that its module needs. All other errors
# of ours are about bad data.
OF_ERRORS = {
    "tagnorm.errors.UnresolvedError": NO,
    "tagnorm.decisions.journal.AlreadyDecidedError": NO,
    "tagnorm.decisions.locking.LockedError": TRY_AGAIN,
    "tagnorm.errors.DecisionsNotFoundError": NO_INPUT,
    "tagnorm.errors.FormatError": USAGE,
    "tagnorm.errors.NoInputError": NO_INPUT,
    "tagnorm.errors.OutputError": NO_OUTPUT,
}
# Errors of the system that only writing meets.
_WRITING = {errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EFBIG}


class Failure(click.ClickException):
    """What could not be done, as one message on standard error, and the exit code."""

    def __init__(self, message: str, code: int = NO) -> None:
        super().__init__(message)
        self.exit_code = code  # type: ignore[misc]  # click reads it from here

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message behind the program's name, as Unix tools do."""
        click.echo(f"tagnorm: {self.message}", file=file or sys.stderr)


@contextmanager
def reading_file(path: str | Path) -> Iterator[None]:
    """Say of what the system refuses that an input could not be read.

    Raises:
        Failure: with the path and the reason.
    """
    try:
        yield
    except OSError as error:
        raise Failure(f"{path}: cannot be read: {error.strerror or error}", NO_INPUT) from error


@contextmanager
def writing_file(path: str | Path) -> Iterator[None]:
    """Say of what the system refuses that an output could not be written.

    Raises:
        Failure: with the path, the reason and the remedy.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = error.strerror or str(error)
        remedy = "; what was there before is still there"
        raise Failure(f"{path}: cannot be written: {reason}{remedy}", NO_OUTPUT) from error


def ending(call: Callable[[], object]) -> int:
    """Call the command line; whatever it raises becomes a message and an exit code."""
    try:
        found = call()
        sys.stdout.flush()
    except (KeyboardInterrupt, click.Abort):
        discard_output()
        return INTERRUPTED
    except BrokenPipeError:
        discard_output()
        return NO_READER
    except Exception as error:
        return _shown(error)
    return found if isinstance(found, int) else DONE


def _shown(error: Exception) -> int:
    """Print an error, and say how to exit for it."""
    failure = error if isinstance(error, click.ClickException) else _failure(error)
    # What was written before the error is to be seen before its message.
    try:
        sys.stdout.flush()
    except OSError as broken:
        discard_output()
        if failure is None or not isinstance(broken, BrokenPipeError):
            failure = failure or _failure(broken)
    if failure is None:
        import traceback  # noqa: PLC0415 -- few runs need it

        traceback.print_exception(error)
        failure = Failure("this is an error in tagnorm itself; please report it", BUG)
    try:
        failure.show()
        sys.stderr.flush()
    except OSError:  # nobody reads it; the exit code remains
        pass
    return failure.exit_code


def _failure(error: Exception) -> Failure | None:
    """The message and the code of an error that was raised on purpose, or by the system."""
    if isinstance(error, TagnormError):
        return Failure(str(error), _code_of(error))
    if isinstance(error, ModuleNotFoundError):
        return _missing(error)
    if isinstance(error, OSError):
        name = "standard output" if error.filename is None else os.fsdecode(error.filename)
        is_output = error.errno in _WRITING or name == "standard output"
        done = "written" if is_output else "read"
        message = f"{Path(name)}: cannot be {done}: {error.strerror or error}"
        return Failure(message, NO_OUTPUT if is_output else NO_INPUT)
    return None


def _code_of(error: TagnormError) -> int:
    names = (f"{kind.__module__}.{kind.__name__}" for kind in type(error).__mro__)
    return next((OF_ERRORS[name] for name in names if name in OF_ERRORS), BAD_DATA)


def _missing(error: ModuleNotFoundError) -> Failure | None:
    """The remedy for a library that is not installed; one of our own that is missing is a bug."""
    if extra_of(error) is None:
        return None
    return Failure(str(missing(error)), UNAVAILABLE)


def discard_output() -> None:
    """Let what is still buffered go nowhere, or the interpreter complains on its way out."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):  # no real file: nothing will be flushed to it
        sys.stdout = os.fdopen(nowhere, "w", encoding="utf-8")
