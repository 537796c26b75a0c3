"""Mutants are small, drawn by seed, and tried on tests that really run."""

from __future__ import annotations

import argparse
import ast
import shutil
from itertools import count

import pytest

pytest.importorskip("cosmic_ray")

from benchmarks import mutants, mutants_reach, mutants_sample
from benchmarks.mutants_reach import Fate
from benchmarks.mutants_sample import CHECKOUT, Mutant

pytestmark = pytest.mark.slow


def test_a_mutant_is_a_module_with_one_other_line():
    for one in mutants_sample.sampled(20, 3, ["decisions"]):
        original = (CHECKOUT / one.module).read_text(encoding="utf-8").splitlines()
        mutated = one.text.splitlines()
        ast.parse(one.text)

        assert one.before != one.after
        assert len(original) == len(mutated)
        assert [
            n for n, pair in enumerate(zip(original, mutated, strict=True), 1) if len(set(pair)) > 1
        ] == [one.line]


def test_mutants_are_the_same_for_the_same_seed():
    first, again, other = (mutants_sample.sampled(9, seed, ["decisions"]) for seed in (1, 1, 2))

    assert first == again != other


def test_the_tests_of_every_area_are_there():
    for area, patterns in mutants_reach.AREAS.items():
        assert (CHECKOUT / "tagnorm" / area).is_dir()
        for pattern in patterns:
            assert list((CHECKOUT / "tests").glob(f"{pattern}.py")), pattern


def test_a_constant_that_only_bounds_work_is_there_and_not_mutated():
    for module, names in mutants_sample.bounds().items():
        path = CHECKOUT / module
        lines = {at for span in mutants_sample._bounding(path) for at in range(*span)} | {
            last for _, last in mutants_sample._bounding(path)
        }
        assigned = {
            target.id: node.lineno
            for node in ast.parse(path.read_text(encoding="utf-8")).body
            if isinstance(node, ast.Assign | ast.AnnAssign)
            for target in ast.walk(node)
            if isinstance(target, ast.Name) and isinstance(target.ctx, ast.Store)
        }
        assert names <= assigned.keys()
        assert {assigned[name] for name in names} <= lines


def test_each_mutant_without_effect_and_each_bound_has_a_reason():
    names = ("mutants_without_effect.tsv", "mutants_bounds.tsv")
    for row in (row for name in names for row in mutants_sample._rows(name)):
        assert len(row[-1].split()) >= 2
        assert (CHECKOUT / row[0]).is_file()


def test_each_mutant_without_effect_is_one_of_a_line_that_stands_there():
    for module, before, after in mutants_sample.explained():
        lines = (CHECKOUT / module).read_text(encoding="utf-8").splitlines()
        assert before in map(str.strip, lines), f"{module}: {before}"
        assert before != after


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a if a < b else b", "a if a <= b else b", True),
        ("a[0] if a[0] < b else b", "a[0] if a[0] <= b else b", True),
        ("a if a < b else c", "a if a <= b else c", False),
        ("b if a < b else a", "b if a <= b else a", False),
        ("a < b", "a <= b", False),
        ("a[0] if len(a) == 1 else b", "a[-1] if len(a) == 1 else b", True),
        ("a[0] if len(a) == 2 else b", "a[-1] if len(a) == 2 else b", False),
        ("a[0] if len(b) == 1 else b", "a[-1] if len(b) == 1 else b", False),
        ("len(a) == 1 and a[0].b", "len(a) == 1 and a[-1].b", True),
        ("len(a) > 1 or a[0].b", "len(a) > 1 or a[-1].b", True),
        ("len(a) > 1 and a[0].b", "len(a) > 1 and a[-1].b", False),
        ("zip(a, b, strict=True)", "zip(a, b, strict=False)", True),
        ("sort(a, strict=True)", "sort(a, strict=False)", False),
    ],
)
def test_what_is_the_same_by_its_form_is_no_mutant(one, other, same):
    assert (mutants_sample._plain(f"x = {one}") == mutants_sample._plain(f"x = {other}")) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("if a < b: b = a", "if a <= b: b = a", True),
        ("if a > b.c: b.c = a", "if a >= b.c: b.c = a", True),
        ("if a < b and c: b = a", "if a <= b and c: b = a", True),
        ("if a < b or c: b = a", "if a <= b or c: b = a", False),
        ("if a < b: b = c", "if a <= b: b = c", False),
        ("if a < b: b = a; c = 1", "if a <= b: b = a; c = 1", False),
        ("if len(a) == 1: b = a[0]", "if len(a) == 1: b = a[-1]", True),
        ("if len(a) == 1: c(); b = a[0]", "if len(a) == 1: c(); b = a[-1]", False),
    ],
)
def test_a_statement_that_is_the_same_by_its_form_is_no_mutant(one, other, same):
    assert (mutants_sample._plain(one) == mutants_sample._plain(other)) is same


def test_a_mutant_can_be_seen_from_its_statement_or_from_all_that_uses_it():
    source = (
        "LEAST = 3\n"  # 1
        "class A:\n"
        "    at = 0\n"
        "    @property\n"
        "    def b(self, c=1):\n"  # 5
        "        if (\n"
        "            c\n"
        "        ):\n"
        "            c = [\n"
        "                1,\n"  # 10
        "            ]\n"
        "        for d in c:\n"
        "            print(d)\n"
    )
    whole, of_class, of_function = (1, 13), (2, 13), (4, 13)

    assert [mutants_sample._reach(source, line) for line in range(1, 14)] == [
        *(whole, of_class, of_class, of_function, of_function),
        *[(6, 8)] * 3,
        *[(9, 11)] * 3,
        *((12, 12), (13, 13)),
    ]


def checkout(path, tests):
    """A package of one module that halves, and its tests."""
    for name in ("tests", "tagnorm/decisions", "benchmarks"):
        (path / name).mkdir(parents=True)
    for name in ("tagnorm", "tagnorm/decisions", "benchmarks"):
        (path / name / "__init__.py").touch()
    shutil.copy(CHECKOUT / "pyproject.toml", path)
    shutil.copy(CHECKOUT / "benchmarks" / "mutants_contexts.py", path / "benchmarks")
    shutil.copy(CHECKOUT / "tests" / "conftest.py", path / "tests")
    code = "def half(x):\n    if x > 9:\n        return 9\n    return x / 2\n"
    (path / "tagnorm" / "decisions" / "some.py").write_text(code)
    (path / "tests" / "test_some.py").write_text(tests)
    return code


TESTS = """\
import subprocess, sys
import pytest
from hypothesis import given, strategies as st
from tagnorm.decisions.some import half

@pytest.mark.parametrize('x', [2, 4])
def test_low(x):
    assert half(x) < x

class TestHigh:
    def test_high(self):
        assert half(10) == 9

@given(st.integers(1, 5))
def test_law(x):
    assert half(x) < x

def test_command():
    code = 'from tagnorm.decisions.some import half; print(half(20))'
    ran = subprocess.run([sys.executable, '-c', code], check=True, capture_output=True)
    assert ran.stdout.strip() == b'9'

@pytest.mark.slow
def test_slow():
    assert half(0) == 0
"""
LOW, HIGH, LAW, COMMAND, SLOW = (
    f"tests/test_some.py::{name}"
    for name in ("test_low", "TestHigh::test_high", "test_law", "test_command", "test_slow")
)


def test_the_tests_that_reach_a_line_are_found_also_by_commands_and_laws(tmp_path, monkeypatch):
    code = checkout(tmp_path, TESTS)
    monkeypatch.setitem(mutants_reach.AREAS, "decisions", ("test_some",))
    monkeypatch.setenv("PYTEST_ADDOPTS", "-n 2")  # whose workers nothing measures
    reach = mutants_reach.Reach.of(tmp_path, "decisions")

    def mutant(at, before, after):
        text = code.replace(before, after)
        span = mutants_sample._reach(code, at)
        return Mutant("decisions", "tagnorm/decisions/some.py", "", "", "", at, text, span)

    everything = {LOW, HIGH, LAW, COMMAND}
    for line, expected in ((1, everything), (2, everything), (3, {HIGH, COMMAND}), (4, {LOW, LAW})):
        assert set(reach.tests(mutant(line, "", ""))) == expected
    assert reach.others == [SLOW]

    def fate(*args, quick=True):
        return mutants_reach.tried(tmp_path, mutant(*args), reach, quick=quick)

    assert fate(3, "9\n    ", "8\n    ").name == "killed"
    assert fate(2, "> 9", ">= 9") == Fate("alive")
    assert fate(2, "x > 9", "x > 9 or not x") == Fate("alive")
    assert fate(2, "x > 9", "x > 9 or not x", quick=False) == Fate("killed", SLOW)
    assert (tmp_path / "tagnorm" / "decisions" / "some.py").read_text() == code


def test_what_does_not_end_is_killed(tmp_path):
    checkout(tmp_path, "def test_it():\n    while True:\n        pass\n")

    assert mutants_reach._failing(tmp_path, ["tests/test_some.py"], 3) == "time"


def test_a_run_goes_on_where_it_was_stopped(tmp_path):
    results = tmp_path / "some.tsv"
    dead, alive, torn = mutants_sample.sampled(3, 5, ["decisions"])
    mutants._keep(results, dead, Fate("killed", "tests/test_some.py::test_it"))
    mutants._keep(results, alive, Fate("alive"))
    mutants._keep(results, torn, Fate("alive"))
    *whole, last = results.read_text().splitlines(keepends=True)
    results.write_text("".join(whole) + last.rpartition("\t")[0])
    killed = {mutants._key(dead): Fate("killed", "tests/test_some.py::test_it")}

    assert mutants._known(results, again=False) == killed | {mutants._key(alive): Fate("alive")}
    assert mutants._known(results, again=True) == killed
    assert mutants._known(tmp_path / "none.tsv", again=False) == {}


def test_a_run_of_known_fates_prints_the_score_and_fails_below_the_least(tmp_path, capsys):
    parser = argparse.ArgumentParser()
    mutants.arguments(parser)
    results = str(tmp_path / "some.tsv")
    samples = ((n, mutants_sample.sampled(4, n, ["decisions"])) for n in count())
    # Which mutants a seed draws changes with the code; those that are explained are not counted.
    explained = mutants_sample.explained()
    seed, drawn = next(
        (n, some) for n, some in samples if not any(one.name in explained for one in some)
    )
    argv = ["--area", "decisions", "--each", "4", "--seed", str(seed), "--results", results]
    fates = [Fate("alive"), *[Fate("killed", "tests/test_some.py::test_it")] * 3]
    for one, fate in zip(drawn, fates, strict=True):
        mutants._keep(tmp_path / "some.tsv", one, fate)

    assert mutants.run(parser.parse_args(argv)) == 1
    assert mutants.run(parser.parse_args([*argv, "--least", "0.75"])) == 0
    assert "75.0" in capsys.readouterr().out
