"""Which values that the record once held turned out to be wrong, and what is right? Read from the events alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..domain.correction import ALL_CLEAR, CORRECTABLE, Statement
from ..domain.correction_events import Corrected
from ..domain.events import Event
from ..domain.facts import Fact, ValueKind
from ..domain.folding import fold
from ..domain.incident import Incident
from ..domain.major_events import Declared, Relapsed, Restored, Withdrawn
from ..domain.payload import Words
from ..domain.times import Instant
from .brief import comparable
from .pieces import Lookup
from .record import facts_of

OF_THE_END = frozenset({"restored_at", "duration"})
"""Said with the all-clear: where that was wrong, so were they."""


@dataclass(kw_only=True)
class WrongValues:
    """Of one attribute: the values that were wrong, as they compare, and what is right since when."""

    known_at: Instant
    event: str
    wrong: set[str] = field(default_factory=set)
    right: Fact | None = None
    why: Words | None = None


@dataclass(frozen=True, kw_only=True)
class Period:
    """From the beginning of a failure, or its relapse at `since`, to its relapse at `until`; by attribute what was
    wrong of it. What was true of one period may be wrong of another."""

    since: Instant | None = None
    until: Instant | None = None
    wrong: dict[str, WrongValues]

    def holds(self, said: Statement) -> bool:
        """A correction speaks of its own period, whenever it was written."""
        if said.since is not None:
            return said.since == self.since
        began = self.since is None or self.since <= said.at
        return began and (self.until is None or said.at < self.until)


def wrong_values(
    events: Sequence[Event], may_right: Callable[[str], Collection[str]]
) -> tuple[Period, ...]:
    """Of the failure as it was declared last, and not withdrawn; those periods in which something was wrong. A value
    that came back is not wrong any more; what changed as news is not put right."""
    earlier: list[Period] = []
    since: Instant | None = None
    found: dict[str, WrongValues] = {}
    incident: Incident | None = None
    held: dict[str, Fact] = {}
    for event in events:
        before, incident = incident, fold(incident, event)
        now = correctable_facts(incident)
        if _begins_anew(event, before, incident):
            relapsed = isinstance(event.data, Relapsed)
            ended = Period(since=since, until=event.recorded_at, wrong=found)
            earlier = [*earlier, ended] if relapsed else []
            since, found = event.recorded_at if incident.major else None, {}
        else:
            righted = may_right(event.name)
            for attribute in CORRECTABLE:
                old, new = held.get(attribute), now.get(attribute)
                if old is not None and not _same(old, new):
                    wrong = attribute in righted and not _is_news(event, before, attribute, new)
                    _step(found, attribute, event, old, new, wrong=wrong)
        held = now
    periods = (*earlier, Period(since=since, wrong=found))
    told_wrongly = (replace(one, wrong=_told_wrongly(one.wrong)) for one in periods)
    return tuple(one for one in told_wrongly if one.wrong)


def _told_wrongly(found: Mapping[str, WrongValues]) -> dict[str, WrongValues]:
    with_it = OF_THE_END if ALL_CLEAR in found else frozenset()
    return {name: one for name, one in found.items() if one.wrong and name not in with_it}


def correctable_facts(incident: Incident) -> dict[str, Fact]:
    """The record's facts that may turn out to be wrong, with the all-clear as one of them."""
    facts = {f.attribute: f for f in facts_of(incident, Lookup())}
    found = {name: facts[name] for name in CORRECTABLE if name in facts}
    if "confirmed_at" in facts:
        found[ALL_CLEAR] = all_clear(facts["confirmed_at"])
    return found


def all_clear(confirmed: Fact) -> Fact:
    """It is known by the recovery that said it."""
    value = {"attribute": ALL_CLEAR, "kind": ValueKind.STATE, "value": "phase.resolved"}
    return confirmed.model_copy(update={"id": f"f.{ALL_CLEAR}", **value})


def as_compared(fact: Fact) -> str:
    return fact.event if fact.attribute == ALL_CLEAR else comparable(fact)


def _same(old: Fact, new: Fact | None) -> bool:
    return new is not None and as_compared(old) == as_compared(new)


def _begins_anew(event: Event, before: Incident | None, after: Incident) -> bool:
    """Not at a relapse that moves nothing: of what did not work, or from before its end."""
    known = before.major if before else None
    if isinstance(event.data, Relapsed):
        return (known.relapsed_times if known else 0) != _relapses(after)
    if isinstance(event.data, Withdrawn):
        return True
    declared = known.declared if known else None
    again = after.major.declared if after.major else None
    return isinstance(event.data, Declared) and declared != again


def _relapses(incident: Incident) -> int:
    return incident.major.relapsed_times if incident.major else 0


def _is_news(event: Event, before: Incident | None, attribute: str, new: Fact | None) -> bool:
    """A recovery from a relapse tells of its own end, and the one before it was true; one that brings no
    value takes none back."""
    if not isinstance(event.data, Restored):
        return False
    was_open = before is not None and before.major is not None and before.major.is_open
    return new is None or (was_open and attribute in OF_THE_END)


def _step(
    found: dict[str, WrongValues],
    attribute: str,
    event: Event,
    old: Fact,
    new: Fact | None,
    *,
    wrong: bool,
) -> None:
    if not wrong:
        found.pop(attribute, None)
        return
    before = found.get(attribute)
    values = {as_compared(old)} | (before.wrong if before else set())
    found[attribute] = WrongValues(
        known_at=event.occurred_at,
        event=event.id,
        wrong=values - ({as_compared(new)} if new else set()),
        right=new,
        why=event.data.why if isinstance(event.data, Corrected) else None,
    )
