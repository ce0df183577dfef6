"""May this request do that? A token has scopes and sources; a session has what its role brings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from fastapi import Request

from pipeline.access import Token
from pipeline.domain.directory import Person, Role
from pipeline.domain.errors import BadSignature, NotAllowed

from ..refusals import NotSignedIn
from .secret_values import hashed
from .visitors import check_csrf, find_visitor, heliograph_of

Scope = Literal["events:write", "read", "act", "admin"]
SCOPES: dict[Scope, str] = {
    "events:write": "send events, for the sources that the token names",
    "read": "read tickets, communications, messages and the articles for staff",
    "act": "release, discard, send again, reopen, say whether an article helped, add conversations and read them, write summaries",
    "admin": "directory, sources, tokens, rules, templates, and every article",
}
_OF_ROLE: dict[Role, frozenset[Scope]] = {
    Role.VIEWER: frozenset({"read"}),
    Role.TECHNICIAN: frozenset({"read", "act"}),
    Role.INCIDENT_MANAGER: frozenset({"read", "act"}),
    Role.ADMINISTRATOR: frozenset({"read", "act", "admin"}),
}
ANY_SOURCE = "*"


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Who asks: `name` is kept with what they change. `person` is nobody when a program asks; `scope` is the
    one by which the door was opened."""

    name: str
    scopes: frozenset[str]
    sources: frozenset[str] = frozenset()
    person: Person | None = None
    scope: Scope | None = None

    def reaches(self, source: str) -> bool:
        """Whether tickets of this source are there for what it does. A token that names sources acts on theirs
        alone; one that names none, like a person, acts on all, and reading is bound to no source."""
        return self.scope != "act" or self._names(source)

    def acts_on(self, source: str) -> bool:
        """Whether it may act on tickets of this source, whichever door it came through: what is shown to
        those who work on a ticket is shown to nobody who works on others."""
        return "act" in self.scopes and self._names(source)

    def _names(self, source: str) -> bool:
        return not self.sources or ANY_SOURCE in self.sources or source in self.sources

    def check_sources(self, sources: Iterable[tuple[str, str]]) -> None:
        """`sources` are (field, source). Raises NotAllowed for one that the token may not speak for."""
        if ANY_SOURCE in self.sources:
            return
        for field, source in sources:
            if source not in self.sources:
                raise NotAllowed(f"this token may not speak for the source {source}", field=field)


def allowed(scope: Scope) -> Callable[[Request], Caller]:
    """A dependency: the caller, or a refusal that says what is missing."""

    def check(request: Request) -> Caller:
        caller = _caller(request)
        if scope not in caller.scopes:
            raise NotAllowed(f"this needs the scope {scope}, which {caller.name} does not have")
        return replace(caller, scope=scope)

    return check


def _caller(request: Request) -> Caller:
    given = request.headers.get("authorization", "")
    if given:
        return _by_token(request, given)
    visitor = find_visitor(request)
    if visitor is None:
        raise NotSignedIn("send `Authorization: Bearer hg_…`, or sign in")
    if request.method not in ("GET", "HEAD"):
        check_csrf(request, {}, visitor)
    return Caller(name=visitor.person.id, scopes=_OF_ROLE[visitor.role], person=visitor.person)


def _by_token(request: Request, given: str) -> Caller:
    kind, _, secret = given.partition(" ")
    app = heliograph_of(request)
    token = app.access.token(hashed(secret.strip())) if kind.lower() == "bearer" else None
    if token is None:
        raise BadSignature("this token was not issued here")
    _check_age(token, request)
    return Caller(name=token.key, scopes=token.scopes, sources=token.sources)


def _check_age(token: Token, request: Request) -> None:
    if token.revoked_at is not None:
        raise BadSignature("this token was revoked")
    if token.expires_at is not None and token.expires_at <= heliograph_of(request).clock.now():
        raise BadSignature("this token has expired")
