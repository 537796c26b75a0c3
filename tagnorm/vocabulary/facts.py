"""All that a vocabulary says of a code, as plain data: what commands, reports and services show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tagnorm.folding import squash
from tagnorm.vocabulary.codes import Taxonomy
from tagnorm.vocabulary.entries import Code

__all__ = ["code_tagged", "codes_with", "facts_of", "family_name_of", "name_of"]


def facts_of(code: Code, taxonomy: Taxonomy) -> dict[str, Any]:
    """What a vocabulary says of one of its codes, ready for JSON.

    >>> taxonomy = Taxonomy.load()
    >>> facts = facts_of(taxonomy["KIPR"], taxonomy)
    >>> facts["code"], facts["name"], facts["family_name"], facts["status"]
    ('KIPR', 'Intellectual Property Rights', 'Programs', 'current')
    """
    aliases = [alias for alias in taxonomy.aliases if alias.tag == code.tag]
    return {
        "code": code.tag,
        "name": code.name,
        "kind": code.kind,
        "family": code.family,
        "family_name": family_name_of(code, taxonomy),
        "status": code.status,
        "from": code.start,
        "to": code.end,
        "replaced_by": code.replaced_by,
        "frequency": code.frequency,
        "frequencies": dict(code.frequencies),
        "aliases": [alias.alias for alias in aliases],
        "names": dict(code.names),
        "note": taxonomy.notes.get(code.tag, ""),
        "source": code.source,
    }


def code_tagged(what: str, taxonomy: Taxonomy) -> Code | None:
    """The code of which a text is the tag, but for case and marks; None if it is another name.

    >>> taxonomy = Taxonomy.load()
    >>> code_tagged("prel", taxonomy).tag, code_tagged("Spain", taxonomy)
    ('PREL', None)
    """
    code = taxonomy.lookup(what)
    return code if code is not None and squash(code.tag) == squash(what) else None


def codes_with(
    field: str, asked: str, taxonomy: Taxonomy, among: Iterable[Code] | None = None
) -> list[Code]:
    """The codes whose `family`, `kind` or `status` is the one asked for, in capitals or not.

    >>> taxonomy = Taxonomy.load()
    >>> [code.tag for code in codes_with("family", "b", taxonomy)][:2]
    ['BAGB', 'BBAK']

    Raises:
        ValueError: no code has it; the message says what there is.
    """
    there = {value.casefold(): value for code in taxonomy if (value := getattr(code, field))}
    wanted = there.get(asked.casefold())
    if wanted is None:
        has = ", ".join(sorted(there.values()))
        raise ValueError(f"{asked!r:.60} is not in this vocabulary; it has {has or 'none'}")
    codes = taxonomy if among is None else among
    return [code for code in codes if getattr(code, field) == wanted]


def name_of(tag: str | None, taxonomy: Taxonomy) -> str:
    """The name of the code with a tag; empty without a tag, or if no code has it.

    >>> taxonomy = Taxonomy.load()
    >>> name_of("KIPR", taxonomy), name_of("KZZZ", taxonomy), name_of(None, taxonomy)
    ('Intellectual Property Rights', '', '')
    """
    code = None if tag is None else taxonomy.get(tag)
    return "" if code is None else code.name


def family_name_of(code: Code, taxonomy: Taxonomy) -> str:
    """The name of the family that a code belongs to; empty if it has none.

    >>> taxonomy = Taxonomy.load()
    >>> family_name_of(taxonomy["KIPR"], taxonomy), family_name_of(taxonomy["SP"], taxonomy)
    ('Programs', '')
    """
    return taxonomy.families.get(code.family, "") if code.family else ""
