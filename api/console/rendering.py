"""How does a page come about? A template, the visitor's language and zone, and nothing unescaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from pipeline.access import COMMAND_LINE, token_named
from pipeline.domain.communication import MARK, Reason
from pipeline.domain.directory import LANGUAGES, Bilingual, Language
from pipeline.drafting.spoken import (
    at_clock,
    day_words,
    delay,
    duration,
    month_words,
    promised,
    zone_words,
)
from pipeline.policy.readers import kind_and_id

from ..auth.visitors import Visitor, heliograph_of
from . import managed, reasons
from .attention import at_risk, waiting
from .words import to_fill, word

LANGUAGE_COOKIE = "heliograph_language"
_NO_DIGIT = re.compile(r"[^0-9+*#,]")
_ADDRESS = re.compile(r"https?://[^\s<>\"'\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")
LONGEST_ADDRESS = 40
_FOLDERS = [Path(__file__).parent / "templates", Path(__file__).parents[1] / "portal" / "templates"]


def page(
    request: Request,
    template: str,
    values: Mapping[str, Any],
    *,
    visitor: Visitor | None = None,
    language: Language | None = None,
    zone: str = "UTC",
    status: int = 200,
) -> HTMLResponse:
    """The rendered page. A request by htmx gets the template's `part` alone, if it names one."""
    spoken = language or language_of(request, visitor)
    zone = visitor.person.zone if visitor else zone
    shown = {**_on_each_page(request, visitor, spoken, zone), **values}
    html = PAGES.get_template(template).render(shown)
    answer = HTMLResponse(html, status)
    # A page holds one person's view: no shared cache may keep it, nor the browser's back button.
    answer.headers["Cache-Control"] = "no-store"
    asked = request.query_params.get("lang")
    if asked in LANGUAGES:
        answer.set_cookie(LANGUAGE_COOKIE, asked, max_age=31_536_000, samesite="lax", httponly=True)
    return answer


def _on_each_page(
    request: Request, visitor: Visitor | None, language: Language, zone: str
) -> dict[str, Any]:
    app = heliograph_of(request)
    now = app.clock.now()
    other: Language = "en" if language == "zh" else "zh"
    return {
        "language": language,
        "other_language": other,
        "in_other_language": _asked_in(request, other),
        "zone": zone,
        "now": now,
        "zone_words": zone_words(now, zone, language),
        "visitor": visitor,
        # Two slashes at the beginning would make a link to another host of it.
        "managed": managed.BEGINNINGS,
        "parts": app.settings.parts,
        "readers_sign_in": app.settings.readers_sign_in,
        "path": "/" + request.url.path.lstrip("/"),
        "waiting_count": waiting(app.queries) if visitor else 0,
        "at_risk": at_risk(app.queries) if visitor else 0,
        "state_words": app.library.templates.state_words(language),
        "reason_in": lambda reason: reasons.sentence_of(
            reason, app.library, language, lambda moment: at_clock(moment, now, zone, language)
        ),
    }


def language_of(request: Request, visitor: Visitor | None) -> Language:
    """The language asked for, else the one chosen before, the person's, the browser's, ours."""
    for wanted in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        for language in LANGUAGES:
            if wanted == language:
                return language
    if visitor:
        return visitor.person.language
    preferred = request.headers.get("accept-language", "").lower()
    named = [(preferred.find(language), language) for language in LANGUAGES]
    return min(
        ((place, language) for place, language in named if place >= 0),
        default=(0, heliograph_of(request).settings.language),
    )[1]


def in_other_language(request: Request, asked: Mapping[str, str]) -> str:
    """The query of a page that is kept for everybody, in the language that it is not in."""
    other = "en" if language_of(request, None) == "zh" else "zh"
    return "?" + urlencode({**asked, "lang": other})


def _asked_in(request: Request, language: Language) -> str:
    """The same question in another language: what was searched stays searched."""
    asked = [(k, v) for k, v in request.query_params.multi_items() if k != "lang"]
    return "?" + urlencode([*asked, ("lang", language)])


@pass_context
def _translate(context: Context, text: str, **values: object) -> str:
    """A value that a macro made is escaped already, and is not escaped again."""
    if any(isinstance(value, Markup) for value in values.values()):
        return escape(to_fill(context["language"], text, values)).format(**values)
    return word(context["language"], text, **values)


@pass_context
def _colon(context: Context) -> str:
    """Between a name and its value. The Chinese one is as wide as a character, and takes no blank."""
    return "：" if context["language"] == "zh" else ": "


@pass_context
def _gap(context: Context) -> str:
    """After words that end with a colon of their own."""
    return "" if context["language"] == "zh" else " "


@pass_context
def _time(context: Context, moment: datetime | None) -> Markup:
    """A clock time with its day when that is another one; the whole instant on hover."""
    if moment is None:
        return Markup("")
    here = moment.astimezone(ZoneInfo(context["zone"]))
    text = at_clock(moment, context["now"], context["zone"], context["language"])
    whole = f"{here:%Y-%m-%d %H:%M:%S} {context['zone']}"
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        moment.isoformat(), whole, text
    )


@pass_context
def _announced(context: Context, moment: datetime, since: datetime | None = None) -> Markup:
    """A time until which something is open, as the mail of it told it (to those who read in this zone): a page
    that named a later one would contradict it. `since` is when it was told, else now."""
    return _time(context, promised(moment, since or context["now"], context["zone"]))


@pass_context
def _clock(context: Context, moment: datetime) -> str:
    """The same as words alone, for a plot."""
    return at_clock(moment, context["now"], context["zone"], context["language"])


@pass_context
def _day(context: Context, day: date) -> str:
    """A day in words, with its year when that is another one."""
    return day_words(day, context["now"], context["language"])


@pass_context
def _term(context: Context, day: date) -> str:
    """A day from or until which something holds: with its year unless it is still to come in this one."""
    return day_words(day, context["now"], context["language"], ahead=True)


def _spoken(words: Callable[[Any, Language], str]) -> Callable[[Context, Any], str]:
    """A month with its year, how long something took, what a rule waits: in the reader's language."""

    @pass_context
    def filtered(context: Context, value: Any) -> str:
        return words(value, context["language"])

    return filtered


@pass_context
def _reason(context: Context, reason: Reason | None) -> str:
    """Whoever did it is called by name, where the page looked it up."""
    if reason is None:
        return ""
    if by := reason.values.get("by"):
        people = context.get("people")
        called = _named(context, by, people if isinstance(people, Mapping) else {})
        reason = reason.model_copy(update={"values": {**reason.values, "by": called}})
    return str(context["reason_in"](reason))


@pass_context
def _named(context: Context, id_: str | None, table: Mapping[str, Any]) -> str:
    """Whoever or whatever has this id, by `table`; a program by the name of its token, and else the id itself."""
    if not id_:
        return ""
    if id_ in table:
        return _name(context, table[id_])
    name = token_named(id_)
    if name == COMMAND_LINE:
        return _translate(context, "the command line")
    return _translate(context, "token “{name}”", name=name) if name else id_


@pass_context
def _zone(context: Context, zone: str) -> str:
    """What another reader's zone is called."""
    return zone_words(context["now"], zone, context["language"])


@pass_context
def _name(context: Context, value: Any) -> str:
    """A person, group or service in the reader's language; an id stays an id."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, Bilingual):
        return value.in_language(context["language"])
    if hasattr(value, "name_in"):
        return str(value.name_in(context["language"]))
    return str(value.name.in_language(context["language"]))


def _marks(text: str) -> Markup:
    """A text with a visible place for each value that differs by reader."""
    return Markup(MARK.sub(r'<span class="mark">\1</span>', str(escape(text))))  # noqa: S704  escaped


def _linked(text: str) -> Markup:
    """A text as it was sent, with its addresses as links. A long one is shown by its beginning: it is a
    permission for its reader, and nothing to be read."""
    parts, end = [], 0
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(".,;:!?)")
        shown = address.partition("://")[2]
        if len(shown) > LONGEST_ADDRESS:
            shown = f"{shown[:LONGEST_ADDRESS]}…"
        parts += [
            escape(text[end : found.start()]),
            Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(address, shown),
        ]
        end = found.start() + len(address)
    return Markup("").join([*parts, escape(text[end:])])


def _dial(phone: str) -> str:
    """A number as a telephone takes it, for a link."""
    return "tel:" + _NO_DIGIT.sub("", phone)


def _make() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDERS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals = {"t": _translate, "colon": _colon, "gap": _gap}
    environment.filters |= {
        "when": _time,
        "why": _reason,
        "called": _name,
        "named": _named,
        "marks": _marks,
        "zone": _zone,
        "dial": _dial,
        "announced": _announced,
        "clock": _clock,
        "linked": _linked,
        "day": _day,
        "term": _term,
        "delay": _spoken(delay),
        "month": _spoken(month_words),
        "lasting": _spoken(duration),
        "kind_and_id": kind_and_id,
    }
    return environment


PAGES = _make()
