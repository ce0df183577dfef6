"""How does a caller watch something being made? As server-sent events, while a thread makes it.

A reader who goes away stops nothing: what was begun is finished and kept.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import structlog
from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from pipeline.domain.errors import Refused

MEDIA_TYPE = "text/event-stream"
QUIET = 15.0
"""Seconds after which a comment keeps the connection from being taken for a dead one."""
Say = Callable[[str, Any], None]
"""(event, its JSON value)."""
log = structlog.get_logger(__name__)
_running: set[asyncio.Task[None]] = set()


def wants_events(request: Request) -> bool:
    return MEDIA_TYPE in request.headers.get("accept", "")


def streamed(path: str, work: Callable[[Say], None]) -> StreamingResponse:
    """`path` is the address that was asked for. `work` says its events from a thread; a refusal becomes the event `failed`, and the stream ends."""
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_events(path, work), media_type=MEDIA_TYPE, headers=headers)


async def _events(path: str, work: Callable[[Say], None]) -> AsyncIterator[str]:
    loop, said = asyncio.get_running_loop(), asyncio.Queue[str | None]()

    def put(text: str | None) -> None:
        loop.call_soon_threadsafe(said.put_nowait, text)

    task = asyncio.create_task(run_in_threadpool(_worked, path, work, put))
    # The loop itself holds a task only weakly.
    _running.add(task)
    task.add_done_callback(_running.discard)
    while True:
        try:
            text = await asyncio.wait_for(said.get(), QUIET)
        except TimeoutError:
            text = ": still at work\n\n"
        if text is None:
            return
        yield text


def _worked(path: str, work: Callable[[Say], None], put: Callable[[str | None], None]) -> None:
    def say(event: str, value: Any) -> None:
        put(f"event: {event}\ndata: {json.dumps(value, ensure_ascii=False)}\n\n")

    try:
        work(say)
    except Refused as refused:
        say("failed", {"status": refused.status, "detail": refused.detail})
    except Exception:
        # Nobody above would see it: the answer has begun, and its status is sent.
        log.exception("a stream failed", at=path)
        say("failed", {"status": 500, "detail": "something failed here; it is logged"})
    finally:
        put(None)
