"""The answers to the whole tag list, and to fields that were drawn, are the committed ones.

So a change shows in a diff. After one that is meant: `python -m benchmarks answers --update`, and
look at the diff.
"""

from __future__ import annotations

import pytest

from benchmarks.answers import FIELDS, PATH, answered, fields_answered, fields_held, held, moved
from benchmarks.drawn_fields import NORMALIZERS


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
