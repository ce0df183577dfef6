"""A person's data can be taken out of an event, and what is left is still the event."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.errors import HeliographError
from pipeline.domain.events import (
    PAYLOADS,
    UPCASTERS,
    Assigned,
    Reported,
    content_hash,
    join_personal,
    parse_payload,
    split_personal,
    upcast,
)
from pipeline.domain.payload import ERASED, Payload, PersonRef
from tests.unit.domain.builders import payloads
from tests.unit.tickets import assigned, event, fold_all, reported, stream

OLD = "heliograph.ticket.reported.v0"


@given(payloads())
def test_an_event_survives_being_taken_apart_and_stored(payload: Payload) -> None:
    """Through JSON and back it is the same, whatever it holds."""
    kept, personal = json.loads(json.dumps(split_personal(payload)))
    assert join_personal(payload.type, kept, personal) == payload


@given(payloads())
def test_nothing_of_a_person_stays_in_the_part_that_is_kept(payload: Payload) -> None:
    """The two parts share no field, and every personal one is in the part that can be erased."""
    kept, personal = split_personal(payload)
    assert not set(kept) & payload.personal
    assert set(personal) <= payload.personal


@given(payloads())
def test_an_erased_event_is_still_of_its_type_and_holds_only_what_was_kept(
    payload: Payload,
) -> None:
    """What no event can do without reads `[erased]`; all else personal is gone."""
    kept, _ = split_personal(payload)
    left = join_personal(payload.type, kept, None)
    assert type(left) is type(payload)
    kept_again, personal = split_personal(left)
    assert kept_again == kept
    assert all(value in (ERASED, {"id": ERASED}, []) for value in personal.values())


@given(st.lists(payloads(), max_size=6))
def test_a_ticket_whose_people_were_erased_still_folds_to_the_same_state(
    later: list[Payload],
) -> None:
    """Erasing data rewrites no history: state, version and times stay as they were."""
    whole = stream(reported(), *later)
    erased = stream(*(join_personal(e.type, split_personal(e.data)[0], None) for e in whole))
    try:
        before = fold_all(whole)
    except HeliographError as refused:
        with pytest.raises(type(refused)):
            fold_all(erased)
        return
    after = fold_all(erased)
    assert after.requester is not None
    assert after.requester.value == PersonRef(id=ERASED)
    assert (after.title.value, after.description) == (ERASED, None)
    assert (after.state, after.version, after.group) == (before.state, before.version, before.group)
    assert (after.opened_at, after.updated_at) == (before.opened_at, before.updated_at)


def test_every_type_has_a_name_a_summary_and_fields_that_exist() -> None:
    """The published schemas are made from these; a personal field that does not exist hides none."""
    for type_, payload in PAYLOADS.items():
        assert type_ == payload.type
        assert type_.startswith(
            ("heliograph.ticket.", "heliograph.incident.", "heliograph.change.")
        )
        assert type_.endswith(".v1")
        assert payload.summary.endswith(".")
        assert payload.personal <= set(payload.model_fields)
        assert payload.model_validate(payload.example)


def test_every_text_and_person_of_a_payload_is_personal() -> None:
    """Free text may name somebody: a new field of that sort has to be marked."""
    for payload in PAYLOADS.values():
        for name, field in payload.model_fields.items():
            shape = json.dumps(payload.model_json_schema()["properties"][name])
            free = "20000" in shape or '"maxLength": 300' in shape or "PersonRef" in shape
            assert not free or name in payload.personal, f"{payload.type}: {name} {field}"


def test_an_event_is_called_by_its_short_name() -> None:
    """Rules and screens say `state_changed`, not the whole type."""
    assert event(assigned()).name == "assigned"


@pytest.fixture
def old_type(monkeypatch: pytest.MonkeyPatch) -> str:
    """A version 0 of the report, which said `headline` where we say `title`."""

    def up(data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        renamed = {"title" if key == "headline" else key: value for key, value in data.items()}
        return Reported.type, renamed

    monkeypatch.setitem(UPCASTERS, OLD, up)
    return OLD


def test_an_old_event_is_read_as_the_newest_version(old_type: str) -> None:
    """What was recorded years ago still folds."""
    payload = parse_payload(old_type, {"headline": "crash", "requester": {"id": "wang"}})
    assert payload == Reported(title="crash", requester=PersonRef(id="wang"))


def test_an_old_event_can_be_erased_too(old_type: str) -> None:
    """The blanks are those of the newest version."""
    left = join_personal(old_type, {"priority": "P3"}, None)
    assert left == Reported(title=ERASED, requester=PersonRef(id=ERASED), priority="P3")


def test_upcasting_leaves_the_newest_alone_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """A circle of upcasters is a mistake of ours, and no endless loop."""
    assert upcast(Assigned.type, {"a": 1}) == (Assigned.type, {"a": 1})
    monkeypatch.setitem(UPCASTERS, "a", lambda data: ("b", data))
    monkeypatch.setitem(UPCASTERS, "b", lambda data: ("a", data))
    assert upcast("a", {}) == ("a", {})


def test_an_unknown_type_is_no_payload() -> None:
    """The envelope is asked first; here it is a mistake of the caller."""
    with pytest.raises(KeyError):
        parse_payload("heliograph.ticket.melted.v1", {})


def test_the_order_of_fields_is_no_content() -> None:
    """Two programs may write the same object differently."""
    said = {"a": 1, "b": {"c": "服务", "d": 2}}
    turned = {"b": {"d": 2, "c": "服务"}, "a": 1}
    assert content_hash("t", "n", "at", said) == content_hash("t", "n", "at", turned)
    others = {
        content_hash("t", "n", "at", said),
        content_hash("u", "n", "at", said),
        content_hash("t", None, "at", said),
        content_hash("t", "n", "later", said),
        content_hash("t", "n", "at", {"a": 1}),
    }
    assert len(others) == 5
