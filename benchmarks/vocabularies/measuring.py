"""One vocabulary measured in a process of its own: `python -m benchmarks.vocabularies.measuring`.

The arguments are a JSON object on standard input, the figures one on standard output. A string that
takes longer than a few seconds counts as a hang, one that raises as an exception; neither ends the
measurement. Kinds take turns, so that what is measured when the time is over is of all kinds. Times
are those of the processor.
"""

from __future__ import annotations

import gc
import json
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import attrs

from benchmarks.reliability import Answered, calibration_error
from benchmarks.training.gold import Tags
from benchmarks.vocabularies.shapes import SHAPES
from benchmarks.vocabularies.sources import SOURCES, Entry, taxonomy_of
from benchmarks.vocabularies.strings import Sample, Strings, words_of
from tagnorm import Normalizer

__all__ = ["measured"]

_SECONDS = 5.0
# The strings of a column that a vocabulary is fitted to.
_COLUMN = 2000


class HangError(Exception):
    """A string took too long."""


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def ring(*_: object) -> None:
        raise HangError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def measured(
    name: str,
    *,
    n: int,
    seed: int,
    seconds: float,
    kinds: Sequence[str],
    peers: bool,
    show: int,
    fit: bool = False,
) -> dict[str, Any]:
    """The figures of one vocabulary."""
    source = SOURCES.get(name) or SHAPES[name]
    entries = source.entries()
    normalizer, ready, megabytes = _made(entries)
    strings = Strings(
        [entry.tag for entry in entries],
        words_of(source.language, source.common),
        seed,
        are_words=source.are_words,
    )
    samples = {kind: list(strings.of(kind, n)) for kind in kinds}
    figures: dict[str, Any] = {
        "codes": len(entries),
        "ready": ready,
        "megabytes": megabytes,
        "open": {
            kind: sum(one.open for one in found) / len(found)
            for kind, found in samples.items()
            if found
        },
    }

    def ours(raw: str) -> tuple[Tags, float]:
        answer = normalizer.resolve(raw)
        return answer.tags, answer.confidence

    figures["tagnorm"] = _judged(samples, ours, seconds, show)
    if fit:
        figures["fit"] = _fitted(normalizer, strings, seconds)
    if peers:
        from benchmarks.vocabularies.peers import PEERS  # noqa: PLC0415 -- quick runs spare them

        for peer, make in PEERS.items():
            answer = make(entries)
            figures[peer] = _judged(
                samples, lambda raw, answer=answer: (answer(raw), 1.0), seconds, 0
            )
    return figures


def _fitted(normalizer: Normalizer, strings: Strings, seconds: float) -> dict[str, Any]:
    """What a fit to a damaged column without labels changes, on more of the same column."""
    start = perf_counter()
    found = normalizer.fit([one.raw for one in strings.column(_COLUMN)])
    took = perf_counter() - start
    figures: dict[str, Any] = {"seconds": took, "gain": found.gain, "notes": found.notes}
    for name, one in (("before", normalizer), ("after", Normalizer(found.taxonomy))):

        def answer(raw: str, one: Normalizer = one) -> tuple[Tags, float]:
            resolved = one.resolve(raw)
            return resolved.tags, resolved.confidence

        figures[name] = _judged(
            {"column": [attrs.evolve(s, kind="column") for s in strings.column(_COLUMN // 4, 1)]},
            answer,
            max(seconds, 60),
            0,
        )
    return figures


def _made(entries: Sequence[Entry]) -> tuple[Normalizer, float, float]:
    """A normalizer of the codes; the seconds until its first answers, and what it weighs then."""
    gc.collect()
    before, start = _resident(), process_time()
    normalizer = Normalizer(taxonomy_of(entries))
    for entry in entries[:: max(1, len(entries) // 3)][:3]:
        with suppress(Exception):  # it is counted when the strings are read
            normalizer.resolve(entry.tag[1:] + entry.tag[:1])
    took = process_time() - start
    gc.collect()
    return normalizer, took, _resident() - before


def _resident() -> float:
    """The megabytes that this process holds, where the system says so."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * 4096 / 1e6


def _judged(
    samples: Mapping[str, Sequence[Sample]],
    answer: Callable[[str], tuple[Tags, float]],
    seconds: float,
    show: int,
) -> dict[str, Any]:
    """Ask for every string while there is time, the kinds in turn."""
    kinds: dict[str, dict[str, Any]] = {
        kind: {"strings": 0, "exact": 0, "untied": 0, "wrong": 0, "seconds": 0.0, "worst": []}
        for kind in samples
    }
    answered: list[Answered] = []
    failures: dict[str, list[str]] = {"hang": [], "exception": []}
    queues = [list(reversed(found)) for found in samples.values()]
    end = perf_counter() + seconds
    while any(queues) and perf_counter() < end:
        for queue in queues:
            if not queue:
                continue
            one = queue.pop()
            start = process_time()
            try:
                with _alarm(_SECONDS):
                    tags, sure = answer(one.raw)
            except HangError:
                failures["hang"].append(one.raw)
                tags, sure = (), 0.0
            except Exception as error:
                failures["exception"].append(f"{one.raw!r}: {type(error).__name__}: {error}"[:200])
                tags, sure = (), 0.0
            held = kinds[one.kind]
            held["seconds"] += process_time() - start
            held["strings"] += 1
            right = tags == one.truth
            held["exact"] += right
            held["untied"] += right and not one.open
            held["wrong"] += not right and bool(tags)
            answered.append(Answered(min(max(sure, 0.0), 1.0), right))
            if not right:
                held["worst"].append((sure, one.raw, one.truth, tags, one.open))
    for held in kinds.values():
        held["worst"] = sorted(held["worst"], key=lambda one: -one[0])[:show]
    took = sum(held["seconds"] for held in kinds.values())
    sure = [one for one in answered if one.confidence >= 0.95]
    return {
        "kinds": kinds,
        "error": calibration_error(answered),
        "rate": len(answered) / took if took else 0.0,
        "sure": len(sure) / len(answered) if answered else 0.0,
        "sure and right": sum(one.right for one in sure) / len(sure) if sure else 1.0,
        "failures": failures,
        "unfinished": sum(map(len, queues)),
    }


if __name__ == "__main__":
    given = json.load(sys.stdin)
    json.dump(measured(**given), sys.stdout)
