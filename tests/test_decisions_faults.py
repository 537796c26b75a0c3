"""What is wrong with a file of decisions is told by its line, and what is not wrong is read."""

from __future__ import annotations

import inspect
import os
import stat

import pytest

from tagnorm import Code, Decision, Decisions, Taxonomy
from tagnorm.decisions.diffs import apply, diff, read_diff
from tagnorm.decisions.journal import AlreadyDecidedError, Journal
from tagnorm.decisions.locking import LockedError, locked
from tagnorm.decisions.review import read_tags
from tagnorm.decisions.word_tally import WordTally
from tagnorm.errors import DecisionsError
from tagnorm.escaping import escape

VOCABULARY = Taxonomy(
    (
        Code("PREL", "Relations"),
        Code("PGOV", "Government"),
        Code("HUMAN RIGHTS", "Human rights"),
        Code("KDEM", "Democracy"),
    )
)
HEADER = "raw\ttags\tnote\twho\twhen\n"


def load(tmp_path, content):
    path = tmp_path / "d.tsv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return Decisions.load(path, VOCABULARY)


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        ("raw\tnote\nA\tB\n", ["d.tsv:1: the columns are raw, note; they must be raw, tags, note"]),
        ("raw\ttags\ttags\nA\tPREL\tPREL\n", ["d.tsv:1: the columns are raw, tags, tags; they"]),
        ("raw\ttags\tx\nA\tPREL\tPREL\n", ["d.tsv:1: the columns are raw, tags, x; they must be"]),
        (
            "raw\ttags\tx\nA\tPREL\tPREL\n",
            [
                "d.tsv:1: the columns are raw, tags, x; they must be raw, tags, note, who, when, "
                "of which raw, tags are needed; take out x"
            ],
        ),
        (
            "RAW\t Tags\tnote\nA\tPREL\t\n",
            [
                "d.tsv:1: the columns are RAW,  Tags, note; they must be raw, tags, note, who, "
                "when, of which raw, tags are needed; write raw for 'RAW', tags for ' Tags'"
            ],
        ),
        ("raw\ttags\t\nA\tPREL\tPREL\n", ["d.tsv:2: 3 cells, but 2 columns; each row has a "]),
        (
            f'{HEADER}A\tPREL\t"two\nlines"\t\t\n',
            [
                "d.tsv:2: 3 cells, but 5 columns; each row has a tab between all, and \\n for a "
                "line break in a cell",
                "d.tsv:3: 3 cells, but 5 columns; each row",
            ],
        ),
        (
            "KWHG\tKGHG\nPELOSI\t-\n",
            [
                "d.tsv:1: the columns are KWHG, KGHG; they must be raw, tags, note, who, when, of "
                "which raw, tags are needed; name raw and tags in the first line"
            ],
        ),
        (b"PK\x03\x04\xff\n", ["d.tsv: this is no text; save it as tab-separated text"]),
        (f"{HEADER}A\tPREL\nB\t-\t\t\t\n", ["d.tsv:2: 2 cells, but 5 columns"]),
        (f"{HEADER}A\tPREL\t\t\t\t\nB\t-\t\t\t\n", ["d.tsv:2: 6 cells, but 5 columns"]),
        (
            f"{HEADER}\t-\t\t\t\nB\t\t\t\t\n",
            [
                "d.tsv:2: raw is empty; fill it in, or take the row out",
                "d.tsv:3: no tags; write - ",
            ],
        ),
        (f"{HEADER} \t-\t\t\t\n", ["d.tsv:2: raw is empty"]),
        (f"{HEADER}A\tPRLE\t\t\t\n", ["d.tsv:2: 'PRLE' is no code of the vocabulary; near: PREL"]),
        (f"{HEADER}A\tPREL -\t\t\t\n", ["d.tsv:2: '-' is no code of the vocabulary; it st"]),
        (
            f"{HEADER}A\tPREL;PGOV\t\t\t\n",
            ["d.tsv:2: 'PREL;PGOV' is no code of the vocabulary; part codes by a space"],
        ),
        (
            f"{HEADER}A\tPREL,\t\t\t\n",
            ["d.tsv:2: 'PREL,' is no code of the vocabulary; part codes by a space"],
        ),
        (f"{HEADER}A\t;\t\t\t\n", ["d.tsv:2: ';' is no code of the vocabulary"]),
        (
            f"{HEADER}A\t\u2013\t\t\t\n",
            ["d.tsv:2: '\u2013' is no code of the vocabulary; write - "],
        ),
        (
            f"{HEADER}A\tPREL\t\t\t\nB\t-\t\t\t\na \tPGOV\t\t\t\n",
            ["d.tsv:4: 'a ' is decided as 'PGOV', but as 'PREL' in line 2; keep one of them"],
        ),
        (f"{HEADER}A\\q\tPREL\t\t\t\n", ["d.tsv:2: "]),
        (HEADER.encode() + b"A\tPREL\t\t\t\n\xff\t-\t\t\t\nB\t-\t\t\t\n", ["d.tsv:3: not UTF-8: "]),
    ],
)
def test_faults_are_told_by_their_lines(tmp_path, content, faults):
    with pytest.raises(DecisionsError) as caught:
        load(tmp_path, content)
    said = [str(problem) for problem in caught.value.problems]

    assert len(said) == len(faults)
    for one, start in zip(said, faults, strict=True):
        assert one.startswith(start)


def test_cells_parted_by_commas_are_told_with_the_remedy(tmp_path):
    for content, hint in (
        ("raw,tags\nA,PREL\n", True),
        ("raw tags\n", False),
        ("raw\tx,y\n", False),
    ):
        with pytest.raises(DecisionsError) as caught:
            load(tmp_path, content)
        assert ("save it as tab-separated text" in str(caught.value)) == hint


@pytest.mark.parametrize(
    ("content", "decided", "torn"),
    [
        ("", {}, ""),
        ("\n \n", {}, ""),
        (HEADER, {}, ""),
        (f"{HEADER}A\t-\t\t\t", {"A": ()}, ""),
        (f"{HEADER}A\t-\t\t\t\n\nB\tPREL\t\t\t\n", {"A": (), "B": ("PREL",)}, ""),
        (f"{HEADER}A\t-\t\t\t\nB\tPR", {"A": ()}, "B\tPR"),
        (f"{HEADER}A\t-\t\t\tx\0", {}, "A\t-\t\t\tx\0"),
        (HEADER.encode() + b"A\t-\t\t\t\xc3", {}, "A\t-\t\t\t\ufffd"),
        ('"raw"\t"tags"\n"A ""b"""\t"PREL PGOV"\n', {'A "b"': ("PREL", "PGOV")}, ""),
        ('raw\ttags\n"A" b\tPREL\n', {'"A" b': ("PREL",)}, ""),
        (f"{HEADER}A\t-\t\t\t\n".replace("\n", "\r\n").encode("utf-16"), {"A": ()}, ""),
        (f"\ufeff{HEADER}A\tHUMAN\\x20RIGHTS\t\t\t\n", {"A": ("HUMAN RIGHTS",)}, ""),
    ],
)
def test_what_is_no_fault_is_read(tmp_path, content, decided, torn):
    found = load(tmp_path, content)

    assert {one.raw: one.tags for one in found} == decided
    assert found.torn == torn


def test_what_was_cut_off_is_shown_in_brief(tmp_path):
    found = load(tmp_path, f"{HEADER}A\t-\t\t\t\n{'B' * 80}")

    assert repr(Decisions([Decision("A", [])])) == "<Decisions about 1 string>"
    assert repr(found) == f"<Decisions about 1 string, the last line cut off: '{'B' * 59}>"


def test_what_was_cut_off_is_no_decision_and_is_given_by_name():
    one = Decision("A", [])

    assert Decisions([one], torn="x") == Decisions([one])
    with pytest.raises(TypeError):
        Decisions([one], "x")  # type: ignore[misc]


DIFF = "change\traw\ttags\tnote\twho\twhen\n"


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        (f"{DIFF}x\tA\tPREL\t\t\t\n", ["d:2: change is 'x'; it takes + or -"]),
        (f"{DIFF}+\tA\tPRLE\t\t\t\n", ["d:2: 'PRLE' is no code of the vocabulary; near: PREL"]),
        (
            f"{DIFF}+\tA\tPREL\t\t\t\n-\ta\tPGOV\t\t\t\n+\ta\tKDEM\t\t\t\n",
            ["d:4: 'a' has a + in line 2 already"],
        ),
        (f"{DIFF}+\tA\tPREL\t\t\t\n+\tB", ["d:3: the file ends inside a line"]),
        ("change\traw\n+\tA\n", ["d:1: the columns are change, raw; they must be change, raw, "]),
    ],
)
def test_faults_of_a_diff_are_told_by_their_lines(content, faults):
    with pytest.raises(DecisionsError) as caught:
        read_diff(content.encode(), "d", VOCABULARY)
    said = [str(problem) for problem in caught.value.problems]

    assert len(said) == len(faults)
    for one, start in zip(said, faults, strict=True):
        assert one.startswith(start)


def test_a_diff_takes_away_codes_that_are_no_longer_there_and_knows_its_lines():
    text = f"\ufeff{DIFF}-\tA\tGONE\t\t\t\n+\tA\tPREL\t\t\t\n+\tB\t-\t\t\t\n-\tC\tGONE\t\t\t\n"
    found = read_diff(text.encode(), "d", VOCABULARY)

    assert [
        (one.raw, one.old and one.old.tags, one.new and one.new.tags, one.line) for one in found
    ] == [
        ("A", ("GONE",), ("PREL",), 2),
        ("B", None, (), 4),
        ("C", ("GONE",), None, 5),
    ]
    before = Decisions([Decision("a", ["GONE"]), Decision("c", ["GONE"])])
    after = Decisions([Decision("A", ["PREL"]), Decision("B", [])])
    assert apply(found, before) == after
    assert apply(found, after) == after
    assert [(one.raw, one.line) for one in diff(before, after)] == [("A", 0), ("B", 0), ("c", 0)]


def test_changes_that_do_not_fit_are_all_told_and_none_is_made():
    text = f"{DIFF}-\tA\tPGOV\t\t\t\n+\tA\tPREL\t\t\t\n+\tB\t-\t\t\t\n"
    here = Decisions([Decision("A", ["KDEM"]), Decision("B", ["KDEM"])])
    with pytest.raises(DecisionsError) as caught:
        apply(read_diff(text.encode(), "d", VOCABULARY), here, "d")

    assert [str(problem) for problem in caught.value.problems] == [
        "d:2: 'A' is 'KDEM' here, but the diff goes from 'PGOV' to 'PREL'",
        "d:4: 'B' is 'KDEM' here, but the diff goes from undecided to '-'",
    ]


class TestTally:
    def test_the_two_commonest_fields_are_examples_and_equal_ones_by_the_alphabet(self):
        tally = WordTally()
        for field, rows in (("c", 1), ("b", 2), ("a", 1), ("d", 5)):
            tally.add(field, ["X"], rows)
        (found,) = tally.undecided()

        assert [field for _, field in found.examples] == ["d", "b"]
        assert found.rows == 9

        tally = WordTally()
        for field in "cab":
            tally.add(field, ["X"])
        (found,) = tally.undecided()
        assert [field for _, field in found.examples] == ["a", "b"]

    def test_the_commonest_spelling_stands_for_all_and_of_equals_the_first(self):
        for spellings, expected in (
            (["x", "X", "X"], "X"),
            (["X", "x"], "X"),
            (["x", "X"], "X"),
            (["Xy", "xY", "xy", "xy"], "xy"),
        ):
            tally = WordTally()
            for one in spellings:
                tally.add(None, [one])
            (found,) = tally.undecided()
            assert (found.raw, found.rows) == (expected, len(spellings))

    def test_words_in_as_many_rows_come_by_the_alphabet(self):
        tally = WordTally(most=3)
        for word, rows in (("b", 2), ("a", 2), ("c", 3), ("d", 9)):
            tally.add(None, [word], rows)

        assert [(one.raw, one.rows) for one in tally.undecided()] == [("c", 3), ("a", 2), ("b", 2)]
        assert (len(tally), tally.unlisted) == (3, 9)


@pytest.mark.parametrize(
    ("typed", "tags", "wrong"),
    [
        ("prel, PGOV;kdem", ("PREL", "PGOV", "KDEM"), ""),
        ("human rights PREL", ("HUMAN RIGHTS", "PREL"), ""),
        (
            "PREL human  rights kdem; human rights",
            ("PREL", "HUMAN RIGHTS", "KDEM", "HUMAN RIGHTS"),
            "",
        ),
        ("human PREL rights", (), "'human' is no code"),
        ("Human Rights, PREL", ("HUMAN RIGHTS", "PREL"), ""),
        ("PRLE", (), "'PRLE' is no code; near: PREL (Relations)"),
        ("", (), ""),
    ],
)
def test_typed_codes_are_read_and_others_hinted_at(typed, tags, wrong):
    found, said = read_tags(typed, VOCABULARY)

    assert said.startswith(wrong)
    assert bool(said) == bool(wrong)
    assert found == tags or wrong


class TestLock:
    def test_another_holder_is_waited_for_and_told(self, tmp_path):
        path = tmp_path / "d.tsv"
        with locked(path):
            with pytest.raises(LockedError) as caught, locked(path, patience=0.01):
                pass
            assert str(caught.value) == (
                f"{path}: another program has been changing it for 0.01 seconds; try again, or "
                f"find who holds {tmp_path / '.d.tsv.lock'}"
            )
        with locked(path, patience=0.01):
            pass
        assert inspect.signature(locked).parameters["patience"].default == 30.0

    @pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")
    @pytest.mark.parametrize(
        ("mode", "mask"), [(0o640, 0o022), (0o666, 0o077), (None, 0o027), (0o444, 0o022)]
    )
    def test_who_may_write_the_decisions_may_take_their_lock(self, tmp_path, mode, mask):
        path = tmp_path / "d.tsv"
        before = os.umask(mask)
        try:
            if mode is not None:
                path.touch()
                path.chmod(mode)
            with locked(path):
                found = stat.S_IMODE((tmp_path / ".d.tsv.lock").stat().st_mode)
            assert os.umask(mask) == mask
        finally:
            os.umask(before)

        assert found == (0o666 & ~mask if mode is None else mode | 0o600)


class TestAnswers:
    def test_the_same_answer_twice_writes_nothing(self, tmp_path):
        journal = Journal(tmp_path / "d.tsv", VOCABULARY)
        one = Decision("A", ["PREL"], who="ann")
        assert journal.add(one) is True
        written = journal.path.read_bytes()
        assert journal.add(Decision("a", ["PREL"], who="bob")) is False
        assert journal.path.read_bytes() == written

    def test_another_answer_is_refused_by_the_name_of_who_gave_the_first(self, tmp_path):
        journal = Journal(tmp_path / "d.tsv", VOCABULARY)
        journal.add(Decision("A", [], who="ann"))
        journal.add(Decision("B", ["PREL", "PGOV"]))
        for decision, message in (
            (Decision("A", ["PREL"]), "'A' is decided already: left as it is by ann"),
            (Decision("b", []), "'B' is decided already: PREL PGOV"),
        ):
            with pytest.raises(AlreadyDecidedError) as caught:
                journal.add(decision)
            assert str(caught.value) == message

    def test_one_that_has_changed_since_is_not_taken_back(self, tmp_path):
        journal = Journal(tmp_path / "d.tsv", VOCABULARY)
        one = Decision("A", ["PREL"])
        journal.add(one)
        assert journal.remove(Decision("A", ["PREL"], "note")) is False
        assert journal.remove(Decision("B", [])) is False
        assert len(journal.load()) == 1
        assert journal.remove(one) is True
        assert len(journal.load()) == 0


@pytest.mark.parametrize("raw", ["", " ", "\t\n", "\u3000", "\u200b", "\ufeff"])
def test_a_decision_about_nothing_is_none(tmp_path, raw):
    with pytest.raises(ValueError, match="; a decision is about a text, no blank one"):
        Decision(raw, ["PREL"])
    with pytest.raises(DecisionsError, match=r"d\.tsv:2: raw is empty; fill it in"):
        load(tmp_path, f"raw\ttags\n{escape(raw)}\tPREL\n")
