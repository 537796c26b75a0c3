"""What holds for all tests: no deadlines on a busy machine, and the marks there are."""

from __future__ import annotations

import pytest
from hypothesis import settings

# Tables are made when first used, so the first example of a law may be slow.
settings.register_profile("tagnorm", deadline=None)
settings.load_profile("tagnorm")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "installs: builds and installs the package for real")
