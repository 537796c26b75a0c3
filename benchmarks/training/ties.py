"""Which damaged strings a vocabulary itself leaves open, whoever reads them.

This is a definition by brute force, not a splitter: it lists every reading of a string as a run of
entries with at most so many codes and at most one edit, and knows no costs. Of two readings that
assume equally little none is the truth for sure, so a string that has another reading besides the
truth is a tie.
"""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import OSA

from benchmarks.training.gold import Tags
from tagnorm import Taxonomy
from tagnorm.folding import squash

__all__ = ["Ties"]

# Shorter codes carry too little evidence for a correction (rule 6 of the contract).
_CORRECTABLE = 4


class Ties:
    """The readings of strings by a vocabulary.

    >>> ties = Ties(Taxonomy.load())
    >>> ties.is_tie("PRE", ("PREL",), edits=1), ties.is_tie("PGVO", ("PGOV",), edits=1)
    (True, False)
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._outside = {squash(word) for word in taxonomy.outside}
        # by form: its tag, and whether a run can rest on it
        self._forms = {
            squash(alias.alias): (alias.tag, len(squash(alias.alias)) > 2)
            for alias in taxonomy.aliases
        }
        self._forms.update((squash(code.tag), (code.tag, code.anchor)) for code in taxonomy)
        self._lengths = sorted(set(map(len, self._forms)))
        self._longest = self._lengths[-1]
        # what is left of each form without any one letter, and of the form itself
        self._without: dict[str, set[str]] = {}
        for form in self._forms:
            if len(form) >= _CORRECTABLE:
                for rest in _costs_to_go(form):
                    self._without.setdefault(rest, set()).add(form)

    def is_tie(self, word: str, truth: Tags, edits: int) -> bool:
        """Whether a string has a reading other than the truth that assumes no more.

        With `edits` 0 the truth reads the string exactly: a tie is another exact reading with as
        many codes or fewer. Otherwise one edit or a left-over part lies between: then any exact
        reading is a tie, and so is another reading with one edit and no more codes, and a string
        that is an acronym outside the vocabulary.
        """
        most = max(len(truth), 1)
        if not edits:
            return any(tags != truth for tags in self._readings(word, 0, most))
        if word in self._outside:
            return True
        if any(tags != truth for tags in self._readings(word, 0, len(word))):
            return True
        return any(tags != truth for tags in self._readings(word, 1, most))

    def _readings(self, word: str, edits: int, most: int) -> Iterator[Tags]:
        """The readings with so many edits at most and so many codes at most.

        One of several codes must be written exactly and be able to carry a run.
        """
        size = len(word)
        forms, lengths, longest = self._forms, self._lengths, self._longest + edits
        ends = self._exact_ends(word) if not edits else set(range(size + 1))

        def walk(at: int, left: int, anchored: bool, tags: Tags) -> Iterator[Tags]:
            if at == size:
                if anchored or len(tags) == 1:
                    yield tags
                return
            if size - at > (most - len(tags)) * longest:
                return
            for length in lengths:
                end = at + length
                if end > size:
                    break
                entry = forms.get(word[at:end])
                if entry is not None and end in ends:
                    yield from walk(end, left, anchored or entry[1], (*tags, entry[0]))
            if left:
                for end in range(at + _CORRECTABLE - 1, min(size, at + longest) + 1):
                    for tag in self._corrections(word[at:end]):
                        yield from walk(end, 0, anchored, (*tags, tag))

        return walk(0, edits, False, ())

    def _exact_ends(self, word: str) -> set[int]:
        """The places from which the rest of a word can be read exactly."""
        found = {len(word)}
        for at in range(len(word) - 1, 0, -1):
            if any(at + n in found and word[at : at + n] in self._forms for n in self._lengths):
                found.add(at)
        return found

    def _corrections(self, piece: str) -> set[str]:
        """The tags of the entries one edit from a piece that is no entry itself."""
        if piece in self._forms:
            return set()
        near = set().union(*(self._without.get(rest, ()) for rest in _costs_to_go(piece)))
        return {self._forms[form][0] for form in near if OSA.distance(piece, form) == 1}


def _costs_to_go(form: str) -> set[str]:
    return {form} | {form[:at] + form[at + 1 :] for at in range(len(form))}
