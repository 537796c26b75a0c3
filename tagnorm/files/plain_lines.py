"""Plain lines: each is a field of tags, and there is no other column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tagnorm.encodings import DAMAGED, Encoding, detect_encoding
from tagnorm.files.bad_rows import BadRows
from tagnorm.files.blocks import TOO_LONG, Blocks
from tagnorm.files.inputs import Input
from tagnorm.files.interface import Known

if TYPE_CHECKING:
    import pyarrow as pa

    from tagnorm.files.batches import Batch

__all__ = ["PlainLinesReader", "open_reader"]

_HEAD = 1 << 16


def open_reader(source: Input, known: Known, bad_rows: BadRows) -> PlainLinesReader:
    """A reader of plain lines.

    Raises:
        FormatError: the encoding is unknown.
    """
    return PlainLinesReader(source, known, bad_rows)


class PlainLinesReader:
    """The lines of a text, once; the one column has the name that was asked for."""

    total: int | None = None

    def __init__(self, source: Input, known: Known, bad_rows: BadRows) -> None:
        head = source.read(_HEAD)
        self.encoding = (
            detect_encoding(head)
            if known.encoding is None
            else Encoding.named(known.encoding, head)
        )
        self.names = list(known.columns[:1]) or ["tags"]
        self._name = source.name
        self._bad_rows = bad_rows
        self._blocks = Blocks(source, self.encoding, "", head)

    @property
    def about(self) -> str:
        """How the file is read."""
        return f"plain lines, {self.encoding.name}"

    def elsewhere(self, column: str) -> str:
        """Nowhere: lines have no columns."""
        return ""

    def texts(self, column: str) -> Iterator[Sequence[str | None]]:
        """The lines, without their ends.

        Raises:
            BadDataError: a line is bad, and bad rows are to stop the work.
        """
        blocks = self._blocks
        for block in blocks:
            if blocks.is_piece:
                continue
            found: list[str | None] = []
            for number, line, is_whole in blocks.lines(block):
                if not is_whole:
                    self._bad_rows.add(number, TOO_LONG, line)
                elif not line.isascii() and DAMAGED.search(line):
                    self._bad_rows.add(number, self.encoding.damage, line)
                found.append(line.rstrip("\r\n") if is_whole else None)
            yield found

    def schema(self) -> pa.Schema:
        """One column of text."""
        import pyarrow as pa  # noqa: PLC0415 -- lines need no Arrow

        return pa.schema([(self.names[0], pa.string())])

    def batches(self) -> Iterator[Batch]:
        """The lines as a column."""
        import pyarrow as pa  # noqa: PLC0415

        from tagnorm.files.batches import Batch  # noqa: PLC0415

        for texts in self.texts(self.names[0]):
            damaged = [n for n, text in enumerate(texts) if text and DAMAGED.search(text)]
            whole = [text and DAMAGED.sub("\ufffd", text) for text in texts]
            rows = pa.RecordBatch.from_arrays([pa.array(whole, pa.string())], names=self.names)
            yield Batch(rows, {self.names[0]: damaged} if damaged else {})
