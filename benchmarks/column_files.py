"""Synthetic columns as CSV files: `python -m benchmarks.column_files FOLDER SEED ROWS...`.

A file has the columns `id` and `tags`. One row in twenty has no tags, as in the archive; another
holds a field from `Damage.fields`: about five tags, one of them a string like those in the tag
list, made up anew for each distinct field, or drawn from the list itself, whose strings come again.
Which fields come back follows Simon's process: a row holds a new field with a fixed chance, else it
repeats that of an earlier row, each as likely. That gives a Zipf-like law: the field of rank r
stands in about r ** -(1 - chance) as many rows as the first.

All files come from one stream: the smaller ones are the first rows of the largest. Rows are written
as they are made; only the distinct fields and the number of each row's field are held.
"""

from __future__ import annotations

import csv
import random
import sys
from array import array
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks.training.damage import Damage
from benchmarks.training.gold import raw_tags
from tagnorm import Taxonomy

__all__ = ["fields", "path_of", "write"]

_NEW = 0.4
_EMPTY = 0.05


def fields(taxonomy: Taxonomy, seed: int, rows: int, *, listed: bool = False) -> Iterator[str]:
    """The fields of so many rows, in order; an empty one has no tags.

    Args:
        taxonomy: has the codes.
        seed: of the draws.
        rows: how many.
        listed: whether the strings are those of the tag list, and not made up.
    """
    draw = random.Random(f"{seed}/rows")
    damage = Damage(taxonomy, seed, ties=False)
    if listed:
        new = damage.fields_with(raw_tags(), rows)
    else:
        new = (field.raw for field in damage.fields(rows))
    distinct: list[str] = []
    shown = array("L")
    for _ in range(rows):
        if draw.random() < _EMPTY:
            yield ""
            continue
        if not shown or draw.random() < _NEW:
            number = len(distinct)
            distinct.append(next(new))
        else:
            number = shown[int(draw.random() * len(shown))]
        shown.append(number)
        yield distinct[number]


def path_of(folder: Path, rows: int) -> Path:
    """Where the file with so many rows lies."""
    return folder / f"rows_{rows}.csv"


def write(folder: Path, seed: int, sizes: Sequence[int], *, listed: bool = False) -> None:
    """Write a file for each size, all in one pass; `listed` as for `fields`."""
    with ExitStack() as stack:
        writers = []
        for size in sorted(sizes):
            handle = path_of(folder, size).open("w", encoding="utf-8", newline="")
            writer = csv.writer(stack.enter_context(handle))
            writer.writerow(("id", "tags"))
            writers.append((size, writer))
        for number, field in enumerate(fields(Taxonomy.load(), seed, max(sizes), listed=listed)):
            while writers[0][0] <= number:
                del writers[0]
            for _, writer in writers:
                writer.writerow((number, field))


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), [int(size) for size in sys.argv[3:]])
