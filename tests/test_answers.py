"""The answers to the whole tag list, and to fields that were drawn, are the committed ones.

So a change shows in a diff. After one that is meant: `python -m benchmarks answers --update`, and
look at the diff.
"""

from __future__ import annotations

import pyarrow as pa
import pytest

from benchmarks.answers import FIELDS, PATH, answered, fields_answered, fields_held, held, moved
from benchmarks.drawn_fields import NORMALIZERS
from tagnorm.columns import resolve_column, split_column
from tagnorm.escaping import unescape


@pytest.mark.skipif(not PATH.exists(), reason="written by `python -m benchmarks answers --update`")
def test_no_answer_of_the_tag_list_has_moved():
    assert moved(held(), answered()) == []


@pytest.mark.skipif(not FIELDS.exists(), reason="written by the same command")
@pytest.mark.parametrize("vocabulary", NORMALIZERS)
def test_no_answer_of_the_drawn_fields_has_moved(vocabulary):
    before = {
        key: answer for key, answer in fields_held().items() if key.startswith(f"{vocabulary}\t")
    }

    assert len(before) >= 50
    assert moved(before, fields_answered(before)) == []


@pytest.mark.parametrize("vocabulary", NORMALIZERS)
def test_all_ways_to_ask_have_the_answers_to_the_drawn_fields(vocabulary):
    keys = (key.split("\t") for key in fields_held())
    fields = [unescape(field) for own, field in keys if own == vocabulary]
    # One that was not asked before, and one that was asked all: what is remembered changes nothing.
    asked, fresh = NORMALIZERS[vocabulary](), NORMALIZERS[vocabulary]()
    answers = [asked.resolve(field) for field in fields]
    pieces = [
        [one.code or one.raw for one in answer.segments if one.code or one.how == "unresolved"]
        for answer in answers
    ]

    assert split_column(pa.array(fields), normalizer=fresh).to_pylist() == pieces
    for normalizer in (fresh, asked):
        assert [normalizer.split(field) for field in fields] == pieces
        assert [normalizer.split(field, unresolved="drop") for field in fields] == [
            list(answer.tags) for answer in answers
        ]
    for answer, summary in zip(answers, fresh.summarize_many(fields), strict=True):
        assert (summary.tags, summary.status) == (answer.tags, answer.status)
        assert (summary.unresolved, summary.confidence) == (answer.unresolved, answer.confidence)
    rows = resolve_column(pa.array(fields), normalizer=fresh).to_pylist()
    assert [(row["tags"], row["status"], row["unresolved"]) for row in rows] == [
        (list(answer.tags), answer.status, list(answer.unresolved)) for answer in answers
    ]
