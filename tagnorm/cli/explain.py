"""`tagnorm explain`: how a string was read, drawn for a person."""

from __future__ import annotations

import json
from itertools import repeat
from typing import TYPE_CHECKING

import click

from tagnorm.cli.answers import as_record, check, chosen
from tagnorm.cli.options import (
    StringCommand,
    Vocabulary,
    json_option,
    quiet_option,
    readable,
    reading_options,
    vocabulary_options,
)
from tagnorm.wording import worth_showing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagnorm.normalizer import Normalizer
    from tagnorm.options import Options
    from tagnorm.resolution import Resolution

__all__ = ["command"]


@click.command(cls=StringCommand)
@click.argument("strings", nargs=-1, required=True, metavar="STRING...", callback=readable)
@json_option
@quiet_option
@click.option(
    "--dot", "as_dot", is_flag=True, help="Write the lattice of each word for Graphviz instead."
)
@reading_options
@vocabulary_options
def command(
    *,
    strings: tuple[str, ...],
    as_json: bool,
    quiet: bool,
    as_dot: bool,
    reading: Options,
    vocabulary: Vocabulary,
) -> None:
    """Draw how a string was read: its pieces under it, what each is, and other readings.

    In colour on a terminal, unless NO_COLOR is set. With --json the answer is that of `tagnorm
    split --json`. A piece that --unresolved or --unique leaves out of the tags is not drawn. With
    --dot the ways to read each word are written with what they cost: `... --dot | dot -Tsvg`.

    \b
    tagnorm explain ECONPRELMARR
    tagnorm explain 'PREL, KTFX'
    """
    del quiet  # there is nothing to leave out
    if as_json and as_dot:
        raise click.UsageError("--json and --dot are two forms; give one of them")
    normalizer = vocabulary.normalizer()
    answers = (normalizer.resolve(t, min_confidence=reading.min_confidence) for t in strings)
    if as_json:
        for number, answer in enumerate(answers, start=1):
            check(answer, reading, number)
            click.echo(json.dumps(as_record(answer, reading), ensure_ascii=False))
        return
    if as_dot:
        for lattice in _lattices(normalizer, answers):
            click.echo(lattice)
        return
    from tagnorm.cli.drawing import console, draw, draw_alternatives  # noqa: PLC0415 -- rich

    screen = console()
    for number, answer in enumerate(answers, start=1):
        check(answer, reading, number)
        if number > 1:
            screen.print()
        for line in draw(answer, normalizer.taxonomy, chosen(answer, reading)):
            screen.print(line)
        likely = worth_showing(answer.alternatives)
        for line in draw_alternatives(likely, normalizer.taxonomy, repeat("or")):
            screen.print(line)


def _lattices(normalizer: Normalizer, answers: Iterable[Resolution]) -> Iterator[str]:
    """The lattice of each word that is one word, as text for Graphviz."""
    from tagnorm.engine.model import Model  # noqa: PLC0415
    from tagnorm.engine.search.drawing import dot  # noqa: PLC0415 -- few ask for it
    from tagnorm.folding import squash  # noqa: PLC0415

    model = Model(normalizer.taxonomy, keep=normalizer.keep)
    words = (squash(word.raw) for answer in answers for word in answer.words)
    return (dot(model, word) for word in words if word)
