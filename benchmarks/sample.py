"""Seventy thousand strings on which two versions are compared: all that a user may pass.

Only the core installation is needed. Every set is seeded and the same for the same vocabulary.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from string import ascii_uppercase

from benchmarks.training.damage import Damage
from benchmarks.training.gold import labelled, raw_tags
from tagnorm import Taxonomy
from tagnorm.engine.costs import known_words

__all__ = ["samples"]

_SEEDS = (11, 12)
_DAMAGED = 5000
_FIELDS = 8000
_JOINS = 8000
_LETTERS = 12000
_WORDS = 8000
_TEXTS = 4000
_SEPARATORS = (" ", ", ", ",", "; ", ";", "/", "|", " - ", "-", "\n", "\t", "_", ". ", " (", ") ")
_ODD = "'&+#:.()-/_ \t\u00a0\u00ad\u200d\u0301\ufb01\uff10ÄÉßİıøñЖ中é🙂0123456789"  # noqa: RUF001 -- look-alikes are meant


def samples(taxonomy: Taxonomy, share: float = 1.0) -> Mapping[str, list[str]]:
    """The strings by the set they belong to, each string once; `share` takes less of each.

    >>> sets = samples(Taxonomy.load(), share=0.01)
    >>> list(sets)[:3], sets["gold"][0] in sets["list"]
    (['list', 'gold', 'codes and aliases'], False)
    """
    draw = random.Random("sample")
    seen: set[str] = set()
    found: dict[str, list[str]] = {}

    def add(name: str, strings: Iterable[str], most: int) -> None:
        fresh = (one for one in strings if one not in seen and not seen.add(one))  # type: ignore[func-returns-value]
        found[name] = list(islice(fresh, max(1, round(most * share))))

    labels = [one.raw for one in labelled()]
    known = set(labels)
    add("list", (raw for raw in raw_tags() if raw not in known), len(raw_tags()))
    add("gold", labels, len(labels))
    add("codes and aliases", _forms(taxonomy), 10**5)
    add("names of codes", (code.name for code in taxonomy if code.name), 10**5)
    for seed in _SEEDS:
        damage = Damage(taxonomy, seed, ties=False)
        for name, stream in (
            ("misspelled", damage.misspelled),
            ("joined", damage.joined),
            ("joined, misspelled", damage.joined_edited),
            ("left over", damage.leftover),
        ):
            add(f"{name}, seed {seed}", (one.raw for one in stream(4 * _DAMAGED)), _DAMAGED)
        add(f"fields, seed {seed}", (one.raw for one in damage.fields(2 * _FIELDS)), _FIELDS)
    add("joins of all kinds", _joins(taxonomy, draw), _JOINS)
    add("random letters", _letters(draw), _LETTERS)
    add("words", _words(draw), _WORDS)
    add("texts of all kinds", _texts(taxonomy, draw), _TEXTS)
    return found


def _forms(taxonomy: Taxonomy) -> Iterator[str]:
    for form in (*(c.tag for c in taxonomy), *(a.alias for a in taxonomy.aliases)):
        yield form
        yield form.lower()
    yield from taxonomy.outside


def _joins(taxonomy: Taxonomy, draw: random.Random) -> Iterator[str]:
    """Codes of every kind and aliases run together, in any order, one in three with an edit."""
    kinds = [
        [code.tag for code in taxonomy if code.kind == kind]
        for kind in dict.fromkeys(code.kind for code in taxonomy)
    ]
    kinds.append([alias.alias for alias in taxonomy.aliases])
    while True:
        join = "".join(draw.choice(draw.choice(kinds)) for _ in range(draw.randint(2, 4)))
        if draw.random() < 1 / 3:
            at = draw.randrange(len(join))
            join = join[:at] + draw.choice(ascii_uppercase) * draw.randint(0, 2) + join[at + 1 :]
        yield join


def _letters(draw: random.Random) -> Iterator[str]:
    while True:
        yield "".join(draw.choices(ascii_uppercase, k=draw.randint(1, 12)))


def _words(draw: random.Random) -> Iterator[str]:
    """Words and names, one in five written behind another."""
    words = sorted(known_words())
    while True:
        word = draw.choice(words)
        yield word if draw.random() < 0.8 else word + draw.choice(words)


def _texts(taxonomy: Taxonomy, draw: random.Random) -> Iterator[str]:
    """Codes, words, separators and odd characters in any order."""
    words = sorted(known_words())
    codes = [code.tag for code in taxonomy]
    parts = (
        lambda: draw.choice(codes),
        lambda: draw.choice(codes).title(),
        lambda: draw.choice(words),
        lambda: draw.choice(_SEPARATORS),
        lambda: draw.choice(_ODD),
        lambda: "".join(draw.choices(ascii_uppercase, k=draw.randint(2, 5))),
    )
    while True:
        yield "".join(draw.choice(parts)() for _ in range(draw.randint(0, 7)))
