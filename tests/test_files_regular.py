"""Blocks cut by one expression, and rows read one by one: the same bytes and the same counts."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tagnorm import Decisions, Normalizer
from tagnorm.decisions.store import Decision
from tagnorm.files import BadDataError, FormatError, clean_file, delimited
from tagnorm.files.bad_rows import BadRows
from tagnorm.files.delimited_columns import parse
from tagnorm.files.inputs import Input
from tagnorm.files.interface import Known
from tagnorm.files.regular_cells import RegularCells
from tagnorm.files.regular_members import RegularMembers

DECISIONS = Decisions(
    [
        Decision("ODD", ["A;B", 'q"', "back\\slash", "x,y"]),
        Decision("PGVO", ["ECON"]),
        Decision("MARPLE, JANE", ["OVIP"]),
    ]
)
NORMALIZER = Normalizer(decisions=DECISIONS)
OPTIONS = st.fixed_dictionaries(
    {
        "explode": st.booleans(),
        "status": st.booleans(),
        "unique": st.booleans(),
        "weighed": st.booleans(),
        "min_confidence": st.sampled_from([0.0, 0.8]),
        "suffix": st.sampled_from(["", "_clean"]),
        "unresolved": st.sampled_from(["keep", "drop"]),
        "separator": st.sampled_from([";", "|", ", "]),
        "on_error": st.sampled_from(["report", "stop"]),
    }
)
FIELDS = st.sampled_from(
    [
        "PRELPGOV",
        "PREL, PGVO",
        "",
        "ODD",
        "MARPLE, JANE",
        "PELOSI é",
        "ECON;ECON",
        " ",
        "PREL\tPGOV",
        "prel",
        "KWHG kwhg",
        "Kwhg; KWHG, KWHG",
        "PELOSI PELOSI",
        "PREL ALIREZA",
        "PELOSI, ECOM",
        "ﬁsh, FISH",
    ]
)


def outcome(folder: Path, name: str, raw: bytes, options: dict[str, object]) -> object:
    (folder / name).write_bytes(raw)
    out = folder / f"out.{name}"
    try:
        report = clean_file(folder / name, out, normalizer=NORMALIZER, **options)
    except (BadDataError, FormatError) as error:
        return str(error)
    return out.read_bytes(), report.rows, [column.as_dict() for column in report.columns]


def both(
    tmp_path_factory: pytest.TempPathFactory, name: str, raw: bytes, options: dict[str, object]
) -> tuple[object, object]:
    folder = tmp_path_factory.mktemp("regular")
    fast = outcome(folder, name, raw, options)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RegularCells, "clean", lambda *_: None)
        patch.setattr(RegularMembers, "clean", lambda *_: None)
        slow = outcome(folder, name, raw, options)
    return fast, slow


CELL = st.one_of(
    st.text('ab,\t"\n\ré ', max_size=6),
    st.text("ab é", max_size=6).map(lambda text: text),
)


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    rows=st.lists(
        st.tuples(CELL.map(quoted) | st.text("abé ", max_size=5), FIELDS, FIELDS, st.booleans()),
        max_size=6,
    ),
    tail=st.text('a,"\n\r', max_size=8),
    ends=st.sampled_from(["\n", "\r\n", "\r"]),
    place=st.sampled_from([0, 1, 2]),
    columns=st.sampled_from([["tags"], ["tags", "more"]]),
    form=st.sampled_from(["csv", "tsv"]),
    options=OPTIONS,
)
@pytest.mark.slow
def test_cells_are_the_same(tmp_path_factory, rows, tail, ends, place, columns, form, options):
    mark = "\t" if form == "tsv" else ","
    lines = []
    for title, tags, more, is_quoted in [("x", "tags", "more", False), *rows]:
        needs = is_quoted or any(c in tags + more for c in ',\t"\n\r')
        cells = [quoted(one) if needs else one for one in (tags, more)]
        cells.insert(place, title)
        lines.append(mark.join(cells) + ends)
    raw = ("".join(lines) + tail + ("\n" if tail else "")).encode()
    if len(columns) > 1:
        options = {**options, "explode": False}
    fast, slow = both(
        tmp_path_factory,
        f"in.{form}",
        raw,
        {**options, "columns": columns, "delimiter": mark, "quote": '"', "encoding": "utf-8"},
    )
    assert fast == slow


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(FIELDS, min_size=1, max_size=6), options=OPTIONS)
@pytest.mark.slow
def test_a_file_of_one_column_is_the_same(tmp_path_factory, rows, options):
    raw = ("tags\n" + "".join(quoted(row) + "\n" for row in rows)).encode()
    fast, slow = both(tmp_path_factory, "in.csv", raw, {**options, "delimiter": ","})
    assert fast == slow


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=4,
)
OBJECTS = st.dictionaries(
    st.sampled_from(["id", "n", "tag", "é", 'q"', "tags2"]), VALUES, max_size=3
)
TAGS = st.one_of(
    FIELDS, st.none(), st.lists(FIELDS | st.none(), max_size=3), st.integers(), st.text(max_size=4)
)


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    rows=st.lists(
        st.tuples(
            OBJECTS, st.booleans(), TAGS, OBJECTS, st.booleans(), st.sampled_from([", ", ","])
        ),
        max_size=6,
    ),
    junk=st.sampled_from(["", "", "", "\n", "{", '{"tags": "PREL"', '{"tags": "PREL"} x', "[1]\n"]),
    columns=st.sampled_from([["tags"], ["tags", "id"]]),
    options=OPTIONS,
)
@example(
    rows=[({}, True, "PREL", {"tags2": [{"tags": "PGVO"}]}, True, ", ")],
    junk="",
    columns=["tags"],
    options={},
)
@pytest.mark.slow
def test_members_are_the_same(tmp_path_factory, rows, junk, columns, options):
    lines = []
    for before, has_tags, tags, behind, is_ascii, comma in rows:
        row = {**before, **({"tags": tags} if has_tags else {}), **behind}
        lines.append(json.dumps(row, ensure_ascii=is_ascii, separators=(comma, ": ")) + "\n")
    raw = ("".join(lines) + junk).encode(errors="surrogatepass")
    if len(columns) > 1:
        options = {**options, "explode": False}
    fast, slow = both(tmp_path_factory, "in.jsonl", raw, {**options, "columns": columns})
    assert fast == slow


@pytest.mark.parametrize(
    "line",
    [
        '{"tags": "PREL", "tags": "PGVO"}',
        '{"t\\u0061gs": "PREL", "tags": "PGVO"}',
        '{"x": {"tags": "PREL"}, "tags": "PGVO"}',
        '{"x": "\\"tags\\": \\"PREL\\"", "tags": "PGVO"}',
        '{"tags": ["PREL", "\\u0050GVO", null]}',
        '{"tags": []}',
        '{"tags": "a\\ud800b"}',
        '{"tags": 5}',
        '{"tags": {"a": 1}}',
        '{"tags": "PREL",}',
        '{"tags": "PREL" "x": 1}',
        '{"tags": "PREL", "n": 01}',
        '{"tags": "PREL", "n": NaN}',
        '  { "tags" : "PREL" , "n" : 1e5 }  ',
        "{}",
        "null",
    ],
)
def test_a_line_of_json_is_the_same(tmp_path_factory, line):
    raw = f'{{"tags": "ECON"}}\n{line}\n{{"tags": "PGVO"}}\n'.encode()
    for options in ({"on_error": "report"}, {"on_error": "report", "explode": True}, {}):
        fast, slow = both(tmp_path_factory, "in.jsonl", raw, options)
        assert fast == slow


def test_regular_blocks_are_cleaned_without_reading_rows(tmp_path, monkeypatch):
    """The way that is meant to be fast is the one that is taken."""

    def no_rows(*_: object) -> None:
        raise AssertionError("a row was read")

    monkeypatch.setattr("tagnorm.files.delimited.DelimitedReader.rows_of", no_rows)
    monkeypatch.setattr("tagnorm.files.line_cleaning.JsonPieces.of", no_rows)
    (tmp_path / "a.csv").write_text('id,tags,x\n1,"PREL, PGVO","a ""b"", c"\n2,,é\n')
    clean_file(tmp_path / "a.csv", tmp_path / "b.csv", normalizer=Normalizer())
    assert (tmp_path / "b.csv").read_text() == ('id,tags,x\n1,"PREL;PGOV","a ""b"", c"\n2,,é\n')
    (tmp_path / "a.jsonl").write_text('{"n": [1, 2], "tags": "PGVO"}\n{"n": 2}\n')
    clean_file(tmp_path / "a.jsonl", tmp_path / "b.jsonl", normalizer=Normalizer())
    assert (tmp_path / "b.jsonl").read_text() == '{"n": [1, 2], "tags": ["PGOV"]}\n{"n": 2}\n'


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "a.csv",
            'id,tags,x\n1,"PREL, PGVO","a ""b"", c"\n2,,é\n\n3,PREL,"\nx"',
            [
                {"id": "1", "tags": ["PREL", "PGOV"], "x": 'a "b", c'},
                {"id": "2", "tags": [], "x": "é"},
                {"id": "3", "tags": ["PREL"], "x": "\nx"},
            ],
        ),
        ("a.csv", 'tags\nPGVO\n\nPREL\n""', [{"tags": t} for t in (["PGOV"], [], ["PREL"], [])]),
        (
            "a.jsonl",
            '{"tags": "PGVO", "n": 1, "s": "é"}\n\n{"n": null, "s": "a"}\n{"tags": ["PREL", ""]}\n',
            [
                {"tags": ["PGOV"], "n": 1, "s": "é"},
                {"tags": None, "n": None, "s": "a"},
                {"tags": ["PREL"], "n": None, "s": None},
            ],
        ),
        (
            "a.jsonl",
            '{"tags": "PGVO", "n": 1}\n{"tags": null, "n": 9007199254740993}\n',
            [{"tags": ["PGOV"], "n": 1}, {"tags": None, "n": 9007199254740993}],
        ),
        (
            "a.jsonl",
            '{"tags": "PGVO", "n": 1.5}\n{"n": -0.5}\n',
            [{"tags": ["PGOV"], "n": 1.5}, {"tags": None, "n": -0.5}],
        ),
    ],
)
def test_regular_blocks_become_columns_without_reading_rows(
    tmp_path, monkeypatch, name, text, expected
):
    def no_rows(*_: object) -> None:
        raise AssertionError("a row was read")

    monkeypatch.setattr("tagnorm.files.delimited.DelimitedReader.rows_of", no_rows)
    monkeypatch.setattr("tagnorm.files.json_columns._row_by_row", no_rows)
    monkeypatch.setattr("tagnorm.files.json_rows.JsonReader.parsed", no_rows)
    (tmp_path / name).write_text(text)
    clean_file(tmp_path / name, tmp_path / "b.parquet", normalizer=Normalizer())

    assert pq.read_table(tmp_path / "b.parquet").to_pylist() == expected


def test_no_thread_holds_what_a_block_was_read_from(tmp_path):
    # At the end of the interpreter a thread that lets go of Python's memory aborts the process.
    file = tmp_path / "in.csv"
    file.write_text("id,tags\n1,PREL\n")
    with Input(file) as source:
        reader = delimited.open_reader(source, Known(("tags",)), BadRows("in.csv", "stop"))
        held = []
        for size in (1, 200_000):
            block = b"1,PREL\n" * size
            alone = sys.getrefcount(block)
            for _ in range(50):
                assert sum(batch.num_rows for batch in parse(reader, block)) == size
                held.append(sys.getrefcount(block) - alone)

    assert set(held) == {0}


@pytest.mark.parametrize("ending", ["jsonl", "csv"])
def test_a_decision_about_a_whole_field_holds_in_rows_cut_by_one_expression(
    tmp_path, ending
) -> None:
    rows = ["MARPLE, JANE", "PREL"]
    raw, out = tmp_path / "in.jsonl", tmp_path / f"out.{ending}"
    raw.write_text("".join(json.dumps({"tags": row}) + "\n" for row in rows))

    clean_file(raw, out, normalizer=NORMALIZER)

    assert "OVIP" in out.read_text()
    assert "MARPLE" not in out.read_text()
