"""The guard of the speed: ratios to named peers against a committed baseline.

Unlike a time, a ratio hardly depends on the machine. There are three kinds, and more is better:

* our strings a second by a peer's, on the full tag list, in the same process and in interleaved
  rounds. It is taken within each round and the median counts, for a machine may be twice as fast in
  one round as in the next, and the best rounds of two contestants may lie in different moments;
* for each path of `clean`, the time on the processors of Polars doing the same reading and writing
  by ours, each the least of a few rounds; and the same of a file of ten rows;
* on one column, the time of what only splits by the time of what says how sure it is.

The exit code is 1 if one is more
than a fifth below the baseline, which has ratios for the pure and for the compiled build.
`--update` rewrites those of the build that runs, after a change that is meant.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from benchmarks.children import measure
from benchmarks.column_files import path_of
from benchmarks.columns import program_times
from benchmarks.files import PATHS, measured
from benchmarks.peers import ours, peers
from benchmarks.table import table
from benchmarks.tags import build_name, readings
from benchmarks.training.gold import raw_tags
from benchmarks.training.lexicon import Lexicon
from tagnorm import Normalizer, Taxonomy

__all__ = ["fallen", "ratios"]

_BASELINE = Path(__file__).with_name("baseline.json")
_ALLOWED = 0.20
# Fast ones, whose times are steady, and of several kinds.
_PEERS = (
    "wordninja",
    "symspellpy segmentation, 0 edits",
    "pyahocorasick and a cover",
    "regex alternation",
    "one-edit forms and a cover",
)

# The rows of a file; enough that its start does not hide what is done with it.
_ROWS = 60_000
# What says how sure the answers are, and what only splits.
_SPLITS = {
    "resolve_column": "split_column",
    **{
        f"DuckDB {one}{threads}": f"DuckDB split{threads}"
        for threads in ("", ", two threads")
        for one in ("status", "confidence", "resolve")
    },
    "tagnorm.spark.resolve_column, later": "tagnorm.spark.split_column, later",
}


def ratios(rounds: int, file_rounds: int = 2, rows: int = _ROWS) -> dict[str, float]:
    """All ratios by their names.

    Args:
        rounds: over the full tag list.
        file_rounds: of files and columns, each of which takes a minute or so.
        rows: of the files and the column.
    """
    return {**_of_strings(rounds), **_of_files(file_rounds, rows), **_of_columns(file_rounds, rows)}


def _of_strings(rounds: int) -> dict[str, float]:
    """Our strings a second by those of each peer."""
    taxonomy = Taxonomy.load()
    mine = ours(Normalizer(taxonomy))
    others = [peer for peer in peers(Lexicon.of(taxonomy)) if peer.name in _PEERS]
    times = readings([*mine, *others], raw_tags(), rounds)
    return {
        f"{one.name} / {peer.name}": times[one.name].against(times[peer.name])
        for one in mine
        for peer in others
    }


def _of_files(rounds: int, rows: int) -> dict[str, float]:
    """The time of Polars by that of each path of `clean`."""
    found, failures = measured(PATHS, rows, rounds)
    few, others = measured(PATHS[:1], 10, rounds)
    if failures or others:
        raise RuntimeError("; ".join([*failures, *others]))
    named = [(f"clean {path} / Polars", best) for path, best in found.items()]
    named += [(f"clean {path}, ten rows / Polars", best) for path, best in few.items()]
    return {name: 1 / best.times for name, best in named}


def _of_columns(rounds: int, rows: int) -> dict[str, float]:
    """The time of what splits a column by that of what says how sure the answers are."""
    with tempfile.TemporaryDirectory() as folder:
        made = measure(["-m", "benchmarks.column_files", folder, "0", str(rows)])
        if made.failure:
            raise RuntimeError(made.failure)
        path = str(path_of(Path(folder), rows))
        times = program_times(["answers", path, str(rounds)])
        times |= program_times(["spark", path, "local[1]"])
    return {f"{one} / {split}": times[split] / times[one] for one, split in _SPLITS.items()}


def fallen(baseline: dict[str, float], now: dict[str, float]) -> list[str]:
    """The ratios that are more than a fifth below the baseline, or are gone from it.

    >>> fallen({"a": 1.0, "b": 1.0, "c": 1.0}, {"a": 0.81, "b": 0.79})
    ['b', 'c']
    """
    return [name for name, was in baseline.items() if now.get(name, 0.0) < was * (1 - _ALLOWED)]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--update", action="store_true", help="rewrite the baseline")
    parser.add_argument("--rounds", type=int, default=51, help="over the tag list (default 51)")
    parser.add_argument(
        "--file-rounds", type=int, default=2, help="of files and columns (default 2)"
    )


def run(options: argparse.Namespace) -> int:
    now = ratios(options.rounds, options.file_rounds)
    build = build_name()
    baselines = json.loads(_BASELINE.read_text(encoding="utf-8"))
    if options.update:
        baselines[build] = {name: float(f"{ratio:.3g}") for name, ratio in now.items()}
        _BASELINE.write_text(json.dumps(baselines, indent=1) + "\n", encoding="utf-8")
        print(f"Wrote {len(now)} ratios to {_BASELINE.name}, {build}.")
        return 0
    baseline = baselines[build]
    bad = fallen(baseline, now)
    rows = [
        (
            name,
            f"{was:.3g}",
            f"{now[name]:.3g}" if name in now else "-",
            f"{100 * (now.get(name, 0.0) / was - 1):+.0f}",
            "FELL" if name in bad else "",
        )
        for name, was in baseline.items()
    ]
    headers = ["ours / peer", "baseline", "now", "change %", ""]
    print(table(headers, rows, title=f"Ratios of speed, {build}"))
    return 1 if bad else 0
