"""What a module of a format provides: a reader of its rows, and perhaps a writer of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

import attrs

from tagnorm.files.dialects import check_mark

if TYPE_CHECKING:
    import pyarrow as pa

    from tagnorm.files.answers import Answers
    from tagnorm.files.batches import Batch
    from tagnorm.files.formats import Format
    from tagnorm.files.plan import Plan

__all__ = ["FORM_OPTIONS", "Known", "Reader", "TextReader", "Writer"]

# What a person may say of a file that is read, by the names that every surface has for it.
FORM_OPTIONS = ("from_format", "delimiter", "quote", "encoding", "sheet", "on_error")


def _delimiter(given: str | None) -> str | None:
    return None if given is None else check_mark("delimiter", given)


def _quote(given: str | None) -> str | None:
    return None if given is None else check_mark("quote", given)


@attrs.frozen
class Known:
    """What is known of a file before it is read; None is found out.

    `columns` are those that it should have, which helps to find out the rest.

    Raises:
        FormatError: the delimiter or the quote is not one character that can part cells.
    """

    columns: tuple[str, ...] = ()
    delimiter: str | None = attrs.field(default=None, converter=_delimiter)
    quote: str | None = attrs.field(default=None, converter=_quote)
    encoding: str | None = None
    sheet: str | None = None


class Reader(Protocol):
    """The rows of an open file, once: as texts of a column, or as Arrow; only one is asked for.

    `about` says how the file is read, for a person; `total` is the number of rows where the file
    tells.
    """

    total: int | None

    @property
    def about(self) -> str:
        """How the file is read."""

    @property
    def names(self) -> Sequence[str]:
        """The names of the columns, so far as they are known."""

    def elsewhere(self, column: str) -> str:
        """Where else in the file a column may be that it has not, with the remedy; or nothing."""

    def texts(self, column: str) -> Iterator[Sequence[str | None]]:
        """What stands in a column, some rows at a time; None where there is nothing.

        A list is one text with `; ` between its items.
        """

    def schema(self) -> pa.Schema:
        """The columns of `batches`; to find them out, the file may have to be read once."""

    def batches(self) -> Iterator[Batch]:
        """The rows as columns."""


class TextReader(Reader, Protocol):
    """A reader of a format that has a family: its rows can be cleaned in place."""

    def cleaned(
        self, to: Format, plan: Plan, answers: Mapping[str, Answers]
    ) -> Iterator[tuple[bytes | memoryview, int]]:
        """The output in a format of the same family, with the number of rows in each piece.

        All that is not cleaned stands in it as it was read.
        """


class Writer(Protocol):
    """Takes rows as Arrow columns, and writes them."""

    def write(self, rows: pa.RecordBatch) -> None:
        """Write some rows, or hold them back for a while."""

    def close(self) -> None:
        """Write what is held back, and the end of the file."""
