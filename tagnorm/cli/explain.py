"""`tagnorm explain`: how a string was read, drawn for a person."""

from __future__ import annotations

from itertools import repeat
from pathlib import Path

import click

from tagnorm.cli.options import (
    build_normalizer,
    min_confidence_option,
    normalizer_options,
    readable,
)

__all__ = ["command"]

_WORTH_SHOWING = 0.005


@click.command()
@click.argument("strings", nargs=-1, required=True, metavar="STRING...", callback=readable)
@min_confidence_option
@normalizer_options
def command(
    strings: tuple[str, ...],
    min_confidence: float,
    taxonomy: Path | None,
    decisions: Path | None,
) -> None:
    """Draw how a string was read: its pieces under it, what each is, and other readings.

    This is for people; `tagnorm split --json` says the same to programs. In colour on a terminal,
    unless NO_COLOR is set.

    \b
    tagnorm explain ECONPRELMARR
    tagnorm explain 'PREL, KTFX'
    """
    from tagnorm.cli.drawing import console, draw, draw_alternatives  # noqa: PLC0415 -- rich

    normalizer = build_normalizer(taxonomy, decisions)
    screen = console()
    for number, text in enumerate(strings):
        if number:
            screen.print()
        answer = normalizer.resolve(text, min_confidence=min_confidence)
        for line in draw(answer, normalizer.taxonomy):
            screen.print(line)
        likely = [other for other in answer.alternatives if other.confidence >= _WORTH_SHOWING]
        for line in draw_alternatives(likely, normalizer.taxonomy, repeat("or")):
            screen.print(line)
