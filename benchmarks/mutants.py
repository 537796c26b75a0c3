"""The mutation score: how many small faults, put into the code, the tests find.

`python -m benchmarks mutants` draws mutants by seed, as many of each area (`--mutants`: so many in
all, of each area as it has lines): another comparison, another number, `and` for `or`, a condition
turned round, a loop that never runs (the operators are those of cosmic-ray). The tests of an area
run once under coverage.py, which tells which of them reach a line. Each mutant is written into a
copy of the checkout and tried on the tests that reach its statement, the quick ones first, then on
the slow ones and on those that run commands, until one fails. Mutants that change nothing are
listed with the reason in `data/mutants_without_effect.tsv` and not counted; others that live are
printed. The exit code is 1 if an area is below 90%.
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
from itertools import accumulate, islice
from pathlib import Path
from xml.etree import ElementTree

import attrs
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from coverage import CoverageData

from benchmarks.table import percent, table

__all__ = ["AREAS", "Mutant", "Reached", "places", "sampled"]

_CHECKOUT = Path(__file__).resolve().parents[1]
_WITHOUT_EFFECT = Path(__file__).with_name("data") / "mutants_without_effect.tsv"
_COPIED = ("tagnorm", "taxonomy", "tests", "benchmarks", "pyproject.toml", "README.md")
# Where the code lies, and the tests that look at it.
AREAS = {
    "engine": (
        *("test_answers", "test_resolve", "test_edits", "test_costs", "test_fields", "test_words"),
        *("test_split", "test_vocabularies", "test_odd_vocabularies", "test_oracle", "test_laws"),
        "test_drawing",
    ),
    "files": ("test_files_*", "test_tsv", "test_clean*"),
    "decisions": (
        *("test_decisions", "test_review", "test_states", "test_decisions_at_once"),
        "test_cli_review",
    ),
}
# Tests that together take so many seconds are tried before all others.
_FIRST = 6.0
# The slow ones, which nobody timed, end within so many or are taken to hang.
_PATIENCE = 1200.0
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
    statement: tuple[int, int] = (0, 0)

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
    span = _statement(source, line)
    return Mutant(area, module, operator, before.strip(), after.strip(), line, text, span)


def _statement(source: str, line: int) -> tuple[int, int]:
    """The first and the last line of the statement at a line; of a block, those of its head."""
    best = (line, line)
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.stmt):
            continue
        body = getattr(node, "body", None)
        last = body[0].lineno - 1 if body else node.end_lineno or node.lineno
        if node.lineno <= line <= max(last, node.lineno):
            best = (node.lineno, max(last, node.lineno))  # the walk goes inwards
    return best


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--each", type=int, default=25, help="how many of each area (default 25)")
    parser.add_argument("--mutants", type=int, help="how many in all instead")
    parser.add_argument("--seed", type=int, default=0, help="another seed, other mutants")
    parser.add_argument("--area", action="append", choices=AREAS, help="an area (repeatable)")
    parser.add_argument("--quick", action="store_true", help="only tests that reach the line")
    parser.add_argument("--least", type=float, default=0.9, help="exit 1 if an area is below")


def run(options: argparse.Namespace) -> int:
    areas = options.area or list(AREAS)
    known = _without_effect()
    if options.mutants is None:
        mutants = [one for area in areas for one in sampled(options.each, options.seed, [area])]
    else:
        mutants = sampled(options.mutants, options.seed, areas)
    fates: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        for part in _COPIED:
            source = _CHECKOUT / part
            (shutil.copytree if source.is_dir() else shutil.copy)(source, copy / part)  # type: ignore[operator]
        reached = {area: Reached.of(copy, area) for area in areas}
        for number, one in enumerate(mutants, 1):
            if one.name in known:
                fate = "without effect"
            else:
                path = copy / one.module
                original = path.read_text(encoding="utf-8")
                path.write_text(one.text, encoding="utf-8")
                dead = _is_killed(copy, one, reached[one.area], quick=options.quick)
                fate = "killed" if dead else "alive"
                path.write_text(original, encoding="utf-8")
            fates[one.area, fate] += 1
            fates["all", fate] += 1
            place = f"{one.module}:{one.line}"
            print(f"{number} of {len(mutants)}  {fate}  {place}  {one.operator}", flush=True)
            if fate == "alive":
                shown = difflib.ndiff([one.before], [one.after])
                print("\n".join(f"    {line}" for line in shown if line[0] in "+-"), flush=True)
    print()
    print(_scores(fates, [*areas, "all"]))
    return int(any(_share(fates, area) < options.least for area in areas))


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


@attrs.frozen
class Reached:
    """The tests of an area: the seconds of each, and those that reach each line of a module.

    `others` are those of which nothing is known: the slow ones, and those that run commands.
    """

    seconds: dict[str, float]
    lines: dict[str, dict[int, list[str]]]
    others: list[str]

    @classmethod
    def of(cls, copy: Path, area: str) -> Reached:
        """What the tests of an area reach, on code without a fault; those that fail are left out.

        Raises:
            RuntimeError: none runs.
        """
        settings, data, times = (copy / f"{area}.{end}" for end in ("ini", "coverage", "xml"))
        settings.write_text(
            f"[run]\nsource = tagnorm/{area}\ndata_file = {data}\ndynamic_context = test_function\n"
        )
        files = [
            str(path.relative_to(copy))
            for pattern in AREAS[area]
            for path in sorted((copy / "tests").glob(f"{pattern}.py"))
        ]
        command = ["-m", "coverage", "run", f"--rcfile={settings}", "-m"]
        wanted = [f"--junitxml={times}", "-m", "not slow", *files]
        found = _pytest(copy, wanted, 3600, command)
        if found.returncode not in (0, 1):
            end = found.stdout.decode(errors="replace")[-2000:]
            raise RuntimeError(f"the tests of {area} do not run:\n{end}")
        seconds: dict[str, float] = {}
        failed = set()
        for case in ElementTree.parse(times).iter("testcase"):
            test = _node(f"{case.get('classname')}.{str(case.get('name')).partition('[')[0]}")
            seconds[test] = seconds.get(test, 0.0) + float(case.get("time") or 0.0)
            if case.find("failure") is not None or case.find("error") is not None:
                failed.add(test)
        for test in sorted(failed):  # as one of time may on a busy machine
            print(f"left out, since it fails without any mutant: {test}", flush=True)
            del seconds[test]
        reached = CoverageData(str(data))
        reached.read()
        lines: dict[str, dict[int, list[str]]] = {}
        for file in reached.measured_files():
            module = str(Path(file).resolve().relative_to(copy.resolve()))
            lines[module] = {
                line: [test for test in map(_node, contexts) if test in seconds]
                for line, contexts in reached.contexts_by_lineno(file).items()
            }
        seen = {test for module in lines.values() for tests in module.values() for test in tests}
        blind = [test for test in seconds if test not in seen]
        return cls(seconds, lines, sorted(blind) + _slow(copy, files))

    def tests(self, one: Mutant) -> list[str]:
        """The tests that reach the statement of a mutant, the quickest first.

        All of them, where it runs when its module is imported.
        """
        first, last = one.statement
        lines = self.lines.get(one.module, {})
        found = {test for at in range(first, last + 1) for test in lines.get(at, ())}
        return sorted(found or self.seconds, key=lambda test: (self.seconds[test], test))


def _slow(copy: Path, files: Sequence[str]) -> list[str]:
    """The tests of some files that are marked as slow, as pytest calls them."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-m", "slow", *files],
        cwd=copy,
        env=_environment(copy),
        check=False,
        capture_output=True,
        text=True,
    )
    found = [line.partition("[")[0] for line in done.stdout.splitlines() if "::" in line]
    return list(dict.fromkeys(found))


def _node(context: str) -> str:
    """How pytest calls a test that coverage.py calls `tests.test_words.TestMemory.test_it`."""
    at, *names = context.removeprefix("tests.").split(".")
    return "::".join((f"tests/{at}.py", *names))


def _is_killed(copy: Path, one: Mutant, reached: Reached, *, quick: bool) -> bool:
    tests = reached.tests(one)
    spent = list(accumulate(reached.seconds[test] for test in tests))
    few = sum(seconds <= _FIRST for seconds in spent)
    stages = [([one.module, *tests[:few]], 60 + 5 * _FIRST)]
    if tests[few:]:
        stages.append((tests[few:], 60 + 5 * spent[-1]))
    if reached.others and not quick:
        stages.append((reached.others, _PATIENCE))
    return any(_fails(copy, names, seconds) for names, seconds in stages)


def _fails(copy: Path, tests: Sequence[str], seconds: float) -> bool:
    """Whether a test fails, or does not end in time; a module without tests fails none."""
    try:
        return _pytest(copy, ["-x", *tests], seconds, ["-m"]).returncode not in (0, 5)
    except subprocess.TimeoutExpired:
        return True


def _pytest(
    copy: Path, arguments: Sequence[str], seconds: float, how: Sequence[str]
) -> subprocess.CompletedProcess[bytes]:
    """A run of pytest in the copy.

    Raises:
        subprocess.TimeoutExpired: it took longer.
    """
    return subprocess.run(
        [sys.executable, *how, "pytest", "-q", "-p", "no:cacheprovider", *arguments],
        cwd=copy,
        env=_environment(copy),
        check=False,
        capture_output=True,
        timeout=seconds,
    )


def _environment(copy: Path) -> dict[str, str]:
    """That of the tests of a copy: its own modules, also in the commands that they run.

    Options of the caller's pytest are not theirs: its workers would not be measured.
    """
    inherited = {name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"}
    return {**inherited, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(copy)}


def _without_effect() -> set[tuple[str, ...]]:
    lines = _WITHOUT_EFFECT.read_text(encoding="utf-8").splitlines()
    return {tuple(line.split("\t")[:3]) for line in lines[1:]}
