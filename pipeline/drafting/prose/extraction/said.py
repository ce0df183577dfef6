"""What does somebody do by saying this? Each sentence of a conversation, with its act."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ....domain.prose import Quoted
from .cues import TOPIC, Cue, plain
from .speaking import Speaker, Who
from .terms import terms_of


class Act(StrEnum):
    """The one thing that a sentence is told for."""

    ASKS = "asks"
    QUESTIONS = "questions"
    REPORTS = "reports"
    FINDS = "finds"
    TRIES = "tries"
    SUGGESTS = "suggests"
    FAILED = "failed"
    WORKED = "worked"
    WAITS = "waits"
    WAIT_OVER = "wait_over"
    PROMISES = "promises"
    KEEPS = "keeps"
    DEFERS = "defers"
    OPEN = "open"
    CHATTER = "chatter"
    SAYS = "says"


WITHHELD = frozenset({"order"})
"""Kinds of cue that nobody is told: orders to a machine that reads along."""
_ASKED = re.compile(r"[?？]\s*[”\"'）)]?$|[吗呢么嘛]$")
_PLACEHOLDER = re.compile(r"[\[【<(（][^\]】>)）]{1,16}[\]】>)）]")
"""What a program leaves of a picture or a file: it says nothing, and answers who asked for one."""
_FIGURE = re.compile(r"\d|[一二两三四五六七八九十半][点时小分天]|明|下班")
_PLANNED = re.compile(
    r"\b[a-z]{2,}ing\b[^.;]{0,60}\b(?:at|by|from) \d{1,2}[:.]\d{2}\s*(?:[ap]m)?$"
    r"|(?:^|[，,；;])\s*\d{1,2}[:：]\d{2}\s*(?:再|开始|来)?(?:换|重启|切|升级|回滚|上门|更换|扩容|维护)[^了过完好]{0,12}$",
    re.IGNORECASE,
)
"""Something to be done at a time, in words that else tell what was done."""
_OFFERED = re.compile(
    r"(?:^|[,;:]\s*|\b(?:i|we)\s+)will (?!be\b)[a-z]+\b[^.;?]{0,60}\b(?:by|at|before|in|within) \d",
    re.IGNORECASE,
)
"""Whoever says what she will do by when promises it, also without saying "I"."""
_LETTER = re.compile(r"[a-z0-9']+|[\u3400-\u9fff]")


@dataclass(frozen=True)
class Said:
    """One sentence of one line. `place` counts sentences in the order of the conversation; `at` is where in
    the text its decisive words stand; `terms` are the words by which two sentences are about one thing.
    `after_gap` when what stands before it in its line may not be told."""

    line: Quoted
    place: int
    text: str
    act: Act
    speaker: Speaker
    cues: frozenset[str]
    at: int
    terms: frozenset[str]
    begins_as_answer: bool = False
    after_gap: bool = False

    @property
    def who(self) -> Who:
        return self.speaker.who

    def has(self, kind: str) -> bool:
        return kind in self.cues

    @property
    def has_figures(self) -> bool:
        """Whether a number stands in it, such as a time."""
        return _FIGURE.search(self.text) is not None


def said(
    line: Quoted,
    place: int,
    text: str,
    found: Sequence[Cue],
    speaker: Speaker,
    *,
    after_gap: bool = False,
) -> Said:
    """The sentence with the act that its words and its speaker make likely."""
    kinds = [cue for cue in standing(found) if not _asks_nothing(cue, text)]
    cues = frozenset(cue.kind for cue in kinds)
    if cues >= {"again", "symptom"}:
        cues |= {"failed"}
    if cues >= {"wait", "expected"}:
        cues |= {"waits_until"}
    if cues >= {"wait", "wait_over"}:
        cues |= {"both_ways"}
    act = _act(text, cues, kinds, speaker)
    deciding = _DECIDING.get(act, ())
    at = min((cue.start for cue in kinds if cue.kind in deciding), default=0)
    sent = _PLACEHOLDER.fullmatch(text) is not None
    act = Act.CHATTER if sent or _is_joke(cues, text) else act
    answers = sent or any(cue.kind == "answer_start" and cue.start == 0 for cue in kinds)
    return Said(line, place, text, act, speaker, cues, at, terms_of(text), answers, after_gap)


def _is_joke(cues: frozenset[str], text: str) -> bool:
    """Who laughs, and names no service, number or result, tells nothing of the matter."""
    serious = cues & {"failed", "worked", "attempt", "wait"}
    topic = any(cue.startswith(TOPIC) for cue in cues)
    return "laughter" in cues and not (serious or topic or _FIGURE.search(text))


def _asks_nothing(cue: Cue, text: str) -> bool:
    """ "Is there" in the middle of an English sentence is no question: "the code is there"."""
    if cue.kind != "question" or not text[cue.start].isascii() or text[-1:] in "?？":
        return False
    return text[: cue.start].rstrip()[-1:] not in ("", ",", "，", ":", "：", ";")


def standing(found: Sequence[Cue]) -> list[Cue]:
    """The cues without those that stand within a longer one of a stronger kind: "没恢复" is no recovery."""
    kept: list[Cue] = []
    for cue in found:
        weaker = _OUTWORDED.get(cue.kind, frozenset())
        if any(
            other.kind in weaker and other.start <= cue.start and cue.end <= other.end
            for other in found
        ):
            continue
        kept.append(cue)
    return kept


_OUTWORDED = {
    "worked": frozenset({"failed", "wait", "kept", "symptom"}),
    "attempt": frozenset({"suggestion", "wait"}),
    "kept": frozenset({"wait"}),
    "wait_over": frozenset({"wait", "unreal"}),
    "symptom": frozenset({"worked", "suggestion"}),
    "request": frozenset({"deferral", "suggestion", "promise"}),
    "finding": frozenset({"failed", "deferral"}),
    "answer_start": frozenset({"chatter"}),
    "vague": frozenset({"promise"}),
}
_DECIDING = {
    Act.ASKS: ("request",),
    Act.QUESTIONS: ("question", "request"),
    Act.REPORTS: ("symptom", "failed"),
    Act.FINDS: ("ruled_out", "finding"),
    Act.TRIES: ("attempt",),
    Act.SUGGESTS: ("suggestion",),
    Act.FAILED: ("failed",),
    Act.WORKED: ("worked",),
    Act.WAITS: ("wait",),
    Act.WAIT_OVER: ("wait_over",),
    Act.PROMISES: ("promise", "expected"),
    Act.OPEN: ("asked_open",),
}


def is_question(text: str, cues: frozenset[str]) -> bool:
    """By its mark, or by a word of asking where the sentence has no other end."""
    return _ASKED.search(text) is not None or ("question" in cues and text[-1:] not in ".。!！")


def _act(text: str, cues: frozenset[str], found: Sequence[Cue], speaker: Speaker) -> Act:
    who = speaker.who
    if is_chatter(text, found):
        return Act.CHATTER
    if is_question(text, cues):
        return _of_question(cues, who, text)
    if "worked" in cues and not cues & {"failed", "unreal", "not_so"} and not _is_mixed(found):
        return Act.TRIES if "attempt" in cues and who is not Who.REQUESTER else Act.WORKED
    planned = cues & {"attempt", "finding", "symptom"} and _PLANNED.search(text)
    if "no_promise" not in cues and (planned or _OFFERED.search(text)):
        return Act.PROMISES  # "Replacing the cable at 09:30."
    return _labelled(cues, found) or _of_work(text, cues, speaker)


def _labelled(cues: frozenset[str], found: Sequence[Cue]) -> Act | None:
    """What a label at its beginning says, and what was changed before the trouble: found, not tried."""
    if "promise" not in cues and any(c.kind == "next_label" and c.start == 0 for c in found):
        return Act.OPEN
    if cues >= {"changing", "earlier"} and not cues & {"failed", "symptom"}:
        return Act.FINDS
    return None


def _of_work(text: str, cues: frozenset[str], speaker: Speaker) -> Act:
    who = speaker.who
    # Who asks is a guess in a log alone: "ETA 11:30" says that she may be the one who works on it.
    timed = "expected" in cues and _FIGURE.search(text) is not None
    if timed and speaker.guessed and not cues & {"request", "symptom", "failed"}:
        who = Who.UNKNOWN
    return _of_statement(text, cues, who)


def _is_mixed(found: Sequence[Cue]) -> bool:
    """ "Printing works, scanning fails" is no good news; "the errors are gone" is."""
    works = max(cue.start for cue in found if cue.kind == "worked")
    return any(cue.kind == "symptom" and cue.start > works for cue in found)


def _of_question(cues: frozenset[str], who: Who, text: str) -> Act:
    if "suggestion" in cues and who is not Who.REQUESTER:
        return Act.SUGGESTS
    if "attempt" in cues and who is Who.STAFF:
        return Act.TRIES  # "Rolled it back, does it look right now?"
    if "request" in cues and who is not Who.STAFF and "?" not in text[-1:]:
        return Act.ASKS
    return Act.QUESTIONS


def _of_statement(text: str, cues: frozenset[str], who: Who) -> Act:
    if "no_promise" in cues:
        cues -= {"promise", "expected"}
    for act, kind, only in _ORDER:
        if kind in cues and (only is None or who in only):
            return act
    return Act.SAYS


_HELPERS = (Who.STAFF, Who.UNKNOWN)
_ORDER: tuple[tuple[Act, str, tuple[Who, ...] | None], ...] = (
    (Act.FINDS, "ruled_out", None),
    (Act.WAITS, "both_ways", None),
    (Act.PROMISES, "promise", _HELPERS),
    (Act.WAITS, "waits_until", None),
    (Act.PROMISES, "expected", _HELPERS),
    (Act.WAIT_OVER, "wait_over", None),
    (Act.WAITS, "wait", None),
    (Act.TRIES, "attempt", None),
    (Act.FAILED, "failed", None),
    (Act.KEEPS, "kept", _HELPERS),
    (Act.SUGGESTS, "suggestion", _HELPERS),
    (Act.OPEN, "asked_open", None),
    (Act.FINDS, "finding", _HELPERS),
    (Act.REPORTS, "symptom", None),
    (Act.ASKS, "request", None),
    (Act.PROMISES, "promise", None),
    (Act.FINDS, "finding", None),
    (Act.KEEPS, "kept", None),
    (Act.DEFERS, "deferral", None),
)

_LIGHT = frozenset(
    {
        "chatter",
        "status",
        "filler",
        "answer_start",
        "deferral",
        "guess",
        "vague",
        "inside",
        "secrecy",
        "profanity",
        "unreal",
        "earlier",
        "laughter",
    }
)
_POLITE = frozenset({"question", "request", "wait", "suggestion", "promise"})
"""Kinds that count for nothing where they are part of a greeting: "在吗", "请稍等"."""
_MOST_OTHER = {True: 2, False: 3}
"""Words in English, characters in Chinese that a greeting may name somebody with."""


def is_chatter(text: str, found: Sequence[Cue], *, names: bool = True) -> bool:
    """Whether greetings, thanks and small words are all there is of it; with `names` also somebody's name."""
    covered = {
        place
        for cue in found
        if cue.kind in ("chatter", "filler", "status")
        for place in range(cue.start, cue.end)
    }
    reports = any(cue.kind == "status" for cue in found)
    for cue in found:
        if reports and text[cue.start : cue.end].isdigit():
            continue
        polite = cue.kind in _POLITE and covered.issuperset(range(cue.start, cue.end))
        if cue.kind not in _LIGHT and not polite and not cue.kind.startswith("topic"):
            return False
    words = list(_LETTER.finditer(plain(text)))
    rest = [word for word in words if not covered.issuperset(range(*word.span()))]
    if reports:
        return all(word[0].isdigit() for word in rest)
    if not any(cue.kind == "chatter" for cue in found):
        return not words
    latin = all(text[word.start()].isupper() for word in rest)
    han = all(not word[0].isascii() for word in rest)
    return not rest or (names and (latin or han) and len(rest) <= _MOST_OTHER[latin])
