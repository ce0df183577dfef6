"""From a new ticket to the article that helps, and from a person's word on it to what follows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from knowledge.answer import Answer
from knowledge.article import ArticleText, Standing
from knowledge.ports import Readers
from knowledge.shared_words import SharedWords
from pipeline.domain.errors import Malformed, UnknownIncident, UnknownThing
from pipeline.domain.lattices import TicketState
from pipeline.domain.suggested import Found, KnownError, Opinion
from pipeline.flow.articles.lookups import LEASE, MOST_TRIES
from pipeline.flow.drain import advance
from pipeline.ports import Source

from .desk import Desk, opened

EVERYBODY, STAFF = ("everybody",), ("staff",)


def text(title: str, external_id: str = "", **more: object) -> ArticleText:
    fields: dict[str, object] = {
        "source": "files",
        "external_id": external_id or title,
        "title": title,
        "body": f"{title}: close it and open it again.",
        "language": "en",
    }
    return ArticleText.model_validate(fields | more)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path, search=SharedWords) as found:
        yield found


def take(desk: Desk, *texts: ArticleText, audience: tuple[str, ...] = EVERYBODY) -> list[str]:
    return [taken.id for taken in desk.app.articles.take_in(texts, by="admin", audience=audience)]


def test_the_acknowledgement_carries_the_article_that_fits(desk: Desk) -> None:
    take(desk, text("Mail client crashes"), text("Printer jams"))
    desk.report()
    desk.settle()
    [mail] = desk.mail.sent
    assert "1. Mail client crashes" in mail.text
    assert "Printer" not in mail.text
    assert "close it and open it again" in mail.text
    assert "/a/" in mail.text


def test_without_a_fitting_article_not_a_word_is_said_of_articles(desk: Desk) -> None:
    take(desk, text("Printer jams"))
    desk.report()
    desk.settle()
    assert "may help" not in desk.mail.sent[0].text


def test_at_most_three_articles_are_told(desk: Desk) -> None:
    take(desk, *(text("Mail client crashes", external_id=str(n)) for n in range(6)))
    desk.report()
    desk.settle()
    assert "3. Mail client crashes" in desk.mail.sent[0].text
    assert "4. " not in desk.mail.sent[0].text


def test_what_is_written_for_staff_reaches_the_technician_alone(desk: Desk) -> None:
    """Law 4: a requester hears neither title nor passage of an internal article."""
    take(desk, text("Mail client crashes: mbx07-prod"), audience=STAFF)
    desk.report()
    desk.send("assigned", assignee={"id": "chen"})
    desk.wait(3)
    hers = [m for m in desk.mail.sent if m.address == "wang@example.org"]
    his = [m for m in desk.mail.sent if m.address == "chen@example.org"]
    assert len(hers) == 2
    assert all("mbx07" not in m.text for m in hers)
    assert "Mail client crashes: mbx07-prod" in his[0].text


def test_an_article_of_which_nobody_said_who_may_read_it_is_what_the_importer_decides(
    desk: Desk,
) -> None:
    take(desk, text("Mail client crashes"), audience=())
    desk.report()
    desk.settle()
    assert "may help" not in desk.mail.sent[0].text


class Broken(SharedWords):
    """Whatever may go wrong inside a search."""

    def answers(self, question: str, *, readers: Readers, day: date, limit: int) -> list[Answer]:
        raise TimeoutError("the search does not come to an end")


def test_a_search_that_fails_holds_up_no_acknowledgement(tmp_path: Path) -> None:
    with opened(tmp_path, search=Broken) as desk:
        take(desk, text("Mail client crashes"))
        desk.report()
        desk.settle()
        [mail] = desk.mail.sent
        assert "may help" not in mail.text


def test_a_search_that_failed_is_told_from_one_that_found_nothing(tmp_path: Path) -> None:
    """On the row of the search, and in the answer to why she got what she got."""
    with opened(tmp_path, search=Broken) as desk:
        take(desk, text("Mail client crashes"))
        desk.report()
        desk.settle()
        found = desk.app.found_articles.found(desk.incident.id)
        assert found is not None
        assert found.failed
        [told] = [
            d for d in desk.app.rule_keeping.why.of_ticket("wang", "T-1").decisions if d.without
        ]
        assert told.kind == "acknowledgement"
        assert told.without is not None
        said = "The search for articles failed, so this went without any; the log says why."
        assert desk.app.library.reason(told.without, "en") == said


def test_a_search_that_found_nothing_did_not_fail(desk: Desk) -> None:
    take(desk, text("Printer jams"))
    desk.report()
    desk.settle()
    found = desk.app.found_articles.found(desk.incident.id)
    assert found is not None
    assert not found.failed
    assert not any(d.without for d in desk.app.rule_keeping.why.of_ticket("wang", "T-1").decisions)


def test_a_search_that_ends_its_process_each_time_failed_and_keeps_what_was_found_beside(
    desk: Desk,
) -> None:
    """What helps with a known error was at hand before the library was asked."""
    take(desk, text("Mail client crashes"))
    desk.report()
    name, now = desk.incident.id, desk.clock.now()
    known = KnownError(problem="prb_1", workaround="Start it in safe mode")
    with desk.app.store.write() as tx:
        for n in range(MOST_TRIES):
            [(_, tries)] = tx.claim_lookups(now + n * LEASE, LEASE, 9)
        tx.keep_found(name, tries, Found(at=now, known_error=known))
    desk.wait(5)
    found = desk.app.found_articles.found(name)
    assert found is not None
    assert (found.failed, found.known_error) == (True, known)


def test_a_search_that_never_ends_makes_no_acknowledgement_late(desk: Desk) -> None:
    """Its worker stands still: the message leaves without articles when its patience is over."""
    take(desk, text("Mail client crashes"))
    desk.report()
    others = [step for step in desk.app.steps if step.name != "lookups"]
    advance(desk.clock, desk.clock.now() + timedelta(seconds=1), others)
    [mail] = desk.mail.sent
    assert "may help" not in mail.text


def test_a_library_without_articles_costs_no_wait(desk: Desk) -> None:
    desk.report()
    assert desk.communications[0].awaits is None
    assert desk.communications[0].due_at == desk.clock.now()


def test_this_solved_it_closes_a_ticket_of_ours(desk: Desk) -> None:
    [article] = take(desk, text("Mail client crashes"))
    desk.report()
    desk.send("assigned", assignee={"id": "chen"})
    desk.wait(3)
    done = desk.app.judging.judge(desk.incident.id, article, Opinion.SOLVED, by="wang")
    desk.wait(3)
    assert done == "closed"
    assert desk.incident.state.value is TicketState.CLOSED
    his = [m for m in desk.mail.sent if m.address == "chen@example.org"]
    assert "said that an article solved it" in his[-1].text
    hers = [m for m in desk.mail.sent if m.address == "wang@example.org"]
    assert "Mail client crashes" in hers[-1].text
    assert "Not fixed" in hers[-1].text


def promised(desk: Desk) -> dict[str, str]:
    return {p.what: p.state.value for p in desk.app.queries.promises(desk.incident.id)}


def test_what_was_promised_is_withdrawn_when_an_article_solved_it(desk: Desk) -> None:
    """Nobody made the contact that was announced: it counts neither as kept nor as broken."""
    [article] = take(desk, text("Mail client crashes"))
    desk.report(priority="P1")
    desk.settle()
    assert promised(desk) == {"first_contact_by": "open"}
    desk.app.judging.judge(desk.incident.id, article, Opinion.SOLVED, by="wang")
    assert promised(desk) == {"first_contact_by": "withdrawn"}
    desk.wait(60)
    assert promised(desk) == {"first_contact_by": "withdrawn"}


def test_a_closing_by_a_person_still_keeps_what_was_promised(desk: Desk) -> None:
    desk.report(priority="P1")
    desk.settle()
    desk.send("closed")
    assert promised(desk) == {"first_contact_by": "kept"}


def test_a_desk_that_owns_the_ticket_is_asked_to_close_it_once(desk: Desk) -> None:
    desk.app.acts.save_sources([Source(name="desk", owner="desk")])
    [article] = take(desk, text("Mail client crashes"))
    desk.report()
    desk.settle()
    said = [
        desk.app.judging.judge(desk.incident.id, article, Opinion.SOLVED, by="wang")
        for _ in range(2)
    ]
    assert said == ["requested", "requested"]
    assert desk.incident.state.value is TicketState.NEW
    [request] = desk.app.queries.requests(incident_id=desk.incident.id)
    assert (request.kind, request.asked_by) == ("close", "wang")


def test_saying_it_twice_is_saying_it_once(desk: Desk) -> None:
    [article] = take(desk, text("Mail client crashes"))
    desk.report()
    desk.settle()
    for _ in range(3):
        desk.app.judging.judge(desk.incident.id, article, Opinion.NOT_THIS, by="wang")
    events = [e.name for e in desk.app.queries.stream(desk.incident.id)]
    assert events == ["reported", "article_judged"]
    assert desk.app.found_articles.use_of([article])[article].not_this == 1


def test_a_word_of_somebody_else_closes_nothing(desk: Desk) -> None:
    [article] = take(desk, text("Mail client crashes"))
    desk.report()
    desk.settle()
    done = desk.app.judging.judge(desk.incident.id, article, Opinion.SOLVED, by="chen")
    assert done == "noted"
    assert desk.incident.state.value is TicketState.NEW


def test_the_last_word_counts(desk: Desk) -> None:
    [article] = take(desk, text("Mail client crashes"))
    desk.report()
    desk.settle()
    desk.app.judging.judge(desk.incident.id, article, Opinion.NOT_THIS, by="wang")
    desk.app.judging.judge(desk.incident.id, article, Opinion.SOLVED, by="wang")
    use = desk.app.found_articles.use_of([article])[article]
    assert (use.told, use.solved, use.not_this) == (1, 1, 0)


def test_words_on_what_is_not_there_are_refused(desk: Desk) -> None:
    [article] = take(desk, text("Mail client crashes"))
    desk.report()
    with pytest.raises(UnknownIncident):
        desk.app.judging.judge("T-404", article, Opinion.SOLVED, by="wang")
    with pytest.raises(UnknownThing):
        desk.app.judging.judge(desk.incident.id, "art_404", Opinion.SOLVED, by="wang")


def test_a_source_may_tell_of_an_article_that_is_not_here(desk: Desk) -> None:
    """It is history of the ticket, and nothing else."""
    desk.report()
    desk.send("article_judged", article="kb-1", title="Gone", opinion="solved", by={"id": "wang"})
    assert [e.name for e in desk.app.queries.stream(desk.incident.id)][-1] == "article_judged"


def outcomes(desk: Desk, *texts: ArticleText) -> list[str]:
    found = desk.app.articles.take_in(texts, by="admin", audience=EVERYBODY)
    return [taken.outcome for taken in found]


def test_taking_in_the_same_twice_changes_nothing(desk: Desk) -> None:
    one = text("Mail client crashes")
    assert outcomes(desk, one) == ["added"]
    assert outcomes(desk, one) == ["unchanged"]
    assert outcomes(desk, one.model_copy(update={"body": "other"})) == ["changed"]
    [listed] = desk.app.found_articles.revisions(take(desk, one)[0])[:1]
    assert listed.what == "imported"


def test_an_import_never_overwrites_what_a_person_wrote(desk: Desk) -> None:
    """Law 9."""
    one = text("Mail client crashes")
    [id_] = take(desk, one)
    desk.app.articles.write(one.model_copy(update={"body": "By hand."}), by="lin", article_id=id_)
    assert outcomes(desk, one.model_copy(update={"body": "From the source."})) == ["kept"]
    kept = desk.app.found_articles.kept(id_)
    assert kept is not None
    assert kept.article.body == "By hand."


def test_a_retired_article_is_suggested_no_more_and_stays_retired(desk: Desk) -> None:
    one = text("Mail client crashes")
    [id_] = take(desk, one)
    desk.app.articles.retire([id_], by="lin")
    outcomes(desk, one.model_copy(update={"body": "other"}))
    desk.report()
    desk.settle()
    assert "may help" not in desk.mail.sent[0].text
    desk.app.articles.restore([id_], by="lin")
    desk.report("T-2")
    desk.settle()
    assert "may help" in desk.mail.sent[1].text


def test_a_change_can_be_put_back(desk: Desk) -> None:
    one = text("Mail client crashes")
    [id_] = take(desk, one)
    desk.app.articles.write(one.model_copy(update={"body": "Worse."}), by="lin", article_id=id_)
    article = desk.app.articles.put_back(id_, 1, by="lin")
    assert article.body == one.body
    assert [r.n for r in desk.app.found_articles.revisions(id_)] == [3, 2, 1]
    assert desk.app.found_articles.revisions(id_)[0].what == "put_back"
    for unknown, n in ((id_, 9), ("art_404", 1)):
        with pytest.raises(UnknownThing):
            desk.app.articles.put_back(unknown, n, by="lin")


def test_a_retired_article_that_is_put_back_stays_retired(desk: Desk) -> None:
    """Its text is what is put back; whether it is suggested was decided by somebody."""
    [id_] = take(desk, text("Mail client crashes"))
    desk.app.articles.retire([id_], by="lin")
    assert desk.app.articles.put_back(id_, 1, by="lin").standing is Standing.RETIRED


def test_what_a_source_tells_of_no_more_is_retired(desk: Desk) -> None:
    take(desk, text("One"), text("Two"))
    assert desk.app.articles.retire_missing("files", ["One"], by="admin") == ["Two"]
    assert desk.app.found_articles.counts() == {"published": 1, "retired": 1}


def test_tickets_that_an_article_solved_are_counted_by_day(desk: Desk) -> None:
    [article] = take(desk, text("Mail client crashes"))
    for n in range(3):
        desk.report(f"T-{n}")
    desk.report("T-9", title="Something else")
    desk.settle()
    found = desk.app.queries.incident("T-1")
    assert found is not None
    desk.app.judging.judge(found.id, article, Opinion.SOLVED, by="wang")
    [day] = desk.app.found_articles.days(desk.clock.now().date())
    assert (day.searched, day.suggested, day.solved) == (4, 3, 1)


def test_labels_that_nobody_carries_are_refused_where_they_stand(desk: Desk) -> None:
    """Nothing is kept: an article that is shown to nobody would be missed by nobody."""
    good, bad = text("One"), text("Two", audience=("staff", "everyone"))
    with pytest.raises(Malformed) as refused:
        take(desk, good, bad)
    assert refused.value.field == "articles.1.audience.1"
    with pytest.raises(Malformed) as refused:
        take(desk, good, audience=("every",))
    assert refused.value.field == "audience.0"
    with pytest.raises(Malformed) as refused:
        desk.app.articles.write(bad, by="lin")
    assert refused.value.field == "audience.1"
    assert desk.app.found_articles.counts() == {}
