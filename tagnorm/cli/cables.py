"""`tagnorm cables`: folders and dumps of cables in, a table of their tags out."""

from __future__ import annotations

import contextlib
import json
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import attrs
import click

from tagnorm.cli.answers import unresolved
from tagnorm.cli.exits import NO_INPUT, reading_file
from tagnorm.cli.options import (
    AnyPath,
    OutputPath,
    Vocabulary,
    json_option,
    quiet_option,
    reading_options,
    vocabulary_options,
)
from tagnorm.cli.streams import note, standard_input
from tagnorm.errors import FileError, FormatError, UnresolvedError
from tagnorm.escaping import escape, join_tags
from tagnorm.files.formats import check_ending
from tagnorm.paths import refuse_overlaps
from tagnorm.replacement import replacing
from tagnorm.wording import shown

if TYPE_CHECKING:
    from tagnorm.cables import Cable, CableTags
    from tagnorm.options import Options

__all__ = ["COLUMNS", "command"]

_LISTS = ("persons", "phrases", "unresolved")
COLUMNS = ("file", "cable", "date", "tags", *_LISTS, "confidence", "field")
_STANDARD_INPUT = Path("-")
_SAMPLE = 4096
# So many paths are named where none of them holds anything.
_NAMED = 3
_MARKS_OF_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@click.command()
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="DIR|FILE...",
    type=AnyPath(),
)
@json_option
@click.option(
    "-o",
    "--output",
    type=OutputPath(),
    metavar="OUT",
    help="Write to this file, whole or not at all, instead of standard output.",
)
@click.option(
    "--era-of-text",
    is_flag=True,
    help="Weigh the codes of each cable by the years that its own text tells, before --era.",
)
@quiet_option
@reading_options
@vocabulary_options
def command(
    *,
    era_of_text: bool,
    files: tuple[Path, ...],
    as_json: bool,
    output: Path | None,
    quiet: bool,
    reading: Options,
    vocabulary: Vocabulary,
) -> None:
    """Read the TAGS of cables, one row a cable: in files, folders with all in them, or - for
    standard input.

    A file may hold one cable or a dump of many; sections of one cable are put together. The
    columns are the file, the cable's reference (MASERU 000057) and date where the text has them,
    the tags parted by spaces, then persons, phrases and unresolved words parted by semicolons, the
    probability that all were read rightly, empty where nothing was to be read, and what was found:
    `read`, `empty` for a TAGS field with nothing in it, `none` where there is no such field.

    \b
    tagnorm cables cables/ -o tags.tsv
    tagnorm cables dump.txt --json | jq -r '.tags[]' | sort | uniq -c

    Bytes that are not UTF-8 are read as Windows-1252. A file that cannot be read is named on
    standard error; the rest is done, and the exit code is 66; if there is no rest, OUT is not
    written. With --unresolved raise the first cable with something unresolved, or without a tag,
    ends the work, and OUT is not written.
    """
    named = [("the input", path) for path in files if not path.is_dir()]
    refuse_overlaps([*named, *vocabulary.files()], [("the output", output or "-")])
    if output is not None:
        check_ending(output, *(("jsonl", "ndjson") if as_json else ("tsv", "tab")))
    _refuse_cables(files, output)
    from tagnorm.cables import edition_of, read_tags  # noqa: PLC0415 -- help needs no engine

    normalizers = {vocabulary.era: vocabulary.normalizer()}
    reader = _Reader(output, quiet)
    line_of = _json_line if as_json else _tsv_line
    some = False
    with _opened(output) as target:
        if not as_json:
            target.write("\t".join(COLUMNS) + "\n")
        for path, cable in reader.cables(files, show=not quiet and sys.stderr.isatty()):
            era = (edition_of(cable.text) if era_of_text else None) or vocabulary.era
            if era not in normalizers:
                normalizers[era] = attrs.evolve(vocabulary, era=era).normalizer()
            try:
                found = read_tags(cable.text, normalizer=normalizers[era], **reading.as_given())
            except UnresolvedError as error:
                raise unresolved(f"{escape(str(path))}:{cable.line}", error) from error
            target.write(line_of(path, cable, found))
            some = True
        if reader.failed and not some:
            # An earlier output is worth more than one with nothing in it.
            raise click.exceptions.Exit(NO_INPUT)
    if reader.failed:
        raise click.exceptions.Exit(NO_INPUT)
    if not (some or quiet):
        named_first = shown(", ".join(map(str, files[:_NAMED])))
        note(f"{named_first}: no text is there, so no cable; name other files, or their folder")


def _refuse_cables(paths: Sequence[Path], output: Path | None) -> None:
    """What lies in a folder that is read may be an earlier output, but no cable.

    Raises:
        FormatError: something else would be replaced.
    """
    if output is None or not output.is_file():
        return
    file = Path(os.path.realpath(output))
    if not any(file.is_relative_to(os.path.realpath(path)) for path in paths if path.is_dir()):
        return
    with reading_file(output), file.open("rb") as stream:
        begin = stream.read(_SAMPLE)
    if begin and not begin.startswith(("\t".join(COLUMNS).encode(), b'{"file": ')):
        raise FormatError(
            f"{output}: is in a folder that is read, and no earlier output; what is in it would be "
            "lost, so name another file for the output"
        )


def _tsv_line(path: Path, cable: Cable, found: CableTags) -> str:
    lists = (getattr(found, name) for name in _LISTS)
    cells = (
        escape(str(path)),
        escape(cable.reference),
        cable.date,
        join_tags(found.tags),
        *(escape(";".join(texts)) for texts in lists),
        f"{found.confidence:.4f}" if found else "",
        _state(found),
    )
    return "\t".join(cells) + "\n"


def _state(found: CableTags) -> str:
    """Whether a cable's TAGS field was read, is empty, or is not there."""
    if not found.has_field:
        return "none"
    return "read" if found else "empty"


def _json_line(path: Path, cable: Cable, found: CableTags) -> str:
    record: dict[str, Any] = {
        "file": str(path),
        "line": cable.line,
        "cable": cable.reference or None,
        "date": cable.date or None,
        "tags": found.tags,
        "persons": found.persons,
        "phrases": found.phrases,
        "unresolved": found.unresolved,
        "confidence": round(found.confidence, 6) if found else None,
        "field": found.field if found.has_field else None,
        "entries": [
            {"raw": entry.raw, "kind": entry.kind, "tags": entry.tags} for entry in found.entries
        ],
    }
    return json.dumps(record, ensure_ascii=False) + "\n"


@attrs.define
class _Reader:
    """Reads the cables of files one after the other, and goes on where one cannot be read."""

    output: Path | None
    quiet: bool = False
    failed: bool = False

    def cables(self, paths: Sequence[Path], *, show: bool) -> Iterator[tuple[Path, Cable]]:
        """The cables of files and folders, with the file of each."""
        from tagnorm.cables import cables, decoded_lines  # noqa: PLC0415
        from tagnorm.files.formats import Format  # noqa: PLC0415
        from tagnorm.files.inputs import Input  # noqa: PLC0415

        for path in _progress(self._files(paths), show=show):
            try:
                if path == _STANDARD_INPUT:
                    standard_input("cables", quiet=self.quiet)
                with Input(path, Format.named("lines")) as source:
                    for cable in cables(decoded_lines(source)):
                        # What the consumer of the rows raises is not thrown in here.
                        yield path, cable
            except FileError as error:
                self.failed = True
                note(str(error))

    def _files(self, paths: Iterable[Path]) -> list[Path]:
        """The files among the paths and below them, in a fixed order, each once."""
        found: dict[Path, None] = {}
        for path in paths:
            if path == _STANDARD_INPUT or not path.is_dir():
                found[path] = None
                continue
            for folder, below, names in os.walk(path, onerror=self._complain_of_folder):
                below[:] = sorted(name for name in below if not name.startswith("."))
                for name in sorted(names):
                    file = Path(folder, name)
                    if not name.startswith(".") and self._is_text(file):
                        found[file] = None
        return list(found)

    def _is_text(self, file: Path) -> bool:
        """Whether a file of a folder is to be read: not the output, no device, nothing binary."""
        from tagnorm.files.packing import packing_of  # noqa: PLC0415 -- only folders need it

        try:
            status = file.stat()
            if not stat.S_ISREG(status.st_mode):
                return False
            if self.output and self.output.exists() and self.output.samefile(file):
                return False
            if file.suffix.lower() == ".txt":
                return True
            with file.open("rb") as stream:
                sample = stream.read(_SAMPLE)
        except OSError:
            return True  # it is opened again when its turn comes, and complained of then
        packed = packing_of(sample) is not None
        return packed or b"\0" not in sample or sample.startswith(_MARKS_OF_UTF16)

    def _complain(self, path: Path, error: OSError) -> None:
        self.failed = True
        name = "standard input" if path == _STANDARD_INPUT else escape(str(path))
        note(f"{name}: {error.strerror or error}")

    def _complain_of_folder(self, error: OSError) -> None:
        self._complain(Path(os.fsdecode(error.filename)), error)


def _progress(files: list[Path], *, show: bool) -> Iterable[Path]:
    if not show:
        return files
    from rich.console import Console  # noqa: PLC0415 -- only a terminal needs it
    from rich.progress import track  # noqa: PLC0415

    return track(files, "Reading cables", console=Console(stderr=True), transient=True)


@contextlib.contextmanager
def _opened(output: Path | None) -> Iterator[IO[str]]:
    """Standard output, or a file that appears under its name only when all is written."""
    if output is None:
        yield sys.stdout
        sys.stdout.flush()
        return
    with replacing(output, errors="backslashreplace") as file:
        yield file
