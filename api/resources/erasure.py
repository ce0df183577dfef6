"""`/api/v1/directory/people/{id}`: a person's data goes, for good."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import ACTING

router = APIRouter(prefix="/directory/people", tags=["administration"])


class ErasedShape(BaseModel):
    tickets: int = Field(description="Tickets that lost words.")


@router.delete("/{person_id:path}", summary="Erase a person", responses=ACTING)
def erase_person(
    request: Request, person_id: str, caller: Annotated[Caller, Depends(allowed("admin"))]
) -> ErasedShape:
    """Somebody of the directory, or whom events alone name. Gone is what is personal: in the directory, in events, in
    texts and conversations, and in what models were asked. Tickets, times and decisions stay, under a name that is
    nobody's. It cannot be taken back; asked for again after a fault, it ends what was begun."""
    app = heliograph_of(request)
    found = app.erasure.whom(person_id)
    return ErasedShape(tickets=app.erasure.person(found, by=caller.name))
