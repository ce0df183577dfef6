"""The far side, in a process of its own, so that it takes no time from the one that is measured."""

from __future__ import annotations

import json
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from typing import Any

_CONTEXT = multiprocessing.get_context("spawn")


class Sink:
    """What arrived: (idempotency key, moment by the machine's monotonic clock)."""

    def __init__(self, url: str, pipe: Connection) -> None:
        self.url, self._pipe = url, pipe

    def arrived(self) -> list[tuple[str, float]]:
        self._pipe.send("arrived")
        found: list[tuple[str, float]] = self._pipe.recv()
        return found

    def count(self) -> int:
        self._pipe.send("count")
        return int(self._pipe.recv())

    def wait_for(self, count: int, seconds: float = 120) -> None:
        """Until so many have arrived. Raises RuntimeError when they do not."""
        deadline = time.monotonic() + seconds
        while self.count() < count:
            if time.monotonic() > deadline:
                raise RuntimeError(f"{self.count()} of {count} messages arrived in {seconds} s")
            time.sleep(0.02)

    def forget(self) -> None:
        self._pipe.send("forget")
        self._pipe.recv()


@contextmanager
def http_sink() -> Iterator[Sink]:
    """Answers 200 to every POST."""
    with _running(_serve_http) as sink:
        yield sink


@contextmanager
def smtp_sink() -> Iterator[Sink]:
    """Takes every mail; its key is the Message-ID."""
    with _running(_serve_smtp) as sink:
        yield sink


@contextmanager
def _running(serve: Any) -> Iterator[Sink]:
    ours, theirs = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield Sink(ours.recv(), ours)
    finally:
        process.kill()
        process.join()


def _answer(pipe: Connection, arrived: list[tuple[str, float]]) -> None:
    while True:
        match pipe.recv():
            case "arrived":
                pipe.send(list(arrived))
            case "count":
                pipe.send(len(arrived))
            case "forget":
                arrived.clear()
                pipe.send(None)


def _serve_http(pipe: Connection) -> None:
    arrived: list[tuple[str, float]] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Without it each small answer waits for the other side's delayed acknowledgement.
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            key = self.headers.get("Idempotency-Key") or json.loads(body).get("key", "")
            arrived.append((key, time.monotonic()))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    import threading

    threading.Thread(target=server.serve_forever, daemon=True).start()
    pipe.send(f"http://127.0.0.1:{server.server_port}/hook")
    _answer(pipe, arrived)


def _serve_smtp(pipe: Connection) -> None:
    import re

    from aiosmtpd.controller import Controller

    arrived: list[tuple[str, float]] = []
    message_id = re.compile(rb"^Message-ID:\s*(\S+)", re.I | re.M)

    class Handler:
        async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
            found = message_id.search(envelope.content)
            arrived.append((found[1].decode() if found else "", time.monotonic()))
            return "250 OK"

    controller = Controller(Handler(), hostname="127.0.0.1", port=0)
    controller.start()
    server: Any = controller.server
    port = server.sockets[0].getsockname()[1]
    pipe.send(f"smtp://127.0.0.1:{port}")
    _answer(pipe, arrived)
