"""The click group: its commands, each imported when it is called.

How a failure ends is told in `tagnorm.cli.exits`, for all commands.
"""

from __future__ import annotations

import difflib
import importlib
import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

import click

from tagnorm.__about__ import __version__
from tagnorm.arguments import named_by
from tagnorm.cli.exits import (
    EPILOG,
    INTERRUPTED,
    NO_READER,
    TABLE,
    USAGE,
    Failure,
    discard_output,
    ending,
)
from tagnorm.cli.option_names import option_name
from tagnorm.cli.options import taxonomy_option

__all__ = ["group"]

# The commands in the order of the help; `tagnorm.cli.<name>` holds each, as `command`.
_COMMANDS = {
    "split": "Turn raw tag strings into codes, line by line.",
    "explain": "Draw how a string was read, for a person.",
    "lookup": "Show what the vocabulary says of a code or a name.",
    "codes": "List the vocabulary.",
    "taxonomy": "Export, check and compare vocabularies.",
    "clean": "Clean a column of a file.",
    "report": "Show on a page how clean a column is, and what needs a person.",
    "cables": "Read the TAGS of cables.",
    "review": "Go through the doubtful strings of a column.",
    "fit": "Learn from a column how a vocabulary is used and damaged.",
    "decisions": "Compare, replay and check decisions.",
    "serve": "Serve pages, a JSON API and OpenRefine on this machine.",
}


class _Commands(click.Group):
    """A group that imports a command's module when the command is used, not before."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        return _with_exit_codes(importlib.import_module(f"tagnorm.cli.{cmd_name}").command)

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
            return super().invoke(ctx)
        except BrokenPipeError:  # click would end with 1
            discard_output()
            raise click.exceptions.Exit(NO_READER) from None
        except KeyboardInterrupt:  # and print an empty line
            discard_output()  # nobody may read what is still held back
            raise click.exceptions.Exit(INTERRUPTED) from None

    def _main_shell_completion(self, *args: Any, **extra: Any) -> None:
        # A shell says in these what was typed; click takes it that they are there.
        typed = os.environ.get("COMP_WORDS"), os.environ.get("COMP_CWORD")
        try:
            super()._main_shell_completion(*args, **extra)
        except (KeyError, ValueError):
            if None in typed or not (typed[1] or "").isdecimal():
                raise Failure(
                    "COMP_WORDS and COMP_CWORD do not say what was typed; a shell sets them when "
                    "its completion is asked for",
                    USAGE,
                ) from None
            raise

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        call = partial(super().main, *args, standalone_mode=False, **extra)
        with named_by(option_name):
            if not standalone_mode:
                return call()
            sys.exit(ending(call))


def _with_exit_codes(command: click.Command) -> click.Command:
    """The command, with the table of exit codes under its help."""
    command.epilog = command.epilog or EPILOG
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            _with_exit_codes(inner)
    return command


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=f"Standard input and output are UTF-8.\n\n{TABLE}",
)
@taxonomy_option
@click.version_option(__version__, message="%(prog)s %(version)s")
def group(taxonomy: Path | None) -> None:
    """Turn dirty tag strings into the codes of a controlled vocabulary.

    \b
    tagnorm split ECONPRELMARR
    tagnorm explain ECONPHMU
    """
