"""A message that was decided and waited is told only if it is still true when its turn comes."""

from __future__ import annotations

import pytest

from pipeline.domain.alert_events import AlertFlapping
from pipeline.domain.communication import Kind
from pipeline.domain.events import Closed
from pipeline.domain.incident import Incident
from pipeline.domain.maintenance_events import (
    MaintenanceCancelled,
    MaintenanceEnded,
    MaintenancePlanned,
)
from pipeline.domain.major_events import Alerted, Declared, Relapsed, Restored, Withdrawn
from pipeline.domain.payload import Payload
from pipeline.domain.promise import Promise, PromiseState
from pipeline.policy.standing import overtaken
from tests.unit.tickets import MINUTE, START, communication, fold_all, reported, stream

ALERT = Alerted(signal="errors", title="CRM errors", severity="P1")
DECLARED = Declared(severity="P1")
PLAN = MaintenancePlanned(
    title="Upgrade", services=("crm",), starts_at=START + MINUTE, ends_at=START + 9 * MINUTE
)


def after(*payloads: Payload) -> Incident:
    return fold_all(stream(*payloads))


STANDINGS: dict[str, Incident] = {
    "ticket": after(reported()),
    "alert": after(ALERT),
    "dismissed": after(ALERT, Withdrawn()),
    "open": after(ALERT, DECLARED),
    "relapsed": after(DECLARED, Restored(), Relapsed()),
    "restored": after(DECLARED, Restored()),
    "restored-again": after(DECLARED, Restored(), Relapsed(), Restored()),
    "withdrawn": after(DECLARED, Withdrawn()),
    "closed": after(reported(), DECLARED, Closed()),
    "flapping": after(ALERT, AlertFlapping(signal=ALERT.signal, changes=6, within_minutes=10)),
    "maintenance": after(PLAN),
    "cancelled": after(PLAN, MaintenanceCancelled()),
    "ended": after(PLAN, MaintenanceEnded()),
}
# A ticket that somebody closed is no failure that is over.
OF_MAJOR = ("open", "relapsed", "closed")
STILL_TOLD: dict[Kind, tuple[str, ...]] = {
    Kind.DECLARE_REQUEST: ("ticket", "alert", "flapping", "maintenance", "cancelled", "ended"),
    Kind.RELAPSE_REQUEST: ("restored", "restored-again"),
    Kind.ALERT_FLAPPING: ("flapping",),
    Kind.CHANGE_NOTICE: OF_MAJOR,
    Kind.MAINTENANCE: ("maintenance",),
    Kind.MAINTENANCE_CANCELLED: ("cancelled",),
    Kind.FIRST_CONTACT: OF_MAJOR,
    Kind.SCOPE: OF_MAJOR,
    Kind.UPDATE: OF_MAJOR,
    Kind.RELAPSE: ("relapsed",),
    Kind.RECOVERY: ("restored", "restored-again"),
    Kind.WITHDRAWAL: ("withdrawn",),
    Kind.RESOLUTION: tuple(STANDINGS),
}
WHY: dict[Kind, set[str]] = {
    Kind.DECLARE_REQUEST: {"decided_already"},
    Kind.RELAPSE_REQUEST: {"decided_already"},
    Kind.ALERT_FLAPPING: {"alert_steady"},
    Kind.MAINTENANCE: {"maintenance_over"},
    Kind.MAINTENANCE_CANCELLED: {"maintenance_over"},
    Kind.RELAPSE: {"over_already", "not_so"},
    Kind.RECOVERY: {"not_so"},
    Kind.WITHDRAWAL: {"not_so"},
}


@pytest.mark.parametrize("kind", STILL_TOLD)
@pytest.mark.parametrize("standing", STANDINGS)
def test_each_kind_is_told_only_while_it_holds(kind: Kind, standing: str) -> None:
    """News while it is open, its end when it has ended so, a question until it is answered."""
    reason = overtaken(communication(kind), STANDINGS[standing], None)
    if standing in STILL_TOLD[kind]:
        assert reason is None
    else:
        assert reason is not None
        assert reason.code in WHY.get(kind, {"over_already"})


@pytest.mark.parametrize("state", PromiseState)
def test_nobody_is_reminded_of_a_promise_that_is_settled(state: PromiseState) -> None:
    promise = Promise(
        id="prm_1",
        incident="inc_1",
        communication="com_1",
        what="next_update",
        promised_at=START + 20 * MINUTE,
        due_at=START + 16 * MINUTE,
        made_at=START,
        state=state,
    )
    reason = overtaken(communication(Kind.PROMISE_WARNING), STANDINGS["open"], promise)
    assert (reason is None) is (state is PromiseState.OPEN)
    assert reason is None or reason.code == "promise_settled"


def test_nobody_is_reminded_of_a_promise_that_is_not_there() -> None:
    reason = overtaken(communication(Kind.PROMISE_WARNING), STANDINGS["open"], None)
    assert reason is not None
    assert reason.code == "promise_settled"
