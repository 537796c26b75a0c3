"""The JSON API: read strings, search, and look up codes and families."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tagnorm.errors import UnresolvedError
from tagnorm.options import ReadingOptions
from tagnorm.serve.answers import code_of, families_of, reading_of, search_of
from tagnorm.serve.bodies import (
    json_of,
    limit_of,
    normalizer_of,
    options_of,
    query_of,
    refuse,
    root_of,
    settings_of,
    text_of,
    worked,
)
from tagnorm.serve.openapi import description
from tagnorm.serve.settings import MOST_MATCHES
from tagnorm.vocabulary.entries import Code
from tagnorm.vocabulary.facts import codes_with, facts_of

__all__ = ["ROUTES"]


async def resolve(request: Request) -> Response:
    """The readings of one string, or of several."""
    settings, normalizer = settings_of(request), normalizer_of(request)
    if request.method == "POST":
        body = await json_of(request, 'send such as {"texts": ["PREL"]}')
        options = options_of(body, ["texts"])
        texts = body.get("texts")
        if not isinstance(texts, list):
            raise refuse("`texts` is to be a list of strings")
    else:
        query = query_of(request, tuple(ReadingOptions.__annotations__), lists=("text",))
        options = options_of(query, ["text"])
        if "text" not in query:
            raise refuse("say which string: /api/resolve?text=PRELPGOV")
        texts = query.getlist("text")
    if len(texts) > settings.most_queries:
        raise refuse(f"send at most {settings.most_queries} strings at once", 413)
    strings = [text_of(text, "a text", settings) for text in texts]

    def read() -> list[Any]:
        try:
            answers = [normalizer.resolve(text, **options.as_given()) for text in strings]
        except UnresolvedError as error:
            raise refuse(str(error), 422) from None
        return [reading_of(answer, normalizer) for answer in answers]

    found = await worked(read, sum(map(len, strings)), settings)
    return JSONResponse({"results": found})


async def search(request: Request) -> Response:
    """Codes by words, the best first."""
    query = query_of(request, ("q", "limit", "kind", "family"))
    if "q" not in query:
        raise refuse("say which words: /api/search?q=human+rights")
    words = text_of(query["q"], "q", settings_of(request))
    matches = search_of(
        words,
        normalizer_of(request).taxonomy,
        limit=limit_of(query.get("limit"), 10, MOST_MATCHES),
        among=_asked_for(request, "kind", "family"),
    )
    return JSONResponse({"query": words, "matches": matches})


def _asked_for(request: Request, *fields: str) -> Iterable[Code]:
    """The codes of the family, kind or status that a request names, or all.

    Raises:
        HTTPException: there is no such family, kind or status.
    """
    taxonomy = normalizer_of(request).taxonomy
    found: Iterable[Code] = taxonomy
    for field in fields:
        if asked := request.query_params.get(field):
            try:
                found = codes_with(field, asked, taxonomy, among=found)
            except ValueError as error:
                raise refuse(f"{field} {error}") from None
    return found


async def codes(request: Request) -> Response:
    """The codes of the vocabulary, or of a family, a kind or a status."""
    taxonomy, names = normalizer_of(request).taxonomy, ("family", "kind", "status")
    query_of(request, names)
    found = [facts_of(code, taxonomy) for code in _asked_for(request, *names)]
    return JSONResponse({"version": taxonomy.version, "codes": found})


async def code(request: Request) -> Response:
    """All that is known of one code."""
    query_of(request, ())
    found = code_of(request.path_params["tag"], normalizer_of(request))
    if found is None:
        raise refuse("there is no such code; /api/search finds codes by words", 404)
    return JSONResponse(found)


async def families(request: Request) -> Response:
    """The families and kinds."""
    query_of(request, ())
    return JSONResponse({"families": families_of(normalizer_of(request).taxonomy)})


async def openapi(request: Request) -> Response:
    """This API, described."""
    query_of(request, ())
    return JSONResponse(description(root_of(request), settings_of(request)))


ROUTES = [
    Route("/api/resolve", resolve, methods=["GET", "POST"]),
    Route("/api/search", search, methods=["GET"]),
    Route("/api/codes", codes, methods=["GET"]),
    Route("/api/codes/{tag:path}", code, methods=["GET"]),
    Route("/api/families", families, methods=["GET"]),
    Route("/api/openapi.json", openapi, methods=["GET"]),
]
