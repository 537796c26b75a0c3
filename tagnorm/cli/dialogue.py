"""The dialogue of a review: a question on the screen, an answer typed or through a pipe."""

from __future__ import annotations

import contextlib
import importlib
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import attrs
import click
from rich.console import Console
from rich.text import Text

from tagnorm.cli.drawing import draw, draw_alternatives
from tagnorm.cli.exits import BAD_DATA, Failure, writing_file
from tagnorm.decisions.journal import AlreadyDecidedError
from tagnorm.decisions.review import Session, read_tags
from tagnorm.decisions.store import Decision
from tagnorm.decisions.word_tally import Pending
from tagnorm.resolution import Alternative
from tagnorm.vocabulary.codes import Taxonomy
from tagnorm.wording import shown, tags_shown

__all__ = ["Dialogue"]

_HELP = """\
  1, 2 ...   take the reading with this number
  PREL PGOV  these codes, parted by spaces or commas
  -          leave the string whole: a name, a word, no tag
  s          skip it for now
  u          undo: back to the string before
  q          quit; all answers are saved already
  ?          this help
A note goes behind #, as in:  - # a person's name"""


@attrs.define
class Dialogue:
    """The questions on the screen, and what the person types."""

    session: Session
    taxonomy: Taxonomy
    screen: Console
    path: Path
    refused: int = 0
    _answers: Iterator[str] = attrs.field(init=False)
    _typed: int = 0
    # What somebody else decided about the question, once the person has been told.
    _seen: Decision | None = None

    def __attrs_post_init__(self) -> None:
        self._answers = _terminal() if sys.stdin.isatty() else _lines()

    def run(self) -> None:
        """Ask until the last question is answered, or the person stops."""
        going_on = True
        while going_on:
            question = self.session.question
            self._seen = None
            if question is None:
                going_on = self._end()
            elif sys.stdin.isatty() and (theirs := self.session.meanwhile()) is not None:
                # In a pipe the answer to it is on its way already.
                said = str(AlreadyDecidedError(theirs))
                self.screen.print(Text(f"\n{shown(said)}", style="dim"))
                self.session.skip()
            else:
                self._show(question)
                going_on = self._ask(question)

    def _show(self, question: Pending) -> None:
        session, screen = self.session, self.screen
        share = f"these cover {session.share_left():.1%} of rows"
        screen.print()
        about = f"{session.number} of {session.total}; {share}"
        screen.print(Text(f"{about}; {question.state}", style="dim"))
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

    def _ask(self, question: Pending) -> bool:
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
                reasons = wrong.replace("\n", "; ")
                raise Failure(
                    f"answer {self._typed}, {line.strip()!r}, to {question.raw!r}: {reasons}; "
                    "the answers before it are saved",
                    BAD_DATA,
                )
            for part in wrong.split("\n"):
                self.screen.print(Text(shown(part), style="red"))

    def _end(self) -> bool:
        """After the last question: True if its answer is taken back."""
        self.screen.print("\nThat was the last; u goes back, Enter ends.")
        typed = next(self._answers, "").strip()
        if typed == "u":
            return self._undo()
        if typed not in ("", "q"):
            raise Failure(f"{typed!r} is left over: there is no question for it", BAD_DATA)
        return False

    def _take(self, question: Pending, typed: str, note: str) -> str:
        """Do what was typed; return what is wrong with it, or nothing."""
        if typed == "s":
            self.session.skip()
            return ""
        if typed == "u":
            return "" if self._undo() else "there is nothing to undo"
        if not typed:
            return "type a number, codes, - s u q, or ? for help"
        tags: tuple[str, ...] = ()
        wrong = ""
        if typed.isdecimal():
            tags, wrong = _picked(question, int(typed))
        elif typed != "-":
            tags, wrong = read_tags(typed, self.taxonomy)
        return wrong or self._decide(question, tags, note)

    def _undo(self) -> bool:
        """Go back to the last question that is this person's to answer; whether there was any."""
        moved = False
        with writing_file(self.path):
            while self.session.undo() is not None:
                moved = True
                if not sys.stdin.isatty() or self.session.meanwhile() is None:
                    break
        return moved

    def _decide(self, question: Pending, tags: tuple[str, ...], note: str) -> str:
        """Write the answer down, unless somebody else was first; return what to say to that."""
        try:
            with writing_file(self.path):
                self.session.answer(tags, note, instead_of=self._seen)
        except AlreadyDecidedError as error:
            if sys.stdin.isatty():
                self._seen = error.decision
                return f"{error} meanwhile; s lets it stand, your answer typed again replaces it"
            self.refused += 1
            click.echo(f"tagnorm: answer {self._typed} is not taken: {error}", err=True)
            self.session.skip()
            return ""
        # On a terminal the person sees what the number stood for; in a pipe, the log has it.
        self.screen.print(Text(f"{shown(question.raw)} is {tags_shown(tags)}", style="green"))
        return ""


def _picked(question: Pending, number: int) -> tuple[tuple[str, ...], str]:
    choices = question.choices
    if 1 <= number <= len(choices):
        return choices[number - 1][0], ""
    return (), f"there is no reading {number}; there are {len(choices)}"


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
