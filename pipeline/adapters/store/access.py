"""Tokens, sign-in links and sessions. Only hashes of secrets are kept."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from ...access import Session, Token
from ...domain.times import from_text, to_text
from . import tables
from .rows import Found, moment

if TYPE_CHECKING:
    from .sqlstore import SqlStore

T = tables.tokens
L = tables.sign_ins
S = tables.sessions


class SqlAccess:
    """What `ports.Access` promises."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store

    def add_token(self, token: Token) -> None:
        row = {
            "id": token.id,
            "name": token.name,
            "secret_hash": token.secret_hash,
            "scopes": json.dumps(sorted(token.scopes)),
            "sources": json.dumps(sorted(token.sources)),
            "created_at": to_text(token.created_at),
            "expires_at": moment(token.expires_at),
            "revoked_at": moment(token.revoked_at),
        }
        self._change(insert(T).values(row))

    def token(self, secret_hash: str) -> Token | None:
        rows = self._read(select(T).where(T.c.secret_hash == secret_hash))
        return _token(rows[0]) if rows else None

    def tokens(self) -> list[Token]:
        return [_token(row) for row in self._read(select(T).order_by(T.c.created_at))]

    def revoke_token(self, token_id: str, at: datetime) -> bool:
        known = T.c.id == token_id, T.c.revoked_at.is_(None)
        return self._change(update(T).where(*known).values(revoked_at=to_text(at))) == 1

    def add_sign_in(self, secret_hash: str, person: str, expires_at: datetime) -> None:
        row = {
            "secret_hash": secret_hash,
            "person": person,
            "expires_at": to_text(expires_at),
            "used": False,
        }
        self._change(insert(L).values(row))

    def take_sign_in(self, secret_hash: str, now: datetime) -> str | None:
        """The update decides who was first: of two at once, one finds nothing left to change."""
        usable = (
            L.c.secret_hash == secret_hash,
            L.c.used.is_(False),
            L.c.expires_at > to_text(now),
        )
        if self._change(update(L).where(*usable).values(used=True)) != 1:
            return None
        person: str = self._read(select(L.c.person).where(L.c.secret_hash == secret_hash))[0][
            "person"
        ]
        return person

    def add_session(self, session: Session) -> None:
        row = {
            "secret_hash": session.secret_hash,
            "person": session.person,
            "csrf": session.csrf,
            "expires_at": to_text(session.expires_at),
        }
        self._change(insert(S).values(row))

    def session(self, secret_hash: str, now: datetime) -> Session | None:
        live = S.c.secret_hash == secret_hash, S.c.expires_at > to_text(now)
        rows = self._read(select(S).where(*live))
        if not rows:
            return None
        return Session(**{**rows[0], "expires_at": from_text(rows[0]["expires_at"])})

    def drop_session(self, secret_hash: str) -> None:
        self._change(delete(S).where(S.c.secret_hash == secret_hash))

    def drop_sessions_of(self, person: str) -> None:
        self._change(delete(S).where(S.c.person == person))

    def _read(self, statement: Any) -> list[dict[str, Any]]:
        with self._store.reading() as connection:
            return [dict(row) for row in connection.execute(statement).mappings()]

    def _change(self, statement: Any) -> int:
        with self._store.writing() as connection:
            return int(connection.execute(statement).rowcount)


def _token(row: Found) -> Token:
    def at(name: str) -> datetime | None:
        return from_text(row[name]) if row[name] else None

    return Token(
        id=row["id"],
        name=row["name"],
        secret_hash=row["secret_hash"],
        scopes=frozenset(json.loads(row["scopes"])),
        sources=frozenset(json.loads(row["sources"])),
        created_at=from_text(row["created_at"]),
        expires_at=at("expires_at"),
        revoked_at=at("revoked_at"),
    )
