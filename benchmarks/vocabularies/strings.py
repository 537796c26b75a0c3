"""What the vocabularies are tried on: seeded strings with their truth, of seven kinds.

* `written` -- a code as it is written;
* `list` -- three codes with `; ` between them;
* `edit` -- a code with one edit, any of the four, any place, any letter of the vocabulary alike,
  where only this code lies within one edit;
* `joined` -- two or three codes of three letters and more without a separator;
* `joined edit` -- the same, one of the codes with an edit;
* `word` -- a word or a name of the language, sometimes two with a space or a hyphen, that is no
  code and not one edit from one; where the codes are words of that language, nor two or three of
  them without a space, which is what `underbrush` is to a list of words.

Of joined strings the vocabulary itself may leave open what they mean: those are `open`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, islice

import attrs

from benchmarks.training.gold import Tags
from benchmarks.vocabularies.near import Near, form

__all__ = ["KINDS", "Sample", "Strings", "words_of"]

KINDS = ("written", "list", "edit", "joined", "joined edit", "word")
# So many draws in a row without a string: the vocabulary has none, or hardly any.
_TRIES = 3000
# What a damaged column holds, in hundredths.
_COLUMN = {"written": 45, "list": 15, "edit": 15, "joined": 10, "joined edit": 5, "word": 10}
_EDITS = ("swap", "drop", "add", "replace")
_LOCALES = {
    "en": ("en_US", "es_MX", "fr_FR", "de_DE", "tr_TR", "it_IT", "pt_BR", "pl_PL", "id_ID"),
    "ru": ("ru_RU",),
}


@attrs.frozen
class Sample:
    """A string, its truth, and whether the vocabulary has another reading that assumes no more."""

    raw: str
    truth: Tags
    kind: str
    open: bool = False


class Strings:
    """The strings of one vocabulary, the same for the same seed.

    >>> strings = Strings(["JAZZ", "FOLK", "BLUES"], ["FATHER", "JAZ"], seed=1)
    >>> [one.truth for one in strings.of("written", 2)], next(strings.of("word", 1)).raw
    ([('BLUES',), ('FOLK',)], 'FATHER')
    """

    def __init__(
        self,
        tags: Sequence[str],
        words: Sequence[str],
        seed: int = 0,
        *,
        are_words: bool = False,
    ) -> None:
        self.tags = list(tags)
        self.near = Near(tags)
        self.seed = seed
        self._are_words = are_words
        self._long = [tag for tag in tags if len(tag) > 2]
        self._words = list(words)
        self._letters = sorted({letter for tag in tags for letter in tag})

    def of(self, kind: str, n: int) -> Iterator[Sample]:
        """So many distinct strings of a kind, fewer where the vocabulary has no more."""
        draw = random.Random(f"{self.seed}/{kind}")
        make: Callable[[random.Random], Sample | None] = {
            "written": self._written,
            "list": self._list,
            "edit": self._edit,
            "joined": self._joined,
            "joined edit": self._joined_edit,
            "word": self._word,
        }[kind]
        return islice(_distinct(make, draw), n)

    def column(self, n: int, part: int = 0) -> Iterator[Sample]:
        """The fields of a damaged column, some of them alike: codes by a law like Zipf's, most as
        they are written. Another `part` is more of the same column."""
        ranks = list(range(len(self.tags)))
        random.Random(f"{self.seed}/ranks").shuffle(ranks)
        weights = list(accumulate(1 / (rank + 10) for rank in ranks))
        draw = random.Random(f"{self.seed}/column {part}")

        def codes(size: int) -> Tags:
            return tuple(draw.choices(self.tags, cum_weights=weights, k=size))

        kinds = {k: n for k, n in _COLUMN.items() if self._long or "joined" not in k}
        for _ in range(n):
            kind = draw.choices(list(kinds), list(kinds.values()))[0]
            while True:
                truth = codes({"list": 3, "joined": 2, "joined edit": 2}.get(kind, 1))
                parts = list(truth)
                if kind == "word":
                    word = self._word(draw)
                    if word is None:
                        continue
                    truth, parts = (), [word.raw]
                elif "joined" in kind and min(map(len, truth)) < 3:
                    continue
                elif "edit" in kind:
                    at = draw.randrange(len(parts))
                    edited = self._edited(draw, parts[at])
                    if edited is None:
                        continue
                    parts[at] = edited
                yield Sample(("; " if kind == "list" else "").join(parts), truth, kind)
                break

    def _written(self, draw: random.Random) -> Sample:
        tag = draw.choice(self.tags)
        return Sample(tag, (tag,), "written")

    def _list(self, draw: random.Random) -> Sample | None:
        if len(self.tags) < 3:
            return None
        tags = draw.sample(self.tags, 3)
        return Sample("; ".join(tags), tuple(tags), "list")

    def _edit(self, draw: random.Random) -> Sample | None:
        tag = draw.choice(self.tags)
        raw = self._edited(draw, tag)
        if raw is None or self.near.within_one(raw) != {tag}:
            return None
        return Sample(raw, (tag,), "edit")

    def _joined(self, draw: random.Random) -> Sample | None:
        if len(self._long) < 3:
            return None
        tags = tuple(draw.sample(self._long, draw.choice((2, 3))))
        raw = "".join(tags)
        most = len(tags)
        ends = self.near._exact(form(raw), most).get(len(form(raw)), set())
        return Sample(raw, tags, "joined", open=ends != {tags})

    def _joined_edit(self, draw: random.Random) -> Sample | None:
        if len(self._long) < 3:
            return None
        tags = tuple(draw.sample(self._long, draw.choice((2, 3))))
        at = draw.randrange(len(tags))
        edited = self._edited(draw, tags[at])
        if edited is None:
            return None
        raw = "".join((*tags[:at], edited, *tags[at + 1 :]))
        return Sample(raw, tags, "joined edit", self.near.readings(raw, len(tags)) != {tags})

    def _word(self, draw: random.Random) -> Sample | None:
        raw = draw.choice(self._words)
        chance = draw.random()
        if chance < 0.2:
            raw += ("-" if chance < 0.1 else " ") + draw.choice(self._words)
        parts = raw.replace("-", " ").split(" ")
        if any(self.near.within_one(part) for part in (raw, *parts)):
            return None
        if self._are_words and any(map(self.near.is_joined, parts)):
            return None
        return Sample(raw, (), "word")

    def _edited(self, draw: random.Random, tag: str) -> str | None:
        """A code with one edit; None where that is a code again, or no edit to a reader."""
        edit, at = draw.choice(_EDITS), draw.randrange(len(tag) + 1)
        letter = draw.choice(self._letters)
        before, after = tag[:at], tag[at:]
        if edit == "add":
            raw = before + letter + after
        elif not after:
            return None
        elif edit == "drop":
            raw = before + after[1:]
        elif edit == "swap":
            raw = before + after[1:2] + after[:1] + after[2:]
        else:
            raw = before + letter + after[1:]
        return None if form(raw).strip(" ,;") in self.near.tags or not raw.strip() else raw


def _distinct(
    make: Callable[[random.Random], Sample | None], draw: random.Random
) -> Iterator[Sample]:
    seen: set[str] = set()
    missed = 0
    while missed < _TRIES:
        one = make(draw)
        if one is None or one.raw in seen:
            missed += 1
            continue
        missed = 0
        seen.add(one.raw)
        yield one


def words_of(language: str, common: int) -> list[str]:
    """The commonest words of a language, and names, of four letters and more, as written."""
    from faker import Faker  # noqa: PLC0415 -- only the strings need it
    from wordfreq import top_n_list  # noqa: PLC0415 -- likewise

    found = {word for word in top_n_list(language, common) if word.isalpha()}
    for locale in _LOCALES[language]:
        for provider in Faker(locale).get_providers():
            for attribute in ("first_names", "last_names"):
                found.update(getattr(provider, attribute, ()))
    return sorted(word for word in found if len(word) >= 4)
