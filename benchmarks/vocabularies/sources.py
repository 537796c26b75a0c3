"""Vocabularies of other fields, each from a package: codes, names, how often a code is used.

A code stands here as its package writes it, with spaces, marks, punctuation and case. Each package
is imported when its vocabulary is asked for, and all are of the extra `bench`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping

import attrs

from tagnorm import Code, Taxonomy

__all__ = ["SOURCES", "Entry", "Source", "drawn", "listed", "taxonomy_of"]


@attrs.frozen
class Entry:
    """A code of a vocabulary, before it is one of ours."""

    tag: str
    name: str = ""
    frequency: float | None = None


@attrs.frozen
class Source:
    """Where a vocabulary comes from, and the language of which so many words may be no codes;
    whether its codes are words of that language themselves."""

    about: str
    read: Callable[[], Iterable[Entry]]
    language: str = "en"
    common: int = 30_000
    are_words: bool = False

    def entries(self) -> list[Entry]:
        """The codes, each once, in the order of the package."""
        found: dict[str, Entry] = {}
        for entry in self.read():
            if entry.tag:
                found.setdefault(entry.tag, entry)
        return list(found.values())


def taxonomy_of(entries: Iterable[Entry]) -> Taxonomy:
    """The entries as a vocabulary."""
    frequency = "frequency" if "frequency" in attrs.fields_dict(Code) else "cables"
    return Taxonomy(
        tuple(
            Code(one.tag, one.name, **({frequency: one.frequency} if one.frequency else {}))
            for one in entries
        )
    )


def listed(text: str, separator: str | None = None) -> Callable[[], Iterable[Entry]]:
    """The codes that stand in a text."""
    return lambda: [Entry(one) for one in text.split(separator)]


def drawn(seed: str, n: int, draw: Callable[[random.Random], str]) -> Callable[[], Iterable[Entry]]:
    """So many different codes, each drawn by a rule."""

    def read() -> Iterator[Entry]:
        source = random.Random(f"{seed} {n}")
        found: dict[str, None] = {}
        while len(found) < n:
            found[draw(source)] = None
        return map(Entry, found)

    return read


def _countries() -> Iterator[Entry]:
    from pycountry import countries  # noqa: PLC0415 -- here and below: see the head of the file

    return (Entry(one.name, getattr(one, "official_name", "")) for one in countries)


def _alpha_3() -> Iterator[Entry]:
    from pycountry import countries  # noqa: PLC0415

    return (Entry(one.alpha_3, one.name) for one in countries)


def _currencies() -> Iterator[Entry]:
    from pycountry import currencies  # noqa: PLC0415

    return (Entry(one.alpha_3, one.name) for one in currencies)


def _languages() -> Iterator[Entry]:
    from pycountry import languages  # noqa: PLC0415

    return (Entry(one.name, one.alpha_3) for one in languages)


def _russian() -> Iterator[Entry]:
    from babel import Locale  # noqa: PLC0415

    territories = Locale("ru").territories
    return (Entry(name, code) for code, name in territories.items() if code.isalpha())


def _airports(code: str) -> Callable[[], Iterator[Entry]]:
    def read() -> Iterator[Entry]:
        from airportsdata import load  # noqa: PLC0415

        return (Entry(tag, one["name"]) for tag, one in load(code).items())

    return read


def _diagnoses() -> Iterator[Entry]:
    import simple_icd_10_cm as icd  # noqa: PLC0415

    # Without their descriptions: nobody writes sentences of sixty letters into a field of codes.
    return (Entry(tag) for tag in icd.get_all_codes(with_dots=True))


def _words() -> Iterator[Entry]:
    from wordfreq import top_n_list, word_frequency  # noqa: PLC0415

    words = (word for word in top_n_list("en", 80_000) if len(word) > 2 and word[0].isalnum())
    # in a thousand million words
    found = (Entry(word, frequency=round(word_frequency(word, "en") * 1e9)) for word in words)
    return (entry for _, entry in zip(range(50_000), found, strict=False))


def _categories() -> Iterator[Entry]:
    from arxivql import Taxonomy as Archives  # noqa: PLC0415

    archives = (one for name, one in vars(Archives).items() if not name.startswith("_"))
    found = (
        one
        for archive in archives
        for one in (vars(archive).values() if isinstance(archive, type) else [archive])
        if hasattr(one, "group_name")
    )
    return (Entry(one.id, one.name) for one in found)


def _licences() -> Iterator[Entry]:
    from license_expression import get_license_index  # noqa: PLC0415

    keys = (one.get("spdx_license_key") for one in get_license_index())
    return (Entry(key) for key in keys if key and not key.startswith("LicenseRef"))


def _emoji() -> Iterator[Entry]:
    from emoji import EMOJI_DATA  # noqa: PLC0415

    names = sorted({str(one["en"]).strip(":") for one in EMOJI_DATA.values()})
    return (Entry(name) for name in names if "skin_tone" not in name)


def _classifiers() -> Iterator[Entry]:
    from trove_classifiers import sorted_classifiers  # noqa: PLC0415

    return (Entry(name) for name in sorted_classifiers)


def _languages_of_programs() -> Iterator[Entry]:
    from pygments.lexers import get_all_lexers  # noqa: PLC0415

    return (Entry(name) for name, *_ in get_all_lexers(plugins=False))


def _zones() -> Iterator[Entry]:
    from zoneinfo import available_timezones  # noqa: PLC0415

    return (Entry(name) for name in sorted(available_timezones()))


SOURCES: Mapping[str, Source] = {
    "countries": Source("country names, pycountry", _countries),
    "countries-ru": Source("country names in Russian, Babel", _russian, "ru"),
    "alpha-3": Source("ISO 3166 alpha-3, pycountry", _alpha_3),
    "currencies": Source("ISO 4217, pycountry", _currencies),
    "languages": Source("language names, pycountry", _languages),
    "icao": Source("airports by ICAO code, airportsdata", _airports("ICAO")),
    "iata": Source("airports by IATA code, airportsdata", _airports("IATA")),
    "icd-10-cm": Source("diagnoses, simple_icd_10_cm", _diagnoses),
    "words": Source(
        "50,000 English words with frequencies, wordfreq", _words, common=200_000, are_words=True
    ),
    "arxiv": Source("categories of arXiv, arxivql", _categories),
    "licences": Source("SPDX identifiers, license-expression", _licences),
    "emoji": Source("names of emoji, emoji", _emoji),
    "classifiers": Source("classifiers of PyPI, trove-classifiers", _classifiers),
    "pygments": Source("programming languages, Pygments", _languages_of_programs),
    "zones": Source("time zones, tzdata", _zones),
}
