"""Columns of a real local Spark."""

from __future__ import annotations

import datetime
import decimal
import re
from pathlib import Path

import pytest
from column_backends import needs, spark_session

import tagnorm
from tagnorm.decisions.store import Decision, Decisions

pytestmark = [pytest.mark.slow, *needs("pyspark", "pyarrow", "pandas")]

pytest.importorskip("pyspark")
pytest.importorskip("pyarrow")

import tagnorm.spark  # noqa: E402

FIELDS = [(1, "PRELPGOV"), (2, None), (3, "PGVO, PELOSI"), (4, "")]


@pytest.fixture(scope="module")
def cables():
    return spark_session().createDataFrame(FIELDS, "id int, tags string").repartition(2)


def _by_id(frame) -> dict[int, object]:
    return {row[0]: row[-1] for row in frame.collect()}


def test_splitting_adds_an_array_of_strings_and_keeps_null(cables) -> None:
    found = tagnorm.spark.split_column(cables, "tags", output="codes")

    assert found.dtypes == [("id", "int"), ("tags", "string"), ("codes", "array<string>")]
    assert _by_id(found) == {1: ["PREL", "PGOV"], 2: None, 3: ["PGOV", "PELOSI"], 4: []}


def test_without_an_output_the_tags_take_the_place_of_the_column(cables) -> None:
    found = tagnorm.spark.split_column(cables, "tags", unresolved="drop", unique=True)

    assert found.dtypes == [("id", "int"), ("tags", "array<string>")]
    assert _by_id(found) == {1: ["PREL", "PGOV"], 2: None, 3: ["PGOV"], 4: []}


def test_resolving_adds_a_struct_that_select_takes_apart(cables) -> None:
    found = tagnorm.spark.resolve_column(cables, "tags", output="found")
    rows = {row.id: row for row in found.select("id", "found", "found.*").collect()}

    expected = tagnorm.resolve("PGVO, PELOSI")
    assert (rows[2].found, rows[2].tags, rows[2].confidence) == (None, None, None)
    assert rows[3].tags == list(expected.tags)
    assert (rows[3].status, rows[3].confidence) == (expected.status, expected.confidence)
    assert rows[3].unresolved == ["PELOSI"]


def test_decisions_and_the_vocabulary_travel_to_the_workers(cables, tmp_path) -> None:
    rows = "code\tname\tstatus\treplaced_by\tsource\nPRELPGOV\tOne code\tcurrent\t\tmade up\n"
    (tmp_path / "own.tsv").write_text(rows, encoding="utf-8")
    decisions = Decisions([Decision("PGVO, PELOSI", ["PRELPGOV"])])

    found = tagnorm.spark.split_column(cables, "tags", taxonomy=tmp_path, decisions=decisions)
    (tmp_path / "own.tsv").unlink()  # the workers need not see the file

    assert _by_id(found) == {1: ["PRELPGOV"], 2: None, 3: ["PRELPGOV"], 4: []}


def test_other_columns_pass_as_they_are() -> None:
    row = {
        "tags": "PREL",
        "at": datetime.datetime(2006, 1, 2, 3, 4, 5, 6),
        "on": datetime.date(2006, 1, 2),
        "price": decimal.Decimal("1.50"),
        "counts": {"a": 1},
        "parts": [1, None],
        "bytes": b"\x00\xff",
        "nothing": None,
    }
    schema = (
        "tags string, at timestamp, on date, price decimal(5,2), counts map<string,int>, "
        "parts array<int>, bytes binary, nothing double"
    )
    frame = spark_session().createDataFrame([tuple(row.values())], schema)

    found = tagnorm.spark.split_column(frame, "tags", output="codes")

    assert found.drop("codes").schema == frame.schema
    assert found.collect()[0].asDict() == row | {"codes": ["PREL"]}


def test_large_arrow_types_pass_too(cables) -> None:
    session = spark_session()
    session.conf.set("spark.sql.execution.arrow.useLargeVarTypes", "true")
    try:
        found = _by_id(tagnorm.spark.split_column(cables, "tags", output="codes"))
    finally:
        session.conf.unset("spark.sql.execution.arrow.useLargeVarTypes")

    assert found[1] == ["PREL", "PGOV"]


def test_an_empty_frame_stays_empty(cables) -> None:
    found = tagnorm.spark.split_column(cables.where("id > 9"), "tags", output="codes")

    assert found.collect() == []


def test_what_may_not_be_left_is_named_in_the_error(cables) -> None:
    from pyspark.errors import PythonException  # noqa: PLC0415 -- Spark may be missing

    found = tagnorm.spark.split_column(cables, "tags", unresolved="raise")

    with pytest.raises(PythonException, match="cannot resolve"):
        found.collect()


def test_a_column_that_is_not_there_is_named_with_those_that_are(cables) -> None:
    with pytest.raises(ValueError, match="no column 'tag'; it has 'id', 'tags'"):
        tagnorm.spark.split_column(cables, "tag")


def test_a_column_of_numbers_is_refused(cables) -> None:
    with pytest.raises(TypeError, match="column 'id' is of type int; cast it first"):
        tagnorm.spark.split_column(cables, "id")


@pytest.mark.parametrize("what", [None, [("PREL",)], {"tags": ["PREL"]}])
def test_what_is_no_frame_or_session_is_refused_by_its_type(what) -> None:
    with pytest.raises(TypeError, match=f"DataFrame of Spark, got {type(what).__name__}"):
        tagnorm.spark.split_column(what, "tags")
    with pytest.raises(TypeError, match=f"session of Spark, got {type(what).__name__}"):
        tagnorm.spark.register(what)


def test_a_column_is_asked_for_by_its_name(cables) -> None:
    with pytest.raises(TypeError, match=r"column is a pyspark\..*Column; it takes the name"):
        tagnorm.spark.split_column(cables, cables.tags)
    with pytest.raises(TypeError, match="output is a int; it takes the name"):
        tagnorm.spark.resolve_column(cables, "tags", output=5)


def test_a_column_with_nothing_in_it_is_missing_throughout(cables) -> None:
    frame = cables.sparkSession.sql("SELECT NULL AS tags, array(NULL) AS lists")

    (row,) = tagnorm.spark.split_column(frame, "tags", output="codes").collect()
    assert (row.tags, row.codes) == (None, None)
    (row,) = tagnorm.spark.split_column(frame, "lists", output="codes").collect()
    assert row.codes == []


def test_a_bad_option_is_told_of_before_the_query_runs(cables) -> None:
    with pytest.raises(ValueError, match="min_confidence is 2"):
        tagnorm.spark.resolve_column(cables, "tags", output="found", min_confidence=2)


def test_a_worker_unpacks_a_normalizer_once() -> None:
    packed = tagnorm.spark._pack(tagnorm.Normalizer(keep=["PGVO"]))

    first = tagnorm.spark._unpack(packed)

    assert first is tagnorm.spark._unpack(packed)
    assert first.split("PGVO") == ["PGVO"]


def test_a_worker_with_another_version_of_tagnorm_says_so() -> None:
    packed = tagnorm.spark._Packed(b"", "", version="0.0.0")

    with pytest.raises(tagnorm.errors.TagnormError, match=r"the driver has tagnorm 0\.0\.0"):
        tagnorm.spark._unpack(packed)


def test_a_dot_in_a_name_is_a_letter_like_any_other() -> None:
    frame = spark_session().createDataFrame([("PRELPGOV", 1)], "`my.tags` string, `a.b` int")

    found = tagnorm.spark.split_column(frame, "my.tags", output="my.codes")

    assert found.columns == ["my.tags", "a.b", "my.codes"]
    assert found.collect()[0]["my.codes"] == ["PREL", "PGOV"]
    assert tagnorm.spark.split_column(frame, "my.tags").columns == ["my.tags", "a.b"]
    (row,) = tagnorm.spark.resolve_column(frame, "my.tags", output="a.b").collect()
    assert row["a.b"].status == "concatenated"


def test_an_output_that_differs_by_case_takes_the_place_of_the_column_as_withcolumn_has_it(
    cables,
) -> None:
    from pyspark.sql.functions import lit  # noqa: PLC0415 -- Spark may be missing

    expected = cables.withColumn("TAGS", lit(1)).columns
    found = tagnorm.spark.split_column(cables, "tags", output="TAGS")

    assert expected == found.columns == ["id", "TAGS"]
    assert _by_id(found)[1] == ["PREL", "PGOV"]
    assert _by_id(tagnorm.spark.split_column(cables, "Tags"))[1] == ["PREL", "PGOV"]


def test_a_session_that_tells_case_apart_keeps_both_columns(cables) -> None:
    session = spark_session()
    session.conf.set("spark.sql.caseSensitive", "true")
    try:
        found = tagnorm.spark.split_column(cables, "tags", output="TAGS")
        assert found.columns == ["id", "tags", "TAGS"]
        assert _by_id(found)[1] == ["PREL", "PGOV"]
        with pytest.raises(ValueError, match="no column 'Tags'"):
            tagnorm.spark.split_column(cables, "Tags")
    finally:
        session.conf.unset("spark.sql.caseSensitive")


def test_an_array_of_strings_is_one_field_a_row() -> None:
    frame = spark_session().createDataFrame(
        [(["PREL", None, "PGVO"],), (None,), ([],)], "tags array<string>"
    )

    found = tagnorm.spark.split_column(frame, "tags", output="codes")

    assert [row.codes for row in found.collect()] == [["PREL", "PGOV"], None, []]


def test_a_separator_makes_one_string_of_the_tags(cables) -> None:
    found = tagnorm.spark.split_column(cables, "tags", output="codes", separator=";")

    assert found.dtypes[-1] == ("codes", "string")
    assert _by_id(found) == {1: "PREL;PGOV", 2: None, 3: "PGOV;PELOSI", 4: ""}


def test_the_functions_can_be_called_by_name_in_sql(cables) -> None:
    session = spark_session()
    cables.createOrReplaceTempView("cables")

    assert tagnorm.spark.register(session, unresolved="drop") is session
    rows = session.sql(
        "SELECT id, tagnorm_split(tags) AS codes, tagnorm_status(tags) AS status, "
        "tagnorm_confidence(tags) AS confidence, tagnorm_resolve(tags) AS found, "
        "tagnorm_lookup(tags).tag AS code FROM cables ORDER BY id"
    ).collect()

    expected = tagnorm.resolve("PGVO, PELOSI")
    assert [row.codes for row in rows] == [["PREL", "PGOV"], None, ["PGOV"], []]
    assert [row.status for row in rows] == ["concatenated", None, "mixed", "unresolved"]
    assert rows[2].confidence == expected.confidence
    assert rows[2].found.asDict() == {
        "tags": ["PGOV"],
        "status": "mixed",
        "confidence": expected.confidence,
        "unresolved": ["PELOSI"],
    }
    assert [row.code for row in rows] == [None, None, None, None]

    tagnorm.spark.register(session)
    (row,) = session.sql(
        "SELECT tagnorm_split('PREL PELOSI') c, tagnorm_lookup('spain') s"
    ).collect()
    assert (row.c, row.s.tag, row.s.name) == (["PREL", "PELOSI"], "SP", "Spain")


def test_the_functions_for_older_versions_of_spark_say_the_same(cables) -> None:
    pandas = pytest.importorskip("pandas")
    normalizer = tagnorm.spark._pack(tagnorm.Normalizer())
    make = tagnorm.spark._Work
    plain = tagnorm.options.Options(), tagnorm.columns.layout.Layout(), normalizer
    texts = pandas.Series(["PRELPGOV", None], dtype=object)

    split = tagnorm.spark._OnPandas(make("split", *plain))(texts)
    assert [None if one is None else list(one) for one in split] == [["PREL", "PGOV"], None]
    whole = tagnorm.spark._OnPandas(make("resolve", *plain))(texts)
    assert list(whole.columns) == ["tags", "status", "confidence", "unresolved"]
    assert whole["status"][0] == "concatenated"


def test_a_frame_is_a_vocabulary_itself(cables) -> None:
    frame = spark_session().createDataFrame([("JAZZ", "Jazz"), ("FOLK", None)], ["code", "name"])
    found = tagnorm.Taxonomy.of(frame)

    assert [(code.tag, code.name) for code in found] == [("FOLK", ""), ("JAZZ", "Jazz")]


def test_the_code_of_the_page_about_spark_runs(cables, tmp_path, monkeypatch) -> None:
    page = Path(__file__).parents[1] / "docs" / "spark.md"
    blocks = re.findall(r"^```py\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    Decisions([Decision("PGVO", ["PREL"])]).save(tmp_path / "decisions.tsv")
    monkeypatch.chdir(tmp_path)
    cables.createOrReplaceTempView("cables")
    names = {"cables": cables, "session": spark_session()}

    assert len(blocks) >= 2
    for block in blocks:
        exec(block, names)
    assert _by_id(names["codes"].select("id", "codes"))[1] == ["PREL", "PGOV"]
    assert names["found"].columns == ["id", "tags", "status", "confidence", "unresolved"]
