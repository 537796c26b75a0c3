"""Other vocabularies: their strings say what was meant, and brute force finds what is left open."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("faker")
pytest.importorskip("pycountry")
pytest.importorskip("symspellpy")
pytest.importorskip("wordninja")

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from benchmarks import __main__ as command
from benchmarks.vocabularies.near import Near
from benchmarks.vocabularies.peers import PEERS
from benchmarks.vocabularies.sources import SOURCES, Entry, taxonomy_of
from benchmarks.vocabularies.strings import KINDS, Strings

pytestmark = pytest.mark.slow

TAGS = ["jazz", "jaz", "folk", "blues", "C++", "R&B", "drum and bass", "cs.AI", "cs.LG", "cs"]
WORDS = ["father", "monday", "jazy", "parliament"]


@given(st.text("jazflkcs.+", max_size=6))
def test_the_codes_within_one_edit_are_all_and_only_those(text):
    expected = {tag for tag in TAGS if OSA.distance(text, tag.lower()) <= 1}

    assert Near(TAGS).within_one(text) == expected


@given(st.lists(st.sampled_from(TAGS), min_size=1, max_size=3), st.integers(0, 30), st.booleans())
def test_what_a_run_was_made_of_is_among_its_readings(tags, at, dropped):
    run = "".join(tags)
    raw = run[:at] + run[at + 1 :] if dropped else run[:at] + "x" + run[at:]

    found = Near(TAGS).readings(raw, len(tags))

    assert tuple(tags) in found
    assert all(OSA.distance(raw.lower(), "".join(one).lower()) <= 1 for one in found)


def test_readings_are_those_with_no_more_codes_and_one_edit():
    assert Near(["AB", "CD", "ABCX"]).readings("abcd", 2) == {("AB", "CD"), ("ABCX",)}
    assert Near(["AB", "CD", "EF"]).readings("abcdef", 2) == set()


@pytest.mark.parametrize("kind", KINDS)
def test_strings_are_the_same_for_the_same_seed_and_distinct(kind):
    first, again, other = (
        [one.raw for one in Strings(TAGS, WORDS, seed).of(kind, 10)] for seed in (1, 1, 2)
    )

    assert first == again != other
    assert len(set(first)) == len(first) > 1


def test_an_edit_leaves_one_code_near_and_a_word_none():
    strings = Strings(TAGS, WORDS)

    assert all(strings.near.within_one(one.raw) == set(one.truth) for one in strings.of("edit", 50))
    assert not any("jazy" in one.raw for one in strings.of("word", 50))


def test_a_join_with_another_reading_is_open():
    strings = Strings(["abc", "def1", "abcd", "ef1"], WORDS)
    opened = {one.raw: one.open for one in strings.of("joined", 50)}

    assert opened["abcdef1"] is True
    assert opened["def1abc"] is False


def test_every_peer_reads_codes_as_written_and_in_lists():
    entries = [Entry(tag) for tag in TAGS]

    for make in PEERS.values():
        answer = make(entries)
        assert [answer(tag) for tag in TAGS] == [(tag,) for tag in TAGS]
        assert answer("R&B; drum and bass") == ("R&B", "drum and bass")


def test_a_vocabulary_holds_the_codes_of_its_package():
    entries = SOURCES["currencies"].entries()

    assert len(entries) > 150
    assert len(taxonomy_of(entries)) == len(entries)
    assert "EUR" in taxonomy_of(entries)


def test_the_command_prints_and_writes_the_figures_of_ours_and_the_peers(tmp_path, capsys):
    path = tmp_path / "figures.json"
    words = ["vocabularies", "--only", "currencies", "--strings", "8", "--json", str(path)]

    assert command.main(words) == 0

    figures = json.loads(path.read_text(encoding="utf-8"))["currencies"]
    assert set(figures["tagnorm"]["kinds"]) == set(KINDS)
    assert figures["tagnorm"]["kinds"]["written"] | {"seconds": 0, "worst": []} == {
        "strings": 8,
        "exact": 8,
        "untied": 8,
        "wrong": 0,
        "seconds": 0,
        "worst": [],
    }
    assert figures["symspellpy"]["kinds"]["edit"]["exact"] == 8
    assert "untied" in capsys.readouterr().out
