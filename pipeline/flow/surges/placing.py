"""Which services do tickets name that say none in a field? Those whose name, or another word for them, stands in the title."""

from __future__ import annotations

from collections.abc import Sequence

from ...domain.directory import Service
from ...domain.sighting import Sighting
from ...policy.attaching import stands_in, words_for
from ...ports import Transaction


def placed(tx: Transaction, due: Sequence[Sighting]) -> list[Sighting]:
    """Each with its service; one whose title names several stands once for each, one that names none not at all."""
    unnamed = [one for one in due if one.service is None]
    found = [one for one in due if one.service is not None]
    if not unnamed:
        return found
    titles = {i.id: i.title.value for i in tx.incidents([s.ticket for s in unnamed]).values()}
    services = {s.id: words_for(s) for s in _named_in_any(tx, list(titles.values()))}
    for one in unnamed:
        title = titles.get(one.ticket, "").casefold()
        found += [
            one.model_copy(update={"service": service, "basis": "title"})
            for service, names in services.items()
            if stands_in(title, names)
        ]
    return found


def _named_in_any(tx: Transaction, titles: Sequence[str]) -> list[Service]:
    """Read whole are only those of which a name stands in a title at all."""
    said = "\n".join(titles).casefold()
    likely = [
        service
        for service, names in tx.service_names().items()
        if any(name.strip().casefold() in said for name in names)
    ]
    return [service for service in tx.services(sorted(likely)).values() if not service.deleted]
