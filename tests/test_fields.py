"""A field falls into words; entries that hold separators themselves stay together."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import ALIASES, TAGS, TEXTS

from tagnorm import Alias, Code, Decision, Decisions, Normalizer, Taxonomy, resolve, split
from tagnorm.engine.fields import FieldReader
from tagnorm.engine.reading.stretches import pieces_of
from tagnorm.engine.text.forms import Forms
from tagnorm.engine.text.tokens import places_of
from tagnorm.folding import fold, squash

FORMS = Forms(TAGS + ALIASES)
NORMALIZER = Normalizer()
SEPARATORS = [", ", "; ", ",", " ", "\t", "|", "-", "/", ""]
WORDS = [
    "PGVO",
    "ELNTECON",
    "ALIREZA",
    "pre",
    "RIGHTS",
    "ETTD",
    "ETTC",
    "N",
    "MARRMOPSX",
    "XX9",
    "PGOVX",
    "SMUN",
]


def codes_of(text: str) -> list[str]:
    """The codes of a text, which are the same whoever is asked."""
    found = split(text, unresolved="drop")
    assert list(resolve(text).tags) == found
    assert Normalizer().words.compose(text)[1] == found
    return found


def cut(text: str, forms: Forms = FORMS) -> list[list[list[str]]]:
    """The words of the parts of the chunks of the places of a text."""
    return [
        [[part.word for part in chunk.parts] for chunk in place]
        for place in places_of(fold(text), forms)
    ]


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ([[["PREL"]], [["PGOV"]]], "PREL, PGOV"),
        ([[["PREL"], ["PGOV"]]], "PREL PGOV"),
        ([[["PREL", "PGOV"]]], "PREL-PGOV"),
        ([[["UNGAC6"]]], " ,-, unga/c-6."),
        ([[["UNGA"]], [["C", "6"]]], "UNGA//C-6"),
        ([[["UNGA"]], [["PREL"]]], "UNGA/PREL"),
        ([[["N", "A"]]], "N/A"),
        ([[["9", "11"]]], "9/11"),
        ([[["TU"]], [["CY"]]], "TU / CY"),
        ([[["GENERALMOTORS"], ["PREL"]]], "General  Motors PREL"),
        ([[["GENERAL"], ["PREL"], ["MOTORS"]]], "General PREL Motors"),
        ([[["GENERAL"]], [["MOTORS"]]], "General,Motors"),
        ([[["OVIP"]], [["DA", "SILVA", "LUIZ"]], [["FR"]]], "OVIP (DA SILVA, LUIZ) FR"),
        ([[["FR"]], [["AL"]]], "FR (AL-"),
        ([], ""),
        ([], " ,;/-()"),
    ],
)
def test_a_field_falls_into_places_chunks_and_parts(
    expected: list[list[list[str]]], text: str
) -> None:
    assert expected == cut(text)


def test_of_two_entries_that_begin_alike_the_longer_is_taken() -> None:
    forms = Forms(["A-1", "A-1-B", "A"])

    assert [cut(text, forms) for text in ("A-1-B", "A-1-C")] == [[[["A1B"]]], [[["A1", "C"]]]]


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("C", "c"),
        ("C++", "C++"),
        ("C#", "c#"),
        (".NET", ".NET"),
        ("Korea, Republic of", "KOREA,  REPUBLIC OF"),
        ("Korea, Republic of", "Korea Republic of"),
        ("Bolivia (Plurinational State of)", "Bolivia (Plurinational State of)"),
        ("cs.AI", "cs.AI"),
        ("cs.AI", "cs-ai"),
        ("cs.AI", "csAI"),
    ],
)
def test_a_form_with_punctuation_is_itself(expected: str, text: str) -> None:
    tags = ["C", "C++", "C#", ".NET", "Korea, Republic of", "cs.AI"]
    tags.append("Bolivia (Plurinational State of)")
    normalizer = Normalizer(Taxonomy(tuple(map(Code, tags))))

    assert normalizer.split(text) == [expected]
    assert normalizer.split(f"{text}; C") == [expected, "C"]


def test_what_fits_several_forms_is_a_tie() -> None:
    normalizer = Normalizer(Taxonomy((Code("Co"), Code("CO"), Code("BO"), Code("B\u00d6"))))

    assert [normalizer.split(text) for text in ("Co", "CO", "BO", "B\u00d6")] == [
        ["Co"],
        ["CO"],
        ["BO"],
        ["B\u00d6"],
    ]
    tie = normalizer.resolve("co")
    assert tie.confidence <= 0.5
    assert {*tie.tags, *tie.alternatives[0].tags} == {"Co", "CO"}


@given(TEXTS)
def test_the_parts_of_a_field_are_its_letters_in_order(text: str) -> None:
    folded = fold(text)
    parts = [part for place in places_of(folded, FORMS) for chunk in place for part in chunk.parts]
    spans = [(part.start, part.end) for part in parts]

    assert spans == sorted(spans)
    assert all(part.word == squash(folded[part.start : part.end]) for part in parts)


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
        (["PREL", "PGOV"], "[PREL] {PGOV}"),
        (["PREL", "PGOV"], "#PREL #PGOV"),
        (["PREL", "PGOV"], '"PREL", "PGOV"'),
        (["PREL", "PGOV"], "PREL\u00a0PGOV"),
        (["PREL", "PGOV"], "PREL\u200bPGOV"),
        (["PREL", "PGOV"], "PREL\u2028PGOV"),
        (["PREL", "PGOV"], "\ufeffPREL、PGOV。"),
        (["PREL", "PGOV"], "PREL\0PGOV"),
        (["PREL", "PGOV"], "PREL😀PGOV"),
        (["PREL", "PGOV"], "PREL\ud800PGOV"),
        (["PRE L"], "PRE L"),
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


def test_a_name_of_several_words_with_a_letter_dropped_is_read_as_the_name() -> None:
    # The longest word lacks its middle letter; what is shorter says too little.
    names = [name for name in ALIASES if " " in name and name.replace(" ", "").isalpha()]
    damaged = {}
    for name in filter(str.isascii, names):
        word = max(name.split(" "), key=len)
        if len(word) > 5:
            middle = len(word) // 2
            damaged[name] = name.replace(word, word[:middle] + word[middle + 1 :], 1)

    assert len(damaged) > 300
    assert [name for name, text in damaged.items() if split(text) != split(name)] == [
        # Other entries are as near, or its words are entries of their own.
        "ARAB LEAGUE",
        "SAINT MARTIN",
        "SOVIET UNION",
    ]


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("AFDB", "AFRICAN DEVELOPMENTB ANK"),
        ("ANC", "AFRICAN NATIONAL ONGRESS"),
        ("AFDB", "AF RICAN DEVELOPMENT BANK"),
        ("AFDB", "AFRICAN DVELOPMENT BANK"),
    ],
)
def test_a_name_of_several_words_is_read_with_a_letter_or_a_space_amiss(
    expected: str, text: str
) -> None:
    assert split(text) == [expected]


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["SP", "PREL"], "SP: PREL"),
        (["SP.", "PREL"], "SP. PREL"),
        (["FR-", "PGOV"], "FR- PGOV"),
        (["PREL", "SP"], "PREL SP."),
        (["SP."], "SP."),
        (["SP"], "SP:"),
    ],
)
def test_a_code_of_two_letters_with_a_mark_behind_it_is_an_abbreviation(expected, text) -> None:
    # A colon heads what follows, and a full stop ends a field of codes.
    assert split(text) == expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["PREL", "FR", "UK"], "PREL. FR. UK"),
        (["FR", "UK", "PREL"], "FR. UK. PREL."),
        (["PREL", "FR", "UK"], "PREL- FR- UK"),
        (["PFOR", "EG", "IS", "SY"], "PFOR. EG. IS. SY"),
        (["PREL", "NO. 5"], "PREL. NO. 5"),
        (["PREL", "MT. LEBANON"], "PREL MT. LEBANON"),
        (["PREL", "DR. JORDAN"], "PREL, DR. JORDAN"),
        (["PREL", "MT", "LE"], "PREL. MT. LEBANON."),
        (["PREL", "FR", "LE"], "PREL FR. LEBANON"),
        (["ST.", "MASS"], "ST. MASS"),
    ],
)
def test_marks_behind_codes_part_them_where_all_are_codes(expected: list[str], text: str) -> None:
    assert NORMALIZER.split(text) == expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["Elections in", "TU"], "Elections in Turkey"),
        (["PREL", "Mission in", "KV"], "PREL, Mission in Kosovo"),
        (["NATO", "TROOPS IN", "IV"], "NATO TROOPS IN COTE D'IVOIRE"),
        (["GM", "NO THREAT TO", "FR"], "GERMANY NO THREAT TO FRANCE"),
        (["X", "elections in", "IZ"], "(X) elections in Iraq"),
        (["TRAVEL TO", "FR"], "TRAVEL TO FRANCE"),
        (["PREL", "SECURITY IN", "IZ"], "PREL, SECURITY IN IRAQ"),
        (["PREL", "QZQZ", "IN", "KU"], "PREL QZQZ IN KU"),
        (["PREL", "QZQZ", "LE", "KU"], "PREL QZQZ LE KUWAIT"),
        (["PREL", "IN", "KU"], "PREL IN KUWAIT"),
        (["MARR", "TROOPS IN", "AF"], "MARR TROOPS IN AFGANISTAN"),
        (["PREL", "VISIT TO", "GG"], "PREL VISIT TO GEORGIE"),
        (["HA", "ET", "CU"], "HAITI ET CUBA"),
        (["COUP AU", "ML"], "COUP AU MALI"),
        (["PREL", "VISITA AO", "BR"], "PREL VISITA AO BRASIL"),
        (["PHUM", "CRISE EN", "GG"], "PHUM CRISE EN GEORGIE"),
        (["BANCO DA", "CH"], "BANCO DA CHINA"),
        (["CU", "ET", "HA"], "CUBA, ET, HAITI"),
        (["PREL", "AU", "SZ"], "PREL AU SWITZERLAND"),
    ],
)
def test_an_everyday_word_between_a_word_and_a_name_in_words_is_no_code(
    expected: list[str], text: str
) -> None:
    assert NORMALIZER.split(text) == expected


class TestTheShortWayOfLists:
    """What only lists words is read without its places and chunks; the answer is the same."""

    # Where a person may have decided anything, the short way is not taken.
    LONG = FieldReader(NORMALIZER.fields.reader, NORMALIZER.fields.forms, lambda raw: None)
    # Words of names that have several, and what such a word, or a code, falls into.
    PARTS = sorted({part for name in ALIASES if " " in name for part in name.split()})
    TORN = sorted({half for part in TAGS for half in (part[:3], part[3:]) if half})

    @settings(max_examples=400)
    @given(
        st.lists(
            st.sampled_from(WORDS)
            | st.sampled_from(TAGS + ALIASES)
            | st.sampled_from(PARTS)
            | st.sampled_from(TORN),
            max_size=6,
        ),
        st.booleans(),
        st.data(),
    )
    def test_its_stretches_are_those_of_the_long_way(self, words, weighed, data) -> None:
        text = "".join(word + data.draw(st.sampled_from(SEPARATORS)) for word in words)

        found = NORMALIZER.fields.read(text, weighed=weighed)

        assert found == self.LONG.read(text, weighed=weighed)
        assert NORMALIZER.fields.pieces(text) == pieces_of(text, self.LONG.read(text))

    @pytest.mark.parametrize(
        ("text", "is_short"),
        [
            ("PREL, PGVO; ALIREZA", True),
            ("PGOV ECON WIPO ARNOLDFREDERICK CH", True),
            ("ECON; KOR; PGOV", True),
            ("MO/SP/ECON/ETDR", True),
            ("UNGA, KIPR", True),
            ("PREL UNGA/C-6", False),
            ("UNITED NATONS, PREL", False),
            ("PREL-PGOV", False),
        ],
    )
    def test_it_is_taken_where_no_word_needs_another(self, text, is_short) -> None:
        found = NORMALIZER.fields.lists.read(text, text)

        assert (found is not None) == is_short

    def test_codes_that_differ_in_marks_are_read_as_they_are_written(self) -> None:
        languages = Normalizer(Taxonomy.of(["C", "C++", "COBOL", "FORTRAN"]))

        assert languages.split("C; COBLO; C++") == ["C", "COBOL", "C++"]


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ([], "N. CYPRUS"),
        (["EK"], "Eq. Guinea"),
        ([], "Port. Guinea"),
        (["GW"], "W GERMANY"),
        ([], "W. AFRICA"),
        ([], "N. Saudi Arabia"),
        ([], "J. JORDAN"),
        ([], "Papua N. Guinea"),
        (["PREL"], "PREL, S. SUDAN"),
        (["SU", "CY"], "1. SUDAN, 2. CYPRUS"),
        (["PGOV", "CY"], "PGOV. CYPRUS"),
        (["CY", "IR"], "CYPRUS; N; IRAN"),
        (["ST"], "St. Lucia"),
        (["ECON"], "M. ECONOMICS"),
    ],
)
def test_a_country_behind_an_initial_or_an_abbreviation_is_another_name(
    expected: list[str], text: str
) -> None:
    answer = resolve(text)

    assert list(answer.tags) == expected
    assert split(text, unresolved="drop") == expected
    assert answer.confidence > 0.9


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["PHUM", "BM"], "Human rights in Burma"),
        (["PTER", "IN"], "TERRORISM IN INDIA"),
        (["PREF", "TU"], "REFUGEES TO TURKEY"),
        (["PHUM", "KS"], "HUMAN RIGHTS IN SOUTH KOREA"),
        (["PREL", "IN", "BM"], "PREL IN BURMA"),
        (["RS", "US", "CH"], "RUSSIA US CHINA"),
        (["RS", "IN", "CH"], "RUSSIA, IN, CHINA"),
        ([], "NEW GUINEA"),
        ([], "NUEVA GUINEA"),
        ([], "NUEVO MÉXICO"),
        ([], "NOUVELLE FRANCE"),
        (["NZ"], "NUEVA ZELANDA"),
        ([], "INNER MONGOLIA"),
        ([], "North Cyprus"),
        ([], "BRITISH INDIA"),
        ([], "FRENCH MOROCCO"),
        ([], "SOUTH CHINA SEA"),
        (["PREL", "PGOV"], "PREL, NEW GUINEA, PGOV"),
        (["PP"], "PAPUA NEW GUINEA"),
        (["KS"], "SOUTH KOREA"),
        (["NZ"], "NEW ZEALAND"),
        (["UK", "IN"], "BRITISH, INDIA"),
        (["ENRG"], "NEW ENERGY"),
    ],
)
def test_a_small_word_beside_the_name_of_a_country_belongs_to_it(
    expected: list[str], text: str
) -> None:
    answer = resolve(text)

    assert codes_of(text) == expected
    assert answer.confidence > 0.8


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("UNHRC-2", "UNITED NATIONS HUMAN RIGHTS COMMTTEE"),
        ("BP", "Briitsh Solomon Islands"),
        ("EPET", "Petroelum & Natural Gas"),
        ("PARM", "Arms Control & Disarmment"),
    ],
)
def test_a_form_with_an_edit_may_hold_shorter_forms(tag: str, text: str) -> None:
    assert [tag] == split(text)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["JA", "KOREA", "SF"], "JAPAN, KOREA, SOUTH AFRICA"),
        (["PREL", "KOREA", "YE"], "PREL; KOREA; NORTH YEMEN"),
        (["PREL", "KOREA", "SF"], "PREL KOREA SOUTH AFRICA"),
        (["PREL", "KOREA", "XI", "JA"], "PREL, KOREA, NORTH AFRICA, JA"),
        # Where no other name goes on beside them the words are the form.
        (["PREL", "KS", "JA"], "PREL, KOREA, SOUTH, JA"),
        (["KS", "JA"], "KOREA SOUTH JAPAN"),
        (["KS", "XA"], "KOREA SOUTH, AFRICA"),
        (["AQ"], "Samoa, American"),
        (["PREL", "EK", "SF"], "PREL; GUINEA, EQUATORIAL; AFRICA, SOUTH"),
        (["SU", "SF"], "SUDAN, SOUTH AFRICA"),
        (["XA", "WE"], "AFRICA, WEST BANK"),
        (["GM", "TT", "YS"], "GERMANY, EAST TIMOR; YEMEN, SOUTH"),
        # Nor where the words of that name belong to one behind it.
        (["KS", "KN"], "KOREA, SOUTH KOREA, NORTH"),
        (["YS", "KN", "JA"], "YEMEN, SOUTH KOREA, NORTH, JA"),
        (["KN", "KS", "KN"], "KOREA, NORTH KOREA, SOUTH KOREA, NORTH"),
    ],
)
def test_a_form_takes_no_word_from_a_name_that_goes_on_beside_it(
    expected: list[str], text: str
) -> None:
    # KOREA by itself is no country.
    assert codes_of(text) == [one for one in expected if one != "KOREA"]
    assert split(text) == expected
    assert Normalizer().split_many([text]) == [expected]


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("EI", "SOCIALIST REPUBLIC OF IRELAND"),
        ("IR", "THE REPUBLIC OF IRAN"),
        ("GA", "DEMOCRATIC REPUBLIC OF GAMBIA"),
        ("IC", "NORTHERN ICELAND"),
        # What is no name of a code may have an edit, and so may one where the form has none.
        ("IC", "REPUBLIC OF ICELND"),
        ("FG", "FRENCH GUYANA"),
        ("AU-1", "AFRICA UNION"),
    ],
)
def test_a_name_of_a_code_in_a_longer_form_is_not_corrected_into_that_of_another(
    tag: str, text: str
) -> None:
    assert split(text, unresolved="drop") == [tag]


def test_so_it_is_in_any_vocabulary() -> None:
    taxonomy = Taxonomy.of(
        [
            {"code": "LEN", "aliases": ["Lendia", "Kingdom of Lendia"]},
            {"code": "MEN", "aliases": ["Mendia"]},
        ]
    )
    normalizer = Normalizer(taxonomy)

    assert normalizer.split("Kingdom of Mendia", unresolved="drop") == ["MEN"]
    assert normalizer.split("Kingdom of Lenndia", unresolved="drop") == ["LEN"]


def test_an_abbreviation_of_a_code_is_the_code_whatever_was_read_before() -> None:
    normalizer = Normalizer()

    assert normalizer.split("U.S., U.K.; U.N. E.U.") == ["US", "UK", "UN", "EUN"]
    assert normalizer.split("PREL, U.S.-JAPAN") == ["PREL", "US", "JA"]
    assert [segment.how for segment in normalizer.resolve("US").segments] == ["canonical"]
    assert [segment.how for segment in normalizer.resolve("U.S.").segments] == ["alias"]
    # Written as neither, it is the code itself.
    assert [segment.how for segment in normalizer.resolve("U.S").segments] == ["canonical"]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("B 90", ["B90"]),
        ("b 90, C 42", ["B90", "C42"]),
        ("BRCA 2", ["BRCA2"]),
        ("D 0120", ["D0120"]),
        ("TP 53; A12 B", ["TP53", "A12B"]),
        ("UN 1203 B 90", ["UN1203", "B90"]),
    ],
)
def test_a_space_where_letters_and_digits_of_a_code_meet_parts_it_not(
    text: str, tags: list[str]
) -> None:
    codes = ["B90", "C42", "BRCA1", "BRCA2", "D0120", "TP53", "A12B", "UN1203"]
    answer = Normalizer(codes).resolve(text)

    assert list(answer.tags) == tags
    assert answer.status == "canonical"


def test_the_name_of_a_code_in_one_word_does_not_stand_across_a_space() -> None:
    """`USA` is one word, though US has a name of two."""
    assert split("ECON MD PGOV US ABT") == ["ECON", "MD", "PGOV", "US", "ABT"]


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["PGOV", "FR"], "PGOV FR LE PEN"),
        (["PREL", "CH"], "PREL CH HU JINTAO"),
        (["PGOV", "PREL", "TW"], "PGOV PREL TW MA YING-JEOU"),
        (["PGOV", "BR"], "PGOV BR DA SILVA"),
        (["PREL", "SY", "LE", "JO"], "PREL SY LE JO"),
        (["PREL", "SY", "LE", "JO"], "PREL SY LE JORDAN"),
        (["PREL", "SY", "LE"], "PREL SY LE (SMITH, JOHN)"),
        (["PREL", "HU", "RO"], "PREL HU RO ORADEA"),
    ],
)
def test_a_particle_or_surname_before_a_word_is_no_code_behind_a_country_either(
    expected: list[str], text: str
) -> None:
    assert codes_of(text) == expected


@pytest.mark.parametrize("acronym", ["UNMIN", "MONUA", "COHA", "PAIGC", "ASIO"])
def test_an_acronym_near_that_of_an_organization_is_no_code_among_codes_either(
    acronym: str,
) -> None:
    assert NORMALIZER.split(f"PREL, PGOV, {acronym}") == ["PREL", "PGOV", acronym]


def test_a_name_of_a_direction_needs_no_code_of_that_name() -> None:
    rows = [{"code": "IZ", "aliases": ["IRAQ"], "anchor": False}, {"code": "PREL"}]

    assert Normalizer(Taxonomy.of(rows)).split("PREL NO. IRAQ") == ["PREL", "NO. IRAQ"]


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["MD", "A"], "MOLDOVAREP, A"),
        (["KS", "B"], "KOREAREP B"),
        (["PHUM", "S"], "HUMAN RIGHTS S"),
        (["PREL", "CS", "X"], "PREL; COSTA RICA X"),
        (["PHUM"], "HUMAN RIGHTSS"),
    ],
)
def test_a_form_that_stands_there_takes_no_word_beside_it_for_an_edit(
    expected: list[str], text: str
) -> None:
    assert NORMALIZER.split(text) == expected


def test_a_short_code_torn_anywhere_else_stays_as_it_is() -> None:
    assert Normalizer(["BLUE", "JAZZ"]).split("bl ue") == ["bl ue"]


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ([], "ANSAR AL-ISLAM"),
        ([], "AL-IRAQ"),
        (["PTER", "LE"], "PTER LE FATAH AL ISLAM"),
        (["PTER", "AL", "KISL"], "PTER, AL, ISLAM"),
        ([], "AL FATAH"),
        (["PREL"], "PREL AL-KUWAIT"),
        (["AL", "IS"], "AL-IS"),
        (["PREL", "AL"], "PREL, AL, FATAH"),
        (["UN", "IZ"], "UN-IRAQ"),
        (["TU"], "TU PKK"),
        ([], "BE'ER SHEVA"),
        ([], "MA'AN"),
        (["PREL", "PGOV"], "PREL'PGOV"),
        ([], "IT IS CLEAR"),
        ([], "WHAT IS IT"),
        ([], "UP TO DATE"),
        (["IR", "IZ"], "IR IZ WAR"),
        (["PREL", "IS", "IT"], "PREL IS IT"),
        ([], "GOV. RICHARDSON"),
        ([], "COM. UNIT"),
        (["PGOV", "PREL"], "PGO. PREL"),
        (["PGOV"], "PGOV. MEETING"),
        (["OVIP"], "OVIP. (SMITH, JOHN)"),
        (["PREL", "US"], "PREL US ZAPATERO"),
        (["PLOS", "UN"], "PLOS UN CARACAS"),
        (["PREL", "FR"], "PREL FR ZAPATERO"),
        (["OVIP", "IR"], "OVIP IR KHATAMI"),
        (["OVIP"], "OVIP LE DRIAN"),
        (["PGOV", "VE"], "PGOV VE CHAVEZ"),
        (["PREL", "CU"], "PREL CU EMBARGO"),
        (["PREL", "JA"], "PREL JA KOREA"),
        (["PREL"], "PREL PM THAKSIN"),
        (["PREL"], "PREL FM LAVROV"),
        (["ECON"], "ECON TV COVERAGE"),
        (["PREL"], "PREL XI JINPING"),
        (["OVIP"], "OVIP DA COSTA"),
        ([], "RS LENINGRAD"),
        (["PARM", "IR"], "PARM IR EU-3"),
        (["EAIR", "MA"], "EAIR MA A320"),
        (["PREL"], "PREL IN 2008"),
        (["UN", "SU"], "UN IN SUDAN"),
        (["US", "SO"], "US IN SOMALIA"),
        ([], "US IN CONGRESS"),
        (["US"], "USA PRO-TAIWAN"),
        ([], "PAK CHUNG-HEE"),
        ([], "AL QA'IDA"),
        (["PTER"], "PTER AL-QA'IDA"),
        ([], "AL-MA'IDA"),
        (["SNAR", "BL"], "NARCTOICS IN BOLIVIA"),
        (["EAGR", "CD"], "AGRICULTRE IN CHAD"),
        (["PGOV", "IN", "CD"], "PGVO IN CHAD"),
        (["PTER"], "PTER NO. IRAQ"),
        (["PREL", "TU"], "PREL, SO. LEBANON, TU"),
        (["PREL", "NO", "IZ"], "PREL. NO. IRAQ."),
        (["PREL", "NO", "IR"], "PREL NO. IR"),
        (["PREL", "IZ"], "PREL'IZ"),
        (["PREL", "TO", "DO"], "PREL TO DO"),
        (["PREL", "TO", "DO", "KN"], "PREL TO DO KN"),
        (["PREL"], "PREL TO DO LIST"),
        (["PREL"], "PREL, TO DO"),
        (["PREL"], "PREL TO-DO"),
        ([], "TO DO"),
        (["PREL", "US", "IZ"], "PREL US IZ TALKS"),
        (["PGOV"], "PGOV CLASSIFIED BY DCM"),
    ],
)
def test_articles_small_words_and_titles_belong_to_what_stands_beside_them(
    expected: list[str], text: str
) -> None:
    assert codes_of(text) == expected


@pytest.mark.parametrize("raw", ["NO.", "PTER NO. IRAQ"])
def test_a_decision_about_a_shortened_word_stays(raw: str) -> None:
    tags = {"NO.": ["NO"], "PTER NO. IRAQ": ["PTER", "NO", "IZ"]}
    normalizer = Normalizer(decisions=Decisions([Decision(raw, tags[raw])]))

    assert normalizer.split("PTER NO. IRAQ") == ["PTER", "NO", "IZ"]


@pytest.mark.parametrize("name", ["CAMERON", "DOMINIC", "ROLLAND", "MEDICO"])
def test_a_word_near_another_name_is_no_code_because_of_the_codes_beside_it(name: str) -> None:
    assert split(f"PREL, PGOV, {name}") == ["PREL", "PGOV", name]
    assert split(f"PREL {name} PGOV UK") == ["PREL", name, "PGOV", "UK"]


@pytest.mark.parametrize("text", ["UNGA/C-34", "UNHRC-3", "G-15", "IWC-4", "UNGA, C-24"])
def test_another_number_is_another_body(text: str) -> None:
    assert set(split(text, unresolved="drop")) <= {"UNGA"}


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ([], "NIGER DELTA"),
        ([], "Labour Party"),
        ([], "TO-DO"),
        (["PREL", "NI"], "PREL, NIGER DELTA, NI"),
        (["PINT", "BM"], "PINT BM NE WIN"),
        (["PREL", "KN"], "PREL, KN, KIM JONG UN"),
        (["PGOV", "EI"], "PGOV EI SINN FEIN"),
        (["PGOV", "IN"], "PGOV SHIV SENA IN"),
        (["EAID", "BG"], "EAID PL 480 BG"),
        (["PGOV", "PM"], "PGOV PANAMA CANAL PM"),
        (["PQ"], "PANAMA CANAL ZONE"),
        (["XO"], "INDIAN OCEAN"),
        (["NG"], "NIGER, DELTA"),
    ],
)
def test_a_name_known_to_be_no_code_stays_whole_with_all_its_words(
    expected: list[str], text: str
) -> None:
    assert split(text, unresolved="drop") == expected
    assert list(resolve(text).tags) == expected


def test_a_vocabulary_lists_names_of_several_words_that_are_no_codes() -> None:
    codes, names = (Code("FOLK", "Folk"),), (Alias("COUNTRY", "FOLK"),)
    normalizer = Normalizer(Taxonomy(codes, names, outside={"COUNTRY HOUSE": "a building"}))

    assert normalizer.split("COUNTRY; COUNTRY HOUSE") == ["FOLK", "COUNTRY HOUSE"]


def test_a_name_in_words_is_less_sure_beside_words_that_are_no_codes() -> None:
    assert resolve("CUBA BASEBALL").tags == ("CU",)
    assert resolve("CUBA BASEBALL").confidence < 0.9
    assert resolve("CUBA, BASEBALL").confidence > 0.95
    assert resolve("PREL CUBA BASEBALL").confidence > 0.95


def test_a_code_that_is_an_everyday_word_is_less_sure_beside_words_that_are_no_codes() -> None:
    assert resolve("LAB EQUIPMENT").tags == ("LAB",)
    assert resolve("LAB EQUIPMENT").confidence < 0.9 < 0.95 < resolve("LAB").confidence
    assert resolve("PREL LAB EQUIPMENT").confidence > 0.95
    assert resolve("UNICEF EQUIPMENT").confidence > 0.95
    assert not resolve("WEAPONS OF MASS DESTRUCTION").tags


def test_a_correction_is_less_sure_beside_words_that_are_no_codes() -> None:
    alone, beside = resolve("PREL, ELIN, SVENSSON, IZ"), resolve("PREL ELIN SVENSSON IZ")

    assert alone.tags == beside.tags == ("PREL", "EFIN", "IZ")
    assert beside.confidence < 0.85 < alone.confidence
    assert resolve("PREL PGVO SVENSSON").confidence > 0.95


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("PREL (SMITH, JOHN) KHATAMI IR", "PREL IR"),
        ("PREL, (SMITH, JOHN) KHATAMI IR", "PREL"),
        ("PREL (SMITH, JOHN), KHATAMI IR", "PREL"),
        ("(SMITH, JOHN) KHATAMI IR", ""),
        ("PREL (SMITH, JOHN) LA PAZ", "PREL"),
        ("PREL SVENSSON SPA IT", "PREL IT"),
        ("PREL SPA IT", "PREL TSPA IT"),
    ],
)
def test_what_stands_behind_parentheses_goes_on(text: str, tags: str) -> None:
    assert " ".join(resolve(text).tags) == tags


@pytest.mark.parametrize(
    "held", ["VOICE OF AMERICA", "MARTIN, SAINT LUCIA", "KIM, NORTH KOREA", "UNGA/C-6", "AU-1"]
)
def test_no_form_of_several_words_is_a_tag_in_parentheses(held: str) -> None:
    assert resolve(f"OVIP ({held}), IZ").tags == ("OVIP", "IZ")
    assert split(f"OVIP ({held}), IZ", unresolved="drop") == ["OVIP", "IZ"]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("PRELMYANMAR (BURMA)", "PREL BM"),
        ("MYANMR (BURMA)", "BM"),
        ("PREL CONGO (KINSHASHA)", "PREL CG"),
        ("PREL UNGA (C-6)", "PREL UNGA/C-6"),
    ],
)
def test_a_form_may_have_parentheses(text: str, tags: str) -> None:
    assert " ".join(resolve(text).tags) == tags


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("OES/MC", ""),
        ("VCI/NA", ""),
        ("CA/OCS/CI", ""),
        ("INR/EC", ""),
        ("TCP/IP", ""),
        (" TCP/IP\n", ""),
        ("US/UK", "US UK"),
        ("US/ROK", "US KS"),
        ("TU / CY", "TU CY"),
        ("PREL/MC", "PREL MC"),
        ("PREL, OES/MC", "PREL MC"),
    ],
)
def test_short_words_with_slashes_alone_are_the_symbol_of_an_office(text: str, tags: str) -> None:
    assert " ".join(resolve(text).tags) == tags
    assert split(text, unresolved="drop") == tags.split()


def test_in_a_vocabulary_without_countries_a_slash_parts_short_words() -> None:
    assert Normalizer(["POP", "RAP", "JAZZ"]).split("POP/XYZ") == ["POP", "XYZ"]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("KNNP AQ KHAN PK", "KNNP PK"),
        ("KHIV TB PREVENTION SF", "KHIV SF"),
        ("KIPR IP ENFORCEMENT CH", "KIPR CH"),
        ("PARM CW DESTRUCTION RS", "PARM RS"),
        ("PGOV KING MOHAMMED VI MO", "PGOV MO"),
        ("KPAO AL-MANAR TV", "KPAO"),
        ("PGOV, VI", "PGOV VI"),
        ("PREL TV VI", "PREL TV VI"),
        ("PREL TB IO", "PREL TB IO"),
        ("PGOV AQ US", "PGOV AQ US"),
    ],
)
def test_an_abbreviation_before_a_word_is_no_island_nor_what_a_name_ends_with(
    text: str, tags: str
) -> None:
    assert " ".join(resolve(text).tags) == tags
    assert split(text, unresolved="drop") == tags.split()


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("AL MARJ", ""),
        ("LE KRAM", ""),
        ("LA MASSY", ""),
        ("LE KRAM, FR", "FR"),
        ("LE PGVO", "LE PGOV"),
        ("IR KNMP", "IR KNNP"),
        ("LA PGOV", "LA PGOV"),
        ("PREL, AL MARJ", "PREL AL MARR"),
    ],
)
def test_a_code_with_an_edit_is_no_code_behind_what_names_begin_with(text: str, tags: str) -> None:
    assert " ".join(resolve(text).tags) == tags
    assert split(text, unresolved="drop") == tags.split()


@pytest.mark.parametrize("mark", ["'", "`", "\u2018", "\u2019", "\u02bf"])
def test_whatever_stands_for_an_apostrophe_is_one(mark: str) -> None:
    assert split(f"BA{mark}ATH, Cote d{mark}Ivoire") == ["BA'ATH", "IV"]


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["NATO", "AF"], "NATO IN AFGHANISTAN"),
        (["PREL", "UNHCR", "CD"], "PREL UNHCR IN CHAD"),
        (["UNSC", "IN", "PK"], "UNSC IN PK"),
        (["PREL", "IN", "BM"], "PREL IN BURMA"),
    ],
)
def test_a_preposition_between_an_organization_and_a_country_in_words_is_no_country(
    expected: list[str], text: str
) -> None:
    assert split(text, unresolved="drop") == expected
    assert list(resolve(text).tags) == expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ([], "PAK TONG-SUN"),
        (["PREL", "KS"], "PREL, PAK CHONG-HUI, KS"),
        (["PK", "IN"], "PAK-INDIA"),
        (["AE"], "UAE AL-NAHYAN"),
        (["PK"], "PAK (TONG-SUN)"),
    ],
)
def test_three_letters_of_a_country_before_a_given_name_of_two_parts_are_a_family_name(
    expected: list[str], text: str
) -> None:
    assert split(text, unresolved="drop") == expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["KS"], "Korea, Rep. of"),
        (["IR"], "IRAN, ISLAMIC REP. OF"),
        (["CG"], "Congo, Dem. Rep."),
        (["KN"], "N. KOREA"),
        (["SF"], "S. AFRICA"),
        (["SF"], "So.Africa"),
        ([], "E. AFRICA"),
        (["VQ"], "Virgin Islands (U.S.)"),
        (["VI"], "VIRGIN ISLANDS, UK"),
        ([], "REP. PELOSI"),
    ],
)
def test_names_of_countries_are_known_as_people_shorten_them(
    expected: list[str], text: str
) -> None:
    assert split(text, unresolved="drop") == expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["NO", "YM"], "NO-YEMEN"),
        (["SO", "VM"], "SO-VIETNAM"),
        (["NO", "EI"], "NO_IRELAND"),
        (["YE"], "NO. YEMEN"),
        (["YE"], "NO.YEMEN"),
        (["YE"], "NO YEMEN"),
        (["CH", "TW"], "CHINA-TAIWAN"),
        (["PREL", "CH", "TW", "US"], "PREL CHINA TAIWAN US"),
        (["TW"], "CHINA (TAIWAN)"),
        (["BM"], "MYANMAR-BURMA"),
        (["EK"], "EQ-GUINEA"),
        (["YI"], "SERBIA-MONTENEGRO"),
        (["BH"], "BRITISH-HONDURAS"),
        (["KHIV"], "HIV-AIDS"),
    ],
)
def test_a_name_written_with_other_marks_is_two_codes_if_its_words_are(
    expected: list[str], text: str
) -> None:
    assert codes_of(text) == expected


def test_north_and_south_shortened_without_their_full_stop_are_in_doubt() -> None:
    assert resolve("NO YEMEN").confidence < 0.7 > resolve("NO-YEMEN").confidence
    assert resolve("NO. YEMEN").confidence > 0.95 < resolve("NO-IRAQ").confidence


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["PREL", "CZ"], "PREL-CZ?ECHIA"),
        (["PREL", "CH"], "(see) PREL, CHI)NA"),
        (["PREL", "UK"], "PREL (X) UNI)TED KINGDOM"),
        (["EZ"], "CZ?ECHIA"),
        (["KU"], "KUW)AIT"),
        (["IR"], "Isl(amic Republic of Iran"),
        (["IR"], "Isl!amic Republic of Iran"),
        (["IR"], "Islamic Repub*lic of Iran"),
        (["UK", "PREL"], 'UNI"TED KINGDOM, PREL'),
        (["AU-1"], "AF*RICAN UNION"),
        (["PREL", "PGOV"], "PREL?PGOV"),
        (["PREL", "KU"], 'PREL"KUWAIT"'),
        (["MA", "LI"], "MA*LI"),
        (["PREL"], "PREL*ALIREZA"),
        (["PGOV"], "(KU)WAIT, PGOV"),
        (["CZ"], "CZ? ECHIA"),
    ],
)
def test_a_mark_within_a_word_of_a_name_does_not_part_it(expected: list[str], text: str) -> None:
    assert split(text, unresolved="drop") == expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["PREL", "PGOV"], "PREL, PGOV, etc."),
        (["PREL", "PGOV"], "PREL PGOV ETC..."),
        (["EINV"], "EINV (ETC.)"),
        (["PREL", "ETTC"], "PREL, ETC"),
        (["FR", "PREL"], "FR: PREL"),
        (["RE", "PREL"], "RE, PREL"),
    ],
)
def test_et_cetera_ends_a_list_and_a_colon_leads_to_what_is_said(
    expected: list[str], text: str
) -> None:
    assert split(text, unresolved="drop") == expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ([], "YO-YO"),
        ([], "RO-RO FERRY"),
        (["PREL"], "PREL, LA-LA."),
        (["RO"], "RO, TU-TU"),
        (["PREL", "PREL"], "PREL-PREL"),
        (["TU", "TU"], "TU TU"),
    ],
)
def test_a_short_code_with_a_hyphen_to_itself_is_a_word(expected: list[str], text: str) -> None:
    assert split(text, unresolved="drop") == expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["US", "UK"], "US AND UK"),
        (["TU", "EUN"], "TURKEY AND EU"),
        (["UK", "US", "FR"], "UK, US AND FR"),
        (["RS", "US"], "RS AND US SUMMIT"),
        (["IR", "IZ"], "IR OR IZ"),
        ([], "SO AND SO"),
        ([], "IN AND OUT"),
        ([], "US AND ALLIES"),
        ([], "LE AND DA SILVA"),
        (["US"], "VISIT TO US"),
        (["US", "UK"], "VISIT TO US AND UK"),
        (["IR", "IZ"], "IR IZ WAR"),
        (["US", "UK"], "US/UK FORCES"),
        (["EUN", "US"], "EU/US SUMMIT"),
        (["US", "IR", "IZ"], "US/IR/IZ WAR"),
        (["US", "UK"], "FORCES US/UK (PHASE 2)"),
        (["TO"], "TO/DO LIST"),
        (["LE"], "LE/DA SILVA"),
        (["US"], "US/ UK FORCES"),
        (["US", "IN"], "US/IN TALKS"),
        (["PREL", "IS", "PA"], "PREL IS AND PA"),
        (["CU", "HA"], "CU AND HA MIGRANTS"),
        (["PREL"], "PREL AND TO CONSULT"),
        (["EAID", "HA", "DR"], "EAID, HA, AND DR"),
        (["IR", "IZ"], "IR, OR IZ"),
        (["PREL"], "PREL, AND SO"),
        (["PREL"], "PREL, AND GR VISIT"),
        ([], "WHAT IS IT/US TALKS"),
    ],
)
def test_codes_that_are_joined_by_a_word_or_a_slash_belong_to_no_word_beside_them(
    expected: list[str], text: str
) -> None:
    assert codes_of(text) == expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["UNESCO", "CD"], "UNECSO IN CHAD"),
        (["PREL", "UNHCR", "IZ"], "PREL UNHCRR IN IRAQ"),
        (["NATO", "AF"], "NATTO IN AFGHANISTAN"),
        (["PGOV", "IN", "CD"], "PGVO IN CHAD"),
        (["IZ"], "SHELLS IN IRAQ"),
    ],
)
def test_a_preposition_joins_an_organization_with_an_edit_to_a_country(
    expected: list[str], text: str
) -> None:
    assert codes_of(text) == expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ([], "NE INDIA"),
        ([], "SW FINLAND"),
        (["SW", "FI"], "SW, FINLAND"),
        (["PREL", "SE", "TU"], "PREL SE TURKEY"),
        (["XC"], "SE ASIA"),
        (["PREL", "PK"], "PREL FAZL UR REHMAN PK"),
        (["PTER", "UR"], "PTER KHALIL UR RAHMAN, UR"),
        (["PFOR", "UR"], "PFOR UR ROGERS"),
        (["PFOR", "UR", "RO"], "PFOR UR ROMANIA"),
    ],
)
def test_what_may_be_a_direction_or_an_article_belongs_to_the_name_behind_it(
    expected: list[str], text: str
) -> None:
    assert codes_of(text) == expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["PGOV", "PREL", "TU"], "PGOV PREL TU KURDISH ISSUES"),
        (["ECON", "EFIN", "JO"], "ECON EFIN JO DEBT RELIEF"),
        (["EAID", "ETRD", "PM"], "EAID ETRD PM CANAL EXPANSION"),
        (["ECON", "ENRG", "IN"], "ECON ENRG IN NUCLEAR DEAL"),
        (["KIPR", "IT"], "KIPR IT GLOBAL DEFENSE"),
        (["PREL", "IS"], "PREL IS SETTLEMENTS"),
        (["PREL", "PGOV", "AS"], "PREL PGOV AS ELECTION CAMPAIGN"),
        (["PREL", "PGOV"], "PREL PGOV AS SAFIR"),
        (["PREL", "PGOV"], "PREL PGOV LE PEN"),
        (["PREL", "PGOV"], "PREL PGOV AL QAEDA"),
        (["PREL", "PGOV"], "PREL PGOV HU JINTAO"),
        (["PREL", "PGOV"], "PREL PGOV LU YING-JEOU"),
        (["PREL", "PGOV", "TH"], "PREL PGOV PM THAKSIN TH"),
        (["PREL", "PGOV", "TH"], "PREL PGOV PM THAKSIN, TH"),
        (["PREL"], "PREL PM THAKSIN"),
        (["PGOV", "PHUM", "TU"], "PGOV PHUM IN ABSENTIA TU"),
    ],
)
def test_the_only_country_of_a_field_behind_long_codes_belongs_to_no_word_behind_it(
    expected: list[str], text: str
) -> None:
    assert codes_of(text) == expected


def test_a_country_before_words_is_in_doubt() -> None:
    assert resolve("PGOV PREL TU KURDISH ISSUES").confidence < 0.9
    assert resolve("PGOV PREL TU, KURDISH ISSUES").confidence > 0.95


@pytest.mark.parametrize("name", ["BO XILAI", "SU TSENG-CHANG", "GO CHOK TONG", "SO WIN"])
def test_a_surname_behind_a_country_and_before_a_word_is_less_sure_as_another(name: str) -> None:
    words = resolve(f"PGOV PREL CH {name}").words

    assert [word.raw for word in words if word.tags and word.confidence < 0.9] == [name[:2]]
    assert resolve("PREL SY RS PUTIN").words[2].confidence > 0.95


@pytest.mark.parametrize("text", ["KN RI YONG HO", "PREL, CH BO XILAI", "TW SU TSENG-CHANG"])
def test_nor_is_it_sure_where_no_long_code_stands(text: str) -> None:
    assert resolve(text).confidence < 0.9
    assert resolve("SY RS PUTIN").confidence > 0.95


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["OVIP", "CH"], "OVIP TRIP TO CH"),
        (["PREL", "CU", "US"], "PREL CUBA VISIT TO US"),
        (["PREL", "UN"], "PREL SPEECH AT UN"),
        (["PREL", "TO", "BN"], "PREL TO BN"),
        (["PREL", "TO", "BN"], "PREL, TO BN BORDER"),
        (["PREL", "IN", "IZ"], "PREL TROOPS IN IZ"),
    ],
)
def test_a_preposition_behind_a_word_is_no_country_among_long_codes(
    expected: list[str], text: str
) -> None:
    assert codes_of(text) == expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["TW", "WHO"], "TAIWAN IN WHO"),
        (["TW", "IN", "WHO"], "TAIWAN, IN, WHO"),
        (["GG", "NATO"], "GEORGIA IN NATO"),
        (["GG", "NATO"], "GEORGIAA IN NATO"),
        (["SA", "WTO"], "SAUDI ARABBIA IN WTO"),
        (["IR", "NATO"], "IRAN IN OTAN"),
        (["PREL", "HR", "EUN"], "PREL CROATIA IN EU"),
        (["PREL", "IR", "UN"], "PREL IRAN AT UN"),
        (["IR", "OPEC"], "IRAN AS OPEC MEMBER"),
        (["KCOR", "UNDP"], "CORRUPTION AT UNDP"),
        (["PHUM", "UN"], "HUMAN RIGHTS AT UN"),
        (["CH", "PTER"], "CHINA IN TERRORISM"),
        (["CH", "US"], "CHINA TO US"),
        (["RS", "IZ"], "RUSSIA IN IZ"),
        (["PREL", "CH", "US"], "PREL CHINA TO US"),
        (["PREL", "RS", "IN", "IZ"], "PREL RUSSIA IN IZ"),
        (["PREL", "NATO"], "PREL TROOPS IN NATO"),
        (["PREL", "IR", "IN", "IAEA"], "PREL IR IN IAEA"),
        (["NATO", "IN", "UN"], "NATO IN UN"),
        (["CH", "IN"], "CHINA IN"),
        (["CH", "IN", "WHO"], "CHINA. IN WHO"),
        (["IN", "WHO"], "IN WHO"),
    ],
)
def test_a_preposition_joins_a_name_in_words_to_an_organization_or_a_country(
    expected: list[str], text: str
) -> None:
    assert codes_of(text) == expected


@pytest.mark.parametrize("text", ["PREL TROOPS IN IZ", "PREL TIMOR AS NZ", "PREL RUSSIA IN IZ"])
def test_one_that_often_is_a_country_is_in_doubt(text: str) -> None:
    assert resolve(text).confidence < 0.9


def test_a_particle_may_be_the_only_country_of_a_field_behind_a_long_code() -> None:
    only, another = resolve("PGOV LE NASRALLAH"), resolve("PGOV LE PEN FR")

    assert [only.tags, another.tags] == [("PGOV",), ("PGOV", "FR")]
    assert only.confidence < 0.8 < 0.95 < another.confidence


@pytest.mark.parametrize("text", ["TIP IN TURKEY", "PREL HIV IN TURKEY", "DPRK IN TURKEY"])
def test_a_preposition_behind_another_name_of_few_letters_is_no_country(text: str) -> None:
    assert "IN" not in resolve(text).tags
    assert resolve(text).tags[-1] == "TU"


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("PTER--ISLAMABAD", "PTER"),
        ("PREL--RUSSIA", "PREL RS"),
        ("EFIN--DEBT", "EFIN"),
        # Without a code of some letters they may be anything.
        ("PRE--ELECTION", ""),
        ("BO--105", ""),
        ("MARR -- BASES", "MARR"),
        ("PRE-ELECTION", ""),
        ("UNGA/C-6--SENV", "UNGA/C-6 SENV"),
    ],
)
def test_two_hyphens_between_words_are_a_dash_and_part_places(text: str, tags: str) -> None:
    assert Normalizer().split(text, unresolved="drop") == tags.split()


def test_two_hyphens_of_the_vocabulary_belong_to_its_codes() -> None:
    headings = Normalizer(["Bridges", "Bridges--History", "Sailing", "B-", "B+"])

    assert headings.split("Bridges--Histroy; Sailing") == ["Bridges--History", "Sailing"]
    assert Normalizer(["Bridges", "Sailing"]).split("Bridges--Sailing") == ["Bridges", "Sailing"]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("ECON IMF ARTICLE IV CONSULTATIONS", "ECON IMF"),
        ("AORC, CHAPTER IV", "AORC"),
        ("MARR PHASE IV", "MARR"),
        ("PGOV ELECTIONS IV", "PGOV IV"),
        ("PGOV IV ELECTIONS", "PGOV IV"),
        ("PREL, IV", "PREL IV"),
    ],
)
def test_a_roman_number_behind_what_is_numbered_is_no_country(text: str, tags: str) -> None:
    normalizer = Normalizer()

    assert normalizer.split(text, unresolved="drop") == tags.split()
    assert normalizer.words.compose(text)[1] == tags.split()


@pytest.mark.parametrize("text", ["IRA GERSHWIN", "IDA TARBELL", "PIA ZADORA SINGER"])
def test_an_organization_that_is_a_given_name_is_less_sure_as_the_only_code(text: str) -> None:
    assert Normalizer().resolve(text).confidence < 0.9
    assert Normalizer().resolve(f"PTER {text.split(maxsplit=1)[0]}").confidence > 0.9


@pytest.mark.parametrize(
    ("text", "tags"),
    [("Ave.", ["AVENUE"]), ("Ave., Blvd., Ct.", ["AVENUE", "BOULEVARD", "COURT"]), ("q. 12", [])],
)
def test_other_names_with_a_full_stop_are_abbreviations_of_their_codes(
    text: str, tags: list[str]
) -> None:
    streets = Normalizer(
        [
            {"code": "AVENUE", "aliases": "Ave"},
            {"code": "BOULEVARD", "aliases": "Blvd"},
            {"code": "COURT", "aliases": "Ct"},
            {"code": "QUAY", "aliases": "q"},
        ]
    )

    assert streets.split(text, unresolved="drop") == tags


def test_a_code_and_a_small_word_beside_it_are_no_other_code_torn() -> None:
    trades = Normalizer(["Koch", "Köchin", "Wirt", "Wirtin", "Maler"])

    assert trades.split("Koch in Berlin", unresolved="drop") == ["Koch"]
    assert trades.split("Maler, Wirt in Ulm", unresolved="drop") == ["Maler", "Wirt"]
    assert trades.split("Wirt-in", unresolved="drop") == ["Wirtin"]


BRIEF = ["pt", "sv", "da", "ko", "X", "W", "GBP"]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("pt or sv", "pt sv"),
        ("da und ko", "da ko"),
        ("pt y sv", "pt sv"),
        ("X to W", "X W"),
        ("pt, sv ou da", "pt sv da"),
        ("GBP or ko", "GBP ko"),
        ("language: da", "da"),
        ("class: X; language: ko", "X ko"),
        # Beside other words they belong to these all the same.
        ("born or da Silva", ""),
        ("written: da Ponte", ""),
        ("he went to W", ""),
        ("language: da or so", ""),
    ],
)
def test_brief_codes_are_read_behind_a_label_and_beside_what_joins_them(
    text: str, tags: str
) -> None:
    normalizer = Normalizer(BRIEF)

    assert " ".join(normalizer.split(text, unresolved="drop")) == tags
    assert " ".join(normalizer.words.compose(text)[1]) == tags
    # A single letter may be a code with an edit.
    assert not tags or " y " in text or normalizer.resolve(text).confidence > 0.9


@pytest.mark.parametrize(
    "text",
    [
        "be or no",
        "he and I",
        "in to C",
        "no: thanks",
        "me: fine",
        "size: XXL",
        "unit: mg",
        "plan: Q",
    ],
)
def test_small_words_and_few_letters_with_an_edit_are_no_codes_there(text: str) -> None:
    normalizer = Normalizer(["no", "be", "he", "me", "in", "I", "C", "XL", "M", "en"])

    assert normalizer.split(text, unresolved="drop") == []
    assert normalizer.words.compose(text)[1] == []


@pytest.mark.parametrize(
    ("text", "tags"), [("language: no", ["no"]), ("no or en", ["no", "en"]), ("RE: me", ["me"])]
)
def test_a_small_word_that_is_a_code_behind_a_label_is_less_sure(
    text: str, tags: list[str]
) -> None:
    found = Normalizer(["no", "en", "me"]).resolve(text)

    assert list(found.tags) == tags
    assert found.confidence < 0.6 or ":" not in text


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("RE: LA PAZ", ""),
        ("LE OR DA", ""),
        ("KISSINGER: AL", ""),
        ("PREL KISSINGER: IR", "PREL IR"),
    ],
)
def test_a_colon_on_a_cable_leads_to_no_country_alone(text: str, tags: str) -> None:
    assert " ".join(Normalizer().split(text, unresolved="drop")) == tags


@pytest.mark.parametrize("text", ["no asthma", "not in stock", "ohne Salz", "without salt added"])
def test_a_code_behind_a_negation_is_half_as_sure(text: str) -> None:
    found = Normalizer(["asthma", "in stock", "salt", "Salz"]).resolve(text)

    assert len(found.tags) == 1
    assert found.confidence < 0.6


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Home > Kithcen; Toys > Puzles", ["Home > Kitchen", "Toys > Puzzles"]),
        ("Home Kitchen, Toys", ["Home > Kitchen", "Toys"]),
        ("Home>Kitchen", ["Home > Kitchen"]),
        ("Books > Art", []),
    ],
)
def test_codes_are_paths_with_any_mark_between_their_words(text: str, tags: list[str]) -> None:
    shop = Normalizer(["Home > Kitchen", "Toys > Puzzles", "Toys", "Home"])

    assert shop.split(text, unresolved="drop") == tags
    assert list(shop.resolve(text).tags) == tags
