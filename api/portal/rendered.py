"""How does one page serve a crowd? It is rendered once for each change of what it shows, and once a minute,
since it tells times; whoever has it already is told so (ETag).
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from gzip import compress
from hashlib import sha256
from time import monotonic

from fastapi import Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import Language
from pipeline.flow.portal.publishing import Snapshot

from ..auth.visitors import heliograph_of
from ..console.rendering import LANGUAGE_COOKIE, language_of

SECONDS = 15
"""How long anybody may keep a page: a crowd is served from caches, and news is there soon."""
LOOKS = 1.0
"""Seconds between two looks for what another process wrote; what this one wrote is looked for at once."""
KEPT = 256
"""Renderings that are kept; what varies in them is bounded, and nobody's input is part of a key unchecked."""


@dataclass(frozen=True, kw_only=True)
class Rendering:
    """A finished answer, and the moment of the record that it shows."""

    at: Hashable
    body: bytes
    packed: bytes
    """The same as gzip: ninety days of twenty services shrink to a twentieth."""
    etag: str
    media_type: str
    status: int = 200


@dataclass(frozen=True, kw_only=True)
class Made:
    """What a page is made into, before it is kept."""

    body: bytes
    media_type: str = "text/html; charset=utf-8"
    status: int = 200


@dataclass(frozen=True, kw_only=True)
class _Look:
    """A look into the record: what it found, after how many writes of this process, and when (`monotonic`)."""

    mark: int
    writes: int
    at: float


class Renderings:
    """Of one installation. Whoever comes while somebody looks whether anything changed, or makes a page anew,
    gets the one before; only the first of a page waits."""

    def __init__(self, app: Heliograph) -> None:
        self._app = app
        self._kept: OrderedDict[Hashable, Rendering] = OrderedDict()
        self._snapshot: tuple[Hashable, Snapshot] | None = None
        self._look: _Look | None = None
        self._looking, self._reading = threading.Lock(), threading.Lock()

    def at_once(self, key: Hashable) -> Rendering | None:
        """What may be handed out without a look into the record; None where somebody has to look."""
        kept, look = self._kept.get(key), self._look
        if kept is None or look is None:
            return None
        known = look.writes == self._app.store.writes and monotonic() - look.at < LOOKS
        if (known and kept.at == (look.mark, self._minute())) or self._looking.locked():
            return kept
        return None

    def rendering(self, key: Hashable, make: Callable[[], Made]) -> Rendering:
        kept = self._kept.get(key)
        if not self._looking.acquire(blocking=kept is None):
            assert kept is not None  # noqa: S101  or it would have waited
            return kept
        try:
            at = (self._mark(), self._minute())
            kept = self._kept.get(key)
            if kept is None or kept.at != at:
                kept = self._keep(key, _rendered(at, make()))
            return kept
        finally:
            self._looking.release()

    def snapshot(self) -> Snapshot:
        """Read once for each change, and once an hour: days end, and failures become old."""
        now = self._app.clock.now()
        at = (self._mark(), now.date(), now.hour)
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

    def _mark(self) -> int:
        # Counted first: what is written while we look is looked for again.
        writes, at = self._app.store.writes, monotonic()
        mark = self._app.portal.publishing.mark()
        self._look = _Look(mark=mark, writes=writes, at=at)
        return mark

    def _minute(self) -> datetime:
        return self._app.clock.now().replace(second=0, microsecond=0)

    def _keep(self, key: Hashable, rendering: Rendering) -> Rendering:
        self._kept[key] = rendering
        self._kept.move_to_end(key)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return rendering


def _rendered(at: Hashable, made: Made) -> Rendering:
    tag = sha256(made.body).hexdigest()[:24]
    return Rendering(
        at=at,
        body=made.body,
        packed=compress(made.body, mtime=0),
        etag=tag,
        media_type=made.media_type,
        status=made.status,
    )


def renderings_of(request: Request) -> Renderings:
    found: Renderings = request.app.state.renderings
    return found


async def answer(request: Request, key: tuple[Hashable, ...], make: Callable[[], Made]) -> Response:
    """The page from the cache, in the reader's language, or word that she has it already. A thread is only
    taken to look and to render: handing a crowd from thread to thread costs more than all the rest."""
    found = await _found(request, (*key, *_spoken(request)), make)
    return _of_page(request, found)


def at_once(request: Request, key: tuple[Hashable, ...]) -> Response | None:
    """The same, where nothing has to be looked for and nothing made."""
    found = renderings_of(request).at_once((*key, *_spoken(request)))
    return None if found is None else _of_page(request, found)


def _of_page(request: Request, found: Rendering) -> Response:
    language, asked = _spoken(request)
    headers = {
        # With a cookie in it, it is one reader's answer.
        "Cache-Control": kept_for(request, alone=asked),
        "Vary": "Accept-Encoding, Accept-Language, Cookie",
    }
    return _finished(request, found, headers, cookie=language if asked else None)


async def feed(request: Request, key: tuple[Hashable, ...], make: Callable[[], Made]) -> Response:
    """The same for programs: the address alone says which, and any site may read it."""
    found = await _found(request, key, make)
    headers = {"Vary": "Accept-Encoding, Cookie", "Cache-Control": kept_for(request)}
    if not heliograph_of(request).settings.readers_sign_in:
        headers |= {
            "Vary": "Accept-Encoding",
            "Access-Control-Allow-Origin": "*",
            "Cross-Origin-Resource-Policy": "cross-origin",
        }
    return _finished(request, found, headers, cookie=None)


async def _found(request: Request, key: Hashable, make: Callable[[], Made]) -> Rendering:
    renderings = renderings_of(request)
    kept = renderings.at_once(key)
    if kept is not None:
        return kept
    return await run_in_threadpool(renderings.rendering, key, make)


def kept_for(request: Request, *, alone: bool = False) -> str:
    """Who may keep an answer, and how long. Where readers sign in each look asks anew whether they still may."""
    if heliograph_of(request).settings.readers_sign_in:
        return "private, no-cache"
    return f"{'private' if alone else 'public'}, max-age={SECONDS}"


def _spoken(request: Request) -> tuple[Language, bool]:
    """In which language, and whether the address itself says so."""
    language = language_of(request, None)
    return language, request.query_params.get("lang") == language


def _finished(
    request: Request, found: Rendering, headers: dict[str, str], *, cookie: str | None
) -> Response:
    packed = "gzip" in request.headers.get("accept-encoding", "")
    # Two encodings of one page are two answers (RFC 9110 8.8.3.3).
    headers["ETag"] = f'"{found.etag}{"-gzip" if packed else ""}"'
    if found.status == 200 and _has(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    if packed:
        headers["Content-Encoding"] = "gzip"
    body = found.packed if packed else found.body
    answered = Response(body, found.status, headers, media_type=found.media_type)
    if cookie is not None:
        year = 31_536_000
        answered.set_cookie(LANGUAGE_COOKIE, cookie, max_age=year, samesite="lax", httponly=True)
    return answered


def _has(request: Request, etag: str) -> bool:
    """RFC 9110 13.1.2: weakly compared, any of a list, or whatever there is."""
    given = request.headers.get("if-none-match", "")
    tags = {tag.strip().removeprefix("W/") for tag in given.split(",")}
    return etag in tags or "*" in tags
