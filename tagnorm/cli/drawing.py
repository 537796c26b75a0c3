"""How a reading looks to a person: its pieces under the string, with what each was read as.

ECONPHMU        mixed, confidence 0.999
ECON          = ECON  Economic Conditions
    PHMU      = PHUM  Human Rights  (two letters swapped)
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from tagnorm.resolution import Alternative, Resolution, Segment
from tagnorm.vocabulary.codes import Taxonomy
from tagnorm.wording import HOW, shown

__all__ = ["HOW", "console", "draw", "draw_alternatives", "shown"]

# A string wider than this would push what its pieces mean out of sight.
_WIDEST = 48


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


def draw(answer: Resolution, taxonomy: Taxonomy) -> Iterator[Text]:
    """The lines of a drawing: the string, then each piece in its place, with what it is."""
    raw = shown(answer.raw) or "(empty)"
    width = cell_len(raw)
    in_place = width <= _WIDEST
    column = max(width if in_place else _widest_piece(answer.segments), 12) + 2
    verdict = f"{answer.status}, confidence {answer.confidence:.3f}"
    if in_place:
        yield Text.assemble((raw, "bold"), " " * (column - width), (verdict, "dim"))
    else:
        yield Text(raw, "bold")
        yield Text(verdict, "dim")
    for segment in answer.segments:
        if segment.how == "separator":
            continue
        before = cell_len(shown(answer.raw[: segment.start])) if in_place else 0
        yield _piece(segment, taxonomy, before, column)


def _widest_piece(segments: Iterable[Segment]) -> int:
    return max((cell_len(shown(s.raw)) for s in segments if s.how != "separator"), default=0)


def _piece(segment: Segment, taxonomy: Taxonomy, before: int, column: int) -> Text:
    piece = shown(segment.raw)
    gap = max(column - before - cell_len(piece), 1)
    how = HOW.get(segment.how, segment.how.replace("_", " "))
    if segment.code is None:
        return Text.assemble(" " * before, (piece, "yellow"), " " * gap, (f"? {how}", "yellow"))
    code = taxonomy.get(segment.code)
    name = shown(code.name) if code is not None else ""
    return Text.assemble(
        *(" " * before, (piece, "cyan"), " " * gap, "= ", (segment.code, "bold green")),
        *(f"  {name}" if name else "", (f"  ({how})" if how else "", "dim")),
    )


def draw_alternatives(
    alternatives: Iterable[Alternative], taxonomy: Taxonomy, marks: Iterable[str]
) -> Iterator[Text]:
    """One line for each other reading, behind its mark: how likely it is, its tags, their names."""
    for mark, other in zip(marks, alternatives, strict=False):
        tags = " ".join(other.tags) or "left as it is"
        codes = [taxonomy.get(tag) for tag in other.tags[:3]]
        names = "; ".join(shown(code.name) for code in codes if code is not None and code.name)
        more = "; ..." if len(other.tags) > 3 else ""
        yield Text.assemble(
            f"  {mark} ",
            (_percent(other.confidence), "dim"),
            *("  ", (tags, "bold"), (f"  {names}{more}" if names else "", "dim")),
        )


def _percent(confidence: float) -> str:
    return f"{confidence:.2f}" if confidence >= 0.005 else "<.01"
