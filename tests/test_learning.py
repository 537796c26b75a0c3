"""What a column teaches: rates by expectation-maximisation, prices, confidence, files."""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from itertools import accumulate
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from tagnorm import Code, Normalizer, Taxonomy
from tagnorm.cli.group import group
from tagnorm.decisions.store import Decision, Decisions
from tagnorm.errors import FormatError, TaxonomyError
from tagnorm.learning.calibration import Judged, Line, fitted_line
from tagnorm.learning.column import KINDS, Observed, Way, observed
from tagnorm.learning.expectation import Rates, gain, maximised, weighed
from tagnorm.learning.prices import costs_of, general_rates, rates_of
from tagnorm.learning.simulation import simulated
from tagnorm.learning.trial import Change

GENRES = Taxonomy.of(
    ["AMBIENT", "BLUES", "CALYPSO", "DUBSTEP", "FLAMENCO", "GRUNGE", "KLEZMER", "TECHNO", "ZYDECO"]
)
NORMALIZER = Normalizer(GENRES)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def column(number: int, seed: int = 0) -> list[str]:
    """Genres of which a few make most: half as they are, others with a letter too many, or joined;
    some rows are no genre."""
    draw = random.Random(seed)
    tags = [code.tag for code in GENRES]
    upto = list(accumulate(1 / rank**2 for rank in range(1, len(tags) + 1)))
    found = []
    for _ in range(number):
        tag, other = draw.choices(tags, cum_weights=upto, k=2)
        chance = draw.random()
        if chance < 0.3:
            at = draw.randrange(1, len(tag))
            tag = tag[:at] + draw.choice(LETTERS) + tag[at:]
        elif chance < 0.4:
            tag += other
        elif chance < 0.5:
            tag = "".join(draw.choices("QXWVU", k=6))
        found.append(tag)
    return found


def test_words_of_a_column_come_with_the_ways_to_read_them():
    words = observed({"TECHNO; BLUESS": 2, "TECHNO": 1}, NORMALIZER.resolve)
    kinds: Counter[tuple[str, str]] = Counter()
    for word in words:
        kinds[word.raw, word.ways[0].kind] += word.count

    assert kinds == {("TECHNO", "exact"): 3, ("BLUESS", "edit"): 2}
    assert all(math.isclose(sum(way.share for way in word.ways), 1) for word in words)


SHARES = st.lists(st.floats(0.05, 1), min_size=5, max_size=5)


@given(SHARES, SHARES)
def test_readings_are_as_much_likelier_as_their_rates_have_grown(old, new):
    before, after = (
        Rates({k: x / sum(some) for k, x in zip(KINDS, some, strict=True)}, {}, {})
        for some in (old, new)
    )
    word = Observed("X", 1, tuple(Way(0.2, kind, ()) for kind in KINDS), held_out=False)
    total, *shares = weighed(word, after, before)

    expected = [after.kinds[kind] / before.kinds[kind] for kind in KINDS]
    assert shares == pytest.approx([x / sum(expected) for x in expected])
    assert total == pytest.approx(sum(expected) / len(KINDS))
    assert weighed(word, before, before) == pytest.approx([1.0, *[0.2] * 5])


def test_maximisation_never_makes_what_it_learnt_from_less_likely():
    before = rates_of(GENRES)
    words = observed(Counter(column(600)), NORMALIZER.resolve)

    after = maximised(words, before)

    assert gain(words, after, before) > 0
    for shares in (after.kinds, after.edits, after.codes):
        assert sum(shares.values()) == pytest.approx(1)


def test_common_codes_are_learnt_where_few_of_them_make_most_and_not_where_all_are_alike():
    before = rates_of(GENRES)
    alike = {code.tag: 20 for code in GENRES}
    skewed = alike | {"BLUES": 2000}

    even, uneven = (
        maximised(observed(counts, NORMALIZER.resolve), before).codes for counts in (alike, skewed)
    )

    assert even == pytest.approx(before.codes, rel=0.02)
    assert uneven["BLUES"] > 0.8


def test_a_column_of_the_general_rates_changes_no_cost_and_more_of_something_makes_it_cheaper():
    kinds, edits = general_rates()
    before = Rates(kinds, edits, {})
    costs = dict.fromkeys(("unresolved", "join", "joined_edit", "leftover", *edits), 3.0)
    common = {**edits, "swap": 3 * edits["swap"]}

    assert costs_of(costs, before, before) == {}
    assert costs_of(costs, Rates(kinds, common, {}), before) == {"swap": 1.9}


@given(SHARES)
def test_no_cost_falls_below_zero(shares):
    kinds, edits = general_rates()
    after = Rates({k: x / sum(shares) for k, x in zip(KINDS, shares, strict=True)}, edits, {})
    costs = dict.fromkeys(("unresolved", "join", "joined_edit", "leftover", *edits), 0.5)

    assert all(cost >= 0 for cost in costs_of(costs, after, Rates(kinds, edits, {})).values())


def test_made_strings_mean_what_they_were_made_of_and_are_the_same_for_the_same_seed():
    made = list(simulated(GENRES, rates_of(GENRES), ["FATHER"], 200))

    assert made == list(simulated(GENRES, rates_of(GENRES), ["FATHER"], 200))
    assert {one.kind for one in made} == set(KINDS)
    for one in made:
        assert all(tag in GENRES for tag in one.truth)
        assert (one.kind == "unresolved") == (one.truth == ())
        if one.kind == "joined":
            assert one.raw == "".join(one.truth)


def test_a_line_is_fitted_to_how_often_answers_were_right():
    line = Line(1.0, 0.0, 0.996)
    judged = [Judged(3.0, at % 4 > 0) for at in range(2000)]
    judged += [Judged(-1.0, at % 4 == 0) for at in range(2000)]

    found = fitted_line(judged, line, pull=1)

    assert found.sure(3.0) == pytest.approx(0.75, abs=0.01)
    assert found.sure(-1.0) == pytest.approx(0.25, abs=0.01)
    assert fitted_line([], line, pull=1) == line


def test_few_answers_move_a_line_little():
    line = Line(1.0, 0.0, 0.996)

    assert fitted_line([Judged(3.0, False)] * 2, line, pull=40).sure(3.0) > 0.9


def test_a_small_column_teaches_nothing_and_says_so():
    fit = NORMALIZER.fit(["BLUES", "TECHNOO"])

    assert fit.taxonomy is GENRES
    assert (fit.costs, fit.confidence, fit.frequencies) == ({}, {}, {})
    assert str(fit).startswith("The column is too small")


def test_a_fit_never_changes_codes_and_is_the_same_every_time():
    fit, again = (NORMALIZER.fit(column(1500)) for _ in range(2))

    assert fit == again
    assert fit.gain > 0
    assert [code.tag for code in fit.taxonomy] == [code.tag for code in GENRES]
    assert "nats likelier" in str(fit)


def test_a_fit_reads_more_of_its_column_at_least_as_well():
    fit = NORMALIZER.fit(column(1500))
    fitted = Normalizer(fit.taxonomy)
    more = column(800, seed=1)

    def resolved(normalizer: Normalizer) -> int:
        return sum(all(tag in GENRES for tag in normalizer.split(raw)) for raw in more)

    assert resolved(fitted) >= resolved(NORMALIZER)


def test_decisions_are_labels_for_the_confidence():
    wrong = Decisions([Decision(f"BLUE{a}S", ()) for a in LETTERS if a not in "SE"])

    fit = Normalizer(GENRES, decisions=wrong).fit(["BLUES"])

    assert fit.confidence["intercept"] < 0.5 or fit.confidence["ceiling"] < 0.996


@pytest.fixture
def fitted(tmp_path: Path) -> Path:
    """A vocabulary of a folder that has been fitted."""
    folder = tmp_path / "genres"
    NORMALIZER.fit(column(1500)).save(folder)
    return folder


def test_a_fit_is_read_back_as_it_was_saved(fitted):
    fit = NORMALIZER.fit(column(1500))
    read = Taxonomy.load(fitted)

    assert list(read) == list(fit.taxonomy)
    assert (read.costs, read.confidence) == (fit.taxonomy.costs, fit.taxonomy.confidence)


def test_all_parts_of_a_vocabulary_are_saved(tmp_path):
    whole = Taxonomy(
        (Code("BLUES", "Blues", frequency=3), Code("EU", start=1993)),
        outside={"JAZZ": "a word"},
        notes={"EU": "a union"},
    )

    Normalizer(whole).fit([]).save(tmp_path / "new")
    read = Taxonomy.load(tmp_path / "new")

    assert [attrs_of(code) for code in read] == [attrs_of(code) for code in whole]
    assert (read.outside, read.notes) == (whole.outside, whole.notes)


def attrs_of(code: Code) -> tuple[object, ...]:
    return code.tag, code.name, code.frequency, code.start, code.anchor


def test_a_new_fit_replaces_the_old_one_and_nothing_else(fitted):
    before = {path.name: path.read_bytes() for path in fitted.iterdir()}
    Normalizer(fitted).fit(column(1500, seed=5)).save(fitted, fitted)

    assert {path.name for path in fitted.iterdir()} >= set(before)
    assert (fitted / "codes.tsv").read_bytes() == before["codes.tsv"]


def test_a_file_that_no_fit_has_written_is_left_alone(fitted):
    own = "code\tfrequency\nBLUES\t2\n"
    (fitted / "frequencies.tsv").write_text(own)

    with pytest.raises(FormatError, match=r"frequencies\.tsv: is there already, and no fit"):
        NORMALIZER.fit(column(1500)).save(fitted, fitted)
    assert (fitted / "frequencies.tsv").read_text() == own


def test_files_of_an_earlier_fit_go_with_it(fitted):
    assert (fitted / "costs.tsv").exists()

    Normalizer(["JAZZ", "FOLK"]).fit([]).save(fitted)
    read = Taxonomy.load(fitted)

    assert [code.tag for code in read] == ["FOLK", "JAZZ"]
    assert (dict(read.costs), dict(read.confidence)) == ({}, {})


def test_codes_that_lie_in_the_folder_are_no_part_of_another_vocabulary(fitted):
    (fitted / "other.tsv").write_text("code\nPOLKA\n")
    before = {path.name: path.read_bytes() for path in fitted.iterdir()}

    with pytest.raises(FormatError, match=r"other\.tsv: is there already, and would be a part of"):
        NORMALIZER.fit(column(1500, seed=5)).save(fitted)
    assert {path.name: path.read_bytes() for path in fitted.iterdir()} == before


def test_a_frequency_of_what_is_no_code_is_told_with_its_line(fitted):
    (fitted / "frequencies.tsv").write_text("code\tfrequency\nBLUES\t3\nPOLKA\t1\nBLUES\t2\n")

    with pytest.raises(TaxonomyError) as error:
        Taxonomy.load(fitted)

    text = str(error.value)
    assert "frequencies.tsv:3: 'POLKA' is no code of the vocabulary" in text
    assert "frequencies.tsv:4: 'BLUES' stands there twice" in text


def test_the_command_prints_what_it_learnt_and_writes_a_vocabulary(tmp_path):
    genres = tmp_path / "genres"
    genres.mkdir()
    tags = "\n".join(code.tag for code in GENRES)
    (genres / "genre.tsv").write_text(f"code\n{tags}\n")
    raw = tmp_path / "raw.csv"
    raw.write_text("id,tags\n" + "".join(f"{n},{x}\n" for n, x in enumerate(column(1500))))
    words = ["fit", str(raw), "--column", "tags", "--taxonomy", str(genres)]

    printed = CliRunner().invoke(group, [*words, "-o", str(tmp_path / "fitted")])
    as_json = CliRunner().invoke(group, [*words, "--json"])

    assert printed.exit_code == as_json.exit_code == 0, printed.output
    assert printed.stdout.splitlines()[0].split() == ["before", "after"]
    assert set(json.loads(as_json.stdout)["rates"]) >= set(KINDS)
    assert Taxonomy.load(tmp_path / "fitted").get("BLUES")
    assert (tmp_path / "fitted" / "genre.tsv").read_text() == (genres / "genre.tsv").read_text()


def test_a_fit_starts_from_the_rates_of_the_labelled_strings():
    shares = pytest.importorskip("benchmarks.training.shares")
    kinds, edits = general_rates()

    found = shares.shares(Taxonomy.load())

    assert found.kinds == pytest.approx(dict(kinds), abs=0.02)
    assert found.edits == pytest.approx(dict(edits), abs=0.02)


@pytest.mark.parametrize(
    ("helps", "better", "worse"),
    [(True, 0, 0), (True, 20, 5), (False, 4, 3), (False, 29, 26), (True, 161, 110), (False, 3, 9)],
)
def test_new_numbers_help_only_where_more_is_right_than_chance_explains(helps, better, worse):
    was = [(False, True)] * better + [(True, False)] * worse + [(True, False)] * 7
    now = [(True, False)] * better + [(False, True)] * worse + [(True, False)] * 7
    change = Change.between(was, now)

    assert (change.better, change.worse) == (better, worse)
    assert Change.of([change]).helps is helps
    assert change.is_harmless is (better >= worse)


STATES = (
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ "
    "NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY"
)


def test_a_fit_of_two_letter_codes_is_tried_on_damaged_ones() -> None:
    states = STATES.split()
    made = list(simulated(Taxonomy.of(states), rates_of(Taxonomy.of(states)), ["WORD"], 200))

    assert {one.kind for one in made} == {"edit", "unresolved"}
    assert all(len(one.truth) == 1 and one.raw not in states for one in made if one.truth)

    draw = random.Random(3)
    column = []
    for _ in range(1500):
        state = draw.choice(states)
        at = draw.randrange(2)
        column.append(state if draw.random() < 0.7 else state[:at] + "X" + state[at + 1 :])
    fit = Normalizer(states).fit(column)

    assert not fit.costs
    assert any("came out no better" in note for note in fit.notes)
