"""A plugin of pytest: tells coverage.py which test runs, also in the commands that it starts."""

from __future__ import annotations

import os
from collections.abc import Generator

import coverage
import pytest

__all__ = ["RUNNING"]

# The variable that says to the coverage.py of a command which test has started it.
RUNNING = "TAGNORM_TEST_THAT_RUNS"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    measured = coverage.Coverage.current()
    test = item.nodeid.partition("[")[0]
    os.environ[RUNNING] = test
    if measured is not None:
        measured.switch_context(test)
    try:
        return (yield)
    finally:
        os.environ.pop(RUNNING, None)
        if measured is not None:
            measured.switch_context("")
