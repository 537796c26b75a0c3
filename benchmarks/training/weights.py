"""Fits the cost table: penalised maximum likelihood over the readings of answered strings.

The cost of a reading is linear in its assumptions, so the probability of an answer is log-linear
and the fit is convex for given readings. Three sources teach it:

* the answered strings (`data/gold_dev.tsv`), weighed by their certainty;
* words and names that the shipped word list does not hold, each to be left alone;
* a hand-set table (`PRIOR`), which every weight is pulled towards, so that an edit that was seen
  three times does not get a weight of its own.

`python -m benchmarks weights` prints the table, what each weight buys (the loss without it), and
accuracy on all answers beside accuracy by cross-validation over families.
"""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from benchmarks.training.assumptions import assumptions, ways_to_leave_alone
from benchmarks.training.damage import Damage
from benchmarks.training.letters import words
from tagnorm.engine.costs import Costs
from tagnorm.engine.model import Model
from tagnorm.engine.search.nbest import readings
from tagnorm.folding import squash
from tagnorm.vocabulary.codes import Taxonomy

GOLD = Path(__file__).parents[1] / "data" / "gold_dev.tsv"
FAMILIES = "AEKP"
# What the weights are pulled towards, in nats, before any answer is seen, and how hard.
PRIOR = {
    "joined_attested": 0.5,
    "organization": 1.0,
    "attested": 1.0,
    "companion_first": 2.0,
    "companion_before": 4.0,
    "brief": 1.0,
    "alias": 1.5,
    "alias_edit": 3.0,
    "organization_edit": 1.0,
    "swap": 1.5,
    "drop_first": 3.0,
    "drop_inner": 4.0,
    "drop_last": 3.0,
    "double": 2.0,
    "add_family": 1.5,
    "add_first": 4.0,
    "add_inner": 3.5,
    "add_last": 3.5,
    "replace_family": 2.0,
    "replace_first": 6.0,
    "replace_inner": 4.5,
    "replace_last": 3.5,
    "short": 2.5,
    "join": 1.0,
    "unanchored": 4.0,
    "language": 0.5,
    "other": 2.0,
}
# What is not fitted: a letter drawn at random costs log 26; a field is measured on damaged fields,
# not on words; known words, left-over letters and rare codes are held where they do no harm to
# strings that these answers do not show.
FIXED = {
    "repeated": 1.0,
    "letter": 3.3,
    "other_letter": 3.3,
    "joined_rare": 0.4,
    "leftover": 4.6,
    "few": 0.6,
    "late": 0.5,
    "companion": 2.5,
    "joined_edit": 3.0,
    "retired": 2.5,
    "unresolved": 2.7,
    "word": 2.2,
}
# What was added since and is held as it is shipped: sizes, rarity and outcomes by their numbers.
FIXED |= {
    name: nats
    for name, nats in {**Costs.load().nats, **Taxonomy.load().costs}.items()
    if name not in PRIOR and name not in FIXED
}
PULL = 1.0
# Words to be left alone: how many are drawn, and what one weighs beside a sure answer.
WORDS, WORD_WEIGHT = 2500, 0.12
# Synthetic damage to runs: how many strings are drawn, and what one weighs.
DAMAGED, DAMAGE_WEIGHT, DAMAGE_SEED = 1500, 0.02, 101
# An accepted alternative is worth a little less than the answer itself.
ALTERNATIVE = 0.7
CERTAINTY = {"3": 1.0, "2": 0.7, "1": 0.5}
N_BEST = 24
ROUNDS = 3

NAMES = (*PRIOR, *FIXED)
Vector = np.ndarray


class Answered(NamedTuple):
    """A string with its accepted answers (tags joined by spaces, the first one preferred)."""

    word: str
    accepted: tuple[str, ...]
    weight: float
    group: str
    kind: str


class Example(NamedTuple):
    """The assumptions of each reading of a string (readings x weights) and its worth (readings)."""

    string: Answered
    features: Vector
    worth: Vector


def gold() -> list[Answered]:
    """The answered strings, grouped by the family whose page they stand on."""
    with GOLD.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [
        Answered(
            squash(row["raw"]),
            tuple(
                "" if a == "-" else a for a in (row["answer"], *row["alternatives"].split(";")) if a
            ),
            CERTAINTY[row["certainty"]],
            row["raw"][0],
            row["class"],
        )
        for row in rows
    ]


def words_alone(model: Model, seed: int = 1) -> list[Answered]:
    """Words and names of many languages that are in no list of ours: each is to be left alone."""
    known = model.words | model.entries.keys()
    usable = sorted(w for w in words() if w not in known and (len(w) >= 6) and len(w) <= 12)
    drawn = random.Random(seed).sample(usable, WORDS)
    return [Answered(word, ("",), WORD_WEIGHT, "", "word") for word in drawn]


def damaged(taxonomy: Taxonomy) -> list[Answered]:
    """Runs of codes with one edit, or with letters that are left over, and what they mean."""
    damage = Damage(taxonomy, seed=DAMAGE_SEED)
    drawn = [*damage.joined_edited(DAMAGED), *damage.leftover(DAMAGED // 5)]
    return [
        Answered(squash(s.raw), (" ".join(s.truth),), DAMAGE_WEIGHT, "", s.kind)
        for s in drawn
        if not s.tie
    ]


def taught(model: Model) -> list[Answered]:
    """What teaches besides the answered strings."""
    return words_alone(model) + damaged(model.taxonomy)


def examples(model: Model, strings: Sequence[Answered]) -> Iterator[Example]:
    """The readings of each string that is no entry: entries are never in doubt."""
    for string in strings:
        if string.word in model.entries:
            continue
        ways = [
            (" ".join(reading.tags), assumptions(model, string.word, reading.pieces))
            for reading in readings(model, string.word, N_BEST)
            if reading.tags
        ]
        ways += [("", way) for way in ways_to_leave_alone(model, string.word)]
        features = np.array([[assumed.get(name, 0.0) for name in NAMES] for _, assumed in ways])
        yield Example(string, features, np.array([_worth(answer, string) for answer, _ in ways]))


def _worth(answer: str, string: Answered) -> float:
    if answer == string.accepted[0]:
        return 1.0
    return ALTERNATIVE if answer in string.accepted else 0.0


def fit(data: Sequence[Example], without: str = "") -> tuple[Vector, float]:
    """The weights (in the order of `NAMES`) that explain the answers best, and the loss in nats.

    `without` names a weight that is held at zero.
    """
    data = [example for example in data if example.worth.max() > 0]
    features = np.vstack([example.features for example in data])
    worth = np.concatenate([example.worth for example in data])
    starts = np.cumsum([0] + [len(example.worth) for example in data])
    weights = np.array([example.string.weight for example in data])
    owner = np.repeat(np.arange(len(data)), np.diff(starts))
    prior = np.array([(PRIOR | FIXED)[name] for name in NAMES])
    mask = np.array([name != without for name in NAMES], dtype=float)

    def loss(free: Vector) -> tuple[float, Vector]:
        nats = free * mask
        score = -features @ nats
        score -= np.maximum.reduceat(score, starts[:-1])[owner]
        share = np.exp(score)
        total = np.add.reduceat(share, starts[:-1])
        good = np.add.reduceat(share * worth, starts[:-1]) + 1e-12
        pull = mask * (nats - prior)
        gap = weights[owner] * (share / total[owner] - share * worth / good[owner])
        value = weights @ (np.log(total) - np.log(good)) + PULL / 2 * pull @ pull
        return value, mask * (PULL * pull - gap @ features)

    bounds = [(FIXED[name],) * 2 if name in FIXED else (0.0, 12.0) for name in NAMES]
    found = minimize(loss, prior, jac=True, method="L-BFGS-B", bounds=bounds)
    return found.x * mask, float(found.fun)


def exact(data: Sequence[Example], nats: Vector) -> Counter[str]:
    """How many strings of each kind get an accepted answer from the cheapest reading."""
    right: Counter[str] = Counter()
    for example in data:
        best = int(np.argmin(example.features @ nats))
        right[example.string.kind] += int(example.worth[best] > 0)
    return right


def table(nats: Vector) -> Costs:
    """The weights as a cost table, rounded as they are shipped."""
    return Costs({name: round(float(x), 1) for name, x in zip(NAMES, nats, strict=True)})


def cross_validated(taxonomy: Taxonomy) -> float:
    """The share of all answered strings that are right when their family taught nothing."""
    strings = gold()
    wrong = 0
    for family in FAMILIES:
        costs = learn(taxonomy, leave_out=family)
        model = Model(taxonomy, costs)
        for string in strings:
            if string.group == family:
                best = readings(model, string.word, 1)[0]
                wrong += " ".join(best.tags) not in string.accepted
    return 1 - wrong / len(strings)


def learn(taxonomy: Taxonomy, leave_out: str = "") -> Costs:
    """The cost table learned from all strings but those of one family."""
    costs = Costs(PRIOR | FIXED)
    for _ in range(ROUNDS):
        model = Model(taxonomy, costs)
        strings = [string for string in gold() if string.group != leave_out] + taught(model)
        nats, _ = fit(list(examples(model, strings)))
        costs = table(nats)
    return costs


def run() -> None:
    """Print the fitted table beside the shipped one, what each weight buys, and the accuracy."""
    taxonomy = Taxonomy.load()
    costs = learn(taxonomy)
    model = Model(taxonomy, costs)
    data = list(examples(model, gold() + taught(model)))
    nats, loss = fit(data)
    shipped = Costs.load().overridden(Taxonomy.load().costs).nats
    print(f"{'name':<20}{'fitted':>8}{'shipped':>9}{'worth':>8}   (nats; worth: loss without it)")
    for name, x in zip(NAMES, nats, strict=True):
        without = fit(data, without=name)[1] - loss
        print(f"{name:<20}{x:>8.1f}{shipped.get(name, float('nan')):>9.1f}{without:>8.1f}")
    kinds = Counter(example.string.kind for example in data)
    print()
    for kind, right in sorted(exact(data, nats).items()):
        print(f"{kind:<24}{right:>6} of {kinds[kind]:>5} {right / kinds[kind]:>7.1%}")
    strings = gold()
    right = sum(" ".join(readings(model, s.word, 1)[0].tags) in s.accepted for s in strings)
    print(f"\nright, fitted on all: {right / len(strings):.1%}")
    print(f"right, cross-validated over families: {cross_validated(taxonomy):.1%}")


if __name__ == "__main__":
    run()
