"""How often each kind of damage occurs, counted in the labelled half of the tag list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import attrs

from benchmarks.training.gold import UNTAGGED, Labelled
from tagnorm import Taxonomy
from tagnorm.engine.edits.grammar import edit_between
from tagnorm.folding import squash

__all__ = ["Rates"]

_LONGEST_JOIN = 6


@attrs.frozen
class Rates:
    """Counts of the damage in a labelled list.

    * `classes` -- strings of the whole list by class; `word` stands for terms, names and unknown
      strings together;
    * `edits` -- misspelled codes by the edit, those with more than one edit left out;
    * `sizes` -- joined strings by the number of codes, 2 to 6; longer ones are left out;
    * `companion_last`, `companion_more`, `companion_first` -- how often a joined string ends with a
      code that needs company, how often yet another stands before it, and how often one comes
      first;
    * `mixed` -- strings of the class mixed by what is wrong: `edit` or `leftover`.
    """

    classes: Mapping[str, int]
    edits: Mapping[str, int]
    sizes: Mapping[int, int]
    companion_last: float
    companion_more: float
    companion_first: float
    mixed: Mapping[str, int]

    @classmethod
    def count(cls, strings: Sequence[Labelled], taxonomy: Taxonomy) -> Rates:
        """Count in labelled strings; all canonical ones are labelled, of the others the half."""
        families = frozenset(code.family for code in taxonomy if len(code.family) == 1)
        classes: Counter[str] = Counter()
        edits: Counter[str] = Counter()
        mixed: Counter[str] = Counter()
        joins = []
        for one in strings:
            kind = "word" if one.kind in UNTAGGED else one.kind
            classes[kind] += 1 if kind == "canonical" else 2
            if kind == "misspelled" and len(one.answer) == 1:
                edits[
                    edit_between(one.raw, squash(one.answer[0]), families) or "more than one"
                ] += 1
            elif kind == "concatenated" and all(tag in taxonomy for tag in one.answer):
                joins.append([taxonomy[tag].anchor for tag in one.answer])
            elif kind == "mixed":
                mixed["leftover" if _stand_in_order(one) else "edit"] += 1
        edits.pop("more than one", None)
        last = [anchors for anchors in joins if not anchors[-1]]
        return cls(
            classes=dict(classes.most_common()),
            edits=dict(edits.most_common()),
            sizes=dict(sorted(Counter(map(len, joins)).items())[: _LONGEST_JOIN - 1]),
            companion_last=len(last) / len(joins),
            companion_more=sum(not anchors[-2] for anchors in last) / len(last),
            companion_first=sum(not anchors[0] for anchors in joins) / len(joins),
            mixed=dict(mixed),
        )


def _stand_in_order(one: Labelled) -> bool:
    """Whether all codes of the answer stand in the string as they are written, in order."""
    at = 0
    for tag in one.answer:
        at = one.raw.find(squash(tag), at)
        if at < 0:
            return False
        at += len(squash(tag))
    return True
