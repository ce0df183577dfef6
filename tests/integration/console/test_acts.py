"""Recording by hand what happened: each act is a form, and becomes one event of its person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from api.console.act_forms import ACTS, OF_MODELS, offered, payload_of
from pipeline.domain.directory import Role
from pipeline.domain.events import Event
from pipeline.domain.major_events import Relapsed
from tests.acceptance.outage import CRM
from tests.acceptance.story import Desk

from .majors import DOWN, Seat, desk_with, somebody

ABROAD = (
    somebody("york", zone="America/New_York"),
    somebody("berlin", zone="Europe/Berlin"),
    somebody("jing", language="zh"),
)
ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")
NO_TIMES = (
    *("0001-01-01T00:00", "9999-12-31T23:59", "1999-12-31T00:00", "2026-02-30T10:00", "10:02"),
    *("2026-08-24T25:00", "x" * 5000, "-1", "nan", '"><script>alert(1)</script>'),
)
HOSTILE = '"><script>alert(1)</script>{{ 7*7 }}\u202egnp.exe'
FILLED: dict[str, dict[str, str]] = {
    "classify": {"incident_type": "mail"},
    "keep_from_models": {},
    "let_models_read": {},
    "declare": {
        "severity": "P2",
        "impact": "degraded",
        "symptom.en": "slow",
        "team": "app-support",
    },
    "team_called": {"team": "app-support"},
    "accepted": {"team": "app-support"},
    "scope": {"scope.zh": "全部账号", "scope.en": "all accounts"},
    "severity": {"severity": "P3", "impact": "degraded"},
    "phase": {"phase": "identified", "cause.en": "a full disk"},
    "done": {"action.en": "restarted it"},
    "under_way": {"action.en": "restoring it", "role.en": "Storage", "due_at": "2026-08-24T11:00"},
    "workaround": {"workaround.zh": "用网页版"},
    "decision": {"decision.en": "switch to the standby site?"},
    "restored": {"restored_at": "2026-08-24T10:04", "limits.none": "none", "data": "intact"},
    "relapsed": {"symptom.en": "it fails again"},
    "withdraw": {"reason.en": "the probe was wrong"},
    "correct_started_at": {"at": "2026-08-24T09:15", "why.en": "the logs say so"},
    "correct_restored_at": {"at": "2026-08-24T10:01"},
    "correct_cause": {"words.en": "a cable"},
    "correct_scope": {"words.zh": "全部账号", "words.en": "all accounts"},
    "correct_not_affected": {"words.en": "mail"},
    "correct_impact": {"impact": "degraded"},
    "not_restored": {"why.zh": "看错了监控"},
    "change": {"change": "CHG-1", "starts_at": "2026-08-24T11:00", "effect.en": "it is off"},
    "move_maintenance": {"ends_at": "2026-08-24T13:00"},
    "cancel_maintenance": {"reason.en": "no parts"},
}
OF_RESTORED = {"correct_restored_at", "not_restored"}
OF_MAINTENANCE = {"move_maintenance", "cancel_maintenance"}
CORRECTED = {act for act in ACTS if act.startswith("correct_")} - OF_RESTORED
PLAN = {
    "title": "Upgrade",
    "services": ["crm"],
    "starts_at": "2026-08-24T11:00:00+08:00",
    "ends_at": "2026-08-24T12:00:00+08:00",
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    people = [somebody(role.value, role) for role in Role]
    with desk_with(tmp_path, *people, *ABROAD) as found:
        found.at("10:00")
        yield found


def ready(desk: Desk, act: str) -> None:
    """The ticket as this act finds it."""
    if act == "declare":
        desk.send("incident.alerted", CRM, signal="s-1", title="Slow", **DOWN)
        return
    if "maintenance" in act:
        desk.send("maintenance_planned", CRM, **PLAN)
        return
    desk.send("incident.declared", CRM, **DOWN)
    if act in ("relapsed", "correct_restored_at", "not_restored"):
        desk.send("incident.restored", CRM)
    if act == "let_models_read":
        desk.send("marked", CRM, models="none")


def last(desk: Desk) -> Event:
    incident = desk.app.queries.incident(CRM)
    assert incident is not None
    return desk.app.queries.stream(incident.id)[-1]


def said(desk: Desk, field: str) -> Any:
    return getattr(last(desk).data, field)


@pytest.mark.parametrize("act", sorted(ACTS))
def test_each_act_becomes_one_event_of_whoever_recorded_it(desk: Desk, act: str) -> None:
    ready(desk, act)
    desk.at("10:02")
    before = last(desk).version
    answer = Seat(desk, "incident_manager").act(act, **FILLED[act])
    assert answer.status_code == 303, answer.text
    event = last(desk)
    assert (event.version, type(event.data)) == (before + 1, ACTS[act].payload)
    author = getattr(event.data, "by", None)
    assert author is not None
    assert author.id == "incident_manager"


def test_every_act_has_a_form_to_try() -> None:
    assert set(FILLED) == set(ACTS)


@pytest.mark.parametrize(
    ("person", "local", "instant"),
    [
        ("incident_manager", "2026-08-24T10:04", "2026-08-24T02:04:00+00:00"),
        ("york", "2026-08-23T22:04", "2026-08-24T02:04:00+00:00"),
        ("york", "2026-03-08T01:30", "2026-03-08T06:30:00+00:00"),
        ("york", "2026-03-07T01:30", "2026-03-07T06:30:00+00:00"),
        ("york", "2026-08-23T01:30", "2026-08-23T05:30:00+00:00"),
        ("berlin", "2026-10-25T02:30", "2026-10-25T00:30:00+00:00"),
        ("berlin", "2026-03-29T02:30", "2026-03-29T01:30:00+00:00"),
    ],
)
def test_a_time_is_one_of_the_visitors_own_clock(
    desk: Desk, person: str, local: str, instant: str
) -> None:
    """Summer time and winter time as they were on that day; of an hour that comes twice the first."""
    ready(desk, "restored")
    assert Seat(desk, person).act("restored", limits_news_by=local).status_code == 303
    assert said(desk, "limits_news_by").isoformat() == instant


def test_one_language_is_enough(desk: Desk) -> None:
    ready(desk, "scope")
    Seat(desk, "incident_manager").act("scope", **{"scope.zh": "全部账号", "scope.en": " "})
    assert said(desk, "scope") == "全部账号"


@pytest.mark.parametrize(
    ("act", "form"),
    [
        ("scope", {}),
        ("team_called", {"team": ""}),
        ("restored", {"restored_at": "yesterday", "measures.en": "kept"}),
        ("severity", {"severity": "P9", "symptom.en": "kept"}),
        ("phase", {"phase": "resolved"}),
        ("done", {"action.en": "x" * 50_000}),
    ],
)
def test_what_cannot_be_recorded_comes_back_with_what_was_typed(
    desk: Desk, act: str, form: dict[str, str]
) -> None:
    """With a sentence, and nothing recorded."""
    ready(desk, act)
    before = last(desk)
    answer = Seat(desk, "incident_manager").act(act, **form)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert ("kept" in form.values()) is (">kept</textarea>" in answer.text)
    assert last(desk) == before


def test_words_typed_are_kept_when_the_ticket_has_changed_meanwhile(desk: Desk) -> None:
    ready(desk, "scope")
    seat = Seat(desk, "incident_manager")
    desk.send("incident.accepted", CRM, team="app-support")
    answer = seat.act("scope", version="1", **{"scope.en": "all accounts"})
    assert answer.status_code == 422
    assert "The ticket has changed since this page was opened" in answer.text
    assert ">all accounts</textarea>" in answer.text


def test_of_two_who_declare_at_once_one_does_and_the_other_is_told(desk: Desk) -> None:
    ready(desk, "declare")
    first, second = Seat(desk, "incident_manager"), Seat(desk, "technician")
    form = {**FILLED["declare"], "version": "1"}
    answers = [seat.act("declare", **form) for seat in (first, second)]
    assert [answer.status_code for answer in answers] == [303, 422]
    incident = desk.app.queries.incident(CRM)
    assert incident is not None
    kinds = [event.name for event in desk.app.queries.stream(incident.id)]
    assert kinds.count("declared") == 1


def test_hostile_words_are_shown_as_words(desk: Desk) -> None:
    """On the ticket's page, in its forms, and in the preview."""
    ready(desk, "scope")
    seat = Seat(desk, "incident_manager")
    seat.act("scope", **{"scope.en": HOSTILE.partition("\u202e")[0]})
    seat.act("done", **{"action.en": "<img src=x onerror=alert(2)>"})
    for path in (f"/incidents/{CRM}", f"/incidents/{CRM}/acts/scope", f"/incidents/{CRM}/compose"):
        shown = seat.get(path).text
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
    assert "{{ 7*7 }}" in seat.get(f"/incidents/{CRM}").text


@pytest.mark.parametrize("path", ["acts/scope", "compose"])
def test_a_viewer_neither_sees_nor_sends_the_forms(desk: Desk, path: str) -> None:
    ready(desk, "scope")
    seat, before = Seat(desk, "viewer"), last(desk)
    assert seat.get(f"/incidents/{CRM}/{path}").status_code == 403
    form = {"version": "1", "scope.en": "all", "text.en": "all", "send": ""}
    assert seat.post(f"/incidents/{CRM}/{path}", **form).status_code == 403
    assert f"/{path}" not in seat.get(f"/incidents/{CRM}").text
    assert last(desk) == before


@pytest.mark.parametrize("csrf", ["", "x" * 43])
@pytest.mark.parametrize("path", ["acts/scope", "compose"])
def test_another_site_cannot_record_for_anybody(desk: Desk, path: str, csrf: str) -> None:
    ready(desk, "scope")
    seat, before = Seat(desk, "incident_manager"), last(desk)
    form = {"csrf": csrf, "version": "1", "scope.en": "all", "text.en": "all", "send": ""}
    assert seat.client.post(f"/incidents/{CRM}/{path}", data=form).status_code == 403
    assert last(desk) == before


@pytest.mark.parametrize("path", [f"{CRM}/acts/nothing", "INC-404/acts/scope", "INC-404/compose"])  # fmt: skip
def test_what_does_not_exist_is_not_found(desk: Desk, path: str) -> None:
    ready(desk, "scope")
    seat = Seat(desk, "incident_manager")
    assert seat.get(f"/incidents/{path}").status_code in {404, 405}
    assert seat.post(f"/incidents/{path}", version="1").status_code in {404, 405}


def test_opening_a_form_changes_nothing(desk: Desk) -> None:
    """However often, and whatever stands in the address."""
    ready(desk, "restored")
    seat, before = Seat(desk, "incident_manager"), last(desk)
    for act in ACTS:
        assert (
            seat.get(f"/incidents/{CRM}/acts/{act}?restored_at=2026-08-24T10:00").status_code == 200
        )
    assert last(desk) == before


@pytest.mark.parametrize(
    ("events", "found"),
    [
        ([], {"declare"}),
        (["alerted"], {"declare", "withdraw"}),
        (["declared", "restored"], {"relapsed", "not_restored", *CORRECTED, "correct_restored_at"}),
        (["declared", "withdrawn"], {"declare"}),
        (["declared"], set(ACTS) - {"declare", "relapsed"} - OF_RESTORED - OF_MAINTENANCE),
    ],
)
def test_the_page_offers_what_makes_sense_as_it_stands(
    desk: Desk, events: list[str], found: set[str]
) -> None:
    data = {
        "alerted": {"signal": "s-1", "title": "Slow", **DOWN},
        "declared": DOWN,
        "restored": {},
        "withdrawn": {"reason": "the probe was wrong"},
    }
    if not events:
        desk.send("reported", CRM, title="Slow", requester={"id": "li"})
    for name in events:
        desk.send(f"incident.{name}", CRM, **data[name])
    incident = desk.app.queries.incident(CRM)
    assert incident is not None
    assert set(offered(incident)) - OF_MODELS == (found | {"classify"}) - OF_MODELS
    assert set(offered(incident)) & OF_MODELS == {"keep_from_models"}


@given(
    typed=st.datetimes(datetime.fromisoformat("2001-01-01"), datetime.fromisoformat("2037-12-31")),
    zone=st.sampled_from(ZONES),
)
def test_the_clock_of_the_visitor_shows_the_time_that_was_typed(typed: datetime, zone: str) -> None:
    """Except in the hour that a change of clocks leaves out, which no clock showed."""
    data = payload_of("relapsed", {"started_at": typed.isoformat()}, "york", zone)
    assert isinstance(data, Relapsed)
    assert data.started_at is not None
    here = ZoneInfo(zone)
    existed = typed.replace(tzinfo=here).astimezone(UTC).astimezone(here).replace(tzinfo=None)
    shown = data.started_at.astimezone(here).replace(tzinfo=None)
    assert shown == typed or existed != typed


@pytest.mark.parametrize("person", ["york", "jing"])
def test_a_time_that_is_none_comes_back_as_it_was_typed(desk: Desk, person: str) -> None:
    ready(desk, "restored")
    seat, before = Seat(desk, person), last(desk)
    for typed in NO_TIMES:
        answer = seat.act("restored", restored_at=typed, **{"measures.en": "kept"})
        assert answer.status_code == 422, typed
        assert ">kept</textarea>" in answer.text
        assert f'value="{escape(typed)}"' in answer.text
        assert last(desk) == before


@pytest.mark.parametrize(
    ("act", "form"),
    [
        ("team_called", {}),
        ("accepted", {"team": "x" * 300}),
        ("scope", {}),
        ("severity", {"severity": "P9"}),
        ("phase", {"phase": "resolved"}),
        ("under_way", {"role.en": "Storage"}),
        ("workaround", {"workaround.zh": "\u200b"}),
        ("decision", {"decision.en": "x" * 20_001}),
        ("restored", {"data": "burnt"}),
        ("restored", {"restored_at": "yesterday"}),
        ("scope", {"version": "1", "scope.zh": "全部账号"}),
    ],
)
def test_a_chinese_visitor_is_told_in_chinese_what_is_wrong(
    desk: Desk, act: str, form: dict[str, str]
) -> None:
    ready(desk, act)
    desk.send("incident.accepted", CRM, team="app-support")
    answer = Seat(desk, "jing").act(act, **form)
    assert answer.status_code == 422
    [alert] = re.findall(r'role="alert">(.*?)</div>', answer.text, re.DOTALL)
    said = re.sub(r"<[^>]*>", "", alert)
    assert re.search(r"[\u4e00-\u9fff]{3}", said)
    assert not re.search(r"[a-z]{4}", said)


@pytest.mark.parametrize("act", sorted(ACTS))
def test_no_field_takes_a_hundred_kilobytes(desk: Desk, act: str) -> None:
    """Each alone: refused, and nothing recorded."""
    ready(desk, act)
    seat, before = Seat(desk, "incident_manager"), last(desk)
    for field in ACTS[act].fields:
        name = f"{field.name}.en" if field.kind == "words" else field.name
        if field.kind != "none":
            answer = seat.act(act, **FILLED[act] | {name: "长" * 34_000})
            assert answer.status_code in {400, 413, 422}, name
            assert last(desk) == before
