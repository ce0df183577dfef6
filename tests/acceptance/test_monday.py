"""The Monday on which everything comes at once; and then, for anybody: what did she get, and when, and why not?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.auth.secret_values import hashed
from evals.bench.monday import Monday, monday, person, play, whole
from pipeline.access import Token
from pipeline.domain.directory import Directory, Group, Names, Service

PEOPLE, REPORTS = 160, 140
SECRET = "hg_a-token-of-the-tests"


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Monday]:
    """Fewer people than `python -m evals bench monday` has, and the same Monday."""
    with monday(tmp_path_factory.mktemp("monday"), PEOPLE, strangers()) as found:
        play(found, REPORTS)
        yield found


def strangers() -> Directory:
    """One of the users sleeps until six in the evening; another person uses nothing that fails."""
    quiet = {"since": "09:00", "until": "18:00"}
    night = Group(id="night", name=Names(zh="夜班", en="Night shift"), members=("asleep",))
    crm = Service(id="crm", name=Names(zh="CRM", en="CRM"), users=("staff", "night"), public=True)
    people = (person("asleep", "en", quiet=quiet), person("stranger", "en"))
    return Directory(people=people, groups=(night,), services=(crm,))


def short(subjects: list[str]) -> list[str]:
    return [subject.partition(". Next update")[0].partition(" (")[0] for subject in subjects]


def test_a_flapping_alert_and_a_second_one_are_one_incident_and_two_questions(day: Monday) -> None:
    """Whether it is major, and that it comes and goes; the users hear of neither."""
    asked = [s for s in day.relay.subjects("ops") if s.startswith(("Is this", "Alert"))]
    assert len([s for s in asked if "Is this a major incident?" in s]) == 1
    assert len([s for s in day.relay.subjects("ops") if "coming and going" in s]) == 1
    names = [event.name for event in day.app.queries.stream(day.major.id)]
    assert names.count("alert_flapping") == 1
    assert day.major.major is not None
    assert day.major.major.declared.value.basis == "second_signal"


def test_all_users_hear_each_stage_once_and_the_same(day: Monday) -> None:
    """Though the relay was dead for twenty minutes."""
    assert whole(day, PEOPLE, REPORTS)
    assert day.relay.refused > PEOPLE
    told = short(day.relay.subjects(f"p{PEOPLE - 1}"))
    assert told[0] == "CRM is unavailable"
    assert [s for s in told if "still" not in s] == [
        "CRM is unavailable",
        "CRM is back, usable since 11:10",
        "CRM fails again",
        "CRM is back",
    ]
    chinese = day.relay.subjects(f"p{PEOPLE - 2}")
    assert len(chinese) == len(told)
    assert chinese[0].startswith("CRM 目前无法使用")


def test_the_first_contact_left_at_the_second_signal(day: Monday) -> None:
    assert day.major.major is not None
    first = day.relay.took[f"p{PEOPLE - 1}@example.org"][0][0]
    assert first - day.major.major.declared.at <= timedelta(minutes=1)


def test_a_hundred_and_forty_reports_are_answered_counted_and_warn_nobody(day: Monday) -> None:
    """Each is over when the failure is: no deadline of theirs is anybody's card."""
    assert day.app.portal.queries.attached(day.major.id, 10)[0] == REPORTS
    for n in range(REPORTS):
        subjects = day.relay.subjects(f"p{n}")
        mine = [s for s in subjects if f"T-{n}" in s]
        assert len(mine) == 1
        assert short(subjects)[-1] in ("CRM is back", "CRM 已恢复（INC-1）")
    for who in ("ops", "lin"):
        warned = [s for s in day.relay.subjects(who) if "response due" in s or "时限" in s]
        assert warned == []


def test_nothing_is_left_over_and_no_message_failed(day: Monday) -> None:
    """Leaders and the telephone desk have nobody here: that alone is raised."""
    queries = day.app.queries
    assert {alarm.code for alarm in queries.alarms()} == {"no_recipient"}
    assert queries.queue_depths().get("mail", 0) == 0


def why(day: Monday, who: str) -> list[tuple[str, str, str]]:
    found = day.app.rule_keeping.why.of_ticket(who, day.major.number)
    return [(d.outcome, d.kind, d.why.code) for d in found.decisions]


def test_what_anybody_got_and_when_is_answered_from_the_record(day: Monday) -> None:
    """As many as the relay took, at the times at which it took them; what the dead relay refused was told later."""
    who = f"p{PEOPLE - 1}"
    found = day.app.rule_keeping.why.of_ticket(who, day.major.number).decisions
    told = [d for d in found if d.outcome == "told"]
    took = day.relay.took[f"{who}@example.org"]
    assert len(told) == len(took)
    assert {d.kind for d in told} == {"first_contact", "update", "recovery", "relapse"}
    reasons = [day.app.library.reason(d.why, language) for d in found for language in ("zh", "en")]
    assert all(reasons)
    late = [d.message for d in told if d.message is not None and d.message.tries > 1]
    assert late
    attempts = day.app.queries.attempts([late[0].id])[late[0].id]
    assert {one.outcome.value for one in attempts[:-1]} == {"retryable"}
    assert attempts[-1].started_at in [at for at, _ in took]


def test_why_somebody_did_not_get_it_is_answered_too(day: Monday) -> None:
    """Whoever slept was woken by what is a must, and later news overtook the rest; a stranger belongs to nobody
    who is told."""
    asleep = why(day, "asleep")
    assert [kind for outcome, kind, _ in asleep if outcome == "told"] == [
        *("first_contact", "recovery", "relapse", "recovery"),
    ]
    assert ("waits", "update", "quiet_hours") in asleep
    assert day.relay.subjects("stranger") == []
    assert not [row for row in why(day, "stranger") if row[0] == "told"]


def test_the_same_answer_comes_by_the_api(day: Monday) -> None:
    """For console, command line and API it is one."""
    now = day.clock.now()
    token = Token(
        id="tok-1",
        name="auditor",
        secret_hash=hashed(SECRET),
        scopes=frozenset({"read"}),
        sources=frozenset(),
        created_at=now,
        expires_at=now + timedelta(days=1),
    )
    day.app.access.add_token(token)
    client = TestClient(create_app(day.app), headers={"Authorization": f"Bearer {SECRET}"})
    asked = {"person": "asleep", "incident": day.major.number}
    answer = client.get("/api/v1/why", params=asked)
    assert answer.status_code == 200, answer.text
    rows = answer.json()["decisions"]
    assert [(r["outcome"], r["kind"]) for r in rows] == [row[:2] for row in why(day, "asleep")]
    assert all(r["why"]["zh"] and r["why"]["en"] for r in rows)
