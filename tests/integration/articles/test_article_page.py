"""One article's page: what became of it, and what people do with it there."""

from __future__ import annotations

import re

import pytest

from pipeline.domain.directory import Address, Directory, Person
from pipeline.domain.lattices import TicketState
from pipeline.domain.suggested import Opinion
from pipeline.flow.articles.lookups import LEASE, failed
from tests.unit.flow.desk import Desk

from .conftest import CRASH, Seat, take, text, ticket


@pytest.fixture
def crash(desk: Desk) -> str:
    """An article that was told for one ticket."""
    [id_] = take(desk, text(CRASH))
    desk.report()
    desk.settle()
    return id_


def test_it_shows_its_text_its_facts_and_its_use(desk: Desk, editor: Seat) -> None:
    [id_] = take(
        desk,
        text(
            CRASH,
            body="## Steps\n\n1. Close **Outlook**.",
            products=("Outlook",),
            audience=("everybody", "group:exchange", "site:berlin", "customer:acme"),
            url="https://wiki.example.org/7",
            valid_until="2026-08-30",
        ),
    )
    desk.report()
    desk.settle()
    desk.app.judging.judge(ticket(desk).id, id_, Opinion.NOT_THIS, by="wang")
    page = editor.get(f"/knowledge/{id_}").text
    assert "<strong>Outlook</strong>" in page
    for words in (
        "everybody · Exchange · site berlin · customer acme",
        "https://wiki.example.org/7",
    ):
        assert words in page
    assert "until the end of 30 Aug" in page
    assert "told <b>1</b>" in page
    assert "did not help <b>1</b>" in page
    assert 'class="bar bar-told"' in page
    assert "Wang Xiaolin" in page


def test_an_article_that_nobody_may_read_says_so(desk: Desk, editor: Seat) -> None:
    [id_] = take(desk, text(CRASH, audience=()))
    assert "nobody but editors" in editor.get(f"/knowledge/{id_}").text


def test_it_is_retired_with_one_click_and_undone_with_another(
    desk: Desk, editor: Seat, crash: str
) -> None:
    answer = editor.post(f"/knowledge/{crash}/retire")
    assert answer.status_code == 303
    page = editor.get(answer.headers["location"]).text
    assert "suggested no more" in page
    [undo] = re.findall(rf'action="(/knowledge/{crash}/restore)"[^>]*>[^>]*><button>Undo', page)
    page = editor.get(editor.post(undo).headers["location"]).text
    assert "in use again" in page
    assert desk.app.found_articles.counts() == {"published": 1}


def test_each_change_is_kept_and_can_be_put_back(desk: Desk, editor: Seat, crash: str) -> None:
    """With who did it, and what differs, down to the word."""
    changed = text("Mail client closes by itself", body="Close it and open it twice.")
    desk.app.articles.write(changed, by="lin", article_id=crash)
    page = editor.get(f"/knowledge/{crash}/revisions/2").text
    assert "<del>Mail client crashes</del>" in page
    assert "<ins>Mail client closes by itself</ins>" in page
    assert "twice" in page
    assert "put-back" not in page
    assert "This is how the article began" in editor.get(f"/knowledge/{crash}/revisions/1").text
    answer = editor.post(f"/knowledge/{crash}/put-back", n="1")
    assert "says again what it said then" in editor.get(answer.headers["location"]).text
    kept = desk.app.found_articles.kept(crash)
    assert kept is not None
    assert kept.article.title == CRASH


def test_a_retired_article_that_is_put_back_says_that_it_stays_retired(
    desk: Desk, editor: Seat, crash: str
) -> None:
    desk.app.articles.retire([crash], by="lin")
    answer = editor.post(f"/knowledge/{crash}/put-back", n="1")
    page = editor.get(answer.headers["location"]).text
    assert "It stays retired" in page
    assert "put back</a>" in page


@pytest.mark.parametrize("n", ["9", "0", "-1", "x", "", "1" * 9])
def test_a_change_that_never_was_cannot_be_put_back(editor: Seat, crash: str, n: str) -> None:
    assert editor.post(f"/knowledge/{crash}/put-back", n=n).status_code == 404


@pytest.mark.parametrize("act", ["retire", "restore", "put-back", "edit", "opinion", "nothing"])
@pytest.mark.parametrize("person", ["viewer", "technician"])
def test_who_is_no_editor_changes_no_article(desk: Desk, crash: str, act: str, person: str) -> None:
    """A technician may say whether it helped; nothing else."""
    visitor = Seat(desk.app, person)
    form = {"n": "1", "ticket": ticket(desk).id, "opinion": "solved", "save": "1"}
    answer = visitor.post(f"/knowledge/{crash}/{act}", **form)
    allowed = (person, act) == ("technician", "opinion")
    assert answer.status_code == (303 if allowed else 403)
    assert visitor.get(f"/knowledge/{crash}/revisions/1").status_code == 403
    assert visitor.get(f"/knowledge/{crash}/edit").status_code == 403
    assert len(desk.app.found_articles.revisions(crash)) == 1


@pytest.mark.parametrize(
    "path",
    [
        *("retire", "restore", "put-back", "opinion", "edit"),
        *("../new", "../import"),
    ],
)
def test_a_change_that_is_not_from_our_page_is_refused(
    desk: Desk, editor: Seat, crash: str, path: str
) -> None:
    where = f"/knowledge/{path[3:]}" if path.startswith("..") else f"/knowledge/{crash}/{path}"
    for form, headers in (
        ({"csrf": "guessed"}, {}),
        ({"csrf": editor.csrf}, {"Origin": "https://evil.example"}),
    ):
        assert editor.client.post(where, data=form, headers=headers).status_code == 403
    assert len(desk.app.found_articles.revisions(crash)) == 1


def test_a_technician_says_on_the_page_whether_it_helped_with_the_ticket(
    desk: Desk, crash: str
) -> None:
    """It closes nothing: only the requester knows that."""
    his, id_ = Seat(desk.app, "technician"), ticket(desk).id
    page = his.get(f"/knowledge/{crash}", ticket=id_).text
    assert "T-1 Mail client crashes" in page
    answer = his.post(f"/knowledge/{crash}/opinion", ticket=id_, opinion="not_this")
    after = his.get(answer.headers["location"]).text
    assert "Noted." in after
    assert "The ticket stays open; whoever works on it closes it." in after
    assert "You said:" in his.get(f"/knowledge/{crash}", ticket=id_).text
    assert desk.app.found_articles.opinions_on(id_, "technician") == {crash: Opinion.NOT_THIS}
    assert ticket(desk).state.value is TicketState.NEW


def test_a_viewer_has_no_buttons_and_no_say(desk: Desk, crash: str) -> None:
    hers, id_ = Seat(desk.app, "viewer"), ticket(desk).id
    assert "/opinion" not in hers.get(f"/knowledge/{crash}", ticket=id_).text
    assert "/opinion" not in hers.get("/incidents/T-1").text


@pytest.mark.parametrize("form", [{"ticket": "T-404"}, {"opinion": "great"}, {"ticket": ""}])
def test_a_word_on_nothing_is_not_found(
    desk: Desk, editor: Seat, crash: str, form: dict[str, str]
) -> None:
    usual = {"ticket": ticket(desk).id, "opinion": "solved"}
    assert editor.post(f"/knowledge/{crash}/opinion", **usual | form).status_code == 404


def test_the_tickets_page_shows_what_was_found_and_takes_a_word(desk: Desk, editor: Seat) -> None:
    [told, internal] = take(
        desk, text(CRASH), text("Mail client crashes: mbx07", audience=("staff",))
    )
    desk.report()
    desk.settle()
    page = editor.get("/incidents/T-1").text
    assert "told to the requester" in page
    assert "mbx07" in page
    assert 'name="q" value="Mail client crashes"' in page
    assert "mbx07" not in Seat(desk.app, "viewer").get("/incidents/T-1").text
    said = {"ticket": ticket(desk).id, "opinion": "solved", "back": "ticket"}
    answer = editor.post(f"/knowledge/{internal}/opinion", **said)
    assert "mbx07" not in Seat(desk.app, "viewer").get("/incidents/T-1").text
    after = editor.get(answer.headers["location"]).text
    assert "The ticket stays open; whoever works on it closes it." in after
    assert "The ticket stays open" not in editor.get("/incidents/T-1").text
    assert "incident_manager <span" in editor.get("/incidents/T-1").text
    assert told not in desk.app.found_articles.opinions_on(ticket(desk).id, "incident_manager")


def test_who_works_on_a_ticket_reads_what_its_requester_was_told(desk: Desk) -> None:
    """Though it is written for a group that she is not of; a viewer does not, and elsewhere neither."""
    mail = Address(channel="mail", value="wang@example.org")
    wang = Person(id="wang", name="Wang", addresses=(mail,), groups=("sales",))
    desk.app.acts.load_directory(Directory(people=(wang,)))
    [id_] = take(desk, text(CRASH, audience=("group:sales",)))
    desk.report()
    desk.settle()
    his, on_ticket = Seat(desk.app, "technician"), {"ticket": ticket(desk).id}
    assert "told to the requester" in his.get("/incidents/T-1").text
    assert his.get(f"/knowledge/{id_}", **on_ticket).status_code == 200
    said = his.post(f"/knowledge/{id_}/opinion", **on_ticket, opinion="not_this")
    assert his.get(said.headers["location"]).status_code == 200
    assert his.get(f"/knowledge/{id_}").status_code == 404
    hers = Seat(desk.app, "viewer")
    assert hers.get(f"/knowledge/{id_}", **on_ticket).status_code == 404
    assert "told to the requester" not in hers.get("/incidents/T-1").text


def test_a_ticket_before_there_was_a_library_says_so(desk: Desk, editor: Seat) -> None:
    desk.report()
    assert "No search for articles is done" in editor.get("/incidents/T-1").text


def test_a_search_that_failed_is_not_shown_as_one_that_found_nothing(
    desk: Desk, editor: Seat
) -> None:
    """In the language of whoever looks."""
    take(desk, text(CRASH))
    desk.report()
    now = desk.clock.now()
    with desk.app.store.write() as tx:
        [(name, tries)] = tx.claim_lookups(now, LEASE, 9)
        tx.settle_lookup(name, tries, failed(None, now))
    page = editor.get("/incidents/T-1").text
    assert "The search for articles failed; the log says why." in page
    assert "Nothing fits" not in page
    assert "没能搜索文章" in editor.get("/incidents/T-1", lang="zh").text
