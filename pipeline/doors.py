"""Which doors stand on the rest of an installation? Each part's own, put together here, beside the one place that
names adapters."""

from __future__ import annotations

from typing import Any

from .deciding import open_deciding
from .desks import Desks
from .finding_causes import open_causes, open_suspicions
from .flow.drafter import Drafter
from .flow.intake import Intake
from .flow.preview import Preview
from .flow.wishes import OwnWishes
from .flow.writing.ladder import Writing
from .ground import Ground
from .portal import open_portal
from .problem_keeping import open_problem_keeping
from .registering import open_registering
from .releasing_texts import open_text_versions
from .reviewing import Reviewing, open_reviewing
from .rotas import open_rotas
from .rule_keeping import open_rule_keeping
from .summarising import Summarising, open_summarising


def summarising_of(
    ground: Ground, writing: Writing, intake: Intake, preview: Preview
) -> Summarising:
    return open_summarising(
        *(writing, ground.store, ground.store.queries),
        clock=ground.clock,
        ids=ground.ids,
        library=ground.library,
        intake=intake,
        preview=preview,
    )


OF_DESKS = (
    *("intake", "acts", "releasing", "articles", "judging"),
    *("search", "upkeep", "models", "monitoring", "history"),
)
"""What is a desk and a door in one."""


def doors_of(
    ground: Ground, desks: Desks, summarising: Summarising, preview: Preview, drafter: Drafter
) -> dict[str, Any]:
    """By their names in `Heliograph`."""
    store, settings, intake = ground.store, ground.settings, desks.intake
    reviewing = _reviewing(ground, desks, summarising)
    causes = open_causes(ground, intake)
    return {
        **{name: getattr(desks, name) for name in OF_DESKS},
        "summarising": summarising,
        "drafts": preview,
        "reviewing": reviewing,
        "causes": causes,
        "suspicions": open_suspicions(ground, causes, reviewing.reports),
        "trends": store.trends,
        "deciding": open_deciding(ground, intake),
        "registering": open_registering(store, ground.clock),
        "problem_keeping": open_problem_keeping(ground, intake),
        "rule_keeping": open_rule_keeping(
            *(store, store.queries, ground.clock, ground.library),
            *(ground.channels.keys(), settings.zone),
        ),
        "portal": open_portal(ground),
        "rotas": open_rotas(ground),
        "own_wishes": _own_wishes(ground),
        "text_versions": open_text_versions(ground, drafter),
    }


def _own_wishes(ground: Ground) -> OwnWishes:
    return OwnWishes(
        store=ground.store,
        queries=ground.store.queries,
        clock=ground.clock,
        signer=ground.signer,
        zone=ground.settings.zone,
    )


def _reviewing(ground: Ground, desks: Desks, summarising: Summarising) -> Reviewing:
    return open_reviewing(
        ground.store,
        clock=ground.clock,
        ids=ground.ids,
        library=ground.library,
        intake=desks.intake,
        summaries=summarising.summaries,
        zone=ground.settings.zone,
    )
