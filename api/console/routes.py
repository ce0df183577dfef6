"""All pages of the console, one file each."""

from __future__ import annotations

from fastapi import APIRouter

from .pages import communication, entrance, incident, incidents, message, rules, waiting

router = APIRouter(include_in_schema=False)
for _page in (incidents, incident, communication, message, waiting, rules, entrance):
    router.include_router(_page.router)
