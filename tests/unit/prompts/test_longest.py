"""However much a source sends within its limits, the text fits its form, and says what it leaves out."""

from __future__ import annotations

import pytest

from pipeline.domain.alert_events import AlertFlapping
from pipeline.domain.communication import Form, Kind, Rendition
from pipeline.domain.decision_events import ApprovalAsked, ApprovalDecided, Approver
from pipeline.domain.directory import LANGUAGES, Bilingual, Group, Language, Names, Person, Service
from pipeline.domain.facts import Fact
from pipeline.domain.findings import FindingLevel
from pipeline.domain.folding import fold
from pipeline.domain.incident import Incident
from pipeline.domain.lattices import Impact, Phase
from pipeline.domain.maintenance_events import (
    ChangeAnnounced,
    MaintenanceCancelled,
    MaintenanceChanged,
    MaintenancePlanned,
)
from pipeline.domain.major_events import (
    LONGEST_STATEMENT,
    Alerted,
    DecisionAsked,
    Declared,
    PhaseChanged,
    Progressed,
    Relapsed,
    Restored,
    ScopeChanged,
    Stated,
    Withdrawn,
    WorkaroundVerified,
)
from pipeline.domain.payload import Payload, PersonRef
from pipeline.domain.problem import Problem, ProblemState, Step, Taken
from pipeline.domain.recurring import Chain
from pipeline.domain.review_events import ReviewAnnounced, ReviewPublished
from pipeline.domain.survey import Survey, Tally
from pipeline.drafting.approval_record import approval_facts
from pipeline.drafting.brief import make_brief
from pipeline.drafting.pieces import Lookup
from pipeline.drafting.record import facts_of
from pipeline.drafting.recurrence_record import Recurring, recurrence_facts
from pipeline.drafting.slots import Context
from pipeline.drafting.survey_record import survey_facts
from pipeline.policy.audiences import audience_of
from tests.unit.tickets import (
    MINUTE,
    START,
    assigned,
    communication,
    event,
    fold_all,
    handed_over,
    noted,
    reopened,
    reported,
    resolved,
    state_changed,
    stream,
    ticket,
)

from .texts import TEMPLATES, findings

CHEN = PersonRef(id="chen")
LONGEST, TITLE, STEPS = 20_000, 300, 50
NAME = Names(zh="邮件与协作平台运维一组（华东）", en="Mail and Collaboration Operations, East")
DIRECTORY = Lookup(
    people={n: Person(id=n, name=NAME.en, names=NAME, phone="+86 21 5555 6000") for n in ("wang", "chen")},
    groups={n: Group(id=n, name=NAME) for n in ("exchange", "desktop")},
    services={"mail": Service(id="mail", name=NAME)},
)  # fmt: skip


def worked_on(unit: str) -> Incident:
    """A ticket in which every text is as long as a source may make it."""
    words = (unit * LONGEST)[:LONGEST]
    title = (unit * TITLE)[:TITLE]
    events = stream(
        reported(title=title, description=words, service="mail", priority="P1"),
        assigned("chen", group="desktop"),
        handed_over("exchange", tried=[words] * STEPS, reason=words),
        assigned("chen"),
        noted(words, visibility="requester"),
        resolved(words, user_action=words, cause_confirmed=words),
        reopened(reason=words),
        state_changed("waiting", waiting_for="requester", message=words),
        *(asked("decided", words, title), asked("open", words, title)),
        ApprovalDecided(approval="decided", approved=False, by=CHEN, comment=words),
        *failing(words, title),
    )
    return fold_all(events)


def asked(name: str, words: str, line: str) -> ApprovalAsked:
    return ApprovalAsked(
        approval=name,
        approvers=(Approver(id="chen"),),
        what=words,
        effect=words,
        cost=line,
        by=CHEN,
    )


def known(incident: Incident, kind: Kind, audience: str, words: str) -> tuple[Fact, ...]:
    """The record, with the approval or the answer that such a message is about."""
    approval = "open" if kind is Kind.APPROVAL_REQUEST else "decided"
    c = communication(kind, audience=audience, approval=approval, to="chen")
    survey = Survey(
        id="srv", incident=incident.id, round=0, person="wang", asked_at=START, expires_at=START,
        score=1, comment=words, answered_at=START,
    )  # fmt: skip
    of_decisions = (
        *approval_facts(incident, c, DIRECTORY),
        *survey_facts(incident, c, survey, Tally(counts=(9_999, 0, 0, 0, 90_000)), 2),
    )
    of_chain = recurrence_facts(incident, c, coming_back(incident, words))
    return (*facts_of(incident, DIRECTORY), *of_decisions, *of_chain)


def coming_back(case: Incident, words: str) -> Recurring:
    """A chain of such tickets, of which a problem was made that says as much as it may."""
    step = Taken(step=Step.KNOWN_ERROR, at=START, by="chen", said=words)
    return Recurring(
        chain=Chain(id="chn", kind="chain", proposed_at=START),
        times=(START, START + MINUTE),
        cases=(case,) * 5,
        shared=(words,) * 20,
        varying=(words,) * 20,
        service=NAME,
        owner=NAME,
        priority="P1",
        lasted=90_000,
        problem=Problem(
            number="PRB-1", chain="chn", anchor=case.id, title=case.title.value[:300],
            state=ProblemState.KNOWN_ERROR, opened_at=START, workaround=words, cause=words, fix=words,
            quiet_until=START + MINUTE, taken=(step,),
        ),
        problem_owner=NAME,
    )  # fmt: skip


def failing(words: str, title: str) -> list[Payload]:
    """The ticket became a major incident, of which everything is recorded at length."""
    return [
        Alerted(signal="s", title=title, detail=words, severity="P1"),
        Declared(
            severity="P1",
            impact=Impact.PARTIAL,
            headline=title,
            service="mail",
            symptom=words,
            started_at=START,
            customer_effect=words,
            team="exchange",
        ),
        ScopeChanged(scope=words, not_affected=words),
        WorkaroundVerified(workaround=words),
        PhaseChanged(phase=Phase.IDENTIFIED, cause=words),
        *(Progressed(action=words) for _ in range(STEPS)),
        Progressed(action=words, role=words, done=False),
        DecisionAsked(decision=words),
        *(Stated(text=words[:LONGEST_STATEMENT], visibility="public") for _ in range(STEPS)),
        Alerted(signal=(title * 200)[:200], title=title),
        AlertFlapping(signal=(title * 200)[:200], changes=6, within_minutes=10),
        ChangeAnnounced(change="C" * 24, starts_at=START, ends_at=START + MINUTE, effect=words),
    ]


def maintained(words: str, title: str) -> tuple[Incident, Incident]:
    """Planned maintenance of as many services as may be, changed; and what it is once it is cancelled."""
    services = ("mail", *(f"service-{n}" for n in range(49)))
    window = {"starts_at": START + MINUTE, "ends_at": START + 2 * MINUTE}
    planned = MaintenancePlanned(title=title, services=services, **window)
    changed = MaintenanceChanged(effect=words, not_affected=words)
    work = fold_all(stream(planned, changed))
    return work, fold_all(stream(planned, changed, MaintenanceCancelled(reason=words)))


def restored(words: str) -> Restored:
    return Restored(
        restored_at=START + MINUTE,
        confirmed_role=words,
        measures=words,
        limits=words,
        data="lost",
        data_loss=words,
        user_action=words,
    )


def text_of(
    incident: Incident, kind: Kind, audience: str, language: Language, form: Form
) -> Rendition:
    brief = make_brief(facts_of(incident, DIRECTORY), audience_of(audience, incident), {})
    return TEMPLATES.render(
        communication(kind, audience=audience), brief, language, form, now=START, context=Context()
    )


@pytest.mark.parametrize("unit", ["字", "w", "word ", "*", "<", "&"])
def test_a_ticket_that_holds_as_much_as_it_may_can_still_be_told(unit: str) -> None:
    """In no kind, form or language is a text refused as too long, or held by the guard."""
    words = (unit * LONGEST)[:LONGEST]
    failed = worked_on(unit)
    over = fold(failed, event(restored(words), failed.version + 1, START + 900 * MINUTE))
    again = fold(over, event(Relapsed(symptom=words), over.version + 1, START + 901 * MINUTE))
    false = fold(failed, event(Withdrawn(reason=words), failed.version + 1, START + 900 * MINUTE))
    both = Bilingual(zh=words, en=words)
    told = ReviewAnnounced(review_by=START + 9_000 * MINUTE)
    awaited = fold(over, event(told, over.version + 1, START + 902 * MINUTE))
    found = ReviewPublished(found=both, cause=both, lessons=both)
    published = fold(over, event(found, over.version + 1, START + 903 * MINUTE))
    stands = {
        Kind.RECOVERY: over,
        Kind.RELAPSE: again,
        Kind.RELAPSE_REQUEST: over,
        Kind.WITHDRAWAL: false,
        Kind.REVIEW_ANNOUNCED: awaited,
        Kind.REVIEW_PUBLISHED: published,
    }
    work, cancelled = maintained(words, (unit * TITLE)[:TITLE])
    stands |= {Kind.MAINTENANCE: work, Kind.MAINTENANCE_CANCELLED: cancelled}
    for kind, audience in TEMPLATES.population:
        if kind in (Kind.PROMISE_WARNING, Kind.ACTION_OVERDUE, Kind.SERVICE_LEVEL_WARNING):
            continue  # what it is about is no part of the record
        incident = stands.get(kind, failed)
        facts = known(incident, kind, audience, words)
        brief = make_brief(facts, audience_of(audience, incident), {})
        for form in Form:
            noticed = findings(kind, audience, brief, form)
            assert all(f.level is FindingLevel.WARN for f in noticed), (kind, audience, form)


@pytest.mark.parametrize(
    ("kind", "audience"),
    [
        (Kind.HAND_OVER, "group"),
        (Kind.ASSIGNMENT, "technician"),
        (Kind.REOPENING, "group"),
        (Kind.REOPENING, "technician"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_of_very_many_steps_the_last_are_told_and_the_text_says_so(
    language: Language, kind: Kind, audience: str
) -> None:
    """Nothing is cut silently, and what was tried last is what the next person needs first."""
    steps = [f"step <{n}>" for n in range(1, 31)]
    base = (handed_over("exchange", tried=steps), assigned("chen"), resolved(), reopened())
    text = text_of(ticket(*base), kind, audience, language, Form.MAIL).text
    assert [n for n in range(1, 31) if f"step <{n}>" in text] == list(range(11, 31))
    assert ("更早的见工单" if language == "zh" else "earlier steps are in the ticket") in text
    few = (handed_over("exchange", tried=steps[:20]), *base[1:])
    text = text_of(ticket(*few), kind, audience, language, Form.MAIL).text
    assert all(step in text for step in steps[:20])
    assert ("已经试过：" if language == "zh" else "Tried so far:") in text
