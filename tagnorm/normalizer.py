"""The splitter: raw strings in, resolutions out, for any vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from os import PathLike
from typing import TYPE_CHECKING, Unpack
from weakref import WeakValueDictionary

from tagnorm.arguments import checked_names
from tagnorm.cells import kept_words, no_string, refuse_one
from tagnorm.engine.model import Model
from tagnorm.engine.reading.marked_reader import reader_of
from tagnorm.engine.reading.stretches import Stretch, pieces_of
from tagnorm.errors import UnresolvedError
from tagnorm.options import Options, ReadingOptions, Source, decisions_of, taxonomy_of
from tagnorm.resolution import Resolution
from tagnorm.vocabulary.codes import Code, Taxonomy
from tagnorm.vocabulary.eras import Era

if TYPE_CHECKING:
    from tagnorm.decisions.store import Decisions
    from tagnorm.engine.fields import FieldReader
    from tagnorm.engine.reading.spelled_reader import SpelledReader
    from tagnorm.engine.summaries import Summary
    from tagnorm.engine.text.forms import Forms
    from tagnorm.engine.words import Words
    from tagnorm.learning import Fit

__all__ = ["Normalizer", "builtin"]

_PLAIN = Options()


class Normalizer:
    """Resolves raw strings by one vocabulary; the functions of `tagnorm` are one with the built-in.

    Args:
        taxonomy: the vocabulary, or what `Taxonomy.of` makes one of; None for the built-in one.
        decisions: a person's corrections, or the path of their file; they always win.
        keep: words never to touch: they stay whole and unresolved.
        era: the years that the strings are of, such as `1973-1979`, `1974` or `1995-`: codes that
            were in use then are likelier. A code of other years is still itself.

    >>> genres = Taxonomy((Code("JAZZ", "Jazz"), Code("FOLK", "Folk"), Code("BLUE", "Blues")))
    >>> Normalizer(genres).split("JAZZFLOK")
    ['JAZZ', 'FOLK']
    >>> Normalizer(keep=["PGVO"]).split("PGVO PREL")
    ['PGVO', 'PREL']
    >>> Normalizer(era="1973-1979").lookup("WTO").name
    'Warsaw Pact Organization'

    Its methods take the options of a reading, as `tagnorm.options` says.

    Raises:
        TaxonomyError: the files of the vocabulary cannot be used.
        DecisionsError: the file of decisions cannot be used.
        TypeError: an argument is of another type, or `keep` is a single string.
        ValueError: `era` says no years, or a word of `keep` is blank.
    """

    @checked_names
    def __init__(
        self,
        taxonomy: Source = None,
        *,
        decisions: Decisions | str | PathLike[str] | None = None,
        keep: Iterable[str] = (),
        era: Era | str | int | None = None,
    ) -> None:
        self.keep = kept_words(keep)
        self.era = None if era is None else Era.of(era)
        self.taxonomy = taxonomy_of(taxonomy)
        if self.era is not None:
            self.taxonomy = self.taxonomy.in_era(self.era)
        self.decisions = decisions_of(decisions, self.taxonomy)
        self._engine = _engine_of(self.taxonomy, self.keep)
        # Gives the tags of a string that is one word, where nothing was decided: see
        # `BestPath.word`.
        self._word = self._engine.reader.word if self.decisions is None else _unread

    # Made and imported when they are first asked for: `split` needs none of them for a word.

    @cached_property
    def fields(self) -> FieldReader:
        """Reads whole fields."""
        from tagnorm.engine.fields import FieldReader  # noqa: PLC0415

        decided = None if self.decisions is None else self.decisions.get
        engine = self._engine
        return FieldReader(engine.reader, engine.forms, decided, engine.spelled)

    @cached_property
    def words(self) -> Words:
        """What is said of words by themselves, for columns."""
        from tagnorm.engine.words import Words  # noqa: PLC0415

        return Words(self.fields)

    @cached_property
    def _composed(self) -> Callable[[str, Sequence[Stretch]], Resolution]:
        """Makes the answer for a whole string of its stretches."""
        from tagnorm.composition import resolution_of  # noqa: PLC0415

        return resolution_of

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (self.taxonomy, self.decisions, self.keep, self.era)

    def split(self, text: str, **options: Unpack[ReadingOptions]) -> list[str]:
        """The tags of a raw string, or of a whole field, in order.

        >>> normalizer = Normalizer()
        >>> normalizer.split("PREL, PGVO; MARRMOPS")
        ['PREL', 'PGOV', 'MARR', 'MOPS']
        >>> normalizer.split("PREL ALIREZA"), normalizer.split("PREL ALIREZA", unresolved="drop")
        (['PREL', 'ALIREZA'], ['PREL'])

        Raises:
            UnresolvedError: something is unresolved, and `unresolved` is `raise`.
            TypeError: `text` is no string, or an option is of another type than it takes.
            ValueError: an option has a value that it does not take.
        """
        reading = Options.of(options) if options else _PLAIN
        found = self._word(text, reading.unresolved) if reading.min_confidence == 0.0 else None
        if found is None:
            found = self._tags_of_field(text, reading)
        return list(dict.fromkeys(found)) if reading.unique else found

    def _tags_of_field(self, text: str, reading: Options) -> list[str]:
        """The tags of a string that may be more than a word whose letters say what it is."""
        unresolved, min_confidence = reading.unresolved, reading.min_confidence
        if min_confidence == 0.0:
            pieces = self.words.pieces(_checked(text))
        else:
            pieces = pieces_of(text, self._stretches(text, min_confidence))
        if unresolved == "raise" and not (pieces and all(tag for tag, _ in pieces)):
            raise UnresolvedError(text, [raw for tag, raw in pieces if tag is None])
        return [tag or raw for tag, raw in pieces if tag or unresolved == "keep"]

    def _stretches(self, text: str, min_confidence: float) -> list[Stretch]:
        """The stretches of a text with their confidence; those that are less sure than
        `min_confidence` are left alone.

        Raises:
            TypeError: `text` is no string.
        """
        found = self.fields.read(_checked(text), weighed=True)
        if min_confidence > 0.0:
            found = [
                one
                if one.answer.confidence >= min_confidence
                else one._replace(answer=one.answer.left_alone(one.end - one.start))
                for one in found
            ]
        return found

    def resolve(self, text: str, **options: Unpack[ReadingOptions]) -> Resolution:
        """The tags of a raw string with their segments, status, confidence and alternatives.

        `unique` is about the tags; the segments hold every piece.

        >>> answer = Normalizer().resolve("PREL, ELNTECON")
        >>> answer.tags, answer.status
        (('PREL', 'ELTN', 'ECON'), 'mixed')

        Raises:
            UnresolvedError, TypeError, ValueError: as `split`.
        """
        return self._resolve(text, Options.of(options))

    def _resolve(self, text: str, reading: Options) -> Resolution:
        found = self._composed(text, self._stretches(text, reading.min_confidence))
        if reading.unresolved == "raise" and not found.is_resolved:
            raise UnresolvedError(text, found.unresolved)
        if not reading.unique:
            return found
        from tagnorm.composition import with_each_tag_once  # noqa: PLC0415 -- few ask for that

        return with_each_tag_once(found)

    def split_many(
        self, texts: Iterable[str], **options: Unpack[ReadingOptions]
    ) -> list[list[str]]:
        """`split` of each of many strings; words that many of them share are read once.

        >>> Normalizer().split_many(["PREL, PGVO", "PGVO"])
        [['PREL', 'PGOV'], ['PGOV']]

        Raises:
            UnresolvedError, TypeError, ValueError: as `split`; or it is a single string, or none.
        """
        refuse_one("texts", texts)
        reading = Options.of(options)
        keep = reading.unresolved == "keep"
        if reading.unresolved == "raise":
            found = [self._tags_of_field(text, reading) for text in texts]
        elif reading.min_confidence != 0.0:
            summaries = self._summaries_of(texts, reading.min_confidence)
            found = [list(one.pieces if keep else one.tags) for one in summaries]
        else:
            compose, place = self.words.compose, 0 if keep else 1
            found = [
                compose(text)[place] if isinstance(text, str) else self.split(text)
                for text in texts
            ]
        return [list(dict.fromkeys(tags)) for tags in found] if reading.unique else found

    def resolve_many(
        self, texts: Iterable[str], **options: Unpack[ReadingOptions]
    ) -> list[Resolution]:
        """`resolve` of each of many strings.

        >>> [answer.status for answer in Normalizer().resolve_many(["PREL", "PGVO"])]
        ['canonical', 'misspelled']

        Raises:
            UnresolvedError, TypeError, ValueError: as `resolve`; or it is a single string, or none.
        """
        refuse_one("texts", texts)
        reading = Options.of(options)
        return [self._resolve(text, reading) for text in texts]

    def summarize_many(
        self, texts: Iterable[str], **options: Unpack[ReadingOptions]
    ) -> list[Summary]:
        """`resolve` of each of many strings in short; words that many share are weighed once.

        >>> Normalizer().summarize_many(["PREL, PGVO"])[0].tags
        ('PREL', 'PGOV')

        Raises:
            UnresolvedError, TypeError, ValueError: as `resolve`; or it is a single string, or none.
        """
        refuse_one("texts", texts)
        reading = Options.of(options)
        texts = list(texts)
        found = self._summaries_of(texts, reading.min_confidence)
        if reading.unresolved == "raise":
            for text, one in zip(texts, found, strict=True):
                if not one.is_resolved:
                    raise UnresolvedError(text, one.unresolved)
        return [one.with_each_tag_once() for one in found] if reading.unique else found

    def _summaries_of(self, texts: Iterable[str], min_confidence: float) -> list[Summary]:
        from tagnorm.engine.summaries import Summary  # noqa: PLC0415 -- nor does it need these

        return [Summary.of(text, self._stretches(text, min_confidence)) for text in texts]

    @checked_names
    def fit(self, column: Iterable[object] | Mapping[str, int]) -> Fit:
        """What a column of raw strings teaches about the vocabulary: no label is needed.

        Expectation-maximisation over the readings of its words tells how often each code is meant,
        how often separators are lost, which edits are made and how much is no code; strings made at
        those rates, and decisions where there are any, tell how sure an answer may be. Codes never
        change. The same column gives the same answer.

        Args:
            column: the raw strings, or lists of them, what is missing passed over; or a mapping of
                the distinct ones to the number of rows that each stands in.

        >>> genres = Normalizer(Taxonomy.of(["JAZZ", "FOLK", "BLUES"]))
        >>> fit = genres.fit(["JAZZ", "JAZ", "FOLK", None])
        >>> print(fit.notes[0])
        The column is too small: 3 words, 1 of them no entries as they stand; ...
        >>> Normalizer(fit.taxonomy).split("JAZZFOLK")
        ['JAZZ', 'FOLK']

        Raises:
            TypeError: it is no column, or a row holds something else than text.
        """
        from tagnorm.cells import counted  # noqa: PLC0415 -- few fit a vocabulary
        from tagnorm.learning import learn  # noqa: PLC0415

        counts, _ = counted(column)
        decided = () if self.decisions is None else self.decisions
        return learn(
            self.taxonomy,
            counts,
            lambda taxonomy: Normalizer(taxonomy, keep=self.keep).resolve,
            {one.raw: one.tags for one in decided},
        )

    def is_canonical(self, text: str) -> bool:
        """Whether a string is a code exactly as the vocabulary writes it.

        >>> normalizer = Normalizer()
        >>> normalizer.is_canonical("PREL"), normalizer.is_canonical("prel")
        (True, False)
        """
        return isinstance(text, str) and text in self.taxonomy

    def lookup(self, what: str) -> Code | None:
        """The code that a tag, an alias or a name stands for, or None.

        >>> Normalizer().lookup("kuwait").tag
        'KU'
        """
        return self.taxonomy.lookup(what)

    def __repr__(self) -> str:
        decided = 0 if self.decisions is None else len(self.decisions)
        rest = f", {decided:,} decided" if decided else ""
        rest += f", {len(self.keep):,} kept" if self.keep else ""
        return f"<Normalizer of {self.taxonomy!r}{rest}>"


def _unread(text: object, unresolved: object) -> list[str] | None:
    """What takes the place of `BestPath.word` where a person may have decided about any string."""
    return None


def _checked(text: str) -> str:
    if not isinstance(text, str):
        raise no_string(text, "split_column")
    return text


class _Engine:
    """What is worked out of a vocabulary, and shared by all normalizers of it."""

    def __init__(self, taxonomy: Taxonomy, keep: tuple[str, ...]) -> None:
        # Held, so that no other vocabulary can get its `id` as long as this is in use.
        self.taxonomy = taxonomy
        self.reader = reader_of(Model(taxonomy, keep=keep))
        self._keep = keep

    @cached_property
    def spelled(self) -> SpelledReader | None:
        """Reads marks as letters, where codes have some."""
        if not self.reader.are_marks_weighed:
            return None
        from tagnorm.engine.reading.spelled_reader import spelled_reader_of  # noqa: PLC0415

        return spelled_reader_of(self.taxonomy, self._keep)

    @cached_property
    def forms(self) -> Forms:
        """The forms that are more than a word."""
        from tagnorm.engine.model import names_of  # noqa: PLC0415
        from tagnorm.engine.text.forms import Forms  # noqa: PLC0415

        reader = self.reader
        return Forms(
            [*names_of(self.taxonomy), *self.taxonomy.outside, *self._keep],
            reader.joined_forms,
            reader.lexicon.companions(),
            reader.shortest,
            reader.tags,
        )


_engines: WeakValueDictionary[tuple[int, tuple[str, ...]], _Engine] = WeakValueDictionary()


def _engine_of(taxonomy: Taxonomy, keep: tuple[str, ...]) -> _Engine:
    """The engine of a vocabulary and of words never to touch, made once as long as it is in use."""
    key = id(taxonomy), keep
    found = _engines.get(key)
    return _engines.setdefault(key, _Engine(taxonomy, keep)) if found is None else found


@lru_cache(maxsize=1)
def builtin() -> Normalizer:
    """The normalizer of the built-in vocabulary, made once."""
    return Normalizer()


def _rebuild(
    taxonomy: Taxonomy, decisions: Decisions | None, keep: tuple[str, ...], era: Era | None
) -> Normalizer:
    return Normalizer(taxonomy, decisions=decisions, keep=keep, era=era)
