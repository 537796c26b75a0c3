"""`tagnorm codes`: the vocabulary as a list, or the part of it that is asked for."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from tagnorm.cli.completion import complete_family, complete_kind, complete_status
from tagnorm.cli.options import Years, taxonomy_option
from tagnorm.escaping import escape
from tagnorm.vocabulary.codes import Code, Taxonomy
from tagnorm.vocabulary.eras import Era
from tagnorm.vocabulary.facts import codes_with, facts_of
from tagnorm.vocabulary.records import record_of

__all__ = ["command"]

_COLUMNS = (
    *("code", "name", "kind", "family", "status", "replaced_by", "source"),
    *("frequency", "from", "to"),
)


@click.command()
@click.option(
    "--family",
    metavar="F",
    shell_complete=complete_family,
    help="Only the codes of this family, such as K.",
)
@click.option(
    "--kind",
    metavar="KIND",
    shell_complete=complete_kind,
    help="Only the codes of this kind, such as geographic.",
)
@click.option(
    "--status",
    metavar="STATUS",
    shell_complete=complete_status,
    help="Only the codes of this status: current, retired or attested.",
)
@click.option(
    "--years",
    metavar="YEAR[-YEAR]",
    type=Years(),
    help="Only the codes that were in use then, as far as their years are known.",
)
@click.option("--text", metavar="WORDS", help="Only the codes that these words find, best first.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object a line.")
@taxonomy_option
def command(
    *,
    family: str | None,
    kind: str | None,
    status: str | None,
    years: Era | None,
    text: str | None,
    as_json: bool,
    taxonomy: Path | None,
) -> None:
    """List the vocabulary: tab-separated, with a header line, sorted by code.

    \b
    tagnorm codes --family K
    tagnorm codes --kind geographic | cut -f1,2
    tagnorm codes --status retired --years 1974 --text refugees
    """
    vocabulary = Taxonomy.load(taxonomy)
    chosen: Iterable[Code] = vocabulary
    for option, asked in (("family", family), ("kind", kind), ("status", status)):
        if asked is not None:
            chosen = _only(chosen, option, asked, vocabulary)
    if years is not None:
        chosen = [code for code in chosen if _in_use(code, years)]
    if text is not None:
        if not text.strip():
            raise click.BadParameter("it holds no word; leave it out", param_hint="--text")
        matches = vocabulary.search(text, limit=None, among=chosen)
        chosen = [match.code for match in matches]
    write = sys.stdout.write
    if not as_json:
        write("\t".join(_COLUMNS) + "\n")
    for code in chosen:
        facts = facts_of(code, vocabulary) if as_json else None
        write(json.dumps(facts, ensure_ascii=False) if facts else "\t".join(_cells(code)))
        write("\n")


def _only(codes: Iterable[Code], field: str, asked: str, vocabulary: Taxonomy) -> list[Code]:
    try:
        return codes_with(field, asked, vocabulary, among=codes)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=f"--{field}") from error


def _in_use(code: Code, era: Era) -> bool:
    """Whether a code was in use in some of the years; an end that is not known is open."""
    if code.start is None and code.end is None:
        return False
    return code.years_from(era) == 0


def _cells(code: Code) -> Iterator[str]:
    record = record_of(code) | {"status": code.status}
    for column in _COLUMNS:
        value = record.get(column, "")
        yield escape(f"{value:g}" if isinstance(value, float) else str(value))
