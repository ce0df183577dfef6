"""Which refusals are there, what does each mean, and what does the caller do about it?

The `type` of a problem (RFC 9457) is `/problems/<slug>`; that page is made from this table.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ProblemKind:
    """`title` is the same for every occurrence; `advice` says what the caller does next."""

    status: int
    title: str
    meaning: str
    advice: str


KINDS: dict[str, ProblemKind] = {
    "refused": ProblemKind(
        status=400,
        title="Refused",
        meaning="The request cannot be carried out as it stands.",
        advice="Read `detail`, change the request, send it again.",
    ),
    "malformed": ProblemKind(
        status=400,
        title="Malformed",
        meaning="The body cannot be read, or fields are missing or wrong. Nothing was recorded.",
        advice="Mend every field that `errors` lists, then send it again with the same id.",
    ),
    "bad-signature": ProblemKind(
        status=401,
        title="Not issued here, or expired",
        meaning="A link, token or session that this installation did not issue, or that has ended.",
        advice="Ask for a new one: `heliograph sign-in`, or `heliograph token create`.",
    ),
    "not-signed-in": ProblemKind(
        status=401,
        title="Sign-in or token needed",
        meaning="The request came without a session and without a token that counts.",
        advice="Send `Authorization: Bearer hg_…`, or sign in with a link.",
    ),
    "not-allowed": ProblemKind(
        status=403,
        title="Not allowed",
        meaning="You are known, but may not do this.",
        advice="Ask an administrator for the scope, role or source that `detail` names.",
    ),
    "csrf": ProblemKind(
        status=403,
        title="The change did not come from our page",
        meaning="A browser's session needs its CSRF value back with every change.",
        advice="Load the page again and repeat; programs use a token instead of a session.",
    ),
    "unknown": ProblemKind(
        status=404,
        title="Unknown",
        meaning="There is nothing of this name here.",
        advice="Check the address and the id.",
    ),
    "unknown-incident": ProblemKind(
        status=404,
        title="Unknown incident",
        meaning="No ticket of this number is known from this source. Nothing was recorded.",
        advice="Send the ticket's `reported` event first, then this one again.",
    ),
    "method-not-allowed": ProblemKind(
        status=405,
        title="Method not allowed",
        meaning="This address exists, but not for this method.",
        advice="See the API documentation at /docs.",
    ),
    "wrong-state": ProblemKind(
        status=409,
        title="Not in a state that permits it",
        meaning="It was sent, released or discarded meanwhile, or never waited for this.",
        advice="Look at it again; `detail` says how it stands.",
    ),
    "stale-version": ProblemKind(
        status=409,
        title="Stale version",
        meaning="Somebody else changed the ticket first. Nothing was recorded.",
        advice="Read the ticket again, decide anew, and send the version that you saw.",
    ),
    "content-differs": ProblemKind(
        status=409,
        title="Same id, other content",
        meaning="This source already sent an event with this id that said something else.",
        advice="Give the new event an id of its own. The first one stays as it is.",
    ),
    "incident-closed": ProblemKind(
        status=409,
        title="Incident closed",
        meaning="Only a note, a repeated closing or a reopening may follow a closing.",
        advice="Send a `reopened` event first.",
    ),
    "too-large": ProblemKind(
        status=413,
        title="Too large",
        meaning="The body, or the number of events in it, is over the limit. Nothing was recorded.",
        advice="Send it in smaller parts.",
    ),
    "unsupported-media-type": ProblemKind(
        status=415,
        title="Unsupported media type",
        meaning="The body is not declared as JSON or as CloudEvents in JSON.",
        advice="Send `Content-Type: application/cloudevents+json` (or `…-batch+json`).",
    ),
    "rules-refused": ProblemKind(
        status=422,
        title="Rules or templates refused",
        meaning="The files are wrong; the last good ones stay in force.",
        advice="Mend what `errors` lists, then reload.",
    ),
    "unexpected": ProblemKind(
        status=500,
        title="Unexpected error",
        meaning="A fault of ours. What was not confirmed was not recorded.",
        advice="Send it again with the same id; tell the operator the time, if it stays.",
    ),
    "unavailable": ProblemKind(
        status=503,
        title="Unavailable",
        meaning="The server runs, but cannot do its work at present.",
        advice="Try again later; /readyz names the reasons.",
    ),
}

BY_STATUS = {
    400: "malformed",
    401: "not-signed-in",
    403: "not-allowed",
    404: "unknown",
    405: "method-not-allowed",
    413: "too-large",
    415: "unsupported-media-type",
    500: "unexpected",
    503: "unavailable",
}
"""The slug for an error that the framework raised, which knows only its status."""
