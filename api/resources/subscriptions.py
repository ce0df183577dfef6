"""Subscriptions: who is told what the public page tells, and webhooks that are told it too."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from pipeline.domain.directory import Key, Language
from pipeline.domain.subscription import LONGEST_CHOICE, Subscription, SubscriptionState
from pipeline.domain.times import Instant

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import ACTING, READING
from ..json_routes import Body, JsonRoute

router = APIRouter(prefix="/subscriptions", tags=["subscriptions"], route_class=JsonRoute)
Administrator = Annotated[Caller, Depends(allowed("admin"))]


class SubscriptionShape(BaseModel):
    id: str
    channel: str
    address: str
    language: Language
    services: list[str] = Field(description="Ids; none of them means all.")
    state: SubscriptionState
    why: str = Field(description="Of a suspension: `failed` or `by_person`.")
    created_at: Instant
    changed_at: Instant


class SubscriptionList(BaseModel):
    subscriptions: list[SubscriptionShape]
    counts: dict[str, int] = Field(description="All there are, by state.")
    after: str | None = Field(description="What the next page is asked for with.")


class WebhookRequest(Body):
    """Mail addresses are subscribed by their owners, on the status page."""

    url: str = Field(
        min_length=8,
        max_length=1000,
        description="Its host is one of those in `HELIOGRAPH_WEBHOOK_HOSTS`.",
    )
    language: Language
    services: list[Key] = Field(default=[], max_length=LONGEST_CHOICE)


@router.get("", summary="Who subscribed", response_model=SubscriptionList, responses=READING)
def list_subscriptions(
    request: Request,
    _: Administrator,
    q: Annotated[str, Query(max_length=200, description="Words of the address.")] = "",
    state: SubscriptionState | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    after: Annotated[str | None, Query(max_length=300)] = None,
) -> SubscriptionList:
    """Newest first."""
    queries = heliograph_of(request).portal.queries
    found, more = queries.subscriptions(q, state, limit, after)
    return SubscriptionList(
        subscriptions=[_shape(one) for one in found],
        counts=queries.subscription_counts(),
        after=more,
    )


@router.post("", summary="Subscribe a webhook", status_code=201, responses=ACTING)
def add_webhook(request: Request, caller: Administrator, body: WebhookRequest) -> SubscriptionShape:
    """The same address again changes what it is told."""
    subscribing = heliograph_of(request).portal.subscribing
    return _shape(subscribing.add_webhook(body.url, body.language, body.services, by=caller.name))


@router.post("/{subscription_id}/suspend", summary="Tell it nothing for now", responses=ACTING)
def suspend(request: Request, caller: Administrator, subscription_id: str) -> SubscriptionShape:
    """Its owner cannot begin it again."""
    subscribing = heliograph_of(request).portal.subscribing
    return _shape(subscribing.suspend(subscription_id, by=caller.name))


@router.post("/{subscription_id}/resume", summary="Tell it again", responses=ACTING)
def resume(request: Request, caller: Administrator, subscription_id: str) -> SubscriptionShape:
    """Also after its address had failed."""
    return _shape(heliograph_of(request).portal.subscribing.resume(subscription_id, by=caller.name))


@router.delete("/{subscription_id}", summary="Remove it", responses=ACTING)
def remove(request: Request, caller: Administrator, subscription_id: str) -> dict[str, bool]:
    """Nothing of it is kept but what was sent."""
    heliograph_of(request).portal.subscribing.remove(subscription_id, by=caller.name)
    return {"removed": True}


def _shape(one: Subscription) -> SubscriptionShape:
    return SubscriptionShape(
        id=one.id,
        channel=one.choice.address.channel,
        address=one.choice.address.value,
        language=one.choice.language,
        services=list(one.choice.services),
        state=one.state,
        why=one.why,
        created_at=one.created_at,
        changed_at=one.changed_at,
    )
