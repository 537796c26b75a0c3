"""What the Reconciliation Service API demands, as JSON Schemas: version 0.2 and the draft of 1.0.

Written after the specification (https://www.w3.org/community/reports/reconciliation/ and
https://reconciliation-api.github.io/specs/), and stricter: what it does not name is refused.
"""

from __future__ import annotations

from typing import Any

__all__ = ["DRAFT", "V02"]

_Schema = dict[str, Any]
TEXT: _Schema = {"type": "string", "minLength": 1}
ANY_TEXT: _Schema = {"type": "string"}
YES_NO: _Schema = {"type": "boolean"}
WHOLE: _Schema = {"type": "integer"}
URL: _Schema = {"type": "string", "pattern": "^https?://"}


def _object(required: dict[str, _Schema], optional: dict[str, _Schema] | None = None) -> _Schema:
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def _list(items: _Schema, **more: Any) -> _Schema:
    return {"type": "array", "items": items, **more}


def _named(items: _Schema) -> _Schema:
    return {"type": "object", "additionalProperties": items}


NAMED = _object({"id": TEXT, "name": TEXT})
CANDIDATE = _object(
    {
        "id": TEXT,
        "name": TEXT,
        "type": _list(NAMED, minItems=1),
        "score": {"type": "number", "minimum": 0, "maximum": 1},
        "match": {"type": "boolean"},
    },
    {
        "description": ANY_TEXT,
        "features": _list(
            _object({"id": TEXT, "name": TEXT, "value": {"type": ["number", "boolean"]}})
        ),
    },
)
VALUE: _Schema = {
    "oneOf": [
        _object({}),
        _object({"id": TEXT, "name": TEXT}, {"description": ANY_TEXT}),
        _object({"str": ANY_TEXT}),
        _object({"float": {"type": "number"}}),
        _object({"int": WHOLE}),
    ]
}
META = _list(_object({"id": TEXT, "name": TEXT}, {"type": NAMED, "service": URL}))
SUGGESTED = _object(
    {
        "result": _list(
            _object({"id": TEXT, "name": TEXT}, {"description": ANY_TEXT, "notable": _list(NAMED)})
        )
    }
)
_DESCRIBED = {
    "name": TEXT,
    "documentation": URL,
    "serviceVersion": TEXT,
    "defaultTypes": _list(NAMED, uniqueItems=True),
    "batchSize": {"type": "integer", "minimum": 1},
}
_PLACE = _object(
    {"service_url": URL, "service_path": {"type": "string", "pattern": "^/"}},
    {
        "flyout_service_url": URL,
        "flyout_service_path": {"type": "string", "pattern": r"\$\{id\}"},
    },
)
_TEMPLATE = {"type": "string", "pattern": r"^https?://.*\{\{id\}\}"}

V02: dict[str, _Schema] = {
    "manifest": _object(
        {
            **_DESCRIBED,
            "versions": _list(TEXT, contains={"const": "0.2"}),
            "identifierSpace": URL,
            "schemaSpace": URL,
            "view": _object({"url": _TEMPLATE}),
            "preview": _object({"url": _TEMPLATE, "width": WHOLE, "height": WHOLE}),
            "suggest": _object({"entity": _PLACE, "type": _PLACE, "property": _PLACE}),
            "extend": _object({"propose_properties": _PLACE, "property_settings": _list({})}),
        }
    ),
    "results": _named(_object({"result": _list(CANDIDATE)})),
    "suggest": SUGGESTED,
    "flyout": _object({"id": TEXT, "html": TEXT}),
    "properties": _object(
        {"properties": _list(NAMED, minItems=1), "type": ANY_TEXT}, {"limit": WHOLE}
    ),
    "extend": _object({"meta": META, "rows": _named(_named(_list(VALUE)))}),
}
DRAFT: dict[str, _Schema] = {
    "manifest": _object(
        {
            **_DESCRIBED,
            "versions": _list(TEXT, contains={"const": "1.0-draft"}),
            "view": _object({"url": {"type": "string", "pattern": r"^https?://.*[^{]\{id\}"}}),
            "preview": _object({"width": WHOLE, "height": WHOLE}),
            "suggest": _object(dict.fromkeys(("entity", "property", "type"), YES_NO)),
            "extend": _object({"proposeProperties": YES_NO, "propertySettings": _list({})}),
            "standardizedScore": {"type": "boolean"},
        }
    ),
    "results": _object({"results": _list(_object({"candidates": _list(CANDIDATE)}))}),
    "suggest": SUGGESTED,
    "extend": _object(
        {
            "meta": META,
            "rows": _list(
                _object(
                    {"id": TEXT, "properties": _list(_object({"id": TEXT, "values": _list(VALUE)}))}
                )
            ),
        }
    ),
}  # fmt: skip
