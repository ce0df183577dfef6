"""The CRM outage is over and its ticket closed: a day later those who were told are asked how well, and a low answer reaches
the team that had it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.domain.directory import Address
from pipeline.domain.subscription import Choice, Subscription
from pipeline.domain.survey import SurveyKind
from pipeline.flow.drain import drain

from .outage import CRM, outage
from .story import Desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with outage(Path(tmp_path_factory.mktemp("informed"))) as found:
        anna = Choice(
            address=Address(channel="mail", value="anna@example.net"),
            language="en",
            zone="Asia/Shanghai",
        )
        now = found.app.clock.now()
        with found.app.store.write() as tx:
            tx.save_subscription(
                Subscription(id="sub_anna", choice=anna, created_at=now, changed_at=now)
            )
        alert = {"service": "crm", "severity": "P1", "impact": "unavailable"}
        for signal in ("crm-login-errors", "synthetic"):
            title = f"crm-app-03.corp: {signal}"
            found.at("10:02").send("incident.alerted", CRM, signal=signal, title=title, **alert)
        found.send("incident.team_called", CRM, team="app-support")
        found.at("10:17").send("incident.restored", CRM, restored_at="2026-08-24T10:15:00+08:00")
        found.at("10:40").send("closed", CRM)
        found.tomorrow("10:39")
        assert asked(found) == set()
        found.tomorrow("10:40")
        yield found


def asked(desk: Desk) -> set[str]:
    """To whom the question went."""
    found = [mail for mail in desk.mails("@") if "/v/" in mail.text]
    return {mail.message["To"].addresses[0].username for mail in found}


def test_each_reads_one_question_in_her_language_and_can_answer_it(desk: Desk) -> None:
    zh, en, outside = (desk.mails(name)[-1] for name in ("li@", "tom@", "anna@"))
    assert zh.subject == f"CRM 这次故障：我们的通报做得怎么样？（{CRM}）"
    assert en.subject == outside.subject == f"How well were you kept informed? CRM ({CRM})"
    for words in ("故障已于", "这里问的是通报，不是修复", "5 很好", "1 很不好", "我们不会再问"):
        assert words in zh.text
    for words in ("not about the repair", "5 Very well", "1 Very badly", "we will not ask"):
        assert words in en.text
    for mail in (zh, en, outside):
        assert mail.text.count("/v/") == 5
        assert "crm-app-03" not in mail.words
    assert "subscribed to the service status" in outside.text
    assert zh.text != en.text


def test_nobody_else_is_asked(desk: Desk) -> None:
    """No room, no leader, nobody of the front line."""
    assert asked(desk) == {"li", "tom", "anna"}


def test_a_low_answer_reaches_the_team_that_had_it_in_both_languages(desk: Desk) -> None:
    incident = desk.app.queries.incident(CRM)
    assert incident is not None
    with desk.app.store.read() as tx:
        kept = {s.person: s for s in tx.surveys_on([incident.id], SurveyKind.INFORMED)}
    assert set(kept) == {"li", "tom", "subscriber:sub_anna"}
    answer = desk.app.deciding.surveys.answer
    answer(kept["li"].id, 1, "11 点以后就没有消息了")
    answer(kept["tom"].id, 5)
    drain(desk.app.steps)
    desk.tomorrow("10:50")
    zh, en = (desk.mails(name)[-1] for name in ("lin@", "ops@"))
    assert zh.subject == f"通报满意度：2 份评价中 1 份偏低，CRM（{CRM}）"
    assert en.subject == f"How well people were kept informed: 1 of 2 rated it low, CRM ({CRM})"
    assert "so far 1 of 2 rated it 2 of 5 or less" in en.text
    for mail in (zh, en):
        assert "11 点以后就没有消息了" in mail.text
        assert "/incidents/" in mail.text
