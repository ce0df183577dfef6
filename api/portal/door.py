"""Is this part of the portal open, and to whom? One that is off is answered as an unknown address is."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from pipeline.bootstrap import Heliograph
from pipeline.domain.portal_parts import TELLING, Part

from ..auth.readers import find_reader
from ..auth.visitors import heliograph_of
from ..refusals import GoSignIn, NotSignedIn

NOT_FOUND = 404
SIGN_IN = "/status/sign-in"


class ReadersSignIn(GoSignIn):
    """A page of the portal that is for people of the directory; afterwards the reader goes on `to` it."""

    def __init__(self, to: str) -> None:
        super().__init__(to)
        self.path = f"{SIGN_IN}?{urlencode({'to': to})}"


def is_on(app: Heliograph, part: Part) -> bool:
    return part in app.settings.parts


def need(request: Request, part: Part) -> None:
    """Raises what an address raises that nobody knows, so that neither tells which of them it is."""
    if not is_on(heliograph_of(request), part):
        raise HTTPException(NOT_FOUND)


def need_public(request: Request, part: Part) -> None:
    """The same for what stands in pages of other sites, where nobody can sign in."""
    need(request, part)
    if heliograph_of(request).settings.readers_sign_in:
        raise HTTPException(NOT_FOUND)


def need_signing_in(request: Request) -> None:
    """The same for the pages of signing in, where nobody has to, or to nothing."""
    settings = heliograph_of(request).settings
    if not settings.readers_sign_in or not settings.parts & TELLING:
        raise HTTPException(NOT_FOUND)


async def admit(request: Request, part: Part) -> None:
    """Raises where the part is off, and where its reader has to sign in first."""
    need(request, part)
    if heliograph_of(request).settings.readers_sign_in:
        await run_in_threadpool(reader_of, request)


def reader_of(request: Request) -> str:
    """The person's id. Raises ReadersSignIn without one."""
    found = find_reader(request)
    if found is None:
        raw = request.scope.get("raw_path") or request.url.path.encode()
        raise ReadersSignIn(raw.decode("latin-1"))
    return found


async def admit_program(request: Request, part: Part) -> None:
    """The same for feeds, whose readers cannot sign in: a key in the address does."""
    need(request, part)
    if heliograph_of(request).settings.readers_sign_in:
        await run_in_threadpool(_check_key, request)


def _check_key(request: Request) -> None:
    key = request.query_params.get("key")
    known = heliograph_of(request).portal.letting_in.by_key(key) if key else find_reader(request)
    if known is None:
        raise NotSignedIn("sign in to the service status, or use an address of your own from there")
