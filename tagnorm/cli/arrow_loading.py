"""PyArrow for a command that works on a file and ends: without what takes long to load.

PyArrow loads NumPy and pandas where it can, and puts together the documentation of all its
functions; nothing here needs them, and that takes longer than to clean a small file.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from types import ModuleType

__all__ = ["light_arrow"]

_DOCUMENTATION = "pyarrow.vendored.docscrape"


@contextlib.contextmanager
def light_arrow() -> Iterator[None]:
    """Load PyArrow without NumPy, pandas and its documentation; none of these can be loaded inside.

    Where PyArrow is loaded already, it stays as it is. Before version 18 it cannot do without
    NumPy, and is loaded as it wants to be.
    """
    hidden = [] if "pyarrow" in sys.modules else ["numpy", "pandas"]
    hidden = [name for name in hidden if name not in sys.modules]
    finder = _NotThere(hidden)
    sys.meta_path.insert(0, finder)
    try:
        if hidden:
            try:
                with _undocumented():
                    import_module("pyarrow.compute")
            except (ImportError, AttributeError, LookupError, TypeError):
                sys.meta_path.remove(finder)
                _forget_arrow()
        yield
    finally:
        if finder in sys.meta_path:
            sys.meta_path.remove(finder)


class _NotThere:
    """Finds some packages nowhere. PyArrow would take the None of `sys.modules` for a module."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = frozenset(names)

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        """None, that others look for it, or an error.

        Raises:
            ModuleNotFoundError: the package is one of those.
        """
        if fullname in self._names:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)


@contextlib.contextmanager
def _undocumented() -> Iterator[None]:
    """Let PyArrow read nothing in what its functions say of their options."""
    blank = ModuleType(_DOCUMENTATION)
    blank.NumpyDocString = lambda text: {"Parameters": ()}  # type: ignore[attr-defined]
    sys.modules[_DOCUMENTATION] = blank
    try:
        yield
    finally:
        sys.modules.pop(_DOCUMENTATION, None)


def _forget_arrow() -> None:
    """Undo the half of PyArrow that is loaded."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "pyarrow"]:
        del sys.modules[name]
