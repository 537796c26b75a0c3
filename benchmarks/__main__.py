"""`python -m benchmarks [COMMAND]`: one module a command; without one, `tags`.

A command's module has `arguments(parser)`, which declares its options, and `run(options)`, which
prints what it measured and returns the exit code; one without options has only `run()`. Modules
are imported only when they are called for, so that a measuring process stays small.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

COMMANDS = {
    "tags": "the full tag list: speed and exact answers beside the peers",
    "accuracy": "answers by class on labelled strings and on synthetic damage; what to fix next",
    "record": "the record of TAGS by era and class: answers, harm, confidence",
    "vocabularies": "fifteen vocabularies of other fields, beside three peers",
    "damage": "the rates of damage in the labelled list, and samples of the generator",
    "columns": "columns the size of the archive and ten times that, beside the floor",
    "files": "every path of clean beside Polars doing the same reading and writing",
    "growth": "time by length of string, size of vocabulary and number of distinct values",
    "profile": "where the time goes: microseconds a string, by what it takes to read it",
    "guard": "ratios to the peers against the committed baseline; exit 1 if one fell",
    "answers": "the answers to the whole tag list against the committed ones",
    "mutants": "the mutation score: how many small faults in the code the tests find",
    "same": "whether two versions give the same answers on seventy thousand strings",
    "compiled": "another command, on the compiled build",
    "service": "reconciliation queries a second, beside a service that answers a constant",
    "startup": "time and memory of the import and the first split",
    "weights": "the fit of the cost table, and accuracy by cross-validation",
    "shares": "how often what happens in the labelled strings, which a fit starts from",
    "letters": "the table of letters after two others, built from its sources",
    "words": "the list of common words and names, built from its sources",
    "edits": "the table of what edits make of the short codes and aliases; after they change",
    "packed": "the built-in vocabulary in one file, quick to load; after any row changes",
    "countries": "the names of countries by ISO, the United Nations and CLDR, from their sources",
    "calibration": "what the confidence is fitted on",
    "together": "whether it would help to know which tags stand together",
}

# What the shipped tables are learnt with is apart from what is measured.
TRAINING = frozenset(
    (
        "damage", "weights", "shares", "letters", "words", "edits", "packed", "countries",
        "calibration", "together",
    )
)  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help")):
        words.insert(0, "tags")
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, purpose in COMMANDS.items():
        command = commands.add_parser(name, help=purpose, description=purpose)
        if name == words[0]:
            folder = "benchmarks.training" if name in TRAINING else "benchmarks"
            module = import_module(f"{folder}.{name}")
            takes_options = hasattr(module, "arguments")
            if takes_options:
                module.arguments(command)
    options = parser.parse_args(words)
    return int((module.run(options) if takes_options else module.run()) or 0)


if __name__ == "__main__":
    sys.exit(main())
