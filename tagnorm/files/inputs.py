"""Where bytes come from: a file or standard input, unpacked, with the place reached so far."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import select
import stat
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from tagnorm.errors import BadDataError, FormatError, NoInputError, OutputError
from tagnorm.files.formats import Format, recognized
from tagnorm.files.packing import DAMAGES, Packing, packing_of, refuse_bomb
from tagnorm.paths import not_there

__all__ = ["Input"]

# What is looked at to tell what a file is; a packed one may need more to unpack that much.
_HEAD, _PACKED_HEAD = 1 << 12, 1 << 18
# Who writes into a pipe without a pause longer than this, in seconds, is not waiting for answers.
_PAUSE = 0.002


class Input:
    """An open input: its format, and its bytes as if it were not packed.

    How it is packed, and whether it is Parquet, Arrow or Excel, is told by its first bytes; what
    kind of text it is by its name, or by `form` where that is given.

    Raises:
        NoInputError: it cannot be opened.
        FormatError: it is not of the format that its name or `form` says, or of none that is read.
    """

    def __init__(self, path: str | Path, form: Format | None = None) -> None:
        standard = str(path) == "-"
        self.name = "standard input" if standard else str(path)
        self._copy: IO[bytes] | None = None
        self._file: Any = None
        try:
            self._file = _standard_input() if standard else Path(path).open("rb")  # noqa: SIM115
            facts = _status(self._file)
            if facts is not None and stat.S_ISDIR(facts.st_mode):
                raise IsADirectoryError(21, "Is a directory")
            self._is_file = facts is not None and stat.S_ISREG(facts.st_mode)
            # The size on the disk, for a progress bar; None if nobody knows.
            self.size = facts.st_size if facts is not None and self._is_file else None
            self._raw = _Raw(self._file)
            head = self._raw.ahead(_HEAD)
        except (OSError, ValueError) as error:
            self.close()
            reason = getattr(error, "strerror", None) or error
            if isinstance(error, FileNotFoundError):
                reason = not_there(path, "name a file that is there")
            elif isinstance(error, IsADirectoryError):
                reason = "it is a folder; name a file in it"
            raise NoInputError(f"{self.name}: cannot be read: {reason}") from error
        try:
            self._packing = packing_of(head)
            self.format = self._recognize(head, None if standard else self.name, form)
        except BaseException:
            self.close()
            raise
        self._begin()

    def _recognize(self, head: bytes, file: str | None, form: Format | None) -> Format:
        packing = self._packing
        if packing is not None:
            head = self._unpacked_head(packing)
        named = form if form or file is None else Format.of_file(file)
        try:
            if packing is not None and packing_of(head):
                raise FormatError(f"it is packed twice, by {packing.name} first; unpack it once")
            kind = recognized(head, named.kind if named else None)
            if packing is not None and not kind.is_text:
                raise FormatError(
                    f"it is {kind.name} packed by {packing.name}, "
                    "though it has a compression of its own; unpack it first"
                )
        except FormatError as error:
            raise FormatError(f"{self.name}: {error}") from error
        return Format(kind, packing.name if packing else "")

    def _unpacked_head(self, packing: Packing) -> bytes:
        for size in (_HEAD, _PACKED_HEAD):
            with contextlib.suppress(*DAMAGES):
                found = packing.reading(io.BytesIO(self._raw.ahead(size))).read(_HEAD)
                if found:
                    return bytes(found)
            with contextlib.suppress(*DAMAGES):  # cut off here, but some of it may be there
                stream = packing.reading(io.BytesIO(self._raw.ahead(size)))
                parts = b""
                with contextlib.suppress(*DAMAGES):
                    while len(parts) < _HEAD and (data := stream.read(64)):
                        parts += data
                if parts:
                    return parts
        return b""

    def _begin(self) -> None:
        self._stream: Any = self._raw if self._packing is None else self._packing.reading(self._raw)
        self._unpacked = 0
        self._ended = False

    def read(self, size: int) -> bytes:
        """At most so many bytes; none at the end.

        Raises:
            BadDataError: what is packed is damaged or cut off; the file shrank while it was read.
        """
        if self._packing is None and self._is_file:
            return self._some(size)
        # What unpacks gives a little at a time, and so does a pipe; small blocks take longer.
        parts: list[bytes] = []
        left = size
        while left and (data := self._some(left)):
            parts.append(data)
            left -= len(data)
            if not (self._is_file or self._has_more()):
                break
        return b"".join(parts)

    def _has_more(self) -> bool:
        """Whether a pipe gives more at once. A person or a program that takes its time is answered
        first."""
        try:
            return bool(select.select([self._file], [], [], _PAUSE)[0])
        except (OSError, ValueError, TypeError):  # not for every file, and not everywhere
            return False

    def _some(self, size: int) -> bytes:
        """At most so many bytes, as many as come at once."""
        if self._ended:  # a terminal would wait for more
            return b""
        try:
            # One read of a pipe gives what has come, so answers can leave before the input ends.
            stream = self._stream
            data: bytes = getattr(stream, "read1", stream.read)(size)
        except DAMAGES as error:
            reason = str(error).split(". Detail:")[0]
            raise BadDataError(f"{self.name}: cannot be read to its end: {reason}") from error
        self._unpacked += len(data)
        if not data:
            self._ended = True
            self._check_size()
        elif self._packing is not None:
            remedy = "unpack it and clean the result"
            refuse_bomb(self.name, self._unpacked, self._raw.taken, remedy)
        return data

    def _check_size(self) -> None:
        taken = self._raw.taken
        if self.size is not None and taken < self.size:
            raise BadDataError(
                f"{self.name}: shrank while it was read: {taken:,} bytes of {self.size:,} were "
                "there; clean it again when nobody writes to it"
            )

    def position(self) -> int:
        """How many bytes of the file on the disk have been read."""
        return self._raw.taken if self._is_file else 0

    def seekable(self) -> IO[bytes]:
        """The bytes as they are on the disk, as a file in which one can go back.

        A pipe is copied to the disk.

        Raises:
            OutputError: there is no room for the copy.
        """
        self.rewind()
        file: IO[bytes] = self._file if self._copy is None else self._copy
        return file

    def rewind(self) -> None:
        """Begin again from the first byte; a pipe must have been kept with `keep` before."""
        self.keep()
        file = self._file if self._copy is None else self._copy
        file.seek(0)
        self._raw = _Raw(file)
        self._begin()

    def keep(self) -> None:
        """See to it that `rewind` will do: a pipe of which nothing was read is copied, as it is."""
        if self._is_file or self._copy is not None:
            return
        folder = tempfile.gettempdir()
        try:
            copy = tempfile.TemporaryFile()  # noqa: SIM115 -- it closes with the input
            self._copy = copy
            while data := self._raw.read(1 << 20):
                copy.write(data)
            copy.flush()
        except OSError as error:
            raise OutputError(
                f"{folder}: {self.name} cannot be copied there, to be read twice: "
                f"{error.strerror or error}; make room, or set TMPDIR to a folder with more"
            ) from error
        copy.seek(0)
        self._raw = _Raw(copy)
        self._begin()

    def close(self) -> None:
        """Close what was opened here; standard input stays open."""
        if self._copy is not None:
            with contextlib.suppress(OSError):  # it could not be written; that was said
                self._copy.close()
        if self._file is not None and self._file is not getattr(sys.stdin, "buffer", None):
            self._file.close()

    def __enter__(self) -> Input:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _standard_input() -> Any:
    if sys.stdin is None:
        raise OSError(9, "it is closed")
    buffer = getattr(sys.stdin, "buffer", None)
    if buffer is None:
        raise OSError(errno.EINVAL, "it gives no bytes here; name a file")
    raw = getattr(buffer, "raw", None)
    if os.name == "posix" and isinstance(raw, io.FileIO) and not os.get_blocking(raw.fileno()):
        # What has not come yet would look like the end.
        raise OSError(errno.EAGAIN, "it does not wait for what comes (O_NONBLOCK)")
    return buffer


def _status(file: Any) -> os.stat_result | None:
    """What the system says of an open file; None of one that is not the system's."""
    try:
        return os.fstat(file.fileno())
    except io.UnsupportedOperation:
        return None


class _Raw:
    """A file from which one can look ahead, and that knows how much was taken from it."""

    def __init__(self, file: Any) -> None:
        self.taken = 0
        self._file = file
        self._held = b""
        self._ended = False

    def ahead(self, size: int) -> bytes:
        """The next bytes, as many as there are up to a size; they will be read again."""
        while len(self._held) < size and not self._ended:
            data = self._more(size - len(self._held))
            self._held += data
        return self._held

    def read(self, size: int = -1) -> bytes:
        """At most so many bytes, at least one but at the end."""
        if size < 0:
            found = self._held + b"".join(iter(lambda: self._more(1 << 20), b""))
            self._held = b""
        elif self._held:
            found, self._held = self._held[:size], self._held[size:]
        else:
            found = self._more(size)
        self.taken += len(found)
        return found

    def _more(self, size: int) -> bytes:
        if self._ended:
            return b""
        data: bytes = getattr(self._file, "read1", self._file.read)(size)
        self._ended = not data
        return data

    # What unpacks asks for one or the other.
    read1 = read
