"""The formats of files, by their names and by their first bytes."""

from __future__ import annotations

from typing import Literal

import attrs

from tagnorm.files.errors import FormatError

__all__ = ["FORMATS", "Compression", "Format", "Kind", "compression_of", "kind_of"]

Kind = Literal["csv", "tsv", "jsonl", "parquet", "arrow", "arrow-stream"]
Compression = Literal["", "gzip", "zstd"]

_KINDS: dict[str, Kind] = {
    "csv": "csv",
    "txt": "csv",
    "tsv": "tsv",
    "tab": "tsv",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "parquet": "parquet",
    "pq": "parquet",
    "arrow": "arrow",
    "feather": "arrow",
    "ipc": "arrow",
    "arrows": "arrow-stream",
    "arrow-stream": "arrow-stream",
}
_COMPRESSIONS: dict[str, Compression] = {"gz": "gzip", "zst": "zstd", "zstd": "zstd"}
FORMATS = "csv, tsv, jsonl (each also with .gz or .zst), parquet, arrow, arrow-stream"


@attrs.frozen
class Format:
    """What kind of rows a file holds, and how its text is compressed.

    >>> Format.named("jsonl.gz")
    Format(kind='jsonl', compression='gzip')
    """

    kind: Kind
    compression: Compression = ""

    @classmethod
    def of_file(cls, name: str) -> Format | None:
        """The format that a file's name tells, or None.

        >>> Format.of_file("cables/tags.CSV.zst"), Format.of_file("tags")
        (Format(kind='csv', compression='zstd'), None)

        Raises:
            FormatError: a format that brings its own compression is compressed once more.
        """
        parts = name.lower().replace("\\", "/").rpartition("/")[2].split(".")[1:]
        compression: Compression = ""
        if parts and parts[-1] in _COMPRESSIONS:
            compression = _COMPRESSIONS[parts.pop()]
        if not parts or parts[-1] not in _KINDS:
            return None
        found = cls(_KINDS[parts[-1]], compression)
        if compression and not found.is_text:
            raise FormatError(
                f"{name}: {found.kind} has a compression of its own; leave out the last ending"
            )
        return found

    @classmethod
    def named(cls, name: str) -> Format:
        """The format with a name as options have it: `csv`, `tsv.gz`, `parquet`.

        Raises:
            FormatError: there is none.
        """
        found = cls.of_file(f".{name}")
        if found is None:
            raise FormatError(
                f"{name!r} is no format that can be read or written; there are: {FORMATS}"
            )
        return found

    @property
    def is_delimited(self) -> bool:
        """Whether the rows are lines of cells."""
        return self.kind in ("csv", "tsv")

    @property
    def is_text(self) -> bool:
        """Whether the file is text, which may be compressed as a whole."""
        return self.is_delimited or self.kind == "jsonl"


def compression_of(head: bytes) -> Compression:
    """How a file is compressed, by its first bytes, whatever its name says."""
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    return "zstd" if head.startswith(b"\x28\xb5\x2f\xfd") else ""


def kind_of(head: bytes, named: Kind | None) -> Kind:
    """What a file is, by its first bytes where they tell, else as it was named, else CSV.

    >>> kind_of(b'{"tags": "PREL"}', None), kind_of(b"PAR1", "csv"), kind_of(b"id,tags", None)
    ('jsonl', 'parquet', 'csv')

    Raises:
        FormatError: the first bytes are those of another format than the name says.
    """
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"ARROW1"):
        return "arrow"
    if head.startswith(b"\xff\xff\xff\xff"):
        return "arrow-stream"
    if named in ("parquet", "arrow", "arrow-stream"):
        raise FormatError(f"this is no {named} file; say what it is with --from: {FORMATS}")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if named in (None, "jsonl") and start == b"[":
        raise FormatError(
            "this is one JSON array, not JSON lines; make lines of it with:  jq -c '.[]'"
        )
    return named or ("jsonl" if start == b"{" else "csv")
