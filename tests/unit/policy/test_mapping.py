"""A mapping file is right, or every fault has its line; a payload is read, or each field that it lacks is named."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.domain.errors import Malformed, Misconfigured
from pipeline.policy.mapping_entries import load_mapping

ALERT = "entries: [{alert: {fingerprint: payload.id, status: payload.state, title: payload.text}}]"
FAULTS = {
    "no version": (ALERT, "version"),
    "another version": (f"version: 2\n{ALERT}", "version"),
    "nothing": ("version: 1\nentries: []", "entries"),
    "no yaml": ("version: [", "mapping"),
    "a word too many": (f"version: 1\nsecret: 1\n{ALERT}", "secret"),
    "neither": ("version: 1\nentries: [{when: 'true'}]", "either an alert or an event"),
    "both": (
        "version: 1\nentries: [{alert: {fingerprint: payload.i, status: payload.s, title: payload.t}, event: {type: heliograph.ticket.noted.v1, id: payload.i, data: {text: payload.t}}}]",
        "either an alert or an event",
    ),
    "a needed field": ("version: 1\nentries: [{alert: {status: payload.a, title: payload.b}}]", "needs fingerprint"),
    "a field of nobody": (
        "version: 1\nentries: [{alert: {fingerprint: payload.a, status: payload.b, title: payload.c, owner: payload.d}}]",
        "owner is none of our fields",
    ),
    "no expression": (
        "version: 1\nentries: [{alert: {fingerprint: 'payload.(', status: payload.b, title: payload.c}}]",
        "is not an expression",
    ),
    "a name of nobody": (
        "version: 1\nentries: [{alert: {fingerprint: event.id, status: payload.b, title: payload.c}}]",
        "knows only payload, item",
    ),
    "a number for an expression": (
        "version: 1\nentries: [{alert: {fingerprint: 7, status: payload.b, title: payload.c}}]",
        "expression in quotes",
    ),
    "too long": (
        "version: 1\nentries: [{alert: {fingerprint: '" + "payload.a + " * 60 + "payload.a', status: payload.b, title: payload.c}}]",
        "longer than 500",
    ),
    "too deep": (
        "version: 1\nentries: [{alert: {fingerprint: payload.a, status: payload.b, title: payload.c, labels: {a: {b: {c: {d: {e: payload.x}}}}}}}]",
        "nested deeper",
    ),
    "an event of nobody": (
        "version: 1\nentries: [{event: {type: a.b.v1, id: payload.a, data: {}}}]", "no event of ours"
    ),
    "an event that only we record": (
        "version: 1\nentries: [{event: {type: heliograph.incident.tickets_surged.v1, id: payload.a, data: {}}}]",
        "what Heliograph itself records",
    ),
    "a field that its event has not": (
        "version: 1\nentries: [{event: {type: heliograph.ticket.noted.v1, id: payload.a, data: {words: payload.b}}}]",
        "words is none of our fields",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_wrong_with_a_file_is_said_when_it_is_loaded(name: str) -> None:
    """Not when the first payload comes at night."""
    text, sentence = FAULTS[name]
    with pytest.raises(Misconfigured, match=sentence.replace("(", r"\(")):
        load_mapping("mapping", text)


EACH = """
version: 1
entries:
  - each: payload.items
    when: item.kind == "problem"
    alert:
      fingerprint: item.id
      status: '"firing"'
      title: item.text
      detail?: item.more.words
"""


def read(payload: Any) -> Any:
    return load_mapping("mapping", EACH).read(payload)


def test_each_item_that_an_entry_is_about_is_read() -> None:
    """Others are counted; an optional field that is not there is left out."""
    items = [{"kind": "problem", "id": "1", "text": "down"}, {"kind": "news"}]
    found, passed_over = read({"items": items})
    assert [f.fields for f in found] == [{"fingerprint": "1", "status": "firing", "title": "down"}]
    assert passed_over == 1


@pytest.mark.parametrize(
    ("payload", "field"),
    [
        ({}, "entries.0.each"),
        ({"items": 7}, "entries.0.each"),
        ({"items": [{}]}, "entries.0[0].when"),
        ({"items": [{"kind": "problem", "id": "1"}]}, "entries.0[0].title"),
        ({"items": [{"kind": 7}] * 6000}, "entries.0.each"),
        ([], "entries.0.each"),
        (None, "entries.0.each"),
        ("x" * 1000, "entries.0.each"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_field(payload: Any, field: str) -> None:
    """Never half-taken, and never an error without a place."""
    with pytest.raises(Malformed) as refused:
        read(payload)
    assert refused.value.problems[0][0] == field
