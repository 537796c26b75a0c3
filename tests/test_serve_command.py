"""`tagnorm serve` as a process: it says where it is, answers, and ends when it is told to."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from command_line import called_for_text

pytest.importorskip("uvicorn")
pytest.importorskip("starlette")
httpx = pytest.importorskip("httpx")


@contextmanager
def running(
    *arguments: str, folder: Path, ending: signal.Signals = signal.SIGTERM
) -> Iterator[tuple[str, list[str]]]:
    """The address of a service that runs; at the end the list holds what it said since."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tagnorm.cli", "serve", "--port", "0", *arguments],
        stderr=subprocess.PIPE,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        encoding="utf-8",
    )
    said: list[str] = []
    assert process.stderr is not None
    try:
        first = process.stderr.readline()
        match = re.fullmatch(r"tagnorm: (http://\S+) \(Ctrl-C ends it\)\n", first)
        assert match is not None, first
        yield match[1], said
    finally:
        process.send_signal(ending)
        # By the same stream: it may hold lines that came with the first one.
        said.append(process.stderr.read())
        process.stderr.close()
        process.wait(timeout=30)


def test_it_answers_on_loopback_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    (tmp_path / "d.tsv").write_text("raw\ttags\nKWHG\tKGHG\n")
    options = ("--decisions", "d.tsv")
    with running(*options, folder=tmp_path, ending=signal.SIGINT) as (address, said):
        found = httpx.get(f"{address}/api/resolve", params={"text": "KWHG"}, timeout=30)

    assert address.startswith("http://127.0.0.1:")
    assert found.json()["results"][0]["tags"] == ["KGHG"]
    assert said == [""]


def test_what_is_no_http_is_no_error_of_the_service(tmp_path: Path) -> None:
    post = b"POST /api/resolve HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    bodies = (
        b"Transfer-Encoding: chunked\r\n\r\nZZ\r\n",
        b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{ \r\nZZ\r\n",
        b"Content-Type: application/json\r\nContent-Length: 50\r\n\r\n{",
    )
    with running(folder=tmp_path) as (address, said):
        place = ("127.0.0.1", int(address.rpartition(":")[2]))
        for body in bodies:
            with socket.create_connection(place, timeout=30) as connection:
                connection.sendall(post + body)
                if b"chunked" in body:
                    assert b" 400 " in connection.recv(1000)
        found = httpx.get(f"{address}/api/resolve", params={"text": "PGVO"}, timeout=30)

    assert found.json()["results"][0]["tags"] == ["PGOV"]
    assert "Traceback" not in said[0]
    assert "error in the service" not in said[0]


def test_names_and_origins_can_be_allowed(tmp_path: Path) -> None:
    options = ("--allow-host", "tags.example", "--allow-origin", "https://refine.example")
    headers = {"host": "tags.example", "origin": "https://refine.example"}
    with running(*options, folder=tmp_path) as (address, _):
        found = httpx.get(f"{address}/reconcile", headers=headers, timeout=30)
        other = httpx.get(f"{address}/reconcile", headers={"host": "other.example"}, timeout=30)

    assert found.headers["access-control-allow-origin"] == "https://refine.example"
    assert found.json()["view"]["url"].startswith("http://tags.example/codes/")
    assert other.status_code == 400


def test_a_port_that_is_taken_is_an_error(tmp_path: Path) -> None:
    with running(folder=tmp_path) as (address, _):
        done = subprocess.run(
            [sys.executable, "-m", "tagnorm.cli", "serve", "--port", address.rpartition(":")[2]],
            capture_output=True,
            check=False,
            timeout=60,
            encoding="utf-8",
        )

    assert done.returncode == 69
    assert "in use" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_name_that_nobody_can_call_is_refused_as_the_option_that_it_is() -> None:
    for option, value in (("--allow-host", "http://a"), ("--allow-origin", "a")):
        done = subprocess.run(
            [sys.executable, "-m", "tagnorm", "serve", option, value],
            capture_output=True,
            check=False,
            encoding="utf-8",
        )

        assert done.returncode == 2
        assert f"Error: {option} holds '{value}'; it takes" in done.stderr


def test_where_it_listens_everywhere_it_says_where_it_can_be_called(tmp_path: Path) -> None:
    with running("--host", "0.0.0.0", folder=tmp_path) as (address, said):
        found = httpx.get(f"{address}/api/resolve", params={"text": "PGVO"}, timeout=30)

    assert address.startswith("http://127.0.0.1:")
    assert found.json()["results"][0]["tags"] == ["PGOV"]
    assert said == ["tagnorm: other machines reach it by the names that --allow-host gives\n"]


@pytest.mark.parametrize("host", ["", " "])
def test_an_empty_host_does_not_open_the_service_to_the_network(host: str) -> None:
    done = called_for_text("serve", "--host", host)

    assert done.returncode == 2
    assert "--host is empty; name an address, or leave the option out" in done.stderr
