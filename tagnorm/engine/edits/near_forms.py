"""Which forms of a vocabulary are one edit from a word, of any length.

Two strings that are one edit apart are equal once one of them, or each, has lost a letter. And an
edit leaves one half of a form as it was: a word that has no half of a form is not near it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain
from typing import Final

from tagnorm.engine.edits.grammar import edit_between, last_of_equals
from tagnorm.engine.edits.halves import Halves
from tagnorm.engine.edits.numbering import Numbering
from tagnorm.engine.edits.sorted_forms import SortedForms
from tagnorm.engine.memory import Memory

__all__ = ["NearForms"]

# Forms of at least this length are looked up by a half of the word first.
_HALVED: Final = 8
# A guard is what a form begins or ends with: as many letters of its half as these at most. Forms
# whose halves are shorter than the least guard may be anywhere.
_LEAST_GUARD: Final = 2
_MOST_GUARD: Final = 4
# In a vocabulary of no more forms than this each is held by what it is without a letter; those of a
# larger one are sorted.
_MOST_HELD: Final = 1_500
# In a vocabulary of no more forms than this their halves are held, too: most words have none.
_MOST_HALVES: Final = 5_000
# How many stretches are remembered: those of a few words.
_LAST: Final = 256


class NearForms:
    """The forms of a vocabulary, found by words that are one edit from them.

    The forms of a small vocabulary are held by what they are without one of their letters, for each
    length when it is first asked for; those of a large one are sorted instead.

    Args:
        forms: squashed forms, as a collection that is fast to ask for one of them.
        families: the letters that begin codes of the vocabulary's families.
        numbering: tells what is a form with another number: it is another code, and near none.

    >>> forms = NearForms(["PREL", "PREF"], frozenset("PK"))
    >>> sorted(forms.to("PRE")), forms.to("KPREL")
    ([('drop_last', 'PREF'), ('drop_last', 'PREL')], [('add_family', 'PREL')])
    """

    def __init__(
        self,
        forms: Collection[str],
        families: frozenset[str],
        numbering: Callable[[], Numbering] | None = None,
    ) -> None:
        self._forms = forms
        self._families = families
        self._numbering = numbering
        self._by_length: dict[int, list[str]] = {}
        for form in forms:
            self._by_length.setdefault(len(form), []).append(form)
        # The length of the longest form; where there is none, too small for any word to be near.
        self.longest: int = max(self._by_length, default=-2)
        self._is_held: bool = len(forms) <= _MOST_HELD
        self._are_halves_held: bool = len(forms) <= _MOST_HALVES
        # By length: the forms by what they are without a letter.
        self._held: dict[int, dict[str, tuple[str, ...]]] = {}
        # The forms of a larger vocabulary, made when they are first asked for: those near which
        # words of a length may be, or, where no halves are held, all at 0.
        self._sorted: dict[int, SortedForms] = {}
        # The forms near the last stretches: a word is gone through more than once.
        self._last_near: Memory[list[tuple[str, str]]] = Memory(_LAST)
        # The same, others among them, of words whose number was asked about: their edits are next.
        self._last_asked: Memory[set[str]] = Memory(_LAST)
        self._halves = Halves(self._by_length)
        # The lengths of the forms by their guards, first and last, made when they are asked for.
        self._guards: tuple[dict[str, tuple[int, ...]], dict[str, tuple[int, ...]]] | None = None
        unguarded = [n for n in self._by_length if (n - 1) // 2 < _LEAST_GUARD]
        # The longest stretch that may be one edit from a form without a guard.
        self.most_unguarded: int = max(unguarded, default=-1) + 1

    def of_length(self, length: int) -> Sequence[str]:
        """The forms of a length."""
        return self._by_length.get(length, ())

    def to(self, word: str) -> list[tuple[str, str]]:
        """The forms that are one edit from a word, as pairs of edit and form, in no order."""
        if self._is_held:
            return self._one_edit_away(word, self._may_be_one_edit_away(word))
        if self._are_halves_held and not self._halves.may_be_near(word):
            return []
        found = self._last_near.get(word)
        if found is None:
            near = self._one_edit_away(word, self._may_be_one_edit_away(word))
            found = self._last_near.add(word, near)
        return found

    def has_another_number(self, word: str) -> bool:
        """Whether a word is another code: a form with another number, and not just a plural."""
        if self._numbering is None or len(word) not in self._numbering().lengths:
            return False
        return not self.is_plural(word) and self._are_another(word)

    def is_plural(self, word: str) -> bool:
        """Whether a word is the plural of a form: its S is no number (`PDFs` beside PDF/A).

        >>> NearForms(["PDF", "PDFA"], frozenset()).is_plural("PDFS")
        True
        """
        return word[-1:] == "S" and word[:-1] in self._forms

    def is_plural_of_numbered(self, word: str) -> bool:
        """Whether a word is the plural of a form, and another form with another number as well."""
        return self.is_plural(word) and self._numbering is not None and self._are_another(word)

    def _are_another(self, word: str) -> bool:
        """Whether a word is a form with another number."""
        return self._is_another(word, self._last_asked.add(word, self._may_be_one_edit_away(word)))

    def _may_be_one_edit_away(self, word: str) -> set[str]:
        """The forms that are one edit from a word; others may be among them."""
        near = self._last_asked.get(word)
        if near is None:
            near = self._held_near(word) if self._is_held else self._sorted_near(word)
        return near

    def _is_another(self, word: str, near: Iterable[str]) -> bool:
        """Whether a word is one of some forms with another number."""
        if self._numbering is None:
            return False
        is_another = self._numbering().is_another
        return any(is_another(word, form) for form in near)

    def _one_edit_away(self, word: str, near: Iterable[str]) -> list[tuple[str, str]]:
        """Those of some forms that are one edit from a word, as pairs of edit and form; none if the
        word is one of them with another number."""
        families, found = self._families, list[tuple[str, str]]()
        for form in near:
            how = edit_between(word, form, families)
            if how is not None:
                found.append((how, form))
        if found and self._is_another(word, [form for _, form in found]):
            return [("add_last", word[:-1])] if self.is_plural(word) else []
        return found

    def _sorted_near(self, word: str) -> set[str]:
        """The forms of a larger vocabulary that are one edit from a word; others may be among
        them."""
        size = len(word) if self._are_halves_held else 0
        in_order = self._sorted.get(size)
        if in_order is None:
            in_order = SortedForms(self._of_about(size) if size else self._forms)
            self._sorted[size] = in_order
        return in_order.near(word)

    def _of_about(self, length: int) -> frozenset[str]:
        """The forms of a length, and those with a letter more or less."""
        sizes = length - 1, length, length + 1
        return frozenset(chain.from_iterable(map(self.of_length, sizes)))

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
        """For each place of a word the lengths of the stretches from there on that may be one edit
        from a form, as far as the forms have guards: one of its halves must be there."""
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
                    if half <= letters or word[at : at + half] in self._halves.of(length)[0]:
                        found[at].update((length - 1, length, length + 1))
                end = at + letters
                for length in tails.get(guard, ()):
                    half = (length - 1) // 2
                    if half <= letters or word[end - half : end] in self._halves.of(length)[1]:
                        for start in range(max(end - length - 1, 0), end - length + 2):
                            found[start].add(end - start)
        return found

    def _made_guards(self) -> tuple[dict[str, tuple[int, ...]], dict[str, tuple[int, ...]]]:
        """The lengths of the forms by their guards: by their first letters, and by their last."""
        heads: dict[str, tuple[int, ...]] = {}
        tails: dict[str, tuple[int, ...]] = {}
        for length, forms in sorted(self._by_length.items()):
            letters, one = min((length - 1) // 2, _MOST_GUARD), (length,)
            if letters >= _LEAST_GUARD:
                for head in {form[:letters] for form in forms}:
                    heads[head] = heads.get(head, ()) + one
                for tail in {form[-letters:] for form in forms}:
                    tails[tail] = tails.get(tail, ()) + one
        return heads, tails

    def _may_be_near(self, word: str, size: int) -> bool:
        """Whether a form of a length may be one edit from a word, by its halves if it is long."""
        if size < _HALVED:
            return size in self._by_length
        return self._halves.has_one(word, size)

    def _without_a_letter(self, size: int, rest: str) -> Sequence[str]:
        """The forms of a length that are some letters once they have lost one of their own; others
        may be among them."""
        held = self._held.get(size)
        return (self._hold(size) if held is None else held).get(rest, ())

    def _hold(self, size: int) -> dict[str, tuple[str, ...]]:
        """Hold the forms of a length by what they are without a letter."""
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
