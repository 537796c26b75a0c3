"""`tagnorm split`: raw strings in, one line each out, as they come."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from tagnorm.cli.group import Failure
from tagnorm.cli.options import build_normalizer, normalizer_options, readable, reading_options
from tagnorm.escaping import escape, join_tags

if TYPE_CHECKING:
    from tagnorm.normalizer import Normalizer
    from tagnorm.resolution import Resolution

__all__ = ["as_record", "command"]

_CHUNK = 1 << 16
_MARK = b"\xef\xbb\xbf"
# How many answers are kept for strings that come again.
_MEMORY = 100_000


@click.command()
@click.argument("strings", nargs=-1, metavar="[STRING]...", callback=readable)
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object a line, with all.")
@reading_options
@normalizer_options
def command(
    *,
    strings: tuple[str, ...],
    as_json: bool,
    unresolved: str,
    min_confidence: float,
    taxonomy: Path | None,
    decisions: Path | None,
) -> None:
    """Turn raw tag strings into codes: the arguments, or the lines of standard input.

    Each string gives one line: the string, its tags parted by spaces, and the probability that
    they are right, with tabs between the three. Pieces without a code stay among the tags unless
    --unresolved says otherwise; in JSON they stand apart.

    \b
    tagnorm split ECONPRELMARR 'PREL, PHMU'
    cut -f2 tags.tsv | tagnorm split | awk '$NF < 0.9'

    Tabs, line breaks, backslashes and other control characters of a string are written escaped
    (\\t, \\n, \\\\, \\x1b), a space inside a tag as \\x20: every line keeps its three cells.
    """
    lines = [list(enumerate(strings, start=1))] if strings else _standard_input()
    answers = _Answers(build_normalizer(taxonomy, decisions), as_json, unresolved, min_confidence)
    for batch in lines:
        sys.stdout.writelines(answers.lines(batch))
        sys.stdout.flush()


class _Answers:
    """The output line of each string; a string that comes again is not resolved again."""

    def __init__(
        self, normalizer: Normalizer, as_json: bool, unresolved: str, min_confidence: float
    ) -> None:
        self._normalizer = normalizer
        self._as_json = as_json
        self._unresolved = unresolved
        self._min_confidence = min_confidence
        self._known: dict[str, str] = {}

    def lines(self, batch: Sequence[tuple[int, str]]) -> Iterator[str]:
        """The output lines of some numbered strings."""
        known = self._known
        if len(known) > _MEMORY:
            known.clear()
        fresh = [text for text in dict.fromkeys(text for _, text in batch) if text not in known]
        found = self._normalizer.resolve_many(fresh, min_confidence=self._min_confidence)
        for text, answer in zip(fresh, found, strict=True):
            if self._unresolved != "raise" or answer.is_resolved:
                known[text] = self._line(answer)
        for number, text in batch:
            if text not in known:
                self._refuse(number, text)
            yield known[text]

    def _line(self, answer: Resolution) -> str:
        if self._as_json:
            return json.dumps(as_record(answer), ensure_ascii=False) + "\n"
        keep = self._unresolved == "keep"
        tags = join_tags(
            segment.code or segment.raw
            for segment in answer.segments
            if segment.code or (keep and segment.how == "unresolved")
        )
        return f"{escape(answer.raw)}\t{tags}\t{answer.confidence:.4f}\n"

    def _refuse(self, number: int, text: str) -> None:
        answer = self._normalizer.resolve(text, min_confidence=self._min_confidence)
        left = ", ".join(map(repr, answer.unresolved[:5])) or "nothing in it"
        shown = repr(text if len(text) <= 80 else text[:77] + "...")
        raise Failure(
            f"string {number}: cannot resolve {left} in {shown}; "
            "pass --unresolved keep to keep such pieces or drop to leave them out"
        )


def as_record(answer: Resolution) -> dict[str, Any]:
    """An answer as JSON has it."""
    return {
        "raw": answer.raw,
        "tags": answer.tags,
        "status": answer.status,
        "confidence": round(answer.confidence, 6),
        "unresolved": answer.unresolved,
        "segments": [
            {"raw": s.raw, "start": s.start, "end": s.end, "code": s.code, "how": s.how}
            for s in answer.segments
        ],
        "alternatives": [
            {"tags": other.tags, "confidence": round(other.confidence, 6)}
            for other in answer.alternatives
        ],
    }


def _standard_input() -> Iterator[list[tuple[int, str]]]:
    """The lines of standard input with their numbers, in batches of what has come so far.

    Whoever feeds the pipe slowly gets each answer at once, and a big file goes in big batches.
    """
    source = sys.stdin.buffer
    number, rest = 1, b""
    if source.isatty():
        click.echo("tagnorm: reading lines from the terminal; Ctrl-D ends", err=True)
    while chunk := _read_some(source):
        complete, newline, tail = chunk.rpartition(b"\n")
        if not newline:
            rest += chunk
            continue
        lines = (rest + complete).split(b"\n")
        rest = tail
        yield from _decoded(lines, number)
        number += len(lines)
    if rest:
        yield from _decoded([rest], number)


def _read_some(source: IO[bytes]) -> bytes:
    # read1 returns as soon as anything is there; a stream without a buffer has only read
    read: Any = getattr(source, "read1", source.read)
    found: bytes = read(_CHUNK)
    return found


def _decoded(lines: Iterable[bytes], number: int) -> Iterator[list[tuple[int, str]]]:
    """The lines as text with their numbers, up to the first that is none.

    Bytes in another encoding are an error: read as separators they would cut words apart, and the
    halves might be codes.
    """
    batch: list[tuple[int, str]] = []
    for at, line in enumerate(lines, start=number):
        bare = line.removesuffix(b"\r")
        try:
            text = bare.removeprefix(_MARK).decode() if at == 1 else bare.decode()
        except UnicodeDecodeError as error:
            yield batch
            raise Failure(
                f"line {at} of standard input is not UTF-8 at byte {error.start + 1}: "
                f"0x{error.object[error.start]:02x}; "
                "convert it first, for example with:  iconv -f LATIN1 -t UTF-8"
            ) from error
        batch.append((at, text))
    yield batch
