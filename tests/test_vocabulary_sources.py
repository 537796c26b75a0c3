"""Ways into a vocabulary: what a program has at hand, and single files."""

from __future__ import annotations

import json
import os
import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagnorm import Alias, Code, Normalizer, Taxonomy, TaxonomyError
from tagnorm.vocabulary.codes import taxonomy_of
from tagnorm.vocabulary.packages import data_package
from tagnorm.vocabulary.shapes import Shape

PLAIN = Taxonomy((Code("FOLK"), Code("JAZZ")))
NAMED = Taxonomy((Code("FOLK", "Folk"), Code("JAZZ", "Jazz")))
COUNTED = Taxonomy((Code("FOLK", frequency=2), Code("JAZZ", frequency=7)))
FULL = Taxonomy(
    (
        Code(
            "FOLK",
            "Folk; old",
            "music",
            "F",
            "retired",
            "JAZZ",
            "me",
            2.5,
            3,
            anchor=False,
            start=1900,
            end=1950,
            names={"1900": "Folk = songs; ballads"},
        ),
        Code("JAZZ", kind="music"),
    ),
)


@pytest.mark.parametrize(
    ("expected", "source"),
    [
        (PLAIN, ["JAZZ", "FOLK"]),
        (PLAIN, ("JAZZ", "FOLK")),
        (PLAIN, {"JAZZ", "FOLK"}),
        (PLAIN, {"JAZZ": None, "FOLK": ""}.keys()),
        (PLAIN, {"JAZZ": None, "FOLK": ""}),
        (PLAIN, [Code("JAZZ"), "FOLK"]),
        (PLAIN, PLAIN),
        (PLAIN, list(PLAIN)),
        (NAMED, [("JAZZ", "Jazz"), ["FOLK", "Folk"]]),
        (NAMED, {"JAZZ": "Jazz", "FOLK": "Folk"}),
        (NAMED, OrderedDict({"JAZZ": {"name": "Jazz"}, "FOLK": {"name": "Folk"}})),
        (NAMED, [{"code": "JAZZ", "name": "Jazz"}, {"Tag": "FOLK", " Name ": "Folk"}]),
        (COUNTED, {"JAZZ": 7, "FOLK": 2.0}),
        (COUNTED, [{"code": "JAZZ", "cables": 7}, {"code": "FOLK", "cables": 2}]),
        (FULL, list(FULL)),
        (FULL, [attrs.asdict(code) for code in FULL]),
        (Taxonomy(()), []),
    ],
)
def test_a_vocabulary_is_made_of_what_is_at_hand(expected: Taxonomy, source: Any) -> None:
    assert expected == Taxonomy.of(source) == taxonomy_of(source)


def test_a_stream_of_strings_is_read_once() -> None:
    assert Taxonomy.of(tag for tag in ("JAZZ", "FOLK")) == PLAIN


def test_other_names_come_along() -> None:
    expected = (Alias("Bop", "JAZZ"), Alias("Swing; hot", "JAZZ"))

    listed = Taxonomy.of([{"code": "JAZZ", "aliases": ["Swing; hot", "Bop"]}])
    written = Taxonomy.of([{"code": "JAZZ", "aliases": r"Swing\; hot; Bop"}])
    given_ = Taxonomy.of(["JAZZ", *expected])

    assert expected == listed.aliases == written.aliases == given_.aliases


@pytest.mark.parametrize("column", ["aliases", "alias", " Alias "])
def test_other_names_may_stand_in_a_column_alias(column: str, tmp_path: Path) -> None:
    file = tmp_path / "genres.csv"
    file.write_text(f"code,{column}\nJAZZ,Swing; Bop\nFOLK,\n")
    frame = pytest.importorskip("pandas").DataFrame(
        [["JAZZ", "Swing; Bop"], ["FOLK", None]], columns=["code", column]
    )
    for source in (
        file,
        frame,
        [{"code": "JAZZ", column: ["Swing", "Bop"]}, "FOLK"],
        [{"code": "JAZZ", column: "Swing; Bop"}, "FOLK"],
    ):
        aliases = Taxonomy.of(source).aliases
        assert aliases == (Alias("Bop", "JAZZ"), Alias("Swing", "JAZZ"))


def test_none_is_the_built_in_vocabulary() -> None:
    assert taxonomy_of(None) is Taxonomy.load()


@pytest.mark.parametrize(
    ("expected", "source"),
    [
        (["codes[1]: 5 is an int"], ["JAZZ", 5]),
        (["codes[0]: None is a NoneType"], [None]),
        (["codes[0]: ('JAZZ', 'Jazz', 'x') is a tuple"], [("JAZZ", "Jazz", "x")]),
        (["codes[0]: 5 is an int; a form is text"], {5: "Jazz"}),
        (["codes[0]: 'JAZZ' stands for ['Jazz'], a list"], {"JAZZ": ["Jazz"]}),
        (["codes[1]: 'JAZZ' stands in codes[0] already"], ["JAZZ", "JAZZ"]),
        (["codes[0]: the code is missing", "codes[2]: '😀' has no letter"], ["", "JAZZ", "😀"]),
        (["codes[0]: frequency of 'JAZZ' is '-1'"], {"JAZZ": -1}),
        (["codes[1]: frequency of 'FOLK' is 'inf'"], {"JAZZ": 1, "FOLK": float("inf")}),
        (["codes: missing column code; found name"], [{"name": "Jazz"}]),
        (["codes[0]: the code is missing", "codes[1]: the code is missing"], ["", ""]),
        (
            ["codes[0]: 'children' holds a list of other"],
            [{"code": "A", "children": [{"code": 1}]}],
        ),
        (["codes[0]: 'data' holds the list 'items'"], {"data": {"items": ["JAZZ"]}}),
        (["aliases[0]: alias 'Swing' of 'SWNG', no code"], ["JAZZ", Alias("Swing", "SWNG")]),
    ],
)
def test_what_is_wrong_with_an_entry_is_told_by_its_number(
    expected: list[str], source: Any
) -> None:
    with pytest.raises(TaxonomyError) as caught:
        Taxonomy.of(source)

    problems = list(map(str, caught.value.problems))
    assert [part in problem for part, problem in zip(expected, problems, strict=True)] == [
        True for _ in expected
    ]


@pytest.mark.parametrize("source", [5, 1.5, b"JAZZ", object(), True])
def test_what_is_no_vocabulary_at_all_is_a_type_error_that_says_what_is_wanted(source: Any) -> None:
    with pytest.raises(TypeError, match="a vocabulary is a folder or file, strings, pairs"):
        Taxonomy.of(source)


def test_no_such_path_is_an_error_that_says_so() -> None:
    with pytest.raises(TaxonomyError, match="no such file or folder"):
        Taxonomy.of("JAZZ")


# Data frames.

COLUMNS = {"id": [1, 2], "code": ["JAZZ", "FOLK"], "Name": ["Jazz", None], "frequency": [7, None]}
FRAME = Taxonomy((Code("FOLK"), Code("JAZZ", "Jazz", frequency=7)))


def _pandas(columns: dict[str, list[Any]]) -> Any:
    return pytest.importorskip("pandas").DataFrame(columns)


def _polars(columns: dict[str, list[Any]]) -> Any:
    return pytest.importorskip("polars").DataFrame(columns)


def _arrow(columns: dict[str, list[Any]]) -> Any:
    return pytest.importorskip("pyarrow").table(columns)


def _narwhals(columns: dict[str, list[Any]]) -> Any:
    return pytest.importorskip("narwhals").from_native(_polars(columns))


def _duckdb(columns: dict[str, list[Any]]) -> Any:
    table = _arrow(columns)
    return pytest.importorskip("duckdb").from_arrow(table)


FRAMES = {
    "pandas": _pandas,
    "pandas with Arrow": lambda columns: _pandas(columns).convert_dtypes(dtype_backend="pyarrow"),
    "Polars": _polars,
    "Polars, lazy": lambda columns: _polars(columns).lazy(),
    "Arrow": _arrow,
    "Arrow batch": lambda columns: _arrow(columns).to_batches()[0],
    "Arrow reader": lambda columns: _arrow(columns).to_reader(),
    "narwhals": _narwhals,
    "narwhals, lazy": lambda columns: _narwhals(columns).lazy(),
    "DuckDB": _duckdb,
}


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_a_data_frame_of_any_library_is_a_vocabulary(frame: Callable[[Any], Any]) -> None:
    assert Taxonomy.of(frame(COLUMNS)) == FRAME
    assert Taxonomy.of(frame({"genre": ["JAZZ", "FOLK"]})) == PLAIN


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_numbers_in_a_frame_are_no_codes_since_they_may_have_lost_their_zeros(
    frame: Callable[[Any], Any],
) -> None:
    with pytest.raises(TaxonomyError, match=r"row\[1\]: 7 is an int; a form is text"):
        Taxonomy.of(frame({"code": [12, 7], "name": ["x", "y"]}))


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_series_is_a_list_of_codes(library: str) -> None:
    series = pytest.importorskip(library).Series(["JAZZ", "FOLK"])

    assert Taxonomy.of(series) == PLAIN


def test_an_arrow_array_is_a_list_of_codes() -> None:
    arrow = pytest.importorskip("pyarrow")

    assert Taxonomy.of(arrow.array(["JAZZ", "FOLK"])) == PLAIN
    assert Taxonomy.of(arrow.chunked_array([["JAZZ"], ["FOLK"]])) == PLAIN


def test_two_columns_of_one_name_are_an_error() -> None:
    frame = pytest.importorskip("pandas").DataFrame([["JAZZ", "FOLK"]], columns=["code", "Code"])

    with pytest.raises(TaxonomyError, match="column 'code' stands there twice"):
        Taxonomy.of(frame)


# Single files.

WHOLE = {
    "version": "2020",
    "codes": [{"code": "JAZZ", "name": "Jazz"}, "FOLK"],
    "aliases": [{"alias": "Джаз", "code": "JAZZ", "language": "ru"}],
    "outside": {"DJ": "disc jockey"},
    "families": {"F": "Folk"},
    "notes": {"JAZZ": "swing"},
    "costs": {"few": 1.5},
    "confidence": {"canonical": 0.9},
}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("music.tsv", "code\tname\nJAZZ\tJazz\nFOLK\tFolk\n"),
        ("music.tsv", "# version: 1\n\ufeffcode\tname\nJAZZ\tJazz\nFOLK\tFolk\n"[13:]),
        ("music.tsv", "Name\tTag \tx\r\nJazz\tJAZZ\t1\r\nFolk\tFOLK\t2\r\n"),
        ("music.csv", "code,name\nJAZZ,Jazz\nFOLK,Folk\n"),
        ("music.csv", "# kind: music\r\nCode;Name;x\r\nJAZZ;Jazz;1\r\nFOLK;Folk;2\r\n"),
        ("music.csv", "sep=;\r\ncode;name\r\nJAZZ;Jazz\r\nFOLK;Folk\r\n"),
        ("music.csv", '"name","code"\n"Jazz","JAZZ"\n\n"Folk","FOLK"\n'),
        ("music.json", '[["JAZZ", "Jazz"], {"code": "FOLK", "name": "Folk"}]'),
        ("music.json", '{"JAZZ": "Jazz", "FOLK": {"name": "Folk"}}'),
        ("music.jsonl", '["JAZZ", "Jazz"]\n\n{"code": "FOLK", "name": "Folk"}\n'),
        ("MUSIC.JSON", '\ufeff{"JAZZ": "Jazz", "FOLK": "Folk"}'),
    ],
)
def test_a_single_file_is_a_vocabulary(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")

    expected = [attrs.evolve(code, kind=name.split(".", maxsplit=1)[0]) for code in NAMED]
    assert expected == list(Taxonomy.load(path)) == list(Taxonomy.of(str(path)))


def test_a_text_file_has_a_code_in_each_line(tmp_path: Path) -> None:
    (tmp_path / "codes.txt").write_text("JAZZ\r\n\n  FOLK\n#metoo\n", encoding="utf-8")

    assert [code.tag for code in Taxonomy.load(tmp_path / "codes.txt")] == [
        "#metoo",
        "FOLK",
        "JAZZ",
    ]


def test_json_may_hold_all_that_a_folder_holds(tmp_path: Path) -> None:
    path = tmp_path / "music.json"
    path.write_text(json.dumps(WHOLE), encoding="utf-8")
    taxonomy = Taxonomy.load(path)

    assert taxonomy["JAZZ"].name == "Jazz"
    assert taxonomy.aliases == (Alias("Джаз", "JAZZ", language="ru"),)
    assert taxonomy.version == "2020"
    for part in ("outside", "families", "notes", "costs", "confidence"):
        assert getattr(taxonomy, part) == WHOLE[part]


@pytest.mark.parametrize(
    ("expected", "name", "content"),
    [
        ("the ending '.xlsx' names no form of vocabulary; there are", "a.xlsx", b""),
        ("a.csv:3: 1 cells, but 2 columns; quote a cell", "a.csv", b"code,name\nJAZZ,Jazz\nX\n"),
        ("a.csv:2: not UTF-8", "a.csv", b"code\nCAF\xc9\n"),
        ("a.csv:2: shape '[A' cannot be used", "a.csv", b"# kind: x\n# shape: [A\ncode\nJAZZ\n"),
        ("a.csv:1: anchor is 'x'; it takes a number", "a.csv", b"# anchor: x\ncode\nJAZZ\n"),
        ("a.csv: missing column code; found jazz", "a.csv", b"JAZZ\nFOLK\n"),
        ("a.csv:4: '-' has no letter", "a.csv", b'code,name\nJAZZ,"two\nlines"\n-,\n'),
        ("a.json:1: no JSON that can be read", "a.json", b"[JAZZ]"),
        ("a.json:1: no JSON that can be read", "a.json", b"[" * 100_000),
        ("a.json:1: no JSON that can be read", "a.json", b'{"JAZZ": ' + b"9" * 5000 + b"}"),
        ("the key 'JAZZ' stands twice in one object", "a.json", b'{"JAZZ": "a", "JAZZ": "b"}'),
        ("'JAZZ' is no vocabulary; it takes a list", "a.json", b'"JAZZ"'),
        ("'titel' is no part of a vocabulary", "a.json", b'{"codes": ["JAZZ"], "titel": "x"}'),
        ("a.json: outside is ['X']; it is an object", "a.json", b'{"codes": [], "outside": ["X"]}'),
        (
            "costs: 'few' is 'much'; it takes a number",
            "a.json",
            b'{"codes":[],"costs":{"few":"much"}}',
        ),
        ("notes['X']: a note on 'X', no code", "a.json", b'{"codes": [], "notes": {"X": "y"}}'),
        ("a.jsonl:2: no JSON that can be read", "a.jsonl", b'"JAZZ"\n{"code"}\n'),
        ("a.json[1]: 7 is an int; an entry is", "a.json", b'["JAZZ", 7]'),
        (
            "a.json: '@id' is a key of JSON-LD; give the file the ending .jsonld",
            "a.json",
            b'[{"@id": "urn:x", "@type": ["skos:Concept"]}]',
        ),
        ("a.json: '@graph' is a key of JSON-LD", "a.json", b'{"@graph": [], "codes": ["A"]}'),
        ("a.txt:3: 'JAZZ' stands in a.txt:1 already", "a.txt", b"JAZZ\n\nJAZZ\n"),
    ],
)
def test_what_is_wrong_with_a_single_file_is_told_by_line_or_number(
    expected: str, name: str, content: bytes, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(TaxonomyError) as caught:
        Taxonomy.load(tmp_path / name)

    assert expected in "\n".join(map(str, caught.value.problems))
    assert len(str(caught.value)) < 20_000


# Hostile files.


@pytest.mark.parametrize(
    "shape",
    [
        "(A+)+B",
        "(A|AA)+B",
        "(A*)*(A*)*B",
        "A*A*A*A*A*A*A*A*A*A*B",
        "(A{1,1000}){1,1000}",
        "A{5000000000}",
        "(" * 5000,
        "(A|B)*A(A|B){300}",
    ],
)
def test_a_shape_that_would_run_for_ever_is_matched_or_refused_within_a_second(
    shape: str, tmp_path: Path
) -> None:
    rows = "".join(f"{'A' * 60}{at}\n" for at in range(500))
    (tmp_path / "a.tsv").write_text(f"# shape: {shape}\ncode\n{rows}", encoding="utf-8")
    start = time.process_time()
    with pytest.raises(TaxonomyError) as caught:
        Taxonomy.load(tmp_path)

    assert time.process_time() - start < 2
    assert all(problem.line for problem in caught.value.problems)
    assert len(str(caught.value)) < 20_000


@pytest.mark.parametrize("shape", [r"(A)\1", "(?=A)A", r"\bA", "A++", "(?i:A)"])
def test_what_cannot_be_matched_in_one_pass_is_refused(shape: str) -> None:
    with pytest.raises(ValueError, match=r"it (looks ahead|changes its flags)"):
        Shape(shape)


SHAPES = (
    "[A-C]{2,3}", ".{2,}", "(A|AB|B)*C", "[a-z0-9]+(-[a-z0-9]+)*", r"\w+\.\d{1,3}", "(?i)ab?c",
    "[^A]*?B", "(A*)*", "", "^A+$", r"[\d\-A-C]+|x", "(?s).A", "A{0}B", r"\D\S\W?",
)  # fmt: skip


@given(st.sampled_from(SHAPES), st.text("ABCabcx-.1 _", max_size=6))
def test_a_shape_matches_what_its_expression_matches(shape: str, text: str) -> None:
    import re  # noqa: PLC0415 - the other way to the same answer

    assert Shape(shape).fits(text) == bool(re.fullmatch(shape, text))


def test_an_error_shows_a_page_of_its_problems_and_holds_them_all(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("JAZZ\n" * 3000, encoding="utf-8")
    with pytest.raises(TaxonomyError, match="2,999 problems in ") as caught:
        Taxonomy.load(tmp_path / "a.txt")

    assert "and 2,959 more" in str(caught.value)
    assert len(caught.value.problems) == 2999


def test_a_very_long_code_does_not_make_a_very_long_message() -> None:
    with pytest.raises(TaxonomyError) as caught:
        Taxonomy.of(["A" * 100_000, "A" * 100_000])

    assert len(str(caught.value)) < 500


@pytest.mark.slow
def test_a_hundred_thousand_codes_are_read(tmp_path: Path) -> None:
    rows = "".join(f"C{at:05}.{at % 7}\tName {at}\n" for at in range(100_000))
    (tmp_path / "codes.tsv").write_text(f"code\tname\n{rows}", encoding="utf-8")
    taxonomy = Taxonomy.load(tmp_path)

    assert len(taxonomy) == 100_000
    assert taxonomy["C99999.4"].name == "Name 99999"


def test_missing_names_in_a_list_are_none_and_text_of_numpy_is_text() -> None:
    numpy = pytest.importorskip("numpy")
    taxonomy = Taxonomy.of([{"code": "JAZZ", "aliases": [None, "", "Swing", float("nan")]}])

    assert [alias.alias for alias in taxonomy.aliases] == ["Swing"]
    assert {type(code.tag) for code in Taxonomy.of(numpy.array(["JAZZ", "FOLK"]))} == {str}


@pytest.mark.parametrize(
    ("codes", "text", "tags"),
    [
        (["Rock & Roll", "Rock"], "rock and roll", ["Rock & Roll"]),
        (["Bosnia and Herzegovina"], "BOSNIA & HERZEGOVINA", ["Bosnia and Herzegovina"]),
        (["Drum & Bass", "House"], "drum and bass, house", ["Drum & Bass", "House"]),
        (["Hepatitis A and B", "Hepatitis B"], "hepatitis A & B", ["Hepatitis A and B"]),
        (["Vitamin B & C", "Vitamin C"], "Vitamin B and C", ["Vitamin B & C"]),
        (["Q and A", "QA"], "QA", ["QA"]),
        # What is a code itself, or two, is no other way to write one.
        (["Rock & Roll", "Rock and Roll"], "rock and roll", ["Rock and Roll"]),
        (["Jazz", "Rock"], "jazz & rock", ["Jazz", "Rock"]),
    ],
)
def test_a_code_with_and_may_be_written_with_the_sign_and_the_other_way_round(
    codes: list[str], text: str, tags: list[str]
) -> None:
    assert list(Normalizer(codes).resolve(text).tags) == tags


@pytest.mark.parametrize(
    ("codes", "text", "tags"),
    [
        (["Art, Modern", "Geometry, Algebraic"], "modern art; algebraic geometry",
         ["Art, Modern", "Geometry, Algebraic"]),
        (["Engineer, mining", "Engineer"], "Mining enginer", ["Engineer, mining"]),
        (["Leukemia, Myeloid, Acute", "Leukemia"], "acute myeloid leukemia",
         ["Leukemia, Myeloid, Acute"]),
        (["Iran, Islamic Republic of"], "Islamic Republic of Iran", ["Iran, Islamic Republic of"]),
        # As it is written it is itself, and what is a code itself is no other way to write one.
        (["Art, Modern", "Modern art"], "Modern Art; Art, Modern", ["Modern art", "Art, Modern"]),
        (["Paris, France", "France", "Paris"], "France Paris", ["France", "Paris"]),
        # A list is none, nor is a name with years.
        (["Salt, Pepper and Spices"], "Pepper and Spices Salt", []),
        (["World War, 1939-1945"], "1939-1945 World War", []),
    ],
)  # fmt: skip
def test_a_code_that_is_written_last_words_first_may_stand_in_order(
    codes: list[str], text: str, tags: list[str]
) -> None:
    assert list(Normalizer(codes).resolve(text).tags) == tags
    assert list(
        Normalizer([(f"X{n}0", code) for n, code in enumerate(codes)]).resolve(text).tags
    ) == [f"X{codes.index(tag)}0" for tag in tags]


def test_the_other_way_to_write_a_code_is_none_if_it_is_listed_as_no_code() -> None:
    taxonomy = Taxonomy((Code("Rock & Roll"),), outside={"ROCK AND ROLL": "a text"})

    assert Normalizer(taxonomy).split("rock and roll") == ["rock and roll"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("codes.tsv", "code\tname\n"),
        ("codes.csv", "code,name\n"),
        ("codes.txt", "\n\n"),
        ("codes.json", "[]"),
        ("codes.json", "{}"),
        ("codes.json", '{"codes": []}'),
        ("codes.jsonl", ""),
    ],
)
def test_a_file_without_a_code_is_no_vocabulary(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)

    for source in (tmp_path / name, str(tmp_path / name)):
        with pytest.raises(TaxonomyError, match=rf"{name}: no code is here, so nothing would be"):
            Taxonomy.of(source)


def test_a_folder_without_a_code_is_no_vocabulary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "outside.tsv").write_text("# kind: outside\ncode\tname\nDJ\t\n")
    monkeypatch.chdir(tmp_path)

    with pytest.raises(TaxonomyError, match=r"\.: no code is here"):
        Taxonomy.load(".")
    with pytest.raises(TaxonomyError, match="'': the path is empty; name a folder or file"):
        Taxonomy.load("")


def test_a_pipe_is_no_vocabulary(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "codes.csv")

    with pytest.raises(TaxonomyError, match=r"codes\.csv: it is a pipe or a device, and no name"):
        Taxonomy.load(tmp_path / "codes.csv")


def test_what_is_no_path_and_no_language_is_a_type_error(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match=r"a path is expected, not list; see `Taxonomy.of`"):
        Taxonomy.load(["JAZZ"])  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="language is None; it takes a text, such as 'en'"):
        Taxonomy.load(tmp_path, language=None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("codes.csv", "code,name\n\nJAZZ,Jazz\n,\n \n , , \n"),
        ("codes.csv", "code;name\nJAZZ;Jazz\n;\n; \n;;\n"),
        ("codes.tsv", "code\tname\n\t\nJAZZ\tJazz\n\t\n\t\t\t\n\n"),
    ],
)
def test_an_empty_row_of_a_table_is_no_entry(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)

    assert [(code.tag, code.name) for code in Taxonomy.load(tmp_path / name)] == [("JAZZ", "Jazz")]


def test_a_row_without_a_code_that_says_something_is_told(tmp_path: Path) -> None:
    (tmp_path / "codes.csv").write_text("code,name\nJAZZ,Jazz\n,Folk\n")

    with pytest.raises(TaxonomyError, match=r"codes\.csv:3: the code is missing"):
        Taxonomy.load(tmp_path / "codes.csv")


SHARED = [("M1", "Mercury"), ("M2", "Mercury"), ("M3", "Mercurys"), ("M4", "Mars rising")]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Mercury", []),
        ("mercury", []),
        ("MERCURY; M1", ["M1"]),
        ("Mercurys", ["M3"]),
        ("Mercuryss", ["M3"]),
        ("Mars rsing", ["M4"]),
    ],
)
def test_a_name_of_several_codes_is_never_corrected_into_that_of_another(
    text: str, tags: list[str]
) -> None:
    for codes in (SHARED, [(code, name.replace("Mercury", "MERCURY")) for code, name in SHARED]):
        normalizer = Normalizer(codes)
        assert list(normalizer.resolve(text).tags) == tags
        assert normalizer.split(text, unresolved="drop") == tags


def test_a_name_of_several_codes_of_several_words_is_not_corrected_either() -> None:
    names = ["Venus rising", "Venus rising", "Venus risings"]
    normalizer = Normalizer(zip(("V.1", "V.2", "V.3"), names, strict=True))

    assert normalizer.split("Venus rising") == ["Venus rising"]
    assert normalizer.split("venus risings; Venus rissings") == ["V.3", "V.3"]


def test_hidden_files_of_a_folder_are_no_part_of_the_vocabulary(tmp_path: Path) -> None:
    (tmp_path / "codes.tsv").write_text("code\tname\nJAZZ\tJazz\n")
    (tmp_path / "._codes.tsv").write_bytes(b"\0\5\x16\7\xff")
    (tmp_path / ".old.tsv").write_text("code\nFOLK\n")
    music = Taxonomy.load(tmp_path)

    assert [code.tag for code in music] == ["JAZZ"]
    assert [one["path"] for one in data_package(tmp_path)["resources"]] == ["codes.tsv"]
    (tmp_path / "codes.tsv").unlink()
    with pytest.raises(TaxonomyError, match=r"no \*\.tsv file here"):
        Taxonomy.load(tmp_path)
