"""What must not hold up, hide or repeat anything else: statements, held texts, news of what came back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.domain.errors import WrongState
from tests.acceptance.outage import directory

from .desk import Desk, opened
from .test_news import CHIEF, CRM_IS_DOWN, TOM, happens, minutes, raw, told

SECRET = "crm-app-03 fails"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path, zone="Asia/Shanghai") as found:
        found.app.acts.load_directory(directory())
        yield found


def down(desk: Desk) -> None:
    """Two alerts, of which the first one names a host; then everybody has heard of it."""
    alert = {"title": "CRM", "service": "crm", "severity": "P1"}
    happens(desk, "alerted", signal="crm-login-errors", detail=SECRET, **alert)
    happens(desk, "alerted", signal="crm-synthetic", **alert)
    desk.wait(5)


def test_a_statement_that_may_not_leave_does_not_hold_up_the_recovery(desk: Desk) -> None:
    """One batch brings both; people hear that it is over."""
    down(desk)
    desk.accept(
        raw(desk, "stated", text=f"{SECRET} now", visibility="public"),
        raw(desk, "restored", limits="none"),
    )
    desk.wait(2)
    assert "is back" in told(desk)[-1].subject
    assert all(SECRET not in m.text for m in told(desk))


def test_a_statement_beside_other_news_is_told_at_once(desk: Desk) -> None:
    happens(desk, "declared", **CRM_IS_DOWN)
    desk.wait(5)
    desk.accept(
        raw(desk, "scope_changed", scope="all 6,214 accounts"),
        raw(desk, "stated", text="Please save your work on paper until noon."),
    )
    desk.wait(1)
    since = [m.text for m in told(desk) if m.at > told(desk)[0].at]
    assert any("on paper until noon" in text for text in since)
    assert any("all 6,214 accounts" in text for text in since)


def test_statements_of_one_batch_are_told_each(desk: Desk) -> None:
    """More of them than one text shows."""
    happens(desk, "declared", **CRM_IS_DOWN)
    desk.wait(5)
    desk.accept(*(raw(desk, "stated", text=f"Step {n} is under way.") for n in range(8)))
    desk.wait(1)
    texts = "\n".join(m.text for m in told(desk))
    assert all(f"Step {n} is under way." in texts for n in range(8))


@pytest.mark.parametrize("words", ["crm-login-errors fires; restart it", f"Seen: {SECRET}"])
def test_no_alert_is_given_away_by_the_ones_after_it(desk: Desk, words: str) -> None:
    down(desk)
    happens(desk, "stated", text=words, visibility="public")
    desk.wait(1)
    assert all(words not in m.text for m in desk.mail.sent)


def test_a_relapse_is_a_first_contact_for_those_who_never_heard_of_the_failure(desk: Desk) -> None:
    """It was over before anybody was told."""
    desk.accept(raw(desk, "declared", **CRM_IS_DOWN), raw(desk, "restored"))
    desk.wait(10)
    assert told(desk) == []
    happens(desk, "relapsed")
    desk.wait(1)
    assert minutes(desk) == [10]
    assert "again" not in told(desk)[0].subject


def test_a_held_text_that_was_overtaken_is_drafted_again_and_leaves(desk: Desk) -> None:
    """Its announced time has passed; nobody has heard anything yet."""
    happens(desk, "declared", **CRM_IS_DOWN, scope=f"{SECRET}.corp.local on 10.1.2.3")
    held = [c for c in desk.app.queries.held() if c.audience == "affected"]
    assert len(held) == 1
    desk.wait(30)
    with pytest.raises(WrongState):
        desk.app.acts.release(held[0].id, "admin", "it is known")
    desk.app.acts.retry(held[0].id, "admin")
    desk.settle()
    [anew] = [c for c in desk.app.queries.held() if c.audience == "affected"]
    assert anew.id != held[0].id
    desk.app.acts.release(anew.id, "admin", "it is known")
    desk.settle()
    assert minutes(desk, TOM) == [30]


def test_nothing_new_counts_from_the_last_real_news(desk: Desk) -> None:
    """A reader learns for how long there has been none."""
    happens(desk, "declared", **CRM_IS_DOWN)
    desk.wait(65)
    without = [m.text for m in told(desk, CHIEF) if "no progress to report since" in m.text.lower()]
    assert len(without) >= 2
    assert all("10:00" in text.split("since")[1][:40] for text in without)


def test_an_update_that_was_put_aside_does_not_end_the_news(desk: Desk) -> None:
    """Nobody promised the next one, but people still wait."""
    happens(desk, "declared", **CRM_IS_DOWN)
    desk.wait(5)
    happens(desk, "scope_changed", scope=f"{SECRET}.corp.local on 10.1.2.3")
    desk.wait(30)
    for held in desk.app.queries.held():
        desk.app.acts.discard(held.id, "admin", "not for outside")
    waiting = [c for c in desk.communications if c.audience == "affected" and c.state == "planned"]
    assert [c.scheduled for c in waiting] == [True]
    assert waiting[0].due_at > desk.clock.now()


def test_an_old_alert_does_not_stop_the_declaration_of_a_new_failure(desk: Desk) -> None:
    """It has fired for longer than anybody would call unnoticed; when it began is left out."""
    alert = {"title": "CRM", "service": "crm", "severity": "P1"}
    happens(desk, "alerted", signal="crm-old", **alert | {"severity": "P3"})
    desk.wait(32 * 24 * 60)
    happens(desk, "alerted", signal="crm-new", **alert)
    desk.wait(5)
    major = desk.incident.major
    assert major is not None
    assert major.declared.value.started_at is None


def test_whoever_is_in_charge_is_not_named_to_everybody(desk: Desk) -> None:
    """Their name is known to the directory, and stands in no public statement by chance."""
    happens(desk, "declared", **CRM_IS_DOWN, by={"id": "chief"})
    desk.wait(2)
    name = desk.app.queries.person("chief")
    assert name is not None
    happens(desk, "stated", text=f"{name.name} decides what is next.", visibility="public")
    desk.wait(2)
    assert all(f"{name.name} decides" not in m.text for m in told(desk))
