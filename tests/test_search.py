"""Search finds codes by words: forty everyday ones as a table, the rules of ranking, and laws."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tagnorm
from tagnorm import Alias, Code, Taxonomy
from tagnorm.folding import squash

WORDS = Path(__file__).with_name("cases") / "everyday_words.tsv"
BUILTIN = Taxonomy.load()

# A vocabulary of its own, so that the rules can be seen apart from what TAGS happen to hold.
LIBRARY = Taxonomy(
    (
        Code("SHIP", "Ships and Boats", "subject"),
        Code("KSHP", "Ships", "program"),
        Code("HARB", "Harbors", "subject"),
        Code("OLDH", "Harbors", "subject", status="retired", replaced_by="HARB"),
        Code("PORTCO", "Harbors Company", "organization"),
        Code("LITE", "Lighthouse Keeping", "subject"),
        Code("FISH", "Fisheries", "subject"),
    ),
    (Alias("BOATING", "SHIP", "plain word", ""), Alias("ANGLING", "FISH", "plain word", "")),
    notes={"FISH": "herring; trawlers; nets", "HARB": "quays; nets"},
)


def rows() -> list[tuple[str, str]]:
    with WORDS.open(encoding="utf-8", newline="") as file:
        return [(row["words"], row["code"]) for row in csv.DictReader(file, delimiter="\t")]


def found(query: str, taxonomy: Taxonomy = LIBRARY) -> list[str]:
    return [match.code.tag for match in taxonomy.search(query)]


@pytest.mark.parametrize(("words", "code"), rows())
def test_an_everyday_word_finds_its_code_first(words: str, code: str) -> None:
    assert found(words, BUILTIN)[0] == code


def test_there_are_forty_everyday_words() -> None:
    assert len(dict(rows())) == 40


def test_without_the_notes_names_and_aliases_still_find_four_of_five() -> None:
    bare = Taxonomy(BUILTIN.codes, BUILTIN.aliases)
    right = sum(found(words, bare)[:1] == [code] for words, code in rows())

    assert right >= 32


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("ship", "SHIP"),  # a tag before everything else
        ("SHIPS", "KSHP"),  # a whole name before a part of one
        ("ships boats", "SHIP"),
        ("boat", "SHIP"),  # inflected
        ("angling", "FISH"),  # an alias
        ("fishery", "FISH"),
        ("fishing", "FISH"),  # derived
        ("harbors", "HARB"),  # in use before retired, a subject before an organization
        ("harbours", "HARB"),  # a letter too many
        ("lighthuose", "LITE"),  # two letters swapped
        ("light", "LITE"),  # begun
        ("trawler", "FISH"),  # a note
        ("nets", "HARB"),  # what a note names sooner
        ("keeping lighthouse", "LITE"),  # any order
        ("  Harbors!  ", "HARB"),
        ("härbors", "HARB"),
    ],
)
def test_the_best_comes_first(query: str, first: str) -> None:
    assert found(query)[:1] == [first]


@pytest.mark.parametrize("query", ["", " ", "-;,", "zzzzzz", "qx", "\x00", "🚢"])
def test_what_is_in_no_text_finds_nothing(query: str) -> None:
    assert found(query) == []


def test_all_codes_that_bear_a_word_are_found() -> None:
    bearing = {c.tag for c in BUILTIN if "NUCLEAR" in c.name.upper().replace("-", " ").split()}

    assert len(bearing) > 5
    assert bearing <= {m.code.tag for m in BUILTIN.search("nuclear", limit=None)}


def test_a_match_says_by_which_text_it_was_found() -> None:
    best = LIBRARY.search("angling")[0]

    assert (best.field, best.text, best.is_exact) == ("alias", "ANGLING", True)
    assert not LIBRARY.search("trawler")[0].is_exact


def test_words_of_sources_that_many_codes_share_find_nothing() -> None:
    assert len(BUILTIN.search("knowledge", limit=None)) < 20


def test_only_some_codes_can_be_searched() -> None:
    matches = BUILTIN.search("visas", among=BUILTIN.by_family("K"), limit=None)

    assert matches
    assert {m.code.family for m in matches} == {"K"}


def test_the_face_searches_the_builtin_vocabulary() -> None:
    assert tagnorm.search("human rights") == BUILTIN.search("human rights")


def test_wrong_arguments_are_refused() -> None:
    with pytest.raises(TypeError, match="expected a string, got int"):
        tagnorm.search(7)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="limit is '3'; it takes a number of matches"):
        tagnorm.search("oil", limit="3")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="limit is -1"):
        tagnorm.search("oil", limit=-1)


@pytest.mark.parametrize("code", BUILTIN.codes[::7], ids=lambda code: code.tag)
def test_every_tag_finds_itself_first(code: Code) -> None:
    assert found(code.tag, BUILTIN)[0] == code.tag


@given(st.sampled_from(BUILTIN.aliases))
def test_every_alias_finds_its_code_first(alias: Alias) -> None:
    assert found(alias.alias, BUILTIN)[0] == alias.tag


@given(st.sampled_from([code for code in BUILTIN if code.name]), st.randoms())
@pytest.mark.slow
def test_the_words_of_a_name_in_any_order_find_its_code(code: Code, random) -> None:  # type: ignore[no-untyped-def]
    words = code.name.split()
    random.shuffle(words)
    shuffled = " ".join(words)
    same_words = {
        c.tag
        for c in BUILTIN
        if sorted(c.name.upper().split()) == sorted(code.name.upper().split())
    }

    assert same_words <= {m.code.tag for m in BUILTIN.search(shuffled, limit=None)}


@given(st.text(max_size=60))
def test_any_text_can_be_searched_and_the_matches_are_in_order(query: str) -> None:
    matches = BUILTIN.search(query, limit=None)
    scores = [match.score for match in matches]

    assert all(0 < score <= 1 for score in scores)
    assert scores[1:] == sorted(scores[1:], reverse=True)
    assert len({match.code.tag for match in matches}) == len(matches)
    if squash(query) in {squash(code.tag) for code in BUILTIN}:
        assert matches[0].is_exact


def test_a_note_on_no_code_is_a_bad_row(tmp_path: Path) -> None:
    (tmp_path / "codes.tsv").write_text(
        "code\tname\tstatus\treplaced_by\tsource\nA1\t\tcurrent\t\t\n"
    )
    (tmp_path / "notes.tsv").write_text("code\tnote\nA1\tapples\nB2\tbananas\n")

    with pytest.raises(tagnorm.TaxonomyError, match=r"notes.tsv:3: a note on 'B2', no code"):
        Taxonomy.load(tmp_path)


def test_families_have_names() -> None:
    assert BUILTIN.families["P"] == "Political Affairs"
    assert set(BUILTIN.families) == {code.family for code in BUILTIN if code.family}
