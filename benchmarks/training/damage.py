"""Damaged strings with their truth, for any vocabulary: joined, misspelled, cut and garbled.

The generator is seeded, and the rates of damage are those of the labelled tag list. Codes are drawn
by how common they are; none is so rare that it never occurs. A string says whether it is a tie,
that is whether the vocabulary itself allows another reading that assumes no more (see `ties`).

As a command it prints the rates and some samples.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import TypeVar

import attrs

from benchmarks.table import percent, table
from benchmarks.training.gold import UNTAGGED, Tags, labelled
from benchmarks.training.lexicon import commonness
from benchmarks.training.rates import Rates
from benchmarks.training.ties import Ties
from tagnorm import Code, Taxonomy
from tagnorm.engine.edits.grammar import edit_between
from tagnorm.folding import squash

__all__ = ["Damage", "Damaged"]

T = TypeVar("T")

# Only codes of so many letters are damaged: shorter ones are no codes any more afterwards.
_DAMAGEABLE = 4
_SEPARATORS = {", ": 8, " ": 4, ",": 2, "; ": 2, "/": 1}
_TAGS_IN_FIELD = (1, 2, 3, 4, 5, 6, 7, 8, 9)
_TAGS_WEIGHTS = (2, 5, 11, 17, 20, 18, 14, 8, 5)


@attrs.frozen
class Damaged:
    """A raw string and what was meant by it.

    `kind` is `canonical`, `word`, the name of an edit, `join`, `join+` and an edit, `join+stray`,
    `join+cut`, or `field`.
    """

    raw: str
    truth: Tags
    kind: str
    tie: bool = False


class Damage:
    """The damaged strings of a vocabulary.

    Every method yields so many strings, the same for the same seed; the first ten of a hundred are
    the ten. Only codes that are `drawn` are meant; retired ones are not, unless that says so.
    `ties=False` spares the search for ties, which takes most of the time.

    >>> damage = Damage(Taxonomy.load(), seed=7)
    >>> list(damage.misspelled(3)) == list(damage.misspelled(9))[:3]
    True
    """

    def __init__(
        self,
        taxonomy: Taxonomy,
        seed: int = 0,
        rates: Rates | None = None,
        *,
        ties: bool = True,
        drawn: Callable[[Code], bool] = lambda code: code.status != "retired",
    ) -> None:
        self.taxonomy = taxonomy
        self.seed = seed
        self.rates = _list_rates() if rates is None else rates
        self._ties = Ties(taxonomy) if ties else None
        self._families = frozenset(code.family for code in taxonomy if len(code.family) == 1)
        codes = [code for code in taxonomy if drawn(code)]
        common = commonness(codes)
        self._all = _Draw({code: common[code.tag] for code in codes})
        self._anchors = _Draw({code: common[code.tag] for code in codes if code.anchor})
        self._companions = _Draw({code: common[code.tag] for code in codes if not code.anchor})
        self._long = _Draw(
            {c: common[c.tag] for c in codes if c.anchor and len(squash(c.tag)) >= _DAMAGEABLE}
        )
        self._edits = _Draw(self.rates.edits)
        self._sizes = _Draw(self.rates.sizes)
        self._letters = sorted({x for code in codes for x in squash(code.tag) if x.isalpha()})
        self._words = [one.raw for one in labelled() if one.kind in UNTAGGED and not one.answer]

    def canonical(self, n: int) -> Iterator[Damaged]:
        """Codes as they are written."""
        return self._stream("canonical", n, self._canonical)

    def misspelled(self, n: int) -> Iterator[Damaged]:
        """One code with one edit."""
        return self._stream("misspelled", n, self._misspelled)

    def joined(self, n: int, size: int | None = None) -> Iterator[Damaged]:
        """Codes run together, none of them damaged."""
        return self._stream(f"joined{size}", n, lambda draw: self._joined(draw, size))

    def joined_edited(self, n: int, size: int | None = None) -> Iterator[Damaged]:
        """Codes run together, one code of four letters or more among them with one edit."""
        return self._stream(f"edit{size}", n, lambda draw: self._joined_edited(draw, size))

    def leftover(self, n: int) -> Iterator[Damaged]:
        """Codes run together with one to three stray letters, or with a code cut to one or two."""
        return self._stream("leftover", n, self._leftover)

    def strings(self, n: int) -> Iterator[Damaged]:
        """Canonical codes, misspelled, joined, mixed and words at the rates of the list."""
        return self._stream("strings", n, self._string)

    def fields(self, n: int) -> Iterator[Damaged]:
        """Whole fields of about five tags with separators; one is a string like in the list."""
        return self._stream("fields", n, lambda draw: self._field(draw, self._string))

    def fields_with(self, raws: Sequence[str], n: int) -> Iterator[str]:
        """The same fields, as text, with one of some raw strings in each, all equally often."""

        def one(draw: random.Random) -> Damaged:
            return Damaged(draw.choice(raws), (), "word")

        return (
            field.raw for field in self._stream("fields", n, lambda draw: self._field(draw, one))
        )

    def _stream(
        self, name: str, n: int, make: Callable[[random.Random], Damaged]
    ) -> Iterator[Damaged]:
        draw = random.Random(f"{self.seed}/{name}")
        return (make(draw) for _ in range(n))

    def _tie(self, raw: str, truth: Tags, edits: int) -> bool:
        return self._ties is not None and self._ties.is_tie(raw, truth, edits)

    def _canonical(self, draw: random.Random) -> Damaged:
        code = self._all.one(draw)
        return Damaged(code.tag, (code.tag,), "canonical")

    def _misspelled(self, draw: random.Random) -> Damaged:
        code = self._long.one(draw)
        raw, how = self.misspelt(draw, squash(code.tag))
        return Damaged(raw, (code.tag,), how, self._tie(raw, (code.tag,), 1))

    def _codes(self, draw: random.Random, size: int | None) -> list[Code]:
        """Distinct codes as they run together in the list: long ones, then companions."""
        size = size or self._sizes.one(draw)
        rates = self.rates
        last = 0
        if self._companions and draw.random() < rates.companion_last:
            last = 1
            while last < size - 1 and draw.random() < rates.companion_more:
                last += 1
        first = int(bool(self._companions) and last == 0 and draw.random() < rates.companion_first)
        return [
            *self._companions.several(draw, first),
            *self._anchors.several(draw, size - first - last),
            *self._companions.several(draw, last),
        ]

    def _joined(self, draw: random.Random, size: int | None = None) -> Damaged:
        codes = self._codes(draw, size)
        raw, truth = "".join(squash(code.tag) for code in codes), tuple(c.tag for c in codes)
        return Damaged(raw, truth, "join", self._tie(raw, truth, 0))

    def _joined_edited(self, draw: random.Random, size: int | None = None) -> Damaged:
        while True:
            codes = self._codes(draw, size)
            long = [at for at, code in enumerate(codes) if code in self._long]
            if long:
                break
        forms = [squash(code.tag) for code in codes]
        at = draw.choice(long)
        forms[at], how = self.misspelt(draw, forms[at])
        raw, truth = "".join(forms), tuple(code.tag for code in codes)
        return Damaged(raw, truth, f"join+{how}", self._tie(raw, truth, 1))

    def _leftover(self, draw: random.Random) -> Damaged:
        codes = self._codes(draw, None)
        truth = tuple(code.tag for code in codes)
        raw = "".join(squash(code.tag) for code in codes)
        if draw.random() < 0.5:
            how = "join+cut"
            raw += squash(self._long.one(draw).tag)[: draw.choice((1, 2))]
        else:
            how = "join+stray"
            raw += "".join(draw.choices(self._letters, k=draw.choice((1, 2, 3))))
        return Damaged(raw, truth, how, self._tie(raw, truth, 1))

    def _string(self, draw: random.Random) -> Damaged:
        classes = self.rates.classes
        kinds = ("canonical", "misspelled", "concatenated", "mixed", "word")
        kind = draw.choices(kinds, [classes[kind] for kind in kinds])[0]
        if kind == "mixed":
            mixed = self.rates.mixed
            kind = draw.choices(list(mixed), list(mixed.values()))[0]
        if kind == "word":
            return Damaged(draw.choice(self._words), (), "word")
        makers = {
            "canonical": self._canonical,
            "misspelled": self._misspelled,
            "concatenated": self._joined,
            "edit": self._joined_edited,
            "leftover": self._leftover,
        }
        return makers[kind](draw)

    def _field(self, draw: random.Random, string: Callable[[random.Random], Damaged]) -> Damaged:
        size = draw.choices(_TAGS_IN_FIELD, _TAGS_WEIGHTS)[0]
        parts = [Damaged(c.tag, (c.tag,), "canonical") for c in self._all.several(draw, size)]
        parts[draw.randrange(size)] = string(draw)
        separator = draw.choices(list(_SEPARATORS), list(_SEPARATORS.values()))[0]
        truth = tuple(tag for part in parts for tag in part.truth)
        tie = any(part.tie for part in parts)
        return Damaged(separator.join(part.raw for part in parts), truth, "field", tie)

    def misspelt(self, draw: random.Random, form: str) -> tuple[str, str]:
        """A form with one edit, and its name; an edit that the form cannot have is drawn anew."""
        while True:
            how = self._edits.one(draw)
            for _ in range(20):
                raw = self._edited(draw, form, how.partition("_")[0])
                if edit_between(raw, form, self._families) == how:
                    return raw, how

    def _edited(self, draw: random.Random, form: str, edit: str) -> str:
        """A form with one letter or two changed somewhere: whether it is the edit, others say."""
        at = draw.randrange(len(form) + (edit == "add"))
        before, after = form[:at], form[at:]
        letter = draw.choice(self._letters)
        if edit == "swap":
            return before + after[1:2] + after[:1] + after[2:]
        if edit == "drop":
            return before + after[1:]
        if edit == "double":
            return before + after[:1] + after
        return before + letter + (after if edit == "add" else after[1:])


class _Draw(Mapping[T, float]):
    """Drawing from weighted things."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self._weights = dict(weights)
        self._things = list(weights)
        total, self._upto = 0.0, []
        for weight in weights.values():
            total += weight
            self._upto.append(total)

    def __getitem__(self, thing: T) -> float:
        return self._weights[thing]

    def __iter__(self) -> Iterator[T]:
        return iter(self._things)

    def __len__(self) -> int:
        return len(self._things)

    def one(self, draw: random.Random) -> T:
        return draw.choices(self._things, cum_weights=self._upto)[0]

    def several(self, draw: random.Random, n: int) -> Sequence[T]:
        """So many different things, or all of them."""
        found: dict[T, None] = {}
        while len(found) < min(n, len(self._things)):
            found[self.one(draw)] = None
        return list(found)


@lru_cache(maxsize=1)
def _list_rates() -> Rates:
    return Rates.count(labelled(), Taxonomy.load())


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--taxonomy", help="folder of a vocabulary (default: the built-in one)")
    parser.add_argument("--seed", type=int, default=0, help="another seed, other samples")
    parser.add_argument("--samples", type=int, default=5, help="samples of each kind (default 5)")


def run(options: argparse.Namespace) -> None:
    damage = Damage(Taxonomy.load(options.taxonomy), options.seed)
    rates = damage.rates
    counts: list[tuple[str, Mapping[str, int]]] = [
        ("Strings of the whole list by class", rates.classes),
        ("Misspelled codes by edit", rates.edits),
        ("Joined strings by number of codes", {str(n): of for n, of in rates.sizes.items()}),
        ("Mixed strings by what is wrong", rates.mixed),
    ]
    for title, found in counts:
        total = sum(found.values())
        rows = [(name, n, percent(n, total)) for name, n in found.items()]
        print(table(["", "strings", "%"], rows, title=title), end="\n\n")
    places = ("companion_last", "companion_more", "companion_first")
    shares = [(name, percent(getattr(rates, name))) for name in places]
    print(table(["", "%"], shares, title="Codes that need company in joined strings"), end="\n\n")
    kinds = ("misspelled", "joined", "joined_edited", "leftover", "strings", "fields")
    samples = [
        (kind, one.kind, one.raw, " ".join(one.truth) or "-", "tie" if one.tie else "")
        for kind in kinds
        for one in islice(getattr(damage, kind)(options.samples), options.samples)
    ]
    print(table(["method", "kind", "raw", "truth", ""], samples, title="Samples"), end="\n\n")
    open_rows = []
    for kind in kinds:
        found_ties = [one.tie for one in getattr(damage, kind)(1000)]
        open_rows.append((kind, percent(sum(found_ties), len(found_ties))))
    print(table(["method", "ties %"], open_rows, title="Ties among a thousand"))
