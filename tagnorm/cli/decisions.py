"""`tagnorm decisions`: compare files of decisions, replay what changed, and check them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import attrs
import click

from tagnorm.cli.exits import BAD_DATA, Failure, reading_file, writing_file
from tagnorm.cli.options import (
    InputPath,
    OutputPath,
    Vocabulary,
    era_option,
    json_option,
    keep_option,
    load_decisions,
    quiet_option,
    taxonomy_option,
)
from tagnorm.cli.streams import note, standard_input
from tagnorm.decisions.diffs import apply, diff, diff_text, read_diff
from tagnorm.decisions.journal import Journal
from tagnorm.decisions.store import Decision, Decisions, tags_cell
from tagnorm.escaping import escape
from tagnorm.paths import refuse_overlaps
from tagnorm.vocabulary.codes import Taxonomy
from tagnorm.vocabulary.eras import Era

__all__ = ["command"]


@click.group()
def command() -> None:
    """Compare, replay and check files of decisions.

    A file of decisions is what `tagnorm review` writes: tab-separated text with the columns raw,
    tags, note, who and when, of which raw and tags are needed. Tags are codes parted by spaces, or
    - for a string that stays whole.
    """


@command.command("diff", short_help="Print what leads from one file of decisions to another.")
@click.argument("old", type=InputPath(dash=True))
@click.argument("new", type=InputPath(dash=True))
@json_option
@taxonomy_option
def diff_command(old: Path, new: Path, as_json: bool, taxonomy: Path | None) -> None:
    """Print what leads from OLD to NEW, for a person to read and for `apply` to replay.

    Each line begins with - for a decision that goes or + for one that comes. An empty file, such
    as /dev/null, holds no decisions. One of the two may be - for standard input.

    \b
    tagnorm decisions diff yesterday.tsv today.tsv > changes.tsv
    """
    if str(old) == str(new) == "-":
        raise click.UsageError("OLD and NEW are both standard input; name a file for one of them")
    vocabulary = Taxonomy.load(taxonomy)
    changes = diff(load_decisions(old, vocabulary), load_decisions(new, vocabulary))
    if not as_json:
        sys.stdout.write(diff_text(changes))
        return
    for change in changes:
        record = {"old": _as_record(change.old), "new": _as_record(change.new)}
        click.echo(json.dumps(record, ensure_ascii=False))


@command.command("apply", short_help="Make the changes of a diff.")
@click.argument("changes", type=InputPath(dash=True), metavar="DIFF")
@click.option(
    "--decisions",
    required=True,
    type=OutputPath(),
    metavar="FILE",
    help="The file of decisions to change; made if it is not there.",
)
@quiet_option
@taxonomy_option
def apply_command(changes: Path, decisions: Path, quiet: bool, taxonomy: Path | None) -> None:
    """Make the changes of DIFF in a file of decisions: all of them, or none.

    DIFF is what `diff` printed (- for standard input), or another file of decisions, which is added
    as a whole. A change that was made already is passed over. If a string is decided otherwise
    here than the diff says it was, every such string is listed, and nothing is changed. Any number
    of programs may change the file at the same time.

    \b
    tagnorm decisions apply changes.tsv --decisions mine.tsv
    """
    own = Vocabulary(taxonomy)
    refuse_overlaps([("the diff", changes), *own.files()], [("the file of decisions", decisions)])
    vocabulary = own.load()
    if str(changes) == "-":
        name, content = "standard input", standard_input("a diff", quiet=quiet).read()
    else:
        with reading_file(changes):
            name, content = changes.name, changes.read_bytes()
    wanted = read_diff(content, name, vocabulary)
    with writing_file(decisions):
        journal = Journal(decisions, vocabulary)
        journal.check()
        before, after = journal.change(lambda found: apply(wanted, _whole(found, decisions), name))
    made = len(diff(before, after))
    if not quiet:
        rest = "" if made == len(wanted) else "; the rest were there already"
        note(f"{decisions}: made {made} of {len(wanted)} changes{rest}")


def _whole(found: Decisions, path: Path) -> Decisions:
    if found.torn:
        note(f"{path}: the last line was cut off and is removed: {found.torn!r}")
    return found


def _as_record(decision: Decision | None) -> dict[str, object] | None:
    return None if decision is None else attrs.asdict(decision)


@command.command("check", short_help="Print what each string would be without its decision.")
@click.argument("file", type=InputPath(dash=True))
@json_option
@taxonomy_option
@keep_option
@era_option
def check_command(
    file: Path, as_json: bool, taxonomy: Path | None, keep: tuple[str, ...], era: Era | None
) -> None:
    """Check FILE, and print each decision beside what the string would be without it.

    FILE may be - for standard input. The columns are raw, decided, undecided (the tags without the
    decision), and same or other: a decision that says the same is not needed any more.
    """
    normalizer = Vocabulary(taxonomy, None, keep, era).normalizer()
    found = load_decisions(file, normalizer.taxonomy)
    answers = normalizer.resolve_many([decision.raw for decision in found])
    if not as_json:
        sys.stdout.write("raw\tdecided\tundecided\tverdict\n")
    for decision, answer in zip(found, answers, strict=True):
        verdict = "same" if decision.tags == answer.tags else "other"
        if as_json:
            record = {
                "raw": decision.raw,
                "decided": decision.tags,
                "undecided": answer.tags,
                "verdict": verdict,
            }
            click.echo(json.dumps(record, ensure_ascii=False))
            continue
        decided, alone = (tags_cell(tags) for tags in (decision.tags, answer.tags))
        sys.stdout.write(f"{escape(decision.raw)}\t{decided}\t{alone}\t{verdict}\n")
    if found.torn:
        name = "standard input" if str(file) == "-" else file
        raise Failure(f"{name}: the last line is not complete", BAD_DATA)
