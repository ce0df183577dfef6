"""In which form does a second model doubt a text? Sentence by number, words, and one of four ways; nothing else."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

MOST_DOUBTS = 40
LONGEST_WORDS = 1200
"""Characters: as many as a sentence that it is shown can have."""


class Way(StrEnum):
    """What is wrong with a sentence in doubt, from the record's side."""

    CONTRADICTED = "contradicted"
    NOT_SAID = "not_said"
    SURER = "surer"
    WIDER = "wider"


class Doubt(BaseModel):
    """`sentence` counts from 1, as it was shown."""

    # What a model says beyond the form is dropped: nothing else is used of it.
    model_config = ConfigDict(frozen=True, extra="ignore")

    sentence: int = Field(ge=1)
    words: Annotated[str, Field(min_length=1, max_length=LONGEST_WORDS)]
    doubt: Way


class Opinion(BaseModel):
    """All of a model's doubts. There is no way to say in it that a sentence is true."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    # Without a default: of a model that answers something else we do not believe that it doubts nothing.
    doubts: list[Doubt] = Field(max_length=MOST_DOUBTS)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Without references, which not every endpoint takes."""
        shape = handler.resolve_ref_schema(handler(schema))
        item = handler.resolve_ref_schema(shape["properties"]["doubts"]["items"])
        way = handler.resolve_ref_schema(item["properties"]["doubt"])
        properties = {**item["properties"], "doubt": way}
        shape["properties"]["doubts"]["items"] = {**item, "properties": properties}
        return shape
