"""What every request passes before it is answered, and every answer before it leaves.

* The `Host` must be one that is allowed; the body must not be too large, whatever its header says.
* Pages of allowed origins may read the answers (CORS); no cookie or credential is ever used.
* An answer says what a browser may do with it: run nothing that is not ours, be framed by nobody.
* What goes wrong inside is an answer without any detail of this machine.
"""

from __future__ import annotations

import json
import logging
from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tagnorm.arguments import named_by
from tagnorm.serve.field_names import field_name
from tagnorm.serve.settings import Settings

__all__ = ["BUG", "Guards", "TooLargeError", "policy"]

BUG = "an error in the service itself; its log says more"
_LOG = logging.getLogger("tagnorm.serve")
_METHODS = "GET, HEAD, POST, OPTIONS"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class TooLargeError(HTTPException):
    """A body is larger than it may be."""

    def __init__(self, most: int) -> None:
        super().__init__(413, f"the body is larger than {most:,} bytes")


def policy(*changes: str) -> dict[str, str]:
    """The header for a page with a policy of its own: directives that replace those of the rest."""
    names = {change.partition(" ")[0] for change in changes}
    kept = [part for part in _POLICY.split("; ") if part.partition(" ")[0] not in names]
    return {"Content-Security-Policy": "; ".join([*kept, *changes])}


class Guards:
    """An ASGI application that guards another."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin", "")
        allowed = bool(origin) and self._settings.allows_origin(origin)
        sender = _Sender(send, origin if allowed else "")
        most = self._most(scope)
        if not self._settings.allows_host(headers.get("host", "")):
            await sender.refuse(400, "this service is not called by that name; see --allow-host")
        elif not headers.get("content-length", "0").isdecimal():
            await sender.refuse(400, "the length of the body is no number")
        elif int(headers.get("content-length", "0")) > most:
            await sender.refuse(413, f"the body is larger than {most:,} bytes")
        elif scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await sender.preflight(allowed=allowed)
        else:
            await self._answer(scope, _counted(receive, most, sender), sender)

    async def _answer(self, scope: Scope, receive: Receive, sender: _Sender) -> None:
        try:
            with named_by(field_name):
                await self._app(scope, receive, sender.send)
        except TooLargeError as error:
            await sender.refuse(413, error.detail)
        except Exception:  # whatever it is, the caller learns nothing of this machine
            if sender.is_alone:
                return
            _LOG.exception("an error in the service")
            await sender.refuse(500, BUG)

    def _most(self, scope: Scope) -> int:
        upload = scope["path"].startswith("/upload/") or scope["path"] in (
            "/api/report",
            "/api/clean",
        )
        return self._settings.most_upload if upload else self._settings.most_bytes


def _counted(receive: Receive, most: int, sender: _Sender) -> Receive:
    """The body, as long as it is not too large; the sender learns when nobody is there any more."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        sender.is_alone |= message["type"] == "http.disconnect"
        seen += len(message.get("body", b""))
        if seen > most:
            raise TooLargeError(most)
        return message

    return counted


class _Sender:
    """Sends an answer with the headers that all have."""

    def __init__(self, send: Send, origin: str) -> None:
        self._send = send
        self._origin = origin
        self._has_started = False
        # Whether the caller hung up, or was sent away for what is no HTTP: no answer reaches it.
        self.is_alone = False

    async def send(self, message: MutableMapping[str, Any]) -> None:
        if self.is_alone:
            return
        if message["type"] == "http.response.start":
            self._has_started = True
            headers = MutableHeaders(raw=message["headers"])
            headers.setdefault("Content-Security-Policy", _POLICY)
            headers.setdefault("X-Content-Type-Options", "nosniff")
            headers.setdefault("Referrer-Policy", "no-referrer")
            headers.setdefault("Cache-Control", "no-store")
            headers.add_vary_header("Origin")
            if self._origin:
                headers["Access-Control-Allow-Origin"] = self._origin
        try:
            await self._send(message)
        except Exception as error:  # what came was no HTTP any more, and was answered by the server
            self.is_alone = True
            _LOG.warning("an answer was not sent: %s", error)

    async def preflight(self, *, allowed: bool) -> None:
        if not allowed:
            await self.refuse(403, "pages of that origin may not call this; see --allow-origin")
            return
        headers = [
            (b"access-control-allow-methods", _METHODS.encode()),
            (b"access-control-allow-headers", b"content-type, accept"),
            (b"access-control-max-age", b"600"),
        ]
        await self._respond(204, headers, b"")

    async def refuse(self, status: int, message: str) -> None:
        """An error as JSON, unless an answer is on its way already."""
        if self._has_started:
            return
        body = json.dumps({"error": {"status": status, "message": message}}).encode()
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
        ]
        await self._respond(status, headers, body)

    async def _respond(self, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})
