"""One message about one alert: what it changes, by a table; and laws that hold for any order of messages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.alert import Alert, KnownAlert
from pipeline.policy.alert_rules import AlertRules, ServiceNames
from pipeline.policy.alerting import Step, Turn, steadied, step_of

NOW = datetime(2026, 8, 24, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
RULES = AlertRules(severities={"critical": "P1", "warning": "P3"})


def alert(
    status: Literal["firing", "resolved"], began: int | None = 0, ended: int | None = None
) -> Alert:
    """Times in minutes from now."""

    def at(minutes: int | None) -> datetime | None:
        return None if minutes is None else NOW + minutes * MINUTE

    return Alert(
        fingerprint="f",
        name="Down",
        status=status,
        title="down",
        started_at=at(began),
        ended_at=at(ended),
    )


def after(*alerts: Alert) -> tuple[Step, ...]:
    known: KnownAlert | None = None
    steps: list[Step] = []
    for n, one in enumerate(alerts):
        step = step_of("mon", one, known, RULES, NOW + n * MINUTE)
        known = step.after
        steps.append(step)
    return tuple(steps)


TURNS: dict[str, tuple[list[Alert], Turn]] = {
    "the first": ([alert("firing")], Turn.BEGAN),
    "again the same": ([alert("firing"), alert("firing")], Turn.REPEATED),
    "a restarted monitor says another beginning": ([alert("firing"), alert("firing", 3)], Turn.REPEATED),
    "its end": ([alert("firing"), alert("resolved", 0, 5)], Turn.CLEARED),
    "its end again": ([alert("firing"), alert("resolved", 0, 5), alert("resolved", 0, 5)], Turn.REPEATED),
    "an end without times": ([alert("firing"), alert("resolved", None)], Turn.CLEARED),
    "an end that nobody saw begin": ([alert("resolved", 0, 5)], Turn.UNKNOWN_END),
    "the beginning comes after the end": ([alert("resolved", 0, 5), alert("firing")], Turn.LATE),
    "the beginning is sent again after the end": (
        [alert("firing"), alert("resolved", 0, 5), alert("firing")], Turn.LATE),
    "it begins anew": ([alert("firing"), alert("resolved", 0, 5), alert("firing", 9)], Turn.BEGAN),
    "an end of the time before": (
        [alert("firing"), alert("resolved", 0, 5), alert("firing", 9), alert("resolved", 0, 5)], Turn.LATE),
    "two times that the monitor joined": (
        [alert("firing", 9), alert("resolved", 0, 12)], Turn.CLEARED),
}  # fmt: skip


@pytest.mark.parametrize("name", TURNS)
def test_a_message_makes_the_turn_that_it_tells_of(name: str) -> None:
    """Messages are sent again, and overtake each other."""
    messages, turn = TURNS[name]
    assert after(*messages)[-1].turn is turn


MESSAGES = st.builds(
    lambda status, began, lasted: alert(
        status, began, began + lasted if status == "resolved" else None
    ),
    st.sampled_from(["firing", "resolved"]),
    st.integers(0, 30),
    st.integers(1, 10),
)


@given(st.lists(MESSAGES, min_size=1, max_size=25))
def test_the_same_message_again_never_tells_anything(messages: list[Alert]) -> None:
    """Whatever came before it."""
    *_, last = after(*messages)
    again = step_of("mon", messages[-1], last.after, RULES, NOW + 60 * MINUTE)
    assert again.turn in (Turn.REPEATED, Turn.LATE)
    assert not again.told
    assert again.after == last.after.model_copy(update={"seen_at": NOW + 60 * MINUTE})


@given(st.lists(MESSAGES, min_size=1, max_size=60))
def test_turns_alternate_and_flapping_is_told_once(messages: list[Alert]) -> None:
    """Nothing begins twice or ends twice; once it flaps no turn is told until it is steady."""
    steps = [s for s in after(*messages) if s.turn in (Turn.BEGAN, Turn.CLEARED)]
    assert all(a.turn is not b.turn for a, b in pairwise(steps))
    flapping = [n for n, s in enumerate(steps) if s.flaps]
    for n in flapping:
        assert not steps[n].told
        assert steps[n].after.due_at is not None
    told_while_flapping = [s for s in steps if s.told and s.after.flapping]
    assert told_while_flapping == []


def test_what_was_steady_for_long_enough_may_be_told_again() -> None:
    """Its count begins anew."""
    turns = [alert("firing", n) if n % 2 == 0 else alert("resolved", n - 1, n) for n in range(8)]
    last = after(*turns)[-1].after
    assert last.flapping
    calm = steadied(last, NOW + 30 * MINUTE)
    step = step_of("mon", alert("firing", 40), calm, RULES, NOW + 40 * MINUTE)
    assert (step.turn, step.told) == (Turn.BEGAN, True)


NAMES = ServiceNames.of(
    {"crm": ("CRM", "客户系统"), "mail": ("Mail", "邮箱"), "mail2": ("Mail archive", "邮箱")}
)


@pytest.mark.parametrize(
    ("candidates", "service"),
    [
        (["crm"], "crm"),
        (["CRM "], "crm"),
        (["客户系统"], "crm"),
        (["nothing", "Mail"], "mail"),
        (["邮箱"], None),
        ([""], None),
        ([], None),
    ],
)
def test_a_service_is_found_by_any_name_that_is_its_alone(
    candidates: list[str], service: str | None
) -> None:
    """Two that share an alias are not guessed between."""
    assert NAMES.first([c.strip() for c in candidates]) == service


@pytest.mark.parametrize(
    ("labels", "severity"),
    [
        ({"severity": "Critical"}, "P1"),
        ({"level": "warning"}, "P3"),
        ({"severity": "nobody knows", "level": "warning"}, "P3"),
        ({"severity": "nobody knows"}, None),
        ({}, None),
    ],
)
def test_a_word_means_the_severity_that_the_rules_say(
    labels: dict[str, str], severity: str | None
) -> None:
    """A word that stands nowhere leaves it open."""
    said = alert("firing").model_copy(update={"labels": labels})
    assert RULES.severity_of(said) == severity
