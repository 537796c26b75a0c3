"""A person's decisions: what a raw string is, once and for all; they always win.

They live in a file that can be read, compared and merged like any text: tab-separated, UTF-8, with
a header line, sorted by raw string.

    raw     tags    note    who     when
    KTFX    KTFN            ann     2026-11-23T10:15:00+00:00
    MARPLE  -       a name  ann     2026-11-23T10:15:09+00:00

`tags` are codes parted by spaces, or `-`: the string stays whole. Only the columns `raw` and `tags`
are needed. Cells are escaped as `tagnorm.escaping` says.

What a spreadsheet saves as tab-separated text is read too: with its byte order mark, in UTF-8 or
UTF-16, with its line ends, its empty rows and columns, and the quotes that it puts around a cell.
A raw string that begins with a quote itself is written with `\\x22` in front, so that no quote of
ours is taken for one of the spreadsheet's.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import attrs

from tagnorm.arguments import checked_names
from tagnorm.cells import no_string, several
from tagnorm.errors import DecisionsError, DecisionsNotFoundError, Problem
from tagnorm.escaping import escape, join_tags, split_tags, unescape
from tagnorm.folding import fold_spaced
from tagnorm.replacement import replacing
from tagnorm.vocabulary.codes import Taxonomy
from tagnorm.wording import number_of, shown

__all__ = [
    "COLUMNS",
    "Decision",
    "Decisions",
    "key_of",
    "parse_cells",
    "raw_cell",
    "read_rows",
    "tags_cell",
]

COLUMNS = ("raw", "tags", "note", "who", "when")
_NEEDED = ("raw", "tags")
_NO_TAGS = "-"
# So much of a line is shown.
_SHOWN = 200
# What stands in no line of text.
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")
_QUOTED = re.compile('"(?:[^"]|"")*"')
_WHOLE = "write - to leave the string whole"
_SAVE = "save it as tab-separated text"
# What people and spreadsheets write between codes, and for `-`.
_BETWEEN = re.compile(r"[,;|/\s]+")
_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2212")


def key_of(raw: str) -> str:
    """The form in which two raw strings are the same: case and surrounding space do not count.

    >>> key_of(" marple,  jane\\n")
    'MARPLE, JANE'

    Raises:
        TypeError: it is no string.
    """
    if not isinstance(raw, str):
        raise no_string(raw)
    return fold_spaced(raw)


def _tags(tags: Iterable[str]) -> tuple[str, ...]:
    return several("tags", tags)


def _text(decision: Decision, field: attrs.Attribute[str], value: object) -> None:
    if not isinstance(value, str):
        kind = type(value).__name__
        raise TypeError(f"{field.name} is {value!r:.60}, of type {kind}; it takes a string")


def _some_text(decision: Decision, field: attrs.Attribute[str], value: object) -> None:
    _text(decision, field, value)
    if not key_of(str(value)):
        raise ValueError(f"{field.name} is {value!r:.60}; a decision is about a text, no blank one")


@attrs.frozen
class Decision:
    """What one raw string is: its tags, or none, which leaves it whole.

    >>> Decision("KTFX", ["KTFN"]).row()
    'KTFX\\tKTFN\\t\\t\\t'

    Raises:
        TypeError: something is no string, or the tags are a single one.
        ValueError: the raw string is blank; no file could hold it.
    """

    raw: str = attrs.field(validator=_some_text)
    tags: tuple[str, ...] = attrs.field(converter=_tags)
    note: str = attrs.field(default="", validator=_text)
    who: str = attrs.field(default="", validator=_text)
    when: str = attrs.field(default="", validator=_text)

    @property
    def key(self) -> str:
        """The form of `raw` that the decision is found by."""
        return key_of(self.raw)

    def row(self) -> str:
        """The decision as a line of the file, without its end."""
        raw, *rest = (raw_cell(text) for text in (self.raw, self.note, self.who, self.when))
        return "\t".join((raw, tags_cell(self.tags), *rest))


def raw_cell(text: str) -> str:
    r"""A text as a cell of the file; a quote at its start would be taken for a spreadsheet's.

    >>> print(raw_cell('"Other" trip'), raw_cell("PREL"))
    \x22Other" trip PREL
    """
    cell = escape(text)
    return rf"\x22{cell[1:]}" if cell.startswith('"') else cell


def tags_cell(tags: Iterable[str]) -> str:
    """Tags as a cell of the file, `-` where there are none: the string stays whole.

    >>> tags_cell(["PREL", "PGOV"]), tags_cell([])
    ('PREL PGOV', '-')
    """
    return join_tags(tags) or _NO_TAGS


def _unquoted(cell: str) -> str:
    """A cell without the quotes that a spreadsheet has put around it.

    >>> [_unquoted(cell) for cell in ('"CLINTON, HILLARY"', '"a ""b"" c"', '"Other" trip')]
    ['CLINTON, HILLARY', 'a "b" c', '"Other" trip']
    """
    return cell[1:-1].replace('""', '"') if _QUOTED.fullmatch(cell) else cell


def _checked(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions in the order of the file, each once.

    Raises:
        DecisionsError: one raw string is decided in two ways.
        TypeError: something is no decision.
    """
    by_key: dict[str, Decision] = {}
    problems = []
    for decision in decisions:
        if not isinstance(decision, Decision):
            kind = type(decision).__name__
            raise TypeError(f"decisions hold {decision!r:.60}, of type {kind}; they take Decision")
        first = by_key.setdefault(decision.key, decision)
        if first.tags != decision.tags:
            problems.append(Problem("decisions", 0, _conflict(decision, first, "before")))
    if problems:
        raise DecisionsError("decisions", problems)
    return tuple(by_key[key] for key in sorted(by_key))


def _conflict(decision: Decision, other: Decision, where: str) -> str:
    ours, theirs = (tags_cell(d.tags) for d in (decision, other))
    return f"{decision.raw!r} is decided as {ours!r}, but as {theirs!r} {where}; keep one of them"


@checked_names
@attrs.frozen(slots=False, repr=False)
class Decisions:
    """An immutable set of decisions, found by raw string.

    `get` gives the decided tags, an empty tuple for a string that is to stay whole, and None for
    one that nobody decided. `torn` is what was ignored at the end of the file because its writer
    had been stopped in the middle of a line.

    >>> decisions = Decisions([Decision("KTFX", ["KTFN"]), Decision("Marple", [])])
    >>> decisions.get("ktfx "), decisions.get("MARPLE"), decisions.get("PREL")
    (('KTFN',), (), None)
    >>> decisions.merge(Decisions([Decision("PHMU", ["PHUM"])]))
    <Decisions about 3 strings>

    Raises:
        DecisionsError: one raw string is decided in two ways.
        TypeError: something is no `Decision`.
    """

    decisions: tuple[Decision, ...] = attrs.field(default=(), converter=_checked)
    torn: str = attrs.field(default="", eq=False, kw_only=True)

    @classmethod
    @checked_names
    def load(cls, path: str | Path, taxonomy: Taxonomy | None = None) -> Decisions:
        """The decisions in a file, checked against a vocabulary (None: the built-in one).

        An empty file holds none. A last line that was cut off is ignored and reported in `torn`.

        Raises:
            DecisionsError: unknown codes, conflicts, bad rows: all of them, with their lines.
            DecisionsNotFoundError: there is no such file.
            OSError: the file cannot be read.
        """
        path = Path(path)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            raise DecisionsNotFoundError(path) from None
        return cls.of_bytes(content, path, taxonomy)

    @classmethod
    @checked_names
    def of_bytes(
        cls, content: bytes, path: str | Path = "decisions", taxonomy: Taxonomy | None = None
    ) -> Decisions:
        r"""The decisions in the content of a file, which errors call by its path.

        >>> Decisions.of_bytes(b"raw\ttags\nPHMU\tPHUM\n").get("PHMU")
        ('PHUM',)

        Raises:
            DecisionsError: as for `load`.
            TypeError: the content is text.
        """
        if not isinstance(content, bytes):
            raise TypeError(f"content is of type {type(content).__name__}; it takes bytes")
        path = Path(path)
        vocabulary = Taxonomy.load() if taxonomy is None else taxonomy
        problems: list[Problem] = []
        rows, torn = read_rows(content, path.name, COLUMNS, _NEEDED, problems)
        seen: dict[str, tuple[Decision, int]] = {}
        for line, cells in rows:
            decision, faults = parse_cells(cells, vocabulary)
            problems.extend(Problem(path.name, line, fault) for fault in faults)
            if decision is None:
                continue
            first, at = seen.setdefault(decision.key, (decision, line))
            if first.tags != decision.tags:
                conflict = _conflict(decision, first, f"in line {at}")
                problems.append(Problem(path.name, line, conflict))
        if problems:
            raise DecisionsError(path, sorted(problems, key=lambda problem: problem.line))
        return cls([decision for decision, _ in seen.values()], torn=torn)

    def save(self, path: str | Path) -> None:
        """Write the file, sorted by raw string, all of it or nothing.

        Raises:
            OSError: the file cannot be written; what was there is still there.
        """
        lines = ["\t".join(COLUMNS), *(decision.row() for decision in self.decisions)]
        with replacing(Path(path)) as file:
            file.writelines(f"{line}\n" for line in lines)

    def get(self, raw: str) -> tuple[str, ...] | None:
        """The decided tags of a raw string; empty if it stays whole, None if nobody decided.

        Raises:
            TypeError: it is no string.
        """
        decision = self._by_key.get(key_of(raw))
        return None if decision is None else decision.tags

    def find(self, raw: str) -> Decision | None:
        """The decision about a raw string with its note, or None."""
        return self._by_key.get(key_of(raw))

    def merge(self, other: Decisions) -> Decisions:
        """The decisions of both.

        Raises:
            DecisionsError: one raw string is decided in two ways; all such strings are listed.
            TypeError: the others hold what is no `Decision`, or cannot be gone through.
        """
        return Decisions([*self.decisions, *other])

    def without(self, raw: str) -> Decisions:
        """The same decisions but for the one about a raw string."""
        key = key_of(raw)
        return Decisions([decision for decision in self.decisions if decision.key != key])

    def __repr__(self) -> str:
        torn = f", the last line cut off: {self.torn!r:.60}" if self.torn else ""
        return f"<Decisions about {number_of(len(self.decisions), 'string')}{torn}>"

    def __iter__(self) -> Iterator[Decision]:
        return iter(self.decisions)

    def __len__(self) -> int:
        return len(self.decisions)

    def __contains__(self, raw: object) -> bool:
        return isinstance(raw, str) and key_of(raw) in self._by_key

    @cached_property
    def _by_key(self) -> dict[str, Decision]:
        return {decision.key: decision for decision in self.decisions}


def read_rows(
    content: bytes,
    file: str,
    columns: tuple[str, ...],
    needed: tuple[str, ...],
    problems: list[Problem],
) -> tuple[list[tuple[int, dict[str, str]]], str]:
    """The rows of a file with their line numbers, and the torn end of its last line, if any.

    What cannot be a row is added to `problems`. Only a line without its end can be torn: every
    complete line counts.
    """
    text = _decoded(content, file, problems)
    if text is None:
        return [], ""
    lines = text.replace("\r\n", "\n").split("\n")
    last = len(lines)
    if not any(line.strip() for line in lines):
        return [], ""
    # A spreadsheet saves every column and row that was ever used.
    width = lines[0].count("\t") + 1
    names = [_unquoted(name) for name in lines[0].rstrip("\t").split("\t")]
    wrong = _wrong_columns(lines[0], names, columns, needed)
    if wrong:
        problems.append(Problem(file, 1, wrong))
        return [], ""
    rows, torn = [], ""
    for number, line in enumerate(lines[1:], start=2):
        cells = [_unquoted(cell) for cell in line.split("\t")]
        if not any(cells):
            continue
        if len(cells) == width and not any(cells[len(names) :]):
            cells = cells[: len(names)]
        if len(cells) == len(names) and not (number == last and _is_torn(line)):
            rows.append((number, dict(zip(names, cells, strict=True))))
        elif number == last:
            torn = line
        else:
            some = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
            message = f"{some}, but {len(names)} columns; each row has a tab between all, and "
            message += r"\n for a line break in a cell"
            problems.append(Problem(file, number, message))
    return rows, torn


def _wrong_columns(
    line: str, names: Sequence[str], columns: Sequence[str], needed: Sequence[str]
) -> str:
    """What is wrong with the names of the columns, with the remedy; nothing, if nothing is."""
    missing = [name for name in needed if name not in names]
    unknown = [name for name in names if name not in columns]
    if not missing and not unknown and len(set(names)) == len(names):
        return ""
    found = shown(line.replace("\t", ", ")[:_SHOWN])
    if _NO_TEXT.search(line):
        return f"this is no text, it begins with {found:.40}; {_SAVE}"
    message = f"the columns are {found}; they must be {', '.join(columns)}"
    message += f", of which {', '.join(needed)} are needed"
    alike = [name for name in unknown if name.strip().lower() in missing]
    if "\t" not in line and re.search("[,;]", line):
        message += f"; {_SAVE}"
    elif alike:
        renamed = ", ".join(f"{name.strip().lower()} for {name!r}" for name in alike)
        message += f"; write {shown(renamed[:_SHOWN])}"
    elif unknown and not missing:
        message += f"; take out {shown(', '.join(unknown)[:_SHOWN])}"
    elif missing:
        message += f"; name {' and '.join(missing)} in the first line"
    return message


def _decoded(content: bytes, file: str, problems: list[Problem]) -> str | None:
    """The text of a file, or None and one more problem."""
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        # A kill in the middle of a character leaves half of it, after the last line's end.
        if not wide and error.start > content.rfind(b"\n"):
            return content.decode("utf-8-sig", errors="replace")
        if not wide and _NO_TEXT.search(content[: error.start].decode()):
            problems.append(Problem(file, 0, f"this is no text; {_SAVE}"))
            return None
        number = 0 if wide else content.count(b"\n", 0, error.start) + 1
        name = "UTF-16" if wide else "UTF-8"
        problems.append(
            Problem(file, number, f"not {name}: {error.reason}; save the file as UTF-8")
        )
        return None


def _is_torn(line: str) -> bool:
    """Whether an unfinished line ends in what a crash leaves: half a character, or zero bytes."""
    return line.endswith(("\ufffd", "\0"))


def parse_cells(
    cells: Mapping[str, str], taxonomy: Taxonomy | None
) -> tuple[Decision | None, list[str]]:
    """The decision in a row, if it is one, and what is wrong with the row.

    With a taxonomy of None any code goes.
    """
    try:
        plain = {name: unescape(cell) for name, cell in cells.items() if name != "tags"}
        tags = split_tags(cells["tags"])
    except ValueError as error:
        return None, [str(error)]
    faults = []
    if not key_of(plain["raw"]):
        faults.append("raw is empty; fill it in, or take the row out")
    if not tags:
        faults.append(f"no tags; {_WHOLE}")
    elif tags == (_NO_TAGS,):
        tags = ()
    elif taxonomy is not None:
        faults.extend(_unknown(tag, taxonomy) for tag in tags if tag not in taxonomy)
    if faults:
        return None, faults
    names = ("raw", "note", "who", "when")
    return Decision(tags=tags, **{n: plain[n] for n in names if n in plain}), []


def _unknown(tag: str, taxonomy: Taxonomy) -> str:
    from tagnorm.vocabulary.suggestions import near  # noqa: PLC0415 -- only a mistake needs it

    if tag == _NO_TAGS:
        return f"{tag!r} is no code of the vocabulary; it stands alone, for a string without any"
    if tag in _DASHES:
        return f"{tag!r} is no code of the vocabulary; {_WHOLE}"
    parts = [part for part in _BETWEEN.split(tag) if part]
    if parts and all(part in taxonomy for part in parts):
        return f"{tag!r} is no code of the vocabulary; part codes by a space alone"
    likely = " or ".join(code.tag for code in near(taxonomy, tag))
    return f"{tag!r} is no code of the vocabulary" + (f"; near: {likely}" if likely else "")
