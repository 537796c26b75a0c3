"""What people report of texts, vocabularies and decisions, with others of each kind."""

# ruff: noqa: RUF001 - letters that look alike are meant

from __future__ import annotations

import random
import unicodedata
from pathlib import Path

import pytest

import tagnorm
from tagnorm import Normalizer, Taxonomy, TaxonomyError, split
from tagnorm.cli import main

CASES = Path(__file__).with_name("cases") / "files"
TAXONOMY = Taxonomy.load()
NAMES = sorted({a.alias for a in TAXONOMY.aliases} | {code.name for code in TAXONOMY if code.name})
UNSEEN = {
    "soft hyphen": "\xad",
    "word joiner": "\u2060",
    "joiner": "\u200d",
    "non-joiner": "\u200c",
    "no-break space of no width": "\ufeff",
    "mark of direction": "\u200e",
    "invisible plus": "\u2064",
}


class TestLetters:
    @pytest.mark.parametrize(
        ("text", "tags"),
        [
            ("Be\u0301nin", ["BN"]),
            ("Hai\u0308ti", ["HA"]),
            ("Co\u0302te d'Ivoire", ["IV"]),
            ("MA\xadLAYSIA", ["MY"]),
            ("IN\xadDIA", ["IN"]),
            ("PR\u2060EL", ["PREL"]),
            ("KU\u200dWAIT", ["KU"]),
        ],
    )
    def test_what_is_one_to_a_reader_is_one(self, text, tags):
        assert split(text) == tags

    @pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
    def test_every_name_with_accents_means_the_same_in_every_normal_form(self, form):
        names = [name for name in NAMES if not name.isascii()]
        names += ["Perú", "México", "España", "Panamá", "Türkiye", "Curaçao", "Österreich"]
        for name in names:
            found = split(unicodedata.normalize(form, name))
            assert [unicodedata.normalize("NFC", tag) for tag in found] == split(
                unicodedata.normalize("NFC", name)
            )

    @pytest.mark.parametrize("letter", UNSEEN.values(), ids=UNSEEN)
    def test_what_nobody_sees_cuts_no_word(self, letter):
        draw = random.Random(7)
        codes = draw.sample([code.tag for code in TAXONOMY], 80)
        names = draw.sample([name for name in NAMES if name.isascii() and name.isalpha()], 60)
        for text in codes + names:
            at = draw.randrange(1, len(text))
            tags = split(text[:at] + letter + text[at:])
            assert [tag.replace(letter, "") for tag in tags] == split(text)

    @pytest.mark.parametrize(
        "word",
        ["ﬁnance", "oﬃce", "ﬂag", "eﬀort", "ﬁsh", "aﬀairs", "traﬃc", "staﬀ", "Paciﬁc", "oﬀer"],
    )
    def test_a_ligature_is_its_letters_or_the_word_is_left(self, word):
        assert split(word) in ([word], split(unicodedata.normalize("NFKC", word)))


class TestWords:
    @pytest.mark.parametrize(
        ("text", "tags"),
        [
            ("United Mexican States", ["MX"]),
            *((word, [word]) for word in ("STATES", "NATIONS", "ISLANDS", "KINGDOM", "REPUBLICS")),
            ("St. Kitts and Nevis", ["SC"]),
            ("St. Vincent and the Grenadines", ["VC"]),
            ("St. Lucia", ["ST"]),
            ("ST. HELENA", ["SH"]),
            ("St. Petersburg", ["St. Petersburg"]),
            ("Solomon Is.", ["Solomon Is."]),
            ("Marshall Is.", ["Marshall Is."]),
            ("Dominican Rep.", ["DR"]),
            ("Czech Rep.", ["EZ"]),
        ],
    )
    def test_names_are_codes_or_cut_into_none(self, text, tags):
        assert split(text) == tags

    @pytest.mark.parametrize(
        "text", ["Congo, Dem. Rep.", "Congo (Dem. Rep.)", "Iran, Islamic Rep."]
    )
    def test_a_word_cut_short_is_no_code_of_another_thing(self, text):
        assert not {"KDEM", "RP", "ASEC"} & set(split(text))

    @pytest.mark.parametrize("lost", ["\ufffd", "\u00ef\u00bf\u00bd"])
    def test_what_stands_for_a_lost_character_is_no_letter_of_a_code(self, lost):
        assert split(f"C{lost}teau d'Ivoire") == [f"C{lost}teau d'Ivoire"]
        assert split(f"KUWAIT{lost}S; X{lost}CUBA") == [f"KUWAIT{lost}S", f"X{lost}CUBA"]
        assert split(f"PREL{lost}PGOV") == ["PREL", "PGOV"]

    @pytest.mark.parametrize("lost", ["?", "\ufffd", "\u00ef\u00bf\u00bd"])
    def test_it_is_a_letter_of_the_one_name_that_has_some_letter_there(self, lost):
        assert split(f"C{lost}te d'Ivoire, S{lost}n{lost}gal") == ["IV", "SG"]

    def test_a_missing_value_of_a_data_frame_is_no_code(self):
        assert split("<NA>", unresolved="drop") == []
        assert split("PREL, <NA>; <PGOV>", unresolved="drop") == ["PREL", "PGOV"]
        assert split("PREL, <NA", unresolved="drop") == ["PREL", "NA"]

    @pytest.mark.parametrize("element", ["<br>", "<p>", "<td>", "<LI>", "</tr>"])
    def test_a_line_break_of_a_page_is_no_country(self, element):
        assert split(f"PREL{element}PGOV") == ["PREL", "PGOV"]


class TestVocabularies:
    @pytest.mark.parametrize("code", ["\U0001f600", "***", "\u200b", "-", "🏳️‍🌈", "…"])
    def test_a_form_without_a_letter_is_refused_when_the_vocabulary_is_made(self, code):
        with pytest.raises(TaxonomyError, match="has no letter or digit"):
            Normalizer(Taxonomy.of([code, "JAZZ"]))

    @pytest.mark.parametrize(
        "codes",
        [
            ["C++", "C#", "C"],
            ["F#", ".NET", "R&B", "AC/DC"],
            ["A+", "A-", "A"],
            ["राजनीति", "अर्थ"],
            ["தமிழ்", "ไทย", "বাংলা", "עִבְרִית", "العَرَبِيَّة"],
            ["Ё", "Е"],
            ["STAT", "ES"],
        ],
    )
    def test_codes_are_found_as_they_stand(self, codes):
        assert Normalizer(codes).split(", ".join(codes)) == codes
        assert Normalizer(codes).split("; ".join(reversed(codes))) == codes[::-1]

    @pytest.mark.parametrize("keep", ["PGVO", b"PGVO", ""])
    def test_one_string_is_not_a_list_of_them(self, keep):
        with pytest.raises(TypeError, match="keep is one string"):
            Normalizer(keep=keep)

    @pytest.mark.parametrize("what", [None, 5, b"PREL", ["PREL"], float("nan")])
    @pytest.mark.parametrize(
        "call", [tagnorm.lookup, tagnorm.split, tagnorm.resolve, tagnorm.explain]
    )
    def test_what_is_no_text_is_refused_by_its_type(self, call, what):
        with pytest.raises(TypeError, match=f"expected a string, got {type(what).__name__}"):
            call(what)


def printed(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """What a command prints that ends well."""
    with pytest.raises(SystemExit) as ended:
        main(list(map(str, arguments)))
    out, err = capsys.readouterr()
    assert ended.value.code in (0, None), err
    return out


class TestReview:
    @pytest.mark.parametrize(
        ("name", "rows"),
        [("c18_latin1.csv", "ANDRÉ\t1\t"), ("c19_semicolon.csv", ""), ("c01_excel_sep.csv", "")],
    )
    def test_a_file_is_read_as_clean_reads_it(self, capsys, name, rows):
        out = printed(capsys, "review", CASES / name, "--list")
        assert out.startswith("raw\t")
        assert rows in out

    @pytest.mark.parametrize("mark", ["", "\ufeff"])
    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_decisions_that_a_spreadsheet_wrote_hold(self, capsys, tmp_path, mark, end):
        lines = ["raw\ttags", '"CLINTON, HILLARY"\t-', 'KTFX\t"KTFN"', '"SAY ""HI"""\tPREL']
        path = tmp_path / "d.tsv"
        path.write_bytes((mark + end.join(lines) + end).encode())
        for text, answer in (
            ("CLINTON, HILLARY", r"CLINTON,\x20HILLARY"),
            ("KTFX", "KTFN"),
            ('SAY "HI"', "PREL"),
        ):
            out = printed(capsys, "split", text, "--decisions", path)
            assert out.split("\t")[1:] == [answer, "1.0000\n"]
