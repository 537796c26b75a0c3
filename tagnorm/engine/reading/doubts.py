"""What may be wrong with an answer besides the other readings that are weighed against it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from tagnorm.engine.edits.grammar import EDIT_NAMES
from tagnorm.engine.edits.index import Candidate
from tagnorm.engine.model import Model
from tagnorm.engine.prices.code_shapes import CodeShapes
from tagnorm.engine.prices.unknown_words import ACRONYM
from tagnorm.engine.reading.confidence import Calibration
from tagnorm.engine.search.best_path import tags_of
from tagnorm.engine.search.lattice import Piece
from tagnorm.engine.search.nbest import Path

__all__ = ["Doubts"]

# What costs as much, in thousandths of a nat, never happens.
_NEVER: Final = 20_000
# The edit that gives a word a first letter that codes of its shape have not.
_FIRST: Final = "replace_first"
# Words of so many letters are near other words; longer ones hardly ever.
_WORDY: Final = 8
# By rule the answer is the code that the list has: one that it lacks is no likelier.
_LIKELIEST_OWN: Final = 0.49


class Doubts:
    """The chances that no reading has, by one model; they count in the confidence alone.

    * A code that is out of use is dear, but then all codes of its field are of its time: it is as
      likely as any once that is so (`other_time` in `costs.tsv`).
    * A long word that is like no word of any language may be joined codes with more damage than
      is read (`garbled`, `garbled_letter`).
    * Joined codes are dear by rule where none of them speaks for the others: a word that is left
      alone for that may be joined codes all the same (`joined_doubt`).
    * A word that is listed as no code may be a code with an edit all the same, as a common word
      may be (`word`).
    * What stands in front of a country may be a code with an edit, or a short one, that joined
      codes never rest on by rule, since a wrong tag is worse than none. These two count where
      `garbled` does.
    * Letters are left over behind joined codes the likelier the more codes begin with them
      (`left_behind`).
    * What is as long as codes are, and may be one with an edit, may be a code or an acronym of its
      own that the vocabulary does not have (`own`, `own_slope` in `confidence.tsv`); and acronyms
      of organizations are near other acronyms (`own_acronym`). What begins with a letter that no
      code of its shape begins with is less often one of them mistyped (`own_first`), and short
      words are near the other names of codes, which are words (`own_name`).
    * What follows joined codes and is a word may be one, and no codes (`own_behind`).
    * What has the shape of codes may be one that the list lacks, the likelier the more freely its
      letters and numbers vary there (`own_shape`).

    >>> from tagnorm import Taxonomy
    >>> taxonomy = Taxonomy.load()
    >>> doubts = Doubts(Model(taxonomy), Calibration.of(taxonomy.confidence))
    >>> doubts.garbled("EUNSOAD", 18000) > doubts.garbled("PARLIAMENT", 15000)
    True
    """

    def __init__(self, model: Model, calibration: Calibration) -> None:
        prices = model.prices
        self._retired = model.retired
        self._other_time = prices["other_time"]
        self._code, self._edit = prices["retired"], prices["retired_edit"]
        self._garbled, self._letter = prices["garbled"], prices["garbled_letter"]
        self._joined = prices["joined_doubt"]
        self._leftover, self._stray = prices["leftover"], prices["letter"]
        self._behind = prices["left_behind"]
        self._cut_off = model.cut_off
        self._never_garbled = self._garbled >= _NEVER
        self._unresolved, self._length = prices["unresolved"], model.anchor_length
        self._of_its_own = calibration.of_its_own
        self._of_acronyms = calibration.of_another("own_acronym")
        self._of_behind = calibration.of_another("own_behind")
        self._of_first = calibration.of_another("own_first")
        self._of_names = calibration.of_another("own_name")
        self._missing = calibration.of_missing()
        self._model = model
        self._outside = model.outside - model.kept
        self._known_word, self._unanchored = self._unresolved + prices["word"], prices["unanchored"]
        self._carrying = model.joined_forms
        self._shapes: CodeShapes | None = None
        taxonomy = model.taxonomy
        self._acronyms: frozenset[str] = frozenset()
        if self._of_acronyms:
            self._acronyms = frozenset([c.tag for c in taxonomy if c.anchor and not c.family])

    def of_candidate(self, candidate: Candidate) -> int:
        """What a code with an edit costs, of whatever time it is."""
        cost = candidate.cost
        if candidate.tag not in self._retired:
            return cost
        return min(cost, cost - self._code - self._edit + self._other_time)

    def costs_of(self, word: str, found: Sequence[Path]) -> list[int]:
        """What the readings of a word cost, the best first, where all is weighed."""
        is_read = bool(found[0].tags)
        costs = []
        for path in found:
            cost, tags = path.cost, path.tags
            if not self._retired.isdisjoint(tags):
                cost = self._of_pieces(cost, path.all_pieces())
            if not is_read:
                cost -= self._joined if len(tags) > 1 else 0
            elif tags and path.pieces != len(tags):
                cost += self._of_leftovers(word, path.all_pieces())
            costs.append(cost)
        return costs

    def _of_leftovers(self, word: str, pieces: Sequence[Piece]) -> int:
        """What is dearer of the letters that a reading leaves over than the letters are."""
        start, end, tag, _ = pieces[-1]
        if tag is not None or not self._behind:
            return 0
        left = self._cut_off(word[start:end]) - self._leftover - self._stray * (end - start)
        return max(min(left, 0), -self._behind)

    def _of_pieces(self, cost: int, pieces: Sequence[Piece]) -> int:
        """What a reading costs, of whatever time it is."""
        saved = 0
        for _, _, tag, how in pieces:
            if tag in self._retired:
                saved += self._code + (self._edit if how in EDIT_NAMES else 0)
        return min(cost, cost - saved + self._other_time)

    def garbled(self, word: str, alone: int) -> float:
        """What it weighs that a word is joined codes with more damage than is read, beside that it
        is left alone, which costs so much and weighs 1."""
        size = len(word)
        if size <= self._length or self._never_garbled or not word.isalpha():
            return 0.0
        dearer = max(self._letter * size - (alone - self._unresolved), 0) + self._garbled
        return math.exp(-dearer / 1000)

    def unread(self, word: str, alone: int) -> float:
        """What all weighs that a word may be and that no reading of it is, beside that it is left
        alone, which costs so much and weighs 1."""
        if self._never_garbled:
            return 0.0
        if word in self._outside:
            return self.garbled(word, alone) + self._of_listed(word)
        return self.garbled(word, alone) + self._of_short_ones(word, alone)

    def _of_listed(self, word: str) -> float:
        """What it weighs that a word which is listed as no code is one with an edit: as much as
        beside a common word."""
        costs = [self.of_candidate(one) for one in self._model.edits.candidates(word)]
        return math.fsum([math.exp(-max(cost - self._known_word, 0) / 1000) for cost in costs])

    def _of_short_ones(self, word: str, alone: int) -> float:
        """What it weighs that a word is joined codes that no segmentation may rest on: one with an
        edit that is a letter short or a listed word, or a short one."""
        if len(word) <= self._length or not word.isalpha():
            return 0.0
        cheaper = alone + self._joined
        costs = self._with_edit_in_front(word) + self._with_short_one_in_front(word)
        return math.fsum([math.exp(-max(cost - cheaper, 0) / 1000) for cost in costs])

    def _with_edit_in_front(self, word: str) -> list[int]:
        """What a code costs with an edit that no segmentation has, and one that needs company."""
        model, costs = self._model, []
        for length in model.tail_lengths:
            head, tail = word[:-length], model.entries.get(word[-length:])
            if tail is None or tail.anchor:
                continue
            if len(head) == self._length - 1 or head in self._outside:
                edits = [c.cost for c in model.edits.candidates(head) if c.form in self._carrying]
                costs += [edit + self._unanchored + tail.cost for edit in edits[:1]]
        return costs

    def _with_short_one_in_front(self, word: str) -> list[int]:
        """What a code costs that is a letter shorter than most, and then codes that need company
        with fewer letters left behind them than a code has."""
        model, size, at = self._model, len(word), self._length - 1
        first = model.entries.get(word[:at])
        if first is None or not first.anchor or first.how != "canonical":
            return []
        start, cost = at, first.cost
        while at < size:
            behind = [model.entries.get(word[at : at + length]) for length in model.tail_lengths]
            fits = [entry for entry in behind if entry is not None and not entry.anchor]
            if not fits:
                break
            cost += fits[0].cost
            at += len(fits[0].form)
        left = size - at
        if at == start or left >= self._length:
            return []
        return [cost + self._leftover + self._stray * left if left else cost]

    def of_its_own(self, word: str, dearer: int, tag: str, how: str = "") -> float:
        """The chance that a word is a code or an acronym that the vocabulary does not have, where
        it is so much dearer to leave alone than to read as some code with an edit."""
        size = len(word)
        if self._of_acronyms and self._length <= size <= ACRONYM and tag in self._acronyms:
            return self._of_acronyms
        if self._of_names and size <= _WORDY and abs(size - len(tag)) > 1:
            return self._of_names
        if size != self._length:
            return 0.0
        own = self._of_its_own(dearer / 1000)
        return max(own, self._of_first) if how == _FIRST else own

    def of_another(self, word: str, dearer: int, cost: int, tag: str, how: str) -> float:
        """The chance of either, where the word costs so much as some code with an edit."""
        own = self.of_its_own(word, dearer, tag, how)
        missing = self.of_missing(word, cost, tag)
        return own + missing - own * missing

    def of_word_behind(self, word: str, pieces: Sequence[Piece]) -> tuple[float, tuple[str, ...]]:
        """The chance that a word of some language stands behind joined codes where more codes are
        read, with an edit or of few letters (`EAGRBEEF`), and the codes before it."""
        if not self._of_behind:
            return 0.0, ()
        length = self._length
        for nth, (start, end, tag, how) in enumerate(pieces):
            is_code = tag is not None and how not in EDIT_NAMES and end - start >= length
            if not is_code:
                is_word = nth and len(word) - start >= length and word[start:] in self._model.words
                before = tuple(tags_of(pieces[:nth], None))
                return (self._of_behind, before) if is_word else (0.0, ())
        return 0.0, ()

    def of_missing(self, word: str, cost: int, tag: str) -> float:
        """The chance that a word of the shape of codes is one that the list lacks, where it costs
        so much to read it as some code with an edit."""
        chance = self.likeness(word)
        if not chance:
            return 0.0
        edit = cost - self._model.price_of_code(tag)
        odds = self._missing * chance * math.exp(min(edit, _NEVER) / 1000)
        return min(odds / (1 + odds), _LIKELIEST_OWN)

    def likeness(self, word: str) -> float:
        """How likely a code that the list lacks is a word, if there may be any."""
        if not self._missing:
            return 0.0
        if self._shapes is None:
            self._shapes = CodeShapes(self._model.canonical_forms(), self._model.alphabet)
        return self._shapes.chance(word)
