"""Cleaning text that stays text: what is not cleaned is written as it was read, to the letter."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tagnorm.columns.layout import join_cell
from tagnorm.encodings import DAMAGED
from tagnorm.files.answers import Answers
from tagnorm.files.delimited_records import Record
from tagnorm.files.dialects import Dialect, harmless
from tagnorm.files.json_members import Member, find_member
from tagnorm.files.plan import STATUS, Plan
from tagnorm.files.row_answers import Answer, answer_each, untouched

if TYPE_CHECKING:
    from tagnorm.files.delimited import DelimitedReader
    from tagnorm.files.json_rows import JsonReader, JsonRow

__all__ = ["DelimitedLines", "JsonPieces"]


class DelimitedLines:
    """Cleans delimited rows one by one, whatever they look like.

    Line ends stay as they are, and cells keep their quotes; they are only written anew where
    another dialect needs it. A cell that could not be decoded is not cleaned.
    """

    def __init__(
        self, reader: DelimitedReader, dialect: Dialect, plan: Plan, answers: Mapping[str, Answers]
    ) -> None:
        self._reader = reader
        self._plan = plan
        self._answers = answers
        self._same = dialect == reader.dialect and not plan.escape_formulas
        self._dialect = dialect
        self._line_end = reader.header.end or "\n"
        # From the right, so that what is put in moves no place that is still to come.
        self._places = [
            (at, name)
            for at, name in reversed(list(enumerate(reader.names)))
            if name in plan.columns
        ]

    def header(self) -> str:
        """The header, with what stands before it."""
        reader, plan = self._reader, self._plan
        plan.names(reader.names, f"{reader.name}: ")
        cells = [self._raw(cell) for cell in reader.header.cells]
        preamble = reader.preamble if self._dialect == reader.dialect else ""
        for at, name in self._places:
            new = [name + plan.suffix] if plan.suffix else []
            new += [name + end for end in STATUS] if plan.status else []
            cells[at + 1 : at + 1] = [self._dialect.cell(one) for one in new]
        return preamble + self._dialect.delimiter.join(cells) + reader.header.end

    def of(self, rows: Sequence[Record]) -> Iterator[str]:
        """The lines of some rows.

        Raises:
            FormatError: what is to be a cell cannot be one in this dialect.
        """
        reader = self._reader
        width = len(reader.names)
        cells: list[list[str]] = []
        for row in rows:
            mine = row.cells
            if len(mine) > width and not row.piece:
                mine = [*mine[: width - 1], reader.dialect.delimiter.join(mine[width - 1 :])]
            cells.append(mine)
        live = [at for at, row in enumerate(rows) if not reader.is_blank(row)]
        found = {
            name: self._look_up(place, name, rows, cells, live) for place, name in self._places
        }
        delimiter = self._dialect.delimiter
        for at, row in enumerate(rows):
            mine = cells[at]
            if row.piece:
                yield mine[0]
                continue
            if not self._same:
                mine = [self._raw(cell) for cell in mine]
            if self._plan.explode:
                yield from self._exploded(mine, row, found, at)
                continue
            for place, name in self._places:
                answer = found[name].get(at)
                if answer is not None:
                    self._put(mine, place, answer, join_cell(answer.tags, self._plan.separator))
            yield delimiter.join(mine) + row.end

    def _exploded(
        self, cells: list[str], row: Record, found: Mapping[str, Mapping[int, Answer]], at: int
    ) -> Iterator[str]:
        ((place, name),) = self._places
        answer = found[name].get(at)
        if answer is None:
            yield self._dialect.delimiter.join(cells) + row.end
            return
        tags = answer.tags or [""]
        for number, tag in enumerate(tags, start=1):
            mine = cells.copy()
            self._put(mine, place, answer, tag)
            line_end = row.end if number == len(tags) else row.end or self._line_end
            yield self._dialect.delimiter.join(mine) + line_end

    def _look_up(
        self,
        place: int,
        name: str,
        rows: Sequence[Record],
        cells: Sequence[Sequence[str]],
        live: Iterable[int],
    ) -> dict[int, Answer]:
        """The answer of each row that has one, by the row's number in the block."""
        value, damaged = self._reader.dialect.value, self._reader.is_damaged
        answers = self._answers[name]
        where, values, found = [], [], {}
        for at in live:
            if rows[at].piece or place >= len(cells[at]):
                answers.rows["empty"] += 1
            elif damaged(cells[at][place]):
                found[at] = untouched(answers, value(cells[at][place]))
            else:
                where.append(at)
                values.append(value(cells[at][place]))
        found.update(zip(where, answer_each(answers, values), strict=True))
        return found

    def _put(self, cells: list[str], place: int, answer: Answer, text: str) -> None:
        plan, dialect = self._plan, self._dialect
        if plan.escape_formulas:
            text = harmless(text)
        new = []
        if plan.suffix:
            new.append(dialect.cell(text))
        else:
            raw, quote = cells[place], dialect.quote
            quoted = bool(quote) and len(raw) > 1 and raw[0] == quote == raw[-1]
            cells[place] = dialect.cell(text, quoted=quoted)
            if len(cells) == 1 and not cells[0]:
                cells[0] = quote * 2  # a blank line would be no row for many readers
        if plan.status:
            new += [str(answer.status), str(answer.confidence)]
        cells[place + 1 : place + 1] = new

    def _raw(self, cell: str) -> str:
        if self._same:
            return cell
        value, mine = self._reader.dialect.value(cell), self._dialect
        safe = harmless(value) if self._plan.escape_formulas else value
        if safe == value and mine == self._reader.dialect:
            return cell
        is_quoted = mine == self._reader.dialect and cell[:1] == mine.quote != ""
        return mine.cell(safe, quoted=is_quoted)


class JsonPieces:
    """Cleans JSON objects one by one; of each only the values change that are cleaned."""

    def __init__(self, reader: JsonReader, plan: Plan, answers: Mapping[str, Answers]) -> None:
        self._reader = reader
        self._plan = plan
        self._all = answers
        self._new_names = plan.all_new_names()

    def of(self, rows: Sequence[JsonRow]) -> Iterator[str]:
        """The texts of some rows, and of what stands between them.

        Raises:
            BadDataError: a row is bad, and bad rows are to stop the work.
            FormatError: a row has a member of the name of a new one.
        """
        reader, plan = self._reader, self._plan
        self._check_new_names(rows)
        values = {
            name: [reader.text_of(row, name) if row.is_row else None for row in rows]
            for name in plan.columns
        }
        found = {
            name: _answers(texts, self._are_missing(rows, texts, name), self._all[name])
            for name, texts in values.items()
        }
        for at, row in enumerate(rows):
            if not row.members:
                yield row.text
            else:
                mine = {name: of_row[at] for name, of_row in found.items()}
                yield from _json_pieces(row, reader.joint, plan, mine)

    def _check_new_names(self, rows: Sequence[JsonRow]) -> None:
        for name in self._new_names:
            for row in rows:
                if row.members and find_member(row.text, row.members, name) is not None:
                    raise self._plan.taken(name, f"{self._reader.source.name}:{row.line}: ")

    def _are_missing(
        self, rows: Sequence[JsonRow], texts: Sequence[object], name: str
    ) -> list[bool]:
        """Which rows have nothing under a name; what is there, but no text, is counted as kept."""
        found = []
        for row, text in zip(rows, texts, strict=True):
            written = self._reader.no_text_of(row, name) if text is None and row.members else None
            if written is not None:
                untouched(self._all[name], written)
            found.append(text is None and written is None and row.is_row)
        return found


def _answers(
    texts: Sequence[tuple[Member, str] | None], are_missing: Sequence[bool], answers: Answers
) -> list[tuple[Member, Answer] | None]:
    found: list[tuple[Member, Answer] | None] = [None] * len(texts)
    plain = []
    for at, one in enumerate(texts):
        if one is None:
            answers.rows["empty"] += are_missing[at]
        elif DAMAGED.search(one[1]):
            untouched(answers, one[1])
        else:
            plain.append((at, one))
    answered = answer_each(answers, [text for _, (_, text) in plain])
    for (at, (member, _)), answer in zip(plain, answered, strict=True):
        found[at] = member, answer
    return found


def _json_pieces(
    row: JsonRow,
    joint: str,
    plan: Plan,
    answers: Mapping[str, tuple[Member, Answer] | None],
) -> Iterator[str]:
    if not plan.explode:
        yield _replaced(
            row.text,
            plan,
            [
                (m, a, json.dumps(a.tags, ensure_ascii=False))
                for m, a in filter(None, answers.values())
            ],
        )
        return
    (one,) = answers.values()
    if one is None:
        yield row.text
        return
    member, answer = one
    texts = [json.dumps(tag, ensure_ascii=False) for tag in answer.tags] or ["null"]
    for number, text in enumerate(texts, start=1):
        line = _replaced(row.text, plan, [(member, answer, text)])
        complete = number == len(texts) or line.endswith(("\n", "\r"))
        yield line if complete else line + joint


def _replaced(text: str, plan: Plan, changes: Sequence[tuple[Member, Answer, str]]) -> str:
    for member, answer, value in sorted(changes, key=lambda change: -change[0].start):
        new = []
        if plan.suffix:
            new.append(f"{json.dumps(member.name + plan.suffix)}: {value}")
            value = text[member.start : member.end]  # noqa: PLW2901
        if plan.status:
            for end, said in zip(STATUS, (answer.status, answer.confidence), strict=True):
                new.append(f"{json.dumps(member.name + end)}: {json.dumps(said)}")
        text = text[: member.start] + ", ".join([value, *new]) + text[member.end :]
    return text
