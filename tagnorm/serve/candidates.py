"""Reconciliation candidates: the codes that a cell may mean, with the probability of each.

A cell is read as everywhere. What a client has to choose from depends on the type it asks for:

* a kind of code, any kind, or none: the candidates are codes. A code's score is the probability
  that it stands in the cell: the sum of the probabilities of the readings that hold it. Only where
  the whole cell is one code, and surely, is that a match; a cell of several codes has them all as
  candidates, and none as the match, because a client matches a cell to one entity.
* `several`: the candidates are whole readings, an entity for each, whose identifier is its codes
  with a space between them. So a cell of several codes can be matched too, and its codes fetched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from tagnorm.escaping import join_tags, split_tags
from tagnorm.normalizer import Normalizer
from tagnorm.resolution import Resolution
from tagnorm.vocabulary.codes import Taxonomy
from tagnorm.vocabulary.entries import Code
from tagnorm.vocabulary.facts import family_name_of
from tagnorm.wording import WORTH_LISTING

__all__ = ["ANY", "SEVERAL", "candidates_of", "codes_of", "type_of", "types_of"]

# The type of what a property brings, which a client asks for again.
ANY = {"id": "any", "name": "Code of any kind"}
SEVERAL = "several"
# The same as a type.
_CELL = {"id": SEVERAL, "name": "All the codes of a cell"}
_SURE = 0.95
# The full name of one code and of no other, though the reader knows it by no alias.
_NAMED = 0.99


def types_of(taxonomy: Taxonomy) -> list[dict[str, str]]:
    """The types of entities: the kinds of codes, all of them, and cells of several."""
    kinds = sorted({code.kind for code in taxonomy})
    return [
        *map(type_of, kinds),
        ANY,
        _CELL,
    ]


def type_of(kind: str) -> dict[str, str]:
    """A kind of code as a type."""
    return {"id": kind, "name": f"{kind.capitalize()} code"}


def codes_of(identifier: str, taxonomy: Taxonomy) -> list[Code]:
    """The codes that an identifier stands for; none if it stands for nothing.

    >>> [code.name for code in codes_of("PREL SP", Taxonomy.load())]
    ['External Political Relations', 'Spain']
    """
    one = taxonomy.get(identifier)
    if one is not None:
        return [one]
    try:
        tags = split_tags(identifier)
    except ValueError:
        return []
    codes = [taxonomy.get(tag) for tag in tags]
    return [code for code in codes if code is not None] if all(codes) else []


def candidates_of(
    text: str, normalizer: Normalizer, *, types: Collection[str] = (), limit: int = 5
) -> list[dict[str, Any]]:
    """What a cell may be matched to, the likeliest first.

    >>> normalizer = Normalizer()
    >>> [(c["id"], c["match"]) for c in candidates_of("PGVO", normalizer)]
    [('PGOV', True)]
    >>> [(c["id"], c["match"]) for c in candidates_of("PRELPGOV", normalizer)][:2]
    [('PREL', False), ('PGOV', False)]
    >>> best = candidates_of("PRELPGOV", normalizer, types=["several"])[0]
    >>> best["id"], best["match"]
    ('PREL PGOV', True)
    """
    answer = normalizer.resolve(text)
    if SEVERAL in types:
        return _readings(answer, normalizer.taxonomy)[:limit]
    return _codes(answer, normalizer.taxonomy, types, limit)


def _readings(answer: Resolution, taxonomy: Taxonomy) -> list[dict[str, Any]]:
    found: dict[str, tuple[tuple[str, ...], float]] = {}
    for tags, share in _shares(answer):
        distinct = tuple(dict.fromkeys(tags))
        if distinct and share >= WORTH_LISTING:
            key = join_tags(distinct)
            found[key] = distinct, share + found.get(key, ((), 0.0))[1]
    ranked = sorted(found.items(), key=lambda item: -item[1][1])
    complete = not answer.unresolved
    return [
        {
            "id": key,
            "name": " ".join(tags),
            "description": "; ".join(filter(None, (taxonomy[tag].name for tag in tags))),
            "type": [_CELL],
            "score": round(min(share, 1.0), 6),
            "match": complete and number == 0 and share >= _SURE,
            "features": _features(share, answer, exact=answer.status == "canonical"),
        }
        for number, (key, (tags, share)) in enumerate(ranked)
    ]


def _codes(
    answer: Resolution, taxonomy: Taxonomy, types: Collection[str], limit: int
) -> list[dict[str, Any]]:
    shares: dict[str, float] = {}
    for tags, share in _shares(answer):
        for tag in dict.fromkeys(tags):
            shares[tag] = shares.get(tag, 0.0) + share
    whole = taxonomy.lookup(answer.raw)
    if whole is not None and answer.tags != (whole.tag,):
        shares = {whole.tag: _NAMED, **{t: s for t, s in shares.items() if t != whole.tag}}
    named = whole is not None and next(iter(shares), "") == whole.tag
    single = named or (len(set(answer.tags)) == 1 and not answer.unresolved)
    if not shares:
        shares = _resembling(answer, taxonomy)
    ranked = sorted(
        ((tag, share) for tag, share in shares.items() if share >= WORTH_LISTING),
        key=lambda item: -item[1],
    )
    found: list[dict[str, Any]] = []
    for tag, share in ranked:
        code = taxonomy[tag]
        if types and code.kind not in types and ANY["id"] not in types:
            continue
        found.append(
            {
                "id": tag,
                "name": code.name or tag,
                "description": _about(code, taxonomy),
                "type": [type_of(code.kind)],
                "score": round(min(share, 1.0), 6),
                "match": single and not found and share >= _SURE,
                "features": _features(share, answer, exact=code is whole),
            }
        )
    return found[:limit]


def _resembling(answer: Resolution, taxonomy: Taxonomy) -> dict[str, float]:
    """Where nothing was read: codes that the words resemble, with what probability is left."""
    matches = taxonomy.search(answer.raw, limit=5)
    total = sum(match.score for match in matches)
    left = max(0.0, 1.0 - answer.confidence)
    return {match.code.tag: left * match.score / total for match in matches}


def _shares(answer: Resolution) -> Iterable[tuple[tuple[str, ...], float]]:
    yield answer.tags, answer.confidence
    yield from ((other.tags, other.confidence) for other in answer.alternatives)


def _features(share: float, answer: Resolution, *, exact: bool) -> list[dict[str, Any]]:
    return [
        {"id": "probability", "name": "Probability", "value": round(min(share, 1.0), 6)},
        {"id": "exact", "name": "Written so in the vocabulary", "value": exact},
        {"id": "left", "name": "Pieces without a code", "value": len(answer.unresolved)},
    ]


def _about(code: Code, taxonomy: Taxonomy) -> str:
    family = family_name_of(code, taxonomy)
    retired = f"replaced by {code.replaced_by}" if code.replaced_by else ""
    status = "" if code.status == "current" else code.status
    return "; ".join(filter(None, (code.tag, family or code.kind, status, retired)))
