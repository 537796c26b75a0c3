"""`tagnorm serve`: the pages, the API and the reconciliation service on this machine."""

from __future__ import annotations

import logging
import os
import socket

import click

from tagnorm.cli.exits import UNAVAILABLE, Failure
from tagnorm.cli.options import Vocabulary, vocabulary_options
from tagnorm.cli.streams import note

__all__ = ["command"]

_MEGABYTE = 1 << 20
# All addresses of this machine, each with one by which it may be called from here.
_ALL = {"0.0.0.0": "127.0.0.1", "::": "::1"}


@click.command()
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="The address to listen on; others than this machine's are open to the network.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    metavar="N",
    help="The port; 0 takes a free one.",
)
@click.option(
    "--allow-host",
    multiple=True,
    metavar="NAME",
    help="Another name by which the service may be called; may be given again.",
)
@click.option(
    "--allow-origin",
    multiple=True,
    metavar="ORIGIN",
    help="Pages of other servers that may read the answers, such as https://refine.example.org, "
    "or * for all; may be given again. Pages of this machine always may.",
)
@click.option(
    "--max-upload",
    type=click.IntRange(1, 4096),
    default=64,
    show_default=True,
    metavar="MB",
    help="The largest file that may be uploaded.",
)
@vocabulary_options
def command(
    *,
    host: str,
    port: int,
    allow_host: tuple[str, ...],
    allow_origin: tuple[str, ...],
    max_upload: int,
    vocabulary: Vocabulary,
) -> None:
    """Serve pages to paste strings, browse the vocabulary and clean files, and the same as JSON.

    OpenRefine and other clients of the W3C Reconciliation Service API use the address of the
    service with /reconcile behind it. Nothing that is sent is kept. Ctrl-C ends it.

    \b
    tagnorm serve
    tagnorm serve --port 9000 --decisions decisions.tsv
    """
    if not host.strip():  # which would be all addresses, open to the network
        raise click.UsageError("--host is empty; name an address, or leave the option out")
    import uvicorn  # noqa: PLC0415 -- an extra

    from tagnorm.serve import Settings, create_app  # noqa: PLC0415

    try:
        settings = Settings(
            hosts=(*allow_host, *([] if host in _ALL else [host])),
            origins=allow_origin,
            most_upload=max_upload * _MEGABYTE,
        )
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    app = create_app(vocabulary.normalizer(), settings)
    config = uvicorn.Config(
        app,
        log_level=logging.WARNING,
        server_header=False,
        timeout_keep_alive=30,
        limit_concurrency=256,
    )
    with _listening(host, port) as listening:
        bound, number = listening.getsockname()[:2]
        note(f"{_address(_ALL.get(bound, bound), number)} (Ctrl-C ends it)")
        if bound in _ALL:
            note("other machines reach it by the names that --allow-host gives")
        uvicorn.Server(config).run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    """A socket at the address; whoever connects waits until the service is ready.

    Raises:
        Failure: nobody can listen there.
    """
    try:
        found = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        family, kind, protocol, _, address = found[0]
        # The protocol has to be named: by it asyncio knows that small answers are not to wait.
        made = socket.socket(family, kind, protocol or socket.IPPROTO_TCP)
        try:
            if os.name == "posix":
                made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            made.bind(address)
            made.listen(128)
        except OSError:
            made.close()
            raise
    except OSError as error:
        raise Failure(
            f"{_address(host, port)}: cannot be listened on: {error.strerror or error}; "
            "name another --port or --host",
            UNAVAILABLE,
        ) from error
    return made


def _address(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"
