"""How does one page serve a crowd? It is rendered once for each change of what it shows, and once a minute,
since it tells times; whoever has it already is told so (ETag).
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from hashlib import sha256

from fastapi import Request
from fastapi.responses import Response

from pipeline.bootstrap import Heliograph
from pipeline.flow.portal.publishing import Snapshot

from ..console.rendering import LANGUAGE_COOKIE, language_of

SECONDS = 15
"""How long anybody may keep a page: a crowd is served from caches, and news is there soon."""
KEPT = 256
"""Renderings that are kept; what varies in them is bounded, and nobody's input is part of a key unchecked."""


@dataclass(frozen=True, kw_only=True)
class Rendering:
    """A finished answer, and the moment of the record that it shows."""

    at: Hashable
    body: bytes
    etag: str
    media_type: str
    status: int = 200


@dataclass(frozen=True, kw_only=True)
class Made:
    """What a page is made into, before it is kept."""

    body: bytes
    media_type: str = "text/html; charset=utf-8"
    status: int = 200


class Renderings:
    """Of one installation. Whoever comes while one is made gets the one before; the first waits."""

    def __init__(self, app: Heliograph) -> None:
        self._app = app
        self._kept: OrderedDict[Hashable, Rendering] = OrderedDict()
        self._snapshot: tuple[Hashable, Snapshot] | None = None
        self._making = threading.RLock()
        self._reading = threading.Lock()

    def snapshot(self) -> Snapshot:
        """Read once for each change, and once an hour: days end, and failures become old."""
        now = self._app.clock.now()
        at = (self._app.portal.publishing.mark(), now.date(), now.hour)
        kept = self._snapshot
        if kept is not None and kept[0] == at:
            return kept[1]
        with self._reading:
            kept = self._snapshot
            if kept is None or kept[0] != at:
                found = self._app.portal.publishing.snapshot()
                # By the mark that was read with it: what came in between is read again.
                kept = self._snapshot = ((found.mark, *at[1:]), found)
            return kept[1]

    def rendering(self, key: Hashable, make: Callable[[], Made]) -> Rendering:
        minute = self._app.clock.now().replace(second=0, microsecond=0)
        at = (self._app.portal.publishing.mark(), minute)
        kept = self._kept.get(key)
        if kept is not None and (kept.at == at or not self._making.acquire(blocking=False)):
            return kept
        if kept is None:
            self._making.acquire()
        try:
            kept = self._kept.get(key)
            if kept is None or kept.at != at:
                kept = self._keep(key, _rendered(at, make()))
            return kept
        finally:
            self._making.release()

    def _keep(self, key: Hashable, rendering: Rendering) -> Rendering:
        self._kept[key] = rendering
        self._kept.move_to_end(key)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return rendering


def _rendered(at: Hashable, made: Made) -> Rendering:
    tag = sha256(made.body).hexdigest()[:24]
    return Rendering(
        at=at, body=made.body, etag=f'"{tag}"', media_type=made.media_type, status=made.status
    )


def renderings_of(request: Request) -> Renderings:
    found: Renderings = request.app.state.renderings
    return found


def answer(request: Request, key: tuple[Hashable, ...], make: Callable[[], Made]) -> Response:
    """The page from the cache, in the reader's language, or word that she has it already."""
    language = language_of(request, None)
    asked = request.query_params.get("lang") == language
    found = renderings_of(request).rendering((*key, language, asked), make)
    headers = {
        "ETag": found.etag,
        # With a cookie in it, it is one reader's answer.
        "Cache-Control": f"{'private' if asked else 'public'}, max-age={SECONDS}",
        "Vary": "Accept-Language, Cookie",
    }
    return finish(request, found, headers, cookie=language if asked else None)


def feed(request: Request, key: tuple[Hashable, ...], make: Callable[[], Made]) -> Response:
    """The same for programs: the address alone says which, and any site may read it."""
    found = renderings_of(request).rendering(key, make)
    headers = {
        "ETag": found.etag,
        "Cache-Control": f"public, max-age={SECONDS}",
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return finish(request, found, headers, cookie=None)


def finish(
    request: Request, found: Rendering, headers: dict[str, str], *, cookie: str | None
) -> Response:
    if found.status == 200 and _has(request, found.etag):
        return Response(status_code=304, headers=headers)
    answered = Response(found.body, found.status, headers, media_type=found.media_type)
    if cookie is not None:
        year = 31_536_000
        answered.set_cookie(LANGUAGE_COOKIE, cookie, max_age=year, samesite="lax", httponly=True)
    return answered


def _has(request: Request, etag: str) -> bool:
    """RFC 9110 13.1.2: weakly compared, any of a list, or whatever there is."""
    given = request.headers.get("if-none-match", "")
    tags = {tag.strip().removeprefix("W/") for tag in given.split(",")}
    return etag in tags or "*" in tags
