"""Reading a vocabulary folder: tab-separated files with a provenance header, checked by column.

A file starts with lines of `# key: value` (and free `# ...` prose), then the column names, then
one row an entry. The keys that matter:

* `kind` -- what the codes of the file are: `subject`, `geographic` ... (default: the file's name);
  `outside` marks a list of acronyms that look like codes and are none, `alias` one of other names;
* `family` -- the letter or name of the family, if the codes form one;
* `shape` -- a regular expression that every code must match in full;
* `anchor` -- how many letters a code needs to carry a string of run-together codes by itself
  (default 3), or `never`;
* `title` -- what the file holds, for people; of a family's file it is the name of the family;
* `version` -- the date or number of the edition.

`aliases.tsv` holds aliases without saying so, `notes.tsv` words to search by; `costs.tsv` and
`confidence.tsv` hold what the vocabulary has to say about prices. Every problem of every file is
collected and raised at once.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Mapping, Sequence
from itertools import repeat
from operator import attrgetter
from pathlib import Path

import attrs

from tagnorm.errors import Problem, TaxonomyError
from tagnorm.vocabulary.entries import ANCHOR, Alias, Code, is_long
from tagnorm.vocabulary.frozen import FrozenDict
from tagnorm.vocabulary.tables import Table, read_table
from tagnorm.vocabulary.validation import problems, short

__all__ = ["Vocabulary", "builtin_folder", "read_folder"]

_ALIASES = "aliases.tsv"
# What these files hold beside the names: the column of numbers.
_NUMBERS = {"costs.tsv": "nats", "confidence.tsv": "value"}
_NOTES = "notes.tsv"
_ALIAS_KINDS = ("alias", "aliases")
_MOST_DIGITS = 18
_NAME = re.compile(r"((?:[^\\;=]|\\.)+)=((?:[^\\;]|\\.)*)(?:;|$)")


@attrs.frozen
class Vocabulary:
    """What the files of a folder hold, checked."""

    codes: tuple[Code, ...]
    aliases: tuple[Alias, ...]
    outside: Mapping[str, str]
    version: str
    costs: Mapping[str, float]
    confidence: Mapping[str, float]
    families: Mapping[str, str]
    notes: Mapping[str, str]


def builtin_folder() -> Path:
    """Where the built-in vocabulary lies: in the installed package, or beside it in a checkout."""
    inside = Path(__file__).parents[1] / "data" / "taxonomy"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "taxonomy"


def read_folder(folder: Path) -> Vocabulary:
    """All rows of the `*.tsv` files of a folder, checked against one another.

    Raises:
        TaxonomyError: something is wrong with the files; the error lists every bad row.
    """
    reader = _Reader()
    files = sorted(folder.glob("*.tsv")) if folder.is_dir() else []
    if not files:
        message = "no *.tsv file here; a vocabulary is a folder of tab-separated files"
        reader.problems.append(Problem(str(folder), 0, message))
    versions, digest = [], 0
    for path in files:
        content = path.read_bytes()
        digest = zlib.crc32(content, digest)
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            message = f"not UTF-8: {error.reason}; save the file as UTF-8"
            reader.problems.append(Problem(path.name, line, message))
            continue
        header = reader.read(path.name, text)
        versions.append(header.get("version", ""))
    version = f"{max(versions)}+{digest:08x}" if any(versions) else "unversioned"
    return reader.vocabulary(folder, version)


class _Reader:
    """The entries of several files, the places they stand in, and all that is wrong with them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._codes: list[Code] = []
        self._aliases: list[Alias] = []
        self._outside: dict[str, str] = {}
        self._families: dict[str, str] = {}
        self._notes: dict[str, tuple[str, Table, int]] = {}
        self._numbers: dict[str, dict[str, float]] = {file: {} for file in _NUMBERS}
        # For each sort of entries the tables they come from, in order.
        self._tables: dict[str, list[Table]] = {"codes": [], "aliases": [], "outside": []}
        self._outside_forms: list[str] = []

    def read(self, file: str, text: str) -> dict[str, str]:
        """Add the rows of one file; return its header."""
        table = read_table(file, text, {"kind": file.removesuffix(".tsv")}, self.problems)
        kind = table.header["kind"]
        if file in _NUMBERS:
            if self._has(table, "name", _NUMBERS[file]):
                self._read_numbers(table, _NUMBERS[file])
        elif file == _NOTES:
            if self._has(table, "code", "note"):
                self._add_notes(table)
        elif file == _ALIASES or kind in _ALIAS_KINDS:
            if self._has(table, "alias", "code"):
                self._add_aliases(table)
        elif self._has(table, "code"):
            if kind == "outside":
                self._add_outside(table)
            else:
                self._add_codes(table)
        return table.header

    def vocabulary(self, folder: Path, version: str) -> Vocabulary:
        """What was read, if nothing is wrong with it."""
        found = self.problems
        found += problems(self._codes, self._aliases, self._outside_forms, self._place)
        tags = {code.tag for code in self._codes}
        for tag, (_, table, at) in self._notes.items():
            if tag not in tags:
                message = f"a note on {short(tag)}, no code; correct the code, or take the row out"
                found.append(table.problem(at, message))
        if found:
            raise TaxonomyError(folder, sorted(found, key=lambda p: (p.file, p.line)))
        return Vocabulary(
            tuple(sorted(self._codes, key=attrgetter("tag"))),
            tuple(sorted(self._aliases, key=attrgetter("alias", "tag"))),
            FrozenDict(self._outside),
            version,
            FrozenDict(self._numbers["costs.tsv"]),
            FrozenDict(self._numbers["confidence.tsv"]),
            FrozenDict(self._families),
            FrozenDict({tag: note for tag, (note, _, _) in self._notes.items()}),
        )

    def _place(self, sort: str, at: int) -> tuple[str, int]:
        for table in self._tables[sort]:
            if at < len(table.lines):
                return table.file, table.lines[at]
            at -= len(table.lines)
        raise IndexError(at)

    def _has(self, table: Table, *needed: str) -> bool:
        missing = [column for column in needed if column not in table.columns]
        twice = sorted({name for name in table.columns if table.columns.count(name) > 1})
        if missing:
            there = short(", ".join(table.columns) or "none")[1:-1]
            message = f"missing column {', '.join(missing)}; found {there}"
            self.problems.append(Problem(table.file, 0, message))
        if twice:
            message = f"column {short(twice[0])} stands there twice; rename or drop one of them"
            self.problems.append(Problem(table.file, 0, message))
        return not missing

    def _add_codes(self, table: Table) -> None:
        tags, header = table.column("code"), table.header
        if family := header.get("family"):
            self._families.setdefault(family, header.get("title", ""))
        self._check_shape(table, tags)
        columns, problems = table.columns, self.problems
        counts = "frequency" if "frequency" in columns or "cables" not in columns else "cables"
        if counts == "frequency" and "cables" in columns:
            message = "frequency and cables are two names of one column; keep one of them"
            problems.append(Problem(table.file, 0, message))
        anchors = table.parsed("anchor", _flag, problems, "code")
        shortest = self._shortest(table)
        names = table.parsed("names", _names, problems, "code")
        rows = zip(
            tags,
            table.column("name"),
            table.column("kind", header["kind"]),
            table.column("family", header.get("family", "")),
            table.column("status", "current"),
            table.column("replaced_by"),
            table.column("source"),
            table.parsed(counts, _amount, problems, "code"),
            table.parsed("position", _whole, problems, "code"),
            [
                is_long(tag, shortest) if anchor is None else anchor
                for tag, anchor in zip(tags, anchors, strict=True)
            ],
            table.parsed("from", _year, problems, "code"),
            table.parsed("to", _year, problems, "code"),
            [named or {} for named in names] if any(names) else repeat(FrozenDict()),
            strict=False,
        )
        self._codes += [Code(*row) for row in rows]
        self._tables["codes"].append(table)

    def _add_notes(self, table: Table) -> None:
        for at, (tag, note) in enumerate(
            zip(table.column("code"), table.column("note"), strict=True)
        ):
            if tag in self._notes:
                message = f"a second note on {short(tag)}; put both into one row"
                self.problems.append(table.problem(at, message))
            self._notes.setdefault(tag, (note, table, at))

    def _add_aliases(self, table: Table) -> None:
        column = table.column
        self._aliases += map(
            Alias,
            column("alias"),
            column("code"),
            column("kind"),
            column("source"),
            column("language"),
        )
        self._tables["aliases"].append(table)

    def _add_outside(self, table: Table) -> None:
        forms = table.column("code")
        self._outside.update(zip(forms, table.column("name"), strict=True))
        self._outside_forms += forms
        self._tables["outside"].append(table)

    def _read_numbers(self, table: Table, column: str) -> None:
        found = self._numbers[table.file]
        values = table.parsed(column, _number, self.problems, "name")
        for at, (name, value) in enumerate(zip(table.column("name"), values, strict=True)):
            if name in found:
                self.problems.append(table.problem(at, f"{short(name)} stands there twice"))
            elif not name:
                self.problems.append(table.problem(at, "a row without a name; give it one"))
            elif value is not None:
                found[name] = value
            elif not table.column(column)[at]:
                message = f"{short(name)} has no {column}; give a number, or take the row out"
                self.problems.append(table.problem(at, message))

    def _check_shape(self, table: Table, tags: Sequence[str]) -> None:
        shape = table.header.get("shape", "")
        if not shape:
            return
        try:
            fits = re.compile(shape).fullmatch
        except re.error as error:
            message = f"shape is no regular expression: {error}"
            self.problems.append(Problem(table.file, 0, message))
            return
        for at, tag in enumerate(tags):
            if not fits(tag):
                message = (
                    f"code {short(tag)} has not the shape {short(shape)} that the file declares"
                )
                self.problems.append(table.problem(at, message))

    def _shortest(self, table: Table) -> float:
        """How many letters make an anchor."""
        anchor = table.header.get("anchor", str(ANCHOR))
        if anchor == "never":
            return math.inf
        if anchor.isdecimal() and len(anchor) <= _MOST_DIGITS:
            return int(anchor)
        message = f"anchor is {short(anchor)}; it takes a number of letters, or 'never'"
        self.problems.append(Problem(table.file, 0, message))
        return ANCHOR


def _whole(cell: str) -> int:
    if cell.isdecimal() and len(cell) <= _MOST_DIGITS:
        return int(cell)
    raise ValueError("it takes a whole number or nothing")


def _amount(cell: str) -> float:
    if cell.isdecimal() and len(cell) <= _MOST_DIGITS:
        return int(cell)
    try:
        number = float(cell)
    except ValueError:
        number = -1.0
    if not 0.0 <= number < math.inf:
        raise ValueError("it takes a positive number or nothing")
    return number


def _year(cell: str) -> int:
    digits = cell.removeprefix("-")
    if digits.isdecimal() and len(digits) <= 4:
        return int(cell)
    raise ValueError("it takes a year or nothing")


def _number(cell: str) -> float:
    number = float(cell) if len(cell) <= 40 else math.nan
    if not math.isfinite(number):
        raise ValueError("it takes a number")
    return number


def _flag(cell: str) -> bool:
    if cell in ("yes", "no"):
        return cell == "yes"
    raise ValueError("it takes yes, no or nothing")


def _names(cell: str) -> FrozenDict[str, str]:
    r"""The names of a cell, by edition: `1974=Human Rights; 2005=Rights, Human`.

    A semicolon, an equals sign or a backslash inside an edition or a name has a backslash before.
    """
    found: dict[str, str] = {}
    at = 0
    while at < len(cell):
        match = _NAME.match(cell, at)
        if match is None:
            raise ValueError("it takes `edition=name; edition=name`, with `\\;` inside a name")
        edition, name = (_bare(part.strip()) for part in match.groups())
        if not edition or edition in found:
            raise ValueError(f"each edition has a name once; see {short(edition)}")
        found[edition] = name
        at = match.end()
    return FrozenDict(found)


def _bare(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)
