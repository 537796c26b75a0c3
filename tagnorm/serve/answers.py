"""Answers as plain data: readings, codes, families and searches, for the API and the pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tagnorm.confusions import confused_with
from tagnorm.decisions.states import state_of
from tagnorm.normalizer import Normalizer
from tagnorm.resolution import Resolution
from tagnorm.vocabulary.codes import Taxonomy
from tagnorm.vocabulary.entries import Code
from tagnorm.vocabulary.facts import facts_of, name_of
from tagnorm.wording import WORTH_LISTING, meaning_of, shown

__all__ = ["code_of", "families_of", "reading_of", "search_of"]


def reading_of(answer: Resolution, normalizer: Normalizer) -> dict[str, Any]:
    """What `Resolution.to_dict` says, with the meaning of every piece.

    >>> normalizer = Normalizer()
    >>> reading = reading_of(normalizer.resolve("PGVO"), normalizer)
    >>> reading["segments"][0]["code"], reading["segments"][0]["name"], reading["state"]
    ('PGOV', 'Internal Governmental Affairs', 'resolved')
    """
    taxonomy = normalizer.taxonomy
    found = answer.to_dict()
    found["state"] = state_of(answer, normalizer.decisions)
    for segment in found["segments"]:
        segment["shown"] = shown(segment["raw"])
        segment["name"] = name_of(segment["code"], taxonomy)
        segment["why"] = meaning_of(segment["how"])
    found["alternatives"] = [
        {**other, "names": [name_of(tag, taxonomy) for tag in other["tags"]]}
        for other in found["alternatives"]
        if other["confidence"] >= WORTH_LISTING
    ]
    return found


def code_of(tag: str, normalizer: Normalizer) -> dict[str, Any] | None:
    """All that is known of a code, with the codes that it is most often confused with."""
    taxonomy = normalizer.taxonomy
    code = taxonomy.get(tag) or taxonomy.lookup(tag)
    if code is None:
        return None
    confusions = confused_with(normalizer, code.tag)
    return {
        **facts_of(code, taxonomy),
        "confused_with": [
            {"code": one.tag, "name": taxonomy[one.tag].name, "share": one.share}
            for one in confusions
        ],
    }


def search_of(
    query: str, taxonomy: Taxonomy, *, limit: int, among: Iterable[Code] | None = None
) -> list[dict[str, Any]]:
    """The codes that words find, the best first, among all or some."""
    return [
        {
            **facts_of(match.code, taxonomy),
            "score": match.score,
            "found_by": {"field": match.field, "text": match.text},
        }
        for match in taxonomy.search(query, limit=limit, among=among)
    ]


def families_of(taxonomy: Taxonomy) -> list[dict[str, Any]]:
    """The families with their names, and the kinds that have none; each with its codes counted."""
    counts: dict[tuple[str, str], int] = {}
    for code in taxonomy:
        key = (code.family, code.kind) if code.family else ("", code.kind)
        counts[key] = counts.get(key, 0) + 1
    return [
        {
            "id": family or kind,
            "family": family,
            "kind": kind,
            "name": taxonomy.families.get(family, "") or kind.capitalize(),
            "codes": count,
        }
        for (family, kind), count in sorted(
            counts.items(), key=lambda item: (item[0][0] == "", item)
        )
    ]
