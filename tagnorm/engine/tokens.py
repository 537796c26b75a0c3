"""How a field of several tags falls into words: separators separate, but not inside an entry.

An entry of the vocabulary that holds separators itself (`UNGA/C-6`, `AU-1`, `HUMAN RIGHTS`) is one
word wherever it is written out, with a space or one mark of punctuation between its parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from tagnorm.folding import fold, plain_words, words

__all__ = ["Phrases"]

# What may stand between the parts of an entry; a comma or a semicolon always parts two tags.
_INNER = frozenset(" -/'\N{RIGHT SINGLE QUOTATION MARK}.&_")


class Phrases:
    """The entries of a vocabulary that consist of several words, by their first word.

    >>> phrases = Phrases(["UNGA/C-6", "HUMAN RIGHTS"])
    >>> [(word, start, end) for word, start, end in phrases.cut("PREL unga/c-6, human")]
    [('PREL', 0, 4), ('UNGAC6', 5, 13), ('HUMAN', 15, 20)]
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for name in names:
            if name.isalnum():
                continue
            parts = tuple(plain_words(fold(name)))
            if len(parts) > 1:
                self._by_first.setdefault(parts[0], []).append(parts)
        for longest_first in self._by_first.values():
            longest_first.sort(key=len, reverse=True)
        self._firsts = frozenset(self._by_first)
        self._seconds = frozenset(
            parts[1] for entries in self._by_first.values() for parts in entries
        )

    def opens(self, word: str) -> bool:
        """Whether an entry of several words begins with a folded word.

        >>> Phrases(["UNGA/C-6"]).opens("UNGA")
        True
        """
        return word in self._firsts

    def continues(self, word: str) -> bool:
        """Whether a folded word is the second of an entry of several words.

        >>> Phrases(["UNGA/C-6"]).continues("C")
        True
        """
        return word in self._seconds

    def stand_in(self, words: Sequence[str]) -> bool:
        """Whether the words of an entry follow one another somewhere among folded words.

        What stands between them is not asked: a comma may part them, so `cut` has the last word.
        """
        return not self._firsts.isdisjoint(words) and any(
            tuple(words[at : at + len(parts)]) == parts
            for at, word in enumerate(words)
            for parts in self._by_first.get(word, ())
        )

    def plain(self, text: str) -> list[str] | None:
        """The folded words of a text if no entry of several words stands among them, else None.

        >>> phrases = Phrases(["UNGA/C-6"])
        >>> phrases.plain("prel, UNGA"), phrases.plain("UNGA/C-6")
        (['PREL', 'UNGA'], None)
        """
        found = plain_words(fold(text))
        return None if self.stand_in(found) else found

    def cut(self, text: str) -> Iterator[tuple[str, int, int]]:
        """The words of a text, folded and without inner separators, with their spans in it."""
        folded = fold(text)
        found = words(folded)
        at = 0
        while at < len(found):
            word, start, end = found[at]
            taken = 1
            for parts in self._by_first.get(word, ()):
                candidate = found[at : at + len(parts)]
                gaps = [folded[a[2] : b[1]] for a, b in pairwise(candidate)]
                if tuple(w for w, _, _ in candidate) == parts and all(
                    len(gap) == 1 and gap in _INNER for gap in gaps
                ):
                    word, taken, end = "".join(parts), len(parts), candidate[-1][2]
                    break
            yield word, start, end
            at += taken
