"""The far side, in a process of its own, so that it takes no time from the one that is measured."""

from __future__ import annotations

import asyncio
import multiprocessing
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

_LENGTH = re.compile(rb"^content-length:\s*(\d+)", re.I | re.M)
_KEY = re.compile(rb"^idempotency-key:\s*\"?([^\"\r]+)", re.I | re.M)
_MESSAGE_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.I | re.M)
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
        if not ours.poll(30):
            raise RuntimeError("the sink did not start")
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


class _Http(asyncio.Protocol):
    """As little of HTTP/1.1 as a keep-alive POST needs: the far side must not be what is measured."""

    def __init__(self, arrived: list[tuple[str, float]]) -> None:
        self._arrived, self._received = arrived, b""
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            head = self._received[:end]
            length = _LENGTH.search(head)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(self._received) < whole:
                return
            key = _KEY.search(head)
            self._arrived.append((key[1].decode() if key else "", time.monotonic()))
            self._received = self._received[whole:]
            self._transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")


def _serve_http(pipe: Connection) -> None:
    arrived: list[tuple[str, float]] = []

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Http(arrived), "127.0.0.1", 0)
        pipe.send(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook")
        await loop.run_in_executor(None, _answer, pipe, arrived)

    asyncio.run(serve())


def _serve_smtp(pipe: Connection) -> None:
    from aiosmtpd.controller import Controller

    arrived: list[tuple[str, float]] = []

    class Handler:
        async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
            found = _MESSAGE_ID.search(envelope.content)
            arrived.append((found[1].decode() if found else "", time.monotonic()))
            return "250 OK"

    port = _free_port()
    Controller(Handler(), hostname="127.0.0.1", port=port).start()
    pipe.send(f"smtp://127.0.0.1:{port}")
    _answer(pipe, arrived)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
