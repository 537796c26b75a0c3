"""The report of a column: its figures against a plain count, its page, and what may stand in it."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from command_line import called_for_text
from hypothesis import given
from hypothesis import strategies as st

from tagnorm import Decision, Decisions, Normalizer, resolve, split
from tagnorm.decisions.journal import Journal
from tagnorm.decisions.review import Session
from tagnorm.decisions.states import NEED_A_PERSON, STATES, state_of
from tagnorm.report import figures, report_column, report_counts, tally
from tagnorm.report.charts import percent

COLUMN = [
    *["PREL, PGOV"] * 5,
    *["PREL, KWHG; KWHG"] * 3,
    *["PGVO PELOSI"] * 2,
    "PRELGOVMARR",
    "HUMAN RIGHTS, SP",
    *["", None, float("nan"), ";"],
]
NORMALIZER = Normalizer()


class Page(HTMLParser):
    """The elements of a page, and the text in them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: Counter[str] = Counter()
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


class TestFigures:
    def test_rows_are_counted_by_the_worst_that_stands_in_them(self) -> None:
        rows = report_column(COLUMN).figures["rows"]

        assert rows == {"all": 16, "resolved": 7, "doubtful": 3, "unresolved": 2, "empty": 4}

    @pytest.mark.parametrize(("column", "said"), [(["PREL"], "1 row "), (["PREL"] * 2, "2 rows ")])
    def test_one_row_is_no_rows(self, column: list[str], said: str) -> None:
        report = report_column(column)

        assert report.sentence.startswith(said)
        assert f"of the {said}with tags" in report.page

    def test_strings_are_counted_once_a_row(self) -> None:
        found = report_column(COLUMN).figures

        listed = {one["raw"]: one["rows"] for one in found["listed"]}
        assert listed["PREL"] == 8
        assert listed["KWHG"] == 3
        assert listed["HUMAN RIGHTS"] == 1
        assert found["strings"]["occurrences"] == sum(listed.values())

    def test_a_string_comes_with_pieces_readings_and_the_cells_of_a_decision(self) -> None:
        found = report_column(COLUMN).figures
        one = next(one for one in found["listed"] if one["raw"] == "PRELGOVMARR")

        assert [(piece["raw"], piece["code"]) for piece in one["pieces"]] == [
            ("PREL", "PREL"), ("GOV", "PGOV"), ("MARR", "MARR")
        ]  # fmt: skip
        assert (one["cell"], one["tags_cell"]) == ("PRELGOVMARR", "PREL PGOV MARR")

    def test_the_commonest_corrections_unresolved_and_pairs_are_named(self) -> None:
        found = report_column(COLUMN).figures

        assert [one["raw"] for one in found["corrections"]] == ["KWHG", "PGVO"]
        assert [one["raw"] for one in found["unresolved"]] == ["PELOSI"]
        assert found["together"][0] == {"codes": ["PGOV", "PREL"], "rows": 6}
        assert found["tags"][0]["code"] == "PREL"
        assert {one["name"] for one in found["families"]} >= {"Political Affairs", "geographic"}

    def test_what_a_person_decided_needs_nobody(self) -> None:
        decisions = Decisions([Decision("KWHG", ["KGHG"]), Decision("Pelosi", [])])
        found = report_column(COLUMN, decisions=decisions).figures

        assert found["needs_a_person"]["strings"] == 0
        assert found["strings"]["by_state"]["decided"]["strings"] == 2
        assert found["rows"]["unresolved"] == 0

    def test_doubtful_answers_can_be_refused_as_everywhere(self) -> None:
        found = report_column(["KWHG"], min_confidence=0.95).figures

        assert found["rows"]["unresolved"] == 1
        assert found["listed"][0]["tags"] == []

    def test_an_unknown_option_and_a_wrong_value_are_refused(self) -> None:
        with pytest.raises(TypeError, match="no option 'min_confidnce'"):
            report_column([], min_confidnce=1)  # type: ignore[call-arg]
        with pytest.raises(TypeError, match="row 1"):
            report_column(["PREL", 7])

    def test_counts_and_columns_give_the_same(self) -> None:
        texts = [text for text in COLUMN if isinstance(text, str)]
        counted = report_counts(Counter(texts), missing=2).figures
        listed = report_column(COLUMN).figures

        assert {**counted, "made": ""} == {**listed, "made": ""}

    @given(
        st.lists(
            st.one_of(
                st.sampled_from(["PREL", "PREL, PGOV", "PGVO", "KWHG", "PELOSI", "", "a b c"]),
                st.text("PRELGOV ,;KW", max_size=12),
            ),
            max_size=12,
        )
    )
    def test_the_figures_are_those_of_a_plain_count(self, column: list[str]) -> None:
        found = report_column(column).figures

        tags = Counter(tag for text in column for tag in dict.fromkeys(resolve(text).tags))
        assert {one["code"]: one["rows"] for one in found["tags"]} == dict(tags.most_common(50))
        assert found["rows"]["all"] == len(column)
        assert found["rows"]["empty"] == sum(split(text) == [] for text in column)
        for one in found["listed"]:
            assert one["state"] == state_of(resolve(one["raw"]))
        assert (
            sum(s["strings"] for s in found["strings"]["by_state"].values())
            == (found["strings"]["distinct"])
        )
        assert set(found["strings"]["by_state"]) == set(STATES)

    def test_what_finds_no_room_is_counted_all_the_same(self, monkeypatch) -> None:  # type: ignore[no-untyped-def]
        monkeypatch.setattr(tally, "_STRINGS", 2)
        monkeypatch.setattr(tally, "_FIELDS", 3)
        monkeypatch.setattr(figures, "LISTED_OPEN", 1)
        monkeypatch.setattr(figures, "LISTED_DONE", 1)
        full, cut = report_column(COLUMN[:12]).figures, None
        counts = tally.ColumnTally(NORMALIZER)
        for text in COLUMN[:12]:
            counts.add({text: 1})
        cut = figures.figures_of(counts, column="tags", source="a column")

        assert cut["rows"] == full["rows"]
        assert cut["tags"] == full["tags"]
        assert (
            sum(s["rows"] for s in cut["strings"]["by_state"].values())
            == (cut["strings"]["occurrences"])
        )
        assert cut["fields"]["is_exact"] is False

    def test_what_the_report_lists_is_what_review_asks_as_it_is_spelled_most_often(
        self, tmp_path: Path
    ) -> None:
        fields = {"KWHG, PELOSI": 3, "kwhg": 2, "Pelosi; PREL, KTFX": 1, "AL-QAEDA; PRELQQ": 4}
        session = Session(fields, NORMALIZER, Journal(tmp_path / "d.tsv", NORMALIZER.taxonomy))
        asked = {}
        while session.question is not None:
            question = session.question
            asked[question.raw] = question.rows, list(question.examples)
            session.skip()
        found = report_counts(fields).figures

        assert found["needs_a_person"]["strings"] == session.total
        assert {
            one["raw"]: (one["rows"], one["examples"])
            for one in found["listed"]
            if one["state"] in NEED_A_PERSON
        } == asked

    def test_json_is_the_same_figures(self) -> None:
        report = report_column(COLUMN)

        assert json.loads(report.json()) == report.figures


class TestPage:
    def test_it_needs_nothing_from_anywhere(self) -> None:
        page = Page(report_column(COLUMN).page)

        addresses = [value for name, value in page.attributes if name in ("src", "href", "action")]
        assert set(addresses) <= {"#strings"}
        assert page.elements["script"] == 2
        assert "@import" not in report_column(COLUMN).page
        assert "url(" not in report_column(COLUMN).page

    @pytest.mark.parametrize(
        "hostile",
        [
            "<script>alert(1)</script>",
            "</script><script>alert(1)</script>",
            '"><img src=x onerror=alert(1)>',
            "<!--<script>",
            "PREL\u202egnp.exe",
            "PREL\x00\x1b[31m",
            "\u2028\u2029",
            "\ud800",
            "{{ title }}",
            "&lt;b&gt;",
        ],
    )
    def test_no_string_is_ever_markup(self, hostile: str, tmp_path: Path) -> None:
        calm = Page(report_column(["PREL, PELOSI"]).page)
        report = report_column([f"PREL {hostile}", hostile], column=hostile, source=hostile)
        report.save(tmp_path / "report.html")
        page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))

        for element in ("script", "img", "style", "h1", "section", "main", "b"):
            if element != "b":
                assert page.elements[element] == calm.elements[element]
        assert not [name for name, _ in page.attributes if name.startswith("on")]
        data = next(text for text in page.texts if text.startswith('{"strings"'))
        assert json.loads(data)["strings"]
        assert "\u202e" not in data
        assert "<" not in data

    def test_charts_are_told_as_tables_too(self) -> None:
        page = report_column(COLUMN).page

        assert page.count("<figure") == 8
        assert page.count("<details>") == 6
        assert len(re.findall(r'<svg [^>]*role="img"[^>]*aria-', page)) == 8

    def test_an_empty_column_says_so(self) -> None:
        assert "<b>no tags</b>" in report_column(["", None]).page

    def test_a_clean_column_says_so(self) -> None:
        page = report_column(["PREL"] * 3).page

        assert "<b>100%</b> of the 3 rows with tags are <b>clean</b>" in page
        assert "Nothing needs a person" in page

    @pytest.mark.parametrize("name", ["report.html", "report.json", "REPORT.JSON"])
    def test_it_is_saved_whole(self, tmp_path: Path, name: str) -> None:
        report = report_column(COLUMN)
        report.save(tmp_path / name)

        text = (tmp_path / name).read_text(encoding="utf-8")
        assert text == (report.json() if name.lower().endswith("json") else report.page)
        assert [file.name for file in tmp_path.iterdir()] == [name]

    def test_a_share_is_never_rounded_to_all_or_nothing(self) -> None:
        assert [percent(a, 100_000) for a in (0, 1, 50_000, 99_999, 100_000)] == [
            *("0%", "under 0.1%", "50.0%", "over 99.9%", "100%")
        ]


class TestCommand:
    CSV = "id;tags\n1;PREL, KWHG\n2;\n3;PELOSI\n4;PRELPGOV\n"

    def run(
        self, *arguments: str, folder: Path, stdin: str = ""
    ) -> subprocess.CompletedProcess[str]:
        (folder / "cables.csv").write_text(self.CSV)
        return called_for_text(*arguments, given=stdin, folder=folder)

    def test_a_file_becomes_a_page(self, tmp_path: Path) -> None:
        done = self.run("report", "cables.csv", "-o", "r.html", folder=tmp_path)

        assert (done.returncode, done.stdout) == (0, "")
        assert done.stderr == (
            "tagnorm: 3 rows with tags: 33.3% clean, "
            "66.7% with a string that needs a person (2 strings)\n"
        )
        assert "The column “<bdi>tags</bdi>”" in (tmp_path / "r.html").read_text()
        assert sorted(file.name for file in tmp_path.iterdir()) == ["cables.csv", "r.html"]

    def test_json_is_the_figures_and_no_page(self, tmp_path: Path) -> None:
        done = self.run("report", "cables.csv", "--json", "-q", folder=tmp_path)

        found = json.loads(done.stdout)
        assert found["rows"] == {
            "all": 4,
            "resolved": 1,
            "doubtful": 1,
            "unresolved": 1,
            "empty": 1,
        }
        assert (found["column"], found["source"]) == ("tags", "cables.csv")
        assert done.stderr == ""
        assert [file.name for file in tmp_path.iterdir()] == ["cables.csv"]

    def test_bad_rows_are_told_of_on_the_page_and_in_the_figures(self, tmp_path: Path) -> None:
        rows = "id,tags\n1,PREL\n2,<b>KWHG,x\n3\n4\n"
        (tmp_path / "bad.csv").write_text(rows)
        options = ("bad.csv", "--on-error", "report", "-q")
        told = json.loads(self.run("report", *options, "--json", folder=tmp_path).stdout)
        for command in ("report", "clean"):
            where = ("-o", "p.html") if command == "report" else ("-o", "o", "--report", "p.html")
            assert self.run(command, *options, *where, folder=tmp_path).returncode == 0
            page = Page((tmp_path / "p.html").read_text())
            assert "3 rows" in page.texts
            assert "line 4: 1 cell, but 2 columns: " in page.texts
            assert "2,<b>KWHG,x" in page.texts

        assert told["bad_rows"] == 3
        assert told["bad_rows_listed"][1] == {
            "line": 4,
            "message": "1 cell, but 2 columns",
            "raw": "3\n",
        }

    def test_standard_input_and_output_are_files_too(self, tmp_path: Path) -> None:
        done = self.run("report", "-", "-o", "-", "-q", folder=tmp_path, stdin=self.CSV)

        assert done.stdout.startswith("<!DOCTYPE html>")
        assert "standard input" in done.stdout

    def test_decisions_count_and_the_input_is_never_overwritten(self, tmp_path: Path) -> None:
        (tmp_path / "d.tsv").write_text("raw\ttags\nKWHG\tKGHG\nPELOSI\t-\n")
        decided = self.run(
            "report", "cables.csv", "--decisions", "d.tsv", "--json", folder=tmp_path
        )

        assert json.loads(decided.stdout)["needs_a_person"]["strings"] == 0
        for target in ("cables.csv", "d.tsv", "./cables.csv"):
            done = self.run(
                "report", "cables.csv", "--decisions", "d.tsv", "-o", target, folder=tmp_path
            )
            assert done.returncode == 2
        assert (tmp_path / "cables.csv").read_text() == self.CSV

    def test_what_clean_lists_is_what_the_report_lists(self, tmp_path: Path) -> None:
        done = self.run(
            *("clean", "cables.csv", "-o", "clean.csv", "-q", "--report", "r.html"), folder=tmp_path
        )
        figures = json.loads(self.run("report", "cables.csv", "--json", folder=tmp_path).stdout)

        assert done.returncode == 0
        page = (tmp_path / "r.html").read_text()
        assert "<b>2 strings</b> need a person" in page
        assert {one["raw"] for one in figures["listed"] if one["state"] in NEED_A_PERSON} == {
            *("KWHG", "PELOSI")
        }

    def test_a_page_is_about_one_column_of_a_file(self, tmp_path: Path) -> None:
        done = self.run("clean", "-", "--report", "r.html", folder=tmp_path, stdin=self.CSV)

        assert done.returncode == 2
        assert "make it with `tagnorm report`" in done.stderr

    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (["nothing.csv"], 66),
            (["cables.csv", "--column", "no"], 2),
            (["cables.csv", "-o", "no/such/r.html"], 73),
        ],
    )
    def test_what_cannot_be_done_ends_with_its_code(
        self, tmp_path: Path, arguments: list[str], code: int
    ) -> None:
        assert self.run("report", *arguments, folder=tmp_path).returncode == code
