"""Which forms of a vocabulary are one edit from a word, of any length.

Two strings that are one edit apart are equal once each of them, or one, has lost a letter; and an
edit spares one half of a form, so that most words are near none of so many letters at a glance.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from tagnorm.engine.edits.grammar import edit_between, last_of_equals
from tagnorm.engine.edits.sorted_forms import SortedForms
from tagnorm.engine.memory import Memory

__all__ = ["NearForms"]

# In forms of so many letters it pays to look for a half of a word first.
_HALVED: Final = 8
# So many letters of a half of a form say first which lengths are worth a look; forms with shorter
# halves may be anywhere.
_LEAST_GUARD: Final = 2
_MOST_GUARD: Final = 4
# What so many forms are without a letter is held; more are looked through in order.
_MOST_HELD: Final = 1_500
# The halves of so many forms are held, which spare most words the search.
_MOST_HALVES: Final = 5_000
# As many stretches as a word of some length has are remembered, and those of a few words more.
_LAST: Final = 256


class NearForms:
    """The forms of a vocabulary, found by words that are one edit from them.

    The forms of one length are held by what each is without one of its letters, made when they are
    first asked for; those of a large vocabulary stand in order instead.

    Args:
        forms: squashed forms; they are asked whether they hold a word, too.
        families: the letters that begin codes of the vocabulary's families.

    >>> forms = NearForms(["PREL", "PREF"], frozenset("PK"))
    >>> sorted(forms.to("PRE")), forms.to("KPREL")
    ([('drop_last', 'PREF'), ('drop_last', 'PREL')], [('add_family', 'PREL')])
    """

    def __init__(self, forms: Collection[str], families: frozenset[str]) -> None:
        self._forms = forms
        self._families = families
        self._by_length: dict[int, list[str]] = {}
        for form in forms:
            self._by_length.setdefault(len(form), []).append(form)
        # How many letters the longest form has; no word comes near what stands for none.
        self.longest: int = max(self._by_length, default=-2)
        self._is_held: bool = len(forms) <= _MOST_HELD
        self._are_halves_held: bool = len(forms) <= _MOST_HALVES
        # By length the forms by what they are without a letter.
        self._held: dict[int, dict[str, tuple[str, ...]]] = {}
        # Those of a large vocabulary in order, once they are asked for.
        self._ordered: SortedForms | None = None
        # What is near to the stretches of the last words: a word is gone through more than once.
        self._last_near: Memory[list[tuple[str, str]]] = Memory(_LAST)
        # Of long forms the first and the last halves.
        self._halves: dict[int, tuple[frozenset[str], frozenset[str]]] = {}
        # The lengths of forms by their first and last letters, made when they are asked for.
        self._guards: tuple[dict[str, tuple[int, ...]], dict[str, tuple[int, ...]]] | None = None
        unguarded = [n for n in self._by_length if (n - 1) // 2 < _LEAST_GUARD]
        # Stretches of so many letters may be one edit from a form wherever they stand.
        self.most_unguarded: int = max(unguarded, default=-1) + 1

    def of_length(self, length: int) -> Sequence[str]:
        """The forms of so many letters."""
        return self._by_length.get(length, ())

    def to(self, word: str) -> list[tuple[str, str]]:
        """The forms that are one edit from a word, each behind the edit, in no order."""
        if self._is_held:
            return self._one_edit_away(word, self._held_near(word))
        if not self._may_be_near_any(word):
            return []
        found = self._last_near.get(word)
        if found is None:
            near = self._one_edit_away(word, self._in_order().near(word))
            found = self._last_near.add(word, near)
        return found

    def _one_edit_away(self, word: str, near: Iterable[str]) -> list[tuple[str, str]]:
        """Those of some forms that are one edit from a word, each behind the edit."""
        families, found = self._families, list[tuple[str, str]]()
        for form in near:
            how = edit_between(word, form, families)
            if how is not None:
                found.append((how, form))
        return found

    def _in_order(self) -> SortedForms:
        """The forms of a large vocabulary in order; kept."""
        if self._ordered is None:
            self._ordered = SortedForms(self._forms)
        return self._ordered

    def _held_near(self, word: str) -> set[str]:
        """The forms of a small vocabulary that are one edit from a word; others may be among
        them."""
        length, forms = len(word), set[str]()
        if self._may_be_near(word, length + 1):
            forms.update(self._without_a_letter(length + 1, word))
        same, fewer = self._may_be_near(word, length), self._may_be_near(word, length - 1)
        if same or fewer:
            for rest in {word[:at] + word[at + 1 :] for at in last_of_equals(word)}:
                if same:
                    forms.update(self._without_a_letter(length, rest))
                if fewer and rest in self._forms:
                    forms.add(rest)
        return forms

    def with_a_letter_more(self, word: str) -> Sequence[str]:
        """The forms that may be a word without one of their letters; others may be among them."""
        size = len(word) + 1
        return self._without_a_letter(size, word) if self._may_be_near(word, size) else ()

    def lengths_near(self, word: str) -> list[set[int]]:
        """By place the lengths of the stretches of a word that a form may be near by its halves."""
        guards = self._guards
        if guards is None:
            guards = self._guards = self._made_guards()
        heads, tails = guards
        size = len(word)
        found: list[set[int]] = [set() for _ in word]
        for letters in range(_LEAST_GUARD, _MOST_GUARD + 1):
            for at in range(size - letters + 1):
                guard = word[at : at + letters]
                for length in heads.get(guard, ()):
                    half = (length - 1) // 2
                    if half <= letters or word[at : at + half] in self._halves_of(length)[0]:
                        found[at].update((length - 1, length, length + 1))
                end = at + letters
                for length in tails.get(guard, ()):
                    half = (length - 1) // 2
                    if half <= letters or word[end - half : end] in self._halves_of(length)[1]:
                        for start in range(max(end - length - 1, 0), end - length + 2):
                            found[start].add(end - start)
        return found

    def _made_guards(self) -> tuple[dict[str, tuple[int, ...]], dict[str, tuple[int, ...]]]:
        """The lengths of the forms by their first letters and by their last ones: as many as a half
        has, and no more than `_MOST_GUARD`."""
        heads: dict[str, set[int]] = {}
        tails: dict[str, set[int]] = {}
        for length, forms in self._by_length.items():
            letters = min((length - 1) // 2, _MOST_GUARD)
            if letters >= _LEAST_GUARD:
                for head in {form[:letters] for form in forms}:
                    heads.setdefault(head, set()).add(length)
                for tail in {form[-letters:] for form in forms}:
                    tails.setdefault(tail, set()).add(length)
        by_head, by_tail = (
            {guard: tuple(sorted(lengths)) for guard, lengths in guards.items()}
            for guards in (heads, tails)
        )
        return by_head, by_tail

    def _may_be_near(self, word: str, size: int) -> bool:
        """Whether a form of a size may be one edit from a word, by its halves if it is long."""
        if size < _HALVED:
            return size in self._by_length
        return self._has_half_of(word, size)

    def _may_be_near_any(self, word: str) -> bool:
        """Whether any form may be one edit from a word, by its halves as far as these are held."""
        size = len(word)
        return not self._are_halves_held or (
            self._has_half_of(word, size)
            or self._has_half_of(word, size - 1)
            or self._has_half_of(word, size + 1)
        )

    def _has_half_of(self, word: str, size: int) -> bool:
        """Whether a form of a size has a half of a word: an edit spares one of them."""
        half = (size - 1) // 2
        if half < 1:
            return size in self._by_length
        heads, tails = self._halves_of(size)
        return word[:half] in heads or word[-half:] in tails

    def _halves_of(self, size: int) -> tuple[frozenset[str], frozenset[str]]:
        """The first and the last halves of the forms of a size, without a letter between them."""
        halves = self._halves.get(size)
        if halves is None:
            half, forms = (size - 1) // 2, self._by_length.get(size, ())
            heads = frozenset([form[:half] for form in forms])
            halves = self._halves[size] = heads, frozenset([form[-half:] for form in forms])
        return halves

    def _without_a_letter(self, size: int, rest: str) -> Sequence[str]:
        """The forms of a size that may be something without one of their letters; others may be
        among them."""
        held = self._held.get(size)
        return (self._hold(size) if held is None else held).get(rest, ())

    def _hold(self, size: int) -> dict[str, tuple[str, ...]]:
        """The forms of a size by what they are without a letter; kept."""
        held: dict[str, tuple[str, ...]] = {}
        for form in self._by_length.get(size, ()):
            one = (form,)
            for at in last_of_equals(form):
                rest = form[:at] + form[at + 1 :]
                others = held.get(rest)
                held[rest] = one if others is None else others + one
        # Whole, so that no thread finds it half done.
        self._held[size] = held
        return held
