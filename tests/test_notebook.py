"""Answers as JSON, as a drawing and as a piece of a notebook."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import tagnorm
from tagnorm.explanation import explained, lines_of, width_of
from tagnorm.notebook import code_page, resolution_page, taxonomy_page

TEXTS = [
    "PGVO, PELOSI",
    "KWHG",
    "",
    "ECONPHMU",
    "<script>alert(1)</script>",
    "东京 PREL",
    "\x1b[1m",
]
_ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_VOID = {"br", "hr", "img"}


class _Checking(HTMLParser):
    """Sees to it that every element is closed, in order, and that none is one that runs."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs) -> None:
        assert tag in {"div", "p", "code", "span", "small", "b", "table", "thead", "tbody", "tr",
                       "th", "td"}  # fmt: skip
        assert all(name in ("class", "style", "scope") for name, _ in attrs)
        self.open.append(tag)

    def handle_endtag(self, tag) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data) -> None:
        self.text.append(data)


@pytest.mark.parametrize("text", TEXTS)
def test_an_answer_comes_back_from_json_as_it_is(text) -> None:
    answer = tagnorm.resolve(text)
    record = json.loads(answer.to_json())

    assert record == answer.to_dict()
    assert record["raw"] == "".join(segment["raw"] for segment in record["segments"]) == text
    assert (record["tags"], record["status"]) == (list(answer.tags), answer.status)
    assert record["confidence"] == round(answer.confidence, 6)
    assert record["unresolved"] == list(answer.unresolved)
    assert [tag for word in record["words"] for tag in word["tags"]] == record["tags"]
    assert [text[word["start"] : word["end"]] for word in record["words"]] == [
        word["raw"] for word in record["words"]
    ]
    assert [one["tags"] for one in record["alternatives"]] == [
        list(other.tags) for other in answer.alternatives
    ]


def test_the_command_writes_the_same_json() -> None:
    pytest.importorskip("click")
    from tagnorm.cli import group  # noqa: PLC0415 -- click may be missing

    done = CliRunner().invoke(group.group, ["split", "--json", "PGVO, PELOSI"])

    assert done.stdout.rstrip("\n") == tagnorm.resolve("PGVO, PELOSI").to_json()


def test_the_command_draws_the_same_explanation() -> None:
    pytest.importorskip("click")
    from tagnorm.cli import group  # noqa: PLC0415 -- click may be missing

    for text in ("ECONPHMU", "KWHG", "东京 PREL", " ".join(["PREL"] * 20)):
        done = CliRunner().invoke(group.group, ["explain", text])
        assert done.stdout.rstrip("\n") == tagnorm.explain(text)


def test_an_explanation_takes_the_options_of_every_verb() -> None:
    assert "left as it is" in tagnorm.explain("PGVO", keep=["PGVO"])
    assert "Jazz" in tagnorm.explain("JAZ", taxonomy={"JAZZ": "Jazz", "FOLK": "Folk"})
    with pytest.raises(tagnorm.UnresolvedError):
        tagnorm.explain("PELOSI", unresolved="raise")


@given(_ANY)
@settings(deadline=None)
def test_a_drawing_is_safe_on_a_screen_and_has_every_piece(text) -> None:
    answer = tagnorm.resolve(text)
    drawn = explained(answer, tagnorm.Taxonomy.load())

    assert all(c.isprintable() or c == "\n" for c in drawn)
    assert len(drawn.split("\n")) >= 1 + sum(s.how != "separator" for s in answer.segments)


def test_pieces_stand_under_the_letters_that_they_are() -> None:
    answer = tagnorm.resolve("东京 PHMU")
    first, *pieces = ["".join(t for t, _ in x) for x in lines_of(answer, tagnorm.Taxonomy.load())]

    assert width_of(first[: first.index("PHMU")]) == 5
    assert pieces[-1].startswith("     PHMU")


@given(_ANY)
@settings(deadline=None)
def test_any_answer_is_a_small_closed_piece_of_html(text) -> None:
    page = resolution_page(tagnorm.resolve(text))

    assert len(page) < 40_000
    _Checking(page)


@given(_ANY, _ANY)
@settings(deadline=None)
def test_any_name_of_a_code_is_text_on_the_page(name, source) -> None:
    found = _Checking(code_page(tagnorm.Code("JAZZ", name, source=source)))

    assert "JAZZ" in found.text


def test_a_vocabulary_is_shown_by_its_kinds() -> None:
    page = taxonomy_page(tagnorm.Taxonomy.load())

    assert "geographic" in _Checking(page).text
    assert len(page) < 4000


def test_a_long_string_is_cut() -> None:
    assert len(resolution_page(tagnorm.resolve("PREL " * 5000))) < 40_000


def test_a_notebook_finds_them() -> None:
    for thing in (tagnorm.resolve("PGVO"), tagnorm.lookup("PREL"), tagnorm.Taxonomy.load()):
        assert thing._repr_html_().startswith('<div class="tagnorm-')
