"""What is set of the portal? Which of its parts there are, and who may read it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings

from .domain.portal_parts import Part


class PortalSettings(BaseSettings):
    """The part of the settings that is about the portal. A part that is off answers as an unknown address
    does, and nothing leads to it."""

    status_page: bool = Field(
        default=True,
        description="Whether there is a status page, with a page of each major incident and each plan.",
    )
    banner: bool | None = Field(
        default=None,
        description="Whether other sites may show what is open: `/banner`, `/banner.js`, `/banner.json`. "
        "Default: as `status_page`.",
    )
    feeds: bool | None = Field(
        default=None,
        description="Whether there are `/status.atom`, `.rss`, `.ics` and `.json`. Default: as `status_page`.",
    )
    subscriptions: bool | None = Field(
        default=None,
        description="Whether people may ask to be told by mail what the public is told. "
        "Default: as `status_page`.",
    )
    subscriber_webhooks: bool | None = Field(
        default=None,
        description="Whether webhooks that administrators entered are told it, too. "
        "Default: as `subscriptions`.",
    )
    portal_readers: Literal["public", "signed-in"] = Field(
        default="public",
        description="Who may read status page, feeds and `/banner.json`: everybody, or people of the directory "
        "who signed in, to the console or by a link to their mail address. Then feed readers need an address "
        "of one's own (`/status/you`), `/banner` and `/banner.js` are off, and mails of subscriptions go to "
        "addresses of the directory alone.",
    )
    ticket_page: bool = Field(
        default=True,
        description="Whether requesters have a page of their ticket, to which their messages lead.",
    )

    @property
    def readers_sign_in(self) -> bool:
        return self.portal_readers == "signed-in"

    @property
    def parts(self) -> frozenset[Part]:
        """Those that are on."""
        page = self.status_page
        mails = page if self.subscriptions is None else self.subscriptions
        said = {
            Part.STATUS_PAGE: page,
            Part.BANNER: page if self.banner is None else self.banner,
            Part.FEEDS: page if self.feeds is None else self.feeds,
            Part.SUBSCRIPTIONS: mails,
            Part.WEBHOOKS: mails if self.subscriber_webhooks is None else self.subscriber_webhooks,
            Part.TICKET_PAGE: self.ticket_page,
        }
        return frozenset(part for part, is_on in said.items() if is_on)
