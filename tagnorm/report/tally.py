"""Counting a column: what its fields hold, string by string, whatever its length.

The unit is the string that stands between separators, because what a person decides about one holds
in every field it stands in. Fields come in as a mapping to their rows; each distinct field is read
once, each distinct string weighed once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from tagnorm.decisions.states import NEED_A_PERSON, State, state_of
from tagnorm.decisions.store import key_of
from tagnorm.decisions.word_tally import Tallied
from tagnorm.normalizer import Normalizer
from tagnorm.resolution import Resolution

__all__ = ["ColumnTally", "StringTally"]

# So many distinct fields are gathered before they are read, and so many strings are told apart.
_FIELDS, _STRINGS = 300_000, 500_000
# Of a field with more codes than this, the first are paired.
_PAIRED = 12
# Fields are cut into words so many at a time.
_BLOCK = 50_000


class StringTally:
    """What is known of one distinct string, and in how many rows it stands."""

    __slots__ = ("codes", "confidence", "counted", "is_listed", "state", "status")

    def __init__(self, answer: Resolution, state: State) -> None:
        self.codes = answer.tags
        self.status = answer.status
        self.confidence = answer.confidence
        self.state: State = state
        self.is_listed = True
        self.counted = Tallied(answer.raw)

    @property
    def raw(self) -> str:
        """The string as it is spelled most often."""
        return self.counted.raw

    @property
    def rows(self) -> int:
        """In how many rows it stands."""
        return self.counted.rows

    @property
    def examples(self) -> list[str]:
        """The commonest fields that it stands in, unless it is resolved."""
        return [field for _, field in self.counted.examples]

    @property
    def needs_a_person(self) -> bool:
        """Whether somebody should look at it."""
        return self.state in NEED_A_PERSON


class _Reading(NamedTuple):
    """The strings of one field and the codes that it became."""

    strings: Sequence[str]
    codes: Sequence[str]


class ColumnTally:
    """What was counted of a column so far.

    Args:
        normalizer: reads the fields; what its decisions say is decided.
        min_confidence: strings whose answer is less sure than this stay unresolved.

    >>> tally = ColumnTally(Normalizer())
    >>> tally.add({"PREL, KWHG": 3, "PELOSI": 1}, missing=2)
    >>> [(one.raw, one.rows, one.state) for one in tally.strings()]
    [('KWHG', 3, 'doubtful'), ('PREL', 3, 'resolved'), ('PELOSI', 1, 'unresolved')]
    >>> tally.rows["unresolved"], tally.rows["empty"]
    (1, 2)
    """

    def __init__(self, normalizer: Normalizer, *, min_confidence: float = 0.0) -> None:
        self.normalizer = normalizer
        self.min_confidence = min_confidence
        # Rows by the worst state of what stands in them; `empty` ones hold no string.
        self.rows: Counter[str] = Counter()
        self.tags: Counter[str] = Counter()
        self.together: Counter[tuple[str, str]] = Counter()
        self.distinct_fields = 0
        # Whether some fields may have been counted twice as distinct.
        self.is_exact = True
        # Rows of strings beyond those that are told apart, by state and status.
        self.unlisted: Counter[tuple[State, str]] = Counter()
        self._fields: Counter[str] = Counter()
        # By spelling; those that differ in case and space alone are one string, as for decisions.
        self._strings: dict[str, StringTally] = {}
        self._by_key: dict[str, StringTally] = {}

    def add(self, fields: Mapping[str, int], missing: int = 0) -> None:
        """Count fields, each with the number of rows it stands in, and rows that hold nothing."""
        self.rows["empty"] += missing
        self._fields.update(fields)
        if len(self._fields) > _FIELDS:
            self._read()
            self.is_exact = False

    def resolve(self, text: str) -> Resolution:
        """The answer for a string or a field, as it is counted here."""
        return self.normalizer.resolve(text, min_confidence=self.min_confidence)

    def strings(self) -> list[StringTally]:
        """The distinct strings, those in the most rows first."""
        self._read()
        return sorted(self._by_key.values(), key=lambda one: (-one.rows, one.raw))

    def _read(self) -> None:
        fields = list(self._fields)
        for start in range(0, len(fields), _BLOCK):
            block = fields[start : start + _BLOCK]
            for field, strings in zip(block, self._cut(block), strict=True):
                self._count(field, self._fields[field], strings)
        self.distinct_fields += len(self._fields)
        self._fields = Counter()

    def _cut(self, fields: Sequence[str]) -> list[Sequence[str] | None]:
        """The strings of the fields that are nothing but these; None for all others."""
        cut: list[Sequence[str] | None] = [None] * len(fields)
        if self.min_confidence > 0.0:
            return cut
        try:
            import pyarrow as pa  # noqa: PLC0415 -- an extra; without it, it takes longer

            from tagnorm.columns.composing import cut as cut_by_arrow  # noqa: PLC0415
        except ModuleNotFoundError:
            return cut
        places = [at for at, field in enumerate(fields) if field.isascii()]
        texts = pa.array([fields[at] for at in places], pa.string())
        found = cut_by_arrow(texts, self.normalizer)
        wholes = set(found.wholes.to_pylist())
        for number, raws in enumerate(found.raws.to_pylist()):
            if number not in wholes:
                cut[places[number]] = [raw for raw in raws if raw]
        return cut

    def _count(self, field: str, rows: int, strings: Sequence[str] | None) -> None:
        codes: Sequence[str] | None = None
        if strings is None:
            strings, codes = self._reading(field)
        if not strings:
            self.rows["empty"] += rows
            return
        worst: State = "resolved"
        found = [self._strings.get(raw) or self._weigh(raw) for raw in strings]
        if codes is None:
            codes = [code for one in found for code in one.codes]
        seen: set[int] = set()
        for raw, one in dict(zip(strings, found, strict=True)).items():
            again = id(one) in seen
            example = None if one.state == "resolved" else field
            one.counted.add(raw, example, rows, again=again)
            if again:
                continue
            seen.add(id(one))
            if not one.is_listed:
                self.unlisted[one.state, one.status] += rows
            if one.state == "unresolved" or (one.state == "doubtful" and worst == "resolved"):
                worst = one.state
        self.rows[worst] += rows
        distinct = list(dict.fromkeys(codes))
        for code in distinct:
            self.tags[code] += rows
        if len(distinct) > 1:
            together = self.together
            for pair in combinations(sorted(distinct[:_PAIRED]), 2):
                together[pair] += rows

    def _reading(self, field: str) -> _Reading:
        """The strings of a field, and its codes."""
        if self.min_confidence > 0.0:
            answer = self.resolve(field)
            return _Reading([word.raw for word in answer.words], answer.tags)
        # How sure the field is as a whole is not asked, so it need not be weighed.
        strings, codes = [], []
        for start, end, read in self.normalizer.words.fields.read(field):
            strings.append(field[start:end])
            codes += [tag for _, _, tag, _ in read.pieces if tag is not None]
        return _Reading(strings, codes)

    def _weigh(self, raw: str) -> StringTally:
        key = key_of(raw)
        found = self._by_key.get(key)
        if found is None:
            answer = self.resolve(raw)
            found = StringTally(answer, state_of(answer, self.normalizer.decisions))
            found.is_listed = len(self._by_key) < _STRINGS
            if found.is_listed:
                self._by_key[key] = found
        if found.is_listed and len(self._strings) < 2 * _STRINGS:
            self._strings[raw] = found
        return found
