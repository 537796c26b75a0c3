"""Files packed by zstd, which PyArrow unpacks: all frames, with their checksums, to the end."""

from __future__ import annotations

from typing import Any

from tagnorm.replacement import Output

__all__ = ["ZstdReader", "zstd_writer"]


class ZstdReader:
    """A packed file as one to read from."""

    def __init__(self, file: Any) -> None:
        import pyarrow as pa  # noqa: PLC0415 -- only these files need it

        self._stream = pa.CompressedInputStream(pa.PythonFile(_Whole(file), "r"), "zstd")

    def read(self, size: int) -> bytes:
        """At most so many bytes; none at the end."""
        found: bytes = self._stream.read(size)
        return found


class _Whole:
    """What Arrow asks of a Python file, and no more."""

    closed = False

    def __init__(self, file: Any) -> None:
        self.read = file.read

    def close(self) -> None:
        self.closed = True


def zstd_writer(output: Output) -> Any:
    """An output as a file that packs what is written to it."""
    import pyarrow as pa  # noqa: PLC0415

    return pa.CompressedOutputStream(pa.PythonFile(output, "w"), "zstd")
