"""What a reading assumes, by the rows of the cost table: to learn the table, and to check it."""

from __future__ import annotations

from collections.abc import Mapping

from tagnorm.engine.edits.grammar import EDITS
from tagnorm.engine.model import Model
from tagnorm.engine.search.lattice import ANCHOR, COMPANION, LEFT, START, Piece

__all__ = ["assumptions"]


def assumptions(model: Model, word: str, pieces: tuple[Piece, ...]) -> dict[str, float]:
    """What a reading of a word assumes, by the rows of the cost table; its cost is their price.

    >>> from tagnorm.engine.search.nbest import readings
    >>> from tagnorm.vocabulary.codes import Taxonomy
    >>> model = Model(Taxonomy.load())
    >>> reading = readings(model, "PGOVQL")[0]
    >>> assumed = assumptions(model, "PGOVQL", reading.pieces)
    >>> assumed["join"], assumed["leftover"], assumed["letter"]
    (1.0, 1.0, 2.0)
    >>> abs(model.costs.price(assumed) - reading.cost) <= len(reading.pieces)
    True
    """
    if len(pieces) == 1 and pieces[0].tag is None:
        return min(model.unresolved_assumptions(word), key=model.costs.price)
    found: dict[str, float] = {}

    def assume(more: Mapping[str, float]) -> None:
        for name, amount in more.items():
            found[name] = found.get(name, 0.0) + amount

    is_joined = len(pieces) > 1
    if is_joined:
        assume({"join": 1.0})
        exact = [word[p.start : p.end] for p in pieces if p.tag and p.how not in EDITS]
        if not any(model.entries[form].anchor for form in exact):
            assume({"unanchored": 1.0})
    before = START
    for piece in pieces:
        text = word[piece.start : piece.end]
        if piece.tag is None:
            assume({"leftover": 1.0, "letter": float(len(text))})
            if before == START:
                assume({"left_in_front": 1.0})
            before = LEFT
            continue
        if piece.how in EDITS:
            meant = model.joined_corrections(text) if is_joined else model.corrections(text)
            entry = model.entries[next(c.form for c in meant if c.tag == piece.tag)]
            assume(
                model.code_prices.edit_assumptions(piece.how, len(text), entry, joined=is_joined)
            )
        else:
            entry = model.entries[text]
        assume(
            model.code_prices.entry_assumptions(entry.code, entry.how, entry.form, joined=is_joined)
        )
        last = ANCHOR if entry.anchor else COMPANION
        if last == COMPANION and before == START:
            assume({"companion_first": 1.0})
        if last == ANCHOR and before == COMPANION:
            assume({"companion_before": 1.0})
        before = last
    return found
