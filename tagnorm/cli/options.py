"""The options that commands share, by the names they have in Python, and what is built from them.

Every command that reads strings takes all of them, through two decorators, so that an option has
one name, one check and one meaning. A command gets two objects:

>>> @click.command()
... @vocabulary_options
... @reading_options
... @click.argument("text")
... def command(vocabulary, reading, text):
...     click.echo(" ".join(vocabulary.normalizer().split(text, unresolved=reading.unresolved)))
>>> command(["PRELPGOV"], standalone_mode=False)
PREL PGOV
"""

from __future__ import annotations

import errno
import math
import os
import shlex
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

import attrs
import click

from tagnorm.cells import kept_words
from tagnorm.cli.exits import NO_INPUT, Failure
from tagnorm.cli.streams import note, standard_input
from tagnorm.encodings import DAMAGED
from tagnorm.errors import FormatError
from tagnorm.paths import is_standard_output, not_there
from tagnorm.vocabulary.eras import Era

if TYPE_CHECKING:
    from tagnorm.decisions.store import Decisions
    from tagnorm.normalizer import Normalizer
    from tagnorm.vocabulary.codes import Taxonomy

__all__ = [
    "AnyPath",
    "InputPath",
    "OutputPath",
    "Share",
    "StringCommand",
    "Vocabulary",
    "Years",
    "era_option",
    "json_option",
    "keep_option",
    "load_decisions",
    "quiet_option",
    "readable",
    "reading_options",
    "taxonomy_option",
    "vocabulary_options",
]

_F = TypeVar("_F", bound=Callable[..., Any])


class AnyPath(click.Path):
    """A path; an empty one, such as a script makes of a variable that is not set, is refused, as it
    would be the folder that one is in."""

    name = "path"

    def __init__(self, *, dash: bool = False, file: bool = True) -> None:
        super().__init__(path_type=Path, allow_dash=dash, file_okay=file, readable=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path.

        Raises:
            click.BadParameter: it is empty.
        """
        if not os.fspath(value):
            is_option = isinstance(param, click.Option) and not param.required
            remedy = ", or leave the option out" if is_option else ""
            self.fail(f"the path is empty; name one{remedy}", param, ctx)
        return super().convert(value, param, ctx)


class InputPath(AnyPath):
    """A path of something that is to be read; if it is not there, the command ends with 66.

    Args:
        folder: whether it is one; None if it may be.
        dash: whether it may be standard input.
        remedy: what to do if there is no such thing and nothing with a name like it.
    """

    def __init__(
        self, *, folder: bool | None = False, dash: bool = False, remedy: str = ""
    ) -> None:
        super().__init__(dash=dash)
        self._folder = folder
        kind = {True: "folder", False: "file", None: "file or folder"}[folder]
        stream = ", or - for standard input" if dash else ""
        self._remedy = remedy or f"name a {kind} that is there{stream}"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path.

        Raises:
            Failure: there is nothing of that name, a folder where a file is expected or the other
                way round, or what may not be read.
            FormatError: what is printed goes into it.
        """
        path: Path = super().convert(value, param, ctx)
        if self.allow_dash and str(path) == "-":
            return path
        if not path.exists():
            reason = not_there(path, self._remedy)
            raise Failure(f"{path}: cannot be read: {reason}", NO_INPUT)
        if self._folder is False and path.is_dir():
            raise Failure(f"{path}: cannot be read: it is a folder; name a file in it", NO_INPUT)
        if self._folder and not path.is_dir():
            raise Failure(f"{path}: cannot be read: it is no folder; name one", NO_INPUT)
        if not os.access(path, os.R_OK):
            raise Failure(f"{path}: cannot be read: {os.strerror(errno.EACCES)}", NO_INPUT)
        for file in path.glob("*.tsv") if path.is_dir() else (path,):
            if is_standard_output(file):
                raise FormatError(
                    f"{file}: is standard output itself; what is printed would go into what is "
                    "read, so send it to another file"
                )
        return path


class OutputPath(AnyPath):
    """A path of something that is to be written; what cannot be is found out by writing it, and
    then the command ends with 73."""


class StringCommand(click.Command):
    """A command whose arguments are strings to be read; one may begin as an option does."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """What is left of the arguments when the options are taken.

        Raises:
            click.NoSuchOption: there is no such option; the message says what to do with a string.
        """
        given = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            letter = error.option_name.removeprefix("-")
            text = next((one for one in given if one[:1] == "-" and letter in one), None)
            if text is not None and not error.possibilities:
                call = f"{ctx.command_path} -- {shlex.quote(text)}"
                reason = error.message.rstrip(".")
                message = f"{reason}; a string that begins so stands behind --: {call}"
                raise click.NoSuchOption(error.option_name, message, ctx=ctx) from error
            raise


class Share(click.ParamType):  # type: ignore[type-arg]  # generic in newer clicks only
    """A number from 0 to 1; what is no number (nan) is refused in the same words."""

    name = "share"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The number.

        Raises:
            click.BadParameter: it is none, or not from 0 to 1.
        """
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not 0.0 <= number <= 1.0:
            self.fail(f"{value!r} is no number from 0 to 1", param, ctx)
        return number


class Years(click.ParamType):  # type: ignore[type-arg]  # generic in newer clicks only
    """An era, such as `1974`, `1973-1979` or `1995-`."""

    name = "years"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Era:
        """The era.

        Raises:
            click.BadParameter: it says no years.
        """
        try:
            return Era.of(value)
        except ValueError as error:
            # The option is named by Click, and may be another one.
            self.fail(str(error).removeprefix("era is "), param, ctx)


@attrs.frozen
class Vocabulary:
    """What belongs to a vocabulary: its folder, a person's decisions, words never to touch, the
    years that are read."""

    taxonomy: Path | None = None
    decisions: Path | None = None
    keep: tuple[str, ...] = ()
    era: Era | None = None

    def files(self) -> list[tuple[str, Path]]:
        """The files that are read, which no output may be, with what they are called."""
        found = [("the file of decisions", self.decisions)] if self.decisions else []
        if self.taxonomy is not None:
            is_folder = self.taxonomy.is_dir()
            paths = sorted(self.taxonomy.iterdir()) if is_folder else [self.taxonomy]
            found += [("a file of the vocabulary", path) for path in paths]
        return found

    def load(self) -> Taxonomy:
        """The codes.

        Raises:
            TaxonomyError: they cannot be used.
        """
        from tagnorm.vocabulary.codes import Taxonomy  # noqa: PLC0415 -- help needs no engine

        return Taxonomy.load(self.taxonomy)

    def normalizer(self) -> Normalizer:
        """The normalizer that the options ask for.

        Raises:
            TaxonomyError: the vocabulary cannot be used.
            DecisionsError: the file of decisions cannot be used.
        """
        from tagnorm.normalizer import Normalizer  # noqa: PLC0415 -- help needs no engine

        codes = self.load()
        decided = None if self.decisions is None else load_decisions(self.decisions, codes)
        return Normalizer(codes, decisions=decided, keep=self.keep, era=self.era)


def _own_or_parents(
    context: click.Context, parameter: click.Parameter, value: Path | None
) -> Path | None:
    """What was given to the command, or before it: `tagnorm --taxonomy DIR split` works too."""
    while value is None and context.parent is not None:
        context = context.parent
        value = context.params.get(parameter.name or "")
    return value


def readable(
    context: click.Context, parameter: click.Parameter, value: tuple[str, ...]
) -> tuple[str, ...]:
    """A callback for text arguments: bytes that the locale cannot read are read as UTF-8.

    Raises:
        click.BadParameter: they are not UTF-8 either.
    """
    try:
        return tuple(
            [os.fsencode(text).decode() if DAMAGED.search(text) else text for text in value]
        )
    except UnicodeDecodeError as error:
        raise click.BadParameter(f"not UTF-8: {error.object!r}", context, parameter) from error


def _kept(
    context: click.Context, parameter: click.Parameter, value: tuple[str, ...]
) -> tuple[str, ...]:
    """The words of `--keep`.

    Raises:
        click.BadParameter: one is empty, or no text.
    """
    try:
        return kept_words(readable(context, parameter, value))
    except ValueError as error:
        raise click.BadParameter(str(error), context, parameter) from error


taxonomy_option = click.option(
    "--taxonomy",
    type=InputPath(folder=None, remedy="without --taxonomy it is the built-in vocabulary"),
    metavar="PATH",
    callback=_own_or_parents,
    help="A vocabulary to use instead of the built-in one: a folder, or a file.",
)
_decisions_option = click.option(
    "--decisions",
    type=InputPath(remedy="leave --decisions out as long as there is none"),
    metavar="FILE",
    help="A file of decisions, as `tagnorm review` writes it; they always win.",
)
keep_option = click.option(
    "--keep",
    multiple=True,
    metavar="WORD",
    callback=_kept,
    help="A word never to touch: it stays whole and unresolved; may be given again.",
)
era_option = click.option(
    "--era",
    type=Years(),
    metavar="YEAR[-YEAR]",
    help="The years that the strings are of, such as 1973-1979: codes in use then are likelier.",
)
_unresolved_option = click.option(
    "--unresolved",
    type=click.Choice(["keep", "drop", "raise"]),
    default="keep",
    show_default=True,
    help="What becomes of pieces without a code; `raise` stops at the first with exit code 1.",
)
_min_confidence_option = click.option(
    "--min-confidence",
    type=Share(),
    default=0.0,
    metavar="P",
    help="Leave a word unresolved whose answer is less sure than this, from 0 to 1.",
)
_unique_option = click.option(
    "--unique", is_flag=True, help="Leave out a tag that its string has already."
)


json_option = click.option(
    "--json", "as_json", is_flag=True, help="Write one JSON object a line, with all."
)
quiet_option = click.option(
    "-q",
    "--quiet",
    is_flag=True,
    help="Nothing on standard error but errors: no progress, hint or summary.",
)


def vocabulary_options(function: _F) -> _F:
    """`--taxonomy`, `--decisions`, `--keep` and `--era`, as the parameter `vocabulary`."""

    @wraps(function)
    def command(
        *rest: Any,
        taxonomy: Path | None,
        decisions: Path | None,
        keep: tuple[str, ...],
        era: Era | None,
        **options: Any,
    ) -> Any:
        return function(*rest, vocabulary=Vocabulary(taxonomy, decisions, keep, era), **options)

    return cast("_F", taxonomy_option(_decisions_option(keep_option(era_option(command)))))


def reading_options(function: _F) -> _F:
    """`--unresolved`, `--min-confidence` and `--unique`, as the parameter `reading`."""

    @wraps(function)
    def command(
        *rest: Any,
        unresolved: Literal["keep", "drop", "raise"],
        min_confidence: float,
        unique: bool,
        **options: Any,
    ) -> Any:
        from tagnorm.options import Options  # noqa: PLC0415 -- help needs no engine

        reading = Options(unresolved, min_confidence, unique)
        return function(*rest, reading=reading, **options)

    return cast("_F", _unresolved_option(_min_confidence_option(_unique_option(command))))


def load_decisions(path: Path, taxonomy: Taxonomy) -> Decisions:
    """The decisions in a file, or in standard input (`-`); a last line that was cut off is ignored
    with a word about it.

    Raises:
        DecisionsError: the file cannot be used.
    """
    from tagnorm.decisions.store import Decisions  # noqa: PLC0415 -- help needs no engine

    if str(path) == "-":
        content = standard_input("decisions").read()
        path = Path("standard input")
        found = Decisions.of_bytes(content, path, taxonomy)
    else:
        found = Decisions.load(path, taxonomy)
    if found.torn:
        note(f"{path}: the last line was cut off and is ignored: {found.torn!r}")
    return found
