"""Data extension: what can be fetched about an entity, and its values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tagnorm.serve.candidates import ANY, codes_of
from tagnorm.vocabulary.codes import Taxonomy
from tagnorm.vocabulary.entries import Code
from tagnorm.vocabulary.facts import family_name_of

__all__ = ["PROPERTIES", "property_of", "values_of"]

_Values = list[dict[str, Any]]


def _text(value: str) -> _Values:
    return [{"str": value}] if value else []


def _number(value: float | None) -> _Values:
    if value is None:
        return []
    return [{"int": int(value)}] if float(value).is_integer() else [{"float": value}]


def _entity(tag: str, taxonomy: Taxonomy) -> _Values:
    code = taxonomy.get(tag)
    return [] if code is None else [{"id": code.tag, "name": code.name or code.tag}]


# What can be fetched: its name, and how it is found for a code.
_GETTERS: Mapping[str, tuple[str, Callable[[Code, Taxonomy], _Values]]] = {
    "code": ("Code", lambda code, _: _text(code.tag)),
    "codes": ("Codes, as entities", lambda code, taxonomy: _entity(code.tag, taxonomy)),
    "name": ("Name", lambda code, _: _text(code.name)),
    "kind": ("Kind", lambda code, _: _text(code.kind)),
    "family": ("Family", lambda code, _: _text(code.family)),
    "family_name": (
        "Name of the family",
        lambda code, taxonomy: _text(family_name_of(code, taxonomy)),
    ),
    "status": ("Status", lambda code, _: _text(code.status)),
    "from": ("First year", lambda code, _: _number(code.start)),
    "to": ("Last year", lambda code, _: _number(code.end)),
    "replaced_by": ("Replaced by", lambda code, taxonomy: _entity(code.replaced_by, taxonomy)),
    "aliases": (
        "Other names",
        lambda code, taxonomy: [
            {"str": alias.alias} for alias in taxonomy.aliases if alias.tag == code.tag
        ],
    ),
    "about": ("What it is about", lambda code, taxonomy: _text(taxonomy.notes.get(code.tag, ""))),
    "frequency": ("Frequency", lambda code, _: _number(code.frequency)),
    "source": ("Source", lambda code, _: _text(code.source)),
}
# Those whose values are entities.
_ENTITIES = ("codes", "replaced_by")
PROPERTIES = [{"id": name, "name": shown} for name, (shown, _) in _GETTERS.items()]


def property_of(name: str) -> dict[str, Any] | None:
    """A property with its type, if its values are entities; None if there is none of that name."""
    if name not in _GETTERS:
        return None
    found: dict[str, Any] = {"id": name, "name": _GETTERS[name][0]}
    return found | {"type": ANY} if name in _ENTITIES else found


def values_of(identifier: str, name: str, taxonomy: Taxonomy) -> list[dict[str, Any]]:
    """The values of a property of an entity; of several codes those of each, in order.

    >>> values_of("PREL SP", "name", Taxonomy.load())
    [{'str': 'External Political Relations'}, {'str': 'Spain'}]
    """
    getter = _GETTERS[name][1]
    return [value for code in codes_of(identifier, taxonomy) for value in getter(code, taxonomy)]
