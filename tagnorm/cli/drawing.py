"""The drawings of `tagnorm.explanation` on a screen: in colour on a terminal, plain elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.text import Text

from tagnorm.explanation import Line, alternative_lines, lines_of
from tagnorm.resolution import Alternative, Resolution, Segment
from tagnorm.vocabulary.codes import Taxonomy

__all__ = ["console", "draw", "draw_alternatives"]

_STYLES = {
    "raw": "bold",
    "verdict": "dim",
    "piece": "cyan",
    "left": "yellow",
    "code": "bold green",
    "note": "dim",
}


class _Screen(Console):
    """A console that leaves a reader who went away to the one place that handles it."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console() -> Console:
    """Where to draw: in colour on a terminal unless NO_COLOR is set, as plain text elsewhere."""
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return _Screen(
        file=sys.stdout,
        force_terminal=colour,
        color_system="auto" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=True,
    )


def draw(
    answer: Resolution, taxonomy: Taxonomy, segments: Sequence[Segment] | None = None
) -> Iterator[Text]:
    """The lines of a drawing: the string, then each piece in its place, with what it is.

    With `segments` only these pieces of the answer are drawn.
    """
    return map(_text, lines_of(answer, taxonomy, segments))


def draw_alternatives(
    alternatives: Iterable[Alternative], taxonomy: Taxonomy, marks: Iterable[str]
) -> Iterator[Text]:
    """One line for each other reading, behind its mark: how likely it is, its tags, their names."""
    return map(_text, alternative_lines(alternatives, taxonomy, marks))


def _text(line: Line) -> Text:
    return Text.assemble(*[(text, _STYLES.get(kind, "")) for text, kind in line])
