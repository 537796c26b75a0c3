"""Reading a vocabulary folder: tab-separated files with a provenance header, checked row by row.

A file starts with lines of `# key: value` (and free `# ...` prose), then the column names, then
one row an entry. The keys that matter:

* `kind` -- what the codes of the file are: `subject`, `geographic` ... (default: the file's name);
  `outside` marks a list of acronyms that look like codes and are none;
* `family` -- the letter or name of the family, if the codes form one;
* `shape` -- a regular expression that every code must match in full;
* `anchor` -- how many letters a code needs to carry a string of run-together codes by itself
  (default 3), or `never`;
* `version` -- the date or number of the edition.

`aliases.tsv` holds the aliases. Every problem of every file is collected, none is raised here.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

import attrs

from tagnorm.errors import Problem
from tagnorm.text import squash

__all__ = ["Row", "Vocabulary", "builtin_folder", "read_folder"]

_CODE_COLUMNS = ("code", "name", "status", "replaced_by", "source")
_ALIAS_COLUMNS = ("alias", "code")
_OUTSIDE_COLUMNS = ("code",)
_STATUSES = ("current", "retired", "attested")
_COUNTS = ("cables", "position")


@attrs.frozen
class Row:
    """One row of a file, with the file's header and the place it stands in."""

    file: str
    line: int
    header: dict[str, str]
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def get(self, column: str, default: str) -> str:
        """The cell in a column that the file may lack."""
        return self.cells.get(column, default)

    def problem(self, message: str) -> Problem:
        """Something that is wrong with this row."""
        return Problem(self.file, self.line, message)


@attrs.define
class Vocabulary:
    """The rows of a folder, and all that is wrong with them."""

    version: str = "unversioned"
    codes: list[Row] = attrs.Factory(list)
    aliases: list[Row] = attrs.Factory(list)
    outside: list[Row] = attrs.Factory(list)
    problems: list[Problem] = attrs.Factory(list)


def builtin_folder() -> Path:
    """Where the built-in vocabulary lies: in the installed package, or beside it in a checkout."""
    inside = Path(__file__).with_name("data") / "taxonomy"
    return inside if inside.is_dir() else Path(__file__).parents[1] / "taxonomy"


def read_folder(folder: Path) -> Vocabulary:
    """All rows of the `*.tsv` files of a folder, checked against one another."""
    found = Vocabulary()
    files = sorted(folder.glob("*.tsv")) if folder.is_dir() else []
    if not files:
        message = "no *.tsv file here; a vocabulary is a folder of tab-separated files"
        found.problems.append(Problem(str(folder), 0, message))
    versions, digest = [], 0
    for path in files:
        content = path.read_bytes()
        digest = zlib.crc32(content, digest)
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            found.problems.append(Problem(path.name, line, f"not UTF-8: {error.reason}"))
            continue
        header = _read_file(path, text, found)
        versions.append(header.get("version", ""))
    if any(versions):
        found.version = f"{max(versions)}+{digest:08x}"
    _check(found)
    return found


def _read_file(path: Path, text: str, found: Vocabulary) -> dict[str, str]:
    """Add the rows of one file; return its header."""
    header = {"kind": path.stem}
    lines = enumerate(text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n"), start=1)
    columns: list[str] = []
    for _, line in lines:
        if not line.startswith("#"):
            columns = line.split("\t")
            break
        key, colon, value = line[1:].partition(":")
        if colon and key.strip().isidentifier():
            header[key.strip()] = value.strip()
    needed: tuple[str, ...] = _CODE_COLUMNS
    rows = found.codes
    if path.name == "aliases.tsv":
        needed, rows = _ALIAS_COLUMNS, found.aliases
    elif header["kind"] == "outside":
        needed, rows = _OUTSIDE_COLUMNS, found.outside
    missing = [column for column in needed if column not in columns]
    if missing:
        message = f"missing column {', '.join(missing)}; found {', '.join(columns) or 'none'}"
        found.problems.append(Problem(path.name, 0, message))
        return header
    found.problems.extend(_check_header(path.name, header))
    for number, line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != len(columns):
            message = f"{len(cells)} cells, but {len(columns)} columns"
            found.problems.append(Problem(path.name, number, message))
            continue
        rows.append(Row(path.name, number, header, dict(zip(columns, cells, strict=True))))
    return header


def _check_header(file: str, header: dict[str, str]) -> Iterator[Problem]:
    try:
        re.compile(header.get("shape", ""))
    except re.error as error:
        yield Problem(file, 0, f"shape is no regular expression: {error}")
        header.pop("shape")
    anchor = header.get("anchor", "3")
    if anchor != "never" and not anchor.isdecimal():
        yield Problem(file, 0, f"anchor is {anchor!r}; it takes a number of letters, or 'never'")
        header.pop("anchor")


def _check(found: Vocabulary) -> None:
    """Note every row that contradicts its file's header or another row."""
    problems = found.problems
    names: dict[str, Row] = {}
    tags = {row["code"] for row in found.codes}
    for row in found.codes:
        problems.extend(row.problem(message) for message in _code_faults(row, tags))
        _note_name(names, row, row["code"], problems)
    for row in found.aliases:
        if row["code"] not in tags:
            problems.append(row.problem(f"alias {row['alias']!r} of {row['code']!r}, no code"))
        _note_name(names, row, row["alias"], problems)
    for row in found.outside:
        _note_name(names, row, row["code"], problems)


def _note_name(names: dict[str, Row], row: Row, name: str, problems: list[Problem]) -> None:
    key = squash(name)
    if not key:
        problems.append(row.problem(f"{name!r} has no letter or digit"))
    elif key in names:
        other = names[key]
        problems.append(row.problem(f"{name!r} stands in {other.file}:{other.line} already"))
    else:
        names[key] = row


def _code_faults(row: Row, tags: set[str]) -> Iterator[str]:
    code, shape = row["code"], row.header.get("shape", "")
    if shape and not re.fullmatch(shape, code):
        yield f"code {code!r} has not the shape {shape!r} that the file declares"
    if row["status"] not in _STATUSES:
        yield f"status {row['status']!r} of {code!r}; it takes {', '.join(_STATUSES)}"
    if row["replaced_by"] and row["replaced_by"] not in tags:
        yield f"{code!r} is replaced by {row['replaced_by']!r}, no code"
    for column in _COUNTS:
        if not (row.get(column, "") or "0").isdecimal():
            yield f"{column} of {code!r} is {row[column]!r}; it takes a whole number or nothing"
