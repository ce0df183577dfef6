"""The whole is told only where the record tells of a whole, whatever the whole is called."""

from __future__ import annotations

from typing import Any

import pytest

from .builders import against, at, event, fact

RECORD: dict[str, Any] = {
    "number": "INC-7702",
    "service": "Badge Readers",
    "service_aliases": ["门禁读卡器"],
    "title": "Badges refused at the north gate",
    "severity": "P3",
    "state": "in_progress",
    "phase": "identified",
    "opened_at": at("09:00"),
    "major": False,
    "facts": [fact("F1", "Badge Readers", "affected_badges", 14, "E1", unit="badges")],
    "events": [
        event("E1", "09:00", "reported", "requester", "14 badges are refused at the north gate."),
        event("E2", "09:20", "noted", "technician", "14 张门禁卡在北门刷不开，南门正常。"),
        event(
            "E3", "09:40", "noted", "technician", "Every reader at the loading dock was rebooted."
        ),
    ],
}


@pytest.mark.parametrize(
    "text",
    [
        "Every badge of the contractors is refused at the north gate.",
        "所有承包商的门禁卡在北门都刷不开。",
        "At the north gate every single badge is refused.",
    ],
)
def test_a_whole_of_which_the_record_tells_a_number_is_found(text: str) -> None:
    """The record counts fourteen, so nobody may say all."""
    assert any(
        c.kind == "scope" and one.is_wrong for one in against(RECORD, text) for c in one.claims
    )


@pytest.mark.parametrize(
    "text",
    [
        "All 14 badges are refused at the north gate.",
        "Badges are refused at the north gate; all times are local.",
        "Every reader at the loading dock was rebooted at 09:40.",
        "To everyone at the north gate: badges are refused.",
        "全部 14 张门禁卡在北门刷不开。",
    ],
)
def test_a_counted_whole_and_a_whole_of_something_else_stand(text: str) -> None:
    """`all 14` is the number itself; times, greetings and a whole that is told are no wider scope."""
    assert not any(one.is_wrong for one in against(RECORD, text))
