"""Files that appear whole or not at all, whenever their writer is stopped: the one way to write.

What is written goes into a file without a name (Linux) or with a hidden one in the same folder, is
forced to the disk, and only then takes the name of the output. A file without a name vanishes with
its writer, even a killed one; a hidden one is removed unless the writer is killed. The new file has
the mode and, where the system allows it, the owner of the one it replaces. A link stays a link:
what it leads to is replaced. Another name of the same file (a hard link) keeps the old content.
A device, a pipe, or what a stream of the process leads to, is written to as it is.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, TextIO

from tagnorm.errors import OutputError
from tagnorm.paths import stream_of

__all__ = ["Output", "check_output", "new_file_mode", "open_output", "replacing", "write_text"]

_REMEDIES = {
    errno.ENOSPC: "make room on the disk, or name a file on another one",
    errno.EDQUOT: "make room in your quota, or name a file on another disk",
    errno.EROFS: "the disk is read-only; name a file on another one",
    errno.EACCES: "name a file in a folder that you may write to",
    errno.EPERM: "name a file in a folder that you may write to",
    errno.ENOENT: "make the folder first",
    errno.ENOTDIR: "one part of the path is a file, not a folder",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.EFBIG: "the system allows no file of this size",
}


class Output:
    """A stream to write bytes to that knows how many it has taken; pipes do not tell.

    This is all that Arrow's writers ask of a file.
    """

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file: IO[bytes] | None = file
        self._written = 0
        self.name = name
        self.closed = False

    def write(self, data: bytes | memoryview) -> int:
        """Write all of it.

        Raises:
            OutputError: it cannot be written: the disk is full, say.
        """
        view = memoryview(data).cast("B")
        if self._file is None:
            return len(view)
        left = view
        try:
            while left:  # standard output without a buffer takes as much as it likes
                left = left[self._file.write(left) :]
        except BrokenPipeError:
            raise
        except OSError as error:
            raise _cannot_write(self.name, error) from error
        self._written += len(view)
        return len(view)

    def tell(self) -> int:
        """How many bytes were written."""
        return self._written

    def flush(self) -> None:
        """Hand on what is still in a buffer."""
        if self._file is not None:
            self._file.flush()

    def release(self) -> None:
        """Let the file go; writers that still want to end theirs properly are not in its way."""
        self._file = None

    def close(self) -> None:
        """Take no more; who opened the file below closes it."""
        self.closed = True

    def writable(self) -> bool:
        """Yes."""
        return True

    def readable(self) -> bool:
        """No."""
        return False

    def seekable(self) -> bool:
        """No."""
        return False


@contextlib.contextmanager
def open_output(path: str | Path) -> Iterator[Output]:
    """Open a file that takes its name when the block ends without an error; `-` is standard output.

    Raises:
        OutputError: the file cannot be made or written; the message has the path and the remedy.
    """
    name = "standard output" if str(path) == "-" else str(path)
    try:
        stream = _stream(path)
        if stream is not None:
            with stream as file, _output(file, name) as output:
                yield output
            return
        target, before = _target(path)
        if before is not None and not stat.S_ISREG(before.st_mode):
            with target.open("wb") as file, _output(file, name) as output:
                yield output
            return
        with _appearing(target, before) as fresh, _output(fresh, name) as output:
            yield output
    except BrokenPipeError:
        raise
    except OSError as error:
        # An input's errors come as `BadDataError`, so what is left here is about this file.
        raise _cannot_write(name, error) from error


def check_output(path: str | Path) -> None:
    """See to it, before long work, that a file can be made where one is to be written at its end.

    Streams, devices and pipes are left alone.

    Raises:
        OutputError: it cannot be made; the message is that of `open_output`.
    """
    if stream_of(path) is not None:
        return
    try:
        target, before = _target(path)
        if before is None or stat.S_ISREG(before.st_mode):
            tempfile.TemporaryFile(dir=target.parent).close()
    except OSError as error:
        raise _cannot_write(str(path), error) from error


def _target(path: str | Path) -> tuple[Path, os.stat_result | None]:
    """Where a file is to be written, links followed, and what is there.

    Raises:
        OSError: links lead to one another.
        OutputError: it is a folder.
    """
    target = Path(os.path.realpath(path))
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    before = target.stat() if target.exists() else None
    if before is not None and stat.S_ISDIR(before.st_mode):
        raise OutputError(f"{path}: is a folder; name a file in it")
    return target, before


@contextlib.contextmanager
def replacing(path: str | Path, errors: str = "strict") -> Iterator[TextIO]:
    """A UTF-8 file to write to, which takes the place of `path` when all is on the disk.

    If the writing fails, what was there is still there, and nothing else is left behind.

    Raises:
        OutputError: the file cannot be made or written.
    """
    with open_output(path) as output:
        raw = io.BufferedWriter(_Raw(output))
        text = io.TextIOWrapper(raw, encoding="utf-8", errors=errors, newline="")
        yield text
        text.flush()
        text.detach()


def write_text(path: str | Path, text: str) -> None:
    """Put text into a file, all of it or nothing.

    Raises:
        OutputError: the file cannot be made or written.
    """
    with open_output(path) as output:
        output.write(text.encode("utf-8", "backslashreplace"))


class _Raw(io.RawIOBase):
    """An output as Python's text files want it."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        return self._output.write(data)


def _cannot_write(name: str, error: OSError) -> OutputError:
    remedy = _REMEDIES.get(error.errno or 0)
    reason = error.strerror or str(error)
    return OutputError(f"{name}: cannot be written: {reason}" + (f"; {remedy}" if remedy else ""))


def _stream(path: str | Path) -> contextlib.AbstractContextManager[IO[bytes]] | None:
    """The stream of this process that a path names, or None.

    Opened anew, the file behind it would be emptied, and written from its begin.
    """
    if str(path) == "-":
        if sys.stdout is None:
            raise OutputError("standard output: is closed; name a file with -o")
        sys.stdout.flush()
        buffer = getattr(sys.stdout, "buffer", None)
        if buffer is None:
            raise OutputError("standard output: takes no bytes here, as in a notebook; name a file")
        return contextlib.nullcontext(buffer)
    number = stream_of(path)
    return None if number is None else os.fdopen(os.dup(number), "wb")


@contextlib.contextmanager
def _output(file: IO[bytes], name: str) -> Iterator[Output]:
    output = Output(file, name)
    try:
        yield output
        output.flush()
    finally:
        output.release()


@contextlib.contextmanager
def _appearing(target: Path, before: os.stat_result | None) -> Iterator[IO[bytes]]:
    handle, hidden = _nameless(target.parent), None
    if handle is None:
        handle, name = tempfile.mkstemp(
            prefix=f".{target.name[:100]}.", suffix=".part", dir=target.parent
        )
        hidden = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            _take_after(handle, before)
            os.fsync(handle)
            if hidden is None:
                fresh = target.with_name(f".{target.name[:100]}.{os.getpid()}.part")
                fresh.unlink(missing_ok=True)
                # A directory handle makes Python follow the link that stands for the open file.
                os.link(f"/proc/self/fd/{handle}", fresh, src_dir_fd=handle, follow_symlinks=True)
                hidden = fresh
        hidden.replace(target)
        hidden = None
    finally:
        if hidden is not None:
            with contextlib.suppress(OSError):
                hidden.unlink()
    _sync_folder(target.parent)


def _take_after(handle: int, before: os.stat_result | None) -> None:
    """Give a new file the owner and the mode of the one that it replaces."""
    if before is not None and hasattr(os, "fchown"):
        # Only the administrator may give a file away; the group may be one's own.
        with contextlib.suppress(OSError):
            os.fchown(handle, -1, before.st_gid)
        with contextlib.suppress(OSError):
            os.fchown(handle, before.st_uid, -1)
    if hasattr(os, "fchmod"):
        os.fchmod(handle, new_file_mode() if before is None else stat.S_IMODE(before.st_mode))


def _nameless(folder: Path) -> int | None:
    """A handle of a new file without a name, or None where there is no such thing."""
    flag = getattr(os, "O_TMPFILE", 0)
    if not flag or not Path("/proc/self/fd").is_dir():
        return None
    try:
        return os.open(folder, flag | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    except OSError:  # not on this kind of disk; if the folder is at fault, the other way says so
        return None


def new_file_mode() -> int:
    """The permissions of a new file."""
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    """Force the new name to the disk, where folders can be forced."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
