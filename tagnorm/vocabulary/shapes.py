"""The shape of codes: a regular expression that is matched in one pass, whatever it is.

Python's `re` goes back and tries again, and some expressions make it do so for longer than the
world lasts (`(a+)+b`). A shape comes with a file that somebody else may have written, so it is read
as a set of states here, all followed at once: the work grows with the length of a code, never with
the number of ways to match it. What cannot be matched so (looking ahead or behind, references to
groups) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

__all__ = ["Shape"]

# Bounds on the states, and on how many of them are looked at in all: a fraction of a second.
_MOST_STATES = 2_000
_MOST_WORK = 1_000_000

_Test = Callable[[str], bool]
_CATEGORIES: dict[str, _Test] = {
    "CATEGORY_DIGIT": str.isdecimal,
    "CATEGORY_NOT_DIGIT": lambda c: not c.isdecimal(),
    "CATEGORY_SPACE": str.isspace,
    "CATEGORY_NOT_SPACE": lambda c: not c.isspace(),
    "CATEGORY_WORD": lambda c: c.isalnum() or c == "_",
    "CATEGORY_NOT_WORD": lambda c: not (c.isalnum() or c == "_"),
}
_STARTS = ("AT_BEGINNING", "AT_BEGINNING_STRING")
_ENDS = ("AT_END", "AT_END_STRING")


class _Node:
    """States that are followed at once, whether a text may end in them, and what comes next."""

    def __init__(self, states: frozenset[int], ends: bool) -> None:
        self.states = states
        self.ends = ends
        self.next: dict[str, _Node] = {}


class Shape:
    """A regular expression that whole strings match or not.

    >>> slug = Shape("[a-z0-9]+(-[a-z0-9]+)*")
    >>> slug.fits("docker-compose"), slug.fits("docker--compose")
    (True, False)
    >>> Shape("(a+)+b").fits("a" * 5000)
    False

    Raises:
        ValueError: it is no regular expression, or one that a shape cannot be.
    """

    def __init__(self, expression: str) -> None:
        self.expression = expression
        # For each state: what may follow it on a character, and what without one.
        self._steps: list[tuple[_Test, int] | None] = []
        self._free: list[list[tuple[str, int]]] = []
        self._work = 0
        try:
            # The tree that `re` itself compiles; hypothesis reads it the same way.
            tree = import_module("re._parser").parse(expression)
            self._ignore_case = bool(tree.state.flags & re.IGNORECASE)
            self._dot_all = bool(tree.state.flags & re.DOTALL)
            start = self._state()
            self._last = self._build(tree, start)
        except (re.error, OverflowError, RecursionError) as error:
            reason = str(error) or type(error).__name__
            raise ValueError(f"it is no regular expression: {reason}") from None
        self._nodes: dict[frozenset[int], _Node] = {}
        self._first = self._node(self._closed([start], at_start=True))
        self._empty = self._last in self._closed([start], at_start=True, at_end=True)

    def fits(self, text: str) -> bool:
        """Whether the whole of a text matches.

        Raises:
            ValueError: all that was asked so far was too much work.
        """
        node = self._first
        for character in text:
            # What a character leads to is worked out when it is first seen there.
            node = node.next.get(character) or self._step(node, character)
        return node.ends if text else self._empty

    def _step(self, node: _Node, character: str) -> _Node:
        self._work += len(node.states) + 1
        if self._work > _MOST_WORK:
            raise ValueError("it takes too long to match; make it simpler")
        found = node.next[character] = self._node(frozenset(self._after(node.states, character)))
        return found

    def _node(self, states: frozenset[int]) -> _Node:
        node = self._nodes.get(states)
        if node is None:
            ends = self._last in self._closed(states, at_end=True)
            node = self._nodes[states] = _Node(self._closed(states), ends)
        return node

    def _state(self) -> int:
        if len(self._free) >= _MOST_STATES:
            raise ValueError("it repeats too much; repeat fewer times, or without a bound")
        self._steps.append(None)
        self._free.append([])
        return len(self._free) - 1

    def _after(self, states: frozenset[int], character: str) -> Iterable[int]:
        cases = {character}
        if self._ignore_case:
            cases |= {c for c in (character.lower(), character.upper()) if len(c) == 1}
        for state in states:
            step = self._steps[state]
            if step is not None and any(map(step[0], cases)):
                yield step[1]

    def _closed(
        self, states: Iterable[int], *, at_start: bool = False, at_end: bool = False
    ) -> frozenset[int]:
        """These states and all that are reached from them without a character."""
        reached = set(states)
        waiting = list(reached)
        while waiting:
            for condition, state in self._free[waiting.pop()]:
                open_ = {"": True, "start": at_start, "end": at_end}[condition]
                if open_ and state not in reached:
                    reached.add(state)
                    waiting.append(state)
        return frozenset(reached)

    def _build(self, tree: Any, state: int) -> int:
        """Add the states of an expression behind a state; the last of them."""
        for node, value in tree:
            state = self._build_node(str(node), value, state)
        return state

    def _build_node(self, node: str, value: Any, state: int) -> int:
        if node in ("MAX_REPEAT", "MIN_REPEAT"):
            return self._repeat(value, state)
        if node == "SUBPATTERN":
            _, added, removed, tree = value
            if added or removed:
                raise ValueError("it changes its flags inside; put them at its beginning")
            return self._build(tree, state)
        end = self._state()
        if node == "BRANCH":
            for tree in value[1]:
                begin = self._state()
                self._free[state].append(("", begin))
                self._free[self._build(tree, begin)].append(("", end))
        elif node == "AT" and str(value) in _STARTS + _ENDS:
            self._free[state].append(("start" if str(value) in _STARTS else "end", end))
        else:
            begin = self._state()
            self._free[state].append(("", begin))
            self._steps[begin] = (self._test(node, value), end)
        return end

    def _repeat(self, value: Any, state: int) -> int:
        least, most, tree = value
        for _ in range(least):
            state = self._build(tree, state)
        end = self._state()
        self._free[state].append(("", end))
        if most == import_module("re._constants").MAXREPEAT:
            begin = self._state()
            self._free[end].append(("", begin))
            self._free[self._build(tree, begin)].append(("", end))
            return end
        for _ in range(most - least):
            state = self._build(tree, state)
            self._free[state].append(("", end))
        return end

    def _test(self, node: str, value: Any) -> _Test:
        """Whether a character is the one, or one of those, that are wanted."""
        if node == "LITERAL":
            return chr(value).__eq__
        if node == "NOT_LITERAL":
            return chr(value).__ne__
        if node == "ANY":
            return (lambda _: True) if self._dot_all else "\n".__ne__
        if node == "RANGE":
            low, high = map(chr, value)
            return lambda c: low <= c <= high
        if node == "CATEGORY":
            return _CATEGORIES[str(value)]
        if node == "IN":
            tests = [self._test(str(kind), part) for kind, part in value if str(kind) != "NEGATE"]
            if str(value[0][0]) == "NEGATE":
                return lambda c: not any(test(c) for test in tests)
            return lambda c: any(test(c) for test in tests)
        raise ValueError(
            "it looks ahead or behind, holds on to a match, refers to a group or asks for the edge "
            "of a word; a shape takes characters, sets, groups, | and repeats"
        )
