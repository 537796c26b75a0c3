"""Delimited rows cleaned a block at a time: one regular expression cuts them, Arrow joins them.

What is not cleaned is never looked at: a row is what stands before the cells, the cells, and what
stands between and behind them. A block in which a row does not fit is left to those who read row by
row; both give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from tagnorm.columns.arrays import constant, may_hold, numbers, offsets, taken
from tagnorm.columns.lists import joined
from tagnorm.files.answers import Answers
from tagnorm.files.dialects import Dialect
from tagnorm.files.found import (
    EMPTY_TEXT,
    bytes_of,
    filled,
    find,
    number_texts,
    text,
)
from tagnorm.files.plan import Plan

if TYPE_CHECKING:
    from tagnorm.files.delimited import DelimitedReader

__all__ = ["RegularCells", "is_utf8", "parts_of"]


class RegularCells:
    """Cleans the blocks of a reader whose rows are regular, in the dialect that they have."""

    def __init__(self, reader: DelimitedReader, plan: Plan, answers: Mapping[str, Answers]) -> None:
        self._reader = reader
        self._plan = plan
        self._dialect = reader.dialect
        at = [place for place, name in enumerate(reader.names) if name in plan.columns]
        self._answers = [answers[reader.names[place]] for place in at]
        self._is_only = len(reader.names) == 1
        self._row = _row(reader.dialect, len(reader.names), at)
        self._marks = f"{self._dialect.delimiter}{self._dialect.quote}\r\n"
        self._special = f"[{re.escape(self._marks)}]"

    @classmethod
    def of(
        cls, reader: DelimitedReader, to: Dialect, plan: Plan, answers: Mapping[str, Answers]
    ) -> RegularCells | None:
        """The cleaner of a reader, or None if all of it has to be read row by row."""
        dialect = reader.dialect
        is_plain = dialect.delimiter.isascii() and dialect.quote.isascii()
        if to != dialect or plan.escape_formulas or not is_plain:
            return None
        return cls(reader, plan, answers)

    def clean(self, block: bytes) -> tuple[memoryview, int] | None:
        """The rows of a block, cleaned, and how many they are; None if they are not regular."""
        blocks = self._reader.blocks
        if blocks.is_piece or blocks.is_cut or not block.endswith(b"\n") or not is_utf8(block):
            return None
        parts = parts_of(self._row, block)
        if parts is None:
            return None
        total = len(parts[0])
        if self._plan.explode:
            return bytes_of(self._exploded(parts)), total
        for number, answers in enumerate(self._answers):
            raw = parts[2 * number + 1].dictionary_encode()
            found = find(answers, self._values(raw.dictionary), raw.indices)
            cells = self._placed(raw.dictionary, joined(found.tags, self._plan.separator))
            if self._plan.status:
                cells = self._with_status(cells, *found.status)
            parts[2 * number + 1] = taken(cells, raw.indices)
        return bytes_of(pc.binary_join_element_wise(*parts, EMPTY_TEXT)), total

    def _exploded(self, parts: list[pa.StringArray]) -> pa.StringArray:
        before, cells, behind = parts
        raw = cells.dictionary_encode()
        found = find(self._answers[0], self._values(raw.dictionary), raw.indices)
        tags = filled(found.tags, "")
        each = pc.list_parent_indices(tags)
        placed = self._placed(taken(raw.dictionary, each), tags.flatten())
        if self._plan.status:
            placed = self._with_status(placed, *(values.take(each) for values in found.status))
        lists = taken(pa.ListArray.from_arrays(tags.offsets, placed), raw.indices)
        rows = pc.list_parent_indices(lists)
        return pc.binary_join_element_wise(
            taken(before, rows), lists.flatten(), taken(behind, rows), EMPTY_TEXT
        )

    def _values(self, raw: pa.StringArray) -> pa.StringArray:
        """What raw cells say, without their quotes."""
        quote = self._dialect.quote
        if not quote:
            return raw
        is_quoted = pc.starts_with(raw, quote)
        if not pc.any(is_quoted).as_py():
            return raw
        inner = pc.utf8_slice_codeunits(raw, 1, -1)
        if may_hold(inner, quote):
            inner = pc.replace_substring(inner, quote * 2, quote)
        return pc.if_else(is_quoted, inner, raw)

    def _placed(self, raw: pa.StringArray, cells: pa.StringArray) -> pa.StringArray:
        """New cells in the place of raw ones, or behind them."""
        quote = self._dialect.quote
        if self._plan.suffix:
            delimiter = text(self._dialect.delimiter)
            new = self._quoted(cells, None)
            return pc.binary_join_element_wise(raw, new, delimiter)
        cells = self._quoted(cells, pc.starts_with(raw, quote) if quote else None)
        if self._is_only:  # a blank line would be no row for many readers
            cells = pc.if_else(pc.equal(cells, EMPTY_TEXT), text(quote * 2), cells)
        return cells

    def _quoted(self, cells: pa.StringArray, is_quoted: pa.BooleanArray | None) -> pa.StringArray:
        """Cells in quotes where they had them or need them."""
        special = is_quoted
        if may_hold(cells, self._marks):
            special = pc.match_substring_regex(cells, self._special)
            if pc.any(special).as_py() and not self._dialect.quote:
                self._dialect.cell(cells.filter(special)[0].as_py())  # says that it cannot be
            if is_quoted is not None:
                special = pc.or_(special, is_quoted)
        if special is None or not pc.any(special).as_py():
            return cells
        quote = self._dialect.quote
        mark = text(quote)
        inner = pc.replace_substring(cells, quote, quote * 2) if may_hold(cells, quote) else cells
        quoted = pc.binary_join_element_wise(mark, inner, mark, EMPTY_TEXT)
        return pc.if_else(special, quoted, cells)

    def _with_status(
        self, cells: pa.StringArray, statuses: pa.StringArray, confidences: pa.DoubleArray
    ) -> pa.StringArray:
        said = (statuses, number_texts(confidences))
        return pc.binary_join_element_wise(cells, *said, text(self._dialect.delimiter))


def _row(dialect: Dialect, width: int, at: Sequence[int]) -> re.Pattern[bytes]:
    """A row in parts: each cell that is cleaned, and what stands before, between and behind."""
    delimiter, quote = dialect.delimiter.encode(), dialect.quote.encode()
    d, q = re.escape(delimiter), re.escape(quote)
    cell = b"[^%b\r\n]*+" % d
    if quote:
        # Where tabs part cells, a cell with line ends in it may be whole rows.
        inside = b"[^%b]" % q if delimiter != b"\t" else b"[^%b\r\n]" % q
        plain = b"(?!%b)%b" % (q, cell)
        cell = b"(?:%b|%b(?:%b++|%b%b)*+%b)" % (plain, q, inside, q, q, q)
    end = b"(?:\r\n?|\n)"
    pattern, last = b"", 0
    for place in at:
        before = place - last
        lead = b"(?:%b%b){%d}" % (cell, d, before) if before else b""
        if last:
            lead = d + lead
        pattern += b"(%b)(%b)" % (lead, cell)
        last = place + 1
    rest = width - last
    pattern += b"((?:%b%b){%d}%b)" % (d, cell, rest, end) if rest else b"(%b)" % end
    return re.compile(pattern)


def parts_of(row: re.Pattern[bytes], block: bytes) -> list[pa.StringArray] | None:
    r"""The groups of an expression that matches rows, a column each; None if a row is left out.

    >>> row = re.compile(rb"(\w+)(,\n)")
    >>> [part.to_pylist() for part in parts_of(row, b"PREL,\nPGOV,\n")]
    [['PREL', 'PGOV'], [',\n', ',\n']]
    >>> parts_of(row, b"PREL,\n-\n") is None
    True
    """
    # Cut, a block is one list; what was found, row by row, would be a tuple for each.
    found = row.split(block)
    width = row.groups + 1
    if len(found) == 1 or any(found[::width]):
        return None
    del found[::width]  # what stands between two rows: nothing
    if None in found:
        found = [part or b"" for part in found]
    # The parts lie one behind the other, as they do in the block.
    places = offsets(map(len, found)).buffers()[1]
    parts = pa.StringArray.from_buffers(len(found), places, pa.py_buffer(block))
    first = numbers(range(0, len(found), row.groups))
    return [parts.take(pc.add(first, constant(group))) for group in range(row.groups)]


def is_utf8(block: bytes) -> bool:
    """Whether all bytes are letters of UTF-8."""
    if block.isascii():
        return True
    try:
        block.decode()
    except UnicodeDecodeError:
        return False
    return True
