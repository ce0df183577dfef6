"""Where does each alert of a message go, and which events tell of that? No more of them than there are signals."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ...domain.alert import KnownAlert
from ...domain.cloudevents import Incoming
from ...domain.incident import Incident
from ...domain.signals import Signal
from ...policy.alert_rules import AlertRules
from ...policy.alerting import Step, Turn
from ...policy.joining import Kept, Opens, Places, hears_of_alerts
from . import telling
from .telling import LEAST_GRAVE, Target

Signals = dict[str, list[Step]]
Live = Mapping[tuple[str, str], int]


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What became of one message of a monitor: how many alerts took which turn, and the tickets that they are
    on; `held` by number of the maintenance, `unmapped` are of no service that is known."""

    turns: dict[str, int]
    opened: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    held: dict[str, int] = field(default_factory=dict)
    flapping: int = 0
    unmapped: int = 0


def _signals() -> Signals:
    return defaultdict(list)


def _by_place() -> dict[str, Signals]:
    return defaultdict(_signals)


@dataclass(kw_only=True)
class Sorted:
    """By place and then by signal: what `raised` on an incident or opens a `new` one, what maintenance `kept`,
    what `ended`, what begins to flap; the `rows` as they will be, and the incidents that they belong to."""

    raised: dict[str, Signals] = field(default_factory=_by_place)
    new: dict[str, Signals] = field(default_factory=_by_place)
    kept: dict[str, Signals] = field(default_factory=_by_place)
    ended: dict[str, Signals] = field(default_factory=_by_place)
    flaps: dict[str, Signals] = field(default_factory=_by_place)
    rows: list[KnownAlert] = field(default_factory=list)
    homes: dict[str, Incident] = field(default_factory=dict)


def sorted_by_place(steps: Sequence[Step], places: Places) -> Sorted:
    found = Sorted(homes=dict(places.incidents))
    for step in steps:
        if step.turn is Turn.BEGAN and step.told:
            _place(found, step, places.of(step))
            continue
        row, name = step.after, step.after.alert.name
        if row is not step.before:
            found.rows.append(row)
        if row.incident not in found.homes or row.incident is None:
            continue
        if step.flaps:
            found.flaps[row.incident][name].append(step)
        elif step.turn is Turn.CLEARED and step.told:
            found.ended[row.incident][name].append(step)
    return found


def _place(found: Sorted, step: Step, place: Incident | Kept | Opens) -> None:
    name, row = step.after.alert.name, step.after
    match place:
        case Opens():
            found.new[place.key][name].append(step)
        case Kept():
            back = {"held_by": place.incident, "held_number": place.number, "incident": None}
            found.kept[place.incident][name].append(step)
            found.rows.append(row.model_copy(update=back))
        case Incident():
            found.homes[place.id] = place
            found.raised[place.id][name].append(step)
            joined = {"incident": place.id, "held_by": None, "held_number": ""}
            found.rows.append(row.model_copy(update=joined))


def leading(signals: Signals) -> list[Step]:
    """The gravest signal: its title is the ticket's."""
    return min(signals.values(), key=lambda steps: _rank(telling.gravest_first(steps)[0]))


def _rank(step: Step) -> tuple[str, str]:
    return step.after.severity or LEAST_GRAVE, step.after.alert.name


def events_of(
    found: Sorted, live: Live, opened: Mapping[str, Target], rules: AlertRules, now: datetime
) -> Iterator[Incoming]:
    """All but those that opened the new incidents."""
    for key, signals in found.new.items():
        told = leading(signals)
        for steps in (s for s in signals.values() if s is not told):
            yield telling.alerted(opened[key], steps, len(steps), now)
    for home, signals in found.raised.items():
        yield from _raised(found.homes[home], signals, live, now)
    for home, signals in found.ended.items():
        yield from _ended(found.homes[home], signals, found.raised.get(home, {}), live, now)
    for home, signals in found.flaps.items():
        yield from _flapping(found.homes[home], signals, rules, now)
    for home, signals in found.kept.items():
        yield from _kept(found.homes[home], signals, now)


def _raised(incident: Incident, signals: Signals, live: Live, now: datetime) -> Iterator[Incoming]:
    for name, steps in signals.items():
        count = live.get((incident.id, name), 0) + len(steps)
        if _is_news(_signal(incident, name), steps, count):
            yield telling.alerted(Target.of(incident), steps, count, now)


def _is_news(known: Signal | None, steps: Sequence[Step], count: int) -> bool:
    """It fires anew, or more gravely, or of twice as many things as was last told: a storm of thousands is
    a dozen events."""
    if known is None or known.cleared_at is not None:
        return True
    gravest = telling.gravest_first(steps)[0].after.severity or LEAST_GRAVE
    return gravest < (known.severity or LEAST_GRAVE) or count >= 2 * known.count


def _ended(
    incident: Incident, signals: Signals, raised: Signals, live: Live, now: datetime
) -> Iterator[Incoming]:
    """A signal is over when nothing fires any more of which it was said."""
    if not hears_of_alerts(incident):
        return
    for name, steps in signals.items():
        before = live.get((incident.id, name), 0)
        if before - len(steps) + len(raised.get(name, ())) <= 0:
            yield telling.cleared(Target.of(incident), _signal(incident, name), steps, now)


def _flapping(
    incident: Incident, signals: Signals, rules: AlertRules, now: datetime
) -> Iterator[Incoming]:
    for name, steps in signals.items():
        known = _signal(incident, name)
        if hears_of_alerts(incident) and not (known is not None and known.flapping is not None):
            yield telling.flapping(Target.of(incident), steps[0], rules, now)


def _kept(incident: Incident, signals: Signals, now: datetime) -> Iterator[Incoming]:
    """Each signal once for each maintenance, however often it comes and goes."""
    known = incident.maintenance
    for name, steps in signals.items():
        if known is not None and not known.holds(name) and hears_of_alerts(incident):
            yield telling.held(Target.of(incident), telling.gravest_first(steps)[0], now)


def _signal(incident: Incident, name: str) -> Signal | None:
    return next((s for s in incident.signals if s.signal == name), None)


def taken_of(steps: Sequence[Step], found: Sorted, opened: Mapping[str, Target]) -> Taken:
    held = Counter(row.held_number for row in found.rows if row.held_by and row.firing)
    began = [s for s in steps if s.turn is Turn.BEGAN]
    return Taken(
        turns=dict(Counter(step.turn.value for step in steps)),
        opened=tuple(target.number or "" for target in opened.values()),
        joined=tuple(sorted(found.homes[home].number for home in found.raised)),
        held=dict(held),
        flapping=sum(step.after.flapping for step in steps),
        unmapped=sum(step.after.service is None for step in began),
    )
