"""Where one thing ends and another begins: the last that is listed, the first that is too long."""

from __future__ import annotations

import datetime
import gzip
import io
import json
import re

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tagnorm.encodings import Encoding
from tagnorm.errors import BadDataError, FormatError
from tagnorm.files import clean_file, read_column
from tagnorm.files.arrow_values import text_of, values_of
from tagnorm.files.bad_rows import BadRows
from tagnorm.files.blocks import Blocks, line_count, whole_letters
from tagnorm.files.dialects import Dialect, _rows, check_mark, detect_dialect
from tagnorm.files.distinct_count import DistinctCount
from tagnorm.files.inputs import Input
from tagnorm.files.json_members import members, read_float, read_int
from tagnorm.files.names import check_columns
from tagnorm.files.report import ColumnReport, Report

# What is said of the columns that are there.
THERE = "name one of its columns with column"


class TestBadRows:
    def test_the_first_thousand_are_listed_and_all_are_counted(self):
        rows = BadRows("x.csv", "report")
        for line in range(1, 1003):
            rows.add(line, "is bad", "x" * 501)

        assert rows.count == 1002
        assert [row.line for row in rows.listed] == list(range(1, 1001))
        assert rows.listed[0].raw == "x" * 500

    def test_the_first_are_listed_in_whatever_order_they_are_found(self):
        rows = BadRows("raw.jsonl", "report")
        for line in [*range(600, 2000, 2), *range(1, 600), 601, 5]:
            rows.add(line, "is bad", f"row {line}")
        assert rows.count == 1301
        lines = [*range(1, 6), 5, *range(6, 601), 601, *range(602, 1398, 2)]
        assert [row.line for row in rows.listed] == lines
        assert len(lines) == 1000
        assert all(row.raw == f"row {row.line}" for row in rows.listed)

    def test_one_that_stops_the_work_is_named_with_its_line_and_the_remedy(self):
        with pytest.raises(BadDataError) as caught:
            BadRows("x.csv", "stop").add(7, "is bad", "x")

        assert caught.value.line == 7
        assert str(caught.value) == (
            "x.csv:7: is bad; mend the row, or pass on_error='report' to carry it through and go on"
        )


@pytest.mark.parametrize(
    ("names", "has_cells", "message"),
    [
        ([], True, "f: has no column 'tags'; its columns are: none"),
        ([], False, "f: has no column 'tags'; its columns are: none"),
        ([""], False, f"f: has no column 'tags'; {THERE}: ''"),
        (
            ["a;b"],
            True,
            f"f: has no column 'tags'; {THERE}: a;b; if its cells are parted by something "
            "else, say by what with delimiter",
        ),
        (["a;b"], False, f"f: has no column 'tags'; {THERE}: a;b"),
        (["a", "b"], True, f"f: has no column 'tags'; {THERE}: a, b"),
        (
            ['{"a":1', "b"],
            True,
            f"f: has no column 'tags'; {THERE}: {{\"a\":1, b; if this is JSON, say so with "
            "from_format='jsonl'",
        ),
        (
            ["["],
            True,
            f"f: has no column 'tags'; {THERE}: [; if this is JSON, say so with from_format='json'",
        ),
        (["[a]"], False, f"f: has no column 'tags'; {THERE}: [a]"),
        (["x" * 60], False, f"f: has no column 'tags'; {THERE}: {'x' * 60}"),
        (["x" * 61], False, f"f: has no column 'tags'; {THERE}: {'x' * 57}..."),
        (["x"] * 20, False, f"f: has no column 'tags'; {THERE}: {', '.join('x' * 20)}"),
        (
            ["x"] * 21,
            False,
            f"f: has no column 'tags'; {THERE}: {', '.join('x' * 20)}, ...",
        ),
        (
            ["a", "TAGS  "],
            True,
            "f: has no column 'tags', but one 'TAGS  '; name it so: column='TAGS  '",
        ),
        (
            ["a", "\ufeffTags"],
            True,
            r"f: has no column 'tags', but one '\ufeffTags'; name it so: column='\ufeffTags'",
        ),
        (
            ["ta\u200bgs", "tags\u00ad"],
            True,
            r"f: has no column 'tags', but 'ta\u200bgs' and 'tags\xad'; name the one that is meant "
            "with column",
        ),
        (["tags", "a", "tags"], True, "f: has several columns 'tags'; rename all but one"),
    ],
)
def test_a_column_that_is_not_there_is_told_with_those_that_are(names, has_cells, message):
    with pytest.raises(FormatError) as caught:
        check_columns("f", names, ["tags"], has_cells=has_cells)

    assert str(caught.value) == message


def test_a_column_that_is_there_once_will_do_whatever_else_is_there_twice():
    check_columns("f", ["tags", "a", "a"], ["tags"])


def report(column, **others):
    return Report("in.csv", "out.csv", "csv", 2_000, 0.5, True, [column], **others)


class TestReport:
    COLUMN = ColumnReport("tags", 1_234, True, 1_500, 300, 200, 1_000)

    def test_the_summary_says_shares_of_the_rows_that_are_not_empty(self):
        assert list(report(self.COLUMN).lines()) == [
            "2,000 rows in 0.5 s, 4,000 a second; csv",
            "tags: 1,234 distinct, 1,500 resolved (75.0%), 300 doubtful (15.0%), "
            "200 unresolved (10.0%), 1,000 empty",
        ]

    def test_without_weights_nobody_knows_what_is_doubtful(self):
        found = Report("a", "b", "csv", 3, 0.0, False, [ColumnReport("t", 9, False, 1, 0, 2, 0)])

        assert list(found.lines()) == [
            "3 rows in 0.0 s, 0 a second; csv",
            "t: about 9 distinct, 1 resolved or doubtful (33.3%), 2 unresolved (66.7%), 0 empty",
        ]

    def test_an_empty_column_has_no_shares_and_none_was_counted(self):
        found = Report("a", "b", "csv", 3, 0.0, True, [ColumnReport("t", None, True, 0, 0, 0, 3)])

        assert list(found.lines())[1] == "t: 0 resolved, 0 doubtful, 0 unresolved, 3 empty"
        assert found.share_resolved == 1.0

    def test_the_share_counts_doubtful_fields_and_bad_rows(self):
        rows = BadRows("in.csv", "report")
        rows.add(12, "is bad", "x,y")
        found = report(self.COLUMN, bad_row_count=1_000, bad_rows=rows.listed)

        assert found.share_resolved == 1_800 / 3_000
        assert list(found.lines())[2:] == ["bad rows: 1,000; the first, line 12: is bad"]
        assert found.as_dict() == {
            "source": "in.csv",
            "output": "out.csv",
            "read_as": "csv",
            "rows": 2_000,
            "seconds": 0.5,
            "share_resolved": 0.6,
            "columns": {
                "tags": {
                    "distinct": 1_234,
                    "distinct_is_exact": True,
                    "rows": {"resolved": 1_500, "doubtful": 300, "unresolved": 200, "empty": 1_000},
                    "statuses": {},
                    "words": [],
                    "rows_with_unlisted_words": 0,
                }
            },
            "bad_rows": 1_000,
            "bad_rows_listed": [{"line": 12, "message": "is bad", "raw": "x,y"}],
        }

    def test_words_are_listed_with_all_that_is_known_of_them(self, tmp_path):
        rows = ["PELOSI"] * 3 + ["KWHG"] * 2 + ["PREL", "GOVP PGOV"]
        raw, saved = tmp_path / "raw.csv", tmp_path / "report.tsv"
        raw.write_text("tags\n" + "\n".join(rows) + "\n")
        found = clean_file(raw, tmp_path / "out.csv", weighed=True)
        found.save(saved)
        header, *lines = saved.read_text().splitlines()

        columns = "column raw rows state status tags confidence alternatives line message"
        assert header.split("\t") == columns.split()
        assert [line.split("\t")[:4] for line in lines] == [
            ["tags", "PELOSI", "3", "unresolved"],
            ["tags", "KWHG", "2", "doubtful"],
            ["tags", "GOVP", "1", "unresolved"],
        ]
        for line, word in zip(lines, found.columns[0].words, strict=True):
            cells = line.split("\t")
            said = word.as_dict()
            assert cells[6] == f"{word.answer.confidence:.4f}"
            assert said["confidence"] == round(word.answer.confidence, 6)
            assert cells[7].count(" | ") == max(len(said["alternatives"]) - 1, 0)

    def test_bad_rows_stand_behind_the_words_of_a_table(self, tmp_path):
        raw, saved = tmp_path / "raw.csv", tmp_path / "report.tsv"
        raw.write_text("id,tags\n1,KWHG\n2\n3,PREL\tx,y\n4,PREL\n")
        clean_file(raw, tmp_path / "out.csv", weighed=True, on_error="report").save(saved)
        header, *lines = [line.split("\t") for line in saved.read_text().splitlines()]
        bad = [dict(zip(header, line, strict=True)) for line in lines if line[3] == "bad"]

        assert [(row["line"], row["raw"], row["message"]) for row in bad] == [
            ("3", "2", "1 cell, but 2 columns"),
            ("4", r"3,PREL\tx,y", "3 cells, but 2 columns"),
        ]

    def test_so_many_words_are_listed_and_the_rows_of_others_counted(self, tmp_path, monkeypatch):
        monkeypatch.setattr("tagnorm.files.report._MOST_LISTED", 2)
        raw = tmp_path / "raw.csv"
        raw.write_text("tags\nPELOSI\nPELOSI\nMARPLE\nMARPLE\nHOLMES\nPOIROT\n")
        found = clean_file(raw, tmp_path / "out.csv", weighed=True)

        assert [word.answer.raw for word in found.columns[0].words] == ["MARPLE", "PELOSI"]
        assert found.columns[0].unlisted == 2


class TestDistinct:
    def test_as_many_and_a_half_are_held_before_it_is_an_estimate(self):
        seen = DistinctCount(kept=10)
        texts = [b"%d" % number for number in range(16)]
        seen.add(texts[:15])
        assert (seen.count, seen.is_exact) == (15, True)

        seen.add(texts[15:])
        assert not seen.is_exact

    def test_an_estimate_is_the_same_in_every_run_and_counts_no_text_twice(self):
        seen = DistinctCount(kept=100)
        for _ in range(3):
            seen.add([b"%d" % number for number in range(5_000)])

        assert seen.count == 5_071


class TestDialects:
    @pytest.mark.parametrize(
        ("sample", "expected"),
        [
            # The columns that are wanted decide, before the rows that are alike.
            ("a;tags\n1,2,3\n", Dialect(";")),
            # Of several, that by which most rows have as many cells as the header.
            ("id,tags,a;tags\nx;1,2\ny;3\n", Dialect(";")),
            ("tags,id;tags,x\n1,2,3\n4,5,6\n", Dialect(",")),
            # Of equals the first; the last row may be cut off by the end of the sample.
            ("tags\nx\n", Dialect(",")),
            ("a,b;c\n1,2;3\n", Dialect(",")),
            ("'tags','id'\n'a, b','c'\n'd','e'\n", Dialect(",", "'")),
        ],
    )
    def test_the_best_of_them_is_found(self, sample, expected):
        assert detect_dialect(sample, ["tags"], delimiter=None, quote=None) == expected

    def test_what_lies_behind_two_hundred_rows_is_not_looked_at(self):
        rows = "tags,x|tags\n" + "1,2\n" * 100 + "1|2\n" * 99 + "1|2\n" * 500

        assert detect_dialect(rows, ["tags"], delimiter=None, quote=None) == Dialect(",")
        assert len(list(_rows(rows, ",", '"'))) == 200

    def test_a_cell_more_or_less_in_a_row_of_three_hundred_decides_nothing(self):
        rows = "tags,x|tags\n" + "1,2|3\n" * 197 + "1|2\n"

        assert detect_dialect(rows, ["tags"], delimiter=None, quote=None) == Dialect(",")

    def test_both_marks_cannot_be_one(self):
        with pytest.raises(FormatError, match="are both '\"'; they must differ"):
            detect_dialect("a", ["a"], delimiter='"', quote='"')

    @pytest.mark.parametrize(
        ("name", "mark", "expected"),
        [
            ("delimiter", "\\t", "\t"),
            ("delimiter", "tab", "\t"),
            ("quote", "none", ""),
            ("quote", "", ""),
            ("delimiter", "\ud7ff", "\ud7ff"),
            ("delimiter", "\ue000", "\ue000"),
            ("delimiter", "", None),
            ("delimiter", "none", None),
            ("delimiter", ",,", None),
            ("delimiter", "\ud800", None),
            ("delimiter", "\udfff", None),
            ("quote", "\n", None),
            ("quote", "\0", None),
        ],
    )
    def test_a_mark_is_one_character_that_can_part_cells(self, name, mark, expected):
        if expected is None:
            with pytest.raises(FormatError, match=f"cannot be a {name}; it takes one character"):
                check_mark(name, mark)
        else:
            assert check_mark(name, mark) == expected

    def test_a_value_that_needs_quotes_is_shown_if_there_are_none(self):
        for value, shown in (
            ("," * 60, repr("," * 60)),
            ("," * 61, repr("," * 57 + "...")),
        ):
            with pytest.raises(FormatError) as caught:
                Dialect(",", "").cell(value)
            assert str(caught.value) == f"{shown} cannot be a cell of a file without quotes"

    @pytest.mark.parametrize("raw", ['"', '"a', '"a"b', '"a""', 'a"b"', '""a"'])
    def test_a_quote_that_opens_no_cell_is_a_letter(self, raw):
        assert Dialect(",").value(raw) == raw
        assert Dialect(",", "").value('"a"') == '"a"'


class TestInput:
    def test_it_is_read_as_much_at_a_time_as_is_asked_for_and_knows_where_it_is(self, tmp_path):
        path = tmp_path / "a.csv"
        path.write_bytes(bytes(range(65, 91)) * 400)
        with Input(path) as source:
            assert source.size == 10_400
            assert source.position() == 0
            assert source.read(3) == b"ABC"
            assert source.position() == 3
            assert source.read(10_000)[:1] == b"D"  # as much as was looked at before
            while source.read(5_000):
                pass
            assert source.position() == 10_400
            source.rewind()
            assert (source.position(), source.read(2)) == (0, b"AB")
            assert source.seekable().read(3) == b"ABC"

    def test_a_pipe_is_kept_to_be_read_again_and_has_no_size(self, monkeypatch):
        data = b"tags\n" + b"PREL\n" * 3_000
        pipe = io.BytesIO(data)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(pipe))
        with Input("-") as source:
            assert (source.name, source.size, source.position()) == ("standard input", None, 0)
            source.keep()
            source.keep()
            assert source.read(4) == b"tags"
            source.rewind()
            parts = iter(lambda: source.read(5_000), b"")
            assert b"".join(parts) == data
            assert source.position() == 0
        assert not pipe.closed

    @pytest.mark.parametrize("factor", [1, 2])
    def test_what_unpacks_to_more_than_a_file_does_is_a_bomb(self, tmp_path, monkeypatch, factor):
        monkeypatch.setattr("tagnorm.files.packing._BOMB_BYTES", 1 << 16)
        monkeypatch.setattr("tagnorm.files.packing._BOMB_RATIO", 10)
        path = tmp_path / "a.csv.gz"
        path.write_bytes(gzip.compress(b"x" * ((1 << 16) * factor)))
        with Input(path) as source:
            if factor == 1:
                assert len(source.read(1 << 17)) == 1 << 16
            else:
                with pytest.raises(BadDataError, match="more than 10 times its size"):
                    source.read(1 << 18)


class TestBlocks:
    @staticmethod
    def blocks(tmp_path, text, quote='"', head=0):
        path = tmp_path / "a.csv"
        path.write_bytes(text)
        source = Input(path)
        return source, Blocks(source, Encoding("utf-8"), quote, source.read(head) if head else b"")

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (b"a\nb\nc", [(b"a\nb\n", 3), (b"c", 3)]),
            (b"a\rb\rc", [(b"a\rb\r", 3), (b"c", 3)]),
            (b"a\rb\r", [(b"a\r", 2), (b"b\r", 3)]),
            (b'a\n"b\nc', [(b"a\n", 2), (b'"b\nc', 3)]),
            (b'a\n"b\nc"\nd', [(b'a\n"b\nc"\n', 4), (b"d", 4)]),
            (b'"a\n"\n"b\n', [(b'"a\n"\n', 3), (b'"b\n', 4)]),
            (b"", []),
        ],
    )
    def test_one_ends_where_a_line_ends_and_quotes_are_paired(self, tmp_path, text, expected):
        source, blocks = self.blocks(tmp_path, text, head=100)
        found = [(block, blocks.line) for block in blocks]
        source.close()

        assert b"".join(block for block, _ in found) == text
        assert [line for _, line in found][-1:] == [line for _, line in expected][-1:]

    @pytest.mark.parametrize(
        ("text", "lines"), [(b"", 0), (b"a", 0), (b"\r\n", 1), (b"\n\r", 2), (b"a\rb\nc\r\n", 3)]
    )
    def test_every_end_of_a_line_counts_once(self, text, lines):
        assert line_count(text) == lines

    @pytest.mark.parametrize("letter", ["a", "é", "\u20ac", "\U0001f600"])
    def test_a_cut_parts_no_letter(self, letter):
        # A last letter of several bytes is left for the next block, whole or not.
        data = f"a{letter}".encode()
        cuts = [whole_letters(data[:end]) for end in range(1, len(data) + 1)]

        assert cuts == ([1, 2] if letter == "a" else [1] * len(data))

    @pytest.mark.parametrize("size", [99, 100, 101])
    @pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.txt"])
    def test_a_line_may_be_just_so_long(self, tmp_path, monkeypatch, name, size):
        for module in ("blocks", "delimited"):
            monkeypatch.setattr(f"tagnorm.files.{module}.LONGEST", 100)
        monkeypatch.setattr("tagnorm.files.blocks._BLOCK", 10)
        monkeypatch.setattr("tagnorm.files.json_lines._HEAD", 10)
        monkeypatch.setattr("tagnorm.files.plain_lines._HEAD", 10)
        path = tmp_path / name
        row = '{"tags": "' if name == "a.jsonl" else ""
        end = '"}' if name == "a.jsonl" else ""
        long = row + "x" * (size - len(row + end)) + end
        assert len(long) == size
        head = "tags\n" if name == "a.csv" else ""
        path.write_text(f"{head}{long}\nPREL\n" if not row else f'{long}\n{{"tags": "PREL"}}\n')
        kept = read_column(path, None if name == "a.txt" else "tags", on_error="report")

        assert kept.rows == 2
        assert kept.bad_row_count in (0, 1)
        assert kept.counts.get("PREL") == 1


class TestNumbersOfJson:
    @pytest.mark.parametrize(
        ("text", "is_number"),
        [
            ("0.0", True),
            ("-0.0", True),
            ("0e5", True),
            ("1e-400", False),
            ("-0.00001e-400", False),
            ("1e308", True),
            ("1e309", False),
            ("-1e309", False),
            ("1.0000000000000", True),  # 15 signs
            ("0.1000000000000000000000000", True),
            ("0.12345678901234", True),
            ("0.1234567890123456", True),
            ("0.123456789012345678", False),
            ("9007199254740993.0", False),
            ("9007199254740992.0", True),
        ],
    )
    def test_a_float_is_one_if_it_holds_what_is_written(self, text, is_number):
        found = read_float(text)

        assert (type(found) is float) == is_number
        assert str(found) == text or is_number

    def test_a_whole_number_may_have_so_many_digits(self):
        assert read_int("9" * 4299) == int("9" * 4299)
        assert read_int("9" * 4300) == "9" * 4300

    @pytest.mark.parametrize(
        ("values", "kind"),
        [
            (["9007199254740992", "1.5"], pa.float64()),
            (["9007199254740993", "1.5"], pa.string()),
            (["-9007199254740992", "1.5"], pa.float64()),
            (["-9007199254740993", "1.5"], pa.string()),
            (["9223372036854775807"], pa.int64()),
            (["9223372036854775808"], pa.string()),
            (["-9223372036854775808"], pa.int64()),
            (["-9223372036854775809"], pa.string()),
            (["1", "9007199254740993"], pa.int64()),
            (["true", "false", "null"], pa.bool_()),
            (["true", "1"], pa.string()),
            (['"a"', "null"], pa.string()),
            (['["a", null]', "null"], pa.list_(pa.string())),
            (['["a", 1]'], pa.string()),
            (['["a"]', '"a"'], pa.string()),
            (["null"], pa.string()),
            (["1e999", "1"], pa.string()),
        ],
    )
    @pytest.mark.parametrize("regular", [True, False])
    def test_a_column_has_the_type_that_holds_all_its_values_as_written(
        self, tmp_path, values, kind, regular
    ):
        # Two members of one name make a row that is read member by member.
        other = "" if regular else ', "x": 1, "x": 2'
        rows = "".join(f'{{"tags": "PREL", "v": {value}{other}}}\n' for value in values)
        raw, out = tmp_path / "raw.jsonl", tmp_path / "out.parquet"
        raw.write_text(rows)
        clean_file(raw, out)
        column = pq.read_table(out).column("v")

        assert column.type == kind
        as_read = [json.loads(value) if value != "1e999" else value for value in values]
        if kind == pa.string():
            as_read = [
                value if one is not None and type(one) is not str else one
                for one, value in zip(as_read, values, strict=True)
            ]
        assert column.to_pylist() == as_read


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("[1]", "is no JSON object"),
        ("", "is no JSON object"),
        ("{} x", "goes on behind the JSON object at character 3"),
        ("{1: 2}", "is no JSON: a name in quotes is missing at character 2"),
        ('{"a" 1}', "is no JSON: ':' is missing at character 6"),
        ('{"a": 1 "b"}', "is no JSON: ',' is missing at character 9"),
        ('{"a": 1,}', "is no JSON: a name in quotes is missing at character 9"),
        ('{"a": x}', "is no JSON: Expecting value at character 7"),
        ('{"a": 1', "is no JSON: it ends inside an object, which is to stand in one line"),
    ],
)
def test_what_is_wrong_with_a_line_of_json_is_told_by_the_character(line, message):
    with pytest.raises(ValueError, match=re.escape(message)) as caught:
        members(line)

    assert str(caught.value) == message


class TestMoments:
    DAY = 86_400

    @pytest.mark.parametrize(
        ("days", "expected"),
        [
            (0, "1970-01-01"),
            (-1, "1969-12-31"),
            (59, "1970-03-01"),
            (789, "1972-02-29"),
            (2_932_896, "9999-12-31"),
            (2_932_897, "10000-01-01"),
            (-719_162, "0001-01-01"),
            (-719_163, "0000-12-31"),
            (-719_528, "0000-01-01"),
            (-719_529, "-0001-12-31"),
        ],
    )
    def test_days_of_any_year(self, days, expected):
        assert values_of(pa.array([days], pa.date32())) == [expected]
        assert values_of(pa.array([days * self.DAY * 1000], pa.date64())) == [expected]

    @pytest.mark.parametrize(
        ("value", "unit", "zone", "expected"),
        [
            (0, "s", None, "1970-01-01T00:00:00"),
            (1_500, "ms", None, "1970-01-01T00:00:01.500000"),
            (1_000_001, "us", None, "1970-01-01T00:00:01.000001"),
            (1_000, "ns", None, "1970-01-01T00:00:00.000001"),
            (1_001, "ns", None, "1970-01-01T00:00:00.000001001"),
            (1_000_000_001, "ns", None, "1970-01-01T00:00:01.000000001"),
            (1_001, "ns", "+02:00", "1970-01-01T02:00:00.000001001+02:00"),
            (1_001, "ns", "UTC", "1970-01-01T00:00:00.000001001+00:00"),
            (-1, "ns", None, "1969-12-31T23:59:59.999999999"),
            (253_402_300_800, "s", None, "10000-01-01T00:00:00"),
            (253_402_300_800 + 3_723, "s", "UTC", "10000-01-01T01:02:03+00:00"),
            (253_402_300_800_005, "ms", None, "10000-01-01T00:00:00.005"),
            (253_402_304_462_000_007, "us", None, "10000-01-01T01:01:02.000007"),
            (-62_135_596_801, "s", None, "0000-12-31T23:59:59"),
        ],
    )
    def test_moments_of_any_year(self, value, unit, zone, expected):
        assert values_of(pa.array([value], pa.timestamp(unit, zone))) == [expected]

    @pytest.mark.parametrize(
        ("value", "unit", "expected"),
        [
            (90_061, "s", "1 day, 1:01:01"),
            (1_500, "ms", "0:00:01.500000"),
            (7, "us", "0:00:00.000007"),
            (1_000_000_000, "ns", "0:00:01"),
            (1_000, "ns", "0:00:00.000001"),
            (1_001, "ns", "0:00:00.000001001"),
            (1_000_000_001, "ns", "0:00:01.000000001"),
            (-1, "ns", "-1 day, 23:59:59.999999999"),
            (9 * 10**17, "s", f"{9 * 10**17} s"),
        ],
    )
    def test_spans_of_time(self, value, unit, expected):
        assert values_of(pa.array([value], pa.duration(unit))) == [expected]

    @pytest.mark.parametrize(
        ("value", "kind", "expected"),
        [
            (3_723, pa.time32("s"), "01:02:03"),
            (1_000, pa.time64("ns"), "00:00:00.000001"),
            (1_001, pa.time64("ns"), "00:00:00.000001001"),
        ],
    )
    def test_times_of_the_day(self, value, kind, expected):
        assert values_of(pa.array([value], kind)) == [expected]

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ((1, 2, 3), "P1M2DT0.000000003S"),
            ((0, 0, 0), "P0M0DT0S"),
            ((-1, -2, -1_500_000_000), "P-1M-2DT-1.500000000S"),
            ((0, 0, 2 * 10**9), "P0M0DT2S"),
        ],
    )
    def test_intervals(self, value, expected):
        assert values_of(pa.array([value], pa.month_day_nano_interval())) == [expected]

    def test_only_what_arrow_has_no_words_for_is_written_otherwise(self):
        days = pa.array([0, 2_932_897, None, -719_529], pa.date32())

        assert text_of(days).to_pylist() == ["1970-01-01", "10000-01-01", None, "-0001-12-31"]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pa.array([[1.5, float("nan")], None]), ["[1.5, null]", None]),
        (pa.array([{"a": float("inf"), "b": "é"}]), ['{"a": null, "b": "é"}']),
        (pa.array([b"\x00\xff"]), ["00ff"]),
        (pa.array([[datetime.date(2020, 2, 29)]]), ['["2020-02-29"]']),
        (pa.array(["a", None]).dictionary_encode(), ["a", None]),
        (pa.array([[("k", 1)]], pa.map_(pa.string(), pa.int8())), ['[["k", 1]]']),
        (pa.array([True, None]), ["true", None]),
    ],
)
def test_what_arrow_writes_no_text_for_is_json(column, expected):
    assert text_of(column).to_pylist() == expected
