"""Who is who: people, groups, services, sites and customers, and how each is reached."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime, time
from enum import StrEnum
from typing import Annotated, Any, Literal
from unicodedata import category
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from .incident_types import IncidentType
from .times import Instant

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_MAIL = re.compile(rf"[^@\s<>,;:\"\\()\[\]]+@{_LABEL}(?:\.{_LABEL})*")
_JOINERS = "\u200c\u200d"
_UNSEEN = frozenset({"Cf", "Co", "Cs"})
_BLANK_LETTERS = "\u115f\u1160\u3164\uffa0\u2800"
"""Letters and signs by their category, whose glyph is a gap."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]")


class Value(BaseModel):
    """A frozen value, made by keyword, that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def one_line(text: str) -> str:
    """Refuse control characters and line breaks: such a text could forge a header."""
    if _CONTROL.search(text):
        raise ValueError("must be one line without control characters")
    return text


def visible(text: str) -> str:
    """Refuse a text of blanks and invisible characters: a reader would see nothing."""
    # Nearly every text begins with a letter or digit: this runs for each key of each event.
    if not text[:1].isalnum() and not is_visible(text):
        raise ValueError("holds nothing that can be seen")
    return text


def without_marks(text: str) -> str:
    """Without what nobody sees: marks that turn the order of a text, hidden characters. Joiners stay: there are
    names that are written with them."""
    if text.isascii():
        return text
    return "".join(c for c in text if c in _JOINERS or category(c) not in _UNSEEN).strip()


def is_visible(text: str) -> bool:
    return any(map(shows, text))


def shows(character: str) -> bool:
    """A mark (accent, variation selector) shows only on what stands before it."""
    seen = character.isprintable() and category(character)[0] not in "MZ"
    return seen and character not in _BLANK_LETTERS


def mail_address(text: str) -> str:
    """Refuse what is not one plain address (RFC 5321 without quoted local parts), seen whole."""
    one_line(text)
    if len(text) > 254 or not text.isprintable() or not _MAIL.fullmatch(text):
        raise ValueError("is not a mail address such as name@example.org")
    return text


def addressable(text: str) -> str:
    """Refuse what a browser would take for a way through folders, and marks that nobody sees."""
    if any(part in (".", "..") for part in re.split(r"[/\\]", text)):
        raise ValueError("has a part that is only dots: it could not stand in an address")
    if any(category(character) == "Cf" for character in text):
        raise ValueError("holds a character that nobody can see")
    return text


_NO_ZONES = frozenset({"localtime", "posixrules", "Factory"})


def zone_name(text: str) -> str:
    """Refuse what the time-zone database does not know, or holds for its own use: those names mean
    another zone on each computer, or none."""
    if text in _NO_ZONES:
        raise ValueError("is not a time zone such as Asia/Shanghai")
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise ValueError("is not a time zone such as Asia/Shanghai") from unknown
    return text


Key = Annotated[
    str, Field(min_length=1, max_length=200), AfterValidator(one_line), AfterValidator(visible)
]
Name = Key
Label = Annotated[Key, AfterValidator(without_marks)]
"""A word by which tickets are sorted: two that look alike are alike."""
LONGEST_NUMBER = 64
Number = Annotated[Key, Field(max_length=LONGEST_NUMBER), AfterValidator(addressable)]
"""A ticket's number at its source. It stands in every subject, and is the last part of an address."""
MailAddress = Annotated[str, AfterValidator(mail_address)]
Zone = Annotated[str, AfterValidator(zone_name)]


LONGEST_TEXT = 20_000
"""Characters of what people write: a description, a note, a summary."""
Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT), AfterValidator(visible)]


class Bilingual(Value):
    """The same words in both languages, written by somebody who knows both."""

    zh: Text
    en: Text

    def in_language(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


class Names(Bilingual):
    """One thing's name in both languages, in the words of its users."""

    zh: Name
    en: Name


class Role(StrEnum):
    """What a person may do here; each role includes those before it."""

    VIEWER = "viewer"
    TECHNICIAN = "technician"
    INCIDENT_MANAGER = "incident_manager"
    ADMINISTRATOR = "administrator"

    def includes(self, other: Role) -> bool:
        order = list(Role)
        return order.index(self) >= order.index(other)


class Address(Value):
    """Where a person or a room is reached on one channel; earlier in a list is preferred."""

    channel: Literal["mail", "webhook"]
    value: Annotated[str, Field(min_length=3, max_length=1000), AfterValidator(one_line)]

    def model_post_init(self, _context: object) -> None:
        if self.channel == "mail":
            mail_address(self.value)
        elif not self.value.startswith(("https://", "http://")):
            raise ValueError("a webhook's address starts with https:// or http://")


class Absence(Value):
    """Somebody is away `since` then and `until` then; `substitute` decides meanwhile."""

    since: Instant
    until: Instant
    substitute: Key | None = None


class Quiet(Value):
    """Hours in which a person is not disturbed, by the clock in their zone; over midnight where `until` is earlier.
    What a rule marks as a must comes nevertheless."""

    since: time
    until: time

    def model_post_init(self, _context: object) -> None:
        if self.since == self.until or self.since.tzinfo or self.until.tzinfo:
            raise ValueError("begins and ends at two different times such as 22:00 and 07:00")


class Person(Value):
    """Somebody who may be told something. `role` is set only for those who may sign in; who is not `active`
    has left."""

    id: Key
    name: Name
    names: Names | None = None
    language: Language = "en"
    zone: Zone = "UTC"
    addresses: tuple[Address, ...] = ()
    role: Role | None = None
    phone: Name | None = None
    groups: tuple[Key, ...] = ()
    site: Label | None = None
    customer: Label | None = None
    active: bool = True
    absences: tuple[Absence, ...] = ()

    def absence_at(self, moment: datetime) -> Absence | None:
        return next((a for a in self.absences if a.since <= moment < a.until), None)

    quiet: Quiet | None = None
    digest_at: time | None = Field(
        default=None, description="When what may wait for it comes, as one message; in their zone."
    )

    def name_in(self, language: Language) -> str:
        return self.names.in_language(language) if self.names else self.name


class Group(Value):
    """A group of people; with addresses of its own it is a room, else its members are told. A `mixed`
    room reads both languages: it gets one card in both."""

    id: Key
    name: Names
    addresses: tuple[Address, ...] = ()
    language: Language = "en"
    zone: Zone = "UTC"
    mixed: bool = False
    members: tuple[Key, ...] = ()
    managers: tuple[Key, ...] = ()


class Service(Value):
    """Something people use, described in calm times; `aliases` are the other words they have for it, in
    any language. A `deleted` one stays readable for the tickets that name it."""

    id: Key
    name: Names
    aliases: tuple[Name, ...] = ()
    owners: tuple[Key, ...] = Field(default=(), description="People who answer for it.")
    owner_groups: tuple[Key, ...] = Field(default=(), description="Groups in charge of it.")
    users: tuple[Key, ...] = Field(default=(), description="Groups of those who use it.")
    user_sites: tuple[Label, ...] = Field(default=(), description="Everybody there uses it.")
    user_customers: tuple[Label, ...] = Field(default=(), description="Everybody there uses it.")
    advice: Bilingual | None = Field(
        default=None, description="What to do while it fails, and what not to bother with."
    )
    depends_on: tuple[Key, ...] = ()
    critical: bool = False
    category: IncidentType | None = Field(
        default=None,
        description="What sort of thing it is: texts say what helps with such a failure.",
    )
    public: bool = Field(default=True, description="People outside may know that it is there.")
    public_name: Names | None = Field(default=None, description="What people outside call it.")
    listed: bool = Field(
        default=False, description="Whether the public status page lists it while it works."
    )
    models: Literal["none"] | None = Field(
        default=None, description="`none`: no chat model may read about its tickets."
    )
    deleted: bool = False


class Site(Value):
    id: Key
    name: Names
    zone: Zone = "UTC"


class Customer(Value):
    id: Key
    name: Names


class Directory(Value):
    """All of it as one document: what `heliograph directory load` takes."""

    people: tuple[Person, ...] = ()
    groups: tuple[Group, ...] = ()
    services: tuple[Service, ...] = ()
    sites: tuple[Site, ...] = ()
    customers: tuple[Customer, ...] = ()

    @field_validator("*")
    @classmethod
    def _each_once(cls, entries: tuple[Any, ...]) -> tuple[Any, ...]:
        """Of two with one id, one would silently be lost."""
        times = Counter(entry.id for entry in entries)
        for name, n in times.most_common(1):
            if n > 1:
                raise ValueError(f"{name} stands here twice")
        return entries
