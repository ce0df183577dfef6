"""Who gets one text: whoever belongs to its audience, whoever was told before, or both?"""

from __future__ import annotations

from collections.abc import Mapping

from ..delivery.plan import Plan, addresses, again, page_of, still_subscribed, with_more
from ..domain.classified import is_secret
from ..domain.communication import Form, Kind, Reason
from ..domain.message import Recipient
from ..domain.portal_parts import TO_SUBSCRIBERS, Part
from ..ports import Channel
from .gather import Subject
from .portal.attaching import AFFECTED
from .service_desk import Desk


def recipients_of(subject: Subject, channels: Mapping[str, Channel], desk: Desk) -> Plan:
    """Whoever belongs to the audience now; the end of a failure is for those who were told of it, and that it is
    back for both. A subscriber hears what the page says from when she subscribed."""
    c = subject.communication
    secret = is_secret(subject.incident, subject.lookup.services)
    # Whoever reported something may not know of a security incident by that; if she was told before it was known as
    # one, she hears its end (`affected_by`).
    attached = () if secret and not c.goes_to_the_told else subject.attached
    live = _live(channels, secret=secret)
    subscribers = [s for s in subject.subscribers if _may_hear(s, subject, desk)]
    belonging = addresses(
        (*subject.targets, *attached),
        subject.members,
        channels=c.channels,
        live=live,
        pages=[*(page_of(p, desk.zone) for p in subject.pages), *subscribers],
    )
    if not c.goes_to_the_told:
        return belonging
    # A page that was switched off since misses nothing.
    reached = [r for r in subject.reached if r.kind != "page" or r.channel in live]
    told = again(still_subscribed(reached, subscribers), live=live)
    if c.kind is Kind.CORRECTION:
        return told
    if c.kind is Kind.RELAPSE:
        # Where nobody heard of the failure, its first contact tells of it.
        return with_more(told, belonging) if told.recipients else told
    # Whose ticket was attached to it was answered with it, and waits for its end; whoever subscribed meanwhile had read
    # of it on the page.
    came = subscribers if told.recipients else []
    waiting = addresses(attached, {}, channels=c.channels, live=live, pages=came)
    return with_more(told, waiting)


def users_missing(subject: Subject) -> tuple[Reason, ...]:
    """Those who reported a failure are told of it. That the register names nobody else is for somebody to mend."""
    c = subject.communication
    alone = c.kind is Kind.FIRST_CONTACT and c.audience == AFFECTED and not subject.targets
    return (Reason(code="only_reporters_told"),) if alone else ()


def _may_hear(subscriber: Recipient, subject: Subject, desk: Desk) -> bool:
    """Where readers sign in no mail goes to an address that nobody of the directory has."""
    part = TO_SUBSCRIBERS.get(subscriber.channel)
    inside = part is not Part.SUBSCRIPTIONS or subscriber.id in subject.on_record
    return part in desk.parts and (inside or not desk.readers_sign_in)


def _live(channels: Mapping[str, Channel], *, secret: bool) -> frozenset[str]:
    """No text message about a security incident: it passes through many hands, and shows on a locked screen
    (N12)."""
    return frozenset(
        name for name, channel in channels.items() if not secret or channel.form is not Form.SHORT
    )
