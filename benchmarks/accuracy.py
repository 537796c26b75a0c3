"""How often right, how sure, and what to fix next: on labelled strings and on synthetic damage.

The weights of the splitter are learnt from the labelled strings, so its figures on them are those
of a student who has seen the exam; the peers have not. The weights and the confidence also learn
from synthetic damage, of other seeds than this one: the strings here are new to them, up to a few
common ones, but the kinds of damage and their rates are not. Damage takes a hard view: one answer
is right, no other is accepted. Strings that the vocabulary itself leaves open are a class of their
own, `tie`.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers import Contestant, peers
from benchmarks.reliability import calibration_error, chance_error, coverage, diagram
from benchmarks.table import percent, table
from benchmarks.training.damage import Damage
from benchmarks.training.gold import CLASSES, LEARNT, Labelled, labelled
from benchmarks.training.lexicon import Lexicon
from benchmarks.training.verdicts import Verdict, confusions, damaged, explained, judged, worst
from tagnorm import Normalizer, Taxonomy
from tagnorm.engine.model import Model

__all__ = ["figures"]

_CONFIDENT = (0.5, 0.8, 0.9, 0.95, 0.99)
_SURE = 0.95


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file")
    parser.add_argument("--seed", type=int, default=0, help="of the synthetic damage (default 0)")
    parser.add_argument(
        "--strings", type=int, default=1000, help="damaged strings of each kind (default 1000)"
    )
    parser.add_argument("--worst", type=int, default=20, help="wrong answers to explain")
    parser.add_argument("--no-peers", action="store_true", help="leave the peers out")


def run(options: argparse.Namespace) -> None:
    taxonomy = Taxonomy.load()
    normalizer, model = Normalizer(taxonomy), Model(taxonomy)
    contestants = [] if options.no_peers else peers(Lexicon.of(taxonomy))
    sources = {
        "labelled strings": list(labelled()),
        "synthetic damage": damaged(Damage(taxonomy, options.seed), options.strings),
    }
    if options.seed in _learnt_seeds():
        print(f"Warning: the tables are learnt on damage of seed {options.seed}.", end="\n\n")
    written = {}
    print(LEARNT, end="\n\n")
    for name, strings in sources.items():
        verdicts = judged(normalizer, strings)
        kinds = _kinds(strings)
        print(_by_class(name, kinds, verdicts), end="\n\n")
        if contestants:
            print(_peer_rows(name, kinds, strings, verdicts, contestants), end="\n\n")
        print(_confused(name, verdicts), end="\n\n")
        print(f"The worst of the {name}: wrong, by confidence")
        for verdict in worst(verdicts, options.worst):
            print(*explained(model, verdict), sep="\n")
        print()
        print(_covered(name, verdicts), end="\n\n")
        print(_faults(name, verdicts), end="\n\n")
        print(diagram([one.answered for one in verdicts], f"Reliability, {name}"), end="\n\n")
        written[name] = figures(kinds, verdicts)
    print(_outside(taxonomy))
    if options.json:
        options.json.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


def figures(kinds: Sequence[str], verdicts: Sequence[Verdict]) -> dict[str, object]:
    """The figures of a set of answers, for a file."""
    answers = [one.answered for one in verdicts]
    covered, right = coverage(answers, 0.9)
    return {
        "calibration error": round(calibration_error(answers), 4),
        "calibration error by chance, at most": round(chance_error(answers).bound, 4),
        "confident at 0.9": round(covered, 4),
        "confident and right": round(right, 4),
        "by class": {kind: _counts(kind, verdicts) for kind in (*kinds, "all")},
    }


def _learnt_seeds() -> set[int]:
    """The seeds of the damage that the shipped tables are learnt on."""
    from benchmarks.training import calibration, weights  # noqa: PLC0415  # they load SciPy

    return {*calibration.SEEDS, weights.DAMAGE_SEED}


def _kinds(strings: Sequence[Labelled]) -> list[str]:
    found = dict.fromkeys(one.kind for one in strings)
    return [kind for kind in CLASSES if kind in found] + sorted(
        (kind for kind in found if kind not in CLASSES), key=lambda kind: ("tie" in kind, kind)
    )


def _counts(kind: str, verdicts: Sequence[Verdict]) -> dict[str, int]:
    mine = [one for one in verdicts if kind in (one.one.kind, "all")]
    return {
        "strings": len(mine),
        "exact": sum(one.right for one in mine),
        "known": sum(one.known for one in mine),
        "false tags": sum(len(one.false_tags) for one in mine),
        "missed tags": sum(len(one.missed_tags) for one in mine),
        "unresolved": sum(not one.answer.tags for one in mine),
    }


def _by_class(name: str, kinds: Sequence[str], verdicts: Sequence[Verdict]) -> str:
    rows = []
    for kind in (*kinds, "all"):
        counts = _counts(kind, verdicts)
        strings = counts["strings"]
        rows.append(
            (
                kind,
                strings,
                percent(counts["exact"], strings),
                percent(counts["known"], strings),
                counts["false tags"],
                counts["missed tags"],
                counts["unresolved"],
            )
        )
    return table(
        ["class", "strings", "exact %", "known %", "false tags", "missed tags", "unresolved"],
        rows,
        title=f"Answers, {name} (known: right, or right among the alternatives)",
    )


def _peer_rows(
    name: str,
    kinds: Sequence[str],
    strings: Sequence[Labelled],
    verdicts: Sequence[Verdict],
    contestants: Sequence[Contestant],
) -> str:
    total = Counter(one.kind for one in strings)
    total["all"] = len(strings)
    columns = (*kinds, "all")
    mine = Counter(kind for one in verdicts if one.right for kind in (one.one.kind, "all"))
    false = sum(bool(one.false_tags) for one in verdicts)
    rows = [_peer_row("tagnorm", mine, total, columns, false)]
    for peer in contestants:
        # the slow peers see a part of the strings, as in the timing
        thinned = strings[:: peer.stride]
        part = Counter(kind for one in thinned for kind in (one.kind, "all"))
        exact: Counter[str] = Counter()
        false = 0
        for one in thinned:
            tags = peer.answer(one.raw)
            exact.update((one.kind, "all") if one.accepts(tags) else ())
            false += bool(one.false_tags(tags))
        shown = peer.name + (f" ({peer.stride}th)" if peer.stride > 1 else "")
        rows.append(_peer_row(shown, exact, part, columns, false))
    return table(
        ["", *columns, "false"],
        rows,
        title=f"Exact answers beside the peers, {name}, % by class; false: % of strings with a "
        "tag that is not accepted; (5th): on every 5th string",
    )


def _peer_row(
    name: str, exact: Counter[str], total: Counter[str], columns: Sequence[str], false: int
) -> list[str]:
    shares = [percent(exact[kind], total[kind]) for kind in columns]
    return [name, *shares, percent(false, total["all"])]


def _confused(name: str, verdicts: Sequence[Verdict]) -> str:
    found = confusions(verdicts).most_common(20)
    rows = [(f"{truth} -> {answer}", n) for (truth, answer), n in found]
    return table(["meant -> answered", "strings"], rows, title=f"Near codes confused, {name}")


def _covered(name: str, verdicts: Sequence[Verdict]) -> str:
    answers = [one.answered for one in verdicts]
    tagged = [one.answered for one in verdicts if one.answer.tags]
    rows = []
    for confidence in _CONFIDENT:
        covered, right = coverage(answers, confidence)
        tagged_covered, tagged_right = coverage(tagged, confidence)
        shares = (covered, right, tagged_covered, tagged_right)
        rows.append((f">= {confidence:.2f}", *map(percent, shares)))
    return table(
        ["confidence", "covers %", "right %", "of tagged: covers %", "right %"],
        rows,
        title=f"Coverage and risk, {name}",
    )


def _faults(name: str, verdicts: Sequence[Verdict]) -> str:
    """What is wrong with the sure answers that are wrong."""
    sure = [one for one in verdicts if one.answer.confidence >= _SURE]
    found = Counter(one.fault for one in sure if not one.right)
    rows = [(fault, n, percent(n, len(sure))) for fault, n in found.most_common()]
    title = f"Wrong though sure (>= {_SURE}), {name}: of {len(sure)}"
    return table(["", "answers", "%"], rows, title=title)


def _outside(taxonomy: Taxonomy) -> str:
    """Answers that no splitter with this vocabulary can give."""
    rows = [
        (one.raw, one.kind, " ".join(one.answer))
        for one in labelled()
        if any(tag not in taxonomy for tag in one.answer)
    ]
    title = "Labelled answers with a code that the vocabulary has not"
    return table(["raw", "class", "answer"], rows, title=title)
