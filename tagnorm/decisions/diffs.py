"""What changed between two sets of decisions, as text that can be read, sent and replayed.

A diff is a tab-separated file like that of the decisions, with one column in front: `-` takes a
decision away, `+` adds one, and the two in a row change it.

    change  raw     tags    note    who     when
    -       KTFX    KTFN            ann     2026-11-23T10:15:00+00:00
    +       KTFX    KTEX            bob     2026-11-24T09:00:00+00:00
    +       MARPLE  -       a name  ann     2026-11-23T10:15:09+00:00

A file of decisions is a diff too: all of it is added.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import attrs

from tagnorm.decisions.store import (
    COLUMNS,
    Decision,
    Decisions,
    key_of,
    parse_cells,
    read_rows,
    tags_cell,
)
from tagnorm.errors import DecisionsError, Problem
from tagnorm.vocabulary.codes import Taxonomy

__all__ = ["Change", "apply", "diff", "diff_text", "read_diff"]

_CHANGES = ("+", "-")


@attrs.frozen
class Change:
    """One decision that came, went or changed; `line` is where the diff's text says so."""

    old: Decision | None
    new: Decision | None
    line: int = attrs.field(default=0, eq=False)

    @property
    def raw(self) -> str:
        """The string that the decision is about."""
        decision = self.new or self.old
        return "" if decision is None else decision.raw


def diff(old: Decisions, new: Decisions) -> list[Change]:
    """The changes that lead from old to new, in the order of the file.

    >>> old = Decisions([Decision("KTFX", ["KTFN"])])
    >>> new = Decisions([Decision("KTFX", ["KTEX"]), Decision("MARPLE", [])])
    >>> [(change.raw, change.old is None) for change in diff(old, new)]
    [('KTFX', False), ('MARPLE', True)]
    >>> apply(diff(old, new), old) == new
    True
    """
    keys = sorted({decision.key for decision in (*old.decisions, *new.decisions)})
    pairs = ((old.find(key), new.find(key)) for key in keys)
    return [Change(before, after) for before, after in pairs if before != after]


def diff_text(changes: Iterable[Change]) -> str:
    """The changes as text, with the header line.

    >>> print(diff_text([Change(None, Decision("PHMU", ["PHUM"]))]).expandtabs(7))
    change raw    tags   note   who    when
    +      PHMU   PHUM
    <BLANKLINE>
    """
    lines = ["\t".join(("change", *COLUMNS))]
    for change in changes:
        for sign, decision in (("-", change.old), ("+", change.new)):
            if decision is not None:
                lines.append(f"{sign}\t{decision.row()}")
    return "".join(f"{line}\n" for line in lines)


def read_diff(content: bytes, file: str, taxonomy: Taxonomy | None = None) -> list[Change]:
    """The changes in the text of a diff, or of a file of decisions, which all are added.

    Codes that are added must be in the vocabulary; those that are taken away need not be.

    Raises:
        DecisionsError: unknown codes, a string changed twice, bad rows: all of them.
    """
    vocabulary = Taxonomy.load() if taxonomy is None else taxonomy
    problems: list[Problem] = []
    first = content.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0]
    columns = ("change", *COLUMNS) if first.startswith(b"change\t") else COLUMNS
    needed = tuple(name for name in columns if name in ("change", "raw", "tags"))
    rows, torn = read_rows(content, file, columns, needed, problems)
    if torn:
        # A diff that was cut off may lack more than this line.
        problems.append(Problem(file, content.count(b"\n") + 1, "the file ends inside a line"))
    halves: dict[str, dict[str, tuple[Decision, int]]] = {}
    for line, cells in rows:
        sign = cells.get("change", "+")
        decision, faults = parse_cells(
            {name: cell for name, cell in cells.items() if name != "change"},
            None if sign == "-" else vocabulary,
        )
        if sign not in _CHANGES:
            faults = [*faults, f"change is {sign!r}; it takes + or -"]
        problems.extend(Problem(file, line, fault) for fault in faults)
        if decision is None:
            continue
        seen = halves.setdefault(decision.key, {})
        if sign in seen and seen[sign][0].tags != decision.tags:
            message = f"{decision.raw!r} has a {sign} in line {seen[sign][1]} already"
            problems.append(Problem(file, line, message))
        seen.setdefault(sign, (decision, line))
    if problems:
        raise DecisionsError(file, sorted(problems, key=lambda problem: problem.line))
    return [_change(halves[key]) for key in sorted(halves)]


def _change(halves: dict[str, tuple[Decision, int]]) -> Change:
    old, new = (halves.get(sign, (None, 0)) for sign in ("-", "+"))
    return Change(old[0], new[0], old[1] or new[1])


def apply(changes: Iterable[Change], decisions: Decisions, file: str = "diff") -> Decisions:
    """The decisions after the changes; a change that was made already is left out.

    A change fits if the string is decided here as the diff says it was, or as it is to be.

    Raises:
        DecisionsError: some changes do not fit; all of them are listed, and none is made.
    """
    by_key = {decision.key: decision for decision in decisions}
    problems = []
    for change in changes:
        key = key_of(change.raw)
        here, old, new = (_tags(d) for d in (by_key.get(key), change.old, change.new))
        if here == old:
            if change.new is None:
                by_key.pop(key, None)
            else:
                by_key[key] = change.new
        elif here != new:
            fits = f"from {_shown(old)} to {_shown(new)}"
            message = f"{change.raw!r} is {_shown(here)} here, but the diff goes {fits}"
            problems.append(Problem(file, change.line, message))
    if problems:
        raise DecisionsError(Path(file), problems)
    return Decisions(by_key.values())


def _tags(decision: Decision | None) -> tuple[str, ...] | None:
    return None if decision is None else decision.tags


def _shown(tags: tuple[str, ...] | None) -> str:
    return "undecided" if tags is None else repr(tags_cell(tags))
