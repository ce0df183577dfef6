"""Has a reader, or a group for its members, muted what a message is about? Until when, and why?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from ..domain.communication import Communication, Reason
from ..domain.directory import Group
from ..domain.wishes import Muting, may_be_muted


class Mutings:
    """Those that last, by whom they concern and what they are about."""

    def __init__(self, lasting: Iterable[Muting], groups: Mapping[str, Group]) -> None:
        self._by: dict[tuple[str, str], Muting] = {}
        for muting in lasting:
            about = muting.keys[1]
            if muting.whose == "person":
                self._by[muting.reader, about] = muting
                continue
            group = groups.get(muting.reader)
            for member in group.members if group else ():
                # A person's own word is the nearer reason.
                self._by.setdefault((member, about), muting)

    def reason(
        self, c: Communication, reader: str, services: Sequence[str], older: datetime | None
    ) -> Reason | None:
        """None for what is not muted. A ticket of several services is muted when all of them are; `older` is a mute of
        the ticket from its own page."""
        if not may_be_muted(c):
            return None
        if (of_ticket := self._by.get((reader, f"incident:{c.incident}"))) is not None:
            return _told(of_ticket)
        if older is not None:
            return Reason(code="muted", values={"promised_at": older.isoformat()})
        found = [self._by.get((reader, f"service:{name}")) for name in services]
        known = [one for one in found if one is not None]
        if not known or len(known) < len(found):
            return None
        return _told(min(known, key=lambda one: one.until))


def _told(muting: Muting) -> Reason:
    values = {"promised_at": muting.until.isoformat()}
    if muting.of == "service":
        values |= {"service": muting.about}
    if muting.whose == "group":
        values |= {"group": muting.reader, "by": muting.by}
        return Reason(code=f"muted_{muting.of}_for_group", values=values)
    return Reason(code="muted_service" if muting.of == "service" else "muted", values=values)
