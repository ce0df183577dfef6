"""What may be wrong with one sentence? One check a file; each says what it finds, and none mends anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..problems import Found
from ..text import Text
from .against import Against
from .certainty import certainty
from .characters import characters
from .identifiers import identifiers
from .instructions import instructions
from .language import language
from .length import length
from .links import links
from .machine import machine
from .markup import markup
from .names import names
from .numbers import numbers
from .orders import orders
from .retelling import retelling
from .states import states
from .support import support
from .times import times
from .touching import touching

Check = Callable[[Text, Against], Iterator[Found]]
CHECKS: tuple[Check, ...] = (
    support,
    touching,
    numbers,
    times,
    names,
    identifiers,
    links,
    states,
    markup,
    characters,
    machine,
    instructions,
    orders,
    language,
    certainty,
    retelling,
    length,
)

__all__ = ["CHECKS", "Against", "Check"]
