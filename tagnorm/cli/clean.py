"""`tagnorm clean`: the tags of a whole file."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tagnorm.cli.answers import unresolved
from tagnorm.cli.exits import NO, Failure
from tagnorm.cli.input_form import InputForm, input_options
from tagnorm.cli.options import (
    InputPath,
    OutputPath,
    Share,
    Vocabulary,
    quiet_option,
    reading_options,
    vocabulary_options,
)
from tagnorm.cli.process import file_process
from tagnorm.cli.streams import note, standard_input
from tagnorm.errors import UnresolvedError
from tagnorm.files.formats import check_ending
from tagnorm.paths import refuse_overlaps
from tagnorm.replacement import check_output

if TYPE_CHECKING:
    from tagnorm.files.cleaning import Progress
    from tagnorm.options import Options

__all__ = ["command"]


def _names(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> list[str]:
    """The columns of `--column`, each, and of `--columns`, parted by commas."""
    several = parameter.name == "several"
    return [name for one in value for name in (one.split(",") if several else [one])]


@click.command()
@click.argument("source", metavar="IN", type=InputPath(dash=True))
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    type=OutputPath(dash=True),
    default="-",
    help="Where the rows go: a file, or - for standard output, which is the default.",
)
@click.option(
    "--column",
    "single",
    multiple=True,
    metavar="NAME",
    callback=_names,
    help="A column to clean (default: tags); may be given again.",
)
@click.option(
    "--columns",
    "several",
    multiple=True,
    metavar="A,B",
    callback=_names,
    help="Several columns to clean.",
)
@click.option(
    "--suffix",
    default="",
    metavar="TEXT",
    help="Keep the raw column, and put the tags behind it, as NAME with TEXT at its end.",
)
@click.option(
    "--separator",
    default=";",
    show_default=True,
    metavar="TEXT",
    help="What parts the tags of a row in CSV and TSV.",
)
@click.option("--explode", is_flag=True, help="Write one row for each tag.")
@click.option(
    "--status", is_flag=True, help="Add the columns NAME_status and NAME_confidence; takes longer."
)
@reading_options
@vocabulary_options
@input_options
@click.option(
    "--to",
    "to_format",
    metavar="FORMAT",
    help="What OUT is to be; else its name tells, else it is what IN is.",
)
@click.option(
    "--escape-formulas",
    is_flag=True,
    help="In CSV and TSV, put ' before cells that a spreadsheet would run (=1+1, @SUM, -2+3).",
)
@click.option(
    "--report",
    "report_path",
    metavar="R",
    type=OutputPath(),
    help="Write what is unresolved or doubtful: JSON, a table if R ends in .tsv, or a page for "
    "people if it ends in .html; takes longer.",
)
@click.option(
    "--fail-under",
    type=Share(),
    metavar="SHARE",
    help="Exit with 1 if fewer of the fields became codes, a share from 0 to 1.",
)
@quiet_option
def command(
    *,
    source: Path,
    output: Path,
    single: list[str],
    several: list[str],
    suffix: str,
    separator: str,
    explode: bool,
    status: bool,
    reading: Options,
    vocabulary: Vocabulary,
    form: InputForm,
    to_format: str | None,
    escape_formulas: bool,
    report_path: Path | None,
    fail_under: float | None,
    quiet: bool,
) -> None:
    """Clean the tags in a column of the file IN, and write all its rows to OUT.

    CSV, TSV, JSON, Parquet and Arrow go in and out, Excel goes in; the names tell which. The tags
    take the place of the raw strings (see --suffix): a list in Parquet, Arrow and JSON, and one
    cell with ; between them in CSV and TSV. All other cells are carried through as they are. OUT
    appears whole or not at all; IN is never changed.

    \b
    tagnorm clean cables.csv -o cables.parquet --column tags
    tagnorm clean cables.csv.gz -o clean.csv --suffix _clean --report report.json
    zcat cables.csv.gz | tagnorm clean - --unresolved drop --fail-under 0.98 > clean.csv

    For --fail-under a field counts if it is resolved or doubtful: all of it became codes; empty
    fields do not count, and a bad row counts as one that is not. OUT and R are written in any case.

    With --on-error report a bad row is carried through: too short a row lacks its last cells, the
    last cell of too long a row is all that is left of it, a cell with bytes that are no text is not
    cleaned, and keeps them if OUT is in the same encoding. The report lists such rows.
    """
    refuse_overlaps(
        [("the input", source), *vocabulary.files()],
        [("the output", output), ("the report", report_path)],
    )
    if report_path is not None:
        check_ending(report_path, "json", "tsv", "html", "htm")
        check_output(report_path)
    columns = [*single, *several] or ["tags"]
    as_page = report_path is not None and report_path.suffix.lower() in (".html", ".htm")
    if as_page and (str(source) == "-" or len(columns) > 1):
        raise click.UsageError(
            "a page is about one column of a file; for others make it with `tagnorm report`"
        )
    if str(source) == "-":
        standard_input("the input", quiet=quiet)
    with file_process() as all_is_loaded:
        from tagnorm.files import clean_file  # noqa: PLC0415 -- help needs no Arrow

        normalizer = vocabulary.normalizer()
        all_is_loaded()
        name = "standard input" if str(source) == "-" else str(source)
        with _progress(quiet) as progress, _refusing(name):
            report = clean_file(
                source,
                output,
                columns=columns,
                suffix=suffix,
                separator=separator,
                explode=explode,
                status=status,
                normalizer=normalizer,
                **reading.as_given(),
                **form.as_given(),
                to_format=to_format,
                escape_formulas=escape_formulas,
                counted=not quiet or (report_path is not None and not as_page),
                weighed=report_path is not None and not as_page,
                progress=progress,
            )
        if report_path is not None and as_page:
            from tagnorm.report import report_read  # noqa: PLC0415 -- few want a page

            found = form.column(source, columns[0], quiet=True)
            page = report_read(found, source.name, normalizer=normalizer, **reading.as_given())
            page.save(report_path)
        elif report_path is not None:
            report.save(report_path)
    if not quiet:
        for line in report.lines():
            note(line)
    if fail_under is not None and report.share_resolved < fail_under:
        share = f"{100 * report.share_resolved:.2f}% of the fields are resolved or doubtful"
        raise Failure(f"{share}, fewer than the {100 * fail_under:g}% of --fail-under", NO)


@contextlib.contextmanager
def _refusing(name: str) -> Iterator[None]:
    """Say of what is not resolved in which file it stands, and what to pass."""
    try:
        yield
    except UnresolvedError as error:
        raise unresolved(name, error) from error


@contextlib.contextmanager
def _progress(quiet: bool) -> Iterator[Progress | None]:
    """A bar on standard error if that is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 -- only a terminal needs it
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rows]:,} rows, {task.fields[rate]:,.0f} a second"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, rows=0, rate=0.0)

        def show(rows: int, done: int, total: int | None) -> None:
            elapsed = bar.tasks[0].elapsed or 0.0
            rate = rows / elapsed if elapsed else 0.0
            bar.update(task, completed=done, total=total, rows=rows, rate=rate)

        yield show
