"""Does a ticket only ask for something? A new account, or how something is done: no failure of the service hinders
that, and its end is no answer to it."""

from __future__ import annotations

from knowledge.tokens.normal import normal

from ..domain.incident import Incident
from ..policy.confirmation import Confirmation
from ..policy.surging import is_filed_as_request
from ..recurrence.requesting import only_wishes


def only_asks(ticket: Incident, rules: Confirmation) -> bool:
    """As the desk filed it, else by its words."""
    told = ticket.description.value if ticket.description else ""
    return is_filed_as_request(ticket, rules) or only_wishes(
        normal(ticket.title.value), normal(told)
    )
