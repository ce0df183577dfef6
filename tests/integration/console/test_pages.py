"""Every page answers those who may see it, in their language, and shows nothing unescaped."""

from __future__ import annotations

import html5lib
import pytest
from starlette.testclient import TestClient

from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import Language, Role
from tests.acceptance.story import Desk

from .conftest import browser, csrf, signed_in

HOSTILE = (
    '<script>alert(1)</script>"onmouseover="x" \u202e[[Approve]] https://evil.example {{ 7*7 }}'
)


def pages(app: Heliograph) -> list[str]:
    incident = app.queries.incident("INC-9527")
    assert incident is not None
    communication = app.queries.communications(incident.id)[0]
    message = app.queries.messages(incident_id=incident.id)[0]
    return [
        "/incidents",
        "/incidents?q=9527&state=closed",
        "/incidents?q=nothing-of-this-name",
        "/incidents/INC-9527",
        f"/communications/{communication.id}",
        f"/messages/{message.id}",
        "/waiting",
        "/rules",
        "/sign-in",
    ]


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_answers_every_role_with_valid_html(
    app: Heliograph, role: Role, language: Language
) -> None:
    client = signed_in(app, role, language)
    client.headers["Accept-Language"] = language
    for path in pages(app):
        answer = client.get(path)
        assert answer.status_code == 200, path
        document = html5lib.HTMLParser(namespaceHTMLElements=False).parse(answer.text)
        assert document.attrib["lang"] == ("zh-CN" if language == "zh" else "en")


def test_without_a_session_every_page_leads_to_the_sign_in(app: Heliograph) -> None:
    client = browser(app)
    for path in pages(app)[:-1]:
        answer = client.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in"), path


def test_one_ticket_shows_what_was_told_and_what_was_not_each_with_its_reason(
    app: Heliograph,
) -> None:
    text = signed_in(app).get("/incidents/INC-9527").text
    for words in (
        "Whoever reports hears at once that it is recorded.",
        "It held nothing new for these people.",
        "It closed because nobody answered; nobody is disturbed.",
        "It was merged with the steps that followed",
        "停用了全部加载项，仍闪退",
        "those who work on it",
    ):
        assert words in text


def test_search_finds_by_number_title_and_name_and_narrows_by_state(app: Heliograph) -> None:
    client = signed_in(app)
    for q in ("9527", "崩溃", "wang.xiaolin", "MAIL-client"):
        assert "INC-9527" in client.get("/incidents", params={"q": q}).text, q
    assert "INC-9527" not in client.get("/incidents", params={"state": "waiting"}).text


def test_a_part_of_the_page_is_answered_to_htmx_alone(app: Heliograph) -> None:
    client = signed_in(app)
    part = client.get("/incidents", headers={"HX-Request": "true", "HX-Target": "results"}).text
    assert part.lstrip().startswith('<section id="results"')
    assert "<html" not in part


def test_a_hostile_ticket_stays_words(played: Desk) -> None:
    played.send("reported", "INC-6666", title=HOSTILE.replace("\u202e", ""), requester={"id": "wang.xiaolin"}, description=HOSTILE)  # fmt: skip
    client = signed_in(played.app)
    incident = played.app.queries.incident("INC-6666")
    assert incident is not None
    [message] = played.app.queries.messages(incident_id=incident.id)
    for path in (
        "/incidents",
        "/incidents/INC-6666",
        f"/messages/{message.id}",
        f"/messages/{message.id}/html",
    ):
        text = client.get(path).text
        assert "<script>alert" not in text
        assert 'onmouseover="x"' not in text
        assert "49" not in text.split("evil.example")[-1][:20]


def test_a_mails_own_page_allows_no_script_and_only_our_frames(app: Heliograph) -> None:
    client = signed_in(app)
    message = app.queries.messages(limit=1)[0]
    policy = client.get(f"/messages/{message.id}/html").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "frame-ancestors 'self'" in policy


@pytest.mark.parametrize("form", [{}, {"csrf": "guessed"}])
def test_a_change_without_the_pages_own_value_is_refused(
    app: Heliograph, form: dict[str, str]
) -> None:
    client = signed_in(app)
    assert client.post("/alarms/clear", data={"key": "x", **form}).status_code == 403
    assert client.post("/sign-out", data=form).status_code == 403


def test_a_change_from_another_site_is_refused(app: Heliograph) -> None:
    client = signed_in(app)
    answer = client.post(
        "/alarms/clear",
        data={"key": "x", "csrf": csrf(client)},
        headers={"Origin": "https://evil.example"},
    )
    assert answer.status_code == 403


def test_a_viewer_may_look_and_change_nothing(app: Heliograph) -> None:
    client = signed_in(app, Role.VIEWER)
    token = csrf(client)
    assert client.post("/alarms/clear", data={"key": "x", "csrf": token}).status_code == 403
    incident = app.queries.incident("INC-9527")
    assert incident is not None
    communication = app.queries.communications(incident.id)[0]
    answer = client.post(f"/communications/{communication.id}/release", data={"csrf": token})
    assert answer.status_code == 403


def test_a_sign_in_link_works_once_and_opening_it_uses_nothing_up(app: Heliograph) -> None:
    from api.auth.sign_in import make_link

    link = make_link(app, "viewer.en")
    client = browser(app)
    for _ in range(3):
        assert client.get(link).status_code == 200
    assert client.post(link).status_code == 303
    assert browser(app).post(link).status_code == 401


def test_signing_out_ends_the_session(app: Heliograph) -> None:
    client = signed_in(app)
    cookie = client.cookies["heliograph_session"]
    assert client.post("/sign-out", data={"csrf": csrf(client)}).status_code == 303
    stolen = browser(app)
    stolen.cookies.set("heliograph_session", cookie)
    assert stolen.get("/incidents").status_code == 303


def test_what_waits_is_released_with_a_reason_from_its_page(played: Desk) -> None:
    app = played.app
    played.send("reported", "INC-7001", title="Mail is slow", requester={"id": "wang.xiaolin"})
    played.send("resolved", "INC-7001", fix_summary="Restarted the service on 10.20.30.40")
    client: TestClient = signed_in(app, Role.TECHNICIAN)
    [held] = [c for c in app.queries.held() if c.state.value == "held"]
    assert held.id in client.get("/waiting").text
    path, token = f"/communications/{held.id}", csrf(client)
    refused = client.post(f"{path}/release", data={"csrf": token, "reason": ""})
    assert "say why" in refused.text
    assert (
        client.post(f"{path}/release", data={"csrf": token, "reason": "known to her"}).status_code
        == 303
    )
    assert "known to her" in client.get(path).text


def test_a_text_that_was_stopped_without_a_reason_says_who_did_it_by_name(played: Desk) -> None:
    """The name of the directory and not the id; and where no reason was given, nothing stands in its place."""
    app = played.app
    played.send("reported", "INC-7002", title="Mail is slow", requester={"id": "wang.xiaolin"})
    played.send("resolved", "INC-7002", fix_summary="Restarted the service on 10.20.30.40")
    client: TestClient = signed_in(app, Role.TECHNICIAN)
    [held] = [c for c in app.queries.held() if c.state.value == "held"]
    path, token = f"/communications/{held.id}", csrf(client)
    assert client.post(f"{path}/veto", data={"csrf": token, "reason": ""}).status_code == 303
    now = app.queries.communication(held.id)
    assert now is not None
    assert now.outcome is not None
    [person] = app.queries.people([now.outcome.values["by"]]).values()
    assert f"Stopped by {person.name}.<" in client.get(f"{path}?lang=en").text
    assert f"由 {person.name} 叫停。<" in client.get(f"{path}?lang=zh").text


def test_a_page_that_is_not_there_is_said_in_words(app: Heliograph) -> None:
    answer = signed_in(app).get("/incidents/INC-404", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "<h1>" in answer.text


def test_the_chosen_language_stays(app: Heliograph) -> None:
    client = signed_in(app, language="en")
    assert 'lang="zh-CN"' in client.get("/incidents?lang=zh").text
    assert 'lang="zh-CN"' in client.get("/rules").text
