"""What holds for all tests: no deadlines on a busy machine."""

from __future__ import annotations

import pytest
from hypothesis import settings

# Tables are made when first used, so the first example of a law may be slow.
settings.register_profile("tagnorm", deadline=None)
settings.load_profile("tagnorm")


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Bytes that are no text go by the name of the argument: archives hold the time of day.

    Several workers must give a test the same name.
    """
    is_plain = isinstance(val, bytes) and val.isascii() and val.decode("ascii").isprintable()
    return argname if isinstance(val, bytes) and not is_plain else None
