"""`tagnorm lookup`: what the vocabulary says of a code, an alias or a name."""

from __future__ import annotations

from pathlib import Path

import click

from tagnorm.cli.group import Failure
from tagnorm.cli.options import readable, taxonomy_option
from tagnorm.escaping import escape
from tagnorm.folding import squash
from tagnorm.vocabulary.codes import Taxonomy

__all__ = ["command"]


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="WHAT...", callback=readable)
@taxonomy_option
def command(words: tuple[str, ...], taxonomy: Path | None) -> None:
    """Show the code that WHAT is: a tag, another name of it, or its full name.

    Case, spaces and punctuation do not count, and several words are one name. Each line is a key
    and its value with a tab between them. What is unknown ends with exit code 1 and near names.

    \b
    tagnorm lookup kipr
    tagnorm lookup human rights
    """
    vocabulary = Taxonomy.load(taxonomy)
    what = " ".join(words)
    code = vocabulary.lookup(what)
    if code is None:
        raise Failure(_unknown(vocabulary, what))
    aliases = [alias.alias for alias in vocabulary.aliases if alias.tag == code.tag]
    facts = {
        "code": code.tag,
        "name": code.name,
        "kind": code.kind,
        "family": code.family,
        "status": code.status,
        "replaced_by": code.replaced_by,
        "aliases": "; ".join(sorted(aliases)),
        "source": code.source,
    }
    for key, value in facts.items():
        click.echo(f"{key}\t{escape(value)}")


def _unknown(vocabulary: Taxonomy, what: str) -> str:
    from tagnorm.vocabulary.suggestions import near  # noqa: PLC0415 -- only a miss needs it

    for acronym, name in vocabulary.outside.items():
        if squash(acronym) == squash(what):
            meaning = f": {name}" if name else ""
            return f"{what!r} is an acronym known to be no code of this vocabulary{meaning}"
    likely = ", ".join(f"{code.tag} ({code.name})" for code in near(vocabulary, what))
    hint = f"near: {likely}" if likely else "`tagnorm codes` lists the vocabulary"
    return f"no code is called {what!r}; {hint}"
