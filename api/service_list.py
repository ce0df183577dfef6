"""Which services match what somebody looks for? By name, alias and id, in any case."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.bootstrap import Heliograph
from pipeline.composing import SEND
from pipeline.domain.directory import Service
from pipeline.flow.register.editing import Kept


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """`after` is the id at which the page before ended."""

    q: str = ""
    critical: bool = False
    after: str | None = None
    limit: int = 100


def listed(app: Heliograph, wanted: Wanted) -> tuple[list[Kept], str | None]:
    """A page of them with their versions, and where the next one begins."""
    with app.store.read() as tx:
        matching = [s for s in tx.register().values() if _matches(s, wanted)]
        shown = matching[: wanted.limit]
        versions = tx.service_versions([s.id for s in shown])
    kept = [Kept(service=s, version=versions.get(s.id, 0)) for s in shown]
    return kept, shown[-1].id if len(matching) > len(shown) else None


def _matches(service: Service, wanted: Wanted) -> bool:
    if service.deleted or (wanted.critical and not service.critical):
        return False
    if wanted.after is not None and service.id <= wanted.after:
        return False
    said = wanted.q.strip().casefold()
    names = (service.id, service.name.zh, service.name.en, *service.aliases)
    return not said or any(said in name.casefold() for name in names)


def live_channels(app: Heliograph) -> frozenset[str]:
    """Those over which this installation sends."""
    sending = (step.name for step in app.steps if step.name.startswith(SEND))
    return frozenset(name.removeprefix(SEND) for name in sending)
