"""Vocabularies of every kind, small enough to read.

Each is about one thing that the engine decides: marks that tell codes apart, codes of a letter,
joined codes by several tables of prices, codes out of use, forms of several words, other scripts,
long names, many of them. And some are drawn: forms, kinds and prices by a number.
"""

# ruff: noqa: RUF001 -- letters of other scripts that look alike are meant

from __future__ import annotations

import random
from collections.abc import Callable

from tagnorm import Alias, Code, Decision, Decisions, Normalizer, Taxonomy
from tagnorm.engine.costs import shipped
from tagnorm.errors import TaxonomyError

__all__ = [
    "ALPHABETS",
    "alike",
    "anything",
    "archive",
    "brief",
    "built_in",
    "chains",
    "decided",
    "few_letters",
    "hanzi",
    "large",
    "long",
    "marked",
    "numbers",
    "phrases",
    "phrases_decided",
    "scripts",
]


def _priced(text: str) -> dict[str, float]:
    """Numbers by name, as a person writes a table on a line."""
    cells = text.split()
    return dict(zip(cells[::2], map(float, cells[1::2]), strict=True))


def built_in() -> Normalizer:
    return Normalizer()


def decided() -> Normalizer:
    """The shipped vocabulary with words that were decided, or are to be kept."""
    decisions = (
        *(
            Decision("REPORT", ["PREL"]),
            Decision("visit of", []),
            Decision("XYZZY", ["PGOV", "US"]),
        ),
        *(Decision("PREL PGOV", ["PREL"]), Decision("SMITH, JOHN", ["PINR"]), Decision("4", [])),
    )
    return Normalizer(decisions=Decisions(decisions), keep=["KDEM", "the", "US", "B"])


def marked() -> Normalizer:
    """Forms of several words, with marks, beside plain ones."""
    names = ("C++", "C#", ".NET", "A/B TEST", "UNGA/C-6", "OBJECTIVE-C", "R&D", "NODE.JS", "(S)-X")
    plain = ("ALPHA", "BETA", "GAMMA", "DELTA", "HUMAN RIGHTS", "RIGHTS OF WAY", "AL AIN", "WAY")
    codes = [Code(name, anchor=len(name) > 3) for name in (*names, *plain)]
    aliases = [Alias("C PLUS PLUS", "C++"), Alias("AYN, AL", "AL AIN"), Alias("Δ", "DELTA")]
    return Normalizer(Taxonomy(tuple(codes), tuple(aliases), {"WHO": "", "U.N.": ""}))


def few_letters() -> Normalizer:
    """Forms of three letters of the alphabet, so that nearly everything is near something."""
    tags = ("A", "AB", "ABC", "ABCA", "BACB", "CCCC", "ABBA", "CABBAC", "BBBBB", "CAB", "ACCBAB")
    codes = [Code(tag, frequency=1 + 7 * at, position=1 + at % 3) for at, tag in enumerate(tags)]
    return Normalizer(Taxonomy(tuple(codes), (Alias("BB", "ABBA"), Alias("BCAAC", "AB"))))


def brief() -> Normalizer:
    """Codes of one and two letters, and of digits with marks that tell them apart."""
    elements = ("H", "He", "Li", "Be", "B", "C", "N", "O", "F", "Ne", "Na", "Mg", "Xe", "Pu", "0+")
    numbers = ("75.22", "56.22", "7.522", "A01.0", "A010", "1-2", "12", "0", "O-", "AB+", "AB-")
    codes = [Code(tag, frequency=at) for at, tag in enumerate((*elements, *numbers), start=1)]
    return Normalizer(Taxonomy(tuple(codes), (Alias("HELIUM", "He"), Alias("K+", "Na"))))


def numbers() -> Normalizer:
    """Numbers told apart by where their point stands, near one another."""
    points = [f"{chapter}{part}.{of}" for chapter in "AB" for part in "01" for of in "019"]
    dashes = ("1-2", "12", "1.2", "12-1", "121", "2-1", "2.1", "75.22", "56.22", "7.522", "752.2")
    rates = ("AAA", "AA+", "AA", "AA-", "A+", "A", "A-", "BBB+", "BBB", "BBB-", "BB+", "B-", "0+")
    codes = [Code(tag, frequency=1 + at % 5) for at, tag in enumerate((*points, *dashes, *rates))]
    aliases = (Alias("A.A.", "AA"), Alias("TRIPLE A", "AAA"), Alias("75/22", "75.22"))
    return Normalizer(Taxonomy(tuple(codes), aliases, {"A-1-2": "", "B.0": ""}))


def alike() -> Normalizer:
    """Codes that differ in case, accents or marks alone."""
    tags = ("c", "C", "C++", "c-", "Aa", "AA", "É", "E", "E'", ".NET", "NET", "NE.T", "RÉSUMÉ")
    more = ("RESUME", "mW", "MW", "M-W", "MWH", "mWh", "KWH", "K-WH", "REAL-TIME", "REAL TIME")
    codes = [Code(tag, frequency=1 + at % 4) for at, tag in enumerate((*tags, *more))]
    aliases = (Alias("c plus", "C++"), Alias("C-PLUS", "c"), Alias("mwatt", "mW"))
    return Normalizer(Taxonomy(tuple(codes), (*aliases, Alias("MWATT", "MW"))))


_JOINED = ("ABCD", "BCDA", "DABC", "CCDA", "ADDB", "BBAC", "DCBA", "ABDC", "CADB")
_COMPANY = ("AB", "CD", "DA", "C", "BCA")


def chains(costs: str, confidence: str = "") -> Callable[[], Normalizer]:
    """Joined codes of few letters, with codes that need company, by other prices than usual."""

    def make() -> Normalizer:
        codes = [Code(tag, frequency=1 + 9 * (at % 4)) for at, tag in enumerate(_JOINED)]
        codes += [Code(tag, anchor=False, frequency=3 + at) for at, tag in enumerate(_COMPANY)]
        aliases = (Alias("ABBAB", "ABCD"), Alias("DDD", "CD"))
        return Normalizer(
            Taxonomy(
                tuple(codes),
                aliases,
                {"ABCA": "", "DDAB": ""},
                costs=_priced(costs),
                confidence=_priced(confidence),
            )
        )

    return make


def archive() -> Normalizer:
    """Families, organizations, codes that are out of use or of unknown meaning, how often each is
    meant; with prices and confidences of its own for whatever there is."""
    families = dict.fromkeys("PEKM", "")
    codes = []
    tags = "PREL PGOV PREF PINR PARM EFIN ECON EAGR EAID KDEM KNNP KPAO MARR MASS MOPS PHUM EPET"
    for at, tag in enumerate(f"{tags} ETRD PTER KWMN".split()):
        status = "retired" if at % 6 == 5 else "attested" if at % 7 == 6 else "current"
        codes.append(
            Code(
                tag,
                family=tag[0],
                status=status,
                frequency=(900 - 37 * at) if at % 4 else None,
                position=1 + at // 3 if at % 5 else None,
            )
        )
    for at, tag in enumerate(("NATO", "OPEC", "UNSC", "OSCE", "IAEA", "EU", "OAS", "WHO", "ILO")):
        is_long = len(tag) > 3
        codes.append(
            Code(tag, kind="organization", anchor=is_long, frequency=40 + 11 * at, position=2 + at)
        )
    for at, tag in enumerate(("US", "UK", "FR", "GM", "JA", "IR", "IZ", "PK", "IN", "SP")):
        is_out = at == 7
        codes.append(Code(tag, frequency=5 + at, status="retired" if is_out else "current"))
    aliases = (
        *(Alias("FRANCE", "FR"), Alias("GERMANY", "GM"), Alias("JAPAN", "JA"), Alias("IRAN", "IR")),
        *(Alias("POLITICS", "PGOV"), Alias("OIL", "EPET"), Alias("NAVY", "MOPS")),
        *(Alias("HUMAN RIGHTS", "PHUM"), Alias("UNITED STATES", "US"), Alias("N. SPAIN", "SP")),
    )
    costs = _priced(
        "few 0.6 late 0.5 many 0.1 organization 1.3 retired 2.1 attested 2.4 companion 2.5"
        " brief 1.5 companion_before 3.6 alias 1.8 alias_edit 1.2 organization_edit 0.5 outcomes"
        " 0.3 short 0.5 shortest_code 3 shortest_alias 4 shortest_anchor 6 join 0.5 exact_first"
        " 1 joined_rare 0.4 joined_many 0.1 joined_attested 0.5 joined_edit 1.5 unanchored 2.6"
        " leftover 4.6 cut 1.8 letter 2.4 unresolved 2.7 language 0.7 other 2.1 word 2.2"
        " unlisted 8 acronym 9 company 2 retired_edit 1.4 again 2 longer 1.1 other_time 0.4"
        " garbled 1.4 garbled_letter 2.4 swap 0.7 joined_doubt 3 left_in_front 2 left_behind 4"
        " drop_first 2.8 drop_last 3.2 double 2 add_family 1.5 add_first 4 add_inner 3.4"
        " replace_family 1.9 replace_first 5 replace_inner 4.4 repeated 1.5"
    )
    confidence = _priced(
        "slope 0.9 intercept 0.2 alone 0.5 joined -0.6 joined_edit -0.4 leftover -0.8 own 2.2"
        " alone_slope 0.7 joined_slope 0.8 joined_edit_slope 0.6 leftover_slope 0.5 own_slope"
        " 0.4 own_acronym 1.5 long 0.4 retired 0.9 attested 0.8 alias 0.95 clean 0.99 ceiling"
        " 0.995"
    )
    return Normalizer(
        Taxonomy(
            tuple(codes),
            aliases,
            {"UNGA": "", "NPT": "", "G-8": ""},
            costs=costs,
            confidence=confidence,
            families=families,
        )
    )


_PLACES = (
    *("NEW YORK", "NEW YORK CITY", "YORK", "NEW DELHI", "DELHI", "SAN JOSE", "SAN JOSE DEL CABO"),
    *("ASIA/TAIPEI", "ASIA/TOKYO", "TOKYO", "CONGO, REPUBLIC OF", "CONGO (KINSHASA)", "X-RAY"),
    *("CHAD", "MALI", "KOREA, NORTH", "KOREA, SOUTH", "B 12", "B 1", "T.S.", "ART & CRAFT"),
    *("ART", "CRAFT", "HUMAN RIGHTS", "RIGHTS OF WAY", "WAY OF LIFE", "LIFE", "SEA", "RED SEA"),
)


def phrases() -> Normalizer:
    """Forms of several words that share them; some hold what parts the places of a field."""
    codes = [Code(name, anchor=len(name) > 3) for name in _PLACES]
    aliases = (
        *(Alias("N Y C", "NEW YORK CITY"), Alias("DEM. REP. CONGO", "CONGO (KINSHASA)")),
        *(Alias("TAIWAN; CHINA", "ASIA/TAIPEI"), Alias("BIG APPLE", "NEW YORK CITY")),
        *(Alias("PYONGYANG", "KOREA, NORTH"), Alias("NORTH KOREA", "KOREA, NORTH")),
    )
    return Normalizer(Taxonomy(tuple(codes), aliases, {"NORTH": "", "SEA LIFE": ""}))


def phrases_decided() -> Normalizer:
    """The same with decisions and words to be kept."""
    decisions = (
        *(Decision("SEA, LIFE", ["RED SEA", "LIFE"]), Decision("NEW", []), Decision("B", ["B 12"])),
        *(Decision("YORK CHAD", ["CHAD"]), Decision("ON THE", []), Decision("XYZZY", ["ART"])),
    )
    taxonomy = phrases().taxonomy
    return Normalizer(taxonomy, decisions=Decisions(decisions), keep=["CRAFT", "of", "RED SEA"])


def scripts() -> Normalizer:
    """Codes of other letters, and such as folding makes longer."""
    tags = (
        "МОСКВА",
        "МИНСК",
        "ΑΘΗΝΑ",
        "ΣΠΑΡΤΗ",
        "東京",
        "京都",
        "東京都",
        "北京市",
        "STRAßE",
        "ﬁNAL",
    )
    more = ("ÉTÉ", "ÇELİK", "NAÏVE", "राजनीति", "अर्थ", "ÅNGSTRÖM", "Ⅳ", "ŒUVRE", "MINSK", "ÑANDÚ")
    codes = [Code(tag) for tag in (*tags, *more)]
    aliases = (Alias("МОСКОВИЯ", "МОСКВА"), Alias("江戸", "東京"), Alias("Peking", "北京市"))
    return Normalizer(Taxonomy(tuple(codes), aliases, {"КГБ": ""}))


def hanzi() -> Normalizer:
    """Codes of two to four of hundreds of letters."""
    draw = random.Random("hanzi")
    letters = [chr(0x4E00 + 37 * at) for at in range(260)]
    names = {"".join(draw.choices(letters, k=draw.choice((2, 2, 3, 4)))) for _ in range(150)}
    return Normalizer(Taxonomy(tuple([Code(name) for name in sorted(names)])))


_LONG = (
    *("CHEMISTRY", "BIOCHEMISTRY", "CHEMICALS", "BIOLOGY", "BIOLOGICAL", "BIOPHYSICS", "PHYSICS"),
    *("PHYSICIAN", "GEOLOGY", "GEOGRAPHY", "GEOPHYSICS", "METEOROLOGY", "METROLOGY", "ASTRONOMY"),
    *("GASTRONOMY", "AGRONOMY", "ECONOMY", "ECONOMICS", "ERGONOMICS", "ART", "LAW", "GAS", "OIL"),
)


def long() -> Normalizer:
    """Names of many letters, near one another, beside short ones."""
    codes = [Code(name, frequency=1 + at * at % 50) for at, name in enumerate(_LONG)]
    aliases = (Alias("STARGAZING", "ASTRONOMY"), Alias("LAWYER", "LAW"))
    return Normalizer(Taxonomy(tuple(codes), aliases, {"BIOLOGIST": ""}, costs={"leftover": 5.0}))


def large() -> Normalizer:
    """More names than are held by what they are without a letter."""
    draw = random.Random("large")
    parts = ("BA", "CO", "DU", "FE", "GI", "LA", "MO", "NU", "RE", "SI", "TA", "VO", "X", "ST", "K")
    names: set[str] = set()
    while len(names) < 1700:
        names.add("".join(draw.choices(parts, k=draw.choice((2, 3, 3, 4, 5, 6)))))
    codes = [
        Code(name, anchor=len(name) > 4, frequency=1 + at % 97)
        for at, name in enumerate(sorted(names))
    ]
    return Normalizer(Taxonomy(tuple(codes), costs={"leftover": 6.0, "join": 2.0}))


ALPHABETS = ("ABC", "ABCD", "ABCDEF", "AB1", "AB1.-", "ABÉ'", "AB CD", "AB/C, ", "ABCDEFGHIKLMNO")


def anything(number: int) -> Callable[[], Normalizer]:
    """A vocabulary that was drawn: its forms, their kinds, prices and confidences."""

    def make() -> Normalizer:
        draw = random.Random(f"any {number}")
        while True:
            taxonomy = _drawn(draw, ALPHABETS[number % len(ALPHABETS)], is_even=number % 3 == 2)
            if taxonomy is not None:
                return taxonomy

    return make


def _drawn(draw: random.Random, alphabet: str, *, is_even: bool) -> Normalizer | None:
    """A normalizer, or None where what was drawn is no vocabulary.

    `is_even` says that its prices are.
    """
    longest = draw.choice((3, 4, 6, 9))
    sizes = [*range(1, longest + 1), longest, longest]

    def form() -> str:
        return "".join(draw.choices(alphabet, k=draw.choice(sizes)))

    families = alphabet[0] if draw.random() < 0.5 else ""
    tags = sorted({form() for _ in range(draw.choice((3, 5, 8, 14)))})
    codes = [
        Code(
            tag,
            kind=draw.choice(("code", "code", "organization")),
            family=tag[0] if tag[0] in families else "",
            status=draw.choice(("current", "current", "current", "retired", "attested")),
            frequency=draw.choice((None, 1, 20, 300.5)),
            position=draw.choice((None, 1, 4, 40)),
            anchor=draw.choice((None, None, True, False)),
        )
        for tag in tags
    ]
    aliases = [Alias(form(), draw.choice(tags)) for _ in range(draw.choice((0, 1, 3)))]
    general = shipped("costs.tsv")
    if is_even:
        # Whole numbers, and nothing that is no whole number besides: so that readings often tie.
        costs = {name: float(draw.choice((0, 1, 2, 4))) for name in sorted(general)}
        costs |= dict.fromkeys(("few", "many", "late", "outcomes", "language"), 0.0)
        costs |= {"joined_rare": 0.0, "joined_many": 0.0, "unresolved": 4.0, "other": 2.0}
        costs |= {name: general[name] for name in general if name.startswith("shortest")}
    else:
        names = draw.sample(sorted(general), 14)
        costs = {n: round(general[n] * draw.random() + draw.random() / 2, 2) for n in names}
    confidence = {
        "own": draw.choice((1.5, 99.0)),
        "own_acronym": draw.choice((2.5, 99.0)),
        "slope": 0.5 + draw.random(),
        "joined_slope": 0.5 + draw.random(),
    }
    try:
        return Normalizer(
            Taxonomy(
                tuple(codes),
                tuple(aliases),
                dict.fromkeys([form()], ""),
                costs=costs,
                confidence=confidence,
            )
        )
    except TaxonomyError:
        return None
