"""What does a model see? An assignment without secrets, and with placeholders for people and their data."""

from .kinds import EVERY_KIND, Hidden, Kind, Rules
from .redacted import redact
from .restoring import restored

__all__ = ["EVERY_KIND", "Hidden", "Kind", "Rules", "redact", "restored"]
