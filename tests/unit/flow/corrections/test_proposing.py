"""Who is offered a correction when some never got the wrong word, and some get it late?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.domain.cloudevents import parse
from pipeline.domain.communication import CommunicationState, Kind
from pipeline.domain.correction import Correction
from pipeline.domain.directory import Address, Directory, Group, Names, Person, Service
from pipeline.domain.errors import Rejected, Retryable
from tests.unit.flow.desk import START, Desk, opened

PEOPLE = ("ann", "bob", "cat")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    people = tuple(
        Person(id=n, name=n, addresses=(Address(channel="mail", value=f"{n}@example.org"),))
        for n in PEOPLE
    )
    name = Names(zh="名", en="CRM")
    with opened(tmp_path) as found:
        found.app.acts.load_directory(
            Directory(
                people=people,
                groups=(Group(id="staff", name=name, members=PEOPLE),),
                services=(Service(id="crm", name=name, users=("staff",)),),
            )
        )
        yield found


def send(desk: Desk, type_: str, **data: Any) -> None:
    raw = desk.event("noted", "T-1", **data) | {"type": f"heliograph.incident.{type_}.v1"}
    desk.app.intake.accept([parse(raw, now=desk.clock.now())])
    desk.settle()


def declared(desk: Desk) -> None:
    send(desk, "declared", severity="P1", service="crm", started_at=START.isoformat())


def corrected(desk: Desk) -> None:
    send(desk, "corrected", attribute="started_at", at="2026-08-24T01:00:00Z")


def held(desk: Desk) -> list[Correction]:
    """Of those affected alone."""
    rows = [
        c.id
        for c in desk.communications
        if c.kind is Kind.CORRECTION and c.state is CommunicationState.HELD
    ]
    with desk.app.store.read() as tx:
        found = tx.corrections(rows)
    return [one for one in found.values() if one.audience == "affected"]


def recipients(desk: Desk) -> list[str]:
    return sorted(r.id for one in held(desk) for r in one.recipients)


def test_whoever_never_got_the_wrong_word_is_not_offered_the_right_one(desk: Desk) -> None:
    desk.mail.fail(Rejected("no such mailbox"))
    declared(desk)
    missed = set(PEOPLE) - {m.address.partition("@")[0] for m in desk.mail.sent}
    assert len(missed) == 1
    corrected(desk)
    assert recipients(desk) == sorted(set(PEOPLE) - missed)


def test_whoever_gets_the_wrong_word_late_is_offered_the_right_one_too(desk: Desk) -> None:
    """The proposal that was held is replaced by one for all of them; each is in one alone."""
    desk.mail.fail(*[Retryable("busy", retry_after=120.0)])
    declared(desk)
    late = set(PEOPLE) - {m.address.partition("@")[0] for m in desk.mail.sent}
    corrected(desk)
    assert recipients(desk) == sorted(set(PEOPLE) - late)
    desk.wait(6)
    assert recipients(desk) == sorted(PEOPLE)
    assert len(held(desk)) == 1


def test_one_who_gets_it_after_the_others_were_put_right_gets_a_correction_of_her_own(
    desk: Desk,
) -> None:
    desk.mail.fail(*[Retryable("busy", retry_after=120.0)])
    declared(desk)
    late = set(PEOPLE) - {m.address.partition("@")[0] for m in desk.mail.sent}
    corrected(desk)
    desk.app.acts.release(held(desk)[0].communication, "lin")
    desk.settle()
    desk.wait(6)
    assert recipients(desk) == sorted(late)


def test_looking_twice_finds_the_same_and_changes_nothing(desk: Desk) -> None:
    declared(desk)
    corrected(desk)
    before = [c.id for c in desk.communications]
    with desk.app.store.write() as tx:
        tx.await_correction_check(desk.incident.id, desk.clock.now())
    desk.settle()
    assert [c.id for c in desk.communications] == before


def test_a_correction_of_what_a_relapse_ended_is_not_proposed(desk: Desk) -> None:
    declared(desk)
    send(desk, "restored", restored_at=START.isoformat())
    desk.wait(30)
    send(desk, "relapsed", started_at=desk.clock.now().isoformat())
    corrected(desk)
    assert all(i.told_as != START.isoformat() for one in held(desk) for i in one.items)


@pytest.mark.parametrize("told", [(), ("relapsed",)])
@pytest.mark.parametrize("timed", [True, False])
def test_another_recovery_corrects_nothing_that_was_true_when_it_was_told(
    desk: Desk, told: tuple[str, ...], timed: bool
) -> None:
    """Not after a relapse; without one, unless it brings another time."""
    declared(desk)
    desk.wait(60)
    send(desk, "restored", restored_at=(desk.clock.now() - timedelta(minutes=3)).isoformat())
    desk.wait(30)
    for type_ in told:
        send(desk, type_)
    desk.wait(20)
    send(desk, "restored", **({"restored_at": desk.clock.now().isoformat()} if timed else {}))
    desk.wait(5)
    righted = [item.attribute for one in held(desk) for item in one.items]
    assert righted == (["restored_at", "duration"] if timed and not told else [])
