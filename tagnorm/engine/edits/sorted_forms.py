"""The forms of a large vocabulary, sorted: which are near a word, with little made beforehand.

Forms that begin alike stand side by side, and so do those that end alike if they are written
backwards. An edit leaves one half of a form as it was, so the search starts from the forms that
share a half with the word; letter by letter they become fewer, and few letters go on.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from typing import Final, NamedTuple

from tagnorm.engine.memory import Memory

__all__ = ["SortedForms"]

# Comes behind every letter in order.
_BEHIND: Final = "\U0010ffff"
# So few forms are faster compared one by one than by the letters that go on.
_FEW: Final = 3


class _Shared(NamedTuple):
    """The forms that share some letters, if they are few; else the letters that go on there."""

    few: tuple[str, ...]
    letters: str


class SortedForms:
    """The forms of a large vocabulary, in order.

    Args:
        forms: squashed forms, as a collection that is fast to ask for one of them.

    >>> forms = SortedForms({"BLUES", "BLUFF", "JAZZ"})
    >>> sorted(forms.near("BLUEF")), forms.near("AJZZ"), forms.near("FOLK")
    (['BLUES', 'BLUFF'], {'JAZZ'}, set())
    """

    def __init__(self, forms: Collection[str]) -> None:
        self._forms = forms
        self._ordered = sorted(forms)
        self._backwards = sorted([form[::-1] for form in forms])
        self._begun: Memory[_Shared] = Memory()
        self._ended: Memory[_Shared] = Memory()

    def near(self, word: str) -> set[str]:
        """The forms that are one edit from a word; others may be among them."""
        found: set[str] = set()
        tried: list[str] = []
        size = len(word)
        half = size // 2
        for at in range(half, size + 1):
            head, tail, rest = word[:at], word[at:], word[at + 1 :]
            few, letters = self._begun.get(head) or self._beginning(head)
            if not letters:
                found.update(few)
                break
            # One string cut apart: many times faster than many put together.
            tried += f"{head}{f'{tail} {head}'.join(letters)}{tail}".split(" ")
            if tail:
                tried += f"{head}{f'{rest} {head}'.join(letters)}{rest}".split(" ")
                tried.append(head + rest)
                tried.append(f"{head}{rest[:1]}{word[at]}{rest[1:]}")
        for at in range(half, -1, -1):
            head, tail, rest = word[:at], word[at:], word[: at - 1] if at else ""
            few, letters = self._ended.get(tail) or self._ending(tail)
            if not letters:
                found.update(few)
                break
            tried += f"{head}{f'{tail} {head}'.join(letters)}{tail}".split(" ")
            if head:
                tried += f"{rest}{f'{tail} {rest}'.join(letters)}{tail}".split(" ")
                tried.append(rest + tail)
                tried.append(f"{rest[:-1]}{head[-1]}{rest[-1:]}{tail}")
        if half > 0:
            tried.append(f"{word[: half - 1]}{word[half]}{word[half - 1]}{word[half + 1 :]}")
        found.update(filter(self._forms.__contains__, tried))
        return found

    def _beginning(self, head: str) -> _Shared:
        """What the forms that begin with some letters share; remembered."""
        return self._begun.add(head, _shared(self._ordered, head))

    def _ending(self, tail: str) -> _Shared:
        """What the forms that end with some letters share; remembered."""
        few, letters = _shared(self._backwards, tail[::-1])
        return self._ended.add(tail, _Shared(tuple([form[::-1] for form in few]), letters))


def _shared(ordered: list[str], head: str) -> _Shared:
    """What those of some sorted forms share that begin with some letters."""
    size = len(head)
    at = bisect_left(ordered, head)
    few = [form for form in ordered[at : at + _FEW + 1] if form.startswith(head)]
    if len(few) <= _FEW:
        return _Shared(tuple(few), "")
    letters = ""
    while at < len(ordered) and ordered[at].startswith(head):
        form = ordered[at]
        if len(form) == size:
            at += 1
        else:
            letters += form[size]
            at = bisect_left(ordered, form[: size + 1] + _BEHIND, at)
    return _Shared((), letters)
