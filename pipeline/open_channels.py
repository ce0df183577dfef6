"""Which channels are there, as the settings say? A part of the composition root, as `article_search` is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .domain.portal_parts import PUBLISHING
from .ports import Channel, Clock
from .settings import Settings

if TYPE_CHECKING:
    from .adapters.channels.mail_format import Letterhead


def channels_of(settings: Settings, clock: Clock) -> dict[str, Channel]:
    """Mail goes to the relay, or into files when none is set; webhooks need a secret."""
    from .adapters.channels.mail_format import Letterhead
    from .adapters.channels.page import PageChannel

    letterhead = Letterhead(
        sender=settings.mail_from,
        sender_name=settings.desk_name,
        reply_to=settings.mail_reply_to,
    )
    channels: dict[str, Channel] = {"mail": _mail(settings, letterhead)}
    if settings.parts & PUBLISHING:
        channels["page"] = PageChannel()
    secret = settings.webhook_secret.get_secret_value()
    if secret:
        from .adapters.channels.webhook import WebhookChannel

        channels["webhook"] = WebhookChannel(
            secret,
            hosts=settings.webhook_hosts,
            clock=clock,
            max_connections=settings.senders,
        )
    return channels


def _mail(settings: Settings, letterhead: Letterhead) -> Channel:
    url = settings.smtp_url.get_secret_value()
    if not url:
        from .adapters.channels.file import FileChannel

        return FileChannel(settings.outbox, letterhead)
    from .adapters.channels.smtp import SmtpChannel

    return SmtpChannel(url, letterhead, pool=settings.senders)
