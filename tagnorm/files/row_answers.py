"""The answers of texts that stand in rows one by one, where Arrow cannot take them as columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tagnorm.columns.arrays import texts
from tagnorm.errors import UnresolvedError
from tagnorm.files.answers import Answers
from tagnorm.files.found import find

__all__ = ["Answer", "answer_each", "untouched"]


class Answer(NamedTuple):
    """What a text became; its status and confidence are there if they were asked for."""

    tags: list[str]
    status: str | None = None
    confidence: float | None = None


def answer_each(answers: Answers, values: Sequence[str]) -> list[Answer]:
    """The answer of each text, a row each, and all rows are counted; texts that are alike share it.

    Raises:
        UnresolvedError: a text holds something unresolved, and `unresolved` is "raise".
    """
    if not values:
        return []
    encoded = texts(values).dictionary_encode()
    found = find(answers, encoded.dictionary, encoded.indices)
    columns = (column.to_pylist() for column in (found.tags, *found.status))
    each = list(map(Answer, *columns))
    return [each[place] for place in encoded.indices.to_pylist()]


def untouched(answers: Answers, value: str) -> Answer:
    """The answer of a text that letters were lost of: it stays whole, and its row is counted.

    Raises:
        UnresolvedError: `unresolved` is "raise".
    """
    unresolved = answers.cleaning.options.unresolved
    if unresolved == "raise":
        raise UnresolvedError(value, [value])
    answers.rows["unresolved"] += 1
    if answers.cleaning.weighed:
        answers.statuses["unresolved"] += 1
    return Answer([value] if unresolved == "keep" else [], "unresolved", 0.0)
