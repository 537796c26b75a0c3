"""What is answered to many strings, held in files so that a change shows in a diff.

`python -m benchmarks answers` compares the answers of this checkout to the tag list, and to fields
that were drawn, with the committed ones and prints what moved; the exit code is 1 if anything did.
`--update` writes the files anew. A test compares too.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.drawn_fields import drawn, rendered
from benchmarks.training.gold import raw_tags
from tagnorm import Normalizer
from tagnorm.escaping import escape, unescape

__all__ = ["FIELDS", "PATH", "answered", "fields_answered", "fields_held", "held", "moved"]

_FOLDER = Path(__file__).parents[1] / "tests" / "answers"
PATH, FIELDS = _FOLDER / "tag_list.tsv", _FOLDER / "drawn_fields.tsv"
_HEADER = ("raw", "tags", "left", "status", "confidence", "alternative")
_FIELDS_HEADER = ("vocabulary", "field", "answer")
# How many fields of each vocabulary were drawn, and by which seed.
_DRAWN = {
    "shipped": 500,
    "joined": 200,
    "decided": 100,
    "marked": 250,
    "brief": 250,
    "few letters": 250,
}
_SEED = 1


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


def fields_answered(held: dict[str, str]) -> dict[str, str]:
    """The answers now to the fields that are held, by vocabulary and field; or to newly drawn."""
    keys = list(held) or [
        f"{vocabulary}\t{escape(field)}"
        for vocabulary, number in _DRAWN.items()
        for field in drawn(vocabulary, number, _SEED)
    ]
    found = {}
    for key in keys:
        vocabulary, field = key.split("\t")
        found[key] = escape(rendered(vocabulary, unescape(field)))
    return found


def held(path: Path = PATH) -> dict[str, str]:
    """The committed answers."""
    return _held(path, 1)


def fields_held() -> dict[str, str]:
    """The committed answers to the drawn fields, by vocabulary and field."""
    return _held(FIELDS, 2) if FIELDS.exists() else {}


def _held(path: Path, columns: int) -> dict[str, str]:
    """The lines of a file by their first columns."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n")[1:-1]]
    return {"\t".join(row[:columns]): "\t".join(row[columns:]) for row in rows}


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
    parser.add_argument("--update", action="store_true", help="write the files anew")


def run(options: argparse.Namespace) -> int:
    both = [
        (PATH, _HEADER, held() if PATH.exists() else {}, answered()),
        (FIELDS, _FIELDS_HEADER, fields_held(), fields_answered(fields_held())),
    ]
    any_moved = False
    for path, header, before, now in both:
        found = moved(before, now) if path.exists() else []
        for line in found:
            print(line)
        print(f"{path.name}: {len(found)} of {len(now)} answers moved")
        any_moved |= bool(found)
        if options.update:
            path.parent.mkdir(exist_ok=True)
            lines = ["\t".join(header), *(f"{key}\t{answer}" for key, answer in now.items())]
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return int(any_moved and not options.update)
