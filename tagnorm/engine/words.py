"""Words by themselves, for columns: most fields are nothing but their words, one after another.

Three things make a field more than its words: a decision about the whole of it, a form of several
words that stands in it, and what is not certain, which depends on what stands beside it.
"""

from __future__ import annotations

from typing import NamedTuple

from tagnorm.engine.fields import FieldReader
from tagnorm.engine.memory import Memory
from tagnorm.engine.stretches import pieces_of
from tagnorm.folding import fold

__all__ = ["Word", "Words"]


class Word(NamedTuple):
    """The tags of a word by itself, and what its field should know of it.

    * `tags` -- its codes, with what is unresolved in its places, as it is written;
    * `codes` -- the codes alone;
    * `context` -- the codes that it shows to other words: those that stand in it certainly;
    * `corrected` -- whether it was read as one code that does not stand there;
    * `opens` -- whether a form of several words begins with it;
    * `continues` -- whether it is the second word of such a form;
    * `of_forms` -- whether it is a word of one;
    * `crosses` -- whether it is a word of one that holds list separators;
    * `is_fringed` -- whether it is the only word of one that begins or ends with them;
    * `is_certain` -- whether all of it stands there as the vocabulary has it, or was decided;
    * `may_be_code` -- whether it is none by itself, but may be one where all else is codes.
    """

    tags: tuple[str, ...]
    codes: tuple[str, ...]
    context: tuple[str, ...] = ()
    corrected: bool = False
    opens: bool = False
    continues: bool = False
    of_forms: bool = False
    crosses: bool = False
    is_fringed: bool = False
    is_certain: bool = True
    may_be_code: bool = False


class Words:
    """Raw words of letters and digits, each read when it is first asked for.

    Args:
        fields: reads the words.

    >>> from tagnorm import Normalizer
    >>> words = Normalizer().words
    >>> words["PGVO"].codes, words["PGVO"].corrected
    (('PGOV',), True)
    """

    def __init__(self, fields: FieldReader) -> None:
        self.fields = fields
        self._reader = fields.reader
        self._known: Memory[Word] = Memory()
        self._settled: Memory[bool] = Memory()

    def __getitem__(self, raw: str) -> Word:
        return self.read(raw)

    def read(self, raw: str, *, weighed: bool = False) -> Word:
        """What is said of a word. It is the same if it is `weighed`; who asks for its confidence
        next has that for nothing then."""
        return self._known.get(raw) or self._known.add(raw, self._read(raw, weighed))

    def _read(self, raw: str, weighed: bool) -> Word:
        word, forms = fold(raw), self.fields.forms
        tags, codes = self._in_full(raw, weighed=weighed)
        is_certain = self.fields.is_certain(raw)
        return Word(
            tuple(tags),
            tuple(codes),
            tuple(codes) if is_certain else (),
            not is_certain and len(tags) == len(codes) == 1,
            forms.opens(word),
            forms.continues(word),
            word in forms.words,
            word in forms.crossing_words,
            word in forms.fringed_words,
            is_certain,
            not is_certain and not codes and self._reader.may_be_code(word),
        )

    def is_settled(self, raw: str) -> bool:
        """Whether a word that was corrected is surely read so, whatever stands in its field.

        >>> from tagnorm import Normalizer
        >>> words = Normalizer().words
        >>> words.is_settled("PGVO"), words.is_settled("PRE")
        (True, False)
        """
        found = self._settled.get(raw)
        return (
            self._settled.add(raw, self._reader.is_settled(fold(raw))) if found is None else found
        )

    def whole(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """`compose` for a field that is more than certain words."""
        tags, codes = self._in_full(text, weighed=False)
        return tuple(tags), tuple(codes)

    def _in_full(self, text: str, *, weighed: bool) -> tuple[list[str], list[str]]:
        pieces = pieces_of(text, self.fields.read(text, weighed=weighed))
        codes = [tag for tag, _ in pieces if tag is not None]
        return [tag or raw for tag, raw in pieces], codes

    def compose(self, text: str) -> tuple[list[str], list[str]]:
        """The tags of a field, with what is unresolved in its places, and the codes alone.

        >>> from tagnorm import Normalizer
        >>> words = Normalizer().words
        >>> words.compose("PREL, PGVO; ALIREZA"), words.compose("unga/c-6")
        ((['PREL', 'PGOV', 'ALIREZA'], ['PREL', 'PGOV']), (['UNGA/C-6'], ['UNGA/C-6']))
        """
        pieces = self.fields.pieces(text)
        codes = [tag for tag, _ in pieces if tag is not None]
        return [tag or raw for tag, raw in pieces], codes
