"""The mutation score: how many small faults, put into the code, the tests find.

`python -m benchmarks mutants` draws mutants by seed, as many of each area (`--mutants`: so many in
all, of each area as it has lines): another comparison, another number, `and` for `or`, a condition
turned round, a loop that never runs (the operators are those of cosmic-ray). The tests of an area
run once under coverage.py, which tells which of them reach a line, also in the commands that they
run. Each mutant is written into a copy of the checkout and tried on the tests that reach it, the
quick ones first, then on the slow ones, until one fails or they take far too long.

What became of each is written to a file as it is known (`--results`). A run that was stopped goes
on with the same command: what the file holds is not tried again, with `--again` only what lived.

Constants that only bound work or memory are not mutated; `data/mutants_bounds.tsv` lists them.
Mutants that change nothing that anybody sees are not counted; `data/mutants_without_effect.tsv`
lists each with the reason. All others that live are printed. The exit code is 1 if an area is
below 90%.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.mutants_reach import AREAS, Fate, Reach, copied, tried
from benchmarks.mutants_sample import Mutant, explained, sampled
from benchmarks.table import percent, table

_COLUMNS = ("mutant", "fate", "by", "module", "line", "operator", "before", "after")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--each", type=int, default=25, help="how many of each area (default 25)")
    parser.add_argument("--mutants", type=int, help="how many in all instead")
    parser.add_argument("--seed", type=int, default=0, help="another seed, other mutants")
    parser.add_argument("--area", action="append", choices=AREAS, help="an area (repeatable)")
    parser.add_argument("--quick", action="store_true", help="without the slow tests")
    parser.add_argument("--least", type=float, default=0.9, help="exit 1 if an area is below")
    parser.add_argument(
        "--results", type=Path, help="where the fates are kept (default mutants-SEED.tsv)"
    )
    parser.add_argument("--again", action="store_true", help="try again what lived before")


def run(options: argparse.Namespace) -> int:
    areas = options.area or list(AREAS)
    reasons = explained()
    if options.mutants is None:
        mutants = [one for area in areas for one in sampled(options.each, options.seed, [area])]
    else:
        mutants = sampled(options.mutants, options.seed, areas)
    results = options.results or Path(f"mutants-{options.seed}.tsv")
    known = _known(results, again=options.again)
    fates: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        copied(copy)
        reach: dict[str, Reach] = {}
        for number, one in enumerate(mutants, 1):
            if one.name in reasons:
                fate = Fate("without effect", reasons[one.name])
            elif _key(one) in known:
                fate = known[_key(one)]
            else:
                if one.area not in reach:
                    reach[one.area] = Reach.of(copy, one.area)
                fate = tried(copy, one, reach[one.area], quick=options.quick)
                _keep(results, one, fate)
            fates[one.area, fate.name] += 1
            fates["all", fate.name] += 1
            _show(f"{number} of {len(mutants)}", one, fate)
    print()
    print(_scores(fates, [*areas, "all"]))
    return int(any(_share(fates, area) < options.least for area in areas))


def _key(one: Mutant) -> str:
    """What a mutant is known by in a file: its module as a whole, so that other code is other."""
    return hashlib.sha256(f"{one.module}\n{one.text}".encode()).hexdigest()[:12]


def _known(results: Path, *, again: bool) -> Mapping[str, Fate]:
    """The fates in a file, the last of each mutant; a line that was not written whole is none."""
    found: dict[str, Fate] = {}
    if results.exists():
        for line in results.read_text(encoding="utf-8").splitlines()[1:]:
            cells = line.split("\t")
            if len(cells) == len(_COLUMNS):
                found[cells[0]] = Fate(cells[1], cells[2])
    return {key: fate for key, fate in found.items() if fate.name == "killed" or not again}


def _keep(results: Path, one: Mutant, fate: Fate) -> None:
    with results.open("a", encoding="utf-8") as file:
        if not file.tell():
            file.write("\t".join(_COLUMNS) + "\n")
        cells = (_key(one), fate.name, fate.by, one.module, str(one.line), one.operator)
        file.write("\t".join((*cells, one.before, one.after)) + "\n")


def _show(number: str, one: Mutant, fate: Fate) -> None:
    print(f"{number}  {fate.name}  {one.module}:{one.line}  {one.operator}  {fate.by}", flush=True)
    if fate.name == "alive":
        shown = difflib.ndiff([one.before], [one.after])
        print("\n".join(f"    {line}" for line in shown if line[0] in "+-"), flush=True)


def _share(fates: Counter[tuple[str, str]], area: str) -> float:
    """The share of killed ones among those with an effect; 1 if there are none."""
    counted = fates[area, "killed"] + fates[area, "alive"]
    return fates[area, "killed"] / counted if counted else 1.0


def _scores(fates: Counter[tuple[str, str]], areas: Sequence[str]) -> str:
    rows = []
    for area in areas:
        killed, alive = fates[area, "killed"], fates[area, "alive"]
        rows.append(
            (area, killed, alive, fates[area, "without effect"], percent(killed, killed + alive))
        )
    return table(["", "killed", "alive", "without effect", "score %"], rows, title="Mutation score")
