"""Who asked for what, and how long did it take? Without queries, bodies and secrets."""

from __future__ import annotations

import time

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .problems import shown_path

QUIET = frozenset({"/healthz", "/readyz"})
"""Probes come every few seconds and say nothing when they succeed."""
log = structlog.get_logger(__name__)


class AccessLog:
    """One line for each answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500
        began = time.perf_counter()

        async def watching(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watching)
        finally:
            if scope["path"] not in QUIET or status >= 400:
                log.info(
                    "request",
                    method=scope["method"],
                    path=shown_path(scope["path"])[:200],
                    status=status,
                    ms=round((time.perf_counter() - began) * 1000, 1),
                )
