"""How does a service look as a line of a table? Columns, their order, and a document of them as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Literal

from ...domain.directory import Service

COLUMNS = (
    *("id", "name_zh", "name_en", "aliases", "critical", "listed", "public"),
    *("public_name_zh", "public_name_en", "category", "owners", "owner_groups", "users"),
    *("user_sites", "user_customers", "depends_on", "advice_zh", "advice_en", "models"),
)
LISTS = frozenset(
    {
        *("aliases", "owners", "owner_groups", "users", "user_sites", "user_customers"),
        "depends_on",
    }
)
YES_OR_NO = frozenset({"critical", "listed", "public"})
BETWEEN = "; "
Encoding = Literal["utf-8", "gbk"]
_FORMULA = re.compile(r"\s*[=+\-@\t\r]")
_DEFUSED = re.compile(r"'\s*[=+\-@\t\r']")
BOM = "\ufeff"


def defused(cell: str) -> str:
    """A spreadsheet runs a cell that begins like a formula; one behind an apostrophe it shows. An
    apostrophe of its own gets another one before it, so that reading takes away exactly one."""
    return f"'{cell}" if _FORMULA.match(cell) or _DEFUSED.match(cell) else cell


def as_written(cell: str) -> str:
    return cell[1:] if _DEFUSED.match(cell) else cell


def document(services: Iterable[Service], encoding: Encoding = "utf-8") -> bytes:
    """With the mark that makes a spreadsheet read UTF-8; as GBK for those that know only that, where a
    character that GBK lacks is written in GB 18030, which such programs read too."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(COLUMNS)
    for service in services:
        cells = cells_of(service)
        lines.writerow([defused(cells[column]) for column in COLUMNS])
    if encoding == "gbk":
        return out.getvalue().encode("gb18030")
    return (BOM + out.getvalue()).encode()


def cells_of(service: Service) -> dict[str, str]:
    name, public, advice = service.name, service.public_name, service.advice
    cells = {
        "id": service.id,
        "name_zh": name.zh,
        "name_en": name.en,
        "public_name_zh": public.zh if public else "",
        "public_name_en": public.en if public else "",
        "advice_zh": advice.zh if advice else "",
        "advice_en": advice.en if advice else "",
        "category": service.category or "",
        "models": service.models or "",
    }
    cells |= {column: BETWEEN.join(getattr(service, column)) for column in LISTS}
    cells |= {column: "yes" if getattr(service, column) else "no" for column in YES_OR_NO}
    return cells
