"""Where bytes come from: a file or standard input, unpacked, with the place reached so far."""

from __future__ import annotations

import gzip
import os
import stat
import sys
import tempfile
import zlib
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from tagnorm.files.errors import BadDataError, FormatError, NoInputError
from tagnorm.files.formats import Format, compression_of, kind_of

__all__ = ["Input"]

_HEAD = 4096


class Input:
    """An open input: its format, and its bytes as if it were not compressed.

    How it is compressed, and whether it is Parquet or Arrow, is told by its first bytes; what kind
    of text it is by its name, or by `form` where that is given.

    Raises:
        NoInputError: it cannot be opened.
        FormatError: it is not of the format that its name or `form` says.
    """

    def __init__(self, path: str | Path, form: Format | None = None) -> None:
        standard = str(path) == "-"
        self.name = "standard input" if standard else str(path)
        self._plain: IO[bytes] | None = None
        self._file: Any
        try:
            self._file = (
                sys.stdin.buffer if standard else Path(path).open("rb")  # noqa: SIM115
            )
            facts = os.fstat(self._file.fileno())
            if stat.S_ISDIR(facts.st_mode):
                raise IsADirectoryError(21, "Is a directory")
            self._is_file = stat.S_ISREG(facts.st_mode)
            # The size on the disk, for a progress bar; None if nobody knows.
            self.size = facts.st_size if self._is_file else None
            head = self._file.peek(_HEAD)
        except OSError as error:
            if hasattr(self, "_file"):
                self.close()
            raise NoInputError(f"{self.name}: cannot be read: {error.strerror or error}") from error
        self._stream: Any = self._file
        self._ahead = b""
        try:
            self.format = self._recognize(head, None if standard else self.name, form)
        except BaseException:
            self.close()
            raise

    def _recognize(self, head: bytes, file: str | None, form: Format | None) -> Format:
        compression = compression_of(head)
        if compression == "gzip":
            self._stream = gzip.GzipFile(fileobj=self._file)
        elif compression == "zstd":
            import pyarrow as pa  # noqa: PLC0415

            self._stream = pa.CompressedInputStream(pa.PythonFile(self._file, "r"), "zstd")
        if compression:
            self._ahead = head = self.read(_HEAD)
        named = form if form or file is None else Format.of_file(file)
        try:
            kind = kind_of(head, named.kind if named else None)
        except FormatError as error:
            raise FormatError(f"{self.name}: {error}") from error
        return Format(kind, compression)

    def read(self, size: int) -> bytes:
        """At most so many bytes; none at the end.

        Raises:
            BadDataError: what is compressed is damaged or cut off.
        """
        if self._plain is None and self._ahead:
            found, self._ahead = self._ahead, b""
            return found
        try:
            # One read of a pipe gives what has come, so answers can leave before the input ends.
            source = self._stream if self._plain is None else self._plain
            data: bytes = getattr(source, "read1", source.read)(size)
            return data
        except (OSError, EOFError, zlib.error) as error:
            reason = str(error).split(". Detail:")[0]
            raise BadDataError(f"{self.name}: cannot be read to its end: {reason}") from error

    def position(self) -> int:
        """How many bytes of the file on the disk have been read."""
        return self._file.tell() if self._is_file else 0

    def seekable(self) -> IO[bytes]:
        """The unpacked bytes as a file in which one can go back; a pipe is copied to the disk."""
        if self._is_file and not self.format.compression:
            file: IO[bytes] = self._file
            file.seek(0)
            return file
        if self._plain is None:
            copy = tempfile.TemporaryFile()  # noqa: SIM115 -- it closes with the input
            while data := self.read(1 << 20):
                copy.write(data)
            self._plain = copy
        self._plain.seek(0)
        return self._plain

    def rewind(self) -> None:
        """Begin again from the first byte."""
        if self._is_file and not self.format.compression:
            self._file.seek(0)
        else:
            self.seekable()

    def close(self) -> None:
        """Close what was opened here; standard input stays open."""
        if self._plain is not None:
            self._plain.close()
        if self._file is not sys.stdin.buffer:
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
