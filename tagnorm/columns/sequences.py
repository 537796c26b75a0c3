"""Columns as plain Python sequences and NumPy arrays; needs no other library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from tagnorm.cells import field_of, is_missing, texts_of, wrong_type
from tagnorm.columns.answers import answers_of, tags_of
from tagnorm.columns.layout import Layout, join_cell

if TYPE_CHECKING:
    from tagnorm.normalizer import Normalizer
    from tagnorm.options import Options

__all__ = ["resolve_array", "resolve_sequence", "split_array", "split_sequence"]

_Found = TypeVar("_Found")


def split_sequence(
    values: Sequence[object], normalizer: Normalizer, options: Options, layout: Layout
) -> list[list[str] | None] | list[str | None]:
    """The tags of each value; every row has a list of its own."""
    return _laid_out(_spread(*_each(values, tags_of, normalizer, options)), layout)


def resolve_sequence(
    values: Sequence[object], normalizer: Normalizer, options: Options, layout: Layout
) -> dict[str, list[Any]]:
    """Tags, status, confidence and unresolved pieces of each value, as four lists."""
    rows = _spread(*_each(values, answers_of, normalizer, options))
    return {
        "tags": _laid_out([None if row is None else row.tags for row in rows], layout),
        "status": [None if row is None else row.status for row in rows],
        "confidence": [None if row is None else row.confidence for row in rows],
        "unresolved": _laid_out([None if row is None else row.unresolved for row in rows], layout),
    }


def _laid_out(rows: Sequence[Sequence[str] | None], layout: Layout) -> list[Any]:
    if layout.separator is None:
        return [None if tags is None else list(tags) for tags in rows]
    mark = layout.separator
    return [None if tags is None else join_cell(tags, mark) for tags in rows]


def split_array(values: Any, normalizer: Normalizer, options: Options, layout: Layout) -> Any:
    """The tags of each value of a NumPy array, as an array of lists."""
    return _array(split_sequence(_objects(values), normalizer, options, layout))


def resolve_array(
    values: Any, normalizer: Normalizer, options: Options, layout: Layout
) -> dict[str, Any]:
    """As `resolve_sequence`, with NumPy arrays; a missing confidence is NaN."""
    found = resolve_sequence(_objects(values), normalizer, options, layout)
    columns = {name: _array(column) for name, column in found.items()}
    return columns | {"confidence": columns["confidence"].astype(float)}


def _each(
    values: Sequence[object],
    answer: Callable[[Sequence[str], Normalizer, Options], list[_Found]],
    normalizer: Normalizer,
    options: Options,
) -> tuple[Sequence[object], dict[object, str | None], list[_Found]]:
    """The values, hashable; the text of each distinct one, None for one that is missing; and the
    answers for the texts."""
    try:
        texts = _distinct(values)
    except TypeError:
        # A value that cannot be a key is a list of texts, or nothing to be split.
        values = texts_of(values)
        texts = _distinct(values)
    found = answer([text for text in texts.values() if text is not None], normalizer, options)
    return values, texts, found


def _objects(values: Any) -> list[object]:
    """The values of an array of one dimension."""
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
    """The text, or None, that each distinct value is.

    Raises:
        TypeError: a value is neither text nor missing, or cannot be a key.
    """
    distinct = dict.fromkeys(values)
    for value in distinct:
        text = value if isinstance(value, str) else field_of(value)
        if isinstance(text, str):
            distinct[value] = text
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
