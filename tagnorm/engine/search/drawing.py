"""The lattice of a word as text for Graphviz, to see why a reading won.

Nodes are the places between letters. The letters themselves run along the bottom; above them stand
codes as they are written, each with its price in nats, and whatever else the n cheapest readings
take: codes with an edit, letters left over, the word left alone. The best path is drawn in bold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from tagnorm.engine.model import Model
from tagnorm.engine.search.lattice import Reading
from tagnorm.engine.search.lattice_edges import LatticeEdges
from tagnorm.engine.search.nbest import readings

__all__ = ["dot"]

# How many readings are drawn, if nothing else is asked for.
_READINGS: Final = 5

_Stretch = tuple[int, int, str, str]


def dot(model: Model, word: str, n: int = _READINGS) -> str:
    """The lattice of a folded word, in the language of Graphviz.

    An edge without a price is part of a reading whose price stands below the drawing. The price of
    a reading is that of its edges and of the steps between them.

    >>> from tagnorm import Taxonomy
    >>> print(dot(Model(Taxonomy.load()), "KWHG", n=2))
    digraph "KWHG" {
      rankdir=LR; node [shape=point]; edge [fontname="monospace"];
    ...
    }
    """
    found = readings(model, word, n)
    best = {_named(word, piece.start, piece.end, piece.tag, piece.how) for piece in found[0].pieces}
    lines = [
        f'digraph "{_quoted(word)}" {{',
        '  rankdir=LR; node [shape=point]; edge [fontname="monospace"];',
        f'  label="{_quoted(_caption(found))}"; fontname="monospace"; labeljust=l;',
    ]
    for at, letter in enumerate(word):
        lines.append(
            f'  {at} -> {at + 1} [label="{_quoted(letter)}", style=dotted, arrowhead=none];'
        )
    for stretch, cost in sorted(_edges(model, word, found).items()):
        start, end, name, how = stretch
        price = "" if cost is None else f"\\n{cost / 1000:.1f}"
        said = _quoted(name) if how == "canonical" else f"{_quoted(name)} ({_quoted(how)})"
        style = ", penwidth=3" if stretch in best else ""
        lines.append(f'  {start} -> {end} [label="{said}{price}"{style}];')
    return "\n".join([*lines, "}"])


def _edges(model: Model, word: str, found: list[Reading]) -> Mapping[_Stretch, int | None]:
    """What is drawn, each with its cost in thousandths of a nat where it has one of its own."""
    edges: dict[_Stretch, int | None] = dict(_exact(model, word))
    for reading in found:
        for piece in reading.pieces:
            stretch = _named(word, piece.start, piece.end, piece.tag, piece.how)
            # A reading of one piece costs what the piece costs.
            edges.setdefault(stretch, reading.cost if len(reading.pieces) == 1 else None)
    return edges


def _exact(model: Model, word: str) -> Iterator[tuple[_Stretch, int]]:
    """The codes that stand in a word as they are written, with their costs."""
    edges = LatticeEdges(model)
    for at in range(len(word)):
        for edge in edges.exact_at(word, at):
            yield _named(word, at, at + edge.length, edge.tag, edge.how), edge.cost


def _named(word: str, start: int, end: int, tag: str | None, how: str) -> _Stretch:
    if tag is not None:
        return start, end, tag, how
    left = "left alone" if end - start == len(word) else "left over"
    return start, end, word[start:end], left


def _caption(found: list[Reading]) -> str:
    """The readings with their prices, the cheapest first."""
    told = [f"{' '.join(one.tags) or 'left alone'}: {one.cost / 1000:.1f} nats" for one in found]
    return "\\l".join([*told, ""])


def _quoted(text: str) -> str:
    return text.replace('"', '\\"')
