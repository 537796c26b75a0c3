"""The format of a file, by its name and by its first bytes."""

from __future__ import annotations

import re
from pathlib import Path

import attrs

from tagnorm.arguments import argument
from tagnorm.errors import FormatError
from tagnorm.files.foreign import foreign_name
from tagnorm.files.packing import PACKINGS
from tagnorm.files.registry import KINDS, Kind, kind_named

__all__ = ["Format", "check_ending", "format_list", "recognized"]

_ENDINGS = {ending: kind for kind in KINDS for ending in (kind.name, *kind.endings)}
_PACKED = {ending: packing.name for packing in PACKINGS for ending in packing.endings}
# Endings that say nothing of what is in a file.
_SILENT = frozenset(
    (
        "out", "output", "tmp", "temp", "new", "old", "bak", "orig", "part", "partial", "dat",
        "data", "raw", "clean", "cleaned", "",
    )
)  # fmt: skip
_ENDING = re.compile(r"[a-z][a-z0-9_+-]{0,9}$")


@attrs.frozen
class Format:
    """What kind of rows a file holds, and how its text is packed, if it is.

    >>> Format.named("jsonl.gz")
    Format(jsonl.gz)
    """

    kind: Kind
    packing: str = ""

    def __repr__(self) -> str:
        return f"Format({self.name})"

    @property
    def name(self) -> str:
        """The name as options have it."""
        ending = next((p.endings[0] for p in PACKINGS if p.name == self.packing), "")
        return f"{self.kind.name}.{ending}" if ending else self.kind.name

    @classmethod
    def of_file(cls, name: str) -> Format | None:
        """The format that a file's name tells, or None.

        >>> Format.of_file("cables/tags.CSV.zst"), Format.of_file("tags")
        (Format(csv.zst), None)

        Raises:
            FormatError: a format that brings its own compression is packed once more.
        """
        parts = _endings(name)
        packing = _PACKED[parts.pop()] if parts and parts[-1] in _PACKED else ""
        if not parts or parts[-1] not in _ENDINGS:
            return None
        found = cls(_ENDINGS[parts[-1]], packing)
        if packing and not found.kind.is_text:
            raise FormatError(
                f"{name}: {found.kind.name} has a compression of its own; "
                "leave out the last ending, and unpack the file if it is there"
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
                f"{name!r} is no format that can be read or written; there are: {format_list()}"
            )
        return found

    @classmethod
    def to_write(cls, name: str, source: Format) -> Format:
        """The format of a file that is to be written: as its name tells, else as it was read.

        Raises:
            FormatError: the name tells a format that is not written here.
        """
        found = cls.of_file(name)
        if found is None:
            parts = _endings(name)
            packing = _PACKED[parts.pop()] if parts and parts[-1] in _PACKED else ""
            last = parts[-1] if parts else ""
            if last not in _SILENT and _ENDING.match(last):
                raise FormatError(
                    f"{name}: {last!r} is no format that is written here; there are: "
                    f"{format_list(written=True)}. Choose such an ending, or say with "
                    f"{argument('to_format')} what is to be in the file"
                )
            if packing and not source.kind.is_text:
                raise FormatError(f"{name}: {source.kind.name} has a compression of its own")
            found = cls(source.kind if source.kind.is_written else kind_named("csv"), packing)
        return found.written(name)

    def written(self, what: str) -> Format:
        """The format itself, if it is written; what asks for it is for the message.

        Raises:
            FormatError: it is read alone.
        """
        if not self.kind.is_written:
            raise FormatError(
                f"{what}: {self.kind.name} is read, not written; there are: "
                f"{format_list(written=True)}"
            )
        return self


def check_ending(file: str | Path, *endings: str) -> None:
    """See to it that the name of a file says nothing else than what is to be in it.

    >>> check_ending("left.json", "json", "tsv"), check_ending("left.new", "json")
    (None, None)
    >>> check_ending("left.xlsx", "json", "tsv")
    Traceback (most recent call last):
    tagnorm.errors.FormatError: left.xlsx: 'xlsx' is no format that is written here; choose ...

    Args:
        endings: those that say what is to be in it; none, and such as say nothing, will do, too.

    Raises:
        FormatError: it ends in another.
    """
    last = next(reversed(_endings(str(file))), "")
    if last not in (*endings, *_SILENT, "txt") and _ENDING.match(last):
        fitting = " or ".join(f".{ending}" for ending in endings)
        raise FormatError(f"{file}: {last!r} is no format that is written here; choose {fitting}")


def format_list(*, written: bool = False) -> str:
    """The names of the formats, for messages and help."""
    kinds = [kind for kind in KINDS if kind.is_written or not written]
    texts = ", ".join(kind.name for kind in kinds if kind.is_text)
    others = ", ".join(kind.name for kind in kinds if not kind.is_text)
    packed = ", ".join(f".{packing.endings[0]}" for packing in PACKINGS)
    return f"{texts} (each also with {packed}), {others}"


def recognized(head: bytes, named: Kind | None) -> Kind:
    """What a file is, by its first bytes where they tell, else as it was named, else CSV.

    >>> recognized(b'{"tags": "PREL"}', None).name, recognized(b"PAR1", kind_named("csv")).name
    ('jsonl', 'parquet')

    Raises:
        FormatError: the first bytes are those of another format than the name says, or of one that
            cannot be read.
    """
    if named is not None and named.name == "lines":
        return named
    for kind in KINDS:
        if kind.magic and head.startswith(kind.magic):
            return kind
    foreign = foreign_name(head)
    if foreign is not None:
        if foreign.kind or (named is not None and named.name == "xlsx" and foreign.is_zip):
            return kind_named("xlsx")
        raise FormatError(f"this is {foreign.what}; {foreign.remedy}")
    if named is not None and not named.is_text:
        raise FormatError(
            f"this is no {named.name} file; say what it is with "
            f"{argument('from_format')}: {format_list()}"
        )
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    of_start = {b"{": "jsonl", b"[": "json"}.get(start, "csv")
    if named is not None and named.name in ("jsonl", "json"):
        return named if of_start == "csv" else kind_named(of_start)
    return named or kind_named(of_start)


def _endings(name: str) -> list[str]:
    return name.lower().replace("\\", "/").rpartition("/")[2].split(".")[1:]
