"""Does a new ticket belong to a major incident that is open? By one simple rule, so that anybody can see why.

Its service is that of the failure. A ticket that names no service belongs to it when one of the service's
names, or of the other words for it, stands in its title. None belongs to a security incident by itself: its
requester would be told that there is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ..domain.classified import is_secret
from ..domain.directory import Service
from ..domain.incident import Incident
from ..domain.portal_events import Basis

SHORTEST = 2
"""Characters of a name that is looked for; one alone stands in any title."""


def belongs_to(
    ticket: Incident, majors: Iterable[Incident], services: Mapping[str, Service]
) -> tuple[Incident, Basis] | None:
    """The first of `majors` that it matches, and by what."""
    if ticket.major is not None:
        return None
    for major in majors:
        service = major.service.value if major.service else None
        if (
            service is None
            or major.id in (ticket.id, *ticket.kept_from)
            or major.major is None
            or not major.major.is_told
            or is_secret(major, services)
        ):
            continue
        if ticket.service is not None:
            if ticket.service.value == service:
                return major, "service"
        elif service in services and names_in(ticket.title.value, services[service]):
            return major, "title"
    return None


def names_in(title: str, service: Service) -> bool:
    """Whether a name of the service stands in the title; a Latin one as a word of its own."""
    return stands_in(title.casefold(), words_for(service))


def words_for(service: Service) -> set[str]:
    """The names by which it is looked for, as they are compared."""
    names = (service.name.zh, service.name.en, *service.aliases)
    return {name.strip().casefold() for name in names}


def stands_in(title: str, names: Iterable[str]) -> bool:
    """Whether one of `names` (`words_for`) stands in a title that is folded as they are."""
    return any(_stands(name, title) for name in names)


def _stands(words: str, title: str) -> bool:
    # Many names are looked for in many titles: most do not stand there at all.
    if len(words) < SHORTEST or words not in title:
        return False
    # Between a Latin letter and a Chinese one there is an end of a word, and no blank.
    before = r"(?<![a-z0-9])" if words[0].isascii() else ""
    after = r"(?![a-z0-9])" if words[-1].isascii() else ""
    return re.search(f"{before}{re.escape(words)}{after}", title) is not None
