"""Bytes that Arrow's own parsers read."""

from __future__ import annotations

import pyarrow as pa

__all__ = ["in_own_memory"]


def in_own_memory(block: bytes) -> pa.BufferReader:
    """A block to be read, in Arrow's memory.

    A thread of Arrow may let go of what it read a moment after the reading has ended. If that were
    Python's, and the interpreter on its way out, the process would be aborted.
    """
    memory = pa.allocate_buffer(len(block))
    memoryview(memory).cast("B")[:] = block
    return pa.BufferReader(memory)
