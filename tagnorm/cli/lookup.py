"""`tagnorm lookup`: what the vocabulary says of a code, a name, or some words about it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tagnorm.cli.completion import complete_code
from tagnorm.cli.exits import Failure
from tagnorm.cli.options import StringCommand, Vocabulary, era_option, readable, taxonomy_option
from tagnorm.cli.streams import standard_input
from tagnorm.escaping import escape
from tagnorm.folding import squash
from tagnorm.wording import years_shown

if TYPE_CHECKING:
    from tagnorm.normalizer import Normalizer
    from tagnorm.vocabulary.codes import Taxonomy
    from tagnorm.vocabulary.eras import Era
    from tagnorm.vocabulary.search import Match

__all__ = ["command"]

_SEVERAL = re.compile(r"[,;\n]")


@click.command(cls=StringCommand)
@click.argument(
    "words", nargs=-1, metavar="[WORDS]...", callback=readable, shell_complete=complete_code
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=6,
    show_default=True,
    metavar="N",
    help="Show at most so many codes for a query: the first in full, the others by name.",
)
@click.option("--exact", is_flag=True, help="Only a tag, another name or a full name will do.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object for each query.")
@taxonomy_option
@era_option
def command(
    *,
    words: tuple[str, ...],
    limit: int,
    exact: bool,
    as_json: bool,
    taxonomy: Path | None,
    era: Era | None,
) -> None:
    """Find codes by WORDS: a tag, a name, or any words of names, other names and notes.

    Several words are one query; a comma or semicolon parts several queries, and so do spaces
    between tags. Without WORDS each line of standard input is a query. Case and order of the words
    do not count, nor do their endings or a letter that is wrong.

    The best code comes in full, a key and its value a line with a tab between them; then the others
    that fit, a line each. What finds nothing ends with exit code 1.

    \b
    tagnorm lookup kipr
    tagnorm lookup human rights
    tagnorm lookup oil, visas, drugs
    tagnorm lookup --era 1974 WTO
    """
    normalizer = Vocabulary(taxonomy, era=era).normalizer()
    vocabulary = normalizer.taxonomy
    if words:
        queries = list(_queries(words, vocabulary))
        if not queries:
            raise click.UsageError("nothing is asked: name a code, or words of its name")
    else:
        lines = standard_input("queries").read().decode("utf-8", "replace").splitlines()
        queries = [line for text in lines for line in [text.strip()] if line]
    missed = []
    for number, query in enumerate(queries):
        matches = _matches(query, vocabulary, limit=limit, exact=exact)
        if as_json:
            click.echo(json.dumps(_record(query, matches, normalizer), ensure_ascii=False))
        elif matches:
            click.echo(
                "".join(_card(query, matches, normalizer, several=len(queries) > 1)), nl=False
            )
            if number + 1 < len(queries):
                click.echo()
        if not matches:
            missed.append(_unknown(vocabulary, query))
    if missed:
        raise Failure("\ntagnorm: ".join(missed))


def _queries(words: tuple[str, ...], vocabulary: Taxonomy) -> Iterator[str]:
    """What is asked: one query, or several that a comma parts, or several tags."""
    from tagnorm.vocabulary.facts import code_tagged  # noqa: PLC0415 -- help needs no engine

    whole = " ".join(words)
    if vocabulary.lookup(whole) is not None:
        yield whole
        return
    bare = [word.strip(",; ") for word in words]
    if len(bare) > 1 and None not in [code_tagged(word, vocabulary) for word in bare]:
        yield from bare
    else:
        yield from (query.strip() for query in _SEVERAL.split(whole) if query.strip())


def _matches(query: str, vocabulary: Taxonomy, *, limit: int, exact: bool) -> list[Match]:
    if vocabulary.lookup(query) is None and _outside(vocabulary, query) is not None:
        return []
    found = vocabulary.search(query, limit=limit)
    return [match for match in found if match.is_exact] if exact else found


def _facts(match: Match, normalizer: Normalizer) -> dict[str, Any]:
    from tagnorm.confusions import confused_with  # noqa: PLC0415 -- help needs no engine
    from tagnorm.vocabulary.facts import facts_of  # noqa: PLC0415

    confusions = confused_with(normalizer, match.code.tag)
    return {
        **facts_of(match.code, normalizer.taxonomy),
        "confused_with": [{"code": one.tag, "share": one.share} for one in confusions],
        "found_by": {"field": match.field, "text": match.text},
        "score": match.score,
    }


def _record(query: str, matches: list[Match], normalizer: Normalizer) -> dict[str, Any]:
    return {"query": query, "matches": [_facts(match, normalizer) for match in matches]}


def _card(
    query: str, matches: list[Match], normalizer: Normalizer, *, several: bool
) -> Iterator[str]:
    best, facts = matches[0].code, _facts(matches[0], normalizer)
    shown = {
        "code": best.tag,
        "name": best.name,
        "kind": best.kind,
        "family": best.family,
        "family_name": facts["family_name"],
        "status": best.status,
        "years": years_shown(best.start, best.end),
        "replaced_by": best.replaced_by,
        "frequency": "" if best.frequency is None else f"{best.frequency:g}",
        "aliases": "; ".join(facts["aliases"]),
        "names": "; ".join(f"{edition}: {name}" for edition, name in best.names.items()),
        "about": facts["note"],
        "confused_with": "; ".join(
            f"{one['code']} ({one['share']:.1%})" for one in facts["confused_with"]
        ),
        "source": best.source,
        "found_by": f"{matches[0].field}: {matches[0].text}",
    }
    if several:
        yield f"query\t{escape(query)}\n"
    for key, value in shown.items():
        yield f"{key}\t{escape(value)}\n"
    for match in matches[1:]:
        name = f"  {match.code.name}" if match.code.name else ""
        yield f"also\t{escape(match.code.tag + name)}\n"


def _outside(vocabulary: Taxonomy, what: str) -> str | None:
    """What an acronym means that is known to be no code, or None if it is not known."""
    key = squash(what)
    return next(
        (name for acronym, name in vocabulary.outside.items() if squash(acronym) == key), None
    )


def _unknown(vocabulary: Taxonomy, what: str) -> str:
    from tagnorm.vocabulary.suggestions import near  # noqa: PLC0415 -- only a miss needs it

    meaning = _outside(vocabulary, what)
    if meaning is not None:
        colon = f": {meaning}" if meaning else ""
        return f"{what!r} is an acronym known to be no code of this vocabulary{colon}"
    likely = ", ".join(f"{code.tag} ({code.name})" for code in near(vocabulary, what))
    hint = f"near: {likely}" if likely else "`tagnorm codes` lists the vocabulary"
    return f"no code is called {what!r}; {hint}"
