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
    for area, stages in mutants.AREAS.items():
        assert (mutants._CHECKOUT / "tagnorm" / area).is_dir()
        for stage in stages:
            assert len(mutants._files(mutants._CHECKOUT, stage)) >= len(stage)


@pytest.mark.parametrize(("body", "fails"), [("assert 1 == 1", False), ("assert 1 == 2", True)])
def test_a_failing_test_kills(tmp_path, body, fails):
    (tmp_path / "tests").mkdir()
    shutil.copy(mutants._CHECKOUT / "pyproject.toml", tmp_path)
    (tmp_path / "tests" / "test_one.py").write_text(f"def test_one():\n    {body}\n")

    assert mutants._fails(tmp_path, ["tests/test_one.py"], 60) is fails
    assert mutants._fails(tmp_path, ["tests/test_one.py"], 0.01) is True
