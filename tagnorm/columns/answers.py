"""The answers for distinct texts, remembered, so that a text is resolved once and not once a row.

A memory belongs to one `Normalizer` and one set of options, and dies with the normalizer. It is
emptied when it is full, so it stays small however many different texts there are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from tagnorm.engine.summaries import Summary
    from tagnorm.normalizer import Normalizer
    from tagnorm.options import Options

__all__ = ["answers_of", "tags_of"]

# Texts in one memory, and memories of one normalizer: a few megabytes each, at most.
_TEXTS, _MEMORIES = 1 << 16, 8


_Found = TypeVar("_Found", list[str], "Summary")
_memories: WeakKeyDictionary[Normalizer, dict[object, dict[str, Any]]] = WeakKeyDictionary()


def tags_of(texts: Sequence[str], normalizer: Normalizer, options: Options) -> list[list[str]]:
    """What `Normalizer.split` gives for each text; the lists are shared, not to be changed.

    Raises:
        UnresolvedError: a text holds something unresolved, and `options` ask to be told.
    """

    def split(new: Sequence[str]) -> list[list[str]]:
        return normalizer.split_many(new, **options.as_given())

    return _recall(texts, ("split", options), normalizer, split)


def answers_of(texts: Sequence[str], normalizer: Normalizer, options: Options) -> list[Summary]:
    """What `Normalizer.resolve` says of each text, in short."""

    def resolve(new: Sequence[str]) -> list[Summary]:
        return normalizer.summarize_many(new, **options.as_given())

    return _recall(texts, ("resolve", options), normalizer, resolve)


def _recall(
    texts: Sequence[str],
    kind: object,
    normalizer: Normalizer,
    work: Callable[[Sequence[str]], list[_Found]],
) -> list[_Found]:
    """The remembered answers; what is not known yet is worked out and remembered.

    Threads may share a memory: none of them relies on what it holds a moment later.
    """
    of_normalizer = _memories.setdefault(normalizer, {})
    memory = of_normalizer.get(kind, {})
    known: list[Any] = list(map(memory.get, texts))
    if None not in known:
        return known
    new = list(dict.fromkeys(t for t, k in zip(texts, known, strict=True) if k is None))
    fresh = dict(zip(new, work(new), strict=True))
    if len(fresh) <= _TEXTS:
        if len(memory) + len(fresh) > _TEXTS:
            memory = {}
        memory.update(fresh)
        if kind not in of_normalizer and len(of_normalizer) >= _MEMORIES:
            of_normalizer.clear()
        of_normalizer[kind] = memory
    return [fresh[t] if k is None else k for t, k in zip(texts, known, strict=True)]
