"""`heliograph settings` and `openapi`: what is in force, and what the API is."""

from __future__ import annotations

from typing import Annotated

import typer

from .connection import DataDir
from .output import AsJson, as_json, pairs, say


def add_to(app: typer.Typer) -> None:
    app.command("settings")(show)
    app.command("openapi")(openapi)


def show(
    markdown: Annotated[bool, typer.Option("--markdown", help="The reference page.")] = False,
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """The settings in force. Secrets are shown as set, or not set."""
    from pipeline.domain.portal_parts import off
    from pipeline.settings import load, reference

    from ..shown_settings import shown

    if markdown:
        print(reference(), end="")  # noqa: T201
        return
    settings = load(data_dir=data_dir)
    found = shown(settings)
    if json_:
        as_json(found)
        return
    pairs(found)
    closed = off(settings.parts)
    if closed:
        say(f"Parts of the portal that are off: {closed}")


def openapi() -> None:
    """The OpenAPI document, as JSON. No server and no data are needed."""
    from ..app import described

    as_json(described())
