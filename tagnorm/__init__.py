"""tagnorm turns dirty tag strings into the codes of a controlled vocabulary.

>>> split("PGOVPRELMARRMOPS")
['PGOV', 'PREL', 'MARR', 'MOPS']
>>> split("PGVO"), split("ELNTECON"), split("ALIREZA")
(['PGOV'], ['ELTN', 'ECON'], ['ALIREZA'])
>>> resolve("PGOVQL").tags, resolve("PGOVQL").unresolved
(('PGOV',), ('QL',))

The names below are all there is to know for a start; what they need is loaded when it is used.
"""

from __future__ import annotations

import sys
from functools import wraps
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar, Unpack

from tagnorm.__about__ import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tagnorm.cables import CableTags as CableTags
    from tagnorm.cables import read_tags as read_tags
    from tagnorm.columns import resolve_column as resolve_column
    from tagnorm.columns import split_column as split_column
    from tagnorm.decisions import Decision as Decision
    from tagnorm.decisions import Decisions as Decisions
    from tagnorm.errors import DecisionsError as DecisionsError
    from tagnorm.errors import TagnormError as TagnormError
    from tagnorm.errors import TaxonomyError as TaxonomyError
    from tagnorm.errors import UnresolvedError as UnresolvedError
    from tagnorm.normalizer import Normalizer as Normalizer
    from tagnorm.options import AnyOptions
    from tagnorm.resolution import Alternative as Alternative
    from tagnorm.resolution import Resolution as Resolution
    from tagnorm.resolution import Segment as Segment
    from tagnorm.vocabulary import Alias as Alias
    from tagnorm.vocabulary import Code as Code
    from tagnorm.vocabulary import Taxonomy as Taxonomy
    from tagnorm.vocabulary.search import Match as Match

_Called = TypeVar("_Called", bound="Callable[..., Any]")

_HOMES = {
    "Alias": "vocabulary",
    "Alternative": "resolution",
    "CableTags": "cables",
    "Code": "vocabulary",
    "Decision": "decisions",
    "Decisions": "decisions",
    "DecisionsError": "errors",
    "Match": "vocabulary.search",
    "Normalizer": "normalizer",
    "Resolution": "resolution",
    "Segment": "resolution",
    "TagnormError": "errors",
    "Taxonomy": "vocabulary",
    "TaxonomyError": "errors",
    "UnresolvedError": "errors",
    "read_tags": "cables",
    "resolve_column": "columns",
    "split_column": "columns",
}
_MODULES = (
    "cables", "columns", "duckdb", "files", "pandas", "polars", "report", "serve", "spark",
)  # fmt: skip

__all__ = [
    "Alias",
    "Alternative",
    "CableTags",
    "Code",
    "Decision",
    "Decisions",
    "DecisionsError",
    "Match",
    "Normalizer",
    "Resolution",
    "Segment",
    "TagnormError",
    "Taxonomy",
    "TaxonomyError",
    "UnresolvedError",
    "__version__",
    "explain",
    "is_canonical",
    "join",
    "lookup",
    "read_tags",
    "resolve",
    "resolve_column",
    "search",
    "split",
    "split_column",
]


def __getattr__(name: str) -> object:
    if name in _HOMES:
        found: object = getattr(import_module(f"tagnorm.{_HOMES[name]}"), name)
    elif name in _MODULES:
        try:
            found = import_module(f"tagnorm.{name}")
        except ModuleNotFoundError as error:
            # An attribute that is not there, so that whoever asks for all of them goes on.
            raise AttributeError(str(error), name=name, obj=sys.modules[__name__]) from error
    else:
        raise AttributeError(f"module 'tagnorm' has no attribute {name!r}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    # What this file imports for itself is nobody else's.
    return sorted({*__all__, *_MODULES, *(name for name in globals() if name.startswith("__"))})


_loaded: Normalizer | None = None


def _normalizer() -> Normalizer:
    """The built-in normalizer; after the first call no import stands in the way."""
    global _loaded  # noqa: PLW0603 - a cache, filled once
    if _loaded is None:
        from tagnorm.normalizer import builtin  # noqa: PLC0415 - loaded when first used

        _loaded = builtin()
    return _loaded


# The options that ask for no vocabulary: those of `tagnorm.options.ReadingOptions`.
_READING = frozenset(("unresolved", "min_confidence", "unique"))


def _choose(options: dict[str, Any]) -> tuple[Normalizer, dict[str, Any]]:
    """The normalizer that options ask for, and the options of the reading."""
    from tagnorm.choice import choose  # noqa: PLC0415 - loaded when first used

    normalizer, reading = choose(options)
    return normalizer, {**reading.as_given()}


def _checked(elsewhere: str = "") -> Callable[[_Called], _Called]:
    """Let a function say of an option that it has not which are near; and, where it asks the
    built-in vocabulary alone, what asks another."""

    def decorate(called: _Called) -> _Called:
        @wraps(called)
        def checked(*given: Any, **options: Any) -> Any:
            try:
                return called(*given, **options)
            except TypeError:
                if not options:
                    raise
            from tagnorm.arguments import checked_names  # noqa: PLC0415 -- an error needs it
            from tagnorm.options import VocabularyOptions  # noqa: PLC0415 -- so does it

            others = {"normalizer", *VocabularyOptions.__annotations__}.intersection(options)
            if others and elsewhere:
                raise TypeError(
                    f"there is no option {min(others)!r}: {called.__name__} asks the built-in "
                    f"vocabulary; to ask another there is {elsewhere}"
                )
            return checked_names(called)(*given, **options)

        return checked  # type: ignore[return-value]  # it is called in the same way

    return decorate


def split(text: str, **options: Unpack[AnyOptions]) -> list[str]:
    """The tags of a raw string, or of a whole field, in order; by default those of TAGS.

    * codes and other names for them are taken as they are;
    * codes run together are cut apart;
    * a code with one edit is put right, where one code is clearly meant;
    * words, names and all that cannot be argued for stay whole.

    Args:
        text: one raw string, or a whole field: separators separate.
        options: what `tagnorm.options` says, the same for every verb: `unresolved`
            ("keep", "drop" or "raise"), `min_confidence` (0 to 1) and `unique` (True or False);
            `taxonomy`, `decisions` and `keep`, or a `normalizer` made of them.

    >>> split("PREL, PGVO; MARRMOPS")
    ['PREL', 'PGOV', 'MARR', 'MOPS']
    >>> split("kuwait"), split("PRELTBIOBA"), split("KNNNP"), split("UNGA/C-6")
    (['KU'], ['PREL', 'TBIO', 'BA'], ['KNNP'], ['UNGA/C-6'])
    >>> split("PRELGOV PELOSI", unresolved="drop"), split("PGVO", keep=["PGVO"])
    (['PREL', 'PGOV'], ['PGVO'])

    Raises:
        UnresolvedError: something is unresolved, and `unresolved` is "raise".
        TypeError: `text` is no string, or an option is of another type than it takes.
        ValueError: an option has a value that it does not take.
        TaxonomyError, DecisionsError: a file of the options cannot be used.
    """
    if not options:
        return _normalizer().split(text)
    if _READING.issuperset(options):
        return _normalizer().split(text, **options)  # type: ignore[misc]
    normalizer, reading = _choose({**options})
    return normalizer.split(text, **reading)


def resolve(text: str, **options: Unpack[AnyOptions]) -> Resolution:
    """The tags of a raw string with the reasons: segments, status, confidence and alternatives.

    The options are those of `split`. The tags are codes, whatever `unresolved` says, and the
    segments hold every piece.

    >>> answer = resolve("KWHG")
    >>> answer.tags, answer.status, answer.alternatives[0].tags
    (('KWBG',), 'misspelled', ('KGHG',))
    >>> round(answer.confidence, 1)
    0.8

    Raises:
        UnresolvedError, TypeError, ValueError, TaxonomyError, DecisionsError: as `split`.
    """
    if not options:
        return _normalizer().resolve(text)
    if _READING.issuperset(options):
        return _normalizer().resolve(text, **options)  # type: ignore[misc]
    normalizer, reading = _choose({**options})
    return normalizer.resolve(text, **reading)


def explain(text: str, **options: Unpack[AnyOptions]) -> str:
    """How a raw string was read, drawn for a person: as `tagnorm explain` draws it, without colour.

    The string, its pieces in their places under it with what each is, and other readings that are
    worth a look. The options are those of `split`.

    >>> print(explain("ECONPHMU"))
    ECONPHMU      mixed, confidence 0.99...
    ECON          = ECON  Economic Conditions
        PHMU      = PHUM  Human Rights  (two letters swapped)

    Raises:
        UnresolvedError, TypeError, ValueError, TaxonomyError, DecisionsError: as `split`.
    """
    from tagnorm.explanation import explained  # noqa: PLC0415 - loaded when first used

    normalizer, reading = _choose({**options})
    return explained(normalizer.resolve(text, **reading), normalizer.taxonomy)


@_checked()
def join(tags: Iterable[str], separator: str = "") -> str:
    """Tags as one raw string: run together, or parted by a separator.

    For codes of four letters, with at most one geographic code behind them, `split` undoes it.

    >>> join(["PREL", "PGOV", "SP"]), join(["PREL", "PGOV"], " ")
    ('PRELPGOVSP', 'PREL PGOV')

    Raises:
        TypeError: `tags` is a single string, or holds something else than strings; or `separator`
            is none.
    """
    from tagnorm.cells import no_string, several  # noqa: PLC0415 - loaded when first used

    if not isinstance(separator, str):
        raise no_string(separator)
    return separator.join(several("tags", tags))


@_checked("Normalizer(...).is_canonical")
def is_canonical(text: str) -> bool:
    """Whether a string is a code exactly as the built-in vocabulary writes it.

    >>> is_canonical("PREL"), is_canonical("prel"), is_canonical("KUWAIT")
    (True, False, False)
    """
    return _normalizer().is_canonical(text)


@_checked("Normalizer(...).lookup")
def lookup(what: str) -> Code | None:
    """The code of the built-in vocabulary that a tag, an alias or a name stands for, or None.

    >>> lookup("Intellectual Property Rights").tag, lookup("kuwait").tag, lookup("nonsense")
    ('KIPR', 'KU', None)
    """
    return _normalizer().lookup(what)


@_checked("Taxonomy.of(...).search")
def search(query: str, *, limit: int | None = 10) -> list[Match]:
    """The codes of the built-in vocabulary that some words may mean, the best first.

    Words of names, aliases and notes count, in any order and inflection, with a letter wrong;
    `lookup` is for what must be meant exactly. Other vocabularies have `Taxonomy.search`.

    >>> [match.code.tag for match in search("oil", limit=1)]
    ['EPET']
    >>> best = search("inteligence")[0]
    >>> best.code.tag, best.field, best.text
    ('PINR', 'name', 'Intelligence')

    Raises:
        TypeError: `query` is no string, or `limit` no whole number.
        ValueError: `limit` is negative.
    """
    return _normalizer().taxonomy.search(query, limit=limit)
