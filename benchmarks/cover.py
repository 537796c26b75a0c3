"""Peers that a programmer writes in an afternoon: they cover the string with entries.

Each returns a function from a raw string to the forms that cover it, or to one form that is no
entry where nothing does.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from string import ascii_uppercase

import ahocorasick  # type: ignore[import-not-found]

from benchmarks.training.lexicon import Lexicon

__all__ = ["ahocorasick_cover", "one_edit_cover", "regex_cover"]

Cut = Callable[[str], Sequence[str]]

_NOTHING = ("?",)
# What one edit costs in the dictionary of one-edit forms: of the even numbers from 2 to 20 the one
# with which it has most exact answers on the labelled strings.
_EDIT = 6.0


def _costs(lexicon: Lexicon) -> dict[str, float]:
    """Nats by form, at least one for each, so that few long entries beat many short ones."""
    total = sum(lexicon.counts.values())
    return {form: 1.0 + math.log(total / count) for form, count in lexicon.counts.items()}


def ahocorasick_cover(lexicon: Lexicon) -> Cut:
    """One pass of the automaton finds all entries, and the cheapest chain of them is kept.

    The entries come in the order of their ends, so that the places before are settled by then.
    """
    automaton = ahocorasick.Automaton()
    for form, cost in _costs(lexicon).items():
        automaton.add_word(form, (len(form), cost, form))
    automaton.make_automaton()
    find = automaton.iter

    def cut(raw: str) -> Sequence[str]:
        # by place: the cost of the cheapest chain that ends there, and its last entry
        cost_at = {0: 0.0}
        last_at: dict[int, tuple[int, str]] = {}
        for last, (length, cost, form) in find(raw):
            start = last + 1 - length
            if start in cost_at:
                total = cost_at[start] + cost
                if last + 1 not in cost_at or total < cost_at[last + 1]:
                    cost_at[last + 1] = total
                    last_at[last + 1] = (start, form)
        return _chain(last_at, len(raw))

    return cut


def regex_cover(lexicon: Lexicon) -> Cut:
    """`(?:A|B|...)*`, longest first: the whole must match, then `findall` gives the pieces."""
    forms = sorted(lexicon.tags, key=lambda form: (-len(form), form))
    one = "|".join(map(re.escape, forms))
    whole, pieces = re.compile(f"(?:{one})*"), re.compile(one)

    def cut(raw: str) -> Sequence[str]:
        return pieces.findall(raw) if whole.fullmatch(raw) else _NOTHING

    return cut


def one_edit_cover(lexicon: Lexicon) -> Cut:
    """A dictionary of every form one edit from an entry of four letters or more, and a chain."""
    meant = {form: (cost, form) for form, cost in _costs(lexicon).items()}
    for form, cost in _costs(lexicon).items():
        if len(form) >= 4:
            for wrong in _one_edit(form):
                if wrong not in meant or cost + _EDIT < meant[wrong][0]:
                    meant[wrong] = (cost + _EDIT, form)
    lengths = sorted({len(form) for form in meant})

    def cut(raw: str) -> Sequence[str]:
        cost_at, last_at = {0: 0.0}, {}
        for start in range(len(raw)):
            if start not in cost_at:
                continue
            before = cost_at[start]
            for length in lengths:
                end = start + length
                if end > len(raw):
                    break
                found = meant.get(raw[start:end])
                if found and before + found[0] < cost_at.get(end, math.inf):
                    cost_at[end] = before + found[0]
                    last_at[end] = (start, found[1])
        return _chain(last_at, len(raw))

    return cut


def _one_edit(form: str) -> set[str]:
    halves = [(form[:i], form[i:]) for i in range(len(form) + 1)]
    found = {a + b[1:] for a, b in halves if b}
    found |= {a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1}
    found |= {a + letter + b[1:] for a, b in halves if b for letter in ascii_uppercase}
    return found | {a + letter + b for a, b in halves for letter in ascii_uppercase}


def _chain(last_at: dict[int, tuple[int, str]], end: int) -> Sequence[str]:
    """The forms of the cheapest chain that ends at the end of the string."""
    if end not in last_at:
        return _NOTHING
    forms = []
    while end:
        end, form = last_at[end]
        forms.append(form)
    return forms[::-1]
