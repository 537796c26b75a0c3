"""Builds the list of common words and names that are left alone where a code lies near.

Words of four to six letters from the American list of SCOWL, size 35, and the commonest names of
the United States Census of 1990. The first come with Debian (`apt-get install wamerican-small`),
the second with the package `names`; NOTICE says on which terms.

`python -m benchmarks words` writes `tagnorm/data/words.txt`; `--check` only says whether the file
is what would be written.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

PATH = Path(__file__).parents[2] / "tagnorm" / "data" / "words.txt"
DICTIONARY = Path("/usr/share/dict/american-english-small")
SHORTEST, LONGEST = 4, 6
# So many of the commonest names of each kind.
NAMES = {"last": 1000, "first:female": 400, "first:male": 400}
HEADER = (
    "# Common English words (SCOWL, size 35) and names (US Census 1990) of four to six letters.\n"
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--scowl", type=Path, default=DICTIONARY, help="SCOWL's list, size 35")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if it differs")


def run(options: argparse.Namespace) -> int:
    """Write the list, or compare it."""
    text = listed([*options.scowl.read_text(encoding="utf-8").split(), *census()])
    if options.check:
        same = PATH.read_text(encoding="utf-8") == text
        print(f"{PATH}: {'as built' if same else 'differs from what its sources say'}")
        return not same
    PATH.write_text(text, encoding="utf-8")
    print(f"{PATH}: {text.count(chr(10)) - 1} words")
    return 0


def census() -> Iterable[str]:
    """The commonest names, as the Census Bureau counted them."""
    from names import FILES  # noqa: PLC0415 - only this list needs it

    for kind, count in NAMES.items():
        rows = Path(FILES[kind]).read_text(encoding="utf-8").splitlines()
        yield from (row.split()[0] for row in rows[:count])


def listed(words: Iterable[str]) -> str:
    """The text of the file: plain letters alone, in capitals, sorted, each word once.

    >>> print(listed(["zero", "Adam's", "café", "an", "Adam", "zero"]), end="")
    # Common English words (SCOWL, size 35) and names (US Census 1990) of four to six letters.
    ADAM
    ZERO
    """
    plain = {word.upper() for word in words if word.isascii() and word.isalpha()}
    rows = sorted(word for word in plain if SHORTEST <= len(word) <= LONGEST)
    return HEADER + "".join(f"{row}\n" for row in rows)
