"""Which kinds of claims are there? The one list: a new kind is a file of this folder and a line here.

A kind is a pure function from a sentence, as it is told, to the claims of that kind that it makes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..claim import Claim, Told
from .activities import activities
from .causes import causes
from .comparisons import comparisons
from .cover import cover
from .cures import cures
from .doers import doers
from .durations import durations
from .hedging import hedging
from .identifiers import identifiers
from .lagging import lagging
from .names import names
from .negations import negations
from .numbers import numbers
from .promises import promises
from .quotes import quotes
from .scopes import scopes
from .services import services
from .severity import severity
from .states import states
from .times import times
from .totals import totals
from .turned import turned
from .universals import universals
from .widened import widened

Kind = Callable[[Told], Iterator[Claim]]

VALUES: tuple[Kind, ...] = (
    identifiers,
    quotes,
    names,
    services,
    numbers,
    times,
    durations,
    states,
    lagging,
    severity,
)
"""Of every sentence: what stood in an event in these very words may be over by now."""

WORDS: tuple[Kind, ...] = (
    negations,
    turned,
    widened,
    scopes,
    universals,
    totals,
    causes,
    cures,
    hedging,
    doers,
    activities,
    promises,
    comparisons,
    cover,
)
"""Of sentences in other words than the record's."""
