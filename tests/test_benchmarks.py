"""The measurements measure what they say: timing, judging, the peers' wrappers, the guard."""

from __future__ import annotations

import argparse
import gc
import json
import random
import re
import statistics
from functools import lru_cache
from string import ascii_uppercase
from types import ModuleType

import pytest

pytest.importorskip("ahocorasick")
pytest.importorskip("scipy")
pytest.importorskip("symspellpy")
pytest.importorskip("wordninja")
pytest.importorskip("wordsegment")

from benchmarks import __main__ as command
from benchmarks import accuracy, children, cover, guard, peers, startup, tags
from benchmarks.column_files import fields, write
from benchmarks.reliability import (
    Answered,
    bins,
    calibration_error,
    chance_error,
    coverage,
    diagram,
)
from benchmarks.table import table
from benchmarks.timing import interleaved
from benchmarks.training.gold import CLASSES, Labelled, labelled, raw_tags
from benchmarks.training.lexicon import Lexicon, commonness
from benchmarks.training.verdicts import Verdict, confusions, judged
from tagnorm import Code, Normalizer, Taxonomy
from tagnorm.engine.edits.grammar import EDITS, edited
from tagnorm.engine.edits.table import LONGEST_WRITTEN

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return Taxonomy.load()


@pytest.fixture(scope="module")
def lexicon(taxonomy: Taxonomy) -> Lexicon:
    return Lexicon.of(taxonomy)


@pytest.fixture(scope="module")
def contestants(lexicon: Lexicon) -> dict[str, peers.Contestant]:
    return {peer.name: peer for peer in peers.peers(lexicon)}


# What `lru_cache` makes of a function.
_Cached = type(lru_cache(len))


def reachable(root: object) -> int:
    """How many objects the collector finds from an object on; modules and classes left out, and
    functions with a bounded cache, which all normalizers share."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        one = waiting.pop()
        if id(one) in seen or isinstance(one, type | ModuleType):
            continue
        if isinstance(one, _Cached) and one.cache_parameters()["maxsize"] is not None:
            continue
        seen.add(id(one))
        waiting.extend(gc.get_referents(one))
    return len(seen)


def test_the_list_has_1705_distinct_strings():
    assert len(raw_tags()) == len(set(raw_tags())) == 1705


def test_the_labelled_strings_are_of_the_list_and_of_known_classes():
    assert {one.raw for one in labelled()} <= set(raw_tags())
    assert {one.kind for one in labelled()} == set(CLASSES)


@pytest.mark.parametrize(
    ("tags", "accepted", "false", "missed"),
    [
        (("EIND", "ETRD"), True, [], []),
        (("EIND",), True, [], []),
        (("ETRD", "EIND"), False, [], []),
        ((), False, [], ["EIND", "ETRD"]),
        (("EIND", "ETRD", "RD"), False, ["RD"], []),
        (("EIND", "EIND"), False, ["EIND"], ["ETRD"]),
    ],
)
def test_an_answer_is_right_as_a_whole_or_not_at_all(tags, accepted, false, missed):
    one = Labelled("EINDQTRD", "mixed", ("EIND", "ETRD"), (("EIND",),), 3)

    assert one.accepts(tags) is accepted
    assert one.false_tags(tags) == false
    assert one.missed_tags(tags) == missed


def test_a_score_counts_by_class_and_false_tags_only_where_no_tag_is_meant():
    strings = [
        Labelled("PREL", "canonical", ("PREL",)),
        Labelled("PELOSI", "name", ()),
        Labelled("MEETINGS", "term", (), (("OVIP",),)),
        Labelled("EUC", "unknown", ()),
    ]
    answers = {"PREL": ("PGOV",), "PELOSI": ("PE", "LO", "SI"), "MEETINGS": ("OVIP",), "EUC": ()}

    score = tags.score(answers.__getitem__, strings)

    assert score.exact == {"term": 1, "unknown": 1, "all": 2}
    assert score.strings["all"] == 4
    assert score.false_share == pytest.approx(1 / 3)


def test_every_contestant_is_called_once_a_round_and_once_before():
    calls: list[str] = []

    times = interleaved({"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}, rounds=3)

    assert (calls.count("a"), calls.count("b")) == (4, 4)
    assert all(len(timing.rounds) == 3 and timing.median > 0 for timing in times.values())


def test_the_collector_is_off_while_a_call_is_timed_and_on_afterwards():
    states: list[bool] = []

    interleaved({"a": lambda: states.append(gc.isenabled())}, rounds=2)

    assert not any(states)
    assert gc.isenabled()


def fill_tables(reader):
    """Make what is made of the forms when they, or a word of their length, first come up."""
    for form in reader._model.entries:
        reader._best.segmenter.edges._edge(form)
        reader.answer_of_entry(form, form)
    index = reader._model.edits
    near = index.near
    for length in list(near._by_length):
        near._without_a_letter(length, "")
        near._may_be_near("?" * length, length)
    for form in index._forms:
        for word in {word for how in EDITS for word in edited(form, how, index._families)}:
            if len(word) <= LONGEST_WRITTEN:
                index.written_candidates(word)
                index.written_joined(word)
    # Known words are held by first letter.
    assert all(letter not in reader._model.words for letter in ascii_uppercase)
    # What a word that some edit makes of a short code surely is is noted when it comes up.
    for raw in raw_tags():
        reader._best.word(raw, "keep")


def test_a_normalizer_keeps_no_answers_from_one_round_to_the_next():
    normalizer = Normalizer()
    mine, _ = peers.ours(normalizer)
    # after strings of all lengths the tables that are made on first use are there
    longest = max(map(len, raw_tags()))
    for raw in ["X" * length for length in range(1, longest + 2)] + list(raw_tags()[::2]):
        normalizer.resolve(raw)
        normalizer.split(raw)
    fill_tables(normalizer._engine.reader)
    mine.forget()
    before = reachable(normalizer)

    others = raw_tags()[1::2]
    for raw in others:
        normalizer.resolve(raw)
        normalizer.split(raw)
    mine.forget()

    # Some look-ups remember beginnings of words, which are few.
    assert reachable(normalizer) - before < len(others) / 4


def test_every_peer_knows_all_codes_and_aliases_as_they_are_written(lexicon, contestants):
    sample = list(lexicon.tags.items())[::37]

    for peer in contestants.values():
        assert [peer.answer(form) for form, _ in sample] == [(tag,) for _, tag in sample]


@pytest.mark.parametrize(
    "name",
    [
        "wordninja",
        "wordsegment",
        "symspellpy segmentation, 0 edits",
        "pyahocorasick and a cover",
        "regex alternation",
        "one-edit forms and a cover",
    ],
)
def test_a_peer_that_segments_splits_codes_run_together(contestants, name):
    assert contestants[name].answer("PGOVPRELMARRMOPS") == ("PGOV", "PREL", "MARR", "MOPS")


@pytest.mark.parametrize(
    "name",
    [
        "symspellpy segmentation, 1 edit",
        "symspellpy lookup_compound, 1 edit",
        "rapidfuzz extractOne, ratio",
        "rapidfuzz extractOne, OSA",
        "one-edit forms and a cover",
    ],
)
def test_a_peer_that_corrects_finds_the_code_behind_an_edit(contestants, name):
    assert contestants[name].answer("PGOVV") == ("PGOV",)


def test_the_cover_finds_the_cheapest_chain_that_explains_every_letter():
    lexicon = Lexicon(
        {form: form for form in ("PREL", "PR", "EL", "PGOV")},
        {"PREL": 10, "PR": 10, "EL": 10, "PGOV": 10},
    )
    cut = cover.ahocorasick_cover(lexicon)

    assert list(cut("PRELPGOV")) == ["PREL", "PGOV"]
    assert list(cut("ELPR")) == ["EL", "PR"]
    assert not set(cut("PRELX")) <= set(lexicon.tags)


def test_commonness_never_falls_below_a_tenth_of_the_average():
    common = commonness([Code("AAAA", frequency=100), Code("BBBB"), Code("CCCC", position=2)])

    assert common == pytest.approx({"AAAA": 100, "BBBB": 3.5, "CCCC": 5})


def test_bins_hold_every_answer_and_the_error_is_the_gap_between_said_and_right():
    answers = [
        Answered(1.0, True),
        Answered(0.95, True),
        Answered(0.95, False),
        Answered(0.0, False),
    ]

    assert sum(one.answers for one in bins(answers)) == 4
    assert calibration_error(answers) == pytest.approx(3 / 4 * (2.9 / 3 - 2 / 3))
    assert coverage(answers, 0.95) == (0.75, pytest.approx(2 / 3))


def test_a_diagram_has_a_row_for_each_bin():
    shown = diagram([Answered(0.55, True)], "Title").splitlines()

    assert len(shown) == 3 + 10
    title = "Title: expected calibration error 45.0% (by chance 49.6%, at most 55.0%)"
    assert shown[0] == title


@pytest.mark.parametrize("seed", range(5))
def test_what_chance_alone_makes_of_true_confidences_is_rarely_above_the_bound(seed):
    draw = random.Random(seed)
    sure = [draw.choice((0.3, 0.65, 0.9, 0.99)) for _ in range(200)]
    errors = []
    for _ in range(300):
        errors.append(calibration_error([Answered(one, draw.random() < one) for one in sure]))
    chance = chance_error([Answered(one, True) for one in sure])

    assert statistics.fmean(errors) == pytest.approx(chance.mean, rel=0.1)
    assert 0.9 <= sum(one <= chance.bound for one in errors) / len(errors) <= 0.99


def test_the_error_by_chance_of_one_bin_is_that_of_the_binomial():
    sure = [Answered(0.75, True)] * 100

    # the mean distance of a binomial from its mean: nearly sqrt(2 / pi) standard deviations
    assert chance_error(sure).mean == pytest.approx(0.0433 * 0.798, rel=0.1)
    assert chance_error(sure).bound == pytest.approx(0.0433 * 1.96, rel=0.15)
    assert chance_error([]) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("raw", "kind", "fault"),
    [
        ("KPIR", "one edit, tie", "other codes"),
        ("PRELKPIR", "join+edit, tie", "other codes"),
        ("NATCH", "lone edit", "left alone"),
        ("PREI", "one edit, tie", "tie"),
        ("PREI", "one edit", "error"),
    ],
)
def test_a_wrong_answer_has_a_fault(raw, kind, fault):
    one = Labelled(raw, kind, ("KIPR",))

    assert Verdict(one, Normalizer().resolve(raw)).fault == fault


def test_near_codes_are_confused_only_where_one_stands_for_one():
    normalizer = Normalizer()
    answer = normalizer.resolve("PREL")
    strings = [
        Labelled("PREL", "misspelled", ("PREF",)),
        Labelled("PREL", "misspelled", ("PREF", "PGOV")),
        Labelled("PREL", "canonical", ("PREL",)),
    ]

    found = confusions([Verdict(one, answer) for one in strings])

    assert found == {("PREF", "PREL"): 1}


def test_the_truth_among_the_alternatives_is_known():
    (verdict,) = judged(Normalizer(), [Labelled("PRE", "ambiguous", ("PREF",))])

    assert verdict.known is any(
        found == ("PREF",)
        for found in (verdict.answer.tags, *(a.tags for a in verdict.answer.alternatives))
    )


def test_the_baseline_names_ratios_that_the_guard_measures():
    baselines = json.loads(guard._BASELINE.read_text(encoding="utf-8"))
    measured = set(guard.ratios(rounds=1, file_rounds=1, rows=500))

    assert {build: set(ratios) for build, ratios in baselines.items()} == {
        "pure Python": measured,
        "compiled": measured,
    }


@pytest.mark.parametrize(("now", "exit_code"), [(0.81, 0), (0.79, 1)])
def test_the_guard_fails_when_a_ratio_fell_by_more_than_a_fifth(
    monkeypatch, tmp_path, capsys, now, exit_code
):
    baseline = tmp_path / "baseline.json"
    baseline.write_text(f'{{"{tags.build_name()}": {{"ours / theirs": 1.0}}}}', encoding="utf-8")
    monkeypatch.setattr(guard, "_BASELINE", baseline)
    monkeypatch.setattr(guard, "ratios", lambda *rounds: {"ours / theirs": now})

    assert command.main(["guard"]) == exit_code
    assert ("FELL" in capsys.readouterr().out) is bool(exit_code)


def test_columns_of_several_sizes_are_the_beginnings_of_the_largest(tmp_path):
    write(tmp_path, 3, [20, 200])

    small, large = ((tmp_path / f"rows_{n}.csv").read_text().splitlines() for n in (20, 200))

    assert (len(small), len(large)) == (21, 201)
    assert large[:21] == small


def test_fields_of_a_column_repeat_and_some_are_empty(taxonomy):
    rows = list(fields(taxonomy, 0, 5000))

    assert 0.30 < len(set(rows)) / len(rows) < 0.45
    assert 0.03 < rows.count("") / len(rows) < 0.07


def test_fields_hold_strings_of_the_list_where_that_is_asked(taxonomy):
    rows = set(fields(taxonomy, 0, 3000, listed=True)) - {""}
    codes = {code.tag for code in taxonomy}
    # Codes have slashes, too.
    parted = [re.split(r"[,; ]+", row) for row in rows if "/" not in row]

    assert {part for row in parted for part in row} <= {*raw_tags(), *codes}
    assert sum(not codes.issuperset(row) for row in parted) > len(parted) / 2


def test_a_child_is_measured_from_its_start_to_its_end():
    child = children.measure(["-c", "held = bytearray(60_000_000)"])

    assert child.failure == ""
    assert child.seconds > 0
    assert child.processor > 0
    assert child.megabytes > 57


def test_a_child_that_fails_says_why():
    assert children.measure(["-c", "raise SystemExit('no file')"]).failure == "exit 1: no file"


def test_the_floors_split_the_same_file_alike(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    write(tmp_path, 3, [50])
    found = []
    for name in ("polars", "pyarrow"):
        out = tmp_path / f"{name}.parquet"
        argv = ["-m", "benchmarks.column_programs", name, str(tmp_path / "rows_50.csv"), str(out)]
        assert children.measure(argv).failure == ""
        found.append(parquet.read_table(out)["tags"].to_pylist())

    # an empty field is nothing to Polars and one empty piece to PyArrow
    assert [tags or [""] for tags in found[0]] == found[1]
    assert ["PREL" in tags for tags in found[1]].count(True) > 0


def test_startup_measures_every_program_in_fresh_interpreters():
    starts = startup.measure(rounds=1)

    assert set(starts) == set(startup._PROGRAMS)
    assert all(one.megabytes[0] > 1 for one in starts.values())


def test_startup_measures_two_passes_over_the_tag_list():
    first, second = startup.passes(rounds=1)

    assert 0 < first < second


def test_a_command_of_its_own_name_is_run_and_tags_without_one(monkeypatch, capsys):
    ran: list[str] = []
    monkeypatch.setattr(tags, "run", lambda options: ran.append("tags"))

    assert command.main([]) == 0
    assert command.main(["tags", "--rounds", "1"]) == 0
    assert ran == ["tags", "tags"]


def test_the_brief_table_has_a_line_for_each_contestant(capsys, monkeypatch, contestants):
    few = [contestants[name] for name in ("wordninja", "regex alternation")]
    monkeypatch.setattr(tags, "peers", lambda lexicon: few)

    assert command.main(["tags", "--brief", "--rounds", "1"]) == 0

    lines = capsys.readouterr().out.splitlines()
    names = [line[:20].rstrip() for line in lines if "." in line[20:]]
    assert names == ["tagnorm split", "tagnorm resolve", "wordninja", "regex alternation"]


def test_the_damage_command_prints_rates_and_samples(capsys):
    assert command.main(["damage", "--samples", "2"]) == 0

    shown = capsys.readouterr().out
    assert "Misspelled codes by edit" in shown
    assert "companion_last" in shown


def test_the_accuracy_command_writes_its_figures(tmp_path, capsys):
    path = tmp_path / "figures.json"

    assert command.main(["accuracy", "--no-peers", "--strings", "20", "--json", str(path)]) == 0

    figures = json.loads(path.read_text(encoding="utf-8"))
    assert figures["labelled strings"]["by class"]["all"]["strings"] == 999
    assert figures["synthetic damage"]["by class"]["all"]["strings"] == 100
    assert "Reliability, synthetic damage" in capsys.readouterr().out


def test_a_table_is_aligned():
    assert table(["a", "b"], [["long", 1]]).splitlines() == ["a     b", "----  -", "long  1"]


def test_accuracy_measures_on_damage_that_the_tables_were_not_learnt_on():
    parser = argparse.ArgumentParser()
    accuracy.arguments(parser)

    assert parser.parse_args([]).seed not in accuracy._learnt_seeds()
