"""`tagnorm report`: the state of a column as one page, or its figures as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tagnorm.cli.exits import reading_file, writing_file
from tagnorm.cli.input_form import InputForm, input_options
from tagnorm.cli.options import (
    InputPath,
    OutputPath,
    Vocabulary,
    quiet_option,
    reading_options,
    vocabulary_options,
)
from tagnorm.cli.streams import note
from tagnorm.errors import FormatError
from tagnorm.files.formats import check_ending

if TYPE_CHECKING:
    from tagnorm.options import Options

__all__ = ["command"]

# By what a page of ours is known, and within how many bytes.
_GENERATOR, _BEGIN = b'<meta name="generator" content="tagnorm report">', 1000


@click.command()
@click.argument("source", metavar="IN", type=InputPath(dash=True))
@click.option(
    "--column", metavar="NAME", help="The column, or a path of names in JSON. [default: tags]"
)
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    type=OutputPath(dash=True),
    help="Where the page goes, or - for standard output. [default: report.html]",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON, and no page.")
@reading_options
@vocabulary_options
@input_options
@quiet_option
def command(
    *,
    source: Path,
    column: str | None,
    output: Path | None,
    as_json: bool,
    reading: Options,
    vocabulary: Vocabulary,
    form: InputForm,
    quiet: bool,
) -> None:
    """Show how clean a column of the file IN is, and which of its strings need a person.

    The report is one page that needs no network: how much of the column is as it should be,
    corrected, joined or unresolved; charts; and a table of the strings in which readings can be
    chosen and downloaded as decisions. All files that `clean` reads are read. What is unresolved is
    always shown, whatever --unresolved says.

    \b
    tagnorm report cables.csv --column tags -o report.html
    tagnorm report cables.parquet --json | jq .rows
    """
    from tagnorm.paths import refuse_overlaps  # noqa: PLC0415 -- help needs no files
    from tagnorm.replacement import check_output  # noqa: PLC0415
    from tagnorm.report import report_read  # noqa: PLC0415

    if output is None and not as_json:
        output = _own_page(Path("report.html"))
    outputs = [("the report", output), ("the figures", "-" if as_json else None)]
    refuse_overlaps([("the input", source), *vocabulary.files()], outputs)
    if output is not None:
        check_ending(output, "html", "htm", "json")
        check_output(output)
    found = form.column(source, column, quiet=quiet)
    normalizer = vocabulary.normalizer()
    report = report_read(found, source.name, normalizer=normalizer, **reading.as_given())
    if as_json:
        click.echo(report.json(), nl=False)
    if output is not None:
        with writing_file(output):
            report.save(output)
    if not quiet:
        note(report.sentence)


def _own_page(path: Path) -> Path:
    """The page that nobody named, if it is not there or an earlier one.

    Raises:
        FormatError: it is something else, which would be lost.
    """
    if path.exists():
        with reading_file(path), path.open("rb") as file:
            begin = file.read(_BEGIN)
        if _GENERATOR not in begin:
            raise FormatError(
                f"{path}: is there already, and is no report of tagnorm; name the page with -o"
            )
    return path
