"""How is HEAD answered? As GET is: the server leaves the body out. Uptime probes ask this way."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send


class HeadRequests:
    """The framework adds HEAD to no route by itself; here it is done for all of them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "HEAD":
            # A copy: the server looks into its own scope to know that no body is to be sent.
            scope = {**scope, "method": "GET"}
        await self._app(scope, receive, send)
