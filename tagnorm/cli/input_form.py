"""The options that say what a file is, for every command that reads a column of one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

import attrs
import click

from tagnorm.cli.streams import note, standard_input
from tagnorm.files.formats import format_list

if TYPE_CHECKING:
    from tagnorm.files import Column

__all__ = ["InputForm", "input_options"]

_F = TypeVar("_F", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--from", "from_format", metavar="FORMAT", help=f"What IN is: {format_list()}."),
    click.option("--delimiter", metavar="CHAR", help="What parts the cells of IN; else found out."),
    click.option(
        "--quote", metavar="CHAR", help="What quotes the cells of IN, or none; else found out."
    ),
    click.option("--encoding", metavar="NAME", help="The encoding of IN; else found out."),
    click.option("--sheet", metavar="NAME", help="The sheet of an Excel file; else the first."),
    click.option(
        "--on-error",
        type=click.Choice(["stop", "report"]),
        default="stop",
        show_default=True,
        help="What to do with a row that cannot be read as it should.",
    ),
)


@attrs.frozen
class InputForm:
    """What a file is, where that is not to be found out, and what becomes of its bad rows."""

    from_format: str | None
    delimiter: str | None
    quote: str | None
    encoding: str | None
    sheet: str | None
    on_error: Literal["stop", "report"]

    def as_given(self) -> dict[str, Any]:
        """The options by their names, as `tagnorm.files` takes them."""
        return attrs.asdict(self)

    def column(self, file: Path, name: str | None, *, quiet: bool) -> Column:
        """A column of a file, or of standard input (`-`), with a word about rows that are bad.

        Raises:
            FormatError, NoInputError, BadDataError: the file cannot be read as it should.
        """
        from tagnorm.files import read_column  # noqa: PLC0415 -- help needs no files

        if str(file) == "-":
            standard_input("the input", quiet=quiet)
        found = read_column(file, name, **self.as_given())
        if found.bad_row_count and not quiet:
            first = found.bad_rows[0]
            several = f"bad rows: {found.bad_row_count:,}"
            note(f"{several}; the first, line {first.line}: {first.message}")
        return found


def input_options(function: _F) -> _F:
    """`--from`, `--delimiter`, `--quote`, `--encoding`, `--sheet` and `--on-error`, as the
    parameter `form`."""
    names = [field.name for field in attrs.fields(InputForm)]

    @wraps(function)
    def command(*rest: Any, **options: Any) -> Any:
        form = InputForm(**{name: options.pop(name) for name in names})
        return function(*rest, form=form, **options)

    for option in reversed(_OPTIONS):
        command = option(command)
    return cast("_F", command)
