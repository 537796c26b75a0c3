"""The API described in OpenAPI 3.1, for programs that make clients and for people who try it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

from tagnorm.__about__ import __version__
from tagnorm.decisions.states import STATES
from tagnorm.files.interface import FORM_OPTIONS
from tagnorm.options import Unresolved
from tagnorm.resolution import STATUSES
from tagnorm.serve.settings import MOST_MATCHES, Settings
from tagnorm.vocabulary import entries as vocabulary

__all__ = ["description"]

_Schema = dict[str, Any]


def _text(about: str = "") -> _Schema:
    return {"type": "string", "description": about} if about else {"type": "string"}


def _list(items: _Schema) -> _Schema:
    return {"type": "array", "items": items}


def _object(properties: dict[str, _Schema], *, optional: tuple[str, ...] = ()) -> _Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}


def _ref(name: str) -> _Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _or_null(kind: str) -> _Schema:
    return {"type": [kind, "null"]}


_PROBABILITY = {"type": "number", "minimum": 0, "maximum": 1}
# How strings are read, everywhere.
_READING: dict[str, _Schema] = {
    "unresolved": {"type": "string", "enum": list(get_args(Unresolved))},
    "min_confidence": {**_PROBABILITY, "description": "refuse less sure answers"},
    "unique": {"type": "boolean", "description": "leave out a tag that its string has already"},
}
# What an uploaded file is, where that is not to be found out.
_FORM: dict[str, _Schema] = {
    **{name: _text() for name in FORM_OPTIONS},
    "on_error": {"type": "string", "enum": ["stop", "report"]},
}
_STATUS = {"type": "string", "enum": list(STATUSES)}
_STATE = {"type": "string", "enum": list(STATES)}
_CODE: dict[str, _Schema] = {
    "code": _text(),
    "name": _text(),
    "kind": _text(),
    "family": _text(),
    "family_name": _text(),
    "status": {"type": "string", "enum": list(vocabulary.STATUSES)},
    "from": _or_null("integer"),
    "to": _or_null("integer"),
    "replaced_by": _text(),
    "frequency": _or_null("number"),
    "frequencies": {"type": "object", "additionalProperties": {"type": "number"}},
    "aliases": _list(_text()),
    "names": {"type": "object", "additionalProperties": _text()},
    "note": _text("what its messages are about"),
    "source": _text(),
}
_FOUND = {
    "score": {"type": "number", "description": "orders the matches; no probability"},
    "found_by": _object({"field": _text(), "text": _text()}),
}
_CONFUSIONS = _list(_object({"code": _text(), "name": _text(), "share": _PROBABILITY}))
_ALTERNATIVE = {"tags": _list(_text()), "confidence": _PROBABILITY}
_SCHEMAS: dict[str, _Schema] = {
    "Reading": _object(
        {
            "raw": _text(),
            "tags": _list(_text()),
            "status": _STATUS,
            "state": _STATE,
            "confidence": _PROBABILITY,
            "unresolved": _list(_text()),
            "words": _list(
                _object(
                    {
                        "raw": _text(),
                        "start": {"type": "integer"},
                        "end": {"type": "integer"},
                        "tags": _list(_text()),
                        "status": _STATUS,
                        "confidence": _PROBABILITY,
                        "alternatives": _list(_object(_ALTERNATIVE)),
                    }
                )
            ),
            "segments": _list(
                _object(
                    {
                        "raw": _text(),
                        "shown": _text("the same, with what does not print escaped"),
                        "start": {"type": "integer"},
                        "end": {"type": "integer"},
                        "code": _or_null("string"),
                        "name": _text(),
                        "how": _text("canonical, alias, separator, or the edit that was undone"),
                        "why": _text("the same in words"),
                    }
                )
            ),
            "alternatives": _list(_object({**_ALTERNATIVE, "names": _list(_text())})),
        }
    ),
    "Code": _object({**_CODE, "confused_with": _CONFUSIONS}, optional=("confused_with",)),
    "Match": _object({**_CODE, **_FOUND}),
    "Family": _object(
        {
            "id": _text(),
            "family": _text(),
            "kind": _text(),
            "name": _text(),
            "codes": {"type": "integer"},
        }
    ),
    "Error": _object({"error": _object({"status": {"type": "integer"}, "message": _text()})}),
}


def _answer(about: str, schema: _Schema, kind: str = "application/json") -> dict[str, Any]:
    failed = {"description": "what is wrong, and the remedy", "content": {
        "application/json": {"schema": _ref("Error")}}}  # fmt: skip
    found = {"description": about, "content": {kind: {"schema": schema}}}
    return {"200": found, "4XX": failed}


def _query(name: str, about: str, schema: _Schema | None = None, *, required: bool = False) -> Any:
    return {
        "name": name,
        "in": "query",
        "required": required,
        "description": about,
        "schema": schema or {"type": "string"},
    }


def _get(name: str, summary: str, responses: Any, parameters: Iterable[Any] = ()) -> Any:
    get = {"operationId": name, "summary": summary, "responses": responses}
    listed = list(parameters)
    return get | {"parameters": listed} if listed else get


def _post(
    name: str, summary: str, responses: Any, body: _Schema, kind: str = "multipart/form-data"
) -> Any:
    return {
        "operationId": name,
        "summary": summary,
        "requestBody": {"required": True, "content": {kind: {"schema": body}}},
        "responses": responses,
    }


def description(root: str, settings: Settings) -> dict[str, Any]:
    """The document, with the address at which the service was called and its limits."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "tagnorm",
            "version": __version__,
            "description": "Turns dirty tag strings into the codes of a controlled vocabulary. "
            "The W3C Reconciliation Service API is at /reconcile, and its draft at "
            "/reconcile/draft.",
        },
        "servers": [{"url": root}],
        "paths": {"/api/resolve": _reading(settings), **_looking_up(), **_uploading()},
        "components": {"schemas": _SCHEMAS},
    }


def _reading(settings: Settings) -> Any:
    responses = _answer("the readings, in order", _object({"results": _list(_ref("Reading"))}))
    options = [
        _query(name, schema.get("description", ""), schema) for name, schema in _READING.items()
    ]
    texts = _list({"type": "string", "maxLength": settings.most_letters})
    body = _object(
        {"texts": {**texts, "maxItems": settings.most_queries}, **_READING},
        optional=tuple(_READING),
    )
    text = _query("text", "the string; may be given again", required=True)
    return {
        "get": _get("resolve", "Read one string, or several", responses, [text, *options]),
        "post": _post("resolveMany", "Read many strings", responses, body, "application/json"),
    }


def _looking_up() -> Any:
    limit = {"type": "integer", "minimum": 1, "maximum": MOST_MATCHES}
    matches = _object({"query": _text(), "matches": _list(_ref("Match"))})
    codes = _object({"version": _text(), "codes": _list(_ref("Code"))})
    families = _object({"families": _list(_ref("Family"))})
    code = {"name": "code", "in": "path", "required": True, "schema": {"type": "string"}}
    operations = {
        "/api/search": _get(
            "search",
            "Find codes by words of their names, aliases and notes",
            _answer("the codes, the best first", matches),
            [
                _query("q", "the words", required=True),
                _query("limit", "at most so many", limit),
                *(_query(name, f"only codes of this {name}") for name in ("kind", "family")),
            ],
        ),
        "/api/codes": _get(
            "codes",
            "List the vocabulary",
            _answer("the codes, and the edition of the vocabulary", codes),
            (_query(name, f"only codes of this {name}") for name in ("family", "kind", "status")),
        ),
        "/api/codes/{code}": _get(
            "code", "All that is known of a code", _answer("the code", _ref("Code")), [code]
        ),
        "/api/families": _get(
            "families",
            "The families, and the kinds without one",
            _answer("the families", families),
        ),
    }
    return {path: {"get": operation} for path, operation in operations.items()}


def _uploading() -> Any:
    body = _object(
        {
            "file": {"type": "string", "format": "binary"},
            "column": _text("the column; tags if it is not given"),
            "beside": _text("yes: keep the raw column, and put the tags beside it"),
            **_READING,
            **_FORM,
        },
        optional=("column", "beside", *_READING, *_FORM),
    )
    figures = _answer("the figures", {"type": "object"})
    file = _answer(
        "the file, in its own format",
        {"type": "string", "format": "binary"},
        "application/octet-stream",
    )
    operations = {
        "/api/report": _post(
            "report", "The figures of a column of an uploaded file", figures, body
        ),
        "/api/clean": _post("clean", "Clean a column of an uploaded file", file, body),
    }
    return {path: {"post": operation} for path, operation in operations.items()}
