"""The atoms of a text, its words and marks, and how forms of several words stand among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from tagnorm.engine.text.characters import JOINERS, KINDS, LOST, MOST_LOST, WORD

__all__ = ["Atom", "AtomicForm", "atoms_of"]

_ATOM: Final = re.compile("w+|[^ws]")


class Atom(NamedTuple):
    """A word, or one character that is neither letter, digit nor space, and its kind."""

    text: str
    kind: str
    start: int
    end: int


def atoms_of(text: str, kinds: str) -> list[Atom]:
    """The atoms of a text; `kinds` has the kind of each of its characters.

    >>> [atom.text for atom in atoms_of("C++ UNGA", KINDS.of("C++ UNGA"))]
    ['C', '+', '+', 'UNGA']
    """
    spans = [match.span() for match in _ATOM.finditer(kinds)]
    return [Atom(text[start:end], kinds[start], start, end) for start, end in spans]


class AtomicForm(NamedTuple):
    """A form as its atoms.

    * `texts` -- what each atom is;
    * `are_spaced` -- whether a space stands behind it, as it does behind the last;
    * `words` -- those of the atoms that are words.
    """

    texts: tuple[str, ...]
    are_spaced: tuple[bool, ...]
    words: tuple[str, ...]

    @classmethod
    def of(cls, folded: str) -> AtomicForm:
        """The atoms of a form.

        >>> AtomicForm.of("UNGA/C-6").words
        ('UNGA', 'C', '6')
        """
        atoms = atoms_of(folded, KINDS.of(folded))
        return cls(
            tuple([atom.text for atom in atoms]),
            (*[one.end < other.start for one, other in pairwise(atoms)], True),
            tuple([atom.text for atom in atoms if atom.kind == WORD]),
        )

    def exact(self, atoms: Sequence[Atom], first: int, last: int) -> tuple[int, int] | None:
        """The atoms that the form takes up, from one on and before another, if it is written there
        with its own punctuation; else None.

        Args:
            atoms: those of a text.
            first: the atom that is its first word.
            last: the atom that is its last word.
        """
        form, spaced = self.texts, self.are_spaced
        lead = 0
        while form[lead] != atoms[first].text:
            lead += 1
        start = first - lead
        end = start + len(form)
        if start < 0 or end > len(atoms) or end <= last:
            return None
        if any(atoms[start + n].text != text for n, text in enumerate(form)):
            return None
        # Marks before the first word and behind the last belong to it only with the same spaces.
        edges = [*range(lead), *range(last - start, len(form) - 1)]
        stands = all(
            (atoms[start + n].end != atoms[start + n + 1].start) == spaced[n] for n in edges
        )
        return (start, end) if stands else None

    def loosely(self, atoms: Sequence[Atom], first: int, last: int) -> bool:
        """Whether the form stands from one atom to another with its words parted by its own marks,
        by a single joiner, by spaces alone, or by what is written for a mark that was lost."""
        there = _between([(atom.text, atom.kind) for atom in atoms[first : last + 1]])
        own = _between([(text, text.translate(KINDS)[0]) for text in self.texts])
        return all(
            marks == wanted
            or (len(marks) <= 1 and all(mark in JOINERS for mark in marks))
            or (wanted and len(marks) <= MOST_LOST and all(mark in LOST for mark in marks))
            for marks, wanted in zip(there, own, strict=True)
        )


def _between(atoms: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The marks between each two words of some atoms, given as texts and kinds."""
    found: list[list[str]] = [[]]
    for text, kind in atoms:
        if kind == WORD:
            found.append([])
        else:
            found[-1].append(text)
    return found[1:-1]
