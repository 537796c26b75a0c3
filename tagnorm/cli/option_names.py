"""What messages of the library call its arguments on the command line: as its options."""

from __future__ import annotations

from shlex import quote
from unicodedata import normalize

from tagnorm.arguments import Value

__all__ = ["option_name"]

# Those that are called otherwise here.
_NAMES = {
    "columns": "--column",
    "from_format": "--from",
    "hosts": "--allow-host",
    "origins": "--allow-origin",
    "output": "-o",
    "to_format": "--to",
}


def option_name(name: str, value: Value = None) -> str:
    """The option of the command line that is an argument of the library, as a shell takes it.

    >>> option_name("from_format"), option_name("on_error", "report")
    ('--from', '--on-error report')
    >>> option_name("columns", [" TAGS"])
    "--column ' TAGS'"
    """
    option = _NAMES.get(name, f"--{name.replace('_', '-')}")
    values = () if value is None else (value,) if isinstance(value, str) else value
    return " ".join([option, *map(_word, values)])


def _word(text: str) -> str:
    """A text as a word of a shell; by its numbers if other characters look the same."""
    if text.isprintable() and normalize("NFC", text) == text:
        return quote(text)
    letters = [one if one.isascii() and one.isprintable() else f"\\u{ord(one):04x}" for one in text]
    plain = "".join(letters).replace("'", r"\'")
    return f"$'{plain}'"
