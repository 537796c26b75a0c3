"""Packs the built-in vocabulary, so that it need not be read row by row when a program starts.

`python -m benchmarks packed` writes `tagnorm/data/vocabulary.json`, which is to be done when any
file of the vocabulary has changed; a test says so. See `tagnorm.vocabulary.packed`.
"""

from __future__ import annotations

from tagnorm.vocabulary.codes import Taxonomy
from tagnorm.vocabulary.loading import builtin_folder, checksum_of, read_folder
from tagnorm.vocabulary.packed import PATH, packed

__all__ = ["run", "text"]


def text() -> str:
    """The file for the built-in vocabulary as it is now."""
    folder = builtin_folder()
    return packed(read_folder(folder), Taxonomy.load(folder).forms, checksum_of(folder))


def run() -> None:
    """Write the file."""
    PATH.write_text(text(), encoding="utf-8", newline="\n")
    print(f"{PATH}: {PATH.stat().st_size:,} bytes")
