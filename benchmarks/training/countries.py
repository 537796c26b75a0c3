"""Builds the names of countries as ISO 3166, the United Nations and the Unicode CLDR write them.

Short, official and common names of `pycountry`, with its states that are no more, and the English
names of `babel`; and the names of countries in the vocabulary as people shorten them. Which of the
Department's codes a country has is asked of the vocabulary itself,
by the names and three-letter codes that a person listed there; the few that it does not say are in
the tables below, with those names that are left out because they leave a doubt. The version of
each library is the source of its rows.

`python -m benchmarks countries` writes `taxonomy/aliases_countries.tsv`; `--check` only says
whether the file is what would be written.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from tagnorm.folding import fold, squash
from tagnorm.vocabulary.codes import Taxonomy

PATH = Path(__file__).parents[2] / "taxonomy" / "aliases_countries.tsv"
# What the vocabulary has by no name of ISO's, by the two letters of ISO.
CODES = {
    "AX": "FI",  # of Finland
    "BQ": "NT",  # of the Netherlands Antilles as long as there were these
    "MF": "RN",
    "PS": "KPAL",
    "SJ": "SV",
}
# States that are no more, by the four letters of ISO 3166-3.
FORMER_CODES = {
    "AIDJ": "FT",
    "ANHH": "NT",
    "BUMM": "BM",
    "BYAA": "BO",
    "CSHH": "CZ",
    "CSXX": "YI",
    "CTKI": "EQ",
    "DDDE": "GC",
    "DYBJ": "DM",
    "FXFR": "FR",
    "GEHH": "GN",
    "HVBF": "UV",
    "JTUM": "JQ",
    "MIUM": "MQ",
    "NHVU": "NH",
    "NTHH": "IY",
    "PCHH": "TQ",
    "PZPA": "PQ",
    "RHZW": "RH",
    "SKIN": "SK",
    "SUHH": "UR",
    "TPTL": "TT",
    "VDVN": "VN",
    "WKUM": "WQ",
    "YDYE": "YS",
    "YUCS": "YO",
    "ZRCD": "CG",
}
# Names that may mean another country as well, or that are words.
DOUBTFUL = frozenset(map(squash, ("Congo", "Neutral Zone", "Virgin Islands", "Korea", "Samoa")))
# How words of such names are shortened. Islands are not: `IS` is Israel.
SHORTENED = {
    "REPUBLIC": "REP.",
    "DEMOCRATIC": "DEM.",
    "FEDERAL": "FED.",
    "FEDERATED": "FED.",
    "SOCIALIST": "SOC.",
    "EQUATORIAL": "EQ.",
}
# The same of the first word of a name, where all such parts of the land are states; of the others
# `S. AFRICA` alone is short for a state, and outside_names.tsv has the rest.
SHORTENED_FIRST = {
    "NORTH": ("N.", "NO."),
    "SOUTH": ("S.", "SO."),
    "EAST": ("E.",),
    "WEST": ("W.",),
}
PARTED = frozenset(("GERMANY", "KOREA", "VIET NAM", "VIETNAM", "YEMEN"))
# What says which of several lands is meant, and stands last in an index (`SAMOA, AMERICAN`); but
# for words that are no name without it.
TELLING = re.compile(
    r"(SUB-SAHARAN|(?:NORTH|SOUTH|EAST|WEST)(?:ERN)?|SOUTHEAST|CENTRAL|LATIN|AMERICAN|BRITISH|FRENCH|"
    r"PORTUGUESE|SPANISH|NETHERLANDS|EQUATORIAL|UNITED ARAB) (?!BANK|REPUBLIC)([A-Z]+)"
)
# Islands that have a code each, and quarters of Antarctica that have none.
WITHOUT = frozenset(("UM", "AQ", "BQAQ", "FQHH", "NQAQ", "PUUM"))
HEADER = """\
# kind: alias
# version: {today}
# title: Names of Countries by ISO 3166, the United Nations and CLDR
# Built by `python -m benchmarks countries` from pycountry (short, official and common names, and
# states that are no more) and babel (the English names of the Unicode CLDR), in the versions that
# are named as the source. What aliases.tsv has already is left out. `shortened`: a name of this
# file or of aliases.tsv, with `Rep.` for `Republic` and the like; `inverted`: a name of the
# vocabulary with its first word last, as an index has it.
alias\tcode\tkind\tsource
"""
TODAY = "2026-11-28"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if it differs")


def run(options: argparse.Namespace) -> int:
    """Write the file, or compare it."""
    text = HEADER.format(today=TODAY) + "".join(f"{row}\n" for row in rows())
    if options.check:
        same = PATH.read_text(encoding="utf-8") == text
        print(f"{PATH}: {'as built' if same else 'differs from what its sources say'}")
        return not same
    PATH.write_text(text, encoding="utf-8")
    print(f"{PATH}: {len(text.splitlines()) - HEADER.count(chr(10))} names")
    return 0


def rows() -> list[str]:
    """The rows of the file, sorted; each name once, and none that the vocabulary has elsewhere."""
    taxonomy = Taxonomy.load()
    ours = {row.split("\t")[0] for row in _rows_of(PATH)}
    listed = {_words(a.alias) for a in taxonomy.aliases if a.alias not in ours}
    found: dict[tuple[str, ...], tuple[str, str, str]] = {}
    for name, code, source in names(taxonomy):
        key = _words(name)
        if key not in listed and key not in found and squash(name) not in DOUBTFUL:
            found[key] = (fold(name).strip(), code, source)
    long = [(a.alias, a.tag) for a in taxonomy.aliases if a.kind == "country"]
    long += [(name, code) for name, code, _ in found.values()]
    for name, code in sorted(set(long)):
        for short in shortened(name):
            if _words(short) not in listed:
                found.setdefault(_words(short), (short, code, "shortened"))
    places = [(fold(code.name), code.tag) for code in taxonomy.by_kind("geographic")]
    for name, code in sorted({*long, *places}):
        for turned in inverted(name):
            if _words(turned) not in listed:
                found.setdefault(_words(turned), (turned, code, "inverted"))
    return sorted(
        "\t".join((name, code, "country", source)) for name, code, source in found.values()
    )


def shortened(name: str) -> Iterator[str]:
    """A folded name as people shorten it, once or twice; nothing if they do not.

    >>> list(shortened("KOREA, REPUBLIC OF")), list(shortened("NORTH KOREA"))
    (['KOREA, REP. OF', 'KOREA, REP.'], ['N. KOREA', 'NO. KOREA'])
    """
    first, _, behind = name.partition(" ")
    words = [SHORTENED.get(word, word) for word in name.split(" ")]
    firsts = SHORTENED_FIRST.get(first, ()) if behind in PARTED or name == "SOUTH AFRICA" else ()
    for word in firsts or words[:1]:
        short = " ".join([word, *words[1:]])
        if short == name:
            continue
        yield short
        if short.endswith(" REP. OF"):
            yield short.removesuffix(" OF")
        if firsts and "VIET NAM" in short:
            yield short.replace("VIET NAM", "VIETNAM")


def inverted(name: str) -> Iterator[str]:
    """A folded name with its first word last; nothing if that does not say which of several lands
    is meant.

    >>> list(inverted("AMERICAN SAMOA")), list(inverted("UNITED ARAB EMIRATES"))
    (['SAMOA, AMERICAN'], ['EMIRATES, UNITED ARAB'])
    >>> list(inverted("COOK ISLANDS")), list(inverted("CENTRAL AFRICAN REPUBLIC"))
    ([], [])
    """
    if match := TELLING.fullmatch(name):
        yield f"{match[2]}, {match[1]}"


def _words(name: str) -> tuple[str, ...]:
    # Brackets part what they hold from the rest, unless the name is written with them.
    return tuple(re.findall(r"\w+|[()]", fold(name)))


def names(taxonomy: Taxonomy) -> Iterator[tuple[str, str, str]]:
    """Every name with its code and source."""
    import pycountry  # noqa: PLC0415 - only this file needs it
    from babel import Locale  # noqa: PLC0415 - likewise

    cldr = Locale("en").territories
    iso, unicode = f"pycountry {version('pycountry')}", f"babel {version('babel')}"
    for country in pycountry.countries:
        if country.alpha_2 in WITHOUT:
            continue
        written = [
            getattr(country, field, "") for field in ("name", "common_name", "official_name")
        ]
        known = (country.alpha_3, *written, cldr.get(country.alpha_2, ""))
        code = CODES.get(country.alpha_2) or _code_of(taxonomy, known)
        yield from ((name, code, iso) for name in written if name)
        if country.alpha_2 in cldr:
            yield cldr[country.alpha_2], code, unicode
    for state in pycountry.historic_countries:
        if state.alpha_4 not in WITHOUT:
            code = FORMER_CODES[state.alpha_4]
            yield state.name, code, f"{iso}, former"


def _code_of(taxonomy: Taxonomy, known: tuple[str, ...]) -> str:
    """The one code of a country that some of its names are listed for."""
    found = {code.tag for name in known if name and (code := taxonomy.lookup(name)) is not None}
    tags = {tag for tag in found if taxonomy[tag].kind == "geographic"}
    if len(tags) != 1:
        raise ValueError(f"{known} name {sorted(tags) or 'no code'}; add the country to the table")
    return tags.pop()


def _rows_of(path: Path) -> list[str]:
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", "alias\t"))]
