"""What was done to a file: how many rows, how they came out, and what is left to look at."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import attrs

from tagnorm.columns.arrays import texts
from tagnorm.columns.weighing import weigh
from tagnorm.decisions.states import NEED_A_PERSON, State, undecided_state
from tagnorm.decisions.store import tags_cell
from tagnorm.escaping import escape
from tagnorm.files.answers import Answers, Cleaning
from tagnorm.files.bad_rows import BadRow
from tagnorm.files.formats import check_ending
from tagnorm.replacement import write_text
from tagnorm.resolution import Resolution
from tagnorm.wording import number_of

__all__ = ["ColumnReport", "ListedWord", "Report", "column_report"]

_MOST_LISTED = 10_000
# What the rows are that became codes, when nobody asked how surely.
_NOT_WEIGHED = "resolved or doubtful"
_written: Final = json.JSONEncoder(ensure_ascii=False).encode


@attrs.frozen
class ListedWord:
    """A word that needs a person, its state, and in how many rows it stands.

    The states are those of `tagnorm.decisions.states`; `tagnorm review` asks about the same words.
    """

    rows: int
    answer: Resolution
    state: State

    def as_dict(self) -> dict[str, Any]:
        """The word as JSON has it."""
        answer = self.answer
        return {
            "raw": answer.raw,
            "rows": self.rows,
            "state": self.state,
            "status": answer.status,
            "tags": list(answer.tags),
            "confidence": round(answer.confidence, 6),
            "unresolved": list(answer.unresolved),
            "alternatives": [other.to_dict() for other in answer.alternatives],
        }


@attrs.frozen
class ColumnReport:
    """How one column came out; rows are counted by their verdicts, which exclude each other.

    * `resolved` -- everything in it became a code;
    * `doubtful` -- so it did, but the answer is less sure than 0.9; only told apart if weighed,
      else counted as resolved;
    * `unresolved` -- something in it has no code;
    * `empty` -- there is no word in it, or nothing at all.

    `distinct` is the number of distinct values, None if it was not asked for; beyond some 100,000
    it is an estimate, good to about half a percent. `statuses` counts rows by `Resolution.status`,
    if weighed, or if the status is written. `words` lists what is unresolved or doubtful, the most
    frequent first, only if weighed.
    """

    name: str
    distinct: int | None
    is_exact: bool
    resolved: int
    doubtful: int
    unresolved: int
    empty: int
    statuses: Mapping[str, int] = attrs.field(factory=dict)
    words: Sequence[ListedWord] = ()
    unlisted: int = 0

    def as_dict(self) -> dict[str, Any]:
        """The column as JSON has it."""
        return {
            "distinct": self.distinct,
            "distinct_is_exact": self.is_exact,
            "rows": {
                "resolved": self.resolved,
                "doubtful": self.doubtful,
                "unresolved": self.unresolved,
                "empty": self.empty,
            },
            "statuses": dict(self.statuses),
            "words": [word.as_dict() for word in self.words],
            "rows_with_unlisted_words": self.unlisted,
        }


def column_report(name: str, answers: Answers, cleaning: Cleaning) -> ColumnReport:
    """The report of one column, from what was counted."""
    answers.count()
    words: list[ListedWord] = []
    unlisted, least = 0, cleaning.options.min_confidence
    for raw, rows, state in _pending(answers, cleaning):
        if len(words) == _MOST_LISTED:
            unlisted += rows
            continue
        words.append(
            ListedWord(rows, cleaning.normalizer.resolve(raw, min_confidence=least), state)
        )
    counts = answers.rows
    return ColumnReport(
        name,
        answers.distinct.count if cleaning.counted else None,
        answers.distinct.is_exact,
        counts["resolved"],
        counts["doubtful"],
        counts["unresolved"],
        counts["empty"],
        dict(sorted(answers.statuses.items(), key=lambda item: (-item[1], item[0]))),
        tuple(words),
        unlisted + answers.words.unlisted,
    )


def _pending(answers: Answers, cleaning: Cleaning) -> Iterator[tuple[str, int, State]]:
    """The words that need a person, in how many rows each stands, and its state."""
    normalizer, least = cleaning.normalizer, cleaning.options.min_confidence
    counted = [(word.raw, word.rows) for word in answers.words.undecided(normalizer.decisions)]
    # Most of them have been weighed before, and few will be listed.
    found = weigh(texts(raw for raw, _ in counted), normalizer)
    columns = (found.has_tags, found.has_unresolved, found.confidence)
    said = zip(*(column.to_pylist() for column in columns), strict=True)
    for (raw, rows), (has_tags, has_rest, confidence) in zip(counted, said, strict=True):
        state = undecided_state(
            confidence, is_resolved=has_tags and not has_rest, min_confidence=least
        )
        if state in NEED_A_PERSON:
            yield raw, rows, state


@attrs.frozen
class Report:
    """What was done to a file: what `clean_file` gives back; `print` shows its summary.

    * `source`, `output` -- the two files, and `reading`, how the first was read;
    * `rows`, `seconds` -- how many rows there were, and how long it took;
    * `weighed` -- whether doubtful answers were told from others;
    * `columns` -- how each column came out;
    * `bad_row_count`, `bad_rows` -- how many rows could not be read, and the first thousand.

    >>> column = ColumnReport("tags", 2, True, resolved=1, doubtful=0, unresolved=1, empty=0)
    >>> print(Report("raw.csv", "clean.csv", "csv, utf-8", 2, 0.5, True, [column]))
    2 rows in 0.5 s, 4 a second; csv, utf-8
    tags: 2 distinct, 1 resolved (50.0%), 0 doubtful (0.0%), 1 unresolved (50.0%), 0 empty
    """

    source: str
    output: str
    reading: str
    rows: int
    seconds: float
    weighed: bool
    columns: Sequence[ColumnReport]
    bad_row_count: int = 0
    bad_rows: Sequence[BadRow] = ()

    @property
    def share_resolved(self) -> float:
        """The share of the fields, those without a word left out, that are resolved or doubtful.

        In both all became codes; `min_confidence` is there to have them otherwise. Every bad row
        counts as one field more that is not. Where there is no field at all, it is 1.
        """
        good = sum(column.resolved + column.doubtful for column in self.columns)
        all_ = good + sum(column.unresolved for column in self.columns) + self.bad_row_count
        return good / all_ if all_ else 1.0

    def lines(self) -> Iterator[str]:
        """A summary for a person."""
        rate = self.rows / self.seconds if self.seconds else 0.0
        rows = number_of(self.rows, "row")
        yield f"{rows} in {self.seconds:.1f} s, {rate:,.0f} a second; {self.reading}"
        for column in self.columns:
            filled = column.resolved + column.doubtful + column.unresolved
            about = "" if column.is_exact else "about "
            distinct = [] if column.distinct is None else [f"{about}{column.distinct:,} distinct"]
            parts = [
                *distinct,
                _part("resolved" if self.weighed else _NOT_WEIGHED, column.resolved, filled),
            ]
            if self.weighed:
                parts.append(_part("doubtful", column.doubtful, filled))
            parts.append(_part("unresolved", column.unresolved, filled))
            parts.append(f"{column.empty:,} empty")
            yield f"{column.name}: {', '.join(parts)}"
        if self.bad_row_count:
            first = self.bad_rows[0]
            yield f"bad rows: {self.bad_row_count:,}; the first, line {first.line}: {first.message}"

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON has it."""
        return {
            "source": self.source,
            "output": self.output,
            "read_as": self.reading,
            "rows": self.rows,
            "seconds": round(self.seconds, 3),
            "share_resolved": round(self.share_resolved, 6),
            "columns": {column.name: column.as_dict() for column in self.columns},
            "bad_rows": self.bad_row_count,
            "bad_rows_listed": [row.as_dict() for row in self.bad_rows],
        }

    def table(self) -> Iterator[str]:
        """The unresolved and doubtful words as lines of TSV, as `tagnorm.escaping` writes cells.

        Behind them come the bad rows that are listed: their state is `bad`, and they alone have a
        line and a message.
        """
        yield "column\traw\trows\tstate\tstatus\ttags\tconfidence\talternatives\tline\tmessage"
        for column in self.columns:
            for word in column.words:
                answer = word.answer
                others = " | ".join(
                    f"{tags_cell(other.tags)} {other.confidence:.4f}"
                    for other in answer.alternatives
                )
                yield "\t".join(
                    (
                        escape(column.name),
                        escape(answer.raw),
                        str(word.rows),
                        word.state,
                        answer.status,
                        tags_cell(answer.tags),
                        f"{answer.confidence:.4f}",
                        others,
                        "",
                        "",
                    )
                )
        for row in self.bad_rows:
            cells = ("", escape(row.raw.rstrip("\r\n")), "1", "bad", "", "", "", "")
            yield "\t".join((*cells, str(row.line), escape(row.message)))

    def save(self, path: str | Path) -> None:
        """Write the report: a table of words and bad rows if the name ends in `.tsv`, else
        all of it as JSON.

        Raises:
            FormatError: the name ends as that of another format.
            OutputError: it cannot be written.
        """
        check_ending(path, "json", "tsv")
        if str(path).lower().endswith(".tsv"):
            write_text(path, "".join(f"{line}\n" for line in self.table()))
        else:
            write_text(path, _laid_out(self.as_dict()) + "\n")


def _laid_out(value: Any, indent: str = "") -> str:
    """A value as JSON with a line for each item, but for what is within a list: a word of the
    report is one line. (Python's own `indent` takes five times as long.)

    >>> print(_laid_out({"rows": 2, "words": [{"raw": "PGVO", "tags": ["PGOV"]}]}))
    {
      "rows": 2,
      "words": [
        {"raw": "PGVO", "tags": ["PGOV"]}
      ]
    }
    """
    within = f"{indent}  "
    between = f",\n{within}"
    if value and isinstance(value, dict):
        held = [f"{_written(key)}: {_laid_out(one, within)}" for key, one in value.items()]
        return "".join(["{\n", within, between.join(held), "\n", indent, "}"])
    if value and isinstance(value, list):
        return "".join(["[\n", within, between.join(map(_written, value)), "\n", indent, "]"])
    return _written(value)


def _part(name: str, rows: int, filled: int) -> str:
    share = f" ({100 * rows / filled:.1f}%)" if filled else ""
    return f"{rows:,} {name}{share}"
