"""Columns as Arrow arrays: every distinct value is resolved once, then taken by index for each row.

All backends but plain Python sequences end here, so a column has one answer wherever it lies. The
rows themselves are only touched by Arrow: `dictionary_encode` before, `take` after. Needs PyArrow.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from tagnorm.columns.answers import Options, answers_of, tags_of
from tagnorm.columns.missing import is_missing, wrong_type

if TYPE_CHECKING:
    from tagnorm.normalizer import Normalizer

__all__ = ["ANSWER", "TAGS", "is_text", "resolve_distinct", "resolve_table", "split_distinct"]

TAGS = pa.list_(pa.string())
ANSWER = pa.struct(
    [("tags", TAGS), ("status", pa.string()), ("confidence", pa.float64()), ("unresolved", TAGS)]
)

# Distinct values that are Python objects at one time; more come in blocks of this many.
_BLOCK = 1 << 16
_DEFAULT = Options()


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
    """

    def answer(texts: list[str]) -> pa.Array:
        return pa.array(tags_of(texts, normalizer, options), TAGS)

    return _each_distinct(values, TAGS, answer)


def resolve_distinct(
    values: pa.Array | pa.ChunkedArray, normalizer: Normalizer, options: Options = _DEFAULT
) -> pa.StructArray | pa.ChunkedArray:
    """Tags, status, confidence and unresolved pieces of each row as a struct; null stays null.

    >>> from tagnorm import Normalizer
    >>> found = resolve_distinct(pa.array(["PREL ALIREZA", None]), Normalizer())
    >>> found.field("unresolved").to_pylist()
    [['ALIREZA'], None]

    Raises:
        TypeError: the column holds something else than text; the error names the first such row.
    """

    def answer(texts: list[str]) -> pa.Array:
        found = answers_of(texts, normalizer, options)
        columns = zip(*found, strict=True) if found else ((), (), (), ())
        arrays = [pa.array(c, f.type) for c, f in zip(columns, ANSWER, strict=True)]
        return pa.StructArray.from_arrays(arrays, fields=list(ANSWER))

    return _each_distinct(values, ANSWER, answer)


def resolve_table(
    values: pa.Array | pa.ChunkedArray, normalizer: Normalizer, options: Options = _DEFAULT
) -> pa.Table:
    """As `resolve_distinct`, with the four as columns of a table."""
    found = resolve_distinct(values, normalizer, options)
    return pa.table(found.flatten(), names=[field.name for field in ANSWER])


def _each_distinct(
    values: pa.Array | pa.ChunkedArray, to: pa.DataType, answer: Callable[[list[str]], pa.Array]
) -> pa.Array | pa.ChunkedArray:
    """Answer every distinct text once, and give each row the answer of its text."""
    kind = values.type
    if pa.types.is_dictionary(kind) and is_text(kind.value_type):
        # Each chunk may bring a dictionary of its own, with entries that no row of it uses.
        if isinstance(values, pa.Array):
            return _used_only(values, to, answer)
        return pa.chunked_array([_used_only(c, to, answer) for c in values.chunks], type=to)
    if not is_text(kind):
        _refuse_what_is_not_missing(values)
        nulls = pa.nulls(len(values), to)
        return nulls if isinstance(values, pa.Array) else pa.chunked_array([nulls])
    encoded = values.dictionary_encode()
    if isinstance(encoded, pa.Array):
        return _answers(encoded.dictionary, to, answer).take(encoded.indices)
    if not encoded.num_chunks:
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


def is_text(kind: pa.DataType) -> bool:
    """Whether an Arrow type is one of the three of text."""
    return bool(
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
    )


def _refuse_what_is_not_missing(values: pa.Array | pa.ChunkedArray) -> None:
    """A column of another type will do only if there is nothing in it."""
    if values.null_count == len(values):
        return
    for row, scalar in enumerate(values):
        if not is_missing(value := scalar.as_py()):
            raise wrong_type(row, value)
