"""Charts as SVG that needs nothing else: drawn in the colours of the page, and told as a table.

Every chart is a figure with a title, a sentence, the drawing, and the same figures as a table for
those who cannot see it or want the numbers. Nothing is told by colour alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

import attrs

from tagnorm.wording import shown

__all__ = ["Bar", "bars", "percent", "share_bar", "sureness"]

_WIDTH = 440
_LINE, _LABEL, _NUMBER = 24, 172, 66
# The margins of the grid of circles, and what they leave.
_LEFT, _RIGHT, _TOP, _BOTTOM, _HEIGHT = 44, 12, 12, 44, 300
_WIDE, _HIGH = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM


def percent(part: float, whole: float) -> str:
    """A share; never 100% where something is missing, nor 0% where something is there.

    >>> percent(1, 3), percent(99_999, 100_000), percent(1, 100_000), percent(0, 5)
    ('33.3%', 'over 99.9%', 'under 0.1%', '0%')
    """
    share = 100 * part / whole if whole else 0.0
    if 99.95 <= share < 100:
        return "over 99.9%"
    if 0 < share < 0.05:
        return "under 0.1%"
    return f"{share:.0f}%" if share in (0, 100) else f"{share:.1f}%"


@attrs.frozen
class Bar:
    """One bar: what it is of, how long it is, a word about it, and its style."""

    label: str
    value: int
    note: str = ""
    style: str = ""

    @property
    def text(self) -> str:
        """The label as HTML."""
        return escape(shown(self.label))


def bars(name: str, title: str, sentence: str, rows: Sequence[Bar], heads: tuple[str, str]) -> str:
    """A chart of horizontal bars, the longest of which fills the width.

    >>> "PHMU" in bars("c", "Corrections", "", [Bar("PHMU", 3)], ("String", "Rows"))
    True
    """
    if not rows:
        drawing = '<p class="none">None.</p>'
    else:
        drawing = _svg(name, title, len(rows) * _LINE + 4, _bars(rows))
    cells = [(bar.text, f"{bar.value:,}", escape(shown(bar.note))) for bar in rows]
    return _figure(name, title, sentence, drawing, (*heads, "About it"), cells)


def _bars(rows: Sequence[Bar]) -> Iterator[str]:
    longest = max(bar.value for bar in rows) or 1
    room = _WIDTH - _LABEL - _NUMBER
    for at, bar in enumerate(rows):
        top = at * _LINE
        length = max(2.0, room * bar.value / longest)
        note = f", {escape(shown(bar.note))}" if bar.note else ""
        yield (
            f"<g><title>{bar.text}: {bar.value:,}{note}</title>"
            f'<text x="{_LABEL - 8}" y="{top + 16}" text-anchor="end">{_cut(bar.label, 24)}</text>'
            f'<rect class="bar {bar.style}" x="{_LABEL}" y="{top + 4}" width="{length:.1f}"'
            f' height="{_LINE - 8}" rx="2"/>'
            f'<text class="number" x="{_LABEL + length + 6:.1f}" y="{top + 16}">'
            f"{bar.value:,}</text></g>"
        )


def _cut(text: str, most: int) -> str:
    visible = shown(text)
    return escape(visible if len(visible) <= most else visible[: most - 1] + "…")


def share_bar(name: str, title: str, parts: Sequence[Bar]) -> str:
    """One bar that is the whole, cut into its parts, with a legend that has the numbers.

    >>> share_bar("s", "Rows", [Bar("resolved", 3), Bar("unresolved", 1)]).count("<rect")
    2
    """
    total = sum(part.value for part in parts) or 1
    at, drawn, legend = 0.0, [], []
    for part in parts:
        width = 1000 * part.value / total
        share = percent(part.value, total)
        if part.value:
            drawn.append(
                f'<rect class="bar {part.style}" x="{at:.2f}" y="0" width="{width:.2f}"'
                f' height="40"><title>{part.text}: {part.value:,} ({share})</title></rect>'
            )
        legend.append(
            f'<li><span class="key {part.style}" aria-hidden="true"></span><b>{part.text}</b> '
            f"<span>{share}</span> <small>{part.value:,}</small>"
            f"<em>{escape(part.note)}</em></li>"
        )
        at += width
    told = "; ".join(f"{part.label} {percent(part.value, total)}" for part in parts)
    return (
        f'<figure class="share"><figcaption><h3 id="{name}">{escape(title)}</h3></figcaption>'
        f'<svg viewBox="0 0 1000 40" preserveAspectRatio="none" role="img"'
        f' aria-label="{escape(title)}: {escape(told)}">{"".join(drawn)}</svg>'
        f'<ul class="legend">{"".join(legend)}</ul></figure>'
    )


def sureness(name: str, grid: Sequence[dict[str, Any]], doubt: float) -> str:
    """How sure the strings are against the rows they stand in, as circles on a grid."""
    title = "How sure, and how often"
    sentence = (
        "Each circle is a group of strings; the larger, the more. "
        f"What lies below the line, at {doubt:g}, is doubtful: the further right, the more rows."
    )
    most = max((cell["rows"][0].bit_length() for cell in grid), default=1)
    parts = [*_axes(most, doubt), *(_circle(cell, most, doubt) for cell in grid)]
    drawing = _svg(name, title, _HEIGHT, parts) if grid else '<p class="none">None.</p>'
    cells = [
        (
            f"{cell['confidence'][0]:.3f} to {cell['confidence'][1]:.3f}",
            f"{cell['rows'][0]:,} to {cell['rows'][1]:,}",
            f"{cell['strings']:,}",
        )
        for cell in reversed(grid)
    ]
    return _figure(name, title, sentence, drawing, ("Confidence", "Rows", "Strings"), cells)


def _x(power: float, most: int) -> float:
    return _LEFT + _WIDE * (power + 0.5) / most


def _y(confidence: float) -> float:
    return _TOP + _HIGH * (1 - confidence)


def _axes(most: int, doubt: float) -> Iterator[str]:
    """The ground of the chart: what is doubtful, and the lines with their numbers."""
    yield (
        f'<rect class="below" x="{_LEFT}" y="{_y(doubt):.1f}" width="{_WIDE}"'
        f' height="{_TOP + _HIGH - _y(doubt):.1f}"/>'
    )
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        yield f'<path class="grid" d="M{_LEFT} {_y(tick):.1f}h{_WIDE}"/>'
        yield f'<text x="{_LEFT - 6}" y="{_y(tick) + 4:.1f}" text-anchor="end">{tick:g}</text>'
    for power in range(0, most, max(1, math.ceil(most / 7))):
        yield (
            f'<text x="{_x(power, most):.1f}" y="{_TOP + _HIGH + 18}" text-anchor="middle">'
            f"{2**power:,}</text>"
        )
    yield (
        f'<text x="{_LEFT + _WIDE / 2:.0f}" y="{_HEIGHT - 6}" text-anchor="middle">'
        "rows in which the string stands</text>"
    )
    yield f'<path class="doubt" d="M{_LEFT} {_y(doubt):.1f}h{_WIDE}"/>'


def _circle(cell: Mapping[str, Any], most: int, doubt: float) -> str:
    """A group of strings that are as sure as each other, and as frequent."""
    low, high = cell["confidence"]
    power = cell["rows"][0].bit_length() - 1
    radius = min(14.0, 2.2 + math.sqrt(cell["strings"]) * 0.55)
    style = "doubtful" if low < doubt else "resolved"
    return (
        f'<circle class="dot {style}" cx="{_x(power, most):.1f}" cy="{_y((low + high) / 2):.1f}"'
        f' r="{radius:.1f}"><title>{cell["strings"]:,} strings in {cell["rows"][0]:,} to '
        f"{cell['rows'][1]:,} rows, confidence {low:.3g} to {high:.3g}</title></circle>"
    )


def _svg(name: str, title: str, height: int, parts: Iterator[str] | Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-labelledby="{name}"'
        f' aria-describedby="{name}-said">{"".join(parts)}</svg>'
    )


def _figure(
    name: str,
    title: str,
    sentence: str,
    drawing: str,
    heads: tuple[str, str, str],
    cells: Sequence[tuple[str, str, str]],
) -> str:
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    body = "".join(f"<tr>{''.join(f'<td>{one}</td>' for one in row)}</tr>" for row in cells)
    table = (
        f"<details><summary>The figures as a table</summary><div class=scroll tabindex=0"
        f' role=region aria-label="{escape(title)}, the figures"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></details>"
        if cells
        else ""
    )
    return (
        f'<figure><figcaption><h3 id="{name}">{escape(title)}</h3>'
        f'<p id="{name}-said">{escape(sentence)}</p></figcaption>{drawing}{table}</figure>'
    )
