"""JSON lines cleaned a block at a time: one regular expression cuts them, Arrow joins them.

The expression takes the whole of a line for JSON or leaves it alone: an object whose values are
texts, numbers, words, and lists and objects of these. A block with any other line is left to those
who read row by row; both give the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

import attrs
import pyarrow as pa
import pyarrow.compute as pc

from tagnorm.columns.arrays import constant, flags, lists_of, range_of, taken, texts
from tagnorm.encodings import DAMAGED
from tagnorm.files.answers import Answers
from tagnorm.files.found import (
    EMPTY_TEXT,
    bytes_of,
    filled,
    find,
    json_lists,
    json_texts,
    number_texts,
    text,
)
from tagnorm.files.json_members import list_text
from tagnorm.files.plan import STATUS, Plan
from tagnorm.files.regular_cells import is_utf8, parts_of

__all__ = ["RegularMembers"]

_S = rb"[ \t]*+"
_TEXT = rb'"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+"'
_NUMBER = rb"-?(?:0|[1-9][0-9]{0,4000})(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
_PLAIN = b"(?:%b|%b|true|false|null)" % (_TEXT, _NUMBER)
_LIST = rb"\[%b(?:%b%b(?:,%b%b%b)*+)?\]" % (_S, _PLAIN, _S, _S, _PLAIN, _S)
_PAIR = b"%b%b:%b%b%b" % (_TEXT, _S, _S, _PLAIN, _S)
_OBJECT = rb"\{%b(?:%b(?:,%b%b)*+)?\}" % (_S, _PAIR, _S, _PAIR)
_VALUE = b"(?:%b|%b|%b)" % (_PLAIN, _LIST, _OBJECT)
_TEXTS = rb"\[%b(?:(?:%b|null)%b(?:,%b(?:%b|null)%b)*+)?\]" % (_S, _TEXT, _S, _S, _TEXT, _S)
# Stands for a row without a tag; no tag is that.
_NOTHING = "\0"


class RegularMembers:
    """Cleans the blocks of JSON lines that are regular."""

    def __init__(self, plan: Plan, answers: Mapping[str, Answers]) -> None:
        self._plan = plan
        self._answers = answers
        self._rows = {name: _row(name) for name in plan.columns}
        self._new_names = [
            json.dumps(name, ensure_ascii=False).encode() for name in plan.all_new_names()
        ]
        # The columns that have come up, and whether there was any row.
        self.seen: set[str] = set()

    @classmethod
    def of(cls, plan: Plan, answers: Mapping[str, Answers]) -> RegularMembers | None:
        """The cleaner for a plan, or None if a column may be found at the end of a path."""
        if any("." in name or not _is_simple(name) for name in plan.columns):
            return None
        return cls(plan, answers)

    def clean(self, block: bytes) -> tuple[memoryview | bytes, int] | None:
        """The rows of a block, cleaned, and how many they are; None if they are not regular."""
        if not block.endswith(b"\n") or not is_utf8(block):
            return None
        if any(name in block for name in self._new_names):  # where it is a name, that is an error
            return None
        cut = {name: _Parts.of(row, block) for name, row in self._rows.items()}
        if None in cut.values():
            return None
        result: memoryview | bytes = block
        rows = 0
        for number, (name, parts) in enumerate(cut.items()):
            if number:  # the columns before this one have changed
                parts = _Parts.of(self._rows[name], bytes(result))  # noqa: PLW2901
            assert parts is not None, "what was regular is so when another column is cleaned"
            if pc.any(pc.not_equal(parts.raw, EMPTY_TEXT)).as_py():
                self.seen.add(name)
            rows = len(parts.before)
            result = bytes_of(self._cleaned(name, parts))
        return result, rows

    def _cleaned(self, name: str, parts: _Parts) -> pa.StringArray:
        plan = self._plan
        is_held = parts.texts.is_valid()
        held = pc.indices_nonzero(is_held)
        fields = parts.texts.take(held)
        count = pc.cumulative_sum(is_held.cast(pa.int32()))
        place_of = pc.subtract(count, constant(1).cast(pa.int32()))
        places = pc.if_else(is_held, place_of, None)
        found = find(self._answers[name], fields, places.take(parts.places))
        lists = filled(found.tags, _NOTHING) if plan.explode else None
        if lists is None:
            of = range_of(0, len(held))
            new = json_lists(found.tags)
        else:
            of = pc.list_parent_indices(lists)
            tags = lists.flatten()
            is_tag = pc.not_equal(tags, text(_NOTHING))
            new = pc.if_else(is_tag, json_texts(tags), text("null"))
        if plan.suffix:
            raw = taken(parts.raw, held.take(of))
            lead = text(f", {json.dumps(name + plan.suffix)}: ")
            new = pc.binary_join_element_wise(raw, lead, new, EMPTY_TEXT)
        if plan.status:
            status, confidence = found.status
            said = (json_texts(status), number_texts(confidence))
            for end, values in zip(STATUS, said, strict=True):
                lead = text(f", {json.dumps(name + end)}: ")
                new = pc.binary_join_element_wise(new, lead, values.take(of), EMPTY_TEXT)
        # What holds no text stands as it was, behind all that is new.
        order = pc.if_else(is_held, place_of, range_of(len(held), len(held) + len(parts.raw)))
        order = order.take(parts.places)
        if lists is None:
            cells = taken(pa.concat_arrays([new, parts.raw]), order)
            return pc.binary_join_element_wise(parts.before, cells, parts.behind, EMPTY_TEXT)
        nested = pa.ListArray.from_arrays(lists.offsets, new)
        kept = lists_of(parts.raw, [1] * len(parts.raw))
        cells = taken(pa.concat_arrays([nested, kept]), order)
        rows = pc.list_parent_indices(cells)
        return pc.binary_join_element_wise(
            taken(parts.before, rows), cells.flatten(), taken(parts.behind, rows), EMPTY_TEXT
        )


@attrs.frozen
class _Parts:
    """The rows of a block: what stands before a value, and behind it, and where the value is.

    `raw` are the distinct values as they are written, `texts` what they say, null where they are
    null or there is none; `places` tell which of them stands in each row.
    """

    before: pa.StringArray
    behind: pa.StringArray
    raw: pa.StringArray
    texts: pa.StringArray
    places: pa.Int32Array

    @classmethod
    def of(cls, row: re.Pattern[bytes], block: bytes) -> _Parts | None:
        """The parts of the rows of a block; None if they are not all of it, or hold no text."""
        parts = parts_of(row, block)
        if parts is None:
            return None
        before, values, behind, wholes = parts
        if pc.any(pc.not_equal(wholes, EMPTY_TEXT)).as_py():
            before = pc.binary_join_element_wise(before, wholes, EMPTY_TEXT)
        encoded = values.dictionary_encode()
        raw = encoded.dictionary
        # Most values are what stands between two quotes.
        is_plain = pc.and_not(pc.starts_with(raw, '"'), pc.match_substring(raw, "\\"))
        said = pc.if_else(is_plain, pc.utf8_slice_codeunits(raw, 1, -1), None)
        others = [_text_in(value) for value in raw.filter(pc.invert(is_plain)).to_pylist()]
        if any(one and not one.isascii() and DAMAGED.search(one) for one in others):
            return None
        if others:
            said = pc.replace_with_mask(said, pc.invert(is_plain), _with_missing(others))
        return cls(before, behind, raw, said, encoded.indices)


def _with_missing(values: Sequence[str | None]) -> pa.StringArray:
    """Texts, with null where there is none."""
    found = texts(value or "" for value in values)
    return pc.if_else(flags([value is not None for value in values]), found, None)


def _text_in(value: str) -> str | None:
    """What a value says; None if it is null, or not there."""
    return None if value in ("", "null") else list_text(json.loads(value))


def _is_simple(name: str) -> bool:
    return name.isprintable() and '"' not in name and "\\" not in name


def _row(name: str) -> re.Pattern[bytes]:
    """A line in parts: what stands before a value, the value, what is behind it; or all of it."""
    mine = re.escape(f'"{name}"'.encode())
    # A name with an escape in it may be this one.
    other = rb'(?!%b)"[^"\\\x00-\x1f]*+"%b:%b%b%b' % (mine, _S, _S, _VALUE, _S)
    end = b"(?:\r\n?|\n)"
    lead = rb"%b\{%b(?:%b,%b)*+%b%b:%b" % (_S, _S, other, _S, mine, _S, _S)
    tail = rb"%b(?:,%b%b)*+\}%b%b" % (_S, _S, other, _S, end)
    whole = rb"%b\{%b(?:%b(?:,%b%b)*+)?\}%b%b" % (_S, _S, other, _S, other, _S, end)
    return re.compile(b"(%b)(%b|%b|null)(%b)|(%b)" % (lead, _TEXT, _TEXTS, tail, whole))
