"""Joined codes of which some hold punctuation or spaces: a whole place read as one segmentation."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from tagnorm.engine.chunks.drafts import Draft, parts_of
from tagnorm.engine.chunks.field_draft import FieldDraft
from tagnorm.engine.edits.grammar import EDIT_NAMES
from tagnorm.engine.reading.answers import Answer
from tagnorm.engine.reading.stretches import Stretch
from tagnorm.engine.search.lattice import Piece
from tagnorm.engine.text.forms import Forms
from tagnorm.engine.text.tokens import JOINED
from tagnorm.folding import is_word, squash

__all__ = ["segmented"]

# The most letters of a place that is tried as joined codes.
_LONGEST_JOINED: Final = 240
# The same for a place that holds no word of a form of several words exactly.
_LONGEST_UNNAMED: Final = 120
# A place of no more letters is weighed at once, before it is known to be joined codes.
_WEIGHED_AT_ONCE: Final = 64
# The letters that a form needs, at least, to be read with a mark or a space where it has none.
_LONG_FORM: Final = 8


def segmented(field: FieldDraft, place: Sequence[Draft]) -> list[Stretch] | None:
    """The stretches of a place that is joined codes of which some hold punctuation or spaces; None
    if it is not.

    What stands between its words must stand between two codes, or where the form of a code has
    something, too. And some form must stand across a gap beside which not all is certain.
    """
    if all(draft.is_certain and draft.tags for draft in place):
        return None
    parts = [part for draft in place for part in parts_of(draft)]
    forms, reader = field.forms, field.reader
    if len(parts) < JOINED:
        return None
    is_named = any(part.word in forms.words for part in parts)
    before = left, edits_before = _assumed(place)
    if before == (0, 0) and not is_named:
        return None
    read = sum(len(answer.pieces) for draft in place for _, _, answer in draft.found)
    if left == 0 and read < JOINED:
        return None
    word = "".join([part.word for part in parts])
    gaps = list(accumulate([len(part.word) for part in parts[:-1]]))
    uncertain = [not draft.is_certain for draft in place for _ in parts_of(draft)]
    if len(word) > (_LONGEST_JOINED if is_named else _LONGEST_UNNAMED) or not any(
        (uncertain[n] or uncertain[n + 1]) and forms.seams.cross(word, gap)
        for n, gap in enumerate(gaps)
    ):
        return None
    # Most places that come so far are joined codes, whose confidence is needed anyhow.
    is_weighed = field.weighed and len(word) <= _WEIGHED_AT_ONCE
    pieces = reader.weigh(word).pieces if is_weighed else reader.read(word)
    if len(pieces) < JOINED or any(tag is None for _, _, tag, _ in pieces):
        return None
    if _are_held(place, pieces) or any(draft.is_decided for draft in place):
        return None
    strays = _strays(forms, word, gaps, pieces)
    if strays is None or (left == 0 and len(pieces) > read):
        return None
    edits = strays + sum(piece.how in EDIT_NAMES for piece in pieces)
    if left == 0 and (edits, len(pieces)) >= (edits_before, read):
        return None
    return _stretches_of(field, place, pieces)


def _assumed(place: Sequence[Draft]) -> tuple[int, int]:
    """How many pieces of a place are unresolved, and how many are codes with an edit."""
    hows = [
        how for draft in place for _, _, answer in draft.found for _, _, _, how in answer.pieces
    ]
    return hows.count("unresolved"), sum(how in EDIT_NAMES for how in hows)


def _are_held(place: Sequence[Draft], pieces: Sequence[Piece]) -> bool:
    """Whether one of several pieces stands in parentheses, where nothing is a tag; a form that has
    some goes on behind them, or begins before them."""
    at = 0
    for draft in place:
        for chunk in draft.chunks:
            end = at + sum([len(part.word) for part in chunk.parts])
            if chunk.in_parentheses and any(p.start >= at and p.end <= end for p in pieces):
                return True
            at = end
    return False


def _strays(forms: Forms, word: str, gaps: Sequence[int], pieces: Sequence[Piece]) -> int | None:
    """How many gaps of a word stand within pieces where their forms have none; None if that would
    be more than one edit, or if no gap stands within a piece.

    Args:
        forms: the forms of the vocabulary.
        word: the squashed letters of a place.
        gaps: the places in it where something stands between two words.
        pieces: what the word is read as.
    """
    strays = 0
    is_held = False
    for start, end, tag, how in pieces:
        inside = {gap - start for gap in gaps if start < gap < end}
        if not inside:
            continue
        is_held = True
        form = word[start:end]
        if form not in forms.squashed and how in EDIT_NAMES:
            form = squash(tag or "")
        ends = forms.squashed.get(form, frozenset())
        stray = [gap for gap in inside if not ends & {gap - 1, gap, gap + 1}]
        strays += len(stray)
        # A mark where the form has none counts as an edit: only a long form may have one.
        if stray and (how in EDIT_NAMES or strays > 1 or len(form) < _LONG_FORM):
            return None
    return strays if is_held else None


def _stretches_of(
    field: FieldDraft, place: Sequence[Draft], pieces: Sequence[Piece]
) -> list[Stretch]:
    """The stretches of a place that is joined codes: codes with nothing between them are one."""
    parts = [part for draft in place for part in parts_of(draft)]
    word = "".join([part.word for part in parts])
    gaps = set(accumulate([len(part.word) for part in parts[:-1]]))
    places = [
        at
        for part in parts
        for at in range(part.start, part.end)
        if not part.is_form or is_word(field.folded[at])
    ]
    sure = field.reader.weigh(word).confidence if field.weighed else 1.0
    groups: list[list[Piece]] = []
    taken = place[0].start
    for nth, piece in enumerate(pieces):
        follows = pieces[nth + 1].start if nth + 1 < len(pieces) else len(word)
        behind = places[follows] if follows < len(word) else parts[-1].end
        first, last = places[piece.start], places[piece.end - 1] + 1
        # The marks between two codes are of the one or of the other.
        spans = [(taken, behind), (taken, last), (first, behind), (first, last)]
        meant = field.reader.tag_as_written(
            word[piece.start : piece.end], piece, [field.raw(*span) for span in spans]
        )
        written = piece if meant is None else piece._replace(tag=meant[0])
        taken = last if meant is None else max(spans[meant[1]][1], last)
        if groups and piece.start not in gaps:
            groups[-1].append(written)
        else:
            groups.append([written])
    # Together the stretches are as sure as the whole.
    each = sure ** (1 / len(groups))
    found = []
    for group in groups:
        first, last = places[group[0].start], places[group[-1].end - 1] + 1
        own = [
            Piece(places[p.start] - first, places[p.end - 1] + 1 - first, p.tag, p.how)
            for p in group
        ]
        # What stands between two codes of a stretch belongs to the one before it.
        whole = [
            piece._replace(end=own[at + 1].start if at + 1 < len(own) else last - first)
            for at, piece in enumerate(own)
        ]
        found.append(field.stretch(first, last, Answer(tuple(whole), each)))
    return found
