"""The SQL functions of DuckDB."""

from __future__ import annotations

import pytest
from test_columns import Counting

import tagnorm

pytest.importorskip("pyarrow")
duckdb = pytest.importorskip("duckdb")

import tagnorm.duckdb  # noqa: E402


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE cables (id INTEGER, tags VARCHAR)")
        connection.execute(
            "INSERT INTO cables VALUES (1, 'PRELPGOV'), (2, NULL), (3, 'PGVO, PELOSI'), (4, '')"
        )
        yield connection


def test_registering_gives_the_connection_back(connection) -> None:
    assert tagnorm.duckdb.register(connection) is connection


def test_splitting_gives_a_list_of_text_and_null_for_null(connection) -> None:
    tagnorm.duckdb.register(connection)

    found = connection.sql("SELECT id, tagnorm_split(tags) AS codes FROM cables ORDER BY id")

    assert str(found.types[1]) == "VARCHAR[]"
    assert found.fetchall() == [
        (1, ["PREL", "PGOV"]),
        (2, None),
        (3, ["PGOV", "PELOSI"]),
        (4, []),
    ]


def test_status_confidence_and_the_whole_answer_agree(connection) -> None:
    tagnorm.duckdb.register(connection)

    rows = connection.sql(
        "SELECT tagnorm_status(tags), tagnorm_confidence(tags), tagnorm_resolve(tags) "
        "FROM cables ORDER BY id"
    ).fetchall()

    assert rows[1] == (None, None, None)
    for (status, confidence, whole), raw in zip(
        [rows[0], rows[2], rows[3]], ["PRELPGOV", "PGVO, PELOSI", ""], strict=True
    ):
        expected = tagnorm.resolve(raw)
        assert (status, confidence) == (expected.status, expected.confidence)
        assert whole == {
            "tags": list(expected.tags),
            "status": expected.status,
            "confidence": expected.confidence,
            "unresolved": list(expected.unresolved),
        }


def test_constants_and_null_itself_can_be_split(connection) -> None:
    tagnorm.duckdb.register(connection)

    found = connection.sql("SELECT tagnorm_split('PRELPGOV'), tagnorm_split(NULL)").fetchall()

    assert found == [(["PREL", "PGOV"], None)]


def test_unnesting_makes_a_row_of_each_tag(connection) -> None:
    tagnorm.duckdb.register(connection, unresolved="drop")

    found = connection.sql(
        "SELECT code, count(*) FROM (SELECT unnest(tagnorm_split(tags)) AS code FROM cables) "
        "GROUP BY code ORDER BY code"
    )

    assert found.fetchall() == [("PGOV", 2), ("PREL", 1)]


def test_the_functions_work_in_views_filters_and_on_cursors(connection) -> None:
    tagnorm.duckdb.register(connection)
    connection.execute("CREATE VIEW clean AS SELECT id, tagnorm_split(tags) AS codes FROM cables")

    with connection.cursor() as cursor:
        found = cursor.sql("SELECT id FROM clean WHERE list_contains(codes, 'PGOV')").fetchall()

    assert sorted(found) == [(1,), (3,)]


def test_a_long_column_resolves_each_distinct_text_once(connection) -> None:
    engine = Counting()
    tagnorm.duckdb.register(connection, normalizer=engine)
    connection.execute("SET threads = 1")

    found = connection.sql(
        "SELECT sum(len(tagnorm_split(['PREL', 'PGOVECON', NULL][1 + i % 3]))) "
        "FROM range(30000) AS t(i)"
    )

    assert found.fetchall() == [(30_000,)]
    assert sorted(engine.asked) == ["PGOVECON", "PREL"]


def test_registering_again_replaces_the_options(connection) -> None:
    query = "SELECT tagnorm_split('PREL, PELOSI')"

    tagnorm.duckdb.register(connection)
    assert connection.sql(query).fetchall() == [(["PREL", "PELOSI"],)]

    tagnorm.duckdb.register(connection, unresolved="drop")
    assert connection.sql(query).fetchall() == [(["PREL"],)]


def test_what_may_not_be_left_is_named_in_the_error(connection) -> None:
    tagnorm.duckdb.register(connection, unresolved="raise")

    with pytest.raises(duckdb.InvalidInputException, match="cannot resolve 'PELOSI'"):
        connection.sql("SELECT tagnorm_split('PREL, PELOSI')").fetchall()


def test_a_bad_option_is_told_of_at_once(connection) -> None:
    with pytest.raises(ValueError, match="unresolved is 'loose'"):
        tagnorm.duckdb.register(connection, unresolved="loose")


def test_numbers_are_refused_by_name_and_type(connection) -> None:
    tagnorm.duckdb.register(connection)

    with pytest.raises(duckdb.BinderException, match=r"tagnorm_split\(INTEGER"):
        connection.sql("SELECT tagnorm_split(7)")
