"""What does a log look like when somebody hands it over? Checked without any web framework: the command line does it too."""

from __future__ import annotations

from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field, ValidationError

from pipeline.domain.conversation import LONGEST_NAME
from pipeline.domain.directory import Zone
from pipeline.domain.errors import Malformed
from pipeline.domain.unfit_values import in_words, place_of
from pipeline.drafting.conversation import NAMES, LogFile
from pipeline.flow.summaries.brought import Brought

from ..bodies import Body

B = TypeVar("B", bound=BaseModel)


class LogBody(Body):
    """A log as text. Files come as `files` of a form, beside the same fields."""

    text: str | None = Field(default=None, min_length=1, description="The log itself, as it is.")
    name: str = Field(
        default="",
        max_length=LONGEST_NAME,
        description="What the log's file was called: it helps to read it.",
    )
    format: str | None = Field(
        default=None, description=f"One of {', '.join(NAMES)}; recognised when it is not said."
    )
    zone: Zone | None = Field(
        default=None, description="Of times that are written without one. Default: the caller's."
    )
    shared: bool = Field(
        default=False,
        description="The requester saw all of it. Otherwise only what the log itself marks as shown to "
        "her may be told outside.",
    )

    def brought(self, files: tuple[LogFile, ...], zone: str) -> Brought:
        """`zone` is the caller's."""
        own = () if self.text is None else (LogFile(name=self.name, content=self.text.encode()),)
        if self.text is not None and files:
            raise Malformed("send files or text, not both", field="text")
        return Brought(
            files=files or own,
            zone=ZoneInfo(self.zone or zone),
            given=self.format or None,
            shared=self.shared,
        )


def valid(shape: type[B], said: Any) -> B:
    """Raises Malformed with every field at fault."""
    try:
        return shape.model_validate(said)
    except ValidationError as wrong:
        problems = [(place_of(e, "body"), in_words(e)) for e in wrong.errors()]
        raise Malformed(
            "; ".join(f"{field}: {said}" for field, said in problems),
            field=problems[0][0],
            problems=problems,
        ) from None
