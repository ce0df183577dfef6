"""Which slots are there? Their names, by what fills them; a text may use nothing else."""

from __future__ import annotations

from ..domain.correction import CORRECTABLE, before_of
from ..domain.facts import STATEMENT
from ..domain.suggested import MOST_FOR_STAFF

STATUS_URL, SUBSCRIPTION_URL, OUTAGE_URL = "status_url", "subscription_url", "outage_url"
TICKET_LINKS = frozenset({"ticket_url", "reopen_url"})
"""They lead to the requester's page of her ticket, which may be switched off."""


def article_slot(n: int, part: str) -> str:
    """The slot of the n-th article (from 1) that may help: its title, language, why, or url."""
    return f"article_{n}_{part}"


PLACES = range(1, MOST_FOR_STAFF + 1)
ARTICLE_LINKS = frozenset(article_slot(n, "url") for n in PLACES)
ARTICLES = frozenset(article_slot(n, part) for n in PLACES for part in ("title", "language", "why"))
KNOWN_ERROR, KNOWN_ERROR_NUMBER = "known_error", "known_error_number"
"""The workaround of the problem that a ticket is taken for a case of, and the problem's number."""
APPROVAL_URL, RELEASE_URL = "approval_url", "release_url"


def score_slot(n: int) -> str:
    """The slot of the link that chooses a score, from 1 to 5."""
    return f"score_{n}_url"


SURVEY_URL = "survey_url"
SCORE_LINKS = frozenset(score_slot(n) for n in range(1, 6))
SURVEY_LINKS = SCORE_LINKS | {SURVEY_URL}
CHAIN_URL = "chain_url"
_PAGES = frozenset(
    {
        *("console_url", STATUS_URL, SUBSCRIPTION_URL, OUTAGE_URL, *TICKET_LINKS),
        *(APPROVAL_URL, RELEASE_URL, CHAIN_URL),
    }
)
LINKS = _PAGES | ARTICLE_LINKS | SURVEY_LINKS
NOT_ON_PAGES = frozenset({STATUS_URL, SUBSCRIPTION_URL})
"""A page is nobody's mail: it leads to itself, and ends nobody's subscription."""
PERSONAL = LINKS | {"recipient_name", "time_note", "as_of"}
"""Slots whose value differs by reader and comes from no fact; every time does too."""
FIRST_CONTACT_BY = "first_contact_by"
AWAITED = frozenset({FIRST_CONTACT_BY, "expected_at"})
"""Announced while the work goes on; nobody waits for them once the ticket is resolved or closed."""
ANNOUNCED = AWAITED | {
    *("close_at", "next_update", "outage_next_update", "action_due", "due_at", "release_by"),
    *("limits_news_by", "data_news_by", "review_by", "approval_due", "quiet_until"),
}
"""Times that lie ahead: one that has passed is not announced any more."""
STRETCHES = (
    *(("chain_since", "chain_latest"), ("change_from", "change_until")),
    *(("maintenance_from", "maintenance_until"), ("maintenance_was_from", "maintenance_was_until")),
)
"""Pairs that a text tells as `from … to …`."""
CONTEXT = frozenset({"desk_name", "desk_phone", "thread_token"})
ONCE = frozenset({"done", STATEMENT})
"""Lists of which each entry is told to an audience once."""
AUTHOR, PERSON = "author", "person"
OF_PEOPLE = frozenset(
    {
        *("requester_name", "assignee", "reopened_by", AUTHOR, "speaker", PERSON),
        *("approval_asker", "approval_for", "decided_by"),
    }
)
"""Attributes whose names are people's; other names are services', groups' and places'."""
EARLIER_SIGNAL, EARLIER_DETAIL = "earlier_signal", "earlier_detail"
MAINTAINED = "maintained"
SURGED = "surged_ticket"
LISTS = ONCE | {"tried", "public_note", MAINTAINED, SURGED}
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
        "declared_basis",
        *("scope", "not_affected", "customer_effect", "advice"),
        *("team", "taken_at", "paged_at", "workaround", "verified_at", "cause_confirmed"),
        *("stated_times", "previous_update", "next_update"),
        *("action", "action_role", "action_due", "decision_needed"),
        *("restored_at", "confirmed_at", "confirmed_role", "duration", "measures"),
        *("limits", "limits_news_by", "no_limits", "no_user_action"),
        *("data", "data_loss", "data_news_by", "review_by"),
        *("relapsed_at", "withdrawn_at", "withdrawn_reason"),
        *("review_found", "review_cause", "review_lessons"),
        *("action_text", "action_owner", "action_by"),
        *("signal", "signal_detail", "due_what", "due_at"),
    }
)
"""Attributes of a major incident."""
_OF_DECISIONS = frozenset(
    {
        *("approval_what", "approval_effect", "approval_cost", "approval_due", "approval_asker"),
        *("approval_because", "approval_for", "decision", "decided_by", "decided_at"),
        *("decision_comment", "score", "score_comment", "answers", "low_answers", "low_until"),
    }
)
"""Attributes of one approval, or of one answered survey."""
OF_MAINTENANCE = frozenset(
    {
        *(
            "maintenance_from",
            "maintenance_until",
            "maintenance_effect",
            "maintenance_not_affected",
        ),
        *("maintenance_was_from", "maintenance_was_until"),
        *("maintenance_changed_at", "reminded_at", "cancelled_at", "cancelled_reason"),
        "occasion",
    }
)
OF_CHANGE = frozenset({"change_number", "change_from", "change_until", "change_effect"})
OF_FLAPPING = frozenset({"flapping_signal", "flapping_changes", "flapping_within"})
DECLARES_AT = "declares_at"
"""When the rules declare by themselves what nobody has decided."""
DECLARING_ALERT = "declaring_alert"
"""The service of which a further alert declares it by the rules."""
OF_SURGE = frozenset(
    {
        "surge_service",
        "surge_count",
        "surge_within",
        "surge_since",
        DECLARES_AT,
        DECLARING_ALERT,
        "maintenance_number",
    }
)
"""Attributes of so many tickets at once, or of an alert, of which it is asked whether they are one failure."""
OF_HELD = frozenset(
    {"held_to", "held_subject", "held_text", "held_findings", "held_needed", "release_by"}
)
"""Attributes of a text that waits for somebody's agreement."""
CASES_SHOWN = 4
"""Cases of a chain that a message lists, the latest of them."""


def case_slot(n: int, part: str) -> str:
    """The slot of the n-th case that is shown (from 1, the oldest first): its number, at, or title."""
    return f"case_{n}_{part}"


OF_CHAIN = frozenset(
    {
        *("chain_kind", "chain_cases", "chain_since", "chain_latest", "chain_service"),
        *("chain_lasted", "chain_shared", "chain_differs", "chain_fix", "chain_fix_number"),
        *("chain_cause", "chain_owner", "chain_priority"),
        *(
            case_slot(n, part)
            for n in range(1, CASES_SHOWN + 1)
            for part in ("number", "at", "title")
        ),
    }
)
"""Attributes of what keeps coming back."""
OF_PROBLEM = frozenset(
    {
        *("problem_number", "problem_title", "problem_state", "problem_owner", "problem_priority"),
        *("problem_outside", "problem_workaround", "problem_cause", "problem_fix", "quiet_until"),
    }
)
"""Attributes of the problem that was made of it."""
TYPE = "incident_type"
OF_CLOCK = frozenset(
    {
        *("clock_name", "deadline", "deadline_state", "time_left", "overdue_for"),
        *("working_hours", "paused_for", "next_stage_at", "next_told", "last_note", "last_note_at"),
    }
)
"""Attributes of a service level's clock, for those in charge."""
OF_CORRECTION = frozenset(
    {*(before_of(attribute) for attribute in CORRECTABLE), "known_at", "corrected_why"}
)
"""What was told and is wrong, since when that is known, and why it was so."""
OF_OUTAGE = {
    "service": "outage_service",
    "impact": "outage_impact",
    "started_at": "outage_since",
}
"""Attributes of the major incident that a ticket belongs to, as its requester is told them."""
OUTAGE_NUMBER, DETACHED_FROM = "outage_number", "detached_from"
"""The major incident that a ticket belongs to, and the one that it does not belong to after all: each takes back what
was told by the other."""
_OUTAGE = frozenset(
    {*OF_OUTAGE.values(), OUTAGE_NUMBER, "outage_next_update", DETACHED_FROM, "false_alarm_at"}
)
FACTS = frozenset().union(
    *(_TICKET, OF_MAJOR, ARTICLES, _OF_DECISIONS),
    *(
        OF_MAINTENANCE,
        OF_CHANGE,
        OF_FLAPPING,
        OF_SURGE,
        OF_HELD,
        OF_CLOCK,
        OF_CORRECTION,
        _OUTAGE,
        {TYPE},
    ),
    *(OF_CHAIN, OF_PROBLEM, {KNOWN_ERROR, KNOWN_ERROR_NUMBER}),
)
SLOTS = FACTS | LISTS | PERSONAL | CONTEXT
