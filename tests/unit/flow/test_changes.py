"""Which events become changes, and what do a ticket's cause and its likeness make of them?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from pipeline.domain.change import Change
from pipeline.domain.directory import Directory, Names, Service
from pipeline.domain.errors import ContentDiffers, Malformed
from pipeline.recurrence.kept import read

from .desk import Desk, opened


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with opened(tmp_path_factory.mktemp("changes")) as found:
        services = (
            Service(id="crm", name=Names(zh="客户系统", en="CRM")),
            Service(id="mail", name=Names(zh="邮件", en="Mail"), aliases=("Outlook",)),
        )
        found.app.acts.load_directory(Directory(services=services))
        yield found


def deployed(desk: Desk, number: str, **data: object) -> dict[str, object]:
    return desk.event("x", number, **data) | {"type": "heliograph.change.deployed.v1"}


def change(desk: Desk, number: str) -> Change | None:
    with desk.app.store.read() as tx:
        return tx.change("desk", number)


def test_a_change_is_an_event_without_a_ticket(desk: Desk) -> None:
    """It is recorded once, opens nothing, and another content under its id is refused."""
    event = deployed(desk, "CHG-1", services=["Outlook"], what="patch")
    (first,) = desk.accept(event)
    (again,) = desk.accept(event)
    assert (first.version, again.duplicate) == (1, True)
    known = change(desk, "CHG-1")
    assert known is not None
    assert (known.services, known.state) == (("mail",), "done")
    assert desk.app.queries.incident("CHG-1") is None
    with pytest.raises(ContentDiffers):
        desk.accept(event | {"data": {"services": ["crm"], "what": "other"}})


def test_a_rollback_needs_the_number_alone_and_an_unknown_change_more(desk: Desk) -> None:
    """What is left out stays as it was said."""
    desk.accept(deployed(desk, "CHG-2", services=["crm"], what="new release"))
    desk.wait(5)
    desk.accept(deployed(desk, "CHG-2", state="rolled_back"))
    known = change(desk, "CHG-2")
    assert known is not None
    assert (known.state, known.version, known.what) == ("rolled_back", 2, "new release")
    assert known.rolled_back_at == desk.clock.now()
    with pytest.raises(Malformed, match="say services"):
        desk.accept(deployed(desk, "CHG-3", state="rolled_back"))
    assert change(desk, "CHG-3") is None


def test_an_older_word_takes_no_rollback_back(desk: Desk) -> None:
    """The pipeline's success may arrive after the rollback that followed it."""
    late = deployed(desk, "CHG-4", services=["crm"], what="x", state="rolled_back")
    early = deployed(desk, "CHG-4", what="the release of March")
    early["time"] = (desk.clock.now() - timedelta(minutes=30)).isoformat()
    desk.accept(late)
    desk.accept(early)
    known = change(desk, "CHG-4")
    assert known is not None
    assert (known.state, known.what) == ("rolled_back", "the release of March")


def test_planned_maintenance_is_a_change_until_it_is_cancelled(desk: Desk) -> None:
    """Cancelled before its time it is none; what was under way stays one."""
    now = desk.clock.now()
    for number, begins in (("CHG-5", 60), ("CHG-6", 10)):
        times = {
            "starts_at": (now + timedelta(minutes=begins)).isoformat(),
            "ends_at": (now + timedelta(minutes=begins + 90)).isoformat(),
        }
        desk.send("maintenance_planned", number, title="Upgrade", services=["crm"], **times)
    desk.wait(30)
    desk.send("maintenance_cancelled", "CHG-5")
    desk.send("maintenance_cancelled", "CHG-6")
    assert change(desk, "CHG-5") is None
    broken_off = change(desk, "CHG-6")
    assert broken_off is not None
    assert (broken_off.state, broken_off.ended_at) == ("planned", desk.clock.now())


def test_a_ticket_after_a_change_of_its_service_is_compared_as_such(desk: Desk) -> None:
    """Recurrence sees that both came after a change: a sign that they share."""
    desk.accept(deployed(desk, "CHG-7", services=["mail"], what="patch of the month"))
    desk.wait(20)
    accepted = desk.report("T-70", title="Mail client crashes at start", service="mail")
    desk.settle()
    with desk.app.store.read() as tx:
        (body,) = tx.signature_bodies(tx.places_of([accepted.incident_id]))
    assert read(body).after_change
