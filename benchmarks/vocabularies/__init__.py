"""Other vocabularies: how well codes are read that are no TAGS, beside three peers.

Fifteen vocabularies from packages, each in a process of its own: codes as written, lists, one edit,
joined, joined with an edit, and words that are none; the expected calibration error over all of
these, the time until the first answers, memory, and answers a second for strings never seen before.
An answer is right as a whole or not at all. Where a joined string is open (the vocabulary has
another reading with no more codes and no more edits), the one it was made from counts as right.
`--shapes` measures sixty more, made by a rule or of few codes, that the prices were not chosen on.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.table import percent, rate, table
from benchmarks.vocabularies.shapes import SHAPES
from benchmarks.vocabularies.sources import SOURCES
from benchmarks.vocabularies.strings import KINDS

_PROGRAM = "benchmarks.vocabularies.measuring"
_PEERS = ("symspellpy", "rapidfuzz", "wordninja")
_CHECKOUT = Path(__file__).resolve().parents[2]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quick", action="store_true", help="few strings, no peers: seconds")
    parser.add_argument(
        "--only", action="append", choices=[*SOURCES, *SHAPES], help="a vocabulary (repeatable)"
    )
    parser.add_argument(
        "--shapes", action="store_true", help="sixty vocabularies of other shapes instead"
    )
    parser.add_argument("--kind", action="append", choices=KINDS, help="strings (repeatable)")
    parser.add_argument("--strings", type=int, help="of each kind (default 500; quick: 60)")
    parser.add_argument("--seconds", type=float, help="for each reader (default 20; quick: 6)")
    parser.add_argument("--seed", type=int, default=0, help="another seed, other strings")
    parser.add_argument("--show", type=int, default=0, help="wrong answers of each kind to show")
    parser.add_argument("--no-peers", action="store_true", help="leave the peers out")
    parser.add_argument("--fit", action="store_true", help="fit each to a damaged column, too")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file")


def run(options: argparse.Namespace) -> int:
    quick = options.quick
    kinds = options.kind or list(KINDS)
    given = {
        "n": options.strings or (60 if quick else 500),
        "seed": options.seed,
        "seconds": options.seconds or (6.0 if quick else 20.0),
        "kinds": kinds,
        "peers": not (quick or options.no_peers),
        "show": options.show,
        "fit": options.fit,
    }
    found: dict[str, dict[str, Any]] = {}
    for name in options.only or (SHAPES if options.shapes else SOURCES):
        try:
            found[name] = _measure({"name": name, **given})
        except RuntimeError as error:
            print(f"{name}: {error}", flush=True)
            continue
        for line in _worst(name, found[name]["tagnorm"]):
            print(line)
        if options.show == 0:
            print(f"{name}: {_line(found[name], kinds)}", flush=True)
    print()
    print(_answers(found, kinds))
    print()
    print(_costs(found))
    if options.fit:
        print()
        print(_fits(found))
    for name, figures in found.items():
        for failure, raws in figures["tagnorm"]["failures"].items():
            for raw in raws[:3]:
                print(f"{name}: {failure}: {raw}")
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0


def _measure(given: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of a vocabulary, from a process of its own.

    Raises:
        RuntimeError: the process failed, or took far longer than it was given.
    """
    # making the strings, and each of four readers
    most = 300 + 7 * given["seconds"]
    try:
        done = subprocess.run(
            [sys.executable, "-m", _PROGRAM],
            cwd=_CHECKOUT,
            input=json.dumps(given),
            check=False,
            capture_output=True,
            text=True,
            timeout=most,
        )
    except subprocess.TimeoutExpired:
        raise RuntimeError(f"no end after {most:.0f} s") from None
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["no message"]
        raise RuntimeError(f"failed: {lines[-1][:300]}")
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def _line(figures: Mapping[str, Any], kinds: Sequence[str]) -> str:
    ours = figures["tagnorm"]
    shares = ", ".join(f"{kind} {_share(ours, kind)}" for kind in kinds)
    return f"{shares}; error {percent(ours['error'])}, {rate(ours['rate'])}/s"


def _share(reader: Mapping[str, Any], kind: str) -> str:
    held = reader["kinds"][kind]
    return percent(held["exact"], held["strings"])


def _answers(found: Mapping[str, Mapping[str, Any]], kinds: Sequence[str]) -> str:
    rows = []
    for name, figures in found.items():
        readers = [
            one for one in figures if isinstance(figures[one], dict) and one not in ("open", "fit")
        ]
        for reader in readers:
            held = figures[reader]
            ours = reader == "tagnorm"
            wrong = sum(held["kinds"][kind]["wrong"] for kind in kinds)
            strings = sum(held["kinds"][kind]["strings"] for kind in kinds)
            rows.append(
                (
                    name if ours else f"  {reader}",
                    *(_share(held, kind) for kind in kinds),
                    percent(1 - figures["open"].get("joined edit", 1.0)) if ours else "",
                    percent(wrong, strings),
                    percent(held["error"]) if ours else "",
                    f"{percent(held['sure and right'])} of {percent(held['sure'])}" if ours else "",
                )
            )
    headers = ["", *kinds, "untied", "wrong", "error", "right at 0.95"]
    title = (
        "Exact answers, %; untied: % of joined edits that the vocabulary does not leave open; "
        "wrong: % of all with a\nwrong tag; error: expected calibration error; right at 0.95: "
        "% right of those at least so sure"
    )
    return table(headers, rows, title=title)


def _fits(found: Mapping[str, Mapping[str, Any]]) -> str:
    rows = []
    for name, figures in found.items():
        fit = figures["fit"]
        cells: list[str] = []
        for share in ("exact", "wrong"):
            cells += (
                percent(
                    fit[when]["kinds"]["column"][share], fit[when]["kinds"]["column"]["strings"]
                )
                for when in ("before", "after")
            )
        cells += (percent(fit[when]["error"]) for when in ("before", "after"))
        rows.append((name, *cells, f"{fit['gain']:.3f}", f"{fit['seconds']:.1f}"))
    headers = [
        "", "exact before", "after", "wrong before", "after", "error before", "after", "gain", "s",
    ]  # fmt: skip
    title = "Fitted to 2,000 damaged strings without labels, %, on more of the same column"
    return table(headers, rows, title=title)


def _costs(found: Mapping[str, Mapping[str, Any]]) -> str:
    rows = [
        (
            name,
            figures["codes"],
            f"{figures['ready']:.2f}",
            f"{figures['megabytes']:.0f}",
            *(
                rate(figures[reader]["rate"]) if reader in figures else "-"
                for reader in ("tagnorm", *_PEERS)
            ),
            figures["tagnorm"]["unfinished"],
            *(len(raws) for raws in figures["tagnorm"]["failures"].values()),
        )
        for name, figures in found.items()
    ]
    headers = [
        "", "codes", "ready s", "MB", "tagnorm/s", "symspellpy/s", "rapidfuzz/s", "wordninja/s",
        "unfinished", "hangs", "exceptions",
    ]  # fmt: skip
    return table(
        headers,
        rows,
        title="What it takes, in time of the processor; strings a second, each seen once",
    )


def _worst(name: str, reader: Mapping[str, Any]) -> list[str]:
    lines = []
    for kind, held in reader["kinds"].items():
        if held["worst"]:
            lines.append(f"{name}, {kind}: exact {_share(reader, kind)}")
        for sure, raw, truth, tags, is_open in held["worst"]:
            note = "  (open)" if is_open else ""
            lines.append(f"  {sure:.3f}  {raw!r}  {' | '.join(truth) or '-'}  ->  "
                         f"{' | '.join(tags) or '-'}{note}")  # fmt: skip
    return lines
