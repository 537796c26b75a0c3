"""Edits: which there are, what each is called, and who may have been meant."""

from __future__ import annotations

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from string import ascii_uppercase

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA
from strategies import FOUR, MODEL, TAXONOMY, WORDS, damaged, one_edit_away

from tagnorm.engine.edits.grammar import EDITS, edit_between, edited
from tagnorm.engine.edits.index import Candidate, EditIndex, JoinedEdits, first_of_each
from tagnorm.engine.edits.numbering import numbering_of
from tagnorm.engine.edits.sorted_forms import SortedForms
from tagnorm.engine.edits.table import PATH, EditTable
from tagnorm.engine.model import Model
from tagnorm.folding import squash

FAMILIES = frozenset("KPE")
FEW_LETTERS = st.text("ABC", max_size=6)


@pytest.mark.parametrize(
    ("expected", "word", "form"),
    [
        ("swap", "RPEL", "PREL"),
        ("swap", "PERL", "PREL"),
        ("swap", "PRLE", "PREL"),
        ("drop_first", "REL", "PREL"),
        ("drop_inner", "PEL", "PREL"),
        ("drop_inner", "PRL", "PREL"),
        ("drop_last", "PRE", "PREL"),
        ("drop_inner", "KNP", "KNNP"),
        ("drop_last", "ABC", "ABCC"),
        ("double", "PPREL", "PREL"),
        ("double", "PRREL", "PREL"),
        ("double", "PRELL", "PREL"),
        ("double", "KNNNP", "KNNP"),
        ("add_family", "KPREL", "PREL"),
        ("add_family", "EPREL", "PREL"),
        ("add_first", "XPREL", "PREL"),
        ("add_first", "KXREL", "XREL"),
        ("add_inner", "PRXEL", "PREL"),
        ("add_last", "PRELX", "PREL"),
        ("replace_family", "KREL", "PREL"),
        ("replace_first", "XREL", "PREL"),
        ("replace_inner", "PRXL", "PREL"),
        ("replace_last", "PREX", "PREL"),
        (None, "PREL", "PREL"),
        (None, "PELOSI", "PREL"),
        (None, "RPLE", "PREL"),
        (None, "", "PREL"),
        (None, "", ""),
    ],
)
def test_each_edit_has_its_name(expected: str | None, word: str, form: str) -> None:
    assert expected == edit_between(word, form, FAMILIES)


def test_without_families_a_first_letter_is_just_a_first_letter() -> None:
    assert (edit_between("KPREL", "PREL"), edit_between("KREL", "PREL")) == (
        "add_first",
        "replace_first",
    )


@given(FEW_LETTERS, FEW_LETTERS.filter(bool))
def test_an_edit_is_one_edit_by_the_textbook_and_by_rapidfuzz(word: str, form: str) -> None:
    expected = word in one_edit_away(form, "ABC")

    assert expected == (OSA.distance(word, form) == 1)
    assert expected == (edit_between(word, form, frozenset("A")) in EDITS)


def test_every_one_edit_string_of_a_code_is_an_edit_of_it() -> None:
    for form in FOUR[::60]:
        assert {edit_between(word, form, MODEL.families) for word in one_edit_away(form)} <= set(
            EDITS
        )


def test_all_the_edits_there_are_occur() -> None:
    found = {
        edit_between(word, form, FAMILIES)
        for form in ("PREL", "XABC")
        for word in one_edit_away(form)
    }

    assert set(EDITS) == found


FORMS = st.text("AB", min_size=1, max_size=5) | st.text("ABK1", min_size=1, max_size=3)


@given(FORMS, st.sampled_from(EDITS))
def test_the_words_that_an_edit_makes_of_a_form_are_those_that_it_explains(
    form: str, how: str
) -> None:
    letters = ascii_uppercase + "".join(filter(str.isdigit, form))
    expected = {
        word for word in one_edit_away(form, letters) if edit_between(word, form, FAMILIES) == how
    }
    added = {word for word in expected if sum(map(str.isdigit, word)) > sum(map(str.isdigit, form))}
    found = edited(form, how, FAMILIES)

    assert expected - added <= set(found) <= expected
    assert len(found) == len(set(found))


def brute_force(
    index: EditIndex | JoinedEdits, forms: dict[str, str], word: str
) -> list[Candidate]:
    """The candidates by comparing a word with every form."""
    prices = MODEL.edit_prices.price if index is MODEL.edits else MODEL.joined_edit_prices.price
    found = []
    for form, tag in forms.items():
        assert word != form  # the model asks for no form: forms are never corrected
        how = edit_between(word, form, MODEL.families)
        if how is not None:
            found.append(Candidate(prices(how, len(word), form), tag, how, form))
    return sorted(found)


def first(found: Sequence[Candidate]) -> Candidate | None:
    return found[0] if found else None


# The forms that may be misspelled, by the costs of the vocabulary: codes of four letters or more
# and other names of six or more; among joined codes, canonical anchors.
CORRECTABLE = {
    form: entry.code.tag
    for form, entry in MODEL.entries.items()
    if len(form) >= (4 if entry.how == "canonical" else 6)
}
COMMON = {
    form: tag
    for form, tag in CORRECTABLE.items()
    if MODEL.entries[form].anchor and MODEL.entries[form].how == "canonical"
}

INDEXES = [(MODEL.edits, CORRECTABLE), (MODEL.joined_edits, COMMON)]


@pytest.mark.parametrize(("index", "forms"), INDEXES, ids=["alone", "run"])
def test_the_index_finds_what_comparing_with_every_form_finds(
    index: EditIndex | JoinedEdits, forms: dict[str, str]
) -> None:
    words = [*damaged(250, seed=2), "PRE", "AB", "A", "ßPREL", "KUWAITT"]
    for word in (word for word in words if word not in MODEL.entries):
        expected = brute_force(index, forms, word)

        assert expected == list(index.candidates(word))
        assert first(expected) == index.cheapest(word)


@given(WORDS)
def test_the_cheapest_is_the_first_of_the_candidates(word: str) -> None:
    for index, _ in INDEXES:
        assert first(index.candidates(word)) == index.cheapest(word)


@given(
    st.lists(st.text("AB", min_size=2, max_size=4), unique=True, max_size=5),
    FEW_LETTERS.filter(bool),
)
def test_the_index_of_any_forms_finds_what_the_textbook_finds(forms: list[str], word: str) -> None:
    assume(word not in forms)
    index = EditIndex({form: form for form in forms}, frozenset("A"), lambda how, *_: len(how))
    expected = sorted(
        Candidate(len(how), form, how, form)
        for form in forms
        if (how := edit_between(word, form, frozenset("A"))) is not None
    )

    assert expected == list(index.candidates(word))
    assert first(expected) == index.cheapest(word)

    write_out(index)
    assert expected == list(index.candidates(word))
    assert first(expected) == index.cheapest(word)


@given(
    st.sets(st.text("ABC1\u4e2d", min_size=1, max_size=7), max_size=40),
    st.text("ABC1\u4e2d", max_size=8),
)
def test_forms_in_order_are_found_with_any_edit(forms: set[str], word: str) -> None:
    found = SortedForms(forms).near(word)

    assert found <= forms
    assert {form for form in found if edit_between(word, form)} == {
        form for form in forms if edit_between(word, form)
    }


def test_what_a_large_vocabulary_has_near_a_word_is_what_comparing_finds() -> None:
    draw = random.Random(11)
    forms = sorted({"".join(draw.choices("ABCDE012", k=draw.randint(3, 7))) for _ in range(4000)})
    index = EditIndex(dict(zip(forms, forms, strict=True)), FAMILIES, lambda *_: 1000)
    words = ["".join(draw.choices("ABCDE012", k=draw.randint(2, 8))) for _ in range(100)]

    assert any(index.candidates(word) for word in words)
    assert [
        word
        for word in words
        if {one.form for one in index.candidates(word)}
        != {form for form in forms if edit_between(word, form, FAMILIES)}
    ] == []


def write_out(index: EditIndex) -> None:
    for length in range(len(index._written)):
        index._write_out(length)


def searched(index: EditIndex, word: str) -> list[Candidate]:
    return sorted([index._meant(how, len(word), form) for how, form in index.near.to(word)])


@pytest.mark.slow
def test_what_is_written_out_is_what_a_search_finds() -> None:
    index = Model(TAXONOMY).edits
    write_out(index)
    words = {word: found for of_length in index._written for word, found in of_length.items()}
    words |= dict.fromkeys(["QQQQ", "XZ", "PR3L", "UNGAC7", "UNGC6", "PRÉL", "A"], ())

    assert len(words) > 100_000
    assert [
        word
        for word, found in words.items()
        if word not in MODEL.entries
        and list(found or index.candidates(word)) != searched(index, word)
    ] == []


def test_the_table_that_is_shipped_is_that_of_the_built_in_vocabulary() -> None:
    made = EditTable.made(MODEL.correctable, MODEL.families).packed(MODEL.families)

    assert PATH.read_bytes() == made, "run `python -m benchmarks edits`"


def test_a_table_is_that_of_no_other_forms_and_families() -> None:
    forms, families = MODEL.correctable, MODEL.families
    fewer = dict(list(forms.items())[1:])
    reordered = dict(reversed(forms.items()))

    assert EditTable.shipped(forms, families) is not None
    assert EditTable.shipped(fewer, families) is None
    assert EditTable.shipped(reordered, families) is None
    assert EditTable.shipped(forms, families - {"K"}) is None


def without_table(model: Model) -> EditIndex:
    return EditIndex(
        model.correctable,
        model.families,
        model.edit_prices.price,
        model.joined_forms,
        model.joined_edit_prices.price,
    )


@pytest.mark.slow
def test_an_index_with_a_table_finds_what_one_without_finds() -> None:
    index, without = Model(TAXONOMY).edits, without_table(Model(TAXONOMY))
    table = EditTable.shipped(MODEL.correctable, MODEL.families)
    words = [word for n in range(7) for word in without._write_out(n)][::7]
    words += ["QQQQ", "XZ", "PR3L", "A", "UNGAC", *damaged(400, seed=2)]
    searching = without_table(Model(TAXONOMY))
    searching._waits = [0] * len(searching._waits)

    assert table is not None
    assert [
        word for word in words if list(index.candidates(word)) != searched(searching, word)
    ] == []
    assert [word for word in words if index.cheapest(word) != searching.cheapest(word)] == []


def test_an_index_is_written_out_by_and_by_but_not_that_of_a_large_vocabulary() -> None:
    small, large = (
        EditIndex({f"{a}{b}CD": "X" for a in letters for b in letters}, frozenset(), lambda *_: 0)
        for letters in ("ABCDEFGHIJ", ascii_uppercase * 2 + "0123456789ÄÖÜ")
    )
    for word in ["ABCX", "XBCD", "QQQQ"] * 1400:
        assert [len(index.candidates(word)) > 0 for index in (small, large)] == [
            word != "QQQQ",
            word != "QQQQ",
        ]

    assert (small._written[4] is not None, small._written[5]) == (True, None)
    assert large._written == [None] * len(large._written)


@given(
    st.lists(st.text("AB", min_size=1, max_size=5), unique=True, max_size=8),
    st.lists(FEW_LETTERS.filter(bool), unique=True),
)
def test_what_an_index_finds_does_not_depend_on_what_was_asked_before(
    forms: list[str], words: list[str]
) -> None:
    def found(asked: list[str]) -> dict[str, list[Candidate]]:
        index = EditIndex({form: form for form in forms}, frozenset("A"), lambda how, *_: len(how))
        return {word: list(index.candidates(word)) for word in asked}

    assert found(words) == found(words[::-1]) == {word: found([word])[word] for word in words}


def test_many_threads_find_in_an_index_what_one_finds() -> None:
    words = list(damaged(400, seed=6))
    alone = Model(TAXONOMY).edits
    expected = [alone.candidates(word) for word in words]
    shared = Model(TAXONOMY).edits
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: [shared.candidates(word) for word in words], range(8)))

    assert found == [expected] * 8


def test_an_index_of_nothing_finds_nothing() -> None:
    index = EditIndex({}, frozenset(), lambda *_: 0)

    assert (list(index.candidates("PREL")), index.cheapest("PREL")) == ([], None)


@given(
    names=st.sets(
        st.text("AB12 I", min_size=2, max_size=6).filter(squash), min_size=1, max_size=12
    ),
    word=st.text("AB12I", min_size=1, max_size=6),
)
def test_what_is_a_form_with_another_number_is_near_none(names: set[str], word: str) -> None:
    forms = {squash(name): name for name in names}
    numbering = numbering_of(forms.values())
    index = EditIndex(
        {form: form for form in forms},
        frozenset(),
        lambda how, *_: len(how),
        numbering=lambda: numbering,
    )
    near = {form for form in forms if edit_between(word, form)}
    is_another = any(numbering.is_another(word, form) for form in near)

    assert {one.form for one in index.candidates(word)} == (set() if is_another else near)


@pytest.mark.parametrize(
    ("name", "others", "edited"),
    [
        ("GPL-2.0", ["GPL10", "GPL29"], ["GLP20", "GPL2O", "GPL200", "GPL2"]),
        ("Grade 1", ["GRADE10", "GRADE2", "GRADE"], ["GRADE11", "GRADA1", "1GRADE1"]),
        ("BRCA1", ["BRCA", "BRCA2", "BRCA13"], ["BRAC1", "BRCA11", "BR3CA1"]),
        ("K21.9", ["K2109"], ["K21", "K2199", "21K9"]),
        ("D850", ["D8501"], ["D850E", "D85", "DD850"]),
        ("Hepatitis A", ["HEPATITISB", "HEPATITIS"], ["HEPATITSA", "HEPATITISAA"]),
        ("K-Pop", ["CPOP", "POP"], ["KPOPP", "KPUP"]),
        ("Mark II", ["MARKIII", "MARKI", "MARKIV", "MARK"], ["MAKRII", "NARKII"]),
        ("维生素C", [], ["维生素B"]),
        ("404", [], ["405", "44"]),
        ("AT.T", ["ATX", "AT"], ["TAT"]),
        ("J. P. Morgan", [], ["JBMORGAN", "PMORGAN"]),
        ("R&B", [], ["RN", "RBB"]),
        ("m/s", [], ["MG"]),
        ("Côte d'Ivoire", [], ["COTENIVOIRE", "COTEIVOIRE"]),
        ("C", ["D"], ["CD"]),
    ],
)
def test_what_numbers_a_name(name: str, others: list[str], edited: list[str]) -> None:
    form, numbering = squash(name), numbering_of([name])

    assert all(numbering.is_another(word, form) for word in others)
    assert not any(numbering.is_another(word, form) for word in [*edited, form])


def test_letters_stand_behind_numbers_where_some_forms_have_one() -> None:
    numbering = numbering_of(["X100F", "X30", "D850"])

    assert all(
        map(
            numbering.is_another,
            ("D850E", "X30T", "X100T", "X100"),
            ("D850", "X30", "X100F", "X100F"),
        )
    )
    assert not numbering.is_another("D850S", "D850")
    assert not numbering.is_another("X100FE", "X100F")


def test_letters_are_counted_where_forms_differ_in_that_alone() -> None:
    numbering = numbering_of(["XS", "XXS", "M", "XL", "size/XXL", "size/XL", "BOOK"])

    assert numbering.is_another("XXXS", "XXS")
    assert numbering.is_another("SIZEXXXL", "SIZEXXL")
    assert not numbering.is_another("S", "XS")
    assert not numbering.is_another("XLL", "XL")
    assert not numbering.is_another("BOOOK", "BOOK")


def test_a_code_or_an_acronym_outside_is_never_corrected() -> None:
    for word in [*MODEL.entries, *MODEL.outside]:
        assert not MODEL.corrections(word)


def test_corrections_name_each_code_once() -> None:
    for word in damaged(300, seed=4):
        tags = [candidate.tag for candidate in MODEL.corrections(word)]
        assert len(set(tags)) == len(tags)


def test_the_first_candidate_of_each_code_is_kept_and_no_more_than_are_wanted() -> None:
    a, b, again, c = (
        Candidate(cost, tag, "swap", tag) for cost, tag in ((1, "A"), (2, "B"), (3, "A"), (4, "C"))
    )

    assert list(first_of_each([a, b, again, c], 9)) == [a, b, c]
    assert list(first_of_each([a, again, b], 1)) == [a]
    assert list(first_of_each([a], 3)) == [a]
