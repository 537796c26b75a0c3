"""What is answered to each string of the tag list, held in a file so that a change shows in a diff.

`python -m benchmarks answers` compares the answers of this checkout with the committed ones and
prints what moved; the exit code is 1 if anything did. `--update` writes the file anew. A test
compares too.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.training.gold import raw_tags
from tagnorm import Normalizer

__all__ = ["PATH", "answered", "held", "moved"]

PATH = Path(__file__).parents[1] / "tests" / "answers" / "tag_list.tsv"
_HEADER = ("raw", "tags", "left", "status", "confidence", "alternative")


def answered() -> dict[str, str]:
    """By raw string: its tags, what is left, status, confidence, and the next best reading."""
    normalizer = Normalizer()
    found = {}
    for raw in raw_tags():
        one = normalizer.resolve(raw)
        other = " ".join(one.alternatives[0].tags) or "-" if one.alternatives else ""
        cells = (
            " ".join(one.tags) or "-",
            " ".join(one.unresolved) or "-",
            one.status,
            f"{one.confidence:.3f}",
            other,
        )
        found[raw] = "\t".join(cells)
    return found


def held(path: Path = PATH) -> dict[str, str]:
    """The committed answers."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines[1:])  # type: ignore[misc]


def moved(before: dict[str, str], now: dict[str, str]) -> list[str]:
    """A line for each string whose answer is another one, with both.

    >>> moved({"A": "X\\t0.9", "B": "Y"}, {"A": "X\\t0.8", "B": "Y"})
    ['A: X 0.9 -> X 0.8']
    """
    return [
        f"{raw}: {before.get(raw, 'nothing')} -> {now.get(raw, 'nothing')}".replace("\t", " ")
        for raw in {**before, **now}
        if before.get(raw) != now.get(raw)
    ]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--update", action="store_true", help="write the file anew")


def run(options: argparse.Namespace) -> int:
    now = answered()
    found = moved(held(), now) if PATH.exists() else []
    for line in found:
        print(line)
    print(f"{len(found)} of {len(now)} answers moved")
    if options.update:
        PATH.parent.mkdir(exist_ok=True)
        lines = ["\t".join(_HEADER), *(f"{raw}\t{answer}" for raw, answer in now.items())]
        PATH.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return 0
    return 1 if found else 0
