"""How does a log come in? As files of a form, or as text in JSON; both are read only once the caller is known."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel
from starlette.datastructures import FormData, UploadFile

from pipeline.domain.errors import Malformed
from pipeline.drafting.conversation import LARGEST, LogFile
from pipeline.flow.summaries.brought import MOST_FILES

from ..refusals import NotJson
from ..strict_json import read_json
from .log_shapes import B, valid

LARGEST_BODY = LARGEST + 1024 * 1024
"""What is around the files of a form is small."""
FORM, JSON = "multipart/form-data", "application/json"
_FIELDS = 20


async def body_of(request: Request, shape: type[B]) -> tuple[B, tuple[LogFile, ...]]:
    """What was said, and the files with it. Raises Malformed with every field at fault, and NotJson."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == FORM:
        async with request.form(max_fields=_FIELDS, max_files=MOST_FILES + 1) as form:
            files = await run_in_threadpool(files_in, form)
            return valid(shape, _fields(form)), files
    if kind != JSON:
        raise NotJson(f"send {JSON}, or files as {FORM}", field="content-type")
    said = await run_in_threadpool(read_json, await request.body())
    if not isinstance(said, dict):
        raise Malformed("is no object", field="body")
    return valid(shape, said), ()


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
