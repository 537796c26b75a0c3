"""The answers for distinct texts as Arrow columns, and the cells that are made of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from tagnorm.columns.arrays import constant, lists_of, numbers, range_of, texts
from tagnorm.columns.composing import Composed, compose
from tagnorm.files.answers import Answers, Verdict

__all__ = [
    "EMPTY_TEXT",
    "Found",
    "bytes_of",
    "filled",
    "find",
    "joined",
    "json_lists",
    "json_texts",
    "said",
    "strings",
    "text",
]

_VERDICTS: tuple[Verdict, ...] = ("empty", "resolved", "unresolved")
_EMPTY = constant(_VERDICTS.index("empty"))
# What has to be escaped in JSON.
_UNFIT = r'["\\\x00-\x1f]'


class Found(NamedTuple):
    """The tags of each text, and how sure they are where that was asked for."""

    tags: pa.ListArray
    statuses: Sequence[str | None] = ()
    confidences: Sequence[float | None] = ()


def find(answers: Answers, fields: pa.Array, places: pa.Array) -> Found:
    """The answers for distinct texts without null; all rows are counted.

    Args:
        answers: of the column.
        fields: the distinct texts.
        places: for each row the place of its text, or null where it has none.
    """
    if answers.cleaning.needs_weights:
        return _weighed(answers, fields, places)
    options = answers.cleaning.options
    keep, unique = options.unresolved == "keep", options.unique
    found = compose(fields, answers.cleaning.normalizer.words, keep=keep, unique=unique)
    verdicts = _verdicts(found).take(places).fill_null(_EMPTY)
    for verdict, rows in zip(*pc.value_counts(verdicts).flatten(), strict=True):
        answers.rows[_VERDICTS[verdict.as_py()]] += rows.as_py()
    answers.see(fields)
    return Found(found.tags)


def _weighed(answers: Answers, fields: pa.Array, places: pa.Array) -> Found:
    found = answers.of(fields.to_pylist())
    seen, counts = pc.value_counts(places).flatten()
    for at, rows in zip(seen.to_pylist(), counts.to_pylist(), strict=True):
        (answers.missing if at is None else found[at]).rows += rows
    tags = [answer.tags for answer in found]
    return Found(
        lists_of(texts(chain.from_iterable(tags)), map(len, tags)),
        [answer.status for answer in found],
        [None if a.confidence is None else round(a.confidence, 6) for a in found],
    )


def _verdicts(found: Composed) -> pa.Array:
    """What is said of each field, by its place in `_VERDICTS`."""
    rows = range_of(0, len(found.tags))
    is_unresolved = pc.is_in(rows, found.unresolved.cast(pa.int64()))
    has_tags = pc.greater(pc.list_value_length(found.tags), constant(0))
    verdict = pc.if_else(has_tags, constant(_VERDICTS.index("resolved")), _EMPTY)
    return pc.if_else(is_unresolved, constant(_VERDICTS.index("unresolved")), verdict)


def text(value: str) -> pa.StringScalar:
    """A text for Arrow to compute with; PyArrow's own `scalar` may load pandas."""
    return texts([value])[0]


EMPTY_TEXT = text("")


def strings(values: Sequence[bytes]) -> pa.StringArray:
    """Texts that are UTF-8 already."""
    offsets = numbers(accumulate(map(len, values), initial=0)).buffers()[1]
    return pa.StringArray.from_buffers(len(values), offsets, pa.py_buffer(b"".join(values)))


def bytes_of(column: pa.StringArray) -> memoryview:
    """All texts of a column, one right behind the other."""
    if not len(column):
        return memoryview(b"")
    _, offsets, data = column.buffers()
    places = memoryview(offsets).cast("i")[column.offset : column.offset + len(column) + 1]
    return memoryview(data)[places[0] : places[-1]] if data is not None else memoryview(b"")


def joined(lists: pa.ListArray, separator: str) -> pa.StringArray:
    r"""Lists of tags as texts, which the separator cuts into the same tags again.

    Should a tag hold the separator itself, as only a person's decision can make it, that one is
    escaped by a backslash.
    """
    return pc.binary_join(_with_escapes(lists, separator), text(separator))


def filled(lists: pa.ListArray, nothing: str) -> pa.ListArray:
    """Lists with one text in those that have none."""
    has_tags = pc.greater(pc.list_value_length(lists), constant(0))
    places = pc.if_else(has_tags, range_of(0, len(lists)), constant(len(lists)))
    return pa.concat_arrays([lists, lists_of(texts([nothing]), [1])]).take(places)


def _with_escapes(lists: pa.ListArray, separator: str) -> pa.ListArray:
    tags = lists.values
    if not (_any(tags, separator) or _any(tags, "\\")):
        return lists
    tags = pc.replace_substring(tags, "\\", "\\\\")
    tags = pc.replace_substring(tags, separator, f"\\{separator}")
    return pa.ListArray.from_arrays(lists.offsets, tags)


def _any(tags: pa.StringArray, mark: str) -> bool:
    return bool(pc.any(pc.match_substring(tags, mark)).as_py())


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


def said(values: Iterable[object]) -> pa.StringArray:
    """What was said of each answer as JSON has it."""
    return texts(json.dumps(value, ensure_ascii=False) for value in values)
