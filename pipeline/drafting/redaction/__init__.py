"""What does a model see? An assignment without secrets, and with placeholders for people and their data."""

from .kinds import REDACTED, Hidden, Kind, Mapped, Redactable, Rules
from .redacted import redact
from .restoring import restored
from .secret_lines import secret_lines
from .unsecret import without_secrets
from .words import removed

__all__ = [
    "REDACTED",
    "Hidden",
    "Kind",
    "Mapped",
    "Redactable",
    "Rules",
    "redact",
    "removed",
    "restored",
    "secret_lines",
    "without_secrets",
]
