"""The night on which nothing goes straight: a moved holiday, a clock that stands still, an approver on leave, a scanner that
opens every link, and one approval that is decided here and at the desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from pipeline.domain.directory import Absence, Address, Directory, Language, Names, Person

from .story import Desk, Mail, desk
from .test_decisions import BASE, scan, version


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What the page said: to the scanner, to the first decision, and to the second one, which came after the desk's."""

    changed_by_scanner: int
    first: int
    again: int
    page: str


WORDS: dict[Language, tuple[str, ...]] = {
    "zh": ("孙杰不在，请您代为审批。", "请审批：把王晓琳的邮箱迁移到新的邮箱库（INC-9527）", "以先作出的为准", "审批已同意"),
    "en": ("Jie Sun is away. Please decide instead.", "Please decide: 把王晓琳的邮箱迁移到新的邮箱库 (INC-9527)", "The first decision counts", "Approved"),
}  # fmt: skip


@pytest.fixture(scope="module", params=["zh", "en"])
def night(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Language, Desk, Answers]]:
    """Played once for an approver's substitute of each language, to the Tuesday after the holiday."""
    language: Language = request.param
    with desk(tmp_path_factory.mktemp("night"), requester=language) as found:
        found.app.acts.load_directory(_house(language))
        yield language, found, _play(found)


def _house(language: Language) -> Directory:
    """Who should agree is away over the holiday, and said who decides meanwhile."""
    since, until = (datetime.fromisoformat(f"2026-{d}T00:00:00+08:00") for d in ("09-30", "10-12"))
    away = Absence(since=since, until=until, substitute="zhou")
    return Directory(
        people=(_person("sun", "孙杰", "Jie Sun", language, absences=(away,)), _person("zhou", "周宁", "Ning Zhou", language))
    )  # fmt: skip


def _person(name: str, zh: str, en: str, language: Language, **more: object) -> Person:
    reached = (Address(channel="mail", value=f"{name}@example.org"),)
    told = {"id": name, "name": zh, "names": Names(zh=zh, en=en), "language": language}
    return Person.model_validate({**told, "zone": "Asia/Shanghai", "addresses": reached, **more})


def _play(found: Desk) -> Answers:
    """The last hours before the National Day, and the working Saturday that was moved for it."""
    found.on("2026-09-30T16:00").send(
        "reported",
        title="邮件客户端反复崩溃",
        requester={"id": "wang.xiaolin"},
        service="mail-client",
        priority="P3",
        group="exchange",
    )
    found.send("assigned", assignee={"id": "chen.li"})
    found.on("2026-09-30T17:00").send("state_changed", state="waiting", waiting_for="requester")
    found.on("2026-09-30T17:30").send(
        "approval_asked",
        approval="apr-1",
        approvers=[{"id": "sun"}],
        what="把王晓琳的邮箱迁移到新的邮箱库",
        due_by="2026-10-09T18:00:00+08:00",
        by={"id": "chen.li"},
    )
    client = TestClient(create_app(found.app), base_url=BASE, follow_redirects=False)
    before = version(found)
    [link, _of_her_own] = scan(client, _mails(found, "zhou")[0])
    changed = version(found) - before
    yes = {"decision": "yes", "me": "yes"}
    first = client.post(link, data=yes).status_code
    found.on("2026-09-30T20:00").send(
        "approval_decided", approval="apr-1", approved=False, by={"id": "sun"}, where="desk"
    )
    again = client.post(link, data={**yes, "decision": "no"})
    found.on("2026-10-10T10:00").send("state_changed", state="in_progress")
    found.on("2026-10-13T18:30")
    return Answers(
        changed_by_scanner=changed, first=first, again=again.status_code, page=again.text
    )


def _mails(found: Desk, name: str) -> list[Mail]:
    return found.mails(f"{name}@example.org")


def test_whoever_stands_in_is_asked_in_the_place_of_the_one_on_leave(
    night: tuple[Language, Desk, Answers],
) -> None:
    language, found, _ = night
    assert _mails(found, "sun") == []
    [asked] = _mails(found, "zhou")
    assert asked.subject == WORDS[language][1]
    assert WORDS[language][0] in asked.text


def test_a_scanner_that_opens_every_link_decides_nothing(
    night: tuple[Language, Desk, Answers],
) -> None:
    assert night[2].changed_by_scanner == 0


def test_the_first_decision_counts_and_the_second_is_told(
    night: tuple[Language, Desk, Answers],
) -> None:
    """At the page as at the desk: it says so, and somebody is asked to correct the desk."""
    language, found, answers = night
    assert (answers.first, answers.again) == (200, 409)
    assert WORDS[language][2] in answers.page
    raised = [a for a in found.app.queries.alarms() if a.code == "approval_contradicted"]
    assert len(raised) == 1
    ticket = found.app.queries.incident("INC-9527")
    assert ticket is not None
    [approval] = ticket.approvals
    assert approval.decision is not None
    assert approval.decision.value.approved
    told = [m for m in _mails(found, "wang") if WORDS[language][3] in m.subject]
    assert len(told) == 1


def test_the_clock_counts_neither_the_wait_nor_the_holiday_but_the_moved_day(
    night: tuple[Language, Desk, Answers],
) -> None:
    """An hour of the 27 before the holiday; eight on the working Saturday, nine on Monday, nine on Tuesday."""
    warned = [m for m in _mails(night[1], "chen") if "解决时限" in m.subject]
    assert [m.subject for m in warned] == [
        "还剩 6 小时 45 分：INC-9527 解决时限 18:00",
        "还剩 2 小时 42 分：INC-9527 解决时限 18:00",
        "已过时限：INC-9527 解决时限 18:00",
    ]
    assert all("10 月 13 日" in m.text for m in warned)
    assert "计时：工作日 09:00–18:00" in warned[0].text
