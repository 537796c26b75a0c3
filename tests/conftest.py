"""What holds for all tests: no deadlines on a busy machine."""

from __future__ import annotations

from hypothesis import settings

# Tables are made when first used, so the first example of a law may be slow.
settings.register_profile("tagnorm", deadline=None)
settings.load_profile("tagnorm")
