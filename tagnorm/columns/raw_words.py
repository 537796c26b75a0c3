"""The words of fields, as they are written, cut by Arrow. Needs PyArrow."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from tagnorm.columns.arrays import flags, numbers, texts
from tagnorm.columns.fields import translated
from tagnorm.columns.lists import any_of
from tagnorm.engine.text.characters import (
    JOINING_SLASH,
    KINDS,
    LIST,
    LISTS_APART,
    OTHER,
    SLASH,
    SPACE,
    WORD,
)
from tagnorm.engine.words import Words
from tagnorm.folding import WORDS_APART

__all__ = ["hold", "kinds_of", "raw_words"]

# A number of the type that Arrow finds places in: no column has to be cast.
(_ZERO,) = numbers([0])
# The kind of each byte, if it is one of those that plain text is made of; else `OTHER`.
_PLAIN = WORD, SPACE, LIST, SLASH
_KIND_OF_BYTE = (
    "".join(
        kind if kind in _PLAIN else OTHER for kind in KINDS.of(bytes(range(128)).decode())
    ).encode()
    + 128 * OTHER.encode()
)


def kinds_of(fields: pa.Array) -> pa.Array:
    """The kinds of the characters of each field, as far as plain text has them."""
    return translated(fields, _KIND_OF_BYTE)


def hold(kinds: pa.Array, some: str) -> pa.BooleanArray:
    """Whether each field has characters of some kinds one behind the other, by `kinds_of` it."""
    # This looks for plain letters in an eighth of the time of `match_substring`.
    return pc.greater_equal(pc.find_substring(kinds, some), _ZERO)


def raw_words(
    fields: pa.Array, kinds: pa.Array, words: Words
) -> tuple[pa.ListArray, pa.BooleanArray]:
    """The words of each field, as `Words.words_of` has them, but some are empty; and whether each
    field is more than words: then none are given.

    Args:
        fields: the texts.
        kinds: the kinds of their characters.
        words: tells which forms with marks are words.
    """
    are_marked = _are_not_plain(fields, kinds)
    written = translated(fields, WORDS_APART)
    marked = translated(fields.filter(are_marked), LISTS_APART)
    raws = pc.ascii_split_whitespace(marked)
    encoded = raws.flatten().dictionary_encode()
    stand = flags([words.stands_for_itself(raw) for raw in encoded.dictionary.to_pylist()])
    are_more = any_of(raws, pc.invert(stand.take(encoded.indices)))
    marked = pc.replace_with_mask(marked, are_more, texts([""]).cast(marked.type)[0])
    written = pc.replace_with_mask(written, are_marked, marked)
    are_more = pc.replace_with_mask(are_marked, are_marked, are_more)
    return pc.ascii_split_whitespace(written), are_more


def _are_not_plain(fields: pa.Array, kinds: pa.Array) -> pa.BooleanArray:
    """Whether each field holds something else than words and what parts them."""
    have_slashes = hold(kinds, SLASH)
    lonely = pc.match_substring_regex(fields.filter(have_slashes), JOINING_SLASH)
    return pc.or_(hold(kinds, OTHER), pc.replace_with_mask(have_slashes, have_slashes, lonely))
