"""The page of an article behind a link in a requester's mail: hers alone, and opening it changes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from knowledge.article import ArticleText
from knowledge.shared_words import SharedWords
from pipeline.domain.directory import Address, Directory, Person
from pipeline.domain.lattices import TicketState
from pipeline.domain.suggested import Opinion
from pipeline.flow.links import ARTICLE
from pipeline.ports import Source
from tests.unit.flow.desk import Desk, opened

BASE = "https://help.example.org"
BODY = (
    "1. Close **Outlook**.\n2. Open it.\n\n<script>alert(1)</script>\n\n[bad](javascript:alert(1))"
)


def text(title: str = "Mail client crashes", **more: object) -> ArticleText:
    fields: dict[str, object] = {
        "source": "files",
        "external_id": "1",
        "title": title,
        "body": BODY,
        "language": "en",
        "audience": ("everybody",),
    }
    return ArticleText.model_validate(fields | more)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A ticket whose requester was told of one article."""
    with opened(tmp_path, search=SharedWords, public_url=BASE) as found:
        found.app.articles.take_in([text()], by="admin", audience=())
        found.report()
        found.settle()
        yield found


@pytest.fixture
def visitor(desk: Desk) -> TestClient:
    return TestClient(create_app(desk.app), base_url=BASE, follow_redirects=False)


def link(desk: Desk) -> str:
    return str(re.findall(rf"{BASE}(/a/[^\s>)]+)", desk.mail.sent[0].text)[0])


def article(desk: Desk) -> str:
    [id_] = desk.app.found_articles.versions()
    return id_


def said(desk: Desk) -> dict[str, Opinion]:
    return desk.app.found_articles.opinions_on(desk.incident.id, "wang")


def test_she_reads_the_article_and_no_cache_keeps_it(desk: Desk, visitor: TestClient) -> None:
    """What it says is text from outside: nothing in it can do anything."""
    answer = visitor.get(link(desk))
    assert answer.status_code == 200
    assert "<strong>Outlook</strong>" in answer.text
    assert "<script>alert" not in answer.text
    assert "javascript:" not in answer.text.replace("[bad](javascript:alert(1))", "")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_opening_it_changes_nothing(desk: Desk, visitor: TestClient) -> None:
    """Mail scanners open links, and press nothing."""
    before = desk.incident
    for method in (visitor.get, visitor.head, visitor.options):
        method(link(desk))
    assert visitor.head(link(desk)).status_code == 200
    assert desk.incident == before
    assert said(desk) == {}


def test_this_solved_it_closes_her_ticket_and_shows_the_way_back(
    desk: Desk, visitor: TestClient
) -> None:
    answer = visitor.post(link(desk), data={"opinion": "solved"})
    assert "Your ticket is closed" in answer.text
    assert desk.incident.state.value is TicketState.CLOSED
    [back] = re.findall(r'href="(/t/[^"]+)&amp;again=1#again"', answer.text)
    assert "Not right yet?" in visitor.get(back.replace("&amp;", "&")).text


def test_a_desk_that_owns_the_ticket_is_asked(desk: Desk, visitor: TestClient) -> None:
    desk.app.acts.save_sources([Source(name="desk", owner="desk")])
    desk.report("T-2")
    desk.settle()
    second = re.findall(rf"{BASE}(/a/[^\s>)]+)", desk.mail.sent[1].text)[0]
    answer = visitor.post(second, data={"opinion": "solved"})
    assert "has been asked to close" in answer.text


def test_not_this_leaves_the_ticket_open(desk: Desk, visitor: TestClient) -> None:
    answer = visitor.post(link(desk), data={"opinion": "not_this"})
    assert "did not help" in answer.text
    assert desk.incident.state.value is TicketState.NEW
    assert said(desk) == {article(desk): Opinion.NOT_THIS}


@pytest.mark.parametrize("first", ["solved", "not_this"])
@pytest.mark.parametrize("second", ["solved", "not_this"])
def test_pressed_again_from_another_tab_it_ends_in_a_sentence(
    desk: Desk, visitor: TestClient, first: str, second: str
) -> None:
    """Also after the ticket is closed; her last word counts."""
    for opinion in (first, second, second):
        answer = visitor.post(link(desk), data={"opinion": opinion})
        assert answer.status_code == 200
        assert 'role="status"' in answer.text
        assert "Thank you" in answer.text
    assert said(desk) == {article(desk): Opinion(second)}
    closed = desk.incident.state.value is TicketState.CLOSED
    assert ("Not solved after all?" in answer.text) is closed
    assert not (closed and "stays with the service desk" in answer.text)


@pytest.mark.parametrize("opinion", ["", "great", "solved\x00", "x" * 20])
def test_a_word_that_is_none_changes_nothing(desk: Desk, visitor: TestClient, opinion: str) -> None:
    answer = visitor.post(link(desk), data={"opinion": opinion})
    assert answer.status_code == 200
    assert said(desk) == {}


def test_another_site_cannot_speak_for_her(desk: Desk, visitor: TestClient) -> None:
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = visitor.post(link(desk), data={"opinion": "solved"}, headers=headers)
        assert answer.status_code == 403
    assert said(desk) == {}


def retired(desk: Desk) -> None:
    desk.app.articles.retire([article(desk)], by="lin")


def withdrawn_from_her(desk: Desk) -> None:
    kept = desk.app.found_articles.kept(article(desk))
    assert kept is not None
    changed = kept.article.model_copy(update={"audience": ("staff",)})
    desk.app.articles.write(changed, by="lin", article_id=article(desk))


def run_out(desk: Desk) -> None:
    kept = desk.app.found_articles.kept(article(desk))
    assert kept is not None
    changed = kept.article.model_copy(update={"valid_until": desk.clock.now().date()})
    desk.app.articles.write(changed, by="lin", article_id=article(desk))
    desk.wait(24 * 60)


def expired(desk: Desk) -> None:
    desk.clock.advance(timedelta(days=31))


WITHDRAWN: list[Callable[[Desk], None]] = [retired, withdrawn_from_her, run_out]


@pytest.mark.parametrize("happens", WITHDRAWN, ids=lambda f: f.__name__)
def test_an_article_that_was_withdrawn_leads_back_to_her_ticket(
    desk: Desk, visitor: TestClient, happens: Callable[[Desk], None]
) -> None:
    """Its text is told no more, and nobody can say anything by the link; her ticket is still hers."""
    path = link(desk)
    happens(desk)
    for answer in (visitor.get(path), visitor.post(path, data={"opinion": "solved"})):
        assert answer.status_code == 410
        assert "This article has been withdrawn" in answer.text
        assert "Outlook" not in answer.text
        [ticket] = re.findall(r'href="(/t/[^"?]+)', answer.text)
        assert visitor.get(ticket).status_code == 200
    assert said(desk) == {}


def test_a_link_that_has_expired_opens_nothing(desk: Desk, visitor: TestClient) -> None:
    path = link(desk)
    expired(desk)
    for answer in (visitor.get(path), visitor.post(path, data={"opinion": "solved"})):
        assert answer.status_code == 401
        assert "This link does not work any more" in answer.text
        assert "/t/" not in answer.text
    assert said(desk) == {}


def test_her_answer_takes_the_place_of_the_question(desk: Desk, visitor: TestClient) -> None:
    """It can be changed; what is said of open tickets is not said under a closed one."""
    path = link(desk)
    assert "needs no more work" in visitor.get(path).text
    answers = [visitor.post(path, data={"opinion": "solved"}), visitor.get(path)]
    for page in [answer.text for answer in answers]:
        assert "Did it help?" not in page
        assert "You said:" in page
        assert "Change my answer" in page
        assert "needs no more work" not in page


def test_what_did_not_help_is_followed_by_what_else_she_was_told_of(
    desk: Desk, visitor: TestClient
) -> None:
    """But for what did not help either."""
    other = text("Mail client crashes at start", external_id="2")
    desk.app.articles.take_in([other], by="admin", audience=())
    desk.report("T-2")
    desk.settle()
    links = re.findall(rf"{BASE}(/a/[^\s>)]+)", desk.mail.sent[1].text)
    first, *_ = dict.fromkeys(links)
    answer = visitor.post(first, data={"opinion": "not_this"}).text
    assert "Other articles that may help" in answer
    [offered] = re.findall(r'class="strong" href="(/a/[^"?]+)', answer)
    answer = visitor.post(offered, data={"opinion": "not_this"}).text
    assert "Other articles that may help" not in answer


def test_a_link_of_somebody_who_is_not_the_requester_opens_nothing(
    desk: Desk, visitor: TestClient
) -> None:
    """As when her ticket is somebody else's by now."""
    payload = {"incident": desk.incident.id, "article": article(desk), "person": "chen"}
    token = desk.app.signer.sign(ARTICLE, payload, desk.clock.now() + timedelta(days=1))
    assert visitor.get(f"/a/{token}").status_code == 401
    assert visitor.post(f"/a/{token}", data={"opinion": "solved"}).status_code == 401
    assert desk.app.found_articles.said_on(desk.incident.id) == []


def test_labels_are_those_of_the_directory_now(desk: Desk, visitor: TestClient) -> None:
    """Whoever has left a group reads its articles no more."""

    def wang(*groups: str) -> None:
        mail = Address(channel="mail", value="wang@example.org")
        person = Person(id="wang", name="Wang Xiaolin", addresses=(mail,), groups=groups)
        desk.app.acts.load_directory(Directory(people=(person,)))

    wang("exchange")
    kept = desk.app.found_articles.kept(article(desk))
    assert kept is not None
    changed = kept.article.model_copy(update={"audience": ("group:exchange",)})
    desk.app.articles.write(changed, by="lin", article_id=article(desk))
    assert visitor.get(link(desk)).status_code == 200
    wang()
    assert visitor.get(link(desk)).status_code == 410


@pytest.mark.parametrize("spoil", [lambda p: p[:-2], lambda p: p + "x", lambda _: "/a/nonsense"])
def test_a_forged_link_opens_nothing(desk: Desk, visitor: TestClient, spoil) -> None:  # type: ignore[no-untyped-def]
    assert visitor.get(spoil(link(desk))).status_code == 401


def test_a_link_to_her_ticket_is_none_to_an_article(desk: Desk, visitor: TestClient) -> None:
    [token] = re.findall(rf"{BASE}/t/([^\s>)?]+)", desk.mail.sent[0].text)[:1]
    assert visitor.get(f"/a/{token}").status_code == 401
    assert visitor.get(link(desk).replace("/a/", "/t/")).status_code == 401


def test_links_that_lead_on_live_no_longer_than_the_one_she_came_by(
    desk: Desk, visitor: TestClient
) -> None:
    """Otherwise one that leaked could be renewed for ever."""
    path = link(desk)
    desk.wait(60 * 24 * 29)
    [ticket] = re.findall(r'href="(/t/[^"?]+)', visitor.get(path).text)[:1]
    [again] = re.findall(r'href="(/a/[^"?]+)', visitor.get(ticket).text)[:1]
    assert visitor.get(again).status_code == 200
    desk.wait(60 * 24 * 2)
    for old in (path, ticket, again):
        assert visitor.get(old).status_code == 401


def test_her_tickets_page_lists_the_article_with_what_she_said(
    desk: Desk, visitor: TestClient
) -> None:
    [ticket] = re.findall(rf"{BASE}(/t/[^\s>)?]+)", desk.mail.sent[0].text)[:1]
    page = visitor.get(ticket).text
    assert "Articles that may help" in page
    assert "You said:" not in page
    [action] = re.findall(r'action="(/a/[^"]+)"', page)
    answer = visitor.post(action.replace("&amp;", "&"), data={"opinion": "not_this"})
    assert "did not help" in answer.text
    assert "You said:" in visitor.get(ticket).text
    retired(desk)
    assert "Articles that may help" not in visitor.get(ticket).text


def test_an_article_in_another_language_says_so(desk: Desk, visitor: TestClient) -> None:
    page = visitor.get(link(desk), params={"lang": "zh"}).text
    assert '<div class="article-body" lang="en">' in page
    assert "没有您所用语言的版本" in page
    assert "没有您所用语言的版本" not in visitor.get(link(desk)).text


def test_the_token_is_in_no_log(
    desk: Desk, visitor: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    token = link(desk).removeprefix("/a/")
    visitor.get(link(desk))
    written = capsys.readouterr()
    assert token not in written.out + written.err
