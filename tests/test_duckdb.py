"""The SQL functions of DuckDB."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

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


@pytest.mark.parametrize("what", [None, ":memory:", Path("x.duckdb"), object()])
def test_what_is_no_connection_is_refused_by_its_type(what) -> None:
    with pytest.raises(TypeError, match=f"connection of DuckDB, got {type(what).__name__}"):
        tagnorm.duckdb.register(what)


@pytest.mark.parametrize("name", ["tagnorm_split", "tagnorm_status", "tagnorm_lookup"])
def test_a_name_that_is_taken_leaves_nothing_behind(name) -> None:
    connection = duckdb.connect()
    connection.execute(f"CREATE MACRO {name}(x) AS 'mine'")
    for _ in range(2):
        with pytest.raises(duckdb.CatalogException, match=name):
            tagnorm.duckdb.register(connection)
    assert connection.sql(f"SELECT {name}('PREL')").fetchall() == [("mine",)]
    connection.execute(f"DROP MACRO {name}")

    tagnorm.duckdb.register(connection)

    assert connection.sql("SELECT tagnorm_split('PGVO')").fetchall() == [(["PGOV"],)]


def test_numbers_are_refused_by_name_and_type(connection) -> None:
    tagnorm.duckdb.register(connection)

    with pytest.raises(duckdb.BinderException, match=r"tagnorm_split\(INTEGER"):
        connection.sql("SELECT tagnorm_split(7)")


def test_a_code_is_looked_up_by_tag_alias_or_name(connection) -> None:
    tagnorm.duckdb.register(connection)

    found = connection.sql(
        "SELECT tagnorm_lookup(what) FROM (VALUES ('kuwait'), ('Human Rights'), ('x y z'), (NULL)) "
        "AS asked(what)"
    ).fetchall()

    code = tagnorm.lookup("kuwait")
    assert found[0][0]["tag"] == code.tag
    assert found[0][0]["name"] == code.name
    assert found[0][0]["replaced_by"] is None
    assert found[1][0]["tag"] == "PHUM"
    assert found[2:] == [(None,), (None,)]


# What goes wrong with memory goes wrong at its own time: each of these runs in a process of its
# own, with the rubbish collected and other functions made in between.
_LIVES = {
    "a connection is closed and another of its database asks": """
        first = duckdb.connect(path)
        second = duckdb.connect(path)
        tagnorm.duckdb.register(first)
        first.close()
        disturb()
        assert ask(second) == KEPT
    """,
    "the only name for the connection is gone": """
        second = tagnorm.duckdb.register(duckdb.connect()).cursor()
        disturb()
        assert ask(second) == KEPT
    """,
    "a cursor registers and is closed": """
        connection = duckdb.connect()
        cursor = connection.cursor()
        tagnorm.duckdb.register(cursor)
        cursor.close()
        disturb()
        assert ask(connection) == KEPT
    """,
    "a connection and its cursor both register": """
        connection = tagnorm.duckdb.register(duckdb.connect())
        cursor = tagnorm.duckdb.register(connection.cursor(), unresolved="drop")
        disturb()
        assert ask(connection) == ask(cursor) == DROPPED
    """,
    "two connections of one file register in turn": """
        first = tagnorm.duckdb.register(duckdb.connect(path))
        second = tagnorm.duckdb.register(duckdb.connect(path), unresolved="drop")
        assert ask(first) == ask(second) == DROPPED
        tagnorm.duckdb.register(first)
        first.close()
        disturb()
        assert ask(second) == KEPT
    """,
    "the options change again and again": """
        connection = duckdb.connect()
        for _ in range(8):
            tagnorm.duckdb.register(connection, unresolved="drop", keep=["PGVO"])
            disturb()
            assert ask(connection) == [(["PREL"],)]
            tagnorm.duckdb.register(connection)
            disturb()
            assert ask(connection) == KEPT
    """,
    "a prepared view outlives a change of options": """
        connection = tagnorm.duckdb.register(duckdb.connect())
        connection.execute("CREATE VIEW clean AS SELECT tagnorm_split('PREL, PGVO, PELOSI') AS c")
        tagnorm.duckdb.register(connection, unresolved="drop")
        disturb()
        assert connection.sql("SELECT c FROM clean").fetchall() == DROPPED
    """,
    "registered in a transaction that is rolled back": """
        connection = duckdb.connect()
        connection.execute("CREATE TABLE rows (i INTEGER)")
        connection.begin()
        connection.execute("INSERT INTO rows VALUES (1)")
        tagnorm.duckdb.register(connection)
        assert not AT_ONCE or ask(connection) == KEPT
        connection.rollback()
        disturb()
        assert ask(connection) == KEPT
        assert connection.sql("SELECT count(*) FROM rows").fetchall() == [(0,)]
        tagnorm.duckdb.register(connection, unresolved="drop")
        assert ask(connection) == DROPPED
    """,
    "registered in a transaction that is committed": """
        connection = duckdb.connect()
        connection.execute("CREATE TABLE rows (i INTEGER)")
        connection.begin()
        connection.execute("INSERT INTO rows VALUES (1)")
        tagnorm.duckdb.register(connection)
        assert not AT_ONCE or ask(connection) == KEPT
        connection.commit()
        disturb()
        assert connection.sql("SELECT count(*) FROM rows").fetchall() == [(1,)]
        assert ask(connection) == KEPT
    """,
    "a file is closed, opened again and registered again": """
        for options, answer in (({}, KEPT), ({"unresolved": "drop"}, DROPPED)):
            with duckdb.connect(path) as connection:
                tagnorm.duckdb.register(connection, **options)
                assert ask(connection) == answer
            disturb()
    """,
    "a database that may only be read": """
        duckdb.connect(path).close()
        with duckdb.connect(path, read_only=True) as connection:
            assert ask(tagnorm.duckdb.register(connection)) == KEPT
    """,
    "databases have options of their own": """
        kept = tagnorm.duckdb.register(duckdb.connect())
        dropped = tagnorm.duckdb.register(duckdb.connect(), unresolved="drop")
        disturb()
        assert (ask(kept), ask(dropped)) == (KEPT, DROPPED)
    """,
    "threads register and ask at once": """
        connection = duckdb.connect()
        def work(number):
            cursor = connection.cursor()
            for _ in range(20):
                tagnorm.duckdb.register(cursor, unresolved=("keep", "drop")[number % 2])
                assert ask(cursor) in (KEPT, DROPPED)
            cursor.close()
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(work, range(8)))
        disturb()
        assert ask(tagnorm.duckdb.register(connection)) == KEPT
    """,
    "many rows in many threads of the database": """
        connection = tagnorm.duckdb.register(duckdb.connect())
        connection.execute("SET threads = 4")
        found = connection.sql(
            "SELECT count(*) FROM range(200000) AS t(i) "
            "WHERE tagnorm_split('PREL' || (i % 7)) IS NULL"
        ).fetchall()
        assert found == [(0,)]
    """,
}


@pytest.mark.parametrize("life", _LIVES.values(), ids=_LIVES)
@pytest.mark.slow
def test_functions_live_as_long_as_anything_can_call_them(life, tmp_path) -> None:
    program = textwrap.dedent(
        f"""
        import gc
        from concurrent.futures import ThreadPoolExecutor
        import duckdb, pyarrow
        import tagnorm.duckdb

        path = {str(tmp_path / "cables.duckdb")!r}
        KEPT = [(["PREL", "PGOV", "PELOSI"],)]
        DROPPED = [(["PREL", "PGOV"],)]
        others = []
        # A transaction that is running sees what is registered after it began.
        AT_ONCE = tuple(map(int, duckdb.__version__.split(".")[:2])) >= (1, 4)

        def ask(connection):
            return connection.sql("SELECT tagnorm_split('PREL, PGVO, PELOSI')").fetchall()

        def disturb():
            gc.collect()
            for _ in range(5):
                connection = duckdb.connect()
                other = lambda texts: pyarrow.chunked_array([["wrong"] * len(texts)])
                connection.create_function(
                    "other", other, ["VARCHAR"], "VARCHAR", type="arrow"
                )
                others.append(connection)
            del others[:]
            gc.collect()
        """
    ) + textwrap.dedent(life)

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr


def test_one_connection_may_be_used_by_threads_one_after_another(connection) -> None:
    tagnorm.duckdb.register(connection)

    def ask(_: int) -> list[tuple[int]]:
        with connection.cursor() as cursor:
            return cursor.sql("SELECT count(tagnorm_split(tags)) FROM cables").fetchall()

    with ThreadPoolExecutor(4) as pool:
        assert set(map(tuple, pool.map(ask, range(16)))) == {((3,),)}


def test_registering_twice_leaves_the_caller_s_transaction_alone(connection) -> None:
    connection.begin()
    connection.execute("INSERT INTO cables VALUES (9, 'ECON')")
    tagnorm.duckdb.register(connection)
    tagnorm.duckdb.register(connection, unique=True)
    connection.commit()

    assert connection.sql("SELECT count(*) FROM cables").fetchall() == [(5,)]
