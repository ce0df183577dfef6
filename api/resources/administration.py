"""Directory, sources, tokens, sign-in links, rules and templates."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import AfterValidator, BaseModel, Field

from pipeline.access import Token
from pipeline.domain.directory import Directory, Key, one_line
from pipeline.domain.errors import Malformed, Misconfigured, UnknownThing
from pipeline.domain.incident import Owner
from pipeline.domain.times import Instant
from pipeline.ports import Source

from ..auth.callers import SCOPES, Caller, Scope, allowed
from ..auth.secret_values import TOKEN_PREFIX, hashed, new_secret
from ..auth.sign_in import make_link
from ..auth.visitors import heliograph_of
from ..documentation import ACTING, PROBLEMS, READING
from ..json_routes import Body, JsonRoute
from ..refusals import PackRefused

router = APIRouter(tags=["administration"], route_class=JsonRoute)
Administrator = Annotated[Caller, Depends(allowed("admin"))]
Reader = Annotated[Caller, Depends(allowed("read"))]


class SourceShape(Body):
    """Where events come from. `desk` means that the source owns its tickets."""

    name: Key
    owner: Owner = "heliograph"
    thread_token: Annotated[str, AfterValidator(one_line)] = Field(
        default="", max_length=100, description="What the desk wants in subjects, with {number}."
    )


class TokenRequest(Body):
    name: Key
    scopes: list[Scope] = Field(
        min_length=1, description="; ".join(f"{s}: {w}" for s, w in SCOPES.items())
    )
    sources: list[Key] = Field(
        default=[],
        description="Sources it may speak for, and on whose tickets it may act; `*` is any. Without one it acts on all tickets, and sends nothing.",
    )
    days: int | None = Field(
        default=None, ge=1, le=3650, strict=True, description="How long it works."
    )


class TokenShape(BaseModel):
    id: str
    name: str
    scopes: list[str]
    sources: list[str]
    created_at: Instant
    expires_at: Instant | None
    revoked_at: Instant | None


class NewToken(TokenShape):
    secret: str = Field(description="Shown this once; only its hash is kept.")


class SignInRequest(Body):
    person: Key


class RuleShape(BaseModel):
    id: str
    where: str
    events: list[str]
    audience: str
    kind: str
    channels: list[str]
    after_seconds: float
    release: str
    when: str | None
    unless: list[str]
    reason: dict[str, str]


@router.get("/directory", summary="Who is who", response_model=Directory, responses=READING)
def show_directory(request: Request, _: Administrator) -> Directory:
    """People, groups, services, sites, customers."""
    return heliograph_of(request).queries.directory()


@router.put("/directory", summary="Insert or replace entries", responses=ACTING)
def put_directory(request: Request, caller: Administrator, body: Directory) -> dict[str, int]:
    """Entries that are not named stay as they are. A document is taken whole, or refused whole."""
    heliograph_of(request).acts.load_directory(body, by=caller.name)
    return {name: len(getattr(body, name)) for name in Directory.model_fields}


@router.get("/sources", summary="Where events come from", responses=READING)
def list_sources(request: Request, _: Administrator) -> list[SourceShape]:
    """A source that is not listed is taken as one whose tickets are ours."""
    with heliograph_of(request).store.read() as tx:
        found = tx.sources()
    return [SourceShape(name=s.name, owner=s.owner, thread_token=s.thread_token) for s in found]


@router.put("/sources", summary="Insert or replace sources", responses=ACTING)
def put_sources(request: Request, _: Administrator, body: list[SourceShape]) -> dict[str, int]:
    """Sources that are not named stay as they are."""
    heliograph_of(request).acts.save_sources([Source(**s.model_dump()) for s in body])
    return {"sources": len(body)}


@router.get("/tokens", summary="Tokens, without their secrets", responses=READING)
def list_tokens(request: Request, _: Administrator) -> list[TokenShape]:
    """Oldest first."""
    return [_token(t) for t in heliograph_of(request).access.tokens()]


@router.post("/tokens", summary="Make a token", status_code=201, responses=ACTING)
def create_token(request: Request, _: Administrator, body: TokenRequest) -> NewToken:
    """A token that sends events must name the sources that it speaks for."""
    if "events:write" in body.scopes and not body.sources:
        raise Malformed("a token that sends events needs at least one source", field="sources")
    app = heliograph_of(request)
    now, secret = app.clock.now(), new_secret(TOKEN_PREFIX)
    token = Token(
        id=app.ids.new("tok"),
        name=body.name,
        secret_hash=hashed(secret),
        scopes=frozenset(body.scopes),
        sources=frozenset(body.sources),
        created_at=now,
        expires_at=now + timedelta(days=body.days) if body.days else None,
    )
    app.access.add_token(token)
    return NewToken(**_token(token).model_dump(), secret=secret)


@router.delete("/tokens/{token_id}", summary="Revoke a token", responses=ACTING)
def revoke_token(request: Request, _: Administrator, token_id: str) -> dict[str, bool]:
    """It stops working with the next request."""
    app = heliograph_of(request)
    if not app.access.revoke_token(token_id, app.clock.now()):
        raise UnknownThing(f"no token {token_id[:100]} that is in force")
    return {"revoked": True}


@router.post("/sign-ins", summary="Make a sign-in link", status_code=201, responses=ACTING)
def create_sign_in(request: Request, _: Administrator, body: SignInRequest) -> dict[str, str]:
    """It works once, for fifteen minutes. Hand it to that person alone."""
    return {"url": make_link(heliograph_of(request), body.person)}


@router.get("/rules", summary="The rules in force", responses=READING)
def list_rules(request: Request, _: Reader) -> list[RuleShape]:
    """In the order in which they are asked."""
    return [
        RuleShape(
            id=r.id,
            where=r.where,
            events=list(r.events),
            audience=r.audience,
            kind=r.kind.value,
            channels=list(r.channels),
            after_seconds=r.after.total_seconds(),
            release=r.release,
            when=r.when.text if r.when else None,
            unless=[e.condition.text for e in r.unless],
            reason={"zh": r.reason.zh or "", "en": r.reason.en or ""},
        )
        for r in heliograph_of(request).library.rules.rules
    ]


@router.post(
    "/reload",
    summary="Activate rules and templates again",
    responses={**ACTING, 422: PROBLEMS[422]},
)
def reload(request: Request, _: Administrator) -> dict[str, Any]:
    """Reads the files anew. When one is wrong all are refused, and the last good ones stay."""
    app = heliograph_of(request)
    try:
        app.library.reload()
    except Misconfigured as wrong:
        raise PackRefused(str(wrong), wrong.problems) from wrong
    return {"rules": len(app.library.rules.rules), "texts": len(app.library.templates.population)}


def _token(t: Token) -> TokenShape:
    return TokenShape(
        id=t.id,
        name=t.name,
        scopes=sorted(t.scopes),
        sources=sorted(t.sources),
        created_at=t.created_at,
        expires_at=t.expires_at,
        revoked_at=t.revoked_at,
    )
