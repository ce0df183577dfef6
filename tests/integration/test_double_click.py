"""Two people press at once: one act takes effect, and nobody is told that both did."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest

from pipeline.domain.communication import Communication
from pipeline.domain.errors import HeliographError, Rejected
from pipeline.domain.message import Message, MessageState
from pipeline.flow.acts import Acts
from pipeline.flow.releasing import Releasing
from pipeline.flow.writing.waits import Prospects
from tests.contract.stores import together
from tests.unit.flow.desk import Desk, opened

WHY = "the requester knows this address"
Act = Callable[[Acts, str, str], None]


def release(acts: Acts, communication: str, by: str) -> None:
    acts.release(communication, by, WHY)


def discard(acts: Acts, communication: str, by: str) -> None:
    acts.discard(communication, by, WHY)


def retry(acts: Acts, communication: str, by: str) -> None:
    acts.retry(communication, by)


def resend(acts: Acts, message: str, by: str) -> None:
    acts.resend(message, by)


class Meeting:
    """A store on which two transactions look at the row before either changes it: the worst moment."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self._both = Barrier(2)

    @contextmanager
    def write(self) -> Iterator[Any]:
        with self._store.write() as tx:
            yield _Watched(tx, self._both)


class _Watched:
    def __init__(self, tx: Any, both: Barrier) -> None:
        self._tx, self._both = tx, both

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tx, name)

    def communication(self, name: str) -> Communication | None:
        found: Communication | None = self._tx.communication(name)
        self._meet()
        return found

    def message(self, name: str) -> Message | None:
        found: Message | None = self._tx.message(name)
        self._meet()
        return found

    def _meet(self) -> None:
        # A read that locks lets only one in: then there is no such moment, and that one goes on.
        with suppress(BrokenBarrierError):
            self._both.wait(1)


class Pressed:
    """A desk at which two people act at the same moment."""

    def __init__(self, desk: Desk, *, meet: bool) -> None:
        self.desk, self._meet = desk, meet

    def __call__(self, thing: str, *acts: Act) -> list[str]:
        """Who was not refused."""
        app = self.desk.app
        store: Any = Meeting(app.store) if self._meet else app.store
        shared: Any = {
            "store": store,
            "clock": app.clock,
            "ids": app.ids,
            "library": app.library,
            "wake": lambda: None,
        }
        at_once = Acts(
            queries=app.queries,
            intake=app.intake,
            releasing=Releasing(
                prospects=Prospects(app.library), rows=app.releasing.rows, **shared
            ),
            **shared,
        )
        people = ["ada", "ben"]
        answers = together(2, lambda n: acts[n](at_once, thing, people[n]))
        for answer in answers:
            assert answer is None or isinstance(answer, HeliographError), repr(answer)
        return [person for person, answer in zip(people, answers, strict=True) if answer is None]


@pytest.fixture(params=["sqlite", "postgresql"])
def press(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Pressed]:
    # On SQLite writers go in turn, so that none could wait for another inside its transaction.
    url = "" if request.param == "sqlite" else request.getfixturevalue("postgres").new_database()
    with opened(tmp_path, database_url=url) as desk:
        yield Pressed(desk, meet=bool(url))


def held(desk: Desk) -> str:
    """A text that names an address of the machine room: the guard holds it."""
    desk.report()
    desk.wait(5)
    desk.send("resolved", fix_summary="Restarted the service on 10.20.30.40")
    desk.settle()
    [communication] = desk.app.queries.held()
    return communication.id


def parked(desk: Desk) -> str:
    """A row that was claimed and never settled, too often."""
    desk.report()
    for _ in range(5):
        with desk.app.store.write() as tx:
            lease = desk.clock.now() - desk.clock.now()
            assert tx.claim_communications(desk.clock.now(), lease, 10)
    desk.settle()
    [communication] = desk.app.queries.held()
    return communication.id


def state(desk: Desk, communication: str) -> str:
    found = desk.app.queries.communication(communication)
    assert found is not None
    return found.state.value


def settled_by(desk: Desk, communication: str) -> str:
    found = desk.app.queries.communication(communication)
    assert found is not None
    assert found.outcome is not None
    return found.outcome.values["by"]


def test_of_two_releases_one_counts_and_the_text_leaves_once(press: Pressed) -> None:
    desk, text = press.desk, held(press.desk)
    before = len(desk.mail.handed_over)
    [winner] = press(text, release, release)
    desk.settle()
    granted = [r.by for r in desk.app.queries.releases(text) if r.granted]
    assert granted == [winner]
    assert settled_by(desk, text) == winner
    assert len(desk.mail.handed_over) == before + 1


def test_of_two_discards_the_second_overwrites_nothing(press: Pressed) -> None:
    text = held(press.desk)
    [winner] = press(text, discard, discard)
    assert state(press.desk, text) == "skipped"
    assert settled_by(press.desk, text) == winner


def test_of_a_release_and_a_discard_only_one_is_confirmed_and_that_one_is_done(
    press: Pressed,
) -> None:
    """A discarded text never leaves, and one that left was never called discarded."""
    desk, text = press.desk, held(press.desk)
    before = len(desk.mail.handed_over)
    [winner] = press(text, release, discard)
    desk.settle()
    left = winner == "ada"
    assert state(desk, text) == ("released" if left else "skipped")
    assert settled_by(desk, text) == winner
    assert len(desk.mail.handed_over) == before + left


def test_of_a_retry_and_a_discard_only_one_is_confirmed_and_that_one_is_done(
    press: Pressed,
) -> None:
    desk, text = press.desk, parked(press.desk)
    [winner] = press(text, retry, discard)
    desk.settle()
    again = winner == "ada"
    assert state(desk, text) == ("released" if again else "skipped")
    assert len(desk.mail.handed_over) == again


def test_a_message_that_is_sent_again_twice_leaves_once_more(press: Pressed) -> None:
    """With mail, whose far side drops no repeat."""
    desk = press.desk
    desk.mail.idempotent = False
    desk.mail.fail(Rejected("no such mailbox"))
    desk.report()
    desk.settle()
    [message] = desk.app.queries.messages(incident_id=desk.incident.id)
    assert press(message.id, resend, resend)
    desk.settle()
    assert len(desk.mail.handed_over) == 2
    assert len(desk.mail.sent) == 1
    [message] = desk.app.queries.messages(incident_id=desk.incident.id)
    assert message.state is MessageState.DELIVERED
    assert desk.app.queries.alarms() == []


def test_a_message_that_has_left_is_not_sent_again(press: Pressed) -> None:
    """The second click of a slow hand comes when the first one's mail is out."""
    desk = press.desk
    desk.mail.fail(Rejected("no such mailbox"))
    desk.report()
    desk.settle()
    [message] = desk.app.queries.messages(incident_id=desk.incident.id)
    desk.app.acts.resend(message.id, "ada")
    desk.settle()
    assert press(message.id, resend, resend) == []
    assert len(desk.mail.sent) == 1
