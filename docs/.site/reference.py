"""Writes the pages of the Python reference: what is public, from the docstrings."""

from __future__ import annotations

import mkdocs_gen_files

import tagnorm

# What most people call comes first; the rest follows by its name.
FIRST = ("split", "resolve", "split_column", "resolve_column", "Normalizer", "Resolution")
# The public modules, a page each.
MODULES = ("pandas", "polars", "duckdb", "spark", "files", "cables", "report", "serve")


def home(name: str) -> str:
    """Where a public name of the package is defined."""
    thing = getattr(tagnorm, name)
    return f"{thing.__module__}.{thing.__qualname__}"


def main() -> None:
    """Write the pages."""
    public = [name for name in tagnorm.__all__ if not isinstance(getattr(tagnorm, name), str)]
    rest = sorted(set(public) - set(FIRST), key=lambda name: (name[0].isupper(), name))
    with mkdocs_gen_files.open("reference/index.md", "w") as out:
        out.write("# Python\n\nEverything here is imported from `tagnorm` itself.\n\n")
        for name in (*FIRST, *rest):
            out.write(f"::: {home(name)}\n\n")
    for module in MODULES:
        with mkdocs_gen_files.open(f"reference/{module}.md", "w") as out:
            out.write(f"# tagnorm.{module}\n\n::: tagnorm.{module}\n")


main()
