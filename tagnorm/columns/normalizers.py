"""Which normalizer a surface uses: the caller's own, or one made of its options, once."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from tagnorm.decisions.store import Decisions
from tagnorm.normalizer import Normalizer, builtin
from tagnorm.vocabulary.codes import Taxonomy

__all__ = ["normalizer_of"]


def normalizer_of(
    normalizer: Normalizer | None = None,
    taxonomy: Taxonomy | str | PathLike[str] | None = None,
    decisions: Decisions | str | PathLike[str] | None = None,
) -> Normalizer:
    """The normalizer that the options of a surface ask for; without any, the built-in one.

    >>> normalizer_of() is normalizer_of()
    True

    Raises:
        TypeError: a normalizer is given together with what it would be made of.
        TaxonomyError: the vocabulary folder cannot be used.
        DecisionsError: the file of decisions cannot be used.
    """
    if normalizer is not None:
        if taxonomy is not None or decisions is not None:
            raise TypeError(
                "a normalizer has its own taxonomy and decisions; give either the normalizer, "
                "or taxonomy= and decisions="
            )
        return normalizer
    if taxonomy is None and decisions is None:
        return builtin()
    if not isinstance(taxonomy, Taxonomy):
        taxonomy = Taxonomy.load(None if taxonomy is None else Path(taxonomy))
    if decisions is not None and not isinstance(decisions, Decisions):
        decisions = Decisions.load(Path(decisions), taxonomy)
    return Normalizer(taxonomy, decisions=decisions)
