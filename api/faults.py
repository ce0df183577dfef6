"""What does a caller see when our own code fails? An answer, with the headers that all answers carry.

The framework's handler for this sits outside every other layer, and raises the error once more.
"""

from __future__ import annotations

import structlog
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .problems import unexpected, where

log = structlog.get_logger(__name__)


class Faults:
    """Logs what nobody foresaw and answers 500. An answer that has begun can only be broken off."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def watching(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, watching)
        except Exception as fault:
            if started:
                raise
            request = Request(scope, receive)
            log.error("unexpected error", path=where(request), exc_info=fault)  # noqa: TRY400
            await unexpected(request)(scope, receive, send)
