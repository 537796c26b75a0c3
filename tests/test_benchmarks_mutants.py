"""Mutants are small, drawn by seed, and tried on tests that really run."""

from __future__ import annotations

import ast
import shutil

import pytest

pytest.importorskip("cosmic_ray")

from benchmarks import mutants

pytestmark = pytest.mark.slow


def test_a_mutant_is_a_module_with_one_other_line():
    for one in mutants.sampled(20, 3, ["decisions"]):
        original = (mutants._CHECKOUT / one.module).read_text(encoding="utf-8").splitlines()
        mutated = one.text.splitlines()
        ast.parse(one.text)

        assert one.before != one.after
        assert len(original) == len(mutated)
        assert [
            n for n, pair in enumerate(zip(original, mutated, strict=True), 1) if len(set(pair)) > 1
        ] == [one.line]


def test_mutants_are_the_same_for_the_same_seed():
    first, again, other = (mutants.sampled(9, seed, ["decisions"]) for seed in (1, 1, 2))

    assert first == again != other


def test_the_tests_of_every_area_are_there():
    for area, patterns in mutants.AREAS.items():
        assert (mutants._CHECKOUT / "tagnorm" / area).is_dir()
        for pattern in patterns:
            assert list((mutants._CHECKOUT / "tests").glob(f"{pattern}.py"))


def test_the_statement_of_a_line_is_the_whole_of_it_and_of_a_block_the_head():
    source = "if (\n    a\n    and b\n):\n    c = [\n        1,\n    ]\nd = 2\n"

    assert [mutants._statement(source, line) for line in range(1, 9)] == [
        *[(1, 4)] * 4,
        *[(5, 7)] * 3,
        (8, 8),
    ]


def test_the_tests_that_reach_a_line_are_found(tmp_path, monkeypatch):
    for name in ("tests", "tagnorm/decisions"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("tagnorm", "tagnorm/decisions"):
        (tmp_path / name / "__init__.py").touch()
    shutil.copy(mutants._CHECKOUT / "pyproject.toml", tmp_path)
    code = "def half(x):\n    if x > 9:\n        return 9\n    return x / 2\n"
    (tmp_path / "tagnorm" / "decisions" / "some.py").write_text(code)
    (tmp_path / "tests" / "test_some.py").write_text(
        "import pytest\nfrom tagnorm.decisions.some import half\n\n"
        "@pytest.mark.parametrize('x', [2, 4])\ndef test_low(x):\n    assert half(x) < x\n\n"
        "class TestHigh:\n    def test_high(self):\n        assert half(10) == 9\n"
    )
    monkeypatch.setitem(mutants.AREAS, "decisions", ("test_some",))
    monkeypatch.setenv("PYTEST_ADDOPTS", "-n 2")  # whose workers nothing measures
    reached = mutants.Reached.of(tmp_path, "decisions")

    low, high = "tests/test_some.py::test_low", "tests/test_some.py::TestHigh::test_high"
    for line, expected in ((2, {low, high}), (3, {high}), (4, {low})):
        one = mutants.Mutant(
            "decisions", "tagnorm/decisions/some.py", "", "", "", line, "", (line, line)
        )
        assert set(reached.tests(one)) == expected


@pytest.mark.parametrize(("body", "fails"), [("assert 1 == 1", False), ("assert 1 == 2", True)])
def test_a_failing_test_kills(tmp_path, body, fails):
    (tmp_path / "tests").mkdir()
    shutil.copy(mutants._CHECKOUT / "pyproject.toml", tmp_path)
    (tmp_path / "tests" / "test_one.py").write_text(f"def test_one():\n    {body}\n")

    assert mutants._fails(tmp_path, ["tests/test_one.py"], 60) is fails
    assert mutants._fails(tmp_path, ["tests/test_one.py"], 0.01) is True
