"""Which headers keep a browser from doing what a page did not mean?"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'; "
    "frame-ancestors 'none'"
)


class SecurityHeaders:
    """Adds them to every answer; a route that set its own Content-Security-Policy keeps it."""

    def __init__(self, app: ASGIApp, https: bool) -> None:
        self._app, self._https = app, https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message))
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)

    def _add(self, headers: MutableHeaders) -> None:
        own = headers.get("content-security-policy")
        if own is None:
            headers["Content-Security-Policy"] = POLICY
        elif "frame-ancestors" not in own:
            headers["Content-Security-Policy"] = f"{own}; frame-ancestors 'none'"
        if "frame-ancestors 'none'" in headers["Content-Security-Policy"]:
            headers["X-Frame-Options"] = "DENY"
        headers["X-Content-Type-Options"] = "nosniff"
        headers.setdefault("Referrer-Policy", "no-referrer")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if self._https:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")
