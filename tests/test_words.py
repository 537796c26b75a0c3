"""Fields put together from remembered words have the answers of fields that are read as wholes."""

from __future__ import annotations

from itertools import chain

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tagnorm import Decision, Decisions, Normalizer, Resolution, Taxonomy
from tagnorm.columns.composing import compose
from tagnorm.columns.weighing import weigh
from tagnorm.engine.summaries import Summary

NORMALIZER = Normalizer()
# Words that depend on one another: corrections of one code, the code itself, parts of phrases.
_WORDS = st.sampled_from(
    [
        "PREL",
        "PRLE",
        "PGOV",
        "PGVO",
        "PGV",
        "ETTC",
        "ETTD",
        "ETRD",
        "pgvo",
        "UNGA",
        "C",
        "6",
        "HUMAN",
        "RIGHTS",
        "UN",
        "AU",
        "1",
        "AFL",
        "CIO",
        "PELOSI",
        "PRELPGOV",
        "PRELPGVO",
        "PGOVQL",
        "ECONETTD",
        "Côte",
        "d",
        "Ivoire",
        "İ",
        "NEW",
        "ZEALAND",
        "BRITIS",
        "HPETROLEUM",
        "HUMANR",
        "IGHTS",
        "ABYSSINIA",
        "MEADOWS",
        "UNGA/C-6",
        "unhrc-1",
        "BA'ATH",
        "AT&T",
        "UNGA/C-7",
    ]
) | st.sampled_from([form.alias for form in NORMALIZER.taxonomy.aliases if form.alias.isalpha()])
_SEPARATORS = st.sampled_from([" ", ", ", "; ", "/", "-", "  ", "\n", "_", "\0", "'"])
_FIELDS = st.builds(
    lambda pairs, end: "".join(word + mark for word, mark in pairs) + end,
    st.lists(st.tuples(_WORDS, _SEPARATORS), max_size=6),
    st.sampled_from(["", "PREL", " "]),
)


@pytest.fixture(scope="module", params=["undecided", "decided"])
def engines(request) -> tuple[Normalizer, Normalizer]:
    """One that reads each field afresh, and one that meets all examples and forgets no word."""
    decisions = None
    if request.param == "decided":
        decisions = Decisions(
            [
                Decision("PGVO", []),
                Decision("PREL", ["PREF", "PGOV"]),
                Decision("PELOSI PREL", ["PINR"]),
                Decision("Unga/C-6", []),
            ]
        )
    return Normalizer(decisions=decisions), Normalizer(decisions=decisions)


@settings(max_examples=400, deadline=None)
@given(fields=st.lists(_FIELDS, max_size=6), unresolved=st.sampled_from(["keep", "drop"]))
@pytest.mark.slow
def test_fields_composed_of_remembered_words_are_those_read_alone(
    engines, fields, unresolved
) -> None:
    fresh, remembering = engines
    keep = unresolved == "keep"
    expected = [
        [tag or raw for tag, raw in fresh.fields.pieces(field) if tag or keep] for field in fields
    ]
    found = compose(pa.array(fields, pa.string()), remembering, keep=keep, unique=False)
    once = compose(pa.array(fields, pa.large_string()), remembering, keep=keep, unique=True)

    assert expected == [remembering.split(field, unresolved=unresolved) for field in fields]
    assert expected == remembering.split_many(fields, unresolved=unresolved)
    assert expected == found.tags.to_pylist()
    assert [list(dict.fromkeys(tags)) for tags in expected] == once.tags.to_pylist()
    assert found.is_unresolved.to_pylist() == once.is_unresolved.to_pylist()
    assert found.is_unresolved.to_pylist() == [
        bool(fresh.resolve(field).unresolved) for field in fields
    ]


def summary_of(found: Resolution) -> Summary:
    """What a summary says, taken from a resolution."""
    segments = [segment for word in found.words for segment in word.segments]
    exact = {"canonical", "alias", "decision"}
    inferred = [w.raw for w in found.words if len(w.segments) > 1 or w.segments[0].how not in exact]
    return Summary(
        found.tags,
        found.status,
        found.confidence,
        found.unresolved,
        tuple([segment.code or segment.raw for segment in segments]),
        tuple(dict.fromkeys(inferred)),
    )


@settings(max_examples=400, deadline=None)
@given(st.lists(_FIELDS, max_size=6), st.sampled_from([0.0, 0.0, 0.9]))
@pytest.mark.slow
def test_summaries_of_remembered_words_are_those_of_whole_resolutions(
    engines, fields, least
) -> None:
    fresh, remembering = engines
    expected = [summary_of(fresh.resolve(field, min_confidence=least)) for field in fields]

    assert expected == remembering.summarize_many(fields, min_confidence=least)


@settings(max_examples=200, deadline=None)
@given(st.lists(_FIELDS, max_size=6), st.sampled_from([0.0, 0.9]), st.booleans())
@pytest.mark.slow
def test_what_arrow_says_of_fields_is_what_their_summaries_say(
    engines, fields, least, unique
) -> None:
    fresh, remembering = engines
    expected = [summary_of(fresh.resolve(field, min_confidence=least)) for field in fields]
    if unique:
        expected = [one.with_each_tag_once() for one in expected]
    found = weigh(pa.array(fields, pa.string()), remembering, least, unique=unique)

    said = zip(
        *(map(tuple, column.to_pylist()) for column in (found.tags, found.unresolved)),
        found.status.to_pylist(),
        *(map(tuple, column.to_pylist()) for column in (found.pieces, found.inferred)),
        strict=True,
    )
    assert list(said) == [
        (one.tags, one.unresolved, one.status, one.pieces, one.inferred) for one in expected
    ]
    assert found.confidence.to_pylist() == pytest.approx([one.confidence for one in expected])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("PREL, PGVO", ["PREL", "PGVO"]),
        ("UNGA/C-6 PREL", ["UNGA/C-6", "PREL"]),
        ("PREL; unhrc-1", ["PREL", "unhrc-1"]),
        ("BA'ATH", ["BA'ATH"]),
        # As the vocabulary does not write it, with more marks, or joined to another code.
        ("UNGA-C/6 PREL", None),
        ("(UNGA/C-6)", None),
        ("PREL-UNGA/C-6", None),
        ("PREL-PGOV", None),
        # What depends on more than itself.
        ("AT&T", None),
        ("CO. PREL", None),
        ("CÔTE", None),
    ],
)
def test_forms_with_marks_are_words_of_a_field(text, words) -> None:
    assert NORMALIZER.words.words_of(text) == words


@pytest.mark.parametrize("text", ["RIGHTS+ALPHA HUMAN", "HUMAN RIGHTS-ALPHA HUMAN", "GAMMA/B C D"])
def test_a_longer_form_that_begins_with_one_with_marks_is_read(text) -> None:
    codes = {"RA": "RIGHTS-ALPHA", "RAH": "RIGHTS+ALPHA HUMAN", "H": "HUMAN", "G": "GAMMA/B"}
    normalizer = Normalizer(codes | {"GCD": "GAMMA/B C D"})
    expected = [tag or raw for tag, raw in normalizer.fields.pieces(text)]

    assert expected[-1] in ("RAH", "GCD")
    assert normalizer.split(text) == expected
    assert compose(pa.array([text]), normalizer, keep=True, unique=False).tags.to_pylist() == [
        expected
    ]


def test_forms_with_marks_are_no_words_where_marks_count_or_people_decide() -> None:
    alike = Normalizer(Taxonomy.of(["C-1", "C1", "FOLK"]))
    decided = Normalizer(decisions=Decisions([Decision("C-6", ["PREL"])]))

    assert alike.words.words_of("C-1 FOLK") is None
    assert decided.words.words_of("UNGA/C-6 PREL") is None


def test_words_that_differ_in_a_mark_alone_have_the_summaries_of_their_resolutions() -> None:
    normalizer = Normalizer(Taxonomy.of(["C", "C++", "C#", "ADA", "Ada-95"]))
    fields = ["C", "c", "C++", "ADA", "ada95", "ADAA", "X"]

    assert normalizer.summarize_many(fields) == [
        summary_of(normalizer.resolve(field)) for field in fields
    ]
    assert normalizer.split_many(fields) == [normalizer.split(field) for field in fields]


@settings(max_examples=200, deadline=None)
@given(_FIELDS)
def test_the_pieces_of_a_summary_are_what_split_gives(field) -> None:
    (found,) = NORMALIZER.summarize_many([field])

    assert NORMALIZER.split(field) == list(found.pieces)
    assert NORMALIZER.split(field, unresolved="drop") == list(found.tags)


def test_slices_of_a_dictionary_are_composed_alike() -> None:
    fields = pa.array(["PREL, PGVO", "", "côte", "UNGA/C-6 PRLE", "PREL PRLE"])
    expected = [NORMALIZER.split(field) for field in fields.to_pylist()]

    for kind in (pa.string(), pa.large_string(), pa.string_view()):
        for start in range(len(fields) + 1):
            found = compose(fields.cast(kind).slice(start), NORMALIZER, keep=True, unique=False)
            assert found.tags.to_pylist() == expected[start:]


def test_fields_that_are_not_distinct_have_their_own_answers() -> None:
    normalizer = Normalizer()

    for fields in (["Q-1", "Q-1", "unga/c-6", "Q-1"], ["Q-2", "unga/c-6", "AFL-CIO"]):
        found = compose(pa.array(fields), normalizer, keep=True, unique=False)
        assert found.tags.to_pylist() == [normalizer.split(field) for field in fields]


@pytest.mark.parametrize("mark", ["", "Q-"])
def test_a_table_of_many_long_words_is_forgotten(monkeypatch, mark) -> None:
    """So is one of fields that are read as wholes: a field with a hyphen is one."""
    monkeypatch.setattr("tagnorm.columns.growing_table._LETTERS", 1000)
    normalizer = Normalizer()

    for start in range(0, 2000, 100):
        fields = pa.array([f"{mark}Q{'X' * 50}{n}, PGVO" for n in range(start, start + 100)])
        found = compose(fields, normalizer, keep=True, unique=False)
        assert found.tags.to_pylist() == [[field[:-6], "PGOV"] for field in fields.to_pylist()]


@pytest.mark.parametrize("text", ["AINF, AINK", "AINK; AINF", "OVIP, OKIP", "AINF, TINF", "AINK"])
def test_a_word_corrected_to_a_code_beside_it_is_read_anew_in_columns_too(text) -> None:
    normalizer = Normalizer()

    found = compose(pa.array([text]), normalizer, keep=True, unique=False)
    assert found.tags.to_pylist() == [normalizer.split(text)]


_REPEATED = st.sampled_from(["AINF", "AINK", "TINF", "PGOV", "PGVO", "PGOVV", "KIPR", "KIRP", "SP"])


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(_REPEATED, st.sampled_from([", ", " "])), min_size=1, max_size=5),
    st.sampled_from([0.0, 0.5, 0.99]),
)
@example([("AINF", ", "), ("AINK", ", ")], 0.5)
@pytest.mark.slow
def test_a_word_beside_the_code_it_was_corrected_to_is_as_sure_in_columns(words, least) -> None:
    assert_columns_say_the_same("".join(chain.from_iterable(words)), least)


# What is no code, and mostly less sure to be none among codes; and codes, names and decided words.
_UNKNOWN = st.sampled_from(
    ["UF", "DQ", "CUU", "FRSP", "AFPK", "QXSP", "A", "12", "X1", "PKK", "THE", "ALIREZA", "N"]
)
_CERTAIN = st.sampled_from(
    ["PREL", "PGOV", "PRELPGOV", "US", "SP", "FR", "prel", "G-8", "UNGA/C-6", "KUWAIT", "PELOSI"]
)
_APART = st.sampled_from([", ", ";", " ", "/", " / ", "\n", ", , "])


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(_CERTAIN, _APART), min_size=1, max_size=4),
    st.tuples(_UNKNOWN, _APART),
    st.lists(st.tuples(_CERTAIN, _APART), max_size=2),
    st.sampled_from([0.0, 0.5, 0.7, 0.95]),
)
@pytest.mark.slow
def test_a_short_word_among_codes_is_as_sure_in_columns(
    engines, before, word, behind, least
) -> None:
    text = "".join(chain.from_iterable([*before, word, *behind]))
    assert_columns_say_the_same(text, least, engines[1])


def assert_columns_say_the_same(
    text: str, least: float, normalizer: Normalizer = NORMALIZER
) -> None:
    found = weigh(pa.array([text, "PREL"]), normalizer, least)
    expected = summary_of(normalizer.resolve(text, min_confidence=least))
    assert found.tags.to_pylist()[0] == list(expected.tags)
    assert found.pieces.to_pylist()[0] == list(expected.pieces)
    assert found.inferred.to_pylist()[0] == list(expected.inferred)
    assert found.status.to_pylist()[0] == expected.status
    assert found.confidence.to_pylist()[0] == pytest.approx(expected.confidence)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param(["PGOV, PGVO, PREL", "PREL; PGOV; PGVO"], id="corrected to a code beside it"),
        pytest.param(["PREL, PGOV, UF", "US; PHUM;CUU", "PREL, UF"], id="short among codes"),
        pytest.param(["PREL, PGOV, FRSP"], id="joined countries among codes"),
        pytest.param(["PREL, PGVO, UNGA/C-6", "unhrc-1; PGVO"], id="a form with marks"),
    ],
)
def test_most_words_need_no_field_around_them(monkeypatch, fields) -> None:
    normalizer = Normalizer()
    read = []

    def summarize(texts, **options):
        read.extend(texts)
        return Normalizer.summarize_many(normalizer, texts, **options)

    monkeypatch.setattr(normalizer, "summarize_many", summarize)
    weigh(pa.array(fields), normalizer)

    assert not set(read) & set(fields)


def test_a_code_beside_it_changes_what_a_word_is_corrected_to() -> None:
    assert Normalizer().split("AINK; AINF") != [*Normalizer().split("AINK"), "AINF"]


@pytest.mark.parametrize(
    ("expected", "field"),
    [
        (["BP-1"], "Britis hPetroleum"),
        (["PREL", "PHUM"], "PREL HUMANR IGHTS"),
        (["PGOV", "PREL"], "PGVO PRELL"),
    ],
)
def test_words_side_by_side_that_are_one_form_torn_are_read_together(expected, field) -> None:
    normalizer = Normalizer()

    assert normalizer.split(field) == expected
    assert list(normalizer.resolve(field).tags) == expected
    assert compose(pa.array([field]), normalizer, keep=True, unique=False).tags.to_pylist() == [
        expected
    ]


@pytest.mark.parametrize(("raw", "tags"), [("CB", []), ("CB", ["OF"]), ("JONES", [])])
@pytest.mark.parametrize("field", ["CB SMITH", "PREL CB SMITH", "E JONES SMITH", "A SMITH JONES"])
def test_what_is_decided_speaks_for_others_in_columns_as_in_fields(raw, tags, field) -> None:
    taxonomy = Taxonomy.of(["OF", "E", "A"])
    normalizer = Normalizer(taxonomy, decisions=Decisions([Decision(raw, tags)]))
    column = compose(pa.array([field]), normalizer, keep=True, unique=False)

    assert column.tags.to_pylist() == [normalizer.split(field)]
