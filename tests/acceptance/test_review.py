"""After the CRM outage: its report is drafted, written by several people, published, and its actions are followed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from api.exports import FORMATS
from pipeline.domain.directory import LANGUAGES, Language
from pipeline.domain.errors import Malformed, StaleVersion, WrongState
from pipeline.domain.incident import Incident
from pipeline.domain.report import ActionState, Edition, Section, SectionText
from pipeline.flow.drain import drain
from pipeline.review.document import Document

from .outage import CRM, crm_outage, outage
from .story import Desk

ZONE = "Asia/Shanghai"
FOUND = {
    "zh": "登录服务与数据库的连接数用尽，新的登录请求排不上队。",
    "en": "The sign-in service ran out of database connections, so new sign-ins queued up.",
}
LESSONS = {
    "zh": "连接数改为按负载调整。",
    "en": "The number of connections now follows the load.",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The outage is over, for good; each test adds to what the one before it left."""
    with outage(Path(tmp_path_factory.mktemp("review"))) as found:
        crm_outage(found)
        found.at("12:40").send("incident.restored", CRM, restored_at="2026-08-24T12:35:00+08:00")
        found.at("13:30")
        yield found


def crm(desk: Desk) -> Incident:
    found = desk.app.queries.incident(CRM)
    assert found is not None
    return found


def shown(desk: Desk, edition: Edition, language: Language = "en") -> Document:
    return desk.app.reviewing.reports.shown(crm(desk), edition, language, ZONE)[0]


def everything(document: Document) -> str:
    content = FORMATS["md"].make(document).decode()
    assert content
    return content


def text(desk: Desk, section: Section, words: str, revision: int, **more: str) -> SectionText:
    return SectionText(
        incident=crm(desk).id,
        edition=Edition(more.get("edition", "outside")),
        section=section,
        language="zh" if more.get("language") == "zh" else "en",
        revision=revision,
        text=words,
        by="lin",
        at=desk.app.clock.now(),
    )


def test_a_report_is_drafted_once_and_tells_the_failure_and_its_relapse(desk: Desk) -> None:
    """In every edition and both languages; asked for again it is the same one."""
    report = desk.app.reviewing.reports.open(crm(desk), by="lin")
    assert desk.app.reviewing.reports.open(crm(desk), by="ops") == report
    for edition in Edition:
        for language in LANGUAGES:
            words = everything(shown(desk, edition, language))
            assert CRM in words
            assert "11:17" in words
            assert "12:35" in words


def test_each_edition_holds_only_what_its_readers_may_know(desk: Desk) -> None:
    """No host, no monitor and no ticket's title for readers outside (law 4)."""
    inside, outside = (everything(shown(desk, e)) for e in (Edition.ENGINEERS, Edition.OUTSIDE))
    assert "crm-app-03" in inside
    for secret in ("crm-app-03", "crm-login-errors", "above 40"):
        assert secret not in outside


def test_every_row_names_its_source(desk: Desk) -> None:
    """An event of the ticket, or a communication that left."""
    known = {event.id for event in desk.app.queries.stream(crm(desk).id)}
    known |= {c.id for c in desk.app.queries.communications(crm(desk).id)}
    tables = [block.table for block in shown(desk, Edition.ENGINEERS).blocks if block.table]
    cited = [cites for table in tables for cites in table.cites]
    assert cited
    assert all(cites and set(cites) <= known for cites in cited)


def test_two_people_who_write_one_section_do_not_overwrite_each_other(desk: Desk) -> None:
    """The second is told; every revision stays (law 9)."""
    reports = desk.app.reviewing.reports
    first = text(desk, Section.WENT_WELL, "The first update left in time.", 1, edition="engineers")
    reports.write(crm(desk), first, zone=ZONE)
    with pytest.raises(StaleVersion):
        reports.write(crm(desk), first.model_copy(update={"text": "Mine."}), zone=ZONE)
    second = first.model_copy(update={"revision": 2, "text": "Every update left in time."})
    reports.write(crm(desk), second, zone=ZONE)
    kept = reports.history(crm(desk), Edition.ENGINEERS, Section.WENT_WELL, "en")
    assert [one.text for one in kept] == [second.text, first.text]


def test_words_that_blame_are_found(desk: Desk) -> None:
    """And hold what would be published until somebody says why they may stand."""
    blaming = text(desk, Section.WENT_BADLY, "It was human error.", 1, edition="engineers")
    kept = desk.app.reviewing.reports.write(crm(desk), blaming, zone=ZONE)
    assert "blame" in {finding.rule for finding in kept.findings}


def test_an_announced_review_is_a_promise_to_those_who_were_told(desk: Desk) -> None:
    at = "2026-08-31T18:00:00+08:00"
    with pytest.raises(Malformed):
        desk.app.reviewing.acts.announce(crm(desk), review_by=desk.app.clock.now(), by="lin")
    review_by = datetime.fromisoformat(at)
    desk.app.reviewing.acts.announce(crm(desk), review_by=review_by, by="lin")
    drain(desk.app.steps)
    [zh], [en] = (
        [m for m in desk.mails(to) if "复盘" in m.subject or "Review" in m.subject]
        for to in ("li@example.org", "tom@example.org")
    )
    assert "8 月 31 日" in zh.text
    assert "31 Aug" in en.text
    assert not [m for m in desk.mails("outsider@example.org") if "Review" in m.subject]
    open_now = {p.what for p in desk.app.queries.promises(crm(desk).id) if p.state.value == "open"}
    assert "review_by" in open_now


def test_findings_are_published_in_both_languages_or_not_at_all(desk: Desk) -> None:
    """To exactly those who were told; the promise is kept by it."""
    reports, acts = desk.app.reviewing.reports, desk.app.reviewing.acts
    lessons = text(desk, Section.LESSONS, LESSONS["en"], 1)
    reports.write(crm(desk), lessons, zone=ZONE)
    with pytest.raises(WrongState):
        acts.publish(crm(desk), by="lin", why="checked")
    in_chinese = lessons.model_copy(update={"language": "zh", "text": LESSONS["zh"]})
    reports.write(crm(desk), in_chinese, zone=ZONE)
    for language in LANGUAGES:
        found = text(desk, Section.SUMMARY, FOUND[language], 2, language=language)
        reports.write(crm(desk), found, zone=ZONE)
    acts.publish(crm(desk), by="lin", why="read by two people")
    drain(desk.app.steps)
    zh, en = desk.mails("li@example.org")[-1], desk.mails("tom@example.org")[-1]
    for mail, language in ((zh, "zh"), (en, "en")):
        assert FOUND[language] in mail.text
        assert LESSONS[language] in mail.text
    settled = {p.what: p.state.value for p in desk.app.queries.promises(crm(desk).id)}
    assert settled["review_by"] == "kept"


def test_whoever_undertook_something_is_reminded_once_when_its_day_has_passed(desk: Desk) -> None:
    """By name, and nobody else; a new day is told anew, and what is done is not told."""
    acts = desk.app.reviewing.acts
    with pytest.raises(Malformed):
        acts.add_action(crm(desk), text="Add it", owner="nobody", due=date(2026, 8, 24), by="lin")
    action = acts.add_action(
        crm(desk), text="Add an alert at 80 %", owner="ops", due=date(2026, 8, 24), by="lin"
    )
    done = acts.add_action(
        crm(desk), text="Write it down", owner="ops", due=date(2026, 8, 24), by="lin"
    )
    acts.change_action(crm(desk), done.id, revision=1, state=ActionState.DONE)
    with pytest.raises(StaleVersion):
        acts.change_action(crm(desk), done.id, revision=1, state=ActionState.OPEN)
    desk.tomorrow("08:59")
    assert not [m for m in desk.mails("ops@example.org") if "Action overdue" in m.subject]
    desk.tomorrow("18:00")
    [reminder] = [m for m in desk.mails("ops@example.org") if "Action overdue" in m.subject]
    assert "Add an alert at 80 %" in reminder.text
    assert not [m for m in desk.mails("lin@example.org") if "行动项" in m.subject]
    assert action.id


@pytest.mark.parametrize("ending", list(FORMATS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_can_be_carried_away_in_each_format_and_language(
    desk: Desk, ending: str, language: Language
) -> None:
    """And Chinese can be read in it."""
    content = FORMATS[ending].make(shown(desk, Edition.ENGINEERS, language))
    words = read(content, ending)
    assert CRM in words
    assert ("时间线" if language == "zh" else "Timeline") in words
    assert "crm-app-03" in words


def read(content: bytes, ending: str) -> str:
    from io import BytesIO

    if ending == "pdf":
        import pypdf

        pages = pypdf.PdfReader(BytesIO(content)).pages
        return "\n".join(page.extract_text() for page in pages)
    if ending == "docx":
        import docx

        file = docx.Document(BytesIO(content))
        cells = [c.text for table in file.tables for row in table.rows for c in row.cells]
        return "\n".join([*(p.text for p in file.paragraphs), *cells])
    return content.decode()
