"""Finding codes by words: of their names, of their other names, and of the notes about them.

A vocabulary is searched as one searches a catalogue: any words, in any order, in any inflection,
with a letter wrong. How well a code fits is worked out of four things, in this order:

1. *the words*: a word counts by how rare it is (inverse document frequency), less where it is only
   inflected, derived, begun or misspelled, and most where it stands in a short name;
2. *where*: a name counts more than another name, and that more than a note;
3. *the kind of code*: what is in use before what is retired, a subject before a program, a country
   or an organization;
4. *how often it is used*.

A tag, and after it a full name or alias, comes first however the others score.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from numbers import Integral
from typing import TYPE_CHECKING, Literal

import attrs
from rapidfuzz import process
from rapidfuzz.distance import OSA

from tagnorm.cells import no_string
from tagnorm.folding import fold, plain_words, squash

if TYPE_CHECKING:
    from tagnorm.vocabulary.codes import Code, Taxonomy

__all__ = ["Match", "SearchIndex"]

Field = Literal["tag", "name", "alias", "note", "source"]

_FIELDS: dict[Field, float] = {"tag": 1.0, "name": 1.0, "alias": 0.95, "note": 0.85, "source": 0.35}
_STATUSES = {"current": 1.0, "attested": 0.93, "retired": 0.85}
_KINDS = {"subject": 1.0, "program": 0.98, "geographic": 0.96, "organization": 0.86}
# How alike two words are that are not the same.
_INFLECTED, _DERIVED, _BEGUN = 0.98, 0.7, 0.65
# Notes name what matters most first: so much less counts the last of them.
_LATER = 0.25
# So much counts a word such as OF, of what its rarity makes of it.
_SMALL_WORD = 0.2
# More than in proportion counts how much of what was asked for stands in a text, by this power.
_RECALL_POWER = 1.5
# So much counts a text of which hardly anything was asked for, and so much a code whose words stand
# apart, one in the name and one in an alias, of what a text would that holds nothing else.
_LONG, _APART = 0.6, 0.7
# What a code that nobody uses counts, of what the most used one does.
_UNUSED = 0.92
# The best of what is no tag, full name or alias.
_NEARLY = 0.999
# Codes with less than half of what was asked for are not shown.
_ENOUGH = 0.5
# Words of sources that stand with more codes than this share say nothing about any of them.
_COMMON_SOURCE = 0.02
_LONGEST_QUERY = 32
# Words that are remembered with what they are like.
_REMEMBERED = 4096
_SMALL = frozenset(["A", "AN", "AND", "AT", "BY", "FOR", "FROM", "IN", "OF", "ON", "THE", "TO"])


@attrs.frozen
class Match:
    """A code that was found: how well it fits, from 0 to 1, and by which text of which field.

    `score` orders the matches of one query; it is no probability.

    >>> from tagnorm import search
    >>> best = search("human rights")[0]
    >>> best.code.tag, best.field, best.text
    ('PHUM', 'name', 'Human Rights')
    """

    code: Code
    score: float
    field: Field
    text: str

    @property
    def is_exact(self) -> bool:
        """Whether the query is the code's tag, name or alias, but for case and punctuation."""
        return self.score == 1.0


@attrs.frozen
class _Phrase:
    """A text about a code, with its words, and how much it counts."""

    place: int
    field: Field
    text: str
    words: tuple[str, ...]
    weight: float


class SearchIndex:
    """The words of a vocabulary and where they stand; made once, asked often.

    >>> from tagnorm import Taxonomy
    >>> index = SearchIndex(Taxonomy.load())
    >>> [match.code.tag for match in index.search("refugee", limit=2)]
    ['PREF', 'SREF']
    >>> index.search("human rihgts")[0].code.tag, index.search("xyzzy")
    ('PHUM', [])
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self._codes = tuple(taxonomy)
        self._phrases = [
            _Phrase(place, field, text, words, weight)
            for place, field, text, weight in _texts(taxonomy)
            if (words := tuple(plain_words(fold(text))))
        ]
        self._stand: dict[str, list[int]] = defaultdict(list)
        holders: dict[str, set[int]] = defaultdict(set)
        for number, phrase in enumerate(self._phrases):
            for word in dict.fromkeys((*phrase.words, *_pairs(phrase.words))):
                self._stand[word].append(number)
                holders[word].add(phrase.place)
        self._drop_common_sources(holders)
        self._whole: dict[str, list[_Phrase]] = defaultdict(list)
        for phrase in self._phrases:
            if phrase.field in ("tag", "name", "alias"):
                self._whole[squash(phrase.text)].append(phrase)
        total = len(self._codes)
        self._rarity = {
            word: (_SMALL_WORD if word in _SMALL else 1.0) * math.log(1 + total / len(places))
            for word, places in holders.items()
        }
        self._rarest = math.log(1 + total) if total else 1.0
        self._words = sorted(self._stand)
        self._by_base: dict[str, list[str]] = defaultdict(list)
        for word in self._words:
            for base in _bases(word):
                self._by_base[base].append(word)
        self._weights = [sum(self._rarity.get(w, 0.0) for w in p.words) for p in self._phrases]
        self._priors = _priors(self._codes)
        self._like: dict[str, dict[str, float]] = {}

    def search(
        self, query: str, *, limit: int | None = 10, among: Iterable[Code] | None = None
    ) -> list[Match]:
        """The codes that a query may mean, best first; equal ones in their order.

        Args:
            query: words in any order.
            limit: at most so many; None for all.
            among: only these codes; None for all.

        Raises:
            TypeError: `query` is no string, or `limit` no whole number.
            ValueError: `limit` is negative.
        """
        if not isinstance(query, str):
            raise no_string(query)
        if limit is not None and not isinstance(limit, Integral):
            raise TypeError(f"limit is {limit!r:.60}; it takes a number of matches, or None")
        if limit is not None and limit < 0:
            raise ValueError(f"limit is {limit!r}; it takes a number of matches, or None")
        asked = plain_words(fold(query))[:_LONGEST_QUERY]
        found = self._scored(asked) if asked else {}
        self._put_exact(query, found)
        wanted = None if among is None else {code.tag for code in among}
        first = self._taxonomy.lookup(query) if asked else None
        priors = self._priors
        best = sorted(
            (item for item in found.items() if wanted is None or item[1].code.tag in wanted),
            key=lambda item: (item[1].code is not first, -item[1].score, -priors[item[0]], item[0]),
        )
        return [match for _, match in (best if limit is None else best[:limit])]

    def _put_exact(self, query: str, found: dict[int, Match]) -> None:
        """Codes of which the query is the tag, a name or an alias fit fully."""
        for phrase in self._whole.get(squash(query), ()):
            before = found.get(phrase.place)
            if before is None or before.score < 1.0:
                code = self._codes[phrase.place]
                found[phrase.place] = Match(code, 1.0, phrase.field, phrase.text)

    def _scored(self, asked: Sequence[str]) -> dict[int, Match]:
        """The codes with enough of the words asked for, by their place."""
        of_phrase: dict[int, dict[int, float]] = defaultdict(dict)
        covered: dict[int, dict[str, float]] = defaultdict(dict)
        weights = []
        for at, word in enumerate(asked):
            like = self._alike(word)
            near = [self._rarity[found] for found, much in like.items() if much >= _DERIVED]
            small = _SMALL_WORD if word in _SMALL else 1.0
            weights.append(max(near) if near else small * self._rarest)
            for found, much in like.items():
                for number in self._stand[found]:
                    of_phrase[number][at] = max(much, of_phrase[number].get(at, 0.0))
                    seen = covered[number]
                    seen[found] = max(much, seen.get(found, 0.0))
        total = sum(weights)
        best: dict[int, tuple[float, int]] = {}
        spread: dict[int, dict[int, float]] = defaultdict(dict)
        for number, hits in of_phrase.items():
            phrase = self._phrases[number]
            recall = sum(weights[at] * much for at, much in hits.items()) / total
            shown = sum(self._rarity[w] * much for w, much in covered[number].items())
            precision = min(1.0, shown / self._weights[number]) if self._weights[number] else 1.0
            score = phrase.weight * recall**_RECALL_POWER * (_LONG + (1 - _LONG) * precision)
            if (score, -number) > best.get(phrase.place, (0.0, 0)):
                best[phrase.place] = (score, -number)
            if phrase.field != "source":
                mine = spread[phrase.place]
                for at, much in hits.items():
                    mine[at] = max(much, mine.get(at, 0.0))
        result: dict[int, Match] = {}
        for place, (score, number) in best.items():
            phrase = self._phrases[-number]
            hits = {**of_phrase[-number], **spread[place]}
            recall = sum(weights[at] * much for at, much in hits.items()) / total
            if recall < _ENOUGH:
                continue
            apart = _APART * phrase.weight * recall**_RECALL_POWER
            fit = round(min(max(score, apart) * self._priors[place], _NEARLY), 4)
            result[place] = Match(self._codes[place], fit, phrase.field, phrase.text)
        return result

    def _alike(self, word: str) -> dict[str, float]:
        """The words of the vocabulary that a word may be, and how alike they are."""
        found = self._like.get(word)
        if found is None:
            if len(self._like) >= _REMEMBERED:
                self._like.clear()
            found = self._like[word] = dict(self._likenesses(word))
        return found

    def _likenesses(self, word: str) -> Iterator[tuple[str, float]]:
        found: dict[str, float] = {}
        if len(word) > 3:
            for other in self._words:
                much = _family_likeness(word, other)
                if much:
                    found[other] = much
        elif len(word) == 3:
            found = {other: _BEGUN for other in self._words if other.startswith(word)}
        for base in _bases(word):
            for other in self._by_base.get(base, ()):
                found[other] = _INFLECTED
        if word in self._stand:
            found[word] = 1.0
        if len(word) > 3 and max(found.values(), default=0.0) < _INFLECTED:
            errors = 1 if len(word) < 8 else 2
            for other, distance, _ in process.extract(
                word, self._words, scorer=OSA.distance, score_cutoff=errors, limit=None
            ):
                if len(other) > 3:
                    # One wrong letter of nine is less than one of four.
                    much = 1.0 - 2.0 * distance / len(word)
                    found[other] = max(much, found.get(other, 0.0))
        return iter(found.items())

    def _drop_common_sources(self, holders: dict[str, set[int]]) -> None:
        most = max(3.0, _COMMON_SOURCE * len(self._codes))
        for word, places in list(holders.items()):
            if len(places) <= most:
                continue
            kept = [n for n in self._stand[word] if self._phrases[n].field != "source"]
            if kept:
                self._stand[word] = kept
                holders[word] = {self._phrases[n].place for n in kept}
            else:
                del self._stand[word], holders[word]


def _texts(taxonomy: Taxonomy) -> Iterator[tuple[int, Field, str, float]]:
    """The texts of each code, by its place: of which field they are, and how much they count."""
    places = {code.tag: place for place, code in enumerate(taxonomy)}
    for place, code in enumerate(taxonomy):
        yield place, "tag", code.tag, _FIELDS["tag"]
        for name in dict.fromkeys((code.name, *code.names.values())):
            yield place, "name", name, _FIELDS["name"]
        yield place, "source", code.source, _FIELDS["source"]
        terms = [term.strip() for term in taxonomy.notes.get(code.tag, "").split(";")]
        for at, term in enumerate(terms):
            yield place, "note", term, _FIELDS["note"] * (1.0 - _LATER * at / len(terms))
    for alias in taxonomy.aliases:
        yield places[alias.tag], "alias", alias.alias, _FIELDS["alias"]


def _pairs(words: Sequence[str]) -> Iterator[str]:
    """Neighbours written as one: `peace keeping` is found by `peacekeeping`."""
    for first, second in pairwise(words):
        if len(first) > 2 and len(second) > 2:
            yield first + second


def _bases(word: str) -> set[str]:
    """What an English word may be an inflection of, itself among them.

    >>> sorted(_bases("FISHERIES")), sorted(_bases("MINING"))
    (['FISHERIES', 'FISHERY'], ['MINE', 'MINING'])
    """
    found = {word}
    if len(word) > 4 and word.endswith("IES"):
        found.add(word[:-3] + "Y")
    elif len(word) > 4 and word.endswith(("SES", "XES", "ZES", "CHES", "SHES")):
        found.update((word[:-2], word[:-1]))
    elif len(word) > 3 and word.endswith("S") and not word.endswith(("SS", "US", "IS")):
        found.add(word[:-1])
    for ending in ("ING", "ED"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            found.add(stem + "E")
            if len(stem) > 3:
                found.add(stem)
                if stem[-1] == stem[-2]:
                    found.add(stem[:-1])
    return found


def _family_likeness(word: str, other: str) -> float:
    """How alike two words are that begin alike: one begun, or both of one stem."""
    if other[:4] != word[:4]:
        return 0.0
    short, long = sorted((min(_bases(word), key=len), min(_bases(other), key=len)), key=len)
    shared = next((n for n, c in enumerate(short) if c != long[n]), len(short))
    if shared == len(short) or (shared > 4 and shared >= 0.75 * len(short)):
        return _DERIVED
    return _BEGUN if other.startswith(word) else 0.0


def _priors(codes: Sequence[Code]) -> list[float]:
    """What a code has in its favour before anything is asked."""
    counts = [code.frequency or 0.0 for code in codes]
    most = math.log1p(max(counts, default=0)) or 1.0
    return [
        _STATUSES.get(code.status, 1.0)
        * _KINDS.get(code.kind, 1.0)
        * (_UNUSED + (1 - _UNUSED) * math.log1p(count) / most)
        for code, count in zip(codes, counts, strict=True)
    ]
