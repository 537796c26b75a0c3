"""Cables: reading the TAGS field of a header, and telling the cables of a dump apart."""

from __future__ import annotations

from tagnorm.cables.dump import Cable, cables
from tagnorm.cables.era import edition_of, era_of
from tagnorm.cables.reading import CableTags, TagEntry, read_tags
from tagnorm.encodings import decoded_lines

__all__ = [
    "Cable",
    "CableTags",
    "TagEntry",
    "cables",
    "decoded_lines",
    "edition_of",
    "era_of",
    "read_tags",
]
