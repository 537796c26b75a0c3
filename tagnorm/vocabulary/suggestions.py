"""What somebody may have meant: the codes nearest to a name that the vocabulary does not have."""

from __future__ import annotations

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from tagnorm.folding import fold, squash
from tagnorm.vocabulary.codes import Code, Taxonomy

__all__ = ["near"]

_ENOUGH = 72.0


def near(taxonomy: Taxonomy, what: str, limit: int = 3) -> list[Code]:
    """The codes whose tag, alias or name is nearest to a string, the nearest first.

    This is a hint for a person, never an answer: a tag one edit away comes first, then names and
    aliases that share words or most letters; equal ones by their tags.

    >>> taxonomy = Taxonomy.load()
    >>> [code.tag for code in near(taxonomy, "PRLE", limit=1)]
    ['PREL']
    >>> near(taxonomy, "intelectual property")[0].tag
    'KIPR'
    >>> near(taxonomy, "")
    []
    """
    wanted = fold(what).strip()
    if not squash(wanted):
        return []
    scores: dict[str, float] = {}
    tag_wanted = squash(wanted)
    for code in taxonomy:
        # With two letters, every other code is one edit away.
        if len(code.tag) > 2 and len(tag_wanted) > 2:
            distance = OSA.distance(tag_wanted, squash(code.tag), score_cutoff=1)
            if distance <= 1:
                scores[code.tag] = 200.0 - distance
    names = [(code.name, code.tag) for code in taxonomy if code.name]
    names += [(alias.alias, alias.tag) for alias in taxonomy.aliases if len(alias.alias) > 3]
    folded = [fold(name) for name, _ in names]
    scorer = fuzz.token_set_ratio if " " in wanted else fuzz.ratio
    found = process.extract(wanted, folded, scorer=scorer, score_cutoff=_ENOUGH, limit=None)
    for _, score, place in found:
        tag = names[place][1]
        scores[tag] = max(score, scores.get(tag, 0.0))
    best = sorted(scores, key=lambda tag: (-scores[tag], tag))
    return [taxonomy[tag] for tag in best[:limit]]
