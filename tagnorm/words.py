"""What words become by themselves, remembered: the words of a column come up again and again.

A field is its words, one after another, but for two things: an entry of several words may stand in
it, and a code that stands in it already speaks against correcting another word to the same code.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from tagnorm.cheapest import tags_of
from tagnorm.fields import Phrases
from tagnorm.reader import Reader
from tagnorm.text import fold, plain_words

__all__ = ["Word", "Words"]

# So many words are remembered, some ten megabytes, and none that is longer than this.
_WORDS, _LONGEST = 1 << 16, 256


class Word(NamedTuple):
    """The tags of a word by itself, and what its field should know of it.

    * `clean` -- whether it is an entry, or a run of codes as they are written;
    * `corrected` -- whether it is neither, read as one code, and not known to be that in any field;
    * `opens` -- whether an entry of several words begins with it;
    * `continues` -- whether it is the second word of such an entry.
    """

    tags: tuple[str, ...]
    clean: bool
    corrected: bool
    opens: bool = False
    continues: bool = False


class Words:
    """Raw words, each read when it is first asked for.

    Args:
        reader: reads the words.
        phrases: the entries of several words.
        keep: whether pieces without a code stand among the tags as they are written.

    >>> from tagnorm import Normalizer
    >>> words = Normalizer().words()
    >>> words["PGVO"]
    Word(tags=('PGOV',), clean=False, corrected=True, opens=False, continues=False)
    """

    def __init__(self, reader: Reader, phrases: Phrases, *, keep: bool) -> None:
        self._known: dict[str, Word] = {}
        self._reader = reader
        self._phrases = phrases
        self._keep = keep

    def __getitem__(self, raw: str) -> Word:
        return self._known.get(raw) or self._read(raw)

    def _read(self, raw: str) -> Word:
        word = fold(raw)
        tags = self._reader.clean(word)
        corrected = False
        clean = tags is not None
        if tags is None:
            pieces = self._reader.pieces(word)
            tags = tags_of(pieces, raw if self._keep else None)
            corrected = len(pieces) == 1 and pieces[0].tag is not None
        found = Word(
            tuple(tags), clean, corrected, self._phrases.opens(word), self._phrases.continues(word)
        )
        if len(raw) <= _LONGEST:
            if len(self._known) >= _WORDS:
                self._known.clear()
            self._known[raw] = found
        return found

    def compose(self, text: str) -> list[str]:
        """The tags of a field, as `Normalizer.split` has them.

        >>> from tagnorm import Normalizer
        >>> words = Normalizer().words()
        >>> words.compose("PREL, PGVO"), words.compose("ETTC, ETTD"), words.compose("unga/c-6")
        (['PREL', 'PGOV'], ['ETTC', 'ETRD'], ['UNGA/C-6'])
        """
        raws = plain_words(text)
        known = self._known
        found = [known.get(raw) or self._read(raw) for raw in raws]
        if self._may_hold_phrase(found) and self._phrases.stand_in(list(map(fold, raws))):
            cut = list(self._phrases.cut(text))
            raws = [text[start:end] for _, start, end in cut]
            found = [
                self[raw] if len(word) == len(raw) else self._phrase(word, raw)
                for (word, _, _), raw in zip(cut, raws, strict=True)
            ]
        tags = [tag for word in found for tag in word.tags]
        if len(set(tags)) < len(tags) and any(word.corrected for word in found):
            return self._beside_one_another(raws, found)
        return tags

    def _may_hold_phrase(self, found: Sequence[Word]) -> bool:
        return any(one.opens and other.continues for one, other in pairwise(found))

    def _phrase(self, word: str, raw: str) -> Word:
        """An entry of several words, which are one without what parts them."""
        first, *others = self._reader.pieces(word)
        whole = (first._replace(end=len(raw)), *others)
        return Word(tuple(tags_of(whole, raw if self._keep else None)), True, False)

    def _beside_one_another(self, raws: Sequence[str], found: Sequence[Word]) -> list[str]:
        """The tags where a word may have been corrected to a code that stands beside it."""
        beside = frozenset(tag for word in found if word.clean for tag in word.tags)
        tags: list[str] = []
        for raw, word in zip(raws, found, strict=True):
            if not word.corrected or word.tags[0] not in beside:
                tags += word.tags
            elif self._reader.is_settled(fold(raw)):
                tags += word.tags
                self._known[raw] = word._replace(corrected=False)
            else:
                pieces = self._reader.pieces(fold(raw), beside)
                tags += tags_of(pieces, raw if self._keep else None)
        return tags
