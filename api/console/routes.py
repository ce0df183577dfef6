"""All pages of the console, one file each."""

from __future__ import annotations

from fastapi import APIRouter

from .pages import (
    acts,
    alerts,
    approval_form,
    approvals,
    article,
    article_form,
    article_import,
    article_questions,
    article_use,
    attached,
    chains,
    communication,
    compose,
    conversations,
    deadlines,
    described_service,
    dry_runs,
    entrance,
    incident,
    incidents,
    knowledge,
    maintenance,
    manage,
    message,
    models,
    problems,
    promises,
    report,
    rule_editor,
    rule_trial,
    rule_versions,
    rules,
    service_form,
    service_import,
    services,
    subscriptions,
    summaries,
    surveys,
    texts,
    waiting,
    webhooks,
    why,
)

router = APIRouter(include_in_schema=False)
_PAGES = (
    *(incidents, incident, attached, acts, compose, conversations, report, summaries),
    *(communication, message, alerts, maintenance, webhooks),
    *(approvals, approval_form, surveys, deadlines),
    # What has a name of its own comes before `/services/{name}`.
    *(services, service_import, service_form, described_service),
    *(waiting, promises, chains, problems, manage, rules, texts, models, subscriptions, entrance),
    *(rule_versions, rule_editor, rule_trial, dry_runs, why),
    # What has a name of its own comes before `/knowledge/{name}`.
    *(knowledge, article_use, article_import, article_form, article_questions, article),
)
for _page in _PAGES:
    router.include_router(_page.router)
