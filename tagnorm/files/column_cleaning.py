"""Cleaning the columns of Arrow batches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tagnorm.columns.arrays import constant, lists_of, range_of
from tagnorm.columns.composing import Composed, compose
from tagnorm.files.answers import Answer, Answers, Verdict
from tagnorm.files.batches import Batch
from tagnorm.files.column_texts import as_texts, check_type
from tagnorm.files.plan import STATUS, Plan
from tagnorm.files.schema_notes import notes_after

__all__ = ["ColumnCleaning"]

_TAGS = pa.list_(pa.string())
_VERDICTS: tuple[Verdict, ...] = ("empty", "resolved", "unresolved")
_EMPTY = constant(_VERDICTS.index("empty"))


class ColumnCleaning:
    """Turns batches of one schema into batches of the output's.

    Args:
        schema: of the input.
        plan: which columns, and how their tags are laid out.
        answers: of each column.
        as_text: whether the tags of a row are one text, and not a list.

    Raises:
        FormatError: a column holds neither text nor lists of text, or a new one is there already.
    """

    def __init__(
        self, schema: pa.Schema, plan: Plan, answers: Mapping[str, Answers], *, as_text: bool
    ) -> None:
        self._plan = plan
        self._answers = answers
        self._as_text = as_text
        kind = pa.string() if plan.explode or as_text else _TAGS
        fields = []
        plan.names(schema.names)
        for field in schema:
            if field.name not in plan.columns:
                fields.append(field)
                continue
            check_type(field)
            if plan.suffix:
                fields.append(field)
            fields.append(pa.field(field.name + plan.suffix, kind))
            if plan.status:
                kinds = (pa.string(), pa.float64())
                fields += [pa.field(field.name + e, k) for e, k in zip(STATUS, kinds, strict=True)]
        notes = notes_after(schema.metadata, _said(plan, kind), is_exploded=plan.explode)
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
            answers_of_column = self._answers[field.name]
            if not (damaged or self._as_text or answers_of_column.cleaning.needs_weights):
                arrays.append(self._compose(answers_of_column, field, column))
                continue
            answers, places = self._look_up(field, column, damaged)
            missing = self._answers[field.name].missing
            arrays.append(self._tags(answers, missing, places))
            if self._plan.status:
                said = [self._plan.status_of(answer) for answer in answers]
                for at, kind in enumerate((pa.string(), pa.float64())):
                    arrays.append(pa.array([one[at] for one in said], kind).take(places))
        if self._plan.explode and exploded is not None:
            lists = arrays[exploded]
            rows = pc.list_parent_indices(lists)
            arrays = [
                pc.list_flatten(lists) if at == exploded else _taken(array, rows)
                for at, array in enumerate(arrays)
            ]
        return pa.RecordBatch.from_arrays(arrays, schema=self.schema)

    def _compose(self, answers: Answers, field: pa.Field, column: pa.Array) -> pa.Array:
        """The tags of each row, put together from those of its words; all rows are counted."""
        cleaning = answers.cleaning
        encoded = as_texts(field, column).dictionary_encode()
        texts, places = encoded.dictionary, encoded.indices
        keep, unique = cleaning.options.unresolved == "keep", cleaning.options.unique
        found = compose(texts, cleaning.normalizer.words, keep=keep, unique=unique)
        verdicts = _verdicts(found).take(places).fill_null(_EMPTY)
        for verdict, rows in zip(*pc.value_counts(verdicts).flatten(), strict=True):
            answers.rows[_VERDICTS[verdict.as_py()]] += rows.as_py()
        answers.distinct.add(texts.cast(pa.binary()).to_pylist())
        nothing = constant(len(texts)).cast(places.type)
        if self._plan.explode:
            has_tags = pc.greater(pc.list_value_length(found.tags), constant(0))
            places = pc.if_else(has_tags.take(places), places, nothing)
            none = lists_of(pa.nulls(1, pa.string()), [1])
        else:
            none = pa.nulls(1, _TAGS)
        return pa.concat_arrays([found.tags, none]).take(places.fill_null(nothing))

    def _look_up(
        self, field: pa.Field, column: pa.Array, damaged: Sequence[int]
    ) -> tuple[list[Answer], pa.Array]:
        """Some answers, and for each row the place of its own among them; all are counted."""
        answers = self._answers[field.name]
        encoded = as_texts(field, column).dictionary_encode()
        found = [*answers.of(encoded.dictionary.to_pylist()), answers.missing]
        places = encoded.indices.fill_null(len(found) - 1)
        if damaged:
            by_row = places.to_pylist()
            for row in damaged:
                found.append(answers.untouched(encoded.dictionary[by_row[row]].as_py()))
                by_row[row] = len(found) - 1
            places = pa.array(by_row, pa.int32())
        seen, counts = pc.value_counts(places).flatten()
        for at, rows in zip(seen.to_pylist(), counts.to_pylist(), strict=True):
            found[at].rows += rows
        return found, places

    def _tags(self, answers: Sequence[Answer], missing: Answer, places: pa.Array) -> pa.Array:
        plan = self._plan
        values: list[Any]
        if plan.explode:
            values = [answer.tags or [None] for answer in answers]
        elif self._as_text:
            values = [None if a is missing else plan.cell(a) for a in answers]
        else:
            values = [None if a is missing else a.tags for a in answers]
        kind = pa.string() if self._as_text and not plan.explode else _TAGS
        return pa.array(values, kind).take(places)


def _said(plan: Plan, kind: pa.DataType) -> dict[str, str]:
    """What the columns hold that are new or changed, as pandas calls it."""
    tags = "unicode" if kind == pa.string() else "list[unicode]"
    found = {name + plan.suffix: tags for name in plan.columns}
    if plan.status:
        for end, said in zip(STATUS, ("unicode", "float64"), strict=True):
            found |= {name + end: said for name in plan.columns}
    return found


def _taken(column: pa.Array, rows: pa.Array) -> pa.Array:
    """Some rows of a column of any type."""
    try:
        return column.take(rows)
    except pa.ArrowNotImplementedError:  # views and unions are put together row by row
        places = rows.to_pylist()
        return pa.concat_arrays([column.slice(at, 1) for at in places] or [column.slice(0, 0)])


def _verdicts(found: Composed) -> pa.Array:
    """What is said of each field, by its place in `_VERDICTS`."""
    rows = range_of(0, len(found.tags))
    is_unresolved = pc.is_in(rows, found.unresolved.cast(pa.int64()))
    has_tags = pc.greater(pc.list_value_length(found.tags), constant(0))
    verdict = pc.if_else(has_tags, constant(_VERDICTS.index("resolved")), _EMPTY)
    return pc.if_else(is_unresolved, constant(_VERDICTS.index("unresolved")), verdict)
