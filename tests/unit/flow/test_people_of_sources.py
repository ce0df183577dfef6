"""What a source says of a person counts for that source's tickets, and for no other's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.domain.cloudevents import parse

from .desk import Desk, opened


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path) as found:
        yield found


def report(desk: Desk, source: str, number: str, email: str | None, who: str = "7") -> None:
    requester: dict[str, Any] = {"id": who} | ({"email": email} if email else {})
    raw = desk.event("reported", number, title=f"{number} of {source}", requester=requester)
    desk.app.intake.accept([parse(raw | {"source": source}, now=desk.clock.now())])
    desk.settle()


def told(desk: Desk) -> list[tuple[str, str]]:
    return [(message.address, message.subject.rpartition("(")[2]) for message in desk.mail.sent]


def test_the_same_id_in_two_sources_is_two_people(desk: Desk) -> None:
    """Two desks number their people from one: neither hears of the other's tickets."""
    report(desk, "desk", "A-1", "vic@example.org")
    report(desk, "other", "B-1", "bob@example.org")
    assert told(desk) == [("vic@example.org", "A-1)"), ("bob@example.org", "B-1)")]


def test_a_source_cannot_turn_anothers_mail_to_itself(desk: Desk) -> None:
    report(desk, "evil", "E-1", "mal@example.org")
    report(desk, "desk", "A-1", "vic@example.org")
    report(desk, "desk", "A-2", None)
    assert [address for address, _ in told(desk)] == [
        "mal@example.org",
        "vic@example.org",
        "vic@example.org",
    ]


@pytest.mark.parametrize("who", ["wang", "mute"])
def test_whom_the_directory_knows_no_event_changes(desk: Desk, who: str) -> None:
    """Nor is an address given to somebody whom it knows without one: that is alarmed instead."""
    report(desk, "evil", "E-1", "mal@example.org", who)
    assert "mal@example.org" not in {message.address for message in desk.mail.sent}
    known = desk.app.queries.person(who)
    assert known is not None
    assert "mal@example.org" not in {address.value for address in known.addresses}


def test_a_sources_latest_word_on_an_address_counts(desk: Desk) -> None:
    """A mistyped one is mended by the next event, and one that says nothing takes it not back."""
    report(desk, "desk", "A-1", "typo@example.org")
    report(desk, "desk", "A-2", "right@example.org")
    report(desk, "desk", "A-3", None)
    addresses = [address for address, _ in told(desk)]
    assert addresses == ["typo@example.org", "right@example.org", "right@example.org"]
