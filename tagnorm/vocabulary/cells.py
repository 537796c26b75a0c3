r"""What the cells of a vocabulary file mean, and how values become cells again.

Numbers and years are plain, and `yes` and `no` say whether a code is an anchor. A list of names is
parted by semicolons, `Swing; Bebop`; names by edition are a list of `1974=Human Rights`. A
semicolon, an equals sign or a backslash inside a name has a backslash before it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping

from tagnorm.cells import is_missing
from tagnorm.vocabulary.frozen import FrozenDict
from tagnorm.vocabulary.validation import short

__all__ = [
    "cell_of", "parse_amount", "parse_editions", "parse_flag", "parse_list", "parse_number",
    "parse_whole", "parse_year", "write_editions", "write_list",
]  # fmt: skip

# Longer numbers than these mean nothing here, and Python takes its time over them.
_DIGITS = 15
_WHOLE = re.compile(r"[0-9]{1,15}(?:\.0)?", re.ASCII)
_AMOUNT = re.compile(r"[0-9]{0,16}(?:\.[0-9]{0,400})?(?:[eE][-+]?[0-9]{1,3})?", re.ASCII)
_YEAR = re.compile(r"-?[0-9]{1,4}(?:\.0)?", re.ASCII)
_PART = re.compile(r"((?:[^\\;]|\\.)*)(?:;|$)", re.DOTALL)
_EDITION = re.compile(r"((?:[^\\=]|\\.)+)=(.*)", re.DOTALL)
_MARKS = re.compile(r"[\\;=]")
_FLAGS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def parse_whole(cell: str) -> int:
    """A whole number.

    Raises:
        ValueError: it is none.
    """
    if _is_plain(cell):
        return int(cell)
    if _WHOLE.fullmatch(cell):
        return int(cell.partition(".")[0])
    raise ValueError("it takes a whole number or nothing")


def parse_amount(cell: str) -> float:
    """A number that is not negative.

    >>> parse_amount("12"), parse_amount("0.5")
    (12, 0.5)

    Raises:
        ValueError: it is none.
    """
    if _is_plain(cell):
        return int(cell)
    if _AMOUNT.fullmatch(cell) and any(map(str.isdecimal, cell)):
        number = float(cell)
        # What is too small for a machine's number becomes 0, which would say something else.
        is_nothing = not cell.lower().partition("e")[0].strip("0.")
        if math.isfinite(number) and (number > 0 or is_nothing):
            return number
    raise ValueError("it takes a positive number or nothing")


def parse_number(cell: str) -> float:
    """A number of any sign.

    Raises:
        ValueError: it is none.
    """
    digits = cell[1:] if cell[:1] in ("-", "+") else cell
    try:
        number = float(parse_amount(digits))
    except ValueError:
        raise ValueError("it takes a number") from None
    return -number if cell.startswith("-") else number


def parse_year(cell: str) -> int:
    """A year.

    Raises:
        ValueError: it is none.
    """
    if len(cell) == 4 and _is_plain(cell):
        return int(cell)
    if _YEAR.fullmatch(cell):
        return int(cell.partition(".")[0])
    raise ValueError("it takes a year or nothing")


def parse_flag(cell: str) -> bool:
    """Yes or no.

    Raises:
        ValueError: it is neither.
    """
    if cell.lower() in _FLAGS:
        return _FLAGS[cell.lower()]
    raise ValueError("it takes yes, no or nothing")


def parse_list(cell: str) -> list[str]:
    r"""The names in a cell.

    >>> parse_list(r"Swing; Rock \; Roll")
    ['Swing', 'Rock ; Roll']
    """
    return [_bare(part) for part in _parts(cell)]


def parse_editions(cell: str) -> FrozenDict[str, str]:
    r"""Names by edition.

    >>> parse_editions(r"1974=Human Rights; 2005=Rights")
    {'1974': 'Human Rights', '2005': 'Rights'}

    Raises:
        ValueError: a part is no edition with its name, or an edition stands there twice.
    """
    found: dict[str, str] = {}
    for part in _parts(cell):
        match = _EDITION.fullmatch(part)
        if match is None:
            raise ValueError(r"it takes `edition=name; edition=name`, with `\;` inside a name")
        edition, name = (_bare(text.strip()) for text in match.groups())
        if edition in found:
            raise ValueError(f"edition {short(edition)} stands there twice; keep one of its names")
        found[edition] = name
    return FrozenDict(found)


def write_list(names: Iterable[str]) -> str:
    r"""Names as a cell.

    >>> write_list(["Swing", "Rock ; Roll"])
    'Swing; Rock \\; Roll'
    """
    return "; ".join(map(_escaped, names))


def write_editions(names: Mapping[str, str]) -> str:
    """Names by edition as a cell."""
    return "; ".join(f"{_escaped(key)}={_escaped(name)}" for key, name in sorted(names.items()))


def cell_of(value: object) -> str:
    """A value of a data frame or of JSON as a cell; what is missing is an empty one.

    >>> cell_of(3.0), cell_of(True), cell_of(float("nan")), cell_of(["Swing", "Bop"])
    ('3.0', 'yes', '', 'Swing; Bop')
    """
    if isinstance(value, str):
        # What NumPy holds is text of a class of its own.
        return value if type(value) is str else str(value)
    if is_missing(value):
        return ""
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return write_editions({str(key): str(name) for key, name in value.items()})
    if isinstance(value, list | tuple):
        return write_list(filter(None, map(cell_of, value)))
    try:
        return str(value)
    except ValueError:  # a whole number of more than 4,300 digits
        return "very many digits"


def _is_plain(cell: str) -> bool:
    """Whether a cell is the plain number that most of them are."""
    return cell.isdecimal() and cell.isascii() and len(cell) <= _DIGITS


def _parts(cell: str) -> list[str]:
    return [part for part in map(str.strip, _PART.findall(cell)) if part]


def _escaped(name: str) -> str:
    return _MARKS.sub(r"\\\g<0>", name)


def _bare(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)
