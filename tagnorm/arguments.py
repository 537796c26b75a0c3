"""How messages name an argument: as the surface has it through which the call came.

An error of the library that names a remedy says `argument("on_error", "report")`. A Python program
reads `on_error='report'`; the command line and the service name the same thing as theirs, by
reading what they were asked for within `named_by`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeAlias
from unicodedata import normalize

__all__ = ["Naming", "Value", "argument", "named_by"]

Value: TypeAlias = str | Sequence[str] | None
# From an argument's name and a value for it, or None, to what a person reads.
Naming: TypeAlias = Callable[[str, Value], str]


def argument(name: str, value: Value = None) -> str:
    """What a message calls an argument of the library, with a value for it or without.

    >>> argument("encoding"), argument("on_error", "report"), argument("columns", ["TAGS"])
    ('encoding', "on_error='report'", "columns=['TAGS']")
    """
    return _naming.get()(name, value)


@contextmanager
def named_by(naming: Naming) -> Iterator[None]:
    """Let messages name arguments in some way as long as the context lasts.

    >>> with named_by(lambda name, value: f"--{name} {value}"):
    ...     argument("quote", "none")
    '--quote none'
    """
    before = _naming.set(naming)
    try:
        yield
    finally:
        _naming.reset(before)


def _in_python(name: str, value: Value) -> str:
    if value is None:
        return name
    if isinstance(value, str):
        return f"{name}={_literal(value)}"
    return f"{name}=[{', '.join(map(_literal, value))}]"


def _literal(text: str) -> str:
    """A text as Python has it; by its numbers if other characters look the same."""
    return repr(text) if normalize("NFC", text) == text else ascii(text)


_naming: ContextVar[Naming] = ContextVar("naming", default=_in_python)
