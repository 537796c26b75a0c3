"""The full tag list through tagnorm and its peers: how fast, and how often right.

Speed is that of cold strings: every round reads each distinct string of the list once, on one
thread, and none of the contestants keeps an answer from one round to the next (a test counts the
objects that a normalizer holds). Rounds are interleaved. Slow peers are timed on every fifth string
or so, as the table says; they are judged on all.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import attrs

from benchmarks.peers import Contestant, ours, peers
from benchmarks.table import percent, rate, table
from benchmarks.timing import Timing, interleaved
from benchmarks.training.gold import CLASSES, LEARNT, UNTAGGED, Labelled, Tags, labelled, raw_tags
from benchmarks.training.lexicon import Lexicon
from tagnorm import Normalizer, Taxonomy, __version__
from tagnorm.engine.search import best_path

__all__ = ["Score", "build_name", "readings", "score"]


@attrs.frozen
class Score:
    """How one contestant did on labelled strings: exact answers by class, and false tags.

    `strings` and `exact` count by class, `all` among them; `false` counts the terms, names and
    unknown strings that got a tag which no accepted answer has.
    """

    strings: Counter[str]
    exact: Counter[str]
    false: int

    @property
    def false_share(self) -> float:
        return self.false / sum(self.strings[kind] for kind in UNTAGGED)


def score(answer: Callable[[str], Tags], strings: Sequence[Labelled]) -> Score:
    """Ask for every string, and count."""
    total: Counter[str] = Counter()
    exact: Counter[str] = Counter()
    false = 0
    for one in strings:
        tags = answer(one.raw)
        total.update((one.kind, "all"))
        if one.accepts(tags):
            exact.update((one.kind, "all"))
        elif one.kind in UNTAGGED and one.false_tags(tags):
            false += 1
    return Score(total, exact, false)


def readings(
    contestants: Sequence[Contestant], strings: Sequence[str], rounds: int
) -> dict[str, Timing]:
    """The time that each contestant takes for its part of the strings, in interleaved rounds."""

    def reader(contestant: Contestant) -> Callable[[], object]:
        answer, thinned = contestant.answer, strings[:: contestant.stride]
        return lambda: [answer(string) for string in thinned]

    def forget() -> None:
        for one in contestants:
            one.forget()

    return interleaved({one.name: reader(one) for one in contestants}, rounds, forget)


def build_name() -> str:
    """Whether the modules that read words are compiled, as an optional build does it."""
    return "pure Python" if Path(best_path.__file__).suffix == ".py" else "compiled"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=7, help="rounds of the timing (default 7)")
    parser.add_argument("--brief", action="store_true", help="one small table, as in the README")


def run(options: argparse.Namespace) -> None:
    normalizer = Normalizer()
    taxonomy = Taxonomy.load()
    strings = raw_tags()
    contestants = ours(normalizer) + peers(Lexicon.of(taxonomy))

    print(f"tagnorm {__version__}, {build_name()}")
    print()
    if options.brief:
        times = readings(contestants, strings, options.rounds)
        scores = [score(one.answer, labelled()) for one in contestants]
        print(brief_table(contestants, times, scores, len(strings)))
        return
    statuses = Counter(normalizer.resolve(raw).status for raw in strings)
    rows = [(status, n, percent(n, len(strings))) for status, n in statuses.most_common()]
    rows.append(("all", len(strings), "100.0"))
    print(table(["status", "strings", "%"], rows, title="The full tag list by status"))
    print()
    times = readings(contestants, strings, options.rounds)
    print(speed_table(contestants, times, len(strings), options.rounds))
    print()
    print(score_table([(one.name, score(one.answer, labelled())) for one in contestants]))
    print(LEARNT)


def brief_table(
    contestants: Sequence[Contestant],
    times: dict[str, Timing],
    scores: Sequence[Score],
    strings: int,
) -> str:
    """Speed and answers of each contestant in a line."""

    def right(one: Score, kind: str) -> str:
        return percent(one.exact[kind], one.strings[kind])

    rows = [
        (
            one.name,
            rate(len(range(0, strings, one.stride)) / times[one.name].median),
            *(right(found, kind) for kind in ("all", "misspelled", "concatenated")),
            percent(found.false_share),
        )
        for one, found in zip(contestants, scores, strict=True)
    ]
    return table(["", "strings/s", "right %", "misspelled", "concatenated", "false %"], rows)


def speed_table(
    contestants: Sequence[Contestant], times: dict[str, Timing], strings: int, rounds: int
) -> str:
    """Strings a second, and how many times as fast each of our verbs is, by round."""
    mine = [times[one.name] for one in contestants[:2]]
    rows = []
    for one in contestants:
        read = len(range(0, strings, one.stride))
        time = times[one.name]
        rows.append(
            (
                one.name,
                rate(read / time.median),
                *(f"{verb.against(time) * strings / read:.2f}" for verb in mine),
                "all" if one.stride == 1 else f"every {one.stride}th",
            )
        )
    return table(
        ["", "strings/s", "split is x", "resolve is x", "timed on"],
        rows,
        title=f"Speed on {strings} cold strings, median of {rounds} interleaved rounds",
    )


def score_table(scores: Sequence[tuple[str, Score]]) -> str:
    """Exact answers by class in percent, and the share of false tags."""
    strings = scores[0][1].strings
    columns = [kind for kind in (*CLASSES, "all") if strings[kind]]
    rows = [("strings", *(str(strings[kind]) for kind in columns), "")]
    rows += [
        (
            name,
            *(percent(one.exact[kind], strings[kind]) for kind in columns),
            percent(one.false_share),
        )
        for name, one in scores
    ]
    return table(
        ["", *columns, "false"],
        rows,
        title="Exact answers on the labelled strings, % by class; "
        "false: % of terms, names, unknown strings with a tag that is not accepted",
    )
