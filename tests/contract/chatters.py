"""A far side that speaks as a chat completions endpoint does, and can be told to misbehave."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import prompts
from pipeline.domain.prose import Step
from pipeline.flow.models.library import LibraryModel
from pipeline.model_ports import Answered, Call, ChatModel

KEY = "sk-a-key-that-nobody-may-see"


@dataclass(kw_only=True)
class Reply:
    """What it says. `calls` puts it into a tool call; `takes` are the ways of holding it to a form that it
    knows; `cut` breaks off in the middle, `hangs_up` before it said anything; with `silent` it says nothing until
    the end of the test."""

    content: str | None = "{}"
    refusal: str | None = None
    status: int = 200
    body: bytes | None = None
    finish: str = "stop"
    choices: int = 1
    cut: bool = False
    silent: bool = False
    drip: float = 0.0
    hangs_up: bool = False
    kind: str = "application/json"
    usage: dict[str, int] | None = field(
        default_factory=lambda: {"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": 12}
    )
    headers: dict[str, str] = field(default_factory=dict)
    takes: tuple[str, ...] = ("json_schema", "function", "json_object")


@dataclass
class Chatter:
    """Says each of `replies` once, the last one for ever."""

    replies: list[Reply] = field(default_factory=lambda: [Reply()])
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.stopping = threading.Event()
        self.came = threading.Semaphore(0)
        """One for each that asked."""
        self.ended = 0
        """Answers that were said to their end, and silences that were kept to theirs."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.01,), daemon=True
        )
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def says(self, *replies: Reply | str) -> None:
        self.replies = [Reply(content=one) if isinstance(one, str) else one for one in replies]

    def next(self) -> Reply:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]

    def close(self) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _way(request: dict[str, Any]) -> str:
    return str(request.get("response_format", {}).get("type", "function"))


def _message(reply: Reply, way: str) -> dict[str, Any]:
    if way != "function" or reply.content is None:
        return {"role": "assistant", "content": reply.content, "refusal": reply.refusal}
    called = {"name": "Form", "arguments": reply.content}
    calls = [{"id": "call_1", "type": "function", "function": called}]
    return {"role": "assistant", "content": None, "tool_calls": calls}


def _completion(reply: Reply, request: dict[str, Any]) -> bytes:
    choice = {
        "index": 0,
        "message": _message(reply, _way(request)),
        "finish_reason": reply.finish,
        "logprobs": None,
    }
    said = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": request["model"],
        "choices": [choice] * reply.choices,
        "usage": reply.usage,
    }
    return json.dumps(said).encode()


def _error(request: dict[str, Any], key: str | None) -> bytes:
    """As careless as some are: it quotes the key, and what was asked."""
    told = f"wrong: {key}, {request['messages'][-1]['content']}"
    return json.dumps({"error": {"message": told, "type": "x", "code": "x"}}).encode()


def _handler(chatter: Chatter) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        # A connection ends with its answer: a client that is let go of leaves no socket behind.
        protocol_version = "HTTP/1.0"
        disable_nagle_algorithm = True
        wbufsize = -1

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            chatter.asked.append(request)
            chatter.keys.append(self.headers["Authorization"])
            reply = chatter.next()
            chatter.came.release()
            status = reply.status if _way(request) in reply.takes else 400
            good = _completion(reply, request)
            body = reply.body or (
                good if status == 200 else _error(request, self.headers["Authorization"])
            )
            if reply.silent:
                if not chatter.stopping.wait(30):
                    chatter.ended += 1
                return
            if reply.hangs_up:
                return
            self.send_response(status)
            self.send_header("Content-Type", reply.kind)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self._tell(body[: len(body) // 2] if reply.cut else body, reply.drip)
            self.close_connection = reply.cut

        def _tell(self, body: bytes, drip: float) -> None:
            try:
                for at in range(0, len(body), 1 if drip else len(body)):
                    if drip and chatter.stopping.wait(drip):
                        return
                    self.wfile.write(body[at : at + 1] if drip else body)
                    self.wfile.flush()
            except OSError:
                return
            chatter.ended += 1

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

    return Handler


class Unchecked:
    """`model_ports.Models` where everything may be asked and nothing is kept."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model

    def steps(self, *, audience: str, incident: str | None) -> tuple[Step, ...]:
        return (Step.MODEL,)

    def ask(self, call: Call) -> Answered:
        return self._model.say(call.turns, call.form, within=call.within)


def filling(model: ChatModel) -> LibraryModel:
    """What the library asks, over this model."""
    texts = prompts.read_texts(prompts.ROOT)
    return LibraryModel(Unchecked(model), model.name, "test", lambda: texts)
