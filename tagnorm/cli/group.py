"""The click group: its commands, each imported when it is called, and how a failure ends.

This is the one place where an error becomes a message on standard error and an exit code:

* 0 -- done;
* 1 -- something could not be done: a `TagnormError`, a file that cannot be read, a library that is
  not installed; the message names the input and the remedy;
* 2 -- called wrongly (click's own usage errors);
* 130 -- stopped with Ctrl-C; 141 -- the reader of the output went away (`tagnorm codes | head`);
  both without a word, as of any Unix tool.

`clean` tells bad input (65), missing input (66) and output that cannot be written (73) apart.

A command just raises; `Failure` is there for what has no `TagnormError`.
"""

from __future__ import annotations

import difflib
import importlib
import os
import sys
from pathlib import Path
from typing import IO, Any

import click

from tagnorm.__about__ import __version__
from tagnorm.cli.options import taxonomy_option
from tagnorm.errors import TagnormError

__all__ = ["Failure", "group"]

# The commands in the order of the help; `tagnorm.cli.<name>` holds each, as `command`.
_COMMANDS = {
    "split": "Turn raw tag strings into codes, line by line.",
    "explain": "Draw how a string was read, for a person.",
    "lookup": "Show what the vocabulary says of a code or a name.",
    "codes": "List the vocabulary.",
    "clean": "Clean a column of a file.",
    "cables": "Read the TAGS of cables.",
    "review": "Go through the doubtful strings of a column.",
    "decisions": "Compare, replay and check decisions.",
}

# Which extra brings a library that a command may find missing.
_EXTRAS = {
    "rich": "cli",
    "charset_normalizer": "files",
    "pyarrow": "files",
    "openpyxl": "excel",
    "narwhals": "columns",
    "numpy": "columns",
    "pandas": "pandas",
    "polars": "polars",
    "duckdb": "duckdb",
    "pyspark": "spark",
}


class Failure(click.ClickException):
    """What could not be done, as one message on standard error and exit code 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message behind the program's name, as Unix tools do."""
        click.echo(f"tagnorm: {self.message}", file=file or sys.stderr)


class _Commands(click.Group):
    """A group that imports a command's module when the command is used, not before."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"tagnorm.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in _COMMANDS and not name.startswith("-") and not ctx.resilient_parsing:
            near = difflib.get_close_matches(name, _COMMANDS, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            ctx.fail(f"No such command {name!r}.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        # The short helps are known here, so that `tagnorm --help` imports no command.
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except TagnormError as error:
            raise Failure(str(error)) from error
        except ModuleNotFoundError as error:
            raise Failure(_missing(error)) from error
        except BrokenPipeError:
            _discard_output()
            raise click.exceptions.Exit(141) from None
        except OSError as error:
            name = "" if error.filename is None else f"{Path(os.fsdecode(error.filename))}: "
            raise Failure(f"{name}{error.strerror or error}") from error
        except KeyboardInterrupt:
            raise click.exceptions.Exit(130) from None


def _missing(error: ModuleNotFoundError) -> str:
    """The remedy for a library that is not installed; one of our own that is missing is a bug."""
    library = (error.name or "").partition(".")[0]
    if library not in _EXTRAS:
        raise error
    return (
        f"this needs {library}, which is not installed; "
        f"install it with:  python -m pip install 'tagnorm[{_EXTRAS[library]}]'"
    )


def _discard_output() -> None:
    """Let what is still buffered go nowhere, or the interpreter complains on its way out."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # no real file: nothing will be flushed to it
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Standard input and output are UTF-8. Exit codes: 0 done, 1 could not be done, 2 usage.",
)
@taxonomy_option
@click.version_option(__version__, message="%(prog)s %(version)s")
def group(taxonomy: Path | None) -> None:
    """Turn dirty tag strings into the codes of a controlled vocabulary.

    \b
    tagnorm split ECONPRELMARR
    tagnorm explain ECONPHMU
    """
