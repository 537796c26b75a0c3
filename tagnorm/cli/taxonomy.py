"""`tagnorm taxonomy`: vocabularies written in other forms, checked and compared."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import attrs
import click

from tagnorm.cli.exits import BAD_DATA, Failure
from tagnorm.cli.options import InputPath, json_option, taxonomy_option
from tagnorm.errors import Problem, TaxonomyError
from tagnorm.escaping import escape
from tagnorm.folding import squash
from tagnorm.vocabulary.codes import Taxonomy
from tagnorm.vocabulary.loading import builtin_folder, read_path
from tagnorm.wording import number_of

__all__ = ["command"]

_PATH = InputPath(folder=None)
_FOLDER = InputPath(folder=True)
_FORMATS = ("skos", "jsonld", "json", "csv")
_BASE = "urn:x-tagnorm:vocabulary/"


@click.group()
def command() -> None:
    """Export, check and compare vocabularies.

    A vocabulary is a folder of tab-separated files, or a single file: TSV, CSV, JSON, JSON lines,
    plain text with a code in each line, or SKOS (Turtle, JSON-LD, RDF/XML).
    """


@command.command("export", short_help="Write a vocabulary in another form.")
@click.argument("path", required=False, type=_PATH)
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="skos",
    show_default=True,
    help="SKOS as Turtle or as JSON-LD; JSON with all there is; or CSV of the codes.",
)
@click.option(
    "--base",
    default=_BASE,
    show_default=True,
    metavar="URI",
    help="In SKOS: what the addresses of all codes begin with; it ends with /, # or :.",
)
@click.option("--title", metavar="TEXT", help="In SKOS: the title; without it the file's name.")
@click.option(
    "--language", default="", metavar="TAG", help="In SKOS: the language of the names, such as en."
)
@taxonomy_option
def export_command(
    path: Path | None,
    form: str,
    base: str,
    title: str | None,
    language: str,
    taxonomy: Path | None,
) -> None:
    """Write a vocabulary to standard output: the built-in one, or that of PATH.

    What is written reads back as the same vocabulary, here and with --taxonomy; CSV alone has no
    place for what is no code. SKOS needs rdflib:  python -m pip install 'tagnorm[skos]'

    \b
    tagnorm taxonomy export --base https://example.org/tags/ --language en > tags.ttl
    tagnorm taxonomy export my-vocabulary --format json > my-vocabulary.json
    """
    if form in ("json", "csv"):
        _refuse_skos_options(form)
    source = path or taxonomy
    vocabulary = Taxonomy.load(source)
    if form in ("json", "csv"):
        from tagnorm.vocabulary import exports  # noqa: PLC0415 -- each form is written by itself

        write = exports.write_json if form == "json" else exports.write_csv
        sys.stdout.write(write(vocabulary))
        return
    from tagnorm.vocabulary.skos.writing import write_skos  # noqa: PLC0415 -- needs an extra

    kind = "json-ld" if form == "jsonld" else "turtle"
    name = (source or builtin_folder()).resolve().stem if title is None else title
    try:
        text = write_skos(vocabulary, kind, base=base, title=name, language=language)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
    sys.stdout.write(text)


def _refuse_skos_options(form: str) -> None:
    """See to it that nothing is said of SKOS where none is written.

    Raises:
        click.UsageError: something is.
    """
    context = click.get_current_context()
    for name in ("base", "title", "language"):
        if context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            raise click.UsageError(f"--{name} is for SKOS, and the format is {form}; leave it out")


@command.command("check", short_help="Say all that is wrong with a vocabulary.")
@click.argument("path", type=_PATH)
def check_command(path: Path) -> None:
    """Say all that is wrong with the vocabulary of PATH, line by line, with the remedies.

    After errors, for which no program can use it, come warnings: columns that are not read; no code
    at all; other names that may be several, or are the name of another code; forms that are the
    same but for their case and marks, so that only the exact one tells them apart; forms that are
    not read as themselves; a datapackage.json that is out of date. Errors end with exit code 65.

    \b
    tagnorm taxonomy check my-vocabulary
    """
    try:
        vocabulary = Taxonomy.load(path)
    except TaxonomyError as error:
        for problem in error.problems:
            click.echo(f"error: {problem}")
        errors = number_of(len(error.problems), "error")
        raise Failure(f"{errors} in {path}", BAD_DATA) from error
    warnings = 0
    for problem in _warnings(vocabulary, path):
        warnings += 1
        click.echo(f"warning: {problem}")
    click.echo(
        f"{path}: {number_of(len(vocabulary), 'code')}, {len(vocabulary.aliases):,} aliases, "
        f"{len(vocabulary.outside):,} outside; no errors, {number_of(warnings, 'warning')}"
    )


@command.command("diff", short_help="Print what leads from one vocabulary to another.")
@click.argument("old", type=_PATH)
@click.argument("new", type=_PATH)
@json_option
def diff_command(old: Path, new: Path, as_json: bool) -> None:
    """Print what leads from the vocabulary OLD to NEW, one difference a line.

    The columns are change (added, removed, changed), what (code, alias, outside ...), the entry,
    the field that differs, and its old and new value.

    \b
    tagnorm taxonomy diff yesterday today
    """
    from tagnorm.vocabulary.comparison import Change, compare  # noqa: PLC0415 -- only used here

    columns = [field.name for field in attrs.fields(Change)]
    vocabularies = Taxonomy.load(old), Taxonomy.load(new)
    if not as_json:
        sys.stdout.write("\t".join(columns) + "\n")
    for change in compare(*vocabularies):
        record = attrs.asdict(change)
        if as_json:
            sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
        else:
            sys.stdout.write("\t".join(escape(record[name]) for name in columns) + "\n")


@command.command("package", short_help="Print the datapackage.json of a vocabulary folder.")
@click.argument("folder", type=_FOLDER)
def package_command(folder: Path) -> None:
    """Print the datapackage.json of a vocabulary folder, which makes it a Frictionless package.

    \b
    tagnorm taxonomy package my-vocabulary > my-vocabulary/datapackage.json
    """
    from tagnorm.vocabulary.packages import write_data_package  # noqa: PLC0415 -- only used here

    sys.stdout.write(write_data_package(folder))


def _warnings(taxonomy: Taxonomy, path: Path) -> Iterator[Problem]:
    """What a program can live with, and a person should look at."""
    yield from read_path(path, "en").passed_over
    for alias in taxonomy.aliases:
        if "|" in alias.alias:
            message = f"it is one other name of {alias.tag}; if it is several, write ; for |"
            yield Problem(alias.alias, 0, message)
    for code in taxonomy:
        for written in (code.tag, code.name):
            yield from _quoted(written)
    for alias in taxonomy.aliases:
        yield from _quoted(alias.alias)
    yield from _ties(taxonomy)
    yield from _names_of_others(taxonomy)
    yield from _not_themselves(taxonomy)
    package = path / "datapackage.json"
    if package.is_file():
        from tagnorm.vocabulary.packages import write_data_package  # noqa: PLC0415

        if package.read_text(encoding="utf-8") != write_data_package(path):
            message = f"out of date; write it anew with: tagnorm taxonomy package {path}"
            yield Problem(package.name, 0, message)


def _quoted(form: str) -> Iterator[Problem]:
    if len(form) > 1 and form[0] == form[-1] == '"':
        message = "its quotes are a part of it; if a spreadsheet put them there, take them away"
        yield Problem(form, 0, message)


def _ties(taxonomy: Taxonomy) -> Iterator[Problem]:
    forms: dict[str, dict[str, str]] = {}
    for code in taxonomy:
        forms.setdefault(squash(code.tag), {})[code.tag] = code.tag
    for alias in taxonomy.aliases:
        forms.setdefault(squash(alias.alias), {})[alias.alias] = alias.tag
    for named in forms.values():
        if len(set(named.values())) > 1:
            message = (
                f"{', '.join(map(repr, sorted(named)))} are the same but for case and marks; each "
                "is read where it is written exactly so, and anything else is a tie"
            )
            yield Problem(min(named), 0, message)


def _names_of_others(taxonomy: Taxonomy) -> Iterator[Problem]:
    """Other names of a code that are the names of others: of retired ones they may well be."""
    named: dict[str, set[str]] = {}
    for code in taxonomy:
        if code.name and code.status != "retired":
            named.setdefault(squash(code.name), set()).add(code.tag)
    for alias in taxonomy.aliases:
        others = named.get(squash(alias.alias), {alias.tag})
        if alias.tag not in others:
            message = (
                f"it is read as {alias.tag}, but is the name of {' and '.join(sorted(others))}; "
                "drop one of the two if that is not meant"
            )
            yield Problem(alias.alias, 0, message)


def _not_themselves(taxonomy: Taxonomy) -> Iterator[Problem]:
    from tagnorm.normalizer import Normalizer  # noqa: PLC0415 -- help needs no engine

    split = Normalizer(taxonomy).split
    forms = [(code.tag, code.tag) for code in taxonomy]
    forms += [(alias.alias, alias.tag) for alias in taxonomy.aliases]
    for form, tag in forms:
        found = split(form)
        if found != [tag]:
            read = " ".join(found) or "nothing"
            message = f"it is read as {read}, not as {tag}; write it as it stands in the texts"
            yield Problem(form, 0, message)
