"""JSON lines by Arrow's parser: the same rows as by Python's, whatever stands in them."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tagnorm.errors import BadDataError
from tagnorm.files import clean_file
from tagnorm.files.bad_rows import BadRows
from tagnorm.files.inputs import Input
from tagnorm.files.interface import Known
from tagnorm.files.json_lines import open_reader
from tagnorm.files.json_tables import table_of

TEXTS = st.one_of(
    st.text(max_size=4),
    st.sampled_from(["2020-01-01", "2020-01-01T00:00:00", "12:30", "\ud800", "\x00", '"}\n{"', ""]),
)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([0, -0.0, 1 << 53, -(1 << 53) - 1, (1 << 63) - 1, 1 << 63, -(1 << 63), 1e300]),
    st.integers(),
    st.floats(),
    TEXTS,
    st.lists(st.none() | TEXTS, max_size=2),
    st.dictionaries(st.sampled_from("ab"), st.integers(), max_size=2),
)
ROWS = st.dictionaries(st.sampled_from(["id", "tags", "n", "é"]), VALUES, max_size=4)
# Whole columns of one kind, as most files have them.
KINDS = st.sampled_from([st.booleans(), st.integers(-5, 5), st.floats(0, 1), TEXTS])
REGULAR = KINDS.flatmap(
    lambda kind: st.lists(
        st.fixed_dictionaries({"tags": st.none() | TEXTS}, optional={"n": st.none() | kind}),
        max_size=5,
    )
)


def read(path: str) -> object:
    """The columns of a file, its rows, what could not be decoded, and how many rows are bad."""
    bad = BadRows(path, "report")
    with Input(path, None) as source:
        reader = open_reader(source, Known(("tags",)), bad)
        schema = reader.schema()
        batches = list(reader.batches())
    rows = [row for batch in batches for row in batch.rows.to_pylist()]
    return schema, repr(rows), [batch.damaged for batch in batches], bad.count


@given(
    rows=st.one_of(REGULAR, st.lists(ROWS, max_size=5)),
    joint=st.sampled_from(["\n", "\n", "\n", "\r\n", " ", "\n\n", "\n "]),
    is_ascii=st.booleans(),
)
@example([{"tags": "2020-01-01"}, {"tags": "PREL"}], "\n", True)
@example([{"tags": "PREL", "n": 1}, {"tags": "PREL", "n": 0.5}], "\n", True)
@example([{"tags": ["PREL", None]}, {"n": []}], "\n", True)
def test_arrow_reads_json_lines_as_python_does(tmp_path_factory, rows, joint, is_ascii) -> None:
    path = tmp_path_factory.mktemp("json") / "raw.jsonl"
    texts = [json.dumps(row, ensure_ascii=is_ascii) for row in rows]
    path.write_bytes("".join(f"{text}{joint}" for text in texts).encode(errors="surrogatepass"))

    found = read(str(path))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tagnorm.files.json_columns.table_of", lambda lines, schema=None: None)
        expected = read(str(path))

    assert expected == found


@pytest.mark.parametrize(
    "block",
    [
        b'{"a": 1} {"a": 2}\n',
        b'{"a":\n1} {"a": 2}\n',
        b'{"a": 1, "a": 2}\n',
        b'{"a": "\\ud800"}\n',
        b'{"a": "\xff"}\n',
        b'{"a": 1}\r\n',
        b'{"a": 1}\n\n{"a": 2}\n',
        b'{"a": 1}\n{"a": "x"}\n',
        b'{"a": 1}',
        b"",
    ],
)
def test_what_is_not_one_object_a_line_is_left_to_python(block) -> None:
    assert table_of(block) is None


def test_regular_lines_are_read_by_arrow(tmp_path, monkeypatch) -> None:
    path = tmp_path / "raw.jsonl"
    path.write_text('{"id": 7, "day": "2020-01-01", "tags": "PREL"}\n' * 3)
    monkeypatch.setattr("tagnorm.files.json_rows.objects_of", None)

    schema, rows, _, _ = read(str(path))

    assert [str(kind) for kind in schema.types] == ["int64", "string", "string"]
    assert rows == repr([{"id": 7, "day": "2020-01-01", "tags": "PREL"}] * 3)


@pytest.mark.parametrize("to", ["csv", "jsonl", "json", "parquet"])
@pytest.mark.parametrize(
    ("ending", "content"),
    [
        ("jsonl", b'{"a": "x", "tags": "PREL"}\n{"a": "%s", "tags": "PGVO"}\n'),
        ("json", b'[{"a": "x", "tags": "PREL"},\n{"a": "%s", "tags": "PGVO"}]\n'),
        # As a member that another of its name stands for, as a name, and deep within.
        ("jsonl", b'{"a": "x", "tags": "PREL"}\n{"a": "%s", "a": "y", "tags": "PGVO"}\n'),
        ("jsonl", b'{"a": "x", "tags": "PREL"}\n{"a": "y", "%s": null, "tags": "PGVO"}\n'),
        ("jsonl", b'{"a": {"b": 1}, "tags": "PREL"}\n{"a": {"b": ["%s"]}, "tags": "PGVO"}\n'),
    ],
)
def test_bytes_that_are_no_text_make_a_bad_row_wherever_they_stand(tmp_path, ending, content, to):
    source, output = tmp_path / f"raw.{ending}", tmp_path / f"out.{to}"
    source.write_bytes(content.replace(b"%s", b"\xff"))
    with pytest.raises(BadDataError, match=f"raw.{ending}:2: holds bytes that are not utf-8"):
        clean_file(source, output, columns=["tags"])
    assert not output.exists()
    report = clean_file(source, output, columns=["tags"], on_error="report")
    assert [row.line for row in report.bad_rows] == [2]

    source.write_bytes(content.replace(b"%s", "é".encode()))
    assert clean_file(source, output, columns=["tags"]).rows == 2


def test_bad_rows_of_several_kinds_are_listed_in_the_order_of_the_file(tmp_path):
    source = tmp_path / "raw.jsonl"
    kinds = ['{"tags": "PREL"}', '{"tags": 5}', "{bad", "[1]", '{"tags": "\\ud800"}']
    source.write_text("".join(f"{line}\n" for line in kinds * 3))
    report = clean_file(source, tmp_path / "out.jsonl", columns=["tags"], on_error="report")
    lines = [row.line for row in report.bad_rows]
    assert lines == sorted(lines)
    assert {2, 3, 4, 7, 8, 9, 12, 13, 14} <= set(lines)
