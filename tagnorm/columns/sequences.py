"""Columns as plain Python sequences and NumPy arrays; needs no other library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from tagnorm.columns.answers import answers_of, tags_of
from tagnorm.columns.missing import is_missing, texts_of, wrong_type

if TYPE_CHECKING:
    from tagnorm.normalizer import Normalizer
    from tagnorm.options import Options

__all__ = ["resolve_array", "resolve_sequence", "split_array", "split_sequence"]

_Found = TypeVar("_Found")


def split_sequence(
    values: Sequence[object], normalizer: Normalizer, options: Options
) -> list[list[str] | None]:
    """The tags of each value; every row has a list of its own."""
    texts = _distinct(values)
    found = tags_of([text for text in texts.values() if text is not None], normalizer, options)
    return [None if tags is None else tags.copy() for tags in _spread(values, texts, found)]


def resolve_sequence(
    values: Sequence[object], normalizer: Normalizer, options: Options
) -> dict[str, list[Any]]:
    """Tags, status, confidence and unresolved pieces of each value, as four lists."""
    texts = _distinct(values)
    found = answers_of([text for text in texts.values() if text is not None], normalizer, options)
    rows = _spread(values, texts, found)
    return {
        "tags": [None if row is None else row.tags.copy() for row in rows],
        "status": [None if row is None else row.status for row in rows],
        "confidence": [None if row is None else row.confidence for row in rows],
        "unresolved": [None if row is None else row.unresolved.copy() for row in rows],
    }


def split_array(values: Any, normalizer: Normalizer, options: Options) -> Any:
    """The tags of each value of a NumPy array, as an array of lists."""
    return _array(split_sequence(_objects(values), normalizer, options))


def resolve_array(values: Any, normalizer: Normalizer, options: Options) -> dict[str, Any]:
    """As `resolve_sequence`, with NumPy arrays; a missing confidence is NaN."""
    found = resolve_sequence(_objects(values), normalizer, options)
    columns = {name: _array(column) for name, column in found.items()}
    return columns | {"confidence": columns["confidence"].astype(float)}


def _objects(values: Any) -> list[object]:
    if values.ndim != 1:
        raise ValueError(
            f"expected one column, got an array of {values.ndim} dimensions; pass one column of it"
        )
    objects: list[object] = values.tolist()
    return objects


def _array(objects: list[Any]) -> Any:
    import numpy as np  # noqa: PLC0415 -- the caller has it: an array came in

    # numpy.array would make a table of lists that are equally long.
    return np.fromiter(objects, dtype=object, count=len(objects))


def _distinct(values: Sequence[object]) -> dict[object, str | None]:
    """The text, or None, that each distinct value is."""
    try:
        distinct = dict.fromkeys(values)
    except TypeError:  # a value that cannot be a key is no text
        texts_of(values)
        raise
    for value in distinct:
        if isinstance(value, str):
            distinct[value] = value
        elif not is_missing(value):
            row = next(row for row, one in enumerate(values) if one is value)
            raise wrong_type(row, value)
    return distinct


def _spread(
    values: Sequence[object], texts: dict[object, str | None], found: Sequence[_Found]
) -> list[_Found | None]:
    answers = iter(found)
    by_value = {v: None if text is None else next(answers) for v, text in texts.items()}
    return [by_value[value] for value in values]
