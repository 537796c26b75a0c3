"""`tagnorm serve`: the pages, the API and the reconciliation service on this machine."""

from __future__ import annotations

import logging
import socket
from typing import Any

import click

from tagnorm.cli.options import Vocabulary, vocabulary_options
from tagnorm.cli.streams import note

__all__ = ["command"]

_MEGABYTE = 1 << 20


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
    import uvicorn  # noqa: PLC0415 -- an extra

    from tagnorm.serve import Settings, create_app  # noqa: PLC0415

    settings = Settings(
        hosts=(*allow_host, *([] if host in ("", "0.0.0.0", "::") else [host])),
        origins=allow_origin,
        most_upload=max_upload * _MEGABYTE,
    )
    app = create_app(vocabulary.normalizer(), settings)
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level=logging.WARNING,
        server_header=False,
        timeout_keep_alive=30,
        limit_concurrency=256,
    )
    _server()(config).run()


def _address(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _server() -> type[Any]:
    import uvicorn  # noqa: PLC0415 -- an extra

    class Server(uvicorn.Server):
        """A server that says where it is as soon as it can be reached."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            for server in self.servers:
                for one in server.sockets:
                    host, port = one.getsockname()[:2]
                    note(f"{_address(host, port)} (Ctrl-C ends it)")

    return Server
