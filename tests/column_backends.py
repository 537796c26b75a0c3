"""Every way to split a column, by name: a list of texts and None in, plain Python answers out.

A new surface adds itself to `SPLIT` and `RESOLVE`, and `test_same_answer.py` holds it to the
answers of `tagnorm.split` and `tagnorm.resolve`. A row of `RESOLVE` is a tuple of tags, status,
confidence and unresolved pieces, or None.
"""
# ruff: noqa: PLC0415 -- a library is imported by the backend that needs it, if it is there

from __future__ import annotations

import importlib
import json
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from command_line import called

import tagnorm
from tagnorm.columns import resolve_column, split_column
from tagnorm.escaping import split_tags, unescape
from tagnorm.options import ReadingOptions

Column = list[str | None]

_HAS_JAVA = bool(shutil.which("java") or os.environ.get("JAVA_HOME"))


def needs(*libraries: str) -> list[pytest.MarkDecorator]:
    missing = [name for name in libraries if find_spec(name) is None]
    marks = [pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")]
    if "pyspark" in libraries:
        marks.append(pytest.mark.skipif(not _HAS_JAVA, reason="no Java"))
        marks.append(pytest.mark.filterwarnings(_OF_SPARK))
    return marks


# What Spark 3 itself warns of, whatever is done with it: how it compares versions.
_OF_SPARK = "ignore:distutils Version classes are deprecated:DeprecationWarning"


@lru_cache(maxsize=1)
def spark_session() -> Any:
    """One local Spark for all tests of a run; it ends with the process."""
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").appName("tagnorm tests")
    for key, value in {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "1g",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.session.timeZone": "UTC",
    }.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")  # a test that fails on purpose is no news
    return session


def _plain(rows: list[dict[str, Any] | None]) -> list[tuple[Any, ...] | None]:
    names = ("tags", "status", "confidence", "unresolved")
    return [None if row is None else tuple(row[name] for name in names) for row in rows]


def _rows(columns: dict[str, list[Any]]) -> list[tuple[Any, ...] | None]:
    rows = zip(*(columns[n] for n in ("tags", "status", "confidence", "unresolved")), strict=True)
    return [None if row[0] is None else row for row in rows]


def _scalar(values: Column, **options: Any) -> list[Any]:
    return [None if value is None else tagnorm.split(value, **options) for value in values]


def _scalar_resolve(values: Column, **options: Any) -> list[Any]:
    return _scalar_resolve_of(
        None if value is None else tagnorm.resolve(value, **options) for value in values
    )


def _scalar_resolve_of(found: Iterable[tagnorm.Resolution | None]) -> list[Any]:
    return [
        None if f is None else (list(f.tags), f.status, f.confidence, list(f.unresolved))
        for f in found
    ]


def _numpy(values: Column) -> Any:
    import numpy as np

    return np.array(values, dtype=object)


def _pandas(values: Column, dtype: str = "str") -> Any:
    import pandas as pd

    return pd.Series(values, dtype=dtype if values else object)


def _none_for_na(values: list[Any]) -> list[Any]:
    return [value if isinstance(value, list | str) else None for value in values]


def _split_pandas(values: Column, **options: Any) -> list[Any]:
    return _none_for_na(split_column(_pandas(values), **options).tolist())


def _split_category(values: Column, **options: Any) -> list[Any]:
    return _none_for_na(split_column(_pandas(values).astype("category"), **options).tolist())


def _resolve_pandas(values: Column, **options: Any) -> list[Any]:
    found = resolve_column(_pandas(values), **options)
    columns = {name: found[name].tolist() for name in found}
    return _rows(columns | {"tags": _none_for_na(columns["tags"])})


def _polars(values: Column) -> Any:
    import polars as pl

    return pl.Series("tags", values, dtype=pl.String)


def _split_polars_lazy(values: Column, *, engine: str = "auto", **options: Any) -> list[Any]:
    import polars as pl

    importlib.import_module("tagnorm.polars")
    frame = pl.LazyFrame({"tags": _polars(values)})
    query = frame.select(pl.col("tags").tagnorm.split(**options))
    return query.collect(engine=engine)["tags"].to_list()


def _split_polars_streaming(values: Column, **options: Any) -> list[Any]:
    return _split_polars_lazy(values, engine="streaming", **options)


def _resolve_polars_lazy(values: Column, **options: Any) -> list[Any]:
    import polars as pl

    importlib.import_module("tagnorm.polars")
    frame = pl.LazyFrame({"tags": _polars(values)})
    found = frame.select(pl.col("tags").tagnorm.resolve(**options)).collect()
    return _plain(found["tags"].to_list())


def _arrow(values: Column) -> Any:
    import pyarrow as pa

    return pa.array(values, pa.string())


def _chunks(values: Column) -> Any:
    import pyarrow as pa

    half = len(values) // 2
    return pa.chunked_array([_arrow(values[:half]), _arrow(values[half:])])


def _duckdb(values: Column, **options: Any) -> Any:
    import duckdb
    import pyarrow as pa

    import tagnorm.duckdb

    connection = tagnorm.duckdb.register(duckdb.connect(), **options)
    connection.register("fields", pa.table({"tags": _arrow(values)}))
    return connection


def _split_duckdb(values: Column, **options: Any) -> list[Any]:
    with _duckdb(values, **options) as connection:
        found = connection.sql("SELECT tagnorm_split(tags) FROM fields").fetchall()
    return [row[0] for row in found]


def _resolve_duckdb(values: Column, **options: Any) -> list[Any]:
    with _duckdb(values, **options) as connection:
        found = connection.sql("SELECT tagnorm_resolve(tags) FROM fields").fetchall()
    return _plain([row[0] for row in found])


def _spark(values: Column) -> Any:
    rows = list(enumerate(values))
    return spark_session().createDataFrame(rows, "row long, tags string").repartition(2)


def _split_spark(values: Column, **options: Any) -> list[Any]:
    import tagnorm.spark

    found = tagnorm.spark.split_column(_spark(values), "tags", output="codes", **options)
    return [row.codes for row in found.sort("row").collect()]


def _resolve_spark(values: Column, **options: Any) -> list[Any]:
    import tagnorm.spark

    found = tagnorm.spark.resolve_column(_spark(values), "tags", output="found", **options)
    return _plain([row.found for row in found.sort("row").collect()])


def _clean(source: Path, output: Path, **options: Any) -> None:
    """By the command line."""
    arguments = [str(source), "-o", str(output), "--quiet"]
    for name, value in options.items():
        flag = f"--{name.replace('_', '-')}"
        if value is True:
            arguments.append(flag)
        else:
            for one in value if isinstance(value, list) else [value]:
                arguments += [flag, str(one)]
    called("clean", *arguments).check_returncode()


def _through_jsonl(values: Column, clean: Callable[[Path, Path], object]) -> list[Any]:
    with tempfile.TemporaryDirectory() as name:
        source, output = Path(name, "in.jsonl"), Path(name, "out.jsonl")
        lines = (json.dumps({"tags": value}) for value in values)
        source.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        clean(source, output)
        found = output.read_text(encoding="utf-8").split("\n")[:-1]
    return [json.loads(line)["tags"] for line in found]


def _through_parquet(values: Column, clean: Callable[[Path, Path], object]) -> list[Any]:
    import pyarrow as pa
    from pyarrow import parquet

    with tempfile.TemporaryDirectory() as name:
        source, output = Path(name, "in.parquet"), Path(name, "out.parquet")
        parquet.write_table(pa.table({"tags": _arrow(values)}), source)
        clean(source, output)
        found: list[Any] = parquet.read_table(output)["tags"].to_pylist()
    return found


def _split_file_jsonl(values: Column, **options: Any) -> list[Any]:
    from tagnorm.files import clean_file

    return _through_jsonl(values, partial(clean_file, **options))


def _split_file_parquet(values: Column, **options: Any) -> list[Any]:
    from tagnorm.files import clean_file

    return _through_parquet(values, partial(clean_file, **options))


def _split_clean_jsonl(values: Column, **options: Any) -> list[Any]:
    return _through_jsonl(values, partial(_clean, **options))


def _split_clean_parquet(values: Column, **options: Any) -> list[Any]:
    return _through_parquet(values, partial(_clean, **options))


def _own(options: dict[str, Any]) -> tuple[tagnorm.Normalizer, dict[str, Any]]:
    """A normalizer of what belongs to a vocabulary, and what belongs to a reading."""
    reading = {k: v for k, v in options.items() if k in ReadingOptions.__annotations__}
    own = {k: v for k, v in options.items() if k not in reading}
    return own.pop("normalizer", None) or tagnorm.Normalizer(**own), reading


def _split_normalizer(values: Column, **options: Any) -> list[Any]:
    normalizer, reading = _own(options)
    return [None if value is None else normalizer.split(value, **reading) for value in values]


def _split_many(values: Column, **options: Any) -> list[Any]:
    normalizer, reading = _own(options)
    found = iter(normalizer.split_many([v for v in values if v is not None], **reading))
    return [None if value is None else next(found) for value in values]


def _resolve_normalizer(values: Column, **options: Any) -> list[Any]:
    normalizer, reading = _own(options)
    found = iter(normalizer.resolve_many([v for v in values if v is not None], **reading))
    return _scalar_resolve_of(None if value is None else next(found) for value in values)


def _resolve_numpy(values: Column, **options: Any) -> list[Any]:
    found = resolve_column(_numpy(values), **options)
    return _rows({name: column.tolist() for name, column in found.items()})


Split = Callable[..., list[Any]]

SPLIT: dict[str, tuple[Split, tuple[str, ...]]] = {
    "Normalizer": (_split_normalizer, ()),
    "split_many": (_split_many, ()),
    "list": (split_column, ()),
    "numpy": (lambda v, **o: split_column(_numpy(v), **o).tolist(), ("numpy",)),
    "pandas": (_split_pandas, ("pandas", "pyarrow", "narwhals")),
    "pandas category": (_split_category, ("pandas", "pyarrow", "narwhals")),
    "polars": (
        lambda v, **o: split_column(_polars(v), **o).to_list(),
        ("polars", "pyarrow", "narwhals"),
    ),
    "polars lazy": (_split_polars_lazy, ("polars", "pyarrow", "narwhals")),
    "polars streaming": (_split_polars_streaming, ("polars", "pyarrow", "narwhals")),
    "arrow": (lambda v, **o: split_column(_arrow(v), **o).to_pylist(), ("pyarrow",)),
    "arrow chunks": (lambda v, **o: split_column(_chunks(v), **o).to_pylist(), ("pyarrow",)),
    "duckdb": (_split_duckdb, ("duckdb", "pyarrow")),
    "spark": (_split_spark, ("pyspark", "pandas", "pyarrow")),
    "clean_file, JSON lines": (_split_file_jsonl, ("pyarrow", "charset_normalizer")),
    "clean_file, Parquet": (_split_file_parquet, ("pyarrow", "charset_normalizer")),
    "command line, JSON lines": (_split_clean_jsonl, ("click", "pyarrow", "charset_normalizer")),
    "command line, Parquet": (_split_clean_parquet, ("click", "pyarrow", "charset_normalizer")),
}
# What takes long to start, however few the rows.
SLOW_TO_START = ("spark", "command line, JSON lines", "command line, Parquet")
RESOLVE: dict[str, tuple[Split, tuple[str, ...]]] = {
    "Normalizer": (_resolve_normalizer, ()),
    "list": (lambda v, **o: _rows(resolve_column(v, **o)), ()),
    "numpy": (_resolve_numpy, ("numpy",)),
    "pandas": (_resolve_pandas, ("pandas", "pyarrow", "narwhals")),
    "polars": (
        lambda v, **o: _rows(resolve_column(_polars(v), **o).to_dict(as_series=False)),
        ("polars", "pyarrow", "narwhals"),
    ),
    "polars lazy": (_resolve_polars_lazy, ("polars", "pyarrow", "narwhals")),
    "arrow": (lambda v, **o: _rows(resolve_column(_arrow(v), **o).to_pydict()), ("pyarrow",)),
    "duckdb": (_resolve_duckdb, ("duckdb", "pyarrow")),
    "spark": (_resolve_spark, ("pyspark", "pandas", "pyarrow")),
}
SCALAR: tuple[Split, Split] = (_scalar, _scalar_resolve)


def params(backends: dict[str, tuple[Split, tuple[str, ...]]]) -> list[Any]:
    """The backends as parameters of a test; what is not installed is skipped."""
    slow = {name: [pytest.mark.slow] for name in SLOW_TO_START}
    return [
        pytest.param(function, id=name, marks=[*needs(*libraries), *slow.get(name, ())])
        for name, (function, libraries) in backends.items()
    ]


def field_cases() -> Iterator[tuple[str | None, list[str] | None, str]]:
    """The rows of `cases/fields.tsv`: the raw field, its tags, and what it is a case of."""
    path = Path(__file__).parent / "cases" / "fields.tsv"
    lines = (x for x in path.read_text(encoding="utf-8").split("\n") if x and x[0] != "#")
    next(lines)
    for line in lines:
        raw, tags, label = line.split("\t")
        if raw == r"\N":
            yield None, None, label
        else:
            yield unescape(raw), [] if tags == "-" else list(split_tags(tags)), label


def random_fields(count: int, seed: int = 1973) -> Column:
    """Fields as dirty columns hold them: codes joined, misspelled, separated, and what is no code.

    The same seed gives the same fields, whatever the machine.
    """
    draw = random.Random(seed)
    codes = [code.tag for code in tagnorm.Taxonomy.load()]
    others = ["", " ", "ÁLVAREZ", "Москва", "東京", "😀", "MEETINGS", "O'NEIL", "12", "ﬁ", "İ", "ß"]

    def word() -> str:
        kind = draw.random()
        if kind < 0.15:
            return draw.choice(others)
        text = "".join(draw.choices(codes, k=1 if kind < 0.7 else draw.randint(2, 4)))
        if kind > 0.85:
            at = draw.randrange(len(text))
            letter = draw.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            text = text[:at] + draw.choice(["", letter, letter + text[at]]) + text[at + 1 :]
        return text.lower() if draw.random() < 0.1 else text

    def field() -> str | None:
        if draw.random() < 0.03:
            return None
        separator = draw.choice([", ", " ", ";", "/", "\t", "\n", "\u00a0", " - "])
        return separator.join(word() for _ in range(draw.choice([1, 1, 1, 2, 3])))

    return [field() for _ in range(count)]
