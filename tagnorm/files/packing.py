"""Text on its way out, packed or as it is."""

from __future__ import annotations

import contextlib
import gzip
from collections.abc import Iterator
from typing import Any

from tagnorm.files.formats import Compression
from tagnorm.files.outputs import Output

__all__ = ["packed"]


@contextlib.contextmanager
def packed(output: Output, compression: Compression) -> Iterator[Any]:
    """A stream to write bytes to; what it packs is complete when the block ends without an error.

    The same bytes are packed the same: no name and no time is stored with them.
    """
    stream: Any = output
    if compression == "gzip":
        stream = gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=output, mtime=0)
    elif compression == "zstd":
        import pyarrow as pa  # noqa: PLC0415

        stream = pa.CompressedOutputStream(pa.PythonFile(output, "w"), "zstd")
    yield stream
    if compression:
        stream.close()
