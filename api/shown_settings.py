"""Which settings are in force? As they are shown to people: a secret is set, or not set."""

from __future__ import annotations

from pydantic import SecretStr

from pipeline.domain.portal_parts import Part
from pipeline.settings import Settings

Shown = str | int | list[str] | None


def shown(settings: Settings) -> dict[str, Shown]:
    """A part of the portal is shown as it is, also where another setting decides that."""
    parts = {part.value: part in settings.parts for part in Part}
    return {
        name: parts[name] if name in parts else _value(getattr(settings, name))
        for name in Settings.model_fields
    }


def _value(value: object) -> Shown:
    if isinstance(value, SecretStr):
        return "set" if value.get_secret_value() else "not set"
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, (int, str, type(None))) else str(value)
