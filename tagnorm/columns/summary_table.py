"""Summaries of words and fields as rows of an Arrow table. Needs PyArrow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice
from typing import NamedTuple

import pyarrow as pa

from tagnorm.columns.arrays import decimals, numbers, texts
from tagnorm.columns.growing_table import numbered
from tagnorm.engine.summaries import Summary
from tagnorm.resolution import STATUSES

__all__ = ["NOTHING", "SummaryTable"]

# The summary of an empty word, which is none; it has no status.
NOTHING = Summary(tags=(), status="", confidence=1.0, unresolved=(), pieces=(), inferred=())
_NUMBER_OF_STATUS = {status: at for at, status in enumerate((*STATUSES, NOTHING.status))}


class SummaryTable(NamedTuple):
    """Summaries as rows. Texts stand there as numbers; `names` has the text of each number."""

    tags: pa.ListArray
    status: pa.Int32Array
    confidence: pa.DoubleArray
    unresolved: pa.ListArray
    pieces: pa.ListArray
    inferred: pa.ListArray
    names: pa.StringArray

    @classmethod
    def of(
        cls, summaries: Sequence[Summary], number_of: Mapping[str, int], named: int = 0
    ) -> SummaryTable:
        """The table of some summaries, with the names of all texts but the first `named` ones."""
        return cls(
            numbered([one.tags for one in summaries], number_of),
            numbers([_NUMBER_OF_STATUS[one.status] for one in summaries]),
            decimals([one.confidence for one in summaries]),
            numbered([one.unresolved for one in summaries], number_of),
            numbered([one.pieces for one in summaries], number_of),
            numbered([one.inferred for one in summaries], number_of),
            texts(islice(number_of, named, None)),
        )

    def grown(self, summaries: Sequence[Summary], number_of: Mapping[str, int]) -> SummaryTable:
        """The table with more rows; all texts are numbered, the new ones last."""
        fresh = SummaryTable.of(summaries, number_of, len(self.names))
        return SummaryTable(*map(pa.concat_arrays, zip(self, fresh, strict=True)))

    @staticmethod
    def texts_of(one: Summary) -> Iterable[str]:
        """The texts of a summary that are numbered."""
        return chain(one.pieces, one.tags, one.unresolved, one.inferred)
