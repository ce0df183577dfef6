"""Which values of a reason are codes themselves? They are told in words too, and times in the reader's
zone; free text (an error's own words) stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from pipeline.domain.communication import Reason
from pipeline.domain.directory import Language
from pipeline.flow.library import Library

from .findings import sentence
from .words import word

BETWEEN = " · "


def sentence_of(
    reason: Reason, library: Library, language: Language, at: Callable[[datetime], str]
) -> str:
    """The reason's sentence for one reader; `at` writes a moment as she reads it."""
    told = {name: _value(name, text, library, language, at) for name, text in reason.values.items()}
    return library.reason(reason.model_copy(update={"values": told}), language)


def _state(text: str, words: Mapping[str, str]) -> str:
    """Of a ticket, or of how far the repair has come."""
    return words.get(text) or words.get(f"phase.{text}") or words.get(f"{text}.other") or text


def _value(
    name: str, text: str, library: Library, language: Language, at: Callable[[datetime], str]
) -> str:
    match name:
        case "audience":
            return word(language, f"reader:{text}")
        case "what":
            return word(language, f"slot:{text}")
        case "channels":
            return BETWEEN.join(word(language, f"channel:{one}") for one in text.split(", "))
        case "rules":
            found = [sentence(r, language, library.texts.phrases) or r for r in text.split(", ")]
            return BETWEEN.join(dict.fromkeys(found))
        case "state":
            return _state(text, library.templates.state_words(language))
        case "event":
            return word(language, f"event:{text}")
        case "kind":
            return BETWEEN.join(word(language, f"kind:{one}") for one in text.split(", "))
        case "promised_at" | "read_at":
            return at(datetime.fromisoformat(text))
    return text
