"""A dictionary that cannot be changed, for the mappings inside a vocabulary."""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar

__all__ = ["FrozenDict"]

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class FrozenDict(dict[_Key, _Value]):
    """A dictionary that is read as any other, can be hashed, and refuses every change.

    >>> names = FrozenDict({"1974": "Human Rights"})
    >>> names["1974"], names == {"1974": "Human Rights"}
    ('Human Rights', True)
    >>> names["2005"] = "Rights"
    Traceback (most recent call last):
    TypeError: this mapping belongs to a vocabulary and cannot be changed; make a dict of it first
    """

    __slots__ = ()

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError(
            "this mapping belongs to a vocabulary and cannot be changed; make a dict of it first"
        )

    __setitem__ = __delitem__ = clear = pop = popitem = setdefault = update = _refuse
    __ior__ = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[type[FrozenDict[_Key, _Value]], tuple[dict[_Key, _Value]]]:
        return type(self), (dict(self),)

    def copy(self) -> dict[_Key, _Value]:
        """A dictionary with the same items, which may be changed."""
        return dict(self)
