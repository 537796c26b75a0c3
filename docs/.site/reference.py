"""Writes the pages of the Python reference: what is public, from the docstrings."""

from __future__ import annotations

from importlib import import_module

import mkdocs_gen_files

import tagnorm

# A page each: its title, the module, and what of it is shown (all that is public, if empty).
PAGES = {
    "face": ("tagnorm", "tagnorm", ()),
    "pandas": ("tagnorm.pandas", "tagnorm.pandas", ()),
    "polars": ("tagnorm.polars", "tagnorm.polars", ()),
    "duckdb": ("tagnorm.duckdb", "tagnorm.duckdb", ()),
    "spark": ("tagnorm.spark", "tagnorm.spark", ()),
    "files": ("tagnorm.files", "tagnorm.files", ()),
    "cables": ("tagnorm.cables", "tagnorm.cables", ()),
}


def home(name: str) -> str:
    """Where a public name of the package is defined."""
    thing = getattr(tagnorm, name)
    return f"{thing.__module__}.{thing.__qualname__}"


def main() -> None:
    verbs = [name for name in tagnorm.__all__ if not isinstance(getattr(tagnorm, name), str)]
    functions = [name for name in verbs if name[0].islower()]
    classes = [name for name in verbs if name[0].isupper()]
    with mkdocs_gen_files.open("reference/index.md", "w") as out:
        out.write("# Python\n\nEverything here is imported from `tagnorm` itself.\n\n")
        for name in (*functions, *classes):
            out.write(f"::: {home(name)}\n\n")
    for page, (title, module, _) in PAGES.items():
        if page != "face":
            with mkdocs_gen_files.open(f"reference/{page}.md", "w") as out:
                out.write(f"# {title}\n\n::: {module}\n")


main()
