"""Would the guard let these texts leave? Asked before they are put in force, with samples and floors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..domain.communication import Form, Kind
from ..domain.errors import misconfigured
from ..domain.findings import FindingLevel
from ..drafting.population import file_of
from ..drafting.proof import (
    NOW,
    of_each_type,
    parts_of,
    sample_brief,
    sample_communication,
    sample_context,
    samples,
)
from ..drafting.proven import Part, Proofs
from ..drafting.slots import Context
from ..drafting.templates import Templates
from ..guard import Phrases
from .checked import Drafting, drafted

_PROOFS = Proofs()


def prove(
    templates: Templates, phrases: Phrases, files: Mapping[str, str], only: Part | None = None
) -> None:
    """Raises Misconfigured with every finding above a warning, in `only` one text or in all of them."""
    values = samples(files)
    problems: list[tuple[str, str]] = []
    for whole, mark in _PROOFS.due([only] if only else parts_of(templates), files):
        kind, audience, part = whole
        found = [
            problem
            for floor in (False, True)
            for sampled in of_each_type(templates.catalogue(kind, audience), values, floor=floor)
            for problem in _one(templates, phrases, sampled, kind, audience, part, floor)
        ]
        problems += found
        if not found:
            _PROOFS.stood(mark)
    if problems:
        raise misconfigured(list(dict.fromkeys(problems)))


def _one(
    templates: Templates,
    phrases: Phrases,
    values: Mapping[str, Any],
    kind: Kind,
    audience: str,
    part: str,
    floor: bool,
) -> Iterator[tuple[str, str]]:
    catalogue = templates.catalogue(kind, audience)
    brief = sample_brief(catalogue, values, floor=floor)
    drafting = Drafting(
        templates=templates,
        phrases=phrases,
        communication=sample_communication(kind, audience),
        brief=brief,
        hidden=(),
        context=Context() if floor else sample_context(),
        now=NOW,
        part=part,
    )
    drafts = drafted(drafting, Form)
    for draft in drafts:
        where = file_of(kind, part, draft.language)
        for finding in draft.verdict.findings:
            if finding.level > FindingLevel.WARN:
                words = f"{finding.excerpt} {finding.detail}".strip()
                yield (
                    where,
                    f"{finding.form}: {finding.check}, {finding.rule}: {words}".rstrip(": "),
                )
