"""The splitter: raw strings in, resolutions out, for any vocabulary."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Literal

from tagnorm.channel import SLIPS
from tagnorm.confidence import posterior
from tagnorm.decisions import Decisions
from tagnorm.errors import UnresolvedError
from tagnorm.fields import Phrases
from tagnorm.lattice import Piece, readings
from tagnorm.model import Model
from tagnorm.resolution import Alternative, Resolution, Segment, status_of
from tagnorm.taxonomy import Code, Taxonomy

__all__ = ["Normalizer", "Unresolved"]

Unresolved = Literal["keep", "drop", "raise"]
_N_BEST = 5


class Normalizer:
    """Resolves raw strings by one vocabulary; the functions of `tagnorm` are one with the built-in.

    Args:
        taxonomy: the vocabulary; None for the built-in one.
        decisions: a person's corrections, which always win.
        keep: words never to touch: they stay whole and unresolved.
    """

    def __init__(
        self,
        taxonomy: Taxonomy | None = None,
        *,
        decisions: Decisions | None = None,
        keep: Iterable[str] = (),
    ) -> None:
        self.taxonomy = Taxonomy.load() if taxonomy is None else taxonomy
        self.decisions = decisions
        self._model = Model(self.taxonomy, keep=tuple(keep))
        names = [code.tag for code in self.taxonomy]
        self._phrases = Phrases(names + [alias.alias for alias in self.taxonomy.aliases])

    def split(
        self, text: str, *, unresolved: Unresolved = "keep", min_confidence: float = 0.0
    ) -> list[str]:
        """The tags of a raw string, in order."""
        _check_options(unresolved, min_confidence)
        resolution = self.resolve(text, min_confidence=min_confidence)
        if unresolved == "raise" and (resolution.unresolved or not resolution.tags):
            raise UnresolvedError(text, resolution.unresolved)
        return [
            segment.code or segment.raw
            for segment in resolution.segments
            if segment.code or (unresolved == "keep" and segment.how == "unresolved")
        ]

    def resolve(self, text: str, *, min_confidence: float = 0.0) -> Resolution:
        """The tags of a raw string with their segments, status, confidence and alternatives."""
        if not isinstance(text, str):
            raise TypeError(f"expected a string, got {type(text).__name__}: {text!r:.80}")
        segments: list[Segment] = []
        confidence, alternatives = 1.0, []
        at = 0
        for word, start, end in self._phrases.cut(text):
            if start > at:
                segments.append(Segment(text[at:start], at, start, None, "separator"))
            pieces, likely, others = self._read(word, min_confidence)
            for piece in pieces:
                a, b = (start, end) if len(pieces) == 1 else (start + piece.start, start + piece.end)
                edits = int(piece.how in SLIPS)
                segments.append(Segment(text[a:b], a, b, piece.tag, piece.how, edits))
            confidence *= likely
            alternatives.append(others)
            at = end
        if at < len(text):
            segments.append(Segment(text[at:], at, len(text), None, "separator"))
        found = tuple(segments)
        tags = tuple(s.code for s in found if s.code is not None)
        others = tuple(alternatives[0]) if len(alternatives) == 1 else ()
        return Resolution(text, tags, found, status_of(found), confidence, others)

    def split_many(
        self, texts: Iterable[str], *, unresolved: Unresolved = "keep", min_confidence: float = 0.0
    ) -> list[list[str]]:
        """`split` of each of many distinct strings."""
        return [self.split(t, unresolved=unresolved, min_confidence=min_confidence) for t in texts]

    def resolve_many(self, texts: Iterable[str], *, min_confidence: float = 0.0) -> list[Resolution]:
        """`resolve` of each of many distinct strings."""
        return [self.resolve(text, min_confidence=min_confidence) for text in texts]

    def _read(self, word: str, min_confidence: float) -> tuple[tuple[Piece, ...], float, list[Alternative]]:
        found = readings(self._model, word, _N_BEST)
        shares = posterior(found)
        pieces, likely = found[0].pieces, shares[0][1]
        others = [Alternative(tags, share) for tags, share in shares[1:]]
        if likely < min_confidence and found[0].tags:
            others.insert(0, Alternative(found[0].tags, likely))
            pieces = (Piece(0, len(word), None, "unresolved"),)
            likely = math.fsum(o.confidence for o in others if not o.tags)
        return pieces, likely, others

    def is_canonical(self, text: str) -> bool:
        """Whether a string is a code exactly as the vocabulary writes it."""
        return text in self.taxonomy

    def lookup(self, what: str) -> Code | None:
        """The code that a tag, an alias or a name stands for, or None."""
        return self.taxonomy.lookup(what)


def _check_options(unresolved: str, min_confidence: float) -> None:
    if unresolved not in ("keep", "drop", "raise"):
        raise ValueError(f"unresolved is {unresolved!r}; it takes 'keep', 'drop' or 'raise'")
    if not 0.0 <= min_confidence <= 1.0:
        raise ValueError(f"min_confidence is {min_confidence!r}; it takes a number from 0 to 1")
