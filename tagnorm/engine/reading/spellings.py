"""How the forms of a vocabulary are written: case, marks and accents, which folding removes.

Forms are found by their letters alone. Where several codes have the same letters, the way a raw
text is written tells which of them is meant; and where codes have marks, a missing mark is damage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from unicodedata import combining

from tagnorm.engine.edits.grammar import EDIT_NAMES
from tagnorm.engine.edits.index import Candidate
from tagnorm.engine.model import Model
from tagnorm.engine.prices.code_prices import Entry
from tagnorm.engine.search.lattice import Piece
from tagnorm.folding import fold, fold_case, fold_spaced, squash

__all__ = ["Spellings", "distance", "marks_missing"]


class Spellings:
    """The spellings of the forms of one model.

    >>> from tagnorm.vocabulary.codes import Taxonomy
    >>> spellings = Spellings(Model(Taxonomy.of(["C", "C++", "75.22"])))
    >>> [entry.code.tag for entry in spellings.entries_of("C", "c++")]
    ['C++']
    >>> spellings.marks_astray("7522", "75.2"), spellings.marks_astray("7522", "7.52")
    (0, 1)
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        self._entries = model.entries
        self._alike = model.alike
        # The aliases that have marks, by their squashed forms.
        self._marked_aliases: dict[str, str] = {}
        if model.weighs_marks:
            named = ((squash(one.alias), one.alias) for one in model.taxonomy.forms)
            self._marked_aliases = {form: name for form, name in named if form != name}

    def entries_of(self, form: str, raw: str) -> list[Entry]:
        """The entries that a raw text may stand for, one for each code, the likeliest first.

        There are several where entries differ in case, marks or punctuation alone. Then the one
        that is written exactly so is meant; else those that differ in case alone, then those that
        are equal when folded, or, where marks count, those that are nearest; else all. Who leaves
        out marks leaves out all of them: nothing is nearer to a text that has none (`C`, where the
        codes are C++ and C#).

        Args:
            form: the letters of the raw text, squashed; those of an entry.
            raw: the text as it is written.
        """
        alike = self._alike.get(form)
        if alike is None:
            return [self._entries[form]]
        found = [alike[raw]] if raw in alike else []
        for folded in (fold_case, fold_spaced):
            found = found or [e for name, e in alike.items() if folded(name) == folded(raw)]
        if not found and self._model.weighs_marks and not raw.isalnum():
            astray = {name: distance(fold_spaced(raw), fold_spaced(name)) for name in alike}
            least = min(astray.values())
            found = [alike[name] for name, marks in astray.items() if marks == least]
        ordered = sorted(found or alike.values(), key=Entry.rank)
        likeliest: dict[str, Entry] = {}
        for entry in ordered:
            likeliest.setdefault(entry.code.tag, entry)
        return list(likeliest.values())

    def has_marks(self, form: str) -> bool:
        """Whether the vocabulary writes a form with marks, or in several ways."""
        entry = self._entries[form]
        if entry.how != "canonical":
            return form in self._marked_aliases
        return not entry.code.tag.isalnum() or form in self._alike

    def has_more_marks(self, form: str, raw: str) -> bool:
        """Whether a raw text has more of the marks that tell codes with the same letters apart than
        any of these codes.

        >>> from tagnorm.vocabulary.codes import Taxonomy
        >>> grades = Spellings(Model(Taxonomy.of(["A", "A+", "A-"])))
        >>> [grades.has_more_marks("A", raw) for raw in ("A++", "a+", "A+!", "A")]
        [True, False, False, False]
        """
        alike = self._alike.get(form)
        if alike is None or raw.isalnum():
            return False
        telling = {mark for name in alike for mark in name if not mark.isalnum()} - {" "}
        marks = Counter([mark for mark in raw if mark in telling])
        return not any(marks <= Counter(name) for name in alike)

    def codes_of(self, form: str, tag: str, raw: str | None) -> list[tuple[str, int]]:
        """The codes of a form, each with how many marks are wrong in a raw text, besides one edit;
        0 without a text."""
        text = None if raw is None else fold_case(raw)
        if form not in self._model.several:
            return [(tag, 0 if text is None else max(self.marks_astray(form, text), 0))]
        alike = self._alike[form]
        if text is None:
            return [(entry.code.tag, 0) for entry in alike.values()]
        return [
            (entry.code.tag, max(distance(text, fold_case(name)) - 1, 0))
            for name, entry in alike.items()
        ]

    def marks_astray(self, form: str, raw: str) -> int:
        """How many marks and accents are missing or wrong in a raw text, besides one edit.

        Args:
            form: the squashed form that is meant.
            raw: the text, of which case alone is folded.
        """
        alike = self._alike.get(form)
        if alike is not None:
            return min(distance(raw, fold_case(name)) for name in alike) - 1
        return distance(raw, fold_case(self._name_of(form))) - 1

    def accents_astray(self, form: str, raw: str) -> int:
        """How many accents a raw text has that a form does not have, besides one edit."""
        text, name = _letters(raw), _letters(self._name_of(form))
        others = _other_accents(text, name)
        return min(others, distance(text, name) - 1) if others else 0

    def is_other_word(self, form: str, raw: str) -> bool:
        """Whether a raw text with the letters of a form has an accent that the form has in none of
        its spellings, or one sign for several letters (the numeral of one character in `Ⅳ`)."""
        names: Collection[str] = self._alike.get(form) or (self._name_of(form),)
        text, shortest = _letters(raw), min(map(len, names))
        signs = sum(map(str.isalnum, raw))
        return signs < min(shortest, len(form)) or all(
            _other_accents(text, _letters(name)) for name in names
        )

    def _name_of(self, form: str) -> str:
        """A squashed form as the vocabulary writes it."""
        entry = self._entries[form]
        return entry.code.tag if entry.how == "canonical" else self._marked_aliases.get(form, form)

    def with_mark_too_many(self, form: str, raw: str) -> list[Candidate]:
        """The codes of a form of which a raw text has the letters and one mark too many: `A+AA` for
        the code `AAA`."""
        entry = self._entries.get(form)
        if entry is None:
            return []
        text, how, found = fold_case(raw), "add_inner", []
        for name, one in (self._alike.get(form) or {entry.code.tag: entry}).items():
            written = fold_case(name)
            is_longer = len(text) == len(written) + 1
            if one.how == "canonical" and is_longer and distance(text, written) == 1:
                cost = self._model.code_prices.with_edit(one, how, len(form))
                found.append(Candidate(cost, one.code.tag, how, form))
        return sorted(found)

    def most_like(self, word: str, tag: str, raw: str) -> list[str]:
        """Of the codes with the same letters as some code, those that are written most like a raw
        text; none if no other has these letters.

        Args:
            word: the folded word, one edit from the form of the code.
            tag: the code.
            raw: the word as it is written.
        """
        alike = self._alike_with_edit(word, tag)
        if alike is None:
            return []
        distances = _distances(alike, raw)
        least = min(distances.values())
        nearest = [alike[name] for name, distance in distances.items() if distance == least]
        return list(dict.fromkeys(entry.code.tag for entry in sorted(nearest, key=Entry.rank)))

    def tag_of(self, word: str, piece: Piece, raws: Sequence[str]) -> tuple[str, int] | None:
        """Which code a piece means, if several have its letters, by several raw texts that may be
        its own; and the index of the text that tells so. None if there is one such code alone.

        The first text counts that is exactly written as a code, or else the first of all. Of codes
        with an edit that one is meant which is most like one of the texts.
        """
        if piece.how in EDIT_NAMES and piece.tag is not None:
            return self._nearest_tag(word, piece.tag, raws)
        alike = self._alike.get(word)
        if alike is None:
            return None
        for nth, raw in enumerate(raws):
            if raw in alike:
                return alike[raw].code.tag, nth
        return self.entries_of(word, raws[0])[0].code.tag, 0

    def _nearest_tag(self, word: str, tag: str, raws: Sequence[str]) -> tuple[str, int] | None:
        """The code with the letters of some code that is most like one of several texts, and the
        index of that text; None if no other code has these letters."""
        alike = self._alike_with_edit(word, tag)
        if alike is None:
            return None
        _, _, nth, meant = min(
            (*distance, nth, alike[name].rank())
            for nth, raw in enumerate(raws)
            for name, distance in _distances(alike, raw).items()
        )
        return meant[-1], nth

    def _alike_with_edit(self, word: str, tag: str) -> Mapping[str, Entry] | None:
        """The entries with the same letters as a code that is one edit from a word, by how they are
        written; None if no other has these letters."""
        meant = self._model.corrections(word)
        form = next((one.form for one in meant if one.tag == tag), None)
        return self._alike.get(form or "")


def marks_missing(tag: str, raw: str) -> int:
    """How many marks of a code are missing in a raw text; 0 if the text has other letters.

    >>> marks_missing("U.S.", "us"), marks_missing("U.S.", "u.s.")
    (2, 0)
    """
    text, name = fold_case(raw), fold_case(tag)
    return distance(text, name) if text != name and squash(tag) == squash(raw) else 0


def distance(one: str, other: str) -> int:
    """How many edits lie between two texts: letters dropped, added or replaced, or two swapped.

    >>> distance("75.22", "7.522")
    1
    """
    from rapidfuzz.distance import OSA  # noqa: PLC0415 -- vocabularies without marks need none

    return int(OSA.distance(one, other))


def _distances(names: Iterable[str], raw: str) -> dict[str, tuple[int, int]]:
    """For each of some names, how many edits lie between it and a raw text, both folded; and how
    many if case alone is folded."""
    folded, cased = fold(raw), raw.casefold()
    return {
        name: (distance(folded, fold(name)), distance(cased, name.casefold())) for name in names
    }


def _letters(raw: str) -> str:
    """The letters and digits of a text with their accents; case and compatibility forms are
    folded."""
    return "".join([one for one in fold_case(raw) if one.isalnum() or combining(one)])


def _other_accents(text: str, name: str) -> int:
    """How many letters of a text have accents that those of a name do not have."""
    return (Counter(filter(_has_accent, text)) - Counter(name)).total()


def _has_accent(letter: str) -> bool:
    """Whether a letter has an accent, which folding removes."""
    return not letter.isascii() and fold(letter) != letter.upper()
