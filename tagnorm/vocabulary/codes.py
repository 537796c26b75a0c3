"""The controlled vocabulary: codes, their names, and the other names a person knows them by."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from operator import attrgetter
from pathlib import Path

import attrs

from tagnorm.errors import TaxonomyError
from tagnorm.folding import squash
from tagnorm.vocabulary.loading import Table, builtin_folder, read_folder

__all__ = ["Alias", "Code", "Taxonomy"]


@attrs.frozen
class Code:
    """One entry of a vocabulary.

    `cables` and `position` are hints of how common the code is: in how many cables of a sample it
    stands, and its place in the published list of its family (early means frequent); None where
    the vocabulary does not say. `anchor` says whether the code is long enough to carry a string of
    run-together codes; the others (two-letter codes, say) need company.

    >>> Taxonomy.load()["KIPR"].name
    'Intellectual Property Rights'
    """

    tag: str
    name: str = ""
    kind: str = "code"
    family: str = ""
    status: str = "current"
    replaced_by: str = ""
    source: str = ""
    cables: int | None = None
    position: int | None = None
    anchor: bool = True


@attrs.frozen
class Alias:
    """Another name for a code: a country in words, a retired code, the plain word for a subject."""

    alias: str
    tag: str
    kind: str
    source: str


@attrs.frozen(slots=False)
class Taxonomy:
    """An immutable vocabulary: codes in order, aliases, and acronyms known to be no code at all.

    Iterating gives the `Code`s; `taxonomy["PREL"]` is one of them, `"PREL" in taxonomy` asks.

    >>> taxonomy = Taxonomy.load()
    >>> taxonomy["SP"].name, taxonomy.lookup("spain").tag, taxonomy.lookup("Refugees").tag
    ('Spain', 'SP', 'PREF')
    >>> [code.tag for code in taxonomy.by_family("B")][:3]
    ['BAGB', 'BBAK', 'BBCP']
    """

    codes: tuple[Code, ...]
    aliases: tuple[Alias, ...] = ()
    outside: Mapping[str, str] = attrs.field(factory=dict)
    version: str = "unversioned"

    @classmethod
    def load(cls, folder: str | Path | None = None) -> Taxonomy:
        """The built-in vocabulary, or the one in a folder of files of the same form.

        Raises:
            TaxonomyError: the folder cannot be used; the error lists every bad row at once.
        """
        return _builtin() if folder is None else _load(Path(folder))

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes)

    def __len__(self) -> int:
        return len(self.codes)

    def __contains__(self, tag: object) -> bool:
        return tag in self._by_tag

    def __getitem__(self, tag: str) -> Code:
        return self._by_tag[tag]

    def get(self, tag: str) -> Code | None:
        """The code written exactly so, or None."""
        return self._by_tag.get(tag)

    def lookup(self, what: str) -> Code | None:
        """The code with this tag, alias or name, or None; case, spaces, punctuation are ignored.

        A tag wins over an alias, an alias over a name. A name that several codes bear names none.

        >>> taxonomy = Taxonomy.load()
        >>> taxonomy.lookup("unga/c-6").tag, taxonomy.lookup("No such thing")
        ('UNGA/C-6', None)
        """
        return self._by_squashed.get(squash(what))

    def by_family(self, family: str) -> tuple[Code, ...]:
        """The codes of one family, by its letter."""
        return tuple(code for code in self.codes if code.family == family)

    def by_kind(self, kind: str) -> tuple[Code, ...]:
        """The codes of one kind: in the built-in vocabulary subject, program, geographic or
        organization."""
        return tuple(code for code in self.codes if code.kind == kind)

    @cached_property
    def _by_tag(self) -> dict[str, Code]:
        return {code.tag: code for code in self.codes}

    @cached_property
    def _by_squashed(self) -> dict[str, Code]:
        names: dict[str, Code | None] = {}
        for code in self.codes:
            if code.name:
                key = squash(code.name)
                names[key] = None if key in names else code
        found = {key: code for key, code in names.items() if code is not None}
        found.update((squash(alias.alias), self._by_tag[alias.tag]) for alias in self.aliases)
        found.update((squash(code.tag), code) for code in self.codes)
        return found


@lru_cache(maxsize=1)
def _builtin() -> Taxonomy:
    return _load(builtin_folder())


def _load(folder: Path) -> Taxonomy:
    vocabulary = read_folder(folder)
    problems = list(vocabulary.problems)
    if problems:
        raise TaxonomyError(folder, sorted(problems, key=lambda p: (p.file, p.line)))
    codes = [code for table in vocabulary.codes for code in _codes(table)]
    codes.sort(key=attrgetter("tag"))
    aliases = [alias for table in vocabulary.aliases for alias in _aliases(table)]
    outside: dict[str, str] = {}
    for table in vocabulary.outside:
        outside.update(zip(table.names, table.column("name"), strict=True))
    return Taxonomy(tuple(codes), tuple(aliases), outside, vocabulary.version)


def _codes(table: Table) -> Iterator[Code]:
    header, column = table.header, table.column
    kind, family, anchor = header["kind"], header.get("family", ""), header.get("anchor", "3")
    shortest = math.inf if anchor == "never" else int(anchor)
    return (
        Code(
            tag, name, kind, family, status, replaced_by, source, cables, position, size >= shortest
        )
        for tag, name, status, replaced_by, source, cables, position, size in zip(
            table.names,
            column("name"),
            column("status"),
            column("replaced_by"),
            column("source"),
            map(_count, column("cables")),
            map(_count, column("position")),
            map(len, table.keys),
            strict=True,
        )
    )


def _aliases(table: Table) -> Iterator[Alias]:
    column = table.column
    return map(Alias, table.names, column("code"), column("kind"), column("source"))


def _count(cell: str) -> int | None:
    return int(cell) if cell else None
