"""What is answered to many strings, held in files so that a change shows in a diff.

`python -m benchmarks answers` compares the answers of this checkout to the tag list, and to fields
that were drawn, with the committed ones and prints what moved; so it does with what the parts of
the engine say by themselves. The exit code is 1 if anything moved. `--update` writes the files
anew, for the fields that they hold; `--draw` draws new fields. A test compares too.

`--parts VOCABULARY` prints what the parts say of a vocabulary, to be compared with what another
checkout prints.
"""

from __future__ import annotations

import argparse
from collections.abc import Collection
from pathlib import Path

from benchmarks import engine_parts
from benchmarks.drawn_fields import VOCABULARIES, drawn, rendered
from benchmarks.training.gold import raw_tags
from tagnorm import Normalizer
from tagnorm.escaping import escape, unescape

__all__ = [
    "FIELDS",
    "PARTS",
    "PATH",
    "answered",
    "fields_answered",
    "fields_held",
    "held",
    "moved",
    "newly_drawn",
    "parts_held",
    "parts_say",
]

_FOLDER = Path(__file__).parents[1] / "tests" / "answers"
PATH, FIELDS = _FOLDER / "tag_list.tsv", _FOLDER / "drawn_fields.tsv"
PARTS = _FOLDER / "engine_parts.tsv"
_HEADER = ("raw", "tags", "left", "status", "confidence", "alternative")
_FIELDS_HEADER = ("vocabulary", "field", "answer")
_PARTS_HEADER = ("vocabulary", "part", "digest")
# By which seed the fields are drawn.
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


def fields_answered(held: Collection[str]) -> dict[str, str]:
    """The answers now to fields, by vocabulary and field."""
    found = {}
    for key in held:
        vocabulary, field = key.split("\t")
        found[key] = escape(rendered(vocabulary, unescape(field)))
    return found


def newly_drawn(held: Collection[str] = ()) -> list[str]:
    """The fields that are held, by vocabulary and field, and drawn ones of vocabularies without."""
    of = {key.split("\t")[0] for key in held}
    new = [
        f"{vocabulary}\t{escape(field)}"
        for vocabulary in VOCABULARIES
        if vocabulary not in of
        for field in drawn(vocabulary, _SEED)
    ]
    return list(dict.fromkeys([*held, *new]))


def parts_say(vocabularies: Collection[str] = engine_parts.VOCABULARIES) -> dict[str, str]:
    """The digests of what the parts of the engine say now, by vocabulary and part."""
    return {
        f"{vocabulary}\t{part}": engine_parts.digest(engine_parts.values(vocabulary, part))
        for vocabulary in vocabularies
        for part in engine_parts.PARTS
    }


def held(path: Path = PATH) -> dict[str, str]:
    """The committed answers."""
    return _held(path, 1)


def fields_held() -> dict[str, str]:
    """The committed answers to the drawn fields, by vocabulary and field."""
    return _held(FIELDS, 2) if FIELDS.exists() else {}


def parts_held() -> dict[str, str]:
    """The committed digests, by vocabulary and part."""
    return _held(PARTS, 2) if PARTS.exists() else {}


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
    parser.add_argument("--draw", action="store_true", help="with --update: of newly drawn fields")
    parser.add_argument(
        "--parts", choices=engine_parts.VOCABULARIES, help="print what the parts say of one instead"
    )


def run(options: argparse.Namespace) -> int:
    if options.parts:
        for part in engine_parts.PARTS:
            for value in engine_parts.values(options.parts, part):
                print(f"{part}\t{escape(value)}")
        return 0
    fields = {} if options.draw else fields_held()
    now = fields_answered(newly_drawn(fields) if options.update else fields)
    all_ = [
        (PATH, _HEADER, held() if PATH.exists() else {}, answered()),
        (FIELDS, _FIELDS_HEADER, fields, now),
        (PARTS, _PARTS_HEADER, parts_held(), parts_say()),
    ]
    any_moved = False
    for path, header, before, now in all_:
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
