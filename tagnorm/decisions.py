"""A person's decisions: what a raw string is, once and for all; they always win."""

from __future__ import annotations

import attrs

__all__ = ["Decisions"]


@attrs.frozen
class Decisions:
    """Placeholder for the first milestone: filled in with the file format."""
