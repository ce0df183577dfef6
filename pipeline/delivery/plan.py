"""Where is each person or room reached? The first address on a channel that is live, or a reason.

A group with addresses of its own is a room; a room that cannot be reached is not swapped for its
members, who may know other things than the room may.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.domain.communication import Reason
from pipeline.domain.directory import Address, Group, Language, Person
from pipeline.domain.message import Recipient
from pipeline.domain.payload import NO_MAIL
from pipeline.domain.subscription import Subscription

NO_ADDRESS = "no_address"
PAGE = "page"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Each recipient once, in the order they were named, and why the others are not told."""

    recipients: tuple[Recipient, ...]
    unreached: tuple[Reason, ...]


def addresses(
    targets: Iterable[Person | Group],
    members: Mapping[str, Person],
    *,
    channels: tuple[str, ...] = (),
    live: Collection[str],
    pages: Iterable[Recipient] = (),
) -> Plan:
    """Reach every target once, and the public `pages`. `channels` restricts (empty: whatever each prefers), `live` are the
    channels of this installation, `members` the people that the groups name."""
    found = {page.key: page for page in pages if page.channel in live}
    unreached: dict[str, Reason] = {}
    for key, answer in _answers(targets, members, channels, live):
        if isinstance(answer, Recipient):
            found.setdefault(key, answer)
        else:
            unreached.setdefault(key, answer)
    return Plan(recipients=tuple(found.values()), unreached=tuple(unreached.values()))


def reach(
    target: Person | Group, *, channels: tuple[str, ...] = (), live: Collection[str]
) -> Recipient | Reason:
    """One person, or one group as a room, at the first address that may be used."""
    # Whoever has left reads no mail of ours any more, and should not.
    here = not isinstance(target, Person) or target.active
    address = _first(target.addresses, channels, live) if here else None
    if address is None:
        return _no_address(_key(target), channels)
    person = isinstance(target, Person)
    mixed = not isinstance(target, Person) and target.mixed
    return Recipient(
        kind="person" if person else "room",
        id=target.id,
        name=_name(target),
        channel=address.channel,
        address=address.value,
        language="zh" if mixed else target.language,
        zone=target.zone,
        mixed=mixed,
    )


def again(reached: Iterable[Recipient], *, live: Collection[str]) -> Plan:
    """Those who were told before, where they were told; a channel that is gone reaches nobody, and whoever was erased
    has no address any more."""
    known = [r for r in reached if r.address != NO_MAIL]
    lost = [_no_address(r.key, (r.channel,)) for r in known if r.channel not in live]
    return Plan(recipients=tuple(r for r in known if r.channel in live), unreached=tuple(lost))


def with_more(plan: Plan, more: Plan) -> Plan:
    """Both; whoever is in the first is reached as it says."""
    known = {r.key for r in plan.recipients}
    return Plan(
        recipients=(*plan.recipients, *(r for r in more.recipients if r.key not in known)),
        unreached=(*plan.unreached, *more.unreached),
    )


def page_of(language: Language, zone: str) -> Recipient:
    """The public page in one language: what is sent there is published."""
    return Recipient(
        kind="page",
        id=language,
        name=language,
        channel=PAGE,
        address=language,
        language=language,
        zone=zone,
    )


def subscriber(subscription: Subscription) -> Recipient:
    """Where it asks to be told. Nobody's name is known."""
    choice = subscription.choice
    return Recipient(
        kind="subscriber",
        id=subscription.id,
        name="",
        channel=choice.address.channel,
        address=choice.address.value,
        language=choice.language,
        zone=choice.zone,
    )


def still_subscribed(
    reached: Iterable[Recipient], subscribers: Iterable[Recipient]
) -> list[Recipient]:
    """Those who were told before, without subscribers who have ended it since, each where she is now."""
    now = {one.key: one for one in subscribers}
    known = [one for one in reached if one.kind != "subscriber" or one.key in now]
    return [now.get(one.key, one) for one in known]


def _answers(
    targets: Iterable[Person | Group],
    members: Mapping[str, Person],
    channels: tuple[str, ...],
    live: Collection[str],
) -> Iterator[tuple[str, Recipient | Reason]]:
    for target in targets:
        if isinstance(target, Person) or target.addresses:
            yield _key(target), reach(target, channels=channels, live=live)
            continue
        if not target.members:
            yield _key(target), _no_address(_key(target), channels)
        for member in target.members:
            person = members.get(member)
            if person is None:
                yield f"person:{member}", _no_address(f"person:{member}", channels)
            else:
                yield _key(person), reach(person, channels=channels, live=live)


def _first(
    preferred: tuple[Address, ...], channels: tuple[str, ...], live: Collection[str]
) -> Address | None:
    for address in preferred:
        if address.channel in live and (not channels or address.channel in channels):
            return address
    return None


def _key(target: Person | Group) -> str:
    return f"{'person' if isinstance(target, Person) else 'room'}:{target.id}"


def _name(target: Person | Group) -> str:
    if isinstance(target, Person):
        return target.name_in(target.language)
    return target.name.in_language(target.language)


def _no_address(key: str, channels: tuple[str, ...]) -> Reason:
    return Reason(
        code=NO_ADDRESS, values={"recipient": key, "channels": ", ".join(channels) or "any"}
    )
