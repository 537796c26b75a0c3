"""What the shell offers behind a Tab: codes, families, kinds and statuses of the vocabulary."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from tagnorm.errors import TagnormError
from tagnorm.vocabulary.codes import Taxonomy

__all__ = ["complete_code", "complete_family", "complete_kind", "complete_status"]


def _taxonomy(context: click.Context) -> Taxonomy | None:
    """The vocabulary that is asked for; None if it cannot be used: a Tab never fails."""
    folder: Path | None = None
    here: click.Context | None = context
    while here is not None and folder is None:
        folder = here.params.get("taxonomy")
        here = here.parent
    try:
        return Taxonomy.load(folder)
    except (TagnormError, OSError):
        return None


def complete_code(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The codes that begin so, with their names."""
    start = incomplete.upper()
    return [
        CompletionItem(code.tag, help=code.name or None)
        for code in _taxonomy(context) or ()
        if code.tag.upper().startswith(start)
    ]


def complete_family(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The families, with their names."""
    taxonomy = _taxonomy(context)
    families = {} if taxonomy is None else taxonomy.families
    return [
        CompletionItem(family, help=name or None)
        for family, name in sorted(families.items())
        if family.casefold().startswith(incomplete.casefold())
    ]


def _of(context: click.Context, field: str, incomplete: str) -> list[CompletionItem]:
    start = incomplete.casefold()
    there = sorted({getattr(code, field) for code in _taxonomy(context) or ()})
    return [CompletionItem(one) for one in there if one.casefold().startswith(start)]


def complete_kind(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The kinds of codes."""
    return _of(context, "kind", incomplete)


def complete_status(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The statuses of codes."""
    return _of(context, "status", incomplete)
