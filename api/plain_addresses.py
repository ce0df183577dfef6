"""Does an address hold a NUL? No name here does, and PostgreSQL would end the request with an error."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from .problems import problem, shown_path


class PlainAddresses:
    """Answers 400 before anything looks at such a path or query."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        at = _nul_in(scope)
        if at is None:
            await self._app(scope, receive, send)
            return
        said = "holds a NUL character"
        answer = problem(
            "malformed",
            f"{at}: {said}",
            instance=shown_path(scope["path"]),
            field=at,
            errors=[(at, said)],
        )
        await answer(scope, receive, send)


def _nul_in(scope: Scope) -> str | None:
    if "\0" in scope["path"]:
        return "path"
    return "query" if b"%00" in scope["query_string"] else None
