"""The mutation score: how many small faults, put into the code, the tests find.

`python -m benchmarks mutants` draws mutants by seed, as many of each area as it has lines: another
comparison, another number, `and` for `or`, a condition turned round, a loop that never runs (the
operators are those of cosmic-ray). Each is written into a copy of the checkout and tried on the
tests of its area, the quick ones first, until one fails. Mutants that change nothing are listed
with the reason in `data/mutants_without_effect.tsv` and not counted; others that live are printed.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from time import perf_counter

import attrs
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator

from benchmarks.table import percent, table

__all__ = ["AREAS", "Mutant", "places", "sampled"]

_CHECKOUT = Path(__file__).resolve().parents[1]
_WITHOUT_EFFECT = Path(__file__).with_name("data") / "mutants_without_effect.tsv"
_COPIED = ("tagnorm", "taxonomy", "tests", "benchmarks", "pyproject.toml", "README.md")
# Where the code lies, and the tests that look at it: the quick ones, then the thorough ones.
AREAS = {
    "engine": (
        ("test_answers", "test_resolve", "test_edits", "test_costs", "test_fields", "test_words"),
        ("test_split", "test_vocabularies", "test_oracle", "test_laws"),
    ),
    "files": (("test_files_*", "test_tsv"), ("test_clean*",)),
    "decisions": (
        ("test_decisions", "test_review", "test_states"),
        ("test_decisions_at_once", "test_cli_review", "test_same_answer"),
    ),
}
_OPERATORS = (
    "AddNot",
    "NumberReplacer",
    "ReplaceAndWithOr",
    "ReplaceOrWithAnd",
    "ReplaceBreakWithContinue",
    "ReplaceContinueWithBreak",
    "ReplaceTrueWithFalse",
    "ReplaceFalseWithTrue",
    "ReplaceBinaryOperator_Add_Sub",
    "ReplaceBinaryOperator_Sub_Add",
    "ReplaceBinaryOperator_Mul_Add",
    "ReplaceComparisonOperator_Eq_NotEq",
    "ReplaceComparisonOperator_NotEq_Eq",
    "ReplaceComparisonOperator_Is_IsNot",
    "ReplaceComparisonOperator_IsNot_Is",
    "ReplaceComparisonOperator_Lt_LtE",
    "ReplaceComparisonOperator_LtE_Lt",
    "ReplaceComparisonOperator_Gt_GtE",
    "ReplaceComparisonOperator_GtE_Gt",
    "ReplaceUnaryOperator_Delete_Not",
    "ReplaceUnaryOperator_Delete_USub",
    "ZeroIterationForLoop",
)


@attrs.frozen
class Mutant:
    """A module with one small fault: which, where, and the whole text."""

    area: str
    module: str
    operator: str
    before: str
    after: str
    line: int
    text: str = attrs.field(repr=False)

    @property
    def name(self) -> tuple[str, str, str]:
        """What a mutant is known by while the lines around it move."""
        return self.module, self.before, self.after


def places(path: Path) -> list[tuple[Path, str, int]]:
    """Where a module can be mutated: the operators, and the number of each place for each."""
    nodes = list(ast_nodes(get_ast(path.read_text(encoding="utf-8"))))
    found = []
    for name in _OPERATORS:
        operator = get_operator(f"core/{name}")()
        number = sum(len(list(operator.mutation_positions(node))) for node in nodes)
        found += [(path, name, at) for at in range(number)]
    return found


def sampled(number: int, seed: int, areas: Sequence[str]) -> list[Mutant]:
    """So many mutants of the areas, drawn among all; the same for the same seed and code.

    A star before keywords is taken for a product; what is no Python then is drawn anew.
    """
    draw = random.Random(f"{seed}/mutants")
    found = []
    for area in areas:
        for path in sorted((_CHECKOUT / "tagnorm" / area).rglob("*.py")):
            found += [(area, place) for place in places(path)]
    drawn = (_mutant(area, *place) for area, place in draw.sample(found, len(found)))
    return list(islice((one for one in drawn if _is_python(one.text)), number))


def _is_python(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def _mutant(area: str, path: Path, operator: str, at: int) -> Mutant:
    source = path.read_text(encoding="utf-8")
    text = mutate_code(source, get_operator(f"core/{operator}")(), at)
    pairs = zip(source.splitlines(), text.splitlines(), strict=False)
    line, (before, after) = next((n, pair) for n, pair in enumerate(pairs, 1) if pair[0] != pair[1])
    module = str(path.relative_to(_CHECKOUT))
    return Mutant(area, module, operator, before.strip(), after.strip(), line, text)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--mutants", type=int, default=76, help="how many to draw (default 76)")
    parser.add_argument("--seed", type=int, default=0, help="another seed, other mutants")
    parser.add_argument("--area", action="append", choices=AREAS, help="an area (repeatable)")
    parser.add_argument("--quick", action="store_true", help="only the quick tests of each area")
    parser.add_argument("--least", type=float, default=0.9, help="exit 1 below this (default 0.9)")


def run(options: argparse.Namespace) -> int:
    areas = options.area or list(AREAS)
    known = _without_effect()
    mutants = sampled(options.mutants, options.seed, areas)
    fates: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        for part in _COPIED:
            source = _CHECKOUT / part
            (shutil.copytree if source.is_dir() else shutil.copy)(source, copy / part)  # type: ignore[operator]
        stages = {area: AREAS[area][:1] if options.quick else AREAS[area] for area in areas}
        patience = {stage: _patience(copy, stage) for area in areas for stage in stages[area]}
        for number, one in enumerate(mutants, 1):
            if one.name in known:
                fate = "without effect"
            else:
                path = copy / one.module
                original = path.read_text(encoding="utf-8")
                path.write_text(one.text, encoding="utf-8")
                killed = any(
                    _fails(copy, [one.module], 60)
                    or _fails(copy, _files(copy, stage), patience[stage])
                    for stage in stages[one.area]
                )
                path.write_text(original, encoding="utf-8")
                fate = "killed" if killed else "alive"
            fates[one.area, fate] += 1
            fates["all", fate] += 1
            print(f"{number} of {len(mutants)}  {fate}  {one.module}:{one.line}  {one.operator}")
            if fate == "alive":
                shown = difflib.ndiff([one.before], [one.after])
                print("\n".join(f"    {line}" for line in shown if line[0] in "+-"), flush=True)
    print()
    print(_scores(fates, [*areas, "all"]))
    counted = fates["all", "killed"] + fates["all", "alive"]
    return int(bool(counted) and fates["all", "killed"] / counted < options.least)


def _scores(fates: Counter[tuple[str, str]], areas: Sequence[str]) -> str:
    rows = []
    for area in areas:
        killed, alive = fates[area, "killed"], fates[area, "alive"]
        rows.append(
            (area, killed, alive, fates[area, "without effect"], percent(killed, killed + alive))
        )
    return table(["", "killed", "alive", "without effect", "score %"], rows, title="Mutation score")


def _files(copy: Path, stage: Sequence[str]) -> list[str]:
    return [
        str(path.relative_to(copy))
        for pattern in stage
        for path in sorted((copy / "tests").glob(f"{pattern}.py"))
    ]


def _patience(copy: Path, stage: Sequence[str]) -> float:
    """Three times what the tests take on code without a fault.

    Raises:
        RuntimeError: they fail on it.
    """
    start = perf_counter()
    if _fails(copy, _files(copy, stage), 1800):
        raise RuntimeError(f"these fail without any mutant: {', '.join(stage)}")
    return 3 * (perf_counter() - start) + 10


def _fails(copy: Path, tests: Sequence[str], seconds: float) -> bool:
    """Whether a test fails, or does not end in time; a module without tests fails none."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests],
            cwd=copy,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
            capture_output=True,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired:
        return True
    return done.returncode not in (0, 5)


def _without_effect() -> set[tuple[str, ...]]:
    lines = _WITHOUT_EFFECT.read_text(encoding="utf-8").splitlines()
    return {tuple(line.split("\t")[:3]) for line in lines[1:]}
