"""Writes a page for each family of the vocabulary, from the files that the program reads."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import mkdocs_gen_files

import tagnorm
from tagnorm import Code, Taxonomy

CHECKOUT = Path(__file__).parents[2]
OTHERS = {
    "geographic": ("countries", "Countries, territories and regions"),
    "organization": ("organizations", "Organizations"),
}


def row(*cells: object) -> str:
    """A row of a table."""
    return f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in cells)} |\n"


def years(code: Code) -> str:
    """The years in which a code was in use, as far as they are known."""
    if code.start is None and code.end is None:
        return ""
    return f"{code.start or ''}-{code.end or ''}"


def page_of(title: str, codes: list[Code], taxonomy: Taxonomy) -> str:
    """The page of a family: what is known of each of its codes."""
    others = defaultdict(list)
    for alias in taxonomy.aliases:
        others[alias.tag].append(alias.alias)
    text = "---\nhide: [toc]\n---\n\n"  # the table takes the whole width
    text += f"# {title}\n\n{len(codes)} codes. *Seen* counts cables of a sample: a hint only.\n\n"
    text += (
        row("code", "name", "status", "years", "seen", "other names", "source") + "|---" * 7 + "|\n"
    )
    for code in codes:
        status = code.status + (f", now {code.replaced_by}" if code.replaced_by else "")
        names = "; ".join(sorted(others[code.tag]))
        seen = "" if code.frequency is None else f"{code.frequency:g}"
        text += row(f"`{code.tag}`", code.name, status, years(code), seen, names, code.source)
    return text


def main() -> None:
    """Write the pages."""
    taxonomy = Taxonomy.load()
    groups: dict[tuple[str, str], list[Code]] = defaultdict(list)
    for code in taxonomy:
        if code.family in taxonomy.families:
            name = taxonomy.families[code.family]
            groups[name.split()[0].lower(), f"{code.family}: {name}"].append(code)
        else:
            groups[OTHERS.get(code.kind, (code.kind, code.kind))].append(code)
    index = (
        f"# The vocabulary\n\nVersion {taxonomy.version}: {len(taxonomy)} codes, "
        f"{len(taxonomy.aliases)} other names, {len(taxonomy.outside)} acronyms that are none. "
        "[Where it comes from](sources.md), and how it is kept.\n\n"
        + row("family", "codes", "for example")
        + "|---" * 3
        + "|\n"
    )
    for (name, title), codes in sorted(groups.items(), key=lambda group: group[0][1]):
        with mkdocs_gen_files.open(f"vocabulary/{name}.md", "w") as out:
            out.write(page_of(title, sorted(codes, key=lambda code: code.tag), taxonomy))
        common = sorted(codes, key=lambda code: -(code.frequency or 0))[:4]
        index += row(f"[{title}]({name}.md)", len(codes), ", ".join(code.tag for code in common))
    with mkdocs_gen_files.open("vocabulary/index.md", "w") as out:
        out.write(index)


assert Path(tagnorm.__file__).is_relative_to(CHECKOUT), "the pages are made from the checkout"
main()
