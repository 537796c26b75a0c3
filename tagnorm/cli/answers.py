"""What commands say of an answer: as a line, as JSON, and why it was refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tagnorm.cli.exits import NO, Failure
from tagnorm.errors import UnresolvedError
from tagnorm.escaping import escape, join_tags

if TYPE_CHECKING:
    from tagnorm.options import Options
    from tagnorm.resolution import Resolution, Segment

__all__ = ["as_line", "as_record", "check", "chosen", "unresolved"]


def as_line(answer: Resolution, reading: Options) -> str:
    """An answer as a line of three cells: the string, its tags, how sure they are."""
    tags = join_tags(_once(_pieces(answer, reading), reading))
    return f"{escape(answer.raw)}\t{tags}\t{answer.confidence:.4f}\n"


def as_record(answer: Resolution, reading: Options) -> dict[str, Any]:
    """An answer as JSON has it; what is unresolved stands apart from the tags in any case."""
    record = answer.to_dict()
    return record | {"tags": list(_once(iter(answer.tags), reading))}


def check(answer: Resolution, reading: Options, number: int) -> None:
    """Stop at a string that is not resolved, if the options say so.

    Raises:
        Failure: it is not; the message names the string and its number.
    """
    if reading.unresolved == "raise" and not answer.is_resolved:
        raise unresolved(f"string {number}", UnresolvedError(answer.raw, answer.unresolved))


def unresolved(place: str, error: UnresolvedError) -> Failure:
    """The end of a command at what it may not leave, with the remedy that its options are."""
    return Failure(f"{place}: {error}", NO)


def chosen(answer: Resolution, reading: Options) -> list[Segment]:
    """The segments of an answer, without those that the options leave out of its tags."""
    segments: list[Segment] = []
    seen: set[str] = set()
    for segment in answer.segments:
        piece = segment.code or segment.raw
        again = reading.unique and piece in seen
        left = reading.unresolved == "drop" and segment.how == "unresolved"
        if segment.how != "separator" and not (again or left):
            segments.append(segment)
            seen.add(piece)
    return segments


def _pieces(answer: Resolution, reading: Options) -> Iterator[str]:
    for segment in answer.segments:
        if segment.code is not None:
            yield segment.code
        elif reading.unresolved == "keep" and segment.how == "unresolved":
            yield segment.raw


def _once(tags: Iterator[str], reading: Options) -> Iterator[str]:
    return iter(dict.fromkeys(tags)) if reading.unique else tags
