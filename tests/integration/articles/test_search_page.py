"""The library's first page: a question is answered as its asker may read, or all is listed."""

from __future__ import annotations

import html5lib
import pytest

from pipeline.domain.directory import Role
from tests.unit.flow.desk import Desk

from .conftest import CRASH, Seat, take, text

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">'


def test_a_question_is_answered_with_its_reason(desk: Desk, editor: Seat) -> None:
    """The likelihood in words, the passage, and the words that both say are marked."""
    take(desk, text(CRASH), text("Printer jams"))
    page = editor.get("/knowledge", q="my mail client crashes").text
    assert "<mark>Mail</mark> <mark>client</mark> <mark>crashes</mark>" in page
    assert "very likely to help" in page
    assert "close it and open it again" in page
    assert "Printer" not in page


def test_when_nothing_fits_that_is_said_and_the_nearest_lie_behind_a_fold(
    desk: Desk, editor: Seat
) -> None:
    take(desk, text("Mail stays in the outbox of Outlook"))
    page = editor.get("/knowledge", q="mail please").text
    assert "Nothing fits" in page
    before, _, folded = page.partition("<details")
    assert "outbox" not in before
    assert "outbox" in folded


@pytest.mark.parametrize("role", list(Role))
def test_everybody_is_answered_as_she_may_read(desk: Desk, role: Role, seat) -> None:  # type: ignore[no-untyped-def]
    """Law 4: in answers, in the list, on the article's own page and among those in use."""
    [for_staff] = take(desk, text("Mail relay crashes", audience=("staff",)))
    [for_nobody] = take(desk, text("Mail vault crashes", audience=()))
    visitor: Seat = seat(role.value)
    editor = role in (Role.INCIDENT_MANAGER, Role.ADMINISTRATOR)
    pages = [visitor.get("/knowledge").text, visitor.get("/knowledge", q="mail crashes").text]
    for page in pages:
        assert ("Mail</mark> relay" in page or "Mail relay" in page) is (role is not Role.VIEWER)
        assert ("Mail</mark> vault" in page or "Mail vault" in page) is editor
    for id_, may in ((for_staff, role is not Role.VIEWER), (for_nobody, editor)):
        answer = visitor.get(f"/knowledge/{id_}")
        assert answer.status_code == (200 if may else 404)
        assert may or "crashes" not in answer.text


def test_an_editor_sees_what_everybody_would_get(desk: Desk, editor: Seat) -> None:
    take(desk, text("Mail relay crashes", audience=("staff",)))
    question = {"q": "mail relay crashes"}
    assert "Nothing fits" not in editor.get("/knowledge", **question).text
    assert "Nothing fits" in editor.get("/knowledge", **question, **{"as": "requester"}).text


@pytest.mark.parametrize(
    "question", ["x" * 20_000, "的 了", "🔥", "'\"<b>", "\u202e", "the of and", "%", "\ud7ff"]
)
def test_no_question_stops_the_page(desk: Desk, editor: Seat, question: str) -> None:
    take(desk, text(CRASH))
    answer = editor.get("/knowledge", q=question)
    assert answer.status_code == 200
    assert "Nothing fits" in answer.text
    assert "<b>" not in answer.text


def test_an_empty_library_says_how_to_begin(editor: Seat) -> None:
    page = editor.get("/knowledge").text
    assert "heliograph knowledge import" in page
    assert 'href="/knowledge/import"' in page


def test_the_list_is_narrowed_and_turned_over(desk: Desk, editor: Seat) -> None:
    """By words, standing, language and source; what does not fit a page is on the next."""
    ids = take(desk, *(text(f"Article number {n}") for n in range(60)))
    take(desk, text("另一篇", language="zh", source="wiki"))
    desk.app.articles.retire(ids[:1], by="administrator")
    page = editor.get("/knowledge").text
    assert "Articles: 60" in page
    [after] = [part.split('"')[0] for part in page.split("&amp;after=")[1:]]
    rest = editor.get(f"/knowledge?after={after}").text
    assert rest.count('<td class="title"') == 10
    assert "另一篇" in editor.get("/knowledge", language="zh").text
    assert "number" not in editor.get("/knowledge", source="wiki").text
    assert "Articles: 1<" in editor.get("/knowledge", standing="retired").text
    assert "Articles: 61" in editor.get("/knowledge", standing="all").text
    assert "Articles: 1<" in editor.get("/knowledge", title="number 17").text
    assert "Nothing matches" in editor.get("/knowledge", title="none of this name").text


def test_a_part_of_the_list_is_answered_to_htmx_alone(desk: Desk, editor: Seat) -> None:
    take(desk, text(CRASH))
    headers = {"HX-Request": "true", "HX-Target": "results"}
    part = editor.client.get("/knowledge", headers=headers).text
    assert part.lstrip().startswith('<section id="results"')


def test_a_hostile_article_stays_words(desk: Desk, editor: Seat) -> None:
    """Wherever its title, its text, its source or its labels are shown."""
    [id_] = take(desk, text(f"Mail {HOSTILE}", body=HOSTILE, source=HOSTILE, products=(HOSTILE,)))
    desk.report(title=f"Mail {HOSTILE}")
    desk.settle()
    paths = [
        *("/knowledge", "/knowledge?q=mail+script+alert", f"/knowledge/{id_}", "/knowledge/use"),
        *(f"/knowledge/{id_}/edit", f"/knowledge/{id_}/revisions/1", "/knowledge/import"),
        "/incidents/T-1",
    ]
    for path in paths:
        answer = editor.get(path)
        assert answer.status_code == 200, path
        assert "<script>alert" not in answer.text, path
        assert "<img" not in answer.text, path


def test_every_page_is_valid_html_in_both_languages(desk: Desk, editor: Seat, seat) -> None:  # type: ignore[no-untyped-def]
    [id_] = take(desk, text(CRASH))
    desk.report()
    desk.settle()
    paths = [
        *("/knowledge", "/knowledge?q=mail+client", f"/knowledge/{id_}", "/knowledge/use"),
        *("/knowledge/new", f"/knowledge/{id_}/edit", f"/knowledge/{id_}/revisions/1"),
        *("/knowledge/import", f"/knowledge/{id_}?ticket=T-1", "/incidents/T-1"),
    ]
    for visitor, language in ((editor, "en"), (seat("zh"), "zh-CN")):
        for path in paths:
            answer = visitor.get(path)
            assert answer.status_code == 200, path
            document = html5lib.HTMLParser(namespaceHTMLElements=False).parse(answer.text)
            assert document.attrib["lang"] == language
            assert " style=" not in answer.text
