"""`tagnorm review`: a person goes through the words of a column that need one."""

from __future__ import annotations

import getpass
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from tagnorm.cli.dialogue import Dialogue
from tagnorm.cli.drawing import console
from tagnorm.cli.exits import NO, Failure, writing_file
from tagnorm.cli.input_form import InputForm, input_options
from tagnorm.cli.options import (
    InputPath,
    OutputPath,
    Share,
    Vocabulary,
    era_option,
    keep_option,
    quiet_option,
    taxonomy_option,
)
from tagnorm.decisions.journal import Journal
from tagnorm.decisions.review import Session
from tagnorm.decisions.states import DOUBT, NEED_A_PERSON, State
from tagnorm.decisions.store import tags_cell
from tagnorm.decisions.word_tally import Pending
from tagnorm.escaping import escape
from tagnorm.paths import refuse_overlaps
from tagnorm.vocabulary.eras import Era
from tagnorm.wording import shown

__all__ = ["command"]


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container may not know its user's name
        return ""


@click.command()
@click.argument("file", metavar="IN", type=InputPath(dash=True))
@click.option("--column", metavar="C", help="The column to review. [default: tags]")
@click.option(
    "--decisions",
    type=OutputPath(),
    metavar="D",
    help="Where the answers go; strings decided there are not asked again.  [required, but for "
    "--list]",
)
@click.option(
    "--below",
    type=Share(),
    default=DOUBT,
    show_default=True,
    metavar="P",
    help="A word is doubtful if its reading is less sure than this.",
)
@click.option(
    "--min-confidence",
    type=Share(),
    default=0.0,
    metavar="P",
    help="A word whose reading is less sure than this is unresolved, as everywhere.",
)
@click.option(
    "--state",
    "states",
    type=click.Choice(NEED_A_PERSON),
    multiple=True,
    help="Ask only about words in this state.  [default: both]",
)
@click.option("--who", metavar="NAME", help="Who answers. [default: the user's name]")
@click.option("--list", "listed", is_flag=True, help="Print what would be asked, and end.")
@click.option("--json", "as_json", is_flag=True, help="With --list: one JSON object a line.")
@input_options
@quiet_option
@taxonomy_option
@keep_option
@era_option
def command(
    *,
    file: Path,
    column: str | None,
    decisions: Path | None,
    below: float,
    min_confidence: float,
    states: tuple[State, ...],
    who: str | None,
    listed: bool,
    as_json: bool,
    form: InputForm,
    quiet: bool,
    taxonomy: Path | None,
    keep: tuple[str, ...],
    era: Era | None,
) -> None:
    """Go through the words of a column of IN that need a person, the most frequent first.

    These are the same that `tagnorm clean --report` lists: *doubtful* words became codes, but not
    surely; in *unresolved* ones something has no code. Each is shown as `explain` draws it, with
    the fields it stands in and the readings to pick from. Every answer is in the file of decisions
    at once, so that nothing is lost when you stop, and the next session goes on where this one
    ended. Several people may answer into one file at the same time.

    Answers may also come through a pipe, one a line; then the first that cannot be used ends the
    session with exit code 65, so that none is taken for another string's.

    \b
    tagnorm review cables.csv --column TAGS --decisions decisions.tsv
    tagnorm review cables.csv --column TAGS --list | head
    tagnorm clean cables.csv --column TAGS --decisions decisions.tsv
    """
    if decisions is None and not listed:
        raise click.UsageError("--decisions is needed: the file that the answers go to")
    if as_json and not listed:
        raise click.UsageError("--json is for --list")
    if str(file) == "-" and not listed:
        raise click.UsageError("the answers come from standard input, so name a file, or <(...)")
    vocabulary = Vocabulary(taxonomy, None, keep, era)
    outputs = [("the file of decisions", decisions), ("the list", "-" if listed else None)]
    refuse_overlaps([("the input", file), *vocabulary.files()], outputs)
    normalizer = vocabulary.normalizer()
    journal = Journal(decisions or os.devnull, normalizer.taxonomy)
    if decisions is not None:
        with writing_file(decisions):
            journal.check()
    session = Session(
        form.column(file, column, quiet=quiet).counts,
        normalizer,
        journal,
        below=below,
        min_confidence=min_confidence,
        states=states or NEED_A_PERSON,
        who=_user() if who is None else who,
    )
    if listed:
        sys.stdout.writelines(_listing(session.questions, as_json=as_json))
        return
    screen = console()
    if session.total == 0:
        screen.print("Nothing to ask: no undecided word needs a person.")
        return
    with writing_file(journal.path):
        journal.open()
    dialogue = Dialogue(session, normalizer.taxonomy, screen, journal.path)
    dialogue.run()
    with writing_file(journal.path):
        journal.sort()
    screen.print(
        f"{session.decided} decided and saved in {shown(str(decisions))}, "
        f"{session.total - session.decided} left."
    )
    if dialogue.refused:
        several = "answers were" if dialogue.refused > 1 else "answer was"
        raise Failure(f"{dialogue.refused} {several} not taken: decided otherwise before", NO)


def _listing(questions: Iterable[Pending], *, as_json: bool) -> Iterator[str]:
    if not as_json:
        yield "raw\trows\tstate\ttags\tconfidence\n"
    for question in questions:
        answer = question.answer
        if as_json:
            record = {
                "raw": question.raw,
                "rows": question.rows,
                "state": question.state,
                "tags": answer.tags,
                "confidence": round(answer.confidence, 6),
                "alternatives": [other.to_dict() for other in answer.alternatives],
            }
            yield json.dumps(record, ensure_ascii=False) + "\n"
        else:
            start = f"{escape(question.raw)}\t{question.rows}\t{question.state}"
            yield f"{start}\t{tags_cell(answer.tags)}\t{answer.confidence:.4f}\n"
