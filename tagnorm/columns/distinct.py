"""Columns as Arrow arrays: every distinct value is resolved once, then taken by index for each row.

All backends but plain Python sequences end here, so a column has one answer wherever it lies. The
rows themselves are only touched by Arrow: `dictionary_encode` before, `take` after. Needs PyArrow.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, overload

import pyarrow as pa
import pyarrow.compute as pc

from tagnorm.columns.answers import Options, answers_of, tags_of

if TYPE_CHECKING:
    from tagnorm.normalizer import Normalizer

__all__ = ["ANSWER", "TAGS", "resolve_distinct", "split_distinct"]

TAGS = pa.list_(pa.string())
ANSWER = pa.struct(
    [("tags", TAGS), ("status", pa.string()), ("confidence", pa.float64()), ("unresolved", TAGS)]
)

# Distinct values that are Python objects at one time; more come in blocks of this many.
_BLOCK = 1 << 16
_DEFAULT = Options()


@overload
def split_distinct(
    values: pa.Array, normalizer: Normalizer, options: Options = ...
) -> pa.ListArray: ...
@overload
def split_distinct(
    values: pa.ChunkedArray, normalizer: Normalizer, options: Options = ...
) -> pa.ChunkedArray: ...


def split_distinct(
    values: pa.Array | pa.ChunkedArray, normalizer: Normalizer, options: Options = _DEFAULT
) -> pa.ListArray | pa.ChunkedArray:
    """The tags of each row as `list<string>`; null stays null, chunks stay chunks.

    >>> from tagnorm import Normalizer
    >>> column = pa.array(["PRELPGOV", None, "PRELPGOV"])
    >>> split_distinct(column, Normalizer()).to_pylist()
    [['PREL', 'PGOV'], None, ['PREL', 'PGOV']]

    Raises:
        TypeError: the column holds something else than text; the error names the first such row.
        UnresolvedError: a row holds something unresolved, and `options` ask to be told.
        ValueError: an option has a value that it does not take.
    """

    def answer(texts: list[str]) -> pa.Array:
        return pa.array(tags_of(texts, normalizer, options), TAGS)

    return _each_distinct(values, TAGS, answer)


@overload
def resolve_distinct(
    values: pa.Array, normalizer: Normalizer, options: Options = ...
) -> pa.StructArray: ...
@overload
def resolve_distinct(
    values: pa.ChunkedArray, normalizer: Normalizer, options: Options = ...
) -> pa.ChunkedArray: ...


def resolve_distinct(
    values: pa.Array | pa.ChunkedArray, normalizer: Normalizer, options: Options = _DEFAULT
) -> pa.StructArray | pa.ChunkedArray:
    """Tags, status, confidence and unresolved pieces of each row as a struct; null stays null.

    `flatten()` makes columns of it.

    >>> from tagnorm import Normalizer
    >>> found = resolve_distinct(pa.array(["PREL ALIREZA", None]), Normalizer())
    >>> found.field("unresolved").to_pylist()
    [['ALIREZA'], None]

    Raises:
        TypeError: the column holds something else than text; the error names the first such row.
        ValueError: an option has a value that it does not take.
    """

    def answer(texts: list[str]) -> pa.Array:
        found = answers_of(texts, normalizer, options)
        columns = zip(*found, strict=True) if found else ((), (), (), ())
        arrays = [pa.array(c, f.type) for c, f in zip(columns, ANSWER, strict=True)]
        return pa.StructArray.from_arrays(arrays, fields=list(ANSWER))

    return _each_distinct(values, ANSWER, answer)


def _each_distinct(
    values: pa.Array | pa.ChunkedArray, to: pa.DataType, answer: Callable[[list[str]], pa.Array]
) -> pa.Array | pa.ChunkedArray:
    """Answer every distinct text once, and give each row the answer of its text."""
    kind = values.type
    if pa.types.is_dictionary(kind) and _is_text(kind.value_type):
        # Each chunk may bring a dictionary of its own, with entries that no row of it uses.
        if isinstance(values, pa.Array):
            return _used_only(values, to, answer)
        return pa.chunked_array([_used_only(c, to, answer) for c in values.chunks], type=to)
    if not _is_text(kind):
        _refuse_what_is_not_missing(values)
        answer([])
        nulls = pa.nulls(len(values), to)
        return nulls if isinstance(values, pa.Array) else pa.chunked_array([nulls])
    encoded = values.dictionary_encode()
    if isinstance(encoded, pa.Array):
        return _answers(encoded.dictionary, to, answer).take(encoded.indices)
    if not encoded.num_chunks:
        answer([])
        return pa.chunked_array([], type=to)
    # Arrow encodes the chunks of one array by one dictionary.
    answers = _answers(encoded.chunk(0).dictionary, to, answer)
    return pa.chunked_array([answers.take(c.indices) for c in encoded.chunks], type=to)


def _used_only(
    values: pa.DictionaryArray, to: pa.DataType, answer: Callable[[list[str]], pa.Array]
) -> pa.Array:
    used = values.indices.dictionary_encode()
    texts = values.dictionary
    if pa.types.is_string_view(texts.type):
        texts = texts.cast(pa.large_string())  # Arrow cannot take from views yet
    return _answers(texts.take(used.dictionary), to, answer).take(used.indices)


def _answers(texts: pa.Array, to: pa.DataType, answer: Callable[[list[str]], pa.Array]) -> pa.Array:
    """The answers for the entries of a dictionary, which may hold a null itself."""
    if texts.null_count:
        place = pc.add(pc.cumulative_sum(texts.is_valid().cast(pa.int64())), -1)
        place = pc.if_else(texts.is_valid(), place, None)
        return _answers(texts.drop_null(), to, answer).take(place)
    blocks = [
        answer(texts.slice(start, _BLOCK).to_pylist())
        for start in range(0, max(len(texts), 1), _BLOCK)
    ]
    return blocks[0] if len(blocks) == 1 else pa.concat_arrays(blocks)


def _is_text(kind: pa.DataType) -> bool:
    return (
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
    )


def _refuse_what_is_not_missing(values: pa.Array | pa.ChunkedArray) -> None:
    """A column of another type will do only if there is nothing in it."""
    if pa.types.is_dictionary(values.type):
        values = values.cast(values.type.value_type)
    row = pc.index(pc.is_null(values, nan_is_null=True), False).as_py()
    if row >= 0:
        raise TypeError(
            f"expected text, but row {row} holds {values[row].as_py()!r:.80} "
            f"of type {values.type}; cast the column to text, or make it null"
        )
