"""Is this part of the portal open? One that is off is answered as an unknown address is."""

from __future__ import annotations

from fastapi import Request
from starlette.exceptions import HTTPException

from pipeline.bootstrap import Heliograph
from pipeline.domain.portal_parts import Part

from ..auth.visitors import heliograph_of

NOT_FOUND = 404


def is_on(app: Heliograph, part: Part) -> bool:
    return part in app.settings.parts


def need(request: Request, part: Part) -> None:
    """Raises what an address raises that nobody knows, so that neither tells which of them it is."""
    if not is_on(heliograph_of(request), part):
        raise HTTPException(NOT_FOUND)
