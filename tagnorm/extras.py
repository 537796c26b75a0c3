"""What to install where a library is missing: every surface that needs one says it the same way."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

__all__ = ["extra_of", "missing", "needing"]


# Which extra brings a library.
_EXTRAS = {
    "click": "cli",
    "filelock": "cli",
    "rich": "cli",
    "charset_normalizer": "files",
    "openpyxl": "excel",
    "pyarrow": "files",
    "narwhals": "columns",
    "numpy": "columns",
    "pandas": "pandas",
    "polars": "polars",
    "duckdb": "duckdb",
    "pyspark": "spark",
    "starlette": "serve",
    "uvicorn": "serve",
    "rdflib": "skos",
}


def extra_of(error: ModuleNotFoundError) -> str | None:
    """The extra that brings a library which is not there; None of what no extra brings.

    >>> extra_of(ModuleNotFoundError(name="pyarrow.parquet")), extra_of(ModuleNotFoundError())
    ('files', None)
    """
    return _EXTRAS.get((error.name or "").partition(".")[0])


def missing(
    error: ModuleNotFoundError, what: str = "this", extra: str | None = None
) -> ModuleNotFoundError:
    """The error to raise for a library that is not there, with the command that brings it.

    Args:
        error: what the import raised.
        what: what needs the library.
        extra: the extra to install; without it, the one that brings the library.

    >>> print(missing(ModuleNotFoundError(name="duckdb"), "tagnorm.duckdb"))
    tagnorm.duckdb needs duckdb, which is not installed; install it with:
    python -m pip install 'tagnorm[duckdb]'
    """
    library = (error.name or "").partition(".")[0]
    return ModuleNotFoundError(
        f"{what} needs {library}, which is not installed; "
        f"install it with:  python -m pip install 'tagnorm[{extra or extra_of(error)}]'",
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
        raise missing(error, f"tagnorm.{extra}", extra) from error
