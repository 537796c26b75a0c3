"""Writing Arrow columns as CSV or TSV: UTF-8, LF, quotes only where they are needed."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from tagnorm.files.arrow_values import text_of
from tagnorm.files.dialects import FORMULA, NUMBER, Dialect, harmless
from tagnorm.replacement import Output

__all__ = ["DelimitedWriter"]


class DelimitedWriter:
    """Writes batches as lines of cells; null is an empty cell.

    Whole columns are quoted and joined by Arrow, without an object for each cell.
    """

    def __init__(
        self,
        output: Output,
        names: Sequence[str],
        dialect: Dialect,
        *,
        escape_formulas: bool = False,
    ) -> None:
        self._output = output
        self._escape = escape_formulas
        self._dialect = dialect
        self._special = f"[{re.escape(dialect.delimiter)}{re.escape(dialect.quote)}\r\n]"
        cells = [dialect.cell(harmless(n) if escape_formulas else n) for n in names]
        self._output.write((self._line(cells) + "\n").encode())

    def write(self, rows: pa.RecordBatch) -> None:
        """Write some rows."""
        if not rows.num_rows:
            return
        cells = [self._cells(column) for column in rows.columns]
        if len(cells) == 1:
            lines = pc.if_else(pc.equal(cells[0], ""), self._dialect.quote * 2, cells[0])
        else:
            lines = pc.binary_join_element_wise(*cells, self._dialect.delimiter)
        offsets = pa.array([0, len(lines)], pa.int32())
        text = pc.binary_join(pa.ListArray.from_arrays(offsets, lines), "\n")[0]
        self._output.write(text.as_buffer())
        self._output.write(b"\n")

    def _line(self, cells: Sequence[str]) -> str:
        if len(cells) == 1 and not cells[0]:
            return self._dialect.quote * 2  # a blank line would be no row
        return self._dialect.delimiter.join(cells)

    def _cells(self, column: pa.Array) -> pa.Array:
        text = text_of(column).fill_null("")
        if self._escape:
            runs = pc.match_substring_regex(text, f"^(?:{FORMULA})")
            if pc.any(runs).as_py():
                runs = pc.and_not(runs, pc.match_substring_regex(text, f"^(?:{NUMBER})$"))
                text = pc.if_else(runs, pc.binary_join_element_wise("'", text, ""), text)
        special = pc.match_substring_regex(text, self._special)
        if not pc.any(special).as_py():
            return text
        quote = self._dialect.quote
        doubled = pc.replace_substring(text, quote, quote * 2)
        quoted = pc.binary_join_element_wise(quote, doubled, quote, "")
        return pc.if_else(special, quoted, text)

    def close(self) -> None:
        """All is written."""
