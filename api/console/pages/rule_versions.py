"""Versions of the rules: what is in force since when, what is new in each, put it in force, go back."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from pipeline.domain.directory import Role
from pipeline.domain.errors import Misconfigured, Refused, StaleVersion
from pipeline.flow.rule_versions import difference
from pipeline.rules_ports import RuleVersion

from ...auth.visitors import Visitor, check_csrf, heliograph_of, require, visitor_of
from ..rendering import page
from .acts import plain, run_in_pool

router = APIRouter()
MOST_RUNS = 10
LONGEST_REASON = 500


def administrator(request: Request) -> Visitor:
    visitor = visitor_of(request)
    require(visitor, Role.ADMINISTRATOR)
    return visitor


@router.get("/rules/versions")
def show_all(request: Request) -> Response:
    return _list(request, administrator(request))


@router.get("/rules/versions/{name}")
def show(request: Request, name: str) -> Response:
    return _one(request, administrator(request), name)


@router.post("/rules/versions/{name}")
async def activate(request: Request, name: str) -> Response:
    form = await request.form()
    return await run_in_pool(_activated, request, name, plain(form))


@router.post("/rules/versions")
async def go_back(request: Request) -> Response:
    form = await request.form()
    return await run_in_pool(_back, request, plain(form))


def _activated(request: Request, name: str, given: dict[str, str]) -> Response:
    visitor = administrator(request)
    check_csrf(request, given, visitor)
    versions = heliograph_of(request).rule_keeping.versions
    if not given.get("reason", "").strip():
        return _one(request, visitor, name, problem="reason")
    try:
        versions.activate(name, **_act(given, visitor))
    except StaleVersion:
        return _one(request, visitor, name, problem="overtaken")
    except Misconfigured:
        return _one(request, visitor, name, problem="unusable")
    return RedirectResponse("/rules", status_code=303)


def _back(request: Request, given: dict[str, str]) -> Response:
    visitor = administrator(request)
    check_csrf(request, given, visitor)
    versions = heliograph_of(request).rule_keeping.versions
    if not given.get("reason", "").strip():
        return _list(request, visitor, problem="reason")
    act = versions.follow_files if given.get("to") == "files" else versions.roll_back
    try:
        act(**_act(given, visitor))
    except StaleVersion:
        return _list(request, visitor, problem="overtaken")
    except (Misconfigured, Refused):
        return _list(request, visitor, problem="unusable")
    return RedirectResponse("/rules", status_code=303)


def _act(given: dict[str, str], visitor: Visitor) -> dict[str, Any]:
    seen = given.get("expected", "")
    return {
        "by": visitor.person.id,
        "reason": given["reason"].strip()[:LONGEST_REASON],
        "expected": int(seen) if seen.isdecimal() and len(seen) < 10 else None,
    }


def _list(request: Request, visitor: Visitor, problem: str | None = None) -> Response:
    app = heliograph_of(request)
    versions = app.rule_keeping.versions
    with app.store.read() as tx:
        runs = tx.dry_runs(MOST_RUNS)
    activations, kept = versions.activations(), versions.versions()
    by = {*(a.by for a in activations), *(v.saved_by for v in kept), *(r.asked_by for r in runs)}
    values = {
        "standing": versions.standing(),
        "activations": activations,
        "versions": kept,
        "runs": runs,
        "people": app.queries.people(sorted(by)),
        "problem": problem,
    }
    status = 200 if problem is None else 409
    return page(request, "rule_versions.html", values, visitor=visitor, status=status)


def _one(request: Request, visitor: Visitor, name: str, problem: str | None = None) -> Response:
    app = heliograph_of(request)
    versions = app.rule_keeping.versions
    kept: RuleVersion = versions.version(name)
    standing = versions.standing()
    active = versions.version(standing.activation.version).files if standing.activation else {}
    try:
        doubts, refused = versions.pack(kept.files)[1], []
    except Misconfigured as wrong:
        doubts, refused = [], list(wrong.problems)
    values = {
        "kept": kept,
        "people": app.queries.people([kept.saved_by]),
        "standing": standing,
        "doubts": doubts,
        "refused": refused,
        "difference": difference(active, kept.files),
        "problem": problem,
    }
    status = 200 if problem is None else 409
    return page(request, "rule_version.html", values, visitor=visitor, status=status)
