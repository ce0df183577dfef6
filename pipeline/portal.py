"""What stands behind the portal at the door? Put together here, beside the one place that names adapters."""

from __future__ import annotations

from dataclasses import dataclass

from .adapters.jobs.embedded import Worker
from .domain.portal_parts import Part
from .flow.portal.asking_back import QUEUE, AskingBack
from .flow.portal.handing_over import Sender
from .flow.portal.letting_in import LettingIn
from .flow.portal.publishing import Publishing
from .flow.portal.sending_links import QUEUE as READER_LINKS
from .flow.portal.sending_links import SendingLinks
from .flow.portal.subscribing import Subscribing, Terms
from .ground import Ground
from .portal_ports import PortalQueries


@dataclass(frozen=True, kw_only=True)
class Portal:
    """What the door needs for what everybody may see, for subscriptions and for attached tickets."""

    publishing: Publishing
    subscribing: Subscribing
    letting_in: LettingIn
    queries: PortalQueries


def open_portal(ground: Ground) -> Portal:
    settings, store = ground.settings, ground.store
    terms = Terms(
        open=Part.SUBSCRIPTIONS in settings.parts,
        webhooks=Part.WEBHOOKS in settings.parts,
        zone=settings.zone,
        hosts=settings.webhook_hosts,
    )
    return Portal(
        publishing=Publishing(store.queries, store.portal, store.alerts, ground.clock),
        subscribing=Subscribing(
            store=store,
            clock=ground.clock,
            ids=ground.ids,
            signer=ground.signer,
            terms=terms,
            wake=ground.ringer(QUEUE),
        ),
        letting_in=LettingIn(
            store=store,
            clock=ground.clock,
            ids=ground.ids,
            signer=ground.signer,
            wake=ground.ringer(READER_LINKS),
        ),
        queries=store.portal,
    )


def asking_back(ground: Ground) -> Worker:
    """Who sends the mails that ask whether an address is meant."""
    settings = ground.settings
    asking = AskingBack(
        store=ground.store,
        clock=ground.clock,
        library=ground.library,
        links=ground.links,
        channels=ground.channels,
        sender=Sender(desk_name=settings.desk_name, desk_phone=settings.desk_phone),
        open=Part.SUBSCRIPTIONS in settings.parts,
    )
    return ground.worker(QUEUE, QUEUE, asking.turn)


def sending_links(ground: Ground) -> Worker:
    """Who sends the mails that let readers in."""
    settings = ground.settings
    sending = SendingLinks(
        store=ground.store,
        clock=ground.clock,
        library=ground.library,
        links=ground.links,
        channels=ground.channels,
        sender=Sender(desk_name=settings.desk_name, desk_phone=settings.desk_phone),
        open=settings.readers_sign_in,
    )
    return ground.worker(READER_LINKS, READER_LINKS, sending.turn)
