"""Where does a reader go on? Every link in a message is made here, on our own address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from ..domain.incident import Incident
from ..ports import Signer

TICKET = "ticket"
REQUESTER = "requester"


@dataclass(frozen=True, kw_only=True)
class Links:
    """`days` is how long a signed link works; `base_url` has no slash at its end."""

    base_url: str
    signer: Signer
    days: int

    def ticket(self, incident: Incident, person: str, now: datetime) -> str:
        """The requester's page of her ticket: signed for her alone, so that nobody guesses it."""
        payload = {"incident": incident.id, "person": person}
        expires_at = now + timedelta(days=self.days)
        return f"{self.base_url}/t/{self.signer.sign(TICKET, payload, expires_at)}"

    def console(self, incident: Incident) -> str:
        """The page for those who work on it; it asks for a sign-in. By id: two sources may use the
        same number."""
        return f"{self.base_url}/incidents/{quote(incident.id, safe='')}"

    def status(self, incident: Incident) -> str:
        """The public page of a major incident."""
        return f"{self.base_url}/s/{quote(incident.number, safe='')}"

    def for_reader(
        self, incident: Incident, audience: str, reader: str, now: datetime
    ) -> dict[str, str]:
        """The link slots of one reader. The ticket's own page is for its requester alone: whoever
        else got that link could read and reopen in her name."""
        console = {"console_url": self.console(incident), "status_url": self.status(incident)}
        if audience != REQUESTER:
            return console
        ticket = self.ticket(incident, reader, now)
        return {**console, "ticket_url": ticket, "reopen_url": f"{ticket}?again=1"}
