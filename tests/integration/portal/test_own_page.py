"""A person's own page says why something was not saved."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.acceptance.story import Desk

from .conftest import BASE


@pytest.mark.parametrize(
    ("said", "en", "zh"),
    [
        (
            {"since": "22:00"},
            "Quiet hours need a beginning and an end.",
            "休息时间要有开始和结束。",
        ),
        (
            {"digest_at": "soon"},
            "The digest needs a time of day, such as 08:00.",
            "汇总时间要填时刻，如 08:00。",
        ),
        (
            {"act": "mute", "about": "service:crm", "days": "400"},
            "Nothing is muted for longer than ninety days.",
            "最多屏蔽 90 天。",
        ),
        (
            {"act": "mute", "about": "incident:inc_of_others", "days": "7"},
            "Nobody told you of that ticket, or there is no such service.",
            "您没有收到过这张工单的消息，或者没有这项服务。",
        ),
        (
            {"act": "mute", "about": "service:crm", "days": "many"},
            "One of the entries cannot be read.",
            "有一项无法识别。",
        ),
    ],
)
def test_what_was_not_saved_is_told_with_its_reason(
    played: Desk, visitor: TestClient, said: dict[str, str], en: str, zh: str
) -> None:
    """Not only that something failed: which entry, and how it should be."""
    page = played.app.links.own("tom", played.app.clock.now()).removeprefix(BASE)
    for language, sentence in (("en", en), ("zh", zh)):
        headers = {"Origin": BASE}
        answer = visitor.post(page, params={"lang": language}, data=said, headers=headers)
        assert answer.status_code == 422
        assert sentence in answer.text


def test_whom_only_an_event_describes_has_a_page_in_her_language_and_zone(
    played: Desk, visitor: TestClient
) -> None:
    """Her quiet hours are hours of her own clock."""
    eve = {"id": "eve", "name": "Eve Long", "email": "eve@example.org", "language": "en"}
    more = {"zone": "Europe/London"}
    played.send("reported", "INC-88", title="No sound", requester=eve | more)
    own = played.app.own_wishes.of("eve")
    assert (own.person.name, own.wishes.zone) == ("Eve Long", "Europe/London")
    page = played.app.links.own("eve", played.app.clock.now()).removeprefix(BASE)
    shown = visitor.get(page).text
    assert "Eve Long" in shown
    assert "London" in shown
    assert '<html lang="en"' in shown
