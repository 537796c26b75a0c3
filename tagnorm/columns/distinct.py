"""Columns as Arrow arrays: every distinct value is resolved once, then taken by index for each row.

All backends but plain Python sequences end here, so a column has one answer wherever it lies. The
rows themselves are only touched by Arrow: `dictionary_encode` before, `take` after. Needs PyArrow.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Literal

import pyarrow as pa
import pyarrow.compute as pc

from tagnorm.cells import is_missing, wrong_type
from tagnorm.columns.arrays import constant, flags, taken
from tagnorm.columns.composing import compose
from tagnorm.columns.fields import as_fields, without_views
from tagnorm.columns.kinds import is_text
from tagnorm.columns.layout import Layout
from tagnorm.columns.lists import joined
from tagnorm.columns.remembered import Remembered
from tagnorm.columns.weighing import Weighed, weigh
from tagnorm.options import Options

if TYPE_CHECKING:
    from tagnorm.normalizer import Normalizer

__all__ = [
    "ANSWER",
    "CODE",
    "TAGS",
    "answer_field",
    "answer_type",
    "lookup_distinct",
    "remembering",
    "resolve_distinct",
    "resolve_table",
    "split_distinct",
    "split_encoded",
]

TAGS = pa.list_(pa.string())
ANSWER = pa.struct(
    [("tags", TAGS), ("status", pa.string()), ("confidence", pa.float64()), ("unresolved", TAGS)]
)
CODE = pa.struct(
    [(name, pa.string()) for name in ("tag", "name", "kind", "family", "status", "replaced_by")]
)

# Distinct values that are worked on at one time; more come in blocks of this many.
_BLOCK = 1 << 16
_DEFAULT, _LISTS = Options(), Layout()


def split_distinct(
    values: pa.Array | pa.ChunkedArray,
    normalizer: Normalizer,
    options: Options = _DEFAULT,
    layout: Layout = _LISTS,
) -> pa.Array | pa.ChunkedArray:
    """The tags of each row, as `list<string>` or as text; null stays null, chunks stay chunks.

    >>> from tagnorm import Normalizer
    >>> column = pa.array(["PRELPGOV", None, "PRELPGOV"])
    >>> split_distinct(column, Normalizer()).to_pylist()
    [['PREL', 'PGOV'], None, ['PREL', 'PGOV']]

    Raises:
        TypeError: the column holds something else than text; the error names the first such row.
        UnresolvedError: a row holds something unresolved, and `options` ask to be told.
    """
    return _each_distinct(values, _type_of(layout), _tags(normalizer, options, layout))


def split_encoded(
    values: pa.Array,
    normalizer: Normalizer,
    options: Options = _DEFAULT,
    layout: Layout = _LISTS,
) -> tuple[pa.Array, pa.Array]:
    """As `split_distinct`, but for its last step: the distinct answers, and the index of each
    row's.

    >>> from tagnorm import Normalizer
    >>> tags, places = split_encoded(pa.array(["PREL", None, "PGVO", "PREL"]), Normalizer())
    >>> tags.to_pylist(), places.to_pylist()
    ([['PREL'], ['PGOV']], [0, None, 1, 0])
    """
    return _encode(as_fields(values), _type_of(layout), _tags(normalizer, options, layout))


def _tags(
    normalizer: Normalizer, options: Options, layout: Layout
) -> Callable[[pa.Array], pa.Array]:
    """A function that gives the tags of the distinct texts of an array."""
    keep, unique = options.unresolved == "keep", options.unique

    def put_together(texts: pa.Array) -> pa.Array:
        found = compose(texts, normalizer, keep=keep, unique=unique)
        has_tags = pc.greater(pc.list_value_length(found.tags), constant(0))
        _refuse_unresolved(texts, pc.and_not(has_tags, found.is_unresolved), normalizer, options)
        return _laid_out(found.tags, layout)

    def weigh_all(texts: pa.Array) -> pa.Array:
        found = _weighed(texts, normalizer, options)
        return _laid_out(found.pieces if keep else found.tags, layout)

    return put_together if options.min_confidence == 0.0 else weigh_all


def _weighed(texts: pa.Array, normalizer: Normalizer, options: Options) -> Weighed:
    """The answers for distinct texts; it raises if one is unresolved and the options ask for
    that."""
    found = weigh(texts, normalizer, options.min_confidence, unique=options.unique)
    are_resolved = pc.and_not(found.has_tags, found.has_unresolved)
    _refuse_unresolved(texts, are_resolved, normalizer, options)
    return found


def _refuse_unresolved(
    texts: pa.Array, are_resolved: pa.BooleanArray, normalizer: Normalizer, options: Options
) -> None:
    """Raise what `Normalizer.split` raises of the first text that is not resolved, if it does."""
    if options.unresolved == "raise":
        first = pc.index(are_resolved, flags([False])[0]).as_py()
        if first >= 0:
            normalizer.split(texts[first].as_py(), **options.as_given())


def _type_of(layout: Layout) -> pa.DataType:
    return TAGS if layout.separator is None else pa.string()


def _laid_out(lists: pa.Array, layout: Layout) -> pa.Array:
    """Lists of tags, none of them null, as they are or as text."""
    return lists if layout.separator is None else joined(lists, layout.separator)


def resolve_distinct(
    values: pa.Array | pa.ChunkedArray,
    normalizer: Normalizer,
    options: Options = _DEFAULT,
    layout: Layout = _LISTS,
) -> pa.StructArray | pa.ChunkedArray:
    """Tags, status, confidence and unresolved pieces of each row as a struct; null stays null.

    >>> from tagnorm import Normalizer
    >>> found = resolve_distinct(pa.array(["PREL ALIREZA", None]), Normalizer())
    >>> found.field("unresolved").to_pylist()
    [['ALIREZA'], None]

    Raises:
        TypeError: the column holds something else than text; the error names the first such row.
    """
    return _each_distinct(values, answer_type(layout), _in_full(normalizer, options, layout))


def remembering(
    verb: Literal["split", "resolve"], normalizer: Normalizer, options: Options = _DEFAULT
) -> Callable[[pa.Array | pa.ChunkedArray], pa.Array | pa.ChunkedArray]:
    """`split_distinct` or `resolve_distinct` for many small batches of one column.

    >>> from tagnorm import Normalizer
    >>> split = remembering("split", Normalizer())
    >>> [split(pa.array(batch)).to_pylist() for batch in (["PREL", "PGVO"], ["PGVO", None])]
    [[['PREL'], ['PGOV']], [['PGOV'], None]]
    """
    if verb == "split":
        answer = Remembered(TAGS, _tags(normalizer, options, _LISTS))
        return partial(_each_distinct, to=TAGS, answer=answer)
    answer = Remembered(ANSWER, _in_full(normalizer, options, _LISTS))
    return partial(_each_distinct, to=ANSWER, answer=answer)


def _in_full(
    normalizer: Normalizer, options: Options, layout: Layout
) -> Callable[[pa.Array], pa.Array]:
    """A function that gives the answers for the distinct texts of an array as structs."""
    kind = answer_type(layout)

    def weigh_all(texts: pa.Array) -> pa.Array:
        found = _weighed(texts, normalizer, options)
        columns = (found.tags, found.status, found.confidence, found.unresolved)
        arrays = [_laid_out(c, layout) if c.type == TAGS else c for c in columns]
        return pa.StructArray.from_arrays(arrays, fields=list(kind))

    return weigh_all


def answer_field(found: pa.StructArray | pa.ChunkedArray, name: str) -> pa.Array | pa.ChunkedArray:
    """One field of the answers of `resolve_distinct`; null where the answer is.

    >>> from tagnorm import Normalizer
    >>> found = resolve_distinct(pa.array(["PREL", None]), Normalizer())
    >>> answer_field(found, "status").to_pylist()
    ['canonical', None]
    """
    return found.flatten()[found.type.get_field_index(name)]


def answer_type(layout: Layout) -> pa.StructType:
    """The type of the answers of `resolve_distinct`."""
    return pa.struct(
        [field.with_type(_type_of(layout)) if field.type == TAGS else field for field in ANSWER]
    )


def resolve_table(
    values: pa.Array | pa.ChunkedArray,
    normalizer: Normalizer,
    options: Options = _DEFAULT,
    layout: Layout = _LISTS,
) -> pa.Table:
    """As `resolve_distinct`, with the four as columns of a table."""
    found = resolve_distinct(values, normalizer, options, layout)
    return pa.table(found.flatten(), names=[field.name for field in ANSWER])


def lookup_distinct(
    values: pa.Array | pa.ChunkedArray, normalizer: Normalizer
) -> pa.StructArray | pa.ChunkedArray:
    """The code that each row names, as `Normalizer.lookup` finds it, as a struct; null if none.

    >>> from tagnorm import Normalizer
    >>> found = lookup_distinct(pa.array(["kuwait", "nonsense", None]), Normalizer())
    >>> [row and (row["tag"], row["name"]) for row in found.to_pylist()]
    [('KU', 'Kuwait'), None, None]

    Raises:
        TypeError: the column holds something else than text; the error names the first such row.
    """

    def answer(texts: pa.Array) -> pa.Array:
        codes = [normalizer.lookup(text) for text in texts.to_pylist()]
        names = [field.name for field in CODE]
        rows = [code and {name: getattr(code, name) or None for name in names} for code in codes]
        return pa.array(rows, CODE)

    return _each_distinct(values, CODE, answer)


def _each_distinct(
    values: pa.Array | pa.ChunkedArray, to: pa.DataType, answer: Callable[[pa.Array], pa.Array]
) -> pa.Array | pa.ChunkedArray:
    """Answer every distinct text once, and give each row the answer of its text."""
    values = as_fields(values)
    if isinstance(values, pa.Array):
        answers, places = _encode(values, to, answer)
        return taken(answers, places)
    if is_text(values.type) and len(values):
        # Arrow encodes the chunks of one array by one dictionary.
        chunks = values.dictionary_encode().chunks
        answers = _answers(chunks[0].dictionary, to, answer)
        return pa.chunked_array([taken(answers, c.indices) for c in chunks], type=to)
    _refuse_what_is_no_text(values)
    # Chunks may have dictionaries of their own.
    return pa.chunked_array([_each_distinct(c, to, answer) for c in values.chunks], type=to)


def _encode(
    values: pa.Array, to: pa.DataType, answer: Callable[[pa.Array], pa.Array]
) -> tuple[pa.Array, pa.Array]:
    """The answers for the distinct texts, and for each row the index of its answer, or null."""
    _refuse_what_is_no_text(values)
    if is_text(values.type):
        encoded = values.dictionary_encode()
        return _answers(encoded.dictionary, to, answer), encoded.indices
    if not pa.types.is_dictionary(values.type) or not is_text(values.type.value_type):
        return pa.array([], to), pa.nulls(len(values), pa.int32())
    # A dictionary may have entries that no row uses: they are not asked for.
    used = values.indices.dictionary_encode()
    texts = without_views(values.dictionary)
    return _answers(texts.take(used.dictionary), to, answer), used.indices


def _answers(texts: pa.Array, to: pa.DataType, answer: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """The answers for the entries of a dictionary, which may hold a null itself."""
    if texts.null_count:
        place = pc.add(pc.cumulative_sum(texts.is_valid().cast(pa.int64())), -1)
        place = pc.if_else(texts.is_valid(), place, None)
        return _answers(texts.drop_null(), to, answer).take(place)
    blocks = [answer(texts.slice(start, _BLOCK)) for start in range(0, max(len(texts), 1), _BLOCK)]
    return blocks[0] if len(blocks) == 1 else pa.concat_arrays(blocks)


def _refuse_what_is_no_text(values: pa.Array | pa.ChunkedArray) -> None:
    """Raise a `TypeError` if a column is not of text, unless all its rows are missing."""
    kind = values.type.value_type if pa.types.is_dictionary(values.type) else values.type
    if is_text(kind) or values.null_count == len(values):
        return
    for row, scalar in enumerate(values):
        if not is_missing(value := scalar.as_py()):
            if isinstance(kind, pa.BaseExtensionType):  # its values may be text, and no tags
                raise TypeError(f"expected text, but the column is {kind}; cast it to text first")
            raise wrong_type(row, value)
