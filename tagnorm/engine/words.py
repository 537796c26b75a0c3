"""What words become by themselves, remembered: the words of a column come up again and again.

A field is its words, one after another, but for three things. A person may have decided what the
whole field is; an entry of several words may stand in it; and a code that stands in it speaks
against correcting another word to the same code.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tagnorm.engine.best_path import tags_of
from tagnorm.engine.reader import Reader
from tagnorm.engine.tokens import Phrases
from tagnorm.folding import fold, plain_words

if TYPE_CHECKING:
    from tagnorm.decisions.store import Decisions

__all__ = ["Word", "Words"]

# So many words are remembered, some ten megabytes, and none that is longer than this.
_WORDS, _LONGEST = 1 << 16, 256


class Word(NamedTuple):
    """The tags of a word by itself, and what its field should know of it.

    * `tags` -- its codes, with what is unresolved in its places, as it is written;
    * `codes` -- the codes alone;
    * `context` -- the codes that it shows to other words: those that stand in it as they are;
    * `corrected` -- whether it was read as one code that does not stand there;
    * `opens` -- whether an entry of several words begins with it;
    * `continues` -- whether it is the second word of such an entry.
    """

    tags: tuple[str, ...]
    codes: tuple[str, ...]
    context: tuple[str, ...] = ()
    corrected: bool = False
    opens: bool = False
    continues: bool = False


class Words:
    """Raw words, each read when it is first asked for.

    Args:
        reader: reads the words.
        phrases: the entries of several words.
        decisions: a person's corrections, or None.

    >>> from tagnorm import Normalizer
    >>> words = Normalizer().words
    >>> words["PGVO"].codes, words["PGVO"].corrected
    (('PGOV',), True)
    """

    def __init__(self, reader: Reader, phrases: Phrases, decisions: Decisions | None) -> None:
        self._reader = reader
        self._phrases = phrases
        self._decisions = decisions
        self._known: dict[str, Word] = {}
        # Corrected words that keep their code whatever stands beside them, though less surely; in
        # the order in which that was found.
        self.settled: dict[str, None] = {}

    def __getitem__(self, raw: str) -> Word:
        return self._known.get(raw) or self._read(raw)

    def _read(self, raw: str) -> Word:
        found = self._word(fold(raw), raw)
        if len(raw) <= _LONGEST:
            if len(self._known) >= _WORDS:
                self._known.clear()
                self.settled = {}
            self._known[raw] = found
        return found

    def _word(self, word: str, raw: str) -> Word:
        """A folded word, or an entry of several words without what parts them."""
        opens, continues = self._phrases.opens(word), self._phrases.continues(word)
        clean = tuple(self._reader.clean(word) or ())
        decided = self.decided(raw)
        if decided is not None:
            return Word(decided or (raw,), decided, clean, False, opens, continues)
        if clean:
            return Word(clean, clean, clean, False, opens, continues)
        pieces = self._reader.pieces(word)
        if len(pieces) > 1:
            tags, codes = tuple(tags_of(pieces, raw)), tuple(tags_of(pieces, None))
            return Word(tags, codes, (), False, opens, continues)
        tag = pieces[0][2]
        if tag is None:
            return Word((raw,), (), (), False, opens, continues)
        return Word((tag,), (tag,), (), True, opens, continues)

    def decided(self, text: str) -> tuple[str, ...] | None:
        """The tags that a person gave a field or a word, or None."""
        return None if self._decisions is None else self._decisions.get(text)

    @property
    def are_decided(self) -> bool:
        """Whether a person has decided anything."""
        return self._decisions is not None

    def compose(self, text: str) -> tuple[list[str], list[str]]:
        """The tags of a field, with what is unresolved in its places, and the codes alone.

        >>> from tagnorm import Normalizer
        >>> words = Normalizer().words
        >>> words.compose("PREL, PGVO; ALIREZA"), words.compose("unga/c-6")
        ((['PREL', 'PGOV', 'ALIREZA'], ['PREL', 'PGOV']), (['UNGA/C-6'], ['UNGA/C-6']))
        """
        decided = self.decided(text)
        if decided is not None:
            return list(decided or (text.strip(),)), list(decided)
        raws = plain_words(text)
        known = self._known
        found = [known.get(raw) or self._read(raw) for raw in raws]
        if self._hold_phrase(raws, found):
            cut = [(word, text[start:end]) for word, start, end in self._phrases.cut(text)]
            raws = [raw for _, raw in cut]
            found = [
                self[raw] if len(word) == len(raw) else self._word(word, raw) for word, raw in cut
            ]
        if self._may_repeat(found):
            return self._beside_one_another(raws, found)
        tags = [tag for word in found for tag in word.tags]
        return tags, [code for word in found for code in word.codes]

    def are_all_of(self, text: str, raws: Sequence[str]) -> bool:
        """Whether a field of raw words is nothing but its words, and each as sure as alone.

        >>> from tagnorm import Normalizer
        >>> words = Normalizer().words
        >>> words.are_all_of("PREL PGVO", ["PREL", "PGVO"])
        True
        >>> words.are_all_of("PGOV PGVO", ["PGOV", "PGVO"])
        False
        """
        if self.decided(text) is not None:
            return False
        found = [self[raw] for raw in raws]
        return not self._hold_phrase(raws, found) and not self._may_repeat(found)

    def _hold_phrase(self, raws: Sequence[str], found: Sequence[Word]) -> bool:
        return any(
            one.opens and other.continues for one, other in pairwise(found)
        ) and self._phrases.stand_in(list(map(fold, raws)))

    def _may_repeat(self, found: Sequence[Word]) -> bool:
        """Whether a word was corrected to a code that stands beside it."""
        corrected = [code for word in found if word.corrected for code in word.codes]
        return bool(corrected) and any(code in corrected for word in found for code in word.context)

    def _beside_one_another(
        self, raws: Sequence[str], found: Sequence[Word]
    ) -> tuple[list[str], list[str]]:
        """What a field becomes if a word may have been corrected to a code that it holds."""
        context = frozenset(code for word in found for code in word.context)
        tags: list[str] = []
        codes: list[str] = []
        for raw, word in zip(raws, found, strict=True):
            if word.corrected and word.codes[0] in context and not self._is_settled(raw):
                pieces = self._reader.pieces(fold(raw), context)
                tags += tags_of(pieces, raw)
                codes += tags_of(pieces, None)
            else:
                tags += word.tags
                codes += word.codes
        return tags, codes

    def _is_settled(self, raw: str) -> bool:
        if raw in self.settled:
            return True
        settled = self._reader.is_settled(fold(raw))
        if settled and raw in self._known:
            self.settled[raw] = None
        return settled
