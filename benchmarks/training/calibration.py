"""Fits how sure an answer is to how often such answers are right.

The share of the probability that a reading has among all readings of its word is a good order but
a poor probability: people accept more than one reading, and damage has more ways than the model
knows. So the log odds are stretched and shifted by a logistic regression on two kinds of strings:

* the answered strings, read with costs that their own family did not teach;
* synthetic damage, where the truth is one reading and no other.

Both kinds weigh the same. `python -m benchmarks calibration` prints the fit beside what is shipped.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from benchmarks.training.damage import Damage
from benchmarks.training.weights import FAMILIES, gold, learn
from tagnorm.engine.best_path import BestPath
from tagnorm.engine.confidence import Calibration, posteriors
from tagnorm.engine.model import Model
from tagnorm.engine.nbest import readings
from tagnorm.folding import squash
from tagnorm.learning.calibration import Judged, Line, fitted_line
from tagnorm.vocabulary.codes import Taxonomy

SEED, DAMAGED = 202, 1200
N_BEST = 16
# The surest that a computed answer is said to be: no string was seen more often than this.
CEILING = 0.996


def judged(model: Model, word: str, accepted: tuple[str, ...]) -> Iterator[tuple[float, bool]]:
    """The share of the answer for a word and whether it is right, unless it was looked up."""
    if word in model.entries or BestPath(model).clean(word):
        return
    found = readings(model, word, N_BEST)
    share = posteriors(found)[found[0].tags]
    yield share, " ".join(found[0].tags) in accepted


def on_answers(taxonomy: Taxonomy) -> list[tuple[float, bool]]:
    """Shares and outcomes for the answered strings, cross-validated over families."""
    found: list[tuple[float, bool]] = []
    for family in FAMILIES:
        model = Model(taxonomy, learn(taxonomy, leave_out=family))
        for string in gold():
            if string.group == family:
                found += judged(model, string.word, string.accepted)
    return found


def on_damage(taxonomy: Taxonomy) -> list[tuple[float, bool]]:
    """Shares and outcomes for synthetic damage."""
    model = Model(taxonomy)
    return [
        pair
        for string in Damage(taxonomy, seed=SEED).strings(DAMAGED)
        if not string.tie
        for pair in judged(model, squash(string.raw), (" ".join(string.truth),))
    ]


def fit(groups: list[list[tuple[float, bool]]]) -> tuple[float, float]:
    """Slope and intercept of the log odds, each group weighing the same, as a fit finds them."""
    mean = sum(map(len, groups)) / len(groups)
    judged = [
        Judged(_odds(share), right, mean / len(group)) for group in groups for share, right in group
    ]
    found = fitted_line(judged, Line(1.0, 0.0, CEILING), pull=1.0)
    return found.slope, found.intercept


def _odds(share: float) -> float:
    share = min(max(share, 1e-9), 1 - 1e-9)
    return math.log(share / (1 - share))


def run() -> None:
    """Print the fitted line beside the shipped one, and what it says of each group."""
    taxonomy = Taxonomy.load()
    groups = {"answers": on_answers(taxonomy), "damage": on_damage(taxonomy)}
    slope, intercept = fit(list(groups.values()))
    print(f"{'':<12}{'fitted':>8}{'shipped':>9}")
    calibration = Calibration.of(taxonomy.confidence)
    now = calibration.values
    print(f"{'slope':<12}{slope:>8.2f}{now['slope']:>9.2f}")
    print(f"{'intercept':<12}{intercept:>8.2f}{now['intercept']:>9.2f}")
    for name, group in groups.items():
        sure = np.array([calibration.of_share(share) for share, _ in group])
        right = np.array([r for _, r in group])
        print(f"\n{name}: {len(group)} computed answers, {right.mean():.1%} right")
        for low in np.arange(0, 1, 0.1):
            here = (sure >= low) & (sure < low + 0.1 + (low > 0.85))
            if here.any():
                said, was = sure[here].mean(), right[here].mean()
                print(
                    f"  {low:.1f}-{low + 0.1:.1f} {here.sum():>6}  said {said:.3f}  right {was:.3f}"
                )
    print(f"\nlooked up: canonical {now['canonical']}, alias {now['alias']}")


if __name__ == "__main__":
    run()
