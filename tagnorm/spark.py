"""Columns of Spark DataFrames: the same answers, worked out by the Python workers on Arrow.

The vocabulary and the decisions travel with the query; each worker process unpacks them once.
tagnorm and PyArrow must be installed where the workers run (see the README for clusters).
"""

from __future__ import annotations

import hashlib
import pickle
import zlib
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal, Unpack

import attrs
import pyarrow as pa
from pyspark.sql.types import (
    ArrayType,
    DataType,
    DoubleType,
    StringType,
    StructField,
    StructType,
)

from tagnorm.__about__ import __version__
from tagnorm.choice import choose
from tagnorm.columns.distinct import resolve_distinct, split_distinct
from tagnorm.errors import TagnormError
from tagnorm.options import AnyOptions, Options

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from tagnorm.normalizer import Normalizer

__all__ = ["resolve_column", "split_column"]

_TAGS = ArrayType(StringType())
_ANSWER = StructType(
    [
        StructField("tags", _TAGS),
        StructField("status", StringType()),
        StructField("confidence", DoubleType()),
        StructField("unresolved", _TAGS),
    ]
)


def split_column(
    frame: DataFrame,
    column: str,
    *,
    output: str | None = None,
    **options: Unpack[AnyOptions],
) -> DataFrame:
    """The DataFrame with the tags of a column as `array<string>`, in `output` or in its place.

    Null stays null. An `output` that exists already is replaced, as `withColumn` does. The rows
    pass the Python workers whole, so select the columns you need before. The other options are
    those of `tagnorm.options`.

        codes = tagnorm.spark.split_column(cables, "tags", output="codes")
        codes.select("id", explode_outer("codes"))

    Raises:
        TypeError: the column is no column of strings.
        ValueError: there is no such column, or an option has a value that it does not take.
        pyspark.errors.PythonException: when the query runs: a row holds something unresolved, and
            `unresolved` is "raise".
    """
    normalizer, reading = choose(options)
    work = _Work("split", reading, _pack(normalizer))
    return _add(frame, column, output or column, _TAGS, work)


def resolve_column(
    frame: DataFrame,
    column: str,
    *,
    output: str,
    **options: Unpack[AnyOptions],
) -> DataFrame:
    """The DataFrame with a struct of tags, status, confidence and unresolved pieces in `output`.

    `select("*", "output.*")` makes columns of it. Null gives a null struct. The other options are
    those of `tagnorm.options`.

    Raises:
        TypeError: the column is no column of strings.
        ValueError: there is no such column, or an option has a value that it does not take.
    """
    normalizer, reading = choose(options)
    work = _Work("resolve", reading, _pack(normalizer))
    return _add(frame, column, output, _ANSWER, work)


@attrs.frozen
class _Packed:
    """A normalizer on its way to the workers, and the version of tagnorm that packed it."""

    content: bytes = attrs.field(repr=False)
    digest: str
    version: str = __version__


def _pack(normalizer: Normalizer) -> _Packed:
    content = zlib.compress(pickle.dumps(normalizer), 1)
    return _Packed(content, hashlib.sha256(content).hexdigest())


# A worker process runs many tasks: it unpacks each normalizer once, and remembers its answers.
_unpacked: OrderedDict[str, Normalizer] = OrderedDict()
_UNPACKED = 4


def _unpack(packed: _Packed) -> Normalizer:
    if packed.version != __version__:
        raise TagnormError(
            f"the driver has tagnorm {packed.version}, this worker {__version__}; "
            "install the same version on both, or the answers may differ"
        )
    if packed.digest not in _unpacked:
        _unpacked[packed.digest] = pickle.loads(zlib.decompress(packed.content))
        if len(_unpacked) > _UNPACKED:
            _unpacked.popitem(last=False)
    return _unpacked[packed.digest]


@attrs.frozen
class _Work:
    """What the workers do with the texts of a batch."""

    verb: Literal["split", "resolve"]
    options: Options
    packed: _Packed

    def __call__(self, texts: pa.Array) -> pa.Array:
        engine = _unpack(self.packed)
        if self.verb == "split":
            return split_distinct(texts, engine, self.options)
        return resolve_distinct(texts, engine, self.options)


@attrs.frozen
class _Task:
    """What the workers do with the batches of a partition: one column read, one written."""

    read: int
    write: int
    output: str
    work: _Work

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            found = self.work(batch.column(self.read))
            if self.write == batch.num_columns:
                yield batch.append_column(self.output, found)
            else:
                yield batch.set_column(self.write, self.output, found)


def _add(frame: DataFrame, column: str, output: str, to: DataType, work: _Work) -> DataFrame:
    fields = list(frame.schema.fields)
    names = [field.name for field in fields]
    if names.count(column) != 1:
        raise ValueError(
            f"the DataFrame has {names.count(column) or 'no'} columns named {column!r}; "
            f"it has {', '.join(map(repr, names))}"
        )
    if names.count(output) > 1:
        raise ValueError(f"the DataFrame has several columns named {output!r}; rename them first")
    read = names.index(column)
    if not isinstance(fields[read].dataType, StringType):
        kind = fields[read].dataType.simpleString()
        raise TypeError(f"expected text, but column {column!r} is of type {kind}; cast it first")
    write = names.index(output) if output in names else len(fields)
    fields[write : write + 1] = [StructField(output, to)]
    return frame.mapInArrow(_Task(read, write, output, work), StructType(fields))
