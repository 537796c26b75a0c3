"""How a reading looks to a person: its pieces under the string, with what each was read as.

ECONPHMU      mixed, confidence 0.996
ECON          = ECON  Economic Conditions
    PHMU      = PHUM  Human Rights  (two letters swapped)

A line is a series of spans, each with the name of what it is, so that one drawing serves plain
text, a terminal in colour, and a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import TypeAlias
from unicodedata import category, east_asian_width

from tagnorm.resolution import Alternative, Resolution, Segment
from tagnorm.vocabulary.codes import Taxonomy
from tagnorm.vocabulary.facts import name_of
from tagnorm.wording import WORTH_SHOWING, meaning_of, shown, tags_shown, worth_showing

__all__ = [
    "Line",
    "Span",
    "alternative_lines",
    "explained",
    "lines_of",
    "width_of",
]

# A piece of a line and what it is: `raw`, `verdict`, `piece`, `left`, `code`, `note`, or nothing.
Span: TypeAlias = tuple[str, str]
Line: TypeAlias = tuple[Span, ...]

# A string wider than this would push what its pieces mean out of sight.
_WIDEST = 48


def explained(answer: Resolution, taxonomy: Taxonomy) -> str:
    """The drawing of an answer and of the other readings worth showing, as plain text.

    >>> from tagnorm import Taxonomy, resolve
    >>> print(explained(resolve("ECONPHMU"), Taxonomy.load()))
    ECONPHMU      mixed, confidence 0.99...
    ECON          = ECON  Economic Conditions
        PHMU      = PHUM  Human Rights  (two letters swapped)
    """
    likely = worth_showing(answer.alternatives)
    lines = [*lines_of(answer, taxonomy), *alternative_lines(likely, taxonomy, repeat("or"))]
    return "\n".join(["".join([text for text, _ in line]) for line in lines])


def width_of(text: str) -> int:
    """How many columns of a screen a text takes.

    >>> width_of("PREL"), width_of("東京"), width_of("e\\u0301")
    (4, 4, 1)
    """
    if text.isascii():
        return len(text)
    return sum(
        0 if category(c) in ("Mn", "Me", "Cf") else 2 if east_asian_width(c) in "WF" else 1
        for c in text
    )


def lines_of(
    answer: Resolution, taxonomy: Taxonomy, segments: Sequence[Segment] | None = None
) -> Iterator[Line]:
    """The lines of a drawing: the string, then each piece in its place, with what it is.

    With `segments` only these pieces of the answer are drawn.
    """
    pieces = answer.segments if segments is None else segments
    raw = shown(answer.raw) or "(empty)"
    width = width_of(raw)
    in_place = width <= _WIDEST
    column = max(width if in_place else _widest_piece(pieces), 12) + 2
    verdict = f"{answer.status}, confidence {answer.confidence:.3f}"
    if in_place:
        yield (raw, "raw"), (" " * (column - width), ""), (verdict, "verdict")
    else:
        yield ((raw, "raw"),)
        yield ((verdict, "verdict"),)
    for segment in pieces:
        if segment.how == "separator":
            continue
        before = width_of(shown(answer.raw[: segment.start])) if in_place else 0
        yield _piece(segment, taxonomy, before, column)


def _widest_piece(segments: Iterable[Segment]) -> int:
    return max((width_of(shown(s.raw)) for s in segments if s.how != "separator"), default=0)


def _piece(segment: Segment, taxonomy: Taxonomy, before: int, column: int) -> Line:
    piece = shown(segment.raw)
    gap = " " * max(column - before - width_of(piece), 1)
    how = meaning_of(segment.how)
    if segment.code is None:
        return (" " * before, ""), (piece, "left"), (gap, ""), (f"? {how}", "left")
    name = shown(name_of(segment.code, taxonomy))
    line = [(" " * before, ""), (piece, "piece"), (gap, ""), ("= ", ""), (segment.code, "code")]
    if name:
        line.append((f"  {name}", ""))
    if how:
        line.append((f"  ({how})", "note"))
    return tuple(line)


def alternative_lines(
    alternatives: Iterable[Alternative], taxonomy: Taxonomy, marks: Iterable[str]
) -> Iterator[Line]:
    """One line for each other reading, behind its mark: how likely it is, its tags, their names."""
    for mark, other in zip(marks, alternatives, strict=False):
        known = [name_of(tag, taxonomy) for tag in other.tags[:3]]
        names = "; ".join(shown(name) for name in known if name)
        more = "; ..." if len(other.tags) > 3 else ""
        share = (_percent(other.confidence), "verdict")
        line = [(f"  {mark} ", ""), share, ("  ", ""), (tags_shown(other.tags), "raw")]
        if names:
            line.append((f"  {names}{more}", "note"))
        yield tuple(line)


def _percent(confidence: float) -> str:
    return f"{confidence:.2f}" if confidence >= WORTH_SHOWING else "<.01"
