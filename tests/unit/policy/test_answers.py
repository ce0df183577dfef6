"""Every rule answers for itself: that it tells, stays silent, is not about it, or could not be asked."""

from __future__ import annotations

import pytest

from pipeline.domain.folding import fold
from pipeline.policy.answers import Answer, answers
from pipeline.policy.loading import load_pack
from tests.unit.tickets import event, reported

RULE = """\
version: 1
rules:
  - id: tell
    events: [reported]
    tell: requester
    kind: acknowledgement
    {more}
    reason: {{zh: 告诉她, en: Tell her}}
"""


def answer(more: str) -> Answer:
    pack = load_pack({"a.yaml": RULE.format(more=more)})
    happened = event(reported(priority="P2"))
    after = fold(None, happened)
    told = {"requester": ["update"]}
    found = answers(
        pack, happened, None, after, late=False, told=lambda audience: told.get(audience, [])
    )
    return found[0]


@pytest.mark.parametrize(
    ("more", "said", "code"),
    [
        ("when: after.priority == 'P2'", "tells", "tell"),
        ("unless: [{when: '!late', code: nothing_new}]", "silent", "nothing_new"),
        ("when: after.priority == 'P1'", "not_about", "rule_not_about"),
        ("when: event.data.description.startsWith('P')", "failed", "rule_failed"),
        ("must: event.data.description.startsWith('P')", "tells", "tell"),
    ],
)
def test_each_rule_says_what_it_has_to_say(more: str, said: str, code: str) -> None:
    """A condition that fails on an event counts as not met, and says so."""
    found = answer(more)
    assert (found.said, found.reason.code) == (said, code)


def test_of_a_condition_only_the_part_that_does_not_hold_is_named() -> None:
    found = answer('when: after.state == "new" && after.priority == "P1" && "update" in told')
    assert found.reason.values["condition"] == 'after.priority == "P1"'
    assert found.reason.values["values"] == 'after.priority = "P2"'


@pytest.mark.parametrize(
    ("must", "wakes"),
    [
        ("true", True),
        ("after.priority == 'P2'", True),
        ("late", False),
        ("event.data.description.size() > 3", True),
    ],
)
def test_a_rule_says_of_each_event_whether_it_must_be_told(must: str, wakes: bool) -> None:
    found = answer(f"must: {must}")
    assert found.tell is not None
    assert found.tell.must is wakes
