"""Which demand does a text meet? The first entry that fits, never lighter than its own rule, never lighter than
what was found in it."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.domain.agreement import Mode
from pipeline.domain.communication import Communication, Held, Kind, Reason
from pipeline.domain.errors import Misconfigured
from pipeline.domain.findings import Finding, FindingLevel, Verdict
from pipeline.domain.incident_types import IncidentType
from pipeline.policy.loading import load_pack
from pipeline.policy.releases import VETO_WITHIN, demand_of
from tests.contract.stores import communication

RULE = """
version: 1
rules:
  - {id: a, events: [declared], tell: affected, kind: first_contact, reason: {zh: 规则, en: A rule}}
release:
"""


def pack(*entries: str) -> str:
    return RULE + "".join(f"  - {{reason: {{zh: 规则, en: A rule}}, {e}}}\n" for e in entries)


def verdict(level: FindingLevel | None) -> Verdict:
    if level is None:
        return Verdict()
    found = Finding(check="c", rule="r", level=level, form="mail", language="en")
    return Verdict(findings=(found,))


def mode(text: str, c: Communication | None = None, **more: Any) -> Mode:
    usual: dict[str, Any] = {"verdict": Verdict(), "severity": None, "incident_type": None}
    rules = load_pack({"a.yaml": text}).releases
    told = c or communication(kind=Kind.FIRST_CONTACT, audience="affected")
    return demand_of(rules, told, **usual | more).mode


VETO = "id: v, mode: unless_vetoed, within: 5m"


@pytest.mark.parametrize(
    ("entry", "given", "expected"),
    [
        ("id: x, mode: two_persons", {}, Mode.TWO_PERSONS),
        ("id: x, mode: two_persons, audiences: [public]", {}, Mode.AUTOMATIC),
        ("id: x, mode: two_persons, kinds: [first_contact]", {}, Mode.TWO_PERSONS),
        ("id: x, mode: two_persons, kinds: [update]", {}, Mode.AUTOMATIC),
        ("id: x, mode: one_person, severities: [P1]", {"severity": "P1"}, Mode.ONE_PERSON),
        ("id: x, mode: one_person, severities: [P1]", {"severity": None}, Mode.AUTOMATIC),
        ("id: x, mode: nobody, incident_types: [security]", {"incident_type": IncidentType.SECURITY}, Mode.NOBODY),
        ("id: x, mode: nobody, incident_types: [security]", {"incident_type": IncidentType.MAIL}, Mode.AUTOMATIC),
        ("id: x, mode: two_persons, findings: warn", {"verdict": verdict(FindingLevel.WARN)}, Mode.TWO_PERSONS),
        ("id: x, mode: two_persons, findings: warn", {"verdict": verdict(None)}, Mode.AUTOMATIC),
        ("id: x, mode: two_persons, findings: hold", {"verdict": verdict(FindingLevel.WARN)}, Mode.AUTOMATIC),
        ("id: x, mode: automatic", {"verdict": verdict(FindingLevel.HOLD)}, Mode.ONE_PERSON),
        (VETO, {"verdict": verdict(FindingLevel.HOLD)}, Mode.ONE_PERSON),
        (VETO, {}, Mode.UNLESS_VETOED),
    ],
)  # fmt: skip
def test_an_entry_asks_of_what_it_is_about(
    entry: str, given: dict[str, Any], expected: Mode
) -> None:
    assert mode(pack(entry), **given) is expected


def test_the_first_that_fits_counts_and_its_rules_own_demand_is_the_least() -> None:
    entries = pack("id: x, mode: automatic", "id: y, mode: two_persons")
    assert mode(entries) is Mode.AUTOMATIC
    told = communication(kind=Kind.FIRST_CONTACT, audience="affected", release="one_person")
    assert mode(entries, told) is Mode.ONE_PERSON


def test_a_rule_that_waits_for_a_veto_waits_its_time_without_an_entry() -> None:
    told = communication(release="unless_vetoed")
    demand = demand_of((), told, verdict=Verdict(), severity=None, incident_type=None)
    assert (demand.mode, demand.within) == (Mode.UNLESS_VETOED, VETO_WITHIN.total_seconds())


def test_a_request_to_release_asks_for_no_release() -> None:
    """Or nobody would ever be asked."""
    told = communication(kind=Kind.RELEASE_REQUEST, held=Held(communication="c", group="g"))
    assert mode(pack("id: x, mode: two_persons"), told) is Mode.AUTOMATIC


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("id: x, mode: unless_vetoed", "needs `within`"),
        ("id: x, mode: one_person, lapse: escalate, within: 5m", "escalate_to"),
        ("id: x, mode: one_person, lapse: discard", "needs `within`"),
        ("id: x, mode: automatic, ask: board", "asks nobody"),
        ("id: x, mode: three_persons", "two_persons"),
        ("id: x, mode: one_person, within: 10s", "shorter than 1m"),
        ("id: x, mode: one_person, within: 30d", "longer than 7d"),
        ("id: x, mode: one_person, audiences: [everybody]", "not an audience"),
        ("id: x, mode: one_person, audiences: []", "at least 1"),
        ("id: x, mode: one_person, findings: all", "warn, hold or block"),
        ("id: x, mode: one_person, incident_types: [fax]", "mail"),
        ("id: x, mode: one_person, when: true", "Extra"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_line(entry: str, problem: str) -> None:
    with pytest.raises(Misconfigured, match=r"a\.yaml:") as refused:
        load_pack({"a.yaml": pack(entry)})
    assert problem in str(refused.value)


def test_the_reason_of_an_entry_goes_with_its_demand() -> None:
    rules = load_pack({"a.yaml": pack("id: x, mode: one_person")}).releases
    told = communication()
    demand = demand_of(rules, told, verdict=Verdict(), severity=None, incident_type=None)
    assert demand.reason == Reason(code="x", zh="规则", en="A rule")
