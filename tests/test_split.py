"""`split` gives the tags: tables of cases, each checked several ways, and what the options mean."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import GEOGRAPHIC, TEXTS, Case, cases, damaged

import tagnorm
from tagnorm import Normalizer, UnresolvedError, resolve, split
from tagnorm.folding import fold

CLASSES = ("canonical", "alias", "misspelled", "concatenated", "mixed", "untouched", "separated")
CASES = [case for name in CLASSES for case in cases(name)]
NORMALIZER = Normalizer()
TRIES = settings(max_examples=200)


def folded(tags: list[str]) -> list[str]:
    """Tags whose unresolved ones are without case."""
    return [fold(tag) for tag in tags]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_text_has_these_tags(case: Case) -> None:
    assert case.tags == split(case.text)
    assert [case.tags] == NORMALIZER.split_many([case.text])


@pytest.mark.parametrize("case", CASES, ids=str)
def test_resolving_a_text_gives_these_tags_and_this_status(case: Case) -> None:
    answer = resolve(case.text)
    kept = [s.code or s.raw for s in answer.segments if s.how != "separator"]

    assert case.tags == kept
    assert case.status == answer.status
    assert case.text == "".join(segment.raw for segment in answer.segments)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_tags_are_the_same_in_small_letters_and_in_mixed_ones(case: Case) -> None:
    for text in (case.text.lower(), case.text.title(), fold(case.text)):
        assert folded(case.tags) == folded(split(text))
        assert case.status == resolve(text).status


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_tags_are_the_same_with_space_and_punctuation_around(case: Case) -> None:
    for text in (f" {case.text} ", f"\t{case.text}\r\n", f", {case.text};", f'"[{case.text}]".'):
        assert case.tags == split(text)
        assert case.status == resolve(text).status


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_tags_stand_in_the_same_order_behind_a_code(case: Case) -> None:
    answer = split(f"BEXP, {case.text}")

    assert ["BEXP", *case.tags] == answer


@pytest.mark.parametrize("case", cases("misspelled"), ids=str)
def test_the_edit_is_named(case: Case) -> None:
    (segment,) = resolve(case.text).segments

    assert (case.label, 1) == (segment.how, segment.edits)


@pytest.mark.parametrize("case", cases("untouched"), ids=str)
def test_a_word_or_a_name_is_one_piece_and_no_code(case: Case) -> None:
    (segment,) = resolve(case.text).segments

    assert (case.text, None, "unresolved") == (segment.raw, segment.code, segment.how)
    assert split(case.text, unresolved="drop") == []


@pytest.mark.xfail(reason="known failures: see their labels")
@pytest.mark.parametrize("case", cases("known_failures"), ids=str)
def test_what_is_known_to_fail(case: Case) -> None:
    assert (case.tags, case.status) == (split(case.text), resolve(case.text).status)


def test_enough_words_and_names_are_left_alone() -> None:
    assert len(cases("untouched")) >= 80
    assert len({case.text for case in CASES}) == len(CASES)
    assert all(case.source in ("contract", "made up") and case.label for case in CASES)


@pytest.mark.parametrize(
    ("text", "kept", "dropped", "left"),
    [
        ("PREL", ["PREL"], ["PREL"], ()),
        ("PREL ALIREZA PGOV", ["PREL", "ALIREZA", "PGOV"], ["PREL", "PGOV"], ("ALIREZA",)),
        ("PGOVQL", ["PGOV", "QL"], ["PGOV"], ("QL",)),
        ("Pelosi, Nancy", ["Pelosi", "Nancy"], [], ("Pelosi", "Nancy")),
        ("PGVO", ["PGOV"], ["PGOV"], ()),
    ],
)
def test_unresolved_pieces_are_kept_dropped_or_raised(
    text: str, kept: list[str], dropped: list[str], left: tuple[str, ...]
) -> None:
    assert kept == split(text) == split(text, unresolved="keep")
    assert dropped == split(text, unresolved="drop")
    if left:
        with pytest.raises(UnresolvedError) as caught:
            split(text, unresolved="raise")
        assert left == caught.value.pieces
        assert text == caught.value.raw
        assert all(repr(piece) in str(caught.value) for piece in left)
    else:
        assert kept == split(text, unresolved="raise")


@pytest.mark.parametrize("text", ["", " ", ",;", "😀"])
def test_a_text_with_nothing_in_it_is_unresolved(text: str) -> None:
    assert [] == split(text) == split(text, unresolved="drop")
    with pytest.raises(UnresolvedError, match="nothing in it"):
        split(text, unresolved="raise")


def test_the_error_about_something_unresolved_is_a_tagnorm_error_and_a_value_error() -> None:
    with pytest.raises(tagnorm.TagnormError):
        split("ALIREZA", unresolved="raise")
    with pytest.raises(
        ValueError, match="unresolved='keep' to keep such pieces or unresolved='drop'"
    ):
        split("ALIREZA" * 50, unresolved="raise")


@TRIES
@given(TEXTS, st.sampled_from([0.0, 0.5, 0.9, 0.99]))
def test_an_error_is_raised_where_something_is_unresolved_and_nowhere_else(
    text: str, least: float
) -> None:
    answer = resolve(text, min_confidence=least)
    try:
        tags = split(text, unresolved="raise", min_confidence=least)
    except UnresolvedError as error:
        assert error.pieces or not answer.tags
        assert not split(text, unresolved="drop", min_confidence=least) or error.pieces
    else:
        assert tags == split(text, min_confidence=least)
        assert tags == split(text, unresolved="drop", min_confidence=least)
        assert tags


@TRIES
@given(TEXTS, st.floats(0.01, 1))
def test_least_confidence_means_the_same_in_split_and_resolve(text: str, least: float) -> None:
    answer = resolve(text, min_confidence=least)

    assert [s.code or s.raw for s in answer.segments if s.how != "separator"] == split(
        text, min_confidence=least
    )


@TRIES
@given(TEXTS)
def test_no_computed_answer_is_certain_and_nothing_is_lost_by_asking_for_it(text: str) -> None:
    answer = resolve(text, min_confidence=1.0)

    assert answer.tags == ()
    assert split(text, min_confidence=1.0, unresolved="drop") == []
    assert list(answer.unresolved) == split(text, min_confidence=1.0)
    assert text == "".join(segment.raw for segment in answer.segments)


@TRIES
@given(TEXTS, st.floats(0, 1), st.floats(0, 1))
def test_who_asks_for_more_confidence_gets_fewer_tags(text: str, one: float, other: float) -> None:
    low, high = sorted((one, other))
    many, few = (list(resolve(text, min_confidence=least).tags) for least in (low, high))
    left = iter(many)

    assert all(tag in left for tag in few), "the fewer are not among the more, in order"


def test_a_doubtful_word_is_turned_down_and_offered_as_the_first_alternative() -> None:
    kept = resolve("KWHG")
    refused = resolve("KWHG", min_confidence=0.95)

    assert (kept.tags, refused.tags) == (("KWBG",), ())
    assert kept.tags == refused.alternatives[0].tags
    assert split("KWHG", min_confidence=0.95) == ["KWHG"]
    assert split("PREL, KWHG", min_confidence=0.95) == ["PREL", "KWHG"]


@pytest.mark.parametrize(
    "options",
    [
        {"unresolved": "ignore"},
        {"unresolved": ""},
        {"unresolved": None},
        {"min_confidence": 1.01},
        {"min_confidence": -0.01},
        {"min_confidence": float("nan")},
        {"min_confidence": float("inf")},
    ],
)
@pytest.mark.parametrize("text", ["PREL", "PREL, PGVO", ""])
def test_an_option_takes_only_its_values_and_the_error_shows_them(
    text: str, options: dict[str, Any]
) -> None:
    ((name, value),) = options.items()

    with pytest.raises(ValueError, match=name) as caught:
        split(text, **options)
    assert repr(value) in str(caught.value)
    if name == "min_confidence":
        with pytest.raises(ValueError, match=name):
            resolve(text, **options)


def test_many_texts_are_split_like_each_of_them() -> None:
    texts = [case.text for case in CASES]

    for options in ({}, {"unresolved": "drop"}, {"min_confidence": 0.95}):
        expected = [split(text, **options) for text in texts]
        assert expected == NORMALIZER.split_many(texts, **options)
        assert expected == NORMALIZER.split_many(iter(texts), **options)


def test_of_many_texts_the_first_that_is_unresolved_is_told() -> None:
    texts = ["PREL, PREL, PGVO", "ALIREZA", "PELOSI"]

    assert NORMALIZER.split_many(texts[:1], unresolved="raise", unique=True) == [["PREL", "PGOV"]]
    with pytest.raises(UnresolvedError, match="ALIREZA"):
        NORMALIZER.split_many(texts, unresolved="raise")


@TRIES
@given(st.lists(TEXTS, max_size=5))
@pytest.mark.slow
def test_any_texts_are_split_together_as_each_alone(texts: list[str]) -> None:
    for unresolved in ("keep", "drop"):
        expected = [split(text, unresolved=unresolved) for text in texts]
        assert expected == NORMALIZER.split_many(texts, unresolved=unresolved)


def test_damaged_words_beside_others_are_split_together_as_each_alone() -> None:
    words = list(damaged(800, seed=12))
    fields = [f"{a}, {b}; SENV" for a, b in zip(words, [*words[1:], "ETTC"], strict=True)]

    assert [split(field) for field in fields] == Normalizer().split_many(fields)


def test_codes_joined_come_back() -> None:
    tags = ["PREL", "PGOV", "KDEM", "SP"]

    assert tags == split(tagnorm.join(tags)) == split(tagnorm.join(tags, ", "))
    assert tagnorm.join([]) == ""
    with pytest.raises(TypeError, match="PREL"):
        tagnorm.join("PREL")


def test_every_country_stands_behind_a_subject() -> None:
    assert [["PREL", code] for code in GEOGRAPHIC] == [split(f"PREL{code}") for code in GEOGRAPHIC]


def test_the_answer_is_a_list_of_ones_own() -> None:
    split("PREL").append("PGOV")
    split("PRELPGOV").clear()

    assert (split("PREL"), split("PRELPGOV")) == (["PREL"], ["PREL", "PGOV"])


@pytest.mark.parametrize("verb", [tagnorm.split, tagnorm.resolve, tagnorm.lookup, tagnorm.explain])
@pytest.mark.parametrize("what", [None, 7, b"PREL", ["PREL"]])
def test_what_is_no_string_is_refused_by_its_type(verb, what) -> None:
    with pytest.raises(TypeError, match=f"expected a string, got {type(what).__name__}"):
        verb(what)


@pytest.mark.parametrize(
    ("what", "remedy"),
    [
        (None, "split_column passes over what is missing"),
        (float("nan"), "split_column passes over what is missing"),
        (["PREL"], "for many strings there is split_column"),
        (b"PREL", "decode it first"),
    ],
)
def test_what_is_no_string_is_refused_with_what_to_call(what, remedy) -> None:
    with pytest.raises(TypeError, match=f"; {remedy}$"):
        tagnorm.split(what)
