"""One text and many readers: each gets her own name, times and links, and nothing is left open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pipeline.domain.communication import Form, Rendition
from pipeline.domain.directory import Language
from pipeline.domain.errors import MissingVariable
from pipeline.domain.facts import Audience, Brief, Fact, Level, ValueKind
from pipeline.domain.message import Recipient
from pipeline.drafting.marks import mark
from pipeline.drafting.personal import fill, personal_values

NOW = datetime(2026, 8, 24, 2, 2, tzinfo=UTC)
LINKS = {"ticket_url": "https://help.example.org/t/abc"}


def reader(
    language: Language = "zh", zone: str = "Asia/Shanghai", name: str = "王晓琳"
) -> Recipient:
    return Recipient(
        kind="person",
        id="wang",
        name=name,
        channel="mail",
        address="wang@example.org",
        language=language,
        zone=zone,
    )


def brief(**times: datetime) -> Brief:
    facts = tuple(
        Fact(
            id=f"f.{name}",
            what="inc_1",
            attribute=name,
            kind=ValueKind.TIME,
            value=moment,
            level=Level.AFFECTED,
            at=NOW,
            event="evt_1",
        )
        for name, moment in times.items()
    )
    audience = Audience(role="requester", clearance=Level.AFFECTED)
    return Brief(incident="inc_1", number="INC-1", audience=audience, facts=facts)


def rendition(
    text: str, form: Form = Form.MAIL, subject: str = "", html: str | None = None
) -> Rendition:
    return Rendition(
        id="com_1.1.en.mail",
        communication="com_1",
        revision=1,
        language="en",
        form=form,
        subject=subject,
        text=text,
        html=html,
        template="test",
        template_version="1",
    )


@pytest.mark.parametrize(
    ("language", "zone", "told", "note"),
    [
        ("zh", "Asia/Shanghai", "17:00", "以上时间为 8 月 24 日（周一），北京时间"),
        ("en", "Europe/London", "10:00", "Times are Monday 24 August, London (UTC+1)"),
        ("en", "America/New_York", "05:00", "Times are Sunday 23 August, New York (UTC-4)"),
    ],
)
def test_a_time_is_told_by_the_readers_own_clock(
    language: Language, zone: str, told: str, note: str
) -> None:
    """The same moment for everybody, rounded down, in her zone and language."""
    values = personal_values(
        brief(expected_at=datetime(2026, 8, 24, 9, 3, 30, tzinfo=UTC)),
        reader(language, zone),
        LINKS,
        NOW,
        ["expected_at", "time_note", "ticket_url"],
    )
    if zone == "America/New_York":  # there it is still Sunday, so the time carries its day
        assert values["expected_at"] == "Mon 24 Aug, 05:00"
    else:
        assert values["expected_at"] == told
    assert values["time_note"] == note
    assert values["ticket_url"] == LINKS["ticket_url"]


@pytest.mark.parametrize(
    ("days", "expected"),
    [(1, ("8 月 23 日（周日）10:02", "8 月 24 日（周一）10:02")), (0, ("10:02", "10:02"))],
)
def test_a_stretch_over_days_tells_both(days: int, expected: tuple[str, str]) -> None:
    """Also today's: a bare time after another day's date would be taken for one of that day."""
    told = brief(chain_since=NOW - timedelta(days=days), chain_latest=NOW)
    wanted = ("chain_since", "chain_latest")
    values = personal_values(told, reader(), LINKS, NOW, wanted)
    assert tuple(values[name] for name in wanted) == expected


def test_only_what_is_wanted_is_kept_and_always_the_number() -> None:
    """A message holds no link that its text does not show."""
    assert personal_values(brief(), reader(), LINKS, NOW, []) == {"number": "INC-1"}


@pytest.mark.parametrize("slot", ["reopen_url", "expected_at", "unheard_of"])
def test_a_reader_without_a_value_gets_no_text(slot: str) -> None:
    """Law 12: the missing value is named, with the reader."""
    with pytest.raises(MissingVariable, match=f"person:wang has no value for {slot}"):
        personal_values(brief(), reader(), LINKS, NOW, [slot])


def test_a_promise_is_told_earlier_and_never_later() -> None:
    for minutes in range(1, 120):
        moment = NOW + timedelta(minutes=minutes)
        told = personal_values(brief(expected_at=moment), reader(), {}, NOW, ["expected_at"])
        clock = datetime.strptime(told["expected_at"], "%H:%M").replace(tzinfo=UTC)
        here = moment + timedelta(hours=8)
        assert (clock.hour, clock.minute) <= (here.hour, here.minute)


def test_marks_become_values_in_every_part() -> None:
    text = rendition(
        f"Dear {mark('recipient_name')}",
        subject=f"For {mark('recipient_name')}",
        html=f'<a href="{mark("ticket_url")}">{mark("recipient_name")}</a>',
    )
    filled = fill(text, {"recipient_name": 'A & "B" <c>', "ticket_url": "https://h/t/1?a=1&b=2"})
    assert filled.subject == 'For A & "B" <c>'
    assert filled.text == 'Dear A & "B" <c>'
    assert filled.html == (
        '<a href="https://h/t/1?a=1&amp;b=2">A &amp; &quot;B&quot; &lt;c&gt;</a>'
    )


def test_in_a_chat_a_name_is_no_markdown_and_a_link_stays_whole() -> None:
    text = rendition(f"{mark('recipient_name')} [open]({mark('ticket_url')})", Form.CHAT)
    values = {"recipient_name": "*Bob*", "ticket_url": "https://h/t/a_b(1)"}
    assert fill(text, values).text == r"\*Bob\* [open](https://h/t/a_b%281%29)"


def test_a_value_that_is_missing_stops_the_text() -> None:
    """No reader ever sees a mark."""
    with pytest.raises(MissingVariable, match="time_note"):
        fill(rendition(mark("time_note")), {})


def test_a_filled_subject_is_one_line() -> None:
    """A name with a line break would forge a header."""
    filled = fill(rendition("x", subject=mark("recipient_name")), {"recipient_name": "A\r\nBcc: b"})
    assert filled.subject == "A Bcc: b"


def test_a_value_is_not_read_again() -> None:
    """A name that looks like a mark stays a name."""
    filled = fill(
        rendition(mark("recipient_name")),
        {"recipient_name": mark("ticket_url"), "ticket_url": "https://h"},
    )
    assert "https://h" not in filled.text
