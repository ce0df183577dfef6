"""What of two tellings rests on something that is not played is said to be unclear, and by what."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from api.replay.difference import difference
from api.replay.sent import Sent, Unplayed

NOON = datetime(2026, 8, 24, 12, tzinfo=UTC)


def row(text: str, rests_on: Unplayed | None) -> Sent:
    usual: dict[str, Any] = {
        "source": "desk",
        "incident": "T-1",
        "kind": "update",
        "audience": "affected",
        "recipient": "person:wang",
        "name": "Wang",
        "channel": "mail",
        "at": NOON,
        "standing": "sent",
        "subject": "News",
        "rule": "tell-news",
        "rules": None,
    }
    return Sent(**usual, text=text, rests_on=rests_on)


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("other_tickets", "model", "other_tickets"),
        ("model", "other_tickets", "model"),
        ("review", None, "review"),
        (None, "model", "model"),
    ],
)
def test_the_record_says_first_on_what_it_rests(
    before: Unplayed | None, after: Unplayed | None, why: Unplayed
) -> None:
    """Each time the same, whichever is looked at first elsewhere."""
    found = difference([row("one", before)], [row("other", after)], of_record=True)
    assert [(change.how, change.why) for change in found.changes] == [("unclear", why)]
    assert difference([row("one", before)], [row("other", after)]).counts == {"reworded": 1}
