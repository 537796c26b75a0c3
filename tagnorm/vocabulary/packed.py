"""The built-in vocabulary in one file, as it comes of its files: read four times as fast as they.

Where time goes when a program starts is into rows, checks, and names that are compared with one
another. `python -m benchmarks packed` writes the file when a row has changed, and a test says so.
It counts for the very files that it was made of, and for no others: a vocabulary that somebody has
changed is read from its files.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import attrs

from tagnorm.vocabulary.contents import Vocabulary
from tagnorm.vocabulary.entries import NOTHING, Alias, Code
from tagnorm.vocabulary.frozen import FrozenDict

__all__ = ["PATH", "packed", "read_packed"]

PATH: Final = Path(__file__).parents[1] / "data" / "vocabulary.json"
_CODE: Final = tuple(field.name for field in attrs.fields(Code))
_ALIAS: Final = tuple(field.name for field in attrs.fields(Alias))
_MAPPINGS: Final = ("outside", "costs", "confidence", "families", "notes")


def packed(vocabulary: Vocabulary, forms: Sequence[Alias], checksum: int) -> str:
    """The text of the file for a vocabulary.

    Args:
        vocabulary: what its files hold.
        forms: its aliases, and then what else a text may have for a code.
        checksum: that of its files.
    """
    found: dict[str, Any] = {
        "checksum": checksum,
        "version": vocabulary.version,
        "aliases": len(vocabulary.aliases),
    }
    for entries, rows, names in (("code", vocabulary.codes, _CODE), ("form", forms, _ALIAS)):
        for name in names:
            found[f"{entries}.{name}"] = _column([getattr(row, name) for row in rows])
    found |= {name: getattr(vocabulary, name) for name in _MAPPINGS}
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
    forms = tuple(map(Alias, *[_values(found[f"form.{name}"]) for name in _ALIAS]))
    return Vocabulary(
        codes=tuple(map(Code, *codes.values())),
        aliases=forms[: found["aliases"]],
        outside=FrozenDict(found["outside"]),
        version=found["version"],
        costs=FrozenDict(found["costs"]),
        confidence=FrozenDict(found["confidence"]),
        families=FrozenDict(found["families"]),
        notes=FrozenDict(found["notes"]),
        forms=forms,
    )


def _column(values: list[Any]) -> Any:
    """A column, or its distinct values and where they stand, if there are few."""
    texts = [json.dumps(value) for value in values]
    distinct = dict(zip(texts, values, strict=True))
    if 2 * len(distinct) > len(values):
        return values
    places = {text: at for at, text in enumerate(distinct)}
    return {"values": list(distinct.values()), "at": [places[text] for text in texts]}


def _values(column: Any) -> list[Any]:
    if isinstance(column, list):
        return column
    values = column["values"]
    return [values[at] for at in column["at"]]
