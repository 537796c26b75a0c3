"""The formats of files: a line for each, and the module that reads and writes it.

A module of a format has `open_reader(source, known, bad_rows) -> Reader`, and, if the format is
written, `open_writer(output, schema, format, plan) -> Writer`, as `tagnorm.files.interface` says
them. It is imported when a file of the format is opened, not before.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import attrs

from tagnorm.errors import FormatError

if TYPE_CHECKING:
    from tagnorm.files.bad_rows import BadRows
    from tagnorm.files.inputs import Input
    from tagnorm.files.interface import Known, Reader

__all__ = ["KINDS", "Kind", "kind_named"]


@attrs.frozen
class Kind:
    """One kind of rows in a file.

    * `name` -- as options have it; `endings` -- of the names of files;
    * `module` -- of `tagnorm.files`, which reads and writes it;
    * `magic` -- how such a file begins, if its first bytes tell;
    * `family` -- kinds of one family turn into each other without a letter of other cells changed;
    * `is_text` -- whether the file is text, which may be packed as a whole;
    * `has_lists` -- whether a cell can hold several tags as a list;
    * `is_written` -- whether it can be written too;
    * `takes` -- what a person may say of such a file: fields of `Known`.
    """

    name: str
    endings: tuple[str, ...]
    module: str
    magic: bytes = b""
    family: str = ""
    is_text: bool = False
    has_lists: bool = True
    is_written: bool = True
    takes: tuple[str, ...] = ()

    def load(self) -> Any:
        """The module that reads and writes it."""
        return import_module(f"tagnorm.files.{self.module}")

    def open_reader(self, source: Input, known: Known, bad_rows: BadRows) -> Reader:
        """A reader of the rows of an open file.

        Raises:
            FormatError: something is said of the file that does not fit its format.
            BadDataError: the file cannot be read.
        """
        for name in ("delimiter", "quote", "encoding", "sheet"):
            if getattr(known, name) is not None and name not in self.takes:
                fitting = ", ".join(kind.name for kind in KINDS if name in kind.takes)
                raise FormatError(
                    f"{source.name}: is read as {self.name}, which takes no {name}; "
                    f"it is for {fitting}"
                )
        reader: Reader = self.load().open_reader(source, known, bad_rows)
        return reader


_TEXT = ("encoding",)
_CELLS = ("delimiter", "quote", "encoding")

# To add a format, write its module and its line here.
KINDS = (
    Kind(
        "csv",
        ("csv", "txt"),
        "delimited",
        family="cells",
        is_text=True,
        has_lists=False,
        takes=_CELLS,
    ),
    Kind(
        "tsv",
        ("tsv", "tab"),
        "delimited",
        family="cells",
        is_text=True,
        has_lists=False,
        takes=_CELLS,
    ),
    Kind("jsonl", ("jsonl", "ndjson"), "json_lines", family="jsonl", is_text=True, takes=_TEXT),
    Kind("json", ("json",), "json_array", family="json", is_text=True, takes=_TEXT),
    Kind("parquet", ("parquet", "pq", "parq"), "columnar", b"PAR1"),
    Kind("arrow", ("arrow", "feather", "ipc"), "columnar", b"ARROW1"),
    Kind("arrow-stream", ("arrows", "arrow-stream"), "columnar", b"\xff\xff\xff\xff"),
    Kind("xlsx", ("xlsx", "xlsm"), "excel", is_written=False, takes=("sheet",)),
    Kind("lines", ("lines",), "plain_lines", is_text=True, is_written=False, takes=_TEXT),
)

_NAMED = {kind.name: kind for kind in KINDS}


def kind_named(name: str) -> Kind:
    """The kind with a name that is known to be one."""
    return _NAMED[name]
