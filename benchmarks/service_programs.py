"""The servers that are measured: `python -m benchmarks.service_programs tagnorm` or `floor`."""

from __future__ import annotations

import json
import os
import socket
import sys

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tagnorm.serve import Settings, create_app
from tagnorm.serve.guards import Guards

__all__ = ["FLOOR"]

FLOOR = "floor"
_kept: list[object] = []


async def _constant(request: Request) -> Response:
    """What the first request held, for every request: parsed and written as by the service."""
    found = json.loads(str((await request.form())["queries"]))
    if not _kept:
        _kept.append(found)
    return JSONResponse(_kept[0])


def main(kind: str) -> None:
    """Serve on a free port of this machine, and print which."""
    if hasattr(os, "sched_setaffinity"):
        # One core, whatever the machine has.
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    app = create_app()
    if kind == FLOOR:
        routes = [Route("/reconcile", _constant, methods=["POST"])]
        app = Guards(Starlette(routes=routes), Settings())
    # By its protocol asyncio knows that small answers are not to wait.
    with socket.socket(proto=socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        print(listening.getsockname()[1], flush=True)
        config = uvicorn.Config(app, log_level="critical", timeout_keep_alive=600)
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main(sys.argv[1])
