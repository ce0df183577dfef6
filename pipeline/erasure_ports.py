"""The seam for words that have to go: what may be asked of the rows when somebody's data is erased?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from .domain.directory import Person


class ErasureWork(Protocol):
    """What a unit of work (`ports.Transaction`) does about it."""

    def tickets_naming(self, words: Collection[str]) -> list[str]:
        """Tickets of which an event holds one of these words, in what can be erased of it."""

    def people_named(self, person_id: str) -> dict[str, Person]:
        """Source → what its events told of somebody whom it calls so."""

    def tickets_with_conversations(self) -> list[str]:
        """All of which somebody added a log."""

    def count_removal(self, incident_id: str) -> None:
        """Words of this ticket are being taken away: whoever works with what he read before is to know."""

    def removals(self, incident_id: str) -> int:
        """How often that happened; to be asked before anything of the ticket is read."""

    def none_removed_since(self, incident_id: str, removals: int) -> bool:
        """Whether it did not happen again; until this unit of work ends, it does not."""

    def forget_words_of_models(self, incident_id: str) -> None:
        """What models were asked about a ticket, and answered: no kept answer of it is found again, and no text
        takes the words that one wrote. Rows stay, with what they took."""

    def forget_old_passages(self, before: datetime, most: int) -> int:
        """The words that models wrote for at most `most` messages which were settled or leased before then. How
        many went."""

    def erase_events(self, incident_id: str, words: Collection[str] | None) -> None:
        """The personal fields of events that hold one of these words, or (None) of all; the events stay."""

    def erase_texts(self, incident_id: str) -> None:
        """All that was written from a ticket: drafts, renditions, values of messages, requests, summaries,
        conversations, what it was asked of the library."""

    def forget_problem_title(self, title: str, instead: str, article_id: str | None) -> None:
        """Where a problem's title was copied to: what a desk was asked, and for the article that it became its
        revisions, what tickets found of it and what a model asked of it."""

    def rename_everywhere(self, words: Mapping[str, str], ids: Mapping[str, str]) -> None:
        """In every row about tickets and people: each of the words wherever it stands, each id where it is
        one from end to end."""

    def forget_person(self, person_id: str) -> None:
        """The directory's entry, what sources said, and sign-ins."""
