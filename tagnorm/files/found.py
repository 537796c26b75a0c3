"""The answers for distinct texts as Arrow columns, and the cells that are made of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from tagnorm.columns.arrays import constant, decimals, flags, lists_of, range_of, taken, texts
from tagnorm.columns.composing import compose
from tagnorm.columns.weighing import weigh
from tagnorm.decisions.states import DOUBT
from tagnorm.errors import UnresolvedError
from tagnorm.files.answers import Answers

__all__ = [
    "EMPTY_TEXT",
    "Found",
    "bytes_of",
    "filled",
    "find",
    "json_lists",
    "json_texts",
    "number_texts",
    "text",
]

_EMPTY, _RESOLVED, _DOUBTFUL, _UNRESOLVED = range(4)
_VERDICTS = texts(["empty", "resolved", "doubtful", "unresolved"])
# What has to be escaped in JSON.
_UNFIT = r'["\\\x00-\x1f]'


class Found(NamedTuple):
    """The tags of each text; where that was asked for, its status and how sure it is, too."""

    tags: pa.ListArray
    status: tuple[pa.Array, ...] = ()


def find(answers: Answers, fields: pa.Array, places: pa.Array) -> Found:
    """The answers for distinct texts without null; all rows are counted.

    Args:
        answers: of the column.
        fields: the distinct texts.
        places: for each row the place of its text, or null where it has none.

    Raises:
        UnresolvedError: a text holds something unresolved, and `unresolved` is "raise".
    """
    if answers.cleaning.needs_weights:
        return _weighed(answers, fields, places)
    options = answers.cleaning.options
    keep, unique = options.unresolved == "keep", options.unique
    found = compose(fields, answers.cleaning.normalizer, keep=keep, unique=unique)
    said = pc.if_else(_has_any(found.tags), constant(_RESOLVED), constant(_EMPTY))
    said = pc.if_else(found.is_unresolved, constant(_UNRESOLVED), said)
    _count(answers.rows, _VERDICTS.take(said), places, "empty")
    answers.see(fields)
    return Found(found.tags)


def _weighed(answers: Answers, fields: pa.Array, places: pa.Array) -> Found:
    cleaning = answers.cleaning
    options = cleaning.options
    found = weigh(fields, cleaning.normalizer, options.min_confidence, unique=options.unique)
    has_tags, has_rest = found.has_tags, found.has_unresolved
    is_resolved = pc.and_not(has_tags, has_rest)
    if options.unresolved == "raise" and pc.any(has_rest).as_py():
        first = pc.index(has_rest, flags([True])[0]).as_py()
        raise UnresolvedError(fields[first].as_py(), found.unresolved[first].as_py())
    said = pc.if_else(pc.or_(has_tags, has_rest), constant(_UNRESOLVED), constant(_EMPTY))
    resolved: pa.Array = constant(_RESOLVED)
    if cleaning.weighed:
        is_sure = pc.greater_equal(found.confidence, decimals([DOUBT])[0])
        resolved = pc.if_else(is_sure, resolved, constant(_DOUBTFUL))
    said = pc.if_else(is_resolved, resolved, said)
    _count(answers.rows, _VERDICTS.take(said), places, "empty")
    answers.see(fields)
    tags = found.pieces if options.unresolved == "keep" else found.tags
    if not cleaning.weighed:
        return Found(tags)
    is_filled = pc.not_equal(said, constant(_EMPTY))
    _count(answers.statuses, pc.if_else(is_filled, found.status, None), places, None)
    if cleaning.listed:
        _count_words(answers, found.inferred, places)
    return Found(tags, (found.status, _rounded(found.confidence)))


def _has_any(lists: pa.ListArray) -> pa.BooleanArray:
    return pc.greater(pc.list_value_length(lists), constant(0))


def _count(
    counter: Counter[str], of_fields: pa.Array, places: pa.Array, missing: str | None
) -> None:
    """Count rows by what is said of their fields, and of rows without one; None is not counted."""
    for value, rows in _counts(of_fields.take(places)):
        what = missing if value is None else value
        if what is not None:
            counter[what] += rows


def _count_words(answers: Answers, words: pa.ListArray, places: pa.Array) -> None:
    """Count the rows in which words stand that are no codes as they are."""
    each = words.flatten()
    # Words that differ in case alone are one, and count once for a row that has both.
    apart = _have_twice(pc.list_parent_indices(words), pc.utf8_upper(each))
    apart = pc.unique(
        pa.concat_arrays(
            [apart, pc.list_parent_indices(words).filter(pc.invert(pc.string_is_ascii(each)))]
        )
    )
    if len(apart):
        rows_of = dict(_counts(places))
        for at, some in zip(apart.to_pylist(), words.take(apart).to_pylist(), strict=True):
            answers.see_words(some, rows_of.get(at, 0))
        others = pc.is_in(places, apart.cast(places.type))
        places = places.filter(pc.invert(others))
    answers.see_each_word(_counts(taken(words, places).flatten()))


def _have_twice(rows: pa.Array, texts_: pa.Array) -> pa.Array:
    """The rows that have a text twice."""
    encoded = texts_.dictionary_encode()
    width = constant(max(len(encoded.dictionary), 1))
    both = pc.add(pc.multiply(rows.cast(pa.int64()), width), encoded.indices.cast(pa.int64()))
    found, counts = pc.value_counts(both).flatten()
    twice = found.filter(pc.greater(counts, constant(1)))
    return pc.unique(pc.divide(twice, width)).cast(rows.type)


def _counts(values: pa.Array) -> Iterator[tuple[Any, int]]:
    """Each value and how often it stands there."""
    found, counts = pc.value_counts(values).flatten()
    return zip(found.to_pylist(), counts.to_pylist(), strict=True)


def _rounded(confidences: pa.DoubleArray) -> pa.DoubleArray:
    """As Python rounds them; of many rows few differ."""
    encoded = confidences.dictionary_encode()
    return decimals(round(one, 6) for one in encoded.dictionary.to_pylist()).take(encoded.indices)


def text(value: str) -> pa.StringScalar:
    """A text for Arrow to compute with; PyArrow's own `scalar` may load pandas."""
    return texts([value])[0]


EMPTY_TEXT = text("")


def bytes_of(column: pa.StringArray) -> memoryview:
    """All texts of a column, one right behind the other."""
    if not len(column):
        return memoryview(b"")
    _, offsets, data = column.buffers()
    places = memoryview(offsets).cast("i")[column.offset : column.offset + len(column) + 1]
    return memoryview(data)[places[0] : places[-1]] if data is not None else memoryview(b"")


def filled(lists: pa.ListArray, nothing: str) -> pa.ListArray:
    """Lists with one text in those that have none."""
    has_tags = pc.greater(pc.list_value_length(lists), constant(0))
    places = pc.if_else(has_tags, range_of(0, len(lists)), constant(len(lists)))
    return pa.concat_arrays([lists, lists_of(texts([nothing]), [1])]).take(places)


def json_texts(tags: pa.StringArray) -> pa.StringArray:
    """Texts as JSON has them."""
    quote = text('"')
    quoted = pc.binary_join_element_wise(quote, tags, quote, EMPTY_TEXT)
    unfit = pc.match_substring_regex(tags, _UNFIT)
    if not pc.any(unfit).as_py():
        return quoted
    escaped = [json.dumps(tag, ensure_ascii=False) for tag in tags.filter(unfit).to_pylist()]
    return pc.replace_with_mask(quoted, unfit, texts(escaped))


def json_lists(lists: pa.ListArray) -> pa.StringArray:
    """Lists of tags as JSON has them."""
    inner = pa.ListArray.from_arrays(lists.offsets, json_texts(lists.values))
    both = pc.binary_join(inner, text(", "))
    return pc.binary_join_element_wise(text("["), both, text("]"), EMPTY_TEXT)


def number_texts(values: pa.DoubleArray) -> pa.StringArray:
    """Numbers as Python writes them, in CSV and in JSON alike."""
    encoded = values.dictionary_encode()
    return texts(map(str, encoded.dictionary.to_pylist())).take(encoded.indices)
