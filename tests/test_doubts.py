"""What lowers the confidence of an answer, and never moves the answer itself."""

from __future__ import annotations

from itertools import chain

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagnorm import Normalizer, Taxonomy
from tagnorm.columns import resolve_column
from tagnorm.decisions.store import Decision, Decisions

TAXONOMY = Taxonomy.load()
NOW = Normalizer(TAXONOMY)


def without(**changed: float) -> Normalizer:
    """The normalizer with other numbers for some doubts."""
    costs, confidence = dict(TAXONOMY.costs), dict(TAXONOMY.confidence)
    for name, number in changed.items():
        (confidence if name in confidence else costs)[name] = number
    return Normalizer(attrs.evolve(TAXONOMY, costs=costs, confidence=confidence))


class TestOfItsOwn:
    @pytest.mark.parametrize("raw", ["PSEL", "OREX", "KCOS", "PBIS", "ECQN", "KPAX"])
    def test_four_letters_near_a_code_may_be_a_code_that_nobody_listed(self, raw: str) -> None:
        answer, sure = NOW.resolve(raw), without(own=99.0).resolve(raw)

        assert answer.tags == sure.tags
        assert answer.tags
        assert answer.confidence < sure.confidence

    @pytest.mark.parametrize(("raw", "tag"), [("WCON", "ECON"), ("FREL", "PREL"), ("DGOV", "PGOV")])
    def test_a_first_letter_that_no_family_has_leaves_it_open(self, raw: str, tag: str) -> None:
        answer, sure = NOW.resolve(raw), without(own_first=99.0).resolve(raw)

        assert answer.tags == sure.tags == (tag,)
        assert answer.confidence < 0.8 < 0.95 < sure.confidence

    @pytest.mark.parametrize(
        ("raw", "tag"), [("PRUSSIA", "RS"), ("ALEGRIA", "AG"), ("KUWIAT", "KU")]
    )
    def test_short_words_are_near_names_that_are_words(self, raw: str, tag: str) -> None:
        answer, sure = NOW.resolve(raw), without(own_name=99.0).resolve(raw)

        assert answer.tags == sure.tags == (tag,)
        assert answer.confidence < 0.95 < sure.confidence

    @pytest.mark.parametrize("raw", ["AFGANISTAN", "HUMAN RIHGTS", "KUWAIT", "PREEL"])
    def test_long_ones_and_codes_are_not(self, raw: str) -> None:
        assert NOW.resolve(raw).confidence == without(own_name=99.0).resolve(raw).confidence

    @pytest.mark.parametrize("raw", ["EREL", "VPREL", "FRELX", "OGOV"])
    def test_that_of_another_family_or_one_in_front_does_not(self, raw: str) -> None:
        answer, sure = NOW.resolve(raw), without(own_first=99.0).resolve(raw)

        assert answer.tags == sure.tags
        assert answer.confidence == sure.confidence

    @pytest.mark.parametrize("raw", ["PRELL", "KPREL", "PGOVV", "PGO"])
    def test_words_of_another_length_are_not(self, raw: str) -> None:
        assert NOW.resolve(raw).confidence == without(own=99.0).resolve(raw).confidence

    @pytest.mark.parametrize("raw", ["NATTO", "WFPO", "OSCEE", "UNECSO"])
    def test_acronyms_of_organizations_are_near_other_acronyms(self, raw: str) -> None:
        answer, sure = NOW.resolve(raw), without(own_acronym=99.0).resolve(raw)
        is_short = len(raw) <= 5

        assert answer.tags == sure.tags
        assert answer.tags
        assert (answer.confidence < 0.95) is is_short
        assert (answer.confidence < sure.confidence) is is_short

    def test_the_word_left_alone_has_what_the_correction_loses(self) -> None:
        sure, answer = without(own=99.0).resolve("KWHG"), NOW.resolve("KWHG")
        before, after = ({a.tags: a.confidence for a in one.alternatives} for one in (sure, answer))

        assert after[()] - before[()] == pytest.approx(sure.confidence - answer.confidence)

    def test_the_likelier_the_edit_the_surer(self) -> None:
        raws = ["PRLE", "PRWL", "KCOS", "PBIS"]
        found = [NOW.resolve(raw).confidence for raw in raws]

        assert found == sorted(found, reverse=True)


class TestOfWordsBehindCodes:
    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            ("SENVWATER", "SENV"),
            ("EAGRBEEF", "EAGR"),
            ("PRELPETER", "PREL"),
            # Its first letters are another name as it is, or one is read as a stray one.
            ("PGOVMALIK", "PGOV"),
            ("OVIPDEMIREL", "OVIP"),
            ("PRELZEMIN", "PREL"),
            ("PGOVKISLYAK", "PGOV"),
        ],
    )
    def test_a_word_behind_a_code_may_be_no_code(self, raw: str, code: str) -> None:
        answer, sure = NOW.resolve(raw), without(own_behind=99.0).resolve(raw)
        left = {other.tags: other.confidence for other in answer.alternatives}

        assert answer.tags == sure.tags
        assert answer.confidence < 0.7 < 0.9 < sure.confidence
        assert left[(code,)] > 0.3

    @pytest.mark.parametrize("raw", ["PRELVOIP", "AADPVOIP"])
    def test_a_word_that_is_left_over_already_is_no_doubt_of_the_code(self, raw: str) -> None:
        answer = NOW.resolve(raw)

        assert answer.unresolved == ("VOIP",)
        assert answer.confidence == without(own_behind=99.0).resolve(raw).confidence
        assert answer.tags not in [other.tags for other in answer.alternatives]

    @pytest.mark.parametrize("raw", ["PRELPGVO", "PRELTBIOBA", "PGOVMASS", "PRELENRGY", "PRELIZ"])
    def test_what_is_no_word_or_codes_as_they_are_is_as_sure_as_before(self, raw: str) -> None:
        assert NOW.resolve(raw).confidence == without(own_behind=99.0).resolve(raw).confidence


def codes_of_column(codes: list[str], raws: list[str]) -> list[tuple[str, ...]]:
    """The codes of texts that are read as a column."""
    words = Normalizer(codes).words
    return [tuple(words.compose(raw)[1]) for raw in raws]


class TestOfAnotherNumber:
    @pytest.mark.parametrize("raw", ["XXXS", "xxxs", "S; XXXS"])
    def test_it_is_left_alone_by_split_as_by_resolve(self, raw) -> None:
        normalizer = Normalizer(["XXS", "XS", "S", "M", "L", "XL", "3XL"])

        assert normalizer.split(raw, unresolved="drop") == list(normalizer.resolve(raw).tags)
        assert [word.upper() for word in normalizer.resolve(raw).unresolved] == ["XXXS"]

    @pytest.mark.parametrize(
        ("raw", "codes"),
        [
            ("CC-BY-3.0", ["MIT", "GPL-2.0", "GPL-3.0", "Apache-2.0", "CC-BY-4.0"]),
            ("GPL-1.0", ["MIT", "GPL-2.0", "GPL-3.0", "Apache-2.0", "CC-BY-4.0"]),
            ("ERBB3", ["KRAS", "BRAF", "EGFR", "TP53", "ERBB2", "BRCA1", "NTRK1", "MET"]),
            ("E11.66", ["J45.909", "I10", "E11.9", "E11.65", "F32.1", "M54.5", "K21.9"]),
            ("AB-1235-XL", ["AB-1234-XL", "CD-5678-M", "EF-9012-S", "GH-3456-L"]),
            ("Apollo 12", ["Apollo 11", "Gemini 8", "Mercury", "Skylab", "Vostok 1"]),
            ("MMP-2", ["MMP-1", "MMP-9", "MMP-13"]),
            ("B2", ["B1", "C1", "ABC"]),
            ("5XL", ["XS", "XL", "XXL", "3XL", "4XL"]),
            ("N", ["Y"]),
            ("R", ["C", "C++", "Go"]),
            ("Vitamin C", ["Vitamin D", "Zinc"]),
            ("hepatitis", ["Hepatitis B", "Measles"]),
            ("C-Pop", ["K-Pop", "Rock", "Jazz"]),
            ("size/M", ["size/S", "size/L", "bug"]),
            ("Z6 III", ["Z6 II", "EOS 80D", "Leopard II"]),
            ("Leopard I", ["Z6 II", "EOS 80D", "Leopard II"]),
            ("XXXS", ["XXS", "XS", "S", "M"]),
            # A capital behind small letters is a letter by itself, however it is written then.
            ("MenC", ["MenB", "HepA", "HepB", "Hib"]),
            ("hepc", ["MenB", "HepA", "HepB", "Hib"]),
            ("HEP C", ["MenB", "HepA", "HepB", "Hib"]),
            ("men", ["MenB", "HepA", "HepB", "Hib"]),
            ("PlanD", ["PlanA", "PlanB", "Budget"]),
            # Behind one small letter, too, if the list has others there.
            ("IgD", ["IgA", "IgG", "IgM"]),
            # A number behind such a letter is of another code, too.
            ("Vitamin D3", ["Vitamin D", "Vitamin B12", "Zinc"]),
            ("typea2", ["Type A", "Type B"]),
            ("kX", ["kW", "kV", "hPa"]),
            # Two of them are not one with another letter typed in.
            ("Hepatitis B/C", ["Hepatitis B", "Hepatitis C", "Measles"]),
            ("Level 20", ["Level 1", "Level 2", "Basement"]),
            ("CDK", ["CDK4", "KRAS", "EGFR"]),
            ("M541.5", ["M54.5", "J45.9", "I10"]),
            ("Z50E", ["Z50", "Z30X", "Z9"]),
            ("C2H4", ["C2H", "H2O", "NaCl"]),
            ("UGT1A9", ["UGT1A", "UGT2", "MTHFR"]),
            ("UGT1B4", ["UGT1A4", "SULT1", "MTHFR"]),
            ("size-XXXL", ["size-XL", "size-XXL", "bug"]),
            # With two digits swapped it would be v2.1, but v1.2 is like v1.0.
            ("v1.2", ["v1.0", "v2.1", "beta"]),
        ],
    )
    def test_what_has_it_is_another_code(self, raw: str, codes: list[str]) -> None:
        answer = Normalizer(codes).resolve(raw)

        assert not answer.tags
        assert Normalizer(codes).split(f"{codes[0]}; {raw}") == [codes[0], raw]

    @pytest.mark.parametrize(
        ("raw", "codes"),
        [
            ("Windows 95", ["Windows", "Windows 10", "Linux"]),
            ("runs on Windows 3.1 only", ["Windows", "Windows 10", "Linux"]),
            ("protein kinase D", ["kinase", "Protein kinase A", "actin"]),
            ("Mark IV", ["Mark", "Mark II", "Luke"]),
            ("F. Supp. 3d", ["F. Supp.", "F. Supp. 2d", "S. Ct."]),
            ("Kino 3D", ["Kino", "Kino 2D", "Theater"]),
            ("4 John", ["John", "1 John", "2 John", "3 John"]),
            ("read 3 song of hope", ["1 Song of Hope", "Song of Hope", "Song"]),
        ],
    )
    def test_so_is_a_name_with_another_number_behind_it(self, raw: str, codes: list[str]) -> None:
        assert Normalizer(codes).resolve(raw).tags == ()
        assert codes_of_column(codes, [raw]) == [()]

    @pytest.mark.parametrize(
        ("raw", "tags"),
        [
            ("Windows 10", ("Windows 10",)),
            ("Windows, 95", ("Windows",)),
            ("Linux 95", ("Linux",)),
            ("Windows 95th", ("Windows",)),
            ("95 Windows", ("Windows",)),
        ],
    )
    def test_other_numbers_beside_a_code_leave_it_a_code(
        self, raw: str, tags: tuple[str, ...]
    ) -> None:
        codes = ["Windows", "Windows 10", "Linux"]

        assert Normalizer(codes).resolve(raw).tags == tags
        assert codes_of_column(codes, [raw]) == [tags]

    @pytest.mark.parametrize(
        ("raw", "tag", "codes"),
        [
            ("PDFs", "PDF", ["PDF", "PDF/A", "TIFF"]),
            ("grades", "Grade", ["Grade", "Grade A", "Level 1"]),
            ("EE-mail", "E-mail", ["E-mail", "X-ray"]),
            ("TE-shirt", "T-shirt", ["T-shirt", "X-ray"]),
            ("Hepatits A", "Hepatitis A", ["Hepatitis A", "Hepatitis B"]),
            ("mg/dK", "mg/dL", ["mg/dL", "mol"]),
            ("hpeB", "HepB", ["MenB", "HepA", "HepB", "Hib"]),
        ],
    )
    def test_a_plural_and_another_edit_make_none(
        self, raw: str, tag: str, codes: list[str]
    ) -> None:
        assert Normalizer(codes).resolve(raw).tags == (tag,)
        assert codes_of_column(codes, [raw] * 40) == [(tag,)] * 40

    @pytest.mark.parametrize("raw", ["CC-YB-4.0", "CC-BY-4.O", "CC-BX-4.0", "C-BY-4.0", "CC-BY-40"])
    def test_letters_are_typed_wrongly_in_them(self, raw: str) -> None:
        answer = Normalizer(["MIT", "GPL-2.0", "GPL-3.0", "Apache-2.0", "CC-BY-4.0"]).resolve(raw)

        assert answer.tags == ("CC-BY-4.0",)
        assert answer.confidence > 0.95

    @pytest.mark.parametrize(
        ("raw", "code", "codes"),
        [
            ("B-25", "B-52", ["B-52", "F-16", "F-15", "Su-27"]),
            ("SU-72", "Su-27", ["B-52", "F-16", "F-15", "Su-27"]),
            ("E00-E98", "E00-E89", ["E00-E89", "F01-F99", "A00-B99", "C00-D49"]),
            ("5142", "5412", ["5412", "21", "5415", "541211"]),
            ("2012", "2021", ["2020", "2021", "1999"]),
        ],
    )
    def test_one_with_two_digits_swapped_is_less_sure(
        self, raw: str, code: str, codes: list[str]
    ) -> None:
        answer = Normalizer(codes).resolve(raw)

        assert answer.tags == (code,)
        assert 0.85 < answer.confidence <= 0.9

    @pytest.mark.parametrize("raw", ["5B2", "B5-2", "B--52"])
    def test_one_with_its_digits_in_order_is_sure(self, raw: str) -> None:
        answer = Normalizer(["B-52", "F-16", "F-15", "Su-27"]).resolve(raw)

        assert answer.tags == ("B-52",)
        assert answer.confidence > 0.95

    def test_a_vocabulary_may_say_that_it_lacks_none(self) -> None:
        complete = attrs.evolve(Taxonomy.of(["MMP-1", "MMP-13"]), confidence={"own_shape": -99.0})

        assert Normalizer(complete).split("MMP-2") == ["MMP-1"]

    def test_a_code_of_digits_alone_and_one_of_many_is_corrected(self) -> None:
        numbers = ["36718204", "90127365", "55480193"]
        many = [f"AB-{number * 7919 % 100_000:05d}" for number in range(1, 1200)]

        assert Normalizer(numbers).split("36718504") == ["36718204"]
        assert Normalizer(many).split(f"{many[0][:-1]}0") == [many[0]]


class TestOfCompounds:
    @pytest.mark.parametrize(
        ("raw", "tag"), [("JavaFX", "Java"), ("subgerente", "gerente"), ("clinozoisite", "zoisite")]
    )
    def test_one_code_with_letters_left_over_may_be_a_word_made_of_it(
        self, raw: str, tag: str
    ) -> None:
        answer = Normalizer(["Java", "Python", "gerente", "contador", "zoisite"]).resolve(raw)

        assert answer.tags in ((tag,), ())
        assert not answer.tags or answer.confidence < 0.6

    def test_joined_codes_with_letters_left_over_are_as_sure_as_before(self) -> None:
        assert Normalizer(["Java", "Python", "Kotlin"]).resolve("JavaPythonKotlin1").tags


class TestOfTitles:
    @pytest.mark.parametrize(
        "raw", ["Dr. Archer", "Mr Archer, Leeds", "Mrs. Ada Archer", "per Herr Archer"]
    )
    def test_a_code_behind_a_title_may_be_a_person(self, raw: str) -> None:
        answer = Normalizer(["Archer", "Baker", "Smith"]).resolve(raw)

        assert answer.tags == ("Archer",)
        assert answer.confidence < 0.6

    @pytest.mark.parametrize(
        ("raw", "codes"), [("Prof Baker", ["Prof", "Baker"]), ("Sir, Baker", ["Baker"])]
    )
    def test_a_title_that_is_a_code_or_stands_in_another_place_says_nothing(
        self, raw: str, codes: list[str]
    ) -> None:
        answer = Normalizer(codes).resolve(raw)

        assert answer.tags[-1] == "Baker"
        assert answer.confidence > 0.9


class TestOfAffixes:
    @pytest.mark.parametrize(
        ("raw", "tag"),
        [
            ("planetx", "planet"),
            ("eharbour", "harbour"),
            ("gardeno", "garden"),
            ("B-1200", "B-120"),
            ("A-45", "A-455"),
            ("455", "A-455"),
        ],
    )
    def test_a_letter_at_an_end_or_a_digit_more_or_less_may_make_a_word_or_code_of_its_own(
        self, raw: str, tag: str
    ) -> None:
        answer = Normalizer(["planet", "harbour", "garden", "B-120", "A-455"]).resolve(raw)

        assert answer.tags in ((tag,), ())
        assert not answer.tags or answer.confidence < 0.91

    @pytest.mark.parametrize("raw", ["planets", "plannet", "planett", "plnaet", "plane t"])
    def test_plurals_and_other_edits_are_as_sure_as_before(self, raw: str) -> None:
        answer = Normalizer(["planet", "harbour", "garden", "B-120"]).resolve(raw)

        assert answer.tags == ("planet",)
        assert answer.confidence > 0.95


class TestOfOtherScripts:
    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            ("товар", "Повар"),
            ("пожар", "Повар"),
            ("Τιμή", "Τιμές"),
            ("שרון", "שעון"),
            ("قلم", "قلب"),
        ],
    )
    def test_a_short_word_with_another_letter_may_be_a_word(self, raw: str, code: str) -> None:
        answer = Normalizer([code, "Инженер", "Μηχανικός", "בית ספר", "مستشفى"]).resolve(raw)

        assert not answer.tags or answer.confidence < 0.9

    @pytest.mark.parametrize(
        ("raw", "code"),
        [("Инжинер", "Инженер"), ("Поввар", "Повар"), ("Поавр", "Повар"), ("ローマ", "ローマ")],
    )
    def test_longer_ones_and_other_edits_are_as_sure(self, raw: str, code: str) -> None:
        answer = Normalizer([code, "Экономист", "Сварщик"]).resolve(raw)

        assert answer.tags == (code,)
        assert answer.confidence > 0.95


class TestOfPlurals:
    @pytest.mark.parametrize(
        ("raw", "tag", "codes"),
        [
            ("flutes", "flute", ["flute", "organ", "harp"]),
            ("Organs", "organ", ["flute", "organ", "harp"]),
            ("papers", "PPR", [("PPR", "paper"), ("INK", "ink")]),
        ],
    )
    def test_everyday_words_may_be_something_else(self, raw: str, tag: str, codes) -> None:
        answer = Normalizer(codes).resolve(raw)

        assert answer.tags == (tag,)
        assert 0.7 < answer.confidence < 0.9
        assert codes_of_column(codes, [raw, f"{raw}; x"]) == [(tag,), (tag,)]

    @pytest.mark.parametrize(
        ("one", "several"),
        [
            ("family for name", "family for names"),
            ("in split", "in splits"),
            ("the flute", "the flutes"),
            ("house was split", "houses was split"),
            ("flute or no flute", "flute or no flutes"),
        ],
    )
    def test_among_words_they_are_no_surer_than_the_code(self, one: str, several: str) -> None:
        normalizer = Normalizer(["family", "name", "split", "flute", "house", "list"])
        answer, expected = normalizer.resolve(several), normalizer.resolve(one)

        assert answer.tags == expected.tags
        assert answer.confidence <= expected.confidence
        rows = resolve_column([several], normalizer=normalizer)
        assert rows["confidence"] == pytest.approx([answer.confidence])

    @pytest.mark.parametrize("raw", ["glasses", "organic", "newspapers"])
    def test_other_words_stay_words(self, raw: str) -> None:
        assert Normalizer(["glass", "organ", "paper"]).resolve(raw).tags == ()

    @pytest.mark.parametrize("raw", ["1st", "2nd", "3rd", "4th", "21ST", "11th"])
    def test_numbers_in_order_are_no_codes(self, raw: str) -> None:
        codes = ["ST", "ND", "RD", "TH", "1LT", "2LT"]

        assert Normalizer(codes).split(f"{raw}, ST", unresolved="drop") == ["ST"]
        assert codes_of_column(codes, [raw]) == [()]

    def test_a_code_is_itself(self) -> None:
        assert Normalizer(["1st", "flutes", "flute"]).split("1st; flutes") == ["1st", "flutes"]


class TestOfBriefWords:
    @pytest.mark.parametrize(
        ("raw", "tag", "codes"),
        [
            ("PC", "APC", ["APC", "KLM", "FRX"]),
            ("USDT", "USD", ["USD", "EUR", "GBP"]),
            ("TD", "DT", ["DT", "MMR", "BCG"]),
            ("qPCR", "PCR", ["DNA", "PCR", "CRISPR"]),
            ("HTC", "HTX", ["HTX", "KLM", "APC"]),
            ("BSD", "0BSD", ["0BSD", "MIT", "ISC"]),
        ],
    )
    def test_a_brief_word_or_code_with_a_letter_less_or_more_may_be_an_acronym(
        self, raw: str, tag: str, codes: list[str]
    ) -> None:
        answer = Normalizer(codes).resolve(raw)

        assert answer.tags == (tag,)
        assert answer.confidence < 0.9
        assert answer.alternatives[0].tags == ()

    @pytest.mark.parametrize(("raw", "tag"), [("UDS", "USD"), ("BLUS", "BLUES"), ("FOKL", "FOLK")])
    def test_others_are_as_sure_as_before(self, raw: str, tag: str) -> None:
        answer = Normalizer(["USD", "EUR", "BLUES", "FOLK"]).resolve(raw)

        assert answer.tags == (tag,)
        assert answer.confidence > 0.95


class TestOfCodesThatTheListLacks:
    @pytest.mark.parametrize(
        ("raw", "codes"),
        [
            ("US-MA", ["US-CA", "US-NY"]),
            ("C90", ["B90", "C12", "A01"]),
            ("451", ["400", "401", "403", "404", "418", "500", "503"]),
            ("Na", ["He", "Li", "Ne", "Xe"]),
        ],
    )
    def test_another_number_or_letter_where_they_vary_is_another_code(
        self, raw: str, codes: list[str]
    ) -> None:
        answer = Normalizer(codes).resolve(raw)
        alone = {other.tags: other.confidence for other in answer.alternatives}.get((), 1.0)

        assert answer.confidence < 0.8
        assert alone > 0.05

    @pytest.mark.parametrize(
        ("expected", "raw", "codes"),
        [
            ("MMP-9", "MPM-9", ["MMP-1", "MMP-9", "MMP-13"]),
            ("US-CA", "SU-CA", ["US-CA", "US-NY"]),
            ("978-3-16-148410-0", "978-3-16-148410-1", ["978-3-16-148410-0", "400-2-11-503416-7"]),
            ("FOLK", "FOLC", ["JAZZ", "FOLK", "BLUES", "TECHNO"]),
        ],
    )
    def test_what_no_rule_of_the_list_makes_is_an_edit(
        self, expected: str, raw: str, codes: list[str]
    ) -> None:
        answer = Normalizer(codes).resolve(raw)

        assert answer.tags == (expected,)
        assert answer.confidence > 0.95

    def test_the_more_codes_a_shape_has_room_for_the_surer_is_the_edit(self) -> None:
        found = []
        for size in (3, 6, 9):
            codes = [str(10**size // number)[:size] for number in (7, 13, 17, 19, 23, 29, 31, 37)]
            raw = codes[0][:-1] + ("0" if codes[0][-1] != "0" else "5")
            found.append(Normalizer(codes).resolve(raw).confidence)

        assert found[0] < found[1] < found[2]

    def test_the_answer_stays_the_same(self) -> None:
        codes = ["B90", "C12", "A01", "MMP-1", "MMP-9"]
        off = Normalizer(attrs.evolve(Taxonomy.of(codes), confidence={"own_shape": -99.0}))
        on = Normalizer(codes)

        for raw in ("D90", "C21", "A0", "MPM-9", "B90; D12"):
            assert on.resolve(raw).tags == off.resolve(raw).tags
            assert on.split(raw) == off.split(raw)
            assert on.resolve(raw).confidence <= off.resolve(raw).confidence


class TestGarbled:
    @pytest.mark.parametrize("raw", ["EUNFRQJ", "WTOXKQV", "NSFQZK"])
    def test_letters_of_no_language_may_be_joined_codes_beyond_reading(self, raw: str) -> None:
        answer = NOW.resolve(raw)

        assert not answer.tags
        assert answer.confidence < 0.95 < without(garbled=99.0).resolve(raw).confidence

    @pytest.mark.parametrize("raw", ["PARLIAMENT", "ERICKSON", "ALZUGUREN", "F-16", "TU-154"])
    def test_words_and_names_and_numbers_are_not(self, raw: str) -> None:
        assert NOW.resolve(raw).confidence > 0.95


class TestOtherTime:
    def test_a_code_of_another_time_is_a_doubt_where_no_era_is_said(self) -> None:
        later = Normalizer(TAXONOMY, era="2003-2010")

        assert NOW.resolve("PFRO").tags == later.resolve("PFRO").tags == ()
        assert NOW.resolve("PFRO").confidence < later.resolve("PFRO").confidence


class TestLastLetters:
    def test_a_country_is_the_surer_the_fewer_codes_are_before_it(self) -> None:
        raws = ["PRELGR", "PRELPGOVGR", "PRELIRGR"]
        found = [NOW.resolve(raw) for raw in raws]

        assert [one.tags[-1] for one in found] == ["GR"] * 3
        sure = [one.confidence for one in found]
        assert sure == sorted(sure, reverse=True)
        assert found[-1].alternatives[0].tags == ("PREL", "IR")

    def test_one_that_is_likelier_cut_off_than_meant_is_still_read(self) -> None:
        answer = NOW.resolve("PRELIRPS")

        assert answer.tags == ("PREL", "IR", "PS")
        assert answer.confidence < 0.5
        assert answer.alternatives[0].tags == ("PREL", "IR")


class TestJoinedBesideAlone:
    @pytest.mark.parametrize("raw", ["PIRSUP", "KIPFK", "MRRMU"])
    def test_a_word_left_alone_may_be_joined_codes_that_no_code_speaks_for(self, raw: str) -> None:
        answer, sure = NOW.resolve(raw), without(joined_doubt=0.0).resolve(raw)

        assert not answer.tags
        assert answer.confidence < 0.95
        assert answer.confidence < sure.confidence
        assert len(answer.alternatives[0].tags) > 1

    @pytest.mark.parametrize("raw", ["PARLIAMENT", "MOUNTAIN", "AVIAN", "HOLBROOKE"])
    def test_a_word_that_is_like_no_codes_is_as_sure(self, raw: str) -> None:
        assert NOW.resolve(raw).confidence == without(joined_doubt=0.0).resolve(raw).confidence


class TestListed:
    @pytest.mark.parametrize("raw", ["KIPO", "SIPR", "MCAS"])
    def test_an_acronym_known_to_be_no_code_may_be_one_with_an_edit(self, raw: str) -> None:
        answer, sure = NOW.resolve(raw), without(garbled=99.0).resolve(raw)

        assert answer.tags == sure.tags == ()
        assert answer.confidence < sure.confidence

    @pytest.mark.parametrize("raw", ["KDP", "EITI", "EXBS"])
    def test_one_that_is_near_no_code_is_as_sure(self, raw: str) -> None:
        assert NOW.resolve(raw).confidence == without(garbled=99.0).resolve(raw).confidence > 0.95

    def test_a_word_to_be_kept_is_as_sure_as_ever(self) -> None:
        kept = Normalizer(TAXONOMY, keep=["KIPO"])

        assert kept.resolve("KIPO").confidence > NOW.resolve("KIPO").confidence


class TestShortOnes:
    @pytest.mark.parametrize("raw", ["CAIRIZ", "KIPOIS", "TERIZ", "IPRCH"])
    def test_a_country_may_stand_behind_an_edit_that_joined_codes_never_rest_on(
        self, raw: str
    ) -> None:
        answer = NOW.resolve(raw)

        assert not answer.tags
        assert answer.confidence < 0.95

    @pytest.mark.parametrize("raw", ["EUNGMX", "WTOCHZ", "ILOCHX"])
    def test_or_behind_a_short_code(self, raw: str) -> None:
        answer = NOW.resolve(raw)

        assert not answer.tags
        assert answer.confidence < 0.97

    @pytest.mark.parametrize("raw", ["PARLIAMENT", "HOLBROOKE", "ANARCHISTS", "ABDULRAHMEN"])
    def test_words_and_names_are_none(self, raw: str) -> None:
        assert NOW.resolve(raw).confidence > 0.99


class TestBehindCode:
    @pytest.mark.parametrize(
        "raw", ["SNAR TU HAKKARI", "PGOV SU DARFURIANS", "PREL, PHUM MA FASSI"]
    )
    def test_a_short_code_that_a_word_takes_from_a_long_one_may_be_meant(self, raw: str) -> None:
        answer = NOW.resolve(raw)

        assert answer.confidence < 0.95 or len(answer.tags) == 2

    @pytest.mark.parametrize(
        "raw", ["PTER, SU DARFURIANS", "PTER AL NUSRA", "PGOV DI PIETRO", "SNAR; IN VITRO"]
    )
    def test_one_that_stands_by_itself_or_is_an_article_hardly_is(self, raw: str) -> None:
        assert NOW.resolve(raw).confidence > 0.95


# Codes that are words of a language, and some that are none.
OBJECTS = [
    *("ring", "letter", "bell", "helmet", "oil painting", "ECONNRESET", "QX-7"),
    *("question", "School", "Police"),
]


class TestEverydayCodes:
    NORMALIZER = Normalizer(OBJECTS)

    @pytest.mark.parametrize(
        ("raw", "tags"),
        [
            ("the letter was sent in May", "letter"),
            ("gift of Mr. and Mrs. Bell", "bell"),
            ("a good question from the first day", "question"),
            ("bronze helmet with inscription", "helmet"),
            ("the police went to a school", "Police School"),
            ("(undated) the letter was sent", "letter"),
            # A small word before it makes it one, too.
            ("in question", "question"),
            ("at school", "School"),
        ],
    )
    def test_among_words_that_are_no_codes_they_may_be_words(self, raw: str, tags: str) -> None:
        answer = self.NORMALIZER.resolve(raw)

        assert " ".join(answer.tags) == tags
        assert answer.confidence < 0.6

    @pytest.mark.parametrize(
        "raw",
        [
            *("letter", "the, letter", "letter, sent in May", "letter: sent in May", "ring letter"),
            *("oil painting on canvas", "letter QX-7 of May", "ECONNRESET at some line"),
            *("in ECONNRESET", "letter of", "2 letter", "3 hemlet", "12 questions"),
        ],
    )
    def test_in_a_place_of_their_own_or_beside_other_codes_they_are_codes(self, raw: str) -> None:
        answer = self.NORMALIZER.resolve(raw)

        assert answer.tags
        assert answer.confidence > 0.9

    @pytest.mark.parametrize("raw", ["4 PIR", "3 CHX", "12 SPQ"])
    def test_few_letters_behind_a_number_are_not_counted(self, raw: str) -> None:
        assert Normalizer(["IS", "IZ", "IR", "SP", "CH"]).split(raw) == [raw]

    def test_on_cables_they_are_codes(self) -> None:
        assert NOW.resolve("MASS NEGOTIATIONS").confidence > 0.95

    def test_what_a_person_decided_is_as_sure_as_before(self) -> None:
        decided = Normalizer(OBJECTS, decisions=Decisions([Decision("letter", ["letter"])]))

        assert decided.resolve("the letter was sent").confidence > 0.9

    @given(
        st.lists(
            st.tuples(
                st.sampled_from([*OBJECTS, "the", "Anna", "sent", "yesterday", "of", "X", "rnig"]),
                st.sampled_from([" ", " ", " ", ", ", "; ", " / ", ". "]),
            ),
            min_size=1,
            max_size=7,
        )
    )
    def test_columns_say_the_same(self, parts: list[tuple[str, str]]) -> None:
        text = "".join(chain.from_iterable(parts))
        answer = self.NORMALIZER.resolve(text)
        column = resolve_column([text], taxonomy=self.NORMALIZER.taxonomy)

        assert tuple(column["tags"][0]) == answer.tags
        assert column["confidence"] == [pytest.approx(answer.confidence)]


class TestTorn:
    @pytest.mark.parametrize(
        ("raw", "tag"), [("SC UL", "SCUL"), ("T BIO", "TBIO"), ("P TER", "PTER")]
    )
    def test_two_words_that_spell_a_code_may_be_that(self, raw: str, tag: str) -> None:
        answer = NOW.resolve(raw)

        assert not answer.tags
        assert answer.confidence < 0.6
        assert answer.alternatives[0].tags == (tag,)

    @pytest.mark.parametrize("raw", ["PHU X", "P TE R", "SMITH PUTNAM"])
    def test_others_are_as_sure_as_ever(self, raw: str) -> None:
        assert NOW.resolve(raw).confidence > 0.9


class TestOnlyCodesBesideWords:
    @pytest.mark.parametrize("raw", ["SYRIA-LEBANON FRONTIER", "FRANCE-SPAIN SUMMITS"])
    def test_joined_countries_beside_a_word_are_less_sure(self, raw: str) -> None:
        assert NOW.resolve(raw).confidence < without(beside_words=1.0).resolve(raw).confidence
        assert NOW.resolve(raw).confidence < 0.95

    @pytest.mark.parametrize("raw", ["PREL SYRIA-LEBANON FRONTIER", "SYRIA-LEBANON"])
    def test_beside_a_long_code_or_alone_they_are_as_sure(self, raw: str) -> None:
        assert NOW.resolve(raw).confidence == without(beside_words=1.0).resolve(raw).confidence

    @pytest.mark.parametrize(
        ("raw", "tags"),
        [
            ("ECONOMIC AND SOCIAL STUDIES", ("ECON", "SOCI")),
            ("CIVIL AVIATION ADMINISTRATION FOR CHINA", ("EAIR", "CH")),
            ("PREL, HUMAN RIGHTS COLLEGE FOR AFRICA", ("PREL", "PHUM", "XA")),
            ("US TRADE DELEGATION", ("US", "ETRD")),
            ("IRAQ KUWAIT BORDER; PREL", ("IZ", "KU", "PREL")),
        ],
    )
    def test_several_names_with_another_word_may_be_one_name(
        self, raw: str, tags: tuple[str, ...]
    ) -> None:
        answer, sure = NOW.resolve(raw), without(beside_words=1.0).resolve(raw)

        assert answer.tags == sure.tags == tags
        assert answer.confidence < 0.85 < 0.95 < sure.confidence
        assert resolve_column([raw])["confidence"] == [pytest.approx(answer.confidence)]

    @pytest.mark.parametrize(
        "raw",
        [
            "HUMAN RIGHTS IN BURMA",
            "TERRORISM FROM IRAN",
            "TURKEY AND GREECE",
            "TURKEY, ALIREZA, IRAQ",
            "TURKEY KUWAIT (SMITH)",
        ],
    )
    def test_several_beside_small_words_or_in_places_of_their_own_are_not(self, raw: str) -> None:
        assert NOW.resolve(raw).confidence == without(beside_words=1.0).resolve(raw).confidence


class TestShortWordsAmongCodes:
    @pytest.mark.parametrize(
        "raw",
        ["EAID, OVIP,UF, US", "QB; PREL; PGOV", "PREL PGOV DQ UK", "ECON/ZJ/FR", "PHUM, CUU, PREF"],
    )
    def test_one_where_all_else_is_codes_may_be_a_code_with_an_edit(self, raw: str) -> None:
        answer, sure = NOW.resolve(raw), without(short_among_codes=1.0).resolve(raw)

        assert answer.tags == sure.tags
        assert len(answer.unresolved) == 1
        assert answer.confidence < 0.8 < 0.95 < sure.confidence

    @pytest.mark.parametrize(
        "raw",
        [
            "UF",  # alone
            "PREL, UF",  # beside one code
            "UF, ALIREZA, PREL, PGOV",  # beside a word
            "FR TU UF",  # beside no long code
            "PREL AND PGOV",  # a small word
            "PREL, PGOV, A",  # a letter
            "PREL, PGOV, 12",  # a number
            "PGOV, PREL, PKK",  # an acronym known to be no code
            "PREL, PGOV (UF)",  # in parentheses
        ],
    )
    def test_others_are_as_sure_as_ever(self, raw: str) -> None:
        assert NOW.resolve(raw).confidence == without(short_among_codes=1.0).resolve(raw).confidence

    @pytest.mark.parametrize("raw", ["PREL, PGOV, UF", "PREL PGOV UF", "US; PHUM;CUU", "PREL, UF"])
    def test_columns_are_as_sure(self, raw: str) -> None:
        column = resolve_column([raw, raw.lower()])

        assert column["confidence"] == [pytest.approx(NOW.resolve(raw).confidence)] * 2

    @pytest.mark.parametrize(
        ("raw", "tags"),
        [
            ("PREL, PGOV, FRSP", ("FR", "SP")),
            ("PHUM KDEM AFPK", ("AF", "PK")),
            ("EFIN; EAID; USUK", ("US", "UK")),
        ],
    )
    def test_joined_countries_alone_among_codes_are_told(
        self, raw: str, tags: tuple[str, ...]
    ) -> None:
        answer, sure = NOW.resolve(raw), without(short_among_codes=1.0).resolve(raw)

        assert answer.tags == sure.tags
        assert answer.words[-1].alternatives[0].tags == tags
        assert answer.confidence < 0.8 < 0.9 < sure.confidence
        assert resolve_column([raw])["confidence"] == [pytest.approx(answer.confidence)]

    @pytest.mark.parametrize("raw", ["FRSP", "PREL, FRSP", "PREL, PGOV, SALT", "PREL, PGOV, QXSP"])
    def test_alone_and_in_words_they_are_not(self, raw: str) -> None:
        assert NOW.resolve(raw).confidence > 0.95

    def test_a_word_that_is_never_to_be_touched_is_none(self) -> None:
        assert Normalizer(keep=["UF"]).resolve("PREL, PGOV, UF").confidence > 0.95


class TestLeftovers:
    @pytest.mark.parametrize("raw", ["RWEAID", "AFPREL", "SOENRGETRD"])
    def test_letters_are_hardly_left_over_in_front(self, raw: str) -> None:
        answer = NOW.resolve(raw)

        assert len(answer.tags[0]) == 2
        assert answer.confidence > without(left_in_front=0.0).resolve(raw).confidence

    def test_what_is_left_at_the_end_is_the_likelier_the_more_codes_begin_with_it(self) -> None:
        begins, random = NOW.resolve("PRELTRGYEC"), NOW.resolve("PRELTRGYQX")

        assert begins.alternatives[0].tags == random.tags == ("PREL", "TRGY")
        assert NOW.resolve("PRELSPET").tags == ("PREL", "EPET")
        assert ("PREL", "SP") in [one.tags for one in NOW.resolve("PRELSPET").alternatives]
        assert NOW.resolve("PRELSPET").confidence < 0.8


@pytest.mark.parametrize(
    "raw", ["PREL", "PGOVECON", "KIPRSP", "PARLIAMENT", "PGVO", "ETTD, ETTC", "PIRSUP", "AFPREL"]
)
def test_no_doubt_moves_an_answer(raw: str) -> None:
    off = dict.fromkeys(("again", "longer", "joined_doubt", "left_in_front"), 0.0)
    plain = without(own=99.0, own_acronym=99.0, garbled=99.0, other_time=99.0, **off)

    assert NOW.split(raw) == plain.split(raw)
    assert NOW.resolve(raw).tags == plain.resolve(raw).tags
