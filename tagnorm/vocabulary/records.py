"""Entries as records: what a program, a data frame or a JSON file gives becomes a table here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tagnorm.errors import Problem
from tagnorm.vocabulary.cells import cell_of
from tagnorm.vocabulary.entries import COLUMNS, COUNTS_OF, Alias, Code, is_long
from tagnorm.vocabulary.tables import Table
from tagnorm.vocabulary.validation import a_type, short

__all__ = [
    "alias_record_of",
    "column_name",
    "record_of",
    "table_of_columns",
    "table_of_items",
    "table_of_mapping",
]

# Other names of the columns, as the attributes of a `Code` have them.
_SYNONYMS = {"tag": "code", "start": "from", "end": "to"}
_FORMS = ("code", "alias")
# The fields that are mappings themselves.
_MAPPINGS = ("names", "frequencies")
_ATTRIBUTES = (
    "name", "kind", "family", "status", "replaced_by", "source", "frequency", "position", "start",
    "end", "names", "frequencies",
)  # fmt: skip


def column_name(name: object) -> str:
    """The name of a column as it is read: spaces around it and case do not count.

    >>> column_name(" Code"), column_name("tag"), column_name("start")
    ('code', 'code', 'from')
    """
    plain = str(name).strip().lower()
    return _SYNONYMS.get(plain, plain)


def table_of_columns(
    label: str,
    columns: Sequence[tuple[object, Sequence[object]]],
    problems: list[Problem],
) -> Table:
    """A table of named columns of equal length; of a single column the entries are the codes.

    >>> table_of_columns("row", [("genre", ["JAZZ", "FOLK"])], []).column("code")
    ('JAZZ', 'FOLK')
    """
    names = [column_name(name) for name, _ in columns] if len(columns) > 1 else ["code"]
    rows = list(zip(*[values for _, values in columns], strict=True))
    return _table(label, names, rows, range(len(rows)), problems, "code")


def table_of_items(
    label: str,
    items: Iterable[object],
    problems: list[Problem],
    kind: str = "code",
    keys: Sequence[object] | None = None,
) -> Table:
    """A table of strings, pairs of code and name, mappings of fields, and `Code`s, in any mixture.

    Messages name an item by its key; without keys by its number.

    >>> table = table_of_items("codes", ["JAZZ", ("FOLK", "Folk"), {"code": "BLUE"}], [])
    >>> table.column("code"), table.column("name")
    (('JAZZ', 'FOLK', 'BLUE'), ('', 'Folk', ''))
    """
    items = list(items)
    if set(map(type, items)) == {str}:
        rows = [(item,) for item in items]
        return _table(label, ["code"], rows, keys or range(len(rows)), problems, kind)
    records: dict[object, Mapping[str, object]] = {}
    for at, item in zip(keys or range(len(items)), items, strict=True):
        record = _record(item)
        if record is not None:
            if at in records:  # a key may be cut short, and is for messages alone
                at = f"{at}, {len(records) + 1}"  # noqa: PLW2901
            records[at] = record
            problems += _nested(f"{label}[{at}]", record)
            continue
        message = f"{short(item)} is {a_type(item)}; an entry is a code as text, a pair of code "
        message += "and name, a mapping of fields, or a Code"
        problems.append(Problem(f"{label}[{at}]", 0, message))
    return _table_of_records(label, records, problems, kind)


def table_of_mapping(
    label: str, mapping: Mapping[Any, object], problems: list[Problem], kind: str = "code"
) -> Table:
    """A table of a mapping from codes to names, to frequencies, or to mappings of fields.

    >>> table = table_of_mapping("codes", {"JAZZ": "Jazz", "FOLK": None}, [])
    >>> table.column("code"), table.column("name")
    (('JAZZ', 'FOLK'), ('Jazz', ''))
    """
    records: dict[object, Mapping[str, object]] = {}
    for at, (code, value) in enumerate(mapping.items()):
        record: dict[str, object] = {}
        if isinstance(value, Mapping):
            record = _spread({column_name(field): cell for field, cell in value.items()})
            problems += _nested(f"{label}[{at}]", record) or _wrapped(
                f"{label}[{at}]", code, record
            )
        elif isinstance(value, int | float) and not isinstance(value, bool):
            record["frequency"] = value
        elif value is None or isinstance(value, str):
            record["name"] = value
        else:
            message = f"{short(code)} stands for {short(value)}, {a_type(value)}; a code stands "
            message += "for its name, its frequency, or a mapping of fields"
            problems.append(Problem(f"{label}[{at}]", 0, message))
        records[at] = record | {"code": code}
    return _table_of_records(label, records, problems, kind)


def record_of(code: Code) -> dict[str, Any]:
    """A code by the names of its columns, without what follows from the rest or is not known.

    >>> record_of(Code("JAZZ", "Jazz", start=1917))
    {'code': 'JAZZ', 'name': 'Jazz', 'kind': 'code', 'from': 1917}
    """
    found: dict[str, Any] = {"code": code.tag}
    for attribute in _ATTRIBUTES:
        value = getattr(code, attribute)
        if value not in ("", None) and value != {}:
            found[column_name(attribute)] = dict(value) if isinstance(value, Mapping) else value
    if found["status"] == "current":
        del found["status"]
    if code.anchor != is_long(code.tag):
        found["anchor"] = code.anchor
    return found


def alias_record_of(alias: Alias) -> dict[str, str]:
    """An alias by the names of its columns, without what is empty."""
    found = {"alias": alias.alias, "code": alias.tag, "kind": alias.kind, "source": alias.source}
    found["language"] = alias.language
    return {field: value for field, value in found.items() if value}


def _record(item: object) -> Mapping[str, object] | None:
    if isinstance(item, str):
        return {"code": item}
    if isinstance(item, Code):
        # What is wrong is told of the table, so it takes what it is given as it is.
        record = {column_name(name): getattr(item, name) for name in ("tag", *_ATTRIBUTES)}
        return _spread(record | {"anchor": item.anchor})
    if isinstance(item, Alias):
        return dict(alias_record_of(item))
    if isinstance(item, Mapping):
        return _spread({column_name(field): value for field, value in item.items()})
    if isinstance(item, tuple | list) and len(item) == 2:
        return {"code": item[0], "name": item[1]}
    return None


def _nested(where: str, record: Mapping[str, object]) -> list[Problem]:
    """What is wrong with a record that holds other entries: nothing would be read of them."""
    found = []
    for field, value in record.items():
        items = value if isinstance(value, list | tuple) else ()
        holds = isinstance(value, Mapping) or any(isinstance(one, Mapping) for one in items)
        if holds and field not in _MAPPINGS:
            message = f"{short(field)} holds {a_type(value)} of other entries; an entry stands by "
            message += "itself, so put them side by side"
            found.append(Problem(where, 0, message))
    return found


def _wrapped(where: str, code: object, record: Mapping[str, object]) -> list[Problem]:
    """What is wrong with a mapping that holds a list and nothing that is known of a code: the list
    is the vocabulary."""
    lists = [field for field, value in record.items() if isinstance(value, list | tuple)]
    if not lists or not record.keys().isdisjoint(COLUMNS):
        return []
    message = f"{short(code)} holds the list {short(lists[0])}, and nothing that is known of a "
    return [Problem(where, 0, message + "code; give the list of the codes by itself")]


def _spread(record: dict[str, object]) -> dict[str, object]:
    """A record whose counts by years stand in fields of their own, as in the columns of a file."""
    counts = record.get("frequencies")
    if isinstance(counts, Mapping):
        del record["frequencies"]
        record |= {f"{COUNTS_OF}{years}": count for years, count in counts.items()}
    return record


def _table_of_records(
    label: str, records: Mapping[object, Mapping[str, object]], problems: list[Problem], kind: str
) -> Table:
    names = list(dict.fromkeys(name for record in records.values() for name in record)) or ["code"]
    rows = [tuple([record.get(name) for name in names]) for record in records.values()]
    return _table(label, names, rows, list(records), problems, kind)


def _table(
    label: str,
    names: Sequence[str],
    rows: Sequence[Sequence[object]],
    numbers: Sequence[object],
    problems: list[Problem],
    kind: str,
) -> Table:
    for place in [place for place, name in enumerate(names) if name in _FORMS]:
        if {type(row[place]) for row in rows} <= {str}:
            continue
        for at, row in zip(numbers, rows, strict=True):
            if cell_of(row[place]) and not isinstance(row[place], str):
                if names[place] == "alias" and kind == "code" and isinstance(row[place], list):
                    continue
                # A number may have lost the zeros before it, so it is not taken for a code.
                message = f"{short(row[place])} is {a_type(row[place])}; a form is text, so read "
                message += "the column as text"
                problems.append(Problem(f"{label}[{at}]", 0, message))
    cells = [[cell if type(cell) is str else cell_of(cell) for cell in row] for row in rows]
    return Table(label, {"kind": kind}, names, cells, numbers, listed=True)
