"""Editing rules: their files in fields, every problem with its line, and a new version when they are right."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from pipeline.domain.directory import Role
from pipeline.domain.errors import Malformed, Misconfigured
from pipeline.policy.doubts import Doubt

from ...auth.visitors import Visitor, check_csrf, heliograph_of, visitor_with
from ...resources.rules import checked_files
from ..rendering import page
from .acts import plain, run_in_pool

router = APIRouter()
MOST = 1024 * 1024
FILE = "file:"


@router.get("/rules/edit")
def edit(request: Request, version: str = "") -> Response:
    visitor = visitor_with(request, Role.ADMINISTRATOR)
    versions = heliograph_of(request).rule_keeping.versions
    now = versions.standing().activation
    kept = versions.version(version or (now.version if now else ""))
    return _form(request, visitor, dict(kept.files), "")


@router.post("/rules/edit")
async def save(request: Request) -> Response:
    form = await request.form(max_fields=120, max_part_size=MOST)
    return await run_in_pool(_saved, request, plain(form))


def _saved(request: Request, given: dict[str, str]) -> Response:
    visitor = visitor_with(request, Role.ADMINISTRATOR)
    check_csrf(request, given, visitor)
    files, note = _files(given), given.get("note", "")[:500]
    versions = heliograph_of(request).rule_keeping.versions
    try:
        checked_files(files)
        _, doubts = versions.pack(files)
    except Malformed as wrong:
        return _form(request, visitor, files, note, problems=[("", wrong.detail)])
    except Misconfigured as wrong:
        return _form(request, visitor, files, note, problems=list(wrong.problems))
    if given.get("check"):
        return _form(request, visitor, files, note, doubts=doubts, fit=True)
    kept = versions.save(files, by=visitor.person.id, note=note)
    return RedirectResponse(f"/rules/versions/{kept.version}", status_code=303)


def _files(given: dict[str, str]) -> dict[str, str]:
    """As they were written; browsers send lines that end in two characters. An emptied one is taken out."""
    found = {
        name.removeprefix(FILE): text.replace("\r\n", "\n")
        for name, text in given.items()
        if name.startswith(FILE)
    }
    if given.get("new_name", "").strip():
        found[given["new_name"].strip()] = given.get("new_text", "").replace("\r\n", "\n")
    return {name: text.rstrip() + "\n" for name, text in found.items() if text.strip()}


def _form(
    request: Request,
    visitor: Visitor,
    files: dict[str, str],
    note: str,
    *,
    problems: list[tuple[str, str]] | None = None,
    doubts: list[Doubt] | None = None,
    fit: bool = False,
) -> Response:
    values = {
        "files": dict(sorted(files.items())),
        "note": note,
        "problems": problems or [],
        "doubts": doubts or [],
        "fit": fit,
    }
    status = 422 if problems else 200
    return page(request, "rule_editor.html", values, visitor=visitor, status=status)
