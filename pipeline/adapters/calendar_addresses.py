"""How is a calendar fetched from an address that somebody typed? As articles are: checked, bounded, and never one that
only we can reach."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from ..domain.rota import LARGEST_CALENDAR
from ..oncall_ports import UnreadCalendar

SECONDS = 20.0


@dataclass(frozen=True, kw_only=True)
class CalendarAddresses:
    """`hosts` may lie inside our own network. What it raises shows no more of an address than its host: the rest is
    often a secret."""

    hosts: Collection[str]
    seconds: float = SECONDS

    def __call__(self, url: str) -> bytes:
        # Loaded when the first one is fetched: most installations have none.
        from knowledge.errors import Refused
        from knowledge.sources.web import fetch_octets

        address = "https" + url[6:] if url.lower().startswith("webcal:") else url
        try:
            return fetch_octets(
                address, hosts=self.hosts, seconds=self.seconds, limit=LARGEST_CALENDAR
            )
        except Refused as refused:
            said = str(refused).replace(address[:100], _shown(address)).replace(address, "")
            raise UnreadCalendar(said) from None


def _shown(address: str) -> str:
    try:
        return urlsplit(address).hostname or "the address"
    except ValueError:
        return "the address"
