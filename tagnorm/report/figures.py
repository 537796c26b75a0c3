"""The figures of a column, as plain data: what the page draws, and what `--json` prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from tagnorm.__about__ import __version__
from tagnorm.decisions.states import DOUBT, STATES
from tagnorm.decisions.store import raw_cell, tags_cell
from tagnorm.normalizer import Normalizer
from tagnorm.report.tally import ColumnTally, StringTally
from tagnorm.resolution import STATUSES
from tagnorm.vocabulary.facts import family_name_of, name_of
from tagnorm.wording import WORTH_LISTING

__all__ = ["figures_of", "string_facts"]

# So many strings that need a person, and so many others, are listed with their pieces.
LISTED_OPEN, LISTED_DONE = 4000, 2000
# How long the lists of what is commonest are.
_TOP = 20
_TAGS = 50
# How many rows so many decisions would settle.
_STEPS = (10, 20, 50, 100, 200, 500, 1000)
# Confidences are drawn in so many steps, and counts in powers of two.
_GRID = 40


def figures_of(tally: ColumnTally, *, column: str, source: str) -> dict[str, Any]:
    """All figures of a column; they are over every row, whatever is listed.

    >>> from tagnorm import Normalizer
    >>> tally = ColumnTally(Normalizer())
    >>> tally.add({"PREL, PGVO": 3, "PELOSI": 1})
    >>> figures = figures_of(tally, column="tags", source="cables.csv")
    >>> figures["rows"]
    {'all': 4, 'resolved': 3, 'doubtful': 0, 'unresolved': 1, 'empty': 0}
    >>> figures["needs_a_person"]["strings"], figures["corrections"][0]["raw"]
    (1, 'PGVO')
    """
    strings = tally.strings()
    waiting = [one for one in strings if one.needs_a_person]
    others = [one for one in strings if not one.needs_a_person]
    listed = [*waiting[:LISTED_OPEN], *others[:LISTED_DONE]]
    listed.sort(key=lambda one: (-one.rows, one.raw))
    rows = {name: tally.rows[name] for name in ("resolved", "doubtful", "unresolved", "empty")}
    normalizer = tally.normalizer
    return {
        "column": column,
        "source": source,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "tagnorm": __version__,
        "vocabulary": normalizer.taxonomy.version,
        "doubt": DOUBT,
        "rows": {"all": sum(rows.values()), **rows},
        "fields": {"distinct": tally.distinct_fields, "is_exact": tally.is_exact},
        "strings": _strings(tally, strings),
        "needs_a_person": _needs_a_person(waiting),
        "families": _families(tally),
        "tags": [_tag(tag, count, normalizer) for tag, count in _top(tally.tags, _TAGS)],
        "together": [
            {"codes": list(pair), "rows": count} for pair, count in _top(tally.together, _TOP)
        ],
        "corrections": _corrections(strings, tally),
        "unresolved": [
            {"raw": one.raw, "rows": one.rows, "examples": one.examples}
            for one in [one for one in waiting if one.state == "unresolved"][:_TOP]
        ],
        "confidence": _confidence(strings),
        "listed": [string_facts(one, tally) for one in listed],
        "not_listed": {
            "needing_a_person": max(0, len(waiting) - LISTED_OPEN),
            "others": max(0, len(others) - LISTED_DONE),
        },
        # Whoever reads a file knows of such rows.
        "bad_rows": 0,
        "bad_rows_listed": [],
    }


def string_facts(one: StringTally, tally: ColumnTally) -> dict[str, Any]:
    """A string with its pieces, its other readings, and the cells of a decision about it."""
    answer = tally.resolve(one.raw)
    return {
        "raw": one.raw,
        "rows": one.rows,
        "state": one.state,
        "status": one.status,
        "confidence": round(one.confidence, 4),
        "tags": list(answer.tags),
        "pieces": [
            {"raw": s.raw, "code": s.code, "how": s.how} for s in answer.segments if s.raw or s.code
        ],
        "alternatives": [
            {"tags": list(other.tags), "confidence": round(other.confidence, 4)}
            for other in answer.alternatives
            if other.confidence >= WORTH_LISTING
        ],
        "examples": one.examples,
        "cell": raw_cell(one.raw),
        "tags_cell": tags_cell(answer.tags),
    }


def _strings(tally: ColumnTally, strings: Sequence[StringTally]) -> dict[str, Any]:
    by_state: dict[str, list[int]] = {state: [0, 0] for state in STATES}
    by_status: dict[str, list[int]] = {status: [0, 0] for status in STATUSES}
    counted: Iterable[tuple[str, str, int, int]] = (
        *((one.state, one.status, 1, one.rows) for one in strings),
        *((state, status, 0, rows) for (state, status), rows in tally.unlisted.items()),
    )
    for state, status, number, rows in counted:
        for counts in (by_state[state], by_status.setdefault(status, [0, 0])):
            counts[0] += number
            counts[1] += rows
    return {
        "distinct": len(strings),
        "occurrences": sum(rows for _, rows in by_state.values()),
        "by_state": {name: {"strings": n, "rows": r} for name, (n, r) in by_state.items()},
        "by_status": {name: {"strings": n, "rows": r} for name, (n, r) in by_status.items()},
    }


def _needs_a_person(waiting: Sequence[StringTally]) -> dict[str, Any]:
    total = sum(one.rows for one in waiting)
    steps, covered, done = [], 0, 0
    for step in _STEPS:
        if done >= len(waiting):
            break
        covered += sum(one.rows for one in waiting[done:step])
        done = min(step, len(waiting))
        steps.append({"strings": done, "share": round(covered / total, 4) if total else 0.0})
    return {"strings": len(waiting), "occurrences": total, "first": steps}


def _families(tally: ColumnTally) -> list[dict[str, Any]]:
    """The tags by family, and those of no family by their kind."""
    taxonomy = tally.normalizer.taxonomy
    counts: Counter[tuple[str, str]] = Counter()
    for tag, rows in tally.tags.items():
        code = taxonomy.get(tag)
        if code is not None:
            counts[code.family, family_name_of(code, taxonomy) or code.kind] += rows
    return [
        {"family": family, "name": name, "rows": rows}
        for (family, name), rows in _top(counts, None)
    ]


def _tag(tag: str, rows: int, normalizer: Normalizer) -> dict[str, Any]:
    return {"code": tag, "name": name_of(tag, normalizer.taxonomy), "rows": rows}


def _corrections(strings: Sequence[StringTally], tally: ColumnTally) -> list[dict[str, Any]]:
    """The commonest strings that became one code by an edit, with what was undone."""
    found = []
    for one in strings:
        if one.status != "misspelled" or one.state == "decided":
            continue
        how = next((s.how for s in tally.resolve(one.raw).segments if s.code), "")
        found.append(
            {
                "raw": one.raw,
                "code": one.codes[0],
                "how": how,
                "rows": one.rows,
                "confidence": round(one.confidence, 4),
            }
        )
        if len(found) == _TOP:
            break
    return found


def _confidence(strings: Sequence[StringTally]) -> list[dict[str, Any]]:
    """How many strings are so sure and stand in so many rows, on a grid."""
    grid: Counter[tuple[int, int]] = Counter()
    for one in strings:
        if one.state != "decided":
            grid[min(int(one.confidence * _GRID), _GRID - 1), one.rows.bit_length() - 1] += 1
    return [
        {"confidence": [at / _GRID, (at + 1) / _GRID], "rows": [2**power, 2 ** (power + 1) - 1],
         "strings": count}
        for (at, power), count in sorted(grid.items())
    ]  # fmt: skip


def _top(counts: Counter[Any], most: int | None) -> list[tuple[Any, int]]:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ranked if most is None else ranked[:most]
