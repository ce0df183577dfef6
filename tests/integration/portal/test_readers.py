"""Where the portal is for people of the house: who gets in, how, and for how long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.auth.readers import COOKIE
from api.auth.sign_in import make_link
from api.auth.visitors import COOKIE as CONSOLE
from pipeline.access import Session
from pipeline.domain.directory import Directory, Role
from pipeline.domain.errors import NotAllowed
from pipeline.flow.drain import drain
from pipeline.flow.portal.clients import told_apart
from tests.acceptance.outage import CRM, outage, person
from tests.acceptance.story import Desk

from .conftest import BASE
from .test_parts import ANNA, DOWN, subscribed

TOM = "tom@example.org"
PAGES = (
    "/status",
    "/status/history",
    f"/s/{CRM}",
    "/s/INC-404",
    "/status/subscribe",
    "/status/you",
)
FEEDS = ("/status.json", "/status.atom", "/status.rss", "/status.ics", "/banner.json")
WORDS = "CRM is unavailable"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with outage(tmp_path, portal_readers="signed-in") as found:
        found.at("10:00").send("incident.declared", CRM, **DOWN)
        yield found.at("10:01")


def browser(desk: Desk) -> TestClient:
    return TestClient(create_app(desk.app), base_url=BASE, follow_redirects=False)


def ask(client: TestClient, desk: Desk, address: str = TOM, to: str = "") -> tuple[int, str]:
    answer = client.post("/status/sign-in?lang=en", data={"address": address, "to": to})
    drain(desk.app.steps)
    return answer.status_code, answer.text.replace(address, "")


def links(desk: Desk, address: str = TOM) -> list[str]:
    said = "".join(mail.text for mail in desk.mails(address))
    return re.findall(rf"{BASE}(/status/sign-in/\S+)", said)


def enter(desk: Desk, address: str = TOM, to: str = "") -> TestClient:
    """The whole way: question, mail, button."""
    client = browser(desk)
    assert ask(client, desk, address, to)[0] == 200
    link = links(desk, address)[-1]
    assert client.get(link).status_code == 200
    entered = client.post(link)
    assert entered.status_code == 303
    assert entered.headers["location"] == (to or "/status/you")
    return client


def test_nobody_who_did_not_sign_in_sees_anything(desk: Desk) -> None:
    """Pages lead to signing in and back, programs are refused, and other sites are shown nothing."""
    client = browser(desk)
    for path in PAGES:
        answer = client.get(path)
        assert answer.status_code == 303, path
        assert answer.headers["location"].startswith("/status/sign-in?to=%2Fs"), path
    for path in FEEDS:
        answer = client.get(path)
        assert answer.status_code == 401, path
        assert "CRM" not in answer.text
    for path in ("/banner", "/banner.js"):
        assert client.get(path).status_code == 404


def test_a_person_of_the_directory_gets_in_by_a_mail_and_sees_all(desk: Desk) -> None:
    """No shared cache keeps what is theirs, and no other site reads it."""
    client = enter(desk, to=f"/s/{CRM}")
    for path in PAGES:
        answer = client.get(path, params={"lang": "en"})
        assert answer.status_code == (404 if "404" in path else 200), path
        assert "public" not in answer.headers["cache-control"], path
    for path in FEEDS:
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.headers["cache-control"].startswith("private")
        assert "access-control-allow-origin" not in answer.headers
    assert WORDS in client.get(f"/s/{CRM}?lang=en").text


def test_the_session_is_hers_for_a_day_and_opens_nothing_but_the_portal(desk: Desk) -> None:
    """Also where a person works here: what lets them read is no sign-in to the console."""
    worker = person("tom", "en").model_copy(update={"role": Role.ADMINISTRATOR})
    desk.app.acts.load_directory(Directory(people=(worker,)))
    desk.send("incident.restored", CRM)
    client = enter(desk)
    cookie = next(c for c in client.cookies.jar if c.name == COOKIE)
    assert cookie.secure
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert cookie.get_nonstandard_attr("SameSite") == "lax"
    other = browser(desk)
    for name in (CONSOLE, COOKIE):
        other.cookies.set(name, cookie.value or "")
    assert other.get("/incidents").status_code == 303
    assert other.get("/api/v1/incidents").status_code == 401
    assert other.get("/status").status_code == 200
    desk.tomorrow("10:00")
    assert client.get("/status").status_code == 200
    desk.tomorrow("10:02")
    assert client.get("/status").status_code == 303


def test_whoever_is_signed_in_to_the_console_reads_the_portal(desk: Desk) -> None:
    worker = person("lin", "zh").model_copy(update={"role": Role.VIEWER})
    desk.app.acts.load_directory(Directory(people=(worker,)))
    client = browser(desk)
    client.post(make_link(desk.app, "lin").removeprefix(BASE))
    assert client.get("/status").status_code == 200
    assert client.get("/status.atom").status_code == 200


def test_a_link_works_once_for_a_quarter_of_an_hour_and_looking_at_it_uses_nothing(
    desk: Desk,
) -> None:
    client = browser(desk)
    ask(client, desk)
    ask(client, desk)
    first, second = links(desk)
    for _ in range(3):
        assert browser(desk).get(first).status_code == 200
    assert browser(desk).post(first).status_code == 303
    for again in (browser(desk).post(first), browser(desk).get(first)):
        assert again.status_code == 401
        assert COOKIE not in again.cookies
    assert browser(desk).get(second).status_code == 200
    desk.at("10:16")
    assert browser(desk).post(second).status_code == 401


@pytest.mark.parametrize("change", [lambda t: t[:-2] + "xx", lambda t: "x", lambda t: t + "A"])
def test_a_link_that_we_did_not_make_lets_nobody_in(desk: Desk, change) -> None:  # type: ignore[no-untyped-def]
    client = browser(desk)
    ask(client, desk)
    [link] = links(desk)
    head, _, token = link.rpartition("/")
    answer = client.post(f"{head}/{change(token)}")
    assert answer.status_code == 401
    foreign = desk.app.links.subscription("sub_x", desk.app.clock.now()).rpartition("/")[2]
    assert client.post(f"{head}/{foreign}").status_code == 401


def test_the_answer_does_not_tell_who_is_known(desk: Desk) -> None:
    """Known, unknown, left, and one that got enough: the same words, the same kind of row, one mail for the first."""
    gone = person("gone", "en").model_copy(update={"active": False})
    desk.app.acts.load_directory(Directory(people=(gone,)))
    client = browser(desk)
    told = [ask(client, desk, a) for a in (TOM, "nobody@example.org", "gone@example.org", "Tom@Example.org")]  # fmt: skip
    told += [ask(client, desk) for _ in range(3)]
    assert {status for status, _ in told} == {200}
    assert len({text for _, text in told}) == 1
    assert len(links(desk)) + len(links(desk, "Tom@Example.org")) == 3
    assert not desk.mails("nobody@example.org") + desk.mails("gone@example.org")


def test_a_client_that_asks_on_and_on_is_stopped_for_an_hour(desk: Desk) -> None:
    client = browser(desk)
    told = [ask(client, desk, f"a{n}@example.org")[0] for n in range(21)]
    assert told == [200] * 20 + [429]
    desk.at("11:02")
    assert ask(client, desk)[0] == 200


@pytest.mark.parametrize(
    "address",
    ["", "tom", "tom@example.org\nBcc: x@example.org", "a@b@c", "x" * 255 + "@example.org"],
)
def test_what_is_no_address_is_asked_for_again(desk: Desk, address: str) -> None:
    assert ask(browser(desk), desk, address)[0] in {422, 400}
    assert links(desk) == []


@pytest.mark.parametrize(
    "to",
    ["//evil.example", "https://evil.example/", "/status\\evil", "/incidents", "/statusx", "/s\r\nX: y"],
)  # fmt: skip
def test_signing_in_leads_to_no_page_but_the_portals(desk: Desk, to: str) -> None:
    client = browser(desk)
    ask(client, desk, to=to)
    assert client.post(links(desk)[-1]).headers["location"] == "/status/you"


def test_another_site_cannot_let_anybody_in_or_out(desk: Desk) -> None:
    client = enter(desk)
    ask(client, desk)
    foreign = {"origin": "https://evil.example"}
    for path in ("/status/sign-in", links(desk)[-1], "/status/sign-out"):
        form = {"address": TOM, "where": "everywhere"}
        assert client.post(path, data=form, headers=foreign).status_code == 403
    assert client.get("/status").status_code == 200


def keyed(client: TestClient) -> list[str]:
    page = client.get("/status/you?lang=en").text
    return [found.removeprefix(BASE) for found in re.findall(r'value="([^"]+key=[^"]+)"', page)]


def test_a_feed_reader_gets_in_by_an_address_of_its_own_until_she_signs_out_everywhere(
    desk: Desk,
) -> None:
    """On all her devices; and signed in again she has new addresses."""
    client, other = enter(desk), enter(desk)
    addresses = keyed(client)
    assert len(addresses) == len(FEEDS)
    reader = browser(desk)
    for address in addresses:
        assert reader.get(address).status_code == 200
    desk.at("10:03")
    assert client.post("/status/sign-out", data={"where": "everywhere"}).status_code == 303
    for address in addresses:
        assert reader.get(address).status_code == 401
    assert [c.get("/status").status_code for c in (client, other)] == [303, 303]
    desk.at("10:04")
    again = enter(desk)
    assert all(reader.get(address).status_code == 200 for address in keyed(again))


def test_signing_out_everywhere_ends_sessions_of_the_console_too(desk: Desk) -> None:
    """Of this person alone: they would let the portal be read on."""
    access = desk.app.access
    for n, who in enumerate(("tom", "tom", "wang")):
        until = desk.app.clock.now() + timedelta(hours=9)
        access.add_session(Session(secret_hash=f"h{n}", person=who, csrf="c", expires_at=until))
    client = enter(desk)
    client.post("/status/sign-out", data={"where": "here"})
    assert access.session("h0", desk.app.clock.now()) is not None
    enter(desk).post("/status/sign-out", data={"where": "everywhere"})
    found = [access.session(f"h{n}", desk.app.clock.now()) for n in range(3)]
    assert [s.person if s else "" for s in found] == ["", "", "wang"]


def test_signing_out_here_ends_this_session_alone(desk: Desk) -> None:
    client, other = enter(desk), enter(desk)
    addresses = keyed(client)
    client.post("/status/sign-out", data={"where": "here"})
    assert [c.get("/status").status_code for c in (client, other)] == [303, 200]
    assert browser(desk).get(addresses[0]).status_code == 200


def test_whoever_leaves_reads_no_more(desk: Desk) -> None:
    """By session, by feed, or by a link that was under way."""
    client = enter(desk)
    addresses = keyed(client)
    ask(client, desk)
    left = person("tom", "en").model_copy(update={"active": False})
    desk.app.acts.load_directory(Directory(people=(left,)))
    assert client.get("/status").status_code == 303
    assert browser(desk).get(addresses[0]).status_code == 401
    assert browser(desk).post(links(desk)[-1]).status_code == 401


def test_only_an_address_of_hers_is_subscribed_and_only_known_ones_are_told(desk: Desk) -> None:
    """What is for the house does not go on outside by mail; who subscribed when it was public is told no more."""
    client = enter(desk)
    assert client.post("/status/subscribe", data={"address": ANNA}).status_code == 422
    assert client.post("/status/subscribe", data={"address": "Tom@example.org"}).status_code == 200
    assert browser(desk).post("/status/subscribe", data={"address": TOM}).status_code == 303
    subscribed(desk, "sub_anna", ANNA)
    subscribed(desk, "sub_out", "outsider@example.org")
    desk.at("10:05").send("incident.declared", "INC-7", **DOWN)
    desk.at("10:06")
    assert desk.mails(ANNA) == []
    assert len(desk.mails("outsider@example.org")) == 1


def test_erasing_a_person_takes_her_way_in(desk: Desk) -> None:
    client = enter(desk)
    addresses = keyed(client)
    desk.app.erasure.person(person("tom", "en"), by="admin")
    assert client.get("/status").status_code == 303
    assert browser(desk).get(addresses[0]).status_code == 401
    with desk.app.store.read() as tx:
        assert tx.people_with(TOM) == []
        assert tx.reader_links_since(desk.app.clock.now() - timedelta(hours=1), address=TOM) == 0


def test_a_public_portal_has_no_signing_in(tmp_path: Path) -> None:
    with outage(tmp_path) as found:
        client = browser(found)
        for path in ("/status/sign-in", "/status/sign-in/x", "/status/you"):
            assert client.get(path).status_code == 404
        for path in ("/status/sign-in", "/status/sign-in/x", "/status/sign-out"):
            assert client.post(path).status_code == 404


def test_whoever_left_reads_no_more_by_a_session_of_the_console_either(desk: Desk) -> None:
    worker = person("lin", "zh").model_copy(update={"role": Role.ADMINISTRATOR})
    desk.app.acts.load_directory(Directory(people=(worker,)))
    client = browser(desk)
    client.post(make_link(desk.app, "lin").removeprefix(BASE))
    under_way = make_link(desk.app, "lin").removeprefix(BASE)
    addresses = keyed(client)
    assert client.get("/incidents").status_code == 200
    left = worker.model_copy(update={"active": False})
    desk.app.acts.load_directory(Directory(people=(left,)))
    for path in ("/incidents", "/status", *addresses):
        assert client.get(path).status_code in {303, 401}, path
    assert client.get("/api/v1/incidents").status_code == 401
    other = browser(desk)
    other.post(under_way)
    assert other.get("/incidents").status_code == 303
    with pytest.raises(NotAllowed, match="has left"):
        make_link(desk.app, "lin")


def test_nobody_can_keep_another_out_by_asking_for_her_on_and_on(desk: Desk) -> None:
    """What brought no mail is not counted against her: three mails come in any hour."""
    client = browser(desk)
    for minute in range(1, 60, 9):
        desk.at(f"10:{minute:02d}")
        ask(client, desk)
    assert len(links(desk)) == 3
    desk.at("11:02")
    ask(browser(desk), desk)
    assert len(links(desk)) == 4


def test_signing_out_everywhere_ends_links_that_are_under_way_too(desk: Desk) -> None:
    client = enter(desk)
    ask(client, desk)
    desk.at("10:03")
    client.post("/status/sign-out", data={"where": "everywhere"})
    desk.at("10:04")
    assert browser(desk).get(links(desk)[-1]).status_code == 401
    assert browser(desk).post(links(desk)[-1]).status_code == 401


def test_a_page_that_is_kept_for_all_holds_nothing_of_one_readers_address(desk: Desk) -> None:
    """Least of all the key of one who pasted it where it does not belong."""
    client, other = enter(desk), enter(desk)
    for path in ("/status", "/status/history", f"/s/{CRM}"):
        asked = "?key=HERS" if path != "/status/history" else "?month=2026-08&key=HERS"
        assert client.get(f"{path}{asked}").status_code == 200
        assert "HERS" not in other.get(path).text
    page = other.get("/status/history?month=2026-08").text
    assert 'href="/status/history?month=2026-08&amp;lang=' in page


def test_a_network_of_ipv6_addresses_is_one_client(desk: Desk) -> None:
    """Whoever has one address of it has them all."""
    now = desk.app.clock.now()

    def told(client: str) -> str:
        return told_apart(desk.app.signer, client, now)

    assert told("2001:db8::1") == told("2001:db8::ffff:2") != told("2001:db8:0:1::1")
    assert told("::ffff:192.0.2.1") == told("192.0.2.1") != told("192.0.2.2")
    assert told("testclient") != told("")
