"""Every type of Arrow beside the column, by every format that is written: what comes out."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from pyarrow import ipc

from tagnorm import Normalizer
from tagnorm.files import BadDataError, FormatError, clean_file

NORMALIZER = Normalizer()
DAY = 86_400
STRUCT = pa.struct([("a", pa.int8()), ("b", pa.timestamp("ns"))])


def of(kind: pa.DataType, value: object) -> pa.Array:
    return pa.array([value, None], kind)


def raw(kind: pa.DataType, value: int, width: int = 64) -> pa.Array:
    return pa.array([value, None], pa.int64() if width == 64 else pa.int32()).view(kind)


def union(mode: str) -> pa.Array:
    children = [pa.array([1, 2]), pa.array(["a", "b"])]
    types = pa.array([0, 1], pa.int8())
    if mode == "sparse":
        return pa.UnionArray.from_sparse(types, children)
    return pa.UnionArray.from_dense(types, pa.array([0, 1], pa.int32()), children)


# name: the column, its first cell in CSV, its first value in JSON, and what Parquet makes of it:
# "same" values, or "refused" with an error that names the column.
TYPES = {
    "null": (pa.nulls(2), "", None, "same"),
    "bool": (of(pa.bool_(), True), "true", True, "same"),
    "int8": (of(pa.int8(), -128), "-128", -128, "same"),
    "uint64": (of(pa.uint64(), 2**64 - 1), "18446744073709551615", 2**64 - 1, "same"),
    "float16": (of(pa.float32(), 1.5).cast(pa.float16()), "1.5", 1.5, "same"),
    "float32": (of(pa.float32(), 0.5), "0.5", 0.5, "same"),
    "float64": (of(pa.float64(), 1e300), "1e+300", 1e300, "same"),
    "nan": (of(pa.float64(), float("nan")), "nan", None, "same"),
    "decimal128": (of(pa.decimal128(9, 2), 1), "1.00", "1.00", "same"),
    "decimal256": (of(pa.decimal256(40, 1), 2), "2.0", "2.0", "same"),
    "string": (of(pa.string(), "é"), "é", "é", "same"),
    "large_string": (of(pa.large_string(), "x"), "x", "x", "same"),
    "string_view": (of(pa.string_view(), "x"), "x", "x", "same"),
    "binary": (of(pa.binary(), b"x\xff"), "78ff", "78ff", "same"),
    "large_binary": (of(pa.large_binary(), b"x\xff"), "78ff", "78ff", "same"),
    "fixed_binary": (of(pa.binary(2), b"x\xff"), "78ff", "78ff", "same"),
    "binary_view": (of(pa.binary_view(), b"x\xff"), "78ff", "78ff", "same"),
    "date32": (raw(pa.date32(), 0, 32), "1970-01-01", "1970-01-01", "same"),
    "date32, 10000": (raw(pa.date32(), 2932897, 32), "10000-01-01", "10000-01-01", "same"),
    "date32, far": (raw(pa.date32(), 50_000_000, 32), "138865-05-08", "138865-05-08", "same"),
    "date64": (raw(pa.date64(), DAY * 1000), "1970-01-02", "1970-01-02", "same"),
    "timestamp s": (
        raw(pa.timestamp("s"), 0), "1970-01-01 00:00:00", "1970-01-01T00:00:00", "same",
    ),
    "timestamp s, 10000": (
        raw(pa.timestamp("s"), 253402300800), "10000-01-01 00:00:00", "10000-01-01T00:00:00",
        "same",
    ),
    "timestamp s, far": (
        raw(pa.timestamp("s"), 10**13), "318857-05-20T17:46:40", "318857-05-20T17:46:40", "same",
    ),
    "timestamp us": (
        raw(pa.timestamp("us"), 1), "1970-01-01 00:00:00.000001", "1970-01-01T00:00:00.000001",
        "same",
    ),
    "timestamp ns": (
        raw(pa.timestamp("ns"), 1577880000123456789), "2020-01-01 12:00:00.123456789",
        "2020-01-01T12:00:00.123456789", "same",
    ),
    "timestamp zone": (
        raw(pa.timestamp("ns", "Europe/Paris"), 1), "1970-01-01 01:00:00.000000001+0100",
        "1970-01-01T01:00:00.000000001+01:00", "same",
    ),
    "time32": (raw(pa.time32("s"), 61, 32), "00:01:01", "00:01:01", "same"),
    "time64": (raw(pa.time64("ns"), 1500), "00:00:00.000001500", "00:00:00.000001500", "same"),
    "duration us": (raw(pa.duration("us"), 1500), "1500", "0:00:00.001500", "same"),
    "duration ns": (raw(pa.duration("ns"), 1500), "1500", "0:00:00.000001500", "same"),
    "duration, far": (
        raw(pa.duration("s"), 10**15), "1000000000000000", "1000000000000000 s", "same",
    ),
    "interval": (
        of(pa.month_day_nano_interval(), (1, 2, 3)), "P1M2DT0.000000003S", "P1M2DT0.000000003S",
        "refused",
    ),
    "list": (of(pa.list_(pa.int8()), [1, None]), "[1, null]", [1, None], "same"),
    "large_list": (of(pa.large_list(pa.string()), ["a"]), '["a"]', ["a"], "same"),
    "fixed_list": (of(pa.list_(pa.int8(), 2), [1, 2]), "[1, 2]", [1, 2], "same"),
    "list_view": (of(pa.list_view(pa.int8()), [1, 2]), "[1, 2]", [1, 2], None),
    "list of dates": (of(pa.list_(pa.date32()), [0]), '["1970-01-01"]', ["1970-01-01"], "same"),
    "struct": (
        of(STRUCT, {"a": 1, "b": 1}), '{"a": 1, "b": "1970-01-01T00:00:00.000000001"}',
        {"a": 1, "b": "1970-01-01T00:00:00.000000001"}, "same",
    ),
    "empty struct": (of(pa.struct([]), {}), "{}", {}, "refused"),
    "map": (of(pa.map_(pa.string(), pa.int8()), [("k", 1)]), '[["k", 1]]', [["k", 1]], "same"),
    "dictionary": (of(pa.string(), "x").dictionary_encode(), "x", "x", "same"),
    "dictionary int": (of(pa.int64(), 7).dictionary_encode(), "7", 7, "same"),
    "run_end_encoded": (pa.RunEndEncodedArray.from_arrays([1, 2], ["a", "b"]), "a", "a", "same"),
    "sparse union": (union("sparse"), "1", 1, "refused"),
    "dense union": (union("dense"), "1", 1, "refused"),
    "uuid": (
        pa.array([b"0123456789abcdef", None], pa.uuid()), "30313233-3435-3637-3839-616263646566",
        "30313233-3435-3637-3839-616263646566", "same",
    ),
}  # fmt: skip
FORMATS = ("csv", "tsv", "jsonl", "json", "parquet", "arrow", "arrows")


def source(folder: Path, column: pa.Array, names: tuple[str, str] = ("tags", "c")) -> Path:
    table = pa.table([pa.array(["PRELPGOV", "PGVO"]), column], names=list(names))
    with ipc.new_stream(folder / "in.arrows", table.schema) as writer:
        writer.write_table(table)
    return folder / "in.arrows"


def read(path: Path) -> pa.Table:
    if path.suffix == ".parquet":
        return pq.read_table(path)
    opened = (ipc.open_stream if path.suffix == ".arrows" else ipc.open_file)(path.read_bytes())
    return opened.read_all()


def plain(column: pa.Array) -> list[object]:
    if pa.types.is_run_end_encoded(column.type):
        column = pc.run_end_decode(column)
    if pa.types.is_temporal(column.type) and not pa.types.is_interval(column.type):
        unit = getattr(column.type, "unit", "ms" if pa.types.is_date64(column.type) else "day")
        size = {"s": 1000, "ms": 1, "us": 1, "ns": 1, "day": DAY * 1000}[unit]
        return [scalar.value * size if scalar.is_valid else None for scalar in column]
    return [str(scalar) if scalar.is_valid else None for scalar in column]


def keeps_in_parquet(column: pa.Array) -> bool:
    """Whether this version of PyArrow reads from Parquet what it writes there."""
    there = BytesIO()
    if pa.types.is_run_end_encoded(column.type):
        return True  # it is written decoded
    try:
        pq.write_table(pa.table({"c": column}), there)
        pq.read_table(BytesIO(there.getvalue()))
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):
        return False
    return True


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("explode", [False, True])
@pytest.mark.parametrize("name", TYPES)
def test_a_column_of_every_type_goes_into_every_format(tmp_path, name, explode, form):
    column, cell, value, in_parquet = TYPES[name]
    path, out = source(tmp_path, column), tmp_path / f"out.{form}"
    options = {"normalizer": NORMALIZER, "explode": explode}
    if form == "parquet" and in_parquet != "refused" and not keeps_in_parquet(column):
        # Older versions of PyArrow write no views, and do not read back what they write of others.
        try:
            pq.write_table(pa.table({"c": column}), tmp_path / "probe.parquet")
        except pa.ArrowNotImplementedError:
            in_parquet = "refused"
        else:
            pytest.skip(f"PyArrow {pa.__version__} cannot read what it writes of {column.type}")
    if form == "parquet" and in_parquet == "refused":
        with pytest.raises(FormatError, match=f"column 'c' is .* which {form} has no type for"):
            clean_file(path, out, **options)
        assert not out.exists()
        return
    clean_file(path, out, **options)
    rows = 3 if explode else 2
    if form in ("csv", "tsv"):
        mark = "," if form == "csv" else "\t"
        found = list(csv.reader(io.StringIO(out.read_text(), newline=""), delimiter=mark))
        assert len(found) == rows + 1
        assert found[1][1] == cell
    elif form in ("json", "jsonl"):
        text = out.read_text()
        found = json.loads(text) if form == "json" else [json.loads(x) for x in text.splitlines()]
        assert len(found) == rows
        assert found[0]["c"] == value
    else:
        found = read(out)
        assert found.num_rows == rows
        expected = plain(column)
        if not (name == "nan" or name.startswith("list_view")):
            after = plain(found["c"].combine_chunks())
            assert after == ([expected[0], *expected] if explode else expected)


def test_a_struct_with_two_fields_of_one_name_is_refused_for_json(tmp_path):
    one = pa.array([1, 2])
    column = pa.StructArray.from_arrays([one, one], names=["a", "a"])
    with pytest.raises(FormatError, match="column 'c' holds structs with two fields called 'a'"):
        clean_file(source(tmp_path, column), tmp_path / "out.jsonl", normalizer=NORMALIZER)


@pytest.mark.parametrize(
    "column",
    [
        pa.array(["PRELPGOV", None], pa.large_string()),
        pa.array(["PRELPGOV", None], pa.string_view()),
        pa.array([b"PRELPGOV", None], pa.binary()),
        pa.array([b"PRELPGOV", None], pa.large_binary()),
        pa.array([b"PRELPGOV", None], pa.binary_view()),
        pa.array([b"PRELPGOV", None], pa.binary(8)),
        pa.array(["PRELPGOV", None]).dictionary_encode(),
        pa.RunEndEncodedArray.from_arrays([1, 2], pa.array(["PRELPGOV", None])),
        pa.array([["PREL", None, "PGOV"], None], pa.list_(pa.string())),
        pa.array([["PREL", "PGOV"], None], pa.large_list(pa.large_string())),
        pa.array([["PREL", "PGOV"], None], pa.list_(pa.string(), 2)),
        pa.array([["PREL", "PGOV"], None], pa.list_view(pa.string())),
        pa.array([[b"PREL", b"PGOV"], None], pa.list_(pa.binary())),
    ],
    ids=lambda column: str(column.type),
)
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_text_and_lists_of_text_of_every_type_are_cleaned(tmp_path, column, form):
    path, out = source(tmp_path, column, ("x", "tags")), tmp_path / f"out.{form}"
    clean_file(path, out, normalizer=NORMALIZER)
    if form == "csv":
        assert out.read_text() == "x,tags\nPRELPGOV,PREL;PGOV\nPGVO,\n"
    else:
        assert read(out)["tags"].to_pylist() == [["PREL", "PGOV"], None]


@pytest.mark.parametrize("kind", [pa.float64(), pa.int64(), pa.null(), pa.date32(), pa.bool_()])
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_column_of_any_type_with_nothing_in_it_is_missing_throughout(tmp_path, kind, form):
    path, out = source(tmp_path, pa.nulls(2, kind), ("x", "tags")), tmp_path / f"out.{form}"
    (column,) = clean_file(path, out, normalizer=NORMALIZER).columns
    assert (column.empty, column.resolved) == (2, 0)


@pytest.mark.parametrize(
    "column",
    [
        pa.array([1, 2]),
        pa.array([None, 1.5]),
        pa.array([True, None]),
        pa.array([{"a": 1}, None]),
        pa.array([[1], None]),
        pa.array([b"\xff\xfe", None]),
        union("sparse"),
    ],
    ids=lambda column: str(column.type),
)
def test_what_is_no_text_is_refused_by_the_name_of_its_column(tmp_path, column):
    path = source(tmp_path, column, ("x", "tags"))
    with pytest.raises((FormatError, BadDataError), match=r"in\.\w+: column 'tags' is "):
        clean_file(path, tmp_path / "out.csv", normalizer=NORMALIZER)
    assert not (tmp_path / "out.csv").exists()


def test_a_dictionary_that_differs_by_part_goes_into_every_format(tmp_path):
    parts = [pa.array(part).dictionary_encode() for part in (["a", "b"], ["c", "a"])]
    schema = pa.schema([("tags", pa.string()), ("c", parts[0].type)])
    with pq.ParquetWriter(tmp_path / "in.parquet", schema) as writer:
        for part in parts:
            writer.write_table(pa.table([pa.array(["PREL", "PGVO"]), part], schema=schema))
    for form in FORMATS:
        out = tmp_path / f"out.{form}"
        clean_file(tmp_path / "in.parquet", out, normalizer=NORMALIZER)
        if form in ("parquet", "arrow", "arrows"):
            assert read(out)["c"].to_pylist() == ["a", "b", "c", "a"]
        elif form == "csv":
            assert out.read_text() == "tags,c\nPREL,a\nPGOV,b\nPREL,c\nPGOV,a\n"


@pytest.mark.parametrize("options", [{}, {"suffix": "_clean", "status": True}, {"explode": True}])
@pytest.mark.parametrize("index", [None, "tags", "n"])
def test_pandas_reads_what_was_cleaned_of_its_own(tmp_path, options, index):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"n": [1, 2], "tags": ["PRELPGOV", None]})
    if index:
        frame = frame.set_index(index)
    frame.to_parquet(tmp_path / "in.parquet")
    out = tmp_path / "out.parquet"
    clean_file(tmp_path / "in.parquet", out, normalizer=NORMALIZER, **options)
    found = pandas.read_parquet(out).reset_index()
    name = "tags" + str(options.get("suffix", ""))
    tags = [
        list(one) if hasattr(one, "__len__") and not isinstance(one, str) else one
        for one in found[name]
    ]
    missing = tags.pop()
    assert missing is None or missing != missing
    assert tags == (["PREL", "PGOV"] if options.get("explode") else [["PREL", "PGOV"]])


def test_a_wide_table_is_read_in_little_memory(tmp_path):
    names = [f"c{number}" for number in range(3000)]
    table = pa.table(
        [pa.array(["PREL"] * 200)] + [pa.array([1.5] * 200)] * 3000, names=["tags", *names]
    )
    pq.write_table(table, tmp_path / "in.parquet")
    pool = pa.default_memory_pool()
    before = pool.bytes_allocated()
    report = clean_file(tmp_path / "in.parquet", tmp_path / "out.arrow", normalizer=NORMALIZER)
    assert report.rows == 200
    assert pool.bytes_allocated() - before < 1 << 20
    assert read(tmp_path / "out.arrow").num_columns == 3001


@pytest.mark.slow
@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_the_command_writes_every_type_as_the_function_does(tmp_path, form):
    """The command hides libraries from PyArrow that it would load for some types, and does not."""
    columns = {
        name: one[0]
        for name, one in TYPES.items()
        if form != "parquet" or (one[3] == "same" and keeps_in_parquet(one[0]))
    }
    path = tmp_path / "in.arrows"
    table = pa.table({"tags": ["PRELPGOV", "PGVO"], **columns})
    with ipc.new_stream(path, table.schema) as writer:
        writer.write_table(table)
    here, there = tmp_path / f"here.{form}", tmp_path / f"there.{form}"
    clean_file(path, here, normalizer=NORMALIZER)
    command = [sys.executable, "-m", "tagnorm.cli", "clean", path, "-o", there, "-q"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert there.read_bytes() == here.read_bytes()
