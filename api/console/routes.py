"""All pages of the console, one file each."""

from __future__ import annotations

from fastapi import APIRouter

from .pages import (
    acts,
    communication,
    compose,
    entrance,
    incident,
    incidents,
    message,
    promises,
    rules,
    waiting,
)

router = APIRouter(include_in_schema=False)
_PAGES = (
    *(incidents, incident, acts, compose, communication, message),
    *(waiting, promises, rules, entrance),
)
for _page in _PAGES:
    router.include_router(_page.router)
