"""What a request says, checked: JSON, forms and numbers; an error names the remedy."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from anyio import to_thread
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from tagnorm.normalizer import Normalizer
from tagnorm.serve.settings import Settings

__all__ = [
    "check_kind",
    "json_of",
    "json_text",
    "limit_of",
    "normalizer_of",
    "number_of",
    "refuse",
    "root_of",
    "settings_of",
    "text_of",
    "upload_of",
    "worked",
]

T = TypeVar("T")
# So few letters are read in no time.
_QUICK = 4000


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


async def json_of(request: Request) -> dict[str, Any]:
    """The body as a JSON object.

    Raises:
        HTTPException: it is none.
    """
    message = "the body is to be JSON: send it as application/json"
    check_kind(request, "application/json", message)
    found = json_text((await request.body()).decode("utf-8", errors="replace"), "the body")
    if not isinstance(found, dict):
        raise refuse("the body is to be a JSON object")
    return found


def json_text(text: str, what: str) -> Any:
    """A text as JSON.

    Raises:
        HTTPException: it is none.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise refuse(f"{what} is no JSON: {str(error)[:120]}") from None


def text_of(value: object, what: str, settings: Settings) -> str:
    """A string of no more than so many letters.

    Raises:
        HTTPException: it is something else, or longer.
    """
    if not isinstance(value, str):
        raise refuse(f"{what} is to be a string, not {type(value).__name__}")
    if len(value) > settings.most_letters:
        raise refuse(f"{what} is longer than {settings.most_letters:,} letters", 413)
    # Halves of surrogate pairs, as `\\ud800` in JSON, cannot be written out again.
    return value.encode("utf-8", "replace").decode() if _has_halves(value) else value


def _has_halves(value: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in value)


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
        raise refuse("limit is to be a number from 1")
    return int(min(value, most))


def number_of(query: Mapping[str, str], name: str, default: float) -> float:
    """A number from 0 to 1 of a query string.

    Raises:
        HTTPException: it is none.
    """
    try:
        value = float(query.get(name, default))
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= 1.0:
        raise refuse(f"{name} is to be a number from 0 to 1")
    return value


async def upload_of(request: Request) -> tuple[UploadFile, Mapping[str, str]]:
    """The file of a form, and its other fields.

    Raises:
        HTTPException: there is none.
    """
    message = "send the file as a form: multipart/form-data with a field `file`"
    check_kind(request, "multipart/form-data", message)
    form = await request.form(max_files=1, max_fields=8)
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        await form.close()
        raise refuse("there is no file in the field `file`; choose one")
    return file, {name: value for name, value in form.items() if isinstance(value, str)}
