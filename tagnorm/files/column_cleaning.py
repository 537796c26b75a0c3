"""Cleaning the columns of Arrow batches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from tagnorm.columns.arrays import constant, flags, lists_of, range_of, taken
from tagnorm.columns.lists import joined
from tagnorm.files.answers import Answers
from tagnorm.files.batches import Batch
from tagnorm.files.column_texts import as_texts, check_type
from tagnorm.files.found import Found, find
from tagnorm.files.plan import STATUS, Plan
from tagnorm.files.row_answers import untouched
from tagnorm.files.schema_notes import notes_after

__all__ = ["ColumnCleaning"]

_TAGS = pa.list_(pa.string())


class ColumnCleaning:
    """Turns batches of one schema into batches of the output's.

    Args:
        schema: of the input.
        plan: which columns, and how their tags are laid out.
        answers: of each column.
        as_text: whether the tags of a row are one text, and not a list.
        file: what messages call the input.

    Raises:
        FormatError: a column holds neither text nor lists of text, or a new one is there already.
    """

    def __init__(
        self,
        schema: pa.Schema,
        plan: Plan,
        answers: Mapping[str, Answers],
        *,
        as_text: bool,
        file: str,
    ) -> None:
        self._file = file
        self._plan = plan
        self._answers = answers
        self._as_text = as_text
        kind = pa.string() if plan.explode or as_text else _TAGS
        fields = []
        plan.names(schema.names, f"{file}: ")
        for field in schema:
            if field.name not in plan.columns:
                fields.append(field)
                continue
            check_type(field, file)
            if plan.suffix:
                fields.append(field)
            fields.append(pa.field(field.name + plan.suffix, kind))
            if plan.status:
                kinds = (pa.string(), pa.float64())
                fields += [pa.field(field.name + e, k) for e, k in zip(STATUS, kinds, strict=True)]
        notes = notes_after(schema.metadata, _pandas_types(plan, kind), is_exploded=plan.explode)
        self.schema = pa.schema(fields, metadata=notes)

    def clean(self, batch: Batch) -> pa.RecordBatch:
        """The rows with their columns cleaned."""
        arrays: list[pa.Array] = []
        exploded = None
        for field, column in zip(batch.rows.schema, batch.rows.columns, strict=True):
            if field.name not in self._plan.columns:
                arrays.append(column)
                continue
            if self._plan.suffix:
                arrays.append(column)
            exploded = len(arrays)
            damaged = batch.damaged.get(field.name, ())
            arrays += self._cleaned(
                self._answers[field.name], as_texts(field, column, self._file), damaged
            )
        if self._plan.explode and exploded is not None:
            lists = arrays[exploded]
            rows = pc.list_parent_indices(lists)
            arrays = [
                pc.list_flatten(lists) if at == exploded else _taken(array, rows)
                for at, array in enumerate(arrays)
            ]
        return pa.RecordBatch.from_arrays(arrays, schema=self.schema)

    def _cleaned(
        self, answers: Answers, column: pa.StringArray, damaged: Sequence[int]
    ) -> list[pa.Array]:
        """The tags of each row, and how sure they are if that is wanted; all rows are counted."""
        plan = self._plan
        found, places = _found(answers, column, damaged)
        if plan.explode:
            # A row without a tag stays one row.
            none = lists_of(pa.nulls(1, pa.string()), [1])
            lists = pa.concat_arrays([found.tags, none])
            has_tags = pc.greater(pc.list_value_length(found.tags), constant(0)).take(places)
            nothing = constant(len(found.tags)).cast(places.type)
            tags = taken(lists, pc.if_else(has_tags.fill_null(False), places, nothing))
        elif self._as_text:
            tags = taken(joined(found.tags, plan.separator), places)
        else:
            tags = taken(found.tags, places)
        arrays = [tags]
        if plan.status:
            arrays += [values.take(places) for values in found.status]
        return arrays


def _found(
    answers: Answers, column: pa.StringArray, damaged: Sequence[int]
) -> tuple[Found, pa.Array]:
    """The answers of distinct texts, and for each row the place of its own.

    Args:
        answers: count all rows.
        column: the texts.
        damaged: the rows whose texts stay as they are: letters could not be decoded, say.
    """
    if not damaged:
        encoded = column.dictionary_encode()
        return find(answers, encoded.dictionary, encoded.indices), encoded.indices
    lost = set(damaged)
    # A bad row may have nothing in the cell.
    are_lost = pc.and_(flags(row in lost for row in range(len(column))), column.is_valid())
    places, others = pc.indices_nonzero(pc.invert(are_lost)), pc.indices_nonzero(are_lost)
    sound, of_sound = _found(answers, column.take(places), ())
    kept = [untouched(answers, raw) for raw in column.take(others).to_pylist()]
    tags = pa.array([answer.tags for answer in kept], _TAGS)
    said = zip(sound.status, ([a.status for a in kept], [a.confidence for a in kept]), strict=False)
    both = Found(
        pa.concat_arrays([sound.tags, tags]),
        tuple(pa.concat_arrays([one, pa.array(other, one.type)]) for one, other in said),
    )
    behind = range_of(len(sound.tags), len(sound.tags) + len(kept)).cast(of_sound.type)
    order = pc.sort_indices(pa.concat_arrays([places, others]))
    return both, pa.concat_arrays([of_sound, behind]).take(order)


def _pandas_types(plan: Plan, kind: pa.DataType) -> dict[str, str]:
    """The types of the columns that are new or changed, as pandas names them."""
    tags = "unicode" if kind == pa.string() else "list[unicode]"
    found = {name + plan.suffix: tags for name in plan.columns}
    if plan.status:
        for end, said in zip(STATUS, ("unicode", "float64"), strict=True):
            found |= {name + end: said for name in plan.columns}
    return found


def _taken(column: pa.Array, rows: pa.Array) -> pa.Array:
    """Some rows of a column of any type."""
    try:
        return taken(column, rows)
    except pa.ArrowNotImplementedError:  # views and unions are put together row by row
        places = rows.to_pylist()
        return pa.concat_arrays([column.slice(at, 1) for at in places] or [column.slice(0, 0)])
