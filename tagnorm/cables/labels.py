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
    "LABEL",
    "ORDER",
    "REPEATED_LABEL",
    "SECTION",
    "inline_end",
    "is_caption",
    "is_near_label",
    "is_noise",
    "opens_other_field",
    "subject_of",
]

# Marks of quoting, lists and emphasis that may stand before a label or a line of the field.
_LEAD = r"[ >|#*\"'`_~•·\[-]*"
_NUMBER = r"(?:¶?\(?\d{1,2}[.)] ?)?"
_MARKING = r"\((?:U|C|S|TS|SBU|LOU|FOUO|UNCLAS|[CS]/NF|[CS]//NF)\)"
_TAGS = r"T[ .]?A[ .]?G(?:[ .]?S)?"
_MARK = r"(?P<mark>[:;.,=|*_~>-][:;.,=|*_~> -]*)?"

EXACT_LABEL = re.compile(_TAGS)
# A label wherever it stands: at the start of a line (`lead` matched) or inside one.
LABEL = re.compile(
    rf"(?:^(?P<lead>{_LEAD}{_NUMBER}(?:{_MARKING} ?)?)|(?<![A-Z0-9]))"
    rf"(?P<label>{_TAGS}(?![A-Z0-9])|TAGS(?=[A-Z]{{4}}(?![A-Z0-9]))|[A-Z0-9]{{2,5}}(?= ?[:;.]))"
    rf" *(?:(?:{_MARKING}|\(CONT(?:'?D|INUED)?\.?\)) *)?{_MARK} *",
    re.MULTILINE,
)
REPEATED_LABEL = re.compile(rf"{_LEAD}(?:{_TAGS} *[:;=.-]+ *|TAGS\b *)+")

# An executive order on classification, or the declassification mark that goes with it.
ORDER = re.compile(r"(?<![A-Z0-9])(?:E[., ]{0,2}[O0][., ]{0,2}\d{4,5}\b|DECL\b|[ARX]?GDS\b|OADR\b)")
SECTION = re.compile(r"\bSECT(?:ION)?\.? *\d+ *(?:OF|/) *\d+|^ *(?:PAGE \d+|V?ZCZC)", re.MULTILINE)

# Words of the language that are one letter away from the label; no label is misspelled so.
_WORD = re.compile(r"[BFGHJLNRSWZ]AGS|STAGS?|TA[BMNPRTUW]S|TASS|TAGUS|T[OU]GS|TAG[GS]?ED")


@lru_cache(maxsize=4096)
def is_near_label(word: str) -> bool:
    """Whether a word may be the label TAGS with one letter wrong, and is no word of its own.

    >>> [is_near_label(word) for word in ("TAQS", "AGS", "TGAS", "STAGS", "TAGGED", "TO")]
    [True, True, True, False, False, False]
    """
    return not _WORD.fullmatch(word) and OSA.distance(word, "TAGS", score_cutoff=1) == 1


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


_KEYWORD = re.compile(
    rf"{_LEAD}(?:{_MARKING} *)?(?:"
    r"S ?U ?B ?J(?: ?E ?C ?T)?S?(?![A-Z])"
    r"|REFS?(?![A-Z]| *,)|REFERENCES?\b|REFTELS?\b"
    r"|E[., ]{0,2}[O0][., ]{0,2}\d{4,5}"
    r"|SUMMARY\b|BEGIN (?:SUMMARY|TEXT)|INTRODUCTION\b|COMMENT\b"
    r"|CLASSIFIED\b|CLASSIFICATION\b|REASONS?\b|DERIVED\b|DECLASS|DECL\b|DRV\b"
    r"|DEPT\b|DEPARTMENT\b|FOR \w+|PASS TO\b|EYES ONLY|JOINT STATE|THIS (?:IS|MESSAGE|CABLE)"
    rf"|\(?\d{{1,2}}[.)]|¶|PARA\b|{_MARKING})"
)
_FIRST_WORD = re.compile(rf"{_LEAD}([A-Z0-9]{{5,9}})(?=[ :;.])")
_ANY_LABEL = re.compile(rf"{_LEAD}([A-Z0-9][A-Z0-9 .'/()-]{{1,30}}?) ?:")


def opens_other_field(line: str, is_code: Callable[[str], bool]) -> bool:
    """Whether a line begins another field than TAGS, or the body of the cable.

    >>> [opens_other_field(line, {"PREL"}.__contains__) for line in
    ...  ("SUBJECT: X", "SUBJCET X", "REF: A. STATE 1", "1. (C) SUMMARY", "PREL: PGOV", "KMCA, LT")]
    [True, True, True, True, False, False]
    """
    if _KEYWORD.match(line):
        return True
    first = _FIRST_WORD.match(line)
    if first and OSA.distance(first[1], "SUBJECT", score_cutoff=1) <= 1:
        return True
    label = _ANY_LABEL.match(line)
    return bool(label and not is_code(label[1].split()[0]) and not EXACT_LABEL.fullmatch(label[1]))


_INLINE_END = re.compile(
    r"(?<![A-Z0-9])(?:S ?U ?B ?J ?E ?C ?T\b|SUBJ\b ?[:;.]|REFS? ?(?:\(S\))? ?:|REF [A-Z]\.|"
    r"E\.? ?O\.? ?\d{5}|CLASSIFIED BY\b|DERIVED FROM\b|SUMMARY ?[:.]|\d{1,2}\. ?\(|¶|"
    r"(?P<other>[A-Z0-9]{3,14}) ?:)"
)


def inline_end(line: str, is_code: Callable[[str], bool]) -> int:
    """Where on a line of the field another field begins; the line's length if none does.

    >>> inline_end("PREL, PGOV SUBJECT: FRANCE", {"PREL", "PGOV"}.__contains__)
    11
    """
    for match in _INLINE_END.finditer(line):
        other = match["other"]
        if other is None or not (is_code(other) or EXACT_LABEL.fullmatch(other)):
            return match.start()
    return len(line)


_SUBJECT = re.compile(r"S ?U ?B ?J[A-Z ]{0,8}[:;. -]+(?:\([A-Z/]+\) ?)?(?P<text>[^\n]{0,60})")


def subject_of(text: str) -> str | None:
    """What stands after SUBJECT at the start of a text; None if it starts otherwise.

    >>> subject_of("SUBJECT: (C) FRANCE AND IRAN")
    'FRANCE AND IRAN'
    """
    match = _SUBJECT.match(text.lstrip(" >|*\n"))
    return match["text"].strip() if match else None
