"""Far sides that behave as told: a real mail server and a real HTTP server, both on loopback."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

from aiosmtpd.smtp import SMTP, Envelope, Session

Mood = Literal["take", "refuse", "later", "closing", "refuse_sender", "drop", "hang"]


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One mail as the relay accepted it."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    options: tuple[str, ...]


class MailSink:
    """A relay. `mood` may be changed between sends; `connections` counts greetings."""

    def __init__(self, *, user: str = "", password: str = "", smtputf8: bool = True) -> None:
        self.mood: Mood = "take"
        self.letters: list[Letter] = []
        self.gone: set[str] = set()
        """Addresses that it knows no more."""
        self.connections = 0
        self._credentials = (user.encode(), password.encode())
        self._smtputf8 = smtputf8
        self._open: set[Any] = set()
        self._loop = asyncio.new_event_loop()
        self._server: asyncio.Server | None = None
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        ready.wait()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def port(self) -> int:
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    def hang_up(self) -> None:
        """End all connections, as a relay that restarts does."""
        asyncio.run_coroutine_threadsafe(self._abort_all(), self._loop).result()

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def handle_MAIL(
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.mood == "refuse_sender":
            return "550 5.1.8 no such sender"
        if self.mood == "closing":
            return "421 4.3.2 closing"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if self.mood == "refuse" or address in self.gone:
            return "550 5.1.1 no such person"
        if self.mood == "later":
            return "451 4.7.1 greylisted"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        if self.mood == "hang":
            await asyncio.sleep(30)
        content = envelope.original_content or b""
        self.letters.append(
            Letter(
                sender=envelope.mail_from or "",
                recipients=tuple(envelope.rcpt_tos),
                content=content,
                options=tuple(envelope.mail_options),
            )
        )
        if self.mood == "drop":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return "250 2.0.0 queued"

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._server = self._loop.run_until_complete(
            self._loop.create_server(self._session, "127.0.0.1", 0)
        )
        ready.set()
        self._loop.run_forever()

    def _session(self) -> SMTP:
        self.connections += 1
        protocol = SMTP(
            self,
            loop=self._loop,
            hostname="sink.example.org",
            enable_SMTPUTF8=self._smtputf8,
            auth_required=bool(self._credentials[0]),
            auth_require_tls=False,
            auth_callback=lambda _mechanism, user, word: (user, word) == self._credentials,
        )
        self._open.add(protocol)
        return protocol

    async def _abort_all(self) -> None:
        for protocol in self._open:
            if protocol.transport is not None:
                protocol.transport.abort()
        self._open.clear()
        await asyncio.sleep(0)

    async def _stop(self) -> None:
        assert self._server is not None
        self._server.close()
        await self._abort_all()
        rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)


@dataclass(frozen=True, kw_only=True)
class Call:
    """One request as the program got it."""

    path: str
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        found = [value for key, value in self.headers if key.lower() == name.lower()]
        assert len(found) < 2, f"{name} came twice"
        return found[0] if found else None


@dataclass(kw_only=True)
class Answer:
    """What the sink says: a status, or nothing (`drop` ends the connection, `hang` waits)."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b"{}"
    silence: Literal["", "drop", "hang"] = ""


class HttpSink:
    """A program that takes webhooks and drops a key that it has seen. `calls` has every request,
    `taken` each key once."""

    def __init__(self) -> None:
        self.answer = Answer()
        self.calls: list[Call] = []
        self.taken: dict[str, Call] = {}
        self.connections = 0
        self._lock = threading.Lock()
        self._released = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )
        self._thread.start()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._server.server_address[1]}"

    @property
    def url(self) -> str:
        return f"http://{self.host}/hooks/s3cret-path"

    def close(self) -> None:
        self._released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def opened(self) -> None:
        with self._lock:
            self.connections += 1

    def took(self, call: Call) -> None:
        with self._lock:
            self.calls.append(call)
            if self.answer.silence or self.answer.status < 300:
                self.taken.setdefault(call.header("Idempotency-Key") or "", call)

    def hang(self) -> None:
        self._released.wait(30)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is part of the tests."""


def _handler(sink: HttpSink) -> Callable[..., BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1

        def setup(self) -> None:
            super().setup()
            sink.opened()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            sink.took(Call(path=self.path, headers=list(self.headers.items()), body=body))
            answer = sink.answer
            if answer.silence:
                if answer.silence == "hang":
                    sink.hang()
                self.close_connection = True
                return
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

    return Handler
