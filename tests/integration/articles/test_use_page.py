"""Whether articles help, as somebody sees it who decides what is worth writing."""

from __future__ import annotations

from pipeline.domain.suggested import Opinion
from tests.unit.flow.desk import Desk

from .conftest import CRASH, Seat, take, text, ticket


def test_before_the_first_ticket_there_is_nothing_to_count(editor: Seat) -> None:
    page = editor.get("/knowledge/use").text
    assert "Nothing to count yet" in page
    assert "<svg" not in page


def test_tickets_are_counted_by_week_and_articles_by_what_they_solve(
    desk: Desk, editor: Seat
) -> None:
    good, poor = take(desk, text(CRASH), text("Printer jams"))
    for n in range(3):
        desk.report(f"T-{n}")
        desk.report(f"P-{n}", title="Printer jams")
    desk.report("T-9", title="No chair in room 7")
    desk.settle()
    desk.app.articles.judge(ticket(desk, "T-1").id, good, Opinion.SOLVED, by="wang")
    desk.app.articles.judge(ticket(desk, "P-1").id, poor, Opinion.NOT_THIS, by="wang")
    page = editor.get("/knowledge/use").text
    figures = page.partition('<dl class="figures">')[2].partition("</dl>")[0]
    for words in ("<dd>7", "<dd>6 ", "86 %", "<dd>1 ", "17 % of those with articles"):
        assert words in figures, words
    solving, _, rest = page.partition("Told again and again")
    never, _, unanswered = rest.partition("Questions without an article")
    assert CRASH in solving
    assert "Printer jams" in never
    assert "Printer jams" not in solving
    assert "No chair in room 7" in unanswered
    assert "T-9" in unanswered
    assert 'class="bar bar-solved"' in page


def test_titles_that_somebody_may_not_read_are_not_among_them(desk: Desk, editor: Seat) -> None:
    [internal] = take(desk, text("Mail relay crashes: mbx07", audience=("staff",)))
    desk.report()
    desk.settle()
    desk.app.articles.judge(ticket(desk).id, internal, Opinion.SOLVED, by="chen")
    assert "mbx07" in editor.get("/knowledge/use").text
    assert "mbx07" not in Seat(desk.app, "viewer").get("/knowledge/use").text
