"""The paths of one command: no two of them may be one file, or something would be overwritten; and
what is said of one at which there is nothing."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

from tagnorm.errors import FormatError

__all__ = [
    "check_path",
    "is_same_file",
    "is_standard_output",
    "not_there",
    "refuse_overlaps",
    "stream_of",
]

_STREAMS = {"/dev/stdin": 0, "/dev/stdout": 1, "/dev/stderr": 2}
_NUMBERED = re.compile("/(?:dev|proc/self)/fd/([0-9]{1,9})")
_MOST_LINKS = 40
# Names are near only beyond what their endings have in common.
_NEAR = 0.75
# A `Path` has one slash left of two.
_ADDRESS = re.compile("[a-z][a-z0-9+.-]+:/", re.IGNORECASE)


def stream_of(path: str | Path) -> int | None:
    """The number of the stream of this process that is named as an output, also through links; None
    of what is no stream.

    >>> [stream_of(path) for path in ("-", "/dev/stderr", "/dev/fd/7", "raw.csv")]
    [1, 2, 7, None]
    """
    name = "/dev/stdout" if str(path) == "-" else str(path)
    for _ in range(_MOST_LINKS):
        name = os.path.normpath(name)
        if name in _STREAMS:
            return _STREAMS[name]
        if found := _NUMBERED.fullmatch(name):
            return int(found[1])
        try:
            name = str(Path(name).parent / Path(name).readlink())
        except (OSError, ValueError):
            break
    return None


def is_same_file(one: str | Path, other: str | Path) -> bool:
    """Whether two paths lead to one file, by device and number, whatever links are on the way.

    What is not there yet is compared by the folder it is to be in and its name there. Devices and
    pipes are no files: nothing in them can be overwritten.
    """
    first, second = _status(one), _status(other)
    if first is not None and second is not None:
        regular = stat.S_ISREG(first.st_mode) or stat.S_ISDIR(first.st_mode)
        return regular and os.path.samestat(first, second)
    if first is not None or second is not None:
        return False
    there, here = Path(os.path.realpath(one)), Path(os.path.realpath(other))
    if there == here:
        return True
    parent, its = _status(there.parent), _status(here.parent)
    both = parent is not None and its is not None and os.path.samestat(parent, its)
    # A disk that does not tell capitals from small letters has one file for both.
    return both and os.path.normcase(there.name).casefold() == here.name.casefold()


def not_there(path: str | Path, remedy: str) -> str:
    """What to say of a path at which there is nothing: which folder is missing, or what is near;
    and the remedy, where there is none of its own.

    >>> not_there("no/such/raw.csv", "name a file that is there")
    "there is no folder 'no/such'; name a file that is there"
    >>> not_there("https://example.org/raw.csv", "name a file that is there")
    'addresses are not read; download the file, and name that'
    """
    from difflib import get_close_matches  # noqa: PLC0415 -- an error needs it

    if _ADDRESS.match(str(path)):
        return "addresses are not read; download the file, and name that"

    path, names = Path(path), list[str]()
    if path.is_symlink():
        return f"it is a link to {str(path.readlink())!r}, and nothing is there; {remedy}"
    try:
        names = [one.name for one in path.parent.iterdir()]
    except (FileNotFoundError, NotADirectoryError):
        return f"there is no folder {str(path.parent)!r}; {remedy}"
    except OSError:  # it may not be listed
        pass
    near = get_close_matches(path.name, names, 1, _NEAR)
    meant = f"did you mean {str(path.with_name(near[0]))!r}?" if near else remedy
    return f"there is no such file or folder; {meant}"


def check_path(what: str, given: object, for_others: str) -> None:
    """See to it that an argument is the path of a file.

    >>> check_path("source", ["PREL"], "for a column in memory there is split_column")
    Traceback (most recent call last):
    TypeError: source is of type list; it takes the path of a file, or '-'; for a column in ...

    Raises:
        TypeError: it is something else; the message says what there is for that.
    """
    if not isinstance(given, str | os.PathLike):
        raise TypeError(
            f"{what} is of type {type(given).__name__}; it takes the path of a file, or '-'; "
            f"{for_others}"
        )


def is_standard_output(file: str | Path | int) -> bool:
    """Whether what is printed goes into a file, given by its path or the number of its handle.

    Such a command would read what it has just written, as `cat raw.csv >> raw.csv` would.
    """
    try:
        found, output = os.stat(file), os.fstat(sys.stdout.fileno())  # noqa: PTH116
    except (OSError, ValueError, AttributeError):
        return False
    return stat.S_ISREG(found.st_mode) and os.path.samestat(found, output)


def refuse_overlaps(
    inputs: Iterable[tuple[str, str | Path | None]],
    outputs: Iterable[tuple[str, str | Path | None]],
) -> None:
    """See to it that no output is one of the inputs or another output, before any is opened.

    Each path comes with what it is called in a message; `-`, a standard stream, is no file unless
    the stream leads to one.

    >>> refuse_overlaps([("the input", "raw.csv")], [("the output", "./raw.csv")])
    Traceback (most recent call last):
    tagnorm.errors.FormatError: ./raw.csv: is the input itself (raw.csv); what is in it would be ...

    Raises:
        FormatError: one is; the message names both.
    """
    taken = [(role, path) for role, path in inputs if path is not None]
    read = len(taken)
    for role, path in outputs:
        if path is None:
            continue
        own = stream_of(path)
        for number, (other, there) in enumerate(taken):
            stream = "stdin" if number < read else "stdout"
            is_one_stream = own is not None and number >= read and own == stream_of(there)
            if is_one_stream or is_same_file(_named(path, "stdout"), _named(there, stream)):
                raise FormatError(
                    f"{path}: is {other} itself ({there}); what is in it would be lost, "
                    f"so name another file for {role}"
                )
        taken.append((role, path))


def _named(path: str | Path, stream: str) -> str | Path:
    """The path of a stream where the system has one."""
    if str(path) != "-":
        return path
    return f"/dev/{stream}"


def _status(path: str | Path) -> os.stat_result | None:
    try:
        return os.stat(path)  # noqa: PTH116 -- it takes what is no Path
    except (OSError, ValueError):
        pass
    try:  # a folder on the way that is not there, and left again by `..`
        return os.stat(os.path.realpath(path))  # noqa: PTH116
    except (OSError, ValueError):
        return None
