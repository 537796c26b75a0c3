"""Reading a vocabulary folder: tab-separated files with a provenance header, checked by column.

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
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from tagnorm.errors import Problem
from tagnorm.folding import squash

__all__ = ["Table", "Vocabulary", "builtin_folder", "read_folder"]

_ALIASES = "aliases.tsv"
_CODE_COLUMNS = ("code", "name", "status", "replaced_by", "source")
_ALIAS_COLUMNS = ("alias", "code")
_OUTSIDE_COLUMNS = ("code",)
_STATUSES = ("current", "retired", "attested")
_COUNTS = ("cables", "position")


class Table:
    """The rows of one file, by column, with its header and the lines they stand in."""

    def __init__(self, file: str, header: dict[str, str], columns: Sequence[str]) -> None:
        self.file = file
        self.header = header
        self.rows: list[list[str]] = []
        self.lines: list[int] = []
        self._places = {column: at for at, column in enumerate(columns)}

    @cached_property
    def names(self) -> list[str]:
        """What each row is about."""
        return self.column("alias" if self.file == _ALIASES else "code")

    @cached_property
    def keys(self) -> list[str]:
        """The form of each name in which two are the same."""
        return [squash(name) for name in self.names]

    def column(self, column: str) -> list[str]:
        """The cells of a column; if the file lacks it they are empty."""
        at = self._places.get(column)
        return [""] * len(self.rows) if at is None else [row[at] for row in self.rows]

    def bad(self, column: str, is_good: Callable[[str], object]) -> Iterator[tuple[int, str]]:
        """The rows whose cell in a column is not good; what stands in many is looked at once."""
        cells = self.column(column)
        bad = {cell for cell in set(cells) if not is_good(cell)}
        return ((at, cell) for at, cell in enumerate(cells) if cell in bad) if bad else iter(())

    def problem(self, at: int, message: str) -> Problem:
        """Something that is wrong with a row."""
        return Problem(self.file, self.lines[at], message)


class Vocabulary:
    """The tables of a folder, and all that is wrong with them."""

    def __init__(self) -> None:
        self.version = "unversioned"
        self.codes: list[Table] = []
        self.aliases: list[Table] = []
        self.outside: list[Table] = []
        self.problems: list[Problem] = []


def builtin_folder() -> Path:
    """Where the built-in vocabulary lies: in the installed package, or beside it in a checkout."""
    inside = Path(__file__).parents[1] / "data" / "taxonomy"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "taxonomy"


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
    tables = found.codes
    if path.name == _ALIASES:
        needed, tables = _ALIAS_COLUMNS, found.aliases
    elif header["kind"] == "outside":
        needed, tables = _OUTSIDE_COLUMNS, found.outside
    missing = [column for column in needed if column not in columns]
    if missing:
        message = f"missing column {', '.join(missing)}; found {', '.join(columns) or 'none'}"
        found.problems.append(Problem(path.name, 0, message))
        return header
    found.problems.extend(_check_header(path.name, header))
    table = Table(path.name, header, columns)
    for number, line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) == len(columns):
            table.rows.append(cells)
            table.lines.append(number)
        else:
            message = f"{len(cells)} cells, but {len(columns)} columns"
            found.problems.append(Problem(path.name, number, message))
    tables.append(table)
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
    tags = {tag for table in found.codes for tag in table.names}
    for table in found.codes:
        found.problems.extend(_code_faults(table, tags))
    for table in found.aliases:
        for at, tag in table.bad("code", tags.__contains__):
            message = f"alias {table.names[at]!r} of {tag!r}, no code"
            found.problems.append(table.problem(at, message))
    found.problems.extend(_name_faults([*found.codes, *found.aliases, *found.outside]))


def _code_faults(table: Table, tags: set[str]) -> Iterator[Problem]:
    codes, shape = table.names, table.header.get("shape", "")
    for at, code in table.bad("code", re.compile(shape).fullmatch) if shape else ():
        message = f"code {code!r} has not the shape {shape!r} that the file declares"
        yield table.problem(at, message)
    for at, status in table.bad("status", _STATUSES.__contains__):
        message = f"status {status!r} of {codes[at]!r}; it takes {', '.join(_STATUSES)}"
        yield table.problem(at, message)
    for at, successor in table.bad("replaced_by", {"", *tags}.__contains__):
        yield table.problem(at, f"{codes[at]!r} is replaced by {successor!r}, no code")
    for column in _COUNTS:
        for at, cell in table.bad(column, lambda cell: not cell or cell.isdecimal()):
            message = f"{column} of {codes[at]!r} is {cell!r}; it takes a whole number or nothing"
            yield table.problem(at, message)


def _name_faults(tables: list[Table]) -> Iterator[Problem]:
    """What has no name, and what has one that stands before."""
    # Nearly always all is well, and one set tells.
    distinct = {key for table in tables for key in table.keys}
    if "" not in distinct and len(distinct) == sum(len(table.keys) for table in tables):
        return
    seen: dict[str, tuple[Table, int]] = {}
    for table in tables:
        for at, key in enumerate(table.keys):
            if not key:
                yield table.problem(at, f"{table.names[at]!r} has no letter or digit")
            elif key in seen:
                other, there = seen[key]
                place = f"{other.file}:{other.lines[there]}"
                yield table.problem(at, f"{table.names[at]!r} stands in {place} already")
            else:
                seen[key] = table, at
