"""Eras: how they are written, which codes were in use in them, and which one a cable is of."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagnorm import Normalizer, Taxonomy, resolve, split
from tagnorm.cables import edition_of, era_of, read_tags
from tagnorm.errors import TaxonomyError
from tagnorm.vocabulary.entries import Code
from tagnorm.vocabulary.eras import Era

YEARS = st.integers(1000, 9999)


class TestEra:
    """Years as a person writes them."""

    @pytest.mark.parametrize(
        ("text", "first", "last"),
        [
            ("1974", 1974, 1974),
            ("1973-1979", 1973, 1979),
            (" 1973 - 1979 ", 1973, 1979),
            ("1973\u20131979", 1973, 1979),
            ("1995-", 1995, None),
            ("-1979", None, 1979),
            (1974, 1974, 1974),
        ],
    )
    def test_years_are_an_era(self, text, first, last):
        assert Era(first, last) == Era.of(text)

    @pytest.mark.parametrize(
        "text", ["", "-", "70s", "1979-1973", "74", "1973-79", "1973/1979", -5]
    )
    def test_what_says_no_years_is_refused_with_what_it_takes(self, text):
        with pytest.raises(ValueError, match="'1973-1979'"):
            Era.of(text)

    @pytest.mark.parametrize("wrong", [None, 1974.0, True, ["1974"], b"1974"])
    def test_what_is_no_text_and_no_year_is_refused(self, wrong):
        with pytest.raises(TypeError, match="era is"):
            Era.of(wrong)

    @given(st.none() | YEARS, st.none() | YEARS)
    def test_an_era_is_read_back_from_its_text(self, first, last):
        if first is None and last is None:
            return
        if first is not None and last is not None:
            first, last = min(first, last), max(first, last)
        assert Era(first, last) == Era.of(str(Era(first, last)))

    @given(YEARS, YEARS, YEARS, YEARS)
    def test_the_distance_is_nothing_exactly_where_years_are_shared(self, a, b, c, d):
        one, other = Era(min(a, b), max(a, b)), Era(min(c, d), max(c, d))
        shared = set(range(one.first, one.last + 1)) & set(range(other.first, other.last + 1))
        assert (one.years_from(other.first, other.last) == 0) is bool(shared)
        assert one.overlaps(other) is other.overlaps(one) is bool(shared)


class TestCodes:
    """The years and counts of codes."""

    def test_codes_of_the_seventies_are_of_their_time(self):
        taxonomy, seventies, later = Taxonomy.load(), Era.of("1973-1979"), Era.of("2003-2010")
        for tag, then, now in [
            ("PFOR", True, False),
            ("SHUM", True, False),
            ("PREL", False, True),
            ("KIPR", False, True),
            ("PGOV", True, True),
            ("RH", True, False),
            ("ZI", False, True),
            ("FR", True, True),
        ]:
            code = taxonomy[tag]
            assert (code.years_from(seventies) == 0, code.years_from(later) == 0) == (then, now)

    def test_a_count_is_of_its_years_only(self):
        code = Taxonomy.load()["PFOR"]
        assert code.frequency_in(1975) == code.frequencies["1973-1979"]
        assert code.frequency_in("2005") is None

    def test_a_column_of_counts_says_its_years(self, tmp_path):
        file = tmp_path / "codes.tsv"
        file.write_text("code\tfrequency_1973-1979\nJAZZ\t12\nFOLK\t\n", encoding="utf-8")
        taxonomy = Taxonomy.load(tmp_path)
        assert taxonomy["JAZZ"].frequencies == {"1973-1979": 12}
        assert taxonomy["FOLK"].frequencies == {}

    @pytest.mark.parametrize(
        ("head", "cell", "told"),
        [("frequency_then", "12", "frequency_then"), ("frequency_1974", "many", "many")],
    )
    def test_a_column_or_count_that_says_nothing_is_an_error(self, tmp_path, head, cell, told):
        (tmp_path / "codes.tsv").write_text(f"code\t{head}\nJAZZ\t{cell}\n", encoding="utf-8")
        with pytest.raises(TaxonomyError, match=told):
            Taxonomy.load(tmp_path)

    @pytest.mark.parametrize("frequencies", [{"then": 1}, {"1974": -1}, {"1974": "many"}])
    def test_a_vocabulary_refuses_counts_that_are_none(self, frequencies):
        with pytest.raises(TaxonomyError, match="frequencies of"):
            Taxonomy((Code("JAZZ", frequencies=frequencies),))


class TestCables:
    """The era of a cable, by its text."""

    @pytest.mark.parametrize(
        ("text", "era"),
        [
            ("R 221120Z FEB 10\nUNCLAS MASERU 000057\nE.O. 12958: N/A\nTAGS: PREL", "2010"),
            ("O 132020Z JUN 74\nFM SECSTATE\nTAGS: PFOR", "1974"),
            ("Date: 1976 June 13, 20:20 (Thursday)\nTAGS: PFOR", "1976"),
            ("VIEWING CABLE 09PARIS1\nTAGS: PREL", "2009"),
            ("Canonical ID: 1975STATE126062_b\nTAGS: PFOR", "1975"),
            ("E.O. 11652: GDS\nTAGS: PFOR, UR\nSUBJ: X", "1972-1978"),
            ("E.O. 12065: GDS\nTAGS: PEPR", "1978-1982"),
            ("E.O. 12356: DECL: OADR\nTAGS: PREL", "1982-1995"),
            ("E.O. 12958: DECL: 02/22/2020\nTAGS: PREL", "1995-2010"),
            ("E.O. 11958: DECL: 02/22/2020\nTAGS: PREL", "1995-2010"),
            ("EO 13526: N/A\nTAGS: PREL", "2010-"),
            ("e.o. 12958: n/a\ntags: prel", "1995-2010"),
            ("R 221120Z FEB 10\nE.O. 11652: N/A\nTAGS: PREL", "2010"),
        ],
    )
    def test_a_cable_is_of_its_time(self, text, era):
        assert Era.of(era) == era_of(text)

    @pytest.mark.parametrize(
        "text", ["", "\n", "TAGS: PREL", "E.O. 99999: N/A\nTAGS: PREL", "IN 1974 HE LEFT."]
    )
    def test_a_text_that_says_nothing_is_of_no_time(self, text):
        assert era_of(text) is None

    def test_the_header_of_the_first_cable_counts(self):
        later = "ZCZC\nR 221120Z FEB 10\nUNCLAS ROME 000002\nTAGS: PREL\n"
        assert era_of("ZCZC\nE.O. 11652: GDS\nUNCLAS OSLO 000001\nTAGS: PFOR\n" + later) == Era(
            1972, 1978
        )

    @given(st.text())
    def test_any_text_can_be_asked(self, text):
        found = era_of(text)
        assert found is None or isinstance(found, Era)


class TestNormalizers:
    """The strings of an era."""

    THEN, NOW = Normalizer(era="1973-1979"), Normalizer(era="2003-2010")

    def test_codes_of_the_time_are_likelier(self):
        # One letter from OTRA of any time and from BTRA of the seventies.
        chances = [
            {one.tags: one.confidence for one in answer.alternatives}
            | {answer.tags: answer.confidence}
            for answer in (self.THEN.resolve("XTRA"), self.NOW.resolve("XTRA"))
        ]
        assert chances[0].get(("BTRA",), 0.0) > chances[1].get(("BTRA",), 0.0)

    @pytest.mark.parametrize("tag", ["SHUM", "PHUM", "KIPR", "BTRA", "RH", "ZI", "CSCE", "WTO"])
    def test_a_code_of_any_time_is_itself_at_all_times(self, tag):
        assert [tag] == self.THEN.split(tag) == self.NOW.split(tag) == split(tag)

    def test_every_code_is_itself_at_all_times(self):
        tags = [code.tag for code in Taxonomy.load()]
        assert [[tag] for tag in tags] == self.THEN.split_many(tags) == self.NOW.split_many(tags)

    def test_a_code_has_the_name_of_its_edition(self):
        assert self.THEN.lookup("WTO").name == "Warsaw Pact Organization"
        assert self.THEN.lookup("Warsaw Pact Organization").tag == "WTO"
        assert self.NOW.lookup("WTO").name == "World Trade Organization"

    def test_status_and_frequency_are_those_of_the_era(self):
        then = Taxonomy.load().in_era(Era.of("1973-1979"))
        assert [then[tag].status for tag in ("PFOR", "PREL", "PGOV")] == [
            "current",
            "retired",
            "current",
        ]
        assert then["PFOR"].frequency == then["PFOR"].frequencies["1973-1979"]
        assert then["PREL"].frequency is None
        assert Taxonomy.load().in_era(Era.of("1973-1979")) is then

    def test_a_normalizer_of_an_era_can_be_sent_to_another_process(self):
        sent = pickle.loads(pickle.dumps(self.THEN))
        assert (sent.era, sent.lookup("WTO").name) == (self.THEN.era, "Warsaw Pact Organization")

    @pytest.mark.parametrize("era", ["then", "1979-1973"])
    def test_what_says_no_years_is_refused_when_it_is_made(self, era):
        with pytest.raises(ValueError, match="era is"):
            Normalizer(era=era)
        with pytest.raises(ValueError, match="era is"):
            split("PREL", era=era)

    def test_a_call_takes_the_era_as_an_option(self):
        strings = ["XTRA", "PFOR", "SHUMPREL", "KDVE"]
        for string in strings:
            assert resolve(string, era="1973-1979") == self.THEN.resolve(string)

    @pytest.mark.parametrize(
        ("head", "edition"),
        [
            ("R 071729Z JUN 75\n", "1973-1979"),
            ("E.O. 11652: GDS\n", "1973-1979"),
            ("R 221120Z FEB 10\n", "1980-"),
            ("E.O. 12065: GDS\n", None),
            ("", None),
        ],
    )
    def test_a_cable_is_read_by_the_edition_of_its_time(self, head, edition):
        text = f"{head}TAGS: PINT, XTRA, WTO\nSUBJECT: X"
        assert edition_of(text) == (edition and Era.of(edition))
        assert read_tags(text, era="text") == read_tags(text, era=edition)
