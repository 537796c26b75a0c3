"""The command line: `main` is what the `tagnorm` script and `python -m tagnorm` call.

`tagnorm.cli.group` holds the click group. A module with the name of a command exports it as
`command`; the others hold what several share: `options` and `input_form` their options, `answers`
and `drawing` what they print, `exits` how they end, `streams` and `process` what they run in.
Nothing of click is imported until `main` is called, because it comes with the extra `cli`.
"""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Sequence

from tagnorm.cli.streams import reopen, set_encodings

__all__ = ["main"]

_NEEDS_CLICK = """\
tagnorm: the command line needs click, rich and filelock, and {} is not installed;
install them with:  python -m pip install 'tagnorm[cli]'"""
_UNAVAILABLE, _INTERRUPTED = 69, 130


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with one of the codes of `tagnorm.cli.exits`.

    Whatever the locale says, standard input and output are UTF-8: the output of one run is the
    input of another, on another machine.
    """
    # What is left at the end goes with the process: nobody needs to look through it for garbage.
    atexit.register(gc.freeze)
    try:
        reopen()
        try:
            from tagnorm.cli.group import group  # noqa: PLC0415 -- click may be missing
        except ModuleNotFoundError as error:
            if error.name != "click":
                raise
            print(_NEEDS_CLICK.format(error.name), file=sys.stderr)
            sys.exit(_UNAVAILABLE)
        set_encodings()
        # A process that runs one command is ours to tune; that of a program which calls us is not.
        is_own = arguments is None
        group.main(arguments, prog_name="tagnorm", windows_expand_args=False, obj=is_own)
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
