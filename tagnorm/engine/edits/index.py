"""Which codes may have been meant by a word, and what each costs.

`EditIndex` finds the candidates for a word with one look-up or a handful, and `JoinedEdits` says
the same of the stretches of joined codes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final, NamedTuple

from tagnorm.engine.costs import NEVER
from tagnorm.engine.edits.grammar import EDITS_BY_LENGTH, edited
from tagnorm.engine.edits.near_forms import NearForms
from tagnorm.engine.edits.table import EditTable

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


class EditIndex:
    """The forms of a vocabulary by what one edit makes of them.

    Where many short words are asked for, and the vocabulary is no larger than people can learn,
    what edits make of the forms is written out in full, unless a table has it: then a word takes
    one look-up. For other words `NearForms` says which forms are near.

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
        self.near = NearForms(forms, families)
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
        return sorted([self._meant(how, length, form) for how, form in self.near.to(word)])

    def joined_candidates(self, stretch: str, most: int) -> Sequence[Candidate]:
        """The same for a stretch of a segmentation, but for those that cost more than `most`."""
        written = self.written_joined(stretch)
        if written is not None:
            return written
        found = self._meant_joined(self.near.to(stretch), len(stretch))
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
            forms = self.near.with_a_letter_more(word)
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
        return None if length <= self.near.longest + 1 else ()

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

    def cheapest(self, word: str) -> Candidate | None:
        """The first of the candidates, or None, by as few look-ups as will do."""
        near, length = self._near_in_table(word), len(word)
        if near is not None:
            return min(self._of_table(near, length)) if near else None
        written = self.written_candidates(word)
        if written is not None:
            return written[0] if written else None
        near = self.near.to(word)
        return min([self._meant(how, length, form) for how, form in near], default=None)

    def cheapest_joined(self, stretch: str) -> Candidate | None:
        """The first of the candidates for a stretch of a segmentation, or None."""
        near = self._written_near(stretch)
        if near is None:
            near = self.near.to(stretch)
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
        return [form for more in EDITS_BY_LENGTH for form in self.near.of_length(length - more)]

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
        return self._index.near.most_unguarded

    def lengths_near(self, word: str) -> list[set[int]]:
        """By place the lengths of the longer stretches of a word that may be a form with an edit:
        an edit spares one half of a form."""
        return self._index.near.lengths_near(word)

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
