"""The reconciliation service by HTTP: queries a second, beside a service that answers a constant.

Both run as they run for everybody, each in a process of its own on one core: uvicorn, the same
guards, the same framework, the same answers in size. One client sends batches, one after another,
on one connection, as OpenRefine does. On a machine that others use too, the seconds of the server's
processor say more than those of the clock.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple
from urllib.parse import urlencode

from benchmarks.service_programs import FLOOR
from benchmarks.table import rate, table

_STRINGS = Path(__file__).with_name("data") / "raw_tags.tsv"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--queries", type=int, default=1000, help="queries in a round")
    parser.add_argument("--batch", type=int, default=10, help="queries in a request")
    parser.add_argument("--rounds", type=int, default=5, help="interleaved; the median is told")


def run(options: argparse.Namespace) -> int:
    lines = _STRINGS.read_text(encoding="utf-8").splitlines()[1:]
    strings = [line.split("\t")[-1] for line in lines]
    strings = [strings[(n * 7) % len(strings)] for n in range(options.queries)]
    bodies = []
    for at in range(0, len(strings), options.batch):
        batch = strings[at : at + options.batch]
        queries = {f"q{n}": {"query": text, "limit": 5} for n, text in enumerate(batch)}
        bodies.append(urlencode({"queries": json.dumps(queries)}))
    with _Service("tagnorm") as service, _Service(FLOOR) as floor:
        answer = service.ask(bodies[0])
        floor.ask(urlencode({"queries": answer.decode()}))
        cold = service.round(bodies)
        rounds = [(service.round(bodies), floor.round(bodies)) for _ in range(options.rounds)]
    ours, constant = (
        _Round(median([one.wall for one in each]), median([one.busy for one in each]))
        for each in zip(*rounds, strict=True)
    )
    rows = [
        (name, rate(options.queries / one.wall), rate(options.queries / one.busy))
        for name, one in (
            ("the service, first round", cold),
            ("the service", ours),
            ("a service that answers a constant", constant),
        )
    ]
    title = f"{options.queries:,} reconciliation queries in batches of {options.batch}"
    print(table(("", "queries/s", "a second of its processor"), rows, title))
    return 0


class _Round(NamedTuple):
    """How long a round took, by the clock, and how long it kept the server busy."""

    wall: float
    busy: float


class _Service:
    """A server in a process of its own, and a connection to it."""

    def __init__(self, kind: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.service_programs", kind],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        port = int(self._process.stdout.readline())
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def __enter__(self) -> _Service:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()
        self._process.terminate()
        self._process.wait(timeout=20)

    def ask(self, body: str) -> bytes:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        self._connection.request("POST", "/reconcile", body, headers)
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{answer.status}: {content[:200]!r}")
        return content

    def round(self, bodies: list[str]) -> _Round:
        start, busy = perf_counter(), self._busy()
        for body in bodies:
            self.ask(body)
        return _Round(perf_counter() - start, self._busy() - busy or 1e-9)

    def _busy(self) -> float:
        """How many seconds of processor the server has had; by the clock where nobody tells."""
        file = Path(f"/proc/{self._process.pid}/stat")
        if not file.exists():
            return perf_counter()
        fields = file.read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
