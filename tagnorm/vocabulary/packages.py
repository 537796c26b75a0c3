"""The description of a vocabulary folder as a Frictionless data package."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from tagnorm.vocabulary.entries import COUNTS_OF, STATUSES
from tagnorm.vocabulary.loading import read_folder, tables_in
from tagnorm.vocabulary.tables import Table, read_table

__all__ = ["data_package", "write_data_package"]

_TYPES = {
    "frequency": "number",
    "cables": "number",
    "nats": "number",
    "value": "number",
    "position": "integer",
    "from": "integer",
    "to": "integer",
}
_KEYS = ("alias", "code", "name")


def write_data_package(folder: Path) -> str:
    """The text of `datapackage.json` for a vocabulary folder; the same files give the same text.

    Raises:
        TaxonomyError: the folder is no vocabulary.
    """
    return json.dumps(data_package(folder), ensure_ascii=False, indent=1) + "\n"


def data_package(folder: Path) -> dict[str, Any]:
    """The description of a vocabulary folder: each file with its columns, their types and the key.

    Raises:
        TaxonomyError: the folder is no vocabulary.
    """
    read_folder(folder)
    tables = []
    for path in tables_in(folder):
        text = path.read_text(encoding="utf-8-sig")
        tables.append(read_table(path.name, text, {"kind": path.stem}, []))
    name = re.sub(r"[^a-z0-9._-]+", "-", folder.resolve().name.lower()).strip("-") or "vocabulary"
    return {"name": name, "resources": [_resource(table) for table in tables]}


def _resource(table: Table) -> dict[str, Any]:
    fields = [_field(column, table) for column in table.columns]
    key = next((column for column in _KEYS if column in table.columns), None)
    resource = {
        "name": re.sub(r"[^a-z0-9._-]+", "-", table.file.removesuffix(".tsv").lower()),
        "path": table.file,
        "title": table.header.get("title", ""),
        "type": "table",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/tab-separated-values",
        "encoding": "utf-8",
        # The row of the names is counted with the comments before it.
        "dialect": {
            "commentChar": "#",
            "headerRows": [table.columns_line],
            "csv": {"delimiter": "\t"},
        },
        "schema": {"fields": fields, "primaryKey": [key] if key else []},
    }
    return {name: value for name, value in resource.items() if value}


def _field(column: str, table: Table) -> dict[str, Any]:
    kind = "number" if column.startswith(COUNTS_OF) else _TYPES.get(column, "string")
    constraints: dict[str, Any] = {}
    if column in ("code", "alias"):
        constraints["required"] = True
    if column == "code" and "alias" not in table.columns and table.header.get("shape"):
        constraints["pattern"] = table.header["shape"]
    if column == "status":
        constraints["enum"] = list(STATUSES)
    field = {"name": column, "type": kind, "constraints": constraints}
    return {name: value for name, value in field.items() if value}
