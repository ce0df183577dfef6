"""How does a resource read its body? As strictly as events are read: declared as JSON, and plain JSON.

The framework alone would let a key stand twice, and would not say what is wrong with deep nesting.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute

from .bodies import Body
from .refusals import NotJson
from .strict_json import read_json

__all__ = ["Body", "JsonRoute"]


class JsonRoute(APIRoute):
    """Reads the body of its endpoint with `strict_json`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()
        takes_body = self.body_field is not None

        async def strictly(request: Request) -> Response:
            if not takes_body:
                return await handle(request)
            strict = _Strict(request.scope, request.receive)
            await strict.read()
            return await handle(strict)

        return strictly


class _Strict(Request):
    """Its JSON was read before the framework asks, which would hide what is wrong with it."""

    _said: Any = None

    async def read(self) -> None:
        body = await self.body()
        if not body:
            return
        if not _is_json(self.headers.get("content-type", "")):
            raise NotJson("send application/json", field="content-type")
        # Off the loop: a megabyte takes its time, and others wait for theirs meanwhile.
        self._said = await run_in_threadpool(read_json, body)

    async def json(self) -> Any:
        return self._said


def _is_json(declared: str) -> bool:
    return declared.partition(";")[0].strip().lower() == "application/json"
