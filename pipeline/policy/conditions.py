"""Does a condition hold? CEL (Common Expression Language), compiled once, over a few plain values."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import ModuleType
from typing import Any

from ..domain.approvals import DECIDED
from ..domain.errors import HeliographError
from ..domain.events import Event
from ..domain.incident import Incident

# `import cel` also imports its command line, whose terminal toolkit costs .3 s of every start.
sys.modules["cel.cli"] = ModuleType("cel.cli")
import cel  # noqa: E402

del sys.modules["cel.cli"]

LONGEST = 500
FLAPPING_WITHIN = timedelta(minutes=10)
_MACRO = re.compile(r"\.\s*(?:all|exists|exists_one|map|filter)\s*\(\s*(\w*)")
"""With the name that it gives to each element."""
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_FIELD = re.compile(r"(?<![\w.])(event|before|after|ticket)\.(\w+)")
_DATA_FIELD = re.compile(r"(?<![\w.])event\.data\.(\w+)")
VARIABLES = {
    "event": "the event: `name` (reported, assigned, …), `source`, and its `data`",
    "before": "the ticket before it, as `after`; all empty for a report",
    "after": "the ticket after it: state, waiting_for, priority, service, group, assignee, requester, "
    "site, customer, owner, reopened_times, approvals_open, approvals_decided; and of a major incident: major (open, restored, withdrawn), "
    "severity, phase, impact, severity_changes (in the ten minutes before its newest event), dismissed_times, relapsed_times",
    "late": "true when the event tells of a moment before what is known already",
    "told": "the kinds that this audience was told about the ticket so far, in order",
}
"""What a condition may name, for error texts and for the rules page."""
TOLD = "told"
TICKET = {
    "ticket": "the ticket: `source`, what `after` has, and `confidential`, true when its service or a person "
    "keeps it from chat models; all empty for a conversation without one",
}
"""The same for conditions that are about a ticket, and no event."""


class ConditionFailed(HeliographError):
    """The condition could not be evaluated: the rule does not match, and somebody is told."""


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A compiled condition; `names` are the variables that it uses."""

    text: str
    names: frozenset[str]
    program: cel.Program

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Raises ConditionFailed for an error in it, and for a result that is not true or false."""
        try:
            result = self.program.execute({name: values[name] for name in self.names})
        except Exception as failed:  # the binding raises a dozen kinds, all meaning "no answer"
            raise ConditionFailed(f"{self.text}: {failed}") from failed
        if not isinstance(result, bool):
            raise ConditionFailed(f"{self.text}: gave {type(result).__name__}, not true or false")
        return result


def compile_condition(text: str, variables: Mapping[str, str] = VARIABLES) -> Condition:
    """Raises ValueError with one sentence that says what is wrong."""
    if len(text) > LONGEST:
        raise ValueError(f"is longer than {LONGEST} characters")
    if "//" in _QUOTED.sub("", text):
        # Between a dot and `map` it would hide the macro from the count below.
        raise ValueError("has a comment (//); say it beside the expression")
    if len(_MACRO.findall(text)) > 1:
        raise ValueError("uses more than one of all, exists, exists_one, map, filter")
    try:
        program = cel.compile(text)
    except Exception as wrong:
        first = str(wrong).split("ERROR: ")[-1].split("\n")[0].removeprefix("<input>:")
        raise ValueError(f"is not an expression: {first}") from None
    names = frozenset(map(str, program.variables())) - frozenset(_MACRO.findall(text))
    unknown = sorted(names - variables.keys())
    if unknown:
        raise ValueError(f"names {unknown[0]}, but knows only {', '.join(variables)}")
    for name, field in _fields_in(text):
        if field not in _KNOWN_FIELDS[name]:
            known = ", ".join(sorted(_KNOWN_FIELDS[name]))
            raise ValueError(f"names {name}.{field}; {name} has only {known}")
    return Condition(text=text, names=names, program=program)


def data_fields_in(text: str) -> set[str]:
    """The fields of `event.data` that a condition names."""
    return set(_DATA_FIELD.findall(_QUOTED.sub("''", text)))


def _fields_in(text: str) -> list[tuple[str, str]]:
    return _FIELD.findall(_QUOTED.sub("''", text))


def values_of(event: Event, before: Incident | None, after: Incident, late: bool) -> dict[str, Any]:
    """What conditions see; `told` is added by the caller, only for those that ask for it."""
    data = event.data.model_dump(mode="json")
    return {
        "event": {"name": event.name, "source": event.source, "data": data},
        "before": _summary(before),
        "after": _summary(after),
        "late": late,
    }


def try_out(condition: Condition, data: Mapping[str, Any], name: str) -> None:
    """On an example of an event. Raises ConditionFailed for what could never hold, such as a function
    that does not exist."""
    event = {"name": name, "source": "example", "data": data}
    blank = _summary(None)
    condition.holds({"event": event, "before": blank, "after": blank, "late": False, TOLD: []})


def ticket_values(incident: Incident | None, *, confidential: bool) -> dict[str, Any]:
    """What conditions about a ticket see."""
    source = incident.source if incident else ""
    return {"ticket": _summary(incident) | {"source": source, "confidential": confidential}}


def _summary(incident: Incident | None) -> dict[str, Any]:
    """Strings throughout, empty where nothing is recorded: a comparison never meets null."""
    if incident is None:
        return dict.fromkeys(_FIELDS, "") | dict.fromkeys(_COUNTS, 0)
    i = incident
    return {
        "state": i.state.value.value,
        "waiting_for": i.waiting_for.value if i.waiting_for else "",
        "priority": i.priority.value if i.priority else "",
        "service": i.service.value if i.service else "",
        "group": i.group.value if i.group else "",
        "assignee": i.assignee.value.id if i.assignee else "",
        "requester": i.requester.value.id if i.requester else "",
        "site": i.site or "",
        "customer": i.customer or "",
        "owner": i.owner,
        "severity": i.severity or "",
        "phase": i.major.phase.value.value if i.major else "",
        "impact": i.major.impact.value.value if i.major and i.major.impact else "",
        "major": i.major.standing if i.major else "",
        "reopened_times": i.reopened_times,
        "severity_changes": _severity_changes(i),
        "dismissed_times": i.dismissed_times,
        "approvals_open": sum(a.is_open for a in i.approvals),
        "approvals_decided": sum(a.state in DECIDED for a in i.approvals),
        "relapsed_times": i.major.relapsed_times if i.major else 0,
    }


def _severity_changes(incident: Incident) -> int:
    since = incident.updated_at - FLAPPING_WITHIN
    changed = incident.major.severity_changed if incident.major else ()
    return sum(at >= since for at in changed)


_FIELDS = (
    "state",
    "waiting_for",
    "priority",
    "service",
    "group",
    "assignee",
    "requester",
    "site",
    "customer",
    "owner",
    *("severity", "phase", "impact", "major"),
)
_COUNTS = (
    *("reopened_times", "severity_changes", "dismissed_times", "relapsed_times"),
    *("approvals_open", "approvals_decided"),
)
_KNOWN_FIELDS = {
    "event": frozenset({"name", "source", "data"}),
    "before": frozenset({*_FIELDS, *_COUNTS}),
    "after": frozenset({*_FIELDS, *_COUNTS}),
    "ticket": frozenset({*_FIELDS, *_COUNTS, "source", "confidential"}),
}
