"""Rows of tab-separated text hold any string."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagnorm.escaping import escape, join_tags, split_tags, unescape

# Also halves of surrogate pairs, which no file in UTF-8 can hold unescaped.
ANY_TEXT = st.text(st.characters(), max_size=20)


@given(ANY_TEXT)
def test_a_cell_stands_for_the_string_it_was_made_from(text: str) -> None:
    assert unescape(escape(text)) == text


@given(ANY_TEXT)
def test_a_cell_is_one_line_of_utf8_without_tabs(text: str) -> None:
    cell = escape(text)

    assert "\t" not in cell
    assert len(cell.splitlines()) <= 1
    assert cell.encode().decode() == cell


@given(st.lists(st.text(min_size=1, max_size=8), max_size=5))
def test_tags_come_back_from_a_cell_whatever_they_hold(tags: list[str]) -> None:
    assert split_tags(join_tags(tags)) == tuple(tags)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("PREL", "PREL"),
        ("Côte d'Ivoire", "Côte d'Ivoire"),
        ("PREL\tPGOV", r"PREL\tPGOV"),
        ("PREL\r\nPGOV", r"PREL\r\nPGOV"),
        ("C:\\TAGS", r"C:\\TAGS"),
        ("\x1b[1mPREL\x85", r"\x1b[1mPREL\x85"),
        ("\u2028\udcff", r"\u2028\udcff"),
    ],
)
def test_only_what_would_break_a_row_is_escaped(text: str, cell: str) -> None:
    assert escape(text) == cell


@pytest.mark.parametrize("cell", ["\\", "PREL\\", "\\q", "\\x1", "\\uabc", "\\X41"])
def test_a_backslash_that_escapes_nothing_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="is no escape"):
        unescape(cell)
