"""Whether it would help to know which tags stand together: no table of that is shipped.

The public data that there are, real TAGS lines of 1973-79 and the joined codes of the labelled
list, give pairs of tags. Each field is judged by the pairs of the others: what each of its tags
gains by its neighbours, and whether near ties, codes with an edit where two candidates are about
as likely, are told apart better.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Sequence

import attrs

from benchmarks.record import lines
from benchmarks.table import table
from benchmarks.training.damage import Damage
from benchmarks.training.gold import Tags, labelled
from tagnorm.engine.model import Model
from tagnorm.vocabulary.codes import Taxonomy
from tagnorm.vocabulary.eras import Era

# The weight of what a tag is alone, in pairs; the best of several.
_ALONE = 30.0
# Tags that were never seen share half a count each of about so many.
_TAGS = 1000
# Candidates are a near tie up to so many thousandths of a nat.
_NEAR = 2500
_EDITS, _SEED = 12, 5


@attrs.frozen
class Together:
    """How often tags stand together in some fields."""

    single: Counter[str]
    pairs: Counter[tuple[str, str]]
    mates: Counter[str]

    @classmethod
    def of(cls, fields: Sequence[Tags]) -> Together:
        pairs = Counter((a, b) for field in fields for a in field for b in field if a != b)
        mates: Counter[str] = Counter()
        for (tag, _), count in pairs.items():
            mates[tag] += count
        return cls(Counter(tag for field in fields for tag in field), pairs, mates)

    def gain(self, tag: str, others: Sequence[str]) -> float:
        """By how many nats a tag is likelier beside others, on their average."""
        alone = (self.single[tag] + 0.5) / (self.single.total() + 0.5 * _TAGS)
        nats = [
            math.log(
                (self.pairs[other, tag] + _ALONE * alone) / (self.mates[other] + _ALONE) / alone
            )
            for other in others
        ]
        return math.fsum(nats) / len(nats)


def run() -> None:
    """Print what the pairs of the other fields say of each field."""
    real = [tuple(dict.fromkeys(line.codes)) for line in lines()]
    joined = [tuple(dict.fromkeys(one.answer)) for one in labelled() if one.kind == "concatenated"]
    rows = []
    sets = (("real lines", "1973-1979", real), ("joined codes of the list", "2003-2010", joined))
    for name, era, fields in sets:
        rows.append((name, *_judged([field for field in fields if len(field) > 1], era)))
    headers = ["", "fields", "gain, nats a tag", "edits", "near ties", "right", "with neighbours"]
    print(table(headers, rows, title="Tags that stand together, each field judged by the others"))


def _judged(fields: Sequence[Tags], era: str) -> tuple[object, ...]:
    taxonomy = Taxonomy.load().in_era(Era.of(era))
    model, damage = Model(taxonomy), Damage(taxonomy, _SEED, ties=False)
    draw = random.Random(_SEED)
    gains: list[float] = []
    edits = ties = plain = beside = 0
    for nth, field in enumerate(fields):
        together = Together.of([*fields[:nth], *fields[nth + 1 :]])
        for tag in field:
            others = [other for other in field if other != tag]
            gains.append(together.gain(tag, others))
            if tag not in taxonomy or len(tag) != 4 or not tag.isalpha():
                continue
            for _ in range(_EDITS):
                edits += 1
                found = model.corrections(damage.misspelt(draw, tag)[0])
                near = [one for one in found if one.tag not in others]
                if len(near) < 2 or near[1].cost - near[0].cost > _NEAR:
                    continue
                ties += 1
                plain += near[0].tag == tag
                costs = {one.tag: one.cost / 1000 - together.gain(one.tag, others) for one in near}
                beside += min(costs, key=costs.__getitem__) == tag
    return len(fields), f"{math.fsum(gains) / len(gains):.2f}", edits, ties, plain, beside
