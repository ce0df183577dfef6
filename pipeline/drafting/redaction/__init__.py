"""What does a model see? An assignment without secrets, and with placeholders for people and their data."""

from .kinds import REDACTED, Hidden, Kind, Mapped, Redactable, Rules
from .redacted import redact
from .secrets import Secrets
from .strangers import Strangers

__all__ = [
    "REDACTED",
    "Hidden",
    "Kind",
    "Mapped",
    "Redactable",
    "Rules",
    "Secrets",
    "Strangers",
    "redact",
]
