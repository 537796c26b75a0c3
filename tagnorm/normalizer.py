"""The splitter: raw strings in, resolutions out, for any vocabulary."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast
from weakref import WeakValueDictionary

from tagnorm.engine.best_path import tags_of
from tagnorm.engine.lattice import Piece
from tagnorm.engine.model import Model
from tagnorm.engine.reader import Answer, Reader, add_segments
from tagnorm.engine.summaries import Summaries, Summary
from tagnorm.engine.tokens import Phrases
from tagnorm.engine.words import Words
from tagnorm.errors import UnresolvedError
from tagnorm.folding import plain_words
from tagnorm.resolution import Alternative, Resolution, Segment, status_of
from tagnorm.vocabulary.codes import Code, Taxonomy

if TYPE_CHECKING:
    from tagnorm.decisions.store import Decisions

__all__ = ["Normalizer", "Unresolved", "builtin"]

Unresolved = Literal["keep", "drop", "raise"]
# So many readings of a field are reported besides the answer.
_REPORTED = 4
_NOTHING: frozenset[str] = frozenset()
# Summaries are remembered for so many values of `min_confidence`.
_MEMORIES = 8


class Normalizer:
    """Resolves raw strings by one vocabulary; the functions of `tagnorm` are one with the built-in.

    Args:
        taxonomy: the vocabulary; None for the built-in one.
        decisions: a person's corrections, or the file they are in; they always win.
        keep: words never to touch: they stay whole and unresolved.

    >>> genres = Taxonomy((Code("JAZZ", "Jazz"), Code("FOLK", "Folk"), Code("BLUE", "Blues")))
    >>> Normalizer(genres).split("JAZZFLOK")
    ['JAZZ', 'FOLK']
    >>> Normalizer(keep=["PGVO"]).split("PGVO PREL")
    ['PGVO', 'PREL']

    Raises:
        DecisionsError: the file of decisions cannot be used.
    """

    def __init__(
        self,
        taxonomy: Taxonomy | None = None,
        *,
        decisions: Decisions | str | Path | None = None,
        keep: Iterable[str] = (),
    ) -> None:
        self.taxonomy = Taxonomy.load() if taxonomy is None else taxonomy
        if isinstance(decisions, str | Path):
            from tagnorm.decisions.store import Decisions  # noqa: PLC0415 -- few have a file of them

            decisions = Decisions.load(decisions, self.taxonomy)
        self.decisions = decisions or None
        self.keep = tuple(keep)
        self._engine = _engine_of(self.taxonomy, self.keep)
        self._reader = self._engine.reader
        self._phrases = self._engine.phrases
        self._at_once = self._reader.tags
        self._word = self._reader.word
        # The words of many texts; `split` and `resolve` themselves remember nothing.
        self.words = Words(self._reader, self._phrases, self.decisions)
        self._summaries: dict[float, Summaries] = {}

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (self.taxonomy, self.decisions, self.keep)

    def split(
        self, text: str, *, unresolved: Unresolved = "keep", min_confidence: float = 0.0
    ) -> list[str]:
        """The tags of a raw string, in order.

        Args:
            text: one raw string, or a whole field: separators separate.
            unresolved: what becomes of pieces without a code: `keep` them as they stand, in their
                places, `drop` them, or `raise` an error.
            min_confidence: words whose answer is less sure than this stay unresolved (0 to 1).

        >>> normalizer = Normalizer()
        >>> normalizer.split("PREL, PGVO; MARRMOPS")
        ['PREL', 'PGOV', 'MARR', 'MOPS']
        >>> normalizer.split("PREL ALIREZA"), normalizer.split("PREL ALIREZA", unresolved="drop")
        (['PREL', 'ALIREZA'], ['PREL'])

        Raises:
            UnresolvedError: something is unresolved, and `unresolved` is `raise`.
            TypeError: `text` is no string.
            ValueError: an option has a value that it does not take.
        """
        if min_confidence == 0.0 and self.decisions is None:
            found = self._word(text, unresolved)
            if found is not None:
                return found
            if isinstance(text, str) and unresolved in ("keep", "drop"):
                found = self._split_field(text, unresolved == "keep")
                if found is not None:
                    return found
        if unresolved not in ("keep", "drop", "raise"):
            raise ValueError(f"unresolved is {unresolved!r}; it takes 'keep', 'drop' or 'raise'")
        pieces = [
            (piece.tag, text[start + piece.start : start + piece.end])
            for start, answer in self._answers(text, min_confidence, weighed=min_confidence > 0.0)
            for piece in answer.pieces
        ]
        if unresolved == "raise" and not (pieces and all(tag for tag, _ in pieces)):
            raise UnresolvedError(text, [raw for tag, raw in pieces if tag is None])
        return [tag or raw for tag, raw in pieces if tag or unresolved == "keep"]

    def _split_field(self, text: str, keep: bool) -> list[str] | None:
        """The tags of a plain field, as `_answers` has them but faster; None if it is not plain."""
        words = self._phrases.plain(text) if text.isascii() else None
        if words is None:
            return None
        tags = list(map(self._at_once.get, words))
        if None not in tags:
            return cast("list[str]", tags)
        reader = self._reader
        clean = [
            [tag] if tag is not None else reader.clean(w)
            for tag, w in zip(tags, words, strict=True)
        ]
        if None in clean:
            context = frozenset(tag for found in clean if found for tag in found)
            for at, raw in enumerate(plain_words(text)):
                if clean[at] is None:
                    pieces = reader.pieces(words[at], context)
                    clean[at] = tags_of(pieces, raw if keep else None)
        return [tag for found in clean if found for tag in found]

    def resolve(self, text: str, *, min_confidence: float = 0.0) -> Resolution:
        """The tags of a raw string with their segments, status, confidence and alternatives.

        Args:
            text: one raw string, or a whole field: separators separate.
            min_confidence: words whose answer is less sure than this stay unresolved (0 to 1).

        >>> answer = Normalizer().resolve("PREL, ELNTECON")
        >>> answer.tags, answer.status
        (('PREL', 'ELTN', 'ECON'), 'mixed')

        Raises:
            TypeError: `text` is no string.
            ValueError: `min_confidence` is not from 0 to 1.
        """
        if (
            self.decisions is None
            and isinstance(text, str)
            and text.isalnum()
            and 0.0 <= min_confidence <= 1.0
        ):
            # One plain word: there is nothing to cut, and nothing beside it.
            return self._reader.resolve(text, min_confidence)
        segments: list[Segment] = []
        answers: list[Answer] = []
        at = 0
        for start, answer in self._answers(text, min_confidence, weighed=True):
            if start > at:
                segments.append(Segment(text[at:start], at, start, None, "separator"))
            at = add_segments(segments, text, start, answer.pieces)
            answers.append(answer)
        if at < len(text):
            segments.append(Segment(text[at:], at, len(text), None, "separator"))
        return Resolution(
            text,
            tuple([s.code for s in segments if s.code is not None]),
            tuple(segments),
            status_of(segments),
            math.prod([answer.confidence for answer in answers], start=1.0),
            _alternatives(answers),
        )

    def split_many(
        self,
        texts: Iterable[str],
        *,
        unresolved: Unresolved = "keep",
        min_confidence: float = 0.0,
    ) -> list[list[str]]:
        """`split` of each of many strings; words that many of them share are read once.

        >>> Normalizer().split_many(["PREL, PGVO", "PGVO"])
        [['PREL', 'PGOV'], ['PGOV']]

        Raises:
            UnresolvedError, TypeError, ValueError: as `split`.
        """
        if unresolved not in ("keep", "drop"):
            return [
                self.split(text, unresolved=unresolved, min_confidence=min_confidence)
                for text in texts
            ]
        keep = unresolved == "keep"
        if min_confidence != 0.0:
            summaries = self.summarize_many(texts, min_confidence=min_confidence)
            return [list(one.pieces if keep else one.tags) for one in summaries]
        compose, place = self.words.compose, 0 if keep else 1
        return [
            compose(text)[place]
            if isinstance(text, str)
            else self.split(text, unresolved=unresolved)
            for text in texts
        ]

    def resolve_many(
        self, texts: Iterable[str], *, min_confidence: float = 0.0
    ) -> list[Resolution]:
        """`resolve` of each of many strings."""
        return [self.resolve(text, min_confidence=min_confidence) for text in texts]

    def summarize_many(self, texts: Iterable[str], *, min_confidence: float = 0.0) -> list[Summary]:
        """`resolve` of each of many strings in short; words that many share are weighed once.

        >>> Normalizer().summarize_many(["PREL, PGVO"])[0].tags
        ('PREL', 'PGOV')

        Raises:
            TypeError, ValueError: as `resolve`.
        """
        resolve = partial(self.resolve, min_confidence=min_confidence)
        if min_confidence not in self._summaries:
            if len(self._summaries) >= _MEMORIES:
                self._summaries.clear()
            self._summaries[min_confidence] = Summaries(self.words)
        of = self._summaries[min_confidence].of
        return [
            of(text, resolve) if isinstance(text, str) else Summary.of(resolve(text))
            for text in texts
        ]

    def is_canonical(self, text: str) -> bool:
        """Whether a string is a code exactly as the vocabulary writes it.

        >>> normalizer = Normalizer()
        >>> normalizer.is_canonical("PREL"), normalizer.is_canonical("prel")
        (True, False)
        """
        return text in self.taxonomy

    def lookup(self, what: str) -> Code | None:
        """The code that a tag, an alias or a name stands for, or None.

        >>> Normalizer().lookup("kuwait").tag
        'KU'
        """
        return self.taxonomy.lookup(what)

    def _answers(
        self, text: str, min_confidence: float, *, weighed: bool
    ) -> Iterator[tuple[int, Answer]]:
        """The answer for each word of a text, with the place where the word starts.

        Only `weighed` answers have a confidence and alternatives, which take much longer.

        Raises:
            TypeError: `text` is no string.
            ValueError: `min_confidence` is not from 0 to 1.
        """
        if not isinstance(text, str):
            raise TypeError(f"expected a string, got {type(text).__name__}: {text!r:.80}")
        if not 0.0 <= min_confidence <= 1.0:
            raise ValueError(f"min_confidence is {min_confidence!r}; it takes a number from 0 to 1")
        decisions = self.decisions
        decided = None if decisions is None else decisions.get(text)
        if decided is not None:
            body = text.strip()
            yield text.index(body), _decided(decided, len(body))
            return
        words = list(self._phrases.cut(text))
        context = self._clean_tags(words) if len(words) > 1 else _NOTHING
        for word, start, end in words:
            decided = None if decisions is None else decisions.get(text[start:end])
            if decided is not None:
                answer = _decided(decided, end - start)
            elif weighed:
                answer = self._reader.answer(word, context)
                if answer.confidence < min_confidence:
                    answer = answer.left_alone(len(word))
            else:
                answer = Answer(self._reader.pieces(word, context), 1.0)
            if len(word) != end - start:
                answer = answer.over(end - start)
            yield start, answer

    def _clean_tags(self, words: Iterable[tuple[str, int, int]]) -> frozenset[str]:
        found: set[str] = set()
        for word, _, _ in words:
            found.update(self._reader.clean(word) or ())
        return frozenset(found)


class _Engine:
    """What is worked out of a vocabulary, and the same for all normalizers that have it."""

    def __init__(self, taxonomy: Taxonomy, keep: tuple[str, ...]) -> None:
        # Kept, so that no other vocabulary can have its identity as long as this is in use.
        self.taxonomy = taxonomy
        self.reader = Reader(Model(taxonomy, keep=keep))
        names = [code.tag for code in taxonomy]
        names += [alias.alias for alias in taxonomy.aliases]
        self.phrases = Phrases([*names, *keep])


_engines: WeakValueDictionary[tuple[int, tuple[str, ...]], _Engine] = WeakValueDictionary()


def _engine_of(taxonomy: Taxonomy, keep: tuple[str, ...]) -> _Engine:
    """The engine of a vocabulary and of words never to touch, made once as long as it is in use."""
    key = id(taxonomy), keep
    found = _engines.get(key)
    return _engines.setdefault(key, _Engine(taxonomy, keep)) if found is None else found


@lru_cache(maxsize=1)
def builtin() -> Normalizer:
    """The normalizer of the built-in vocabulary, made once."""
    return Normalizer()


def _rebuild(taxonomy: Taxonomy, decisions: Decisions | None, keep: tuple[str, ...]) -> Normalizer:
    return Normalizer(taxonomy, decisions=decisions, keep=keep)


def _decided(tags: tuple[str, ...], size: int) -> Answer:
    """A person's answer for a stretch: the first tag covers it, further ones stand at its end."""
    if not tags:
        return Answer((Piece(0, size, None, "unresolved"),), 1.0)
    places = [(0, size)] + [(size, size)] * (len(tags) - 1)
    pieces = [Piece(a, b, tag, "decision") for (a, b), tag in zip(places, tags, strict=True)]
    return Answer(tuple(pieces), 1.0)


def _alternatives(answers: Sequence[Answer]) -> tuple[Alternative, ...]:
    """Other readings of a whole field, one word of it read otherwise; the likeliest first."""
    if len(answers) == 1:
        return answers[0].alternatives
    total = math.prod(answer.confidence for answer in answers)
    ranked = heapq.nsmallest(
        _REPORTED * 4,
        (
            (-total * other.confidence / max(answer.confidence, 1e-9), at, n)
            for at, answer in enumerate(answers)
            for n, other in enumerate(answer.alternatives)
        ),
    )
    seen = {tuple(tag for answer in answers for tag in answer.tags)}
    found: list[Alternative] = []
    for share, at, n in ranked:
        if len(found) == _REPORTED:
            break
        before = [tag for answer in answers[:at] for tag in answer.tags]
        after = [tag for answer in answers[at + 1 :] for tag in answer.tags]
        tags = (*before, *answers[at].alternatives[n].tags, *after)
        if tags not in seen:
            seen.add(tags)
            found.append(Alternative(tags, -share))
    return tuple(found)
