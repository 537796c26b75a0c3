"""The process of a command that works through a file and ends: how it starts fast, and ends well.

PyArrow loads NumPy and pandas where it can, and puts together the documentation of all its
functions; nothing here needs them, and that takes longer than to clean a small file.
"""

from __future__ import annotations

import contextlib
import gc
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from types import FrameType, ModuleType

import click

__all__ = ["file_process"]

# So many objects come to be, and last, before cycles are looked for.
_COLLECT_AFTER = 500_000

_DOCUMENTATION = "pyarrow.vendored.docscrape"


@contextlib.contextmanager
def file_process() -> Iterator[Callable[[], None]]:
    """Let the process be that of a command on a file, as long as the block runs.

    PyArrow is loaded, lightly; garbage is looked for rarely; signals end it as Ctrl-C does. What is
    given is to be called when all is loaded that lasts as long as the program. The process of a
    program that calls the command stays as it is.
    """
    if not click.get_current_context().find_root().obj:
        yield lambda: None
        return
    with _ending_on_signals(), _light_arrow(), _rarely_collecting() as all_is_loaded:
        import pyarrow as pa  # noqa: PLC0415 -- an extra

        pa.enable_signal_handlers(False)  # Ctrl-C is Python's to handle
        # Arrow's own allocators keep for later what they were given back.
        pa.set_memory_pool(pa.system_memory_pool())
        yield all_is_loaded


@contextlib.contextmanager
def _light_arrow() -> Iterator[None]:
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


@contextlib.contextmanager
def _rarely_collecting() -> Iterator[Callable[[], None]]:
    """Look for cycles of garbage rarely: cleaning makes millions of objects, and few cycles.

    In what is loaded when the function that is given is called, nobody looks at all.
    """
    was_on, thresholds = gc.isenabled(), gc.get_threshold()
    gc.disable()

    def all_is_loaded() -> None:
        gc.freeze()
        gc.set_threshold(_COLLECT_AFTER, *thresholds[1:])
        gc.enable()

    try:
        yield all_is_loaded
    finally:
        gc.unfreeze()
        gc.set_threshold(*thresholds)
        (gc.enable if was_on else gc.disable)()


@contextlib.contextmanager
def _ending_on_signals() -> Iterator[None]:
    """Let `kill` and a closed terminal end the program as Ctrl-C does: with its files put away."""

    def end(number: int, frame: FrameType | None) -> None:
        sys.exit(128 + number)

    before = {}
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # Only the main thread may, and who starts us with `nohup` wants to go on.
        with contextlib.suppress(ValueError):
            if number is not None and signal.getsignal(number) == signal.SIG_DFL:
                before[number] = signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
