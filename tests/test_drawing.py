"""The lattice drawn for Graphviz: what stands in it, and that the best path leads through."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from command_line import called_for_text
from hypothesis import given
from hypothesis import strategies as st

from tagnorm import Code, Taxonomy
from tagnorm.engine.model import Model
from tagnorm.engine.search.drawing import dot
from tagnorm.engine.search.nbest import readings

MODEL = Model(Taxonomy.load())
EDGE = re.compile(r'^  (\d+) -> (\d+) \[label="(.*?)"(, penwidth=3)?\];$', re.MULTILINE)


def edges(text: str) -> list[tuple[int, int, str, bool]]:
    return [(int(a), int(b), label, bool(bold)) for a, b, label, bold in EDGE.findall(text)]


def test_the_best_path_is_bold_and_its_prices_are_those_of_the_reading() -> None:
    bold = [edge for edge in edges(dot(MODEL, "PRELTBIOBA")) if edge[3]]
    prices = [float(label.partition("\\n")[2]) for _, _, label, _ in bold]

    assert [label.partition("\\n")[0] for _, _, label, _ in bold] == ["PREL", "TBIO", "BA"]
    assert sum(prices) == pytest.approx(readings(MODEL, "PRELTBIOBA", 1)[0].cost / 1000, abs=0.2)


def test_other_readings_are_there_and_are_named_with_their_prices() -> None:
    drawn = dot(MODEL, "KWHG")

    assert "KWBG (replace_inner)" in drawn
    assert "KGHG (replace_inner)" in drawn
    assert "KWHG (left alone)" in drawn
    assert re.search(r"KWBG: [\d.]+ nats\\lKGHG: [\d.]+ nats", drawn)


@given(st.text("PRELGOVKT", min_size=1, max_size=9))
def test_the_bold_edges_lead_from_the_first_letter_to_the_last(word: str) -> None:
    at = 0
    for start, end, _, _ in sorted(edge for edge in edges(dot(MODEL, word)) if edge[3]):
        assert start == at
        at = end

    assert at == len(word)


def test_quotes_of_a_vocabulary_are_escaped() -> None:
    drawn = dot(Model(Taxonomy((Code('SO"SO'), Code("JAZZ")))), "SOSO")

    assert 'SO\\"SO' in drawn


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_graphviz_draws_it() -> None:
    done = subprocess.run(
        ["dot", "-Tsvg"], input=dot(MODEL, "ECONPHMU").encode(), capture_output=True, check=True
    )

    assert b"PHUM (swap)" in done.stdout


def test_the_command_draws_each_word_of_a_string() -> None:
    pytest.importorskip("click")
    done = called_for_text("explain", "--dot", "ECONPHMU, KWHG")

    assert re.findall(r'^digraph "(\w+)"', done.stdout, re.MULTILINE) == ["ECONPHMU", "KWHG"]
