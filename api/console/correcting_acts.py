"""By which forms does a person say that what was recorded was wrong? One for each fact that can be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.domain.correction_events import Corrected
from pipeline.domain.lattices import Impact

from .act_fields import Act, Field, time_field, words_field

_OPEN_OR_RESTORED = frozenset({"open", "restored"})
_RESTORED = frozenset({"restored"})
_WHY = words_field("why", "corrected_why")


def _of(*fields: Field, when: frozenset[str] = _OPEN_OR_RESTORED) -> Act:
    return Act(payload=Corrected, when=when, fields=(*fields, _WHY))


CORRECTING: Mapping[str, Act] = {
    "correct_started_at": _of(time_field("at", "started_at")),
    "correct_restored_at": _of(time_field("at", "restored_at"), when=_RESTORED),
    "correct_cause": _of(words_field("words", "cause_confirmed")),
    "correct_scope": _of(words_field("words", "scope")),
    "correct_not_affected": _of(words_field("words", "not_affected")),
    "correct_impact": _of(
        Field(name="impact", kind="choice", slot="impact", choices=("", *Impact), words="impact")
    ),
    "not_restored": _of(when=_RESTORED),
}
FIXED_BY_CORRECTING: Mapping[str, Mapping[str, Any]] = {
    **{
        name: {"attribute": name.removeprefix("correct_")}
        for name in CORRECTING
        if name != "not_restored"
    },
    "not_restored": {"attribute": "restored"},
}
