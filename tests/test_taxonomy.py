"""The vocabulary: its files, its codes, what is found in it, and what is wrong with a bad one."""

# ruff: noqa: RUF001 - letters of other scripts that look alike are meant

from __future__ import annotations

import pickle
import re
import shutil
import timeit
from collections import Counter
from itertools import product
from pathlib import Path
from string import ascii_uppercase

import pytest
from hypothesis import given
from strategies import ANY_TEXT

from benchmarks.training.packed import prices_of
from tagnorm import Alias, Code, Normalizer, Taxonomy, TaxonomyError, resolve, split
from tagnorm.folding import fold, squash
from tagnorm.vocabulary import loading
from tagnorm.vocabulary.codes import _builtin
from tagnorm.vocabulary.loading import builtin_folder, checksum_of, read_builtin, read_folder
from tagnorm.vocabulary.packed import PATH, packed, read_packed

TAXONOMY = Taxonomy.load()
FOLDER = builtin_folder()
FAMILIES = {
    "A": "administration",
    "B": "business",
    "C": "consular",
    "E": "economic",
    "K": "program",
    "M": "military",
    "O": "operations",
    "P": "political",
    "S": "social",
    "T": "technology",
}
COLUMNS = "code\tname\tstatus\treplaced_by\tsource"


def data_rows(file: Path) -> list[list[str]]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")][1:]


# The built-in files.


# What a program writes, in an order of its own.
NUMBERS = ("confidence", "costs")


@pytest.mark.parametrize(
    "file",
    [file for file in sorted(FOLDER.glob("*.tsv")) if file.stem not in NUMBERS],
    ids=lambda file: file.stem,
)
def test_every_file_is_sorted_and_says_its_title_its_version_and_the_source_of_each_row(
    file: Path,
) -> None:
    text = file.read_text(encoding="utf-8")
    rows = data_rows(file)

    assert text.endswith("\n")
    assert "\r" not in text
    assert re.search(r"^# version: \d{4}-\d\d-\d\d$", text, re.MULTILINE)
    assert re.search(r"^# title: .+$", text, re.MULTILINE)
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert all(row[-1] for row in rows), "a row without a source"
    assert all(cell == cell.strip() for row in rows for cell in row)


def test_the_readme_names_every_file() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")

    assert [file.name for file in FOLDER.glob("*.tsv") if f"`{file.name}`" not in readme] == []


def test_every_row_of_every_file_is_in_the_vocabulary() -> None:
    rows = {file.stem: [row[0] for row in data_rows(file)] for file in FOLDER.glob("*.tsv")}
    aliases = sorted(rows.pop("aliases") + rows.pop("aliases_countries"))
    outside, notes = rows.pop("outside") + rows.pop("outside_names"), rows.pop("notes")
    costs, confidence = rows.pop("costs"), rows.pop("confidence")

    assert (costs, confidence) == (list(TAXONOMY.costs), list(TAXONOMY.confidence))
    assert notes == list(TAXONOMY.notes)
    assert sorted(code for codes in rows.values() for code in codes) == [c.tag for c in TAXONOMY]
    assert aliases == sorted(alias.alias for alias in TAXONOMY.aliases)
    assert set(outside) == set(TAXONOMY.outside)


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_a_family_has_codes_of_four_letters_that_begin_with_its_own(family: str) -> None:
    codes = TAXONOMY.by_family(family)

    assert codes
    assert all(re.fullmatch(f"{family}[A-Z]{{3}}", code.tag) for code in codes)
    assert {"program" if family == "K" else "subject"} == {code.kind for code in codes}
    assert all(code.anchor for code in codes)
    assert {row[0] for row in data_rows(FOLDER / f"{FAMILIES[family]}.tsv")} == {
        code.tag for code in codes
    }


def test_the_kinds_have_their_shapes() -> None:
    assert {"subject", "program", "geographic", "organization"} == {c.kind for c in TAXONOMY}
    assert all(re.fullmatch("[A-Z]{2}", code.tag) for code in TAXONOMY.by_kind("geographic"))
    assert all(len(squash(code.tag)) >= 2 for code in TAXONOMY.by_kind("organization"))
    assert all(code.tag == fold(code.tag) == code.tag.strip() for code in TAXONOMY)


def test_there_are_as_many_codes_of_each_kind_as_one_would_expect() -> None:
    counts = Counter(code.kind for code in TAXONOMY)

    assert 90 <= counts["subject"] <= 200
    assert 60 <= counts["program"] <= 200
    assert 250 <= counts["geographic"] <= 350
    assert 300 <= counts["organization"] <= 900
    assert len(TAXONOMY) == sum(counts.values()) > 1000
    assert len(TAXONOMY.aliases) > 500
    assert len(TAXONOMY.outside) > 100


def test_two_letter_codes_need_company_and_longer_ones_do_not() -> None:
    for code in TAXONOMY:
        assert code.anchor == (len(squash(code.tag)) > 2 and code.kind != "geographic")


def test_a_retired_code_names_a_successor_or_one_that_names_the_next_and_the_last_is_current() -> (
    None
):
    for code in TAXONOMY:
        assert code.status in ("current", "retired", "attested")
        seen = [code]
        while seen[-1].replaced_by:
            assert seen[-1].status == "retired"
            seen.append(TAXONOMY[seen[-1].replaced_by])
            assert len(seen) < 4
        # The Netherlands Antilles, NA and then NT, were dissolved without a single successor.
        assert len(seen) == 1 or seen[-1].status == "current" or seen[-1].tag == "NT"


def test_codes_are_in_order_and_each_is_there_once() -> None:
    tags = [code.tag for code in TAXONOMY]

    assert sorted(set(tags)) == tags


def test_names_that_are_the_same_without_case_and_separators_are_of_one_code() -> None:
    names = {(squash(code.tag), code.tag) for code in TAXONOMY}
    names |= {(squash(alias.alias), alias.tag) for alias in TAXONOMY.aliases}
    names |= {(squash(form), "") for form in TAXONOMY.outside}

    assert [name for name, count in Counter(name for name, _ in names).items() if count > 1] == []
    assert all(name for name, _ in names)
    written = [alias.alias for alias in TAXONOMY.aliases]
    assert len(written) == len(set(written))


@pytest.mark.parametrize("name", ["name", "common_name", "official_name"])
def test_a_country_is_one_code_by_the_names_of_iso(name: str) -> None:
    pycountry = pytest.importorskip("pycountry")
    named = [country for country in pycountry.countries if hasattr(country, name)]
    found = {c.alpha_2: TAXONOMY.lookup(getattr(c, name)) for c in named}

    # Congo alone may be either of two; the others are islands that have a code each.
    assert {country for country, code in found.items() if code is None} <= {"CG", "UM"}
    assert [
        country.alpha_2
        for country in named
        if (code := found[country.alpha_2]) and split(getattr(country, name)) != [code.tag]
    ] == []
    assert len(named) > 10


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("BH", "British Honduras"),
        ("YS", "People's Democratic Republic of Yemen"),
        ("VN", "Democratic Republic of Viet-Nam"),
        ("CH", "People's Republic of China"),
        ("CH", "People Republic of China"),
        ("TW", "Republic of China"),
        ("CG", "Congo (Kinshasa)"),
        ("CF", "Congo (Brazzaville)"),
        ("GW", "Germany (West)"),
        ("KS", "Korea, South"),
        ("UK", "Reino Unido"),
        ("UNDP", "United Nations Development Program"),
        ("USGS", "United States Geological Survey"),
    ],
)
def test_a_name_of_another_time_or_written_out_is_one_code_and_nothing_else(
    tag: str, name: str
) -> None:
    assert split(name) == split(name.upper()) == [tag]


def test_the_names_of_bodies_of_the_united_nations_may_be_written_out() -> None:
    bodies = [code for code in TAXONOMY if code.name.startswith("UN ")]
    named = {code.tag: "United Nations" + code.name.removeprefix("UN") for code in bodies}

    # What is no organization, and the one that has two codes.
    apart = {"KUNC", "KUNR", "UNPOC", "UNPOP"}
    assert [tag for tag, name in named.items() if split(name) != [tag] and tag not in apart] == []
    assert len(named) > 50


def test_every_other_name_says_what_kind_it_is_and_where_it_is_from() -> None:
    assert all(alias.kind and alias.source and alias.tag in TAXONOMY for alias in TAXONOMY.aliases)


def test_no_two_letter_string_is_anything_but_a_code_or_another_name_for_one() -> None:
    names = {squash(alias.alias): alias.tag for alias in TAXONOMY.aliases}
    found = {}
    for letters in map("".join, product(ascii_uppercase, repeat=2)):
        expected = letters if letters in TAXONOMY else names.get(letters)
        assert [expected or letters] == split(letters)
        if expected not in (None, letters):
            found[letters] = expected

    # Foreign codes that are no codes here, and that can be nothing else on a line of tags.
    union = {"EU": "EUN", "UE": "EUN", "RU": "RS", "VZ": "VE"}
    iso = "DK=DA DZ=AG IQ=IZ JP=JA KP=KN KW=KU LK=CE UA=UP ZM=ZA ZW=ZI"
    assert found == union | dict(pair.split("=") for pair in iso.split())


def test_counts_and_places_are_hints_that_are_whole_numbers_or_missing() -> None:
    assert all(code.cables is None or code.cables >= 0 for code in TAXONOMY)
    assert all(code.position is None or code.position >= 1 for code in TAXONOMY)
    assert (TAXONOMY["PREL"].cables or 0) > 100
    assert [
        code.tag
        for code in TAXONOMY
        if code.position and code.family not in ("A", "E", "K", "P", "")
    ] == []


def test_the_settled_contradictions_of_the_sources_are_as_the_readme_says() -> None:
    names = {"AU": "Austria", "AL": "Albania", "GM": "Germany", "BP": "Solomon Islands"}

    assert names == {tag: TAXONOMY[tag].name for tag in names}
    assert all(tag in TAXONOMY for tag in ("AU-1", "AL-1", "GM-1", "BP-1", "ARABL"))
    assert [tuple({TAXONOMY[tag].replaced_by for tag in ("GE", "GW", "GC")})] == [("GM",)]
    assert not {"EU", "UE", "RU", "VZ"} & {code.tag for code in TAXONOMY}
    assert {"PREF", "PREL", "PGOV", "ETTC"} == {
        TAXONOMY[tag].replaced_by for tag in ("SREF", "PFOR", "PINT", "ESTC")
    }


def test_an_acronym_outside_is_no_code_and_stays_whole() -> None:
    for acronym in TAXONOMY.outside:
        assert acronym not in TAXONOMY
        assert ((), (acronym,)) == (resolve(acronym).tags, resolve(acronym).unresolved)


# Looking up.


@pytest.mark.parametrize(
    ("tag", "what"),
    [
        ("PREL", "PREL"),
        ("PREL", "prel"),
        ("PREL", " p r e l "),
        ("UNGA/C-6", "unga c6"),
        ("SP", "spain"),
        ("SP", "Spain"),
        ("KIPR", "Intellectual Property Rights"),
        ("IV", "Côte d’Ivoire"),
        ("CF", "Congo, Republic of"),
        ("EUN", "EU"),
    ],
)
def test_a_code_is_found_by_its_tag_another_name_or_its_name(tag: str, what: str) -> None:
    found = TAXONOMY.lookup(what)

    assert found is TAXONOMY[tag]


@pytest.mark.parametrize("what", ["", "  ", "nonsense", "PRELPGOV", "PGVO", "😀", "AGOA"])
def test_what_is_no_name_of_a_code_finds_nothing(what: str) -> None:
    assert TAXONOMY.lookup(what) is None


def test_every_code_and_every_other_name_is_found() -> None:
    assert all(TAXONOMY.lookup(code.tag) is code for code in TAXONOMY)
    assert all(TAXONOMY.lookup(a.alias) is TAXONOMY[a.tag] for a in TAXONOMY.aliases)
    assert all(TAXONOMY.lookup(a.alias.lower()) is TAXONOMY[a.tag] for a in TAXONOMY.aliases)


def test_a_tag_wins_over_another_name_and_that_over_a_name() -> None:
    taxonomy = Taxonomy(
        (Code("ROCK", "Jazz"), Code("JAZZ", "Blue"), Code("FOLK", "Soul")),
        (Alias("Soul", "ROCK", "", ""),),
    )

    found = [taxonomy.lookup(what) for what in ("jazz", "soul", "blue")]

    assert [taxonomy["JAZZ"], taxonomy["ROCK"], taxonomy["JAZZ"]] == found


def test_a_name_that_several_codes_bear_names_none() -> None:
    assert Taxonomy((Code("AAAA", "Same"), Code("BBBB", "same"))).lookup("Same") is None


@given(ANY_TEXT)
def test_any_text_may_be_looked_up(text: str) -> None:
    found = TAXONOMY.lookup(text)

    assert found is None or found in TAXONOMY.codes


def test_codes_are_asked_for_by_tag_alone() -> None:
    assert "PREL" in TAXONOMY
    assert "prel" not in TAXONOMY
    assert "KUWAIT" not in TAXONOMY
    assert None not in TAXONOMY
    assert TAXONOMY.get("prel") is None
    assert TAXONOMY.get("PREL") is TAXONOMY["PREL"]
    with pytest.raises(KeyError, match="NONSENSE"):
        TAXONOMY["NONSENSE"]


def test_codes_come_by_family_and_by_kind() -> None:
    assert [code.tag for code in TAXONOMY.by_family("B")][:3] == ["BAGB", "BBAK", "BBCP"]
    assert {code.family for code in TAXONOMY.by_family("B")} == {"B"}
    assert () == TAXONOMY.by_family("Q") == TAXONOMY.by_kind("planets")
    kinds = ("subject", "program", "geographic", "organization")
    assert len(TAXONOMY) == sum(len(TAXONOMY.by_kind(kind)) for kind in kinds)


# What a vocabulary is.


def test_a_vocabulary_cannot_be_changed() -> None:
    for thing, name in (
        (TAXONOMY, "codes"),
        (TAXONOMY["PREL"], "name"),
        (TAXONOMY.aliases[0], "tag"),
    ):
        with pytest.raises(AttributeError):
            setattr(thing, name, "X")
    with pytest.raises(TypeError):
        TAXONOMY["PREL"] = Code("PREL")  # type: ignore[index]


def test_the_built_in_vocabulary_is_read_once() -> None:
    assert Taxonomy.load() is Taxonomy.load()


def test_a_vocabulary_can_be_stored() -> None:
    copy = pickle.loads(pickle.dumps(TAXONOMY))

    assert copy == TAXONOMY
    assert copy.lookup("kuwait") == TAXONOMY["KU"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the built-in vocabulary."""
    return Path(shutil.copytree(FOLDER, tmp_path / "taxonomy"))


def test_a_copy_of_the_files_is_the_same_vocabulary(folder: Path) -> None:
    assert TAXONOMY == Taxonomy.load(folder) == Taxonomy.load(str(folder))


def test_the_packed_vocabulary_is_that_of_the_files() -> None:
    read = Taxonomy.load(FOLDER)
    found = read_packed(checksum_of(FOLDER))

    assert found is not None and found.forms is not None, "run `python -m benchmarks packed`"
    forms = found.forms.forms()
    whole = found._replace(aliases=forms[: found.forms.aliases], forms=None, prices=None)
    assert whole == read_folder(FOLDER)
    assert forms == read.forms
    assert found.prices == prices_of(read)
    assert PATH.read_text(encoding="utf-8") == packed(
        read_folder(FOLDER), read.forms, found.prices, checksum_of(FOLDER)
    )


def test_aliases_are_made_when_they_are_asked_for() -> None:
    made = _builtin.__wrapped__()

    assert "aliases" not in vars(made)
    assert made.form_columns == (
        [form.alias for form in made.forms],
        [form.tag for form in made.forms],
    )
    assert made.aliases == made.forms[: len(made.aliases)] == TAXONOMY.aliases
    with pytest.raises(AttributeError, match="no attribute 'alias'"):
        _ = made.alias


def test_files_that_somebody_has_changed_are_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "_INSTALLED", folder)
    assert read_builtin().forms is not None
    with (folder / "business.tsv").open("a", encoding="utf-8") as file:
        file.write("BQQQ\n")

    assert read_packed(checksum_of(folder)) is None
    with pytest.raises(TaxonomyError, match="1 cells"):
        read_builtin()


@pytest.mark.parametrize("content", [None, b"", b"\xff", b'{"checksum": 0}'])
def test_a_packed_vocabulary_that_is_lost_or_of_others_is_passed_over(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "vocabulary.json"
    monkeypatch.setattr("tagnorm.vocabulary.packed.PATH", path)
    if content is not None:
        path.write_bytes(content)

    assert read_packed(checksum_of(FOLDER)) is None
    assert read_builtin() == read_folder(FOLDER)


def test_the_version_is_that_of_the_newest_file_and_changes_with_any_row(folder: Path) -> None:
    file = folder / "business.tsv"
    text = file.read_text(encoding="utf-8")
    dates = [
        line.split(": ")[1]
        for path in folder.glob("*.tsv")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("# version: ")
    ]
    assert re.fullmatch(re.escape(max(dates)) + r"\+[0-9a-f]{8}", TAXONOMY.version)

    file.write_text(text.replace("\tFAH\n", "\tFAH!\n", 1), encoding="utf-8")
    changed = Taxonomy.load(folder).version
    file.write_text(text.replace("# version: 20", "# version: 30"), encoding="utf-8")
    newer = Taxonomy.load(folder).version

    assert len({TAXONOMY.version, changed, newer}) == 3
    assert newer.startswith("30")


# What is wrong with a bad vocabulary.


def written(folder: Path, **files: str | bytes) -> Path:
    """A folder with files of these names and contents."""
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / f"{name}.tsv").write_bytes(data)
    return folder


def problems(folder: Path) -> list[str]:
    with pytest.raises(TaxonomyError) as caught:
        Taxonomy.load(folder)
    shown = str(caught.value)
    assert str(folder) in shown
    assert all(str(problem) in shown for problem in caught.value.problems)
    return [str(problem) for problem in caught.value.problems]


ROW = "JAZZ\tJazz\tcurrent\t\tme"


@pytest.mark.parametrize(
    ("expected", "files"),
    [
        (
            "music.tsv: missing column code; found name, status",
            {"music": "name\tstatus\nJazz\tcurrent\n"},
        ),
        (
            "music.tsv: column 'code' stands there twice",
            {"music": "code\tcode\nJAZZ\tJAZZ\n"},
        ),
        ("music.tsv: missing column code", {"music": "# only a comment\n"}),
        ("music.tsv: missing column code", {"music": ""}),
        (
            "aliases.tsv: missing column code",
            {"music": f"{COLUMNS}\n{ROW}\n", "aliases": "alias\n"},
        ),
        ("music.tsv:2: 2 cells, but 5 columns", {"music": f"{COLUMNS}\nJAZZ\tJazz\n"}),
        (
            "music.tsv:3: 'JAZZ' stands in music.tsv:2 already",
            {"music": f"{COLUMNS}\n{ROW}\n{ROW}\n"},
        ),
        (
            "songs.tsv:2: 'JAZZ' stands in music.tsv:2 already",
            {"music": f"{COLUMNS}\n{ROW}\n", "songs": f"{COLUMNS}\n{ROW}\n"},
        ),
        (
            "aliases.tsv:2: alias 'SWING' of 'SWNG', no code",
            {"music": f"{COLUMNS}\n{ROW}\n", "aliases": "alias\tcode\nSWING\tSWNG\n"},
        ),
        (
            "aliases.tsv:2: 'JAZZ' stands in music.tsv:2 already",
            {"music": f"{COLUMNS}\n{ROW}\n", "aliases": "alias\tcode\nJAZZ\tJAZZ\n"},
        ),
        (
            "aliases.tsv:2: ' -' has no letter or digit",
            {"music": f"{COLUMNS}\n{ROW}\n", "aliases": "alias\tcode\n -\tJAZZ\n"},
        ),
        (
            "noise.tsv:3: 'JAZZ' stands in music.tsv:2 already",
            {"music": f"{COLUMNS}\n{ROW}\n", "noise": "# kind: outside\ncode\nJAZZ\n"},
        ),
        (
            "music.tsv:3: code 'JAZZ' has not the shape 'M[A-Z]{3}' that the file declares",
            {"music": f"# shape: M[A-Z]{{3}}\n{COLUMNS}\n{ROW}\n"},
        ),
        (
            "music.tsv:1: shape '[A-Z' cannot be used: it is no regular expression",
            {"music": f"# shape: [A-Z\n{COLUMNS}\n{ROW}\n"},
        ),
        (
            "music.tsv:1: anchor is 'some'; it takes a number of letters, or 'never'",
            {"music": f"# anchor: some\n{COLUMNS}\n{ROW}\n"},
        ),
        (
            "music.tsv:2: status 'old' of 'JAZZ'; it takes current, retired, attested",
            {"music": f"{COLUMNS}\nJAZZ\tJazz\told\t\tme\n"},
        ),
        (
            "music.tsv:2: 'JAZZ' is replaced by 'BOP', no code",
            {"music": f"{COLUMNS}\nJAZZ\tJazz\tretired\tBOP\tme\n"},
        ),
        (
            "music.tsv:2: cables of 'JAZZ' is 'many'; it takes a positive number or nothing",
            {"music": f"{COLUMNS}\tcables\n{ROW}\tmany\n"},
        ),
        (
            "music.tsv:2: cables of 'JAZZ' is '1e-400'; it takes a positive number or nothing",
            {"music": f"{COLUMNS}\tcables\n{ROW}\t1e-400\n"},
        ),
        (
            "music.tsv:2: position of 'JAZZ' is '-1'; it takes a whole number or nothing",
            {"music": f"{COLUMNS}\tposition\n{ROW}\t-1\n"},
        ),
        ("music.tsv:2: not UTF-8", {"music": f"{COLUMNS}\nCAF".encode() + b"\xe9\tx\n"}),
        ("no *.tsv file here", {}),
    ],
)
def test_a_bad_file_is_an_error_that_names_the_file_the_line_and_the_fault(
    expected: str, files: dict[str, str | bytes], tmp_path: Path
) -> None:
    (found,) = problems(written(tmp_path / "vocabulary", **files))

    assert expected in found


def test_no_folder_is_an_error_that_names_it(tmp_path: Path) -> None:
    (found,) = problems(tmp_path / "nowhere")

    assert str(tmp_path / "nowhere") in found
    assert "no such file or folder; a vocabulary is a folder" in found


def test_all_problems_are_reported_at_once_in_order(tmp_path: Path) -> None:
    folder = written(
        tmp_path / "vocabulary",
        music="\n".join(
            ("# shape: [A-Z]{4}", COLUMNS, ROW, "BOP\tBop\tnew\t\tme", "JAZZ\t\tcurrent\tX\tme")
        ),
        aliases="alias\tcode\nSWING\tSWNG\nJAZZ\tJAZZ\n",
        latin=b"caf\xe9\n",
        other="nothing\n",
    )
    found = problems(folder)

    assert [
        (place, next(part for part in parts if part in problem))
        for problem, place, parts in (
            (problem, re.split(r":? ", problem)[0].rstrip(":"), PARTS) for problem in found
        )
    ] == [
        ("aliases.tsv:2", "'SWNG', no code"),
        ("aliases.tsv:3", "already"),
        ("latin.tsv:1", "not UTF-8"),
        ("music.tsv:4", "shape"),
        ("music.tsv:4", "status 'new'"),
        ("music.tsv:5", "replaced by 'X'"),
        ("music.tsv:5", "already"),
        ("other.tsv", "missing column"),
    ]


PARTS = (
    "'SWNG', no code",
    "already",
    "not UTF-8",
    "shape",
    "status 'new'",
    "replaced by 'X'",
    "missing column",
)


def test_the_number_of_problems_is_told(tmp_path: Path) -> None:
    folder = written(tmp_path / "vocabulary", music=f"{COLUMNS}\n{ROW}\n{ROW}\nX\n")

    with pytest.raises(TaxonomyError, match="2 problems in "):
        Taxonomy.load(folder)


# What a vocabulary made by a program, and a folder of files, say alike.


@pytest.mark.parametrize(
    ("expected", "codes", "aliases"),
    [
        ("codes[0]: the code is missing", [Code("")], []),
        ("codes[0]: '+' has no letter or digit", [Code("+")], []),
        ("codes[1]: '😀' has no letter or digit", [Code("JAZZ"), Code("😀")], []),
        ("codes[0]: ' JAZZ' begins or ends with a space", [Code(" JAZZ")], []),
        ("codes[0]: 'JA\\tZZ' holds the character U+0009", [Code("JA\tZZ")], []),
        ("codes[0]: 5 is an int; a form is text", [Code(5)], []),  # type: ignore[arg-type]
        ("codes[0]: 'JAZZ' is a str; it takes Code(tag)", ["JAZZ"], []),
        ("codes[1]: 'JAZZ' stands in codes[0] already", [Code("JAZZ"), Code("JAZZ")], []),
        ("frequency of 'JAZZ' is -1; it takes a positive number", [Code("JAZZ", cables=-1)], []),
        ("frequency of 'JAZZ' is nan", [Code("JAZZ", frequency=float("nan"))], []),
        ("position of 'JAZZ' is 0; it takes a whole number from 1", [Code("JAZZ", position=0)], []),
        ("status 'old' of 'JAZZ'; it takes current", [Code("JAZZ", status="old")], []),
        ("name of 'JAZZ' is None, a NoneType", [Code("JAZZ", None)], []),  # type: ignore[arg-type]
        ("'JAZZ' is replaced by 'BOP', no code", [Code("JAZZ", replaced_by="BOP")], []),
        ("which leads back to it", [Code("JAZZ", replaced_by="JAZZ")], []),
        ("is in use from 1980 to 1970", [Code("JAZZ", start=1980, end=1970)], []),
        ("aliases[0]: alias 'SWING' of 'SWNG', no code", [], [Alias("SWING", "SWNG")]),
        (
            "language of 'Jz' is 'English!'",
            [Code("JAZZ")],
            [Alias("Jz", "JAZZ", "", "", "English!")],
        ),
        ("aliases[0]: 'JAZZ' stands in codes[0]", [Code("JAZZ")], [Alias("JAZZ", "JAZZ")]),
    ],
)
def test_what_is_wrong_with_a_vocabulary_made_by_a_program_is_told_by_entry_and_remedy(
    expected: str, codes: list[Code], aliases: list[Alias]
) -> None:
    with pytest.raises(TaxonomyError) as caught:
        Taxonomy(codes, aliases)

    (problem,) = caught.value.problems
    assert expected in str(problem)


def test_all_problems_of_a_vocabulary_made_by_a_program_are_told_at_once() -> None:
    with pytest.raises(TaxonomyError, match="4 problems in the vocabulary"):
        Taxonomy((Code("-"), Code("JAZZ", cables=-1), Code("JAZZ")), costs={"few": "much"})


def test_a_folder_needs_no_column_but_the_code_and_means_what_a_program_means(
    tmp_path: Path,
) -> None:
    loaded = Taxonomy.load(written(tmp_path / "vocabulary", code="code\nJAZZ\nEU\n"))

    assert list(loaded) == list(Taxonomy((Code("JAZZ"), Code("EU"))))
    assert [code.anchor for code in loaded] == [False, True]


def test_forms_that_differ_in_case_or_marks_are_different_and_each_is_found() -> None:
    forms = ["C", "C++", "C#", "Co", "CO", "BO", "BÖ"]
    taxonomy = Taxonomy(tuple(map(Code, forms)))

    assert forms == [taxonomy.lookup(form).tag for form in forms]  # type: ignore[union-attr]
    assert taxonomy.lookup("c++") is taxonomy["C++"]
    assert taxonomy.lookup("co") is None
    assert taxonomy.lookup("c+") is None


def test_years_editions_and_frequencies_come_from_the_files(tmp_path: Path) -> None:
    rows = "PHUM\t0.5\t1973\t2010\t1974=Human Rights; 2005=Rights\\; Human\nSHUM\t\t\t1977\t\n"
    folder = written(tmp_path / "vocabulary", subject=f"code\tfrequency\tfrom\tto\tnames\n{rows}")
    human, social = Taxonomy.load(folder)

    assert (human.frequency, human.start, human.end) == (0.5, 1973, 2010)
    assert human.names == {"1974": "Human Rights", "2005": "Rights; Human"}
    assert (social.frequency, social.start, social.end, social.names) == (None, None, 1977, {})
    assert {human} == {pickle.loads(pickle.dumps(human))}


def test_a_vocabulary_may_say_what_it_has_to_say_of_prices(tmp_path: Path) -> None:
    folder = written(
        tmp_path / "vocabulary",
        music="code\nJAZZ\n",
        costs="name\tnats\treason\nretired\t1.5\tin old lists\n",
        confidence="name\tvalue\treason\ncanonical\t0.9\tmeasured\n",
    )
    taxonomy = Taxonomy.load(folder)

    assert taxonomy.costs == {"retired": 1.5}
    assert taxonomy.confidence == {"canonical": 0.9}
    assert not Taxonomy((Code("JAZZ"),)).costs


def test_other_names_may_stand_in_several_files(tmp_path: Path) -> None:
    folder = written(
        tmp_path / "vocabulary",
        music="code\nJAZZ\n",
        aliases="alias\tcode\nSWING\tJAZZ\n",
        words="# kind: alias\nalias\tcode\tlanguage\nДЖАЗ\tJAZZ\tru\n",
    )

    assert Taxonomy.load(folder).aliases == (
        Alias("SWING", "JAZZ"),
        Alias("ДЖАЗ", "JAZZ", language="ru"),
    )


@pytest.mark.parametrize(
    ("expected", "column", "cell"),
    [
        ("frequency of 'JAZZ' is '9999", "frequency", "9" * 5000),
        ("position of 'JAZZ' is '9999", "position", "9" * 5000),
        ("frequency of 'JAZZ' is 'nan'", "frequency", "nan"),
        ("from of 'JAZZ' is 'soon'; it takes a year", "from", "soon"),
        ("anchor of 'JAZZ' is 'maybe'; it takes yes, no", "anchor", "maybe"),
        ("names of 'JAZZ' is '=x'; it takes `edition=name", "names", "=x"),
    ],
)
def test_a_cell_that_is_no_number_or_year_is_told_in_one_line(
    expected: str, column: str, cell: str, tmp_path: Path
) -> None:
    (found,) = problems(written(tmp_path / "vocabulary", music=f"code\t{column}\nJAZZ\t{cell}\n"))

    assert f"music.tsv:2: {expected}" in found
    assert len(found) < 300


def test_a_vocabulary_is_shown_in_a_line() -> None:
    assert len(repr(TAXONOMY)) < 100
    assert repr(Code("JAZZ", "Jazz", kind="music")) == "Code('JAZZ', 'Jazz', kind='music')"


def test_a_code_may_begin_with_the_mark_of_a_comment(tmp_path: Path) -> None:
    rows = "# a comment\n#metoo\tMe Too\n#\n# another\twith a tab\nJAZZ\tJazz\n"
    folder = written(tmp_path / "vocabulary", topics=f"code\tname\n{rows}")

    assert [code.tag for code in Taxonomy.load(folder)] == ["#metoo", "JAZZ"]


def test_what_was_worked_out_is_not_stored_with_a_vocabulary() -> None:
    taxonomy = Taxonomy((Code("JAZZ", "Jazz"),))
    small = len(pickle.dumps(taxonomy))
    taxonomy.lookup("x"), taxonomy.search("jazz")

    assert len(pickle.dumps(taxonomy)) == small


def test_looking_up_takes_as_long_among_many_that_share_their_first_word_as_among_few() -> None:
    def seconds(count: int) -> float:
        names = [(f"C{at:05}", f"Ministry of number {at}") for at in range(count)]
        taxonomy = Taxonomy.of(names)
        assert taxonomy.lookup("ministry of number 7") is taxonomy["C00007"]
        return min(
            timeit.repeat(lambda: taxonomy.lookup("ministry of numbers"), number=2000, repeat=5)
        )

    assert seconds(20_000) < 5 * seconds(20)


def test_a_code_is_found_by_its_name_in_a_text_as_in_a_look_up() -> None:
    found = {code.name: TAXONOMY.lookup(code.name) for code in TAXONOMY if code.name}

    assert len([code for code in found.values() if code]) > 900
    assert {name: [code.tag] for name, code in found.items() if code} == {
        name: split(name) for name, code in found.items() if code
    }


@pytest.mark.parametrize("code", [code for code in TAXONOMY if code.names], ids=lambda c: c.tag)
def test_a_code_is_found_by_its_names_in_other_editions_if_they_have_several_words(code: Code):
    for name in code.names.values():
        if len(name.split()) > 1:
            assert TAXONOMY.lookup(name) == code
            assert split(name) == [code.tag]


def test_a_name_in_another_edition_is_that_of_its_code_alone():
    folk = Code("FOLK", "Folk Music", names={"1974": "Songs and Ballads", "1980": "Songs"})
    pop = Code("POP", "Songs & Ballads", names={"1974": "Popular Songs"})
    polka = Code("POLKA", "Polkas", names={"1974": "Popular Songs"})
    genres = Taxonomy((folk, pop, polka), outside={"MUSIC OF THE FOLK": "no code"})

    assert genres.lookup("songs & ballads") == pop
    assert genres.lookup("Songs and Ballads") == folk
    assert genres.lookup("Popular Songs") is None
    assert genres.lookup("Songs") is None
    assert Normalizer(genres).split("SONGS AND BALLADS") == ["FOLK"]


def test_a_word_that_is_listed_as_no_code_is_the_name_of_none() -> None:
    assert TAXONOMY["OTRA"].name == "Travel"
    assert "TRAVEL" in TAXONOMY.outside
    assert TAXONOMY.lookup("Travel") is None
    assert split("TRAVEL") == ["TRAVEL"]
