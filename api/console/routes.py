"""All pages of the console, one file each."""

from __future__ import annotations

from fastapi import APIRouter

from .pages import (
    acts,
    article,
    article_form,
    article_import,
    article_questions,
    article_use,
    chains,
    communication,
    compose,
    conversations,
    entrance,
    incident,
    incidents,
    knowledge,
    message,
    models,
    promises,
    rules,
    summaries,
    waiting,
)

router = APIRouter(include_in_schema=False)
_PAGES = (
    *(incidents, incident, acts, compose, conversations, summaries),
    *(communication, message),
    *(waiting, promises, chains, rules, models, entrance),
    # What has a name of its own comes before `/knowledge/{name}`.
    *(knowledge, article_use, article_import, article_form, article_questions, article),
)
for _page in _PAGES:
    router.include_router(_page.router)
