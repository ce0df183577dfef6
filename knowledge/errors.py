"""What can go wrong in the library, by what the caller must do.

KnowledgeError
├── EncoderFailed   the endpoint is slow, down or answers nonsense: words carry on, vectors catch up later
├── Absent          a model that is not installed: words alone, until somebody installs it
├── NotOurs         another process owns the index: end it, or use another folder
└── Refused         what was given is not taken, with a sentence for whoever gave it
"""

from __future__ import annotations


class KnowledgeError(Exception):
    """The message is a sentence for people; it names no secret."""


class EncoderFailed(KnowledgeError):
    """Texts were not turned into vectors. Trying again later may help."""


class Absent(KnowledgeError):
    """An encoder's weights are not installed. Trying again does not help."""


class NotOurs(KnowledgeError):
    """The index belongs to another process."""


class Refused(KnowledgeError):
    """A source or an address that is not read."""
