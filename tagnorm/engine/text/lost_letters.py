"""Words of a vocabulary with marks in place of letters that some program could not write.

What is written in one encoding and read in another has a question mark, or the character of Unicode
for what is no character, where a letter was: `Gew?rztraminer`. Where one word of the vocabulary has
some letter there, that word is meant.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from tagnorm.engine.text.atoms import Atom
from tagnorm.engine.text.characters import LOST, MOST_LOST, WORD

__all__ = ["LostLetters"]

# What one letter may be folded to. All programs have digits.
_LETTER: Final = r"(?:[^\W\d]|SS|AE|OE|TH)"
# Of a shorter word nothing is left that would tell it from others.
_SHORTEST: Final = 3
# So many letters of a word may be lost.
_MOST_LETTERS: Final = 3


class LostLetters:
    """Finds the words with lost letters.

    Args:
        words: the folded words of a vocabulary.

    >>> lost = LostLetters(["GEWURZTRAMINER", "STRASSE", "KUCHE", "KACHE"])
    >>> lost.restored(["GEW", "RZTRAMINER"]), lost.restored(["STRA", "E"])
    ('GEWURZTRAMINER', 'STRASSE')
    >>> lost.restored(["K", "CHE"]) is None
    True
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted({word for word in words if len(word) >= _SHORTEST})

    def restored(self, parts: Sequence[str]) -> str | None:
        """The only word that some parts are, with a letter between each two of them; else None."""
        words, first = self._words, parts[0]
        least = sum(map(len, parts)) + len(parts) - 1
        pattern = re.compile(_LETTER.join(map(re.escape, parts)))
        found = None
        for at in range(bisect_left(words, first), len(words)):
            word = words[at]
            if not word.startswith(first):
                break
            if least <= len(word) < least + len(parts) and pattern.fullmatch(word):
                if found is not None:
                    return None
                found = word
        return found

    def in_text(self, atoms: Sequence[Atom]) -> Iterator[tuple[int, int, str]]:
        """The words of a text with lost letters: the first atom of each, the one behind its last,
        and the word that is meant.

        Args:
            atoms: those of the text.
        """
        at = 0
        while at < len(atoms):
            end = at + 1
            parts = [atoms[at].text]
            while atoms[at].kind == WORD:
                marks = end
                while marks < len(atoms) and atoms[marks].text in LOST:
                    marks += 1
                is_one = 0 < marks - end <= MOST_LOST and marks < len(atoms)
                if (
                    not is_one
                    or atoms[marks].kind != WORD
                    or not _touch(atoms[end - 1 : marks + 1])
                ):
                    break
                parts.append(atoms[marks].text)
                end = marks + 1
            word = self.restored(parts) if 1 < len(parts) <= _MOST_LETTERS + 1 else None
            if word is not None:
                yield at, end, word
            at = end


def _touch(atoms: Sequence[Atom]) -> bool:
    """Whether nothing stands between some atoms."""
    return atoms[-1].end - atoms[0].start == sum(one.end - one.start for one in atoms)
