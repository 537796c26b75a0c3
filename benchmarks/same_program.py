"""What an installed tagnorm answers: `python same_program.py STRINGS ANSWERS`, run as a plain file.

It imports nothing but the tagnorm that its interpreter finds, and of that only what every version
has had in public: `split`, `resolve`, `split_column`, `resolve_column`. STRINGS holds a JSON string
a line, ANSWERS gets a JSON object a line; floats are written bit for bit.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import tagnorm

_BATCH = 5000


def answers_of(text: str) -> dict[str, Any]:
    """Everything that the scalar verbs say of one text; an error is an answer too."""
    found: dict[str, Any] = {
        "split": _told(lambda: tagnorm.split(text)),
        "split, drop": _told(lambda: tagnorm.split(text, unresolved="drop")),
        "split, 0.9": _told(lambda: tagnorm.split(text, min_confidence=0.9)),
    }
    try:
        one = tagnorm.resolve(text)
    except Exception as error:
        return {**found, "resolve": f"{type(error).__name__}: {error}"}
    found |= {
        "tags": list(one.tags),
        "segments": [[s.raw, s.start, s.end, s.code, s.how, s.edits] for s in one.segments],
        "status": one.status,
        "confidence": float(one.confidence).hex(),
        "alternatives": [[list(a.tags), float(a.confidence).hex()] for a in one.alternatives],
    }
    return found


def columns_of(texts: list[str]) -> list[dict[str, Any]]:
    """What the column verbs say of each of many texts."""
    split = _told(lambda: tagnorm.split_column(texts))
    table = _told(lambda: tagnorm.resolve_column(texts))
    if isinstance(split, str) or isinstance(table, str):
        return [{"split_column": repr(split)[:200], "resolve_column": repr(table)[:200]}] * len(
            texts
        )
    table["confidence"] = [float(sure).hex() for sure in table["confidence"]]
    rows = zip(*table.values(), strict=True)
    return [
        {"split_column": list(tags), "resolve_column": dict(zip(table, row, strict=True))}
        for tags, row in zip(split, rows, strict=True)
    ]


def _told(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def main(strings: Path, answers: Path) -> None:
    texts = [json.loads(line) for line in strings.read_text(encoding="utf-8").split("\n") if line]
    start = perf_counter()
    with answers.open("w", encoding="utf-8") as out:
        for at in range(0, len(texts), _BATCH):
            batch = texts[at : at + _BATCH]
            for text, column in zip(batch, columns_of(batch), strict=True):
                out.write(json.dumps({**answers_of(text), **column}) + "\n")
    version = getattr(tagnorm, "__version__", "?")
    print(f"{version} in {Path(tagnorm.__file__).parent}, {perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
