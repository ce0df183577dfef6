"""Which parts of a text are names given by machines: error codes, article numbers, hosts, versions?

They say more than any word, are the same in every language, and are written in many ways: `0x8004010F` and
`8004010f`, `KB 5034441` and `kb5034441`, `5.1.90` and `5190`, `PRT-SH-014` and `prt sh 014`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# A run of letters and digits, with the marks that machines write inside it.
_RUN = re.compile(r"[a-z0-9]+(?:[-._:/\\][a-z0-9]+)*")
_SPLIT = re.compile(r"[-._:/\\]")
# A word that announces the number after it: "KB 5034441", "error 691", "event id 4625".
_ANNOUNCED = re.compile(
    r"\b(kb|event(?: id)?|error(?: code)?|code|incident|inc|stop)[ #:]+(\d{3,8})\b"
)
_LONGEST = 60
_CODE = re.compile(
    r"0x[0-9a-f]{2,}|[a-z]{1,6}[-_]\d{3,}|(?=(?:[^\d]*\d){5})[a-z0-9]*[a-z][a-z0-9]*|\d{5,}"
)


def identifiers(normal_text: str) -> Iterator[str]:
    """Each identifier in one way of writing; those told apart only by their marks meet.

    Of a normalised text. A number below three digits is none: steps and counts are numbered too.
    """
    for run in _RUN.finditer(normal_text):
        written = run[0]
        if len(written) <= _LONGEST and _is_given_by_a_machine(written):
            yield collapsed(written)
    for kind, number in _ANNOUNCED.findall(normal_text):
        if kind == "kb":
            yield f"kb{number}"


def codes(normal_text: str) -> Iterator[str]:
    """Of these, what only a machine gives: `0x80070643`, `gp-1042`, `caa20002`, `kb5034441`. A product with
    its year (`office365`) is none, nor is a bare number below five digits."""
    for run in _RUN.finditer(normal_text):
        written = run[0]
        if len(written) <= _LONGEST and _CODE.fullmatch(written):
            yield collapsed(written)
    for kind, number in _ANNOUNCED.findall(normal_text):
        yield f"kb{number}" if kind == "kb" else number


def collapsed(written: str) -> str:
    """The identifier without its marks, and without what says only that it is hexadecimal."""
    bare = _SPLIT.sub("", written)
    return bare[2:] if bare.startswith("0x") and len(bare) > 4 else bare


def _is_given_by_a_machine(written: str) -> bool:
    digits = sum(character.isdigit() for character in written)
    if digits == 0:
        return False
    return digits >= 3 or (digits < len(written) and len(written) >= 3)
