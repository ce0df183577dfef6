"""Each part of the portal can be off: it is not there then, and nothing leads to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.app import create_app
from pipeline.adapters.channels.memory import MemoryChannel
from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import Address, Bilingual
from pipeline.domain.errors import NotAllowed
from pipeline.domain.events import Assigned, Resolved
from pipeline.domain.major_events import Restored, Stated
from pipeline.domain.payload import Payload, PersonRef
from pipeline.domain.portal_parts import ALL, PUBLISHING, Part
from pipeline.domain.subscription import Choice, Subscription
from pipeline.flow.drafter import Drafter
from pipeline.flow.drain import drain
from pipeline.flow.preview import Preview
from pipeline.flow.service_desk import Desk as ServiceDesk
from tests.acceptance.outage import CRM, outage
from tests.acceptance.story import Desk
from tests.contract.sinks import HttpSink

from .conftest import BASE

ANNA = "anna@example.net"
DOWN = {"severity": "P1", "impact": "unavailable", "service": "crm"}
HERE = r"(?:^|example\.org|[\"' >(])"
NAMED = {
    Part.STATUS_PAGE: re.compile(rf"{HERE}/(?:s/|status(?![.\w/])|status/history)"),
    Part.BANNER: re.compile(rf"{HERE}/banner"),
    Part.FEEDS: re.compile(rf"{HERE}/status\.(?:atom|rss|ics|json)"),
    Part.SUBSCRIPTIONS: re.compile(rf"{HERE}/status/(?:subscri|confirm)"),
    Part.TICKET_PAGE: re.compile(rf"{HERE}/t/"),
}
"""How each part's addresses look, wherever they stand."""
SUBSETS = st.frozensets(st.sampled_from(Part))
NOWHERE = "/nowhere"


def switched(parts: frozenset[Part]) -> dict[str, bool]:
    return {part.value: part in parts for part in Part}


def of(parts: frozenset[Part], app: Heliograph) -> TestClient:
    """The same installation with these parts on."""
    settings = app.settings.model_copy(update=switched(parts))
    door = create_app(replace(app, settings=settings))
    return TestClient(door, base_url=BASE, follow_redirects=False)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A failure that is over, one that is open, and a ticket."""
    with outage(tmp_path_factory.mktemp("parts")) as found:
        subscribed(found.at("10:00"), "sub_anna", ANNA)
        found.send("incident.declared", CRM, **DOWN)
        found.at("10:02").send("incident.restored", CRM)
        found.at("10:04").send("reported", "INC-1", title="Payslip wrong", requester={"id": "li"})
        found.send("incident.declared", "INC-2", **DOWN)
        yield found.at("10:06")


@pytest.fixture(scope="module")
def addresses(played: Desk) -> list[tuple[Part | None, str]]:
    """Every page and feed of the portal with the part that it belongs to; None for what is always there."""
    app, now = played.app, played.app.clock.now()
    ticket = app.queries.incident("INC-1")
    assert ticket is not None
    links = [
        *((Part.STATUS_PAGE, p) for p in ("/status", "/status/history", f"/s/{CRM}", "/s/INC-2")),
        *((Part.BANNER, p) for p in ("/banner", "/banner.json", "/banner.js")),
        *((Part.FEEDS, f"/status.{form}") for form in ("atom", "rss", "ics", "json")),
        (Part.SUBSCRIPTIONS, "/status/subscribe"),
        (Part.SUBSCRIPTIONS, app.links.subscription("sub_anna", now)),
        (Part.SUBSCRIPTIONS, "/status/subscription/spent"),
        (Part.TICKET_PAGE, app.links.ticket(ticket, "li", now)),
        (None, app.links.article(ticket, "art_withdrawn", "li", now)),
        (None, app.links.own("li", now)),
        *((None, p) for p in ("/v/spent", "/d/spent", "/problems/malformed", NOWHERE)),
    ]
    return [(part, link.removeprefix(BASE)) for part, link in links]


def subscribed(
    desk: Desk, name: str, address: str, channel: Any = "mail", language: Any = "en"
) -> Subscription:
    now = desk.app.clock.now()
    choice = Choice(
        address=Address(channel=channel, value=address), language=language, zone="Asia/Shanghai"
    )
    made = Subscription(id=name, choice=choice, created_at=now, changed_at=now)
    with desk.app.store.write() as tx:
        tx.save_subscription(made)
    return made


@settings(max_examples=16, deadline=None)
@example(frozenset())
@given(SUBSETS)
def test_no_page_and_no_feed_names_an_address_of_a_part_that_is_off(
    played: Desk, addresses: list[tuple[Part | None, str]], parts: frozenset[Part]
) -> None:
    """With every subset of them, for a browser."""
    client = of(parts, played.app)
    for part, address in addresses:
        answer = client.get(address, headers={"accept": "text/html"})
        if part is not None and part not in parts:
            assert answer.status_code == 404
        elif part is not None:
            assert answer.status_code == (401 if address.endswith("spent") else 200), address
        # What says that there is nothing repeats what was asked.
        text = answer.text.replace(address, "") if answer.status_code == 404 else answer.text
        if address != "/banner.js":
            for other in NAMED.keys() - parts:
                assert not NAMED[other].search(text), (address, other)


def test_with_all_of_them_on_each_is_led_to(
    played: Desk, addresses: list[tuple[Part | None, str]]
) -> None:
    """Or what looks for them would find nothing, whatever is there."""
    client = of(ALL, played.app)
    said = "".join(client.get(address).text for _, address in addresses if address != NOWHERE)
    for part in NAMED.keys() - {Part.BANNER}:
        assert NAMED[part].search(said), part


@pytest.mark.parametrize("accept", ["text/html", "application/json", "*/*"])
def test_what_is_off_answers_as_an_unknown_address_does(
    played: Desk, addresses: list[tuple[Part | None, str]], accept: str
) -> None:
    """Nobody learns from the answer which of them it is."""
    client = of(frozenset(), played.app)

    def said(path: str) -> tuple[int, str]:
        answer = client.get(path, headers={"accept": accept})
        # It repeats what was asked.
        return answer.status_code, re.sub(r'(instance": |href=)"[^"]*"', "", answer.text)

    for part, address in addresses:
        if part is not None:
            assert said(address) == said(NOWHERE), address


def test_nothing_can_be_done_at_what_is_off(tmp_path: Path) -> None:
    """But to end what one once asked for, so that it does not go on when it is on again."""
    with outage(tmp_path) as desk:
        desk.at("10:00").send("reported", "INC-1", title="Mouse", requester={"id": "li"})
        ticket = desk.app.queries.incident("INC-1")
        assert ticket is not None
        kept, ended = (subscribed(desk, f"sub_{n}", f"{n}@example.net") for n in "ab")
        now = desk.app.clock.now()
        client = of(frozenset(), desk.app)
        posts = [
            ("/status/subscribe", {"address": ANNA}),
            ("/status/confirm/x", {}),
            (desk.app.links.subscription(kept.id, now), {"act": "save", "language": "zh"}),
            (desk.app.links.subscription(ended.id, now), {"List-Unsubscribe": "One-Click"}),
            (desk.app.links.ticket(ticket, "li", now), {"reason": "no"}),
            (desk.app.links.ticket(ticket, "li", now) + "/quiet", {"days": "7"}),
        ]
        for path, form in posts:
            assert client.post(path.removeprefix(BASE), data=form).status_code == 404, path
        [left] = desk.app.portal.queries.subscriptions("", None, 9, None)[0]
        assert left == kept
        assert desk.app.own_wishes.of("li").mutings == ()


RESTORED_AT = datetime(2026, 8, 24, 2, 5, tzinfo=UTC)
PREVIEWED: list[tuple[str, Payload]] = [
    ("INC-2", Restored(restored_at=RESTORED_AT)),
    (
        "INC-2",
        Stated(text=Bilingual(zh="网页版可用", en="The web version works."), visibility="public"),
    ),
    ("INC-1", Assigned(assignee=PersonRef(id="lin", name="Lin"))),
    ("INC-1", Resolved(fix_summary="The printer has paper.")),
]


@settings(max_examples=10, deadline=None)
@example(frozenset())
@example(ALL)
@given(SUBSETS)
def test_no_message_is_drafted_with_an_address_of_a_part_that_is_off(
    played: Desk, addresses: list[tuple[Part | None, str]], parts: frozenset[Part]
) -> None:
    """Of a failure and of one person's ticket, for everybody who would get one; none is held for that."""
    app = played.app
    drafter = Drafter(
        ids=app.ids,
        library=app.library,
        channels={name: MemoryChannel(name) for name in ("mail", "page")},
        links=app.links,
        desk=ServiceDesk(name="IT", phone="6000", parts=parts),
    )
    preview = Preview(store=app.store, clock=app.clock, library=app.library, drafter=drafter)
    found = [p for number, data in PREVIEWED for p in preview.of(_id(played, number), data)]
    texts = [(reader, text) for one in found for reader, text in one.texts]
    assert {"affected", "public", "requester"} <= {one.audience for one in found}
    assert all(one.leaves for one in found if one.texts)
    assert len(texts) > 4
    said = "".join(f"{t.subject}{t.text}{t.html}<{t.unsubscribe}>" for _, t in texts)
    for part in NAMED.keys() - parts:
        assert not NAMED[part].search(said), part
    for part in parts & {Part.STATUS_PAGE, Part.TICKET_PAGE}:
        assert NAMED[part].search(said), part


def _id(desk: Desk, number: str) -> str:
    incident = desk.app.queries.incident(number)
    assert incident is not None
    return incident.id


def test_no_mail_that_arrives_names_an_address_of_a_part_that_is_off(tmp_path: Path) -> None:
    """From the report to the end, over a real SMTP server."""
    flags: dict[str, Any] = {"status_page": False, "subscriptions": True, "ticket_page": False}
    with outage(tmp_path, **flags) as desk:
        subscribed(desk.at("10:00"), "sub_anna", ANNA)
        desk.send("incident.declared", CRM, **DOWN)
        desk.send("reported", "INC-1", title="CRM", service="crm", requester={"id": "outsider"})
        desk.at("10:10").send("resolved", "INC-1", fix_summary="done")
        desk.send("incident.restored", CRM)
        desk.at("10:25")
        readers = ("tom@", "outsider@", ANNA)
        told = [mail for reader in readers for mail in desk.mails(reader)]
        said = "".join(f"{m.words}{m.html}{m.message['List-Unsubscribe']}" for m in told)
        assert len(told) > 5
        assert {p for p, named in NAMED.items() if named.search(said)} == {Part.SUBSCRIPTIONS}
        assert desk.app.queries.held() == []
        assert desk.app.queries.alarms() == []


def test_what_stays_on_goes_on_without_the_page(tmp_path: Path) -> None:
    """A desk with a page of its own takes the feeds and the banner; they tell all, and link nowhere."""
    with outage(tmp_path, status_page=False, banner=True, feeds=True) as desk:
        desk.at("10:00").send("incident.declared", CRM, **DOWN)
        client = TestClient(create_app(desk.at("10:01").app), base_url=BASE)
        [row] = client.get("/banner.json").json()["incidents"]
        assert (row["number"], row["url"]) == (CRM, None)
        for feed in ("atom", "rss", "ics"):
            assert "CRM" in client.get(f"/status.{feed}").text
        frame = client.get("/banner?lang=en").text
        assert "CRM is unavailable" in frame
        assert "<a " not in frame


TELLING: dict[str, tuple[dict[str, Any], str]] = {
    "nothing at all": ({"status_page": False}, "portal_off"),
    "webhooks, and there is none": (
        {"status_page": False, "subscriber_webhooks": True},
        "nobody_subscribed",
    ),
}


@pytest.mark.parametrize("case", TELLING)
def test_the_silence_towards_the_public_says_what_is_off(tmp_path: Path, case: str) -> None:
    """In the row of each text that a rule asked for, in both languages; and nobody is alarmed."""
    flags, code = TELLING[case]
    with outage(tmp_path, **flags) as desk:
        desk.at("10:00").send("incident.declared", CRM, **DOWN)
        desk.at("10:10").send("incident.restored", CRM)
        desk.at("10:20")
        silences = {r for r in desk.reasons(CRM) if r[1] == "public"}
        assert {(state, why) for _, _, state, why in silences} == {("skipped", code)}
        assert {"first_contact", "recovery"} <= {kind for kind, *_ in silences}
        assert desk.app.queries.alarms() == []
        incident = desk.app.queries.incident(CRM)
        assert incident is not None
        why = next(
            c.outcome
            for c in desk.app.queries.communications(incident.id)
            if c.audience == "public" and c.outcome is not None
        )
        for language in ("zh", "en"):
            said = desk.app.library.texts.reasons.sentence(why, language)
            assert "status_page" in said
            assert "?" not in said


def test_a_page_that_is_switched_off_in_the_middle_is_not_missed(tmp_path: Path) -> None:
    """Subscribers who were told of the failure are told of its end, and no alarm tells of a page that nobody has."""
    with outage(tmp_path) as first:
        subscribed(first.at("10:00"), "sub_anna", ANNA)
        first.at("10:05").send("incident.declared", CRM, **DOWN)
        first.at("10:06")
    with outage(tmp_path, status_page=False, subscriptions=True) as desk:
        desk.count = 100
        desk.at("10:10").send("incident.restored", CRM)
        [mail] = desk.at("10:12").mails(ANNA)
        assert "restored" in mail.subject
        assert not NAMED[Part.STATUS_PAGE].search(mail.words)
        assert desk.app.queries.alarms() == []


@pytest.fixture
def sink() -> Iterator[HttpSink]:
    made = HttpSink()
    yield made
    made.close()


@pytest.mark.parametrize("on", [True, False])
def test_webhooks_of_subscribers_are_switched_by_themselves(
    tmp_path: Path, sink: HttpSink, on: bool
) -> None:
    """Beside mails to people, who go on hearing."""
    more: dict[str, Any] = {
        "webhook_secret": "a secret only of the tests",
        "webhook_hosts": (sink.host,),
    }
    with outage(tmp_path, subscriber_webhooks=on, **more) as desk:
        subscribed(desk.at("10:00"), "sub_hook", sink.url, "webhook")
        subscribed(desk, "sub_anna", ANNA)
        desk.at("10:05").send("incident.declared", CRM, **DOWN)
        desk.at("10:06")
        assert len(sink.calls) == int(on)
        assert len(desk.mails(ANNA)) == 1
        if not on:
            with pytest.raises(NotAllowed, match="HELIOGRAPH_SUBSCRIBER_WEBHOOKS"):
                desk.app.portal.subscribing.add_webhook(sink.url, "en", (), by="admin")


def test_what_was_asked_for_before_subscriptions_were_switched_off_comes_to_nothing(
    tmp_path: Path,
) -> None:
    """The mail that asks back would lead to a page that is not there."""
    with outage(tmp_path) as first:
        client = TestClient(create_app(first.at("10:00").app), base_url=BASE)
        assert client.post("/status/subscribe", data={"address": ANNA}).status_code == 200
    with outage(tmp_path, subscriptions=False) as desk:
        drain(desk.app.steps)
        assert desk.at("10:01").mails(ANNA) == []
        with desk.app.store.read() as tx:
            assert tx.next_due("opt_ins") is None


def test_a_part_that_nobody_set_goes_with_the_page(tmp_path: Path) -> None:
    """An installation that had switched its page off shows nothing more after an upgrade."""
    with outage(tmp_path, status_page=False) as desk:
        assert desk.app.settings.parts == {Part.TICKET_PAGE}
    assert ALL > PUBLISHING
