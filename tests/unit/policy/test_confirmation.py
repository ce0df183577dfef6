"""No single alert declares a major incident; a second one, time, or a person does."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.domain.alert_events import AlertFlapping, AlertSteadied
from pipeline.domain.incident import Incident
from pipeline.domain.major_events import AlertCleared, Alerted, Declared, Withdrawn
from pipeline.domain.payload import Payload
from pipeline.policy.confirmation import Confirmation, awaits_confirmation, is_confirmed
from pipeline.policy.loading import SHIPPED, load_pack, read_rules
from tests.unit.tickets import MINUTE, fold_all, reported, stream

RULES = load_pack(read_rules(SHIPPED)).confirmation
ONE_SIGNAL = Confirmation(severities=frozenset({"P1"}), hold_down=MINUTE)


def alerted(signal: str = "errors", **more: Any) -> Alerted:
    usual = {"signal": signal, "title": "CRM errors", "severity": "P1", "service": "crm"}
    return Alerted(**usual | more)


def after(*payloads: Payload) -> Incident:
    return fold_all(stream(*payloads))


CLEARED = AlertCleared(signal="errors")
FLAPPING = AlertFlapping(signal="errors", changes=6, within_minutes=10)


def test_the_shipped_rules_wait_three_minutes_or_for_a_second_alert() -> None:
    assert RULES.severities == {"P1", "P2"}
    assert RULES.second_signal
    assert RULES.hold_down == 3 * MINUTE


@pytest.mark.parametrize(
    ("awaits", "incident"),
    [
        (True, after(alerted())),
        (False, after(alerted(), FLAPPING)),
        (True, after(alerted(), FLAPPING, AlertSteadied(signal="errors", firing=True))),
        (True, after(alerted(), FLAPPING, alerted("probe"))),
        (True, after(alerted(severity="P2"))),
        (True, after(alerted(), alerted())),
        (True, after(alerted(), CLEARED, alerted())),
        (True, after(alerted(severity="P3"), alerted("probe", severity="P1"))),
        (True, after(reported(), alerted())),
        (False, after(alerted(severity="P3"))),
        (False, after(alerted(severity=None))),
        (False, after(alerted(), CLEARED)),
        (False, after(alerted(severity="P1"), alerted("slow", severity="P3"), CLEARED)),
        (False, after(alerted(), Declared(severity="P1"))),
        (False, after(alerted(), Declared(severity="P1"), Withdrawn())),
        (False, after(alerted(), Withdrawn())),
        (False, after(alerted(), Withdrawn(), alerted())),
        (True, after(alerted(), Withdrawn(), alerted("probe"))),
        (False, after(reported(priority="P1"))),
    ],
    ids=[
        *("grave", "comes-and-goes", "steady-again", "another-beside-what-comes-and-goes"),
        *("grave-enough", "repeated", "fires-again", "the-graver-counts", "on-a-ticket"),
        *("not-grave", "nobody-said-how-grave", "cleared", "only-a-slight-one-is-left"),
        *("declared", "declared-and-withdrawn", "dismissed", "dismissed-for-good"),
        *("another-after-a-dismissal", "no-alert"),
    ],
)
def test_an_alert_is_asked_about_while_it_is_grave_firing_and_undecided(
    awaits: bool, incident: Incident
) -> None:
    """Somebody's decision about an alert, either way, is never asked for again."""
    assert awaits_confirmation(RULES, incident) is awaits


@pytest.mark.parametrize(
    ("confirmed", "incident"),
    [
        (False, after(alerted())),
        (False, after(alerted(), alerted(), alerted())),
        (False, after(alerted(), CLEARED, alerted("probe"))),
        (False, after(alerted(), alerted("probe"), CLEARED)),
        (True, after(alerted(), alerted("probe"))),
        (True, after(alerted(), CLEARED, alerted("probe"), alerted())),
        (True, after(alerted(), alerted("probe"), alerted("third"), CLEARED)),
        (False, after(alerted(), alerted("probe", service=None))),
        (False, after(alerted(), alerted("probe", service="mail"))),
        (True, after(alerted(), alerted("disk", service=None), alerted("probe"))),
        (False, after(alerted(service=None), alerted("probe", service=None))),
    ],
    ids=[
        *("one", "one-repeated", "one-after-the-other", "one-is-left"),
        *("two", "two-in-the-end", "two-are-left"),
        *("another-of-nobody-knows-what", "another-of-another-service"),
        *("two-beside-one-of-nobody-knows-what", "two-of-nobody-knows-what"),
    ],
)
def test_two_different_alerts_that_fire_at_once_confirm_each_other(
    confirmed: bool, incident: Incident
) -> None:
    """A repeat of the same one proves nothing new."""
    assert is_confirmed(RULES, incident) is confirmed


def test_where_the_rules_want_a_person_no_number_of_alerts_confirms() -> None:
    assert not is_confirmed(ONE_SIGNAL, after(alerted(), alerted("probe"), alerted("third")))


def test_without_rules_nothing_waits() -> None:
    """A pack that names no severities leaves every alert to people."""
    assert not awaits_confirmation(Confirmation(), after(alerted(), alerted("probe")))
