"""A vocabulary written out: as JSON with all that it holds, or as one table of CSV."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import Any

from tagnorm.vocabulary.cells import cell_of, write_list
from tagnorm.vocabulary.codes import Taxonomy
from tagnorm.vocabulary.entries import COUNTS_OF, MAPPINGS
from tagnorm.vocabulary.records import alias_record_of, record_of

__all__ = ["write_csv", "write_json"]

_COLUMNS = (
    "code", "name", "kind", "family", "status", "replaced_by", "from", "to", "names", "frequency",
    "position", "anchor", "aliases", "source",
)  # fmt: skip


def write_json(taxonomy: Taxonomy) -> str:
    """A vocabulary as JSON; `Taxonomy.load` reads it back as it was.

    What is empty is left out.

    >>> print(write_json(Taxonomy.of({"JAZZ": "Jazz"})))
    {
     "version": "unversioned",
     "codes": [
      {"code": "JAZZ", "name": "Jazz", "kind": "code"}
     ]
    }
    """
    lists: dict[str, list[dict[str, Any]]] = {
        "codes": [record_of(code) for code in taxonomy],
        "aliases": [alias_record_of(alias) for alias in taxonomy.aliases],
    }
    parts = [f'"version": {_line(taxonomy.version)}']
    for name, records in lists.items():
        if records or name == "codes":
            rows = ",\n".join(f"  {_line(record)}" for record in records)
            parts.append(f'"{name}": [\n{rows}\n ]' if rows else f'"{name}": []')
    for name in MAPPINGS:
        mapping = getattr(taxonomy, name)
        if mapping:
            rows = ",\n".join(f"  {_line(k)}: {_line(v)}" for k, v in sorted(mapping.items()))
            parts.append(f'"{name}": {{\n{rows}\n }}')
    return "{\n " + ",\n ".join(parts) + "\n}\n"


def write_csv(taxonomy: Taxonomy) -> str:
    """The codes of a vocabulary as CSV, with their other names in a column.

    `Taxonomy.load` reads the same codes and aliases back; kind, source and language of an alias,
    and all that is no code, have no column.

    >>> print(write_csv(Taxonomy.of({"JAZZ": "Jazz"})), end="")
    code,name,kind,family,status,replaced_by,from,to,names,frequency,position,anchor,aliases,source
    JAZZ,Jazz,code,,current,,,,,,,yes,,
    """
    aliases: dict[str, list[str]] = {}
    for alias in taxonomy.aliases:
        aliases.setdefault(alias.tag, []).append(alias.alias)
    years = sorted({years for code in taxonomy for years in code.frequencies})
    columns = [*_COLUMNS, *(f"{COUNTS_OF}{one}" for one in years)]
    text = StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    for code in taxonomy:
        row = record_of(code) | {"anchor": code.anchor, "status": code.status}
        frequencies = row.pop("frequencies", {})
        row |= {f"{COUNTS_OF}{one}": count for one, count in frequencies.items()}
        cells = {column: cell_of(value) for column, value in row.items()}
        writer.writerow(cells | {"aliases": write_list(aliases.get(code.tag, ()))})
    return text.getvalue()


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
