"""A stretch of rows as Arrow columns, between a reader and a writer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs
import pyarrow as pa

__all__ = ["Batch"]


@attrs.frozen
class Batch:
    """Rows as columns; `damaged` tells in which rows of a column letters were lost in decoding."""

    rows: pa.RecordBatch
    damaged: Mapping[str, Sequence[int]] = attrs.field(factory=dict)
