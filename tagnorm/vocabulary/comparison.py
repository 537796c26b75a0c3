"""What differs between two vocabularies, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from tagnorm.vocabulary.cells import cell_of
from tagnorm.vocabulary.codes import Taxonomy
from tagnorm.vocabulary.records import alias_record_of, record_of

__all__ = ["Change", "compare"]

_MAPPINGS = {
    "outside": "outside",
    "families": "family",
    "notes": "note",
    "costs": "cost",
    "confidence": "confidence",
}


@attrs.frozen
class Change:
    """One difference: what came, went, or has another value.

    `what` is `code`, `alias`, `outside`, `family`, `note`, `cost` or `confidence`, and `entry` the
    one of them; `change` is `added`, `removed` or `changed`, then with the `field` that differs and
    its `old` and `new` value, as they stand in a file.
    """

    change: str
    what: str
    entry: str
    field: str = ""
    old: str = ""
    new: str = ""


def compare(old: Taxonomy, new: Taxonomy) -> list[Change]:
    """What leads from one vocabulary to another, by sort of entry and in their order.

    >>> before = Taxonomy.of({"JAZZ": "Jazz", "BOP": "Bop"})
    >>> after = Taxonomy.of({"JAZZ": "Jazz music", "FOLK": "Folk"})
    >>> for change in compare(before, after):
    ...     print(change.change, change.entry, change.field, change.old, change.new)
    removed BOP name Bop
    added FOLK name  Folk
    changed JAZZ name Jazz Jazz music
    """
    found = list(
        _changes(
            "code",
            {code.tag: record_of(code) for code in old},
            {code.tag: record_of(code) for code in new},
            "name",
        )
    )
    found += _changes("alias", _aliases(old), _aliases(new), "code")
    for part, what in _MAPPINGS.items():
        found += _changes(what, _values(old, part), _values(new, part), "value")
    return found


def _aliases(taxonomy: Taxonomy) -> dict[str, dict[str, str]]:
    return {alias.alias: alias_record_of(alias) for alias in taxonomy.aliases}


def _values(taxonomy: Taxonomy, part: str) -> dict[str, dict[str, object]]:
    return {name: {"value": value} for name, value in getattr(taxonomy, part).items()}


def _changes(
    what: str,
    old: Mapping[str, Mapping[str, object]],
    new: Mapping[str, Mapping[str, object]],
    shown: str,
) -> Iterator[Change]:
    """The differences of one sort; of what comes or goes one field is shown."""
    for entry in sorted(old.keys() | new.keys()):
        if entry not in new:
            cell = cell_of(old[entry].get(shown))
            yield Change("removed", what, entry, shown, cell, "")
        elif entry not in old:
            cell = cell_of(new[entry].get(shown))
            yield Change("added", what, entry, shown, "", cell)
        else:
            before, after = old[entry], new[entry]
            for field in dict.fromkeys([*before, *after]):
                if before.get(field) != after.get(field):
                    cells = cell_of(before.get(field)), cell_of(after.get(field))
                    yield Change("changed", what, entry, field, *cells)
