"""A time that its field cannot mean is refused at the door, with the field and the reason."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.domain.cloudevents import Incoming, parse
from pipeline.domain.errors import Malformed
from pipeline.domain.plausible import refuse_implausible
from pipeline.domain.times import from_text

NOW = from_text("2026-08-24T02:10:00.000000Z")


def incoming(name: str, **data: Any) -> Incoming:
    return parse(
        {
            "specversion": "1.0",
            "id": "e1",
            "source": "desk",
            "type": f"heliograph.incident.{name}.v1",
            "time": "2026-08-24T10:10:00+08:00",
            "subject": "INC-1",
            "data": data,
        },
        now=NOW,
    )


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("declared", {"severity": "P1", "started_at": "2026-08-24T18:20:00+08:00"}, "lies after"),
        ("declared", {"severity": "P1", "started_at": "2000-01-01T00:00:00Z"}, "31 days before"),
        ("relapsed", {"started_at": "2026-08-25T10:00:00+08:00"}, "lies after"),
        ("restored", {"restored_at": "2030-01-01T10:00:00+08:00"}, "lies after"),
        ("restored", {"limits_news_by": "9998-01-01T10:00:00Z"}, "more than a year ahead"),
    ],
)
def test_a_slip_of_the_year_or_the_zone_is_refused_by_its_field(
    name: str, data: dict[str, Any], said: str
) -> None:
    """Everybody would be told of a failure from the future, or of ten thousand days."""
    with pytest.raises(Malformed, match=said) as refused:
        refuse_implausible(incoming(name, **data))
    assert [field for field, _ in refused.value.problems] == [f"data.{[*data][-1]}"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("declared", {"severity": "P1", "started_at": "2026-08-24T10:14:59+08:00"}),
        ("declared", {"severity": "P1", "started_at": "2026-08-01T00:00:00Z"}),
        ("restored", {"restored_at": "2026-08-24T10:05:00+08:00"}),
        ("restored", {"review_by": "2026-12-24T10:05:00+08:00"}),
    ],
)
def test_what_may_be_so_is_taken(name: str, data: dict[str, Any]) -> None:
    """Clocks differ by minutes, failures are found late, reviews take months."""
    refuse_implausible(incoming(name, **data))


def test_nothing_is_lost_of_data_that_are_intact() -> None:
    with pytest.raises(Malformed, match="one is wrong"):
        incoming("restored", data="intact", data_loss="All orders of Monday")


@pytest.mark.parametrize(
    "number", ["x" * 65, "..", "../../x", "a/./b", "INC-1\u200b", "INC\u202e1"]
)
def test_a_number_that_could_not_stand_in_a_subject_or_an_address_is_refused(number: str) -> None:
    raw = {
        "specversion": "1.0",
        "id": "e1",
        "source": "desk",
        "type": "heliograph.incident.alert_cleared.v1",
        "time": "2026-08-24T10:10:00+08:00",
        "subject": number,
        "data": {"signal": "probe"},
    }
    with pytest.raises(Malformed) as refused:
        parse(raw, now=NOW)
    assert refused.value.field == "subject"


def test_a_statement_that_could_not_be_told_whole_is_refused() -> None:
    """Its end may be what matters most."""
    with pytest.raises(Malformed, match="2400 characters"):
        incoming("stated", text={"zh": "短", "en": "w" * 2401})
