"""Fitting a vocabulary to a column: what is learnt, whether it holds, and what comes of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, Final

import attrs

from tagnorm.engine.costs import Costs, confidence_of
from tagnorm.engine.edits.grammar import family_letters
from tagnorm.learning.calibration import Judged, Line, fitted_line
from tagnorm.learning.column import KINDS, Observed, observed
from tagnorm.learning.expectation import Rates, gain, maximised, weighed
from tagnorm.learning.prices import costs_of, frequencies_of, rates_of
from tagnorm.learning.simulation import Simulated, simulated
from tagnorm.learning.trial import Change, Resolver, judged
from tagnorm.resolution import Resolution
from tagnorm.vocabulary.codes import Taxonomy

__all__ = ["Fit", "learn"]

# A column with fewer words, or fewer that are no entries as they stand, says too little.
_FEWEST_WORDS, _FEWEST_DAMAGED = 200, 30
# So many strings are made to see what a fit is worth, and for the confidence.
_SIMULATED = 1500
# What the confidence there was weighs, in answers.
_PULL = 40.0
# A person's decision is one answer that is known, and no guess.
_DECIDED = 3.0
# A word is taken for no code if that is likelier than this.
_NO_CODE = 0.5
# The numbers by which a list lacks no code, and no word is another one that is like a code.
_COMPLETE: Final = {"own_shape": -99.0, "own_brief": 99.0, "own_compound": 99.0}


@attrs.frozen
class Fit:
    """What a column taught about a vocabulary.

    * `taxonomy` -- the vocabulary with the frequencies, costs and confidence that were learnt; its
      codes are those of before;
    * `costs`, `confidence`, `frequencies` -- what was learnt, by name and by code; empty where
      nothing was;
    * `rows` -- how often what happens, by name: before, after;
    * `words`, `held_out` -- how many words taught, and how many were kept apart;
    * `gain` -- how many nats likelier a word that was kept apart is than before, on average;
    * `notes` -- what was not learnt, and why.
    """

    taxonomy: Taxonomy
    costs: Mapping[str, float]
    confidence: Mapping[str, float]
    frequencies: Mapping[str, float]
    rows: tuple[tuple[str, float, float], ...]
    words: int
    held_out: int
    gain: float
    notes: tuple[str, ...] = ()

    def save(
        self, folder: str | PathLike[str], source: str | PathLike[str] | None = None
    ) -> list[Path]:
        """Write the vocabulary with what was learnt into a folder, which `Taxonomy.load` reads.

        Of `costs.tsv`, `confidence.tsv` and `frequencies.tsv` only those are written of which
        something was learnt. The files that were written come back; others of an earlier fit go.

        Args:
            folder: where to; files that no fit has written stay.
            source: the folder of the vocabulary, whose files are copied; None to write its codes.

        Raises:
            FormatError: a file of the same name is there that no fit has written, or one that
                would be a part of the vocabulary and is none.
            OutputError: a file cannot be written.
        """
        from tagnorm.learning.files import save  # noqa: PLC0415 -- not every fit is written

        return save(self, Path(folder), None if source is None else Path(source))

    def __str__(self) -> str:
        if all(before == after for _, before, after in self.rows):
            return "\n".join(self.notes)
        lines = [f"{'':<24}{'before':>8}{'after':>8}"]
        lines += [f"{name:<24}{before:>8.3f}{after:>8.3f}" for name, before, after in self.rows]
        lines.append(
            f"{self.words:,} words; of {self.held_out:,} more that were kept apart each is "
            f"{self.gain:+.3f} nats likelier"
        )
        return "\n".join([*lines, *self.notes])


def learn(
    taxonomy: Taxonomy,
    counts: Mapping[str, int],
    resolver: Callable[[Taxonomy], Resolver],
    decisions: Mapping[str, Sequence[str]] | None = None,
) -> Fit:
    """What a column teaches about a vocabulary.

    Args:
        taxonomy: the vocabulary.
        counts: the distinct texts of the column, and in how many rows each stands.
        resolver: what reads a text by some vocabulary, without anybody's decisions.
        decisions: words of which a person said what they mean.
    """
    words = observed(counts, resolver(taxonomy), family_letters(taxonomy))
    taught = [word for word in words if not word.held_out]
    apart = [word for word in words if word.held_out]
    before = rates_of(taxonomy)
    rates, codes_differ, notes = _rates(taught, apart, before)
    seen = sum(word.count for word in taught)
    costs = costs_of(_costs(taxonomy), rates, before)
    frequencies = frequencies_of(taxonomy, rates, before, seen) if codes_differ else {}
    made: list[Simulated] = []
    if rates is not before:
        # What is right for the column must not be wrong for strings as they are elsewhere: edits
        # that the engine cannot see it cannot learn either.
        unknown = _unknown_words(words, rates, before)
        made = list(simulated(taxonomy, rates, unknown, _SIMULATED))
        general = attrs.evolve(before, codes=rates.codes)
        others = list(simulated(taxonomy, general, unknown, _SIMULATED, seed=1))
        costs, frequencies, note = _harmless(taxonomy, costs, frequencies, (made, others), resolver)
        notes += [note] if note else []
    fitted = _with(taxonomy, costs, frequencies, {})
    confidence = _confidence(fitted, resolver, made, decisions or {})
    return Fit(
        _with(fitted, {}, {}, confidence),
        costs,
        confidence,
        frequencies,
        tuple(_rows(before, rates, codes_differ)),
        seen,
        sum(word.count for word in apart),
        gain(apart, rates, before),
        tuple(notes),
    )


def _rates(
    taught: Sequence[Observed], apart: Sequence[Observed], before: Rates
) -> tuple[Rates, bool, list[str]]:
    """The rates of a column, whether those of codes are new, and notes on what was not learnt."""
    seen = sum(word.count for word in taught)
    damaged = sum(word.count for word in taught if word.ways[0].kind != "exact")
    if seen >= _FEWEST_WORDS and damaged >= _FEWEST_DAMAGED:
        return _holding(taught, apart, before)
    note = (
        f"The column is too small: {seen:,} words, {damaged:,} of them no entries as they "
        f"stand; at least {_FEWEST_WORDS} and {_FEWEST_DAMAGED} are needed. Nothing was learnt."
    )
    return before, False, [note]


def _holding(
    taught: Sequence[Observed], apart: Sequence[Observed], before: Rates
) -> tuple[Rates, bool, list[str]]:
    """The rates that make the words that were kept apart likelier, each group by itself."""
    found, notes = maximised(taught, before), []
    rates, codes_differ = before, False
    for group, name in (("kinds", "damage"), ("edits", "edits"), ("codes", "the codes")):
        tried = attrs.evolve(rates, **{group: getattr(found, group)})
        if gain(apart, tried, before) > gain(apart, rates, before):
            rates = tried
            codes_differ = codes_differ or group == "codes"
        else:
            notes.append(
                f"The rates of {name} stay: new ones told nothing of the words kept apart."
            )
    return rates, codes_differ, notes


def _harmless(
    taxonomy: Taxonomy,
    costs: dict[str, float],
    frequencies: dict[str, float],
    made: Sequence[Sequence[Simulated]],
    resolver: Callable[[Taxonomy], Resolver],
) -> tuple[dict[str, float], dict[str, float], str]:
    """What of the new numbers helps with strings of which the truth is known, by more than chance,
    or changes nothing there; and a note.

    Some of the strings are as the column is, the others as they are elsewhere: neither must come
    out worse.
    """
    before = [judged(strings, resolver(taxonomy)) for strings in made]
    for tried in ((costs, frequencies), ({}, frequencies), (costs, {})):
        if not any(tried):
            continue
        resolve = resolver(_with(taxonomy, *tried, {}))
        after = [judged(strings, resolve) for strings in made]
        changes = list(map(Change.between, before, after))
        if all(change.is_harmless for change in changes) and Change.of(changes).helps:
            break
    else:
        tried = {}, {}
    dropped = [
        name
        for name, was, now in zip(
            ("costs", "frequencies"), (costs, frequencies), tried, strict=True
        )
        if was and not now
    ]
    note = f"New {' and '.join(dropped)} are dropped: strings made for a trial came out no better."
    return *tried, note if dropped else ""


def _costs(taxonomy: Taxonomy) -> dict[str, float]:
    return {**Costs.load().nats, **taxonomy.costs}


def _with(
    taxonomy: Taxonomy,
    costs: Mapping[str, float],
    frequencies: Mapping[str, float],
    confidence: Mapping[str, float],
) -> Taxonomy:
    """The vocabulary with other numbers."""
    if not (costs or frequencies or confidence):
        return taxonomy
    changes: dict[str, Any] = {
        "costs": {**taxonomy.costs, **costs},
        "confidence": {**taxonomy.confidence, **confidence},
    }
    if frequencies:
        changes["codes"] = tuple(
            attrs.evolve(code, frequency=frequencies[code.tag]) if code.tag in frequencies else code
            for code in taxonomy
        )
    return attrs.evolve(taxonomy, **changes)


def _unknown_words(words: Iterable[Observed], rates: Rates, before: Rates) -> list[str]:
    """The words of the column that are no code, most likely, in order."""
    found = set()
    for word in words:
        _, *shares = weighed(word, rates, before)
        alone = math.fsum(
            share for share, way in zip(shares, word.ways, strict=True) if way.kind == "unresolved"
        )
        if alone > _NO_CODE:
            found.add(word.raw)
    return sorted(found)


def _confidence(
    taxonomy: Taxonomy,
    resolver: Callable[[Taxonomy], Resolver],
    made: Sequence[Simulated],
    decisions: Mapping[str, Sequence[str]],
) -> dict[str, float]:
    """The line that makes confidences, fitted to made strings and to a person's decisions."""
    # Of made strings and of decisions the codes are those of the list: the chance that one is
    # another, which lowers the confidence besides, is no part of the line.
    resolve = resolver(_with(taxonomy, {}, {}, _COMPLETE))
    table = confidence_of(taxonomy.confidence)
    line = Line(table["slope"], table["intercept"], table["ceiling"])
    answers = []
    for one in made:
        answer = resolve(one.raw)
        if not _is_looked_up(answer):
            answers.append(Judged(line.odds(answer.confidence), answer.tags == one.truth))
    for raw, tags in decisions.items():
        answer = resolve(raw)
        if not _is_looked_up(answer):
            right = answer.tags == tuple(tags)
            answers.append(Judged(line.odds(answer.confidence), right, _DECIDED))
    if not answers:
        return {}
    found = fitted_line(answers, line, _PULL)
    names = ("slope", "intercept", "ceiling")
    moved = {name: round(number, 3) for name, number in zip(names, found, strict=True)}
    return {name: number for name, number in moved.items() if abs(number - table[name]) >= 0.001}


def _is_looked_up(answer: Resolution) -> bool:
    return all(not s.edits and s.code is not None for s in answer.segments)


def _rows(before: Rates, after: Rates, codes_differ: bool) -> Iterable[tuple[str, float, float]]:
    for kind in KINDS:
        yield kind, before.kinds[kind], after.kinds[kind]
    for edit in before.edits:
        yield edit, before.edits[edit], after.edits[edit]
    if codes_differ:
        most = sorted(after.codes, key=lambda tag: (-after.codes[tag], tag))[:10]
        for tag in most:
            yield tag, before.codes[tag], after.codes[tag]
