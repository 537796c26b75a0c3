"""Which codes may have been meant by a word, and what each costs.

`EditIndex` finds the candidates for a word in a few look-ups; `JoinedEdits` finds those for a
stretch of joined codes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final, NamedTuple

from tagnorm.engine.costs import NEVER
from tagnorm.engine.edits.grammar import EDITS_BY_LENGTH, edited
from tagnorm.engine.edits.near_forms import NearForms
from tagnorm.engine.edits.numbering import Numbering
from tagnorm.engine.edits.table import LONGEST_WRITTEN, EditTable

__all__ = ["Candidate", "EditIndex", "JoinedEdits", "first_of_each"]


class Candidate(NamedTuple):
    """A code that one edit may have turned into a word, and what that costs."""

    cost: int
    tag: str
    how: str
    form: str


# The words of a length that edits make are written out as soon as so many words of it were asked
# for, ...
_WORTH_WRITING: Final = 4000
# ... unless they are made of more forms than this: they would take tens of megabytes.
_MOST_WRITTEN: Final = 1500


class EditIndex:
    """The forms of a vocabulary, found by the words that one edit makes of them.

    For short words one look-up will do: what edits make of the short forms is in a table, or, in a
    small vocabulary, it is written out once many short words were asked for. For other words
    `NearForms` finds the forms.

    Args:
        forms: the forms that may be misspelled, each with its tag.
        families: the letters that begin codes of the vocabulary's families.
        price: what it costs that an edit makes a word of a form, by the edit, the length of the
            word, and the form.
        joined_forms: those of the forms that may be misspelled within a segmentation.
        joined_price: what it costs there.
        table: what edits make of the short forms, if that is shipped.
        numbering: tells what is a form with another number, which is another code.

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
        numbering: Callable[[], Numbering] | None = None,
    ) -> None:
        self._forms = forms
        self._families = families
        self._price = price
        self._joined_forms = joined_forms
        self._joined_price = price if joined_price is None else joined_price
        self._table = table
        self.near = NearForms(forms, families, numbering)
        # Those that may be misspelled within a segmentation are few, and near few stretches.
        self.near_joined = NearForms(joined_forms, families, numbering)
        # By length: the words of capital letters that are written out, or None.
        self._written: list[dict[str, tuple[Candidate, ...]] | None] = [None] * (
            LONGEST_WRITTEN + 1
        )
        # The candidates made so far, by edit and form, which also tell how long the word is.
        self._met: dict[tuple[str, str], Candidate] = {}
        # The candidates for stretches of joined codes that were found without a search.
        self._met_joined: dict[str, tuple[Candidate, ...]] = {}
        # By length: how many more words are asked for before all are written out; 0 for never.
        self._waits: list[int] = [
            _WORTH_WRITING if len(self._near(length)) <= _MOST_WRITTEN else 0
            for length in range(LONGEST_WRITTEN + 1)
        ]
        # Whether the short words of every length are in a table, or may be written out.
        self.is_small: bool = all(self._waits)

    def candidates(self, word: str) -> Sequence[Candidate]:
        """The codes that one edit may have turned into a word, cheapest first, then by tag.

        The sequence may be remembered, and is not to be changed.
        """
        written = self.written_candidates(word)
        if written is not None:
            return written
        length = len(word)
        return sorted([self._meant(how, length, form) for how, form in self.near.to(word)])

    def joined_candidates(self, stretch: str, most: int) -> Sequence[Candidate]:
        """The same for a stretch of a segmentation; those that cost more than `most` may be left
        out."""
        written = self.written_joined(stretch)
        if written is not None:
            return written
        found = self._meant_joined(self.near.to(stretch), len(stretch))
        return sorted([candidate for candidate in found if candidate.cost <= most])

    def written_joined(self, stretch: str) -> tuple[Candidate, ...] | None:
        """The candidates for a stretch of a segmentation; None if they take a search."""
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
        """The forms that are one edit from a word, as pairs of edit and form; None if they take a
        search."""
        near = self._near_in_table(word)
        if near is None:
            written = self.written_candidates(word)
            if written is not None:
                near = [(one.how, one.form) for one in written]
        return near

    def _near_in_table(self, word: str) -> Sequence[tuple[str, str]] | None:
        """The same by the table alone; None if it does not hold such words."""
        table = self._table
        if table is None or len(word) > LONGEST_WRITTEN or not _is_plain(word):
            return None
        return table.near(word)

    def may_lack_letter(self, word: str, gap: int) -> bool:
        """Whether a form without one of its letters is a word, and the letter stood at a gap of the
        word."""
        written = self.written_candidates(word)
        if written is None:
            forms = self.near.with_a_letter_more(word)
        else:
            forms = [one.form for one in written]
        return any(form[:gap] + form[gap + 1 :] == word for form in forms)

    def written_candidates(self, word: str) -> tuple[Candidate, ...] | None:
        """The candidates for a word; None if they take a search."""
        length = len(word)
        if length <= LONGEST_WRITTEN:
            if self._table is not None:
                near = self._near_in_table(word)
                if near is not None:
                    return tuple(sorted(self._of_table(near, length))) if near else ()
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
        """The candidates for a word of some length, of the pairs that the table has for it."""
        found: list[Candidate] = []
        for edit in near:
            candidate = self._met.get(edit)
            if candidate is None:
                how, form = edit
                candidate = self._met[edit] = self._meant(how, length, form)
            found.append(candidate)
        return found

    def cheapest(self, word: str) -> Candidate | None:
        """The first of the candidates for a word, or None; faster than to sort them all."""
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

    def is_known(self, length: int) -> bool:
        """Whether the candidates for words of capital letters of some length take no search."""
        return length <= LONGEST_WRITTEN and (
            self._table is not None or self._written[length] is not None
        )

    def _asked_for(self, length: int) -> dict[str, tuple[Candidate, ...]] | None:
        """Count that a word of a length was asked for; the words written out if that makes it
        worth it, else None."""
        left = self._waits[length] = self._waits[length] - 1
        return self._write_out(length) if left == 0 else None

    def _write_out(self, length: int) -> dict[str, tuple[Candidate, ...]]:
        """Write out all words of a length that edits make of the forms, with their candidates."""
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
        for word in filter(self.near.has_another_number, list(words)):
            del words[word]
        for word in filter(self.near.is_plural_of_numbered, list(words)):
            words[word] = tuple([one for one in words[word] if one.form == word[:-1]])
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
    """An `EditIndex` as segmentations ask it: about the stretches of joined codes."""

    def __init__(self, index: EditIndex) -> None:
        self._index = index

    @property
    def are_cheap(self) -> bool:
        """Whether a look-up costs hardly anything, since the edits are written out, or will be."""
        return self._index.is_small

    @property
    def most_unguarded(self) -> int:
        """The length up to which any stretch may be a form with an edit: `lengths_near` says which
        of the longer ones may."""
        return self._index.near_joined.most_unguarded

    def lengths_near(self, word: str) -> list[set[int]]:
        """For each place of a word the lengths of the longer stretches from there on that may be a
        form with an edit, by the half of the form that an edit leaves as it was."""
        return self._index.near_joined.lengths_near(word)

    def are_known_in(self, word: str, length: int) -> bool:
        """Whether the candidates for stretches of a word take no search, if they have a length."""
        return self._index.is_known(length) and _is_plain(word)

    def candidates(self, stretch: str, most: int = NEVER) -> Sequence[Candidate]:
        """The codes that one edit may have turned into a stretch, cheapest first, then by tag;
        those that cost more than `most` may be left out."""
        return self._index.joined_candidates(stretch, most)

    def cheapest(self, stretch: str) -> Candidate | None:
        """The first of the candidates for a stretch, or None."""
        return self._index.cheapest_joined(stretch)


def first_of_each(candidates: Sequence[Candidate], n: int = NEVER) -> Sequence[Candidate]:
    """The first candidate for each code, of candidates in order, and no more than n of them."""
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
