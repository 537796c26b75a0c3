"""The tables of a vocabulary, wherever they come from, put together and checked as one."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any

import attrs

from tagnorm.errors import Problem, TaxonomyError
from tagnorm.vocabulary.cells import (
    parse_amount,
    parse_editions,
    parse_flag,
    parse_list,
    parse_number,
    parse_whole,
    parse_year,
)
from tagnorm.vocabulary.contents import Vocabulary
from tagnorm.vocabulary.entries import (
    ANCHOR,
    COLUMNS,
    COUNTS_OF,
    NOTHING,
    NUMBERS,
    Alias,
    Code,
    is_long,
)
from tagnorm.vocabulary.eras import Era
from tagnorm.vocabulary.frozen import FrozenDict
from tagnorm.vocabulary.shapes import Shape
from tagnorm.vocabulary.tables import Table
from tagnorm.vocabulary.validation import listed, number_problems, problems, short, text_problems

__all__ = ["Assembly"]

_ALIASES = "aliases.tsv"
# What these files hold beside the names: the column of numbers.
_NUMBERS = {"costs.tsv": "nats", "confidence.tsv": "value"}
_NOTES = "notes.tsv"
# How often codes are meant, where that was learnt from a column: it wins over what the codes say.
_FREQUENCIES = "frequencies.tsv"
_ALIAS_KINDS = ("alias", "aliases")
_MOST_DIGITS = 15


class Assembly:
    """The entries of several tables, the places they stand in, and all that is wrong with them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._passed_over: list[Problem] = []
        self._codes: list[Code] = []
        self._aliases: list[Alias] = []
        self._outside: dict[str, str] = {}
        self._outside_forms: list[str] = []
        self._families: dict[str, str] = {}
        self._notes: dict[str, str] = {}
        self._frequencies: dict[str, float] = {}
        self._frequency_places: dict[str, tuple[str, int]] = {}
        self._note_places: dict[str, tuple[str, int]] = {}
        self._numbers: dict[str, dict[str, float]] = {file: {} for file in _NUMBERS}
        # For each sort of entries how many came at once, and where each of those stands.
        self._places: dict[str, list[tuple[int, Callable[[int], tuple[str, int]]]]] = {
            "codes": [],
            "aliases": [],
            "outside": [],
        }

    def add(self, table: Table) -> None:
        """Add what a table holds; what that is its file's name and header say."""
        kind, file = table.header["kind"], table.file
        if file in _NUMBERS:
            if self._has(table, "name", _NUMBERS[file]):
                self._add_numbers(table, _NUMBERS[file])
        elif file == _FREQUENCIES:
            if self._has(table, "code", "frequency"):
                self._add_frequencies(table)
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

    def add_aliases(self, aliases: Sequence[Alias]) -> None:
        """Add other names that a program gives."""
        self._aliases += aliases
        self._places["aliases"].append((len(aliases), lambda at: listed("aliases", at)))

    def add_mapping(self, part: str, mapping: Mapping[str, Any]) -> None:
        """Add what is no list of entries: `outside`, `families`, `notes`, `costs`, `confidence`."""
        if part in NUMBERS:
            self.problems += number_problems(mapping, part)
            self._numbers[f"{part}.tsv"].update(mapping)
            return
        self.problems += text_problems(mapping, part)
        if part == "outside":
            self._outside_forms += mapping
            self._places["outside"].append((len(mapping), lambda at: listed("outside", at)))
        elif part == "notes":
            self._note_places.update((tag, listed("notes", tag)) for tag in mapping)
        {"outside": self._outside, "families": self._families, "notes": self._notes}[part].update(
            mapping
        )

    def vocabulary(self, where: str | Path, version: str) -> Vocabulary:
        """What was added, if nothing is wrong with it.

        Raises:
            TaxonomyError: something is; the error lists all of it.
        """
        found = self.problems
        if self._frequencies:
            self._put_frequencies()
        found += problems(self._codes, self._aliases, self._outside_forms, self._notes, self._place)
        if found:
            raise TaxonomyError(where, sorted(found, key=attrgetter("file", "line")))
        return Vocabulary(
            tuple(sorted(self._codes, key=attrgetter("tag"))),
            tuple(sorted(self._aliases, key=attrgetter("alias", "tag"))),
            FrozenDict(self._outside),
            version,
            FrozenDict(self._numbers["costs.tsv"]),
            FrozenDict(self._numbers["confidence.tsv"]),
            FrozenDict(self._families),
            FrozenDict(self._notes),
            tuple(self._passed_over),
        )

    def _place(self, sort: str, at: int | str) -> tuple[str, int]:
        if isinstance(at, str):
            return self._note_places[at]
        for count, place in self._places[sort]:
            if at < count:
                return place(at)
            at -= count
        raise IndexError(at)

    def _has(self, table: Table, *needed: str) -> bool:
        missing = [column for column in needed if column not in table.columns]
        twice = sorted({name for name in table.columns if table.columns.count(name) > 1})
        if missing:
            there = short(", ".join(table.columns) or "none")[1:-1]
            message = f"missing column {', '.join(missing)}; found {there}; the names of the "
            message += "columns come first, so give the right one this name"
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
        for column in columns:
            if column not in COLUMNS and not column.startswith(COUNTS_OF):
                message = f"column {short(column)} is passed over; known are {', '.join(COLUMNS)}"
                self._passed_over.append(Problem(table.file, 0, message))
        counts = "frequency" if "frequency" in columns or "cables" not in columns else "cables"
        if counts == "frequency" and "cables" in columns:
            message = "frequency and cables are two names of one column; keep one of them"
            problems.append(Problem(table.file, 0, message))
        anchors = table.parsed("anchor", parse_flag, problems, "code")
        shortest = self._shortest(table)
        names = table.parsed("names", parse_editions, problems, "code")
        rows = zip(
            tags,
            table.column("name"),
            table.column("kind", header["kind"]),
            table.column("family", header.get("family", "")),
            table.column("status", "current"),
            table.column("replaced_by"),
            table.column("source"),
            table.parsed(counts, parse_amount, problems, "code"),
            table.parsed("position", parse_whole, problems, "code"),
            [
                is_long(tag, shortest) if anchor is None else anchor
                for tag, anchor in zip(tags, anchors, strict=True)
            ],
            table.parsed("from", parse_year, problems, "code"),
            table.parsed("to", parse_year, problems, "code"),
            [named or NOTHING for named in names],
            self._counts_of_years(table),
            strict=True,
        )
        self._codes += [Code(*row) for row in rows]
        self._places["codes"].append((len(table), table.place))
        self._add_listed_aliases(table, tags)

    def _counts_of_years(self, table: Table) -> Iterable[Mapping[str, float]]:
        """The counts of each row by their years, from columns such as `frequency_1973-1979`."""
        found: dict[int, dict[str, float]] = {}
        for column in table.columns:
            if not column.startswith(COUNTS_OF):
                continue
            try:
                years = str(Era.of(column.removeprefix(COUNTS_OF)))
            except ValueError as error:
                self.problems.append(Problem(table.file, 0, f"column {short(column)}: {error}"))
                continue
            counts = table.parsed(column, parse_amount, self.problems, "code")
            for at, count in enumerate(counts):
                if count:
                    found.setdefault(at, {})[years] = count
        return [found.get(at, NOTHING) for at in range(len(table))]

    def _add_listed_aliases(self, table: Table, tags: Sequence[str]) -> None:
        """The other names that stand beside a code, in a cell of its own row."""
        found = [
            (Alias(alias, tag), at)
            for column in ("aliases", "alias")
            for at, (tag, cell) in enumerate(zip(tags, table.column(column), strict=True))
            if cell
            for alias in parse_list(cell)
        ]
        if found:
            self._aliases += [alias for alias, _ in found]
            rows = [at for _, at in found]
            self._places["aliases"].append((len(rows), lambda at: table.place(rows[at])))

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
        self._places["aliases"].append((len(table), table.place))

    def _add_outside(self, table: Table) -> None:
        forms = table.column("code")
        self._outside.update(zip(forms, table.column("name"), strict=True))
        self._outside_forms += forms
        self._places["outside"].append((len(table), table.place))

    def _add_notes(self, table: Table) -> None:
        rows = zip(table.column("code"), table.column("note"), strict=True)
        for at, (tag, note) in enumerate(rows):
            if tag in self._notes:
                message = f"a second note on {short(tag)}; put both into one row"
                self.problems.append(table.problem(at, message))
            self._notes.setdefault(tag, note)
            self._note_places.setdefault(tag, table.place(at))

    def _add_frequencies(self, table: Table) -> None:
        counts = table.parsed("frequency", parse_amount, self.problems, "code")
        for at, (tag, count) in enumerate(zip(table.column("code"), counts, strict=True)):
            if tag in self._frequencies:
                message = f"{short(tag)} stands there twice; take one of the rows out"
                self.problems.append(table.problem(at, message))
            elif count:
                self._frequencies[tag] = count
                self._frequency_places[tag] = table.place(at)

    def _put_frequencies(self) -> None:
        """Give the codes the frequencies that were learnt."""
        left = dict(self._frequencies)
        self._codes = [
            attrs.evolve(code, frequency=left.pop(code.tag)) if code.tag in left else code
            for code in self._codes
        ]
        for tag in left:
            message = f"{short(tag)} is no code of the vocabulary; take the row out"
            self.problems.append(Problem(*self._frequency_places[tag], message))

    def _add_numbers(self, table: Table, column: str) -> None:
        found = self._numbers[table.file]
        values = table.parsed(column, parse_number, self.problems, "name")
        for at, (name, value) in enumerate(zip(table.column("name"), values, strict=True)):
            if name in found:
                message = f"{short(name)} stands there twice; take one of the rows out"
                self.problems.append(table.problem(at, message))
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
            fits = Shape(shape).fits
            misfits = [at for at, tag in enumerate(tags) if not fits(tag)]
        except ValueError as error:
            message = f"shape {short(shape)} cannot be used: {error}"
            self.problems.append(Problem(table.file, table.header_lines["shape"], message))
            return
        for at in misfits:
            message = (
                f"code {short(tags[at])} has not the shape {short(shape)} that the file declares"
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
        self.problems.append(Problem(table.file, table.header_lines["anchor"], message))
        return ANCHOR
