"""The peers on other vocabularies: SymSpell, RapidFuzz and wordninja, each as its users call it.

All get the codes without case. A text is first looked up as a whole, then, where `; ` parts it, by
its parts; what is still unknown goes to the library. Where a piece that it gives is no code, the
whole text is left alone.
"""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import wordninja  # type: ignore[import-untyped]
from rapidfuzz import process
from rapidfuzz.distance import OSA
from symspellpy import SymSpell, Verbosity  # type: ignore[import-untyped]

from benchmarks.training.gold import Tags
from benchmarks.vocabularies.near import form
from benchmarks.vocabularies.sources import Entry

__all__ = ["PEERS"]

Answer = Callable[[str], Tags]


def _answering(
    entries: Sequence[Entry],
    one: Callable[[str], Iterable[str]],
    run: Callable[[str], Iterable[str]],
) -> Answer:
    """A peer from what reads one code and what reads several without separators."""
    tags = {form(entry.tag): entry.tag for entry in reversed(entries)}

    def read(text: str) -> Tags | None:
        if text in tags:
            return (tags[text],)
        for pieces in (one(text), run(text)):
            found = [tags.get(piece) for piece in pieces]
            if found and None not in found:
                return tuple(tag for tag in found if tag)
        return None

    def answer(raw: str) -> Tags:
        whole = form(raw)
        found = read(whole)
        if found is None and "; " in whole:
            parts = [read(part) for part in whole.split("; ")]
            return tuple(tag for part in parts for tag in part or ())
        return found or ()

    return answer


def _symspell(entries: Sequence[Entry]) -> Answer:
    speller = SymSpell(max_dictionary_edit_distance=1, prefix_length=7)
    for entry in entries:
        speller.create_dictionary_entry(form(entry.tag), int(entry.frequency or 1))
    speller.N = sum(int(entry.frequency or 1) for entry in entries)

    def one(text: str) -> list[str]:
        return [found.term for found in speller.lookup(text, Verbosity.TOP, max_edit_distance=1)]

    def run(text: str) -> Iterable[str]:
        found = speller.word_segmentation(text, max_edit_distance=1)
        return found.corrected_string.split(" ")  # type: ignore[no-any-return]

    return _answering(entries, one, run)


def _rapidfuzz(entries: Sequence[Entry]) -> Answer:
    forms = list(dict.fromkeys(form(entry.tag) for entry in entries))

    def one(text: str) -> list[str]:
        found = process.extractOne(text, forms, scorer=OSA.distance, score_cutoff=1)
        return [found[0]] if found else []

    return _answering(entries, one, lambda text: ())


def _wordninja(entries: Sequence[Entry]) -> Answer:
    ordered = sorted(entries, key=lambda entry: -(entry.frequency or 0))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "words.gz"
        lines = dict.fromkeys(form(entry.tag) for entry in ordered)
        path.write_bytes(gzip.compress("\n".join(lines).encode()))
        model = wordninja.LanguageModel(str(path))
    return _answering(entries, lambda text: (), model.split)


PEERS: Mapping[str, Callable[[Sequence[Entry]], Answer]] = {
    "symspellpy": _symspell,
    "rapidfuzz": _rapidfuzz,
    "wordninja": _wordninja,
}
