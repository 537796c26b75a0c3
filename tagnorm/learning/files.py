"""A fit as plain files of a vocabulary's folder, which `Taxonomy.load` reads back.

What was learnt is in `costs.tsv`, `confidence.tsv` and `frequencies.tsv`; the files with the codes
are copied as they are, or stay where they are if the folder is theirs.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from tagnorm.errors import FormatError
from tagnorm.paths import is_same_file
from tagnorm.replacement import write_text
from tagnorm.vocabulary.codes import Taxonomy
from tagnorm.vocabulary.exports import write_csv
from tagnorm.vocabulary.loading import tables_in

if TYPE_CHECKING:
    from tagnorm.learning.learner import Fit

__all__ = ["LEARNT", "save"]

# The files that hold what was learnt.
LEARNT = ("costs.tsv", "confidence.tsv", "frequencies.tsv")

_OURS = "# Fitted by tagnorm to a column; a new fit replaces this file."


def save(fit: Fit, folder: Path, source: Path | None = None) -> list[Path]:
    """Write a fit into a folder, which is made if need be, and say which files were written.

    Args:
        fit: what was learnt.
        folder: where to; files that a fit did not write are left alone.
        source: the folder of the vocabulary, whose files are copied; None to write its codes anew.

    Raises:
        FormatError: a file of the same name is there that no fit has written, or one that would be
            a part of the vocabulary and is none.
        OutputError: a file cannot be written.
    """
    texts = dict(_learnt(fit))
    is_own = source is not None and folder.is_dir() and is_same_file(source, folder)
    if source is None:
        texts |= _codes(fit.taxonomy)
    elif not is_own:
        for path in tables_in(source):
            texts.setdefault(path.name, path.read_text(encoding="utf-8-sig"))
    written = []
    for name, text in texts.items():
        path = folder / name
        if path.exists():
            there = path.read_text(encoding="utf-8", errors="replace")
            if there == text:
                continue
            if not there.startswith(_OURS):
                raise FormatError(
                    f"{path}: is there already, and no fit has written it; name another folder, or "
                    "move the file away"
                )
        written.append(path)
    left = [] if is_own else [path for path in tables_in(folder) if path.name not in texts]
    for path in left:
        if not path.read_text(encoding="utf-8", errors="replace").startswith(_OURS):
            raise FormatError(
                f"{path}: is there already, and would be a part of the fitted vocabulary; name "
                "another folder, or move the file away"
            )
    for path in left:  # of an earlier fit, which this one replaces
        path.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    for path in written:
        write_text(path, texts[path.name])
    return written


def _learnt(fit: Fit) -> Iterator[tuple[str, str]]:
    costs, confidence, frequencies = LEARNT
    for name, column, numbers in (
        (costs, "nats", fit.taxonomy.costs),
        (confidence, "value", fit.taxonomy.confidence),
    ):
        if numbers:
            yield name, _numbers(("name", column, "reason"), numbers, "fitted")
    if fit.frequencies:
        yield frequencies, _numbers(("code", "frequency"), fit.frequencies)


def _numbers(header: Sequence[str], numbers: Mapping[str, float], *more: str) -> str:
    rows = ((name, f"{number:g}", *more) for name, number in sorted(numbers.items()))
    return _text(header, rows, _OURS)


def _codes(taxonomy: Taxonomy) -> Iterator[tuple[str, str]]:
    """The codes of a vocabulary that lies in no folder; frequencies have a file of their own."""
    header, *rows = csv.reader(StringIO(write_csv(taxonomy)))
    without = header.index("aliases")
    yield (
        "codes.tsv",
        _text(
            [name for name in header if name != "aliases"],
            (row[:without] + row[without + 1 :] for row in rows),
            _OURS,
        ),
    )
    aliases = [(one.alias, one.tag, one.kind, one.source, one.language) for one in taxonomy.aliases]
    if aliases:
        yield "aliases.tsv", _text(("alias", "code", "kind", "source", "language"), aliases, _OURS)
    if taxonomy.outside:
        kind = f"{_OURS}\n# kind: outside"
        yield "outside.tsv", _text(("code", "name"), sorted(taxonomy.outside.items()), kind)
    if taxonomy.notes:
        yield "notes.tsv", _text(("code", "note"), sorted(taxonomy.notes.items()), _OURS)


def _text(header: Sequence[str], rows: Iterable[Sequence[str]], comment: str) -> str:
    lines = ["\t".join(row) for row in (header, *rows)]
    return "\n".join([comment, *lines]) + "\n"
