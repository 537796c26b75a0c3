"""`tagnorm codes`: the vocabulary as a list."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from tagnorm.cli.options import taxonomy_option
from tagnorm.escaping import escape
from tagnorm.vocabulary.codes import Code, Taxonomy

__all__ = ["command"]

_COLUMNS = ("code", "name", "kind", "family", "status", "replaced_by", "source")


@click.command()
@click.option("--family", metavar="F", help="Only the codes of this family, such as K.")
@click.option("--kind", metavar="KIND", help="Only the codes of this kind, such as geographic.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object a line.")
@taxonomy_option
def command(family: str | None, kind: str | None, as_json: bool, taxonomy: Path | None) -> None:
    """List the vocabulary: tab-separated, with a header line, sorted by code.

    \b
    tagnorm codes --family K
    tagnorm codes --kind geographic | cut -f1,2
    """
    vocabulary = Taxonomy.load(taxonomy)
    if family is not None:
        family = _known("--family", family.upper(), {code.family for code in vocabulary})
    if kind is not None:
        kind = _known("--kind", kind.lower(), {code.kind for code in vocabulary})
    chosen = (
        code for code in vocabulary if family in (None, code.family) and kind in (None, code.kind)
    )
    if not as_json:
        sys.stdout.write("\t".join(_COLUMNS) + "\n")
    for code in chosen:
        cells = _cells(code)
        if as_json:
            record = dict(zip(_COLUMNS, cells, strict=True))
            sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
        else:
            sys.stdout.write("\t".join(map(escape, cells)) + "\n")


def _cells(code: Code) -> tuple[str, ...]:
    return (
        code.tag,
        code.name,
        code.kind,
        code.family,
        code.status,
        code.replaced_by,
        code.source,
    )


def _known(option: str, value: str, there: Iterable[str]) -> str:
    """The value as the vocabulary writes it, whatever its case."""
    by_fold = {name.casefold(): name for name in there if name}
    if value.casefold() not in by_fold:
        raise click.BadParameter(
            f"{value!r} is not in this vocabulary; it has {', '.join(sorted(by_fold.values()))}",
            param_hint=option,
        )
    return by_fold[value.casefold()]
