"""`heliograph settings` and `openapi`: what is in force, and what the API is."""

from __future__ import annotations

from typing import Annotated

import typer
from pydantic import SecretStr

from .connection import DataDir
from .output import AsJson, as_json, pairs


def add_to(app: typer.Typer) -> None:
    app.command("settings")(show)
    app.command("openapi")(openapi)


def show(
    markdown: Annotated[bool, typer.Option("--markdown", help="The reference page.")] = False,
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """The settings in force. Secrets are shown as set, or not set."""
    from pipeline.settings import Settings, load, reference

    if markdown:
        print(reference(), end="")  # noqa: T201
        return
    settings = load(data_dir=data_dir)
    shown = {name: _shown(getattr(settings, name)) for name in Settings.model_fields}
    if json_:
        as_json(shown)
    else:
        pairs(shown)


def openapi() -> None:
    """The OpenAPI document, as JSON. No server and no data are needed."""
    from ..app import described

    as_json(described())


def _shown(value: object) -> object:
    if isinstance(value, SecretStr):
        return "set" if value.get_secret_value() else "not set"
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, (int, str, type(None))) else str(value)
