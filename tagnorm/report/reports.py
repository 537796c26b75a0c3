"""The report of a column, and from what it is made: a column in memory, or counted fields."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

import attrs

from tagnorm.arguments import checked_names
from tagnorm.cells import counted
from tagnorm.choice import choose
from tagnorm.files.formats import check_ending
from tagnorm.options import AnyOptions
from tagnorm.replacement import open_output
from tagnorm.report.charts import percent
from tagnorm.report.figures import figures_of
from tagnorm.report.page import page_of
from tagnorm.report.tally import ColumnTally
from tagnorm.vocabulary.codes import Taxonomy
from tagnorm.wording import number_of

if TYPE_CHECKING:
    from tagnorm.files import Column

__all__ = ["ColumnReport", "report_column", "report_counts", "report_read"]


@attrs.frozen(slots=False, repr=False)
class ColumnReport:
    """What was found out about a column.

    `figures` are plain data: all that the page shows, and what `--json` prints.
    """

    figures: Mapping[str, Any]
    taxonomy: Taxonomy

    def __repr__(self) -> str:
        rows, needs = self.figures["rows"], self.figures["needs_a_person"]
        return (
            f"<ColumnReport {self.figures['column']!r}: {rows['all']:,} rows, "
            f"{needs['strings']:,} strings need a person>"
        )

    @cached_property
    def page(self) -> str:
        """The report as a page in HTML that needs nothing else."""
        return page_of(self.figures, self.taxonomy)

    @property
    def sentence(self) -> str:
        """The state of the column in a line.

        >>> report_column(["PREL, PGVO", "PELOSI"]).sentence
        '2 rows with tags: 50.0% clean, 50.0% with a string that needs a person (1 string)'
        """
        rows, needs = self.figures["rows"], self.figures["needs_a_person"]
        filled = rows["all"] - rows["empty"]
        waiting = rows["doubtful"] + rows["unresolved"]
        return (
            f"{number_of(filled, 'row')} with tags: {percent(rows['resolved'], filled)} clean, "
            f"{percent(waiting, filled)} with a string that needs a person "
            f"({number_of(needs['strings'], 'string')})"
        )

    def json(self) -> str:
        """The figures as JSON."""
        return json.dumps(self.figures, ensure_ascii=False, indent=1) + "\n"

    def save(self, path: str | Path) -> None:
        """Write the page, or the figures if the name ends in `.json`; whole or not at all.

        `-` is standard output.

        Raises:
            FormatError: the name ends as that of another format.
            OutputError: it cannot be written.
        """
        check_ending(path, "html", "htm", "json")
        text = self.json() if str(path).lower().endswith(".json") else self.page
        with open_output(path) as file:
            file.write(text.encode("utf-8", errors="backslashreplace"))


@checked_names
def report_column(
    values: Iterable[object],
    *,
    column: str = "tags",
    source: str = "a column",
    **options: Unpack[AnyOptions],
) -> ColumnReport:
    """The report of a column in memory: a list, an array, a series of any library.

    A missing value and an empty text count as empty rows.

    Args:
        column: what the column is called.
        source: where it comes from, as the page is to say.
        **options: as everywhere; see `tagnorm.options`. What is unresolved is always shown.

    >>> report_column(["PREL", "PRELPGVO", ""])
    <ColumnReport 'tags': 3 rows, 0 strings need a person>

    Raises:
        TypeError: it is a single text or a table, a value is neither text nor missing, or an
            option is of another type.
        ValueError: an option has a value that it does not take.
    """
    counts, missing = counted(values)
    return report_counts(counts, missing=missing, column=column, source=source, **options)


@checked_names
def report_counts(
    fields: Mapping[str, int],
    *,
    missing: int = 0,
    column: str = "tags",
    source: str = "a column",
    **options: Unpack[AnyOptions],
) -> ColumnReport:
    """The report of a column that was counted: its distinct fields with their rows.

    >>> report_counts({"PREL, PGOV": 100, "PELOSI": 2}).figures["rows"]["all"]
    102

    Raises:
        TypeError, ValueError: as `report_column`; or `missing` is no number of rows.
    """
    normalizer, reading = choose(options)
    for what, name in (("column", column), ("source", source)):
        if not isinstance(name, str):
            raise TypeError(f"{what} is {name!r:.60}, of type {type(name).__name__}; it takes text")
    if isinstance(missing, bool) or not isinstance(missing, Integral) or missing < 0:
        raise ValueError(f"missing is {missing!r:.60}; it takes a number of rows")
    fields, more = counted(fields)
    tally = ColumnTally(normalizer, min_confidence=reading.min_confidence)
    tally.add(fields, int(missing) + more)
    return ColumnReport(figures_of(tally, column=column, source=source), normalizer.taxonomy)


@checked_names
def report_read(found: Column, source: str, **options: Unpack[AnyOptions]) -> ColumnReport:
    """The report of a column that `tagnorm.files.read_column` has read; `-` is standard input.

    >>> import tempfile
    >>> from tagnorm.files import read_column
    >>> raw = Path(tempfile.mkdtemp()) / "raw.csv"
    >>> size = raw.write_text("id,tags\\n7,PREL\\n8,\\n")
    >>> report_read(read_column(raw), raw.name)
    <ColumnReport 'tags': 2 rows, 0 strings need a person>

    Raises:
        TypeError, ValueError: as `report_column`.
    """
    report = report_counts(
        found.counts,
        missing=found.empty,
        column=found.name or "lines",
        source="standard input" if source == "-" else source,
        **options,
    )
    bad_rows = [row.as_dict() for row in found.bad_rows]
    told = {"bad_rows": found.bad_row_count, "bad_rows_listed": bad_rows}
    return attrs.evolve(report, figures={**report.figures, **told})
