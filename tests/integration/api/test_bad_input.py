"""Whatever comes in, the answer is a problem that names the field, or a stated meaning; nothing is half-written."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pipeline.domain.decision_events import (
    ApprovalAsked,
    ApprovalDecided,
    ApprovalPassedOn,
    ApprovalWithdrawn,
)
from pipeline.domain.made_here import FROM_OUTSIDE
from pipeline.domain.major_events import Declared
from pipeline.domain.portal_events import Attached, Detached
from pipeline.domain.times import to_text

from .conftest import BATCH, LATER, SINGLE, Api, note, report, without


def versions(api: Api) -> list[int]:
    """Of what was recorded of T-1."""
    return [event["version"] for event in api.get("/api/v1/incidents/T-1/events").json()]


def data(**changed: Any) -> dict[str, Any]:
    return report("B-1", data={"title": "Mail", "requester": {"id": "wang"}, **changed})


TIMES = ["2026-08-24T10:00:00", "yesterday", 1787536920, "2026-02-30T10:00:00Z", "1999-12-31T23:00:00Z",
         "2026-08-24T10:00:00+99:00", "9999-12-31T23:59:59-12:00", to_text(LATER), None]  # fmt: skip
WRONG: list[tuple[object, str]] = [
    ("{", "body"),
    (b"\xff\xfe", "body"),
    ("[" * 40 + "]" * 40, "body"),
    ('{"a": NaN}', "body"),
    ('{"a": 1, "a": 2}', "body"),
    ('{"a": "\\ud800"}', "body"),
    ("5", "body"),
    ("null", "body"),
    ("[]", "body"),
    (without(report("B-1"), "id"), "id"),
    (without(report("B-1"), "source"), "source"),
    (without(report("B-1"), "type"), "type"),
    (without(report("B-1"), "time"), "time"),
    (without(report("B-1"), "data"), "data"),
    (report("B-1", specversion="0.3"), "specversion"),
    (report("B-1", id=""), "id"),
    (report("B-1", id="a\r\nBcc: all@example.org"), "id"),
    (report("B-1", type="heliograph.ticket.exploded.v1"), "type"),
    (report("B-1", type="reported"), "type"),
    (report("B-1", subject="B\n1"), "subject"),
    (report("B-1", data="text"), "data"),
    (report("B-1", data=None), "data"),
    (report("B-1", datacontenttype="text/xml"), "datacontenttype"),
    (report("B-1", expectedversion=-1), "expectedversion"),
    (data(title=""), "data.title"),
    (data(title="a\nb"), "data.title"),
    (data(title="\u200b"), "data.title"),
    (data(title="x" * 301), "data.title"),
    (data(requester={}), "data.requester.id"),
    (data(requester={"id": "a", "email": "a@example.org\r\nBcc: b@example.org"}), "data.requester.email"),
    (data(requester={"id": "a", "email": "nobody"}), "data.requester.email"),
    (data(requester={"id": "a", "language": "fr"}), "data.requester.language"),
    (data(requester={"id": "a", "zone": "Moon/Base"}), "data.requester.zone"),
    (data(priority="P9"), "data.priority"),
    (data(url="javascript:alert(1)"), "data.url"),
    (data(respond_by="2026-08-24T10:00:00"), "data.respond_by"),
    (data(colour="red"), "data.colour"),
    (without(note(), "subject"), "subject"),
    (note("B-404"), "subject"),
    *((report("B-1", time=time), "time") for time in TIMES),
]  # fmt: skip


@pytest.mark.parametrize(("body", "field"), WRONG)
def test_what_is_wrong_is_named_and_nothing_is_recorded(api: Api, body: object, field: str) -> None:
    answer = api.send(body)
    problem = answer.json()
    assert 400 <= answer.status_code < 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["field"] == field
    assert problem["detail"]
    assert problem["status"] == answer.status_code
    assert api.client.get(problem["type"]).status_code == 200
    assert api.desk.app.queries.incident("B-1") is None


@pytest.mark.parametrize("media_type", ["text/plain", "application/xml", ""])
def test_a_body_that_is_not_declared_as_json_is_refused(api: Api, media_type: str) -> None:
    answer = api.send(report("B-1"), media_type=media_type)
    assert (answer.status_code, answer.json()["field"]) == (415, "content-type")


def test_a_body_over_the_limit_is_refused_declared_or_streamed(api: Api) -> None:
    large = json.dumps(report("B-1", data={"title": "x" * 1_100_000}))
    assert api.send(large).status_code == 413
    headers = {"Authorization": f"Bearer {api.token('events:write')}", "Content-Type": SINGLE}
    streamed = api.client.post("/api/v1/events", content=(large[n : n + 4096].encode() for n in range(0, len(large), 4096)), headers=headers)  # fmt: skip
    assert streamed.status_code == 413
    assert streamed.json()["field"] == "body"


def test_a_batch_with_one_bad_event_records_none_and_names_its_place(api: Api) -> None:
    answer = api.send([report("B-2"), data(title="")], media_type=BATCH)
    assert (answer.status_code, answer.json()["field"]) == (400, "1.data.title")
    assert api.desk.app.queries.incident("B-2") is None


@pytest.mark.parametrize(
    "second",
    [
        report("B-5", id="report-B-4"),
        report("B-5", id="b", type="heliograph.ticket.closed.v1", data={}),
        note("B-4", expectedversion=7),
        {**note("B-4"), "source": "foreign"},
    ],
)
def test_a_batch_whose_second_event_does_not_fit_the_first_records_neither(
    api: Api, second: object
) -> None:
    answer = api.send([report("B-4"), second], media_type=BATCH)
    assert answer.status_code in (403, 404, 409)
    assert answer.headers["content-type"] == "application/problem+json"
    assert api.desk.app.queries.incident("B-4") is None


@pytest.mark.parametrize(
    ("body", "status"),
    [([], 400), (report("B-3"), 400), ([report(f"B-{n}") for n in range(21)], 413)],
)
def test_a_batch_is_an_array_of_some_and_not_too_many(api: Api, body: object, status: int) -> None:
    answer = api.send(body, media_type=BATCH)
    assert (answer.status_code, answer.json()["field"]) == (status, "body")


def test_the_same_event_again_is_a_duplicate_and_another_content_is_refused(fresh: Api) -> None:
    first, again = fresh.send(report()), fresh.send(report())
    assert (first.status_code, again.status_code) == (202, 200)
    assert again.json() == {**first.json(), "duplicate": True}
    differs = fresh.send(report(data={"title": "Other", "requester": {"id": "wang"}}))
    assert (differs.status_code, differs.json()["type"]) == (409, "/problems/content-differs")
    assert differs.json()["field"] == "id"
    assert versions(fresh) == [1]
    assert fresh.get("/api/v1/incidents/T-1").json()["title"] == "Mail client crashes"


def test_a_stale_version_is_refused(fresh: Api) -> None:
    fresh.send(report())
    answer = fresh.send(note(expectedversion=0))
    assert (answer.status_code, answer.json()["field"]) == (409, "expectedversion")
    assert versions(fresh) == [1]
    assert fresh.send(note(expectedversion=1)).status_code == 202


def test_a_closed_ticket_says_so(fresh: Api) -> None:
    fresh.send(report())
    fresh.send(report(id="c", type="heliograph.ticket.closed.v1", data={}))
    answer = fresh.send(
        report(id="a", type="heliograph.ticket.assigned.v1", data={"assignee": {"id": "chen"}})
    )
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/incident-closed")
    assert versions(fresh) == [1, 2]
    assert fresh.send(note()).status_code == 202


def test_an_event_out_of_order_is_kept_and_moves_no_state_back(fresh: Api) -> None:
    """Its stated meaning: it stands on the timeline, and tells nobody."""
    fresh.desk.clock.set(LATER)
    fresh.send(report())
    fresh.send(
        report(
            id="r",
            type="heliograph.ticket.resolved.v1",
            time=to_text(LATER),
            data={"fix_summary": "done"},
        )
    )
    late = fresh.send(
        report(id="s", type="heliograph.ticket.state_changed.v1", data={"state": "in_progress"})
    )
    assert late.status_code == 202
    assert fresh.get("/api/v1/incidents/T-1").json()["state"] == "resolved"
    assert len(fresh.get("/api/v1/incidents/T-1/events").json()) == 3


@pytest.mark.parametrize("type_", list(FROM_OUTSIDE))
def test_every_published_example_is_accepted_as_it_stands(fresh: Api, type_: str) -> None:
    fresh.desk.clock.set(LATER)
    fresh.send(report("INC-9527"))
    if type_ in (ApprovalDecided.type, ApprovalPassedOn.type, ApprovalWithdrawn.type):
        fresh.send(report("INC-9527", id="asked", type=ApprovalAsked.type, time=to_text(LATER), data=ApprovalAsked.example))  # fmt: skip
    schema = fresh.client.get(f"/api/v1/schemas/{type_}").json()
    event = report(
        "INC-9527", id="example", type=type_, time=to_text(LATER), data=schema["examples"][0]
    )
    if type_ in (Attached.type, Detached.type):
        fresh.send(report("INC-1", id="major", type=Declared.type, time=to_text(LATER), data=Declared.example))  # fmt: skip
        major = fresh.desk.app.queries.incident("INC-1")
        assert major is not None
        belongs = Attached.example | {"incident": major.id}
        if type_ == Attached.type:
            event["data"] = belongs
        else:
            fresh.send(report("INC-9527", id="belongs", type=Attached.type, time=to_text(LATER), data=belongs))  # fmt: skip
    assert fresh.send(event).status_code == 202


def test_a_field_that_the_envelope_does_not_know_is_let_through(fresh: Api) -> None:
    """CloudEvents allows extension attributes."""
    assert fresh.send(report(traceparent="00-1-1-00")).status_code == 202
