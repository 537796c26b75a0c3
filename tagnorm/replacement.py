"""Text files that are replaced as a whole: after a crash the old or the new one is there."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

__all__ = ["replacing"]


@contextlib.contextmanager
def replacing(path: Path, errors: str = "strict") -> Iterator[TextIO]:
    """A UTF-8 file to write to, which takes the place of `path` when all is on the disk.

    If the writing fails, what was there is still there, and nothing else is left behind.
    """
    path = path.resolve()  # a link stays a link
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with fresh.open("w", encoding="utf-8", errors=errors, newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, fresh)
        fresh.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise
