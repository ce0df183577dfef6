"""Who may come in? The seam for tokens, sign-in links and sessions: only hashes of secrets are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

_BY_PROGRAM = "token:"
COMMAND_LINE = "command line"
"""The name of the token by which the commands of this installation act."""


@dataclass(frozen=True, kw_only=True)
class Token:
    """An API token: only the SHA-256 of its secret is kept. `sources` it may speak for."""

    id: str
    name: str
    secret_hash: str
    scopes: frozenset[str]
    sources: frozenset[str]
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None

    @property
    def key(self) -> str:
        """What is kept of whoever acted by it, where a person's id stands otherwise."""
        return _BY_PROGRAM + self.name


def token_named(key: str) -> str | None:
    """The name of the token that acted; None where it was a person."""
    return key.removeprefix(_BY_PROGRAM) if key.startswith(_BY_PROGRAM) else None


@dataclass(frozen=True, kw_only=True)
class Session:
    """A signed-in browser. `csrf` must come back with every change."""

    secret_hash: str
    person: str
    csrf: str
    expires_at: datetime


class Access(Protocol):
    """Tokens, sign-in links and sessions; each call is one short transaction."""

    def add_token(self, token: Token) -> None: ...

    def token(self, secret_hash: str) -> Token | None: ...

    def tokens(self) -> list[Token]: ...

    def revoke_token(self, token_id: str, at: datetime) -> bool: ...

    def add_sign_in(self, secret_hash: str, person: str, expires_at: datetime) -> None: ...

    def take_sign_in(self, secret_hash: str, now: datetime) -> str | None:
        """The person, once; None when unknown, used or expired."""

    def add_session(self, session: Session) -> None: ...

    def session(self, secret_hash: str, now: datetime) -> Session | None: ...

    def drop_session(self, secret_hash: str) -> None: ...

    def drop_sessions_of(self, person: str) -> None:
        """All of one person's, of the console and of the portal."""
