"""What a person decided about raw strings: kept in a file that diffs well, and always right."""

from tagnorm.decisions.store import Decision, Decisions

__all__ = ["Decision", "Decisions"]
