"""Reading the TAGS of cables: cases as tables, laws as properties, the command run for real."""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import os
import re
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tagnorm import Normalizer, Taxonomy
from tagnorm.cables import CableTags, cables, decoded_lines, read_tags

CASES = Path(__file__).parent / "cases" / "cables"
MASERU = ["KTIP", "ELAB", "KCRM", "KFRD", "KWMN", "PGOV", "PHUM", "PREF", "SMIG", "KMCA", "LT"]


def _rows():
    """Every row of the case files: label, text, tags, persons and phrases."""
    for file in sorted(CASES.glob("*.tsv")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
            if number and not line.startswith("#"):
                label, text, tags, persons, phrases = line.split("\t")
                found = (tags.split(), persons.split(";"), phrases.split(";"))
                expected = tuple([item for item in items if item] for items in found)
                marks = [pytest.mark.xfail(strict=True)] if file.stem == "known_failures" else []
                name = f"{file.stem}: {label}"
                yield pytest.param(json.loads(f'"{text}"'), expected, id=name, marks=marks)


ROWS = list(_rows())


class TestCases:
    """The case files, each case read in several ways."""

    @pytest.mark.parametrize(("text", "expected"), ROWS)
    def test_a_cable_has_the_tags_persons_and_phrases_of_its_field(self, text, expected):
        found = read_tags(text)
        assert expected == (list(found.tags), list(found.persons), list(found.phrases))

    @pytest.mark.parametrize(("text", "expected"), ROWS)
    def test_a_long_body_changes_nothing(self, text, expected):
        body = "\n\n9. (U) THE EMBASSY THANKS THE DEPARTMENT FOR ITS HELP.\n" * 20
        ended = text if re.search(r"SUBJ|subj|Subj", text) else text + "\nSUBJECT: Y"
        found = read_tags(ended + body)
        assert expected == (list(found.tags), list(found.persons), list(found.phrases))

    @pytest.mark.parametrize("text", [row.values[0] for row in ROWS])
    def test_entries_stand_where_they_say(self, text):
        for entry in read_tags(text).entries:
            assert entry.raw == text[entry.start : entry.end] != ""

    def test_there_are_sixty_cases_and_more(self):
        assert len(ROWS) >= 60


class TestAnswer:
    """What `read_tags` gives back."""

    def test_iterating_gives_the_tags(self):
        found = read_tags("TAGS: PREL, FR, PREL")
        assert list(found) == ["PREL", "FR"]
        assert len(found) == 2

    def test_entries_keep_repetitions_and_order(self):
        found = read_tags("TAGS: OVIP (CLINTON, HILLARY), FR, COUNTRY CLEARANCE, QQXZ, FR")
        assert [(entry.text, entry.kind) for entry in found.entries] == [
            ("OVIP", "tag"),
            ("CLINTON, HILLARY", "person"),
            ("FR", "tag"),
            ("COUNTRY CLEARANCE", "phrase"),
            ("QQXZ", "unresolved"),
            ("FR", "tag"),
        ]
        assert found.unresolved == ("QQXZ",)

    def test_the_engine_answers_for_tags_and_not_for_persons_and_phrases(self):
        found = read_tags("TAGS: PGVO, HUMAN RIGHTS, OVIP (RICE, C.), COUNTRY CLEARANCE")
        answers = {entry.text: entry.resolution for entry in found.entries}
        assert answers["PGVO"].status == "misspelled"
        assert answers["HUMAN RIGHTS"].status == "alias"
        assert answers["RICE, C."] is None
        assert answers["COUNTRY CLEARANCE"] is None

    def test_the_field_is_kept_as_it_stood(self):
        assert read_tags("TAGS:  PREL, PGVO, \r\n  FR\r\nSUBJECT: X").field == "PREL, PGVO,\nFR"

    def test_a_piece_torn_apart_has_its_whole_place_as_raw(self):
        (entry, _) = read_tags("TAGS: PG-\nOV, FR\nSUBJECT: X").entries
        assert (entry.raw, entry.text, entry.tags) == ("PG-\nOV", "PGOV", ("PGOV",))

    def test_run_together_tags_are_one_entry_with_several_tags(self):
        (entry,) = read_tags("TAGS: PRELPGOVFR\nSUBJECT: X").entries
        assert entry.tags == ("PREL", "PGOV", "FR")

    def test_a_field_of_any_length_is_read_to_its_end(self):
        lines = [
            f"PREL, OVIP (SMITH{chr(65 + n // 26)}{chr(65 + n % 26)}, JOHN)" for n in range(200)
        ]
        for field in (",\n".join(lines), ", ".join(lines)):
            found = read_tags(f"TAGS: {field}, FR\nSUBJECT: X")
            assert (len(found.persons), found.tags) == (200, ("PREL", "OVIP", "FR"))

    @pytest.mark.parametrize(
        ("text", "has_field"),
        [
            ("TAGS: PREL\nSUBJECT: X", True),
            ("TAGS:\nSUBJECT: X", True),
            ("E.O. 12958: N/A\nSUBJECT: X", False),
        ],
    )
    def test_an_empty_field_is_told_from_none(self, text, has_field):
        assert has_field is read_tags(text).has_field

    def test_nothing_found_is_an_empty_answer(self):
        found = read_tags("Dear all, no header here.")
        assert CableTags() == found
        assert not found
        assert found.confidence == 1.0

    def test_the_confidence_is_that_of_all_words_together(self):
        found = read_tags("TAGS: PGVO, PREL, PGVO\nSUBJECT: X")
        doubt, sure = (e.resolution.confidence for e in found.entries[:2])
        assert pytest.approx(doubt * sure) == found.confidence

    def test_words_below_the_wanted_confidence_stay_unresolved(self):
        text = "TAGS: PREL, ETTD, FR\nSUBJECT: X"
        sure, doubt, _ = (entry.resolution.confidence for entry in read_tags(text).entries)
        assert doubt < sure
        found = read_tags(text, min_confidence=(doubt + sure) / 2)
        assert (found.tags, found.unresolved) == (("PREL", "FR"), ("ETTD",))

    def test_the_field_is_evidence_for_its_words(self):
        alone, context = (
            read_tags(f"TAGS: {field}\nSUBJECT: X").entries[0] for field in ("ETTD", "ETTD, ETTC")
        )
        assert (alone.tags, context.tags) == (("ETTC",), ("ETRD",))
        assert (context.resolution.raw, context.resolution.segments[0].how) == (
            "ETTD",
            "replace_inner",
        )
        assert 0.0 < context.resolution.confidence <= 1.0
        assert context.resolution.alternatives[0].tags == ("ETTC",)

    def test_another_vocabulary_may_be_used(self, tmp_path):
        header = "code\tname\tstatus\treplaced_by\tsource\n"
        (tmp_path / "pets.tsv").write_text(header + "CATS\tCats\tcurrent\t\tx\n", encoding="utf-8")
        normalizer = Normalizer(Taxonomy.load(tmp_path))
        assert list(read_tags("TAGS: PREL, CATS", normalizer=normalizer)) == ["CATS"]

    @pytest.mark.parametrize("wrong", [None, 7, b"TAGS: PREL", ["TAGS: PREL"]])
    def test_what_is_no_string_is_a_type_error(self, wrong):
        with pytest.raises(TypeError, match=type(wrong).__name__):
            read_tags(wrong)

    @pytest.mark.parametrize("wrong", [-0.1, 1.1, float("nan")])
    def test_a_confidence_that_is_none_is_a_value_error(self, wrong):
        with pytest.raises(ValueError, match="from 0 to 1"):
            read_tags("TAGS: PREL", min_confidence=wrong)


LABELS = [
    "TAGS:",
    "TAGS",
    "TAG",
    "SUBJECT:",
    "REF:",
    "E.O. 12958: N/A",
    "1. (C)",
    "NNNN",
    "PAGE 02",
]
MARKS = [
    "(",
    ")",
    "[",
    ",",
    ";",
    "/",
    "-",
    "-\n",
    "\n",
    "\r\n",
    "\n\n",
    " ",
    ".",
    ":",
    "&nbsp;",
    "=20",
]
PIECES = ["OVIP", "PREL", "FR", "PGVO", "IN", "U.S.", "STEINBERG, JAMES B.", "COUNTRY CLEARANCE"]
ODDITIES = [
    "=\n",
    "<br>",
    "\u200b",
    "\u00df\u0149",
    "SECRET",
    "UNCLAS SECTION 02 OF 03 PARIS 001234",
]
FRAGMENTS = st.one_of(map(st.sampled_from, (LABELS, MARKS, PIECES, ODDITIES)))
SOUP = st.lists(FRAGMENTS, max_size=25).map(lambda parts: "TAGS:" + "".join(parts))
# Ids of codes whose words part no tags by themselves.
CODES = [code.tag for code in Taxonomy.load()]
# NA as all that stands in a field is the filler.
LISTS = st.lists(st.sampled_from(CODES), min_size=1, max_size=15, unique=True).filter(
    lambda tags: tags != ["NA"]
)


class TestLaws:
    """What holds of every text."""

    @given(st.text() | SOUP)
    @pytest.mark.slow
    def test_any_text_can_be_read(self, text):
        found = read_tags(text)
        assert len(set(found.tags)) == len(found.tags)

    @given(SOUP)
    def test_every_tag_of_an_answer_is_a_code(self, text):
        assert set(read_tags(text)) <= set(CODES)

    @given(SOUP)
    def test_entries_come_in_order_without_overlap(self, text):
        entries = read_tags(text).entries
        for entry in entries:
            assert entry.raw == text[entry.start : entry.end]
        for before, after in itertools.pairwise(entries):
            assert before.end <= after.start

    @given(LISTS, st.integers(1, 80), st.sampled_from(["\n", "\r\n", "\r", " \n", "\n> "]))
    @settings(max_examples=300)
    def test_tags_survive_wrapping_at_any_width(self, tags, width, end):
        field = textwrap.wrap(
            ", ".join(tags), width, break_long_words=False, break_on_hyphens=False
        )
        text = f"E.O. 12958: N/A{end}TAGS: {end.join(field)}{end}SUBJECT: X{end}"
        assert tags == list(read_tags(text))

    @given(LISTS, st.sampled_from([", ", ",", "; ", " , ", "\n", ",\n", "\t,", " | "]))
    def test_tags_survive_any_separator(self, tags, separator):
        text = f"E.O. 12958: N/A\nTAGS: {separator.join(tags)}\nSUBJECT: X"
        assert tags == list(read_tags(text))

    @given(LISTS)
    def test_case_makes_no_difference(self, tags):
        text = f"E.O. 12958: N/A\nTAGS: {', '.join(tags)}\nSUBJECT: X"
        assert read_tags(text).tags == read_tags(text.lower()).tags


def told_apart(text):
    """The reference and tags of each cable of a dump."""
    found = cables(text.splitlines(keepends=True))
    return [(cable.reference, " ".join(read_tags(cable.text))) for cable in found]


def cable(reference, tags, *, head="", end="", subject="WINE"):
    header = f"UNCLAS {reference}\n\nE.O. 12958: N/A\nTAGS: {tags}\nSUBJECT: {subject}\n"
    return f"{head}{header}\n1. TEXT\n{end}"


class TestDumps:
    """How the cables of a dump are told apart."""

    ONE = ("PARIS 000001", "PREL FR")
    TWO = ("ROME 000002", "PGOV IT")

    @pytest.mark.parametrize(
        ("head", "end"),
        [
            pytest.param("VZCZCXRO9524\nRR RUEHMR\n", "NNNN\n", id="transmissions"),
            pytest.param("VZCZCXRO9524\nRR RUEHMR\n", "", id="heads of transmissions"),
            pytest.param("", "NNNN\n\n", id="ends of transmissions"),
            pytest.param("ZCZC\n", "", id="ZCZC"),
            pytest.param("From a@b.org Mon Feb 22 11:20:00 2010\nTo: c\n\n", "\n", id="mailbox"),
            pytest.param("", "\n" + "=" * 60 + "\n", id="ruled lines"),
            pytest.param("R 221120Z FEB 10\nFM AMEMBASSY PARIS\n", "\n", id="date-time groups"),
            pytest.param("", "\n", id="nothing but the references"),
        ],
    )
    def test_two_cables_are_told_apart_by(self, head, end):
        pair = (cable(*case, head=head, end=end) for case in (self.ONE, self.TWO))
        assert told_apart("".join(pair)) == [self.ONE, self.TWO]

    def test_telegrams_are_told_apart_by_their_first_pages(self):
        page = "CONFIDENTIAL\nPAGE {:02} {}\n53\nR 071729Z JUN 75\n"
        text = "".join(
            page.format(1, ref)
            + cable(ref, tags)
            + page.format(2, ref).replace("R 071729Z JUN 75\n", "")
            + "2. MORE\nCONFIDENTIAL\n"
            for ref, tags in (self.ONE, self.TWO)
        )
        assert told_apart(text) == [self.ONE, self.TWO]

    def test_sections_of_a_cable_are_one(self):
        text = "".join(
            f"VZCZCX{n}\nUNCLAS SECTION 0{n} OF 03 PARIS 000001\nTAGS: {tags}\n"
            "SUBJECT: X\n1. A\nNNNN\n"
            for n, tags in ((1, "PREL"), (2, "PREL, FR"), (3, "PREL"))
        )
        assert told_apart(text) == [self.ONE]

    def test_a_quoted_cable_is_no_cable_of_the_dump(self):
        quoted = cable(*self.TWO, subject="TRADE TALKS")
        text = cable(*self.ONE) + "2. FOLLOWING IS THE TEXT OF:\nQUOTE:\n" + quoted
        assert told_apart(text) == [self.ONE]

    @pytest.mark.parametrize(
        "page",
        [
            "Viewing cable 10PARIS1, WINE\n\nOrigin: Embassy Paris\n\n",
            "Reference ID\tCreated\tOrigin\n10PARIS1\t2010-02-22 11:20\tEmbassy Paris\n\n",
            "An Archive\nHome\nSearch\nHelp\n\nThe text of the cable:\n\n",
            "Canonical ID: 2010PARIS00001_a\nTAGS: PREL, FR\nE.O. 12958: N/A\n\n",
        ],
    )
    def test_what_a_page_says_over_a_cable_is_no_other_cable(self, page):
        head = "VZCZCXRO9524\nRR RUEHMR\nR 221120Z FEB 10\n"
        assert told_apart(page + cable(*self.ONE, head=head)) == [self.ONE]

    def test_a_page_that_carries_the_header_twice_is_one_cable(self):
        head = "VZCZCXRO9524\nRR RUEHMR\nR 221120Z FEB 10\n"
        once = cable(*self.ONE, head=head)
        assert told_apart(once + once) == [self.ONE]

    def test_lines_before_the_first_head_belong_to_it(self):
        found = list(cables(["My cables\n", "\n", "ZCZC\n", *cable(*self.ONE).splitlines(True)]))
        assert [(one.reference, one.line) for one in found] == [("PARIS 000001", 1)]

    def test_nothing_is_lost_of_a_dump(self):
        lines = "".join(
            cable(*case, head="ZCZC\n", end="NNNN\n\n") for case in (self.ONE, self.TWO)
        )
        assert lines == "".join(one.text for one in cables(lines.splitlines(keepends=True)))

    @pytest.mark.parametrize(
        ("line", "reference"),
        [
            ("UNCLAS SECTION 01 OF 10 MASERU 000057", "MASERU 000057"),
            ("C O N F I D E N T I A L SECTION 02 OF 03 TEL AVIV 004462", "TEL AVIV 004462"),
            ("S E C R E T STATE 012345", "STATE 012345"),
            ("LIMITED OFFICIAL USE STATE 133602", "STATE 133602"),
            ("PAGE 01 STATE 126062", "STATE 126062"),
            ("PAGE 01        MOSCOW  01234  01 OF 03  121517Z", "MOSCOW 01234"),
            ("CONFIDENTIAL USNATO 1234", "USNATO 1234"),
            ("Canonical ID: 1974STATE126062_b", "1974STATE126062"),
            ("Reference ID 10MASERU57", "10MASERU57"),
            ("CONFIDENTIAL", ""),
            ("SECRET TALKS WERE HELD", ""),
        ],
    )
    def test_a_cable_is_called_by_its_reference(self, line, reference):
        (found,) = cables([line + "\n", "TAGS: PREL\n"])
        assert reference == found.reference

    @pytest.mark.parametrize(
        ("line", "date"),
        [
            ("R 221120Z FEB 10", "2010-02-22"),
            ("O 132020Z JUN 74 ZFF4", "1974-06-13"),
            ("P R 010001Z JAN 00", "2000-01-01"),
            ("221120Z FEB 10", "2010-02-22"),
            ("Date: 1974 June 13, 20:20 (Thursday)", "1974-06-13"),
            ("Date: 2010-02-22 11:20", "2010-02-22"),
            ("R 311120Z FEB 10", ""),
            ("R 011120Z FOO 10", ""),
        ],
    )
    def test_a_cable_has_the_day_of_its_date_time_group(self, line, date):
        (found,) = cables([line + "\n", "TAGS: PREL\n"])
        assert date == found.date

    def test_white_space_is_no_cable(self):
        assert list(cables([" \n", "\n"])) == []

    @given(
        st.lists(FRAGMENTS | st.sampled_from(["ZCZC\n", "NNNN\n", "=" * 30 + "\n"]), max_size=30)
    )
    def test_any_lines_can_be_told_apart_and_none_is_lost(self, parts):
        text = "".join(parts)
        found = "".join(one.text for one in cables(text.splitlines(keepends=True)))
        assert text.split() == found.split()

    def test_a_dump_is_read_as_it_comes(self):
        def lines():
            yield from cable(*self.ONE, end="NNNN\n").splitlines(keepends=True)
            yield "ZCZC\n"
            raise AssertionError("the first cable should have been given by now")

        with pytest.raises(AssertionError, match="first cable"):
            found = cables(lines())
            list(found)
        found = cables(
            iter([*cable(*self.ONE, end="NNNN\n").splitlines(True), "ZCZC\n", "X\n"] * 2)
        )
        assert next(found).reference == "PARIS 000001"

    def test_a_text_without_end_is_cut(self):
        (found,) = cables("X" * 999 + "\n" for _ in range(6000))
        assert len(found.text) == 4_000_000


class TestDecoding:
    """Bytes of unknown encoding."""

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_a_file_in_any_of_the_encodings_is_read(self, encoding, end):
        text = end.join(
            ["TAGS: PREL, OVIP (LÜBKE, JOSÉ)", "SUBJECT: €", "ਊਊ" * (encoding[:3] == "utf")]
        )
        lines = "".join(decoded_lines(io.BytesIO(text.encode(encoding))))
        assert read_tags(lines).persons == ("LÜBKE, JOSÉ",)
        assert text == lines.removeprefix("\ufeff")

    @given(st.binary(max_size=200))
    def test_any_bytes_are_read(self, data):
        assert isinstance("".join(decoded_lines(io.BytesIO(data))), str)

    # Zero bytes between the others are UTF-16.
    @given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
    def test_utf_8_is_read_as_it_is(self, text):
        assert text == "".join(decoded_lines(io.BytesIO(text.encode())))


HEADER = "file\tcable\tdate\ttags\tpersons\tphrases\tunresolved\tconfidence\tfield"


@pytest.fixture
def folder(tmp_path):
    """A folder with a cable, a dump one folder down, and things that are none."""
    below = tmp_path / "in" / "below"
    below.mkdir(parents=True)
    maseru = next(row for row in ROWS if "real: Maseru" in row.id)
    (tmp_path / "in" / "a.txt").write_text(maseru.values[0], encoding="utf-8")
    dump = cable("PARIS 000001", "PREL, OVIP (RICE, C.)", head="ZCZC\nR 071729Z JUN 75\n")
    dump += cable("ROME 000002", "IT, COUNTRY CLEARANCE, QQXZ", head="ZCZC\n")
    (below / "b.dump").write_text(dump + "ZCZC\nUNCLAS OSLO 000003\nNO FIELD\n", encoding="utf-8")
    (below / "picture.png").write_bytes(b"\x89PNG\0\0TAGS: PREL")
    (below / ".hidden.txt").write_text("TAGS: PREL", encoding="utf-8")
    return tmp_path / "in"


@pytest.fixture
def run():
    """Run the command in this process."""
    testing = pytest.importorskip("click.testing")
    command = pytest.importorskip("tagnorm.cli.cables").command

    def invoke(*arguments, **more):
        return testing.CliRunner().invoke(command, [str(a) for a in arguments], **more)

    return invoke


class TestCommand:
    """`tagnorm cables`, run for real."""

    def test_a_folder_becomes_a_table_with_a_row_a_cable(self, run, folder):
        result = run(folder)
        assert result.exit_code == 0
        lines = result.stdout.splitlines()
        assert lines[0] == HEADER
        cells = [line.split("\t") for line in lines[1:]]
        assert {9} == {len(row) for row in cells}
        assert [Path(row[0]).name for row in cells] == ["a.txt", "b.dump", "b.dump", "b.dump"]
        assert [
            ["MASERU 000057", "2010-02-22", " ".join(MASERU), "", "", ""],
            ["PARIS 000001", "1975-06-07", "PREL OVIP", "RICE, C.", "", ""],
            ["ROME 000002", "", "IT", "", "COUNTRY CLEARANCE", "QQXZ"],
            ["OSLO 000003", "", "", "", "", ""],
        ] == [row[1:7] for row in cells]
        assert cells[3][7] == ""
        assert [row[8] for row in cells] == ["read", "read", "read", "none"]
        assert all(0 < float(row[7]) <= 1 for row in cells[:3])

    def test_json_holds_the_same_and_more(self, run, folder):
        result = run(folder, "--json")
        found = [json.loads(line) for line in result.stdout.splitlines()]
        assert found[0]["tags"] == MASERU
        assert found[1]["persons"] == ["RICE, C."]
        assert found[1]["entries"][0] == {"raw": "PREL", "kind": "tag", "tags": ["PREL"]}
        assert (found[3]["date"], found[3]["confidence"], found[3]["tags"]) == (None, None, [])
        assert [record["line"] for record in found[:3]] == [1, 1, 10]

    def test_a_folder_without_a_text_is_told(self, run, tmp_path):
        (tmp_path / "picture.png").write_bytes(b"\x89PNG\0\0TAGS: PREL")
        result = run(tmp_path)
        assert (result.exit_code, result.stdout) == (0, f"{HEADER}\n")
        assert result.stderr == (
            f"tagnorm: {tmp_path}: no text is there, so no cable; name other files, or their "
            "folder\n"
        )
        assert run(tmp_path, "-q").stderr == ""

    def test_a_field_with_nothing_in_it_is_told_from_none(self, run):
        empty, none = (run("-", input=text) for text in ("TAGS:\nSUBJECT: X\n", "SUBJECT: X\n"))
        told = [result.stdout.splitlines()[1].split("\t")[-1] for result in (empty, none)]
        assert told == ["empty", "none"]
        found = json.loads(run("-", "--json", input="SUBJECT: X\n").stdout)
        assert found["field"] is None

    def test_standard_input_is_a_file(self, run):
        result = run("-", input="TAGS: PREL, FR\nSUBJECT: X\n")
        assert result.stdout.splitlines()[1].split("\t")[3] == "PREL FR"

    def test_the_output_is_written_whole_to_a_file(self, run, folder, tmp_path):
        target = tmp_path / "out.tsv"
        expected = run(folder).stdout
        result = run(folder, "-o", target)
        assert (result.exit_code, result.output) == (0, "")
        assert expected == target.read_text(encoding="utf-8")
        assert [target] == [p for p in tmp_path.iterdir() if p.is_file()]

    def test_an_output_in_the_folder_is_no_input_the_next_time(self, run, folder):
        target = folder / "out.txt"
        run(folder, "-o", target)
        first = target.read_text(encoding="utf-8")
        run(folder, "-o", target)
        assert first == target.read_text(encoding="utf-8")

    def test_a_full_disk_leaves_the_old_output(self, folder, tmp_path):
        pytest.importorskip("resource")
        target = tmp_path / "out.tsv"
        target.write_text("old", encoding="utf-8")
        program = (
            "import resource, sys; from tagnorm.cli import main;"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)); main(sys.argv[1:])"
        )
        arguments = [sys.executable, "-c", program, "cables", str(folder), "-o", str(target)]
        done = subprocess.run(arguments, capture_output=True, check=False)
        assert done.returncode == 73
        assert b"out.tsv: cannot be written: File too large" in done.stderr
        assert target.read_text(encoding="utf-8") == "old"
        assert [p for p in tmp_path.iterdir() if p.is_file()] == [target]

    def test_an_unreadable_file_is_named_and_the_rest_is_done(self, run, folder, tmp_path):
        result = run(tmp_path / "missing.txt", folder, "-o", tmp_path / "out.tsv")
        assert result.exit_code == 66
        assert "missing.txt: cannot be read: there is no such file" in result.stderr
        assert len((tmp_path / "out.tsv").read_text(encoding="utf-8").splitlines()) == 5

    def test_an_output_is_kept_where_nothing_can_be_read(self, run, tmp_path):
        target = tmp_path / "out.tsv"
        target.write_text("old", encoding="utf-8")
        result = run(tmp_path / "missing.txt", "-o", target)
        assert result.exit_code == 66
        assert "missing.txt: cannot be read: there is no such file" in result.stderr
        assert target.read_text(encoding="utf-8") == "old"

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
    def test_a_file_without_permission_is_named_and_the_rest_is_done(self, run, folder):
        closed = folder / "closed.txt"
        closed.write_text("TAGS: PREL", encoding="utf-8")
        closed.chmod(0)
        try:
            closed.read_bytes()
        except PermissionError:
            result = run(folder)
            assert result.exit_code == 66
            assert "closed.txt: Permission denied" in result.stderr
            assert len(result.stdout.splitlines()) == 5
        else:
            pytest.skip("this user may read everything")
        finally:
            closed.chmod(stat.S_IRUSR | stat.S_IWUSR)

    def test_bytes_in_another_encoding_are_read(self, run, tmp_path):
        file = tmp_path / "latin.txt"
        file.write_bytes("TAGS: PREL, OVIP (LÜBKE, JOSÉ)\nSUBJECT: X".encode("cp1252"))
        assert run(file).stdout.splitlines()[1].split("\t")[4] == "LÜBKE, JOSÉ"

    def test_a_file_of_no_cable_at_all_does_no_harm(self, run, tmp_path):
        file = tmp_path / "noise.txt"
        file.write_bytes(bytes(range(256)) * 50)
        assert run(file).exit_code == 0

    def test_doubtful_words_can_be_left_unresolved(self, run, tmp_path):
        file = tmp_path / "a.txt"
        file.write_text("TAGS: PREL, ETTD\nSUBJECT: X", encoding="utf-8")
        assert run(file).stdout.splitlines()[1].split("\t")[3] == "PREL ETTC"
        sure, doubt = (
            e.resolution.confidence for e in read_tags(file.read_text(encoding="utf-8")).entries
        )
        row = run(file, "--min-confidence", (sure + doubt) / 2).stdout.splitlines()[1].split("\t")
        assert (row[3], row[6]) == ("PREL", "ETTD")

    def test_a_vocabulary_and_decisions_are_obeyed(self, run, tmp_path):
        file, words = tmp_path / "a.txt", tmp_path / "words"
        words.mkdir()
        names = "code\tname\tstatus\treplaced_by\tsource\n"
        (words / "pets.tsv").write_text(names + "CATS\tCats\tcurrent\t\tx\n", encoding="utf-8")
        file.write_text("TAGS: CATS, QQXZ\nSUBJECT: X", encoding="utf-8")
        assert run(file, "--taxonomy", words).stdout.splitlines()[1].split("\t")[3] == "CATS"
        decisions = tmp_path / "decisions.tsv"
        decisions.write_text("raw\ttags\nQQXZ\tPREL\n", encoding="utf-8")
        tags = run(file, "--decisions", decisions).stdout.splitlines()[1].split("\t")[3]
        assert "PREL" in tags.split()

    def test_no_progress_is_shown_where_there_is_no_terminal(self, run, folder):
        assert run(folder).stderr == ""
        assert run(folder, "--quiet").stderr == ""

    @pytest.mark.parametrize(("option", "shown"), [([], True), (["--quiet"], False)])
    @pytest.mark.slow
    def test_progress_is_shown_on_a_terminal_unless_quiet(self, folder, option, shown):
        pty = pytest.importorskip("pty")
        pytest.importorskip("tagnorm.cli.__main__")
        ours, theirs = pty.openpty()
        arguments = [sys.executable, "-m", "tagnorm.cli", "cables", str(folder), *option]
        environment = {**os.environ, "TERM": "xterm"}
        done = subprocess.run(
            arguments, stdout=subprocess.PIPE, stderr=theirs, env=environment, check=True
        )
        os.close(theirs)
        seen = b""
        # At the end of what was written a terminal that nobody holds is an error on Linux.
        with contextlib.suppress(OSError):
            while chunk := os.read(ours, 4096):
                seen += chunk
        os.close(ours)
        assert (b"Reading cables" in seen) is shown
        assert len(done.stdout.splitlines()) == 5

    def test_the_program_reads_cables(self, folder):
        pytest.importorskip("tagnorm.cli.__main__")
        arguments = [sys.executable, "-m", "tagnorm.cli", "cables", str(folder), "absent"]
        done = subprocess.run(arguments, capture_output=True, check=False)
        assert done.returncode == 66
        assert len(done.stdout.splitlines()) == 5
        assert b"tagnorm: absent: cannot be read: there is no such file" in done.stderr
