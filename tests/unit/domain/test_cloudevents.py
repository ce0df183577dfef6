"""What a source sends is understood whole, or refused with the name of every field at fault."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.cloudevents import parse
from pipeline.domain.errors import Malformed
from pipeline.domain.events import (
    PAYLOADS,
    Assigned,
    HandedOver,
    Noted,
    Reported,
    Resolved,
    StateChanged,
)
from pipeline.domain.made_here import FROM_OUTSIDE
from pipeline.domain.times import FUTURE_TOLERANCE, to_text
from tests.unit.domain.builders import NOW, minutes, sent, with_data, without

PERSON_WITH_FORGED_ADDRESS = {"id": "a", "email": "a@example.org\r\nBcc: b@example.org"}
FAR_OFF = "9999-12-31T23:59:59-12:00"

WRONG_ATTRIBUTES: tuple[tuple[dict[str, Any], str, str], ...] = (
    (without(sent(), "specversion"), "specversion", "required"),
    (sent(specversion="0.3"), "specversion", "'1.0'"),
    (without(sent(), "id"), "id", "required"),
    (sent(id=""), "id", "at least 1"),
    (sent(id=7), "id", "string"),
    (sent(id=" \u200b"), "id", "nothing that can be seen"),
    (sent(id="1\n2"), "id", "one line"),
    (sent(id="x" * 201), "id", "at most 200"),
    (sent(id="heliograph:declare:inc_1:1"), "id", "Heliograph's own events"),
    (sent(id="Heliograph:x"), "id", "Heliograph's own events"),
    (sent(id="\u202eheliograph:x"), "id", "Heliograph's own events"),
    (sent(id="helio\u200bgraph:x"), "id", "Heliograph's own events"),
    (sent(id="ｈｅｌｉｏｇｒａｐｈ：x"), "id", "Heliograph's own events"),
    (sent(id=" heliograph :x"), "id", "Heliograph's own events"),
    (sent(id="heliograph\u3164:x"), "id", "Heliograph's own events"),
    (sent(source="maintenance"), "source", "another name"),
    (sent(source=" Maintenance\u00a0"), "source", "another name"),
    (sent(source="main\u2060tenance\ufe0f"), "source", "another name"),
    (sent(source="ｍａｉｎｔｅｎａｎｃｅ"), "source", "another name"),
    (without(sent(), "source"), "source", "required"),
    (without(sent(), "type"), "type", "required"),
    (sent() | {"type": "heliograph.ticket.melted.v1"}, "type", "not a type we know"),
    (sent() | {"type": "heliograph.ticket.reported.v9"}, "type", "not a type we know"),
    (without(sent(), "time"), "time", "required"),
    (sent(time="2026-08-24T10:02:00"), "time", "needs its zone"),
    (sent(time="2026-08-24"), "time", "needs its zone"),
    (sent(time="2026-02-30T10:02:00Z"), "time", "day value"),
    (sent(time="2026-08-24T25:02:00Z"), "time", "valid datetime"),
    (sent(time="yesterday"), "time", "RFC 3339"),
    (sent(time="1787536920"), "time", "RFC 3339"),
    (sent(time=1787536920), "time", "not a number"),
    (sent(time=True), "time", "not a number"),
    (sent(time=None), "time", "datetime"),
    (sent(time="1999-12-31T23:59:59Z"), "time", "before 2000"),
    (sent(time="2026-08-24T03:05:01Z"), "time", "future"),
    (sent(time=FAR_OFF), "time", "after 9998"),
    (sent(subject=""), "subject", "at least 1"),
    (sent(subject=" "), "subject", "nothing that can be seen"),
    (sent(subject="INC-1\r\nBcc: a@example.org"), "subject", "one line"),
    (without(sent(Assigned.type), "subject"), "subject", "number is needed"),
    (sent(datacontenttype="text/xml"), "datacontenttype", "JSON media type"),
    (sent(datacontenttype="application/json\n"), "datacontenttype", "JSON media type"),
    (sent(expectedversion=-1), "expectedversion", "greater than"),
    (sent(expectedversion="3"), "expectedversion", "integer"),
    (sent(expectedversion=True), "expectedversion", "integer"),
    (without(sent(), "data"), "data", "required"),
    (sent(data=None), "data", "object"),
    (sent(data=[1]), "data", "object"),
)
WRONG_DATA: tuple[tuple[dict[str, Any], str, str], ...] = (
    (sent(data={}), "data.title", "required"),
    (with_data(Reported.type, title=" \t "), "data.title", "one line"),
    (with_data(Reported.type, title="\u200b"), "data.title", "nothing that can be seen"),
    (with_data(Reported.type, title="a\nb"), "data.title", "one line"),
    (with_data(Reported.type, title="x" * 301), "data.title", "at most 300"),
    (with_data(Reported.type, description="\n"), "data.description", "nothing that can be seen"),
    (with_data(Reported.type, description="x" * 20_001), "data.description", "at most 20000"),
    (with_data(Reported.type, requester={}), "data.requester.id", "required"),
    (with_data(Reported.type, requester="wang"), "data.requester", "an object with named fields"),
    (with_data(Reported.type, requester=PERSON_WITH_FORGED_ADDRESS), "data.requester.email", "one"),
    (
        with_data(Reported.type, requester={"id": "a", "zone": "Mars"}),
        "data.requester.zone",
        "zone",
    ),
    (with_data(Reported.type, priority="P5"), "data.priority", "P1"),
    (with_data(Reported.type, respond_by="soon"), "data.respond_by", "RFC 3339"),
    (with_data(Reported.type, respond_by="2026-08-24T11:10:00"), "data.respond_by", "its zone"),
    (with_data(Reported.type, respond_by=FAR_OFF), "data.respond_by", "after 9998"),
    (with_data(Reported.type, url="javascript:alert(1)"), "data.url", "pattern"),
    (with_data(Reported.type, url="https://a.example/\nx"), "data.url", "pattern"),
    (with_data(Reported.type, colour="red"), "data.colour", "not permitted"),
    (with_data(Assigned.type, expected_from="rumour"), "data.expected_from", "technician"),
    (with_data(StateChanged.type, state="resolved"), "data.state", "assigned"),
    (with_data(StateChanged.type, state="in_progress"), "data.waiting_for", "only for the state"),
    (with_data(HandedOver.type, tried=["x"] * 51), "data.tried", "at most 50"),
    (with_data(HandedOver.type, tried=["x", ""]), "data.tried.1", "at least 1"),
    (with_data(Noted.type, visibility="everybody"), "data.visibility", "internal"),
    (with_data(Resolved.type, reopen_days=0), "data.reopen_days", "greater than"),
    (with_data(Resolved.type, reopen_days=True), "data.reopen_days", "integer"),
)


MADE_HERE = {
    *("heliograph.incident.alert_flapping.v1", "heliograph.incident.alert_steadied.v1"),
    *("heliograph.incident.tickets_surged.v1", "heliograph.ticket.alert_held.v1"),
    *("heliograph.ticket.maintenance_near.v1", "heliograph.ticket.maintenance_ended.v1"),
    *("heliograph.ticket.recurred.v1", "heliograph.ticket.problem_moved.v1"),
    *("heliograph.ticket.conversation_added.v1", "heliograph.ticket.conversation_removed.v1"),
}


@pytest.mark.parametrize("type_", sorted(PAYLOADS))
def test_every_type_comes_from_outside_or_is_made_here_alone(type_: str) -> None:
    """There is no third; what is made here is refused by its type, and told where to look."""
    assert parse(sent(type_), now=NOW, ours=True).type == type_
    if type_ not in MADE_HERE:
        assert parse(sent(type_), now=NOW).type == type_
        return
    with pytest.raises(Malformed) as refused:
        parse(sent(type_), now=NOW, at="3.")
    said = (
        f"{type_} is what Heliograph itself records; send what happened as another type "
        "(GET /api/v1/schemas lists them)"
    )
    assert refused.value.problems == [("3.type", said)]


def test_a_name_and_a_type_of_ours_are_refused_at_once() -> None:
    """Whoever mends the one need not find the other afterwards."""
    raw = sent("heliograph.incident.tickets_surged.v1", id="heliograph:x", source="maintenance")
    with pytest.raises(Malformed) as refused:
        parse(raw, now=NOW)
    assert [field for field, _ in refused.value.problems] == ["id", "source", "type"]


@pytest.mark.parametrize(
    "changed",
    [{"id": "heliographs:1"}, {"id": "x heliograph:1"}, {"source": "maintenance-desk"}],
)
def test_a_name_that_only_begins_or_goes_on_otherwise_is_its_own(changed: dict[str, Any]) -> None:
    assert parse(sent(**changed), now=NOW).number == "INC-9527"


@pytest.mark.parametrize("type_", sorted(FROM_OUTSIDE))
def test_the_example_of_every_type_is_taken_as_it_is(type_: str) -> None:
    """What the documentation shows works when it is copied."""
    incoming = parse(sent(type_), now=NOW)
    assert incoming.type == type_
    assert isinstance(incoming.data, PAYLOADS[type_])
    assert (incoming.source, incoming.source_id, incoming.number) == ("desk", "1", "INC-9527")
    assert to_text(incoming.occurred_at) == "2026-08-24T02:02:00.000000Z"


@pytest.mark.parametrize(("raw", "field", "words"), WRONG_ATTRIBUTES + WRONG_DATA)
def test_a_wrong_event_is_refused_by_the_name_of_its_field(
    raw: dict[str, Any], field: str, words: str
) -> None:
    """The field leads, and the sentence says what is wrong with it."""
    with pytest.raises(Malformed) as refused:
        parse(raw, now=NOW)
    assert refused.value.field == field
    assert words in dict(refused.value.problems)[field]


def test_every_wrong_field_is_named_at_once() -> None:
    """Nobody mends an event one refusal at a time."""
    raw = with_data(Reported.type, title="", priority="P9", requester={"id": ""})
    with pytest.raises(Malformed) as refused:
        parse(raw, now=NOW)
    named = [field for field, _ in refused.value.problems]
    assert named == ["data.title", "data.requester.id", "data.priority"]
    assert all(field in refused.value.detail for field in named)


@pytest.mark.parametrize("raw", [None, [], "event", 7, True])
def test_what_is_no_object_is_refused(raw: object) -> None:
    """In a batch the place of the event is the field."""
    with pytest.raises(Malformed) as alone:
        parse(raw, now=NOW)
    with pytest.raises(Malformed) as third:
        parse(raw, now=NOW, at="3.")
    assert (alone.value.field, third.value.field) == ("body", "3")


def test_in_a_batch_the_place_comes_before_the_field() -> None:
    """The sender finds the one among a thousand."""
    for raw, field in (
        (sent(time="x"), "3.time"),
        (with_data(Reported.type, title=""), "3.data.title"),
        (sent() | {"type": "no"}, "3.type"),
        (without(sent(Noted.type), "subject"), "3.subject"),
        (sent(time="2027-01-01T00:00:00Z"), "3.time"),
    ):
        with pytest.raises(Malformed) as refused:
            parse(raw, now=NOW, at="3.")
        assert refused.value.field == field


def test_half_a_character_is_refused_wherever_it_stands() -> None:
    """A lone surrogate can be neither stored nor sent."""
    for raw in (
        with_data(Reported.type, title="\ud800"),
        with_data(Reported.type, **{"\ud800": 1}),
        sent(id="\ud800"),
        sent() | {"\ud800": 1},
    ):
        with pytest.raises(Malformed) as refused:
            parse(raw, now=NOW)
        assert refused.value.field
        assert not refused.value.field.endswith(".")


def test_a_clock_may_be_ahead_by_the_tolerance_and_no_more() -> None:
    """Honest clocks differ by seconds; what is ahead happened now, or every later step would look
    old."""
    edge = NOW + FUTURE_TOLERANCE
    assert parse(sent(time=to_text(edge)), now=NOW).occurred_at == NOW
    with pytest.raises(Malformed):
        parse(sent(time=to_text(edge + minutes(1))), now=NOW)


@pytest.mark.parametrize(
    "named",
    [
        "application/json",
        "application/json; charset=utf-8",
        "application/cloudevents+json",
        "Application/JSON",
    ],
)
def test_json_may_be_called_by_any_of_its_names(named: str) -> None:
    """A parameter or another case makes it no less JSON."""
    assert parse(sent(datacontenttype=named), now=NOW).number == "INC-9527"


def test_what_we_do_not_know_beside_the_data_is_let_through() -> None:
    """Tracing and other extension attributes are none of our business."""
    plain = parse(sent(), now=NOW)
    assert parse(sent(traceparent="00-1", dataschema="https://x.example"), now=NOW) == plain


def test_a_report_without_a_number_is_ours_to_number() -> None:
    """Where no desk stands beside us, we are the desk."""
    assert parse(without(sent(), "subject"), now=NOW).number is None


def test_the_same_moment_in_another_zone_is_the_same_event() -> None:
    """A source that moves to UTC does not contradict itself."""
    here, there = sent(), sent(time="2026-08-24T02:02:00Z")
    assert parse(here, now=NOW).content_hash == parse(there, now=NOW).content_hash


@pytest.mark.parametrize(
    "changed",
    [
        sent(subject="INC-1"),
        sent(time="2026-08-24T10:02:01+08:00"),
        with_data(Reported.type, title="printer"),
        sent(Noted.type),
    ],
)
def test_another_content_is_seen_as_such(changed: dict[str, Any]) -> None:
    """The same id with another content is a contradiction and no repeat."""
    assert parse(changed, now=NOW).content_hash != parse(sent(), now=NOW).content_hash


def field_at_fault(raw: dict[str, Any]) -> str | None:
    """None when the event is taken."""
    try:
        parse(raw, now=NOW)
    except Malformed as refused:
        return refused.field or ""
    return None


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted(sent())), _json)
def test_no_value_of_an_attribute_breaks_the_reading(name: str, value: Any) -> None:
    """Whatever stands there, the event is taken or refused."""
    assert field_at_fault(sent() | {name: value}) != ""


@given(
    st.sampled_from(
        [(t, f) for t, p in sorted(FROM_OUTSIDE.items()) for f in sorted(p.model_fields)]
    ),
    _json,
)
def test_no_value_of_a_field_breaks_the_reading(place: tuple[str, str], value: Any) -> None:
    """The same for the fields of every type."""
    type_, field = place
    named = field_at_fault(with_data(type_, **{field: value}))
    assert named is None or named.startswith("data.")


@given(
    st.text(min_size=1, max_size=20).filter(str.isalnum),
    st.lists(st.sampled_from("\u202e\u200b\u2066\u00ad\ufeff\ue000"), max_size=4),
)
def test_what_tickets_are_sorted_by_holds_nothing_hidden(word: str, marks: list[str]) -> None:
    """Two categories that look alike are alike; joiners, with which names are written, stay."""
    written = "".join(marks) + word + "".join(marks)
    for field in ("category", "site", "customer"):
        data = parse(with_data(Reported.type, **{field: written}), now=NOW).data
        assert getattr(data, field) == word
    joined = parse(with_data(Reported.type, category="می\u200cخواهم"), now=NOW).data
    assert isinstance(joined, Reported)
    assert joined.category == "می\u200cخواهم"


def test_an_unknown_type_is_answered_with_the_one_that_was_likely_meant() -> None:
    """Some sixty names, twice in one answer, helped nobody."""
    with pytest.raises(Malformed) as wrong:
        parse(sent() | {"type": "heliograph.ticket.asigned.v1"}, now=NOW)
    assert "did you mean heliograph.ticket.assigned.v1?" in str(wrong.value)
    assert len(str(wrong.value)) < 200
