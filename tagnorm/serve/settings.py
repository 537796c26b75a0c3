"""What a service allows: who may call it by which name, from which pages, and how much at once."""

from __future__ import annotations

from urllib.parse import urlsplit

import attrs

from tagnorm.arguments import argument, checked_names
from tagnorm.cells import several

__all__ = ["LOOPBACK", "MOST_MATCHES", "Settings"]

# As many codes may be asked for in one search.
MOST_MATCHES = 100
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def _hosts(given: object) -> tuple[str, ...]:
    names = tuple(name.lower().strip("[]") for name in several("hosts", given))
    for name in names:
        # An address of IPv6 has more than one colon.
        if name.count(":") == 1 or "/" in name or not name.strip():
            raise ValueError(
                f"{argument('hosts')} holds {name!r:.60}; it takes a name alone, such as "
                "tags.example.org, without http:// and port"
            )
    return names


def _origins(given: object) -> tuple[str, ...]:
    origins = tuple(origin.lower() for origin in several("origins", given))
    for origin in origins:
        if origin not in ("*", "null") and not ("://" in origin and _host_of(origin)):
            raise ValueError(
                f"{argument('origins')} holds {origin!r:.60}; it takes the beginning of an "
                "address, such as https://refine.example.org, without a slash at its end, or *"
            )
    return origins


def _at_least_one(settings: Settings, field: attrs.Attribute[int], value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        kind = type(value).__name__
        raise TypeError(f"{field.name} is {value!r:.60}, of type {kind}; it takes a number")
    if value < 1:
        raise ValueError(f"{field.name} is {value}; it takes a number from 1")


def _limit(default: int) -> int:
    return attrs.field(default=default, validator=_at_least_one)


@checked_names
@attrs.frozen
class Settings:
    """The limits of a service, and whom it answers.

    * `hosts` -- the names by which it may be called, beside those of this machine; a request that
      calls it by another is refused, so that no foreign page can reach it by a name of its own;
    * `origins` -- the pages of other servers that may read its answers, such as
      `https://refine.example.org`, or `*` for all; those of this machine always may;
    * `most_bytes` and `most_upload` -- the largest body of a query and of an upload;
    * `most_queries` -- so many strings or queries in one request;
    * `most_letters` and `most_in_all` -- so many in one string, and in all those of a request.

    >>> Settings().allows_host("localhost:8000"), Settings().allows_host("evil.example")
    (True, False)
    >>> Settings().allows_origin("http://127.0.0.1:3333"), Settings().allows_origin("http://evil.it")
    (True, False)

    Raises:
        TypeError, ValueError: something is of another type, a limit is below 1, or a host or origin
            is none that a browser could say.
    """

    hosts: tuple[str, ...] = attrs.field(default=(), converter=_hosts)
    origins: tuple[str, ...] = attrs.field(default=(), converter=_origins)
    most_bytes: int = _limit(1 << 20)
    most_upload: int = _limit(64 << 20)
    most_queries: int = _limit(100)
    most_letters: int = _limit(10_000)
    most_in_all: int = _limit(100_000)

    def allows_host(self, host: str) -> bool:
        """Whether the service may be called by the name in a `Host` header."""
        name = _host_of(f"//{host}")
        return name is not None and ("*" in self.hosts or name in (*LOOPBACK, *self.hosts))

    def allows_origin(self, origin: str) -> bool:
        """Whether a page of an origin may read the answers."""
        if "*" in self.origins or origin.lower() in self.origins:
            return True
        return origin.startswith(("http://", "https://")) and _host_of(origin) in LOOPBACK


def _host_of(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        _ = parts.port  # a port that is no number is no address
    except ValueError:
        return None
    plain = not (parts.path or parts.query or parts.fragment or parts.username is not None)
    return parts.hostname.lower() if plain and parts.hostname else None
