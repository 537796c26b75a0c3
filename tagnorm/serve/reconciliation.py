"""The W3C Reconciliation Service API: version 0.2, and the draft of 1.0 with its batches.

`/reconcile` is the endpoint of 0.2, which OpenRefine speaks; `/reconcile/draft` that of the draft.
Both are made of the same candidates, suggestions, values and previews.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tagnorm.__about__ import __version__
from tagnorm.serve.bodies import (
    check_kind,
    check_near,
    check_once,
    json_of,
    json_text,
    limit_of,
    normalizer_of,
    refuse,
    root_of,
    settings_of,
    text_of,
    worked,
)
from tagnorm.serve.candidates import candidates_of, codes_of, type_of, types_of
from tagnorm.serve.extension import PROPERTIES, property_of, values_of
from tagnorm.serve.guards import policy
from tagnorm.serve.pages import flyout_of, preview_of

__all__ = ["ROUTES"]

_CANDIDATES, _MOST_CANDIDATES = 5, 50
_SUGGESTED = 20
# What a query may hold, in 0.2 and in the draft.
_QUERY = ("query", "type", "limit", "properties", "type_strict")
_DRAFT_QUERY = ("conditions", "type", "limit")
_CONDITION = ("matchType", "v", "pid", "required", "matchQuantifier", "matchQualifier")
_EXTENSION = 'send such as {"ids": ["PREL"], "properties": [{"id": "name"}]}'
_WANTED = 'send such as {"q0": {"query": "PREL"}}'
_PREVIEW = {"width": 420, "height": 300}


async def manifest(request: Request) -> Response:
    """What the service can do; with `queries` or `extend`, the answer to them."""
    values: Mapping[str, Any] = request.query_params
    names = [name for name, _ in request.query_params.multi_items()]
    if request.method == "POST":
        form = "application/x-www-form-urlencoded"
        check_kind(request, form, f"send queries as a form: {form}")
        told = await request.form(max_files=0, max_fields=16)
        values, names = {**values, **told}, [name for name, _ in told.multi_items()]
    check_once(name for name in names if name in ("queries", "extend"))
    if "queries" in values:
        asked = str(values["queries"])
        work = partial(_batch, asked, request)
        return JSONResponse(await worked(work, len(asked), settings_of(request)))
    if "extend" in values:
        found = json_text(str(values["extend"]), "extend", _EXTENSION)
        meta, rows = _extended(found, request)
        by_name = {
            identifier: {one["id"]: one["values"] for one in properties}
            for identifier, properties in rows
        }
        return JSONResponse({"meta": meta, "rows": by_name})
    check_near(values, ("queries", "extend"))
    if request.method == "POST":
        raise refuse("send `queries` or `extend`")
    return JSONResponse(_manifest(request))


def _manifest(request: Request) -> dict[str, Any]:
    root = root_of(request)
    here = f"{root}/reconcile"
    service = {"service_url": here}
    return {
        **_described(request),
        "versions": ["0.2"],
        "identifierSpace": f"{root}/codes/",
        "schemaSpace": f"{root}/types/",
        "view": {"url": f"{root}/codes/{{{{id}}}}"},
        "preview": {**_PREVIEW, "url": f"{here}/preview?id={{{{id}}}}"},
        "suggest": {
            "entity": {
                **service,
                "service_path": "/suggest/entity",
                "flyout_service_url": here,
                "flyout_service_path": "/flyout/entity?id=${id}",
            },
            "type": {**service, "service_path": "/suggest/type"},
            "property": {**service, "service_path": "/suggest/property"},
        },
        "extend": {
            "propose_properties": {**service, "service_path": "/properties"},
            "property_settings": [],
        },
    }


def _described(request: Request) -> dict[str, Any]:
    taxonomy = normalizer_of(request).taxonomy
    return {
        "name": f"tagnorm, {len(taxonomy):,} codes",
        "documentation": f"{root_of(request)}/help",
        "serviceVersion": f"{__version__}, vocabulary {taxonomy.version}",
        "defaultTypes": types_of(taxonomy),
        "batchSize": settings_of(request).most_queries,
    }


def _batch(text: str, request: Request) -> dict[str, Any]:
    queries = json_text(text, "queries", _WANTED)
    if not isinstance(queries, dict):
        raise refuse(f"queries is to be an object; {_WANTED}")
    _check_count(len(queries), request)
    found = {}
    for name, query in queries.items():
        if not isinstance(query, dict):
            raise refuse(f"query {name[:40]!r} is to be an object; {_WANTED}")
        check_near(query, _QUERY)
        if "query" not in query and "properties" not in query:
            raise refuse(f"query {name[:40]!r} has no `query`; {_WANTED}")
        types = query.get("type") or ()
        text = query.get("query", "")
        found[name] = {"result": _candidates(text, types, query.get("limit"), request)}
    return found


def _candidates(text: object, types: object, limit: object, request: Request) -> list[Any]:
    raw = text_of(text, "a query", settings_of(request))
    named = [types] if isinstance(types, str) else types
    if not isinstance(named, list | tuple) or not all(isinstance(one, str) for one in named):
        raise refuse("type is to be the identifier of a type, or a list of them")
    there = [one["id"] for one in types_of(normalizer_of(request).taxonomy)]
    for one in named:
        if one not in there:
            raise refuse(f"there is no type {one[:40]!r}; there are {', '.join(there)}")
    most = limit_of(limit, _CANDIDATES, _MOST_CANDIDATES)
    return candidates_of(raw, normalizer_of(request), types=named, limit=most)


def _check_count(count: int, request: Request) -> None:
    most = settings_of(request).most_queries
    if count > most:
        raise refuse(f"there are {count:,} queries in one batch; send at most {most} at once", 413)


def _extended(found: object, request: Request) -> tuple[list[Any], list[tuple[str, list[Any]]]]:
    """What is said of the properties, and for each entity the values of each."""
    if not isinstance(found, dict):
        raise refuse("a data extension query is an object with `ids` and `properties`")
    check_near(found, ("ids", "properties"))
    ids, wanted = found.get("ids", []), found.get("properties", [])
    if not isinstance(ids, list) or not isinstance(wanted, list):
        raise refuse("`ids` and `properties` are to be lists")
    _check_count(max(len(ids), len(wanted)), request)
    meta = []
    for one in wanted:
        name = one.get("id") if isinstance(one, dict) else None
        known = property_of(name) if isinstance(name, str) else None
        if known is None:
            there = ", ".join(p["id"] for p in PROPERTIES)
            raise refuse(f"there is no property {str(name)[:40]!r}; there are: {there}")
        meta.append(known)
    taxonomy = normalizer_of(request).taxonomy
    rows = []
    for identifier in ids:
        text = text_of(identifier, "an identifier", settings_of(request))
        values = [{"id": p["id"], "values": values_of(text, p["id"], taxonomy)} for p in meta]
        rows.append((text, values))
    return meta, rows


async def suggest_entity(request: Request) -> Response:
    """Codes that what was typed may mean."""
    taxonomy = normalizer_of(request).taxonomy
    prefix, skip = _typed(request)
    matches = taxonomy.search(prefix, limit=skip + _SUGGESTED)[skip:]
    return JSONResponse(
        {
            "result": [
                {
                    "id": match.code.tag,
                    "name": match.code.name or match.code.tag,
                    "description": f"{match.code.tag}, {match.code.kind}",
                    "notable": [type_of(match.code.kind)],
                }
                for match in matches
            ]
        }
    )


async def suggest_type(request: Request) -> Response:
    """Types whose name has what was typed in it."""
    return _suggested(types_of(normalizer_of(request).taxonomy), request)


async def suggest_property(request: Request) -> Response:
    """Properties whose name has what was typed in it."""
    return _suggested(PROPERTIES, request)


def _suggested(there: list[dict[str, str]], request: Request) -> Response:
    prefix, skip = _typed(request)
    key = prefix.casefold()
    found = [one for one in there if key in one["name"].casefold() or key in one["id"].casefold()]
    return JSONResponse({"result": found[skip : skip + _SUGGESTED]})


def _typed(request: Request) -> tuple[str, int]:
    check_near(request.query_params, ("prefix", "cursor"))
    prefix = text_of(request.query_params.get("prefix", ""), "prefix", settings_of(request))
    cursor = request.query_params.get("cursor") or "0"
    if not cursor.isdecimal() or len(cursor) > 6:
        raise refuse("cursor is to be a number of suggestions to skip")
    return prefix, int(cursor)


async def properties(request: Request) -> Response:
    """What can be fetched about entities of a type; it is the same for all."""
    limit = limit_of(request.query_params.get("limit"), len(PROPERTIES), len(PROPERTIES))
    kind = request.query_params.get("type", "")
    return JSONResponse({"type": kind, "limit": limit, "properties": PROPERTIES[:limit]})


def _entity(request: Request) -> tuple[str, list[Any]]:
    identifier = text_of(request.query_params.get("id", ""), "id", settings_of(request))
    codes = codes_of(identifier, normalizer_of(request).taxonomy)
    if not codes:
        raise refuse("there is no code with this identifier", 404)
    return identifier, codes


async def preview(request: Request) -> Response:
    """A small page about an entity, to be shown in the pages of others."""
    identifier, codes = _entity(request)
    page = preview_of(identifier, codes, normalizer_of(request).taxonomy, root_of(request))
    return Response(page, media_type="text/html", headers=policy("frame-ancestors *"))


async def flyout(request: Request) -> Response:
    """A few lines about an entity, as HTML within JSON."""
    identifier, codes = _entity(request)
    html = flyout_of(codes, normalizer_of(request).taxonomy)
    return JSONResponse({"id": identifier, "html": html})


async def draft_manifest(request: Request) -> Response:
    """What the service can do, as the draft has it."""
    return JSONResponse(
        {
            **_described(request),
            "versions": ["1.0-draft"],
            "view": {"url": f"{root_of(request)}/codes/{{id}}"},
            "preview": _PREVIEW,
            "suggest": {"entity": True, "property": True, "type": True},
            "extend": {"proposeProperties": True, "propertySettings": []},
            "standardizedScore": False,
        }
    )


async def draft_reconcile(request: Request) -> Response:
    """A batch of queries as the draft has it: a list of conditions for each."""
    wanted = '{"queries": [{"conditions": [{"matchType": "name", "v": "PREL"}]}]}'
    body = await json_of(request, f"send such as {wanted}")
    queries = body.get("queries")
    if not isinstance(queries, list):
        raise refuse("`queries` is to be a list, of objects with `conditions`")
    _check_count(len(queries), request)

    def meet() -> list[Any]:
        return [{"candidates": _met(one, request)} for one in queries]

    letters = len(await request.body())
    return JSONResponse({"results": await worked(meet, letters, settings_of(request))})


def _met(query: object, request: Request) -> list[Any]:
    """The candidates that meet the conditions of one query."""
    conditions = query.get("conditions") if isinstance(query, dict) else None
    if not isinstance(query, dict) or not isinstance(conditions, list) or not conditions:
        raise refuse("a query is an object with a list of `conditions`")
    check_near(query, _DRAFT_QUERY)
    text, demanded = "", []
    for condition in conditions:
        kind = condition.get("matchType") if isinstance(condition, dict) else None
        if kind not in ("name", "property") or "v" not in condition:
            raise refuse("a condition has a `matchType`, `name` or `property`, and `v`")
        check_near(condition, _CONDITION)
        if kind == "name":
            value = condition["v"]
            text = str(value[0] if isinstance(value, list) and value else value)
        elif condition.get("required") is True:
            demanded.append(condition)
    most = limit_of(query.get("limit"), _CANDIDATES, _MOST_CANDIDATES)
    found = _candidates(text, query.get("type") or (), _MOST_CANDIDATES, request)
    taxonomy = normalizer_of(request).taxonomy
    return [one for one in found if all(_meets(one, c, taxonomy) for c in demanded)][:most]


def _meets(candidate: Mapping[str, Any], condition: Mapping[str, Any], taxonomy: Any) -> bool:
    name = condition.get("pid")
    if not isinstance(name, str) or property_of(name) is None:
        raise refuse("a condition on a property names it in `pid`; see /suggest/property")
    there = {
        str(part).casefold()
        for value in values_of(candidate["id"], name, taxonomy)
        for part in value.values()
    }
    value = condition["v"]
    asked = {
        str(one.get("id") if isinstance(one, dict) else one).casefold()
        for one in (value if isinstance(value, list) else [value])
    }
    quantifier = condition.get("matchQuantifier", "any")
    if quantifier == "all":
        return asked <= there
    return there.isdisjoint(asked) if quantifier == "none" else not there.isdisjoint(asked)


async def draft_extend(request: Request) -> Response:
    """Values of properties, as the draft has them: lists instead of objects."""
    meta, rows = _extended(await json_of(request, _EXTENSION), request)
    listed = [{"id": identifier, "properties": values} for identifier, values in rows]
    return JSONResponse({"meta": meta, "rows": listed})


_GET, _BOTH, _POST = ["GET"], ["GET", "POST"], ["POST"]
ROUTES = [
    Route("/reconcile", manifest, methods=_BOTH),
    Route("/reconcile/", manifest, methods=_BOTH),
    Route("/reconcile/properties", properties, methods=_GET),
    Route("/reconcile/flyout/entity", flyout, methods=_GET),
    Route("/reconcile/draft", draft_manifest, methods=_GET),
    Route("/reconcile/draft/", draft_manifest, methods=_GET),
    Route("/reconcile/draft/reconcile", draft_reconcile, methods=_POST),
    Route("/reconcile/draft/extend", draft_extend, methods=_POST),
    Route("/reconcile/draft/extend/propose", properties, methods=_GET),
    *(
        Route(f"{root}{path}", endpoint, methods=_GET)
        for root in ("/reconcile", "/reconcile/draft")
        for path, endpoint in (
            ("/suggest/entity", suggest_entity),
            ("/suggest/type", suggest_type),
            ("/suggest/property", suggest_property),
            ("/preview", preview),
        )
    ),
]
