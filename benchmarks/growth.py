"""How time grows: with the length of a string, the size of the vocabulary, the distinct values.

Each curve is fitted by a straight line in the logarithms; its slope is the exponent: 1 is linear.
Only the points from the third on are fitted, because the first ones hold mostly fixed costs. The
curves are drawn into `benchmarks/plots`.
"""

from __future__ import annotations

import argparse
import math
import random
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate, cycle
from pathlib import Path
from string import ascii_uppercase
from tempfile import TemporaryDirectory
from time import perf_counter

import attrs
import numpy as np

from benchmarks.table import seconds, table
from benchmarks.timing import forgetting, interleaved
from benchmarks.training.damage import Damage
from tagnorm import Code, Normalizer, Taxonomy
from tagnorm.decisions.journal import Journal
from tagnorm.decisions.review import Session

__all__ = ["Curve", "made_up"]

_PLOTS = Path(__file__).with_name("plots")
_STEADY = 2
# A curve ends where one call would take longer than this.
_LONGEST = 20.0


@attrs.frozen
class Curve:
    """Seconds by size."""

    name: str
    points: Mapping[int, float]

    @property
    def exponent(self) -> float:
        """The slope in the logarithms, without the first points; NaN where there is none."""
        points = list(self.points.items())
        if len(points) < 2:
            return math.nan
        points = points[_STEADY:] if len(points) > _STEADY + 1 else points
        sizes, times = np.log(np.array(points)).T
        return float(np.polyfit(sizes, times, 1)[0])


def made_up(codes: int, seed: int = 0) -> Taxonomy:
    """A vocabulary of so many codes of five letters, with hints of a Zipf law.

    >>> len(made_up(100)), made_up(100).codes == made_up(100).codes
    (100, True)
    """
    draw = random.Random(seed)
    tags: dict[str, None] = {}
    while len(tags) < codes:
        tags["".join(draw.choices(ascii_uppercase, k=5))] = None
    return Taxonomy(tuple(Code(tag, frequency=codes // at) for at, tag in enumerate(tags, start=1)))


def curve(name: str, sizes: Sequence[int], make: Callable[[int], Callable[[], object]]) -> Curve:
    """Time a call made for each size; the round that would take too long is not begun."""
    points: dict[int, float] = {}
    for size in sizes:
        call = make(size)
        start = perf_counter()
        call()
        took = perf_counter() - start
        rounds = max(1, min(7, int(1.0 / took)))
        points[size] = took if took > 2 else interleaved({name: call}, rounds)[name].median
        if points[size] * 8 > _LONGEST:
            break
    return Curve(name, points)


def by_length(normalizer: Normalizer, longest: int) -> list[Curve]:
    """Strings of three sorts, from ten letters on."""
    damage = Damage(normalizer.taxonomy, seed=0, ties=False)
    pieces = {
        "codes run together": [one.raw for one in damage.joined(longest // 7)],
        "the same with edits": [one.raw for one in damage.joined_edited(longest // 7)],
        "random letters": random.Random(0).choices(ascii_uppercase, k=longest),
        "fields with separators": [f"{one.raw} " for one in damage.fields(longest // 15)],
    }
    sizes = _powers(10, longest)
    forget = forgetting(normalizer)

    def reader(parts: Sequence[str]) -> Callable[[int], Callable[[], object]]:
        def make(size: int) -> Callable[[], object]:
            # no part is cut: a string that ends amid a code is of another sort
            ends = list(accumulate(map(len, parts)))
            text = "".join(parts[: max(1, bisect_right(ends, size))])

            def read() -> object:
                forget()
                return normalizer.resolve(text)

            return read

        return make

    return [curve(name, sizes, reader(parts)) for name, parts in pieces.items()]


def by_taxonomy(largest: int) -> list[Curve]:
    """A thousand damaged strings by the number of codes, and making a normalizer that reads one.

    What a normalizer makes on first use belongs to the making.
    """
    sizes = _powers(100, largest)
    taxonomies = {size: made_up(size) for size in sizes}

    def strings(size: int, n: int) -> list[str]:
        return [one.raw for one in Damage(taxonomies[size], ties=False).strings(n)]

    def reader(size: int) -> Callable[[], object]:
        normalizer, damaged = Normalizer(taxonomies[size]), strings(size, 1000)
        forget = forgetting(normalizer)
        normalizer.resolve_many(damaged)

        def read() -> object:
            forget()
            return normalizer.resolve_many(damaged)

        return read

    def maker(size: int) -> Callable[[], object]:
        damaged = strings(size, 10)
        return lambda: Normalizer(taxonomies[size]).resolve_many(damaged)

    return [
        curve("a thousand strings", sizes, reader),
        curve("a new normalizer and ten strings", sizes, maker),
    ]


def by_values(normalizer: Normalizer, most: int) -> list[Curve]:
    """A list of distinct strings through `split_many` of a new normalizer, which knows no word, and
    through a review."""
    strings = Damage(normalizer.taxonomy, seed=0, ties=False).fields(10 * most)
    distinct = list(dict.fromkeys(one.raw for one in strings))

    def reader(size: int) -> Callable[[], object]:
        return lambda: Normalizer(normalizer.taxonomy).split_many(distinct[:size])

    def reviewer(size: int) -> Callable[[], object]:
        rows = dict.fromkeys(distinct[:size], 1)
        return lambda: _review(rows, Normalizer(normalizer.taxonomy))

    def one_word(size: int) -> Callable[[], object]:
        rows = {
            f"{code.tag}; KWHG{number}; KWHG": 1 for number, code in _numbered(size, normalizer)
        }
        return lambda: _review(rows, Normalizer(normalizer.taxonomy))

    sizes = _powers(100, most)
    return [
        curve("distinct fields", sizes, reader),
        curve("the same in a review", sizes, reviewer),
        curve("a review of one word in all", sizes, one_word),
    ]


def _numbered(size: int, normalizer: Normalizer) -> Iterator[tuple[int, Code]]:
    return zip(range(size), cycle(normalizer.taxonomy), strict=False)


def _review(rows: Mapping[str, int], normalizer: Normalizer) -> int:
    """Sort a column for a person, and pass over all questions; how many there were."""
    with TemporaryDirectory() as folder:
        session = Session(rows, normalizer, Journal(Path(folder, "d.tsv"), normalizer.taxonomy))
        while session.question is not None:
            session.share_left()
            session.skip()
        return session.total


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--longest", type=int, default=10**6, help="letters (default 10^6)")
    parser.add_argument("--codes", type=int, default=10**5, help="codes (default 10^5)")
    parser.add_argument("--values", type=int, default=10**5, help="distinct values (default 10^5)")
    parser.add_argument("--no-plots", action="store_true", help="print only")


def run(options: argparse.Namespace) -> None:
    normalizer = Normalizer()
    measured = {
        "length": ("letters in a string", by_length(normalizer, options.longest)),
        "taxonomy": ("codes in the vocabulary", by_taxonomy(options.codes)),
        "values": ("distinct values", by_values(normalizer, options.values)),
    }
    for name, (axis, curves) in measured.items():
        sizes = sorted({size for one in curves for size in one.points})
        rows = [
            (
                one.name,
                *(seconds(one.points[size]) if size in one.points else "-" for size in sizes),
                f"{one.exponent:.2f}",
            )
            for one in curves
        ]
        headers = ["", *(f"{size:,}" for size in sizes), "exponent"]
        print(table(headers, rows, title=f"Time by {axis}"), end="\n\n")
        if not options.no_plots:
            _draw(_PLOTS / f"growth_{name}.svg", axis, curves)
    if not options.no_plots:
        print(f"Drawn into {_PLOTS.name}/.")


def _powers(first: int, last: int) -> list[int]:
    sizes = []
    while first <= last:
        sizes.append(first)
        first *= 10
    return sizes


def _draw(path: Path, axis: str, curves: Sequence[Curve]) -> None:
    import matplotlib as mpl  # noqa: PLC0415  # heavy, and only needed here

    mpl.use("svg")
    # the same curves give the same file
    mpl.rcParams["svg.hashsalt"] = "tagnorm"
    mpl.rcParams["svg.fonttype"] = "none"  # small: letters stay text
    import matplotlib.pyplot as plt  # noqa: PLC0415

    figure, axes = plt.subplots(figsize=(6, 4), layout="constrained")
    for one in curves:
        label = f"{one.name} (exponent {one.exponent:.2f})"
        axes.loglog(list(one.points), list(one.points.values()), marker="o", label=label)
    axes.set(xlabel=axis, ylabel="seconds")
    axes.grid(visible=True, which="major", linewidth=0.3)
    axes.legend(frameon=False, fontsize="small")
    path.parent.mkdir(exist_ok=True)
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
