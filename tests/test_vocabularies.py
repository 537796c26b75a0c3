"""Vocabularies of other fields: nothing in the splitter is about cables."""

from __future__ import annotations

import gc
import random
import weakref
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import TEXTS, one_edit_away

from tagnorm import Alias, Code, Decision, Decisions, Normalizer, Taxonomy, TaxonomyError
from tagnorm.engine.model import Model
from tagnorm.engine.search.best_path import BestPath
from tagnorm.engine.search.nbest import readings

TRIES = settings(max_examples=100)
# Words of the built-in vocabulary that no other one should know.
CABLES = ("PREL", "PGVO", "PRELPGOV", "KUWAIT", "NATO", "SPAIN", "EU", "UNGA/C-6", "PGOVQL")

AIRPORTS = """\
# kind: airport
# shape: [A-Z]{3}
# version: 2020-01-31
# title: Airports
code\tname\tstatus\treplaced_by\tsource
AMS\tAmsterdam Schiphol\tcurrent\t\tIATA
CDG\tParis Charles de Gaulle\tcurrent\t\tIATA
FRA\tFrankfurt\tcurrent\t\tIATA
HKG\tHong Kong\tcurrent\t\tIATA
HND\tTokyo Haneda\tcurrent\t\tIATA
JFK\tNew York John F. Kennedy\tcurrent\t\tIATA
LHR\tLondon Heathrow\tcurrent\t\tIATA
SIN\tSingapore Changi\tcurrent\t\tIATA
TXL\tBerlin Tegel\tretired\tBER\tIATA
BER\tBerlin Brandenburg\tcurrent\t\tIATA
ZRH\tZurich\tcurrent\t\tIATA
"""
CARRIERS = """\
# kind: carrier
# shape: [A-Z0-9]{2}
# anchor: never
code\tname\tstatus\treplaced_by\tsource
AF\tAir France\tcurrent\t\tIATA
KL\tKLM\tcurrent\t\tIATA
LH\tLufthansa\tcurrent\t\tIATA
4U\tGermanwings\tretired\t\tIATA
"""
NAMES = """\
alias	code
HEATHROW	LHR
SCHIPHOL	AMS
IDLEWILD	JFK
HONG KONG	HKG
Roissy-en-France	CDG
"""
NOT_CODES = "# kind: outside\ncode\nETA\nETD\n"


@pytest.fixture
def airports(tmp_path: Path) -> Normalizer:
    """Airports of three letters, carriers of two that need company, in a folder of files."""
    files = {"airports": AIRPORTS, "carriers": CARRIERS, "aliases": NAMES, "jargon": NOT_CODES}
    for name, text in files.items():
        (tmp_path / f"{name}.tsv").write_text(text, encoding="utf-8")
    return Normalizer(Taxonomy.load(tmp_path))


@pytest.fixture(scope="module")
def genres() -> Normalizer:
    """Codes of mixed length, made by the program, with families and other names."""
    tags = (
        "AMBIENT",
        "BLUES",
        "BOSSA",
        "DUB",
        "FOLK",
        "FUNK",
        "JAZZ",
        "PUNK",
        "SKA",
        "TECHNO",
        "R&B",
    )
    names = (Alias("Rhythm and Blues", "R&B", "", ""), Alias("Bossa Nova", "BOSSA", "", ""))
    return Normalizer(Taxonomy(tuple(map(Code, tags)), names, {"DJ": "disc jockey"}))


@pytest.mark.parametrize(
    ("expected", "status", "text"),
    [
        (["LHR"], "canonical", "LHR"),
        (["LHR"], "canonical", " lhr."),
        (["LHR", "JFK"], "canonical", "LHR-JFK"),
        (["LHR", "JFK"], "concatenated", "LHRJFK"),
        (["AMS", "SIN", "HKG", "HND"], "concatenated", "AMSSINHKGHND"),
        (["LHR", "LH"], "concatenated", "LHRLH"),
        (["FRA", "4U"], "concatenated", "FRA4U"),
        (["LHR"], "alias", "Heathrow"),
        (["HKG"], "alias", "Hong Kong"),
        (["CDG"], "alias", "roissy en france"),
        (["LHR"], "misspelled", "HEATHRWO"),
        (["TXL"], "canonical", "TXL"),
        (["ETA"], "unresolved", "ETA"),
        (["AFKL"], "unresolved", "AFKL"),
        (["MOTHER"], "unresolved", "MOTHER"),
        (["LHR"], "misspelled", "LRH"),
    ],
)
def test_airports_are_read_by_the_same_rules(
    expected: list[str], status: str, text: str, airports: Normalizer
) -> None:
    assert expected == airports.split(text)
    assert status == airports.resolve(text).status


def test_the_headers_of_the_files_say_what_the_codes_are(airports: Normalizer) -> None:
    taxonomy = airports.taxonomy

    assert (taxonomy["LHR"].kind, taxonomy["LHR"].anchor) == ("airport", True)
    assert (taxonomy["LH"].kind, taxonomy["LH"].anchor) == ("carrier", False)
    assert taxonomy["TXL"].replaced_by == "BER"
    assert taxonomy.outside == {"ETA": "", "ETD": ""}
    assert taxonomy.version.startswith("2020-01-31+")
    assert taxonomy.lookup("zurich") is taxonomy["ZRH"]


def test_a_folder_needs_no_version_no_shape_and_no_kind(tmp_path: Path) -> None:
    row = "JAZZ\tJazz\tcurrent\t\tme\n"
    (tmp_path / "music.tsv").write_text(f"code\tname\tstatus\treplaced_by\tsource\n{row}")
    taxonomy = Taxonomy.load(tmp_path)

    assert (
        taxonomy["JAZZ"].kind,
        taxonomy["JAZZ"].family,
        taxonomy["JAZZ"].anchor,
    ) == ("music", "", True)
    assert Normalizer(taxonomy).split("jazz JAZZ") == ["JAZZ", "JAZZ"]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    text = AIRPORTS.replace("\n", "\r\n")
    (tmp_path / "airports.tsv").write_bytes(b"\xef\xbb\xbf" + text.encode())

    assert Normalizer(Taxonomy.load(tmp_path)).split("LHRJFK") == ["LHR", "JFK"]


def test_a_code_of_the_wrong_shape_is_found_in_any_vocabulary(tmp_path: Path) -> None:
    (tmp_path / "airports.tsv").write_text(AIRPORTS.replace("AMS", "AMST"), encoding="utf-8")

    with pytest.raises(TaxonomyError, match=r"airports.tsv:6: code 'AMST' has not the shape"):
        Taxonomy.load(tmp_path)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["JAZZ", "FOLK"], "JAZZFOLK"),
        (["JAZZ", "FOLK"], "JAZZFLOK"),
        (["JAZZ", "BLUES", "SKA"], "JAZZBLUESSKA"),
        (["TECHNO"], "techno"),
        (["TECHNO"], "TECNHO"),
        (["AMBIENT", "TECHNO"], "ambient/techno"),
        (["R&B"], "r&b"),
        (["R&B"], "Rhythm and Blues"),
        (["BOSSA"], "bossa nova"),
        (["FUNK", "PUNK"], "FUNKPUNK"),
        (["DJ", "PUNK"], "DJ Punk"),
        (["Beethoven"], "Beethoven"),
    ],
)
def test_genres_of_any_length_are_read_by_the_same_rules(
    expected: list[str], text: str, genres: Normalizer
) -> None:
    assert expected == genres.split(text)
    assert text == "".join(segment.raw for segment in genres.resolve(text).segments)


def test_a_code_is_never_corrected_into_another_in_any_vocabulary(genres: Normalizer) -> None:
    assert genres.split("PUNK, FUNK") == ["PUNK", "FUNK"]
    for code in genres.taxonomy:
        assert [code.tag] == genres.split(code.tag) == genres.split(code.tag.lower())


def test_every_edit_of_a_long_code_alone_is_put_right_or_left(genres: Normalizer) -> None:
    answers = {tuple(genres.split(word, unresolved="drop")) for word in one_edit_away("AMBIENT")}

    assert answers <= {("AMBIENT",), ()}


@pytest.mark.parametrize("text", CABLES)
def test_no_vocabulary_knows_the_codes_of_another(
    text: str, genres: Normalizer, airports: Normalizer
) -> None:
    for normalizer in (genres, airports):
        assert normalizer.resolve(text).tags == ()


@TRIES
@given(TEXTS)
def test_only_codes_of_the_vocabulary_are_answered(genres: Normalizer, text: str) -> None:
    answer = genres.resolve(text)

    assert {code.tag for code in genres.taxonomy}.issuperset(answer.tags)
    assert text == "".join(segment.raw for segment in answer.segments)
    assert list(answer.tags) == genres.split(text, unresolved="drop")


ELEMENTS = Taxonomy(tuple(Code(tag) for tag in ("H", "HE", "LI", "B", "C", "N", "O", "NE", "NA")))
COMPANIONS = Taxonomy((Code("AB", anchor=False), Code("CD", anchor=False)))
PAIRS = Taxonomy(tuple(Code(tag, anchor=True) for tag in ("AB", "CD", "EF")))
LONG = Taxonomy((Code("A" * 40), Code("BC" * 30), Code("DEFG")))
SCRIPTS = Taxonomy((Code("МИР"), Code("東京"), Code("ÉTÉ"), Code("AB12")))
EMPTY = Taxonomy(())
TEXTS_TO_TRY = ("", "A", "AB", "ABCD", "ABX", "CDEF, AB", "X" * 20, "HHEO", "NACL", "ДОМ", "ab1")


@pytest.mark.parametrize(
    "taxonomy",
    [
        pytest.param(EMPTY, id="empty"),
        pytest.param(COMPANIONS, id="no anchors"),
        pytest.param(ELEMENTS, id="one letter"),
        pytest.param(PAIRS, id="two letters"),
        pytest.param(LONG, id="long"),
        pytest.param(SCRIPTS, id="other scripts"),
        pytest.param(Taxonomy((Code("JAZZ"),)), id="one code"),
    ],
)
def test_no_vocabulary_makes_the_splitter_raise(taxonomy: Taxonomy) -> None:
    normalizer = Normalizer(taxonomy)

    for text in (*TEXTS_TO_TRY, *CABLES):
        answer = normalizer.resolve(text)
        assert text == "".join(segment.raw for segment in answer.segments)
        assert list(answer.tags) == normalizer.split(text, unresolved="drop")
    for code in taxonomy:
        assert [code.tag] == normalizer.split(code.tag)


def test_codes_in_any_script_are_read() -> None:
    normalizer = Normalizer(SCRIPTS)

    assert normalizer.split("мир") == ["МИР"]
    assert normalizer.split("東京、Мир") == ["東京", "МИР"]
    assert normalizer.split("ab12") == ["AB12"]
    assert ["ÉTÉ"] == normalizer.split("été") == normalizer.split("ete")


def test_codes_of_two_letters_that_are_anchors_are_cut_apart() -> None:
    assert Normalizer(PAIRS).split("ABCDAB") == ["AB", "CD", "AB"]


def test_the_short_cuts_find_anchors_of_two_letters_too() -> None:
    model = Model(Taxonomy((Code("AB"), Code("CDE"), Code("FGHI"))))
    words = ("ABX", "ABXIB", "CBXAB", "XXFGHIAB", "ABHCGBG", "CDEAB")

    assert [readings(model, word)[0].pieces for word in words] == [
        BestPath(model).pieces(word) for word in words
    ]


def test_joined_codes_that_are_taken_at_once_are_the_cheapest_reading_of_all() -> None:
    draw = random.Random(5)
    codes = {
        "".join(draw.choices("ABCDEO12", k=draw.randint(3, 8))): draw.choice([1, 40, 9000])
        for _ in range(400)
    }
    model = Model(Taxonomy.of(codes))
    best, words = BestPath(model), set[str]()
    while len(words) < 300:
        parts = draw.sample(sorted(codes), draw.choice((2, 3, 4)))
        if draw.random() < 0.3:
            parts[0] = parts[0][:-1] + draw.choice("AB12")
        words.add("".join(parts))

    read = {word: best.pieces(word) for word in words}

    assert sum(len(pieces) > 1 for pieces in read.values()) > 200
    assert [word for word in words if readings(model, word)[0].pieces != read[word]] == []


def test_of_readings_that_tie_in_all_split_and_resolve_take_the_same() -> None:
    normalizer = Normalizer(Taxonomy((Code("ACC"), Code("ADDA"), Code("DCD"), Code("DDD"))))
    answer = normalizer.resolve("DDDDACCDDD")

    assert [segment.code or segment.raw for segment in answer.segments] == normalizer.split(
        answer.raw
    )


def test_of_codes_with_an_edit_and_companions_that_tie_split_and_resolve_take_the_same() -> None:
    codes = (Code("AB", anchor=False), Code("ABA", anchor=True), Code("B", anchor=False))
    normalizer = Normalizer(Taxonomy(codes))

    assert list(normalizer.resolve("AAAB").tags) == normalizer.split("AAAB") == ["ABA", "AB"]


@TRIES
@given(
    st.lists(st.text("ABCD", min_size=1, max_size=5), min_size=1, max_size=6, unique=True),
    st.lists(st.text("ABCD", min_size=1, max_size=5), max_size=3, unique=True),
    st.text("ABCDX", min_size=1, max_size=10),
)
@pytest.mark.slow
def test_any_vocabulary_gives_the_same_answer_by_short_cuts_and_without(
    anchors: list[str], companions: list[str], word: str
) -> None:
    codes = [Code(tag) for tag in anchors]
    codes += [Code(tag, anchor=False) for tag in companions if tag not in anchors]
    model = Model(Taxonomy(tuple(codes)))

    assert readings(model, word)[0].pieces == BestPath(model).pieces(word)


def test_normalizers_of_one_vocabulary_share_what_is_worked_out_of_it_and_nothing_else() -> None:
    taxonomy = Taxonomy((Code("JAZZ"), Code("FOLK")))
    plain, other = Normalizer(taxonomy), Normalizer(taxonomy)
    keeping = Normalizer(taxonomy, keep=["JAZZZ"])
    deciding = Normalizer(taxonomy, decisions=Decisions([Decision("FOKL", ("JAZZ",))]))

    assert plain._engine is other._engine is deciding._engine is not keeping._engine
    answers = [n.split("JAZZZ FOKL") for n in (plain, keeping, deciding, other)]
    assert answers == [["JAZZ", "FOLK"], ["JAZZZ", "FOLK"], ["JAZZ", "JAZZ"], ["JAZZ", "FOLK"]]
    assert Normalizer(Taxonomy((Code("JAZZ"), Code("FOLK"))))._engine is not plain._engine


@pytest.mark.slow
def test_what_is_worked_out_of_a_vocabulary_goes_with_its_last_normalizer() -> None:
    taxonomy = Taxonomy((Code("JAZZ"), Code("FOLK")))
    first, last = Normalizer(taxonomy), Normalizer(taxonomy)
    engine = weakref.ref(first._engine)
    del first
    gc.collect()
    assert engine() is last._engine

    del last
    gc.collect()
    assert engine() is None


def test_two_vocabularies_side_by_side_do_not_mix(genres: Normalizer) -> None:
    builtin = Normalizer()

    assert (genres.split("JAZZ"), builtin.split("PREL")) == (["JAZZ"], ["PREL"])
    assert (genres.split("PREL"), builtin.split("JAZZ")) == (["PREL"], ["JAZZ"])
    assert not builtin.is_canonical("JAZZ")
    assert genres.is_canonical("JAZZ")
    assert genres.lookup("spain") is None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("lozma", ["lzma"]),
        ("_lozma", ["_lzma"]),
        ("structabc", ["struct", "abc"]),
        ("_structabc", ["_struct", "abc"]),
        ("abcstruct", ["abc", "struct"]),
    ],
)
def test_a_code_that_is_another_but_for_a_mark_is_itself_with_an_edit_and_joined(
    raw: str, expected: list[str]
) -> None:
    normalizer = Normalizer(["lzma", "_lzma", "struct", "_struct", "abc"])

    assert list(normalizer.resolve(raw).tags) == normalizer.split(raw) == expected


def test_two_letters_of_thousands_are_enough_for_a_correction() -> None:
    first = ord("\u4e00")
    names = [chr(first + 2 * nth) + chr(first + 2 * nth + 1) for nth in range(200)]
    normalizer = Normalizer(names)

    assert normalizer.split(names[7][::-1]) == [names[7]]
    assert normalizer.split(names[9] + names[30][0]) == [names[9]]


def test_joined_names_of_several_words_are_read_across_their_spaces() -> None:
    names = ["Bahrain", "New Zealand", "Palau", "India", "El_Salvador", "Porto-Novo"]
    normalizer = Normalizer(names)

    assert normalizer.split("BahrainNew ZealandPalau") == ["Bahrain", "New Zealand", "Palau"]
    assert normalizer.split("PalauEl_Sal-vadorPorto-Novo") == ["Palau", "El_Salvador", "Porto-Novo"]


def test_a_name_with_and_is_the_same_with_the_sign_and_the_other_way_round() -> None:
    codes = (
        Code("OIL", "Oil and Natural Gas"),
        Code("LAW", "Law & Order"),
        Code("ODDS", "This and That"),
        Code("ENDS", "This & That"),
        Code("BONE", "B and O"),
    )
    normalizer = Normalizer(Taxonomy(codes, (Alias("Rules and Regulations", "LAW"),)))

    for text, tag in (
        ("Oil & Natural Gas", "OIL"),
        ("Law and Order", "LAW"),
        ("RULES & REGULATIONS", "LAW"),
        ("This and That", "ODDS"),
        ("This & That", "ENDS"),
    ):
        assert normalizer.split(text) == [tag]
        found = normalizer.taxonomy.lookup(text)
        assert found is not None
        assert found.tag == tag
    # A word of two letters is left without the sign.
    assert normalizer.split("B & O") == ["B & O"]
    assert normalizer.taxonomy.lookup("BO") is None


@pytest.mark.parametrize("word", ["ICESCR", "FOLKJAZZ", "JAZZRB"])
def test_an_acronym_listed_as_no_code_stays_whole_where_codes_tile_it(word: str) -> None:
    codes = [Code(tag) for tag in ("JAZZ", "FOLK", "ICES")]
    codes += [Code(tag, anchor=False) for tag in ("CR", "RB")]
    tiled, listed = Taxonomy(codes), Taxonomy(codes, outside={word: "no code"})

    assert len(Normalizer(tiled).split(word)) == 2
    for text in (word, word.lower(), f"JAZZ, {word}", f"{word} FOLK"):
        found = Normalizer(listed).resolve(text)
        assert found.unresolved in ((word,), (word.lower(),))
        assert Normalizer(listed).split(text, unresolved="drop") == list(found.tags)
    # Among joined codes its letters are those of the codes.
    assert len(Normalizer(listed).split("JAZZ" + word)) == 3
