"""The three standard streams, whatever the caller has done to them: closed, a terminal, a pipe."""

from __future__ import annotations

import errno
import io
import os
import select
import sys
from typing import IO, TYPE_CHECKING, cast

from tagnorm.errors import FormatError
from tagnorm.paths import is_standard_output

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

__all__ = ["note", "reopen", "set_encodings", "standard_input"]


def reopen() -> None:
    """Put in the place of closed streams what fails by name, and have others wait."""
    _reopen_closed()
    _wait_for_others()


def _reopen_closed() -> None:
    """Put something in the place of streams that were closed (`>&-`), so that using them fails.

    Python has None there, and the next file that is opened would get the number of the stream:
    what is meant for standard output would be written into it.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is not None:
            continue
        _occupy(number)
        raw: io.RawIOBase = _Closed(name)
        if name == "stderr":  # there is nobody to tell
            raw = io.FileIO(os.devnull, "w")
        buffer: IO[bytes]
        if name == "stdin":
            buffer = cast("IO[bytes]", io.BufferedReader(raw))
        else:
            buffer = cast("IO[bytes]", io.BufferedWriter(raw))
        setattr(sys, name, io.TextIOWrapper(buffer, encoding="utf-8"))


def _wait_for_others() -> None:
    """Let streams wait that whoever has their other end, or shares them, told not to (O_NONBLOCK).

    Python takes "nothing yet" for the end. The flag is left, since it is theirs, too.
    """
    for number, name in enumerate(("stdin", "stdout")):
        buffer = getattr(getattr(sys, name), "buffer", None)
        raw = getattr(buffer, "raw", buffer)  # with PYTHONUNBUFFERED there is no buffer
        if os.name != "posix" or not isinstance(raw, io.FileIO) or os.get_blocking(raw.fileno()):
            continue
        kind = io.BufferedWriter if number else io.BufferedReader
        waiting = cast("IO[bytes]", kind(_Waiting(raw)))
        setattr(sys, name, io.TextIOWrapper(waiting, encoding="utf-8"))


def set_encodings() -> None:
    """Whatever the locale says, standard input and output are UTF-8; a terminal knows its own."""
    for stream, errors in (
        (sys.stdin, "surrogateescape"),
        (sys.stdout, "backslashreplace"),
        (sys.stderr, "backslashreplace"),
    ):
        # What a caller put in the place of a stream may have no encoding.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors=errors)


def standard_input(what: str = "lines", *, quiet: bool = False) -> IO[bytes]:
    """The bytes of standard input; at a terminal with a hint, and with one end.

    A terminal can be read on after Ctrl-D, so whoever looks ahead would have it typed twice.

    Raises:
        FormatError: it is the file that standard output goes to.
    """
    stream = sys.stdin
    if not stream.isatty():
        if _is_output(stream):
            raise FormatError(
                "standard input: is standard output itself; what is printed would be read again, "
                "so send it to another file"
            )
        return cast("IO[bytes]", stream.buffer)
    if not quiet:
        end = "Ctrl-Z and Enter end" if os.name == "nt" else "Ctrl-D ends"
        note(f"reading {what} from the terminal; {end} them, Ctrl-C stops")
    raw = getattr(stream.buffer, "raw", stream.buffer)
    if not isinstance(raw, _OneEnd):
        buffer = io.BufferedReader(_OneEnd(raw))
        sys.stdin = io.TextIOWrapper(buffer, encoding=stream.encoding, errors=stream.errors)
    return cast("IO[bytes]", sys.stdin.buffer)


def _is_output(stream: IO[str]) -> bool:
    try:
        return is_standard_output(stream.fileno())
    except (OSError, ValueError):  # what a caller put there has no number
        return False


def note(message: str) -> None:
    """A remark for a person on standard error."""
    print(f"tagnorm: {message}", file=sys.stderr, flush=True)


def _occupy(number: int) -> None:
    """Give the number of a closed stream to nothing, so that no file gets it."""
    try:
        os.fstat(number)
    except OSError:
        nothing = os.open(os.devnull, os.O_RDWR)
        if nothing != number:
            os.dup2(nothing, number)
            os.close(nothing)


class _Closed(io.RawIOBase):
    """A stream that was closed by the caller: reading and writing fail with its name.

    Writing fails once, which ends the program. What is still held back then is tried again when
    Python puts the stream away, and would show up as an error that nobody can catch.
    """

    def __init__(self, name: str) -> None:
        self._has_failed = False
        self._name = {"stdin": "standard input", "stdout": "standard output"}.get(name, name)

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        raise self._error()

    def write(self, data: ReadableBuffer, /) -> int:
        if self._has_failed:
            return memoryview(data).nbytes
        self._has_failed = True
        raise self._error()

    def _error(self) -> OSError:
        return OSError(errno.EBADF, "is closed", self._name)


class _Waiting(io.RawIOBase):
    """A stream that does not wait for its other end, which here is waited for."""

    def __init__(self, stream: io.FileIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return self._stream.readable()

    def writable(self) -> bool:
        return self._stream.writable()

    def isatty(self) -> bool:
        return self._stream.isatty()

    def fileno(self) -> int:
        return self._stream.fileno()

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        while (found := self._stream.readinto(buffer)) is None:
            select.select([self._stream], [], [])
        return found

    def write(self, data: ReadableBuffer, /) -> int:
        while (written := self._stream.write(data)) is None:
            select.select([], [self._stream], [])
        return written


class _OneEnd(io.RawIOBase):
    """A terminal that has ended when it has ended once."""

    def __init__(self, terminal: IO[bytes]) -> None:
        self._terminal = terminal
        self._ended = False

    def readable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._terminal.fileno()

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        found = b"" if self._ended else self._terminal.read(len(view))
        self._ended = not found
        view[: len(found)] = found
        return len(found)
