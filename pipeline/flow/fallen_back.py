"""A text failed for one ticket, and an earlier one was sent: what is whoever wrote it told?"""

from __future__ import annotations

from ..domain.communication import Form, Reason
from ..domain.errors import Unusable
from ..domain.facts import Brief
from .gather import Subject
from .library import InForce

CODE = "text_fell_back"


def fell_back(
    subject: Subject, brief: Brief, in_force: InForce, instead: InForce, failed: Unusable
) -> Reason | None:
    """Once for each text until somebody has seen to it. None where the earlier set has the very same text, so
    that something else had passed meanwhile."""
    failed_text, sent = _chosen(in_force, subject, brief), _chosen(instead, subject, brief)
    if failed_text == sent:
        return None
    values = {
        "template": failed_text[0],
        "version": failed_text[1],
        "number": subject.incident.number,
        "instead": f"{sent[0]} ({sent[1]})",
        "problem": str(failed)[:600],
    }
    return Reason(code=CODE, values=values)


def alarm_key(reason: Reason) -> str:
    """The same for every ticket for which this version of the text fails."""
    return f"text:{reason.values['template']}:{reason.values['version']}"


def _chosen(in_force: InForce, subject: Subject, brief: Brief) -> tuple[str, str]:
    """Name and version of the text that tells this in a mail."""
    c, templates = subject.communication, in_force.templates
    part = templates.part_for(c.kind, c.audience, brief, Form.MAIL)
    versions = {templates.version(c.kind, part, language) for language in ("zh", "en")}
    return f"{c.kind.value}/{part}", "+".join(sorted(versions))
