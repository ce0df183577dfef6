"""What stands behind conversations and summaries at the door? Put together here, beside the one place that names adapters."""

from __future__ import annotations

from dataclasses import dataclass

from .flow.intake import Intake
from .flow.library import Library
from .flow.preview import Preview
from .flow.summaries.acts import SummaryActs
from .flow.summaries.conversations import Conversations
from .flow.summaries.holding import Holding
from .flow.summaries.writing import Summaries
from .flow.writing.ladder import Writing
from .ports import Clock, Ids, Queries, Store


@dataclass(frozen=True, kw_only=True)
class Summarising:
    """What the door needs for conversations and summaries."""

    conversations: Conversations
    summaries: Summaries
    acts: SummaryActs


def open_summarising(
    writing: Writing,
    store: Store,
    queries: Queries,
    *,
    clock: Clock,
    ids: Ids,
    library: Library,
    intake: Intake,
    preview: Preview,
) -> Summarising:
    holding = Holding(store=store, clock=clock, library=library, writing=writing, preview=preview)
    return Summarising(
        conversations=Conversations(
            store=store, queries=queries, clock=clock, ids=ids, intake=intake, library=library
        ),
        summaries=Summaries(
            store=store, clock=clock, ids=ids, library=library, writing=writing, preview=preview
        ),
        acts=SummaryActs(store=store, clock=clock, intake=intake, holding=holding),
    )
