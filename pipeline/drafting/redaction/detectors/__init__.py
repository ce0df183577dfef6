"""Which things are looked for without knowing anybody? The one list: a new one is a file here and a line.

A detector reads a text of one width (`readable.likeness`) and says where what it knows stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ..hits import Hit
from ..kinds import Kind
from .addresses import addresses
from .identities import identities
from .literals import literals
from .mail import mail
from .phones import phones
from .secret_words import secret_words

Detector = Callable[[str], Iterator[Hit]]

DETECTORS: Mapping[Kind, Detector] = {
    Kind.SECRET: secret_words,
    Kind.LITERAL: literals,
    Kind.EMAIL: mail,
    Kind.IDENTITY: identities,
    Kind.PHONE: phones,
    Kind.ADDRESS: addresses,
}
