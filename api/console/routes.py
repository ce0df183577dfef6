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
    causes,
    chains,
    communication,
    compose,
    conversations,
    deadlines,
    described_service,
    dry_runs,
    entrance,
    history,
    incident,
    incidents,
    knowledge,
    maintenance,
    manage,
    message,
    models,
    mutes,
    on_call,
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
    trends,
    waiting,
    webhooks,
    why,
)

router = APIRouter(include_in_schema=False)
_PAGES = (
    # Past tickets come before tickets: theirs is the narrower address.
    *(
        history,
        incidents,
        trends,
        incident,
        attached,
        causes,
        acts,
        compose,
        conversations,
        report,
        summaries,
    ),
    *(communication, message, alerts, maintenance, on_call, mutes, webhooks),
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
