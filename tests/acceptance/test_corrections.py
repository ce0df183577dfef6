"""What was told turned out to be wrong: exactly those who were told it are offered the correction."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from pipeline.domain.communication import Communication, Kind
from pipeline.domain.correction import Correction
from pipeline.domain.directory import Directory
from pipeline.flow.drain import drain

from .outage import CRM, group, outage, words
from .story import Desk

FIRST = "2026-08-24T10:02:00+08:00"
EARLIER = "2026-08-24T09:15:00+08:00"
NETWORK = words("网络改动", "a change of the network")
DATABASE = words("数据库连接耗尽", "the database ran out of connections")
WHY = words("日志显示第一批失败更早", "the logs show earlier failures")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with outage(tmp_path) as played:
        yield played


def declared(desk: Desk, **more: object) -> None:
    desk.at("10:05").send(
        "incident.declared", CRM, severity="P1", impact="unavailable", service="crm",
        started_at=FIRST, **more,
    )  # fmt: skip


def restored(desk: Desk, at: str = "10:50", **more: object) -> None:
    desk.at(at).send(
        "incident.restored", CRM, restored_at="2026-08-24T10:47:00+08:00", data="intact", **more
    )


def proposed(desk: Desk, state: str = "held") -> list[tuple[Communication, Correction]]:
    incident = desk.app.queries.incident(CRM)
    assert incident is not None
    with desk.app.store.read() as tx:
        known = {c.communication: c for c in tx.corrections_of(incident.id)}
    rows = reversed(desk.app.queries.communications(incident.id))
    return [(c, known[c.id]) for c in rows if c.kind is Kind.CORRECTION and c.state.value == state]


def released(desk: Desk, audience: str = "affected") -> None:
    for communication, _ in proposed(desk):
        if communication.audience == audience:
            desk.app.acts.release(communication.id, "lin")
    drain(desk.app.steps)


def items(correction: Correction) -> dict[str, tuple[str, str | None]]:
    return {item.attribute: (item.told_as, item.right_as) for item in correction.items}


def test_a_wrong_start_is_put_right_for_those_who_were_told_it_once_a_person_agrees(
    desk: Desk,
) -> None:
    declared(desk)
    before = len(desk.mails("tom@example.org"))
    desk.at("10:15").send("incident.corrected", CRM, attribute="started_at", at=EARLIER, why=WHY)
    audiences = {c.audience: correction for c, correction in proposed(desk)}
    assert set(audiences) == {"affected", "public", "leaders", "front_line"}
    assert {r.key for r in audiences["affected"].recipients} == {
        "person:li",
        "person:tom",
        "room:sales",
    }
    assert len(desk.mails("tom@example.org")) == before, "nothing leaves before somebody agrees"
    released(desk)
    mail = desk.mails("tom@example.org")[-1]
    assert mail.subject == "Correction of our news about CRM (INC-9602)"
    assert "We told you: 10:02\nIn fact: 09:15" in mail.text
    assert "We have known this since 10:15." in mail.text
    assert "Why it was wrong: the logs show earlier failures" in mail.text
    chinese = desk.mails("li@example.org")[-1]
    assert chinese.subject == "更正：关于 CRM 的通报有误（INC-9602）"
    assert "我们说的是：10:02\n实际是：09:15" in chinese.text
    card = desk.mails("sales@example.org")[-1]
    assert "我们说的是：10:02" in card.text
    assert "We told you: 10:02" in card.text
    assert not any("orrection" in m.subject for m in desk.mails("outsider@example.org"))


def test_two_wrong_facts_are_one_correction_and_a_duration_follows_its_ends(desk: Desk) -> None:
    declared(desk)
    desk.at("10:20").send("incident.phase_changed", CRM, phase="identified", cause=NETWORK)
    restored(desk)
    desk.at("11:00").send("incident.corrected", CRM, attribute="started_at", at=EARLIER, why=WHY)
    desk.send("incident.corrected", CRM, attribute="cause", words=DATABASE)
    mine = {c.audience: correction for c, correction in proposed(desk)}["affected"]
    assert set(items(mine)) == {"started_at", "duration", "cause_confirmed"}
    released(desk)
    text = desk.mails("tom@example.org")[-1].text
    assert (
        "We told you: a change of the network\nIn fact: the database ran out of connections" in text
    )
    assert "Why it was wrong: the logs show earlier failures" in text
    assert "We told you: 45 min\nIn fact: 1 h 32 min" in text


def test_a_difference_within_the_threshold_is_left_as_it_was_told(desk: Desk) -> None:
    declared(desk, scope=words("约 800 个账号", "about 800 accounts"))
    desk.at("10:15").send(
        "incident.corrected", CRM, attribute="started_at", at="2026-08-24T09:50:00+08:00"
    )
    desk.send(
        "incident.corrected",
        CRM,
        attribute="scope",
        words=words("约 850 个账号", "about 850 accounts"),
    )
    assert proposed(desk) == []
    desk.send(
        "incident.corrected",
        CRM,
        attribute="scope",
        words=words("约 900 个账号", "about 900 accounts"),
    )
    assert {c.audience for c, _ in proposed(desk)} == {"affected", "leaders", "front_line"}


def test_news_is_no_error(desk: Desk) -> None:
    """That more people are hit, or that it is graver, changes nothing of what was true."""
    declared(desk, scope=words("约 800 个账号", "about 800 accounts"))
    desk.at("10:15").send("incident.scope_changed", CRM, scope=words("全部 6,214 个", "all 6,214"))
    desk.send("incident.severity_changed", CRM, severity="P2", impact="degraded")
    assert proposed(desk) == []


def test_another_confirmed_cause_shows_that_the_first_one_was_wrong(desk: Desk) -> None:
    declared(desk)
    desk.at("10:20").send("incident.phase_changed", CRM, phase="identified", cause=NETWORK)
    desk.at("10:30").send("incident.phase_changed", CRM, phase="mitigating", cause=DATABASE)
    found = {c.audience: items(k) for c, k in proposed(desk)}
    assert found["affected"] == {"cause_confirmed": (NETWORK["en"], DATABASE["en"])}
    assert "public" not in found, "nobody outside was told a cause"


def test_a_false_all_clear_is_taken_back_and_the_incident_is_open_again(desk: Desk) -> None:
    declared(desk)
    restored(desk)
    desk.at("10:58").send(
        "incident.corrected",
        CRM,
        attribute="restored",
        why=words("看错了监控", "a graph was misread"),
    )
    incident = desk.app.queries.incident(CRM)
    assert incident is not None
    assert incident.major is not None
    assert (incident.major.standing, incident.major.relapsed_times) == ("open", 0)
    mine = {c.audience: correction for c, correction in proposed(desk)}
    assert set(items(mine["affected"])) == {"all_clear"}
    released(desk)
    assert (
        "We told you: it works again\nIn fact: it did not" in desk.mails("tom@example.org")[-1].text
    )
    assert "我们说过：已经恢复\n实际上：当时并没有恢复" in desk.mails("li@example.org")[-1].text


def test_what_is_right_may_be_unknown(desk: Desk) -> None:
    declared(desk)
    desk.at("10:20").send("incident.phase_changed", CRM, phase="identified", cause=NETWORK)
    desk.at("10:30").send("incident.corrected", CRM, attribute="cause")
    released(desk)
    text = desk.mails("tom@example.org")[-1].text
    assert (
        "We told you: a change of the network\nThat was wrong; what it was instead is not known yet"
        in text
    )


def test_nothing_is_proposed_where_nobody_was_told(desk: Desk) -> None:
    desk.at("10:05").send("incident.declared", CRM, severity="P1", service="crm")
    desk.at("10:10").send("incident.corrected", CRM, attribute="started_at", at=EARLIER)
    assert proposed(desk) == []


def test_the_same_fact_again_doubles_nothing(desk: Desk) -> None:
    declared(desk)
    desk.at("10:15").send("incident.corrected", CRM, attribute="started_at", at=EARLIER)
    first = [c.id for c, _ in proposed(desk)]
    desk.at("10:16").send("incident.corrected", CRM, attribute="started_at", at=EARLIER)
    assert [c.id for c, _ in proposed(desk)] == first
    released(desk)
    desk.at("10:17").send("incident.corrected", CRM, attribute="started_at", at=EARLIER)
    assert "affected" not in {c.audience for c, _ in proposed(desk)}
    assert (
        len([m for m in desk.mails("tom@example.org") if m.subject.startswith("Correction")]) == 1
    )


def test_a_value_that_comes_back_before_release_withdraws_the_proposal(desk: Desk) -> None:
    declared(desk)
    desk.at("10:15").send("incident.corrected", CRM, attribute="started_at", at=EARLIER)
    desk.at("10:16").send("incident.corrected", CRM, attribute="started_at", at=FIRST)
    assert proposed(desk) == []
    assert {c.outcome.code for c, _ in proposed(desk, "skipped") if c.outcome} == {
        "correction_withdrawn"
    }


def test_a_correction_that_was_wrong_is_corrected_for_those_who_got_it(desk: Desk) -> None:
    declared(desk)
    desk.at("10:15").send("incident.corrected", CRM, attribute="started_at", at=EARLIER)
    released(desk)
    desk.at("10:25").send(
        "incident.corrected", CRM, attribute="started_at", at="2026-08-24T08:30:00+08:00"
    )
    released(desk)
    text = desk.mails("tom@example.org")[-1].text
    assert "We told you: 09:15\nIn fact: 08:30" in text
    told = {c.audience: items(k) for c, k in proposed(desk)}
    assert told["leaders"]["started_at"][0].startswith("2026-08-24T02:02"), (
        "they got the first one alone"
    )


def test_who_could_not_be_reached_with_the_wrong_word_gets_no_correction(desk: Desk) -> None:
    """Whoever was added to the users later never heard the wrong start."""
    declared(desk)
    desk.app.acts.load_directory(_more_users())
    desk.at("10:15").send("incident.corrected", CRM, attribute="started_at", at=EARLIER)
    found = {c.audience: k for c, k in proposed(desk)}
    assert "person:outsider" not in {r.key for r in found["affected"].recipients}


def _more_users() -> Directory:
    return Directory(groups=(group("staff", members=("li", "tom", "outsider")),))


def test_one_that_a_person_put_aside_is_not_proposed_again(desk: Desk) -> None:
    declared(desk)
    desk.at("10:15").send("incident.corrected", CRM, attribute="started_at", at=EARLIER)
    for communication, _ in proposed(desk):
        desk.app.acts.discard(communication.id, "lin", "told on the phone")
    desk.at("10:20").send("incident.phase_changed", CRM, phase="identified", cause=NETWORK)
    assert proposed(desk) == []


def test_one_that_is_drafted_again_still_knows_whom_it_is_for(desk: Desk) -> None:
    declared(desk)
    desk.at("10:15").send("incident.corrected", CRM, attribute="started_at", at=EARLIER)
    mine = next(c for c, _ in proposed(desk) if c.audience == "affected")
    desk.app.acts.retry(mine.id, "lin")
    desk.at("10:16")
    again = [(c, k) for c, k in proposed(desk) if c.audience == "affected"]
    assert len(again) == 1
    assert again[0][0].id != mine.id
    released(desk)
    assert desk.mails("tom@example.org")[-1].subject.startswith("Correction")


def test_a_text_that_was_held_with_the_wrong_word_and_released_later_is_put_right_too(
    desk: Desk,
) -> None:
    """What leaves after the correction was looked for is looked at again."""
    declared(desk)
    desk.at("10:10").send("incident.stated", CRM, text=words("一切恢复正常", "everything is back"))
    waiting = [
        c for c in desk.app.queries.held() if c.kind is Kind.UPDATE and c.audience == "affected"
    ]
    assert waiting, "an all-clear while it is open waits for a person"
    desk.at("10:15").send("incident.corrected", CRM, attribute="started_at", at=EARLIER)
    first = {c.audience for c, _ in proposed(desk)}
    desk.app.acts.release(waiting[0].id, "lin", "it is back for most")
    drain(desk.app.steps)
    assert {c.audience for c, _ in proposed(desk)} == first
    assert desk.mails("tom@example.org")[-1].text.count("everything is back") == 1


def test_the_page_says_what_was_wrong_and_keeps_the_title_of_how_things_stand(desk: Desk) -> None:
    declared(desk)
    desk.at("10:15").send("incident.corrected", CRM, attribute="started_at", at=EARLIER)
    released(desk, "public")
    client = TestClient(create_app(desk.app), base_url="https://it.example.org")
    page = client.get(f"/s/{CRM}?lang=en").text
    assert "We told you: 10:02" in page
    assert "In fact: 09:15" in page
    title = client.get("/banner.json").json()["incidents"][0]["title"]["en"]
    assert title.startswith("CRM is unavailable")
