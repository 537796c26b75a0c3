"""How messages name an argument: as the surface has it through which the call came.

An error of the library that names a remedy says `argument("on_error", "report")`. A Python program
reads `on_error='report'`; the command line and the service name the same thing as theirs, by
reading what they were asked for within `named_by`.

A call that misspells an argument is told which one may have been meant: `checked_names`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeAlias, TypeVar
from unicodedata import normalize

__all__ = ["Naming", "Value", "argument", "checked_names", "named_by", "no_such_option"]

_Called = TypeVar("_Called", bound=Callable[..., Any])

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


def checked_names(called: _Called) -> _Called:
    """Let a function, or a class, that is called with an argument it has not say which is near.

    >>> @checked_names
    ... def export(path, *, separator=";"):
    ...     pass
    >>> export("tags.csv", seperator=",")
    Traceback (most recent call last):
    TypeError: there is no option 'seperator'; did you mean 'separator'?
    """
    if isinstance(called, type):
        made: Any = called
        made.__init__ = checked_names(made.__init__)
        return called

    @wraps(called)
    def checked(*given: Any, **options: Any) -> Any:
        try:
            return called(*given, **options)
        except TypeError:
            names = _names_of(called)
            unknown = next((name for name in options if name not in names), None)
            if unknown is None:
                raise
        raise TypeError(no_such_option(unknown, names))

    return checked  # type: ignore[return-value]  # it is called in the same way


def _names_of(called: Callable[..., Any]) -> list[str]:
    """The arguments that can be given by name; those of `**options: Unpack[Some]` among them."""
    from inspect import Parameter, signature  # noqa: PLC0415 -- an error needs it

    names: list[str] = []
    for one in signature(called).parameters.values():
        if one.kind is Parameter.VAR_KEYWORD:
            some = one.annotation.removeprefix("Unpack[").removesuffix("]")
            names += called.__globals__[some].__annotations__
        elif one.kind is not Parameter.POSITIONAL_ONLY and one.name not in ("self", "cls"):
            names.append(one.name)
    return names


def no_such_option(name: str, names: Sequence[str]) -> str:
    """What to say of an option that is not there.

    >>> no_such_option("unresolve", ["unique", "unresolved"])
    "there is no option 'unresolve'; did you mean 'unresolved'?"
    """
    from difflib import get_close_matches  # noqa: PLC0415 -- so does it

    near = get_close_matches(name, names, 1)
    meant = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(names) or 'none'}"
    return f"there is no option {name!r:.60}; {meant}"


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
