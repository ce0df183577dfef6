"""Does this line of a chat begin a message? By whom, when, and what does it say already?

bracket   [10:32] name: text          [10:32] <name> text          [10:32 AM] name
leading   10:32 name: text            10:32 - name: text           2026-08-24 10:32:11 name(123)
inner     name (10:32): text
trailing  name 2026-08-24 10:32:11
bare      10:32 text                  a time, and nobody named
date      —— 2026-08-24 ——            holds for what follows
zone      Times are in UTC            the same
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from .stamps import Day, Stamp, stamp_at
from .words import any_of, folded, words

LONGEST_NAME = 60
_FIGURE = re.compile(r"\d")
_OPENS = {"[": "]", "【": "】", "(": ")", "（": "）", "［": "］"}
_ANGLE = re.compile(r"<([^<>\n]{1,60})>\s*")
_APART = re.compile(r"(?:([^|\[\]\n]{2,40}?)\s+[|–—-]\s+|\[([^\[\]\n]{2,40})\]\s+)(?=\S)")
"""A name without a colon is taken for one only where it is hardly anything else."""
_COLON = re.compile(r"\s*[:：]\s*")
_GAP = re.compile(r"[ \t]*(?:[-–—|·][ \t]+)?")
_BULLET = re.compile(r"[-*•·–]\s+")
_SPACE = re.compile(r"[\s,，|·—–-]+")
_INNER = re.compile(r"[(（\[【]([^()（）\[\]【】]{3,60})[)）\]】]\s*([:：]?)\s*")
_DECORATION = re.compile(r"^[\s—–\-=*#_~·.]{0,60}|[\s—–\-=*#_~·.:：]{0,60}$")
_HAN = re.compile(r"[\u3400-\u9fff]")
_PUNCTUATION = re.compile('[。，、；！？“”‘’「」《》…!?;"=/\\\\{}$%^+|~`#]|\\.\\s|\\.$')
_AFFIX = re.compile(r"\s*[(（\[【<][^()（）\[\]【】<>]{0,50}[)）\]】>]\s*$")
_SMALL_PARTS = frozenset(
    ("van", "von", "de", "der", "den", "del", "di", "da", "dos", "la", "le", "bin", "al", "el")
)
_OFFICES = frozenset(
    ("lead", "desk", "support", "team", "manager", "owner", "engineer", "-", "–", "&")
)
"""What stands small beside a name: `Site lead Ann`, `Basis - Deepak`."""
_TITLE = re.compile(r"^(?:Dr|Mr|Mrs|Ms|Prof)\.\s+(?=[A-Z])")
_MOST_TOKENS = 5
_MOST_FIGURES = 4


@dataclass(frozen=True, slots=True)
class Head:
    """`certain` is False where words of a sentence may look the same: then the log around decides."""

    form: str
    speaker: str
    stamp: Stamp | None
    rest: str = ""
    certain: bool = True


def head_of(line: str) -> Head | None:
    """The head of a message, or None for a line that belongs to the one before."""
    line = line.strip()
    if not line:
        return None
    if not _FIGURE.search(line, 0, 160):
        return _zone(line) or _day(line)
    bullet = _BULLET.match(line)
    if bullet is not None:
        listed = _leading(line[bullet.end() :])
        if listed is not None and listed.stamp is not None and listed.stamp.clock is not None:
            return listed
    return _bracket(line) or _leading(line) or _inner(line) or _trailing(line) or _zone(line)


def name_and_text(line: str) -> Head | None:
    """`name: text` without any time; what programs write before colons is no name."""
    colon = _COLON.search(line[: LONGEST_NAME + 3])
    if colon is None or not is_name(name := _bare_name(line[: colon.start()])):
        return None
    return Head("named", name, None, line[colon.end() :], certain=False)


def _bare_name(text: str) -> str:
    """Without what chats put around it: brackets, stars, a colon."""
    text = text.strip(" :：,，*_`\t")
    if text[:1] in {"[", "【"} and text.endswith(("]", "】")):
        text = text[1:-1].strip()
    return text


def is_name(text: str) -> bool:
    """Whether these words may be what somebody is called: few, each begun as a name is, no sentence."""
    return len(text) <= LONGEST_NAME and _is_name(text)


@lru_cache(maxsize=4096)
def _is_name(text: str) -> bool:
    bare = _TITLE.sub("", _AFFIX.sub("", text.strip()).lstrip("@").strip())
    if not bare or _PUNCTUATION.search(bare):
        return False
    if bare.casefold().startswith(_no_names()) and _is_no_name(bare.casefold()):
        return False
    if _HAN.search(bare):
        return len(_HAN.findall(bare)) <= 8 and len(_FIGURE.findall(bare)) <= _MOST_FIGURES
    tokens = bare.replace(",", " ").split()
    if not any(character.isalpha() for character in bare) or len(tokens) > _MOST_TOKENS:
        return False
    if len(tokens) == 1:
        return True
    return len(_FIGURE.findall(bare)) <= _MOST_FIGURES and all(
        t[0].isupper() or t.casefold() in _SMALL_PARTS | _OFFICES for t in tokens
    )


def has_han(text: str) -> bool:
    """Whether a Chinese character stands in it."""
    return _HAN.search(text) is not None


def is_full_name(text: str) -> bool:
    """Whether these words are hardly anything but a person's whole name: a known surname with what may
    follow one, or two Latin words begun in capitals."""
    bare = _AFFIX.sub("", text)
    surnames = words()["surnames"]
    if bare.startswith(tuple(surnames["double"])):
        return len(bare) in {3, 4}
    if bare[:1] in surnames["single"]:
        return len(bare) in {2, 3}
    tokens = bare.split()
    return len(tokens) in {2, 3} and all(t.isalpha() and t.istitle() for t in tokens)


def is_notice(text: str) -> bool:
    """Whether a program says it rather than a person: joins, calls, what was taken back."""
    return _notices().search(text) is not None


@cache
def _notices() -> re.Pattern[str]:
    return re.compile(any_of(words()["notices"]), re.IGNORECASE)


@cache
def _no_names() -> tuple[str, ...]:
    return folded("no_names")


def _is_no_name(bare: str) -> bool:
    """A Latin word must stand whole; a Chinese one begins a sentence."""
    if bare.startswith(folded("names_all_the_same")):
        return False
    for word in _no_names():
        after = bare[len(word) : len(word) + 1]
        if bare.startswith(word) and (not word.isascii() or not after.isalnum()):
            return True
    return False


def _bracket(line: str) -> Head | None:
    close = _OPENS.get(line[0])
    if close is None:
        return None
    found = stamp_at(line, 1)
    if found is None:
        return None
    stamp, end = found
    if line[end : end + 1] != close:
        return None
    rest = line[end + 1 :].strip()
    if stamp.clock is None:
        return Head("date", "", stamp) if not rest else None
    return _after(rest, stamp, "bracket")


def _leading(line: str) -> Head | None:
    found = stamp_at(line)
    if found is None:
        return _day(line)
    stamp, end = found
    rest = line[_gap(line, end) :]
    if stamp.clock is None:
        return _day(line)
    if line[end : end + 1] in {":", "："}:
        return Head("leading-bare", "", stamp, line[end + 1 :].strip())
    if rest and line[end : end + 1].isalnum() and not _HAN.match(line[end]):
        return None
    if not rest:
        return Head("alone", "", stamp)
    return _after(rest, stamp, "leading")


def _gap(line: str, end: int) -> int:
    gap = _GAP.match(line, end)
    return gap.end() if gap else end


def _after(rest: str, stamp: Stamp, form: str) -> Head:
    """What follows a time: a name and a text, a name alone, or a text of nobody."""
    angle = _ANGLE.match(rest)
    if angle is not None:
        return Head(form, angle[1].strip(), stamp, rest[angle.end() :])
    apart = _APART.match(rest)
    if apart is not None and is_full_name(name := apart[1] or apart[2]):
        return Head(form, name, stamp, rest[apart.end() :])
    named = name_and_text(rest)
    if named is not None:
        return Head(form, named.speaker, stamp, named.rest)
    if is_name(rest) and not is_notice(rest) and (form == "bracket" or stamp.day is not None):
        return Head(f"{form}-alone", rest, stamp, certain=form == "bracket")
    return Head(f"{form}-bare", "", stamp, rest)


def _inner(line: str) -> Head | None:
    for tried, found in enumerate(_INNER.finditer(line, 0, 160)):
        name = _bare_name(line[: found.start()])
        if tried == 2 or not name:
            break
        stamp = _whole(found[1])
        if stamp is None or stamp.clock is None or not is_name(name):
            continue
        rest = line[found.end() :]
        if found[2]:
            return Head("inner", name, stamp, rest)
        return Head("trailing", name, stamp) if not rest else None
    return None


def _trailing(line: str) -> Head | None:
    if len(line) > 150:
        return None
    end = line.rstrip(" :：").rstrip()
    for tried, gap in enumerate(_SPACE.finditer(end)):
        if tried == _MOST_TOKENS + 1:
            break
        if gap.start() == 0:
            continue
        stamp = _whole(end[gap.end() :])
        if stamp is not None and stamp.clock is not None:
            name = _bare_name(end[: gap.start()])
            certain = stamp.day is not None or is_full_name(name)
            return Head("trailing", name, stamp, certain=certain) if is_name(name) else None
    return None


def _day(line: str) -> Head | None:
    """A line that holds nothing but a day."""
    if len(line) > 80:
        return None
    bare = _DECORATION.sub("", line)
    stamp = _whole(bare)
    if stamp is None or stamp.clock is not None:
        return None
    # "Yesterday" may be somebody's answer as well.
    return Head("date", "", stamp, certain=isinstance(stamp.day, Day) or bare != line)


def _zone(line: str) -> Head | None:
    """A line that says by which clock all times are written."""
    if len(line) > 80:
        return None
    found = _zone_line().match(line)
    if found is None:
        return None
    stamp = stamp_at(f"{found[1].strip(' :：()（）。.')} 00:00")
    zone = stamp[0].zone if stamp else None
    return None if zone is None else Head("zone", "", Stamp(written=line, zone=zone))


@cache
def _zone_line() -> re.Pattern[str]:
    begins = any_of(words()["zone_line"])
    return re.compile(rf"[\s(（#*—=-]*(?:{begins})[:：]?\s*(.{{1,40}})$", re.IGNORECASE)


def _whole(text: str) -> Stamp | None:
    text = text.strip()
    if not text or len(text) > 100:
        return None
    found = stamp_at(text)
    return found[0] if found is not None and found[1] == len(text) else None
