"""The answers to the whole tag list, and to fields that were drawn, are the committed ones, and so
is what the parts of the engine say by themselves.

So a change shows in a diff. After one that is meant: `python -m benchmarks answers --update`, and
look at the diff.
"""

from __future__ import annotations

from functools import cache

import pyarrow as pa
import pytest

from benchmarks import engine_parts
from benchmarks.answers import (
    FIELDS,
    PARTS,
    PATH,
    answered,
    fields_answered,
    fields_held,
    held,
    moved,
    parts_held,
    parts_say,
)
from benchmarks.drawn_fields import VOCABULARIES
from tagnorm.columns import resolve_column, split_column
from tagnorm.escaping import unescape


@pytest.mark.skipif(not PATH.exists(), reason="written by `python -m benchmarks answers --update`")
def test_no_answer_of_the_tag_list_has_moved():
    assert moved(held(), answered()) == []


@cache
def drawn_of() -> dict[str, dict[str, str]]:
    """The committed answers to the drawn fields, by vocabulary."""
    found: dict[str, dict[str, str]] = {}
    for key, answer in fields_held().items():
        found.setdefault(key.split("\t")[0], {})[key] = answer
    return found


@pytest.mark.skipif(not FIELDS.exists(), reason="written by the same command")
@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_no_answer_of_the_drawn_fields_has_moved(vocabulary):
    before = drawn_of()[vocabulary]

    assert len(before) >= 15
    assert moved(before, fields_answered(before)) == []


@pytest.mark.skipif(not PARTS.exists(), reason="written by the same command")
@pytest.mark.parametrize("vocabulary", engine_parts.VOCABULARIES)
def test_the_parts_of_the_engine_say_what_they_said(vocabulary):
    before = {
        key: digest for key, digest in parts_held().items() if key.startswith(f"{vocabulary}\t")
    }

    assert len(before) == len(engine_parts.PARTS)
    assert moved(before, parts_say([vocabulary])) == []


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
@pytest.mark.slow
def test_all_ways_to_ask_have_the_answers_to_the_drawn_fields(vocabulary):
    fields = [unescape(key.split("\t")[1]) for key in drawn_of()[vocabulary]][:200]
    # One that was not asked before, and one that was asked all: what is remembered changes nothing.
    asked, fresh = VOCABULARIES[vocabulary].make(), VOCABULARIES[vocabulary].make()
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
