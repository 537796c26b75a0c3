"""The libraries beside which tagnorm is measured, each as its users would call it.

Every peer gets the same vocabulary: the codes and aliases of the taxonomy with their counts. Each
becomes a `Contestant`: a function from a raw string to tags. What the wrappers do is the same for
all: a string that is an entry itself is that entry, without asking the library, which spares it
time and mistakes; otherwise the pieces that the library returns are looked up. If one of them is
no entry, a peer's users may drop the whole string or only that piece. Each peer goes the way that
gives it more exact answers on the labelled strings: wordsegment drops the piece, the others the
whole string (a name of six letters holds two or three codes of two, and wordninja finds them).
"""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import attrs
import wordninja  # type: ignore[import-untyped]
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA
from symspellpy import SymSpell  # type: ignore[import-untyped]
from wordsegment import Segmenter  # type: ignore[import-untyped]

from benchmarks.cover import ahocorasick_cover, one_edit_cover, regex_cover
from benchmarks.timing import forgetting
from benchmarks.training.gold import Tags
from benchmarks.training.lexicon import Lexicon
from tagnorm import Normalizer

__all__ = ["Contestant", "ours", "peers"]


@attrs.frozen
class Contestant:
    """Something that turns a raw string into tags.

    `stride` thins the list for the slow ones: 3 stands for every third string. What remembers its
    answers has a way to `forget` them.
    """

    name: str
    answer: Callable[[str], Tags]
    stride: int = 1
    forget: Callable[[], object] = int


def ours(normalizer: Normalizer) -> list[Contestant]:
    """Our two verbs: `split`, and `resolve` with the confidence and the alternatives read."""

    def split(raw: str) -> Tags:
        return tuple(normalizer.split(raw, unresolved="drop"))

    def resolve(raw: str) -> Tags:
        answer = normalizer.resolve(raw)
        _ = answer.confidence, answer.alternatives  # read, in case they are worked out on use
        return answer.tags

    forget = forgetting(normalizer)
    return [
        Contestant("tagnorm split", split, forget=forget),
        Contestant("tagnorm resolve", resolve, forget=forget),
    ]


def peers(lexicon: Lexicon) -> list[Contestant]:
    """All peers, each with the whole vocabulary."""

    def contestant(
        name: str, cut: Callable[[str], Iterable[str]], stride: int = 1, pieces: bool = False
    ) -> Contestant:
        return Contestant(name, _tagger(lexicon, cut, pieces), stride)

    return [
        contestant("wordninja", _wordninja(lexicon)),
        contestant("wordsegment", _wordsegment(lexicon), stride=5, pieces=True),
        contestant("symspellpy segmentation, 0 edits", _symspell(lexicon, 0)),
        contestant("symspellpy segmentation, 1 edit", _symspell(lexicon, 1), stride=11),
        contestant("symspellpy lookup_compound, 1 edit", _compound(lexicon), stride=5),
        contestant("rapidfuzz extractOne, ratio", _ratio(lexicon), stride=5),
        contestant("rapidfuzz extractOne, OSA", _nearest(lexicon), stride=5),
        contestant("pyahocorasick and a cover", ahocorasick_cover(lexicon)),
        contestant("regex alternation", regex_cover(lexicon)),
        contestant("one-edit forms and a cover", one_edit_cover(lexicon)),
    ]


def _tagger(
    lexicon: Lexicon, cut: Callable[[str], Iterable[str]], pieces: bool
) -> Callable[[str], Tags]:
    tags = lexicon.tags

    def answer(raw: str) -> Tags:
        if raw in tags:
            return (tags[raw],)
        found = [tags.get(piece) for piece in cut(raw)]
        if None in found and not pieces:
            return ()
        return tuple(tag for tag in found if tag is not None)

    return answer


def _wordninja(lexicon: Lexicon) -> Callable[[str], Sequence[str]]:
    """A language model of its own file format: the words by falling frequency."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "words.gz"
        path.write_bytes(gzip.compress("\n".join(lexicon.by_count).lower().encode()))
        model = wordninja.LanguageModel(str(path))
    return model.split  # type: ignore[no-any-return]


def _wordsegment(lexicon: Lexicon) -> Callable[[str], Sequence[str]]:
    """Counts of single words; there are no pairs of words to count."""
    segmenter = Segmenter()
    segmenter.unigrams = {form.lower(): float(n) for form, n in lexicon.counts.items()}
    segmenter.total = float(sum(lexicon.counts.values()))
    segmenter.limit = max(map(len, lexicon.tags))
    return lambda raw: [word.upper() for word in segmenter.segment(raw)]


def _symspell_dictionary(lexicon: Lexicon) -> SymSpell:
    speller = SymSpell(max_dictionary_edit_distance=1, prefix_length=7)
    for form, count in lexicon.counts.items():
        speller.create_dictionary_entry(form.lower(), count)
    # its own total is that of its English dictionary
    speller.N = sum(lexicon.counts.values())
    return speller


def _symspell(lexicon: Lexicon, edits: int) -> Callable[[str], Sequence[str]]:
    speller = _symspell_dictionary(lexicon)

    def cut(raw: str) -> Sequence[str]:
        found = speller.word_segmentation(raw.lower(), max_edit_distance=edits)
        return found.corrected_string.upper().split()  # type: ignore[no-any-return]

    return cut


def _compound(lexicon: Lexicon) -> Callable[[str], Sequence[str]]:
    speller = _symspell_dictionary(lexicon)

    def cut(raw: str) -> Sequence[str]:
        found = speller.lookup_compound(raw.lower(), max_edit_distance=1)
        return found[0].term.upper().split() if found else ["?"]

    return cut


def _ratio(lexicon: Lexicon) -> Callable[[str], Sequence[str]]:
    """The nearest entry by the ratio that its tutorials use, at least 75 of 100: one letter of
    four replaced."""
    forms = list(lexicon.tags)

    def cut(raw: str) -> Sequence[str]:
        found = process.extractOne(raw, forms, scorer=fuzz.ratio, score_cutoff=75)
        return [found[0]] if found else ["?"]

    return cut


def _nearest(lexicon: Lexicon) -> Callable[[str], Sequence[str]]:
    """The nearest entry by edits with swaps, at most one; among equals the commonest."""
    forms = lexicon.by_count

    def cut(raw: str) -> Sequence[str]:
        found = process.extractOne(raw, forms, scorer=OSA.distance, score_cutoff=1)
        return [found[0]] if found else ["?"]

    return cut
