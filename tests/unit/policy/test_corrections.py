"""When is a statement wrong enough to be put right?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pipeline.domain.directory import Bilingual
from pipeline.domain.errors import Misconfigured
from pipeline.domain.facts import Fact, FactValue, ValueKind
from pipeline.policy.corrections import Corrections
from pipeline.policy.loading import SHIPPED, load_pack, read_rules

NOW = datetime(2026, 8, 24, 10, 2, tzinfo=UTC)
K = ValueKind


def fact(kind: ValueKind, value: FactValue) -> Fact:
    return Fact(id="f", what="inc", attribute="a", kind=kind, value=value, at=NOW, event="e")


@pytest.mark.parametrize(
    ("kind", "told", "right", "worth"),
    [
        (K.TIME, NOW, NOW + timedelta(minutes=15), False),
        (K.TIME, NOW, NOW - timedelta(minutes=16), True),
        (K.DURATION, 600, 1560, True),
        (K.DURATION, 36_000, 37_000, False),
        (K.DURATION, 600, 1400, False),
        (K.TEXT, "about 800 accounts", "about 850 accounts", False),
        (K.TEXT, "about 800 accounts", "about 900 accounts", True),
        (K.TEXT, "all 6,214 accounts", "all 6,900 accounts", False),
        (K.TEXT, "all 6,214 accounts", "62,140 accounts", True),
        (K.TEXT, "a switch", "a cable", True),
        (K.TEXT, "a switch", "a switch", False),
        (K.TEXT, Bilingual(zh="交换机", en="a switch"), Bilingual(zh="交换机故障", en="a switch"), False),
        (K.STATE, "impact.degraded", "impact.unavailable", True),
    ],
)  # fmt: skip
def test_what_is_wrong_beyond_the_threshold(
    kind: ValueKind, told: FactValue, right: FactValue, worth: bool
) -> None:
    assert Corrections().worth(fact(kind, told), fact(kind, right)) is worth


def test_what_nobody_knows_any_more_was_wrong_however_small() -> None:
    assert Corrections().worth(fact(K.TEXT, "a switch"), None)


def test_a_pack_may_set_the_thresholds_and_the_events_that_show_an_error() -> None:
    files = read_rules(SHIPPED)
    assert load_pack(files).corrections == Corrections()
    own = "version: 1\ncorrections: {within: 1h, share: 50, shown_by: [corrected]}\n"
    pack = load_pack(files | {"corrections.yaml": own})
    assert pack.corrections.within == timedelta(hours=1)
    assert pack.corrections.may_right("phase_changed") == frozenset()
    assert "cause_confirmed" in pack.corrections.may_right("corrected")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("{within: soon}", "is a number and a unit"),
        ("{share: 120}", "less than or equal to 100"),
        ("{shown_by: [scope_changed]}", "shows no error"),
        ("{anything: 1}", "not permitted"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_line(entry: str, said: str) -> None:
    files = read_rules(SHIPPED) | {"corrections.yaml": f"version: 1\ncorrections: {entry}\n"}
    with pytest.raises(Misconfigured, match=said) as wrong:
        load_pack(files)
    assert "corrections.yaml:2" in str(wrong.value)
