"""Stretches of a text, each with the answer for it, and the pieces that they are made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tagnorm.engine.reading.answers import Answer

__all__ = ["Stretch", "pieces_of"]


class Stretch(NamedTuple):
    """A stretch of a text that is read by itself; the pieces of its answer count from its start."""

    start: int
    end: int
    answer: Answer


def pieces_of(text: str, stretches: Iterable[Stretch]) -> list[tuple[str | None, str]]:
    """The codes of a text in order, each with its raw text; None for what is unresolved."""
    return [
        (tag, text[start + first : start + last])
        for start, _, answer in stretches
        for first, last, tag, _ in answer.pieces
    ]
