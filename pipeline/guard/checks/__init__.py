"""Which checks are there? The one list: a new check is a file of this folder and a line here.

A check is a pure function from what is examined to findings. Each declares, by whose words it judges,
how much a finding weighs. Nothing that a ticket's reporter writes may block: then anybody could stop
the messages about a ticket by what she puts into it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...domain.findings import Finding
from ..examined import Examined
from ..phrases import Phrases
from .addresses import addresses
from .contradiction import contradiction
from .credentials import credentials
from .disclosure import disclosure
from .forbidden import forbidden
from .html import html
from .language import language
from .lengths import lengths
from .links import links
from .parity import parity
from .plain import plain
from .required import required
from .times import times
from .unfilled import unfilled

Check = Callable[[Examined, Phrases], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    required,
    unfilled,
    forbidden,
    disclosure,
    contradiction,
    addresses,
    credentials,
    times,
    links,
    lengths,
    parity,
    html,
    language,
    plain,
)

OF_WORDS: tuple[Check, ...] = (forbidden, addresses, credentials, links, language)
"""Those that judge words alone: prose that has no rendition yet is held to them sentence by sentence."""
