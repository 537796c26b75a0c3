"""`resolve` gives the tags with their reasons: segments, status, confidence, alternatives."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from strategies import TEXTS, damaged

from tagnorm import Alternative, Decision, Decisions, Normalizer, Resolution, resolve
from tagnorm.engine.edits.grammar import EDITS
from tagnorm.resolution import Piece, status_of_word, worst_of

STATUSES = {"canonical", "alias", "misspelled", "concatenated", "mixed", "unresolved"}
HOWS = {"canonical", "alias", "unresolved", "separator", *EDITS}


def reasons(text: str) -> list[tuple[str, str | None, str]]:
    return [(segment.raw, segment.code, segment.how) for segment in resolve(text).segments]


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ([("PREL", "PREL", "canonical")], "PREL"),
        ([("kuwait", "KU", "alias")], "kuwait"),
        ([("PGVO", "PGOV", "swap")], "PGVO"),
        ([("PREL", "PREL", "canonical"), ("SP", "SP", "canonical")], "PRELSP"),
        ([("PREL", "PREL", "canonical"), ("GOV", "PGOV", "drop_first")], "PRELGOV"),
        ([("PGOV", "PGOV", "canonical"), ("QL", None, "unresolved")], "PGOVQL"),
        ([("Pelosi", None, "unresolved")], "Pelosi"),
        ([(", ", None, "separator")], ", "),
        ([], ""),
        (
            [
                ("[", None, "separator"),
                ("PREL", "PREL", "canonical"),
                ("] (", None, "separator"),
                ("LI, PENG", None, "unresolved"),
                ("), ", None, "separator"),
                ("UNGA/C-6", "UNGA/C-6", "canonical"),
            ],
            "[PREL] (LI, PENG), UNGA/C-6",
        ),
    ],
)
def test_each_piece_has_its_reason(expected: list[tuple[str, str | None, str]], text: str) -> None:
    assert expected == reasons(text)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("canonical", "PREL"),
        ("canonical", "PREL, PGOV"),
        ("alias", "KUWAIT"),
        ("alias", "PREL, KUWAIT"),
        ("misspelled", "PGVO"),
        ("misspelled", "PREL, PGVO"),
        ("misspelled", "KUWAIT, PGVO"),
        ("concatenated", "PRELPGOV"),
        ("concatenated", "PRELPGOV, KUWAIT"),
        ("mixed", "PRELPGVO"),
        ("mixed", "PGOVQL"),
        ("mixed", "PREL, ALIREZA"),
        ("mixed", "PRELMARR, PGVO"),
        ("unresolved", "ALIREZA"),
        ("unresolved", "ALIREZA PELOSI"),
        ("unresolved", ""),
        ("unresolved", " ,"),
    ],
)
def test_the_status_names_the_worst_that_was_found(expected: str, text: str) -> None:
    assert expected == resolve(text).status


def test_a_status_follows_from_the_pieces_of_the_words() -> None:
    for text in (*damaged(100, seed=3), "PREL, PGVO", "KU PRELPGOV"):
        answer = resolve(text)
        assert answer.status == worst_of({status_of_word(word.pieces) for word in answer.words})
    assert worst_of(set()) == "unresolved"
    pieces = [Piece(0, 2, "KU", "alias"), Piece(2, 6, "PREL", "canonical")]
    assert status_of_word(pieces) == "concatenated"


def test_the_segments_of_a_word_are_its_pieces_in_the_whole_string() -> None:
    word = resolve("PREL, ELNTECONX").words[1]

    assert [Piece(s.start - 6, s.end - 6, s.code, s.how) for s in word.segments] == [*word.pieces]
    assert [(s.raw, s.edits) for s in word.segments] == [("ELNT", 1), ("ECON", 0), ("X", 0)]


def test_words_hold_what_was_read_by_itself() -> None:
    answer = resolve("PREL-PGVO, human rights; BAN KI-MOON")

    assert [(word.raw, word.tags, word.status) for word in answer.words] == [
        ("PREL", ("PREL",), "canonical"),
        ("PGVO", ("PGOV",), "misspelled"),
        ("human rights", ("PHUM",), "alias"),
        ("BAN KI-MOON", (), "unresolved"),
    ]


@settings(max_examples=200)
@given(TEXTS)
def test_the_parts_of_an_answer_agree_with_one_another(text: str) -> None:
    answer = resolve(text)

    assert answer.status in STATUSES
    assert {segment.how for segment in answer.segments} <= HOWS
    assert answer.tags == tuple(s.code for s in answer.segments if s.code is not None)
    assert answer.status == worst_of({word.status for word in answer.words})
    assert answer.tags == tuple(tag for word in answer.words for tag in word.tags)
    assert (answer.status == "unresolved") == (not answer.tags)
    assert answer.is_resolved == (bool(answer.tags) and not answer.unresolved)
    assert not answer.unresolved or answer.status in ("mixed", "unresolved")
    assert all(segment.edits == 0 for segment in answer.segments) or answer.status in (
        "misspelled",
        "mixed",
    )


def test_the_answer_for_a_code_is_surer_than_between_two_codes() -> None:
    exact, clear, tie = resolve("PREL"), resolve("PGVO"), resolve("KWHG")

    assert exact.confidence > 0.99 > tie.confidence
    assert clear.confidence > tie.confidence
    assert exact.alternatives == ()


def test_a_field_is_no_surer_than_the_least_sure_of_its_words() -> None:
    words = ["PREL", "KWHG", "ASEX"]

    assert resolve(", ".join(words)).confidence <= min(resolve(w).confidence for w in words)


def test_alternatives_of_a_field_change_one_word_of_it() -> None:
    answer = resolve("PREL, KWHG, SP")
    others = [other.tags for other in answer.alternatives]

    assert answer.tags == ("PREL", "KWBG", "SP")
    assert ("PREL", "KGHG", "SP") in others[:2]
    assert all(tags[0] == "PREL" and tags[-1] == "SP" for tags in others)


def test_nothing_at_all_is_certainly_nothing() -> None:
    assert Resolution("", (), (), "unresolved", 1.0) == resolve("")


def test_many_texts_are_resolved_like_each_of_them() -> None:
    texts = [*damaged(50, seed=6), "", "PREL, KWHG"]

    assert [resolve(text) for text in texts] == Normalizer().resolve_many(texts)
    assert [resolve(text, min_confidence=0.9) for text in texts] == Normalizer().resolve_many(
        iter(texts), min_confidence=0.9
    )


def test_an_answer_cannot_be_changed() -> None:
    answer = resolve("PREL")

    for thing, name in ((answer, "tags"), (answer.segments[0], "code"), (answer, "status")):
        with pytest.raises(AttributeError):
            setattr(thing, name, None)


def test_an_answer_is_equal_to_the_same_answer_and_can_be_stored() -> None:
    answer = resolve("PRELPGVO, KWHG")

    assert answer == resolve("PRELPGVO, KWHG")
    assert hash(answer) == hash(resolve("PRELPGVO, KWHG"))
    assert answer == pickle.loads(pickle.dumps(answer))
    assert Alternative(("PREL",), 0.5) == Alternative(("PREL",), 0.5)


def test_a_normalizer_can_be_sent_to_another_process() -> None:
    normalizer = Normalizer(keep=["PGVO"])
    copy = pickle.loads(pickle.dumps(normalizer))

    assert copy.split("PGVO PREL") == ["PGVO", "PREL"]
    assert normalizer.resolve("PRELPGOV") == copy.resolve("PRELPGOV")


def test_a_decision_wins_and_is_certain() -> None:
    decisions = Decisions([Decision("PGVO", []), Decision("PREL", ["PGOV", "SP"])])
    normalizer = Normalizer(decisions=decisions)

    assert normalizer.split("PGVO", min_confidence=1.0) == ["PGVO"]
    assert normalizer.resolve("prel", min_confidence=1.0).tags == ("PGOV", "SP")
    assert [s.how for s in normalizer.resolve("PREL").segments] == ["decision", "decision"]
    assert "".join(segment.raw for segment in normalizer.resolve("PREL").segments) == "PREL"


@pytest.mark.parametrize("word", ["PGVO", "ETTD", "kuwait", "PREL", "Kuwait"])
def test_a_word_to_keep_is_neither_corrected_nor_resolved(word: str) -> None:
    answer = Normalizer(keep=[word.upper()]).resolve(word)

    assert ((), (word,)) == (answer.tags, answer.unresolved)


def test_a_run_of_codes_can_be_kept_whole() -> None:
    assert Normalizer(keep=["PRELPGOV"]).split("PRELPGOV") == ["PRELPGOV"]


def test_a_word_to_keep_may_hold_a_separator() -> None:
    assert Normalizer(keep=["PREL-X"]).split("PREL-X") == ["PREL-X"]


@pytest.mark.parametrize("text", ["AADPADP¼", "PGOßV"])
def test_a_character_that_is_folded_to_several_letters_is_not_cut(text: str) -> None:
    # ¼ is 14, and the codes end between the two.
    found = resolve(text)

    assert found.tags == ()
    assert [segment.raw for segment in found.segments] == [text]
    assert all(other.confidence <= found.confidence for other in found.words[0].alternatives)
