"""The labels of a cable's header: what opens a TAGS field, ends it, or interrupts it.

All patterns work on folded text (capitals, plain spaces; see `strand.Source`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from rapidfuzz.distance import OSA

__all__ = [
    "EXACT_LABEL",
    "GLUED_DATE",
    "LABEL",
    "ORDER",
    "REPEATED_LABEL",
    "SECTION",
    "inline_end",
    "is_address",
    "is_caption",
    "is_near_label",
    "is_noise",
    "is_word_label",
    "opens_other_field",
    "subject_at",
    "subject_of",
]

# Marks of quoting, lists and emphasis that may stand before a label or a line of the field.
_LEAD = r"[ >|#*\"'`_~•·\[-]*"
_NUMBER = r"(?:¶?\(?\d{1,2}[.)] ?)?"
_MARKING = r"\((?:U|C|S|TS|SBU|LOU|FOUO|UNCLAS|[CS]/NF|[CS]//NF)\)"
_TAGS = r"T[ .]?A[ .]?G(?:[ .]?S)?"
# A colon that was mistyped or badly read as a letter: it stands between the label and a space.
_READ_AS_LETTER = r"[A-Z0-9](?= +[^ :;.])"
_MARK = rf"(?P<mark>[:;.,=|*_~>-][:;.,=|*_~> -]*|(?<=TAGS){_READ_AS_LETTER})?"

EXACT_LABEL = re.compile(_TAGS)
# A label wherever it stands: at the start of a line (`lead` matched), inside one, or glued to the
# date or the mark of declassification before it.
_GLUED = r"(?:(?<=\d)|(?<=GDS)|(?<=OADR))(?=TAGS? ?[:;])"
LABEL = re.compile(
    rf"(?:^(?P<lead>{_LEAD}{_NUMBER}(?:{_MARKING} ?)?)|(?<![A-Z0-9])|{_GLUED})"
    rf"(?P<label>{_TAGS}(?![A-Z0-9])|TAGS(?=(?:[A-Z]{{4}})+(?![A-Z0-9])|{_READ_AS_LETTER})|"
    r"[A-Z0-9]{2,5}(?= ?[:;.]))"
    rf" *(?:(?:{_MARKING}|\(CONT(?:'?D|INUED)?\.?\)) *)?{_MARK} *",
    re.MULTILINE,
)
REPEATED_LABEL = re.compile(rf"{_LEAD}(?:{_TAGS} *[:;=.-]+ *|TAGS\b *)+")

# An executive order on classification, or the declassification mark that goes with it.
ORDER = re.compile(r"(?<![A-Z0-9])(?:E[., ]{0,2}[O0][., ]{0,2}\d{4,5}\b|DECL\b|[ARX]?GDS\b|OADR\b)")
# A date that ends where a label begins is that of declassification, whose own label may be lost.
GLUED_DATE = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}$")
SECTION = re.compile(r"\bSECT(?:ION)?\.? *\d+ *(?:OF|/) *\d+|^ *(?:PAGE \d+|V?ZCZC)", re.MULTILINE)

# Words of the language that are one letter away from the label; only a header makes them one.
_WORD = re.compile(r"[BFGHJLNRSWZ]AGS|STAGS?|TA[BMNPRTUW]S|TASS|TAGUS|T[OU]GS|TAG[GS]?ED")


@lru_cache(maxsize=4096)
def is_near_label(word: str) -> bool:
    """Whether a word may be the label TAGS with one letter wrong, and is no word of its own.

    >>> [is_near_label(word) for word in ("TAQS", "AGS", "TGAS", "STAGS", "TAGGED", "TO")]
    [True, True, True, False, False, False]
    """
    return not _WORD.fullmatch(word) and OSA.distance(word, "TAGS", score_cutoff=1) == 1


def is_word_label(word: str) -> bool:
    """Whether a word of the language is one letter away from the label TAGS.

    >>> [is_word_label(word) for word in ("TABS", "STAGS", "TAQS", "TAGS")]
    [True, True, False, False]
    """
    return _WORD.fullmatch(word) is not None and OSA.distance(word, "TAGS", score_cutoff=1) == 1


# Handling captions and marks of classification: they may stand in the field and are no tags.
_CAPTION = re.compile(
    r"SIPDIS|NOFORN|(?:NO|EX|LIM|STA)DIS|NOCONTRACT|ORCON|PROPIN|NOPERM|FOUO|EFTO|SBU|LOU|"
    r"UNCLAS(?:S|SIFIED)?|CONFIDENTIAL|SECRET|SENSITIVE|NNNN"
)


def is_caption(word: str) -> bool:
    """Whether a word is a handling caption or a mark of classification.

    >>> is_caption("SIPDIS"), is_caption("PREL")
    (True, False)
    """
    return _CAPTION.fullmatch(word) is not None


_SPACED = re.compile(
    r"(?:UNCLAS|CONFIDENTIAL|SECRET|TOPSECRET|LIMITEDOFFICIALUSE|LIMOFFUSE|SENSITIVE|SIPDIS|"
    r"NOFORN|NODIS|EXDIS|LIMDIS|STADIS|NNNN|QQQQ|CORRECTEDCOPY|ADP\d{3})"
)
_NOISE = re.compile(
    r"PAGE \d+\b|V?ZCZC|Z[A-Z]{2} |DE RU|(?:[ZOPR]{1,2} )+(?:\d{6}Z|RU[A-Z])|RU[A-Z]{4,5}\b|"
    r"FM (?:AM|SEC|US|DEPT)[A-Z]{3}|TO (?:RU|AM|SEC|US)[A-Z]{3}|INFO (?:RU|AM|US|SEC)[A-Z]{2}|"
    r"#\d{4}|[A-Z][A-Z .']* \d{4,8} +(?:\d{2,3}(?:\.\d)? +OF +\d+|\d{6}Z)|"
    r"[-=*_#. ]{2,}$|\d{1,3}$|-?\d+-?$"
)
_CODE_WORD = re.compile(r"[A-Z]{4}")


def is_noise(line: str, is_code: Callable[[str], bool]) -> bool:
    """Whether a line is none of the cable's own text: classification, a page's or section's head.

    >>> is_noise("C O N F I D E N T I A L SECTION 02 OF 03 PARIS 001234", {"PREL"}.__contains__)
    True
    >>> is_noise("SENSITIVE, PREL", {"PREL"}.__contains__)
    False
    """
    bare = line.strip(" >|*-\"'")
    if _NOISE.match(bare):
        return True
    if not _SPACED.match(bare.replace(" ", "")):
        return False
    return not any(is_code(word) for word in _CODE_WORD.findall(bare) if len(word) == 4)


# A message that is referred to, and one by its letter: `(B) STATE 12345`, `C. 75 PARIS 123`. The
# words of a place have a bound, without which each letter of a long chain would be tried with all
# behind it.
_MESSAGE = r"(?:\d\d(?:\d\d)? ?)?[A-Z][A-Z.']{1,30}(?: [A-Z.']{1,30}){0,3} ?\d{2,6}\b"
_REFERENCE = rf"\(?[A-Z][).] ?{_MESSAGE}"
_KEYWORD = re.compile(
    rf"{_LEAD}(?:{_MARKING} *)?(?:"
    r"S ?U ?B ?J(?: ?E ?C ?T)?S?(?![A-Z])"
    r"|REFS?(?![A-Z]| *,)|REFERENCES?\b|REFTELS?\b"
    r"|E[., ]{0,2}[O0][., ]{0,2}\d{4,5}"
    r"|SUMMARY\b|BEGIN (?:SUMMARY|TEXT)|INTRODUCTION\b|COMMENT\b"
    r"|CLASSIFIED\b|CLASSIFICATION\b|REASONS?\b|DERIVED\b|DECLASS|DECL\b|DRV\b"
    r"|DEPT\b|DEPARTMENT\b|FOR \w+|PASS TO\b|EYES ONLY|JOINT STATE|THIS (?:IS|MESSAGE|CABLE)"
    r"|\(?\d{1,2}[.)]|¶|PARA\b|\([A-Z]\)"
    rf"|{_MARKING}|{_REFERENCE})"
)
# Who is to have the message: `USEU FOR ECON`, `GENEVA PASS USTR`.
_ADDRESS = re.compile(
    rf"{_LEAD}[A-Z][A-Z/.']*(?: [A-Z][A-Z/.']*){{0,2}} (?:FOR|PASS(?: TO)?) [A-Z]"
)


def is_address(line: str) -> bool:
    """Whether a line says who is to have the message: a post, and an office there.

    >>> is_address("USEU FOR ECON"), is_address("PREL, SUPPORT FOR IRAQ"), is_address("KMCA LT")
    (True, False, False)
    """
    return _ADDRESS.match(line) is not None and "," not in line and ";" not in line


_FIRST_WORD = re.compile(rf"{_LEAD}([A-Z0-9]{{5,9}})(?=[ :;.])")
_TOKEN = re.compile(r"[^\W_]+")
_ANY_LABEL = re.compile(rf"{_LEAD}([A-Z0-9][A-Z0-9 .'/()-]{{1,30}}?) ?:")


def opens_other_field(line: str, is_code: Callable[[str], bool]) -> bool:
    """Whether a line begins another field than TAGS, or the body of the cable.

    >>> [opens_other_field(line, {"PREL"}.__contains__) for line in
    ...  ("SUBJECT: X", "SUBJCET X", "(B) STATE 12", "1. (C) SUMMARY", "PREL: PGOV", "KMCA, LT")]
    [True, True, True, True, False, False]
    """
    if _KEYWORD.match(line):
        return True
    first = _FIRST_WORD.match(line)
    if first and OSA.distance(first[1], "SUBJECT", score_cutoff=1) <= 1:
        return True
    label = _ANY_LABEL.match(line)
    if not label or EXACT_LABEL.fullmatch(label[1]):
        return False
    code = label[1].split()[0]
    if not is_code(code):
        return True
    # `ID: 12345` and `TO: STATE` are labels of a page, although two letters are also a code.
    after = _TOKEN.findall(line, label.end())
    return len(code) == 2 and code == label[1] and not all(map(is_code, after))


_INLINE_END = re.compile(
    r"(?<![A-Z0-9])(?:S ?U ?B ?J(?: ?E ?C ?T)?\b|REFS? ?(?:\(S\))? ?:|REF [A-Z]\.|"
    rf"REF(?:TEL)?S? {_MESSAGE}|{_REFERENCE}|"
    r"E\.? ?O\.? ?\d{5}|CLASSIFIED BY\b|DERIVED FROM\b|SUMMARY ?[:.]|\d{1,2}\. ?\(|¶|"
    r"(?P<other>[A-Z0-9]{3,14}) ?:)"
)


_RUN = re.compile(r"[^,;/|()\[\]]+")
_PROSE_LENGTH = 6
# Words that join others to sentences, and those among them that no name of several words has.
_JOINING = re.compile(r"A|AN|AND|BY|FOR|FROM|OF|ON|THE|TO|WITH")
_SENTENCE = re.compile(
    r"ARE|BE|BEEN|BUT|CALLED|HAD|HAS|HAVE|HE|HER|HIS|ITS|MAY|MET|NOT|OUR|SAID|SHE|THAT|THEIR|THEY|"
    r"THIS|TOLD|WAS|WE|WERE|WHICH|WHO|WILL|WOULD"
)


def inline_end(line: str, is_code: Callable[[str], bool]) -> int:
    """Where on a line of the field another field or a sentence begins; else the line's length.

    >>> is_code = {"PREL", "PGOV"}.__contains__
    >>> inline_end("PREL, PGOV SUBJECT: FRANCE", is_code)
    11
    >>> inline_end("PREL THE AMBASSADOR MET THE MINISTER OF TRADE", is_code)
    5
    """
    end = _prose(line, is_code)
    for match in _INLINE_END.finditer(line, 0, end):
        other = match["other"]
        if other is None:
            return match.start()
        inside = line.count("(", 0, match.start()) > line.count(")", 0, match.start())
        if not (inside or is_code(other) or EXACT_LABEL.fullmatch(other)):
            return match.start()
    return end


def subject_at(line: str) -> int:
    """Where on a line the subject, a reference or the like begins; else the line's length.

    >>> subject_at("IS SUBJECT: FRANCE"), subject_at("KMCA, LT")
    (3, 8)
    """
    found = (match.start() for match in _INLINE_END.finditer(line) if match["other"] is None)
    return next(found, len(line))


def _prose(line: str, is_code: Callable[[str], bool]) -> int:
    """Where on a line a sentence begins: many words that no mark parts, and such as join them."""
    for run in _RUN.finditer(line):
        words = [word for word in _TOKEN.finditer(line, *run.span()) if not is_code(word.group())]
        if len(words) < _PROSE_LENGTH:
            continue
        joining = sum(_JOINING.fullmatch(word.group()) is not None for word in words)
        sentence = sum(_SENTENCE.fullmatch(word.group()) is not None for word in words)
        if joining + 2 * sentence >= 4 or (sentence and joining):
            return words[0].start()
    return len(line)


_SUBJECT = re.compile(r"S ?U ?B ?J[A-Z ]{0,8}[:;. -]+(?:\([A-Z/]+\) ?)?(?P<text>[^\n]{0,60})")


def subject_of(text: str) -> str | None:
    """What stands after SUBJECT at the start of a text; None if it starts otherwise.

    >>> subject_of("SUBJECT: (C) FRANCE AND IRAN")
    'FRANCE AND IRAN'
    """
    match = _SUBJECT.match(text.lstrip(" >|*\n"))
    return match["text"].strip() if match else None
