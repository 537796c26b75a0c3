"""The kinds of Arrow types: what is text, bytes, or a list, in whichever layout."""

from __future__ import annotations

import pyarrow as pa

__all__ = ["is_binary", "is_list", "is_list_view", "is_text"]


def is_text(kind: pa.DataType) -> bool:
    """Whether an Arrow type is one of the three of text."""
    return bool(
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
    )


def is_binary(kind: pa.DataType) -> bool:
    """Whether an Arrow type is one of the four of bytes."""
    types = pa.types
    return bool(
        types.is_binary(kind)
        or types.is_large_binary(kind)
        or types.is_fixed_size_binary(kind)
        or types.is_binary_view(kind)
    )


def is_list(kind: pa.DataType) -> bool:
    """Whether an Arrow type is one of those of lists.

    >>> is_list(pa.list_(pa.string())), is_list(pa.string())
    (True, False)
    """
    plain = pa.types.is_list(kind) or pa.types.is_large_list(kind)
    return bool(plain or pa.types.is_fixed_size_list(kind) or is_list_view(kind))


def is_list_view(kind: pa.DataType) -> bool:
    """Whether it is one of the two that PyArrow has from version 16 or so on."""
    tests = (getattr(pa.types, f"is_{size}list_view", None) for size in ("", "large_"))
    return any(test is not None and test(kind) for test in tests)
