"""Joined codes of which some hold punctuation or spaces: chunks side by side in a place, read as
one segmentation."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from tagnorm.engine.chunks.drafts import Draft, answers_of, are_numbers, parts_of
from tagnorm.engine.chunks.field_draft import FieldDraft
from tagnorm.engine.edits.grammar import EDIT_NAMES
from tagnorm.engine.reading.answers import Answer
from tagnorm.engine.search.lattice import Piece
from tagnorm.engine.text.characters import is_list_separator
from tagnorm.engine.text.forms import Forms
from tagnorm.engine.text.tokens import JOINED, Part
from tagnorm.folding import is_word, squash

__all__ = ["join_segmented"]

# The most letters of a place that is tried as joined codes.
_LONGEST_JOINED: Final = 240
# The same for a place that holds no word of a form of several words exactly.
_LONGEST_UNNAMED: Final = 120
# A place of no more letters is weighed at once, before it is known to be joined codes.
_WEIGHED_AT_ONCE: Final = 64
# The letters that a form needs, at least, to be read with a mark or a space where it has none.
_LONG_FORM: Final = 8


def join_segmented(field: FieldDraft, place: list[Draft]) -> list[Draft]:
    """The drafts of a place, those joined that are joined codes of which some hold punctuation or
    spaces; the place itself if none are.

    What stands between its words must stand between two codes, or where the form of a code has
    something, too. And some form must stand across a gap beside which not all is certain. What is
    parted from both by separators, and begins and ends where codes do, is what it was read as.
    """
    if all(draft.is_certain and draft.tags for draft in place):
        return place
    parts = [part for draft in place for part in parts_of(draft)]
    forms, reader = field.forms, field.reader
    if len(parts) < JOINED:
        return place
    is_named = any(part.word in forms.words for part in parts)
    left, edits_before = _assumed(place)
    if left == edits_before == 0 and not is_named:
        return place
    read = sum(len(answer.pieces) for draft in place for answer in answers_of(draft))
    if (left == 0 and read < JOINED) or are_numbers(place):
        return place
    word, gaps = _letters_of(parts)
    uncertain = [not draft.is_certain for draft in place for _ in parts_of(draft)]
    if len(word) > (_LONGEST_JOINED if is_named else _LONGEST_UNNAMED) or not any(
        (uncertain[n] or uncertain[n + 1]) and forms.seams.cross(word, gap)
        for n, gap in enumerate(gaps)
    ):
        return place
    # Most places that come so far are joined codes, whose confidence is needed anyhow.
    is_weighed = field.weighed and len(word) <= _WEIGHED_AT_ONCE
    pieces = reader.weigh(word).pieces if is_weighed else reader.read(word)
    if len(pieces) < JOINED or any(tag is None for _, _, tag, _ in pieces):
        return place
    if _are_held(place, pieces) or any(draft.is_decided for draft in place):
        return place
    if _are_cut(field, place, pieces):
        return place
    if _strays(forms, word, gaps, pieces) is None:
        return place
    runs = _runs(field, place, pieces)
    return [draft for run, own in runs for draft in _joined(field, run, own, word)]


def _runs(
    field: FieldDraft, place: Sequence[Draft], pieces: Sequence[Piece]
) -> list[tuple[list[Draft], list[Piece]]]:
    """The drafts of a place, parted where one begins behind a separator, and a piece does, too;
    with the pieces that they are, by their places in these drafts."""
    runs: list[tuple[list[Draft], list[Piece]]] = []
    waiting = list(pieces)
    at = first = end = 0
    for draft in place:
        parts = list(parts_of(draft))
        between = field.folded[end : parts[0].start]
        if not runs or (waiting and waiting[0].start == at and any(map(_is_separator, between))):
            first = at
            runs.append(([], []))
        drafts, own = runs[-1]
        drafts.append(draft)
        at += sum([len(part.word) for part in parts])
        end = parts[-1].end
        while waiting and waiting[0].start < at:
            start, last, tag, how = waiting.pop(0)
            own.append(Piece(start - first, last - first, tag, how))
    return runs


def _joined(
    field: FieldDraft, run: list[Draft], pieces: Sequence[Piece], whole: str
) -> list[Draft]:
    """Some drafts as one, if they are joined codes, or one, with punctuation or spaces; else the
    drafts.

    Args:
        field: their field.
        run: the drafts.
        pieces: what they are as joined codes.
        whole: the letters of their place, which these are the pieces of.
    """
    parts = [part for draft in run for part in parts_of(draft)]
    word, gaps = _letters_of(parts)
    strays = _strays(field.forms, word, gaps, pieces)
    if strays is None or all(draft.is_certain and draft.tags for draft in run):
        return run
    left, edits_before = _assumed(run)
    read = sum(len(answer.pieces) for draft in run for answer in answers_of(draft))
    edits = strays + sum(piece.how in EDIT_NAMES for piece in pieces)
    if left == 0 and (len(pieces) > read or (edits, len(pieces)) >= (edits_before, read)):
        return run
    sure = 1.0
    if field.weighed:
        answer = field.reader.weigh(word)
        if answer.pieces != tuple(pieces):
            answer = field.reader.weigh(whole)
        sure = answer.confidence
    joined = Draft(tuple([chunk for draft in run for chunk in draft.chunks]))
    joined.take(_answers_of(field, run, pieces, sure))
    return [joined]


def _letters_of(parts: Sequence[Part]) -> tuple[str, list[int]]:
    """The letters of some parts, and the gaps between these in them."""
    gaps = list(accumulate([len(part.word) for part in parts[:-1]]))
    return "".join([part.word for part in parts]), gaps


def _is_separator(character: str) -> bool:
    return character.isspace() or is_list_separator(character)


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


def _are_cut(field: FieldDraft, place: Sequence[Draft], pieces: Sequence[Piece]) -> bool:
    """Whether one of several pieces begins or ends within a name of several words that stands there
    as it is, and goes on beside it (`KOREA, SOUTH AFRICA` is no `Korea (South)` and Africa), or
    within a name that has lost a letter."""
    at = 0
    for draft in place:
        for part in parts_of(draft):
            start, at = at, at + len(part.word)
            if not (draft.is_certain and part.is_form):
                continue
            is_whole = field.has_lost_letter(part)
            if any(
                (start < one.end < at and (is_whole or one.start < start))
                or (start < one.start < at and (is_whole or one.end > at))
                for one in pieces
            ):
                return True
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


def _answers_of(
    field: FieldDraft, place: Sequence[Draft], pieces: Sequence[Piece], sure: float
) -> list[tuple[int, int, Answer]]:
    """What a place that is joined codes is read as: codes with nothing between them are one
    answer, with its start and end in the folded text. They are so `sure` as a whole."""
    parts = [part for draft in place for part in parts_of(draft)]
    word, gaps = _letters_of(parts)
    places = [at for part in parts for at in _places_in(field, part)]
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
    # Together they are as sure as the whole.
    each = sure ** (1 / len(groups))
    return [_answer_of(group, places, each) for group in groups]


def _places_in(field: FieldDraft, part: Part) -> list[int]:
    """Where each letter of a part stands in the folded text. Of a word that has lost some the first
    and the last are told, since no piece begins or ends within it."""
    places = [
        at for at in range(part.start, part.end) if not part.is_form or is_word(field.folded[at])
    ]
    if len(places) != len(part.word):
        places = [part.start] * (len(part.word) - 1) + [part.end - 1]
    return places


def _answer_of(
    group: Sequence[Piece], places: Sequence[int], sure: float
) -> tuple[int, int, Answer]:
    """The answer that some pieces of squashed letters make, with its start and end in the folded
    text, by the places of the letters there."""
    first, last = places[group[0].start], places[group[-1].end - 1] + 1
    starts = [places[piece.start] - first for piece in group]
    # What stands between two codes of an answer belongs to the one before it.
    ends = [*starts[1:], last - first]
    pieces = [
        Piece(start, end, piece.tag, piece.how)
        for start, end, piece in zip(starts, ends, group, strict=True)
    ]
    return first, last, Answer(tuple(pieces), sure)
