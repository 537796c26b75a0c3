"""Columns of Spark DataFrames: the same answers, worked out by the Python workers on Arrow.

The vocabulary and the decisions travel with the query; each worker process unpacks them once.
tagnorm and PyArrow must be installed where the workers run (see `docs/spark.md` for clusters).
"""

from __future__ import annotations

import contextlib
import hashlib
import pickle
import warnings
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, Unpack

import attrs

from tagnorm.__about__ import __version__
from tagnorm.arguments import checked_names
from tagnorm.choice import choose
from tagnorm.columns.layout import Layout
from tagnorm.errors import TagnormError
from tagnorm.extras import needing
from tagnorm.options import AnyOptions, Options

with needing("spark"):
    import pandas  # Spark asks for it, whatever is done
    import pyarrow as pa
    from pyspark.sql.types import (
        ArrayType,
        DataType,
        DoubleType,
        NullType,
        StringType,
        StructField,
        StructType,
    )

    from tagnorm.columns.distinct import (
        CODE,
        answer_field,
        lookup_distinct,
        resolve_distinct,
        split_distinct,
    )

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from tagnorm.normalizer import Normalizer

__all__ = ["register", "resolve_column", "split_column"]


@checked_names
def split_column(
    frame: DataFrame,
    column: str,
    *,
    output: str | None = None,
    separator: str | None = None,
    **options: Unpack[AnyOptions],
) -> DataFrame:
    """The DataFrame with the tags of a column as `array<string>`, in `output` or in its place.

    Null stays null. The column holds strings, or arrays of them that are one field each. An
    `output` that exists already is replaced, as `withColumn` does, and names are compared as the
    session compares them (`spark.sql.caseSensitive`). With a `separator` the tags of a row are one
    string. The rows pass the Python workers whole, so select the columns you need before. The other
    options are those of `tagnorm.options`.

        codes = tagnorm.spark.split_column(cables, "tags", output="codes")
        codes.select("id", explode_outer("codes"))

    Raises:
        TypeError: the column is no column of strings, or an option does not take this type; or
            what is no DataFrame of Spark, or no name, was given.
        ValueError: there is no such column, or an option has a value that it does not take.
        pyspark.errors.PythonException: when the query runs: a row holds something unresolved, and
            `unresolved` is "raise".
    """
    normalizer, reading = choose(options)
    layout = Layout(separator)
    work = _Work("split", reading, layout, _pack(normalizer))
    return _add(frame, column, output, work)


@checked_names
def resolve_column(
    frame: DataFrame,
    column: str,
    *,
    output: str,
    separator: str | None = None,
    **options: Unpack[AnyOptions],
) -> DataFrame:
    """The DataFrame with a struct of tags, status, confidence and unresolved pieces in `output`.

    `select("*", "output.*")` makes columns of it. Null gives a null struct. The other arguments are
    those of `split_column`.

    Raises:
        TypeError, ValueError, pyspark.errors.PythonException: as `split_column`.
    """
    normalizer, reading = choose(options)
    work = _Work("resolve", reading, Layout(separator), _pack(normalizer))
    return _add(frame, column, output, work)


def register(session: SparkSession, **options: Unpack[AnyOptions]) -> SparkSession:
    """Give a session the SQL functions of tagnorm, as DuckDB has them; the session comes back.

    * `tagnorm_split(text)` -- the tags, as `array<string>`;
    * `tagnorm_status(text)` and `tagnorm_confidence(text)`;
    * `tagnorm_resolve(text)` -- a struct of tags, status, confidence and unresolved pieces;
    * `tagnorm_lookup(text)` -- the code that a tag, an alias or a name stands for, as a struct.

    NULL gives NULL. The options are those of `tagnorm.options` and hold for every query that is
    written after this; registering again sets them anew.

        tagnorm.spark.register(session, decisions="decisions.tsv")
        session.sql("SELECT id, explode(tagnorm_split(tags)) FROM cables")

    Raises:
        TypeError, ValueError: an option does not take this, or it is no session of Spark.
    """
    if not hasattr(session, "udf"):
        raise TypeError(f"expected a session of Spark, got {_type_of(session)}")
    normalizer, reading = choose(options)
    work = partial(_Work, options=reading, layout=Layout(), packed=_pack(normalizer))
    functions = {
        "tagnorm_split": work("split"),
        "tagnorm_status": work("resolve", field="status"),
        "tagnorm_confidence": work("resolve", field="confidence"),
        "tagnorm_resolve": work("resolve"),
        "tagnorm_lookup": work("lookup"),
    }
    for name, one in functions.items():
        with _no_word_about_pandas():
            session.udf.register(name, _function(one))
    return session


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
    """What the workers do with the texts of a batch; of an answer they may keep one field."""

    verb: Literal["split", "resolve", "lookup"]
    options: Options
    layout: Layout
    packed: _Packed
    field: str | None = None

    def __call__(self, texts: pa.Array) -> pa.Array:
        normalizer = _unpack(self.packed)
        if self.verb == "split":
            return split_distinct(texts, normalizer, self.options, self.layout)
        if self.verb == "lookup":
            return lookup_distinct(texts, normalizer)
        found = resolve_distinct(texts, normalizer, self.options, self.layout)
        return found if self.field is None else answer_field(found, self.field)

    @property
    def gives(self) -> DataType:
        """The type of what comes out."""
        if self.verb == "lookup":
            return StructType([StructField(field.name, StringType()) for field in CODE])
        text = self.layout.separator is not None
        tags: DataType = StringType() if text else ArrayType(StringType())
        if self.verb == "split":
            return tags
        fields = {
            "tags": tags,
            "status": StringType(),
            "confidence": DoubleType(),
            "unresolved": tags,
        }
        if self.field is not None:
            return fields[self.field]
        return StructType([StructField(name, kind) for name, kind in fields.items()])


def _function(work: _Work) -> Any:
    """The work as a function that Spark can register by name."""
    functions: Any = import_module("pyspark.sql.functions")  # what is in it differs by version
    on_arrow = hasattr(functions, "arrow_udf")
    one = work if on_arrow else _OnPandas(work)
    # Spark goes by the types that are written at a function.
    kinds: tuple[Any, Any] = (pa.Array, pa.Array)
    if not on_arrow:
        is_struct = isinstance(work.gives, StructType)
        kinds = (pandas.Series, pandas.DataFrame if is_struct else pandas.Series)

    def function(texts: Any) -> Any:
        return one(texts)

    function.__annotations__ = {"texts": kinds[0], "return": kinds[1]}
    make = functions.arrow_udf if on_arrow else functions.pandas_udf
    return make(function, work.gives)


@attrs.frozen
class _OnPandas:
    """The work for versions of Spark that hand over Series."""

    work: _Work

    def __call__(self, texts: Any) -> Any:
        found = self.work(pa.array(texts, pa.string(), from_pandas=True))
        if not pa.types.is_struct(found.type):
            return found.to_pandas()
        names = [field.name for field in found.type]
        return pa.table(found.flatten(), names=names).to_pandas()


@contextlib.contextmanager
def _no_word_about_pandas() -> Iterator[None]:
    """Spark warns of pandas 3 where it only passes Arrow batches along, and no pandas is used."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "PySpark does not yet fully support", FutureWarning)
        yield


@attrs.frozen
class _Task:
    """What the workers do with the batches of a partition: one column read, one written."""

    read: int
    write: int
    names: tuple[str, ...]
    work: _Work

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            columns = list(batch.columns)
            columns[self.write : self.write + 1] = [self.work(columns[self.read])]
            yield pa.RecordBatch.from_arrays(columns, names=list(self.names))


def _add(frame: DataFrame, column: str, output: str | None, work: _Work) -> DataFrame:
    if not hasattr(frame, "mapInArrow"):
        raise TypeError(f"expected a DataFrame of Spark, got {_type_of(frame)}")
    for what, name in (("column", column), ("output", output)):
        if not isinstance(name, str) and not (what == "output" and name is None):
            raise TypeError(f"{what} is a {_type_of(name)}; it takes the name of a column")
    fields = list(frame.schema.fields)
    names = [field.name for field in fields]
    same = _comparison(frame)
    read = _place(column, names, same)
    if read is None:
        raise ValueError(
            f"the DataFrame has no column {column!r}; it has {', '.join(map(repr, names))}"
        )
    kind = fields[read].dataType
    item = kind.elementType if isinstance(kind, ArrayType) else kind
    if not isinstance(item, StringType | NullType):  # a column of nulls alone has no type
        raise TypeError(
            f"expected text, but column {names[read]!r} is of type {kind.simpleString()}; "
            "cast it first"
        )
    output = names[read] if output is None else output
    write = _place(output, names, same)
    write = len(fields) if write is None else write
    fields[write : write + 1] = [StructField(output, work.gives)]
    # Spark takes a dot in a name for the way into a struct: by their places columns have no dots.
    plain = [f"c{at}" for at in range(len(names))]
    task = _Task(read, write, tuple(field.name for field in fields), work)
    with _no_word_about_pandas():
        return frame.toDF(*plain).mapInArrow(task, StructType(fields))


def _type_of(value: object) -> str:
    return f"{type(value).__module__}.{type(value).__qualname__}".removeprefix("builtins.")


def _comparison(frame: DataFrame) -> Callable[[str], str]:
    """What makes names equal that the session takes for the same."""
    is_sensitive = frame.sparkSession.conf.get("spark.sql.caseSensitive") == "true"
    return str if is_sensitive else str.lower


def _place(name: str, names: Sequence[str], same: Callable[[str], str]) -> int | None:
    """The place of the column of a name; None if there is none.

    Raises:
        ValueError: there are several.
    """
    found = [at for at, one in enumerate(names) if same(one) == same(name)]
    if len(found) > 1:
        several = ", ".join(repr(names[at]) for at in found)
        raise ValueError(f"the DataFrame has several columns named {name!r} ({several}); rename")
    return found[0] if found else None
