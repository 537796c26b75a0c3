"""The command line: `main` is what the `tagnorm` script and `python -m tagnorm.cli` call.

`tagnorm.cli.group` holds the click group, `tagnorm.cli.options` the options that commands share;
every other module here is one command and exports it as `command`. Nothing of click is imported
until `main` is called, because it comes with the extra `cli`.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence

__all__ = ["main"]

_NEEDS_CLICK = """\
tagnorm: the command line needs click and rich, which are not installed;
install them with:  python -m pip install 'tagnorm[cli]'"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 could not be done, 2 called wrongly.

    Whatever the locale says, standard input and output are UTF-8: the output of one run is the
    input of another, on another machine.
    """
    try:
        try:
            from tagnorm.cli.group import group  # noqa: PLC0415 -- click may be missing
        except ModuleNotFoundError as error:
            if error.name != "click":
                raise
            print(_NEEDS_CLICK, file=sys.stderr)
            sys.exit(1)
        _set_encodings()
        group.main(arguments, prog_name="tagnorm", windows_expand_args=False)
    except KeyboardInterrupt:
        sys.exit(130)


def _set_encodings() -> None:
    for stream, errors in (
        (sys.stdin, "surrogateescape"),
        (sys.stdout, "backslashreplace"),
        (sys.stderr, "backslashreplace"),
    ):
        # What a caller put in the place of a stream may have no encoding; a terminal knows its own.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors=errors)
