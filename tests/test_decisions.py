"""A person's decisions, their file, their diffs."""

from __future__ import annotations

import errno
import pickle
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tagnorm.decisions.diffs import Change, apply, diff, diff_text, read_diff
from tagnorm.decisions.store import Decision, Decisions, key_of
from tagnorm.errors import DecisionsError, DecisionsNotFoundError
from tagnorm.normalizer import Normalizer
from tagnorm.vocabulary.codes import Code, Taxonomy

TAXONOMY = Taxonomy.load()
HEADER = "raw\ttags\tnote\twho\twhen\n"

RAWS = st.one_of(st.text('"A', min_size=1), st.text(min_size=1, max_size=8)).filter(key_of)
TAGS = st.lists(st.sampled_from([code.tag for code in TAXONOMY]), max_size=3)
DECISIONS = st.lists(
    st.builds(Decision, RAWS, TAGS, st.text(max_size=5), st.text(max_size=5)),
    unique_by=lambda decision: decision.key,
    max_size=8,
).map(Decisions)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "decisions.tsv"
    path.write_bytes(text.encode())
    return path


def problems(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(DecisionsError) as caught:
        Decisions.load(written(tmp_path, text), TAXONOMY)
    return [str(problem) for problem in caught.value.problems]


class TestFinding:
    def test_case_and_surrounding_space_do_not_count(self) -> None:
        decisions = Decisions([Decision(" Marple,  Jane\n", ["PREL"])])

        assert decisions.get("MARPLE, JANE") == ("PREL",)
        assert "marple, jane " in decisions
        assert decisions.get("MARPLE JANE") is None

    def test_left_whole_differs_from_undecided(self) -> None:
        decisions = Decisions([Decision("MARPLE", [])])

        assert decisions.get("MARPLE") == ()
        assert decisions.get("HOLMES") is None

    def test_one_string_cannot_be_decided_in_two_ways(self) -> None:
        with pytest.raises(DecisionsError, match="'ktfx' is decided as 'KTEX', but as 'KTFN'"):
            Decisions([Decision("KTFX", ["KTFN"]), Decision("ktfx", ["KTEX"])])

    def test_one_string_decided_twice_alike_counts_once(self) -> None:
        decisions = Decisions([Decision("KTFX", ["KTFN"], "first"), Decision("ktfx", ["KTFN"])])

        assert [decision.note for decision in decisions] == ["first"]

    def test_tags_given_as_one_string_are_refused(self) -> None:
        with pytest.raises(TypeError, match=r"\['KTFN'\]"):
            Decision("KTFX", "KTFN")

    def test_decisions_do_not_change(self) -> None:
        decisions = Decisions([Decision("KTFX", ["KTFN"])])

        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            decisions.decisions = ()  # type: ignore[misc]

    def test_merging_lists_every_conflict(self) -> None:
        ours = Decisions([Decision("KTFX", ["KTFN"]), Decision("KPAQ", ["KPAO"])])
        theirs = Decisions([Decision("KTFX", ["KTEX"]), Decision("KPAQ", [])])

        with pytest.raises(DecisionsError) as caught:
            ours.merge(theirs)
        assert len(caught.value.problems) == 2


class TestFile:
    @settings(deadline=None)  # it waits for the disk
    @given(decisions=DECISIONS)
    def test_what_was_saved_is_loaded(
        self, tmp_path_factory: pytest.TempPathFactory, decisions: Decisions
    ) -> None:
        path = tmp_path_factory.getbasetemp() / "roundtrip.tsv"
        decisions.save(path)

        assert Decisions.load(path, TAXONOMY) == decisions
        assert Decisions.load(path, TAXONOMY).torn == ""

    @pytest.mark.parametrize("text", ['"AB" X', '"', '"A"', "'A'", " A", "\\", "-", "#A"])
    def test_a_text_that_begins_like_no_cell_is_loaded_as_it_was(
        self, tmp_path: Path, text: str
    ) -> None:
        path = tmp_path / "decisions.tsv"
        decision = Decision(text, ["KTFN"], note=text, who=text)
        Decisions([decision]).save(path)

        assert [*Decisions.load(path, TAXONOMY)] == [decision]

    def test_it_is_sorted_by_raw_string_whatever_the_case(self, tmp_path: Path) -> None:
        path = tmp_path / "new.tsv"
        Decisions([Decision(raw, []) for raw in ("beta", "ALPHA", "Gamma")]).save(path)

        assert path.read_text() == HEADER + "ALPHA\t-\t\t\t\nbeta\t-\t\t\t\nGamma\t-\t\t\t\n"

    def test_saving_leaves_no_other_file_and_keeps_the_mode(self, tmp_path: Path) -> None:
        path = written(tmp_path, HEADER)
        path.chmod(0o640)
        Decisions([Decision("KTFX", ["KTFN"])]).save(path)

        assert [file.name for file in tmp_path.iterdir()] == ["decisions.tsv"]
        assert path.stat().st_mode & 0o777 == 0o640

    def test_saving_through_a_link_keeps_the_link(self, tmp_path: Path) -> None:
        path = written(tmp_path, HEADER)
        link = tmp_path / "link.tsv"
        link.symlink_to(path)
        Decisions([Decision("KTFX", ["KTFN"])]).save(link)

        assert link.is_symlink()
        assert "KTFX" in path.read_text()

    @pytest.mark.parametrize(
        "text",
        [
            "raw\ttags\nKTFX\tKTFN\n",
            "raw\ttags\nKTFX\tKTFN",
            "\ufeffraw\ttags\r\nKTFX\tKTFN\r\n",
            "tags\traw\n\nKTFN\tKTFX\n",
            "raw\ttags\twho\nKTFX\t KTFN \tann\n",
        ],
        ids=["two columns", "no last line end", "from Windows", "other order", "spaces"],
    )
    def test_a_file_written_by_hand_is_read(self, tmp_path: Path, text: str) -> None:
        assert Decisions.load(written(tmp_path, text), TAXONOMY).get("KTFX") == ("KTFN",)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_a_file_that_a_spreadsheet_saved_holds(
        self, tmp_path: Path, encoding: str, end: str
    ) -> None:
        path = tmp_path / "decisions.tsv"
        rows = [
            '"raw"\ttags\tnote',
            '"CLINTON, HILLARY"\t-\t"a ""name"""',
            '"ECON,PREL"\t"ECON PREL"\t',
            '"Other" trip\tPREL\t',
        ]
        path.write_bytes(end.join([*rows, ""]).encode(encoding))
        found = Decisions.load(path, TAXONOMY)

        assert [(d.raw, d.tags, d.note) for d in found] == [
            ('"Other" trip', ("PREL",), ""),
            ("CLINTON, HILLARY", (), 'a "name"'),
            ("ECON,PREL", ("ECON", "PREL"), ""),
        ]
        assert Normalizer(TAXONOMY, decisions=found).split("Clinton, Hillary") == [
            "Clinton, Hillary"
        ]

    @pytest.mark.parametrize(
        "text", ["raw\ttags\t\t\n\t\t\t\nA\tPREL\t\t\n\t\t\t", "raw\ttags\nA\tPREL\n\t\n"]
    )
    def test_rows_and_columns_with_nothing_in_them_are_passed_over(self, text) -> None:
        assert list(Decisions.of_bytes(text.encode(), taxonomy=TAXONOMY)) == [
            Decision("A", ["PREL"])
        ]

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ('raw\ttags\nPREL\tPREL\n"A\nB"\tPREL\n', "decisions.tsv:3: 1 cell, but 2 columns"),
            ('raw\ttags\n"A\tB"\tPREL\n', "decisions.tsv:2: 3 cells, but 2 columns"),
            ("raw,tags\nPREL,PREL\n", "save it as tab-separated text"),
            ("raw;tags;note\nPREL;PREL;\n", "save it as tab-separated text"),
            ("PK\x03\x04\x14\0\x06\x1b[31m", "no text, it begins with PK\\x03\\x04\\x14\\x00"),
            ("PK\x03\x04\ntext\n", "no text, it begins with PK\\x03\\x04"),
            ("a,b\n\x01\n\x02", "the columns are a,b; they must be raw, tags"),
            ("raw\tta\u202egs\n", "the columns are raw, ta\\u202egs; they must be raw, tags"),
        ],
        ids=[
            *("a line break in a cell", "a tab in a cell", "commas", "semicolons"),
            *("a workbook", "a packed file of several lines", "no text in the last line alone"),
            "what turns a line round",
        ],
    )
    def test_what_a_spreadsheet_saved_in_another_way_is_refused_by_line(
        self, tmp_path: Path, text: str, message: str
    ) -> None:
        assert message in problems(tmp_path, text)[0]

    @pytest.mark.parametrize(
        ("make", "message"),
        [
            (lambda: Decision(5, ["PREL"]), "raw is 5, of type int; it takes a string"),
            (lambda: Decision("x", ["PREL"], who=None), "who is None, of type NoneType"),
            (lambda: Decision("x", "PREL"), "tags is one string, 'PREL', where several"),
            (lambda: Decision("x", [5]), "tags holds 5, of type int; it takes strings"),
            (lambda: Decision("x", None), "tags is None; it takes several strings"),
            (lambda: Decisions(["x"]), "decisions hold 'x', of type str; they take Decision"),
            (lambda: Decisions("x"), "decisions hold 'x', of type str; they take Decision"),
        ],
    )
    def test_what_is_no_decision_is_refused_when_it_is_made(self, make, message) -> None:
        with pytest.raises(TypeError, match=message):
            make()

    def test_what_was_torn_is_given_by_its_name(self) -> None:
        decisions = [Decision("KTFX", ["KTFN"])]

        assert Decisions(decisions, torn="KPA").torn == "KPA"
        assert Decisions(decisions, torn="KPA") == Decisions(decisions)
        with pytest.raises(TypeError, match="positional"):
            Decisions(decisions, "KPA")  # type: ignore[misc]

    @pytest.mark.parametrize("text", ["", "\n", HEADER])
    def test_an_empty_file_holds_no_decisions(self, tmp_path: Path, text: str) -> None:
        assert len(Decisions.load(written(tmp_path, text), TAXONOMY)) == 0

    @pytest.mark.parametrize(
        ("tail", "left"),
        [("KPAQ\tKP", "KPAQ\tKP"), ("KPA", "KPA"), ("\0\0\0", "\0\0\0")],
    )
    def test_a_torn_last_line_is_ignored_and_reported(
        self, tmp_path: Path, tail: str, left: str
    ) -> None:
        found = Decisions.load(written(tmp_path, HEADER + "KTFX\tKTFN\t\t\t\n" + tail), TAXONOMY)

        assert [decision.raw for decision in found] == ["KTFX"]
        assert found.torn == left
        assert found == Decisions([Decision("KTFX", ["KTFN"])])  # it is none of the decisions

    def test_a_last_line_torn_inside_a_character_is_ignored(self, tmp_path: Path) -> None:
        whole = (HEADER + "KTFX\tKTFN\t\t\t\nCôte").encode()
        path = tmp_path / "decisions.tsv"
        path.write_bytes(whole[: whole.index(b"\xc3") + 1])

        assert len(Decisions.load(path, TAXONOMY)) == 1

    def test_all_that_is_wrong_is_listed_with_its_line(self, tmp_path: Path) -> None:
        text = HEADER + (
            "KTFX\tKTFN\t\t\t\n"
            "KPAQ\tKPAOO\t\t\t\n"
            "ktfx\tKTEX\t\t\t\n"
            "HOLMES\t\t\t\t\n"
            "too\tfew\n"
            " \t-\t\t\t\n"
            "A\\q\t-\t\t\t\n"
        )

        assert problems(tmp_path, text) == [
            "decisions.tsv:3: 'KPAOO' is no code of the vocabulary; near: KPAO",
            "decisions.tsv:4: 'ktfx' is decided as 'KTEX', but as 'KTFN' in line 2; "
            "keep one of them",
            "decisions.tsv:5: no tags; write - to leave the string whole",
            "decisions.tsv:6: 2 cells, but 5 columns; each row has a tab between all, and \\n for "
            "a line break in a cell",
            "decisions.tsv:7: raw is empty; fill it in, or take the row out",
            "decisions.tsv:8: '\\\\q' is no escape; a backslash itself is written twice",
        ]

    @pytest.mark.parametrize("header", ["KTFX\tKTFN", "raw\ttags\tcolour", "raw\traw\ttags"])
    def test_other_columns_are_refused(self, tmp_path: Path, header: str) -> None:
        assert "they must be raw, tags, note, who, when" in problems(tmp_path, f"{header}\n")[0]

    @pytest.mark.parametrize("header", ["raw,tags", "raw;tags"])
    def test_a_header_with_other_delimiters_names_the_remedy(
        self, tmp_path: Path, header: str
    ) -> None:
        assert "save it as tab-separated text" in problems(tmp_path, f"{header}\nKTFX\n")[0]

    def test_another_encoding_is_refused_with_its_line(self, tmp_path: Path) -> None:
        path = tmp_path / "decisions.tsv"
        path.write_bytes(HEADER.encode() + b"C\xf4te\tIV\t\t\t\n")

        with pytest.raises(DecisionsError, match=r"decisions\.tsv:2: not UTF-8"):
            Decisions.load(path, TAXONOMY)

    def test_a_damaged_file_of_wide_characters_is_refused_as_a_whole(self, tmp_path: Path) -> None:
        path = tmp_path / "decisions.tsv"
        path.write_bytes(b"\xff\xfe" + "raw\ttags\n".encode("utf-16-le") + b"\x00\xd8A\x00")

        with pytest.raises(DecisionsError) as caught:
            Decisions.load(path, TAXONOMY)
        (problem,) = caught.value.problems
        assert (problem.line, "not UTF-16" in problem.message) == (0, True)

    def test_without_a_vocabulary_the_codes_are_those_of_the_built_in_one(
        self, tmp_path: Path
    ) -> None:
        path = written(tmp_path, "raw\ttags\nKTFX\tKTFN\n")
        other = Taxonomy((Code("JAZZ"),))

        assert Decisions.load(path).get("KTFX") == ("KTFN",)
        with pytest.raises(DecisionsError, match="'KTFN' is no code"):
            Decisions.load(path, other)

    def test_a_file_that_is_not_there_is_told_by_its_name_with_the_remedy(
        self, tmp_path: Path
    ) -> None:
        path = tmp_path / "absent.tsv"

        for call in (lambda: Decisions.load(path), lambda: Normalizer(decisions=path)):
            with pytest.raises(
                DecisionsNotFoundError, match=r"absent\.tsv: no such file; name"
            ) as told:
                call()
            again = pickle.loads(pickle.dumps(told.value))
            for error in (told.value, again):
                assert isinstance(error, DecisionsError)
                assert isinstance(error, FileNotFoundError)
                assert (error.errno, error.filename) == (errno.ENOENT, str(path))
            assert str(again) == str(told.value)

    def test_a_tab_separated_header_is_not_told_to_be_saved_so(self, tmp_path: Path) -> None:
        assert "save it as" not in problems(tmp_path, "raw\ttags\tcolour\n")[0]


class TestHolding:
    @pytest.mark.parametrize(
        ("field", "tags"),
        [
            ("Pelosi Nancy", ["PREL", "OVIP"]),
            ("PGOV, pelosi  nancy; ECON", ["PGOV", "PREL", "OVIP", "ECON"]),
            ("PGOV PELOSI NANCY", ["PGOV", "PREL", "OVIP"]),
            ("PELOSI, NANCY", ["PELOSI", "NANCY"]),
        ],
    )
    def test_a_decision_about_words_side_by_side_holds_in_every_field(
        self, field: str, tags: list[str]
    ) -> None:
        decisions = Decisions([Decision("PELOSI NANCY", ["PREL", "OVIP"])])
        normalizer = Normalizer(TAXONOMY, decisions=decisions)

        assert normalizer.split(field) == tags
        assert normalizer.resolve(field).tags == tuple(t for t in tags if t in TAXONOMY)

    @pytest.mark.parametrize(
        ("text", "tags"),
        [
            ("BE'ER", ["A;B", "ER"]),
            ("be'be", ["A;B", "A;B"]),
            ("AL-BE", ["AL", "A;B"]),
            ("PREL, BE, KMDX", ["PREL", "A;B", "KMDR"]),
        ],
    )
    def test_a_decision_for_a_tag_of_no_vocabulary_holds_beside_joiners(
        self, text: str, tags: list[str]
    ) -> None:
        normalizer = Normalizer(decisions=Decisions([Decision("BE", ["A;B"])]))

        assert normalizer.split(text) == tags

    @given(
        st.lists(st.sampled_from(["BE", "ER", "AL", "PREL", "KMDX", "X"]), min_size=1, max_size=4),
        st.sampled_from(["'", "-", " ", ", ", "/", ""]),
    )
    def test_a_tag_of_no_vocabulary_stops_no_reading(self, words: list[str], mark: str) -> None:
        normalizer = Normalizer(decisions=Decisions([Decision("BE", ["A;B"]), Decision("X", [])]))
        text = mark.join(words)

        assert normalizer.resolve(text).tags == tuple(normalizer.split(text, unresolved="drop"))

    def test_what_an_answer_leaves_alone_can_be_decided(self) -> None:
        fields = ["PGOV; JOHN SMITH", "JOHN SMITH PREL", "AL-QAEDA, N/A ECON", "KTFX Q9 PREL"]
        alone = Normalizer(TAXONOMY)
        for field in fields:
            for word in alone.resolve(field).words:
                decided = Normalizer(
                    TAXONOMY, decisions=Decisions([Decision(word.raw.lower(), ["MARR", "ENRG"])])
                )
                found = decided.resolve(field)
                assert "ENRG" in found.tags, (field, word.raw)
                assert "ENRG" in decided.split(field)


class TestDiff:
    @given(old=DECISIONS, new=DECISIONS)
    def test_replaying_what_changed_leads_from_old_to_new(
        self, old: Decisions, new: Decisions
    ) -> None:
        text = diff_text(diff(old, new))
        changes = read_diff(text.encode(), "diff", TAXONOMY)

        assert apply(changes, old) == new

    @given(old=DECISIONS, new=DECISIONS)
    def test_replaying_twice_is_replaying_once(self, old: Decisions, new: Decisions) -> None:
        changes = diff(old, new)

        assert apply(changes, apply(changes, old)) == new

    def test_changes_know_their_line_in_a_diff_and_none_without_one(self) -> None:
        old, new = Decisions([]), Decisions([Decision("KTFX", ["KTFN"])])
        changes = diff(old, new)

        assert [change.line for change in changes] == [0]
        again = read_diff(diff_text(changes).encode(), "d.tsv", TAXONOMY)
        assert ([change.line for change in again], again) == ([2], changes)

    def test_a_diff_is_readable_line_by_line(self) -> None:
        old = Decisions([Decision("KTFX", ["KTFN"]), Decision("KPAQ", ["KPAO"])])
        new = Decisions([Decision("KTFX", ["KTEX"], "seen"), Decision("MARPLE", [])])

        assert diff_text(diff(old, new)) == (
            "change\traw\ttags\tnote\twho\twhen\n"
            "-\tKPAQ\tKPAO\t\t\t\n"
            "-\tKTFX\tKTFN\t\t\t\n"
            "+\tKTFX\tKTEX\tseen\t\t\n"
            "+\tMARPLE\t-\t\t\t\n"
        )

    def test_a_file_of_decisions_is_a_diff_that_adds_them(self) -> None:
        changes = read_diff(b"raw\ttags\nKTFX\tKTFN\n", "mine.tsv", TAXONOMY)

        assert changes == [Change(None, Decision("KTFX", ["KTFN"]))]

    def test_changes_that_do_not_fit_are_all_listed_and_none_is_made(self) -> None:
        here = Decisions([Decision("KTFX", []), Decision("KPAQ", ["KPAO"])])
        text = "change\traw\ttags\n+\tKPAQ\tKPAL\n-\tKTFX\tKTFN\n+\tKTFX\tKTEX\n+\tMARPLE\t-\n"

        with pytest.raises(DecisionsError) as caught:
            apply(read_diff(text.encode(), "d.tsv", TAXONOMY), here, "d.tsv")
        assert [str(problem) for problem in caught.value.problems] == [
            "d.tsv:2: 'KPAQ' is 'KPAO' here, but the diff goes from undecided to 'KPAL'",
            "d.tsv:3: 'KTFX' is '-' here, but the diff goes from 'KTFN' to 'KTEX'",
        ]

    def test_a_code_that_is_taken_away_need_not_be_in_the_vocabulary(self) -> None:
        text = b"change\traw\ttags\n-\tKTFX\tGONE\n+\tKTFX\tKTFN\n"
        here = Decisions([Decision("KTFX", ["GONE"])])

        assert apply(read_diff(text, "d.tsv", TAXONOMY), here).get("KTFX") == ("KTFN",)

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("change\traw\ttags\n*\tKTFX\tKTFN\n", "change is '*'; it takes + or -"),
            ("change\traw\ttags\n+\tKTFX\tKTFN\n+\tktfx\tKTEX\n", "has a + in line 2 already"),
            ("change\traw\ttags\n+\tKTFX\tNONE\n", "'NONE' is no code"),
            ("change\traw\ttags\n+\tKTFX\tKTFN\n+\tKP", "d.tsv:3: the file ends inside a line"),
            ("raw\n", "they must be raw, tags, note, who, when"),
        ],
    )
    def test_a_bad_diff_is_refused(self, text: str, message: str) -> None:
        with pytest.raises(DecisionsError) as caught:
            read_diff(text.encode(), "d.tsv", TAXONOMY)
        assert message in str(caught.value)


@pytest.mark.parametrize(
    "text", ["TAIWAN IN WHO", "CHINA TO US", "PREL TROOPS IN NATO", "HUMAN RIGHTS IN BURMA"]
)
def test_what_was_decided_holds_among_words_too(text: str) -> None:
    decided = Normalizer(decisions=Decisions([Decision("IN", ("IN",)), Decision("TO", ("TO",))]))

    assert {"IN", "TO"} & set(decided.split(text))
    assert not {"IN", "TO"} & set(Normalizer().split(text, unresolved="drop"))


def test_what_was_decided_is_no_abbreviation() -> None:
    decided = Normalizer(decisions=Decisions([Decision("NO", ("NO",)), Decision("CO", ("CO",))]))

    assert decided.split("NO. IRAQ", unresolved="drop") == ["NO", "IZ"]
    assert decided.split("CO., PREL X", unresolved="drop") == ["CO", "PREL"]
    assert Normalizer().split("CO., PREL X", unresolved="drop") == ["PREL"]


def test_what_was_decided_is_no_word_for_what_stands_beside_it() -> None:
    decided = Normalizer(decisions=Decisions([Decision("TO", ("TO",))]))

    assert decided.split("UK TO SMITH RIVER", unresolved="drop") == ["UK", "TO"]


@pytest.mark.parametrize("text", ["PREL FORCES IN IZ", "PREL CH IN XILAI"])
def test_no_word_beside_it_makes_a_decision_less_sure(text: str) -> None:
    word = Normalizer(decisions=Decisions([Decision("IN", ("IN",))])).resolve(text).words[2]

    assert (word.raw, word.tags, word.confidence) == ("IN", ("IN",), 1.0)


@pytest.mark.parametrize(
    ("decided", "tag", "text", "tags"),
    [
        ("AL", "AL", "AL MARJ", ["AL", "MARR"]),
        ("LE", "LE", "LE KRAM", ["LE", "KRAD"]),
        ("AL", "AL", "FATAH AL ISLAM", ["AL", "KISL"]),
        ("IT", "IT", "IT IS CLEAR", ["IT", "IS"]),
        ("NE", "NG", "NE BURMA", ["NG", "BM"]),
        ("NEW", "PREL", "NEW GUINEA", ["PREL", "GV"]),
        ("BRITISH", "UK", "BRITISH INDIA", ["UK", "IN"]),
        ("HUMAN", "PREL", "HUMAN RIHGTS", ["PREL"]),
        ("HUMAN", "PREL", "HUMAN RIGHTSECON", ["PREL"]),
    ],
)
def test_what_was_decided_is_no_part_of_a_name_or_of_another_form(
    decided: str, tag: str, text: str, tags: list[str]
) -> None:
    decisions = Decisions([Decision(decided, (tag,))])

    assert Normalizer(decisions=decisions).split(text, unresolved="drop") == tags


@pytest.mark.parametrize("text", ["PREL CH BO XILAI", "CH BO XILAI"])
def test_what_was_decided_to_be_no_code_makes_no_code_of_what_stands_behind_it(text: str) -> None:
    decided = Normalizer(decisions=Decisions([Decision("CH", ())]))

    assert "BO" in Normalizer().split(text)
    assert "BO" not in decided.split(text)
