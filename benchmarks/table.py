"""Plain text tables, and the few ways a number is shown in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

__all__ = ["percent", "rate", "seconds", "table"]


def table(headers: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> str:
    """Aligned columns under a title: the first to the left, the others to the right.

    >>> print(table(["peer", "per s"], [["ours", 120], ["theirs", 7]], title="Speed"))
    Speed
    peer    per s
    ------  -----
    ours      120
    theirs      7
    """
    cells = [[str(cell) for cell in row] for row in rows]
    columns = list(zip(headers, *cells, strict=True))
    widths = [max(map(len, column)) for column in columns]
    lines = [title] if title else []
    for row in [list(headers), ["-" * width for width in widths], *cells]:
        first, *rest = (
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        lines.append("  ".join([first, *rest]).rstrip())
    return "\n".join(lines)


def percent(part: float, whole: float = 1.0) -> str:
    """A share in percent, or a dash where there is nothing to share.

    >>> percent(1, 8), percent(0, 0)
    ('12.5', '-')
    """
    return f"{100 * part / whole:.1f}" if whole else "-"


def rate(number: float) -> str:
    """A number a second with three digits that mean something.

    >>> rate(1234567), rate(0.0123)
    ('1,230,000', '0.0123')
    """
    rounded = float(f"{number:.3g}")
    return f"{rounded:,.0f}" if rounded >= 100 else f"{rounded:g}"


def seconds(time: float) -> str:
    """A time in the unit that suits it.

    >>> seconds(0.00000123), seconds(0.5), seconds(75.0)
    ('1.23 us', '500 ms', '75 s')
    """
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("us", 1e-6)):
        if time >= size:
            return f"{time / size:.3g} {unit}"
    return f"{time * 1e9:.3g} ns"
