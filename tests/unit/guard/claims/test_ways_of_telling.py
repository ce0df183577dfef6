"""Writers tell times, parts, wholes and reasons in their own way; none of it is an invention by itself."""

from __future__ import annotations

from typing import Any

import pytest

from .builders import against, at, event, fact

RECORD: dict[str, Any] = {
    "number": "INC-6120",
    "service": "Ticket Shop",
    "service_aliases": ["票务商店"],
    "title": "Checkout hangs at the box offices",
    "severity": "P2",
    "state": "in_progress",
    "phase": "mitigating",
    "opened_at": at("13:05"),
    "major": True,
    "facts": [
        fact("F1", "Ticket Shop", "affected_users", 64, "E3", unit="users"),
        fact("F2", "checkout", "alarm_threshold", 5, "E2", unit="s"),
    ],
    "events": [
        event("E1", "13:05", "reported", "requester", "Sun Wei (Leeds): the checkout hangs."),
        event("E2", "13:12", "noted", "monitor", "Checkout time 41 seconds; alarm threshold 5."),
        event(
            "E3",
            "13:20",
            "declared",
            "incident_manager",
            "P2. Leeds and Hull box offices, 64 users. Season tickets are not affected.",
        ),
        event("E4", "13:40", "cause_suspected", "technician", "Suspect the price cache."),
        event("E5", "14:32", "action_logged", "technician", "Paused the price import."),
        event("E6", "14:45", "noted", "monitor", "Checkout time 19 seconds."),
        event(
            "E7",
            "15:00",
            "update_posted",
            "incident_manager",
            "Refunded 12 of 15 double bookings. Follow-up: the web team completes the price list.",
        ),
    ],
}


@pytest.mark.parametrize(
    "text",
    [
        "The price import was paused at 2:32.",
        "伦敦那边 07:32 暂停了价格导入。",
        "Sun Wei reported it first.",
        "The import was paused at 2:32. Thirteen minutes later a checkout took 19 seconds, down from 41.",
        "Checkout is back to 19 seconds.",
        "Monitoring showed 41 seconds at 13:12.",
        "The web team will complete the price list.",
        "The cause is still being looked for; so far there is only a suspicion.",
        "The price cache is only suspected.",
        "12 of the 15 double bookings have been refunded.",
        "One more redirect to the price list would not help.",
    ],
)
def test_a_way_of_telling_stops_nothing(text: str) -> None:
    """Hours of either half of the day, a place beside a time, a surname, a value that came back, a follow-up."""
    assert not any(one.is_wrong for one in against(RECORD, text))


@pytest.mark.parametrize(
    "text",
    [
        "The price import was paused at 3:32.",
        "Every box office in the country hangs.",
        "All of the double bookings have been refunded.",
        "A burst water pipe has caused this failure.",
        "The checkout is back to normal everywhere.",
    ],
)
def test_another_time_whole_or_cause_is_found(text: str) -> None:
    """Another hour in either half, a whole of which no line speaks or only a part, a cause that is new."""
    assert any(one.is_wrong for one in against(RECORD, text))
