"""Which slots are there? Their names, by what fills them; a text may use nothing else."""

from __future__ import annotations

from ..domain.facts import STATEMENT
from ..domain.suggested import MOST_FOR_STAFF

STATUS_URL, SUBSCRIPTION_URL, OUTAGE_URL = "status_url", "subscription_url", "outage_url"


def article_slot(n: int, part: str) -> str:
    """The slot of the n-th article (from 1) that may help: its title, language, why, or url."""
    return f"article_{n}_{part}"


PLACES = range(1, MOST_FOR_STAFF + 1)
ARTICLE_LINKS = frozenset(article_slot(n, "url") for n in PLACES)
ARTICLES = frozenset(article_slot(n, part) for n in PLACES for part in ("title", "language", "why"))
LINKS = (
    frozenset({"ticket_url", "reopen_url", "console_url", STATUS_URL, SUBSCRIPTION_URL, OUTAGE_URL})
    | ARTICLE_LINKS
)
NOT_ON_PAGES = frozenset({STATUS_URL, SUBSCRIPTION_URL})
"""A page is nobody's mail: it leads to itself, and ends nobody's subscription."""
PERSONAL = LINKS | {"recipient_name", "time_note", "as_of"}
"""Slots whose value differs by reader and comes from no fact; every time does too."""
AWAITED = frozenset({"first_contact_by", "expected_at"})
"""Announced while the work goes on; nobody waits for them once the ticket is resolved or closed."""
ANNOUNCED = AWAITED | {
    *("close_at", "next_update", "outage_next_update", "action_due", "due_at"),
    *("limits_news_by", "data_news_by", "review_by"),
}
"""Times that lie ahead: one that has passed is not announced any more."""
CONTEXT = frozenset({"desk_name", "desk_phone", "thread_token"})
ONCE = frozenset({"done", STATEMENT})
"""Lists of which each entry is told to an audience once."""
AUTHOR, PERSON = "author", "person"
OF_PEOPLE = frozenset({"requester_name", "assignee", "reopened_by", AUTHOR, "speaker", PERSON})
"""Attributes whose names are people's; other names are services', groups' and places'."""
EARLIER_SIGNAL, EARLIER_DETAIL = "earlier_signal", "earlier_detail"
LISTS = ONCE | {"tried", "public_note"}
"""Attributes that a record holds several of, oldest first."""
_TICKET = frozenset(
    {
        *("number", "title", "description", "priority", "first_contact_by"),
        *("requester_name", "requester_phone", "state", "assignee", "assignee_phone"),
        *("group", "service", "expected_at", "expected_from", "message"),
        *("handed_from", "handover_reason"),
        *("fix_summary", "user_action", "cause", "close_at", "reopen_days"),
        *("reopened_by", "reopening_reason", "reopened_times", "reopened_at", "solved_by"),
    }
)
OF_MAJOR = frozenset(
    {
        *("headline", "impact", "phase", "severity", "symptom", "started_at", "declared_at"),
        *("scope", "not_affected", "customer_effect", "advice"),
        *("team", "taken_at", "paged_at", "workaround", "verified_at", "cause_confirmed"),
        *("stated_times", "previous_update", "next_update"),
        *("action", "action_role", "action_due", "decision_needed"),
        *("restored_at", "confirmed_at", "confirmed_role", "duration", "measures"),
        *("limits", "limits_news_by", "no_limits", "no_user_action"),
        *("data", "data_loss", "data_news_by", "review_by"),
        *("relapsed_at", "withdrawn_at", "withdrawn_reason"),
        *("signal", "signal_detail", "due_what", "due_at"),
    }
)
"""Attributes of a major incident."""
OF_OUTAGE = {
    "service": "outage_service",
    "impact": "outage_impact",
    "started_at": "outage_since",
}
"""Attributes of the major incident that a ticket belongs to, as its requester is told them."""
_OUTAGE = frozenset({*OF_OUTAGE.values(), "outage_number", "outage_next_update"})
FACTS = _TICKET | OF_MAJOR | _OUTAGE | ARTICLES
SLOTS = FACTS | LISTS | PERSONAL | CONTEXT
