"""What may be wrong with an answer besides the other readings that are weighed against it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from tagnorm.engine.costs import LONGEST_KNOWN
from tagnorm.engine.edits.grammar import EDIT_NAMES, edit_between
from tagnorm.engine.edits.index import Candidate
from tagnorm.engine.model import Model
from tagnorm.engine.prices.code_prices import BRIEF
from tagnorm.engine.prices.code_shapes import CodeShapes
from tagnorm.engine.prices.own_letters import is_of_other_letters
from tagnorm.engine.prices.unknown_words import ACRONYM
from tagnorm.engine.reading.confidence import Calibration
from tagnorm.engine.search.best_path import tags_of
from tagnorm.engine.search.lattice import Piece
from tagnorm.engine.search.nbest import Path
from tagnorm.folding import fold, squash

__all__ = ["Doubts"]

# What costs this much, in thousandths of a nat, never happens.
_NEVER: Final = 20_000
# The edit by which a word begins with a letter of no family, and that by which a code has a letter
# more at its end.
_FIRST: Final = "replace_first"
_LAST: Final = "add_last"
# How the edits are named by which a letter is another, by which two are swapped, and by which one
# is lost.
_REPLACED: Final = "replace"
_SWAPPED: Final = "swap"
_LOST: Final = "drop"
# Words of no more letters are near other words; longer ones hardly ever are.
_WORDY: Final = 8
# A script of so many letters writes syllables or words with them: of these few say much.
_SYLLABLES: Final = 50
# The answer is a code of the list by rule, so a code that it lacks counts as no likelier.
_LIKELIEST_OWN: Final = 0.49


class Doubts:
    """What may be wrong with an answer that no reading of the word shows, by one model.

    The rules that choose the answer do not weigh these chances: they count in the confidence alone.
    The names in parentheses are the numbers that say how large they are.

    In `costs.tsv`:

    * Retired codes cost more. But where a field is old, all its codes are: then a retired code is
      as likely as any (`other_time`).
    * A long word that is like no word of any language may be joined codes with more damage than
      is read (`garbled`, `garbled_letter`).
    * By rule a word is left alone if no anchor carries the codes that it may be; it may be joined
      codes all the same (`joined_doubt`).
    * By rule joined codes do not rest on an anchor with an edit that is a letter short or a listed
      word, or on a short code; before a country it may be that all the same.
    * A word that is listed as no code may be a code with an edit, as a common word may (`word`).
    * Letters left over behind joined codes are likelier if many codes begin with them
      (`left_behind`).

    Where `garbled` is 20 nats or more, a word left alone is not taken for damaged joined codes, for
    joined codes that rest on no anchor, or for a code that looks like a listed word.

    In `confidence.tsv`:

    * What is corrected to a code, and is as long as codes are, may be a code or an acronym that
      the vocabulary lacks (`own`, `own_slope`), above all if it is corrected to an acronym
      (`own_acronym`), or begins with a letter of no family (`own_first`). Short words are near the
      aliases of codes, which are words, too (`own_name`).
    * One code with letters left over may be a word that is made of it (`own_compound`).
    * A word behind joined codes may be a word, and no code (`own_behind`).
    * A word of the shape of codes may be a code that the vocabulary lacks; the more so, the more
      freely letters and digits vary in that shape (`own_shape`). A brief word that is corrected to
      a longer code, or a longer one to a brief code, may be an acronym (`own_brief`).

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
        # The chance that a word which is one code with letters left over is a word made of it.
        self.of_compounds: float = calibration.of_another("own_compound")
        self._of_brief = calibration.of_another("own_brief")
        self._of_affix = calibration.of_another("own_affix")
        self._of_first = calibration.of_another("own_first")
        self._of_names = calibration.of_another("own_name")
        self._missing = model.missing_odds
        self._model = model
        self._outside = model.outside - model.kept
        self._known_word, self._unanchored = self._unresolved + prices["word"], prices["unanchored"]
        self._carrying = model.joined_forms
        self._shapes: CodeShapes | None = None
        # Not by `Model.is_body`: a vocabulary without families that gives this number means all of
        # its codes.
        self._acronyms: frozenset[str] = frozenset()
        if self._of_acronyms:
            codes = model.taxonomy
            self._acronyms = frozenset([c.tag for c in codes if c.anchor and not c.family])

    def of_candidate(self, candidate: Candidate) -> int:
        """What a code with an edit costs, if retired codes may be as likely as others."""
        cost = candidate.cost
        if candidate.tag not in self._retired:
            return cost
        return min(cost, cost - self._code - self._edit + self._other_time)

    def costs_of(self, word: str, found: Sequence[Path]) -> list[int]:
        """What the readings of a word cost, the best first, as the confidence weighs them."""
        is_read = bool(found[0].tags)
        costs = []
        for path in found:
            cost, tags = path.cost, path.tags
            if not self._retired.isdisjoint(tags):
                cost = self._of_pieces(cost, path.all_pieces())
            if not is_read:
                cost -= self._joined if len(tags) > 1 else 0
            elif tags and path.leaves_letters:
                cost += self._of_leftovers(word, path.left_behind())
            costs.append(cost)
        return costs

    def _of_leftovers(self, word: str, size: int) -> int:
        """What some letters left over at the end add to the cost of a reading: less than nothing
        where many codes begin with them."""
        if not size or not self._behind:
            return 0
        left = self._cut_off(word[-size:]) - self._leftover - self._stray * size
        return max(min(left, 0), -self._behind)

    def _of_pieces(self, cost: int, pieces: Sequence[Piece]) -> int:
        """What a reading costs, if retired codes may be as likely as others."""
        saved = 0
        for _, _, tag, how in pieces:
            if tag in self._retired:
                saved += self._code + (self._edit if how in EDIT_NAMES else 0)
        return min(cost, cost - saved + self._other_time)

    def garbled(self, word: str, alone: int) -> float:
        """How likely it is that a word is joined codes with more damage than is read, in relation
        to the word left alone, which costs `alone`."""
        size = len(word)
        if size <= self._length or self._never_garbled or not word.isalpha():
            return 0.0
        dearer = max(self._letter * size - (alone - self._unresolved), 0) + self._garbled
        return math.exp(-dearer / 1000)

    def unread(self, word: str, alone: int) -> float:
        """How likely everything is that a word may be and no reading of it shows, in relation to
        the word left alone, which costs `alone`."""
        if self._never_garbled:
            return 0.0
        if word in self._outside:
            return self.garbled(word, alone) + self._of_listed(word)
        return self.garbled(word, alone) + self._of_short_ones(word, alone)

    def _of_listed(self, word: str) -> float:
        """How likely a word that is listed as no code is one with an edit, in relation to the word
        left alone: as likely as a common word is."""
        costs = [self.of_candidate(one) for one in self._model.edits.candidates(word)]
        return math.fsum([math.exp(-max(cost - self._known_word, 0) / 1000) for cost in costs])

    def _of_short_ones(self, word: str, alone: int) -> float:
        """How likely a word is joined codes of which the first is none that a segmentation may rest
        on, in relation to the word left alone, which costs `alone`."""
        if len(word) <= self._length or not word.isalpha():
            return 0.0
        cheaper = alone + self._joined
        costs = self._with_edit_in_front(word) + self._with_short_one_in_front(word)
        return math.fsum([math.exp(-max(cost - cheaper, 0) / 1000) for cost in costs])

    def _with_edit_in_front(self, word: str) -> list[int]:
        """What it costs that a word is an anchor with an edit that is a letter short or a listed
        word, and a code that needs company: no number, or a few."""
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
        """What it costs that a word is an anchor one letter shorter than most, then codes that need
        company, and perhaps a few letters left over: no number, or one."""
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
        """The chance that a word is a code or an acronym that the vocabulary does not have.

        Args:
            word: a folded word.
            dearer: how much more it costs to leave the word alone than to correct it.
            tag: the code that it is corrected to.
            how: by which edit.
        """
        size = len(word)
        if self._length <= size <= ACRONYM and tag in self._acronyms:
            return self._of_acronyms
        if self._of_names and size <= _WORDY and abs(size - len(tag)) > 1:
            return self._of_names
        if size != self._length:
            return 0.0
        own = self._of_its_own(dearer / 1000)
        return max(own, self._of_first) if how == _FIRST else own

    def of_another(self, word: str, dearer: int, cost: int, tag: str, how: str) -> float:
        """The chance that a word is another code than the one that it is corrected to, at some
        cost: of `of_its_own` and `of_missing` together."""
        own = self.of_its_own(word, dearer, tag, how)
        if not (self._missing or self._of_brief or self._of_affix):
            return own
        missing = self.of_missing(word, cost, tag, how)
        return own + missing - own * missing

    def of_word_behind(self, word: str, pieces: Sequence[Piece]) -> tuple[float, tuple[str, ...]]:
        """The chance that a known word stands behind joined codes, where short codes, codes with an
        edit or letters left over are read (`EAGRBEEF`, `PGOVMALIK`), also if its first letter is
        read as a stray one of the code before (`PRELZEMIN`); and the codes before that word."""
        if not self._of_behind:
            return 0.0, ()
        length = self._length
        # Where a word may begin, and how many pieces stand before it.
        starts: list[tuple[int, int]] = []
        for nth, (start, end, tag, how) in enumerate(pieces):
            if nth:
                starts.append((start, nth))
            if tag is None or how in EDIT_NAMES or end - start < length:
                if how == _LAST:
                    starts.append((end - 1, nth + 1))
                break
        else:
            return 0.0, ()
        for at, count in starts:
            if len(word) - at >= length and word[at:] in self._model.words:
                # One that is left over already takes no code away (`PRELVOIP`).
                if all(piece.tag is None for piece in pieces[count:]):
                    break
                return self._of_behind, tuple(tags_of(pieces[:count], None))
        return 0.0, ()

    def of_missing(self, word: str, cost: int, tag: str, how: str) -> float:
        """The chance that a word of the shape of codes, a brief one, or a code with an affix is one
        that the vocabulary lacks, where it is corrected to some code at some cost, by an edit."""
        least = self._of_brief if self._is_brief(word, tag, how) else 0.0
        if least < self._of_affix and (
            _is_affixed(word, tag, how)
            or self._model.is_known_plural(word)
            or self._may_be_foreign(word, how)
        ):
            least = self._of_affix
        chance = self.likeness(word)
        if not chance:
            return least
        edit = cost - self._model.price_of_code(tag)
        odds = self._missing * chance * math.exp(min(edit, _NEVER) / 1000)
        return max(min(odds / (1 + odds), _LIKELIEST_OWN), least)

    def _is_brief(self, word: str, tag: str, how: str) -> bool:
        """Whether a word of Latin letters is corrected to a code of three letters or more, and one
        of the two is that brief and the other has a letter more or less, or both are and have a
        letter that is another: nearly any such word is an acronym of something (`PC`, `USDT`,
        `GTX`). So are two letters or digits that are swapped."""
        size, length = len(word), len(tag)
        if how == _SWAPPED and size == length == 2:
            return True
        if not min(size, length) <= BRIEF <= length:
            return False
        if size == length and not how.startswith(_REPLACED):
            return False
        return word.isascii() and word.isalpha()

    def _may_be_foreign(self, word: str, how: str) -> bool:
        """Whether a short word with another letter may be a word of a language of which nothing is
        known: it is of other letters than Latin ones (`товар` is not `повар`)."""
        return (
            how.startswith(_REPLACED)
            and len(word) <= LONGEST_KNOWN
            and self._model.alphabet < _SYLLABLES
            and is_of_other_letters(word)
            and self._model.nats_by_own_letters(word) is None
        )

    def likeness(self, word: str) -> float:
        """The chance that a code which the vocabulary lacks is just this word; 0 if its codes are
        taken for complete."""
        if not self._missing:
            return 0.0
        if self._shapes is None:
            self._shapes = CodeShapes(self._model.canonical_forms(), self._model.alphabet)
        return self._shapes.chance(word)


def _is_affixed(word: str, tag: str, how: str) -> bool:
    """Whether a word is a code with a letter or digit in front or behind, but for a plural, and may
    be a word of its own (`spacex`); or with a digit more or less, two digits swapped, or digits
    alone, and may be another code. Another name of the code with an edit is none (`astma`).

    >>> _is_affixed("SPACEX", "space", "add_last"), _is_affixed("SPACES", "space", "add_last")
    (True, False)
    >>> _is_affixed("J4599", "J45.9", "double"), _is_affixed("B9", "B90", "drop_last")
    (True, True)
    >>> _is_affixed("B25", "B-52", "swap"), _is_affixed("5B2", "B-52", "swap")
    (True, False)
    >>> _is_affixed("ASTMA", "E111", "drop")
    False
    """
    if how in ("add_first", _LAST):
        return not word.isdecimal() and not (how == _LAST and word.endswith("S"))
    code = squash(fold(tag))
    is_edit = how in ("double", _SWAPPED) or how.startswith(_LOST)
    if not is_edit or edit_between(word, code) is None:
        return False
    if code.isdecimal() and how != _SWAPPED:
        return False
    return word.isdecimal() or _digits_of(word) != _digits_of(code)


def _digits_of(text: str) -> str:
    """The digits of a text, in order."""
    return "".join(filter(str.isdecimal, text))
