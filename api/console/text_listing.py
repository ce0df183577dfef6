"""Which texts are there, where does each come from, and which one tells a ticket?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import prompts
from pipeline.bootstrap import Heliograph
from pipeline.domain.communication import Form
from pipeline.domain.incident import Incident
from pipeline.drafting.variants import Misfit, Variant
from pipeline.flow.written_texts import name_of, part_named, texts_in

Origin = Literal["shipped", "file", "written"]


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A text in force. `version` is that of the console, 0 where the files count."""

    name: str
    kind: str
    audience: str
    variant: Variant
    origin: Origin
    version: int


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One of the texts for a ticket: the first that fits wins."""

    name: str
    variant: Variant
    wins: bool
    misfit: Misfit | None


def listing(app: Heliograph) -> list[Listed]:
    """By kind and audience; of each its variants first, as they are asked."""
    templates = app.library.templates
    written = {
        n: a.version for n, a in app.text_versions.rows.versions_in_force().items() if a.version
    }
    shipped = prompts.read_texts(prompts.ROOT)
    found = []
    for kind, audience in templates.population:
        for variant in templates.variants(kind, audience):
            name = name_of(kind, audience + variant.suffix)
            own = texts_in(app.library.text_files, name) != texts_in(shipped, name)
            origin: Origin = "written" if name in written else "file" if own else "shipped"
            found.append(
                Listed(
                    name=name,
                    kind=kind.value,
                    audience=audience,
                    variant=variant,
                    origin=origin,
                    version=written.get(name, 0),
                )
            )
    return found


def candidates(
    app: Heliograph, name: str, incident: Incident, form: str = "mail"
) -> list[Candidate]:
    """All texts for the kind and audience of `name`, in their order, and which tells this ticket."""
    kind, audience, _ = part_named(name)
    templates = app.library.templates
    brief = app.text_versions.brief(incident, kind, audience)
    found: list[Candidate] = []
    for variant in templates.variants(kind, audience):
        misfit = variant.misfit(brief, Form(form))
        found.append(
            Candidate(
                name=name_of(kind, audience + variant.suffix),
                variant=variant,
                wins=misfit is None and not _won(found),
                misfit=misfit,
            )
        )
    return found


def _won(found: Sequence[Candidate]) -> bool:
    return any(one.wins for one in found)
