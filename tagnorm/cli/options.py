"""The options that commands share, by the names they have in Python, and what is built from them.

>>> @click.command()
... @normalizer_options
... @reading_options
... @click.argument("text")
... def command(taxonomy, decisions, unresolved, min_confidence, text):
...     normalizer = build_normalizer(taxonomy, decisions)
...     tags = normalizer.split(text, unresolved=unresolved, min_confidence=min_confidence)
...     click.echo(" ".join(tags))
>>> command(["PRELPGOV"], standalone_mode=False)
PREL PGOV
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from tagnorm.decisions.store import Decisions
    from tagnorm.normalizer import Normalizer
    from tagnorm.vocabulary.codes import Taxonomy

__all__ = [
    "build_normalizer",
    "decisions_option",
    "load_decisions",
    "min_confidence_option",
    "normalizer_options",
    "readable",
    "reading_options",
    "taxonomy_option",
    "unresolved_option",
]

_F = TypeVar("_F", bound=Callable[..., Any])


def _own_or_parents(
    context: click.Context, parameter: click.Parameter, value: Path | None
) -> Path | None:
    """What was given to the command, or before it: `tagnorm --taxonomy DIR split` works too."""
    while value is None and context.parent is not None:
        context = context.parent
        value = context.params.get(parameter.name or "")
    return value


def readable(
    context: click.Context, parameter: click.Parameter, value: tuple[str, ...]
) -> tuple[str, ...]:
    """A callback for text arguments: bytes that the locale cannot read are read as UTF-8.

    Raises:
        click.BadParameter: they are not UTF-8 either.
    """
    try:
        return tuple([text if _is_text(text) else os.fsencode(text).decode() for text in value])
    except UnicodeDecodeError as error:
        raise click.BadParameter(f"not UTF-8: {error.object!r}", context, parameter) from error


def _is_text(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


def taxonomy_option(function: _F) -> _F:
    """`--taxonomy DIR`, as the parameter `taxonomy`: a path or None."""
    return click.option(
        "--taxonomy",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        metavar="DIR",
        callback=_own_or_parents,
        help="A vocabulary folder to use instead of the built-in one.",
    )(function)


def decisions_option(function: _F) -> _F:
    """`--decisions FILE`, as the parameter `decisions`: a path or None."""
    return click.option(
        "--decisions",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="FILE",
        help="A file of decisions, as `tagnorm review` writes it; they always win.",
    )(function)


def min_confidence_option(function: _F) -> _F:
    """`--min-confidence`, as the parameter `min_confidence`: a number from 0 to 1."""
    return click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        default=0.0,
        metavar="P",
        help="Leave a string unresolved whose answer is less sure than this, from 0 to 1.",
    )(function)


def unresolved_option(function: _F) -> _F:
    """`--unresolved`, as the parameter `unresolved`: keep, drop or raise."""
    return click.option(
        "--unresolved",
        type=click.Choice(["keep", "drop", "raise"]),
        default="keep",
        show_default=True,
        help="What becomes of pieces without a code; `raise` stops at the first with exit code 1.",
    )(function)


def normalizer_options(function: _F) -> _F:
    """`--taxonomy` and `--decisions`: what `build_normalizer` takes."""
    return taxonomy_option(decisions_option(function))


def reading_options(function: _F) -> _F:
    """`--unresolved` and `--min-confidence`: what `split` and its kin take."""
    return unresolved_option(min_confidence_option(function))


def build_normalizer(taxonomy: Path | None = None, decisions: Path | None = None) -> Normalizer:
    """The normalizer that the shared options ask for.

    Raises:
        TaxonomyError: the vocabulary folder cannot be used.
        DecisionsError: the file of decisions cannot be used.
    """
    from tagnorm.normalizer import Normalizer  # noqa: PLC0415 -- help needs no engine
    from tagnorm.vocabulary.codes import Taxonomy  # noqa: PLC0415

    vocabulary = Taxonomy.load(taxonomy)
    decided = None if decisions is None else load_decisions(decisions, vocabulary)
    return Normalizer(vocabulary, decisions=decided)


def load_decisions(path: Path, taxonomy: Taxonomy) -> Decisions:
    """The decisions in a file; a last line that was cut off is ignored with a word about it.

    Raises:
        DecisionsError: the file cannot be used.
    """
    from tagnorm.decisions.store import Decisions  # noqa: PLC0415

    found = Decisions.load(path, taxonomy)
    if found.torn:
        cut = f"{path}: the last line was cut off and is ignored: {found.torn!r}"
        click.echo(f"tagnorm: {cut}", err=True)
    return found
