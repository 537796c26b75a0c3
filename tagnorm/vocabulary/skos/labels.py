"""Which labels of a code name another code in the first place: SKOS cannot say that they are meant,
so they are read as no other names of a code, unless a file of ours says so."""

from __future__ import annotations

from collections.abc import Iterable

from tagnorm.folding import fold_case

__all__ = ["PreferredLabels"]


class PreferredLabels:
    """The preferred labels of the codes of a vocabulary; their case does not count.

    Args:
        labels: each with the code that it is preferred for.

    >>> labels = PreferredLabels([("Cats", "C"), ("Dogs", "D")])
    >>> labels.name_another("cats", "D"), labels.name_another("cats", "C")
    (True, False)
    """

    def __init__(self, labels: Iterable[tuple[str, str]]) -> None:
        self._tags: dict[str, set[str]] = {}
        for label, tag in labels:
            self._tags.setdefault(fold_case(label), set()).add(tag)

    def name_another(self, label: str, tag: str) -> bool:
        """Whether a label of a code is the preferred one of another code."""
        return bool(self._tags.get(fold_case(label), set()) - {tag})
