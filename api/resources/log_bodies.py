"""How does a log come in? As files of a form, or as text in JSON; both are read only once the caller is known."""

from __future__ import annotations

from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field, ValidationError
from starlette.datastructures import FormData, UploadFile

from pipeline.domain.directory import Zone
from pipeline.domain.errors import Malformed
from pipeline.drafting.conversation import NAMES, LogFile
from pipeline.flow.conversations import LARGEST, MOST_FILES, Brought

from ..json_routes import Body
from ..refusals import NotJson
from ..strict_json import read_json

LARGEST_BODY = LARGEST + 1024 * 1024
"""What is around the files of a form is small."""
FORM, JSON = "multipart/form-data", "application/json"
_FIELDS = 20
B = TypeVar("B", bound=BaseModel)


class LogBody(Body):
    """A log as text. Files come as `files` of a form, beside the same fields."""

    text: str | None = Field(default=None, min_length=1, description="The log itself, as it is.")
    name: str = Field(
        default="",
        max_length=300,
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


async def body_of(request: Request, shape: type[B]) -> tuple[B, tuple[LogFile, ...]]:
    """What was said, and the files with it. Raises Malformed with every field at fault, and NotJson."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == FORM:
        async with request.form(max_fields=_FIELDS, max_files=MOST_FILES + 1) as form:
            files = await run_in_threadpool(files_in, form)
            return _valid(shape, _fields(form)), files
    if kind != JSON:
        raise NotJson(f"send {JSON}, or files as {FORM}", field="content-type")
    said = await run_in_threadpool(read_json, await request.body())
    if not isinstance(said, dict):
        raise Malformed("is no object", field="body")
    return _valid(shape, said), ()


def files_in(form: FormData) -> tuple[LogFile, ...]:
    """Those that are called `files`, without the empty one that a browser sends for none."""
    sent = [f for f in form.getlist("files") if isinstance(f, UploadFile)]
    read = [LogFile(name=f.filename or "", content=f.file.read()) for f in sent]
    return tuple(file for file in read if file.name or file.content)


def described(shape: type[BaseModel]) -> dict[str, Any]:
    """The two forms of the body, for the documentation."""
    schema = shape.model_json_schema(ref_template="#/components/schemas/{model}")
    schema.pop("$defs", None)
    many = {"type": "array", "items": {"type": "string", "format": "binary"}}
    form = {**schema, "properties": {**schema["properties"], "files": many}}
    content = {JSON: {"schema": schema}, FORM: {"schema": form}}
    return {"requestBody": {"required": True, "content": content}}


def _fields(form: FormData) -> dict[str, str]:
    """An empty field of a form says nothing."""
    return {name: v for name, v in form.multi_items() if isinstance(v, str) and v != ""}


def _valid(shape: type[B], said: Any) -> B:
    try:
        return shape.model_validate(said)
    except ValidationError as wrong:
        problems = [
            (".".join(map(str, e["loc"])) or "body", e["msg"].removeprefix("Value error, "))
            for e in wrong.errors()
        ]
        raise Malformed(
            "; ".join(f"{field}: {said}" for field, said in problems),
            field=problems[0][0],
            problems=problems,
        ) from None
