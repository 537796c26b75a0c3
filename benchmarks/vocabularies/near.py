"""Which codes lie near a string, by brute force: what a vocabulary itself leaves open.

This knows no costs. Strings are compared as they are written, but for case and compatibility forms.
An edit is a letter added, dropped or replaced, or two neighbours swapped.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

from benchmarks.training.gold import Tags

__all__ = ["Near", "form"]

# So many codes run together may be what a word is made of.
_JOINED = 3


def form(text: str) -> str:
    """A text without case and compatibility forms.

    >>> form("Straße \uff21")
    'strasse a'
    """
    return unicodedata.normalize("NFKC", text).casefold()


class Near:
    """The codes of a vocabulary by their forms and by what one dropped letter leaves of these.

    >>> near = Near(["JAZZ", "JAZ", "Folk"])
    >>> sorted(near.within_one("jazt")), near.readings("jazzfolkk", 2)
    (['JAZ', 'JAZZ'], {('JAZZ', 'Folk')})
    """

    def __init__(self, tags: Iterable[str]) -> None:
        self.tags: dict[str, list[str]] = {}
        for tag in tags:
            self.tags.setdefault(form(tag), []).append(tag)
        self._lengths = sorted(set(map(len, self.tags)))
        self._without: dict[str, list[str]] = {}
        for one in self.tags:
            for rest in _rests(one):
                self._without.setdefault(rest, []).append(one)

    def within_one(self, text: str) -> set[str]:
        """The codes that are a text, or lie one edit from it."""
        return {tag for one in self._forms(form(text)) for tag in self.tags[one]}

    def readings(self, text: str, most: int) -> set[Tags]:
        """The readings of a text as at most so many codes run together with at most one edit."""
        whole = form(text)
        before = self._exact(whole, most)
        # Read from behind: what stands behind the edit.
        after = {
            len(whole) - at: {tuple(reversed(tags)) for tags in found}
            for at, found in Near._exact(self._reversed, whole[::-1], most).items()
        }
        readings = set(before.get(len(whole), ()))
        for start, heads in before.items():
            for end, tails in after.items():
                shortest = min(map(len, heads)) + min(map(len, tails))
                if start < end and shortest < most:
                    for one in self._forms(whole[start:end]):
                        readings |= {
                            (*head, tag, *tail)
                            for tag in self.tags[one]
                            for head in heads
                            for tail in tails
                            if len(head) + len(tail) < most
                        }
        return readings

    def is_joined(self, text: str) -> bool:
        """Whether a text is two or three codes run together, as they are written.

        >>> Near(["under", "brush"]).is_joined("Underbrush")
        True
        """
        whole = form(text)
        return len(whole) in self._exact(whole, _JOINED)

    def _exact(self, whole: str, most: int) -> dict[int, set[Tags]]:
        """By the end of a beginning of the text: its exact readings with at most so many codes."""
        found: dict[int, set[Tags]] = {0: {()}}
        for at in range(len(whole)):
            heads = [tags for tags in found.get(at, ()) if len(tags) < most]
            if heads:
                for length in self._lengths:
                    for tag in self.tags.get(whole[at : at + length], ()):
                        if at + length <= len(whole):
                            found.setdefault(at + length, set()).update(
                                (*tags, tag) for tags in heads
                            )
        return found

    @property
    def _reversed(self) -> Near:
        """The same codes with their forms written backwards; without corrections."""
        if "_backwards" not in self.__dict__:
            backwards = object.__new__(Near)
            backwards.tags = {one[::-1]: tags for one, tags in self.tags.items()}
            backwards._lengths = self._lengths
            self.__dict__["_backwards"] = backwards
        return self.__dict__["_backwards"]  # type: ignore[no-any-return]

    def _forms(self, one: str) -> Iterator[str]:
        near = {
            other
            for rest in _rests(one)
            for other in (*self._without.get(rest, ()), *([rest] if rest in self.tags else ()))
        }
        return (other for other in sorted(near) if OSA.distance(one, other) <= 1)


def _rests(one: str) -> set[str]:
    return {one} | {one[:at] + one[at + 1 :] for at in range(len(one))}
