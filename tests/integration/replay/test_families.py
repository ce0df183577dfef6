"""A major incident is played again with the tickets that belong to it: their requesters hear of it as they did."""

from __future__ import annotations

from pathlib import Path

from api.replay.difference import difference
from api.replay.own_run import Script, play
from api.replay.past import past_of
from api.replay.sent import sent_about
from pipeline.domain.payload import PersonRef
from pipeline.domain.portal_events import Attached
from pipeline.policy.loading import SHIPPED, read_rules
from tests.acceptance.outage import CRM, outage
from tests.acceptance.story import Desk

DOWN = {"severity": "P1", "impact": "unavailable", "service": "crm"}


def played(desk: Desk) -> None:
    """One ticket joins it by itself, and a person attaches another; all hear its end."""
    desk.at("10:00").send("incident.declared", CRM, **DOWN)
    report = {"title": "Cannot sign in", "requester": {"id": "outsider"}}
    desk.at("10:05").send("reported", "INC-1", service="crm", **report)
    desk.send("reported", "INC-2", title="Payslip wrong", requester={"id": "ops"})
    ticket, major = (desk.app.queries.incident(number) for number in ("INC-2", CRM))
    assert ticket is not None
    assert major is not None
    by = PersonRef(id="lin")
    joins = Attached(incident=major.id, number=CRM, basis="person", by=by)
    desk.app.acts.record(ticket.id, joins, version=ticket.version)
    desk.at("10:15").send("incident.restored", CRM)
    desk.at("10:20")


def test_the_same_rules_tell_those_whose_tickets_belong_to_it_the_same(tmp_path: Path) -> None:
    """Asked for the incident alone, and for a ticket of it alone: nothing is gone, refused, or told of the others."""
    with outage(tmp_path) as desk:
        played(desk)
        for number, reader in (
            (CRM, "person:outsider"),
            ("INC-1", "person:outsider"),
            ("INC-2", "person:ops"),
        ):
            incident = desk.app.queries.incident(number)
            assert incident is not None
            real = sent_about(desk.app, incident)
            assert reader in {row.recipient for row in real}
            script = Script(rules=read_rules(SHIPPED))
            again = play(
                past_of(desk.app, [incident]), desk.app.settings, script, until=desk.app.clock.now()
            )
            found = difference(real, again.rows)
            assert (again.refused, found.changes, found.same) == ([], (), len(real))


def test_what_belongs_together_is_played_in_one_part(tmp_path: Path) -> None:
    with outage(tmp_path) as desk:
        played(desk)
        incidents = [desk.app.queries.incident(number) for number in ("INC-2", CRM, "INC-1")]
        past = past_of(desk.app, [one for one in incidents if one])
        assert [len(part.tickets) for part in past.parts(1)] == [3]
        assert past.total == 3
