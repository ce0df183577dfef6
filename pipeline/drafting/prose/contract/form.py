"""In which form does a model answer? Sentences with slots, each with what it rests on; or that there is too little.

The schema holds no references, which not every endpoint takes.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

_APART = re.compile(r"[\s,;，、{}\[\]\"']+")


def _names(found: Any) -> Any:
    """Small models write a list as a string, and braces around its names."""
    if found is None:
        return []
    if isinstance(found, str):
        found = [found]
    if not isinstance(found, list):
        return found
    return [name for one in found for name in _APART.split(str(one)) if name]


class SaidSentence(BaseModel):
    """As the model wrote it; nothing in it is believed yet."""

    # What a model says beyond the form is dropped.
    model_config = ConfigDict(frozen=True, extra="ignore")

    section: str
    text: str
    rests_on: Annotated[list[str], BeforeValidator(_names)] = []


class Answer(BaseModel):
    """`enough` is false when the material holds too little to write about; then `sentences` is empty."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    enough: bool = True
    sentences: list[SaidSentence] = []

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        shape = handler.resolve_ref_schema(handler(schema))
        listed = shape["properties"]["sentences"]
        listed["items"] = handler.resolve_ref_schema(listed["items"])
        return shape
