"""An answer as plain Python for JSON: one form for the command line, reports, services and you."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tagnorm.resolution import Alternative, Resolution, Segment, Word

__all__ = ["record_of"]

# So many digits of a probability are told; more would say nothing.
_DIGITS = 6


def record_of(answer: Resolution) -> dict[str, Any]:
    """The answer as dictionaries, lists, texts and numbers.

    >>> from tagnorm import resolve
    >>> record = record_of(resolve("PGVO ALIREZA"))
    >>> record["tags"], record["unresolved"], record["segments"][0]["how"]
    (['PGOV'], ['ALIREZA'], 'swap')
    >>> [(word["raw"], word["status"]) for word in record["words"]]
    [('PGVO', 'misspelled'), ('ALIREZA', 'unresolved')]
    """
    return {
        "raw": answer.raw,
        "tags": list(answer.tags),
        "status": answer.status,
        "confidence": round(answer.confidence, _DIGITS),
        "unresolved": list(answer.unresolved),
        "words": [_word(word) for word in answer.words],
        "segments": [_segment(segment) for segment in answer.segments],
        "alternatives": [_alternative(other) for other in answer.alternatives],
    }


def _word(word: Word) -> dict[str, Any]:
    return {
        "raw": word.raw,
        "start": word.start,
        "end": word.end,
        "tags": list(word.tags),
        "status": word.status,
        "confidence": round(word.confidence, _DIGITS),
        "alternatives": [_alternative(other) for other in word.alternatives],
    }


def _segment(segment: Segment) -> dict[str, Any]:
    return {
        "raw": segment.raw,
        "start": segment.start,
        "end": segment.end,
        "code": segment.code,
        "how": segment.how,
    }


def _alternative(other: Alternative) -> dict[str, Any]:
    return {"tags": list(other.tags), "confidence": round(other.confidence, _DIGITS)}
