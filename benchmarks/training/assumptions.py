"""What a reading assumes, by the rows of the cost table: to learn the table, and to check it."""

from __future__ import annotations

from collections.abc import Mapping

from tagnorm.engine.edits.grammar import EDITS
from tagnorm.engine.model import Model
from tagnorm.engine.prices.unknown_words import ACRONYM
from tagnorm.engine.search.lattice import ANCHOR, COMPANION, LEFT, START, Piece

__all__ = ["assumptions", "looks_like_code", "ways_to_leave_alone"]


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
        return min(ways_to_leave_alone(model, word), key=model.costs.price)
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
            index = model.joined_edits if is_joined else model.edits
            meant = index.candidates(text)
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


def ways_to_leave_alone(model: Model, word: str) -> list[dict[str, float]]:
    """What each way to explain a word that is no code assumes; it costs what the cheapest does.

    >>> from tagnorm.vocabulary.codes import Taxonomy
    >>> model = Model(Taxonomy.load())
    >>> ways = ways_to_leave_alone(model, "PELOSI")
    >>> [[name for name in way if name != "unresolved"] for way in ways]
    [['language'], ['other', 'other_letter'], ['word']]
    >>> abs(min(map(model.costs.price, ways)) - model.left_alone.cost("PELOSI")) <= len("PELOSI")
    True
    """
    own, by_table = model.nats_by_own_letters(word), model.language.nats(word)
    ways = [
        {"unresolved": 1.0, "language": by_table if own is None else min(own, by_table)},
        {"unresolved": 1.0, "other": 1.0, "other_letter": float(len(word))},
    ]
    if word in model.words:
        ways.append({"unresolved": 1.0, "word": 1.0})
    if looks_like_code(model, word):
        ways.append({"unresolved": 1.0, "unlisted": 1.0})
    if len(word) <= ACRONYM:
        ways.append({"unresolved": 1.0, "acronym": 1.0})
    return ways


def looks_like_code(model: Model, word: str) -> bool:
    """Whether a word may be a code that the vocabulary lacks: it has the length of most codes and
    begins with the letter of a family."""
    return len(word) == model.anchor_length and word[0] in model.families
