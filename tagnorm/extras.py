"""What to install where a library is missing: every surface that needs one says it the same way."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

__all__ = ["missing", "needing"]


def missing(error: ModuleNotFoundError, extra: str, what: str = "this") -> ModuleNotFoundError:
    """The error to raise for a library that is not there, with the command that brings it.

    >>> print(missing(ModuleNotFoundError(name="duckdb"), "duckdb", "tagnorm.duckdb"))
    tagnorm.duckdb needs duckdb, which is not installed; install it with:
    python -m pip install 'tagnorm[duckdb]'
    """
    return ModuleNotFoundError(
        f"{what} needs {error.name}, which is not installed; "
        f"install it with:  python -m pip install 'tagnorm[{extra}]'",
        name=error.name,
    )


@contextlib.contextmanager
def needing(extra: str) -> Iterator[None]:
    """Imports of what an extra brings, for the module `tagnorm.<extra>` of the same name.

    >>> with needing("polars"):
    ...     import no_such_library
    Traceback (most recent call last):
    ModuleNotFoundError: tagnorm.polars needs no_such_library, which is not installed; install it
        with:  python -m pip install 'tagnorm[polars]'

    Raises:
        ModuleNotFoundError: one of them is not installed; it names the extra.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] == "tagnorm":
            raise
        raise missing(error, extra, f"tagnorm.{extra}") from error
