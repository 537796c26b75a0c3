"""Two versions are compared on every string, and what differs is counted by kind."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks import __main__ as command
from benchmarks import same
from benchmarks.sample import samples
from tagnorm import Taxonomy

pytestmark = pytest.mark.slow

CHECKOUT = Path(__file__).parents[1]


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A checkout whose answers are less sure, and nothing else."""
    for name in ("tagnorm", "taxonomy"):
        shutil.copytree(CHECKOUT / name, tmp_path / name)
    table = tmp_path / "taxonomy" / "confidence.tsv"
    text = table.read_text(encoding="utf-8")
    assert "ceiling\t0.996\t" in text
    table.write_text(text.replace("ceiling\t0.996\t", "ceiling\t0.9\t"), encoding="utf-8")
    return tmp_path


def test_the_strings_are_more_than_seventy_thousand_and_each_stands_once():
    groups = samples(Taxonomy.load())
    strings = [raw for group in groups.values() for raw in group]

    assert len(strings) == len(set(strings)) > 70_000


def test_a_version_answers_as_itself(capsys):
    assert command.main(["same", str(CHECKOUT), "--share", "0.001"]) == 0
    assert "all" in capsys.readouterr().out


def test_another_confidence_is_a_difference_of_confidence_alone(other, tmp_path, capsys):
    found = tmp_path / "found.tsv"
    words = ["same", str(CHECKOUT), str(other), "--share", "0.02", "--only", "list"]

    assert command.main([*words, "-o", str(found)]) == 1

    rows = [line.split("\t") for line in found.read_text(encoding="utf-8").splitlines()[1:]]
    assert rows
    assert {kind for _, _, kind, _, _ in rows} <= {
        "confidence",
        "alternatives",
        "resolve_column",
        "split, 0.9",
    }
    assert "differ" in capsys.readouterr().out


def test_what_is_no_version_is_refused(tmp_path):
    with pytest.raises(ValueError, match="no Python interpreter, no wheel and no checkout"):
        same.version(str(tmp_path / "nothing"), tmp_path)
