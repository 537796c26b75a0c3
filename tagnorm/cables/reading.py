"""Reading the TAGS field of a cable: text in, tags, persons and phrases out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Unpack

import attrs

from tagnorm.cables.era import edition_of
from tagnorm.cables.header import WordTests, tag_fields
from tagnorm.cables.pieces import Kind, Splitter
from tagnorm.cables.strand import Source
from tagnorm.choice import choose
from tagnorm.errors import UnresolvedError
from tagnorm.folding import fold_in_place
from tagnorm.options import AnyOptions
from tagnorm.resolution import Resolution

__all__ = ["CableTags", "TagEntry", "read_tags"]


@attrs.frozen
class TagEntry:
    """One piece of a TAGS field: what it is, and where it stands in the cable.

    `start` and `end` count characters of the text that was given, and `raw` is what stands there.
    `text` is the same without line ends and what else the text suffered on its way. `kind` is
    `tag`, `person`, `phrase` or `unresolved`; `resolution` is the engine's answer, and None for
    persons and phrases, which are not tags and are not resolved.
    """

    raw: str
    start: int
    end: int
    kind: Kind
    text: str
    resolution: Resolution | None = None

    @property
    def tags(self) -> tuple[str, ...]:
        """The codes that stand there: one, or several where the separators were lost."""
        return self.resolution.tags if self.resolution else ()


@attrs.frozen
class CableTags:
    """What stands in the TAGS field of a cable; iterating gives the tags.

    * `tags` -- the codes, each once, in the order in which they first appear;
    * `persons` -- the names of persons, as they stood: a name follows the tag it belongs to;
    * `phrases` -- words in a row that name no code;
    * `unresolved` -- single words, and pieces of words, that could not be resolved;
    * `field` -- the field as it stood, its lines joined by line ends; empty if there is none;
    * `has_field` -- whether there is a TAGS field at all, be it empty;
    * `entries` -- every piece of the field in its order, repetitions included.

    >>> found = read_tags("TAGS: OVIP (CLINTON, HILLARY), PREL,\\nFR\\nSUBJECT: X")
    >>> list(found), found.persons
    (['OVIP', 'PREL', 'FR'], ('CLINTON, HILLARY',))
    >>> [(entry.raw, entry.start, entry.kind) for entry in found.entries][:2]
    [('OVIP', 6, 'tag'), ('CLINTON, HILLARY', 12, 'person')]
    """

    tags: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    unresolved: tuple[str, ...] = ()
    field: str = ""
    entries: tuple[TagEntry, ...] = ()
    has_field: bool = False

    def __repr__(self) -> str:
        lists = {"tags": self.tags, "persons": self.persons, "phrases": self.phrases}
        lists |= {"unresolved": self.unresolved}
        counts = [f"{name} {len(some):,}" for name, some in lists.items() if some]
        return f"<CableTags: {', '.join(counts) or 'none'}>"

    def __iter__(self) -> Iterator[str]:
        return iter(self.tags)

    def __len__(self) -> int:
        return len(self.tags)

    def __bool__(self) -> bool:
        """Whether there is anything in the field, tag or not."""
        return bool(self.entries)

    @property
    def confidence(self) -> float:
        """The probability that every word of the field was read rightly; 1 for an empty field."""
        told = {e.text: e.resolution.confidence for e in self.entries if e.resolution}
        return math.prod(told.values())


def read_tags(text: str, **options: Unpack[AnyOptions]) -> CableTags:
    """The tags of a cable, read from the TAGS field of its header.

    * The field is found by its label, whole or misspelled, and may run over several lines; it ends
      where another field or the body begins.
    * Separators are commas, semicolons, slashes, spaces and line ends; each word between them is
      resolved as `tagnorm.resolve` does it.
    * What stands in brackets is a person, or else a phrase; a name without brackets after OVIP,
      OREP, OTRA, OEXC, OCON is a person too. Neither is ever a tag.
    * Words in a row that are no code are one phrase (`COUNTRY CLEARANCE`), unless the vocabulary
      knows them as a name of a code (`HUMAN RIGHTS` is PHUM).
    * Later sections of a cable repeat its header: each tag comes once.
    * `N/A` or `NA` alone fills an empty field; beside tags, NA is the code.
    * A text without a TAGS field has no tags; that is no error.

    The options are those of `tagnorm.options`; each tag comes once, whatever `unique` says. As
    `era` this one also takes `"text"`: the edition of the lists that the text itself tells.

    >>> list(read_tags("E.O. 12958: N/A TAGS: KTIP ELAB PGVO\\nKMCA, LT SUBJECT: LESOTHO"))
    ['KTIP', 'ELAB', 'PGOV', 'KMCA', 'LT']
    >>> found = read_tags("TAGS: OREP, AMGT, COUNTRY\\nCLEARANCE\\nSUBJECT: CODEL")
    >>> found.tags, found.phrases
    (('OREP', 'AMGT'), ('COUNTRY CLEARANCE',))
    >>> list(read_tags("No header here."))
    []

    Raises:
        TypeError: `text` is no string, or an option is of another type than it takes.
        ValueError: an option has a value that it does not take.
        UnresolvedError: something is unresolved, persons and phrases apart, or there is no tag;
            and `unresolved` is "raise".
    """
    if not isinstance(text, str):
        raise TypeError(
            f"expected the text of a cable as a string, got {type(text).__name__}; "
            "decode bytes first, and read files with Path.read_text()"
        )
    if options.get("era") == "text":
        options["era"] = edition_of(text)
    normalizer, reading = choose(options)
    splitter = Splitter(normalizer, reading.min_confidence)
    source = Source(text)
    entries: list[TagEntry] = []
    fields: list[str] = []
    tests = WordTests(splitter.is_code, splitter.is_name, splitter.reads)
    places = tag_fields(source, tests)
    for field in places:
        strand = field.strand(source)
        fields.append("\n".join(text[slice(*source.strand(*line).span)] for line in field.lines))
        for piece in splitter.pieces(strand):
            start, end = piece.strand.span
            entry = TagEntry(
                text[start:end], start, end, piece.kind, piece.strand.text, piece.resolution
            )
            entries.append(entry)
    found = CableTags(
        _once(tag for entry in entries for tag in entry.tags),
        _once(entry.text for entry in entries if entry.kind == "person"),
        _once(entry.text for entry in entries if entry.kind == "phrase"),
        _once(
            piece
            for entry in entries
            if entry.resolution
            for piece in (entry.resolution.unresolved if entry.tags else (entry.text,))
        ),
        "\n".join(_once(fields)),
        tuple(entries),
        bool(places),
    )
    if reading.unresolved == "raise" and (found.unresolved or not found.tags):
        raise UnresolvedError(found.field, found.unresolved)
    return found


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    """Each text once, in order of first appearance; case makes no difference."""
    first: dict[str, str] = {}
    for text in texts:
        first.setdefault(fold_in_place(text), text)
    return tuple(first.values())
