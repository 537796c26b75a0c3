"""The built-in vocabulary in one file, as it comes of its files: read four times as fast as they.

Where time goes when a program starts is into rows, checks, and names that are compared with one
another. `python -m benchmarks packed` writes the file when a row has changed, and a test says so.
It counts for the very files that it was made of, and for no others: a vocabulary that somebody has
changed is read from its files. What the engine makes its codes cost is packed as well, and counts
for the very cost table that it was made by.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import attrs

from tagnorm.vocabulary.contents import FormColumns, Prices, Vocabulary
from tagnorm.vocabulary.entries import MAPPINGS, NOTHING, Alias, Code
from tagnorm.vocabulary.frozen import FrozenDict

__all__ = ["PATH", "packed", "read_packed"]

PATH: Final = Path(__file__).parents[1] / "data" / "vocabulary.json"
_CODE: Final = tuple(field.name for field in attrs.fields(Code))
# Each stands for one of the distinct values of a column.
_LETTERS: Final = "".join(map(chr, range(ord("#"), ord("~") + 1))).replace("\\", "")


def packed(vocabulary: Vocabulary, forms: Sequence[Alias], prices: Prices, checksum: int) -> str:
    """The text of the file for a vocabulary.

    Args:
        vocabulary: what its files hold.
        forms: its aliases, and then what else a text may have for a code.
        prices: what its codes and these forms cost.
        checksum: that of its files.
    """
    found: dict[str, Any] = {
        "checksum": checksum,
        "version": vocabulary.version,
        "aliases": len(vocabulary.aliases),
    }
    for entries, rows, names in (("code", vocabulary.codes, _CODE), ("form", forms, Alias._fields)):
        for name in names:
            found[f"{entries}.{name}"] = _column([getattr(row, name) for row in rows])
    found |= {name: getattr(vocabulary, name) for name in MAPPINGS}
    found["prices"] = prices
    # A column a line: so a change can be seen.
    lines = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in found.items()]
    return "{" + ",\n".join(lines) + "}\n"


def read_packed(checksum: int) -> Vocabulary | None:
    """The vocabulary as it was packed of files with a checksum; None if it was of others."""
    try:
        found = json.loads(PATH.read_bytes())
    except (OSError, ValueError):
        return None
    if found["checksum"] != checksum:
        return None
    codes = {name: _values(found[f"code.{name}"]) for name in _CODE}
    for name in ("names", "frequencies"):
        codes[name] = [FrozenDict(one) if one else NOTHING for one in codes[name]]
    return Vocabulary(
        codes=tuple(map(Code, *codes.values())),
        aliases=(),
        outside=FrozenDict(found["outside"]),
        version=found["version"],
        costs=FrozenDict(found["costs"]),
        confidence=FrozenDict(found["confidence"]),
        families=FrozenDict(found["families"]),
        notes=FrozenDict(found["notes"]),
        forms=FormColumns(
            found["aliases"], *[_values(found[f"form.{name}"]) for name in Alias._fields]
        ),
        prices=Prices(*found["prices"]),
    )


def _column(values: list[Any]) -> Any:
    """A column, or, if there are few, its distinct values and a letter for each row that says which
    of them stands there: that is read many times faster than numbers."""
    texts = [json.dumps(value) for value in values]
    distinct = dict(zip(texts, values, strict=True))
    if len(distinct) > len(_LETTERS):
        return values
    letters = dict(zip(distinct, _LETTERS))  # noqa: B905
    return {"values": list(distinct.values()), "rows": "".join([letters[text] for text in texts])}


def _values(column: Any) -> list[Any]:
    if isinstance(column, list):
        return column
    values = dict(zip(_LETTERS, column["values"]))  # noqa: B905
    return [values[letter] for letter in column["rows"]]
