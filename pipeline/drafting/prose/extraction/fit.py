"""May people outside read these words? Only where nothing in them belongs to the machine room or to a person.

No order to a machine, secret, guess, blame, foul or vague word, and nothing of the inside. What is in doubt is skipped: it is a draft's floor, not its record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ....domain.credentials import credentials_in
from ...redaction.detectors.identities import identities
from ...redaction.readable import likeness
from .cues import Cues
from .said import WITHHELD

UNFIT = WITHHELD | {
    "guess",
    "blame",
    "profanity",
    "inside",
    "secrecy",
    "vague",
    "not_so",
    "no_promise",
}
"""Kinds of cue that keep a sentence in."""
OF_LINE = WITHHELD | {"blame", "profanity", "secrecy"}
"""Those that keep in the whole line: what stands beside "between us" is meant by it too."""
_SYMPTOM = "symptom"
_ROUGHLY = re.compile(r"(?:大概|大约|约|about|around|roughly)\s*\d", re.IGNORECASE)
LONGEST = 500
"""Characters of a line that people outside may be quoted from; a longer one is a paste."""
_MACHINE = re.compile(
    r"https?://|www\.|[\w.+-]{1,40}@[\w-]+\.\w|\b\d{1,3}(?:\.\d{1,3}){3}\b"
    r"|[\w-]\.(?:local|lan|corp|com|net|org|cn|io)\b|[A-Za-z]:\\|\\\\\w|(?<!\w)/[\w.-]{1,40}/"
    r"|\b[a-z][a-z0-9]{0,20}-[a-z0-9-]{0,20}\d|\b[A-Z]{2}[A-Z0-9]{0,20}-[\w-]{0,20}\d"
    r"|\b0x[0-9a-f]+\b|\b[0-9a-f]{2}(?::[0-9a-f]{2}){5}\b|\w(?:Exception|Error)\b"
    r"|\bat [\w$]{1,40}\.[\w$.]{1,80}\(|\w_\w|[{}<>|`$#=]",
)
_CALL = re.compile(r"(?<!\w)@\w")
"""What is asked of a colleague is no advice to a reader, also without her name."""
_CALLED = re.compile(
    r"@\w|(?<![\u3400-\u9fff])[\u3400-\u9fff](?:工|总|哥|姐|经理|主任|老师)(?![\u3400-\u9fff]?[作程具单])"
    r"|[\u3400-\u9fff]{1,3}组(?![织成合件装长])"
    r"|[小老][\u3400-\u9fff](?=[说在去来看查，,：: ])|\b(?:Mr|Mrs|Ms|Dr)\.? [A-Z]"
)


def is_fit(text: str, kinds: Iterable[str], names: Iterable[str]) -> bool:
    """`kinds` are those of the text's cues, `names` those of everybody known."""
    like = likeness(text)
    if not UNFIT.isdisjoint(kinds) or any(credentials_in(like)) or any(identities(like)):
        return False
    if _MACHINE.search(text) or _CALLED.search(text):
        return False
    folded = text.casefold()
    words = frozenset(re.findall(r"[a-z]{3,}", folded))
    return not any(
        part in words if part.isascii() else part in folded
        for name in names
        for part in _parts(name)
    )


def _parts(name: str) -> list[str]:
    """The whole name, and of a Latin one each word: people are called by either."""
    return re.findall(r"[a-z]{3,}|[\u3400-\u9fff]{2,}", name.casefold())


def kinds_judged(kinds: Iterable[str], text: str) -> frozenset[str]:
    """Who tells what does not work is not vague, whatever else she says of it; "about 20" is no guess at why."""
    found = frozenset(kinds)
    if _SYMPTOM not in found:
        return found
    return found - ({"vague", "guess"} if _ROUGHLY.search(text) else {"vague"})


def is_closed(line: str, cues: Cues) -> bool:
    """Whether nothing of a line may be read outside: a paste, one with a secret, one to somebody who works
    on it, or one that says so."""
    if len(line) > LONGEST or _CALL.search(line) or any(credentials_in(likeness(line))):
        return True
    return not OF_LINE.isdisjoint(cue.kind for cue in cues.find(line))
