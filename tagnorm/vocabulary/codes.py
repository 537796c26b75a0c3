"""The controlled vocabulary: codes, their names, and the other names a person knows them by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from operator import attrgetter
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from tagnorm.arguments import checked_names
from tagnorm.cells import no_string
from tagnorm.errors import TaxonomyError
from tagnorm.folding import squash, squashed
from tagnorm.vocabulary.entries import MAPPINGS, NOTHING, NUMBERS, TEXTS, Alias, Code, in_era
from tagnorm.vocabulary.eras import Era
from tagnorm.vocabulary.forms import Forms, in_order, with_other_and
from tagnorm.vocabulary.frozen import FrozenDict
from tagnorm.vocabulary.loading import read_builtin, read_path

if TYPE_CHECKING:
    from tagnorm.vocabulary.contents import FormColumns, Prices, Vocabulary
    from tagnorm.vocabulary.search import Match, SearchIndex

__all__ = ["Alias", "Code", "Taxonomy", "taxonomy_of"]


# Nats of what never happens.
_NEVER = 99.0
# In a vocabulary of more codes names that are written last words first are read so alone.
_MANY = 20_000
_FORMS = ("_tag_forms", "_alias_forms", "_name_forms", "_edition_forms", "_other_forms")


@checked_names
@attrs.frozen(slots=False, repr=False)
class Taxonomy:
    """An immutable vocabulary: codes in order, aliases, and acronyms known to be no code at all.

    Iterating gives the `Code`s; `taxonomy["PREL"]` is one of them, `"PREL" in taxonomy` asks.

    Args:
        codes: the codes; whatever their order, they are kept in that of their tags.
        aliases: other names of the codes.
        outside: acronyms that look like codes and are none, with what they mean.
        version: the edition.
        costs: prices of this vocabulary that differ from the general ones, by name.
        confidence: numbers of this vocabulary, by name, that make confidences of prices.
        families: the names of the families.
        notes: words to search a code by, parted by semicolons, by its tag; nothing is read by them.

    >>> taxonomy = Taxonomy.load()
    >>> taxonomy["SP"].name, taxonomy.lookup("spain").tag, taxonomy.lookup("Refugees").tag
    ('Spain', 'SP', 'PREF')
    >>> [code.tag for code in taxonomy.by_family("B")][:3]
    ['BAGB', 'BBAK', 'BBCP']
    >>> Taxonomy((Code("JAZZ"), Code("FOLK")))
    <Taxonomy unversioned: 2 codes, 0 aliases, 0 outside>

    Raises:
        TaxonomyError: something is wrong with the entries; the error lists all of it at once.
    """

    codes: tuple[Code, ...]
    aliases: tuple[Alias, ...] = ()
    outside: Mapping[str, str] = NOTHING
    version: str = "unversioned"
    costs: Mapping[str, float] = NOTHING
    confidence: Mapping[str, float] = NOTHING
    families: Mapping[str, str] = NOTHING
    notes: Mapping[str, str] = NOTHING

    def __attrs_post_init__(self) -> None:
        # Not needed for what was checked where it stands.
        from tagnorm.vocabulary.validation import (  # noqa: PLC0415
            number_problems,
            problems,
            text_problems,
        )

        # Not by converters: attrs asks for their signatures, which takes longer than the rest.
        for name in ("codes", "aliases"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        for name in MAPPINGS:
            object.__setattr__(self, name, FrozenDict(getattr(self, name)))
        wrong = problems(self.codes, self.aliases, self.outside, self.notes)
        for name in NUMBERS:
            wrong += number_problems(getattr(self, name), name)
        for name in TEXTS:
            wrong += text_problems(getattr(self, name), name)
        if wrong:
            raise TaxonomyError("the vocabulary", wrong)
        object.__setattr__(self, "codes", tuple(sorted(self.codes, key=attrgetter("tag"))))
        in_order = sorted(self.aliases, key=attrgetter("alias", "tag"))
        object.__setattr__(self, "aliases", tuple(in_order))

    @classmethod
    @checked_names
    def load(cls, path: str | Path | None = None, *, language: str = "en") -> Taxonomy:
        """The built-in vocabulary, or the one in a folder of files of the same form, or in a file.

        A single file is TSV, CSV, JSON, JSON lines, plain text with a code in each line, or SKOS
        as Turtle, JSON-LD or RDF/XML (with the extra `skos`), by the ending of its name.

        Args:
            path: the folder or file; None for the built-in vocabulary.
            language: in SKOS, the language whose labels are the names; the others are aliases.

        Raises:
            TaxonomyError: it cannot be used; the error lists every bad row at once.
            TypeError: something else than a path is given, or than text for the language.
        """
        if path is None:
            return _builtin()
        if not isinstance(path, str | PathLike):
            raise TypeError(f"a path is expected, not {type(path).__name__}; see `Taxonomy.of`")
        if not isinstance(language, str):
            raise TypeError(f"language is {language!r}; it takes a text, such as 'en'")
        return _made(read_path(fspath(path), language))

    @classmethod
    @checked_names
    def of(cls, source: Any) -> Taxonomy:
        """The vocabulary that something at hand makes; only codes are needed.

        Args:
            source: strings; pairs of code and name; a mapping from codes to names, to frequencies
                or to mappings of fields; a data frame of any library with a column `code`, and
                others as in the files; `Code`s and `Alias`es; any mixture of these. Or the path of
                a folder or file, as in `load`, or a vocabulary, which is itself.

        >>> Taxonomy.of(["JAZZ", "FOLK"])["FOLK"]
        Code('FOLK')
        >>> Taxonomy.of({"JAZZ": "Jazz", "FOLK": "Folk"})["FOLK"].name
        'Folk'
        >>> Taxonomy.of([{"code": "JAZZ", "aliases": ["Swing", "Bop"]}]).lookup("swing").tag
        'JAZZ'

        Raises:
            TaxonomyError: something is wrong with the entries; the error lists all of it at once.
            TypeError: it is nothing that a vocabulary could be made of.
        """
        if isinstance(source, Taxonomy):
            return source
        if isinstance(source, str | PathLike):
            return cls.load(source if isinstance(source, str) else Path(source))
        from tagnorm.vocabulary.sources import read_source  # noqa: PLC0415 -- most have files

        return _made(read_source(source))

    def __getattr__(self, name: str) -> Any:
        # What is not there is asked for here: aliases that are still in columns.
        columns = self.__dict__.get("_columns")
        if name != "aliases" or columns is None:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        found = self.__dict__["aliases"] = self.forms[: columns.aliases]
        return found

    def __repr__(self) -> str:
        counts = f"{len(self.codes):,} codes, {len(self.aliases):,} aliases"
        return f"<Taxonomy {self.version}: {counts}, {len(self.outside):,} outside>"

    def _repr_html_(self) -> str:
        from tagnorm.notebook import taxonomy_page  # noqa: PLC0415 -- few are in a notebook

        return taxonomy_page(self)

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

        A tag or alias written exactly so is always itself. Else a tag wins over an alias, an alias
        over a name, and of several tags the one with the same marks. What may be one as well as
        another names none.

        >>> taxonomy = Taxonomy.load()
        >>> taxonomy.lookup("unga/c-6").tag, taxonomy.lookup("No such thing")
        ('UNGA/C-6', None)

        Raises:
            TypeError: this is no string.
        """
        if not isinstance(what, str):
            raise no_string(what)
        return self._by_tag.get(what) or self._by_alias.get(what) or self._alike(what, squash(what))

    def _alike(self, what: str, key: str) -> Code | None:
        """The code that a string with a squashed form stands for, by more than its letters."""
        # Names are gone through where nothing else is found, and not before.
        for forms in _FORMS:
            tags = getattr(self, forms).tags(what, key)
            if tags:
                return self._by_tag[tags[0]] if len(tags) == 1 else None
        return None

    def in_era(self, era: Era | str | int) -> Taxonomy:
        """The vocabulary as it is to be read in an era; the codes are the same.

        * A code that was not in use then counts as retired, and as one that was never seen; one
          that was retired since counts as current.
        * If the vocabulary has counts of these years, they are the frequencies, and no others.
        * A code has the name of the last edition of the era, if that differs.

        >>> then = Taxonomy.load().in_era("1974")
        >>> [(then[tag].name, then[tag].status) for tag in ("WTO", "PFOR")]
        [('Warsaw Pact Organization', 'current'), ('Foreign Policy and Relations', 'current')]
        >>> then["PREL"].status
        'retired'

        Raises:
            TypeError: the era is neither text nor a year.
            ValueError: it says no years.
        """
        era = Era.of(era)
        found = self._eras.get(era)
        if found is None:
            counted = any(code.frequency_in(era) for code in self.codes)
            codes = tuple(in_era(code, era, counted=counted) for code in self.codes)
            # What is out of use then is of no other time that might be meant.
            costs = {**self.costs, "other_time": _NEVER}
            found = self._eras[era] = attrs.evolve(self, codes=codes, costs=costs)
        return found

    def by_family(self, family: str) -> tuple[Code, ...]:
        """The codes of one family, by its letter."""
        return tuple(code for code in self.codes if code.family == family)

    def by_kind(self, kind: str) -> tuple[Code, ...]:
        """The codes of one kind: in the built-in vocabulary subject, program, geographic or
        organization."""
        return tuple(code for code in self.codes if code.kind == kind)

    @checked_names
    def search(
        self, query: str, *, limit: int | None = 10, among: Iterable[Code] | None = None
    ) -> list[Match]:
        """The codes that some words may mean, the best first.

        Words of names, aliases and notes count, in any order and inflection, with a letter wrong.

        Args:
            query: one word or several.
            limit: at most so many; None for all.
            among: only these codes, such as those of one family; None for all.

        >>> taxonomy = Taxonomy.load()
        >>> [match.code.tag for match in taxonomy.search("refugees", limit=2)]
        ['PREF', 'SREF']
        >>> taxonomy.search("human rihgts")[0].code.name
        'Human Rights'
        >>> taxonomy.search("visas", among=taxonomy.by_family("K"))[0].code.tag
        'KVPR'

        Raises:
            TypeError: `query` is no string, or `limit` no whole number.
            ValueError: `limit` is negative.
        """
        return self._index.search(query, limit=limit, among=among)

    @cached_property
    def _eras(self) -> dict[Era, Taxonomy]:
        return {}

    @cached_property
    def _index(self) -> SearchIndex:
        from tagnorm.vocabulary.search import SearchIndex  # noqa: PLC0415 -- few search

        return SearchIndex(self)

    @cached_property
    def forms(self) -> tuple[Alias, ...]:
        """The aliases, and the names that codes bear by themselves: what a text may have for a tag.

        A name that means another code too, or that is listed as no code, is none of them. Names of
        other editions count if they have several words. What has `and`, a code itself too, may also
        have `&`, and the other way round; a code or name that is written last words first (`Art,
        Modern`) may stand in order.

        >>> genres = Taxonomy((Code("JAZZ", "Jazz Music"), Code("FOLK", "Folk")))
        >>> [(form.alias, form.tag, form.kind) for form in genres.forms]
        [('Jazz Music', 'JAZZ', 'name')]
        """
        if self._columns is not None:
            return self._columns.forms()
        by_tag, by_alias = self._by_tag, self._by_alias
        named = [code for code in self.codes if code.name and code.name not in by_alias]
        keys = squashed(code.name for code in named)
        tags = squashed(code.tag for code in named)
        names = [
            Alias(code.name, code.tag, "name", code.source)
            for code, key, tag in zip(named, keys, tags, strict=True)
            if key != tag and (by_tag.get(code.name) or self._alike(code.name, key)) is code
        ]
        further = {
            name.upper(): (name, tag)
            for name, tag in chain(self._other_writings, self._edition_names)
        }
        for form in chain(self.aliases, names) if further else ():
            further.pop(form.alias.upper(), None)
        # Only what is no form of another code.
        others = [
            Alias(name, tag, "name")
            for name, tag in further.values()
            if (code := self.lookup(name)) is not None and code.tag == tag
        ]
        return (*self.aliases, *names, *others)

    @property
    def form_columns(self) -> tuple[Sequence[str], Sequence[str]]:
        """The names in `forms`, and the tags of their codes."""
        if self._columns is not None:
            return self._columns.alias, self._columns.tag
        return [form.alias for form in self.forms], [form.tag for form in self.forms]

    @cached_property
    def _columns(self) -> FormColumns | None:
        """What it has for `forms`, where that came with the vocabulary."""
        return None

    @cached_property
    def prices(self) -> Prices | None:
        """What its forms cost, where that came with the vocabulary."""
        return None

    @cached_property
    def _by_tag(self) -> dict[str, Code]:
        return {code.tag: code for code in self.codes}

    @cached_property
    def _by_alias(self) -> dict[str, Code]:
        by_tag = self._by_tag
        return {alias.alias: by_tag[alias.tag] for alias in self.aliases}

    @cached_property
    def _tag_forms(self) -> Forms:
        return Forms((code.tag, code.tag) for code in self.codes)

    @cached_property
    def _alias_forms(self) -> Forms:
        return Forms((alias.alias, alias.tag) for alias in self.aliases)

    @cached_property
    def _name_forms(self) -> Forms:
        return Forms(self._inside((code.name, code.tag) for code in self.codes if code.name))

    @cached_property
    def _edition_names(self) -> tuple[tuple[str, str], ...]:
        """The names of several words that codes had in other editions: of one word it is not sure
        that the code is meant."""
        return self._inside(
            (name, code.tag)
            for code in self.codes
            for name in dict.fromkeys(code.names.values())
            if name != code.name and len(name.split()) > 1
        )

    @cached_property
    def _other_writings(self) -> tuple[tuple[str, str], ...]:
        """Names with `&` for `and`, and the other way round; and codes and names that are written
        last words first, in order, where these are not too many."""
        named = [
            *((code.name, code.tag) for code in self.codes),
            *((code.tag, code.tag) for code in self.codes if code.tag != code.name),
        ]
        aliases = [(alias.alias, alias.tag) for alias in self.aliases]
        found = list(with_other_and(chain(aliases, named, self._edition_names)))
        if len(self.codes) <= _MANY and any(", " in name for name, _ in named):
            known = set(squashed(name for name, _ in chain(named, aliases)))
            found += in_order(named, known)
        return self._inside(found)

    @cached_property
    def _edition_forms(self) -> Forms:
        return Forms(self._edition_names)

    @cached_property
    def _other_forms(self) -> Forms:
        return Forms(self._other_writings)

    def _inside(self, named: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """Names without those that are listed as no code: it is not the name of one either."""
        found = list(named)
        if not found or not self.outside:
            return tuple(found)
        outside = set(squashed(self.outside))
        keys = squashed(name for name, _ in found)
        return tuple(
            [pair for pair, key in zip(found, keys, strict=True) if key and key not in outside]
        )

    def __getstate__(self) -> dict[str, Any]:
        # What was worked out of the entries is worked out again where it is needed.
        return {name: getattr(self, name) for name in attrs.fields_dict(Taxonomy)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)


@lru_cache(maxsize=1)
def _builtin() -> Taxonomy:
    return _made(read_builtin())


def _made(found: Vocabulary) -> Taxonomy:
    # What was checked where it stands need not be checked again.
    made = object.__new__(Taxonomy)
    made.__dict__.update({name: getattr(found, name) for name in attrs.fields_dict(Taxonomy)})
    made.__dict__.update(_columns=found.forms, prices=found.prices)
    if found.forms is not None:
        del made.__dict__["aliases"]
    return made


def taxonomy_of(source: Any) -> Taxonomy:
    """The vocabulary that something is: None for the built-in one, else as `Taxonomy.of`.

    >>> taxonomy_of(["JAZZ", "FOLK"])
    <Taxonomy unversioned: 2 codes, 0 aliases, 0 outside>
    >>> taxonomy_of(None) is Taxonomy.load()
    True

    Raises:
        TaxonomyError: something is wrong with the entries or files; the error lists all of it.
        TypeError: it is nothing that a vocabulary could be made of.
    """
    return Taxonomy.load() if source is None else Taxonomy.of(source)
