"""Columns that need no library: lists, tuples, and the rules that hold for every kind."""

from __future__ import annotations

import datetime
import decimal
import gc
import subprocess
import sys
import weakref

import pytest

import tagnorm
from tagnorm.cells import is_missing
from tagnorm.columns import answers, resolve_column, split_column
from tagnorm.decisions.store import Decision, Decisions
from tagnorm.errors import UnresolvedError

HEAVY = ["narwhals", "numpy", "pandas", "polars", "pyarrow", "duckdb", "pyspark", "click", "rich"]


class Counting(tagnorm.Normalizer):
    """A normalizer that notes which words and fields columns ask it for."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.asked: list[str] = []
        self.has_fields = False
        self.words._read = self._noting(self.words._read)

    def _noting(self, read):
        def noting(word, weighed):
            if not self.has_fields:
                self.asked.append(word)
            return read(word, weighed)

        return noting

    def split_many(self, texts, **options):
        texts = list(texts)
        self.asked += texts
        self.has_fields = True  # whose words are not asked for by the column
        try:
            return super().split_many(texts, **options)
        finally:
            self.has_fields = False


def test_columns_import_no_library_that_the_caller_does_not_use() -> None:
    code = (
        "import sys, tagnorm, tagnorm.columns\n"
        "tagnorm.columns.split_column(['PREL', None]); tagnorm.columns.resolve_column(('PREL',))\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )

    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert out.stdout == "[]\n"


def test_the_verbs_for_columns_stand_beside_those_for_one_string() -> None:
    assert (tagnorm.split_column, tagnorm.resolve_column) == (split_column, resolve_column)


@pytest.mark.parametrize("kind", [list, tuple])
def test_a_sequence_gives_a_list_of_lists(kind) -> None:
    assert split_column(kind(["PRELPGOV", None, ""])) == [["PREL", "PGOV"], None, []]


def test_equal_rows_have_lists_of_their_own() -> None:
    found = split_column(["PREL", "PREL"])
    found[0].append("changed")

    assert found[1] == ["PREL"]
    assert split_column(["PREL"]) == [["PREL"]]


def test_resolving_a_sequence_gives_four_lists() -> None:
    found = resolve_column(["PRELPGOV", None, "PGOV, PELOSI"])

    assert list(found) == ["tags", "status", "confidence", "unresolved"]
    assert found["tags"] == [["PREL", "PGOV"], None, ["PGOV"]]
    assert found["status"] == ["concatenated", None, "mixed"]
    assert found["unresolved"] == [[], None, ["PELOSI"]]
    assert found["confidence"][1] is None
    assert tagnorm.resolve("PRELPGOV").confidence == found["confidence"][0]


def test_dropping_what_is_unresolved_leaves_an_empty_list_for_the_row() -> None:
    assert split_column(["PELOSI", "PREL, PELOSI"], unresolved="drop") == [[], ["PREL"]]


def test_raising_for_what_is_unresolved_names_the_field() -> None:
    with pytest.raises(UnresolvedError, match="'PELOSI' in 'PREL, PELOSI'"):
        split_column(["PREL", "PREL, PELOSI"], unresolved="raise")


@pytest.mark.parametrize("missing", [None, float("nan"), decimal.Decimal("NaN")])
def test_what_is_missing_stays_missing(missing) -> None:
    assert is_missing(missing)
    assert split_column(["PREL", missing]) == [["PREL"], None]


@pytest.mark.parametrize("value", ["", "nan", "None", "NULL", "PREL\ud800"])
def test_text_is_never_missing(value) -> None:
    assert not is_missing(value)
    assert split_column([value]) == [tagnorm.split(value)]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (7, "int"),
        (1.5, "float"),
        (True, "bool"),
        (b"PREL", "bytes"),
        (["PREL", 7], "list"),
        (datetime.date(2006, 1, 2), "date"),
    ],
)
@pytest.mark.parametrize("ask", [split_column, resolve_column])
def test_a_value_that_is_neither_text_nor_missing_is_named_with_its_row(ask, value, kind) -> None:
    with pytest.raises(
        TypeError, match=rf"row 2 \(counted from 0\) holds .*, a value of type {kind};"
    ):
        ask(["PREL", None, value, 8])


@pytest.mark.parametrize(
    "values", ["PREL", b"PREL", {"PREL"}, {"PREL": 1}, 7, None, iter(["PREL"])]
)
@pytest.mark.parametrize("ask", [split_column, resolve_column])
def test_what_is_no_column_is_refused(ask, values) -> None:
    with pytest.raises(TypeError, match="expected a column, got"):
        ask(values)


@pytest.mark.parametrize("values", [[], [None], ["PREL"]])
def test_a_bad_option_is_told_of_whatever_the_column_holds(values) -> None:
    with pytest.raises(ValueError, match="unresolved is 'loose'"):
        split_column(values, unresolved="loose")
    with pytest.raises(ValueError, match="min_confidence is 2"):
        split_column(values, min_confidence=2)
    with pytest.raises(ValueError, match="min_confidence is 2"):
        resolve_column(values, min_confidence=2)


def test_decisions_come_as_a_file_as_an_object_or_in_a_normalizer(tmp_path) -> None:
    decisions = Decisions([Decision("PELOSI", ["PGOV"])])
    path = tmp_path / "decisions.tsv"
    decisions.save(path)
    engine = tagnorm.Normalizer(decisions=decisions)

    assert split_column(["PELOSI"]) == [["PELOSI"]]
    for options in ({"decisions": path}, {"decisions": decisions}, {"normalizer": engine}):
        assert split_column(["PELOSI"], **options) == [["PGOV"]]
        assert resolve_column(["PELOSI"], **options)["tags"] == [["PGOV"]]


def test_a_vocabulary_comes_as_a_folder_or_an_object(tmp_path) -> None:
    rows = "code\tname\tstatus\treplaced_by\tsource\nZOOL\tZoology\tcurrent\t\tmade up\n"
    (tmp_path / "own.tsv").write_text(rows, encoding="utf-8")

    for taxonomy in (tmp_path, str(tmp_path), tagnorm.Taxonomy.load(tmp_path)):
        assert split_column(["zool", "PREL"], taxonomy=taxonomy, unresolved="drop") == [
            ["ZOOL"],
            [],
        ]


def test_a_normalizer_and_its_parts_exclude_each_other() -> None:
    with pytest.raises(TypeError, match="give either the normalizer"):
        split_column(["PREL"], normalizer=tagnorm.Normalizer(), taxonomy=tagnorm.Taxonomy.load())


def test_every_distinct_text_is_resolved_once() -> None:
    engine = Counting()

    split_column(["PREL", "PGOV", None, "PREL"] * 100, normalizer=engine)
    split_column(["PGOV", "ECON"], normalizer=engine)

    assert engine.asked == ["PREL", "PGOV", "ECON"]


def test_answers_with_other_options_are_not_mistaken_for_these() -> None:
    engine = tagnorm.Normalizer()

    assert split_column(["PELOSI"], normalizer=engine) == [["PELOSI"]]
    assert split_column(["PELOSI"], normalizer=engine, unresolved="drop") == [[]]
    assert resolve_column(["PELOSI"], normalizer=engine)["tags"] == [[]]
    assert split_column(["PELOSI"], normalizer=engine) == [["PELOSI"]]


def test_remembered_answers_stay_few_and_right(monkeypatch) -> None:
    monkeypatch.setattr(answers, "_TEXTS", 3)
    engine = Counting()
    fields = ["PREL", "PGOV", "ECON", "MARR", "PREL"]

    for field in fields:
        assert [[field]] == split_column([field], normalizer=engine)
    assert [[field] for field in fields] == split_column(fields, normalizer=engine)

    (memory,) = answers._memories[engine].values()
    assert len(memory) <= 3


def test_remembered_answers_die_with_their_normalizer() -> None:
    engine = tagnorm.Normalizer()
    split_column(["PREL"], normalizer=engine)
    gone = weakref.ref(engine)

    del engine
    gc.collect()

    assert gone() is None
