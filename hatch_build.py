"""What goes into a wheel? The rooms, below one folder; into an editable install nothing but a path.

Files that the configuration forces into a wheel are copied into an editable install too, where they
would hide the checkout: whoever changes a text would not see it.
"""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOMS = ("api", "knowledge", "pipeline", "prompts")


class Rooms(BuildHookInterface):  # type: ignore[type-arg,misc]  untyped in its package
    """Called by hatchling; `version` is `standard` or `editable`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "standard":
            build_data["force_include"] |= {
                "heliograph.py": "heliograph/__init__.py",
                **{room: f"heliograph/{room}" for room in ROOMS},
            }
