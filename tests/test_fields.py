"""A field falls into words; entries that hold separators themselves stay together."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import ALIASES, FIELDS, TAGS, TEXTS

from tagnorm import Normalizer, resolve, split
from tagnorm.engine.tokens import Phrases
from tagnorm.folding import fold, squash, words

PHRASES = Phrases(TAGS + ALIASES)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ([("PREL", 0, 4), ("PGOV", 6, 10)], "PREL, PGOV"),
        ([("UNGAC6", 5, 13)], " ,-, unga/c-6."),
        ([("UNGA", 0, 4), ("C", 6, 7), ("6", 8, 9)], "UNGA//C-6"),
        ([("GENERALMOTORS", 0, 14), ("PREL", 15, 19)], "General Motors PREL"),
        ([("GENERAL", 0, 7), ("PREL", 8, 12), ("MOTORS", 13, 19)], "General PREL Motors"),
        ([("GENERAL", 0, 7), ("MOTORS", 8, 14)], "General,Motors"),
        ([("GENERAL", 0, 7), ("MOTORS", 8, 14)], "General;Motors"),
        ([], ""),
        ([], " ,;/-"),
    ],
)
def test_a_field_falls_into_words(expected: list[tuple[str, int, int]], text: str) -> None:
    assert expected == list(PHRASES.cut(text))


def test_of_two_entries_that_begin_alike_the_longer_is_taken() -> None:
    phrases = Phrases(["A-1", "A-1-B", "A"])

    assert [[word for word, _, _ in phrases.cut(text)] for text in ("A-1-B", "A-1-C")] == [
        ["A1B"],
        ["A1", "C"],
    ]


@given(TEXTS)
def test_the_words_of_a_field_are_its_letters_in_order(text: str) -> None:
    found = list(PHRASES.cut(text))

    assert squash(text) == "".join(word for word, _, _ in found)
    assert [word for word, _, _ in found] == [squash(text[start:end]) for _, start, end in found]


@given(FIELDS)
def test_a_word_that_holds_a_separator_is_an_entry_of_the_vocabulary(text: str) -> None:
    entries = {squash(name) for name in TAGS + ALIASES}
    plain = {(start, end) for _, start, end in words(fold(text))}

    for word, start, end in PHRASES.cut(text):
        assert (start, end) in plain or word in entries
        assert not {",", ";"} & set(text[start:end])


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["PREL", "PGOV"], "PREL, PGOV"),
        (["PREL", "PGOV"], "PREL,PGOV"),
        (["PREL", "PGOV"], "PREL;PGOV"),
        (["PREL", "PGOV"], "PREL PGOV"),
        (["PREL", "PGOV"], "PREL\tPGOV"),
        (["PREL", "PGOV"], "PREL,\r\n   PGOV"),
        (["PREL", "PGOV"], "PREL/PGOV"),
        (["PREL", "PGOV"], "PREL|PGOV"),
        (["PREL", "PGOV"], "PREL-PGOV"),
        (["PREL", "PGOV"], "PREL - PGOV"),
        (["PREL", "PGOV"], "PREL_PGOV"),
        (["PREL", "PGOV"], "PREL.PGOV."),
        (["PREL", "PGOV"], "PREL:PGOV"),
        (["PREL", "PGOV"], "PREL+PGOV"),
        (["PREL", "PGOV"], "PREL&PGOV"),
        (["PREL", "PGOV"], "(PREL) [PGOV]"),
        (["PREL", "PGOV"], "#PREL #PGOV"),
        (["PREL", "PGOV"], '"PREL", "PGOV"'),
        (["PREL", "PGOV"], "PREL\u00a0PGOV"),
        (["PREL", "PGOV"], "PREL\u200bPGOV"),
        (["PREL", "PGOV"], "PREL\u2028PGOV"),
        (["PREL", "PGOV"], "\ufeffPREL、PGOV。"),
        (["PREL", "PGOV"], "PREL\0PGOV"),
        (["PREL", "PGOV"], "PREL😀PGOV"),
        (["PREL", "PGOV"], "PREL\ud800PGOV"),
        (["PREL", "L"], "PRE L"),
    ],
)
def test_a_separator_always_separates(expected: list[str], text: str) -> None:
    assert expected == split(text)


def test_a_piece_of_a_field_knows_where_it_stands_in_it() -> None:
    answer = resolve("  UNGA/C-6;pgvo ")

    assert [
        (segment.code, segment.start, segment.end) for segment in answer.segments if segment.code
    ] == [("UNGA/C-6", 2, 10), ("PGOV", 11, 15)]
    assert [segment.raw for segment in answer.segments] == ["  ", "UNGA/C-6", ";", "pgvo", " "]


def test_what_stands_cleanly_in_a_field_is_hardly_meant_a_second_time() -> None:
    assert split("ETTD") == ["ETTC"]
    assert split("ETTC, ETTD") == ["ETTC", "ETRD"]
    assert split("ETTD ETTC") == ["ETRD", "ETTC"]


def test_a_code_written_twice_is_there_twice() -> None:
    assert split("PREL, PREL") == ["PREL", "PREL"]
    assert split("PREL PGOVPREL") == ["PREL", "PGOV", "PREL"]


@pytest.mark.parametrize(
    "name", ["UNGA/C-6", "AT&T", "EL AL", "AU-1", "ZANU-PF", "G-77", "BA'ATH", "AFL-CIO"]
)
def test_a_code_that_holds_a_separator_is_one_word_beside_others(name: str) -> None:
    assert ["PREL", name, "SP"] == split(f"PREL, {name}, SP") == split(f"PREL {name.lower()} SP")


def test_words_to_keep_are_kept_in_a_field_too() -> None:
    normalizer = Normalizer(keep=["PGVO"])

    assert normalizer.split("PREL, PGVO, PGOV") == ["PREL", "PGVO", "PGOV"]
    assert normalizer.split("pgvo") == ["pgvo"]
