"""What small words, particles and articles make of the codes and names beside them.

A preposition joins two names, and is no code (`HUMAN RIGHTS IN BURMA`); some adjectives before the
name of a country make it the name of another land (`NEW GUINEA`, `BRITISH INDIA`); and what an
Arabic article stands before is a name (`ANSAR AL-ISLAM`). The engine does not know which codes are
countries: it takes those for countries that need company.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

__all__ = [
    "ARTICLE",
    "ARTICLES",
    "ASSIMILATED",
    "BEFORE_DOUBTED",
    "BEGINNINGS",
    "CONJUNCTIONS",
    "ENDINGS",
    "GIVEN_NAMES",
    "HARDLY_CODES",
    "JOINING",
    "NUMBERED",
    "NUMERAL",
    "OPENERS",
    "PARTICLES",
    "PREPOSITIONS",
    "SHORTENED",
    "SMALL",
    "is_abbreviated",
    "is_assimilated",
    "is_preposition",
    "least_before",
    "may_begin_name",
    "of_phrases",
]

# The prepositions of two letters that stand before a noun; UP stands behind a verb.
PREPOSITIONS: Final = frozenset(["AS", "AT", "BY", "IN", "OF", "ON", "TO"])
# Those of them that are hardly ever meant as countries, while India and Australia often are.
HARDLY_CODES: Final = PREPOSITIONS - {"AS", "IN"}
# Prepositions in French, Spanish, Portuguese, Italian, German and Dutch, with AND: before a name in
# words and behind another, or a word, they are no countries either (`HAITI ET CUBA`).
_FOREIGN: Final = frozenset(
    ["AL", "AM", "AN", "AO", "AU", "DA", "DO", "EN", "ET", "IM", "NA", "NO"]
)
# Small words of sentences: two of them side by side are hardly ever codes.
SMALL: Final = PREPOSITIONS | {"AM", "AN", "BE", "DO", "GO", "IS", "IT", "MY", "NO", "SO", "UP"}
CONJUNCTIONS: Final = frozenset(["AND", "OR"])
# What joins codes besides, in some languages, where nothing else stands beside them.
JOINING: Final = CONJUNCTIONS.union("BIS E ET O ODER OU TO U UND VS Y".split())  # noqa: SIM905
# Small words that hardly ever begin a phrase.
_VERBS: Final = frozenset(["AM", "BE", "IS", "IT", "MY", "UP"])
# The only country of a field stands at the end of a list if so many long codes are before it.
_CODES_BEFORE_COUNTRY: Final = 2
# What north and south are shortened to, with a full stop behind them (`NO. CYPRUS`).
SHORTENED: Final = frozenset(["NO", "SO"])
# Words that make the name behind them that of another land (`NEW GUINEA`, `SOUTH SUDAN`, `BRITISH
# INDIA`). NORTHERN is none of them: that part still belongs to the country.
_PARTS: Final = frozenset(["NEW", "NORTH", "SOUTH", "EAST", "WEST"])
# New in French, Spanish and Italian (`NUEVO MEXICO`).
_NEW: Final = frozenset(["NOUVEAU", "NOUVELLE", "NUEVA", "NUEVO", "NUOVA", "NUOVO"])
# The same, shortened; beside a long code these are countries.
_COMPASS: Final = frozenset(["NE", "NW", "SE", "SW"])
_RULERS: Final = frozenset(
    ["BELGIAN", "BRITISH", "DUTCH", "FRENCH", "GERMAN", "ITALIAN", "PORTUGUESE", "SPANISH"]
)
# The Arabic article, in the spellings that it has before different letters: it belongs to the word
# behind it.
ARTICLE: Final = "AL"
ARTICLES: Final = frozenset([ARTICLE, "AD", "AN", "AR", "AS", "AT", "AZ", "EL", "EN", "ES", "ET"])
# The same in Persian and Urdu before R; elsewhere it is the Soviet Union.
ASSIMILATED: Final = "UR"
# The particles of surnames (`DA SILVA`).
PARTICLES: Final = frozenset(["DA", "DE", "DI", "DO", "DU", "LA", "LE", "LO", "TE", "ZU"])
# What a name may begin with, besides articles and particles: surnames of two letters that stand
# first (those of more than one in 100,000 people in the US Census of 1990, and Chinese and Korean
# ones), and titles and the like (`PM THAKSIN`, `TV COVERAGE`). The surnames of statesmen stand
# apart, since they hardly ever mean a country before a word.
_OF_STATESMEN: Final = "FU GE GU HE HO HU LI LY MA NG QI VO VU WU XI XU YE YI YU"
_STATESMEN: Final = frozenset(_OF_STATESMEN.split())
# What belongs to the word behind it, however many codes stand before it, if it is no article in a
# spelling for other letters.
BEGINNINGS: Final = ARTICLES | PARTICLES | _STATESMEN
_OTHER_SURNAMES: Final = (
    "AN AU BA BO DO EK GO HA HY IM JI JO KE KO KU LA LE LO LU MI MO MU NA NI OH PI RE RI SO SU TA "
    "TO TU UY"
)
_ALL_TITLES: Final = "AG CD CJ CM DC DG DR ED FM HQ ID LT MD MP MR MS PC PM PR SC SG ST TV VP"
_TITLES: Final = frozenset(_ALL_TITLES.split())
# What stands before the name of a person, in some languages, with a full stop or without.
_OF_PERSONS: Final = (
    "DR FRAU HERR LADY LORD MADAME MISS MLLE MME MONSIEUR MR MRS MS PROF SENOR SENORA SIGNOR "
    "SIGNORA SIR SR SRA"
)
# What says, in some languages, that what is behind it is not so.
_NEGATIONS: Final = "KEIN KEINE KEINEN NICHT NO NON NOT OHNE PAS SANS SEM SENZA SIN WITHOUT"
# Behind these a word is hardly meant as a code.
BEFORE_DOUBTED: Final = frozenset([*_OF_PERSONS.split(), *_NEGATIONS.split()])
# What people shorten so, while the code is that of an island: the initials of A. Q. Khan, chemical
# weapons, intellectual property, tuberculosis.
_ABBREVIATIONS: Final = frozenset(["AQ", "CW", "IP", "TB"])
# Organizations that are given names, too (`IRA SILVERMAN`).
GIVEN_NAMES: Final = frozenset(["IDA", "IRA", "PIA"])
# What names end with, while the code is that of islands: television, and the number of a king.
ENDINGS: Final = frozenset(["TV", "VI"])
# A Roman number that is a country elsewhere, and what it numbers (`ARTICLE IV`).
NUMERAL: Final = "IV"
_ALL_NUMBERED: Final = (
    "ANNEX ARTICLE ARTICLES CHAPTER CLASS GROUP LEVEL PART PHASE PILLAR PROTOCOL ROUND SECTION "
    "STAGE TIER TITLE TRACK VOLUME"
)
NUMBERED: Final = frozenset(_ALL_NUMBERED.split())
_MAY_BEGIN: Final = SMALL.union(
    BEGINNINGS, _OTHER_SURNAMES.split(), _TITLES, _ABBREVIATIONS, ENDINGS
)
# What a name begins with where a full stop stands behind it; a mountain does so there alone.
_ABBREVIATED: Final = SHORTENED | _TITLES | {"MT"}
# Words that may make something else of a name behind them.
OPENERS: Final = PREPOSITIONS | _FOREIGN | _PARTS | _NEW | _COMPASS | _RULERS


def of_phrases(
    words: Sequence[str],
    is_name: Callable[[int], bool],
    is_in_words: Callable[[int], bool],
    *,
    has_company: bool = False,
) -> list[int]:
    """The indices of what is no code because of a small word beside it.

    Args:
        words: the words of a place of a field, in order; empty where it is more than a word.
        is_name: whether the one with some index is exactly a name of a code that needs company.
        is_in_words: whether the one with some index is a name in words, or a word that is no code.
        has_company: whether a long code stands among them.

    >>> yes = lambda place: True
    >>> of_phrases(["TERRORISM", "IN", "INDIA"], yes, yes), of_phrases(["NEW", "GUINEA"], yes, yes)
    ([1], [0, 1])
    """
    found: list[int] = []
    for at in range(1, len(words)):
        before = words[at - 1]
        if before in OPENERS and is_name(at):
            if before in _COMPASS and has_company:
                continue
            if not is_preposition(before):
                found += [at - 1, at]
            elif at > 1 and is_in_words(at - 2):
                found.append(at - 1)
    return found


def is_preposition(word: str) -> bool:
    """Whether a word of two letters joins names in some language.

    >>> [word for word in ("IN", "ET", "RS") if is_preposition(word)]
    ['IN', 'ET']
    """
    return word in PREPOSITIONS or word in _FOREIGN


def may_begin_name(word: str) -> bool:
    """Whether a name or a phrase may begin with a short word: a small word, an article, a particle,
    a surname, a title or an abbreviation. Others are codes there (`RS PUTIN`, `VE CHAVEZ`).

    >>> [word for word in ("LE", "MA", "AL", "PM", "IN", "RS", "VE") if may_begin_name(word)]
    ['LE', 'MA', 'AL', 'PM', 'IN']
    """
    # A single letter is an article or an initial.
    return len(word) <= 1 or word in _MAY_BEGIN or not (word.isascii() and word.isalpha())


def is_abbreviated(word: str) -> bool:
    """Whether a word of two letters, with a full stop behind it, is what a name begins with: north
    or south, a title, or a mountain.

    >>> [word for word in ("NO", "DR", "MT", "FR") if is_abbreviated(word)]
    ['NO', 'DR', 'MT']
    """
    return word in _ABBREVIATED


def is_assimilated(word: str, behind: str) -> bool:
    """Whether a short word is an article in the spelling that it has before the word behind it.

    >>> is_assimilated("UR", "REHMAN"), is_assimilated("UR", "BREZHNEV")
    (True, False)
    """
    return word == ASSIMILATED and behind.startswith(word[-1])


def least_before(word: str, behind: str) -> int:
    """How many long codes must stand before the only country of a field for it not to belong to
    the word behind it; 0 if it always belongs to that.

    >>> least_before("IT", "REFORM"), least_before("PM", "CANAL"), least_before("LE", "PEN")
    (1, 2, 0)
    >>> least_before("AS", "SAFIR"), least_before("AS", "ELECTIONS")
    (0, 2)
    """
    if word in _VERBS:
        return 1
    if word in PARTICLES or word in _STATESMEN or word in (ARTICLE, "EL"):
        return 0
    return 0 if word in ARTICLES and behind.startswith(word[-1]) else _CODES_BEFORE_COUNTRY
