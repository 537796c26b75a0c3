"""The guard of the speed: ratios to named peers against a committed baseline.

A ratio is our strings a second divided by the peer's, on the full tag list, in the same process
and in interleaved rounds: unlike a time it hardly depends on the machine. It is taken within each
round and the median counts, for a machine may be twice as fast in one round as in the next, and
the best rounds of two contestants may lie in different moments. The exit code is 1 if one is more
than a fifth below the baseline, which has ratios for the pure and for the compiled build.
`--update` rewrites those of the build that runs, after a change that is meant.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

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


def ratios(rounds: int) -> dict[str, float]:
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


def fallen(baseline: dict[str, float], now: dict[str, float]) -> list[str]:
    """The ratios that are more than a fifth below the baseline, or are gone from it.

    >>> fallen({"a": 1.0, "b": 1.0, "c": 1.0}, {"a": 0.81, "b": 0.79})
    ['b', 'c']
    """
    return [name for name, was in baseline.items() if now.get(name, 0.0) < was * (1 - _ALLOWED)]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--update", action="store_true", help="rewrite the baseline")
    parser.add_argument("--rounds", type=int, default=51, help="rounds of the timing (default 51)")


def run(options: argparse.Namespace) -> int:
    now = ratios(options.rounds)
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
    print(table(headers, rows, title=f"Ratios of strings a second, {build}"))
    return 1 if bad else 0
