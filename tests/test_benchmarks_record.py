"""The record of TAGS as it is measured: what the lines say, and what counts as harm."""

from __future__ import annotations

import json

import pytest

from benchmarks import __main__ as command
from benchmarks import record
from benchmarks.training.gold import punctuated
from tagnorm import Code

pytestmark = pytest.mark.slow


def test_the_lines_have_codes_persons_and_labels():
    lines = record.lines()

    assert len(lines) == 60
    assert sum(bool(line.persons) for line in lines) >= 8
    assert all(line.header.startswith(("TAGS:", "TAG:")) for line in lines)
    assert not any("TAG" in line.field for line in lines)
    assert {line.raw: line.persons for line in lines}["OVIP (KISSINGER, HENRY A.)"] == (
        "KISSINGER, HENRY A",
    )


def test_the_codes_of_1974_are_of_three_kinds_and_stand_once():
    codes = record.codes_1974()

    assert len(codes) == len(set(codes)) > 450
    assert {kind for _, kind in codes} == {"subject", "geographic", "organization"}


def test_the_punctuated_strings_are_labelled_as_those_of_the_list():
    assert len(punctuated()) == 106
    assert {one.kind for one in punctuated()} == {"term", "name", "field"}


@pytest.mark.parametrize(
    ("years", "era", "expected"),
    [
        ((None, None), "1973-1979", True),
        ((1973, 1979), "2003-2010", False),
        ((1973, 2003), "2003-2010", True),
        ((1980, None), "1973-1979", False),
        ((1979, None), "1973-1979", True),
    ],
)
def test_a_code_is_in_use_from_its_first_year_to_its_last(years, era, expected):
    start, end = years

    assert record.in_use(Code("ABCD", start=start, end=end), era) is expected


def test_the_command_prints_every_set_and_writes_its_figures(tmp_path, capsys):
    path = tmp_path / "figures.json"

    assert command.main(["record", "--strings", "5", "--show", "1", "--json", str(path)]) == 0

    figures = json.loads(path.read_text(encoding="utf-8"))
    assert figures["2003-2010, tag list"]["all"]["strings"] == 999
    assert figures["no era, lines in cables"]["all"]["strings"] == 60
    assert all(0 <= one["exact"] <= 1 for kinds in figures.values() for one in kinds.values())
    shown = capsys.readouterr().out
    assert "lines in cables, persons" in shown
    assert "1973-1979" in shown
