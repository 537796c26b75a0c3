"""`tagnorm split`: raw strings in, one line each out, as they come."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from tagnorm.cli.answers import as_line, as_record, check
from tagnorm.cli.options import (
    StringCommand,
    Vocabulary,
    json_option,
    quiet_option,
    readable,
    reading_options,
    vocabulary_options,
)
from tagnorm.cli.streams import standard_input
from tagnorm.encodings import DamagedLineError, LineDecoder

if TYPE_CHECKING:
    from tagnorm.normalizer import Normalizer
    from tagnorm.options import Options
    from tagnorm.resolution import Resolution

__all__ = ["command"]

_CHUNK = 1 << 16
# How many answers are kept for strings that come again.
_MEMORY = 100_000


@click.command(cls=StringCommand)
@click.argument("strings", nargs=-1, metavar="[STRING]...", callback=readable)
@click.option(
    "--encoding",
    metavar="NAME",
    help="The encoding of standard input; else UTF-8, or UTF-16 if it shows.",
)
@json_option
@quiet_option
@reading_options
@vocabulary_options
def command(
    *,
    strings: tuple[str, ...],
    encoding: str | None,
    as_json: bool,
    quiet: bool,
    reading: Options,
    vocabulary: Vocabulary,
) -> None:
    """Turn raw tag strings into codes: the arguments, or the lines of standard input (also -).

    Each string gives one line: the string, its tags parted by spaces, and the probability that
    they are right, with tabs between the three. Pieces without a code stay among the tags unless
    --unresolved says otherwise; in JSON they stand apart.

    \b
    tagnorm split ECONPRELMARR 'PREL, PHMU'
    cut -f2 tags.tsv | tagnorm split | awk '$NF < 0.9'

    Tabs, line breaks, backslashes and other control characters of a string are written escaped
    (\\t, \\n, \\\\, \\x1b), a space inside a tag as \\x20: every line keeps its three cells.
    """
    if strings in ((), ("-",)):
        decoder = LineDecoder("standard input", encoding)
        lines = _lines_of(standard_input(quiet=quiet), decoder)
    else:
        _refuse_files(strings)
        lines = iter([list(enumerate(strings, start=1))])
    answers = _Answers(vocabulary.normalizer(), reading, as_json=as_json)
    for batch in lines:
        sys.stdout.writelines(answers.lines(batch))
        sys.stdout.flush()


def _refuse_files(strings: Iterable[str]) -> None:
    """A path that was given for a string would be read as tags, letter by letter.

    Raises:
        click.UsageError: one of the strings is the path of a file.
    """
    for text in strings:
        parts = os.path.splitext(text)[1] or os.sep in text  # noqa: PTH122 -- it may be no path
        if parts and "\0" not in text and _is_file(Path(text)):
            path = click.format_filename(text)
            raise click.UsageError(
                f"{path!r} is a file, and `split` reads strings; did you mean\n"
                f"  tagnorm clean {path}      to clean a column of it, or\n"
                f"  tagnorm split < {path}    to split its lines?"
            )


def _is_file(path: Path) -> bool:
    try:
        return path.exists() and not path.is_dir()
    except OSError:  # too long for a name, say
        return False


class _Answers:
    """The output line of each string; a string that comes again is not resolved again."""

    def __init__(self, normalizer: Normalizer, reading: Options, *, as_json: bool) -> None:
        self._normalizer = normalizer
        self._reading = reading
        self._as_json = as_json
        from tagnorm.engine.memory import Memory  # noqa: PLC0415 -- help needs no engine

        self._known: Memory[str] = Memory(_MEMORY)

    def lines(self, batch: Sequence[tuple[int, str]]) -> Iterator[str]:
        """The output lines of some numbered strings."""
        known = self._known
        for number, text in batch:
            line = known.get(text)
            if line is None:
                answer = self._normalizer.resolve(text, min_confidence=self._reading.min_confidence)
                check(answer, self._reading, number)
                line = known.add(text, self._line(answer))
            yield line

    def _line(self, answer: Resolution) -> str:
        if not self._as_json:
            return as_line(answer, self._reading)
        return json.dumps(as_record(answer, self._reading), ensure_ascii=False) + "\n"


def _lines_of(source: IO[bytes], decoder: LineDecoder) -> Iterator[list[tuple[int, str]]]:
    """The lines of a stream with their numbers, in batches of what has come so far.

    Whoever feeds the pipe slowly gets each answer at once, and a big file goes in big batches.
    Bytes in another encoding are an error: read as separators they would cut words apart, and the
    halves might be codes. The lines before them are answered.
    """
    ended = False
    while not ended:
        chunk = _read_some(source)
        ended = not chunk
        batch: list[tuple[int, str]] = []
        try:
            for line in decoder.feed(chunk, final=ended):
                batch.append((decoder.line + 1, decoder.checked(line)))
        except DamagedLineError:
            yield batch
            raise
        yield batch


def _read_some(source: IO[bytes]) -> bytes:
    # read1 returns as soon as anything is there; a stream without a buffer has only read
    read: Any = getattr(source, "read1", source.read)
    found: bytes = read(_CHUNK)
    return found
