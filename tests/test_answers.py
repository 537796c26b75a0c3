"""The answers to the whole tag list are the committed ones, so that a change shows in a diff."""

from __future__ import annotations

import pytest

from benchmarks.answers import PATH, answered, held, moved


@pytest.mark.skipif(not PATH.exists(), reason="written by `python -m benchmarks answers --update`")
def test_no_answer_of_the_tag_list_has_moved():
    # After a change that is meant: `python -m benchmarks answers --update`, and look at the diff.
    assert moved(held(), answered()) == []
