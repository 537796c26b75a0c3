"""Many forms in order: which of them are near a word, with next to nothing made beforehand.

Forms that begin alike stand side by side, and so do those that end alike if they are written
backwards. An edit spares one half of a word; what goes on from there is looked up when a word is
met that has such a half, and few letters do.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from typing import Final, NamedTuple

from tagnorm.engine.memory import Memory

__all__ = ["SortedForms"]

# Behind every letter.
_BEHIND: Final = "\U0010ffff"
# So many forms are compared one by one sooner than by their letters.
_FEW: Final = 3


class _Shared(NamedTuple):
    """What goes on from letters that forms share: the forms if they are few, else the letters."""

    few: tuple[str, ...]
    letters: str


class SortedForms:
    """The forms of a large vocabulary, in order.

    Args:
        forms: squashed forms; they are asked whether they hold a word, too.

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
        """What goes on from the first letters of some forms; kept."""
        return self._begun.add(head, _shared(self._ordered, head))

    def _ending(self, tail: str) -> _Shared:
        """What stands before the last letters of some forms; kept."""
        few, letters = _shared(self._backwards, tail[::-1])
        return self._ended.add(tail, _Shared(tuple([form[::-1] for form in few]), letters))


def _shared(ordered: list[str], head: str) -> _Shared:
    """What goes on from the first letters of some of the forms in order."""
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
