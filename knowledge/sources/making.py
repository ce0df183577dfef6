"""When does a draft make an article, and what is said when it does not?"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from pydantic import ValidationError

from ..article import LONGEST_BODY, LONGEST_TITLE, ArticleText, Unreadable
from ..errors import Refused
from .draft import Draft, File
from .fields import day_of, labels_of, language_of, text_of
from .headings import first_heading, without_heading
from .names import names

# Control characters that no text means, but for tab and line feed; NUL has its own sentence.
_CONTROL = re.compile(r"[\x01-\x08\x0b-\x1f\x7f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def article_of(
    draft: Draft, file: File, *, source: str, url: str | None = None
) -> ArticleText | Unreadable:
    """A title that is given and too long is refused: a cut one is not what people search for. One that
    we guessed gives way to the file's name instead."""
    place = ", ".join(filter(None, [file.place, draft.place]))
    try:
        return _made(draft, file, source, url)
    except Refused as refused:
        return Unreadable(place=place, reason=str(refused))
    except ValidationError as wrong:
        return Unreadable(place=place, reason=_sentence(wrong))


def _made(draft: Draft, file: File, source: str, url: str | None) -> ArticleText:
    body = _clean(draft.body).strip()
    title = _title(draft, body, file.place)
    body = without_heading(body, title)
    if not body:
        raise Refused("there is no text in it" if not draft.key else "it has a title but no text")
    language = language_of(draft.fields, title, body)
    if keywords := labels_of(draft.fields, "keywords"):
        before, between = names().keyword_line[language]
        body += f"\n\n{before}{between.join(keywords)}"
    if len(body) > LONGEST_BODY:
        raise Refused(
            f"its text has {len(body):,} characters, and an article at most {LONGEST_BODY:,}: split it"
        )
    return ArticleText(
        source=source,
        external_id=f"{file.place}#{draft.key}" if draft.key else file.place,
        title=title,
        body=body,
        language=language,
        products=labels_of(draft.fields, "products") or (),
        audience=labels_of(draft.fields, "audience"),
        url=text_of(draft.fields, "url") or url,
        valid_from=day_of(draft.fields, "valid_from"),
        valid_until=day_of(draft.fields, "valid_until"),
    )


def _clean(text: str) -> str:
    if "\0" in text:
        raise Refused("there are NUL characters in it, so it is no text")
    if _SURROGATE.search(text):
        raise Refused("there is half a character in it (a lone surrogate)")
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    return _CONTROL.sub("", plain)


def _title(draft: Draft, body: str, place: str) -> str:
    given = _clean(text_of(draft.fields, "title"))
    if len(given) > LONGEST_TITLE:
        raise Refused(
            f"its title has {len(given):,} characters, and may have {LONGEST_TITLE}: shorten it"
        )
    if given:
        return given
    for guess in (first_heading(body), " ".join(_clean(draft.guess).split())):
        if guess and len(guess) <= LONGEST_TITLE:
            return guess
    if draft.key:
        raise Refused("it has no title")
    return readable(place)


def readable(place: str) -> str:
    """A file's name as a title: `reset_vpn-token.md` is `Reset vpn token`."""
    stem = PurePosixPath(place).stem
    words = " ".join(re.sub(r"[_\-+]+", " ", stem).split()) or stem
    return words[:1].upper() + words[1:]


def _sentence(wrong: ValidationError) -> str:
    first = wrong.errors(include_url=False, include_context=False)[0]
    field = str(first["loc"][0]) if first["loc"] else ""
    said = first["msg"].removeprefix("Value error, ")
    if field == "url":
        return "url is no address that begins with http:// or https://"
    return f"{field}: {said}" if field else said
