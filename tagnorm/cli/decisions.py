"""`tagnorm decisions`: compare files of decisions, replay what changed, and check them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tagnorm.cli.group import Failure
from tagnorm.cli.options import build_normalizer, load_decisions, taxonomy_option
from tagnorm.decisions.diffs import apply, diff, diff_text, read_diff
from tagnorm.decisions.store import Decisions
from tagnorm.escaping import escape, join_tags
from tagnorm.vocabulary.codes import Taxonomy

__all__ = ["command"]

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FILE_OR_INPUT = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)


@click.group()
def command() -> None:
    """Compare, replay and check files of decisions.

    A file of decisions is what `tagnorm review` writes: tab-separated text with the columns raw,
    tags, note, who and when, of which raw and tags are needed. Tags are codes parted by spaces, or
    - for a string that stays whole.
    """


@command.command("diff")
@click.argument("old", type=_FILE)
@click.argument("new", type=_FILE)
@taxonomy_option
def diff_command(old: Path, new: Path, taxonomy: Path | None) -> None:
    """Print what leads from OLD to NEW, for a person to read and for `apply` to replay.

    Each line begins with - for a decision that goes or + for one that comes. An empty file, such
    as /dev/null, holds no decisions.

    \b
    tagnorm decisions diff yesterday.tsv today.tsv > changes.tsv
    """
    vocabulary = Taxonomy.load(taxonomy)
    changes = diff(load_decisions(old, vocabulary), load_decisions(new, vocabulary))
    sys.stdout.write(diff_text(changes))


@command.command("apply")
@click.argument("changes", type=_FILE_OR_INPUT, metavar="DIFF")
@click.option(
    "--decisions",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The file of decisions to change; made if it is not there.",
)
@taxonomy_option
def apply_command(changes: Path, decisions: Path, taxonomy: Path | None) -> None:
    """Make the changes of DIFF in a file of decisions: all of them, or none.

    DIFF is what `diff` printed (- for standard input), or another file of decisions, which is added
    as a whole. A change that was made already is passed over. If a string is decided otherwise
    here than the diff says it was, every such string is listed, and nothing is changed.

    \b
    tagnorm decisions apply changes.tsv --decisions mine.tsv
    """
    vocabulary = Taxonomy.load(taxonomy)
    standard_input = str(changes) == "-"
    name = "standard input" if standard_input else changes.name
    content = sys.stdin.buffer.read() if standard_input else changes.read_bytes()
    wanted = read_diff(content, name, vocabulary)
    before = load_decisions(decisions, vocabulary) if decisions.exists() else Decisions()
    after = apply(wanted, before, name)
    if after != before or not decisions.exists():
        after.save(decisions)
    made = len(diff(before, after))
    rest = "" if made == len(wanted) else "; the rest were there already"
    click.echo(f"{decisions}: made {made} of {len(wanted)} changes{rest}", err=True)


@command.command("check")
@click.argument("file", type=_FILE)
@taxonomy_option
def check_command(file: Path, taxonomy: Path | None) -> None:
    """Check FILE, and print each decision beside what the string would be without it.

    The columns are raw, decided, undecided (the tags without the decision), and same or other:
    a decision that says the same is not needed any more.
    """
    vocabulary = Taxonomy.load(taxonomy)
    found = load_decisions(file, vocabulary)
    normalizer = build_normalizer(taxonomy)
    answers = normalizer.resolve_many([decision.raw for decision in found])
    sys.stdout.write("raw\tdecided\tundecided\tverdict\n")
    for decision, answer in zip(found, answers, strict=True):
        decided, alone = (join_tags(tags) or "-" for tags in (decision.tags, answer.tags))
        verdict = "same" if decision.tags == answer.tags else "other"
        sys.stdout.write(f"{escape(decision.raw)}\t{decided}\t{alone}\t{verdict}\n")
    if found.torn:
        raise Failure(f"{file}: the last line is not complete")
