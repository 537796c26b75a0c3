"""The import and the first split, in fresh interpreters: milliseconds and resident memory; and how
fast the tag list is split then for the first time and for the second.

Each round starts one interpreter a contestant, in turn. The floor is an interpreter that imports
the two dependencies, attrs and rapidfuzz, and nothing else; `rapidfuzz.distance` is loaded too, for
it is what any user of the library loads.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
from collections.abc import Sequence

import attrs

from benchmarks.table import table
from benchmarks.timing import with_byte_code

_FLOOR = "attrs and rapidfuzz"
_PROGRAMS = {
    "nothing": "",
    _FLOOR: "import attrs, rapidfuzz, rapidfuzz.distance",
    "import tagnorm": "import tagnorm",
    "import and first split": "import tagnorm; tagnorm.split('PRELPGVO')",
}
# Time is taken inside, from the first statement on; memory is what the kernel counts at the end.
_AROUND = """
from time import perf_counter
start = perf_counter()
{program}
took = perf_counter() - start
with open("/proc/self/status") as status:
    memory = next(line.split()[1] for line in status if line.startswith("VmRSS"))
print(took, memory)
"""
# What the first strings of each kind need is made as they come.
_PASSES = """
from time import perf_counter
from benchmarks.training.gold import raw_tags
import tagnorm
tagnorm.split("PRELPGVO")
strings = raw_tags()
for _ in range(2):
    start = perf_counter()
    for string in strings:
        tagnorm.split(string)
    print(len(strings) / (perf_counter() - start))
"""


@attrs.frozen
class Start:
    """Milliseconds and megabytes of one contestant, by round."""

    milliseconds: Sequence[float]
    megabytes: Sequence[float]


def measure(rounds: int) -> dict[str, Start]:
    """Run each program in a fresh interpreter once a round."""
    found: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in _PROGRAMS}
    for at in range(-1, rounds):
        for name, program in _PROGRAMS.items():
            took, memory = _printed(_AROUND.format(program=program))
            if at >= 0:  # the first round compiles, and fills the disk's cache
                found[name][0].append(1000 * float(took))
                found[name][1].append(int(memory) / 1024)
    return {name: Start(*values) for name, values in found.items()}


def passes(rounds: int) -> tuple[float, float]:
    """Strings a second of the first and the second pass over the tag list, each the median of some
    fresh interpreters."""
    rates = [tuple(map(float, _printed(_PASSES))) for _ in range(rounds)]
    first, second = map(statistics.median, zip(*rates, strict=True))
    return first, second


def _printed(program: str) -> list[str]:
    """What a program prints in a fresh interpreter, in words."""
    ran = subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        capture_output=True,
        text=True,
        env=with_byte_code(),
    )
    return ran.stdout.split()


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=21, help="interpreters each (default 21)")


def run(options: argparse.Namespace) -> None:
    starts = measure(options.rounds)
    medians = {
        name: (statistics.median(one.milliseconds), statistics.median(one.megabytes))
        for name, one in starts.items()
    }
    floor_time, floor_memory = medians[_FLOOR]
    rows = [
        (
            name,
            f"{time:.1f}",
            f"{min(starts[name].milliseconds):.1f}",
            f"{time - floor_time:+.1f}",
            f"{memory:.1f}",
            f"{memory - floor_memory:+.1f}",
        )
        for name, (time, memory) in medians.items()
    ]
    headers = ["", "ms", "fastest", "over floor", "MB", "over floor"]
    title = f"Fresh interpreters, median of {options.rounds}; the floor is {_FLOOR}"
    print(table(headers, rows, title=title))
    first = medians["import and first split"][0] - medians["import tagnorm"][0]
    print(f"\nThe first split comes {first:.1f} ms after the import.")
    first_pass, second_pass = passes(options.rounds)
    print(
        f"The first pass over the tag list reads {first_pass:,.0f} strings/s, the second "
        f"{second_pass:,.0f}."
    )
