"""What became of each string: the answer, whether it is right, and what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import attrs

from benchmarks.reliability import Answered
from benchmarks.training.damage import Damage
from benchmarks.training.gold import Labelled, Tags
from tagnorm import Normalizer, Resolution
from tagnorm.engine.model import Model
from tagnorm.engine.search.nbest import readings
from tagnorm.folding import squash

__all__ = ["Verdict", "confusions", "damaged", "explained", "judged", "worst"]


@attrs.frozen
class Verdict:
    """A labelled string and its answer."""

    one: Labelled
    answer: Resolution

    @property
    def right(self) -> bool:
        return self.one.accepts(self.answer.tags)

    @property
    def false_tags(self) -> list[str]:
        return self.one.false_tags(self.answer.tags)

    @property
    def missed_tags(self) -> list[str]:
        return self.one.missed_tags(self.answer.tags)

    @property
    def known(self) -> bool:
        """Whether an accepted answer is the answer or one of the alternatives."""
        offered = (self.answer.tags, *(other.tags for other in self.answer.alternatives))
        return any(self.one.accepts(tags) for tags in offered)

    @property
    def fault(self) -> str:
        """Why a wrong answer is wrong, as far as it can be told by the answer.

        * `other codes`: all of it is written so in the vocabulary, and a code is never corrected;
        * `left alone`: it is read as a word;
        * `tie`: another reading assumes no more than the truth;
        * `error`: none of these.
        """
        if not self.answer.tags:
            return "left alone"
        if {one.how for one in self.answer.segments} <= {"canonical", "alias"}:
            return "other codes"
        return "tie" if "tie" in self.one.kind else "error"

    @property
    def answered(self) -> Answered:
        return Answered(self.answer.confidence, self.right)


def judged(normalizer: Normalizer, strings: Iterable[Labelled]) -> list[Verdict]:
    """Resolve every string."""
    return [Verdict(one, normalizer.resolve(one.raw)) for one in strings]


def damaged(damage: Damage, n: int) -> list[Labelled]:
    """So many damaged strings of each kind, as labelled ones.

    Classes of their own are ties, and edits that leave no code in the string that could carry a run
    (`lone edit`: PRLE SP run together; by the contract codes of two letters need such company).
    """
    streams = {
        "canonical": damage.canonical(n),
        "one edit": damage.misspelled(n),
        "join": damage.joined(n),
        "join+edit": damage.joined_edited(n),
        "leftover": damage.leftover(n),
    }
    found = []
    for name, stream in streams.items():
        for one in stream:
            kind = name
            if name == "join+edit" and not any(
                damage.taxonomy[tag].anchor and squash(tag) in one.raw for tag in one.truth
            ):
                kind = "lone edit"
            found.append(Labelled(one.raw, f"{kind}, tie" if one.tie else kind, one.truth))
    return found


def confusions(verdicts: Iterable[Verdict]) -> Counter[tuple[str, str]]:
    """Pairs of a code that was missed and a code that was answered instead.

    Only where a wrong answer has just one of each: otherwise nobody knows which is for which.
    """
    found: Counter[tuple[str, str]] = Counter()
    for verdict in verdicts:
        missed, false = verdict.missed_tags, verdict.false_tags
        if len(missed) == len(false) == 1:
            found[missed[0], false[0]] += 1
    return found


def explained(model: Model, verdict: Verdict) -> Iterator[str]:
    """The lines that explain an answer: its segments, the other answers, the readings' costs."""
    one, answer = verdict.one, verdict.answer
    accepted = " or ".join(_shown(tags) for tags in (one.answer, *one.alternatives))
    yield f"{one.raw} ({one.kind}): {_shown(answer.tags)} {answer.confidence:.3f}, not {accepted}"
    segments = (f"{s.raw}={s.code or '-'} ({s.how})" for s in answer.segments)
    yield "    segments      " + ", ".join(segments)
    others = (f"{_shown(other.tags)} {other.confidence:.3f}" for other in answer.alternatives)
    yield "    alternatives  " + (", ".join(others) or "none")
    costs = (
        f"{_shown(reading.tags)} {reading.cost / 1000:.1f}"
        for reading in readings(model, squash(one.raw))
    )
    yield "    costs, nats   " + ", ".join(costs)


def worst(verdicts: Sequence[Verdict], n: int) -> list[Verdict]:
    """The wrong answers with the highest confidence, a quarter of them at most of one class.

    Ties come last: there the vocabulary is at fault.
    """
    wrong = [verdict for verdict in verdicts if not verdict.right]
    wrong.sort(key=lambda v: ("tie" in v.one.kind, -v.answer.confidence, v.one.raw))
    left = Counter({verdict.one.kind: max(n // 4, 1) for verdict in wrong})
    found: list[Verdict] = []
    for verdict in wrong:
        if left[verdict.one.kind] and len(found) < n:
            left[verdict.one.kind] -= 1
            found.append(verdict)
    return found


def _shown(tags: Tags) -> str:
    return " ".join(tags) or "-"
