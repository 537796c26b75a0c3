"""Child processes, measured from their start to their end, imports included.

The process that measures stays small and imports nothing heavy, because the peak of a child begins
with that of its parent.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from time import perf_counter

import attrs

from benchmarks.timing import with_byte_code

__all__ = ["Child", "measure"]


@attrs.frozen
class Child:
    """How a child process went.

    * `seconds` -- by the clock; `processor` -- on the processors, all threads together, which is
      what a machine with other work gives;
    * `megabytes` -- its most memory, as the kernel counts it;
    * `failure` -- the last line that it wrote, if it failed.
    """

    seconds: float
    processor: float
    megabytes: float
    failure: str = ""


def measure(argv: Sequence[str]) -> Child:
    """Run a Python process to its end."""
    with tempfile.TemporaryFile() as errors:
        start = perf_counter()
        child = subprocess.Popen(
            [sys.executable, *argv],
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env=with_byte_code(),
        )
        _, status, usage = os.wait4(child.pid, 0)
        took = perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        lines = errors.read().decode(errors="replace").strip().splitlines()
    failure = ""
    if child.returncode:
        failure = f"exit {child.returncode}: {lines[-1] if lines else 'no message'}"
    return Child(took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, failure)
