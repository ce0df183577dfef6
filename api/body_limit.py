"""Is a request's body too large? Counted as it streams in, so that no header can lie about it."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.domain.errors import TooLarge

from .problems import problem, shown_path


class BodyLimit:
    """Answers 413 by the declared length, or as soon as the counted bytes pass the limit. `uploads` are
    paths that take files, with the limit of each; `*` in one stands for anything."""

    def __init__(self, app: ASGIApp, limit: int, uploads: Mapping[str, int] | None = None) -> None:
        self._app, self._limit, self._uploads = app, limit, uploads or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._limit_of(scope["path"])
        if _declared(scope) > limit:
            await self._refuse(limit, scope, receive, send)
            return
        await self._counted(limit, scope, receive, send)

    def _limit_of(self, path: str) -> int:
        fitting = (most for like, most in self._uploads.items() if fnmatchcase(path, like))
        return next(fitting, self._limit)

    async def _counted(self, limit: int, scope: Scope, receive: Receive, send: Send) -> None:
        count, over, started = 0, False, False

        async def counting() -> Message:
            nonlocal count, over
            message = await receive()
            if message["type"] == "http.request":
                count += len(message.get("body", b""))
                if count > limit:
                    over = True
                    raise TooLarge(self._detail(limit))
            return message

        async def guarded(message: Message) -> None:
            nonlocal started
            # What the application says about the failure of its reading is not the answer.
            if over and not started:
                return
            started = True
            await send(message)

        await self._app(scope, counting, guarded)
        if over and not started:
            await self._refuse(limit, scope, receive, send)

    async def _refuse(self, limit: int, scope: Scope, receive: Receive, send: Send) -> None:
        detail = self._detail(limit)
        answer = problem(
            "too-large",
            detail,
            instance=shown_path(scope["path"]),
            field="body",
            errors=[("body", detail)],
            headers={"Connection": "close"},
        )
        await answer(scope, receive, send)

    def _detail(self, limit: int) -> str:
        named = " (setting body_limit)" if limit == self._limit else ""
        return f"the body is over the limit of {limit} bytes{named}"


def _declared(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else 0
    return 0
