"""Marks and short codes: what letters alone do not say."""

from __future__ import annotations

import random
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tagnorm import Alias, Code, Normalizer, Taxonomy
from tagnorm.engine.costs import short_words

NAMES = "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Xe"
MONTHS = "January February March April May June July August September October November December"
ELEMENTS = NAMES.split()
LOCALES = [f"{a}{b}{c}" for a in "bdgkz" for b in "aegi" for c in ("h", "b-DZ", "h-MA", "h-IQ")]
BRANCHES = [f"{a:02}.{b}{c}" for a in range(1, 99) for b in range(1, 6) for c in range(3)]
NUMBERS = ["11", "21", "22", "23", "42", "51", "52", "53", "54", "5412", "541211", "541310"]
STATES = ["NY", "CA", "TX", "FL", "WA", "OR", "IN", "ME", "OK", "HI"]
ZONES = ["Asia/Taipei", "Asia/Tokyo", "Brazil/Acre", "Europe/Rome"]
LETTERS = "ABCDEFXZ"
PREFIXES = ["+1", "+7", "+44", "+48", "+53", "+57", "+93", "+257", "+357", "+505", "+507"]


@cache
def normalizer_of(codes: tuple[str, ...]) -> Normalizer:
    """The same one for all examples of a law."""
    return Normalizer(codes)


def split_whole(text: str, codes: list[str]) -> list[str]:
    """What a text becomes by some codes; none of it may be lost."""
    normalizer = Normalizer(codes)

    assert "".join(segment.raw for segment in normalizer.resolve(text).segments) == text
    return normalizer.split(text)


@pytest.mark.parametrize(
    ("expected", "text", "codes"),
    [
        # a code with the marks that stand there, of several that are as near without them
        (["75.22"], "75.622", BRANCHES),
        (["20.22"], "20822", BRANCHES),
        (["zgh-MA"], "zgh-AM", ["am", *LOCALES]),
        (["#warp"], "a#warp", ["#warp", "#query", "#mother"]),
        (["Pijian", "Pinan"], "Pijian, Pinan", ["Pijian", "Pinan", "Pijiān"]),
        # a mark that no list knows as a joiner is one where the vocabulary has it
        (["@babel/core"], "@bable/core", ["@babel/core", "@types/node"]),
        (["@types/node", "@babel/core"], "@types/node@babel/core", ["@babel/core", "@types/node"]),
        (["サン・マルタン"], "サン・ルマタン", ["サン・マルタン", "スペイン", "マルタ"]),
        (["a", "b"], "a=b", ["a", "b"]),
        # the marks between joined codes are of the one that is written with them
        (["tempfile", "_ctypes", "winreg"], "tempfile_ctypeswinreg",
         ["tempfile", "_ctypes", "ctypes", "winreg", "csv"]),
        (["dbm", "shlex", "_pickle"], "dbmshlex_pickle",
         ["dbm", "_dbm", "shlex", "pickle", "_pickle", "csv"]),
        (["_csv", "ctypes._endian"], "_csvctypes._endian",
         ["csv", "_csv", "json", "ctypes._endian"]),
        (["cp.1258", "json", "_statistics"], "cp.1258json_statistics",
         ["cp.1258", "json", "_json", "statistics", "_statistics"]),
        # the same of one with an edit
        (["báhca.no", "bievat.no"], "báhac.nobievat.no", ["báhca.no", "bahca.no", "bievat.no"]),
        (["Mertule Maryam", "José Bonifácio"], "Mertule MaryamJsé Bonifácio",
         ["José Bonifácio", "Jose Bonifacio", "Mertule Maryam"]),
        # a separator that belongs to a code, a letter off
        (["Asia/Taipei"], "AsiaT/aipei", ZONES),
        (["Asia/Tokyo", "Brazil/Acre"], "Asia/Tokyo; Brazi/lAcre", ZONES),
        (["Paris, Texas"], "Pari,s Texas", ["Paris, Texas", "Lima, Peru"]),
        (["As", "iaTaipei"], "As/iaTaipei", ZONES),
        # of codes with the same letters that which is nearest
        (["Etc/GMT-8"], "Et/cGMT-8", ["Etc/GMT-8", "Etc/GMT+8", "Etc/GMT"]),
        (["ab-cd"], "ab--cd", ["ab-cd", "ab+cd", "ab/cd"]),
        # a mark that a code begins with, swapped or replaced
        (["+93"], "9+3", PREFIXES),
        (["+57"], "057", PREFIXES),
        (["+507"], "5+07", PREFIXES),
        (["9", "3"], "9+3", ["9", "3", "+93"]),
        # a number beside a letter that is no code's is of another code, not of one with that number
        (["X 90", "C12"], "X 90; C12", ["B90", "C12", "A01"]),
        (["90 X"], "90 X", ["90B", "12C", "11A"]),
        (["B90"], "90", ["B90", "C12", "A01"]),
        (["B90"], "B 90", ["B90", "C12", "A01"]),
        # so is one of a letter and a digit that are all of their place
        (["A4"], "A 4", ["A4", "A6", "B5"]),
        (["A4", "A6"], "A 4, a 6", ["A4", "A6", "B5"]),
        (["A 5"], "A 5", ["A4", "A6", "B5"]),
        (["grade A 4 mg"], "grade A 4 mg", ["A4", "A6", "B5"]),
        # or of a letter and a number with a mark
        (["F32.9"], "f 32.9", ["F32.9", "I10", "J45.909"]),
        (["M54.5", "I10"], "M 54.5, I 10", ["M54.5", "I10", "J45.909"]),
        # or of nothing but words that are no codes by themselves; numbers are parted by a space
        (["541211", "52"], "541 211, 52", NUMBERS),
        (["541310"], "5413 10", NUMBERS),
        (["5412", "11"], "5412 11", NUMBERS),
        (["455.67(5)", "476.642"], "455.67(5)47 6.642", ["455.67(5)", "476.642", "147", "664.0"]),
        (["ECONOM", "HEALTH"], "ECO NOM, HEALT H", ["ECONOM", "HEALTH", "HEALTHY"]),
        # codes of two letters with full stops, in places of their own
        (["TX", "NY"], "TX.; N.Y.", STATES),
        (["CA", "TX"], "CA. tx.", STATES),
        (["TX. Rangers"], "TX. Rangers", STATES),
        (["N.Y. Times"], "N.Y. Times", STATES),
        # a single letter is half of many
        (["T", "X"], "T, X", STATES),
        # and one that a capital numbers
        (["HepA", "MenB"], "Hep A; men b", ["HepA", "HepB", "MenB"]),
        # marks behind a space, with nothing behind them
        (["HIV-"], "HIV -", ["HIV+", "HIV-"]),
        (["HIV+", "HIV-"], "HIV +, HIV -", ["HIV+", "HIV-"]),
        (["A-", "B"], "A -; B +", ["A", "A+", "A-", "B", "B-"]),
        (["A - good"], "A - good", ["A", "A+", "A-", "B", "B-"]),
        (["C++", "C#"], "c ++, C #", ["C", "C++", "C#", "Go"]),
        # a mark between codes stands for no letter of one
        (["JPEG-LS"], "JPEG-LS", ["JPEG", "XLS", "MPEG-2", "TIFF"]),
        (["tiff-s"], "tiff-s", ["TIFF", "CSS", "MPEG-2"]),
        # short codes
        (["Xe"], "xke", ELEMENTS),
        (["ice"], "ice", ELEMENTS),
        (["xq"], "xq", ["XA", "XB", "XC", "XD", "AQ", "BQ"]),
        (["B-"], "EB-", ["A+", "A-", "B+", "B-", "C+", "C-"]),
        (["May", "day"], "May, day", MONTHS.split()),
    ],
)  # fmt: skip
def test_marks_and_short_codes_are_read_by_what_stands_there(
    expected: list[str], text: str, codes: list[str]
) -> None:
    assert split_whole(text, codes) == expected


GRAPES = ["Gewürztraminer", "Müller-Thurgau", "Grüner Veltliner", "Carménère", "Riesling", "Malbec"]
WORDS = [
    "Straßenverkehr",
    "Fußball",
    "Küche",
    "Kirche",
    "Börse",
    "Bürse",
    "Children's games",
    "1914-1918",
]


@pytest.mark.parametrize(
    ("expected", "text", "codes"),
    [
        (["Gewürztraminer", "Riesling"], "Gew?rztraminer, Riesl?ng", GRAPES),
        (["Müller-Thurgau"], "M?ller-Thurgau", GRAPES),
        (["Grüner Veltliner", "Malbec"], "Gr?ner Veltliner Malbec", GRAPES),
        (["Carménère"], "Carm?n?re", GRAPES),
        (["Año nuevo"], "A?o nuevo", ["Año nuevo", "Pascua"]),
        # one of several letters, and of several bytes
        (["Straßenverkehr", "Fußball"], "Stra?enverkehr; Fu?ball", WORDS),
        (["Gewürztraminer"], "Gew??rztraminer", GRAPES),
        # a mark
        (["Children's games"], "Children?s games", WORDS),
        (["1914-1918"], "1914???1918", WORDS),
        # a question mark between two codes, or behind one
        (["Riesling", "Malbec"], "Riesling?Malbec", GRAPES),
        (["Riesling", "Malbec"], "Riesling? Malbec?", GRAPES),
    ],
)
def test_a_mark_is_written_for_a_letter_that_some_program_does_not_have(
    expected: list[str], text: str, codes: list[str]
) -> None:
    for written in (text, text.replace("?", "\ufffd")):
        assert split_whole(written, codes) == expected
        assert Normalizer(codes).split_many([written] * 3) == [expected] * 3


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Gr?ner", GRAPES),
        ("who?knows", GRAPES),
        ("A?o", ["Año nuevo", "Pascua"]),
        ("Malbec?er", GRAPES),
    ],
)
def test_a_mark_that_stands_for_no_one_letter_is_none(text: str, codes: list[str]) -> None:
    assert Normalizer(codes).split(text) == text.split("?")
    lost = text.replace("?", "\ufffd")
    assert split_whole(lost, codes) == [lost]


@pytest.mark.parametrize(("text", "codes"), [("B?rse", WORDS), ("K?che", ["Küche", "Koche"])])
def test_one_that_stands_for_one_letter_or_another_is_a_tie(text: str, codes: list[str]) -> None:
    assert Normalizer(codes).split(text) == text.split("?")
    assert Normalizer(codes).resolve(text.replace("?", "\ufffd")).confidence <= 0.5


def test_a_letter_that_is_not_there_is_less_sure() -> None:
    assert 0.9 < Normalizer(GRAPES).resolve("Gew?rztraminer").confidence < 0.98


@pytest.mark.parametrize("text", ["3258+257", "58+48+257"])
def test_what_holds_codes_with_their_marks_is_not_surely_none(text: str) -> None:
    answer = Normalizer(PREFIXES).resolve(text)

    assert answer.tags == ()
    assert answer.confidence <= 0.5


DOMAINS = [".jp", ".me", ".com", ".co", ".fi", ".pe", ".net", ".tar.gz"]
KEYS = ["A", "A#", "Am", "A#m", "C", "C#", "Cm", "C#m", "Eb", "Ebm", "Gb", "Gbm"]
IDENTIFIERS = ["(01)", "(02)", "(10)", "(17)", "(240)", "(8005)"]
CLASSES = ["122(89)", "719(31)", "186(23)", "266.1", "661", "122", "186", "503.151"]
UNITS = ["mg/dL", "g/L", "mosm/kg", "/min", "min", "kcal", "kg/m2"]
AGES = ["0-4", "5-9", "10-14", "15-19", "20-24", "25-34", "35-44", "65-74", "75-84", "85+"]


@pytest.mark.parametrize(
    ("expected", "text", "codes"),
    [
        # an edit among joined codes that marks hold together, in a letter or in a mark
        ([".jp", ".me"], ".jpm.e", DOMAINS),
        ([".pe", ".fi"], ".pejfi", DOMAINS),
        ([".com", ".tar.gz"], ".com.targz", DOMAINS),
        ([".net"], ".nets", DOMAINS),
        (["5-9", "10-14"], "5910-14", AGES),
        (["+53", "+505"], "6+53+505", PREFIXES),
        # joined codes, of which one is two letters and a mark within
        (["Ebm", "A#m"], "EbmA#m", KEYS),
        (["Gbm", "C#m", "A#m"], "GbmC#mA#m", KEYS),
        # codes in parentheses, and with some
        (["(17)"], "(17)", IDENTIFIERS),
        (["(17)", "(8005)"], "(17)(8005)", IDENTIFIERS),
        (["(8005)"], "(80505)", IDENTIFIERS),
        (["(01)", "(10)"], "(01); (10)", IDENTIFIERS),
        (["122(89)"], "122(8()", CLASSES),
        (["719(31)"], "719(3)", CLASSES),
        (["266.1"], ".66.1", CLASSES),
        # a slash of a code is one of its marks in plain text, too
        (["/min"], "/miTn", UNITS),
        (["mosm/kg", "g/L", "kcal"], "mosm/kgg/Lkcal", UNITS),
        (["min", "kcal"], "min/kcal", UNITS),
        # where one character is folded to several letters
        (["(straße)", "(weg)"], "(straße); (wge)", ["(straße)", "(weg)", "(platz)"]),
        (["[ß-1]", "[ﬁ-2]"], "[ß-1][ﬁ2-]", ["[ß-1]", "[ﬁ-2]"]),
        # a list separator within the marks that a form begins with
        (["é-", ":/,ß"], "é-:/,ß", [":/,ß", "a-b"]),
        # of codes that differ in accents alone that which stands there
        (["báhca.no", "nl.no"], "báhca.noonl.no", ["báhca.no", "bahca.no", "nl.no"]),
        # what stands in parentheses is a remark all the same where codes have none
        (["5-9", "10-41"], "5-9 (10-41)", AGES),
        (["122", "see 186"], "122 (see 186)", CLASSES),
    ],
)
def test_marks_count_as_letters_where_codes_have_them(
    expected: list[str], text: str, codes: list[str]
) -> None:
    assert split_whole(text, codes) == expected


@pytest.mark.parametrize(
    "text",
    [
        "HUMAN RIGHTSUNGA/C-6#UNGA/C-6",
        "BETA(AL ANI#RIGHTS OF WAY BETAHUMAN RIGHTS",
        "RIGHTS OF WAY\xa0OBJECTIVE-C-HUAMN RIGHTS",
        "HUMAN RIGHTS  AL AINBETA",
    ],
)
def test_a_form_of_several_words_among_joined_codes_stands_there_whole(text: str) -> None:
    codes = ["HUMAN RIGHTS", "UNGA/C-6", "R&D", "AL AIN", "BETA", "RIGHTS OF WAY", "OBJECTIVE-C"]
    segments = Normalizer(codes).resolve(text).segments
    left = "".join(segment.raw for segment in segments if segment.code is None)

    assert "".join(segment.raw for segment in segments) == text
    assert [letter for letter in left if letter.isalnum()] == []


BLOOD = ["A+", "A-", "B+", "B-", "AB+", "AB-", "0+", "0-"]


@pytest.mark.parametrize("code", BLOOD)
def test_of_codes_that_differ_in_a_mark_that_which_stands_there_is_meant(code: str) -> None:
    normalizer = Normalizer(BLOOD)
    swapped = [code[::-1]] if len(code) == 2 else []
    damaged = [*swapped, *(code + letter for letter in "AB0")]
    read = {text: normalizer.split(text) for text in damaged}

    assert read == {text: [code] for text in damaged}
    assert normalizer.resolve(code[:-1]).confidence < 0.6


def test_how_sure_a_short_string_is_counts_the_codes_that_it_may_be() -> None:
    elements = Normalizer(ELEMENTS)

    assert elements.resolve("XQZW").confidence > 0.99
    alone = elements.resolve("nb")
    assert alone.tags == ()
    assert alone.confidence < 0.7
    assert alone.alternatives


def test_what_the_marks_say_counts_in_the_confidence() -> None:
    branches = Normalizer(["75.22", "56.22"])
    parted, bare = branches.resolve("75.622"), branches.resolve("7x22")

    assert parted.tags == bare.tags == ("75.22",)
    assert parted.confidence > 0.9
    assert parted.words[0].alternatives[0].tags == ("56.22",)


@given(st.sampled_from(sorted(short_words())))
def test_an_everyday_word_is_no_short_code_with_an_edit(word: str) -> None:
    found = normalizer_of(tuple(ELEMENTS)).resolve(word)

    assert found.tags in ((), *((code,) for code in ELEMENTS if code.upper() == word))


@given(
    st.lists(
        st.text(LETTERS, min_size=1, max_size=3).map(lambda code: code + "+" * (len(code) % 2)),
        min_size=1,
        max_size=8,
        unique_by=lambda code: code.strip("+"),
    ),
    st.text(LETTERS + "+-., ", max_size=12),
)
@settings(max_examples=500, deadline=None)
@pytest.mark.slow
def test_split_and_resolve_are_one_with_marks_and_short_codes(codes: list[str], text: str) -> None:
    normalizer = Normalizer(codes)
    found = normalizer.resolve(text)

    assert normalizer.split(text, unresolved="drop") == list(found.tags)
    assert "".join(segment.raw for segment in found.segments) == text
    assert all(other.confidence <= found.confidence + 1e-9 for other in found.alternatives)


def test_marks_count_as_letters_in_a_vocabulary_with_all_that_there_may_be() -> None:
    codes = (
        Code(".yu", "Yugoslavia", status="retired", replaced_by=".rs", end=2010),
        Code(".rs", "Serbia", frequency=9),
        Code(".me", "Montenegro", family="Balkans", names={"2006": "Crna Gora"}),
        Code("co.uk"),
    )
    aliases = Alias("r.s.", ".rs"), Alias("C.G.", ".me"), Alias("U.K. (GB)", "co.uk")
    outside = {"u.k": "no domain", "r-s": "no code"}
    domains = Normalizer(Taxonomy(codes, aliases, outside), keep=["y.u", "e.g."])

    assert domains.split(".rsm.e; .mr.es, C.G.; y.u, u.k") == [
        ".rs", ".me", ".mr.es", ".me", "y.u", "u.k",
    ]  # fmt: skip
    assert domains.split("Serbia.me; .rs.yuq") == [".rs", ".me", ".rs", ".yu"]


def test_a_misspelt_word_is_no_chain_of_short_ones() -> None:
    words = ["rutherford", "rut", "hec", "ford", "goof", "installer"]
    others = [f"{a}{b}{c}ing" for a in "bdfglmnp" for b in "aeiou" for c in "bdfgklmnprstvz"]

    assert Normalizer([*words, *others]).split("ruthecfordgoofinstaller") == [
        "rutherford",
        "goof",
        "installer",
    ]


def test_a_part_that_marks_make_no_code_leaves_the_chunk_alone() -> None:
    ages = "0-4 5-9 10-14 15-19 20-24 25-34 35-44 45-54 55-64 65-74 75-84 85+"

    for text in ("0-410-1", "85+0-", "5-945-545-", "65-7485-"):
        assert Normalizer(ages.split()).resolve(text).raw == text


@given(
    st.sampled_from((tuple(ELEMENTS), tuple(LOCALES), ("XXS", "XS", "S", "M", "L", "XL", "3XL"))),
    st.data(),
)
@settings(max_examples=300, deadline=None)
def test_damaged_lists_of_short_codes_are_one_in_split_and_resolve(
    codes: tuple[str, ...], data: st.DataObject
) -> None:
    letters = "".join(sorted(set("".join(codes)))) + "-. "
    damaged = st.sampled_from(codes).flatmap(
        lambda code: st.tuples(
            st.integers(0, len(code)), st.sampled_from(["", *letters]), st.booleans()
        ).map(lambda edit: code[: edit[0]] + edit[1] + code[edit[0] + edit[2] :])
    )
    text = data.draw(st.sampled_from(["; ", " ", "-", ""])).join(
        data.draw(st.lists(damaged, min_size=1, max_size=4))
    )
    normalizer = normalizer_of(codes)
    found = normalizer.resolve(text)

    assert normalizer.split(text, unresolved="drop") == list(found.tags)
    for word in found.words:
        assert all(other.confidence <= word.confidence + 1e-9 for other in word.alternatives)


def test_marks_are_weighed_where_nothing_else_is_possible() -> None:
    # That so many letters are no code is less likely than the smallest number that there is.
    letters = "".join(random.Random(1).choices("BCDFGHJKLMNPQRSTVWXZ", k=240))
    swapped = f"{letters[:3]}{letters[4]}{letters[3]}{letters[5:]}"
    one, two = f"{letters[:120]}.{letters[120:]}", f"{swapped[:5]}.{swapped[5:]}"
    without = f"{letters[:3]}{letters[4:]}"

    found = Normalizer(Taxonomy.of([one, two])).resolve(f"{without[:119]}.{without[119:]}")

    assert (found.tags, [other.tags for other in found.alternatives]) == ((one,), [(two,)])
    assert found.confidence > 0.9


GRADES = "AAA AA+ AA AA- A+ A A- BBB+ BBB BBB- BB+ BB BB- B+ B B-"
RATINGS = GRADES.split()


@pytest.mark.parametrize(
    ("text", "tag", "parts"),
    [
        ("A+AA", "AAA", ("A+", "AA")),
        ("B-BB+", "BBB+", ("B-", "BB+")),
        ("BB+BBB-", None, ("BB+", "BBB-")),
        ("A+ AA", None, ("A+", "AA")),
        ("A, AA", None, ("A", "AA")),
        ("A/AA", None, ("A", "AA")),
    ],
)
def test_a_mark_of_the_first_of_two_codes_may_be_one_too_many(
    text: str, tag: str | None, parts: tuple[str, ...]
) -> None:
    answer = Normalizer(RATINGS).resolve(text)

    assert answer.tags == ((tag,) if tag else parts)
    if tag:
        assert answer.confidence < 0.7
        assert Normalizer(RATINGS).split(text) == [tag]
        assert parts in [other.tags for other in answer.alternatives]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Wad C.", ("Ward C.",)),
        ("unn M.", ("Dunn M.",)),
        ("Cruz M.", ("Cruz",)),
        ("Wad, C.", ()),
        ("of M.", ()),
        ("Lo B.", ()),
    ],
)
def test_short_forms_of_several_words_have_edits_too(text: str, tags: tuple[str, ...]) -> None:
    people = Normalizer(["Ward C.", "Dunn M.", "Li B.", "Henderson A.", "Cruz"])

    assert people.resolve(text).tags == tags
    assert tuple(people.split(text, unresolved="drop")) == tags


@pytest.mark.parametrize(("text", "is_open"), [("E#b", True), ("E-b", False), ("E, b", False)])
def test_a_mark_of_other_codes_may_be_one_too_many_and_another_one_parts(
    text: str, is_open: bool
) -> None:
    keys = Normalizer(["E", "B", "Eb", "C#", "F#", "C", "F"])
    answer = keys.resolve(text)

    assert (answer.confidence < 0.7) == is_open
    assert list(answer.tags) == keys.split(text)
    assert ("E", "B") in [answer.tags, *[other.tags for other in answer.alternatives]]


def test_names_and_words_to_leave_alone_that_differ_in_accents_alone_are_read_with_marks() -> None:
    taxonomy = Taxonomy((Code("A'B"),), (Alias("A", "A'B"),), {"Á": ""})

    assert Normalizer(taxonomy).split("A'C") == ["A'B"]


@pytest.mark.parametrize(
    ("raw", "codes"),
    [
        ("c", ["C++", "C#", "Java"]),
        ("123", ["12.3", "1-2-3"]),
        ("A1B", ["A-1-B", "A1-B", "X-9"]),
        ("email", ["e-mail", "e mail.", "post"]),
    ],
)
def test_a_text_without_marks_is_as_near_to_a_code_with_one_as_to_one_with_two(
    raw: str, codes: list[str]
) -> None:
    answer = Normalizer(codes).resolve(raw)
    assert answer.confidence < 0.6
    assert {answer.tags, *(other.tags for other in answer.alternatives)} >= {
        (codes[0],),
        (codes[1],),
    }


@pytest.mark.parametrize(
    ("text", "tag", "codes"),
    [
        ("A++", "A+", ["A", "A+", "A-", "B"]),
        ("B--", "B-", ["B", "B-", "A"]),
        ("c##", "C#", ["C", "C++", "C#", "Go"]),
    ],
)
def test_a_code_with_a_mark_too_many_may_be_another(text: str, tag: str, codes: list[str]) -> None:
    answer = Normalizer(codes).resolve(text)

    assert answer.tags == (tag,)
    assert 0.5 < answer.confidence <= 0.9
