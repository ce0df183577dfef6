"""What does a desk file replies by? The token in a subject; a title must not bring another ticket's."""

from __future__ import annotations

import re

from ..domain.facts import Fact

NUMBER = "{number}"


def token_for(template: str, number: str) -> str:
    """The token of one ticket; empty where the desk wants none."""
    return template.replace(NUMBER, number)


def without_tokens(facts: tuple[Fact, ...], template: str) -> tuple[Fact, ...]:
    """The same facts with every token taken out of the title, which stands in the subject first: a
    forwarded mail would be filed on the ticket that it came from."""
    if NUMBER not in template:
        return facts
    before, _, after = template.partition(NUMBER)
    token = re.compile(rf"\s*{re.escape(before)}.{{0,100}}?{re.escape(after)}")
    return tuple(_without(f, token) if f.attribute == "title" else f for f in facts)


def _without(title: Fact, token: re.Pattern[str]) -> Fact:
    left = token.sub("", str(title.value)).strip()
    return title.model_copy(update={"value": left}) if left else title
