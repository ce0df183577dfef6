"""Rule files that are wrong are refused whole, and each problem names file, line and field."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline.domain.errors import Misconfigured
from pipeline.policy.loading import load_pack

GOOD = """\
version: 1
rules:
  - id: tell-somebody
    events: [reported]
    tell: requester
    kind: acknowledgement
    reason: {zh: 告诉她, en: Tell her}
"""


def problems(text: str, name: str = "a.yaml") -> list[tuple[str, str]]:
    with pytest.raises(Misconfigured) as refused:
        load_pack({name: text})
    return refused.value.problems


def test_a_good_file_becomes_rules_indexed_by_event() -> None:
    pack = load_pack({"a.yaml": GOOD})
    assert [rule.id for rule in pack.by_event["reported"]] == ["tell-somebody"]
    assert pack.by_event["closed"] == ()


@pytest.mark.parametrize(
    ("old", "new", "where", "sentence"),
    [
        ("events: [reported]", "events: [exploded]", "a.yaml:4", "is not an event"),
        ("tell: requester", "tell: everybody", "a.yaml:5", "is not an audience"),
        ("kind: acknowledgement", "kind: poem", "a.yaml:6", "rules.0.kind"),
        ("    tell: requester\n", "", "a.yaml:3", "rules.0.tell: Field required"),
        ("en: Tell her", "fr: Dites", "a.yaml:7", "reason"),
        ("kind:", "after: soon\n    kind:", "a.yaml:6", "is a number and a unit"),
        ("kind:", "after: 8d\n    kind:", "a.yaml:6", "longer than 7d"),
        (
            "kind: acknowledgement",
            "prose_within: 3m\n    kind: update",
            "a.yaml:6",
            "longer than 2m",
        ),
        (
            "kind: acknowledgement",
            "prose_within: 5s\n    articles_within: 1s\n    kind: update",
            "a.yaml:3",
            "for articles or for prose",
        ),
        *(
            (
                "kind: acknowledgement",
                f"kind: {first}\n    prose_within: 5s",
                "a.yaml:3",
                "waits for no chat model",
            )
            for first in (
                *("acknowledgement", "first_contact", "promise_warning"),
                *("declare_request", "withdrawal"),
            )
        ),
        ("kind:", "lane: express\n    kind:", "a.yaml:6", "urgent, routine or bulk"),
        ("kind:", "colour: red\n    kind:", "a.yaml:6", "Extra inputs"),
        ("kind:", "when: 5\n    kind:", "a.yaml:6", "expression in quotes"),
        ("kind:", "when: 'a +'\n    kind:", "a.yaml:6", "is not an expression"),
        ("kind:", "when: moon == 1\n    kind:", "a.yaml:6", "names moon, but knows only"),
        ("kind:", f"when: '{'!' * 501}late'\n    kind:", "a.yaml:6", "longer than 500"),
        (
            "kind:",
            "when: '[1].all(x, [1].all(y, true))'\n    kind:",
            "a.yaml:6",
            "more than one of all",
        ),
        ("kind:", "when: '[1].//\\n all(x, true)'\n    kind:", "a.yaml:6", "has a comment"),
        *(
            ("version: 1", f"version: {deep * 20_000}", "a.yaml:1", "nested too deeply")
            for deep in ("[", "{a: ")
        ),
        ("kind:", "when: after.asignee == 'x'\n    kind:", "a.yaml:6", "names after.asignee"),
        (
            "kind:",
            "when: event.data.visiblity == 'x'\n    kind:",
            "a.yaml:3",
            "event.data.visiblity",
        ),
        ("kind:", "unless: [{when: late}]\n    kind:", "a.yaml:6", "either a code"),
        ("kind:", "channels: [pigeon]\n    kind:", "a.yaml:6", "channels"),
        ("id: tell-somebody", "id: Tell Somebody", "a.yaml:3", "rules.0.id"),
        ("kind:", "tell: group\n    kind:", "a.yaml:6", "twice"),
        ("version: 1", "version: 2", "a.yaml:1", "version"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    old: str, new: str, where: str, sentence: str
) -> None:
    found = problems(GOOD.replace(old, new, 1))
    assert (found[0][0], sentence in found[0][1]) == (where, True), found


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("rules: [", "is not YAML"),
        ("", "file"),
        ("- 1", "file"),
        ("a: &x 1\nb: *x", "alias"),
        ("version: 1\nrules: []", "not a single rule"),
        ("version: 1\n" + "# long\n" * 50_000, "larger than"),
    ],
)
def test_a_file_that_is_no_pack_is_refused(text: str, sentence: str) -> None:
    assert sentence in " ".join(problems(text)[0])


def test_all_problems_of_all_files_come_at_once() -> None:
    bad = GOOD.replace("requester", "nobody").replace("[reported]", "[never]")
    with pytest.raises(Misconfigured) as refused:
        load_pack({"a.yaml": bad, "b.yaml": bad})
    assert {where for where, _ in refused.value.problems} >= {"a.yaml:4", "a.yaml:5", "b.yaml:4"}


def test_one_id_in_two_files_is_refused() -> None:
    with pytest.raises(Misconfigured, match="taken by another rule"):
        load_pack({"a.yaml": GOOD, "b.yaml": GOOD})


CONFIRMED = f"""\
{GOOD}confirmation:
  severities: [P1]
  tickets:
    - {{count: 5, within: 15m, second_signal: true}}
    - {{service: crm, count: 3, within: 10m, severity: P1, hold_down: 30m}}
  requests: [request]
"""


def test_how_many_tickets_ask_is_read_by_service() -> None:
    rules = load_pack({"a.yaml": CONFIRMED}).confirmation
    said = {
        service: (rule.count, rule.severity, rule.hold_down)
        for service in ("crm", "mail")
        if (rule := rules.tickets_of(service)) is not None
    }
    assert said == {"crm": (3, "P1", timedelta(minutes=30)), "mail": (5, "P2", None)}


@pytest.mark.parametrize(
    ("old", "new", "where", "sentence"),
    [
        ("count: 5", "count: 1", "a.yaml:11", "greater than or equal to 2"),
        ("count: 5", "count: 51", "a.yaml:11", "less than or equal to 50"),
        ("count: 5", 'count: "5"', "a.yaml:11", "valid integer"),
        ("count: 5, ", "", "a.yaml:11", "confirmation.tickets.0.count: Field required"),
        ("within: 15m", "within: 0s", "a.yaml:11", "shorter than 1m, or longer than 1d"),
        ("within: 15m", "within: 2d", "a.yaml:11", "shorter than 1m, or longer than 1d"),
        ("within: 15m", "within: soon", "a.yaml:11", "is a number and a unit"),
        ("hold_down: 30m", "hold_down: 0s", "a.yaml:12", "shorter than 1m, or longer than 1d"),
        ("severity: P1", "severity: P9", "a.yaml:12", "'P1', 'P2', 'P3' or 'P4'"),
        ("service: crm, ", "", "a.yaml:10", "says twice how many tickets of any service ask"),
        ("{count: 5", "{service: crm, count: 5", "a.yaml:10", "twice how many tickets of crm ask"),
        ("  severities: [P1]\n", "", "a.yaml:8", "no alert is one: severities names none"),
        ("hold_down", "holdown", "a.yaml:12", "Extra inputs are not permitted"),
    ],
)
def test_what_contradicts_itself_about_tickets_is_refused_with_its_line(
    old: str, new: str, where: str, sentence: str
) -> None:
    assert old in CONFIRMED
    [(place, said)] = problems(CONFIRMED.replace(old, new))
    assert place == where
    assert sentence in said
