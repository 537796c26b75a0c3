"""Builds the list of common words and names that are left alone where a code lies near.

Words of four to six letters from the American list of SCOWL, size 50, the commonest names of the
United States Census of 1990, and the languages and cities that the Unicode CLDR names. The first
come with Debian (`apt-get install wamerican`), the second with the package `names`, the third with
`babel`; NOTICE says on which terms.

`python -m benchmarks words` writes `tagnorm/data/words.txt`; `--check` only says whether the file
is what would be written.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

PATH = Path(__file__).parents[2] / "tagnorm" / "data" / "words.txt"
DICTIONARY = Path("/usr/share/dict/american-english")
SHORTEST, LONGEST = 4, 6
# So many of the commonest names of each kind.
NAMES = {"last": 10_000, "first:female": 2000, "first:male": 2000}
HEADER = (
    "# English words (SCOWL, size 50), names (US Census 1990), languages and cities (Unicode\n"
    "# CLDR), all of four to six letters.\n"
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--scowl", type=Path, default=DICTIONARY, help="SCOWL's list, size 50")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if it differs")


def run(options: argparse.Namespace) -> int:
    """Write the list, or compare it."""
    scowl = options.scowl.read_text(encoding="utf-8").split()
    text = listed([*scowl, *census(), *places()])
    if options.check:
        same = PATH.read_text(encoding="utf-8") == text
        print(f"{PATH}: {'as built' if same else 'differs from what its sources say'}")
        return not same
    PATH.write_text(text, encoding="utf-8")
    print(f"{PATH}: {text.count(chr(10)) - HEADER.count(chr(10))} words")
    return 0


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


def listed(words: Iterable[str]) -> str:
    """The text of the file: plain letters alone, in capitals, sorted, each word once.

    >>> print(listed(["zero", "Adam's", "café", "an", "Adam", "zero"]), end="")
    # English words (SCOWL, size 50), names (US Census 1990), languages and cities (Unicode
    # CLDR), all of four to six letters.
    ADAM
    ZERO
    """
    plain = {word.upper() for word in words if word.isascii() and word.isalpha()}
    rows = sorted(word for word in plain if SHORTEST <= len(word) <= LONGEST)
    return HEADER + "".join(f"{row}\n" for row in rows)
