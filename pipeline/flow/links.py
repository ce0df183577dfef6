"""Where does a reader go on? Every link in a message is made here, on our own address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from ..domain.communication import Communication
from ..domain.incident import Incident
from ..domain.message import Recipient
from ..domain.survey import Survey
from ..drafting.slot_names import APPROVAL_URL, RELEASE_URL, SURVEY_URL, article_slot, score_slot
from ..policy.surveys import SCORES
from ..ports import Signer

TICKET = "ticket"
ARTICLE = "article"
APPROVAL = "approval"
SURVEY = "survey"
RELEASE = "release"
RELEASE_LASTS = timedelta(days=1)
OPT_IN, SUBSCRIPTION, OWN = "opt_in", "subscription", "own"
READER, READER_KEY = "reader", "reader_key"
SUBSCRIPTION_LASTS = timedelta(days=366)
"""A mail of last winter must still be good for ending it."""
REQUESTER = "requester"


@dataclass(frozen=True, kw_only=True)
class Links:
    """`days` is how long a signed link works; `base_url` has no slash at its end."""

    base_url: str
    signer: Signer
    days: int

    def ticket(self, incident: Incident, person: str, now: datetime) -> str:
        """The requester's page of her ticket: signed for her alone, so that nobody guesses it."""
        return self.base_url + self.ticket_path(incident, person, self._expiry(now))

    def ticket_path(self, incident: Incident, person: str, until: datetime) -> str:
        """The same without our address. A page that links on gives the `until` of the link that it was
        opened with: or one that leaked could be renewed for ever."""
        payload = {"incident": incident.id, "person": person}
        return f"/t/{self.signer.sign(TICKET, payload, until)}"

    def console(self, incident: Incident) -> str:
        """The page for those who work on it; it asks for a sign-in. By id: two sources may use the
        same number."""
        return f"{self.base_url}/incidents/{quote(incident.id, safe='')}"

    def chain(self, chain_id: str) -> str:
        """The page of what keeps coming back, where it is decided; it asks for a sign-in."""
        return f"{self.base_url}/chains/{quote(chain_id, safe='')}"

    def status(self, incident: Incident) -> str:
        """The public page of a major incident."""
        return f"{self.base_url}/s/{quote(incident.number, safe='')}"

    def to_release(
        self,
        incident: Incident,
        request: Communication,
        reader: Recipient,
        due_at: datetime | None,
        now: datetime,
    ) -> dict[str, str]:
        """Where one of those who were asked decides on a text: signed for that person, this text, and no
        longer than a day past its time. A room is not a person: its link asks for a sign-in."""
        if request.held is None:
            return {}
        if reader.kind != "person":
            held = quote(request.held.communication, safe="")
            return {RELEASE_URL: f"{self.base_url}/communications/{held}"}
        payload = {
            "incident": incident.id,
            "communication": request.held.communication,
            "person": reader.id,
        }
        until = min(self._expiry(now), (due_at or now) + RELEASE_LASTS)
        return {RELEASE_URL: f"{self.base_url}/release/{self.signer.sign(RELEASE, payload, until)}"}

    def opt_in(self, opt_in: str, until: datetime) -> str:
        """The page on which somebody confirms that she is to be told."""
        return (
            f"{self.base_url}/status/confirm/{self.signer.sign(OPT_IN, {'opt_in': opt_in}, until)}"
        )

    def subscription(self, subscription: str, now: datetime) -> str:
        """The page of one subscription, on which it is changed and ended; posting to it ends it."""
        payload = {"subscription": subscription}
        token = self.signer.sign(SUBSCRIPTION, payload, now + SUBSCRIPTION_LASTS)
        return f"{self.base_url}/status/subscription/{token}"

    def reader(self, link: str, until: datetime) -> str:
        """The page on which somebody signs in to read the portal."""
        return f"{self.base_url}/status/sign-in/{self.signer.sign(READER, {'link': link}, until)}"

    def own(self, person: str, now: datetime) -> str:
        """Where a person says when and of what they want to hear; signed for them alone."""
        return f"{self.base_url}/own/{self.signer.sign(OWN, {'person': person}, self._expiry(now))}"

    def article(self, incident: Incident, article: str, person: str, now: datetime) -> str:
        """An article as it was suggested to this person for this ticket, where she may say whether it
        helped."""
        return self.base_url + self.article_path(incident, article, person, self._expiry(now))

    def article_path(self, incident: Incident, article: str, person: str, until: datetime) -> str:
        """The same without our address; `until` as of `ticket_path`."""
        payload = {"incident": incident.id, "article": article, "person": person}
        return f"/a/{self.signer.sign(ARTICLE, payload, until)}"

    def article_in_console(self, incident: Incident, article: str) -> str:
        """The same for those who work on the ticket; it asks for a sign-in."""
        ticket = quote(incident.id, safe="")
        return f"{self.base_url}/knowledge/{quote(article, safe='')}?ticket={ticket}"

    def for_reader(
        self,
        incident: Incident,
        audience: str,
        reader: str,
        now: datetime,
        articles: Sequence[str] = (),
    ) -> dict[str, str]:
        """The link slots of one reader. The ticket's own page is for its requester alone: whoever
        else got that link could read and reopen in her name. So are the pages of `articles`."""
        links = {"console_url": self.console(incident), "status_url": self.status(incident)}
        places = {article_slot(n, "url"): id_ for n, id_ in enumerate(articles, 1)}
        if audience != REQUESTER:
            return links | {p: self.article_in_console(incident, a) for p, a in places.items()}
        ticket = self.ticket(incident, reader, now)
        links |= {"ticket_url": ticket, "reopen_url": f"{ticket}?again=1"}
        return links | {p: self.article(incident, a, reader, now) for p, a in places.items()}

    def approval(self, incident: str, approval: str, person: str, now: datetime) -> str:
        """Where this person decides; signed for them alone."""
        payload = {"incident": incident, "approval": approval, "person": person}
        return f"{self.base_url}/d/{self.signer.sign(APPROVAL, payload, self._expiry(now))}"

    def survey(self, survey: Survey) -> str:
        """Where whoever is asked answers, until it may not be answered any more."""
        token = self.signer.sign(SURVEY, {"survey": survey.id}, survey.expires_at)
        return f"{self.base_url}/v/{token}"

    def of_decisions(
        self, c: Communication, reader: str, survey: Survey | None, now: datetime
    ) -> dict[str, str]:
        """The link to decide by, for the one who is asked, and one for each score, which the page then shows
        chosen: opening it says nothing yet. `survey` is this reader's own."""
        links = {}
        if c.approval is not None and c.to is not None:
            links[APPROVAL_URL] = self.approval(c.incident, c.approval, reader, now)
        if survey is not None:
            asked = self.survey(survey)
            links |= {SURVEY_URL: asked} | {score_slot(n): f"{asked}?score={n}" for n in SCORES}
        return links

    def _expiry(self, now: datetime) -> datetime:
        return now + timedelta(days=self.days)
