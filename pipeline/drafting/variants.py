"""Which of the texts for one kind and audience is for this ticket? The most particular one that fits.

`affected.zh.jinja` is for every ticket. `affected+type-mail+P1+via-chat.zh.jinja` is for mail failures of
severity P1 in chats; each part may be left out. The type outweighs the severity, the severity the form.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from ..domain.communication import Form
from ..domain.facts import Brief
from ..domain.incident_types import IncidentType
from .slot_names import TYPE

TYPE_MARK, FORM_MARK = "type-", "via-"
Misfit = Literal["incident_type", "severity", "form"]
SEVERITIES = ("P1", "P2", "P3", "P4")


@dataclass(frozen=True, kw_only=True)
class Variant:
    """What a text is for, beside its kind and audience; None is any."""

    incident_type: IncidentType | None = None
    severity: str | None = None
    form: Form | None = None

    @property
    def suffix(self) -> str:
        """As it stands in the name of the file."""
        parts = (
            f"+{TYPE_MARK}{self.incident_type.value}" if self.incident_type else "",
            f"+{self.severity}" if self.severity else "",
            f"+{FORM_MARK}{self.form.value}" if self.form else "",
        )
        return "".join(parts)

    @property
    def weight(self) -> int:
        """The greater one wins."""
        return 4 * bool(self.incident_type) + 2 * bool(self.severity) + bool(self.form)

    def misfit(self, brief: Brief, form: Form) -> Misfit | None:
        """The first of its conditions that this ticket does not meet; None when it fits."""
        if self.incident_type and state_of(brief, TYPE) != self.incident_type.value:
            return "incident_type"
        if self.severity and state_of(brief, "severity") != self.severity:
            return "severity"
        return "form" if self.form and self.form is not form else None


def state_of(brief: Brief, attribute: str) -> str:
    """`mail` of `type.mail`; empty where nobody recorded it."""
    fact = brief.find(attribute)
    return "" if fact is None else str(fact.value).partition(".")[2]


def parsed_part(part: str) -> tuple[str, Variant]:
    """The audience and the variant of a file's name. Raises ValueError for a part that means nothing, one
    that stands twice, and for another order than type, severity, form."""
    audience, *marks = part.split("+")
    variant = Variant()
    for mark in marks:
        name, value = _parsed_mark(mark)
        if getattr(variant, name) is not None:
            raise ValueError(f"says twice of which {name} it is")
        variant = replace(variant, **{name: value})
    if audience + variant.suffix != part:
        raise ValueError(f"is written {audience}{variant.suffix}")
    return audience, variant


def _parsed_mark(mark: str) -> tuple[str, Any]:
    if mark in SEVERITIES:
        return "severity", mark
    if mark.startswith(TYPE_MARK) and mark.removeprefix(TYPE_MARK) in set(IncidentType):
        return "incident_type", IncidentType(mark.removeprefix(TYPE_MARK))
    if mark.startswith(FORM_MARK) and mark.removeprefix(FORM_MARK) in set(Form):
        return "form", Form(mark.removeprefix(FORM_MARK))
    types, forms = ", ".join(IncidentType), ", ".join(Form)
    raise ValueError(f"{mark} is none of type-({types}), {', '.join(SEVERITIES)}, via-({forms})")
