"""What did somebody write of a service, cell by cell? A service, or every cell that is not right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from ...domain.directory import Service
from ...domain.register import Problem
from ...domain.unfit_values import in_words
from .tabular import LISTS, YES_OR_NO, cells_of

_SEPARATORS = re.compile("[;\uff1b\n]")
# What no text means, but for tab and line feed; and halves of characters.
_UNREADABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u0085\u2028\u2029\ud800-\udfff]")
_YES = frozenset({"yes", "y", "true", "1", "x", "on"})
_NO = frozenset({"no", "n", "false", "0"})
_PAIRS = ("name", "public_name", "advice")
_CODES = {
    "string_too_long": "too_long",
    "too_long": "too_long",
    "string_too_short": "missing",
    "missing": "missing",
    "literal_error": "choice",
    "enum": "choice",
}


def service_of(
    cells: Mapping[str, str], before: Service | None, line: int | None = None
) -> tuple[Service | None, list[Problem]]:
    """A service from those cells; what no cell speaks of stays as it was `before`, and so does a yes or no
    that is left empty."""
    given = {name: _tidy(text) for name, text in cells.items()}
    given = {name: text for name, text in given.items() if text or name not in YES_OR_NO}
    found = [
        Problem(code="control", field=name, line=line)
        for name, text in given.items()
        if _UNREADABLE.search(text)
    ]
    usual = cells_of(before) if before else {}
    fields, wrong = _fields({**usual, **given}, line)
    found += wrong
    if found:
        return None, found
    try:
        # A name that came in one language alone stands for both: the register says what is missing.
        return Service.model_validate(fields), []
    except ValidationError as unfit:
        return None, _told(unfit, line)


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _fields(cells: Mapping[str, str], line: int | None) -> tuple[dict[str, Any], list[Problem]]:
    fields: dict[str, Any] = {"id": cells.get("id", "")}
    fields |= {name: cells.get(name) or None for name in ("category", "models")}
    fields |= {name: _list(cells.get(name, "")) for name in LISTS}
    found: list[Problem] = []
    for name in YES_OR_NO & cells.keys():
        said = cells[name].lower()
        if said not in _YES | _NO:
            found.append(Problem(code="yes_or_no", field=name, line=line))
        fields[name] = said in _YES
    for name in _PAIRS:
        zh, en = cells.get(f"{name}_zh", ""), cells.get(f"{name}_en", "")
        fields[name] = {"zh": zh or en, "en": en or zh} if zh or en else None
        if name == "advice" and bool(zh) != bool(en):
            lacking = "advice_en" if zh else "advice_zh"
            found.append(Problem(code="one_language", field=lacking, line=line))
    if not fields["id"]:
        found.append(Problem(code="missing", field="id", line=line))
    if fields["name"] is None:
        found.append(Problem(code="missing", field="name_zh", line=line))
    return fields, found


def _list(text: str) -> list[str]:
    parts = (part.strip() for part in _SEPARATORS.split(text))
    return list(dict.fromkeys(part for part in parts if part))


def _told(unfit: ValidationError, line: int | None) -> list[Problem]:
    return list(_each_once(_problem(error, line) for error in unfit.errors(include_url=False)))


def _problem(error: Any, line: int | None) -> Problem:
    place = [str(part) for part in error["loc"]]
    field = "_".join(place[:2]) if place[:1] and place[0] in _PAIRS else place[0] if place else ""
    if "control characters" in error["msg"]:
        return Problem(code="control", field=field, line=line)
    code = _CODES.get(error["type"])
    names: tuple[str, ...] = ()
    if code is None:
        names = (in_words(error),)
    elif code == "choice":
        names = (str(error["ctx"]["expected"]).replace("'", ""),)
    return Problem(code=code or "unfit", field=field, names=names, line=line)


def _each_once(problems: Iterable[Problem]) -> Iterable[Problem]:
    return dict.fromkeys(problems)
