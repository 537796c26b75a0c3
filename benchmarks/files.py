"""Every path of `clean` beside Polars doing the same reading and writing.

Each is a child process from its start to its end, imports included, and what counts is its time on
the processors, all threads together, because that is what a machine with other work gives. The
floor of a path reads the same file with Polars, parts the tags at separators, and writes the same
format: what cannot be avoided, whoever cleans the tags. Paths and floors run in turn, round after
round, and the least of the rounds stands for each.

What most of the time goes into is reading words and fields that were not seen before. So each path
is also run twice in one process, by one normalizer: what the second time takes is what files and
columns cost by themselves. And the damaged strings are made up anew for each distinct field, or
with `--listed` are the 1,705 of the tag list, which come again from field to field.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from time import process_time

import attrs

from benchmarks.children import Child, measure
from benchmarks.columns import ARCHIVE
from benchmarks.table import rate, seconds, table

_SEPARATORS = r"[^A-Za-z0-9]+"
# Where a child writes what it measured itself.
_SECONDS = "seconds"


@attrs.frozen
class Route:
    """One path: the file that is read, the one that is written, more options, and its goal."""

    source: str
    output: str
    goal: float
    options: tuple[str, ...] = ()

    def __str__(self) -> str:
        shown = " ".join(option for option in self.options if option != "report.json")
        return f"{self.source} -> {self.output} {shown}".strip()


PATHS = (
    Route("csv", "parquet", 2),
    Route("csv", "csv", 4),
    Route("jsonl", "parquet", 5),
    Route("jsonl", "jsonl", 6),
    Route("csv", "parquet", 6, ("--status",)),
    Route("csv", "csv", 6, ("--status",)),
    Route("csv", "parquet", 6, ("--report", "report.json")),
    Route("csv", "parquet", 6, ("--min-confidence", "0.5")),
    Route("csv", "parquet", 3, ("--explode",)),
    Route("csv", "csv", 4, ("--explode",)),
    Route("csv", "parquet", 3, ("--unique",)),
    Route("csv", "csv", 4, ("--suffix", "_clean")),
    Route("tsv", "tsv", 4),
    Route("csv", "jsonl", 5),
    Route("csv.gz", "csv.gz", 4),
    Route("csv.zst", "csv.zst", 4),
    Route("parquet", "parquet", 3),
    Route("parquet", "csv", 4),
    Route("wide.csv", "csv", 4, ("--columns", "tags,more")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rows", type=int, default=ARCHIVE, help="of the file (the archive's)")
    parser.add_argument("--rounds", type=int, default=3, help="of all paths (default 3)")
    parser.add_argument("--seed", type=int, default=0, help="of the synthetic column (default 0)")
    parser.add_argument("--only", default="", help="paths whose name holds this")
    parser.add_argument(
        "--listed", action="store_true", help="strings of the tag list, none made up"
    )


@attrs.frozen
class Measured:
    """The best runs of one path.

    * `clean`, `floor` -- the command, and Polars in its place;
    * `again` -- a second time in one process, without its start, where that was asked for.
    """

    clean: Child
    floor: Child
    again: Child | None = None

    @property
    def times(self) -> float:
        """Seconds on the processors, as a multiple of the floor."""
        return self.clean.processor / self.floor.processor

    @property
    def times_again(self) -> float:
        """The same of a second time, when all words and fields were read before."""
        return math.nan if self.again is None else self.again.processor / self.floor.processor


def measured(
    paths: Sequence[Route],
    rows: int,
    rounds: int,
    seed: int = 0,
    *,
    again: bool = False,
    listed: bool = False,
) -> tuple[dict[Route, Measured], list[str]]:
    """The best runs of each path; and what failed, in words.

    Args:
        paths: those that are run, in turn.
        rows: of the file.
        rounds: of all paths.
        seed: of the synthetic column.
        again: whether each is also run twice in one process.
        listed: whether the damaged strings are those of the tag list.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make = ["-m", "benchmarks.files", "make", name, str(rows), str(seed)]
        made = measure([*make, *(["listed"] if listed else [])])
        if made.failure:
            return {}, [f"The files could not be made: {made.failure}"]
        best: dict[str, Child] = {}
        failures: dict[str, str] = {}
        for _ in range(rounds):
            for path in paths:
                for title, argv in _programs(path, folder, again=again):
                    child = measure(argv)
                    if title == _again(path) and not child.failure:
                        took = float((folder / _SECONDS).read_text(encoding="ascii"))
                        child = attrs.evolve(child, processor=took)
                    if child.failure:
                        failures[title] = child.failure
                    elif title not in best or child.processor < best[title].processor:
                        best[title] = child
    found: dict[Route, Measured] = {}
    for path in paths:
        titles = _titles(path, again=again)
        if all(title in best for title in titles):
            found[path] = Measured(*[best[title] for title in titles])
    return found, [f"{title}: {failure}" for title, failure in failures.items()]


def run(options: argparse.Namespace) -> int:
    paths = [path for path in PATHS if options.only in str(path)]
    found, failures = measured(
        paths, options.rows, options.rounds, options.seed, again=True, listed=options.listed
    )
    rows = [
        (
            path,
            seconds(best.clean.processor),
            seconds(best.floor.processor),
            f"{best.times:.1f}",
            f"{path.goal:g}",
            f"{best.times_again:.1f}",
            rate(options.rows / best.clean.processor),
            f"{best.clean.megabytes:.0f}",
        )
        for path, best in found.items()
    ]
    headers = ["", "clean", "Polars", "times", "goal", "again", "rows/s", "peak MB"]
    title = (
        f"{options.rows:,} rows{' with strings of the list' if options.listed else ''}: "
        f"seconds on the processors, the least of {options.rounds} rounds"
    )
    print(table(headers, rows, title=title))
    for failure in failures:
        print(failure)
    return int(bool(failures))


def _floor(path: Route) -> str:
    several = "--columns" in path.options
    return f"Polars: {path.source} -> {path.output}{' two columns' if several else ''}"


def _titles(path: Route, *, again: bool) -> list[str]:
    return [str(path), _floor(path), *([_again(path)] if again else [])]


def _again(path: Route) -> str:
    return f"{path} again"


def _programs(path: Route, folder: Path, *, again: bool) -> list[tuple[str, list[str]]]:
    source, output = str(folder / f"raw.{path.source}"), str(folder / f"out.{path.output}")
    more = [str(folder / one) if one == "report.json" else one for one in path.options]
    programs = [
        ["-m", "tagnorm.cli", "clean", source, "-o", output, "-q", *more],
        ["-m", "benchmarks.files", "floor", source, output],
        ["-m", "benchmarks.files", "again", str(folder / _SECONDS), source, output, *more],
    ]
    return list(zip(_titles(path, again=again), programs, strict=False))


def make(folder: Path, rows: int, seed: int, *, listed: bool) -> None:
    """Write the same rows in every format."""
    import gzip  # noqa: PLC0415

    import polars as pl  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415

    from benchmarks.column_files import path_of, write  # noqa: PLC0415

    write(folder, seed, [rows], listed=listed)
    path_of(folder, rows).rename(folder / "raw.csv")
    frame = pl.read_csv(folder / "raw.csv", infer_schema=False).fill_null("")
    frame.write_csv(folder / "raw.tsv", separator="\t")
    frame.with_columns(pl.col("id").cast(pl.Int64)).write_ndjson(folder / "raw.jsonl")
    frame.write_parquet(folder / "raw.parquet")
    more = [
        pl.lit("x").alias("a"),
        pl.lit("a, b").alias("b"),
        pl.col("tags").reverse().alias("more"),
    ]
    frame.with_columns(more).write_csv(folder / "raw.wide.csv")
    raw = (folder / "raw.csv").read_bytes()
    (folder / "raw.csv.gz").write_bytes(gzip.compress(raw, 6))
    (folder / "raw.csv.zst").write_bytes(pa.compress(raw, codec="zstd", asbytes=True))


def floor(source: Path, output: Path) -> None:
    """Read, part the tags at separators, and write, all by Polars."""
    import polars as pl  # noqa: PLC0415

    kind, packing = (
        source.name.split(".")[-2:]
        if source.suffix in (".gz", ".zst")
        else (
            source.suffix[1:],
            "",
        )
    )
    if kind == "jsonl":
        frame = pl.read_ndjson(source)
    elif kind == "parquet":
        frame = pl.read_parquet(source)
    else:
        # Its reader unpacks by itself.
        frame = pl.read_csv(source, separator="\t" if kind == "tsv" else ",", infer_schema=False)
    names = [name for name in ("tags", "more") if name in frame.columns]
    parts = [pl.col(name).str.replace_all(_SEPARATORS, " ").str.split(" ") for name in names]
    frame = frame.with_columns(parts)
    to = output.name.split(".")[1]
    if to == "parquet":
        frame.write_parquet(output)
    elif to == "jsonl":
        frame.write_ndjson(output)
    else:
        frame = frame.with_columns([pl.col(name).list.join(";") for name in names])
        separator = "\t" if to == "tsv" else ","
        if not packing:
            frame.write_csv(output, separator=separator)
        elif packing == "gz":
            import gzip  # noqa: PLC0415

            with gzip.open(output, "wb", compresslevel=6) as file:
                frame.write_csv(file, separator=separator)
        else:
            import pyarrow as pa  # noqa: PLC0415

            with pa.CompressedOutputStream(str(output), "zstd") as file:
                file.write(frame.write_csv(separator=separator).encode())


def again(seconds: Path, source: str, output: str, *options: str) -> None:
    """Clean a file twice by one normalizer, as the command does with some options, and write the
    seconds that the second time takes on the processors."""
    from tagnorm import Normalizer  # noqa: PLC0415
    from tagnorm.files import clean_file  # noqa: PLC0415

    normalizer = Normalizer()
    given = dict(zip_longest(options, options[1:]))
    for _ in range(2):
        start = process_time()
        clean_file(
            source,
            output,
            columns=(given.get("--columns") or "tags").split(","),
            suffix=given.get("--suffix") or "",
            explode="--explode" in given,
            status="--status" in given,
            weighed="--report" in given,
            counted="--report" in given,
            min_confidence=float(given.get("--min-confidence") or 0),
            unique="--unique" in given,
            normalizer=normalizer,
        )
        took = process_time() - start
    seconds.write_text(f"{took}", encoding="ascii")


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), listed=len(sys.argv) > 5)
    elif sys.argv[1] == "floor":
        floor(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        again(Path(sys.argv[2]), *sys.argv[3:])
