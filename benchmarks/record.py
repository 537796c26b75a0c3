"""The record of TAGS, 1973 to 2010: right answers, harm, and what the confidence is worth.

By era and class, on what was labelled before it was read:

* the labelled half of the tag list (2003-10), and the names, terms and codes with punctuation;
* real TAGS lines of 1973-79 with their codes and persons, read as a field of a cable and as a field
  alone;
* every code of the handbook of 1974 and of the National Archives' lists, which must be itself;
* damage of the codes in use in each era, where what the vocabulary leaves open is a class: `tie`.

*Harm* is a wrong tag: in the list a tag on a term, a name or an unknown string, elsewhere any tag
that no accepted answer has. The labelled list and its damage taught the weights; the rest did not.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import attrs

from benchmarks.reliability import Answered, calibration_error, chance_error, coverage
from benchmarks.table import percent, table
from benchmarks.training.damage import Damage
from benchmarks.training.gold import UNTAGGED, Labelled, Tags, labelled, punctuated, tags_of
from benchmarks.training.verdicts import damaged
from tagnorm import Code, Normalizer, Taxonomy, read_tags
from tagnorm.vocabulary.eras import Era

__all__ = ["ERAS", "Line", "Outcome", "codes_1974", "in_use", "lines"]

ERAS = {"1973-1979": (1973, 1979), "2003-2010": (2003, 2010)}
_EARLY, _LATE = ERAS
_DATA = Path(__file__).with_name("data")
_SURE = 0.95


@attrs.frozen
class Line:
    """A real TAGS line with its codes in order, its persons, and what is neither."""

    raw: str
    codes: Tags
    persons: Tags
    phrases: Tags

    @property
    def field(self) -> str:
        """The line without its label."""
        label, colon, rest = self.raw.partition(":")
        return rest.strip() if colon and label.strip() in ("TAGS", "TAG") else self.raw

    @property
    def header(self) -> str:
        """The line with a label, as it stands in a cable."""
        return self.raw if self.field != self.raw else f"TAGS: {self.raw}"


@attrs.frozen
class Outcome:
    """An answer: of which set and class, how sure, whether right, and its wrong tags."""

    era: str
    group: str
    kind: str
    raw: str
    truth: str
    answer: Tags
    confidence: float
    right: bool
    harm: bool


@lru_cache(maxsize=1)
def lines() -> Sequence[Line]:
    """The real lines of 1973-79."""
    found = []
    for raw, _, codes, persons, phrases, *_ in _rows("fields_1974.tsv"):
        names, others = ((tuple(filter(None, cell.split("; ")))) for cell in (persons, phrases))
        found.append(Line(raw, tags_of(codes), names, others))
    return tuple(found)


@lru_cache(maxsize=1)
def codes_1974() -> Sequence[tuple[str, str]]:
    """The codes of the handbook and of the Archives' lists, and their kinds."""
    return tuple((code, kind) for code, kind, _ in _rows("codes_1974.tsv"))


def in_use(code: Code, era: str) -> bool:
    """Whether a code was in use in an era, as far as the vocabulary says when it was.

    >>> in_use(Taxonomy.load()["PREL"], "2003-2010")
    True
    """
    first, last = ERAS[era]
    start, end = code.start, code.end
    return (start is None or start <= last) and (end is None or end >= first)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--strings", type=int, default=400, help="damaged ones of a kind and era")
    parser.add_argument("--seed", type=int, default=0, help="of the damage (default 0)")
    parser.add_argument("--show", type=int, default=0, help="wrong answers of each set to show")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file")
    parser.add_argument("--no-damage", action="store_true", help="the labelled sets alone")


def run(options: argparse.Namespace) -> int:
    outcomes = list(_outcomes(options))
    print(_table(outcomes))
    if options.show:
        _show(outcomes, options.show)
    if options.json:
        found: dict[str, dict[str, object]] = {}
        for (era, group, kind), held in _sets(outcomes):
            found.setdefault(f"{era}, {group}", {})[kind] = _figures(held)
        options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0


def _outcomes(options: argparse.Namespace) -> Iterator[Outcome]:
    taxonomy = Taxonomy.load()
    plain = Normalizer(taxonomy)
    for group, strings in (("tag list", labelled()), ("with punctuation", punctuated())):
        for one in strings:
            yield _judged(plain, _LATE, group, one, only_untagged=group == "tag list")
    eras = {era: Normalizer(taxonomy, era=era) for era in ERAS}
    for era, normalizer in {"no era": plain, _EARLY: eras[_EARLY]}.items():
        yield from _of_lines(normalizer, era)
        for code, kind in codes_1974():
            known = Labelled(code, kind, (code,))
            yield _judged(normalizer, era, "codes of 1974", known)
    if options.no_damage:
        return
    for era, normalizer in eras.items():
        damage = Damage(
            taxonomy.in_era(Era.of(era)),
            options.seed,
            drawn=lambda code, era=era: in_use(code, era),
        )
        for one in damaged(damage, options.strings):
            not_said = _judged(plain, f"{era}, not said", "damage", one)
            # Who does not say the era has strings of either.
            yield from (not_said, attrs.evolve(not_said, era="either, not said"))
            yield _judged(normalizer, era, "damage", one)


def _judged(
    normalizer: Normalizer, era: str, group: str, one: Labelled, *, only_untagged: bool = False
) -> Outcome:
    answer = normalizer.resolve(one.raw)
    harm = bool(one.false_tags(answer.tags)) and (not only_untagged or one.kind in UNTAGGED)
    truth = " or ".join(" ".join(tags) or "-" for tags in (one.answer, *one.alternatives))
    right = one.accepts(answer.tags)
    return Outcome(
        era, group, one.kind, one.raw, truth, answer.tags, answer.confidence, right, harm
    )


def _of_lines(normalizer: Normalizer, era: str) -> Iterator[Outcome]:
    """The lines as fields of cables, where a tag counts once, with persons; and as fields alone."""
    for line in lines():
        once = tuple(dict.fromkeys(line.codes))
        truth, label = " ".join(line.codes), Labelled(line.raw, "", once)
        found = read_tags(line.header, normalizer=normalizer)
        sure = found.confidence
        right = found.tags == once
        harm = bool(label.false_tags(found.tags))
        yield Outcome(
            era, "lines in cables", "codes", line.raw, truth, found.tags, sure, right, harm
        )
        if line.persons or found.persons:
            names = tuple(name.rstrip(".") for name in found.persons)
            shown = "; ".join(line.persons) or "-"
            right, harm = names == line.persons, bool(set(names) - set(line.persons))
            yield Outcome(
                era, "lines in cables", "persons", line.raw, shown, names, sure, right, harm
            )
        label = Labelled(line.raw, "", line.codes)
        answer = normalizer.resolve(line.field)
        right, harm = answer.tags == line.codes, bool(label.false_tags(answer.tags))
        kind = "with persons or phrases" if line.persons or line.phrases else "codes alone"
        yield Outcome(
            era, "lines alone", kind, line.raw, truth, answer.tags, answer.confidence, right, harm
        )


def _sets(outcomes: Sequence[Outcome]) -> Iterator[tuple[tuple[str, str, str], list[Outcome]]]:
    """The outcomes by era, set and class; the sum of each set before its classes."""
    sets: dict[tuple[str, str], list[Outcome]] = {}
    for one in outcomes:
        sets.setdefault((one.era, one.group), []).append(one)
    for (era, group), held in sets.items():
        # the persons of a line are no other line
        yield (era, group, "all"), [one for one in held if one.kind != "persons"]
        kinds = dict.fromkeys(one.kind for one in held)
        for kind in kinds if len(kinds) > 1 else ():
            yield (era, group, kind), [one for one in held if one.kind == kind]


def _figures(held: Sequence[Outcome]) -> dict[str, float]:
    answers = [Answered(one.confidence, one.right) for one in held]
    covered, right = coverage(answers, _SURE)
    chance = chance_error(answers)
    harmed = [one.harm for one in held]
    if held[0].group == "tag list":
        harmed = [one.harm for one in held if one.kind in UNTAGGED]
    return {
        "strings": len(held),
        "exact": sum(one.right for one in held) / len(held),
        "harm": sum(harmed) / len(harmed) if harmed else 0.0,
        "error": calibration_error(answers),
        "chance": chance.mean,
        "chance bound": chance.bound,
        "covered": covered,
        "right": right,
    }


def _table(outcomes: Sequence[Outcome]) -> str:
    rows = []
    for (era, group, kind), held in _sets(outcomes):
        found = _figures(held)
        names = kind == "persons"
        rows.append(
            (
                f"{era}, {group}" if kind == "all" else f"    {kind}",
                len(held),
                percent(found["exact"]),
                percent(found["harm"]),
                "" if names else percent(found["error"]),
                "" if names else percent(found["chance bound"]),
                "" if names else percent(found["covered"]),
                "" if names else percent(found["right"], 1.0 if found["covered"] else 0.0),
            )
        )
    headers = ["", "strings", "exact %", "harm %", "error %", "by chance %", "sure %"]
    title = (
        f"The record: answers by era, set and class (error: calibration; by chance: what it is\n"
        f"below in 95 of 100 draws where the confidence is true; sure: >= {_SURE})"
    )
    return table([*headers, "of these right %"], rows, title=title)


def _show(outcomes: Sequence[Outcome], most: int) -> None:
    """The wrong answers of each set, the surest first."""
    for (era, group, kind), held in _sets(outcomes):
        if kind in ("all", "persons"):
            wrong = sorted((one for one in held if not one.right), key=lambda one: -one.confidence)
            print(f"\n{era}, {group}{', persons' * (kind == 'persons')}: {len(wrong)} wrong")
            for one in wrong[:most]:
                answer = ("; " if kind == "persons" else " ").join(one.answer) or "-"
                mark = "  HARM" * one.harm
                print(f"  {one.confidence:.3f}  {one.raw!r}  {one.truth}  ->  {answer}{mark}")


def _rows(name: str) -> list[list[str]]:
    text = (_DATA / name).read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    return [line.split("\t") for line in lines[1:]]
