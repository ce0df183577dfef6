"""What everybody may see of a major incident: the truth, and nothing that was not published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from pipeline.domain.cloudevents import parse
from pipeline.flow.drain import drain
from tests.acceptance.outage import CRM, crm_outage, outage
from tests.acceptance.story import Desk

from .conftest import BASE, NOTE

PATHS = (f"/s/{CRM}", "/s/INC-9700", "/s/INC-2", "/status", "/banner", "/banner.json")
SECRET = (
    *("crm-app-03", "crm-login-errors", "threshold", "sign-in errors above"),
    *("db-07", "Director Fang", "supplier", "6,214", "director", "Application Support", "lin@"),
)
"""Hosts, signals, notes, statements to leaders, scopes and teams: for others than everybody."""


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_that_was_not_published_stands_on_a_public_page(
    visitor: TestClient, path: str, language: str
) -> None:
    answer = visitor.get(path, params={"lang": language})
    assert answer.status_code == 200
    for secret in (*SECRET, NOTE):
        assert secret not in answer.text, secret


@pytest.mark.parametrize(
    ("number", "language", "words"),
    [
        (CRM, "en", ["restored", "Recovery was confirmed", "12:40", "12:05", "11:17"]),
        (CRM, "zh", ["已恢复", "12:40", "11:17", "时间为北京时间"]),
        ("INC-9700", "en", ["false alarm", "15:20"]),
        ("INC-9700", "zh", ["误报"]),
        ("INC-2", "en", ["open", "CRM is working poorly", "Next update by", "15:40"]),
        ("INC-2", "zh", ["进行中", "CRM", "下次通报不晚于", "15:40"]),
    ],
)
def test_a_page_tells_how_it_stands_in_its_readers_language(
    visitor: TestClient, number: str, language: str, words: list[str]
) -> None:
    shown = visitor.get(f"/s/{number}", params={"lang": language}).text.casefold()
    for expected in words:
        assert expected.casefold() in shown


def test_a_false_alarm_is_not_shown_with_an_effect(visitor: TestClient) -> None:
    """There was no failure: the list of what is known names the service alone."""
    known = visitor.get("/s/INC-9700", params={"lang": "en"}).text
    known = known[known.index('<dl class="known">') : known.index("</dl>")]
    assert "CRM" in known
    assert "working poorly" not in known


def test_while_it_is_open_no_earlier_recovery_is_listed_as_known(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """After a relapse the recovery on record is that of the first failure."""
    with outage(tmp_path) as found:
        send = found.at("10:00").send
        send("incident.declared", CRM, severity="P1", impact="unavailable", service="crm")
        found.at("10:10").send("incident.restored", CRM, restored_at="2026-08-24T10:08:00+08:00")
        found.at("10:20").send("incident.relapsed", CRM)
        found.at("10:21")
        shown = TestClient(create_app(found.app), base_url=BASE).get(f"/s/{CRM}?lang=en").text
        known = shown[shown.index('<dl class="known">') : shown.index("</dl>")]
        assert "10:08" not in known


@pytest.mark.parametrize(
    "number",
    [
        *("INC-1", "INC-404", "..%2f..%2fetc%2fpasswd", "%00", "INC-1%00", "%ED%A0%80", "'\"<script>"),
        *("x" * 10_000, "％２ｅ", "🔥", "inc_%25", "%0d%0aSet-Cookie:x=1", " "),
    ],
)  # fmt: skip
def test_what_has_no_page_is_not_found_and_tells_nothing(visitor: TestClient, number: str) -> None:
    """An ordinary ticket, one that does not exist, and names that try something."""
    answer = visitor.get(f"/s/{number}")
    assert answer.status_code in {400, 404, 414}
    assert "Payslip" not in answer.text
    assert "<script>" not in answer.text
    assert "set-cookie" not in answer.headers


def test_pages_may_be_kept_for_seconds_and_framed_only_where_they_are_meant_to(
    visitor: TestClient,
) -> None:
    """A crowd is served from caches; only the banner stands in other sites' frames."""
    for path in PATHS:
        assert visitor.get(path).headers["cache-control"] == "public, max-age=15", path
    page = visitor.get(f"/s/{CRM}").headers["content-security-policy"]
    assert "frame-ancestors 'none'" in page
    banner = visitor.get("/banner").headers
    assert "frame-ancestors *" in banner["content-security-policy"]
    assert "script-src" not in banner["content-security-policy"]
    assert banner.get("x-frame-options") is None


def test_looking_at_public_pages_sets_nothing_and_changes_nothing(
    visitor: TestClient, played: Desk
) -> None:
    before = played.app.queries.incident("INC-2")
    for path in PATHS:
        assert "set-cookie" not in visitor.get(path).headers
    assert played.app.queries.incident("INC-2") == before


def test_the_banner_for_programs_tells_each_open_failure_in_both_languages(
    visitor: TestClient,
) -> None:
    """With times in UTC that a program can read, and its page."""
    answer = visitor.get("/banner.json")
    [found] = answer.json()["incidents"]
    assert answer.headers["access-control-allow-origin"] == "*"
    assert (found["number"], found["phase"]) == ("INC-2", "investigating")
    assert set(found["title"]) == {"zh", "en"} == set(found["text"])
    assert found["url"] == f"{BASE}/s/INC-2"
    assert found["since"] is None
    assert datetime.fromisoformat(found["next_update"]).isoformat() == "2026-08-24T07:40:00+00:00"
    assert datetime.fromisoformat(found["updated_at"]).utcoffset() is not None


def test_the_overview_parts_what_is_open_from_what_is_over(visitor: TestClient) -> None:
    shown = visitor.get("/status?lang=en").text
    above, _, below = shown.partition('<h2 id="past">Over</h2>')
    assert "/s/INC-2" in above
    assert f"/s/{CRM}" not in above
    assert f"/s/{CRM}" in below
    assert "/s/INC-9700" in below


@pytest.mark.parametrize("path", [f"/s/{CRM}", "/status"])
def test_switched_off_there_is_no_public_page(tmp_path, path: str) -> None:  # type: ignore[no-untyped-def]
    """Where the desk has one of its own; nor is there what shows the same."""
    with outage(tmp_path, status_page=False) as found:
        crm_outage(found)
        client = TestClient(create_app(found.app), base_url=BASE)
        assert client.get(path).status_code == 404
        for other in ("/banner.json", "/banner", "/status.json", "/status/subscribe"):
            assert client.get(other).status_code == 404
        mails = found.mails("tom@example.org")
        assert mails
        assert not [mail.text for mail in mails if "/s/" in mail.text]


DOWN = {"severity": "P1", "impact": "unavailable", "service": "crm"}
INSIDE: dict[str, dict[str, str]] = {
    "ticket.noted": {"text": "the mailbox of Director Fang", "visibility": "internal"},
    "incident.scope_changed": {
        "scope": "all six thousand accounts",
        "not_affected": "the branch in Rotterdam",
        "customer_effect": "Northwind cannot order",
    },
    "incident.progressed": {"action": "restarting node seven", "role": "the platform crew"},
    "incident.decision_asked": {"decision": "whether to pay the supplier"},
    "incident.workaround_verified": {"workaround": "the read-only directory"},
    "incident.phase_changed": {"phase": "identified", "cause": "a lost database"},
    "incident.stated": {"text": "only those affected read this"},
    "incident.restored": {
        "confirmed_role": "the owner of the ledger",
        "measures": "two memory modules exchanged",
        "limits": "export of reports",
        "data": "lost",
        "data_loss": "orders of the morning",
        "user_action": "enter your orders once more",
    },
    "incident.relapsed": {},
    "incident.withdrawn": {"reason": "the probe of Hamburg"},
}
"""Whatever can be recorded for others than everybody, in the order of an outage."""
WORDS = [
    "crm-app-03",
    "crm-login",
    *(w for said in INSIDE.values() for w in said.values() if " " in w),
]


def browser(desk: Desk) -> TestClient:
    return TestClient(create_app(desk.app), base_url=BASE, follow_redirects=False)


def moments(desk: Desk) -> Iterator[str]:
    """Stops after each event, and once more when what follows from it has been told."""
    detail = "crm-app-03 fails"
    send = desk.at("10:00").send
    send("incident.alerted", CRM, signal="crm-login", title=detail, detail=detail, **DOWN)
    yield "alerted"
    send("incident.declared", CRM, team="app-support", **DOWN)
    yield "declared"
    for n, (name, said) in enumerate(INSIDE.items()):
        desk.send(name, CRM, **said)
        yield name
        desk.at(f"1{n // 2}:{30 * (n % 2) + 5:02}")
        yield f"after {name}"


def test_at_no_moment_of_an_outage_is_anything_inside_shown(tmp_path: Path) -> None:
    """Not while it is open, not afterwards, in no language and to no program."""
    with outage(tmp_path) as desk:
        client = browser(desk)
        for moment in moments(desk):
            for path in (f"/s/{CRM}", "/status", "/banner", "/banner.json"):
                for language in ("zh", "en"):
                    answer = client.get(path, params={"lang": language})
                    hidden = moment == "alerted" and path == f"/s/{CRM}"
                    assert answer.status_code == (404 if hidden else 200)
                    found = [words for words in WORDS if words in answer.text]
                    assert not found, (moment, path, found)


@pytest.mark.parametrize("number", ["INC/2026/7", "a+b?c#d", "A&B<c>\"'", "50%", "故障 7"])
def test_every_link_to_a_page_leads_there_whatever_its_number(tmp_path: Path, number: str) -> None:
    """Desks number as they like: the link in a mail, on the overview, and for programs."""
    with outage(tmp_path) as desk:
        desk.at("10:00").send("incident.declared", number, **DOWN)
        client = browser(desk.at("10:01"))
        in_mail = re.findall(rf"{BASE}(/s/\S+)", desk.mails("tom@example.org")[0].text)
        on_page = re.findall(r'href="(/s/[^"]+)"', client.get("/status").text)
        [row] = client.get("/banner.json").json()["incidents"]
        for link in (*in_mail, *on_page, row["url"].removeprefix(BASE)):
            assert client.get(link).status_code == 200, link


def test_a_page_stays_when_another_desk_uses_its_number(tmp_path: Path) -> None:
    """Two sources may both have an INC-9602; people hold links to what was announced."""
    with outage(tmp_path) as desk:
        desk.at("10:00").send("incident.declared", CRM, **DOWN)
        now = desk.at("10:01").app.clock.now()
        other = {
            "specversion": "1.0",
            "id": "1",
            "source": "another-desk",
            "type": "heliograph.ticket.reported.v1",
            "subject": CRM,
            "time": now.isoformat(),
            "data": {"title": "Mouse", "requester": {"id": "li"}},
        }
        desk.app.intake.accept([parse(other, now=now)])
        drain(desk.app.steps)
        assert "unavailable" in browser(desk).get(f"/s/{CRM}?lang=en").text


def test_a_ticket_without_a_failure_has_no_page_under_any_of_its_names(tmp_path: Path) -> None:
    """Nor has an alert, nor do a requester's words stand on the page of what her ticket became."""
    with outage(tmp_path) as desk:
        client = browser(desk)
        desk.send("reported", CRM, title="my words of it", requester={"id": "li"}, service="crm")
        incident = desk.app.queries.incident(CRM)
        assert incident is not None
        for name in (CRM, incident.id):
            assert client.get(f"/s/{name}").status_code == 404
        desk.send("incident.declared", CRM, **DOWN)
        page = client.get(f"/s/{CRM}")
        assert page.status_code == 200
        assert "my words" not in page.text + client.get("/banner.json").text


def test_the_page_stands_however_many_others_were_told(tmp_path: Path) -> None:
    """Six hundred readers must not push its own texts out of sight."""
    with outage(tmp_path) as found:
        found.at("10:00").send("incident.declared", CRM, severity="P1", service="crm")
        found.at("10:01")
        [sent] = [
            m
            for m in found.app.queries.messages(recipient="page:en")
            if m.state.value == "delivered"
        ]
        with found.app.store.write() as tx:
            later = sent.created_at + timedelta(seconds=1)
            others = [
                sent.recipient.model_copy(update={"id": f"p{n}", "kind": "person"})
                for n in range(600)
            ]
            tx.add_messages(
                [
                    sent.model_copy(
                        update={"id": f"msg_{other.id}", "created_at": later, "recipient": other}
                    )
                    for other in others
                ]
            )
        client = TestClient(create_app(found.app), base_url=BASE)
        assert client.get(f"/s/{CRM}").status_code == 200


def test_what_the_page_lists_as_known_has_been_told_on_it(tmp_path: Path) -> None:
    """A text that waits for a person does not stand there by another way."""
    with outage(tmp_path) as found:
        found.at("10:00").send("incident.declared", CRM, severity="P1", service="crm")
        found.at("10:05").send(
            "incident.severity_changed", CRM, severity="P1", symptom="db01.corp.local is resolved"
        )
        found.at("10:07")
        client = TestClient(create_app(found.app), base_url=BASE)
        assert "db01" not in client.get(f"/s/{CRM}?lang=en").text
