"""Where the time of the cold tag list goes: microseconds a string, by what it takes to read it.

A string's group is told by its own letters and what the splitter made of it. The whole list is
timed too, beside the cover search, because machines differ.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from benchmarks.peers import peers
from benchmarks.table import table
from benchmarks.tags import build_name
from benchmarks.timing import forgetting, interleaved
from benchmarks.training.gold import raw_tags
from benchmarks.training.lexicon import Lexicon
from tagnorm import Normalizer, Resolution, Taxonomy, __version__

_PEER = "pyahocorasick and a cover"
_SHORT, _FOUR, _FIVE = 3, 4, 5


def group_of(answer: Resolution) -> str:
    """What it takes to read a string.

    >>> from tagnorm import resolve
    >>> group_of(resolve("PREL")), group_of(resolve("PGVO")), group_of(resolve("PRELPGVO"))
    ('entries of the vocabulary', 'four letters, no entry', 'joined codes, edited or with more')
    """
    size = len(answer.raw)
    if any(segment.how == "separator" for segment in answer.segments):
        return "fields"
    if answer.status in ("canonical", "alias"):
        return "entries of the vocabulary"
    if answer.status == "concatenated":
        return "joined codes alone"
    if len(answer.segments) > 1:
        return "joined codes, edited or with more"
    if size <= _SHORT:
        return "two or three letters"
    if size == _FOUR:
        return "four letters, no entry"
    return "five letters, not joined" if size == _FIVE else "six letters and more, not joined"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=31, help="rounds of the timing (default 31)")


def run(options: argparse.Namespace) -> None:
    taxonomy = Taxonomy.load()
    normalizer = Normalizer(taxonomy)
    strings = raw_tags()
    groups: dict[str, list[str]] = {}
    for raw in strings:
        groups.setdefault(group_of(normalizer.resolve(raw)), []).append(raw)
    (peer,) = [one for one in peers(Lexicon.of(taxonomy)) if one.name == _PEER]
    verbs: dict[str, Callable[[str], object]] = {
        "split": normalizer.split,
        "resolve": normalizer.resolve,
    }
    contestants = {
        (verb, group): _reading(read, some)
        for verb, read in verbs.items()
        for group, some in [*groups.items(), ("all", strings)]
    }
    contestants["peer", "all"] = _reading(peer.answer, strings)
    times = interleaved(
        {"/".join(key): call for key, call in contestants.items()},
        options.rounds,
        forgetting(normalizer),
    )
    whole = {verb: times[f"{verb}/all"].median for verb in verbs}
    rows = []
    for group, some in sorted(groups.items(), key=lambda item: -len(item[1])):
        row = [group, str(len(some))]
        for verb in verbs:
            taken = times[f"{verb}/{group}"].median
            row += [f"{1e6 * taken / len(some):.1f}", f"{100 * taken / whole[verb]:.0f}"]
        rows.append(tuple(row))
    each = {verb: f"{1e6 * taken / len(strings):.1f}" for verb, taken in whole.items()}
    rows.append(("all", str(len(strings)), each["split"], "100", each["resolve"], "100"))
    print(f"tagnorm {__version__}, {build_name()}\n")
    headers = ["", "strings", "split us", "%", "resolve us", "%"]
    print(table(headers, rows, title="Microseconds a string, by what it takes to read it"))
    cover = times["peer/all"].median
    print(f"\n{_PEER}: {1e6 * cover / len(strings):.1f} us a string")


def _reading(read: Callable[[str], object], strings: Sequence[str]) -> Callable[[], object]:
    return lambda: [read(string) for string in strings]
