"""Which normalizer and which way of reading a call asks for by its options."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from os import PathLike, fspath, scandir
from pathlib import Path
from typing import Any

from tagnorm.cells import kept_words
from tagnorm.normalizer import Normalizer, builtin
from tagnorm.options import NAMES, Options, VocabularyOptions
from tagnorm.vocabulary.eras import Era

__all__ = ["choose"]

_VOCABULARY = tuple(VocabularyOptions.__annotations__)
# So many normalizers are remembered that calls have asked for.
_MADE = 4


def choose(options: Mapping[str, Any]) -> tuple[Normalizer, Options]:
    """The normalizer and the reading that options ask for; without any, the built-in one.

    A loop may ask again and again for a normalizer of the same vocabulary and decisions: it is
    made once, and made anew when one of their files has changed.

    >>> normalizer, reading = choose({"keep": ["PGVO"], "unresolved": "drop"})
    >>> normalizer.keep, reading.unresolved, choose({"keep": ["PGVO"]})[0] is normalizer
    (('PGVO',), 'drop', True)

    Raises:
        TypeError: a normalizer is given together with what it would be made of; or an option is
            of another type than it takes, or there is none of its name.
        ValueError: an option has a value that it does not take.
        TaxonomyError, DecisionsError: a file cannot be used.
    """
    own = {name: value for name, value in options.items() if name in _VOCABULARY}
    own = {name: value for name, value in own.items() if value is not None}
    rest = {n: v for n, v in options.items() if n not in _VOCABULARY and n != "normalizer"}
    reading = Options.of(rest, NAMES)
    normalizer = options.get("normalizer")
    if normalizer is None:
        return _normalizer(own) if own else builtin(), reading
    if not isinstance(normalizer, Normalizer):
        raise TypeError(
            f"normalizer is {normalizer!r:.60}, of type {type(normalizer).__name__}; "
            "it takes a Normalizer"
        )
    if own:
        raise TypeError(
            "a normalizer has its own taxonomy, decisions, keep and era; give either the "
            f"normalizer, or {', '.join(f'{name}=' for name in own)}"
        )
    return normalizer, reading


_made: dict[Hashable, Normalizer] = {}


def _normalizer(own: dict[str, Any]) -> Normalizer:
    if "keep" in own:
        own["keep"] = kept_words(own["keep"])
    key = _key(own)
    found = _made.get(key) if key is not None else None
    if found is None:
        found = Normalizer(**own)
        if key is not None:
            if len(_made) >= _MADE:
                _made.clear()
            _made[key] = found
    return found


def _key(own: Mapping[str, Any]) -> Hashable:
    """What tells normalizers apart; None if one is not worth remembering.

    An object counts as itself: the normalizer that is remembered under it keeps it alive.
    """
    era = own.get("era")
    found: list[Hashable] = [own.get("keep", ()), None if era is None else Era.of(era)]
    for name in ("taxonomy", "decisions"):
        value = own.get(name)
        if isinstance(value, str | PathLike):
            try:
                found.append((fspath(value), *_stamps(value)))
            except OSError:
                return None
        elif value is None or (name == "decisions" and not value):
            found.append(None)  # no decisions are the same as none at all
        elif type(value).__module__.startswith("tagnorm."):
            found.append(id(value))
        else:
            return None
    return tuple(found)


def _stamps(path: str | PathLike[str]) -> list[Hashable]:
    """What changes when a file, or a file of a folder, is written to."""
    try:
        with scandir(path) as entries:
            named = sorted((entry.name, entry.stat()) for entry in entries)
    except NotADirectoryError:
        named = [("", Path(path).stat())]
    return [(name, at.st_mtime_ns, at.st_size, at.st_ino) for name, at in named]
