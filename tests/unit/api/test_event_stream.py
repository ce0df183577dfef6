"""Whoever watches is told as it goes; whoever goes away stops nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from threading import Event
from typing import cast

from structlog.testing import capture_logs

from api.event_stream import Say, streamed
from pipeline.domain.errors import Unavailable

WITHIN = 20.0


async def _all(work: Callable[[Say], None]) -> str:
    return "".join([str(part) async for part in streamed("/summaries", work).body_iterator])


def test_each_event_is_a_name_and_json_on_one_line() -> None:
    """Line breaks inside a value end nothing."""

    def work(say: Say) -> None:
        say("begun", {"step": "model"})
        say("sentence", {"text": "一\n\nevent: done"})

    assert asyncio.run(_all(work)) == (
        'event: begun\ndata: {"step": "model"}\n\n'
        'event: sentence\ndata: {"text": "一\\n\\nevent: done"}\n\n'
    )


def test_a_refusal_is_told_and_a_fault_tells_no_internals() -> None:
    def refused(_say: Say) -> None:
        raise Unavailable("the model is away")

    def broken(_say: Say) -> None:
        raise ZeroDivisionError("a secret path")

    assert '"detail": "the model is away"' in asyncio.run(_all(refused))
    with capture_logs() as logged:
        told = asyncio.run(_all(broken))
    assert '"status": 500' in told
    assert "secret" not in told
    assert [(one["event"], one["at"]) for one in logged] == [("a stream failed", "/summaries")]


def test_work_goes_on_when_its_watcher_is_gone() -> None:
    """A draft that a model wrote is kept, whether or not the page is still open."""
    gone, done = Event(), Event()

    def work(say: Say) -> None:
        say("begun", {})
        gone.wait(WITHIN)
        say("done", {})
        done.set()

    async def leave() -> bool:
        parts = cast("AsyncGenerator[str, None]", streamed("/summaries", work).body_iterator)
        await anext(parts)
        await parts.aclose()
        gone.set()
        return await asyncio.to_thread(done.wait, WITHIN)

    assert asyncio.run(leave())
