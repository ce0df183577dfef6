"""Which refusals does the door itself make, besides those of the domain?"""

from __future__ import annotations

from pipeline.domain.errors import NotAllowed, Refused


class NotSignedIn(Refused):
    status, slug = 401, "not-signed-in"


class NotOurPage(NotAllowed):
    """A change by a browser's session without its CSRF value, or from another origin."""

    slug = "csrf"


class NotJson(Refused):
    status, slug = 415, "unsupported-media-type"


class PackRefused(Refused):
    """Rules or templates that were not activated; `problems` lists (where, sentence)."""

    status, slug = 422, "rules-refused"

    def __init__(self, detail: str, problems: list[tuple[str, str]]) -> None:
        super().__init__(detail, field=problems[0][0] if problems else None)
        self.problems = problems


class GoSignIn(Exception):
    """A page that needs a person was opened without one: the reader is sent to `path`."""

    path = "/sign-in"
