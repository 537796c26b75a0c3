"""Files of formats that are not read here, known by their first bytes, with what to do instead."""

from __future__ import annotations

import attrs

__all__ = ["Foreign", "foreign_name"]


@attrs.frozen
class Foreign:
    """What a file is, and how one gets at its rows; of some the `kind` is read here after all."""

    what: str
    remedy: str
    kind: str = ""
    is_zip: bool = False


_SAVE = "save the table as CSV or .xlsx, and clean that"
_UNPACK = "unpack it, and clean what is in it"
_TO_CSV = "write it as CSV or Parquet with the program that made it, and clean that"

_MAGIC: tuple[tuple[bytes, Foreign], ...] = (
    (
        b"SQLite format 3\0",
        Foreign(
            "a SQLite database",
            "write a table as CSV:  sqlite3 -header -csv FILE 'select * from TABLE' > table.csv",
        ),
    ),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Foreign("an old Office file (.xls, .doc)", _SAVE)),
    (b"%PDF-", Foreign("a PDF", "take the table out of it as CSV, and clean that")),
    (b"{\\rtf", Foreign("a text of a word processor (RTF)", "save the table as CSV")),
    (b"7z\xbc\xaf\x27\x1c", Foreign("a 7-Zip archive", _UNPACK)),
    (b"Rar!\x1a\x07", Foreign("a RAR archive", _UNPACK)),
    (b"\x04\x22\x4d\x18", Foreign("a file packed by lz4", _UNPACK)),
    (b"\xff\x06\x00\x00sNaPpY", Foreign("a file packed by snappy", _UNPACK)),
    (b"\x1f\x9d", Foreign("a file packed by compress (.Z)", _UNPACK)),
    (b"\x1f\xa0", Foreign("a file packed by compress (.Z)", _UNPACK)),
    (b"LZIP", Foreign("a file packed by lzip", _UNPACK)),
    (b"]\x00\x00", Foreign("a file packed by lzma", _UNPACK)),
    (b"Obj\x01", Foreign("an Avro file", _TO_CSV)),
    (b"ORC", Foreign("an ORC file", _TO_CSV)),
    (b"PARE", Foreign("an encrypted Parquet file", "decrypt it, and clean that")),
    (b"FEA1", Foreign("a Feather file of the first version", _TO_CSV)),
    (b"\x89HDF\r\n\x1a\n", Foreign("an HDF5 file", _TO_CSV)),
    (b"\x93NUMPY", Foreign("an array of NumPy", _TO_CSV)),
    (b"<stata_dta>", Foreign("a Stata file", _TO_CSV)),
    (b"$FL2", Foreign("an SPSS file", _TO_CSV)),
    (b"RDX", Foreign("a file of R", _TO_CSV)),
    (b"X\n\0\0\0", Foreign("a file of R", _TO_CSV)),
    (b"\0\x01\0\0Standard", Foreign("an Access database", _TO_CSV)),
    (b"<?xml", Foreign("XML", _TO_CSV)),
    (b"<!doctype html", Foreign("a web page", "save its table as CSV, and clean that")),
    (b"<html", Foreign("a web page", "save its table as CSV, and clean that")),
    (b"\x80\x04\x95", Foreign("a pickle of Python", _TO_CSV)),
    (b"\x80\x05\x95", Foreign("a pickle of Python", _TO_CSV)),
    (b"\x89PNG", Foreign("a picture", "tags are read from text only")),
    (b"\xff\xd8\xff", Foreign("a picture", "tags are read from text only")),
    (b"\x7fELF", Foreign("a program", "name a file with rows")),
)
_DUCKDB = Foreign(
    "a DuckDB database",
    "write a table as Parquet:  duckdb FILE \"COPY table TO 'table.parquet'\"",
)
_ZIPPED: tuple[tuple[bytes, Foreign], ...] = (
    (b"opendocument.spreadsheet", Foreign("an OpenDocument spreadsheet (.ods)", _SAVE)),
    (b"opendocument", Foreign("an OpenDocument file", _SAVE)),
    (b"word/", Foreign("a Word document", "save its table as CSV or .xlsx, and clean that")),
    (b"ppt/", Foreign("a PowerPoint file", "save its table as CSV or .xlsx, and clean that")),
)
_ZIP = Foreign("a zip archive", f"{_UNPACK}; an Excel file must be called .xlsx", is_zip=True)
_EXCEL = Foreign("an Excel file", "", "xlsx")


def foreign_name(head: bytes) -> Foreign | None:
    """What a file is that begins so, if it is none of the formats with a magic of their own.

    >>> foreign_name(b"SQLite format 3" + bytes(90)).what
    'a SQLite database'
    >>> foreign_name(b"id,tags") is None
    True
    """
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        if b"[Content_Types].xml" in head or b"xl/" in head:
            found = next((f for mark, f in _ZIPPED[2:] if mark in head), None)
            return found or _EXCEL
        return next((f for mark, f in _ZIPPED if mark in head), _ZIP)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    is_binary = any(byte < 9 for byte in head)  # no letter, tab or line end
    for magic, found in _MAGIC:
        if magic.isalnum() and not is_binary:  # a header may begin so: `ORCID,tags`
            continue
        if head.startswith(magic) or (magic[:1] == b"<" and start.startswith(magic)):
            return found
    if head[8:12] == b"DUCK" and is_binary:
        return _DUCKDB
    if head[257:262] == b"ustar":
        return Foreign("a tar archive", _UNPACK)
    return None
