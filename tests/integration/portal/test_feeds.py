"""The status page for programs and for a crowd: valid whatever people wrote, and rendered once for each change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from icalendar import Calendar, Event
from starlette.testclient import TestClient

from api.app import create_app
from api.portal.rendered import Made
from pipeline.domain.cloudevents import parse
from pipeline.domain.directory import Directory, Names, Service
from tests.acceptance.outage import CRM, outage
from tests.acceptance.story import Desk

from .conftest import BASE

ATOM = "{http://www.w3.org/2005/Atom}"
EVIL = "<script>]]>&amp;\\,;x"
"""As the name of a service: it stands in every title of it."""
FEEDS = ("/status.json", "/status.atom", "/status.rss", "/status.ics", "/banner.json", "/banner.js")
PAGES = ("/status", "/status/history", f"/s/{CRM}", "/banner", "/status/subscribe")


class Public:
    """A desk, and somebody who looks at its public pages."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.client = TestClient(create_app(desk.app), base_url=BASE, follow_redirects=False)

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(path, headers=headers)


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Public]:
    """One failure that is open, one that is over, one of a service with a hostile name."""
    with outage(tmp_path_factory.mktemp("feeds")) as desk:
        evil = Service(id="evil", name=Names(zh=EVIL, en=EVIL), listed=True)
        quiet = Service(id="wiki", name=Names(zh="知识库", en="Wiki"), listed=True)
        desk.app.acts.load_directory(Directory(services=(evil, quiet)))
        desk.at("10:00").send("incident.declared", "INC-1", severity="P2", service="crm")
        desk.at("10:30").send("incident.restored", "INC-1")
        desk.at("11:00").send(
            "incident.declared", CRM, severity="P1", impact="unavailable", service="evil"
        )
        desk.at("11:05")
        yield Public(desk)


@pytest.mark.parametrize("path", ["/status.atom", "/status.rss"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_feed_is_valid_xml_in_the_language_that_its_address_names(
    public: Public, path: str, language: str
) -> None:
    """Each entry once, newest first, with a title that holds hostile words as words."""
    answer = public.get(f"{path}?lang={language}")
    root = fromstring(answer.content)
    found = root.findall(f"{ATOM}entry") or root.findall("channel/item")
    titles = [e.findtext(f"{ATOM}title") or e.findtext("title") or "" for e in found]
    ids = [e.findtext(f"{ATOM}id") or e.findtext("guid") for e in found]
    assert len(set(ids)) == len(ids) == 4
    assert EVIL in titles[0]
    assert ("已恢复" if language == "zh" else "restored") in titles[1]
    assert b"<script>" not in answer.content
    moments = [e.findtext(f"{ATOM}updated") or e.findtext("pubDate") or "" for e in found]
    read = datetime.fromisoformat if path.endswith("atom") else parsedate_to_datetime
    at = [read(m) for m in moments]
    assert at == sorted(at, reverse=True)


def test_the_calendar_holds_when_the_next_update_was_announced(public: Public) -> None:
    """Read by a library, with a hostile title in one property."""
    found = Calendar.from_ical(public.get("/status.ics?lang=en").content)
    [event] = found.walk("VEVENT")
    assert isinstance(event, Event)
    assert event.start == datetime(2026, 8, 24, 3, 20, tzinfo=UTC)
    assert EVIL in str(event["SUMMARY"])
    assert str(event["URL"]) == f"{BASE}/s/{CRM}"


def test_the_page_for_programs_says_how_each_service_stands(public: Public) -> None:
    told = public.get("/status.json").json()
    status = {s["id"]: s["status"] for s in told["services"]}
    assert status == {"evil": "outage", "crm": "working", "wiki": "working"}
    assert told["status"] == "outage"
    crm = next(s for s in told["services"] if s["id"] == "crm")
    assert crm["failed_seconds"] == 30 * 60
    assert crm["uptime_per_cent"] not in (None, "100.00")
    assert [p["number"] for p in told["open"]] == [CRM]
    assert [(p["number"], p["standing"]) for p in told["over"]] == [("INC-1", "restored")]


def test_the_banner_writes_what_it_reads_as_text_alone(public: Public) -> None:
    """No markup, no cookie, nothing kept; any site may load it."""
    answer = public.get("/banner.js")
    for forbidden in ("innerHTML", "document.write", "insertAdjacentHTML", "eval(", "cookie", "localStorage"):  # fmt: skip
        assert forbidden not in answer.text.replace("no cookie is sent", "")
    assert "textContent" in answer.text
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert json.loads(public.get("/banner.json").text)["incidents"][0]["number"] == CRM


@pytest.mark.parametrize("path", [*PAGES[:4], *FEEDS])
def test_who_has_it_already_is_told_so(public: Public, path: str) -> None:
    """A feed reader asks every few minutes; RFC 9110 lets it name several, and weak ones."""
    tag = public.get(path).headers["etag"]
    for named in (tag, f'"x", W/{tag}', "*"):
        again = public.get(path, **{"if-none-match": named})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert "max-age=15" in again.headers["cache-control"]
    assert public.get(path, **{"if-none-match": '"another"'}).status_code == 200


@pytest.mark.parametrize("path", [*PAGES, *FEEDS])
def test_head_is_answered_as_get_is(public: Public, path: str) -> None:
    """Link checkers and uptime probes ask this way."""
    assert public.client.head(path).status_code == 200
    page = public.get(path)
    assert "script-src" not in page.headers["content-security-policy"]
    if page.headers["content-type"].startswith("text/html"):
        assert "<script>" not in page.text


def test_a_page_is_rendered_once_until_something_is_told(public: Public) -> None:
    """A hundred look, one page is made; the next text makes it anew, and at once."""
    made = public.client.app.state.renderings  # type: ignore[attr-defined]
    key = ("overview", "en", True)

    def again() -> Made:
        raise AssertionError("nothing was told meanwhile")

    public.get("/status?lang=en")
    before = made.rendering(key, again)
    for _ in range(100):
        public.get("/status?lang=en")
    assert made.rendering(key, again) is before
    public.desk.at("11:06").send("incident.restored", CRM)
    assert "No failure is open" in public.get("/status?lang=en").text


@pytest.mark.parametrize(
    "month", ["2026-07", "2026-09", "2026-13", "x", "", "../etc", "2026-8", "9999-12"]
)
def test_a_month_of_which_nothing_is_on_record_does_not_exist(public: Public, month: str) -> None:
    """Nor does anybody fill the cache with such."""
    assert public.client.get("/status/history", params={"month": month}).status_code == 404
    assert public.get("/status/history?month=2026-08").status_code == 200


def test_the_page_shows_no_state_that_was_not_told(tmp_path: Path) -> None:
    """Restored on record a moment ago, and still open for the public until the page says so."""
    with outage(tmp_path) as desk:
        desk.at("10:00").send("incident.declared", CRM, severity="P1", service="crm")
        desk.at("10:05")
        public = Public(desk)
        desk.app.intake.accept([_restored(desk)])
        told = public.get("/status.json").json()
        assert [p["number"] for p in told["open"]] == [CRM]
        assert told["services"][0]["status"] == "problem"


def _restored(desk: Desk) -> Any:
    now = desk.app.clock.now()
    return parse(
        {
            "specversion": "1.0",
            "id": "not-told-yet",
            "source": "service-desk",
            "type": "heliograph.incident.restored.v1",
            "subject": CRM,
            "time": now.isoformat(),
            "data": {},
        },
        now=now,
    )
