"""What is played again is told to nobody, in the forms of the channel that told it."""

from __future__ import annotations

from datetime import UTC, datetime

from pipeline.adapters.channels.memory import MemoryChannel
from pipeline.adapters.channels.page import PageChannel
from pipeline.adapters.channels.unheard import UnheardChannel
from pipeline.domain.message import Outbound

MESSAGE = Outbound(
    key="msg_1",
    thread="inc_1",
    number="INC-1",
    address="no address at all",
    name="Wang",
    language="en",
    subject="News",
    text="News",
    html=None,
    at=datetime(2026, 8, 24, 10, tzinfo=UTC),
)


def test_it_takes_everything_and_hands_nothing_on() -> None:
    """Whatever the address: what reached somebody then is not held back now."""
    real = MemoryChannel("mail")
    receipt = UnheardChannel(real).send(MESSAGE)
    assert receipt.detail == "not sent: msg_1 is played again"
    assert real.sent == []


def test_it_has_name_forms_and_limits_of_the_one_that_it_stands_for() -> None:
    for real in (MemoryChannel("mail"), PageChannel()):
        unheard = UnheardChannel(real)
        assert (unheard.name, unheard.form, unheard.room_form) == (
            real.name,
            real.form,
            real.room_form,
        )
        assert unheard.limits == real.limits
