"""What runs in the children of `columns`: `python -m benchmarks.column_programs NAME ARGUMENTS...`.

The floors read the same file, split the tags at separators, and write Parquet: what cannot be
avoided, whoever cleans the tags. Each program imports only what it uses.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import islice
from time import perf_counter

from benchmarks.timing import forgetting, interleaved

_SEPARATORS = r"[^A-Za-z0-9]+"


def polars(source: str, target: str) -> None:
    """Polars alone; its regular expressions do not split, so separators become one first."""
    import polars as pl  # noqa: PLC0415

    tags = pl.col("tags").str.replace_all(_SEPARATORS, " ").str.split(" ")
    pl.read_csv(source).with_columns(tags).write_parquet(target)


def pyarrow(source: str, target: str) -> None:
    """PyArrow alone."""
    import pyarrow.compute as pc  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415
    from pyarrow import csv  # noqa: PLC0415

    rows = csv.read_csv(source)
    tags = pc.split_pattern_regex(rows["tags"], pattern=_SEPARATORS)
    pq.write_table(rows.set_column(1, "tags", tags), target)


def arrow(rows: str, distinct: str, rounds: str) -> None:
    """`split_column` on a column with few distinct values, against encoding it and taking answers.

    Cold is with a normalizer that has seen no string, made before the clock starts, of a vocabulary
    that is in use; warm is with one that has seen the column. Before that comes the first column
    of the process, once: for that everything is worked out of the vocabulary that it needs. Prints
    `name seconds` a line.
    """
    import random  # noqa: PLC0415

    import pyarrow as pa  # noqa: PLC0415

    from benchmarks.training.damage import Damage  # noqa: PLC0415
    from tagnorm import Normalizer, Taxonomy  # noqa: PLC0415
    from tagnorm.columns import split_column  # noqa: PLC0415

    taxonomy = Taxonomy.load()
    draw = random.Random(0)
    raws = dict.fromkeys(one.raw for one in Damage(taxonomy, ties=False).fields(3 * int(distinct)))
    values = list(islice(raws, int(distinct)))
    # every value occurs, the first ones more often
    weights = [1 / rank for rank in range(1, len(values) + 1)]
    column = pa.array(values + draw.choices(values, weights, k=int(rows) - len(values)))
    known = Normalizer(taxonomy)
    split_column(column.slice(0, 0), normalizer=known)  # loads what Arrow needs
    plain = pa.array([[text] for text in values])
    plain.take(column.dictionary_encode().indices)
    start = perf_counter()
    split_column(column, normalizer=known)
    print(f"{perf_counter() - start}\tsplit_column, the first of the process")
    # the dictionary lists the values in the order of their first rows: that of `values`
    answers = pa.array([known.split(text) for text in values])
    fresh = [Normalizer(taxonomy) for _ in range(int(rounds) + 1)]

    def cold() -> object:
        normalizer = fresh.pop()
        forgetting(normalizer)()  # the engine is shared, and what it remembers
        return split_column(column, normalizer=normalizer)

    def floor() -> object:
        return answers.take(column.dictionary_encode().indices)

    if split_column(column, normalizer=known).to_pylist() != floor().to_pylist():  # type: ignore[attr-defined]
        sys.exit("split_column and split disagree")
    times = interleaved(
        {
            "split_column, cold": cold,
            "split_column, warm": lambda: split_column(column, normalizer=known),
            "dictionary_encode and take": floor,
        },
        int(rounds),
    )
    for name, timing in times.items():
        print(f"{timing.median}\t{name}")


def answers(source: str, rounds: str) -> None:
    """What says how sure the answers are, beside what only splits, on one column.

    Every measurement is with a normalizer that has seen no string, of a vocabulary that is in use:
    `resolve_column` and `split_column` on Arrow, and DuckDB's functions with one thread and with
    two. Prints `seconds name` a line.
    """
    import duckdb  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import csv  # noqa: PLC0415

    import tagnorm.duckdb  # noqa: PLC0415
    from tagnorm import Normalizer, Taxonomy  # noqa: PLC0415
    from tagnorm.columns import resolve_column, split_column  # noqa: PLC0415

    taxonomy = Taxonomy.load()
    known = Normalizer(taxonomy)
    rows = csv.read_csv(
        source, convert_options=csv.ConvertOptions(column_types={"tags": pa.string()})
    )
    connection = duckdb.connect()
    connection.register("rows_of_file", rows)
    # The order of the rows is of no interest, so that several threads may work.
    connection.execute("SET preserve_insertion_order = false")
    connection.execute("CREATE TABLE cables AS SELECT tags FROM rows_of_file")

    def fresh() -> Normalizer:
        forgetting(known)()  # the engine is shared, and what it remembers
        return Normalizer(taxonomy)

    def query(what: str, threads: int) -> Callable[[], object]:
        def ask() -> object:
            connection.execute(f"SET threads = {threads}")
            tagnorm.duckdb.register(connection, normalizer=fresh())
            return connection.execute(f"SELECT count({what}(tags)) FROM cables").fetchone()

        return ask

    names = ("split", "status", "confidence", "resolve")
    contestants: dict[str, Callable[[], object]] = {
        "split_column": lambda: split_column(rows["tags"], normalizer=fresh()),
        "resolve_column": lambda: resolve_column(rows["tags"], normalizer=fresh()),
    }
    for threads, suffix in ((1, ""), (2, ", two threads")):
        contestants |= {f"DuckDB {n}{suffix}": query(f"tagnorm_{n}", threads) for n in names}
    for name, timing in interleaved(contestants, int(rounds)).items():
        print(f"{timing.median}\t{name}")


def spark(source: str, master: str) -> None:
    """Spark: the first run of a query, and later ones, when the workers are up and remember.

    The floor is the same query with Spark's own split; to resolve stands beside to split. Prints
    `seconds name` a line.
    """
    import os  # noqa: PLC0415

    os.environ["PYSPARK_PYTHON"] = sys.executable
    from pyspark.sql import DataFrame, SparkSession  # noqa: PLC0415
    from pyspark.sql import functions as f  # noqa: PLC0415

    from tagnorm.spark import resolve_column, split_column  # noqa: PLC0415

    session = (
        SparkSession.builder.master(master)
        .config("spark.ui.enabled", "false")
        .config("spark.log.level", "ERROR")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    rows = session.read.csv(source, header=True).select("tags").repartition(4).cache()
    rows.count()

    def tags(frame: DataFrame) -> object:
        return frame.select(f.sum(f.size("tags"))).collect()

    contestants: dict[str, Callable[[], object]] = {
        "tagnorm.spark.split_column, later": lambda: tags(split_column(rows, "tags")),
        "tagnorm.spark.resolve_column, later": lambda: tags(
            resolve_column(rows, "tags", output="found").select("found.tags")
        ),
        "Spark's own split": lambda: tags(rows.select(f.split("tags", _SEPARATORS).alias("tags"))),
    }
    start = perf_counter()
    contestants["tagnorm.spark.split_column, later"]()
    print(f"{perf_counter() - start}\ttagnorm.spark.split_column, first run: workers start")
    for name, timing in interleaved(contestants, 2).items():
        print(f"{timing.median}\t{name}")
    session.stop()


if __name__ == "__main__":
    programs: dict[str, Callable[..., None]] = {
        "polars": polars,
        "pyarrow": pyarrow,
        "arrow": arrow,
        "answers": answers,
        "spark": spark,
    }
    programs[sys.argv[1]](*sys.argv[2:])
