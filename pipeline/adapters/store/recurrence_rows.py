"""What is due, links and chains: rows inside a unit of work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, func, or_, select, text, update

from ...domain.recurring import Chain, Member
from ...domain.times import from_text, to_text
from . import recurrence_tables as tables
from .signature_rows import SignatureRows

D, S, L, C = tables.judging, tables.signatures, tables.links, tables.chains
_DUE = (
    select(D.c.incident_id, D.c.tries)
    .where(text(tables.DUE_JUDGING), D.c.due_at <= bindparam("now"))
    .order_by(D.c.due_at, D.c.incident_id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_EARLIEST = select(
    select(D.c.due_at)
    .where(text(tables.DUE_JUDGING))
    .order_by(D.c.due_at)
    .limit(1)
    .scalar_subquery()
)


class RecurrenceRows(SignatureRows):
    """What `recurrence_ports.RecurrenceWork` promises."""

    def await_judging(self, incident_id: str, at: datetime) -> None:
        row = {"incident_id": incident_id, "state": "due", "due_at": to_text(at), "tries": 0}
        self._upsert(D, ["incident_id"], [row])

    def claim_judging(self, now: datetime, lease: timedelta, limit: int) -> list[tuple[str, int]]:
        rows = self._all(_DUE, {"now": to_text(now), "most": limit})
        if rows:
            claimed = update(D).where(D.c.incident_id == bindparam("of"))
            leased = claimed.values(due_at=to_text(now + lease), tries=D.c.tries + 1)
            self._connection.execute(leased, [{"of": row["incident_id"]} for row in rows])
        return [(row["incident_id"], row["tries"] + 1) for row in rows]

    def settle_judging(self, incident_id: str, tries: int) -> bool:
        # A try is counted with each claim, which makes it the mark of whose lease this is.
        mine = D.c.incident_id == incident_id, text(tables.DUE_JUDGING), D.c.tries == tries
        settled = update(D).where(*mine).values(state="done")
        return self._connection.execute(settled).rowcount == 1

    def chain_of(self, incident_ids: Collection[str]) -> dict[str, str]:
        named = select(S.c.incident_id, S.c.chain).where(S.c.incident_id.in_(list(incident_ids)))
        return {row["incident_id"]: row["chain"] for row in self._all(named)}

    def chain_sizes(self, chains: Collection[str]) -> dict[str, int]:
        counted = select(S.c.chain, func.count().label("n")).where(S.c.chain.in_(list(chains)))
        return {row["chain"]: row["n"] for row in self._all(counted.group_by(S.c.chain))}

    def members(self, chains: Collection[str]) -> dict[str, list[Member]]:
        found: defaultdict[str, list[Member]] = defaultdict(list)
        of = select(S.c.chain, S.c.incident_id, S.c.at).where(S.c.chain.in_(list(chains)))
        for row in self._all(of.order_by(S.c.at, S.c.incident_id)):
            member = Member(incident=row["incident_id"], at=from_text(row["at"]))
            found[row["chain"]].append(member)
        return dict(found)

    def add_links(self, links: Mapping[tuple[str, str], float]) -> None:
        rows = [{"later": a, "earlier": b, "odds": odds} for (a, b), odds in links.items()]
        self._upsert(L, ["later", "earlier"], rows)

    def links_among(self, incident_ids: Collection[str]) -> dict[frozenset[str], float]:
        ids = list(incident_ids)
        among = select(L).where(L.c.later.in_(ids), L.c.earlier.in_(ids))
        return {frozenset((r["later"], r["earlier"])): r["odds"] for r in self._all(among)}

    def hold_chains(self) -> None:
        self._alone()

    def move_members(self, chain: str, *, into: str) -> None:
        self._connection.execute(update(S).where(S.c.chain == chain).values(chain=into))

    def chain(self, chain_id: str) -> Chain | None:
        return self.chains_named([chain_id]).get(chain_id)

    def chains_named(self, chain_ids: Collection[str]) -> dict[str, Chain]:
        named = select(C.c.body).where(C.c.id.in_(list(chain_ids)))
        found = (Chain.model_validate_json(row["body"]) for row in self._all(named))
        return {chain.id: chain for chain in found}

    def chains(self, limit: int = 200, after: Chain | None = None) -> list[Chain]:
        latest = select(C.c.body).order_by(C.c.proposed_at.desc(), C.c.id).limit(limit)
        if after is not None:
            at = to_text(after.proposed_at)
            same = and_(C.c.proposed_at == at, C.c.id > after.id)
            latest = latest.where(or_(C.c.proposed_at < at, same))
        return [Chain.model_validate_json(row["body"]) for row in self._all(latest)]

    def add_chain(self, chain: Chain) -> bool:
        if self.chain(chain.id) is not None:
            return False
        self._insert_new(C, [_row(chain)])
        return True

    def move_chain(self, was: Chain, now: Chain) -> bool:
        kept = self._first(select(C.c.body).where(C.c.id == was.id))
        if kept is None or Chain.model_validate_json(kept["body"]) != was:
            return False
        # What an earlier release wrote is another text of the same chain.
        same = C.c.id == was.id, C.c.body == kept["body"]
        values = {"state": now.state.value, "body": now.model_dump_json()}
        return self._connection.execute(update(C).where(*same).values(values)).rowcount == 1

    def forget_signature(self, incident_id: str, at: datetime) -> None:
        # Signed or not: somebody may be comparing words that have to go. Its due row comes first, as it does
        # there, so that neither waits for the other.
        self.await_judging(incident_id, at)
        self.take_back(incident_id)

    def _end_judging_leases(self, now: datetime) -> None:
        leased = text(tables.DUE_JUDGING), D.c.tries > 0, D.c.due_at > to_text(now)
        self._connection.execute(update(D).where(*leased).values(due_at=to_text(now)))

    def _next_judging(self) -> str | None:
        return self._earliest(_EARLIEST)


def _row(chain: Chain) -> dict[str, str]:
    return {
        "id": chain.id,
        "state": chain.state.value,
        "proposed_at": to_text(chain.proposed_at),
        "body": chain.model_dump_json(),
    }
