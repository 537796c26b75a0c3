"""The cheapest reading of a word alone: all that `split` needs, and many times faster.

It is always the first one of `readings` in `tagnorm.engine.search.nbest`, by the same rules and
costs; the tests compare the two. These short cuts save time: entries are looked up; a clean
segmentation is cut without a lattice; a correction is taken at once if nothing else can cost less;
and a segmentation is searched, for one path, only if an anchor stands in the word and it can still
cost less than what is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from tagnorm.engine.costs import NEVER
from tagnorm.engine.edits.index import Candidate
from tagnorm.engine.edits.table import LONGEST_WRITTEN
from tagnorm.engine.model import Model
from tagnorm.engine.prices.unknown_words import WordPrices
from tagnorm.engine.search.lattice import Piece, piece_at, whole_word
from tagnorm.engine.search.paths import (
    Edge,
    is_exact,
    is_in_order,
    order_of,
    pieces_of,
    tags_of_edges,
)
from tagnorm.engine.search.segmentation import Segmenter

__all__ = ["LONG", "BestPath", "tags_of"]

# Longer words are read stretch by stretch, and have one reading.
LONG: Final = 256

# How many letters two stretches of a long word share: more than any code has.
_OVERLAP: Final = 32


class BestPath:
    """Finds the cheapest readings of words by one model.

    >>> from tagnorm.vocabulary.codes import Taxonomy
    >>> cheapest = BestPath(Model(Taxonomy.load()))
    >>> [piece.tag for piece in cheapest.pieces("PGOVPREL")]
    ['PGOV', 'PREL']
    >>> cheapest.pieces("PGVO"), cheapest.pieces("PELOSI")[0].tag
    ((Piece(start=0, end=4, tag='PGOV', how='swap'),), None)
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        self._entries = model.entries
        self._uncorrected: set[str] = model.uncorrected
        self._edits = model.edits
        self._lacks_numbers: bool = model.lacks_numbers
        self.segmenter = Segmenter(model)
        # The codes of clean segmentations: anchors of the common length, and what may stand behind
        # the last of them.
        self._length: int = self.segmenter.length
        self._anchors: dict[str, str] = self.segmenter.anchors
        self._tails: dict[str, str] = self.segmenter.tails
        # By length: what a word costs at least if it is left alone as a known word, if it is left
        # alone as an unknown one, and if it is a segmentation.
        self._lower_bounds: list[tuple[int, int, int]] = []
        self._left_alone: WordPrices | None = None
        # How much dearer a segmentation with an edit or letters left over is, compared with the
        # word left alone.
        self.mended: int = model.prices["mended"]
        # Whether a segmentation without edits may beat a cheaper one with edits.
        self.exact_first: bool = model.costs["exact_first"] > 0
        self._is_word_of_name: Callable[[str], bool] = model.is_word_of_name
        self._by_chance: dict[tuple[int, int], bool] = {}
        self.tags: dict[str, str] = {form: entry.code.tag for form, entry in model.entries.items()}
        # The same, with no tag ("") for words known to be no code; and the tags of misspelled words
        # that can be nothing else, added as they come up.
        self._at_once: dict[str, str] = dict(self.tags)
        self.at_once = self._at_once.get
        # Codes that differ only in case, marks or punctuation are not told apart here.
        self._several = model.several
        for form in self._several:
            del self._at_once[form]
        # The codes that differ from another one in case, marks or punctuation alone.
        self._doubtful: frozenset[str] = frozenset(
            entry.code.tag for form in model.several for entry in model.alike[form].values()
        )
        for word in model.uncorrected:
            if word not in model.entries:
                self._at_once[word] = ""
        # Whether misspelled words are added: not where marks tell codes apart, nor in large
        # vocabularies.
        self._notes_edits: bool = model.edits.is_small and not model.several

    def word(self, text: object, unresolved: object) -> list[str] | None:
        """The tags of a raw string, if it is one word of no great length and its letters alone say
        what it is; else None.

        Args:
            text: the string, or anything else.
            unresolved: `keep` if what has no tag stands in the answer as it is written, `drop` if
                it does not; for anything else the answer is None.
        """
        if not isinstance(text, str):
            return None
        keep = unresolved == "keep"
        if not keep and unresolved != "drop":
            return None
        tag = self._at_once.get(text)
        if tag is not None:
            return [tag or text] if tag or keep else []
        # Most strings are in capitals already, and need not be looked up twice.
        size = len(text)
        if size > self._length:
            clean = self.clean(text)
            if clean is not None:
                return None if text in self._several or self._is_doubtful(clean) else clean
        if size > LONG or not text.isalnum() or not text.isascii():
            return None
        word = text if text.isupper() else text.upper()
        if word in self._several:
            return None
        if word != text:
            pieces = self.pieces(word)
            if self._is_doubtful([tag for _, _, tag, _ in pieces]):
                return None
            return tags_of(pieces, text if keep else None)
        # Words that are known to be no code were found at once.
        if self._lacks_numbers and self.is_uncorrected(word):
            return [text] if keep else []
        tag, _, edges = self._noisy(word)
        if self._is_doubtful([tag] if edges is None else [edge.tag for edge in edges]):
            return None
        if edges is not None:
            return tags_of_edges(edges, text if keep else None)
        return [tag or text] if tag is not None or keep else []

    def _is_doubtful(self, tags: Sequence[str | None]) -> bool:
        """Whether one of some codes differs from another in case, marks or punctuation alone."""
        return bool(self._doubtful) and not self._doubtful.isdisjoint(tags)

    def pieces(self, word: str) -> tuple[Piece, ...]:
        """The pieces of the cheapest reading of a folded word."""
        size = len(word)
        entry = self._entries.get(word)
        if entry is not None:
            return whole_word(size, entry.code.tag, entry.how)
        clean = self.clean(word)
        if clean is not None:
            return self.clean_pieces(clean, size)
        return self.uncertain_pieces(word)

    def uncertain_pieces(self, word: str) -> tuple[Piece, ...]:
        """The pieces of the cheapest reading of a word that is neither an entry nor a clean
        segmentation."""
        if self.is_uncorrected(word):
            return whole_word(len(word))
        read, how, edges = self._noisy(word)
        return whole_word(len(word), read, how) if edges is None else pieces_of(edges)

    def clean(self, word: str) -> list[str] | None:
        """The tags of a clean segmentation, or None if the word is none."""
        length, anchors = self._length, self._anchors
        # One code alone is no segmentation.
        if len(word) <= length:
            return None
        tag = anchors.get(word[:length])
        if tag is None or word in self._uncorrected:
            return None
        tags = [tag]
        at, size = length, len(word)
        while at < size:
            tag = anchors.get(word[at : at + length])
            if tag is None:
                tag = self._tails.get(word[at:])
                if tag is None:
                    return None
            tags.append(tag)
            at += length
        if len(tags) < 2 or self._is_by_chance(len(tags), size):
            return None
        if tags[0] == tags[1] and word == word[0] * size:
            return None
        # A known word is no code with a country behind it by rule; the search may still find it so.
        if size % length:
            return None if word in self._model.words else tags
        return None if self._is_word_of_name(word) else tags

    def _is_by_chance(self, count: int, size: int) -> bool:
        """Whether a clean segmentation of some codes is too likely to be chance, in a word of some
        size."""
        known = self._by_chance.get((count, size))
        if known is None:
            tail = size % self._length
            known = self._model.is_clean_by_chance(count - (1 if tail else 0), tail)
            self._by_chance[count, size] = known
        return known

    def clean_pieces(self, tags: list[str], size: int) -> tuple[Piece, ...]:
        """The pieces of a clean segmentation, by its tags and the size of the word."""
        length = self._length
        return tuple(
            [
                piece_at(at * length, min((at + 1) * length, size), tag, "canonical")
                for at, tag in enumerate(tags)
            ]
        )

    def _noisy(self, word: str) -> tuple[str | None, str, list[Edge] | None]:
        """The cheapest reading of a word that is neither an entry nor a clean segmentation, nor
        known to be no code.

        It is given as the tag of the whole word, or None, and how that is read; and the edges if it
        is a segmentation.
        """
        size, lower_bounds = len(word), self._lower_bounds
        known_bound, unknown_bound, segmented_bound = (
            lower_bounds[size] if size < len(lower_bounds) else self._lower_bounds_of(size)
        )
        bound, read, how = NEVER, None, "unresolved"
        correction = self._edits.cheapest(word)
        if correction is not None:
            cost = correction[0]
            if cost >= unknown_bound or (cost >= known_bound and word in self._model.words):
                bound = self.unresolved(word)
            if cost < bound:
                bound, read, how = cost, correction[1], correction[2]
                # These words are no more than what edits make of the short codes.
                if cost <= segmented_bound and size <= LONGEST_WRITTEN and self._notes_edits:
                    self._at_once.setdefault(word, correction[1])
        if bound > segmented_bound and size >= self.segmenter.edges.shortest_joined:
            cost, edges = self._edited_pair(word, bound)
            floor = self.segmenter.lower_bound_of(word)
            if floor < NEVER and floor <= cost:
                edges = self._segmented(word, cost, edges)
            if edges is not None:
                if self.mended and self._may_be_chance(word, edges):
                    return None, "unresolved", None
                return None, "", edges
        return read, how, None

    def _may_be_chance(self, word: str, edges: list[Edge]) -> bool:
        """Whether a segmentation with an edit or letters left over, or any of a word of a name,
        costs hardly less than the word left alone: many words can be read so by chance."""
        if is_exact(edges) and not self._is_word_of_name(word):
            return False
        dearer = self.mended + self.segmenter.cost_of(edges)
        return dearer >= self.unresolved(word)

    def _lower_bounds_of(self, size: int) -> tuple[int, int, int]:
        """What a word of some length costs at least: left alone as a known word, left alone as an
        unknown one, and as a segmentation."""
        lower_bounds = self._lower_bounds
        if size >= len(lower_bounds):
            model, segmented = self._model, self.segmenter.bounds.segmented(size)
            new = range(len(lower_bounds), size + 1)
            # The list is replaced as a whole, so that no thread finds it half made.
            lower_bounds = lower_bounds + [
                (model.least_unresolved(n), model.least_unknown(n), segmented[n]) for n in new
            ]
            self._lower_bounds = lower_bounds
        return lower_bounds[size]

    def unresolved(self, word: str) -> int:
        """What it costs to leave a word alone."""
        alone = self._left_alone
        if alone is None:
            alone = self._left_alone = self._model.left_alone
        return alone.cost(word)

    def is_uncorrected(self, word: str) -> bool:
        """Whether a word that is no entry, nor joined codes as they are written, is left alone: it
        is known to be no code, or is another one that the vocabulary lacks."""
        return word in self._uncorrected or (
            self._lacks_numbers and self._edits.near.has_another_number(word)
        )

    def candidates(self, word: str) -> Sequence[Candidate]:
        """The codes that one edit may have turned into a word that is no entry, cheapest first."""
        return () if word in self._uncorrected else self._edits.candidates(word)

    def may_be_segmented(self, word: str) -> bool:
        """Whether a word that is no entry may be read as a segmentation."""
        segmenter = self.segmenter
        if len(word) < segmenter.edges.shortest_joined or self.is_uncorrected(word):
            return False
        return segmenter.edges.has_anchor(word) or segmenter.edited_pair(word, NEVER)[1] is not None

    def settled(self, word: str, margin: int) -> bool:
        """Whether a corrected word surely has no other reading that costs up to some margin more.

        It may be False where there is none either: no segmentation is looked for.
        """
        edits = self._edits.candidates(word)
        most = edits[0].cost + margin
        return (
            self._lower_bounds_of(len(word))[2] > most
            and all(edit.cost > most for edit in edits if edit.tag != edits[0].tag)
            and self.unresolved(word) > most
        )

    def long(self, word: str, size: int) -> tuple[Piece, ...]:
        """The pieces of a word of any length, read in stretches of some size.

        The end of each stretch but the last is read again with what follows, as by a Viterbi
        decoder with a truncated traceback; so time and memory grow in proportion to the length.
        """
        found: list[Piece] = []
        at = 0
        while at < len(word):
            pieces = self.pieces(word[at : at + size])
            if at + size < len(word):
                settled = [piece for piece in pieces if piece.end <= size - _OVERLAP]
                pieces = tuple(settled) or whole_word(size - _OVERLAP)
            for start, end, tag, how in pieces:
                if tag is None and found and found[-1].tag is None:
                    found[-1] = found[-1]._replace(end=at + end)
                else:
                    found.append(Piece(at + start, at + end, tag, how))
            at = found[-1].end
        return tuple(found)

    def _edited_pair(self, word: str, bound: int) -> tuple[int, list[Edge] | None]:
        """The cheapest reading as an anchor with an edit and a code that needs company, with its
        cost, if it costs less than the bound and the word left alone; else the bound and None.

        The bound is `NEVER` where there is no correction to be beaten.
        """
        cost, pair = self.segmenter.edited_pair(word, bound)
        if pair is not None and bound == NEVER and cost >= self.unresolved(word):
            return bound, None
        return cost, pair

    def _segmented(self, word: str, bound: int, pair: list[Edge] | None) -> list[Edge] | None:
        """The segmentation that wins, or the pair, if no segmentation costs less than the bound and
        the word left alone.

        Args:
            word: a folded word.
            bound: the cost of the best correction, or of the pair; `NEVER` where there is neither.
            pair: an anchor with an edit and a code that needs company, or None.
        """
        known: list[list[Edge] | None] = [None] * len(word)
        cost, edges = self.segmenter.cheapest_exact(word, known, min(bound + 1, NEVER))
        if edges is None:
            cost = NEVER
        elif self.exact_first and is_in_order(edges) and not self._is_word_of_name(word):
            if cost <= self._lower_bounds_of(len(word))[0]:
                return edges
            if bound == NEVER:
                bound = self.unresolved(word)
            if cost <= bound:
                return edges
        if bound == NEVER:
            bound = self.unresolved(word)
        if edges is not None and cost < self.segmenter.bounds.noisy(len(word)):
            # No edit and nothing left over can come cheaper, whatever the letters.
            if pair is None:
                return edges if cost < bound else None
            least, found = cost, edges  # type: int, list[Edge] | None
        else:
            most = min(bound, cost + 1, self.segmenter.clean_start(word) + 1)
            if pair is None:
                return self.segmenter.search(word, known, most, noisy=True)[1]
            least, found = self.segmenter.search(word, known, min(most, bound) + 1, noisy=True)
        if found is None or least > bound or (least == bound and order_of(pair) < order_of(found)):
            return pair
        return found


def tags_of(pieces: Iterable[Piece], raw: str | None) -> list[str]:
    """The tags of pieces, with what has none in its place as it stands in the raw word; without
    that if there is no raw word.

    >>> tags_of([Piece(0, 4, "PGOV", "canonical"), Piece(4, 6, None, "unresolved")], "pgovql")
    ['PGOV', 'ql']
    """
    if raw is None:
        return [tag for _, _, tag, _ in pieces if tag is not None]
    return [tag or raw[start:end] for start, end, tag, _ in pieces]
