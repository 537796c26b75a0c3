"""Works out what edits make of the short forms of the built-in vocabulary.

`python -m benchmarks edits` writes `tagnorm/data/edits.bin`, which is to be done when a code or an
alias has changed; a test says so. See `tagnorm.engine.edits.table`.
"""

from __future__ import annotations

from tagnorm.engine.edits.table import PATH, EditTable
from tagnorm.engine.model import Model
from tagnorm.vocabulary.codes import Taxonomy

__all__ = ["packed", "run"]


def packed() -> bytes:
    """The file for the built-in vocabulary as it is now."""
    model = Model(Taxonomy.load())
    return EditTable.made(model.correctable, model.families).packed(model.families)


def run() -> None:
    """Write the file."""
    content = packed()
    PATH.write_bytes(content)
    print(f"{PATH}: {len(content):,} bytes")
