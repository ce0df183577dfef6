"""Which limits a ticket has: the most specific policy counts, and what contradicts itself is not taken."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pipeline.domain.errors import Misconfigured
from pipeline.domain.folding import fold
from pipeline.domain.incident import Incident
from pipeline.policy.loading import load_pack
from pipeline.policy.rules import RulePack
from pipeline.policy.service_levels import first_contact_by, level_for
from tests.unit.tickets import START, event, reported

RULE = """\
version: 1
rules:
  - {id: tell, events: [reported], tell: requester, kind: acknowledgement, reason: {zh: 告诉, en: Tell}}
"""
LEVELS = """\
version: 1
calendars:
  office: {zone: Asia/Shanghai, hours: {mon-fri: ["09:00-18:00"]}, holidays: CN}
service_levels:
  - id: house
    limits: {P1: {response: 15m}, P3: {response: 60m, calendar: office}, any: {response: 120m}}
  - id: mail
    services: [mail]
    limits: {P1: {response: 10m}, any: {response: 90m}}
  - id: acme
    customers: [acme, zenith]
    limits: {any: {response: 30m}}
  - id: acme-mail
    customers: [acme]
    services: [mail]
    limits: {P1: {response: 5m}}
"""


def pack(levels: str = LEVELS, rules: str = RULE) -> RulePack:
    return load_pack({"levels.yaml": levels, "rules.yaml": rules})


def problems(levels: str) -> list[tuple[str, str]]:
    with pytest.raises(Misconfigured) as refused:
        pack(levels)
    return refused.value.problems


def opened(**data: Any) -> Incident:
    return fold(None, event(reported(**data)))


@pytest.mark.parametrize(
    ("ticket", "policy", "minutes"),
    [
        ({}, "house", 120),
        ({"priority": "P1"}, "house", 15),
        ({"priority": "P4"}, "house", 120),
        ({"service": "mail"}, "mail", 90),
        ({"service": "mail", "priority": "P1"}, "mail", 10),
        ({"service": "mail", "priority": "P3"}, "mail", 90),
        ({"customer": "zenith", "priority": "P1"}, "acme", 30),
        ({"customer": "acme", "service": "mail"}, "acme", 30),
        ({"customer": "acme", "service": "mail", "priority": "P1"}, "acme-mail", 5),
        ({"customer": "else", "service": "else"}, "house", 120),
    ],
)
def test_a_customer_goes_before_a_service_and_a_service_before_a_priority(
    ticket: dict[str, Any], policy: str, minutes: int
) -> None:
    found = level_for(pack().service_levels, opened(**ticket))
    assert found is not None
    assert (found.id, found.response) == (policy, timedelta(minutes=minutes))


def test_a_policy_that_matches_nothing_gives_no_limit() -> None:
    """And nobody is promised a time."""
    only = "version: 1\nservice_levels:\n  - {id: a, customers: [acme], limits: {P1: {response: 5m}}}\n"
    assert level_for(pack(only).service_levels, opened(priority="P1")) is None
    assert first_contact_by(pack(only), opened(priority="P1")) is None


def test_the_first_contact_is_promised_by_the_calendar() -> None:
    """Reported on Saturday evening, answered on Monday morning."""
    saturday = event(reported(priority="P3"), at=START - timedelta(days=2))
    assert first_contact_by(pack(), fold(None, saturday)) == START


def test_the_short_form_still_promises_the_first_contact() -> None:
    """`response_within` of packs that are older than service levels."""
    short = pack("version: 1\nresponse_within: {P1: 15m, P2: 1d}\n")
    assert first_contact_by(short, opened(priority="P1")) == START + timedelta(minutes=15)
    assert first_contact_by(short, opened(priority="P2")) == START + timedelta(days=1)
    assert first_contact_by(short, opened()) is None


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("[acme, zenith]", "[acme]", None),
        ("    services: [mail]\n    limits: {P1: {response: 5m}}", "    limits: {any: {response: 5m}}", "equally specific"),
        ("  - id: mail\n    services: [mail]", "  - id: mail\n    services: [mail, mail]", None),
        ("  - id: mail\n    services: [mail]", "  - id: mail", "equally specific for P1"),
        ("id: acme-mail", "id: acme", "acme is taken by another one"),
        ("calendar: office", "calendar: moon", "there is no calendar moon; known: always, office"),
        ("response: 15m", "response: 0m", "is zero"),
        ("response: 15m", "response: 2000h", "longer than 1000h"),
        ("response: 15m", "response: 1d", "how long a day is depends on the calendar"),
        ("response: 15m", "response: 15", "working time in minutes or hours"),
        ("response: 15m", "response: 5h, resolution: 4h", "response take longer"),
        ("P1: {response: 15m}", "P1: {}", "limits nothing"),
        ("P1: {response: 15m}", "P9: {response: 15m}", "service_levels.0.limits"),
        ("{P1: {response: 5m}}", "{}", "at least 1"),
        ("customers: [acme]", "customers: []", "names nobody"),
        ("  office:", "  always:", "the calendar always is there already"),
        ("id: house", "id: house\n    stages: [{at: 75%, tell: [requester]}]", "may not know of service levels"),
        ("id: house", "id: house\n    stages: [{at: 75%, tell: [boss]}]", "is not an audience"),
        ("id: house", "id: house\n    stages: [{at: 75%, tell: []}]", "at least 1"),
        ("id: house", "id: house\n    stages: [{at: 0%, tell: [managers]}]", "is a share such as 75%"),
        ("id: house", "id: house\n    stages: [{at: 100%, tell: [managers]}]", "is a share such as 75%"),
        ("id: house", "id: house\n    stages: [{at: breach+0m, tell: [managers]}]", "is a share such as 75%"),
        ("id: house", "id: house\n    stages: [{at: breach, tell: [managers]}, {at: 90%, tell: [managers]}]", "90% does not come after breach"),
        ("id: house", "id: house\n    stages: [{at: 90%, tell: [managers]}, {at: 90%, tell: [managers]}]", "90% does not come after 90%"),
        ("id: house", "id: house\n    pauses: [lunch]", "service_levels.0.pauses"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_refused_at_load(
    old: str, new: str, sentence: str | None
) -> None:
    """With its line; None is for what only looks like a contradiction."""
    assert old in LEVELS
    changed = LEVELS.replace(old, new, 1)
    if sentence is None:
        assert pack(changed).service_levels
        return
    found = problems(changed)
    assert any(sentence in said and where.startswith("levels.yaml:") for where, said in found), (
        found
    )


def test_a_tie_names_both_and_says_what_to_do() -> None:
    second = "version: 1\nservice_levels:\n  - {id: other, services: [mail, vpn], limits: {P1: {response: 9m}}}\n"
    with pytest.raises(Misconfigured) as refused:
        load_pack({"a.yaml": LEVELS, "b.yaml": second, "rules.yaml": RULE})
    [(where, sentence)] = refused.value.problems
    assert where == "b.yaml:3"
    assert "other and mail (a.yaml:7) are equally specific for P1: name a customer" in sentence


def test_a_short_form_of_zero_is_refused() -> None:
    assert "is zero" in problems("version: 1\nresponse_within: {P1: 0m}\n")[0][1]


def test_one_calendar_in_two_files_is_refused() -> None:
    with pytest.raises(Misconfigured, match="the calendar office is there already"):
        load_pack({"a.yaml": LEVELS, "b.yaml": LEVELS.split("service_levels")[0], "c.yaml": RULE})


@pytest.mark.parametrize("days", ["0d", "91d", "3", "72h"])
def test_a_silence_is_a_number_of_days(days: str) -> None:
    assert "is a number of days" in problems(f"version: 1\nclose_after: {days}\n")[0][1]


def test_one_silence_is_written_once() -> None:
    one = "version: 1\nclose_after: 3d\n"
    with pytest.raises(Misconfigured, match="stands in two files"):
        load_pack({"a.yaml": one, "b.yaml": one, "c.yaml": RULE})
