"""Which programs' logs are read? Each has a file here and a line in the list; the one that fits best reads.

Of two that fit equally well the earlier one is taken. What is text reads as call notes if as nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..entry import Read
from ..opened import Opened
from . import (
    call_notes,
    dingtalk,
    feishu,
    mail,
    mail_text,
    plain,
    service_desk_plus,
    slack,
    teams,
    teams_text,
    wecom,
)


@dataclass(frozen=True, kw_only=True)
class Format:
    """`fits` tells from 0 to 1 how surely a file is of this kind; `read` takes all that are."""

    name: str
    fits: Callable[[Opened], float]
    read: Callable[[Sequence[Opened]], Read]


FORMATS: tuple[Format, ...] = tuple(
    Format(name=module.__name__.rpartition(".")[2], fits=module.fits, read=module.read)
    for module in (
        mail,
        slack,
        teams,
        service_desk_plus,
        mail_text,
        teams_text,
        wecom,
        dingtalk,
        feishu,
        plain,
        call_notes,
    )
)
NAMES: tuple[str, ...] = tuple(each.name for each in FORMATS)


def named(name: str) -> Format | None:
    """The format of this name, or None."""
    return next((each for each in FORMATS if each.name == name), None)


def recognised(file: Opened) -> Format | None:
    """The one that fits best, or None when none does."""
    best = max(FORMATS, key=lambda each: each.fits(file))
    return best if best.fits(file) > 0 else None
