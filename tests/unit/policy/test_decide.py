"""Rules are applied one by one; one that fails counts as not matching, and is reported."""

from __future__ import annotations

import pytest

from pipeline.domain.errors import Misconfigured
from pipeline.domain.folding import fold
from pipeline.policy.decide import Decisions, decide
from pipeline.policy.loading import load_pack
from tests.unit.tickets import event, reported

RULE = """\
  - id: {id}
    events: [reported]
    tell: requester
    kind: acknowledgement
    {condition}
    reason: {{zh: 告诉她, en: Tell her}}
"""


def decided(*conditions: str, told: list[str] | None = None) -> Decisions:
    rules = [RULE.format(id=f"rule-{n}", condition=c) for n, c in enumerate(conditions)]
    pack = load_pack({"a.yaml": "version: 1\nrules:\n" + "".join(rules)})
    happened = event(reported(priority="P2"))
    after = fold(None, happened)
    return decide(pack, happened, None, after, late=False, told=lambda _: told or [])


def test_a_condition_sees_event_ticket_and_history() -> None:
    found = decided(
        'when: event.name == "reported" && event.data.priority == "P2"',
        'when: after.priority == "P2" && before.state == ""',
        'when: "\\"resolution\\" in told"',
        'when: after.priority == "P1"',
        told=["resolution"],
    )
    assert [t.rule for t in found.tell] == ["rule-0", "rule-1", "rule-2"]
    assert found.silent == ()


def test_history_is_only_asked_for_by_conditions_that_name_it() -> None:
    def never(_: str) -> list[str]:
        raise AssertionError("asked for nothing")

    pack = load_pack(
        {"a.yaml": "version: 1\nrules:\n" + RULE.format(id="r", condition="when: late")}
    )
    happened = event(reported())
    decide(pack, happened, None, fold(None, happened), late=True, told=never)


def test_a_condition_that_fails_does_not_match_and_the_others_go_on() -> None:
    """They hold on the published example, and an event without a description is no less an event."""
    found = decided(
        "when: event.data.description.startsWith('P')",
        "when: event.data.description < 'P4'",
        "unless: [{when: 'size(event.data.description) > 1', code: late_event}]",
        "when: '!late'",
    )
    assert [f.rule for f in found.failed] == ["rule-0", "rule-1", "rule-2"]
    assert [t.rule for t in found.tell] == ["rule-3"]


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        ("event.data.priority.here == 1", "cannot be evaluated for reported"),
        ("event.data.priority", "not true or false"),
        ("nonsense(event.data.priority)", "cannot be evaluated for reported"),
    ],
)
def test_a_condition_that_can_never_hold_is_refused_at_activation(condition: str, why: str) -> None:
    """At each event it would fail, and the rule would tell nobody."""
    rule = RULE.format(id="r", condition=f"when: {condition}")
    with pytest.raises(Misconfigured, match=why):
        load_pack({"a.yaml": f"version: 1\nrules:\n{rule}"})
