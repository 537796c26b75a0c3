"""How often what happens in the labelled strings, from which a fit to another column starts.

The functions are those of a fit (`tagnorm.learning`), but that the readings are known: each string
has one way to read it, its label. `python -m benchmarks shares` prints `tagnorm/data/rates.tsv` as
it would be written, beside what is shipped.
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.table import table
from benchmarks.training.gold import UNTAGGED, labelled
from tagnorm import Taxonomy
from tagnorm.engine.edits.grammar import EDITS, edit_between
from tagnorm.folding import squash
from tagnorm.learning.column import KINDS, Observed, Way
from tagnorm.learning.expectation import Rates, maximised
from tagnorm.learning.prices import general_rates

__all__ = ["known_words", "shares"]

_LOOKED_UP = ("canonical", "alias")


def known_words(taxonomy: Taxonomy) -> Iterator[Observed]:
    """The labelled strings that are no entries, each with its label as the only way to read it."""
    families = frozenset(code.family for code in taxonomy if len(code.family) == 1)
    for one in labelled():
        if one.kind in _LOOKED_UP:
            continue
        edits: tuple[str, ...] = ()
        if one.kind in UNTAGGED or not one.answer:
            kind = "unresolved"
        elif len(one.answer) == 1:
            kind = "edit"
            edit = edit_between(squash(one.raw), squash(one.answer[0]), families)
            edits = () if edit is None else (edit,)
        elif squash(one.raw) == squash("".join(one.answer)):
            kind = "joined"
        else:
            in_order = _in_order(one.raw, one.answer)
            kind = "leftover" if in_order else "joined_edit"
        yield Observed(one.raw, 1, (Way(1.0, kind, (), edits),), held_out=False)


def shares(taxonomy: Taxonomy) -> Rates:
    """The rates of the labelled strings, smoothed as those of any column are."""
    even = Rates(
        dict.fromkeys(KINDS, 1 / len(KINDS)), dict.fromkeys(EDITS, 1 / len(EDITS)), {"": 1.0}
    )
    return maximised(list(known_words(taxonomy)), even, prior=5.0)


def run() -> None:
    found = shares(Taxonomy.load())
    kinds, edits = general_rates()
    rows = [
        (name, f"{share:.3f}", f"{shipped[name]:.3f}")
        for now, shipped in ((found.kinds, kinds), (found.edits, edits))
        for name, share in now.items()
    ]
    print(table(["", "counted", "shipped"], rows, title="Rates of the labelled strings"))


def _in_order(raw: str, tags: tuple[str, ...]) -> bool:
    """Whether all codes stand in a string as they are written, one after the other."""
    at = 0
    for tag in tags:
        at = raw.find(squash(tag), at)
        if at < 0:
            return False
        at += len(squash(tag))
    return True
