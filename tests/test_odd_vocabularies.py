"""In any vocabulary, however odd its forms, all ways to ask have one answer."""

# ruff: noqa: RUF001 - letters that look alike or fold to others are meant

from __future__ import annotations

import json
from itertools import pairwise

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tagnorm import Code, Decision, Decisions, Normalizer, Taxonomy
from tagnorm.columns import resolve_column, split_column
from tagnorm.errors import TagnormError
from tagnorm.files import clean_file
from tagnorm.vocabulary.codes import Alias

# Few letters, so that forms meet; with what parts, joins, or folds to other letters.
ALPHABETS = (
    "ABC",
    "ABé É",
    "AB1-. ",
    "AΣσς",
    "Aßfﬁſ",
    "AB/;, ",
    "AİıI",
    "AB(C) &",
    "東京A'",
    "aAB4+ -",
    "ABÄß?, ",
)
SEPARATORS = ("", "", " ", ", ", ",", ";", "/", "-", "&", ".")


def varied(form: str, way: int) -> str:
    """A form as others write it: other case, accents, spaces, marks."""
    return (
        form,
        form.lower(),
        form.replace("A", "Á"),
        " ".join(form),
        f"{form}.",
        f"{form[:1]}-{form[1:]}",
        form.replace(" ", "").replace("-", ""),
    )[way]


@st.composite
def vocabularies(draw: st.DrawFn) -> tuple[Normalizer, list[str]]:
    """A small vocabulary with decisions, and texts of its forms and of what is like them."""
    alphabet = draw(st.sampled_from(ALPHABETS))
    form = st.text(alphabet, min_size=1, max_size=6)
    ways = st.integers(0, 6)
    codes = draw(st.lists(form, min_size=1, max_size=5, unique=True))
    known = st.sampled_from(codes)
    aliases = draw(st.lists(st.tuples(form, known), max_size=3))
    near = st.sampled_from([*codes, *(alias for alias, _ in aliases)])
    aliases += draw(st.lists(st.tuples(st.builds(varied, near, ways), known), max_size=1))
    outside = draw(st.lists(st.builds(varied, near, ways) | form, max_size=2))
    keep = draw(st.lists(form, max_size=1))
    decided = draw(st.lists(st.tuples(st.builds(varied, near, ways), st.lists(known, max_size=1))))
    anchors = draw(st.lists(st.sampled_from((None, True, False)), min_size=5, max_size=5))
    try:
        taxonomy = Taxonomy(
            tuple(Code(tag, anchor=a) for tag, a in zip(codes, anchors, strict=False)),
            tuple(Alias(alias, tag) for alias, tag in aliases),
            dict.fromkeys(outside, ""),
        )
        decisions = Decisions(Decision(raw, tuple(tags)) for raw, tags in dict(decided).items())
        normalizer = Normalizer(taxonomy, keep=keep, decisions=decisions)
    except (TagnormError, ValueError):  # that it is refused is another law
        normalizer = Normalizer(Taxonomy((Code("AB"),)))
    forms = st.sampled_from([*codes, *(alias for alias, _ in aliases), *outside, *keep])
    part = st.builds(varied, forms, ways) | st.text(alphabet, max_size=8)
    parts = st.lists(st.tuples(part, st.sampled_from(SEPARATORS)), min_size=1, max_size=4)
    texts = draw(st.lists(parts.map(lambda ps: "".join(map("".join, ps))), min_size=1, max_size=8))
    return normalizer, texts


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(vocabularies())
@pytest.mark.slow
def test_all_ways_to_ask_have_one_answer(tmp_path_factory, made) -> None:
    normalizer, texts = made
    answers = [normalizer.resolve(text) for text in texts]
    tags = [list(answer.tags) for answer in answers]
    pieces = [
        [s.code or s.raw for s in answer.segments if s.code or s.how == "unresolved"]
        for answer in answers
    ]

    for text, answer in zip(texts, answers, strict=True):
        assert [text[word.start : word.end] for word in answer.words] == [
            word.raw for word in answer.words
        ]
        assert all(one.end <= two.start for one, two in pairwise(answer.words))
    assert pieces == [normalizer.split(text) for text in texts]
    assert tags == [normalizer.split(text, unresolved="drop") for text in texts]
    assert pieces == [normalizer.split(text, min_confidence=1e-12) for text in texts]
    assert pieces == normalizer.split_many(texts)
    assert pieces == [list(one.pieces) for one in normalizer.summarize_many(texts)]
    assert pieces == split_column(pa.array(texts), normalizer=normalizer).to_pylist()
    rows = resolve_column(pa.array(texts), normalizer=normalizer).to_pylist()
    for answer, row in zip(answers, rows, strict=True):
        assert list(answer.tags) == row["tags"]
        assert (answer.status, list(answer.unresolved)) == (row["status"], row["unresolved"])
        assert answer.confidence == pytest.approx(row["confidence"])
    file = tmp_path_factory.mktemp("odd") / "in.jsonl"
    file.write_text("".join(json.dumps({"tags": text}) + "\n" for text in texts))
    clean_file(file, file.with_name("out.jsonl"), normalizer=normalizer)
    lines = file.with_name("out.jsonl").read_text().splitlines()
    assert pieces == [json.loads(line)["tags"] for line in lines]


@pytest.mark.parametrize(
    ("form", "text"),
    [(",AB", ",AB"), (",AB", "X;,AB; X"), ("AB,", "AB,, X"), (";,b", ";,b;  "), ("/AB/", "/AB/")],
)
def test_a_word_with_separators_at_its_edges_is_read_in_columns_as_alone(form, text) -> None:
    codes = (Code("ZZZZ"), Code("QQQQ"))
    normalizer = Normalizer(Taxonomy(codes, (Alias(form, "ZZZZ"), Alias("AB", "QQQQ"))))

    assert "ZZZZ" in normalizer.split(text)
    assert split_column([text], normalizer=normalizer) == [normalizer.split(text)]
    assert split_column(pa.array([text]), normalizer=normalizer).to_pylist() == [
        normalizer.split(text)
    ]


@pytest.mark.parametrize(
    ("codes", "text", "raws"),
    [
        (["-B", "B-", "B"], "B--B, -B-B", ["B-", "-B", "-B", "-B"]),
        (["-B", "B-", "BABB-BA"], "BABB-BA.B-B", ["BABB-BA", "B-", "B"]),
        ([". ab"], "XYZQ. ab", ["XYZQ", ". ab"]),
        (["- ab"], "XYZQ-- ab - ab", ["XYZQ-", "- ab", "- ab"]),
    ],
)
def test_a_mark_belongs_to_one_code(codes, text, raws) -> None:
    answer = Normalizer(Taxonomy.of(codes)).resolve(text)

    assert [word.raw for word in answer.words] == raws


@pytest.mark.parametrize("alias", ["a", "Á"])
def test_another_name_with_the_letters_of_the_code_is_that_name_whatever_was_read_before(
    alias,
) -> None:
    normalizer = Normalizer(Taxonomy((Code("A"),), (Alias(alias, "A"),)))
    names = [normalizer.resolve(text).status for text in (alias, "A", alias)]

    assert names == ["alias", "canonical", "alias"]


def test_a_word_that_is_read_across_a_separator_is_read_so_in_columns() -> None:
    codes = (Code("BA///A", anchor=True),)
    normalizer = Normalizer(Taxonomy(codes, (Alias("AB//A", "BA///A"),)))

    assert normalizer.split("ba///aBA///A") == ["BA///A", "BA///A"]
    assert split_column(pa.array(["ba///aBA///A"]), normalizer=normalizer).to_pylist() == [
        ["BA///A", "BA///A"]
    ]


@pytest.mark.parametrize(
    ("codes", "text", "tags"),
    [
        (["PAD", "RDG", "TON", "ABD"], "PAD to RDG", "PAD RDG"),
        (["PAD", "RDG", "TON", "ABD"], "PAD and RDG", "PAD RDG"),
        (["ETH", "GEO", "BIO"], "GEO et BIO", "GEO BIO"),
        (["UNB", "GEO", "BIO"], "GEO und BIO", "GEO BIO"),
        (["MAR", "BRN", "RED"], "Mr. Smith; RED", "RED"),
        (["TEC", "GEO"], "GEO, etc", "GEO"),
        (["KGX", "RDG"], "RDG 5 kg", "RDG"),
    ],
)
def test_small_words_and_titles_are_no_codes_with_an_edit(
    codes: list[str], text: str, tags: str
) -> None:
    assert " ".join(Normalizer(codes).resolve(text).tags) == tags


def test_a_code_that_is_a_small_word_is_itself() -> None:
    assert Normalizer(["AND", "ES", "IT"]).split("ES; AND; it") == ["ES", "AND", "IT"]
