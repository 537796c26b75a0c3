"""Fits how sure an answer is to how often such answers are right: all of `confidence.tsv` for TAGS.

The share of the probability that a reading has among all readings of its word is a good order but
a poor probability: people accept more than one reading, damage has more ways than the model knows,
and the vocabulary lacks codes. So

* the log odds are stretched and shifted by a logistic regression, by the kind of answer: one code
  with an edit, joined codes without and with one, with letters left over, and none;
* where a code with an edit may be a code of its own, that chance counts besides (`own_codes`);
* what is looked up is as sure as it was right among labelled strings, beside the general table.

The regression learns from three kinds of strings: labelled ones, which are real; synthetic damage
of both eras, said and not, at the rates of the list; and as much damage of each kind. The last has
no words, so it says nothing of answers that leave a word alone. Of two codes that are as likely as
one another neither is surer than 0.8, whatever people accept: so much is the intercept.

`python -m benchmarks calibration` prints the fit beside what is shipped, and the error on
what taught it and on what did not: damage of other seeds, and each half of the labelled strings by
the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import attrs
import numpy as np
from scipy.optimize import minimize

from benchmarks.record import ERAS, codes_1974, in_use, lines
from benchmarks.reliability import Answered, calibration_error, coverage
from benchmarks.table import percent, table
from benchmarks.training.damage import Damage
from benchmarks.training.gold import Labelled, labelled, punctuated
from benchmarks.training.own_codes import OwnCodes
from benchmarks.training.verdicts import damaged
from tagnorm import Normalizer, Resolution
from tagnorm.engine.costs import shipped
from tagnorm.engine.reading.confidence import (
    ALONE,
    JOINED,
    JOINED_EDIT,
    LEFTOVER,
    SHIFTED,
    Calibration,
    log_odds,
    logistic,
)
from tagnorm.vocabulary.codes import Taxonomy
from tagnorm.vocabulary.eras import Era

__all__ = ["SEEDS"]

SEEDS = (202, 203)
_HELD_OUT = (302, 303)
_DAMAGED = 1000
# What all labelled strings weigh, all damage at the rates of the list, and all damage of each kind.
_LABELLED, _LISTED, _ALIKE = "labelled", "listed", "alike"
_WEIGHTS = {_LABELLED: 5.0, _LISTED: 0.5, _ALIKE: 2.4}
# The log odds of one of two readings that are as likely as one another: an answer of 0.8.
_TIE = 1.39
# The surest that a computed answer is said to be: no string was seen more often than this.
_CEILING = 0.996
# No larger log odds are learnt from.
_LARGEST = 12.0
# How much of a log odds a shift is believed to be before any answer is seen, by its variance.
_SPREAD = 4.0
# What is looked up is believed to be as sure as the general table says as if so many were seen.
_SEEN = 100
_LOOKED_UP = ("canonical", "retired", "attested", "alias", "clean")
# What makes the confidence of an answer its share of the probability, and no less.
_SLOPES = tuple(f"{kind}_slope" for kind in SHIFTED)
_PLAIN = {
    **dict.fromkeys(("intercept", *SHIFTED), 0.0),
    **dict.fromkeys(("slope", *_SLOPES), 1.0),
    "own": 99.0,
    "own_acronym": 99.0,
    "ceiling": 1 - 1e-9,
}


class Judged(NamedTuple):
    """An answer: the log odds of its reading, its kind, the chance that it is a code of its own,
    how sure it is as shipped, and whether it is right."""

    odds: float
    kind: str
    own: float
    shipped: float
    right: bool


def _kind(answer: Resolution) -> str | None:
    """Of which kind an answer is; None if it was looked up or is of several words."""
    segments = answer.segments
    codes = [one for one in segments if one.code is not None]
    edited = any(one.edits for one in segments)
    if answer.raw != answer.raw.strip() or " " in answer.raw or "," in answer.raw:
        return None
    if not codes:
        return ALONE
    if len(segments) == 1:
        return "" if edited else None
    if len(codes) < len(segments):
        return LEFTOVER
    return JOINED_EDIT if edited else JOINED


class _Judge:
    """Judges answers by some taxonomy, as they are before any fit."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        confidence = taxonomy.confidence
        only_own = {name: confidence[name] for name in ("own", "own_slope", "own_acronym")}
        self._plain, self._own, self._now = (
            Normalizer(attrs.evolve(taxonomy, confidence={**confidence, **changed}))
            for changed in (_PLAIN, {**_PLAIN, **only_own}, {})
        )

    def of(self, strings: Iterable[Labelled]) -> Iterator[Judged]:
        for one in strings:
            answer = self._plain.resolve(one.raw)
            kind = _kind(answer)
            if kind is None:
                continue
            share = min(max(answer.confidence, 1e-9), 1 - 1e-9)
            own = 0.0
            if not kind:
                own = 1 - self._own.resolve(one.raw).confidence / answer.confidence
            sure = self._now.resolve(one.raw).confidence
            odds = log_odds(share)
            right = one.accepts(answer.tags)
            yield Judged(odds, kind, own, sure, right)


def _answers(taxonomy: Taxonomy) -> list[Judged]:
    """Of the labelled strings; the costs saw those of the list, but not the others."""
    real = (Labelled(line.field, "line", line.codes) for line in lines())
    return list(_Judge(taxonomy).of([*labelled(), *punctuated(), *real]))


def _damage(
    taxonomy: Taxonomy, seeds: Sequence[int], drawn: Callable[[Damage], list[Labelled]]
) -> dict[str, list[Judged]]:
    """Of synthetic damage: of the vocabulary, and of each era, which is said or not."""
    plain = _Judge(taxonomy)
    found: dict[str, list[Judged]] = {"damage": []}
    for seed in seeds:
        found["damage"] += plain.of(drawn(Damage(taxonomy, seed)))
    for era in ERAS:
        then = taxonomy.in_era(Era.of(era))
        said = _Judge(then)
        for seed in seeds:
            damage = Damage(then, seed, drawn=lambda code, era=era: in_use(code, era))
            strings = drawn(damage)
            found.setdefault(f"damage {era}", []).extend(said.of(strings))
            found.setdefault(f"damage {era}, not said", []).extend(plain.of(strings))
    return found


def _as_listed(damage: Damage) -> list[Labelled]:
    """Damaged strings and words, each kind as often as in the list."""
    return [Labelled(one.raw, one.kind, one.truth) for one in damage.strings(_DAMAGED)]


def _all_kinds(damage: Damage) -> list[Labelled]:
    """As many damaged strings of each kind, and no words."""
    return damaged(damage, _DAMAGED // 5)


def _fit(sets: Mapping[str, Sequence[Sequence[Judged]]]) -> dict[str, float]:
    """The slopes and the shifts of the log odds, from groups of answers by the set they are of."""
    kinds = ("", *SHIFTED)
    names = ("slope", *_SLOPES, *SHIFTED)
    start = np.array([1.0] * len(kinds) + [0.0] * len(SHIFTED))
    rows, own, right, weight = [], [], [], []
    for name, groups in sets.items():
        for group in groups:
            each = 1000 * _WEIGHTS[name] / len(group) / len(groups)
            for one in group:
                if name == _ALIKE and one.kind == ALONE:
                    continue
                is_kind = [float(one.kind == kind) for kind in kinds]
                odds = min(max(one.odds, -_LARGEST), _LARGEST)
                rows.append([*(odds * x for x in is_kind), *is_kind[1:]])
                own.append(one.own)
                right.append(one.right)
                weight.append(each)
    features, others = np.array(rows), 1 - np.array(own)
    hit, weights = np.array(right, float), np.array(weight)

    def loss(numbers: np.ndarray) -> float:
        sure = others / (1 + np.exp(-(features @ numbers + _TIE)))
        sure = np.clip(sure, 1 - _CEILING, _CEILING)
        pull = ((numbers - start) ** 2).sum() / (2 * _SPREAD)
        gain = hit * np.log(sure) + (1 - hit) * np.log(1 - sure)
        return float(pull - (weights * gain).sum())

    found = dict(zip(names, minimize(loss, start, method="L-BFGS-B").x, strict=True))
    for name in _SLOPES:
        found[name] /= found["slope"]
    return {**{name: round(float(x), 2) for name, x in found.items()}, "intercept": _TIE}


def _sure(one: Judged, numbers: Mapping[str, float]) -> float:
    odds = min(max(one.odds, -30.0), 30.0)
    odds *= numbers["slope"] * numbers.get(f"{one.kind}_slope", 1.0)
    odds += numbers["intercept"] + numbers.get(one.kind, 0.0)
    return min(logistic(odds), _CEILING) * (1 - one.own)


def _looked_up(taxonomy: Taxonomy) -> dict[str, float]:
    """How sure what is looked up is: as often right as in the labelled list and among the codes of
    1974, and never surer than the general table says."""
    normalizer, seen = Normalizer(taxonomy), dict.fromkeys(_LOOKED_UP, (0, 0))
    codes = (Labelled(code, kind, (code,)) for code, kind in codes_1974())
    for one in [*labelled(), *codes]:
        answer = normalizer.resolve(one.raw)
        how = [segment.how for segment in answer.segments]
        if len(how) > 1 and set(how) == {"canonical"}:
            name = "clean"
        elif how in (["canonical"], ["alias"]):
            status = taxonomy[answer.tags[0]].status
            name = status if status in _LOOKED_UP and how != ["alias"] else how[0]
        else:
            continue
        all_of, right = seen[name]
        seen[name] = all_of + 1, right + one.accepts(answer.tags)
    general = shipped("confidence.tsv")
    return {
        name: round(min((right + _SEEN * general[name]) / (n + _SEEN), general[name]), 3)
        for name, (n, right) in seen.items()
    }


def run() -> None:
    """Print the fitted table beside the shipped one, and what both say of each group."""
    taxonomy = Taxonomy.load()
    own = OwnCodes.fitted(taxonomy)
    chances = {
        "own": round(own.own, 2),
        "own_slope": round(own.slope, 2),
        "own_acronym": round(own.acronym, 2),
    }
    taxonomy = attrs.evolve(taxonomy, confidence={**taxonomy.confidence, **chances})
    real = _answers(taxonomy)
    listed, alike = (_damage(taxonomy, SEEDS, drawn) for drawn in (_as_listed, _all_kinds))
    damage = {_LISTED: list(listed.values()), _ALIKE: list(alike.values())}
    numbers = _fit({_LABELLED: [real], **damage})
    now = Calibration.of(Taxonomy.load().confidence).values
    fitted = {**_looked_up(taxonomy), **numbers, **chances, "ceiling": _CEILING}
    rows = [(name, f"{x:.3f}", f"{now[name]:.3f}") for name, x in fitted.items()]
    print(table(["", "fitted", "shipped"], rows, title="What confidence.tsv holds"), end="\n\n")
    n, mistaken = own.left_out
    print(f"Of {n} codes left out, {mistaken} are read as another with an edit; {own.expected}")
    print("of the labelled corrections are expected to be codes of their own.", end="\n\n")
    rows = [_row("labelled, learnt on", real, numbers)]
    for this, that in ((real[::2], real[1::2]), (real[1::2], real[::2])):
        rows.append(_row("labelled, by the other half", this, _fit({_LABELLED: [that], **damage})))
    held = "other seeds"
    for name, drawn in (("at the rates of the list", _as_listed), ("all kinds alike", _all_kinds)):
        for group, answers in _damage(taxonomy, _HELD_OUT, drawn).items():
            rows.append(_row(f"{group}, {name}, {held}", answers, numbers))
    headers = ["", "answers", "right %", "error %", "sure %", "of these right %", "as shipped"]
    print(table(headers, rows, title="Computed answers (sure: >= 0.95; error: calibration)"))


def _row(name: str, group: Sequence[Judged], numbers: Mapping[str, float]) -> tuple[object, ...]:
    answers = [Answered(_sure(one, numbers), one.right) for one in group]
    covered, right = coverage(answers, 0.95)
    shipped_error = calibration_error([Answered(one.shipped, one.right) for one in group])
    return (
        name,
        len(group),
        percent(sum(one.right for one in group), len(group)),
        percent(calibration_error(answers)),
        percent(covered),
        percent(right, 1.0 if covered else 0.0),
        percent(shipped_error),
    )


if __name__ == "__main__":
    run()
