"""Whole columns: rows a second and peak memory, beside what reading and writing alone cost.

The files are synthetic, as large as the archive and ten times that, with more sizes between for the
growth. Every measurement of a file is a child process from its start to its end, so imports count.
What says how sure the answers are stands beside what only splits, on the same column.
"""

from __future__ import annotations

import argparse
import math
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.children import measure
from benchmarks.table import rate, seconds, table

ARCHIVE = 251_287
_SIZES = (10_000, 100_000, ARCHIVE, 1_000_000, 10 * ARCHIVE, 3_162_278)
_PROGRAMS = "benchmarks.column_programs"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--largest", type=int, default=_SIZES[-1], help="rows of the largest file")
    parser.add_argument("--seed", type=int, default=0, help="of the synthetic column (default 0)")
    parser.add_argument("--no-spark", action="store_true", help="leave Spark out")


def run(options: argparse.Namespace) -> int:
    sizes = [size for size in _SIZES if size <= options.largest] or [options.largest]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = {size: folder / f"rows_{size}.csv" for size in sizes}
        writer = ["-m", "benchmarks.column_files", name, str(options.seed), *map(str, sizes)]
        made = measure(writer)
        if made.failure:
            print(f"The synthetic column could not be written: {made.failure}")
            return 1
        failed = _files(paths, folder / "out.parquet")
        print()
        failed |= _answers(
            "A column of 1,000,000 rows with 5,000 distinct values in memory",
            1_000_000,
            [["arrow", "1000000", "5000", "5"]],
        )
        rows = max((size for size in sizes if size <= ARCHIVE), default=sizes[0])
        print()
        failed |= _answers(
            f"How sure the answers are, {rows:,} rows, by a normalizer that has seen nothing",
            rows,
            [["answers", str(paths[rows]), "3"]],
        )
        if not options.no_spark:
            print()
            masters = [["spark", str(paths[rows]), f"local[{n}]"] for n in (1, 2)]
            failed |= _answers(f"Spark, {rows:,} rows, without its start", rows, masters)
    return int(failed)


def _files(paths: dict[int, Path], out: Path) -> bool:
    """Clean every file and run the floors on it, in turn; say whether something failed."""
    options = ["-o", str(out), "--column", "tags", "--quiet"]
    programs = {
        "tagnorm clean": ["-m", "tagnorm.cli", "clean", "{}", *options],
        "floor: Polars": ["-m", _PROGRAMS, "polars", "{}", str(out)],
        "floor: PyArrow": ["-m", _PROGRAMS, "pyarrow", "{}", str(out)],
    }
    rows, failures = [], []
    times: dict[str, dict[int, float]] = {name: {} for name in programs}
    for size, path in paths.items():
        found = {}
        for name, argv in programs.items():
            out.unlink(missing_ok=True)
            child = measure([str(path) if word == "{}" else word for word in argv])
            if child.failure:
                failures.append(f"{name}, {size:,} rows: {child.failure}")
                continue
            found[name] = child
            times[name][size] = child.seconds
        slowest_floor = max(
            (child.seconds for name, child in found.items() if "floor" in name), default=0.0
        )
        rows += [
            (
                name,
                f"{size:,}",
                seconds(child.seconds),
                rate(size / child.seconds),
                f"{child.megabytes:.0f}",
                f"{child.seconds / slowest_floor:.1f}" if slowest_floor else "-",
            )
            for name, child in found.items()
        ]
    headers = ["", "rows", "time", "rows/s", "peak MB", "x slower floor"]
    print(table(headers, rows, title="CSV in, Parquet out, from the start of the process"))
    for name, points in times.items():
        if len(points) > 1:
            print(f"{name}: {_growth(points)}")
    for failure in failures:
        print(failure)
    return bool(failures)


def _growth(points: dict[int, float]) -> str:
    """How time grows from the file of the archive's size, or the smallest one, to the largest.

    The rows between the two have a rate of their own, free of the start of the process.
    """
    high = max(points)
    low = ARCHIVE if ARCHIVE in points and high > ARCHIVE else min(points)
    exponent = math.log(points[high] / points[low]) / math.log(high / low)
    more = (high - low) / (points[high] - points[low])
    return f"time grows as rows ** {exponent:.2f}; {rate(more)} further rows a second"


def program_times(program: Sequence[str]) -> dict[str, float]:
    """What a program of `benchmarks.column_programs` prints: seconds by name.

    Raises:
        ValueError: it failed; the message has the last line that it wrote.
    """
    ran = subprocess.run(
        [sys.executable, "-m", _PROGRAMS, *program], check=False, capture_output=True, text=True
    )
    if ran.returncode:
        lines = ran.stderr.strip().splitlines() or ["no message"]
        raise ValueError(f"{program[0]} failed: {lines[-1]}")
    lines = [line.partition("\t") for line in ran.stdout.splitlines()]
    return {name: float(time) for time, _, name in lines}


def _answers(title: str, rows: int, programs: Sequence[Sequence[str]]) -> bool:
    """Run programs that print their own times; say whether one failed."""
    found, failures = [], []
    for program in programs:
        try:
            times = program_times(program)
        except ValueError as error:
            failures.append(str(error))
            continue
        where = program[-1] if program[0] == "spark" else ""
        for name, time in times.items():
            shown = f"{name} {where}".strip()
            found.append((shown, seconds(time), rate(rows / time)))
    print(table(["", "time", "rows/s"], found, title=title))
    for failure in failures:
        print(failure)
    return bool(failures)
