"""What is likely not meant in a pack is told in words, and rules that are meant are left alone."""

from __future__ import annotations

import json

import pytest

import prompts
from pipeline.domain.events import PAYLOADS
from pipeline.drafting.reasons import Reasons
from pipeline.policy.conjuncts import conjuncts
from pipeline.policy.doubts import doubts_about_services, doubts_of
from pipeline.policy.loading import SHIPPED, load_pack, read_rules

EVENTS = sorted(type_.split(".")[-2] for type_ in PAYLOADS)
RULE = {
    "events": ["reported"],
    "tell": "requester",
    "kind": "acknowledgement",
    "reason": {"zh": "告诉她", "en": "Tell her"},
}


def doubts(*rules: dict[str, object]) -> list[tuple[str, str]]:
    told = [{"id": f"rule-{n}", **RULE, **rule} for n, rule in enumerate(rules)]
    text = json.dumps({"version": 1, "rules": told}, ensure_ascii=False)
    found = doubts_of(load_pack({"a.yaml": text}))
    return [(d.rule, d.reason.code.removeprefix("doubt_")) for d in found]


P1, P2 = 'after.priority == "P1"', 'after.priority == "P2"'
TOLD = '"{}" in told'


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        ([{"when": P1}, {"when": P2}], []),
        ([{"events": EVENTS}], [("rule-0", "everything")]),
        ([{"when": "true"}], [("rule-0", "always")]),
        ([{"when": "1 > 2"}], [("rule-0", "never")]),
        ([{"when": f"{P1} && {P2}"}], [("rule-0", "never")]),
        ([{"when": 'after.state == "resolvd"'}], [("rule-0", "never")]),
        ([{"when": 'event.name == "closed"'}], [("rule-0", "never")]),
        ([{"when": f"{P1} || {P2}"}], []),
        ([{"unless": [{"when": "true", "code": "late_event"}]}], [("rule-0", "always_silent")]),
        (
            [{"when": P1, "unless": [{"when": P1, "code": "late_event"}]}],
            [("rule-0", "always_silent")],
        ),
        (
            [{"unless": [{"when": f"{P1} && {P2}", "code": "late_event"}]}],
            [("rule-0", "never_silent")],
        ),
        ([{"when": P1}, {"when": "after.priority  ==  'P1'"}], [("rule-1", "twice")]),
        ([{}, {"when": P1}], [("rule-1", "twice")]),
        ([{"when": P1}, {"when": P1, "after": "2m"}], [("rule-1", "contradicts")]),
        (
            [{"unless": [{"when": P1, "code": "late_event"}]}, {"when": P1}],
            [("rule-1", "silent_and_told")],
        ),
        ([{"when": P1}, {"when": P1, "tell": "technician"}], []),
        (
            [{"when": TOLD.format("resolution")}],
            [("rule-0", "waits")],
        ),
        (
            [
                {"kind": "resolution", "when": TOLD.format("reopening")},
                {"kind": "reopening", "when": TOLD.format("resolution")},
            ],
            [("rule-0", "circle"), ("rule-1", "circle")],
        ),
        (
            [
                {"kind": "resolution"},
                {"kind": "reopening", "when": TOLD.format("resolution")},
            ],
            [],
        ),
    ],
)
def test_what_is_likely_not_meant_is_doubted(
    rules: list[dict[str, object]], found: list[tuple[str, str]]
) -> None:
    assert doubts(*rules) == found


def test_the_shipped_rules_are_meant() -> None:
    """A warning that everybody learns to overlook is worse than none."""
    assert doubts_of(load_pack(read_rules(SHIPPED))) == []


def test_a_service_that_the_register_does_not_know_is_told_with_its_line() -> None:
    """A line for a name that nobody has would wait for ever; the one for any service names none."""
    lines = ["version: 1", "confirmation:", "  severities: [P1]", "  tickets:"]
    lines += [
        f"    - {{service: {name}, count: 3, within: 10m}}" for name in ("crm", "CRM", "wiki")
    ]
    lines += ["    - {count: 5, within: 15m}"]
    pack = load_pack(read_rules(SHIPPED) | {"zz.yaml": "\n".join(lines)})
    found = doubts_about_services(pack, {"crm"})
    assert [(d.where, d.reason.values["service"]) for d in found] == [
        ("zz.yaml:6", "CRM"),
        ("zz.yaml:7", "wiki"),
    ]
    reasons = Reasons.load(prompts.read_texts(prompts.ROOT))
    assert reasons.sentence(found[0].reason, "zh").startswith(
        "confirmation.tickets 里的服务 CRM 不在服务登记册中"
    )
    assert "names the service CRM, which the register does not know by this id" in (
        reasons.sentence(found[0].reason, "en")
    )


def test_every_doubt_has_its_sentence() -> None:
    """In both languages, with the rule's name."""
    sentences = Reasons.load(prompts.read_texts(prompts.ROOT)).sentences
    codes = {code for code in sentences if code.startswith("doubt_")}
    assert len(codes) == 11


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a && b", ("a", "b")),
        ("a && (b && c)", ("a", "(b && c)")),
        ("a || b && c", ("a || b && c",)),
        ('x == "a && b" && c', ('x == "a && b"', "c")),
        ("a ? b : c", ("a ? b : c",)),
    ],
)
def test_a_condition_is_taken_apart_where_all_must_hold(text: str, parts: tuple[str, ...]) -> None:
    assert conjuncts(text) == parts


def test_ten_thousand_rules_are_told_apart_by_name_and_looked_through() -> None:
    """Packs that a program wrote; none is compared with all the others."""
    lines = ["version: 1", "rules:"]
    for n in range(1000):
        lines.append(f"  - {{id: r-{n}, events: [reported], tell: requester, kind: acknowledgement, when: \"event.data.title == 'x{n}'\", reason: {{zh: 告诉她, en: Tell her}}}}")  # fmt: skip
    files = {f"f{n}.yaml": "\n".join(lines).replace("id: r-", f"id: r{n}-") for n in range(2)}
    pack = load_pack(files)
    assert len(pack.by_event["reported"]) == 2000
    assert doubts_of(pack) == []
