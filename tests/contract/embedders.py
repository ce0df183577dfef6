"""A far side that speaks as an embeddings endpoint does, and can be told to misbehave."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from knowledge.encoders.fake import FakeEncoder

KEY = "sk-a-key-that-nobody-may-see"


@dataclass
class Ill:
    """What it says instead of the truth; `drip` seconds pass before each byte."""

    status: int = 200
    body: bytes | None = None
    drip: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)


class EmbeddingServer:
    """Answers with the fake encoder's vectors, three times as long, the last one first."""

    def __init__(self) -> None:
        self.ill = Ill()
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.stopping = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.01,), daemon=True
        )
        self._thread.start()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._server.server_address[1]}"

    @property
    def url(self) -> str:
        return f"http://{self.host}/v1"

    def close(self) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _body(request: dict[str, Any]) -> bytes:
    vectors = FakeEncoder().encode(request["input"]) * 3
    rows = [
        {"object": "embedding", "index": at, "embedding": [float(x) for x in vector]}
        for at, vector in enumerate(vectors)
    ]
    usage = {"prompt_tokens": 1, "total_tokens": 1}
    said = {"object": "list", "data": rows[::-1], "model": request["model"], "usage": usage}
    return json.dumps(said).encode()


def _handler(server: EmbeddingServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        # A connection ends with its answer: a client that is let go of leaves no socket behind.
        protocol_version = "HTTP/1.0"

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.asked.append({"path": self.path, **request})
            server.keys.append(self.headers["Authorization"])
            ill = server.ill
            body = _body(request) if ill.body is None else ill.body
            self.send_response(ill.status)
            told = {"Content-Type": "application/json", "Content-Length": str(len(body))}
            for name, value in (told | ill.headers).items():
                self.send_header(name, value)
            self.end_headers()
            for at in range(0, len(body), 1 if ill.drip else len(body)):
                if ill.drip and server.stopping.wait(ill.drip):
                    return
                try:
                    self.wfile.write(body[at : at + 1] if ill.drip else body)
                except OSError:
                    return
            self.close_connection = "Content-Length" in ill.headers

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

    return Handler
