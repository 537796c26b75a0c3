"""`tagnorm review`: a person goes through the doubtful strings of a column."""

from __future__ import annotations

import contextlib
import getpass
import importlib
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import attrs
import click
from rich.console import Console
from rich.text import Text

from tagnorm.cli.drawing import console, draw, draw_alternatives, shown
from tagnorm.cli.group import Failure
from tagnorm.cli.options import build_normalizer, taxonomy_option
from tagnorm.decisions.review import Journal, Question, Session, read_tags
from tagnorm.errors import FormatError
from tagnorm.escaping import join_tags
from tagnorm.files import read_column
from tagnorm.resolution import Alternative
from tagnorm.vocabulary.codes import Taxonomy

__all__ = ["command"]

_HELP = """\
  1, 2 ...   take the reading with this number
  PREL PGOV  these codes, parted by spaces or commas
  -          leave the string whole: a name, a word, no tag
  s          skip it for now
  u          undo: back to the string before
  q          quit; all answers are saved already
  ?          this help
A note goes behind #, as in:  - # a person's name"""


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container may not know its user's name
        return ""


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--column", metavar="C", help="The column to review. [default: tags]")
@click.option(
    "--decisions",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="D",
    help="Where the answers go; strings decided there are not asked again.",
)
@click.option(
    "--below",
    type=click.FloatRange(0, 1),
    default=0.9,
    show_default=True,
    metavar="P",
    help="Ask about strings whose reading is less sure than this.",
)
@click.option("--who", metavar="NAME", help="Who answers. [default: the user's name]")
@taxonomy_option
def command(
    *,
    file: Path,
    column: str | None,
    decisions: Path,
    below: float,
    who: str | None,
    taxonomy: Path | None,
) -> None:
    """Go through the doubtful strings of a column of FILE, the most frequent first.

    Each is shown as `explain` draws it, with the fields it stands in and the readings to pick from.
    Every answer is in the file of decisions at once, so that nothing is lost when you stop, and the
    next session goes on where this one ended.

    Answers may also come through a pipe, one a line; then the first that cannot be used ends the
    session with exit code 1, so that none is taken for another string's.

    \b
    tagnorm review cables.csv --column TAGS --decisions decisions.tsv
    tagnorm clean cables.csv --column TAGS --decisions decisions.tsv
    """
    normalizer = build_normalizer(taxonomy)
    journal = Journal(decisions, normalizer.taxonomy)
    try:
        fields = read_column(file, column).counts
    except FormatError as error:
        raise click.UsageError(str(error)) from error
    name = _user() if who is None else who
    session = Session(fields, normalizer, journal, below=below, who=name)
    screen = console()
    if session.total == 0:
        screen.print(f"Nothing to ask: no undecided string is less sure than {below:g}.")
        return
    journal.open()
    _Dialogue(session, normalizer.taxonomy, screen).run()
    journal.sort()
    screen.print(
        f"{session.decided} decided and saved in {shown(str(decisions))}, "
        f"{session.total - session.decided} left."
    )


@attrs.define
class _Dialogue:
    """The questions on the screen, and what the person types."""

    session: Session
    taxonomy: Taxonomy
    screen: Console
    _answers: Iterator[str] = attrs.field(init=False)
    _typed: int = 0

    def __attrs_post_init__(self) -> None:
        self._answers = _terminal() if sys.stdin.isatty() else _lines()

    def run(self) -> None:
        """Ask until the last question is answered, or the person stops."""
        going_on = True
        while going_on:
            question = self.session.question
            if question is None:
                going_on = self._end()
            else:
                self._show(question)
                going_on = self._ask(question)

    def _show(self, question: Question) -> None:
        session, screen = self.session, self.screen
        share = f"these cover {session.share_left():.1%} of rows"
        screen.print()
        screen.print(Text(f"{session.number} of {session.total}; {share}", style="dim"))
        for line in draw(question.answer, self.taxonomy):
            screen.print(line)
        where = f"  in {question.rows} row" + ("s" if question.rows != 1 else "")
        examples = [shown(_short(example)) for example in question.examples]
        if examples != [shown(question.raw)]:
            where += ", as in: " + "  |  ".join(examples)
        screen.print(Text(where, style="dim"))
        choices = [Alternative(tags, confidence) for tags, confidence in question.choices]
        marks = (str(number) for number in count(1))
        for line in draw_alternatives(choices, self.taxonomy, marks):
            screen.print(line)

    def _ask(self, question: Question) -> bool:
        """Take answers until one moves on; False if the person stops."""
        while True:
            line = next(self._answers, None)
            if line is None or line.strip() == "q":
                return False
            self._typed += 1
            typed, _, note = (part.strip() for part in line.partition("#"))
            if typed == "?":
                self.screen.print(_HELP)
                continue
            wrong = self._take(question, typed, note)
            if not wrong:
                return True
            if not sys.stdin.isatty():
                raise Failure(
                    f"answer {self._typed}, {line.strip()!r}, to {question.raw!r}: {wrong}; "
                    "the answers before it are saved"
                )
            for part in wrong.split("\n"):
                self.screen.print(Text(shown(part), style="red"))

    def _end(self) -> bool:
        """After the last question: True if its answer is taken back."""
        self.screen.print("\nThat was the last; u goes back, Enter ends.")
        typed = next(self._answers, "").strip()
        if typed == "u":
            return self.session.undo() is not None
        if typed not in ("", "q"):
            raise Failure(f"{typed!r} is left over: there is no question for it")
        return False

    def _take(self, question: Question, typed: str, note: str) -> str:
        """Do what was typed; return what is wrong with it, or nothing."""
        if typed == "s":
            self.session.skip()
            return ""
        if typed == "u":
            return "" if self.session.undo() else "there is nothing to undo"
        if not typed:
            return "type a number, codes, - s u q, or ? for help"
        tags: tuple[str, ...] = ()
        wrong = ""
        if typed.isdecimal():
            tags, wrong = _picked(question, int(typed))
        elif typed != "-":
            tags, wrong = read_tags(typed, self.taxonomy)
        if not wrong:
            self.session.answer(tags, note)
            # On a terminal the person sees what the number stood for; in a pipe, the log has it.
            self.screen.print(Text(f"{shown(question.raw)} is {_named(tags)}", style="green"))
        return wrong


def _picked(question: Question, number: int) -> tuple[tuple[str, ...], str]:
    choices = question.choices
    if 1 <= number <= len(choices):
        return choices[number - 1][0], ""
    return (), f"there is no reading {number}; there are {len(choices)}"


def _named(tags: tuple[str, ...]) -> str:
    return shown(join_tags(tags)) or "left as it is"


def _short(text: str, width: int = 70) -> str:
    return text if len(text) <= width else text[: width - 3] + "..."


def _terminal() -> Iterator[str]:
    """What is typed, with the line editing of the terminal, until Ctrl-D."""
    with contextlib.suppress(ImportError):
        importlib.import_module("readline")
    while True:
        try:
            yield input("> ")
        except EOFError:
            sys.stdout.write("\n")
            return


def _lines() -> Iterator[str]:
    """The lines of a pipe, each shown behind the prompt as if typed."""
    for line in sys.stdin:
        sys.stdout.write(f"> {shown(line.rstrip())}\n")
        yield line
