"""What does a Markdown file say of itself between its first two `---` lines?"""

from __future__ import annotations

from typing import Any

import yaml

from ..errors import Refused

_LONGEST = 8_000


class _Words(yaml.BaseLoader):
    """Every value is text as it was written: a date is judged by us, `007` stays `007`, and there are no
    aliases that could unfold without end."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise Refused("its front matter uses an alias (*name), and none is taken")
        return super().compose_node(parent, index)


def parted(text: str) -> tuple[dict[str, object], str]:
    """The front matter, empty when there is none, and the rest. Raises Refused when it is broken."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return {}, text
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in {"---", "..."}), None)
    if end is None:
        return {}, text
    return _mapping("\n".join(lines[1:end])), "\n".join(lines[end + 1 :])


def _mapping(written: str) -> dict[str, object]:
    if len(written) > _LONGEST:
        raise Refused(f"its front matter has more than {_LONGEST:,} characters")
    try:
        value = yaml.load(written, Loader=_Words)  # noqa: S506 - makes text, lists and mappings alone
    except yaml.MarkedYAMLError as wrong:
        line = f", line {wrong.problem_mark.line + 2}" if wrong.problem_mark else ""
        raise Refused(f"its front matter is no YAML{line}: {wrong.problem}") from None
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        raise Refused("its front matter is no YAML") from None
    if value in (None, ""):
        return {}
    if not isinstance(value, dict) or not all(isinstance(name, str) for name in value):
        raise Refused("its front matter must be names with values, such as `title: …`")
    return value
