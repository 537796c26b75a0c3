"""Builds the letter table: what a letter costs after two others in words and names.

The statistics are those of common words of English, Spanish, French and German and of given and
family names from nine countries; none of the raw strings takes part. Counts of three letters are
smoothed by those of two, and these by a constant.

`python -m benchmarks letters` writes `tagnorm/data/letters.txt`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from pathlib import Path
from string import ascii_uppercase

from tagnorm.folding import squash
from tagnorm.vocabulary.codes import Taxonomy

PATH = Path(__file__).parents[2] / "tagnorm" / "data" / "letters.txt"
LANGUAGES = {"en": 25000, "es": 6000, "fr": 6000, "de": 3000}
LOCALES = ("en_US", "es_MX", "fr_FR", "de_DE", "tr_TR", "it_IT", "pt_BR", "pl_PL", "id_ID")
# How many occurrences a rarer kind of evidence counts for.
PAIR_WEIGHT, CONSTANT = 3.0, 0.5
HEADER = """\
# What a letter costs after two others in the words and names of several languages, in tenths of
# a nat: each line has the two letters (^ begins a word), then the costs of A to Z and of the end,
# two hexadecimal digits each. The first line has what the cheapest conceivable words of 1, 2, 3 ...
# letters cost.
"""


def words() -> set[str]:
    """Common words and names of four letters and more, without accents, in capitals."""
    from faker import Faker  # noqa: PLC0415 - only this table and the fit need it
    from wordfreq import top_n_list  # noqa: PLC0415 - likewise

    found = {squash(w) for language, n in LANGUAGES.items() for w in top_n_list(language, n)}
    for locale in LOCALES:
        for provider in Faker(locale).get_providers():
            for attribute in ("first_names", "last_names"):
                found |= {squash(name) for name in getattr(provider, attribute, ())}
    codes = {squash(code.tag) for code in Taxonomy.load()}
    return {w for w in found - codes if len(w) >= 4 and w.isascii() and w.isalpha()}


def table(corpus: Iterable[str]) -> dict[str, list[int]]:
    """Tenths of a nat for A to Z and the end, by the two letters before."""
    triples: Counter[str] = Counter()
    for word in corpus:
        marked = f"^^{word}$"
        triples.update(marked[at : at + 3] for at in range(len(marked) - 2))
    pairs: Counter[str] = Counter()
    before: Counter[str] = Counter()
    one: Counter[str] = Counter()
    for triple, count in triples.items():
        pairs[triple[1:]] += count
        before[triple[:2]] += count
        one[triple[1]] += count
    outcomes = ascii_uppercase + "$"
    found = {}
    for a, b in product("^" + ascii_uppercase, repeat=2):
        if b == "^" and a != "^":
            continue
        found[a + b] = [
            round(-10 * math.log(_chance(a, b, c, triples, pairs, before, one))) for c in outcomes
        ]
    return found


def least(costs: Mapping[str, Sequence[int]], longest: int = 16) -> list[int]:
    """Tenths of a nat of the cheapest string of each length, by dynamic programming."""
    found, ways = [], {"^^": 0}
    for _ in range(longest):
        after: dict[str, int] = {}
        for pair, cost in ways.items():
            for letter, more in zip(ascii_uppercase, costs[pair], strict=False):
                key = pair[1] + letter
                after[key] = min(after.get(key, cost + more), cost + more)
        ways = after
        found.append(min(cost + costs[pair][-1] for pair, cost in ways.items()))
    return found


def _chance(
    a: str,
    b: str,
    c: str,
    triples: Counter[str],
    pairs: Counter[str],
    before: Counter[str],
    one: Counter[str],
) -> float:
    by_pair = (pairs[b + c] + CONSTANT) / (one[b] + CONSTANT * 27)
    return (triples[a + b + c] + PAIR_WEIGHT * by_pair) / (before[a + b] + PAIR_WEIGHT)


def run() -> None:
    """Write the table."""
    costs = table(words())
    rows = [("least", least(costs)), *sorted(costs.items())]
    lines = [f"{pair} {bytes(row).hex()}\n" for pair, row in rows]
    PATH.write_text(HEADER + "".join(lines), encoding="utf-8")
    print(f"{PATH}: {len(lines)} lines")


if __name__ == "__main__":
    run()
