"""Uploaded files: the report of a column, and the cleaned file. Nothing of them is kept.

A file lies in a folder of its own while it is read, and is gone when the answer is made.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from anyio import to_thread
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tagnorm.errors import TagnormError
from tagnorm.files.interface import FORM_OPTIONS
from tagnorm.serve.bodies import normalizer_of, options_of, refuse, truth_of, upload_of

__all__ = ["ROUTES"]

# What a name may hold; the ending tells the format.
_UNFIT = re.compile(r"[^A-Za-z0-9._-]+")
_CHUNK = 1 << 20
_OWN = ("file", "column", "beside", *FORM_OPTIONS)
# The report is a page of its own with its script within; it may do nothing but be looked at.
_ALONE = {
    "Content-Security-Policy": (
        "sandbox allow-scripts allow-downloads allow-modals; default-src 'none'; "
        "style-src 'unsafe-inline'; script-src 'unsafe-inline'; frame-ancestors 'none'"
    )
}


def _name_of(file: UploadFile) -> str:
    """A safe name with the endings of the file's own."""
    last = (file.filename or "").replace("\\", "/").rpartition("/")[2]
    return _UNFIT.sub("_", last)[-100:].lstrip(".") or "upload.csv"


@contextmanager
def _speaking_of(name: str, folder: Path) -> Iterator[None]:
    """What is wrong with a file is said with its own name, not with where it lies here."""
    try:
        yield
    except (TagnormError, ValueError, OSError, ModuleNotFoundError) as error:
        if isinstance(error, ModuleNotFoundError):
            raise refuse("this service cannot read such files: it lacks a library", 501) from error
        message = str(error) if isinstance(error, TagnormError | ValueError) else "cannot be read"
        message = message.replace(str(folder / name), name).replace(str(folder), "")
        raise refuse(message[:500], 422) from None


async def _stored(request: Request, work: Callable[[Path, Mapping[str, str]], Any]) -> Any:
    """Let some work be done on the uploaded file, in a thread, and take the file away."""
    file, fields = await upload_of(request)
    name = _name_of(file)
    with tempfile.TemporaryDirectory(prefix="tagnorm-") as made:
        folder = Path(made).resolve()
        try:
            with (folder / name).open("wb") as copy:
                while chunk := await file.read(_CHUNK):
                    copy.write(chunk)
        finally:
            await file.close()

        def do() -> Any:
            with _speaking_of(name, folder):
                return work(folder / name, fields)

        return await to_thread.run_sync(do)


def _column(fields: Mapping[str, str]) -> str | None:
    return fields.get("column", "").strip() or None


def _form(fields: Mapping[str, str]) -> dict[str, Any]:
    """What was said of the file: its format, what parts its cells, what becomes of bad rows."""
    return {name: fields[name] for name in FORM_OPTIONS if fields.get(name)}


async def _report(request: Request) -> Any:
    from tagnorm.files import read_column  # noqa: PLC0415 -- an extra
    from tagnorm.report import report_read  # noqa: PLC0415

    normalizer = normalizer_of(request)

    def work(path: Path, fields: Mapping[str, str]) -> Any:
        options = options_of(fields, _OWN)
        found = read_column(path, _column(fields), **_form(fields))
        return report_read(found, path.name, normalizer=normalizer, **options.as_given())

    return await _stored(request, work)


async def report_page(request: Request) -> Response:
    """The report of a column of the uploaded file, as a page."""
    report = await _report(request)
    text = report.page.encode("utf-8", errors="backslashreplace")
    return Response(text, media_type="text/html; charset=utf-8", headers=_ALONE)


async def report_figures(request: Request) -> Response:
    """The figures of a column of the uploaded file."""
    report = await _report(request)
    return JSONResponse(report.figures)


def _clean_name(name: str) -> str:
    """What the cleaned file is called: as the uploaded one where that can be written, else CSV."""
    from tagnorm.files.formats import Format  # noqa: PLC0415 -- an extra

    found = Format.of_file(name)
    if found is not None and not found.kind.is_written:
        return f"clean-{name.rpartition('.')[0]}.csv"
    return f"clean-{name}"


async def cleaned(request: Request) -> Response:
    """The uploaded file, cleaned, in its own format; of Excel as CSV."""
    from tagnorm.files import clean_file  # noqa: PLC0415 -- an extra

    normalizer = normalizer_of(request)

    def work(path: Path, fields: Mapping[str, str]) -> tuple[str, bytes]:
        beside = truth_of("beside", fields)
        output = path.with_name(_clean_name(path.name))
        clean_file(
            path,
            output,
            columns=[_column(fields) or "tags"],
            suffix="_clean" if beside else "",
            normalizer=normalizer,
            **options_of(fields, _OWN).as_given(),
            **_form(fields),
        )
        return output.name, output.read_bytes()

    name, content = await _stored(request, work)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="application/octet-stream", headers=headers)


ROUTES = [
    Route("/upload/report", report_page, methods=["POST"]),
    Route("/upload/clean", cleaned, methods=["POST"]),
    Route("/api/report", report_figures, methods=["POST"]),
    Route("/api/clean", cleaned, methods=["POST"]),
]
