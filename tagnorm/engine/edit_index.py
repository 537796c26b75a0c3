"""Which codes may have been meant: the forms of a vocabulary by what one edit makes of them.

`EditIndex` holds the forms so that a word finds its candidates with one look-up or a handful, and
`JoinedEdits` says the same of the stretches of joined codes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from tagnorm.engine.edit_table import EditTable
from tagnorm.engine.edits import EDITS_BY_LENGTH, edit_between, edited, last_of_equals
from tagnorm.engine.memory import Memory
from tagnorm.engine.sorted_forms import SortedForms

__all__ = ["Candidate", "EditIndex", "JoinedEdits", "first_of_each"]


class Candidate(NamedTuple):
    """A code that one edit may have turned into a word, and what that costs."""

    cost: int
    tag: str
    how: str
    form: str


# Words shorter than that are written out once so many of them were asked for, unless so many forms
# are near that they would take tens of megabytes.
WRITTEN: Final = 7
_WORTH_WRITING: Final = 4000
_MOST_WRITTEN: Final = 1500
# In forms of so many letters it pays to look for a half of a word first.
_HALVED: Final = 8
# So many letters of a half of a form say first which lengths are worth a look; forms with shorter
# halves may be anywhere.
_LEAST_GUARD: Final = 2
_MOST_GUARD: Final = 4
# More than anything costs.
NEVER: Final = 1 << 29
# What so many forms are without a letter is held; more are looked through in order.
_MOST_HELD: Final = 1_500
# The halves of so many forms are held, which spare most words the search.
_MOST_HALVES: Final = 5_000
# As many stretches as a word of some length has are remembered, and those of a few words more.
_LAST: Final = 256


class EditIndex:
    """The forms of a vocabulary by what one edit makes of them.

    Two strings that are one edit apart are equal once each of them, or one, has lost a letter. So
    the index holds the forms of one length by what each is without one of its letters, made when
    they are first asked for; those of a large vocabulary stand in order instead. Where many short
    words are asked for, and the vocabulary is no larger than people can learn, what edits make of
    the forms is written out in full, unless a table has it: then a word takes one look-up.

    Args:
        forms: the forms that may be misspelled, each with its tag.
        families: the letters that begin codes of the vocabulary's families.
        price: what it costs that an edit made a word of some length of a form.
        joined_forms: those of the forms that may be misspelled within a segmentation.
        joined_price: what it costs there.
        table: what edits make of the short forms, where that was worked out before.

    >>> index = EditIndex({"PREL": "PREL", "PREF": "PREF"}, frozenset("PK"), lambda *edit: 1000)
    >>> [(candidate.tag, candidate.how) for candidate in index.candidates("PRE")]
    [('PREF', 'drop_last'), ('PREL', 'drop_last')]
    >>> index.cheapest("KPREL")
    Candidate(cost=1000, tag='PREL', how='add_family', form='PREL')
    """

    def __init__(
        self,
        forms: Mapping[str, str],
        families: frozenset[str],
        price: Callable[[str, int, str], int],
        joined_forms: Collection[str] = (),
        joined_price: Callable[[str, int, str], int] | None = None,
        table: EditTable | None = None,
    ) -> None:
        self._forms = forms
        self._families = families
        self._price = price
        self._joined_forms = joined_forms
        self._joined_price = price if joined_price is None else joined_price
        self._table = table
        self._by_length: dict[int, list[str]] = {}
        for form in forms:
            self._by_length.setdefault(len(form), []).append(form)
        self._longest = max(self._by_length, default=-2)
        self._is_held: bool = len(forms) <= _MOST_HELD
        self._are_halves_held: bool = len(forms) <= _MOST_HALVES
        # By length the forms by what they are without a letter.
        self._held: dict[int, dict[str, tuple[str, ...]]] = {}
        # Those of a large vocabulary in order, once they are asked for.
        self._sorted: SortedForms | None = None
        # What is near to the stretches of the last words: a word is gone through more than once.
        self._last_near: Memory[list[tuple[str, str]]] = Memory(_LAST)
        # Of long forms the first and the last halves.
        self._halves: dict[int, tuple[frozenset[str], frozenset[str]]] = {}
        # The lengths of forms by their first and last letters, made when they are asked for.
        self._guards: tuple[dict[str, tuple[int, ...]], dict[str, tuple[int, ...]]] | None = None
        unguarded = [n for n in self._by_length if (n - 1) // 2 < _LEAST_GUARD]
        # Stretches of so many letters may be one edit from a form wherever they stand.
        self.most_unguarded: int = max(unguarded, default=-1) + 1
        # Words of capital letters, written out by their length; None where they are not.
        self._written: list[dict[str, tuple[Candidate, ...]] | None] = [None] * WRITTEN
        # The candidates of the edits and forms of the table that came up so far: how long a word is
        # follows from these, too.
        self._met: dict[tuple[str, str], Candidate] = {}
        # What is written out or in the table of stretches of joined codes that came up: no more
        # than there are words near the short forms.
        self._met_joined: dict[str, tuple[Candidate, ...]] = {}
        # So many words of each length are asked for before all are written out: from 0 on never.
        self._waits: list[int] = [
            _WORTH_WRITING if len(self._near(length)) <= _MOST_WRITTEN else 0
            for length in range(WRITTEN)
        ]
        # Whether all short words are in a table, or are written out once many are asked for.
        self.is_small: bool = all(self._waits)

    def candidates(self, word: str) -> Sequence[Candidate]:
        """The codes that one edit may have turned into a word, cheapest first, then by tag.

        It is the same sequence each time, perhaps: not to be changed.
        """
        written = self.written_candidates(word)
        if written is not None:
            return written
        length = len(word)
        return sorted([self._meant(how, length, form) for how, form in self._near_to(word)])

    def joined_candidates(self, stretch: str, most: int) -> Sequence[Candidate]:
        """The same for a stretch of a segmentation, but for those that cost more than `most`."""
        written = self.written_joined(stretch)
        if written is not None:
            return written
        found = self._meant_joined(self._near_to(stretch), len(stretch))
        return sorted([candidate for candidate in found if candidate.cost <= most])

    def written_joined(self, stretch: str) -> tuple[Candidate, ...] | None:
        """The candidates for a stretch of a segmentation, if it is known without a search which
        they are."""
        found = self._met_joined.get(stretch)
        if found is not None:
            return found
        near = self._written_near(stretch)
        if near is None:
            return None
        if not near:
            return ()
        found = tuple(sorted(self._meant_joined(near, len(stretch))))
        self._met_joined[stretch] = found
        return found

    def _written_near(self, word: str) -> Sequence[tuple[str, str]] | None:
        """The forms that are one edit from a word, each behind the edit, if it is known without a
        search which they are."""
        near = self._near_in_table(word)
        if near is None:
            written = self.written_candidates(word)
            if written is not None:
                near = [(one.how, one.form) for one in written]
        return near

    def _near_in_table(self, word: str) -> Sequence[tuple[str, str]] | None:
        """The same if the table has them."""
        table = self._table
        if table is None or len(word) >= WRITTEN or not _is_plain(word):
            return None
        return table.near(word)

    def may_lack_letter(self, word: str, gap: int) -> bool:
        """Whether a form of plain letters may have lost one at a place of a word."""
        written = self.written_candidates(word)
        if written is None:
            size = len(word) + 1
            if not self._may_be_near(word, size):
                return False
            forms = self._without_a_letter(size, word)
        else:
            forms = [one.form for one in written]
        return any(form[:gap] + form[gap + 1 :] == word for form in forms)

    def written_candidates(self, word: str) -> tuple[Candidate, ...] | None:
        """The candidates for a word, if it is known without a search which they are."""
        length = len(word)
        if length < WRITTEN:
            if self._table is not None:
                near = self._near_in_table(word)
                if near is not None:
                    return tuple(sorted(self._of_table(near, length)))
            else:
                words = self._written[length] or self._asked_for(length)
                if words is not None:
                    written = words.get(word)
                    if written is not None:
                        return written
                    if _is_plain(word):
                        return ()
        return None if length <= self._longest + 1 else ()

    def _of_table(self, near: Sequence[tuple[str, str]], length: int) -> list[Candidate]:
        """The candidates for a word of some length, by what the table has of it."""
        found: list[Candidate] = []
        for edit in near:
            candidate = self._met.get(edit)
            if candidate is None:
                how, form = edit
                candidate = self._met[edit] = self._meant(how, length, form)
            found.append(candidate)
        return found

    def _near_to(self, word: str) -> list[tuple[str, str]]:
        """The forms that are one edit from a word, each behind the edit, in no order."""
        if self._is_held:
            return self._with_edits(word, self._held_near(word))
        if not self._have_halves_of(word):
            return []
        found = self._last_near.get(word)
        if found is None:
            near = self._with_edits(word, self._in_order().near(word))
            found = self._last_near.add(word, near)
        return found

    def _with_edits(self, word: str, near: Iterable[str]) -> list[tuple[str, str]]:
        """Those of some forms that are one edit from a word, each behind the edit."""
        families, found = self._families, list[tuple[str, str]]()
        for form in near:
            how = edit_between(word, form, families)
            if how is not None:
                found.append((how, form))
        return found

    def _in_order(self) -> SortedForms:
        """The forms of a large vocabulary in order; kept."""
        if self._sorted is None:
            self._sorted = SortedForms(self._forms)
        return self._sorted

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

    def _have_halves_of(self, word: str) -> bool:
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

    def cheapest(self, word: str) -> Candidate | None:
        """The first of the candidates, or None, by as few look-ups as will do."""
        near, length = self._near_in_table(word), len(word)
        if near is not None:
            return min(self._of_table(near, length)) if near else None
        written = self.written_candidates(word)
        if written is not None:
            return written[0] if written else None
        near = self._near_to(word)
        return min([self._meant(how, length, form) for how, form in near], default=None)

    def cheapest_joined(self, stretch: str) -> Candidate | None:
        """The first of the candidates for a stretch of a segmentation, or None."""
        near = self._written_near(stretch)
        if near is None:
            near = self._near_to(stretch)
        return min(self._meant_joined(near, len(stretch)), default=None) if near else None

    def written(self, length: int) -> Mapping[str, tuple[Candidate, ...]]:
        """All words of capital letters of a length that is written out, with their candidates."""
        return self._written[length] or {}

    def is_known(self, length: int) -> bool:
        """Whether the candidates for words of capital letters of some length are known without a
        search."""
        return length < WRITTEN and (self._table is not None or self._written[length] is not None)

    def _asked_for(self, length: int) -> dict[str, tuple[Candidate, ...]] | None:
        """The words of a length written out, if so many were asked for by now that it is worth it;
        else None."""
        left = self._waits[length] = self._waits[length] - 1
        return self._write_out(length) if left == 0 else None

    def _write_out(self, length: int) -> dict[str, tuple[Candidate, ...]]:
        """All words of a length that edits make of the forms, with their candidates; kept."""
        words: dict[str, tuple[Candidate, ...]] = {}
        for candidate in sorted(
            self._meant(how, length, form)
            for form in self._near(length)
            for how in EDITS_BY_LENGTH[length - len(form)]
        ):
            one: tuple[Candidate, ...] = (candidate,)
            form = candidate.form
            made = edited(form, candidate.how, self._families)
            for word in made if _is_plain(form) else filter(_is_plain, made):
                others = words.get(word)
                words[word] = one if others is None else others + one
        # Whole, so that no thread finds it half done.
        self._written[length] = words
        return words

    def _near(self, length: int) -> list[str]:
        """The forms from which an edit may make words of a length."""
        return [form for more in EDITS_BY_LENGTH for form in self._by_length.get(length - more, ())]

    def _meant(self, how: str, length: int, form: str) -> Candidate:
        return Candidate(self._price(how, length, form), self._forms[form], how, form)

    def _meant_joined(self, near: Sequence[tuple[str, str]], length: int) -> list[Candidate]:
        """The candidates for a stretch of some length among the forms that are near."""
        forms, joined_forms, price = self._forms, self._joined_forms, self._joined_price
        return [
            Candidate(price(how, length, form), forms[form], how, form)
            for how, form in near
            if form in joined_forms
        ]


class JoinedEdits:
    """The edits within a segmentation: what an index says of a stretch, as far as it goes for
    segmentations."""

    def __init__(self, index: EditIndex) -> None:
        self._index = index

    @property
    def are_cheap(self) -> bool:
        """Whether a look-up costs hardly anything: the edits are written out, or will be."""
        return self._index.is_small

    @property
    def most_unguarded(self) -> int:
        """Stretches of so many letters may always be a form with an edit; see `lengths_near`."""
        return self._index.most_unguarded

    def lengths_near(self, word: str) -> list[set[int]]:
        """By place the lengths of the longer stretches of a word that may be a form with an edit:
        an edit spares one half of a form."""
        return self._index.lengths_near(word)

    def are_known_in(self, word: str, length: int) -> bool:
        """Whether it takes no search to say what the stretches of a word of some length may be."""
        return self._index.is_known(length) and _is_plain(word)

    def candidates(self, stretch: str, most: int = NEVER) -> Sequence[Candidate]:
        """The codes that one edit may have turned into a stretch, cheapest first, then by tag.

        Those that cost more than `most` may be left out.
        """
        return self._index.joined_candidates(stretch, most)

    def cheapest(self, stretch: str) -> Candidate | None:
        """The first of the candidates, or None."""
        return self._index.cheapest_joined(stretch)


def first_of_each(candidates: Sequence[Candidate], n: int) -> Sequence[Candidate]:
    """Of candidates in order the first for each code, n at most: the n best have no further one."""
    if len(candidates) == 1:
        return candidates
    tags: set[str] = set()
    found: list[Candidate] = []
    for candidate in candidates:
        tag = candidate[1]
        if tag not in tags:
            tags.add(tag)
            found.append(candidate)
            if len(found) == n:
                break
    return found


def _is_plain(word: str) -> bool:
    """Whether a folded word is of the letters from A to Z alone."""
    return word.isascii() and word.isalpha()
