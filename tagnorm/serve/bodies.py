"""What a request says, checked: JSON, forms and numbers; an error names the remedy."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, TypeVar

from anyio import to_thread
from starlette.datastructures import QueryParams, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from tagnorm.arguments import no_such_option
from tagnorm.encodings import DAMAGED
from tagnorm.normalizer import Normalizer
from tagnorm.options import Options, ReadingOptions
from tagnorm.serve.settings import Settings

__all__ = [
    "check_kind",
    "check_names",
    "check_near",
    "check_once",
    "json_of",
    "json_text",
    "limit_of",
    "normalizer_of",
    "options_of",
    "query_of",
    "refuse",
    "root_of",
    "settings_of",
    "text_of",
    "truth_of",
    "upload_of",
    "worked",
]

T = TypeVar("T")
# So few letters are read in no time.
_QUICK = 4000
_TRUTHS = {"true": True, "false": False, "1": True, "0": False}


def refuse(message: str, status: int = 400) -> HTTPException:
    """The error for a request that cannot be answered."""
    return HTTPException(status, message)


def settings_of(request: Request) -> Settings:
    """The settings of the service."""
    found: Settings = request.app.state.settings
    return found


def normalizer_of(request: Request) -> Normalizer:
    """What reads the strings of the service."""
    found: Normalizer = request.app.state.normalizer
    return found


def root_of(request: Request) -> str:
    """The address at which the service was called, without a slash at its end."""
    return str(request.base_url).rstrip("/")


def check_kind(request: Request, wanted: str, message: str) -> None:
    """See to it that the body is of a media type.

    Raises:
        HTTPException: it is of another; the message says what to send.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != wanted:
        raise refuse(message, 415)


async def json_of(request: Request, wanted: str) -> dict[str, Any]:
    """The body as a JSON object.

    Raises:
        HTTPException: it is none; the message says what is wanted.
    """
    message = "the body is to be JSON: send it as application/json"
    check_kind(request, "application/json", message)
    try:
        text = (await request.body()).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refuse(f"the body is no UTF-8, as JSON is: {error.reason}") from None
    found = json_text(text, "the body", wanted)
    if not isinstance(found, dict):
        raise refuse(f"the body is to be a JSON object; {wanted}")
    return found


def json_text(text: str, what: str, wanted: str = "") -> Any:
    """A text as JSON.

    Raises:
        HTTPException: it is none; the message says what is wanted.
    """
    try:
        return json.loads(text, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        remedy = f"; {wanted}" if wanted else ""
        raise refuse(f"{what} is no JSON: {str(error)[:120]}{remedy}") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON, of which each member stands there once."""
    check_once(name for name, _ in pairs)
    return dict(pairs)


def text_of(value: object, what: str, settings: Settings) -> str:
    """A string of no more than so many letters.

    Raises:
        HTTPException: it is something else, or longer.
    """
    if not isinstance(value, str):
        kind = "null" if value is None else type(value).__name__
        raise refuse(f"{what} is to be a string, not {kind}")
    if len(value) > settings.most_letters:
        raise refuse(f"{what} is longer than {settings.most_letters:,} letters", 413)
    # Halves of surrogate pairs, as `\\ud800` in JSON, cannot be written out again.
    return value.encode("utf-8", "replace").decode() if DAMAGED.search(value) else value


async def worked(work: Callable[[], T], letters: int, settings: Settings) -> T:
    """What some work on so many letters gives; where they are many, others are answered meanwhile.

    Raises:
        HTTPException: they are too many.
    """
    if letters > settings.most_in_all:
        message = f"there are {letters:,} letters in one request; send at most "
        raise refuse(f"{message}{settings.most_in_all:,} at once", 413)
    return work() if letters < _QUICK else await to_thread.run_sync(work)


def limit_of(value: object, default: int, most: int) -> int:
    """How many answers are wanted: a whole number from 1 to `most`; more than that is `most`.

    Raises:
        HTTPException: it is no such number.
    """
    if value is None:
        return default
    if isinstance(value, str) and value.isdecimal() and len(value) < 10:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 1:
        raise refuse(f"limit is {value!r:.40}; it takes a number from 1, such as {default}")
    return int(min(value, most))


def check_names(given: Iterable[str], names: Sequence[str]) -> None:
    """See to it that a request says nothing that would be passed over.

    Raises:
        HTTPException: there is no option of some name.
    """
    for name in given:
        if name not in names:
            raise refuse(no_such_option(name, names))


def check_once(names: Iterable[str]) -> None:
    """See to it that a request gives nothing twice, since one of the two would be passed over.

    Raises:
        HTTPException: it does.
    """
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise refuse(f"{name[:40]!r} is given several times; give it once")
        seen.add(name)


def query_of(request: Request, names: Sequence[str], lists: Sequence[str] = ()) -> QueryParams:
    """What the address of a request says behind `?`, by the names that it takes.

    Args:
        request: the request.
        names: what may be said; what is said of `lists`, several times.

    Raises:
        HTTPException: something else is said, or something several times.
    """
    query = request.query_params
    check_names(query, (*names, *lists))
    check_once(name for name, _ in query.multi_items() if name not in lists)
    return query


def check_near(given: Iterable[str], names: Sequence[str]) -> None:
    """See to it that nothing is misspelt where others may say more than is known here.

    Raises:
        HTTPException: there is no member of some name, but one that is near.
    """
    for name in given:
        if name not in names and get_close_matches(name, names, 1):
            raise refuse(no_such_option(name, names))


def options_of(given: Mapping[str, Any], beside: Sequence[str]) -> Options:
    """How strings are to be read, by the names and with the checks that options have everywhere.

    Args:
        given: what a request says; numbers and truths may be text. What is empty is not said.
        beside: what else it may say.

    Raises:
        HTTPException: an option has a value that it does not take, or there is none of that name.
    """
    check_names(given, (*beside, *ReadingOptions.__annotations__))
    told = {name: one for name, one in given.items() if name not in beside and one != ""}
    try:
        return Options.of({name: _value_of(name, one) for name, one in told.items()})
    except (TypeError, ValueError) as error:
        raise refuse(str(error)) from None


def _value_of(name: str, value: Any) -> Any:
    """The value of an option of which a query or a form has the text."""
    if isinstance(value, str) and name == "min_confidence":
        with contextlib.suppress(ValueError):
            return float(value)
    return _TRUTHS.get(value, value) if isinstance(value, str) and name == "unique" else value


async def upload_of(request: Request) -> tuple[UploadFile, Mapping[str, str]]:
    """The file of a form, and its other fields.

    Raises:
        HTTPException: there is none, or a field is given twice.
    """
    message = "send the file as a form: multipart/form-data with a field `file`"
    check_kind(request, "multipart/form-data", message)
    form = await request.form(max_files=1, max_fields=16)
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        await form.close()
        raise refuse("there is no file in the field `file`; choose one")
    told = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    try:
        check_once(name for name, _ in told)
    except HTTPException:
        await form.close()
        raise
    return file, dict(told)


def truth_of(name: str, given: Mapping[str, str]) -> bool:
    """What a form says of something that is so or not; no, if it says nothing.

    Raises:
        HTTPException: it says something else.
    """
    value = given.get(name, "").lower()
    if value not in ("", "yes", "no", *_TRUTHS):
        raise refuse(f"{name} is {value!r:.40}; it takes yes or no")
    return _TRUTHS.get(value, value == "yes")
