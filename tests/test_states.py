"""One list of what needs a person: the same in the review, in the report of `clean`, and here."""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from tagnorm import Decision, Decisions, Normalizer
from tagnorm.cli.group import group
from tagnorm.decisions.states import DOUBT, NEED_A_PERSON, STATES, state_of
from tagnorm.decisions.store import key_of
from tagnorm.decisions.word_tally import WordTally

NORMALIZER = Normalizer()
WORDS = ["PREL", "pgov", "PGVO", "KWHG", "kwhg", "PELOSI", "Pelosi", "PGOVQL", "KTFX", "ETTD", "EU"]
FIELDS = st.lists(st.lists(st.sampled_from(WORDS), max_size=4).map("; ".join), max_size=12)


def invoke(*arguments: str | Path) -> str:
    done = CliRunner().invoke(group, [str(part) for part in arguments])
    assert done.exit_code == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "options", [[], ["--min-confidence", "0.97"], ["--keep", "PGVO"], ["--era", "1974"]]
)
@pytest.mark.parametrize("decided", [[], ["PELOSI", "ktfx", "PREL; PELOSI"]])
def test_review_asks_what_the_report_lists(
    tmp_path: Path, options: list[str], decided: list[str]
) -> None:
    draw = random.Random(0)
    rows = ["; ".join(draw.choices(WORDS, k=draw.randint(0, 4))) for _ in range(300)]
    column, decisions = tmp_path / "column.jsonl", tmp_path / "d.tsv"
    column.write_text("".join(json.dumps({"tags": row}) + "\n" for row in rows))
    Decisions([Decision(raw, []) for raw in decided]).save(decisions)
    own = [*options, "--decisions", decisions]

    asked = [
        json.loads(line) for line in invoke("review", column, "--list", "--json", *own).splitlines()
    ]
    invoke("clean", "-q", column, "-o", tmp_path / "o.jsonl", "--report", tmp_path / "r.json", *own)
    invoke("clean", "-q", column, "-o", tmp_path / "o.jsonl", "--report", tmp_path / "r.tsv", *own)
    listed = json.loads((tmp_path / "r.json").read_text())["columns"]["tags"]["words"]
    lines = [line.split("\t") for line in (tmp_path / "r.tsv").read_text().splitlines()]

    assert lines[0][:4] == ["column", "raw", "rows", "state"]
    keys = ("raw", "rows", "state")
    assert len(asked) >= 2
    assert [[word[key] for key in keys] for word in asked] == [
        [word[key] for key in keys] for word in listed
    ]
    assert [[word[key] for key in keys] for word in asked] == [
        [raw, int(rows), state] for _, raw, rows, state, *_ in lines[1:]
    ]
    assert not {key_of(word["raw"]) for word in asked} & {key_of(raw) for raw in decided}


def test_after_a_whole_review_nothing_is_listed(tmp_path: Path) -> None:
    column, decisions = tmp_path / "column.csv", tmp_path / "d.tsv"
    column.write_text("tags\n" + "\n".join(WORDS) + "\n")
    count = len(invoke("review", column, "--list").splitlines()) - 1
    done = CliRunner().invoke(
        group, ["review", str(column), "--decisions", str(decisions)], input="-\n" * count
    )
    assert done.exit_code == 0, done.output
    report = tmp_path / "r.json"
    own = ["--decisions", decisions]
    invoke("clean", "-q", column, "-o", tmp_path / "o.csv", "--report", report, *own)

    assert json.loads(report.read_text())["columns"]["tags"]["words"] == []
    assert invoke("review", column, "--list", *own).splitlines() == [
        "raw\trows\tstate\ttags\tconfidence"
    ]


@given(FIELDS)
def test_the_tally_is_what_counting_by_hand_finds(fields: list[str]) -> None:
    tally = WordTally()
    rows: Counter[str] = Counter()
    for field in fields:
        words = [word for word in field.split("; ") if word]
        tally.add(field, words)
        rows.update({key_of(word) for word in words})
    pending = list(tally.pending(NORMALIZER))

    assert [(key_of(word.raw), word.rows) for word in pending] == [
        (key, count)
        for key, count in sorted(rows.items(), key=lambda item: (-item[1], item[0]))
        if state_of(NORMALIZER.resolve(key)) in NEED_A_PERSON
    ]
    for word in pending:
        assert word.state == state_of(word.answer)
        spelled = Counter(w for field in fields for w in set(field.split("; ")))
        alike = [count for raw, count in spelled.items() if key_of(raw) == key_of(word.raw)]
        assert 1 <= len(word.examples) <= 2
        assert all(key_of(word.raw) in map(key_of, one.split("; ")) for one in word.examples)
        assert spelled[word.raw] == max(alike)


@pytest.mark.parametrize("raw", WORDS)
def test_every_answer_is_in_one_state(raw: str) -> None:
    answer = NORMALIZER.resolve(raw)
    state = state_of(answer)

    assert state in STATES
    assert (state == "unresolved") == (not answer.is_resolved)
    assert (state == "resolved") == (answer.is_resolved and answer.confidence >= DOUBT)
    assert state_of(answer, Decisions([Decision(raw.swapcase(), [])])) == "decided"


def test_an_answer_just_as_sure_as_the_threshold_is_not_doubtful() -> None:
    answer = NORMALIZER.resolve("KWHG")
    sure = answer.confidence

    assert state_of(answer, below=sure) == "resolved"
    assert state_of(answer, below=math.nextafter(sure, 1)) == "doubtful"


def test_what_finds_no_room_is_counted() -> None:
    tally = WordTally(most=1)
    tally.add(None, ["KWHG"], 2)
    tally.add(None, ["PELOSI", "kwhg"], 3)

    assert [(w.raw, w.rows, w.examples) for w in tally.pending(NORMALIZER)] == [("kwhg", 5, ())]
    assert (len(tally), tally.unlisted) == (1, 3)
