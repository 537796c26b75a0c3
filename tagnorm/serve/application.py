"""The application: its pages, its API, the reconciliation service, and how errors look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from starlette.applications import Starlette
from starlette.datastructures import URL
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from tagnorm.arguments import checked_names, no_such_option
from tagnorm.choice import choose
from tagnorm.normalizer import Normalizer
from tagnorm.options import VocabularyOptions
from tagnorm.serve import api, reconciliation, uploads
from tagnorm.serve.answers import code_of, families_of
from tagnorm.serve.bodies import normalizer_of, refuse, root_of
from tagnorm.serve.guards import BUG, Guards
from tagnorm.serve.pages import browse_of, code_page, error_page, family_page, page, static
from tagnorm.serve.settings import Settings
from tagnorm.vocabulary.entries import Code

__all__ = ["create_app"]

_STATIC = {
    "base.css": "text/css; charset=utf-8",
    "app.css": "text/css; charset=utf-8",
    "app.js": "text/javascript; charset=utf-8",
}


@checked_names
def create_app(
    normalizer: Normalizer | None = None,
    settings: Settings | None = None,
    **options: Unpack[VocabularyOptions],
) -> ASGIApp:
    """The service as an ASGI application, for any server of such.

    Args:
        normalizer: reads the strings; None for the built-in one.
        settings: whom it answers, and how much at once.
        **options: what a normalizer is made of, in its place, as everywhere: `taxonomy`,
            `decisions`, `keep` and `era`. How a string is read, each request says for itself.

    >>> app = create_app(settings=Settings(hosts=["tags.example.org"]), keep=["PGVO"])
    >>> callable(app)
    True

    Raises:
        TypeError: there is no such option, or a normalizer is given as well.
        ValueError, TaxonomyError, DecisionsError: as `Normalizer`.
    """
    for name in options:
        if name not in VocabularyOptions.__annotations__:
            raise TypeError(no_such_option(name, list(VocabularyOptions.__annotations__)))
    normalizer, _ = choose({**options, "normalizer": normalizer})
    routes = [
        Route("/", _home, methods=["GET"]),
        Route("/browse", _browse, methods=["GET"]),
        Route("/families/{name:path}", _family, methods=["GET"]),
        Route("/types/{name:path}", _type, methods=["GET"]),
        Route("/codes/{tag:path}", _code, methods=["GET"]),
        Route("/upload", _upload, methods=["GET"]),
        Route("/help", _help, methods=["GET"]),
        Route("/static/{name}", _file, methods=["GET"]),
        *api.ROUTES,
        *uploads.ROUTES,
        *reconciliation.ROUTES,
    ]
    app = Starlette(routes=routes, exception_handlers={HTTPException: _error, Exception: _bug})
    app.state.normalizer = normalizer
    app.state.settings = Settings() if settings is None else settings
    return Guards(app, app.state.settings)


def _html(text: str, status: int = 200) -> Response:
    return Response(text, status, media_type="text/html; charset=utf-8")


async def _home(request: Request) -> Response:
    return _html(page("home.html", "Read strings", here="/"))


async def _browse(request: Request) -> Response:
    taxonomy = normalizer_of(request).taxonomy
    return _html(browse_of(families_of(taxonomy), taxonomy))


async def _family(request: Request) -> Response:
    taxonomy = normalizer_of(request).taxonomy
    name = request.path_params["name"]
    found = next((one for one in families_of(taxonomy) if one["id"] == name), None)
    codes: Sequence[Code]
    if found is None:
        # A kind whose codes belong to families has a page too.
        codes = taxonomy.by_kind(name)
        found = {"family": "", "name": f"{name.capitalize()} codes"}
    else:
        codes = [
            code
            for code in taxonomy
            if (code.family == name if found["family"] else code.kind == name and not code.family)
        ]
    if not codes:
        raise refuse("there is no such family; /browse lists them", 404)
    return _html(family_page(found, codes, taxonomy))


async def _type(request: Request) -> Response:
    return RedirectResponse(URL(f"/families/{request.path_params['name']}"))


async def _code(request: Request) -> Response:
    normalizer = normalizer_of(request)
    facts = code_of(request.path_params["tag"], normalizer)
    if facts is None:
        raise refuse("there is no such code; search for it on the page /browse", 404)
    taxonomy = normalizer.taxonomy
    return _html(code_page(taxonomy[facts["code"]], facts, taxonomy, root_of(request)))


async def _upload(request: Request) -> Response:
    return _html(page("upload.html", "Clean a file", here="/upload"))


async def _help(request: Request) -> Response:
    root = root_of(request).replace("<", "")
    return _html(page("help.html", "Help", here="/help", root=root))


async def _file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _STATIC:
        raise refuse("there is no such file", 404)
    return Response(static(name), headers={"Content-Type": _STATIC[name]})


async def _bug(request: Request, error: Exception) -> Response:
    """The answer where something broke; what it was is in the log."""
    return JSONResponse({"error": {"status": 500, "message": BUG}}, 500)


async def _error(request: Request, error: Exception) -> Response:
    """An error as a page for people, as JSON for programs."""
    if not isinstance(error, HTTPException):
        raise error
    status, message = error.status_code, str(error.detail)
    if status == 404 and message == "Not Found":
        message = "there is nothing at this address; /help says what there is"
    if status == 405:
        message = "this address takes another method; /api/openapi.json says which"
    path = request.url.path
    for_programs = path.startswith(("/api/", "/reconcile", "/static/"))
    if not for_programs and "text/html" in request.headers.get("accept", ""):
        return _html(error_page(status, message), status)
    body = {"error": {"status": status, "message": message}}
    return JSONResponse(body, status, headers=error.headers)
