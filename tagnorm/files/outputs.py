"""A file that appears whole or not at all, whenever its writer is stopped.

What is written goes into a file without a name (Linux) or with a hidden one in the same folder, is
forced to the disk, and only then takes the name of the output. A file without a name vanishes with
its writer, even a killed one; a hidden one is removed unless the writer is killed.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from tagnorm.files.errors import OutputError

__all__ = ["Output", "is_same_file", "open_output", "write_text"]


class Output:
    """A stream to write bytes to that knows how many it has taken; pipes do not tell.

    This is all that Arrow's writers ask of a file.
    """

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file: IO[bytes] | None = file
        self._written = 0
        self.name = name
        self.closed = False

    def write(self, data: bytes) -> int:
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
            raise OutputError(
                f"{self.name}: cannot be written: {error.strerror or error}"
            ) from error
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

    The new file keeps the permissions of the one it replaces; a link stays a link. What is no file,
    a device or a pipe, is written to as it is.

    Raises:
        OutputError: the file cannot be made or written.
    """
    if str(path) == "-":
        with _output(sys.stdout.buffer, "standard output") as output:
            yield output
        return
    target = Path(os.path.realpath(path))
    try:
        before = target.stat() if target.exists() else None
        if before is not None and not stat.S_ISREG(before.st_mode):
            if stat.S_ISDIR(before.st_mode):
                raise OutputError(f"{path}: is a folder; name a file in it")
            with target.open("wb") as file, _output(file, str(path)) as output:
                yield output
            return
        with _appearing(target, before) as fresh, _output(fresh, str(path)) as output:
            yield output
    except BrokenPipeError:
        raise
    except OSError as error:
        # An input's errors come as `BadDataError`, so what is left here is about this file.
        reason = error.strerror or str(error)
        raise OutputError(f"{path}: cannot be written: {reason}") from error


@contextlib.contextmanager
def _output(file: IO[bytes], name: str) -> Iterator[Output]:
    output = Output(file, name)
    try:
        yield output
        output.flush()
    finally:
        output.release()


def write_text(path: str | Path, text: str) -> None:
    """Put text into a file, all of it or nothing.

    Raises:
        OutputError: the file cannot be made or written.
    """
    with open_output(path) as output:
        output.write(text.encode("utf-8", "backslashreplace"))


def is_same_file(one: str | Path, other: str | Path) -> bool:
    """Whether two paths lead to one file; one that is not there yet is compared by its path."""
    try:
        return Path(one).samefile(other)
    except OSError:
        return os.path.realpath(one) == os.path.realpath(other)


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
            os.fchmod(handle, _mode() if before is None else stat.S_IMODE(before.st_mode))
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


def _nameless(folder: Path) -> int | None:
    """A handle of a new file without a name, or None where there is no such thing."""
    flag = getattr(os, "O_TMPFILE", 0)
    if not flag or not Path("/proc/self/fd").is_dir():
        return None
    try:
        return os.open(folder, flag | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    except OSError:  # not on this kind of disk; if the folder is at fault, the other way says so
        return None


def _mode() -> int:
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
