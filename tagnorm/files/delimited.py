"""CSV and TSV: rows of raw cells, as texts, as Arrow columns, or cleaned in place.

Nothing is inferred: every cell is text, and an empty one is an empty text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING

from tagnorm.arguments import argument
from tagnorm.encodings import DAMAGED, Encoding, detect_encoding
from tagnorm.errors import BadDataError
from tagnorm.files.bad_rows import BadRows
from tagnorm.files.blocks import LONGEST, TOO_LONG, Blocks, text_lines
from tagnorm.files.delimited_records import Record, records
from tagnorm.files.dialects import Dialect, detect_dialect
from tagnorm.files.inputs import Input
from tagnorm.files.interface import Known, Writer
from tagnorm.files.names import MOST_TITLES
from tagnorm.replacement import Output

if TYPE_CHECKING:
    import pyarrow as pa

    from tagnorm.files.answers import Answers
    from tagnorm.files.batches import Batch
    from tagnorm.files.formats import Format
    from tagnorm.files.plan import Plan

__all__ = ["DelimitedReader", "open_reader", "open_writer"]

_HEAD = 1 << 18
# What spreadsheets write in front of the header to say what parts the cells.
_SEP = re.compile(r'"?sep=(?P<mark>[^"\r\n])"?(?:\r\n|\r|\n|$)', re.IGNORECASE)
_BLANK = re.compile(r"(?:[ \t]*(?:\r\n|\r|\n))*")
# DOS ended a text with this.
_END_OF_FILE = "\x1a"


def open_reader(source: Input, known: Known, bad_rows: BadRows) -> DelimitedReader:
    """A reader of CSV or TSV.

    Raises:
        BadDataError: there is not even a header.
        FormatError: the encoding is unknown.
    """
    return DelimitedReader(source, known, bad_rows)


def open_writer(output: Output, schema: pa.Schema, form: Format, plan: Plan) -> Writer:
    """A writer of CSV or TSV: UTF-8, LF, quotes only where they are needed."""
    from tagnorm.files.delimited_writer import DelimitedWriter  # noqa: PLC0415 -- needs PyArrow

    return DelimitedWriter(
        output, schema.names, _dialect_of(form), escape_formulas=plan.escape_formulas
    )


def _otherwise(head: bytes, given: Encoding, columns: Sequence[str], known: Known) -> str:
    """The encoding by which a header has the columns that it has not by the one that was given."""
    found = detect_encoding(head)
    if known.encoding is None or found == given:
        return ""
    text = found.decoder().decode(head.removeprefix(found.mark)).lstrip("\r\n")
    dialect = detect_dialect(text, columns, delimiter=known.delimiter, quote=known.quote)
    row = next(records(io.StringIO(text, newline=""), dialect, 1), None)
    names = set() if row is None else set(map(dialect.value, row.cells))
    return found.name if names.issuperset(columns) else ""


def _dialect_of(form: Format) -> Dialect:
    """How a file of a format is written anew."""
    return Dialect("\t" if form.kind.name == "tsv" else ",")


class DelimitedReader:
    """The header of a delimited file, and then its rows, once.

    Args:
        source: the open input.
        known: the columns that it should have, and what else is known.
        bad_rows: told of every row that is not as the header promises.

    Raises:
        BadDataError: there is not even a header.
        FormatError: the encoding is unknown.
    """

    total: int | None = None

    def __init__(self, source: Input, known: Known, bad_rows: BadRows) -> None:
        head = b""
        while len(head) < _HEAD and (data := source.read(_HEAD)):
            head += data
        found = (
            detect_encoding(head)
            if known.encoding is None
            else Encoding.named(known.encoding, head)
        )
        sample = found.decoder().decode(head.removeprefix(found.mark))
        self.encoding = found
        # What stands before the header: blank lines, and a line that names the delimiter.
        self.preamble = _BLANK.match(sample)[0]  # type: ignore[index]  # it matches anything
        delimiter = known.delimiter
        sep = _SEP.match(sample, len(self.preamble))
        if sep is not None and delimiter in (None, sep["mark"]):
            delimiter = sep["mark"]
            self.preamble += sep[0]
            self.preamble += _BLANK.match(sample, len(self.preamble))[0]  # type: ignore[index]
        if delimiter is None and source.format.kind.name == "tsv":
            delimiter = "\t"
        self.kind = source.format.kind
        self.dialect = detect_dialect(
            sample[len(self.preamble) :], known.columns, delimiter=delimiter, quote=known.quote
        )
        self.name = source.name
        self.bad_rows = bad_rows
        start = len(found.mark) + len(self.preamble.encode(found.name))
        self.blocks = Blocks(source, found, self.dialect.quote, head[start:])
        self.blocks.line += text_lines(self.preamble)
        self._damaged = False
        self.header = self._read_header()
        self.names = [self.dialect.value(cell) for cell in self.header.cells]
        self._below = {
            name: line
            for name in known.columns
            if name not in self.names and (line := self._line_below(sample, name, known))
        }
        missing = [name for name in known.columns if name not in self.names]
        self._otherwise = missing and _otherwise(head, found, missing, known)

    @property
    def about(self) -> str:
        """How the file is read."""
        return f"{self.kind.name}, {self.encoding.name}, delimiter {self.dialect.delimiter!r}"

    def elsewhere(self, column: str) -> str:
        """In a line below titles or comments, or in the header if the encoding is not that which
        was given."""
        if self._otherwise:
            given = argument("encoding")
            return f"read as {self._otherwise} it has one: leave {given} out"
        line = self._below.get(column)
        return f"line {line} has it: take away the lines above that" if line else ""

    def _line_below(self, sample: str, name: str, known: Known) -> int:
        """The number of a line behind the header that has a name among its cells, or 0."""
        lines = islice(io.StringIO(sample[len(self.preamble) :], newline=""), 1, MOST_TITLES)
        for number, line in enumerate(lines, self.header.line + 1):
            if name in line:
                found = detect_dialect(line, [name], delimiter=known.delimiter, quote=known.quote)
                row = next(records(io.StringIO(line, newline=""), found, number), None)
                if row is not None and name in map(found.value, row.cells):
                    return number
        return 0

    def _read_header(self) -> Record:
        for block in self.blocks:
            text = self.blocks.decode(block)
            start = self.blocks.line - text_lines(text)
            found = next(self._records(text, start), None)
            if found is not None and not found.closed:
                if self.blocks.at_end or self.blocks.is_cut:
                    message = f"the header opens a quote ({self.dialect.quote}) and never closes it"
                    raise BadDataError(f"{self.name}:{start}: {message}", start)
                self.blocks.give_back(text)
            elif found is not None:
                if not found.end and not self.blocks.at_end:
                    message = f"the header is longer than {LONGEST >> 20} MiB"
                    raise BadDataError(f"{self.name}:{start}: {message}", start)
                self.blocks.give_back(text[len(self._text_of(found)) :])
                if DAMAGED.search(self._text_of(found)):
                    message = f"the header {self.encoding.damage}"
                    raise BadDataError(f"{self.name}:{start}: {message}", start)
                return found
        raise BadDataError(f"{self.name}: is empty; it has no header with the names of its columns")

    def rows(self) -> Iterator[list[Record]]:
        """The rows as they stand, a block at a time; blank lines and bad rows too.

        Raises:
            BadDataError: a row is bad, and bad rows are to stop the work.
        """
        for block in self.blocks:
            yield self.rows_of(block)

    def texts(self, column: str) -> Iterator[Sequence[str | None]]:
        """What stands in a column, a block of rows at a time.

        Raises:
            BadDataError: a row is bad, and bad rows are to stop the work.
        """
        place = self.names.index(column)
        if find_spec("pyarrow") is not None:
            for batch in self.batches():
                yield batch.rows.column(place).to_pylist()
            return
        for rows in self.rows():
            yield [self.values(row)[place] for row in rows if not self.is_blank(row)]

    def schema(self) -> pa.Schema:
        """The columns of `batches`: text, all of them; where several have no name, they get one."""
        import pyarrow as pa  # noqa: PLC0415 -- rows need no Arrow

        blank = self.names.count("") > 1
        names = (
            f"column_{number}" if blank and not name else name
            for number, name in enumerate(self.names, start=1)
        )
        return pa.schema([(name, pa.string()) for name in names])

    def batches(self) -> Iterator[Batch]:
        """The rows as columns of text; blank lines are left out.

        A row with too few cells has nulls for those that it lacks; of a row with too many, the last
        cell is all that is left of it.

        Raises:
            BadDataError: a row is bad, and bad rows are to stop the work.
        """
        from tagnorm.files.delimited_columns import batches  # noqa: PLC0415 -- needs PyArrow

        return batches(self)

    def cleaned(
        self, to: Format, plan: Plan, answers: Mapping[str, Answers]
    ) -> Iterator[tuple[bytes | memoryview, int]]:
        """The rows with some cells cleaned, and all else as it was read."""
        from tagnorm.files.line_cleaning import DelimitedLines  # noqa: PLC0415 -- needs Arrow
        from tagnorm.files.regular_cells import RegularCells  # noqa: PLC0415

        dialect = self.dialect if to.kind is self.kind else _dialect_of(to)
        lines = DelimitedLines(self, dialect, plan, answers)
        regular = RegularCells.of(self, dialect, plan, answers)
        yield self.encoding.mark + self.encoding.encode(lines.header()), 0
        for block in self.blocks:
            found = None if regular is None else regular.clean(block)
            if found is not None:
                yield self.encoding.from_utf8(found[0]), found[1]
                continue
            rows = self.rows_of(block)
            text = "".join(lines.of(rows))
            yield self.encoding.encode(text), sum(not self.is_blank(row) for row in rows)

    def is_blank(self, row: Record) -> bool:
        """Whether a record is a blank line and no row; a file of one column has empty rows."""
        if row.piece or len(row.cells) != 1:
            return row.piece == 2
        cell = row.cells[0]
        # Some programs fill up the last block of the disk with the mark.
        if cell and not cell.strip(_END_OF_FILE) and not row.end and self.blocks.at_end:
            return True
        return not cell and len(self.names) > 1

    def is_damaged(self, cell: str) -> bool:
        """Whether a raw cell of the last block holds what could not be decoded."""
        return self._damaged and DAMAGED.search(cell) is not None

    @property
    def has_damage(self) -> bool:
        """Whether something in the last block could not be decoded."""
        return self._damaged

    def rows_of(self, block: bytes) -> list[Record]:
        """A block row by row; a row that goes on behind it is given back."""
        blocks = self.blocks
        text = blocks.decode(block)
        self._damaged = not text.isascii() and DAMAGED.search(text) is not None
        start = blocks.line - text_lines(text)
        width = len(self.names)
        if blocks.is_piece:
            return [Record(start, [text], "", piece=2)]
        found: list[Record] = []
        for row in self._records(text, start):
            complete = row.closed and (row.end or blocks.at_end)
            if not complete:
                left = self._text_of(row)
                if blocks.at_end or (blocks.is_cut and not found):
                    found += self._broken(row, left)
                else:
                    blocks.give_back(left)
                break
            if len(row.cells) != width and not self.is_blank(row):
                self.bad_rows.add(row.line, self._ragged(row), self._text_of(row))
            elif row.quoted and self._swallows(row):
                message = (
                    f"a quote ({self.dialect.quote}) opens a cell that takes in whole rows behind "
                    f"it; if quotes are letters here, say {argument('quote', 'none')}"
                )
                self.bad_rows.add(row.line, message, self._text_of(row))
            elif self._damaged and DAMAGED.search(self._text_of(row)):
                self.bad_rows.add(row.line, self.encoding.damage, self._text_of(row))
            found.append(row)
        return found

    def _swallows(self, row: Record) -> bool:
        """Whether a record of several lines is as many records without its quotes.

        Tabs stand in no cell that a person wrote, so where each line has all of them, it is a row.
        """
        tabs = len(self.names) - 1
        if self.dialect.delimiter != "\t" or not tabs or not any("\n" in c for c in row.cells):
            return False
        lines = self._text_of(row).splitlines()
        return all(line.count("\t") == tabs for line in lines)

    def _broken(self, row: Record, left: str) -> list[Record]:
        """The first line of a row that cannot be read whole; what follows is read again."""
        blocks = self.blocks
        first = next(iter(io.StringIO(left, newline="")))
        if row.closed or (not blocks.at_end and len(first) == len(left)):
            self.bad_rows.add(row.line, TOO_LONG, left[:1000])
            blocks.pass_line()
            return [Record(row.line, [left], "", piece=1)]
        within = "" if blocks.at_end else f" within {LONGEST >> 20} MiB"
        message = f"a quote ({self.dialect.quote}) is opened and never closed{within}"
        self.bad_rows.add(row.line, message, first)
        blocks.give_back(left[len(first) :])
        body = first.rstrip("\r\n")
        return [Record(row.line, body.split(self.dialect.delimiter), first[len(body) :])]

    def _ragged(self, row: Record) -> str:
        cells = f"{len(row.cells)} cell" + ("s" if len(row.cells) != 1 else "")
        return f"{cells}, but {len(self.names)} columns"

    def _records(self, text: str, start: int) -> Iterator[Record]:
        return records(io.StringIO(text, newline=""), self.dialect, start)

    def _text_of(self, row: Record) -> str:
        return self.dialect.delimiter.join(row.cells) + row.end

    def values(self, row: Record) -> list[str | None]:
        """What the cells of a row say, one for each column."""
        width, dialect = len(self.names), self.dialect
        if row.piece:
            return [None] * width
        cells = row.cells
        values: list[str | None] = []
        values += [dialect.value(cell) for cell in cells[:width]] if row.quoted else cells[:width]
        if len(cells) > width:
            values[-1] = dialect.delimiter.join(cells[width - 1 :])
        elif len(cells) < width:
            values += [None] * (width - len(cells))
        return values
