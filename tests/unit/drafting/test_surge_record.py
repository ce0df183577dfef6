"""What is told of so many tickets at once: how many, of what, in how long, and which; to those who decide, while it is asked."""

from __future__ import annotations

import pytest

from pipeline.domain.communication import Form, Kind
from pipeline.domain.directory import Language, Names, Service
from pipeline.domain.facts import Fact, Level
from pipeline.domain.incident import Incident
from pipeline.domain.major_events import Alerted, Declared, Withdrawn
from pipeline.domain.payload import Payload
from pipeline.domain.surge_events import TicketsSurged
from pipeline.drafting.brief import make_brief
from pipeline.drafting.pieces import Lookup
from pipeline.drafting.record import facts_of
from pipeline.drafting.slots import Context
from pipeline.policy.audiences import audience_of
from tests.unit.prompts.texts import TEMPLATES
from tests.unit.tickets import START, communication, fold_all, reported, stream

DIRECTORY = Lookup(services={"mail": Service(id="mail", name=Names(zh="邮件", en="Mail"))})
NUMBERS = tuple(f"SD-{n}" for n in range(1, 13))
SURGED = TicketsSurged(
    people=60, service="mail", tickets=NUMBERS, within_minutes=15, since=START, severity="P2"
)


def after(*payloads: Payload) -> Incident:
    return fold_all(stream(reported(title="收不到邮件"), *payloads))


def of_surge(incident: Incident) -> list[Fact]:
    facts = facts_of(incident, DIRECTORY)
    return [f for f in facts if f.attribute.startswith("surge")]


def told(incident: Incident, language: Language, form: Form) -> str:
    brief = make_brief(facts_of(incident, DIRECTORY), audience_of("owner", incident), {})
    return TEMPLATES.render(
        communication(Kind.DECLARE_REQUEST, audience="owner"),
        brief,
        language,
        form,
        now=START,
        context=Context(),
    ).text


def test_only_those_who_work_on_it_may_know_it() -> None:
    """No requester learns whose tickets the others are."""
    found = of_surge(after(SURGED))
    assert len(found) == 4 + len(NUMBERS)
    assert {f.level for f in found} == {Level.INTERNAL}


@pytest.mark.parametrize("answer", [Withdrawn(), Declared(severity="P1")])
def test_what_was_decided_is_asked_no_more(answer: Payload) -> None:
    incident = after(SURGED, answer)
    assert not incident.is_surging
    assert of_surge(incident) == []


def test_a_question_after_a_no_is_a_new_one() -> None:
    incident = after(SURGED, Withdrawn(), SURGED)
    assert (incident.is_surging, incident.severity, incident.services) == (True, "P2", ("mail",))
    assert after(SURGED, Withdrawn()).services == ()


def test_the_gravest_of_what_is_known_counts() -> None:
    alert = Alerted(signal="s", title="t", severity="P1")
    assert after(SURGED, alert).severity == "P1"


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("zh", ("15 分钟内有 60 人报告邮件有问题", "SD-3 SD-4", "SD-12 等", "收不到邮件")),
        ("en", ("60 people reported Mail within 15 min", "SD-3 SD-4", "SD-12 and more", "收不到邮件")),
    ],
)  # fmt: skip
def test_a_card_says_it_in_a_few_lines(language: Language, lines: tuple[str, ...]) -> None:
    """Of many tickets the newest ten, and that there are more."""
    text = told(after(SURGED), language, Form.CHAT)
    for line in lines:
        assert line in text
    assert "SD-2 " not in text


def test_beside_an_alert_the_monitor_is_quoted_as_the_monitor() -> None:
    alert = Alerted(signal="imap", title="IMAP down", severity="P1", detail="mx-1: refused")
    text = told(fold_all(stream(alert, SURGED)), "en", Form.MAIL)
    assert "The monitor wrote:" in text
    assert "60 people reported Mail" in text
