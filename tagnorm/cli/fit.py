"""`tagnorm fit`: what a column teaches about a vocabulary, written beside its codes."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from tagnorm.cli.exits import writing_file
from tagnorm.cli.input_form import InputForm, input_options
from tagnorm.cli.options import (
    InputPath,
    OutputPath,
    Vocabulary,
    json_option,
    quiet_option,
    vocabulary_options,
)
from tagnorm.cli.streams import note
from tagnorm.learning.files import LEARNT
from tagnorm.paths import refuse_overlaps
from tagnorm.vocabulary.loading import builtin_folder

__all__ = ["command"]


@click.command()
@click.argument("file", metavar="IN", type=InputPath(dash=True))
@click.option("--column", metavar="C", help="The column to learn from. [default: tags]")
@click.option(
    "--output",
    "-o",
    type=OutputPath(file=False),
    metavar="DIR",
    help="The folder for the fitted vocabulary; that of --taxonomy keeps its files and gets those "
    "that hold what was learnt. Without it nothing is written.",
)
@input_options
@json_option
@quiet_option
@vocabulary_options
def command(
    *,
    file: Path,
    column: str | None,
    output: Path | None,
    form: InputForm,
    as_json: bool,
    quiet: bool,
    vocabulary: Vocabulary,
) -> None:
    """Learn from a column of raw strings in IN how its vocabulary is used and damaged.

    No label is needed: of each word all readings count, as likely as they are. What is learnt is
    how often each code is meant, how often separators are lost, which edits are made and how much
    is no code; then how sure an answer may be, for which the decisions of --decisions count, too.
    Every tenth string is kept apart and tells whether it holds. Codes never change.

    What was learnt is written as `costs.tsv`, `confidence.tsv` and `frequencies.tsv` beside the
    files of the vocabulary; of what nothing was learnt, there is no file. Every command takes the
    folder as --taxonomy.

    \b
    tagnorm fit cables.csv --column TAGS -o fitted
    tagnorm clean cables.csv --column TAGS --taxonomy fitted
    """
    if output is not None:
        inputs = [("the input", file), ("the file of decisions", vocabulary.decisions)]
        refuse_overlaps(inputs, [("what is learnt", output / name) for name in LEARNT])
    normalizer = vocabulary.normalizer()
    fit = normalizer.fit(form.column(file, column, quiet=quiet).counts)
    if output is not None:
        given = vocabulary.taxonomy
        source = builtin_folder() if given is None else given if given.is_dir() else None
        with writing_file(output):
            written = fit.save(output, source)
        if not quiet:
            names = ", ".join(path.name for path in written)
            note(f"written to {output}: {names or 'nothing that is not there already'}")
    if as_json:
        record = {
            "words": fit.words,
            "held_out": fit.held_out,
            "gain": round(fit.gain, 6),
            "rates": {name: [round(x, 6) for x in (was, now)] for name, was, now in fit.rows},
            "costs": dict(fit.costs),
            "confidence": dict(fit.confidence),
            "notes": fit.notes,
        }
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(f"{fit}\n")
