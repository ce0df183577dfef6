"""People who asked to be told: only those who said yes, in their language, and no longer than they want."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from pipeline.domain.directory import Address, Directory, Names, Person, Service
from pipeline.domain.errors import NotAllowed
from pipeline.domain.subscription import SubscriptionState
from pipeline.flow.drain import drain
from tests.acceptance.outage import CRM, outage
from tests.acceptance.story import Desk, Mail
from tests.contract.sinks import HttpSink

from .conftest import BASE

ANNA = "anna@example.net"
DOWN = {"severity": "P1", "impact": "unavailable", "service": "crm"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with outage(tmp_path) as found:
        found.at("10:00")
        yield found


def browser(desk: Desk) -> TestClient:
    """One of each desk: making the door anew takes longer than what goes through it."""
    made = desk.__dict__.setdefault("browser", None)
    if made is None:
        made = TestClient(create_app(desk.app), base_url=BASE, follow_redirects=False)
        desk.__dict__["browser"] = made
    assert isinstance(made, TestClient)
    return made


def ask(desk: Desk, address: str = ANNA, language: str = "en", *services: str) -> int:
    form = {"address": address, "language": language, "services": list(services)}
    status = browser(desk).post("/status/subscribe", data=form).status_code
    drain(desk.app.steps)
    return status


def link(mail: Mail, kind: str) -> str:
    found = re.search(rf"{BASE}(/status/{kind}/\S+)", mail.text)
    assert found is not None, mail.text
    return found[1]


def subscribe(desk: Desk, address: str = ANNA, language: str = "en", *services: str) -> str:
    """The whole way; the path of the page of it."""
    assert ask(desk, address, language, *services) == 200
    confirmed = browser(desk).post(link(desk.mails(address)[-1], "confirm"))
    assert confirmed.status_code == 303
    return str(confirmed.headers["location"])


def subjects(desk: Desk, address: str = ANNA) -> list[str]:
    return [mail.subject for mail in desk.mails(address)]


@pytest.mark.parametrize(
    ("language", "asked", "told"),
    [
        ("en", "Please confirm", ["CRM is unavailable", "CRM is restored"]),
        ("zh", "请确认", ["CRM 目前无法使用", "CRM 已恢复"]),
    ],
)
def test_a_subscriber_is_told_what_the_page_tells_in_her_language(
    desk: Desk, language: str, asked: str, told: list[str]
) -> None:
    """From her yes to the end of the failure, over a real SMTP server."""
    subscribe(desk, ANNA, language)
    desk.at("10:05").send("incident.declared", CRM, **DOWN)
    desk.at("10:10").send("incident.restored", CRM)
    desk.at("10:12")
    question, *news = subjects(desk)
    assert asked in question
    assert len(news) == len(told)
    for subject, words in zip(news, told, strict=True):
        assert words in subject
    page = desk.app.queries.messages(recipient=f"page:{language}")
    hers = [m for m in desk.app.queries.messages() if m.recipient.kind == "subscriber"]
    assert {m.bundle for m in hers} == {m.bundle for m in page}


def test_whoever_subscribes_while_it_fails_hears_its_end(desk: Desk) -> None:
    """She read of it on the page; of what was over by then she hears nothing."""
    desk.send("incident.declared", CRM, **DOWN)
    desk.at("10:05")
    subscribe(desk)
    desk.at("10:10").send("incident.restored", CRM)
    subscribe(desk.at("10:15"), "late@example.net")
    assert [s for s in subjects(desk) if "CRM" in s] == [f"CRM is restored ({CRM})"]
    assert not any("CRM" in s for s in subjects(desk, "late@example.net"))


def test_her_mail_ends_it_in_one_click_and_leads_to_the_page(desk: Desk) -> None:
    """RFC 8058: a mail program posts by itself; and a person finds the same link in the text."""
    subscribe(desk)
    desk.at("10:05").send("incident.declared", CRM, **DOWN)
    mail = desk.at("10:06").mails(ANNA)[-1]
    assert f"{BASE}/s/{CRM}" in mail.text
    assert mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    target = re.fullmatch(rf"<{BASE}(/\S+)>", str(mail.message["List-Unsubscribe"]))
    assert target is not None
    assert target[1] == link(mail, "subscription")
    told = len(desk.mails(ANNA))
    clicked = browser(desk).post(target[1], data={"List-Unsubscribe": "One-Click"})
    assert clicked.status_code == 200
    desk.at("10:10").send("incident.restored", CRM)
    assert len(desk.at("10:12").mails(ANNA)) == told
    assert browser(desk).get(target[1]).status_code == 401


def test_others_mails_and_the_page_offer_no_such_end(desk: Desk) -> None:
    """Only what was asked for can be ended."""
    subscribe(desk)
    desk.at("10:05").send("incident.declared", CRM, **DOWN)
    desk.at("10:06")
    assert desk.mails("tom@example.org")[0].message["List-Unsubscribe"] is None
    page = browser(desk).get(f"/s/{CRM}?lang=en").text
    assert "subscription" not in page


def test_nothing_is_told_before_she_says_yes_and_a_look_is_no_yes(desk: Desk) -> None:
    """A scanner opens the link of the mail that asks."""
    ask(desk)
    [mail] = desk.mails(ANNA)
    for method in ("GET", "HEAD"):
        assert browser(desk).request(method, link(mail, "confirm")).status_code == 200
    desk.at("10:05").send("incident.declared", CRM, **DOWN)
    assert len(desk.at("10:06").mails(ANNA)) == 1


@pytest.mark.parametrize(("services", "hears"), [((), True), (("crm",), True), (("mail",), False)])
def test_she_hears_of_the_services_that_she_chose(
    desk: Desk, services: tuple[str, ...], hears: bool
) -> None:
    mail = Service(id="mail", name=Names(zh="邮件", en="Mail"), listed=True)
    desk.app.acts.load_directory(Directory(services=(mail,)))
    subscribe(desk, ANNA, "en", *services)
    desk.at("10:05").send("incident.declared", CRM, **DOWN)
    desk.at("10:06")
    assert any("CRM" in subject for subject in subjects(desk)) is hears


def test_she_changes_what_she_hears_on_her_page(desk: Desk) -> None:
    path = subscribe(desk).partition("?")[0]
    saved = browser(desk).post(path, data={"act": "save", "language": "zh", "services": ["crm"]})
    assert "已保存" in saved.text
    desk.at("10:05").send("incident.declared", CRM, **DOWN)
    assert "无法使用" in desk.at("10:06").mails(ANNA)[-1].subject


def test_whoever_asks_is_told_the_same_of_an_address_that_is_known(desk: Desk) -> None:
    """Nobody finds out who subscribed; the mail goes to the address alone."""
    subscribe(desk)
    form = {"address": ANNA, "language": "en"}
    known = browser(desk).post("/status/subscribe", data=form).text
    other = browser(desk).post("/status/subscribe", data={**form, "address": "b@example.net"}).text
    assert known.replace(ANNA, "") == other.replace("b@example.net", "")
    assert len(desk.app.portal.queries.subscriptions("", None, 10, None)[0]) == 1


HOSTILE = [
        *("a@b.org\r\nBcc: all@example.org", "a@b.org\nSubject: x", "Anna <a@b.org>", "a@b.org,c@d.org"),
        *("", " ", "anna", "anna@", "@example.org", "a b@example.org", "a@b.org\x00", "a" * 260 + "@b.org"),
]  # fmt: skip


def test_what_is_no_address_is_refused_and_mailed_to_nobody(desk: Desk) -> None:
    """Headers that would follow it, two addresses, none."""
    assert {address: ask(desk, address) for address in HOSTILE} == dict.fromkeys(HOSTILE, 422)
    assert desk.sink.letters == []


def test_a_client_that_asks_on_and_on_is_stopped(desk: Desk) -> None:
    """A thousand addresses from one place: ten mails, and no row for the others."""
    client = browser(desk)
    answers = [
        client.post("/status/subscribe", data={"address": f"n{n}@example.net"}).status_code
        for n in range(1000)
    ]
    drain(desk.app.steps)
    assert answers == [200] * 10 + [429] * 990
    assert len(desk.sink.letters) == 10


def test_one_address_gets_three_questions_a_day_whoever_asks(desk: Desk) -> None:
    """And whoever asks is told the same all the while."""
    found = [
        desk.app.portal.subscribing.ask(
            Address(channel="mail", value=ANNA.upper() if n % 2 else ANNA), "en", (), client=f"c{n}"
        )
        for n in range(6)
    ]
    drain(desk.app.steps)
    assert found == [True] * 6
    assert len(desk.sink.letters) == 3


def test_a_link_that_does_not_count_begins_and_ends_nothing(desk: Desk) -> None:
    """Changed, meant for another page, out of date."""
    page = subscribe(desk).partition("?")[0]
    confirm = link(desk.mails(ANNA)[-1], "confirm")
    tokens = {kind: path.rpartition("/")[2] for kind, path in (("subscription", page), ("confirm", confirm))}  # fmt: skip
    spoilt = {
        ("subscription", f"x{tokens['subscription'][1:]}"),
        ("confirm", f"x{tokens['confirm'][1:]}"),
        ("subscription", tokens["confirm"]),
        ("confirm", tokens["subscription"]),
        ("confirm", "x"),
    }
    for kind, token in spoilt:
        for method in ("GET", "HEAD", "POST"):
            assert browser(desk).request(method, f"/status/{kind}/{token}").status_code == 401
    desk.clock.set(desk.clock.now() + timedelta(days=800))
    for kind, token in tokens.items():
        for method in ("GET", "HEAD", "POST"):
            assert browser(desk).request(method, f"/status/{kind}/{token}").status_code == 401
    [kept] = desk.app.portal.queries.subscriptions("", None, 10, None)[0]
    assert kept.state is SubscriptionState.ACTIVE


def test_a_confirmation_works_once_and_brings_back_nothing_that_was_ended(desk: Desk) -> None:
    page = subscribe(desk).partition("?")[0]
    confirm = link(desk.mails(ANNA)[-1], "confirm")
    assert browser(desk).post(confirm).status_code == 303
    assert len(desk.app.portal.queries.subscriptions("", None, 10, None)[0]) == 1
    browser(desk).post(page, data={"act": "end"})
    assert browser(desk).post(confirm).status_code == 401
    assert desk.app.portal.queries.subscription_counts() == {"active": 0, "suspended": 0}


def test_another_site_cannot_subscribe_or_end(desk: Desk) -> None:
    page = subscribe(desk).partition("?")[0]
    foreign = {"origin": "https://evil.example"}
    for path in ("/status/subscribe", page):
        assert browser(desk).post(path, data={"address": ANNA}, headers=foreign).status_code == 403
    assert desk.app.portal.queries.subscription_counts()["active"] == 1


def test_an_address_that_fails_again_and_again_is_suspended_and_shown(desk: Desk) -> None:
    """After three messages that failed for good; others are told all the while."""
    subscribe(desk)
    subscribe(desk, "bert@example.net")
    desk.sink.gone.add(ANNA)
    desk.at("10:05").send("incident.declared", CRM, **DOWN)
    desk.at("10:10").send("incident.restored", CRM)
    assert desk.at("10:12").app.portal.queries.subscription_counts()["suspended"] == 0
    desk.at("10:20").send("incident.relapsed", CRM)
    found = {s.choice.address.value: s for s in desk.app.portal.queries.subscriptions("", None, 9, None)[0]}  # fmt: skip
    assert found[ANNA].state is SubscriptionState.SUSPENDED
    assert found[ANNA].why == "failed"
    assert found["bert@example.net"].state is SubscriptionState.ACTIVE
    assert "subscriber_suspended" in [alarm.code for alarm in desk.app.queries.alarms()]
    desk.at("10:30").send("incident.restored", CRM)
    hers = [m for m in desk.app.queries.messages() if m.recipient.address == ANNA]
    assert len(hers) == 3


def test_a_webhook_is_told_what_the_page_tells_and_nothing_else_ends_it(tmp_path: Path) -> None:
    """Entered by an administrator, signed like any other, to a real HTTP server."""
    sink = HttpSink()
    try:
        more: dict[str, Any] = {
            "webhook_secret": "a secret only of the tests",
            "webhook_hosts": (sink.host,),
        }
        with outage(tmp_path, **more) as found:
            found.at("10:00").app.portal.subscribing.add_webhook(sink.url, "zh", (), by="admin")
            found.at("10:05").send("incident.declared", CRM, **DOWN)
            found.at("10:06")
            [call] = sink.calls
            told = json.loads(call.body)
            assert "无法使用" in told["subject"]
            assert told["number"] == CRM
    finally:
        sink.close()


def test_only_an_allowed_host_gets_a_webhook(desk: Desk) -> None:
    """Whoever could name any address could reach what only this server can."""
    subscribing = desk.app.portal.subscribing
    for url in (
        "https://127.0.0.1/x",
        "http://user@hooks.example.org/",
        "https://hooks.example.org",
    ):
        with pytest.raises(NotAllowed):
            subscribing.add_webhook(url, "en", (), by="admin")


def test_erasing_a_person_takes_her_subscription_with_it(desk: Desk) -> None:
    subscribe(desk)
    ask(desk, ANNA)
    hers = Person(id="anna", name="Anna Berg", addresses=(Address(channel="mail", value=ANNA),))
    desk.app.acts.load_directory(Directory(people=(hers,)))
    desk.app.erasure.person(hers, by="admin")
    assert desk.app.portal.queries.subscriptions("", None, 9, None) == ([], None)
    with desk.app.store.read() as tx:
        assert tx.next_due("opt_ins") is None


def test_switched_off_nobody_subscribes_and_nobody_is_told(tmp_path: Path) -> None:
    """Where the desk has a list of its own; the pages go on."""
    with outage(tmp_path) as first:
        subscribe(first.at("10:00"))
    with outage(tmp_path, subscriptions=False) as found:
        found.at("10:05").send("incident.declared", CRM, **DOWN)
        assert found.at("10:06").mails(ANNA) == []
        assert browser(found).get("/status/subscribe").status_code == 404
        assert "/status/subscribe" not in browser(found).get("/status").text
