"""A file of decisions that several people and programs write at once, and nobody's answer is lost.

Whoever writes takes the lock, reads what others have written since, and writes what is new. So an
answer that was taken is in the file, and a string never gets two answers: the second is refused
with a word about the first.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tagnorm.decisions.locking import locked
from tagnorm.decisions.store import COLUMNS, Decision, Decisions
from tagnorm.errors import TagnormError
from tagnorm.paths import stream_of
from tagnorm.vocabulary.codes import Taxonomy
from tagnorm.wording import tags_shown

__all__ = ["AlreadyDecidedError", "Journal"]

_HEADER = "\t".join(COLUMNS).encode() + b"\n"
# What tells whether a file is as it was: its number, size and time.
_Look = tuple[int, int, int]


class AlreadyDecidedError(TagnormError):
    """A string has another answer in the file already; `decision` is that answer."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        by = f" by {decision.who}" if decision.who else ""
        super().__init__(f"{decision.raw!r} is decided already: {tags_shown(decision.tags)}{by}")

    def __reduce__(self) -> tuple[type[AlreadyDecidedError], tuple[Decision]]:
        return type(self), (self.decision,)


class Journal:
    """A file of decisions to which answers are added one by one, each at once and for good.

    An answer is on the disk when `add` returns: stopping the program at any time, however rudely,
    loses none. A last line that an earlier stop cut off is removed, and its string is asked again.
    Any number of journals, in any number of programs, may write one file.

    Args:
        path: the file; it is made by the first change if it is not there.
        taxonomy: the vocabulary that the codes in the file must be in.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     mine, yours = (Journal(Path(folder, "d.tsv"), Taxonomy.load()) for _ in "my")
    ...     mine.add(Decision("KTFX", ["KTFN"], who="ann")), yours.add(Decision("PHMU", ["PHUM"]))
    ...     len(mine.load())
    ...     yours.add(Decision("ktfx", ["KTEX"]))
    Traceback (most recent call last):
    ...
    tagnorm.decisions.journal.AlreadyDecidedError: 'KTFX' is decided already: KTFN by ann
    """

    def __init__(self, path: str | Path, taxonomy: Taxonomy) -> None:
        self.path = Path(path)
        self._taxonomy = taxonomy
        self._known: dict[str, Decision] = {}
        self._look: _Look | None = None

    def load(self) -> Decisions:
        """What the file holds now; none if there is no file.

        Raises:
            DecisionsError: the file cannot be used.
        """
        return Decisions.load(self.path, self._taxonomy) if self.path.exists() else Decisions()

    def find(self, key: str) -> Decision | None:
        """The decision about a key (`key_of` a string) that the file holds now, or None.

        The file is read again only if somebody else has changed it.

        Raises:
            DecisionsError: the file cannot be used.
        """
        self._refresh()
        return self._known.get(key)

    def open(self) -> None:
        """Make the file ready for `add`: there, with all columns, and with whole lines only.

        Raises:
            DecisionsError: the file cannot be used.
            LockedError: another program holds the file.
            OSError: it cannot be written.
        """
        with self._writing():
            self._tidy()

    def check(self) -> None:
        """See to it that the path is that of a file, or of none yet.

        Raises:
            OSError: it is a folder, a device, a pipe, or a stream such as `-`.
        """
        is_other = self.path.exists() and not self.path.is_file()
        if is_other or stream_of(self.path) is not None:
            raise OSError(22, "decisions are kept in a file, and this is none", str(self.path))

    def add(self, decision: Decision, instead_of: Decision | None = None) -> bool:
        """Write one decision behind the others, down to the disk.

        Args:
            decision: what is added; if the string has the same tags already, nothing is written.
            instead_of: the decision that this one is to replace, if it is still there as it was.

        Returns:
            Whether anything had to be written.

        Raises:
            AlreadyDecidedError: the string has other tags in the file.
            DecisionsError: the file cannot be used.
            LockedError: another program holds the file.
            OSError: it cannot be written.
        """
        with self._writing():
            self._tidy()
            here = self._known.get(decision.key)
            if here is not None and here.tags == decision.tags:
                return False
            if here is not None and here != instead_of:
                raise AlreadyDecidedError(here)
            if here is not None:
                others = (one for one in self._known.values() if one is not here)
                self._save(Decisions([*others, decision]))
            else:
                self._append(decision)
            return True

    def remove(self, decision: Decision) -> bool:
        """Take a decision back, unless somebody has decided otherwise since; whether it was there.

        Raises:
            DecisionsError, LockedError, OSError: as for `add`.
        """
        with self._writing():
            self._tidy()
            if self._known.get(decision.key) != decision:
                return False
            self._save(Decisions(list(self._known.values())).without(decision.raw))
            return True

    def change(self, function: Callable[[Decisions], Decisions]) -> tuple[Decisions, Decisions]:
        """Replace all decisions by what a function makes of them; what was there, and what is now.

        Nobody else writes while the function runs; if it raises, the file is as it was.

        Raises:
            DecisionsError, LockedError, OSError: as for `add`, and what the function raises.
        """
        with self._writing():
            before = self.load()
            after = function(before)
            if after != before or before.torn or not self.path.exists():
                self._save(after)
            return before, after

    def sort(self) -> None:
        """Bring the file into its order, so that two of them compare line by line.

        Raises:
            DecisionsError, LockedError, OSError: as for `add`.
        """
        with self._writing():
            self._save(self.load())

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self.check()
        with locked(self.path):
            yield

    def _refresh(self) -> None:
        look = _look_at(self.path)
        if look != self._look or look is None:
            found = self.load()
            self._known = {decision.key: decision for decision in found}
            # A line that is only half there may be whole in a moment.
            self._look = None if found.torn else look

    def _tidy(self) -> None:
        self._refresh()
        if not self._is_tidy():
            self._save(self.load())

    def _is_tidy(self) -> bool:
        if not self.path.exists():
            return False
        with self.path.open("rb") as file:
            if file.read(len(_HEADER)) != _HEADER:
                return False
            file.seek(-1, os.SEEK_END)
            return file.read() == b"\n"

    def _append(self, decision: Decision) -> None:
        line = decision.row().encode() + b"\n"
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))
        try:
            while line:
                line = line[os.write(handle, line) :]
            os.fsync(handle)
        finally:
            os.close(handle)
        self._known[decision.key] = decision
        self._look = _look_at(self.path)

    def _save(self, decisions: Decisions) -> None:
        decisions.save(self.path)
        self._known = {decision.key: decision for decision in decisions}
        self._look = _look_at(self.path)


def _look_at(path: Path) -> _Look | None:
    try:
        seen = path.stat()
    except FileNotFoundError:
        return None
    return seen.st_ino, seen.st_size, seen.st_mtime_ns
