"""A review session without its screen: what is asked, and what becomes of the answers."""

from __future__ import annotations

from itertools import count, islice
from pathlib import Path

import pytest
from counted_calls import calls_of

from tagnorm.decisions.journal import AlreadyDecidedError, Journal
from tagnorm.decisions.review import Session, read_tags
from tagnorm.decisions.store import Decision, Decisions
from tagnorm.normalizer import Normalizer
from tagnorm.vocabulary.codes import Code, Taxonomy

# Two codes that differ in one letter: PREK, PREV and PREX could be either.
VOCABULARY = Taxonomy(
    (Code("PGOV", "Government"), Code("PREF", "Refugees"), Code("PREL", "Relations"))
)
NORMALIZER = Normalizer(VOCABULARY)
FIELDS = {"PREV": 1, "PGOV, prex": 3, "PREX": 1, "PREK, PREX": 2, "PGOV": 13}


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "decisions.tsv", VOCABULARY)


def session(journal: Journal, fields: dict[str, int] | None = None) -> Session:
    return Session(FIELDS if fields is None else fields, NORMALIZER, journal, who="ann")


def asked(session: Session) -> list[str]:
    found = []
    while session.question is not None:
        found.append(session.question.raw)
        session.skip()
    return found


class TestQuestions:
    def test_doubtful_words_are_asked_once_each_the_most_frequent_first(
        self, journal: Journal
    ) -> None:
        assert asked(session(journal)) == ["PREX", "PREK", "PREV"]

    def test_a_question_counts_its_rows_and_shows_the_commonest_fields(
        self, journal: Journal
    ) -> None:
        question = session(journal).question

        assert question is not None
        assert question.rows == 6
        assert question.examples == ("PGOV, prex", "PREK, PREX")

    def test_a_word_that_stands_twice_in_a_field_counts_one_row(self, journal: Journal) -> None:
        question = session(journal, {"PREX, PREX": 2, "prex, PREX": 1}).question

        assert question is not None
        assert question.rows == 3

    def test_words_side_by_side_that_are_no_codes_are_one_question(self, journal: Journal) -> None:
        fields = {"PGOV; MISS MARPLE": 2, "miss marple PREL": 1, "MARPLE": 1}
        ours = session(journal, fields)

        assert [question.raw for question in ours.questions] == ["MISS MARPLE", "MARPLE"]
        assert ours.questions[0].rows == 3
        ours.answer(("PGOV", "PREL"))
        decided = Normalizer(VOCABULARY, decisions=journal.load())
        assert decided.split("miss marple PREL") == ["PGOV", "PREL", "PREL"]
        assert asked(session(journal, fields)) == ["MARPLE"]

    def test_the_choices_are_the_readings_with_the_likeliest_first(self, journal: Journal) -> None:
        question = session(journal).question

        assert question is not None
        answer = NORMALIZER.resolve("PREX")
        assert question.choices[0] == (answer.tags, answer.confidence)
        assert {("PREF",), ("PREL",), ()} == {tags for tags, _ in question.choices}

    def test_what_is_sure_enough_is_not_asked(self, journal: Journal) -> None:
        open_ = [raw for raw in ("PREX", "PREK", "PREV") if not NORMALIZER.resolve(raw).is_resolved]
        assert [
            raw.upper() for raw in asked(Session(FIELDS, NORMALIZER, journal, below=0.0))
        ] == open_
        assert asked(Session(FIELDS, NORMALIZER, journal, below=0.0, states=["doubtful"])) == []
        assert asked(Session({"PGOV": 1}, NORMALIZER, journal)) == []

    def test_words_without_a_code_are_asked_however_surely_they_have_none(
        self, journal: Journal
    ) -> None:
        fields = {"PELOSI": 2, "PREX": 1}

        assert NORMALIZER.resolve("PELOSI").confidence > 0.9
        assert asked(session(journal, fields)) == ["PELOSI", "PREX"]
        assert asked(Session(fields, NORMALIZER, journal, states=["doubtful"])) == ["PREX"]

    def test_an_answer_that_is_refused_as_too_unsure_is_asked_as_unresolved(
        self, journal: Journal
    ) -> None:
        normalizer = Normalizer()
        sure = normalizer.resolve("PHMU").confidence
        assert 0.9 < sure < 1

        assert asked(Session({"PHMU": 1}, normalizer, journal)) == []
        question = Session({"PHMU": 1}, normalizer, journal, min_confidence=1).question
        assert question is not None
        assert (question.state, question.answer.tags) == ("unresolved", ("PHUM",))

    def test_what_is_decided_is_not_asked_again(self, journal: Journal) -> None:
        Decisions([Decision("Prex", ["PREL"])]).save(journal.path)

        assert asked(session(journal)) == ["PREK", "PREV"]

    def test_the_words_of_a_field_that_is_decided_as_a_whole_are_not_asked(
        self, journal: Journal
    ) -> None:
        Decisions([Decision("prek, prex", [])]).save(journal.path)

        assert asked(session(journal)) == ["prex", "PREV"]

    def test_the_rows_left_shrink_to_none(self, journal: Journal) -> None:
        ours = session(journal)
        shares = []
        while ours.question is not None:
            shares.append(round(ours.share_left() * 20))
            ours.answer(())

        assert shares == [7, 3, 1]
        assert ours.share_left() == 0

    @pytest.mark.slow
    def test_a_word_in_many_fields_takes_work_in_proportion_to_them(self, journal: Journal) -> None:
        numbers = count(10)  # no field comes again, so none is remembered; none is a code

        def work(size: int) -> int:
            fields = {f"PGOV{number}; PREX": 1 for number in islice(numbers, size)}
            states = ["doubtful"]
            return calls_of(lambda: Session(fields, NORMALIZER, journal, states=states))

        assert work(3000) < 3 * work(1500)

    def test_a_column_without_rows_has_no_questions(self, journal: Journal) -> None:
        ours = session(journal, {})

        assert ours.question is None
        assert ours.share_left() == 0


class TestAnswers:
    def test_an_answer_is_in_the_file_at_once_with_who_and_when(self, journal: Journal) -> None:
        session(journal).answer(("PREL",), "seen in the text")

        (decision,) = journal.load()
        assert (decision.raw, decision.tags) == ("PREX", ("PREL",))
        assert (decision.note, decision.who) == ("seen in the text", "ann")
        assert decision.when.endswith("+00:00")

    def test_undo_takes_the_answer_back_and_asks_again(self, journal: Journal) -> None:
        ours = session(journal)
        ours.answer(("PREL",))
        ours.answer(())
        taken = ours.undo()

        assert taken is ours.question
        assert taken is not None
        assert taken.raw == "PREK"
        assert [decision.raw for decision in journal.load()] == ["PREX"]
        assert (ours.number, ours.decided) == (2, 1)

    def test_undo_goes_back_over_a_skip_too(self, journal: Journal) -> None:
        ours = session(journal)
        ours.skip()

        assert ours.undo() is ours.question
        assert ours.undo() is None

    def test_undo_leaves_what_others_decided_meanwhile(self, journal: Journal) -> None:
        ours = session(journal)
        ours.answer(("PREL",))
        journal.add(Decision("HOLMES", []))
        ours.undo()

        assert [decision.raw for decision in journal.load()] == ["HOLMES"]

    def test_a_tidy_file_is_added_to_and_not_written_anew(self, journal: Journal) -> None:
        header = "raw\ttags\tnote\twho\twhen\n"
        unsorted = f"{header}prez\tPREF\t\t\t\nprex\tPREF\t\t\t\n"
        journal.path.write_text(unsorted)
        number = journal.path.stat().st_ino
        journal.add(Decision("HOLMES", []))

        assert journal.path.stat().st_ino == number
        assert journal.path.read_text().startswith(unsorted)

    def test_what_somebody_else_answered_meanwhile_is_neither_lost_nor_overwritten(
        self, journal: Journal
    ) -> None:
        ours = session(journal)
        theirs = Journal(journal.path, VOCABULARY)
        theirs.add(Decision("prex", ["PREF"], who="bob"))

        assert ours.meanwhile() == Decision("prex", ["PREF"], who="bob")
        with pytest.raises(AlreadyDecidedError, match="'prex' is decided already: PREF by bob"):
            ours.answer(("PREL",))
        assert (ours.number, ours.decided) == (1, 0)
        ours.answer(("PREF",))
        ours.undo()
        assert [decision.who for decision in journal.load()] == ["bob"]

    def test_somebody_elses_answer_is_replaced_only_if_it_was_seen(self, journal: Journal) -> None:
        ours = session(journal)
        journal.add(Decision("prex", ["PREF"], who="bob"))
        seen = ours.meanwhile()
        ours.answer(("PREL",), instead_of=seen)

        assert [(d.tags, d.who) for d in journal.load()] == [(("PREL",), "ann")]

    def test_undo_leaves_an_answer_that_somebody_has_changed_since(self, journal: Journal) -> None:
        ours = session(journal)
        mine = ours.answer(("PREL",))
        Journal(journal.path, VOCABULARY).add(Decision("PREX", ["PREF"]), instead_of=mine)
        ours.undo()

        assert [decision.tags for decision in journal.load()] == [("PREF",)]


class TestJournal:
    def test_a_file_that_is_gone_holds_nothing_also_when_its_end_was_torn(self, journal) -> None:
        whole = "raw\ttags\tnote\twho\twhen\nPREX\tPREF\t\t\t\n"
        for end in ("", "PRE"):
            journal.path.write_text(whole + end)
            assert journal.find("PREX") == Decision("PREX", ["PREF"])
            journal.path.unlink()
            assert journal.find("PREX") is None

    @pytest.mark.parametrize(
        "before",
        [
            "raw\ttags\nHOLMES\t-\n",
            "raw\ttags\nHOLMES\t-",
            "raw\ttags\tnote\twho\twhen\nHOLMES\t-\t\t\t\nPREX\tPRE",
            "raw\ttags\tnote\twho\twhen\nHOLMES\t-\t\t\t",
            "\ufeffraw\ttags\r\nHOLMES\t-\r\n",
        ],
        ids=["fewer columns", "no line end", "torn", "torn at its end", "from Windows"],
    )
    def test_an_answer_goes_behind_whatever_was_left_there(
        self, journal: Journal, before: str
    ) -> None:
        journal.path.write_bytes(before.encode())
        journal.add(Decision("PREK", ["PREF"], "note"))

        assert {d.raw: (d.tags, d.note) for d in journal.load()} == {
            "HOLMES": ((), ""),
            "PREK": (("PREF",), "note"),
        }
        assert journal.load().torn == ""

    def test_a_change_is_written_and_one_that_changes_nothing_is_not(self, journal) -> None:
        one, other = Decision("PREX", ["PREF"]), Decision("PREK", ["PREL"])
        assert journal.change(lambda before: before) == (Decisions(), Decisions())
        assert journal.path.exists()

        journal.change(lambda before: Decisions([*before, other, one]))
        assert list(Journal(journal.path, VOCABULARY).load()) == [other, one]

        whole = journal.path.read_text()
        header, *lines = whole.splitlines(keepends=True)
        turned = "".join([header, *reversed(lines)])  # what is written anew is in order
        journal.path.write_text(turned)
        journal.change(lambda before: before)
        assert journal.path.read_text() == turned

        journal.path.write_text(turned + "HOL")  # a line that somebody was stopped in
        journal.change(lambda before: before)
        assert journal.path.read_text() == whole

    def test_every_cut_of_the_file_keeps_the_answers_before_it(self, journal: Journal) -> None:
        for raw in ("PREK", "PREV", "Prêx"):
            journal.add(Decision(raw, ["PREL"], "nöte", "ann", "2026-11-23T10:15:00+00:00"))
        whole = journal.path.read_bytes()

        for cut in range(whole.index(b"\n") + 1, len(whole) + 1):
            journal.path.write_bytes(whole[:cut])
            complete = whole[:cut].count(b"\n") - 1
            assert len(journal.load()) in (complete, complete + 1)
            assert all(decision.tags == ("PREL",) for decision in journal.load())

    def test_sorting_brings_the_file_into_its_order(self, journal: Journal) -> None:
        for raw in ("PREV", "PREK"):
            journal.add(Decision(raw, []))
        journal.sort()

        assert [line[:4] for line in journal.path.read_text().splitlines()[1:]] == ["PREK", "PREV"]


class TestTypedCodes:
    @pytest.mark.parametrize(
        ("typed", "tags"),
        [
            ("PREL", ("PREL",)),
            ("prel pgov", ("PREL", "PGOV")),
            ("prel,pgov; econ", ("PREL", "PGOV", "ECON")),
            ("unga/c-6", ("UNGA/C-6",)),
        ],
    )
    def test_codes_are_read_whatever_their_case(self, typed: str, tags: tuple[str, ...]) -> None:
        assert read_tags(typed, Taxonomy.load()) == (tags, "")

    def test_a_code_of_two_words_is_one_code(self) -> None:
        vocabulary = Taxonomy((Code("SEA LAW"), Code("FISH")))

        assert read_tags("fish, sea law", vocabulary)[0] == ("FISH", "SEA LAW")

    @pytest.mark.parametrize(
        ("typed", "tags"),
        [
            ("Korea, South", ("Korea, South",)),
            ("korea,  south, Chad", ("Korea, South", "Chad")),
            ("Korea", ()),
            ("Korea South", ("Korea, South",)),
            ("chad; KOREA, SOUTH chad", ("Chad", "Korea, South", "Chad")),
            ("a; b", ("A; b",)),
            ("a, b", ("A", "B")),
            ("a b", ("A", "B")),
            ("Sea, law of the, treaty", ("Sea, law of the, treaty",)),
            ("sea, law of the, Korea, South", ("Sea, law of the", "Korea, South")),
        ],
    )
    def test_a_code_with_a_separator_in_it_is_one_code(
        self, typed: str, tags: tuple[str, ...]
    ) -> None:
        codes = ("A", "B", "A; b", "Chad", "Korea, South", "Sea, law of the")
        vocabulary = Taxonomy.of([*codes, "Sea, law of the, treaty"])

        found, wrong = read_tags(typed, vocabulary)
        assert (found, wrong) == (tags, "") if tags else wrong

    @pytest.mark.parametrize(
        ("typed", "wrong"),
        [
            ("PERL", "'PERL' is no code; near: PREL (External Political Relations)"),
            ("PREL qqqqq", "'qqqqq' is no code"),
            ("spain", "'spain' is no code; SP is (Spain)"),
        ],
    )
    def test_what_is_no_code_is_refused_with_a_hint(self, typed: str, wrong: str) -> None:
        assert read_tags(typed, Taxonomy.load())[1].startswith(wrong)
