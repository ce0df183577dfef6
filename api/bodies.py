"""What do all bodies that callers send have in common? Nothing unknown is in them."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Body(BaseModel):
    """What a caller asks for; a field that is not known is a mistyped one, and is refused."""

    model_config = ConfigDict(extra="forbid")
