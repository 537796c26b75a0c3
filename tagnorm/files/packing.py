"""How a whole file may be packed: a line for each way, with its endings and its first bytes."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import attrs

from tagnorm.errors import BadDataError
from tagnorm.files.packed_streams import bzip2_reader, xz_reader
from tagnorm.files.zstd import ZstdReader, zstd_writer
from tagnorm.replacement import Output

__all__ = ["DAMAGES", "PACKINGS", "Packing", "packed", "packing_of", "refuse_bomb"]

# What unpacks to so many times its size, and to so much, is no file that somebody made to be read.
_BOMB_RATIO, _BOMB_BYTES = 500, 1 << 30
# What the readers of packed files raise where one is damaged or cut off.
DAMAGES = (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError)


@attrs.frozen
class Packing:
    """A way to pack: `reading` takes a file, `writing` an output; both give a file."""

    name: str
    endings: tuple[str, ...]
    magic: tuple[bytes, ...]
    reading: Callable[[Any], Any]
    writing: Callable[[Any], Any]


# The same bytes are packed the same: no name and no time is stored with them.
PACKINGS = (
    Packing(
        "gzip",
        ("gz", "gzip"),
        (b"\x1f\x8b",),
        lambda file: gzip.GzipFile(fileobj=file),
        lambda out: gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=out, mtime=0),
    ),
    Packing(
        "zstd",
        ("zst", "zstd"),
        (b"\x28\xb5\x2f\xfd", *(bytes((0x50 + n, 0x2A, 0x4D, 0x18)) for n in range(16))),
        ZstdReader,
        zstd_writer,
    ),
    Packing(
        "bzip2",
        ("bz2",),
        (b"BZh9\x17rE8P\x90", *(b"BZh%d1AY&SY" % level for level in range(1, 10))),
        bzip2_reader,
        lambda out: bz2.BZ2File(out, "wb"),
    ),
    Packing(
        "xz",
        ("xz",),
        (b"\xfd7zXZ\x00",),
        xz_reader,
        lambda out: lzma.LZMAFile(out, "wb", preset=3),  # noqa: SIM115 -- `packed` closes it
    ),
)


def packing_of(head: bytes) -> Packing | None:
    """How a file is packed, by its first bytes, whatever its name says.

    >>> packing_of(b"BZh91AY&SY").name, packing_of(b"id,tags")
    ('bzip2', None)
    """
    for packing in PACKINGS:
        if head.startswith(packing.magic):
            return packing
    return None


def refuse_bomb(name: str, unpacked: int, taken: int, remedy: str) -> None:
    """See to it that a packed file is one that somebody made to be read.

    >>> refuse_bomb("raw.csv.gz", unpacked=1 << 40, taken=1 << 20, remedy="unpack it yourself")
    Traceback (most recent call last):
    tagnorm.errors.BadDataError: raw.csv.gz: unpacks to more than 500 times its size, ...

    Raises:
        BadDataError: so few bytes unpack to so many that no table can be in them.
    """
    if unpacked > max(_BOMB_BYTES, _BOMB_RATIO * taken):
        raise BadDataError(
            f"{name}: unpacks to more than {_BOMB_RATIO} times its size, which no table does; "
            f"if you trust it, {remedy}"
        )


@contextlib.contextmanager
def packed(output: Output, name: str) -> Iterator[Any]:
    """A stream to write to; what it packs is complete when the block ends without an error."""
    packing = next((one for one in PACKINGS if one.name == name), None)
    stream: Any = output if packing is None else packing.writing(output)
    yield stream
    if packing is not None:
        stream.close()
