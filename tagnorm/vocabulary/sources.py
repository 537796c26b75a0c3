"""A vocabulary from whatever a program has at hand: strings, pairs, mappings, frames, files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any

from tagnorm.extras import missing
from tagnorm.vocabulary.assembly import Assembly
from tagnorm.vocabulary.contents import Vocabulary
from tagnorm.vocabulary.entries import Alias
from tagnorm.vocabulary.records import table_of_columns, table_of_items, table_of_mapping

__all__ = ["read_source"]

_WANTED = (
    "a vocabulary is a folder or file, strings, pairs of code and name, a mapping, a data frame, "
    "Codes, or a Taxonomy"
)
_Columns = list[tuple[object, list[object]]]


def read_source(source: Any) -> Vocabulary:
    """The entries of what a program has at hand, checked.

    Raises:
        TaxonomyError: something is wrong with the entries; the error lists all of it.
        TypeError: it is nothing that a vocabulary could be made of.
    """
    assembly = Assembly()
    columns = _columns(source)
    if columns is not None:
        assembly.add(table_of_columns("row", columns, assembly.problems))
    elif isinstance(source, Mapping):
        assembly.add(table_of_mapping("codes", source, assembly.problems))
    elif isinstance(source, Iterable) and not isinstance(source, bytes | bytearray | memoryview):
        # An Arrow array holds no strings until it is asked for them.
        entries = list(source.to_pylist() if hasattr(source, "to_pylist") else source)
        aliases = [entry for entry in entries if isinstance(entry, Alias)]
        if aliases:
            entries = [entry for entry in entries if not isinstance(entry, Alias)]
            assembly.add_aliases(aliases)
        assembly.add(table_of_items("codes", entries, assembly.problems))
    else:
        raise TypeError(f"{_WANTED}; got {type(source).__name__}")
    return assembly.vocabulary("the vocabulary", "unversioned")


def _columns(frame: Any) -> _Columns | None:
    """The columns of a data frame of any library, with their names; None if it is none.

    No library is imported: a frame is known by what it can do. Only what speaks nothing but Arrow
    is read through PyArrow.
    """
    if isinstance(frame, str | Mapping | list | tuple | set | frozenset | type):
        return None
    if hasattr(frame, "to_pydict"):  # an Arrow table or batch
        columns = [column.to_pylist() for column in frame.columns]
        return list(zip(frame.schema.names, columns, strict=True))
    # A lazy frame would work out its columns, were it asked itself.
    if not hasattr(type(frame), "columns"):
        stream = hasattr(frame, "__arrow_c_stream__")
        if stream and (hasattr(frame, "read_all") or not hasattr(frame, "__iter__")):
            return _columns(_arrow_table(frame))
        return None
    if hasattr(frame, "collect"):  # a lazy frame, or one of Spark
        found = frame.collect()
        return _transposed(frame.columns, found) if isinstance(found, list) else _columns(found)
    names = list(frame.columns)
    if hasattr(frame, "fetchall"):  # a relation of DuckDB
        return _transposed(names, frame.fetchall())
    # By number where a library has that: in pandas two columns may have one name.
    found = [
        frame.iloc[:, at] if hasattr(frame, "iloc") else frame[name]
        for at, name in enumerate(names)
    ]
    return [(name, series.to_list()) for name, series in zip(names, found, strict=True)]


def _arrow_table(source: Any) -> Any:
    try:
        return import_module("pyarrow").table(source)
    except ModuleNotFoundError as error:
        raise missing(error, f"a {type(source).__name__}", "arrow") from error


def _transposed(names: list[object], rows: list[Any]) -> _Columns:
    return [(name, [row[at] for row in rows]) for at, name in enumerate(names)]
