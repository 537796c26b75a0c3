"""What holds for all tests: no deadlines on a busy machine, and the same examples in the gate."""

from __future__ import annotations

import pytest
from hypothesis import settings

# Tables are made when first used, so the first example of a law may be slow.
settings.register_profile("tagnorm", deadline=None)
# The gate judges a commit: it tries the same examples every time. `nox -s explore` looks for new
# ones, and what it finds becomes an example of its own.
settings.register_profile("gate", deadline=None, derandomize=True)
settings.load_profile("tagnorm")


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Bytes that are no text go by the name of the argument: archives hold the time of day.

    Several workers must give a test the same name.
    """
    is_plain = isinstance(val, bytes) and val.isascii() and val.decode("ascii").isprintable()
    return argname if isinstance(val, bytes) and not is_plain else None
