"""One writer at a time: who changes a file of decisions holds its lock while reading and writing.

The lock is an empty hidden file beside the decisions, `.decisions.tsv.lock`, which stays there: a
lock that is deleted can be held twice. The system frees it when its holder ends, however rudely.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from tagnorm.errors import TagnormError
from tagnorm.replacement import new_file_mode

__all__ = ["LockedError", "locked"]

# A change takes milliseconds; who holds the lock for longer has been stopped in the middle.
_PATIENCE = 30.0


class LockedError(TagnormError):
    """Somebody else is changing the file, and did not finish in time."""


@contextlib.contextmanager
def locked(path: str | Path, patience: float = _PATIENCE) -> Iterator[None]:
    """Hold the lock of a file, so that nobody else who asks for it changes the file meanwhile.

    Args:
        path: the file; it need not be there yet, but its folder must be. A link and what it leads
            to have one lock.
        patience: so many seconds are waited for another holder.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, locked(Path(folder, "decisions.tsv")):
    ...     [file.name for file in Path(folder).iterdir()]
    ['.decisions.tsv.lock']

    Raises:
        LockedError: another program has held it all the time.
        OSError: the lock cannot be made: there is no such folder, or it is read-only.
        ModuleNotFoundError: filelock is not installed; it comes with the extra `cli`.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 -- an extra

    target = Path(os.path.realpath(path))
    sidecar = target.with_name(f".{target.name}.lock")
    if not target.parent.is_dir():
        # Else the lock's name would stand in the message.
        raise FileNotFoundError(2, "no such folder", str(target.parent))
    try:
        lock = FileLock(sidecar, timeout=patience, mode=_mode(target))
        lock.acquire()
    except Timeout as error:
        raise LockedError(
            f"{path}: another program has been changing it for {patience:g} seconds; try again, "
            f"or find who holds {sidecar}"
        ) from error
    try:
        yield
    finally:
        lock.release()


def _mode(target: Path) -> int:
    """Who may write the decisions may take their lock, and so may their owner, who can replace a
    file that is read-only."""
    mode = new_file_mode()
    with contextlib.suppress(OSError):
        mode = stat.S_IMODE(target.stat().st_mode) & 0o666
    return mode | 0o600
