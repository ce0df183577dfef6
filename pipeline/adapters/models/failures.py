"""What is told of a chat model that failed? Its kind, in a sentence with advice; never what it said.

A provider quotes keys and texts in its errors, and the client's errors hold the request.
"""

from __future__ import annotations

import traceback

from knowledge.errors import ModelFailed, UnfitAnswer

from .answers import Said, counted
from .bounds import EndlessAnswer

ADVICE = {
    401: "the key is not accepted: set another one",
    403: "the key may not use this model: set another key or model",
    404: "there is no such model or address: correct one of them",
    413: "the text is too long for it",
    429: "the quota is used up or requests come too quickly; it is tried again later",
}
_OF_THIS_TEXT = (400, 413, 422)
"""It will not have this request, whenever it comes."""
_NO_END = "its answer came to no end"
_FILTERED = "its provider's filter held the answer back"
_TOO_MUCH = "it says more than anybody could use"
_CUT_OFF = {
    "LengthFinishReasonError": _NO_END,
    "ContentFilterFinishReasonError": _FILTERED,
    EndlessAnswer.__name__: _TOO_MUCH,
}
_ENDED = {"length": _NO_END, "content_filter": _FILTERED}
_REFUSES = "it refuses to read this text"
CODES = {
    _NO_END: "model_no_end",
    _FILTERED: "model_filtered",
    _REFUSES: "model_refuses",
    _TOO_MUCH: "model_too_much",
}
LONGEST_SAID = 1_000_000
"""Characters. Whatever says more was not asked a question of ours."""
MOST_FRAMES = 8
"""Of a client's depths, those nearest to the fault."""
LONGEST_PAUSE = 3600.0
"""Seconds, whatever a provider wants."""


def failure(error: Exception, where: str, within: float) -> ModelFailed:
    """The error that the caller is told in the place of the client's."""
    names = {kind.__name__ for kind in type(error).__mro__}
    names |= {kind.__name__ for kind in type(error.__cause__).__mro__}
    code = getattr(error, "status_code", None)
    if isinstance(code, int):
        return _answered(code, where, _retry_after(error))
    for name, reason in _CUT_OFF.items():
        if name in names:
            usage = getattr(getattr(error, "completion", None), "usage", None)
            return UnfitAnswer(
                f"{where} is of no use here: {reason}",
                code=CODES[reason],
                tokens_in=counted(getattr(usage, "prompt_tokens", None)),
                tokens_out=counted(getattr(usage, "completion_tokens", None)),
            )
    if any("Timeout" in name for name in names):
        return ModelFailed(
            f"{where} did not answer within {within:g} s; it is tried again later",
            code="model_late",
            values={"seconds": f"{within:g}"},
        )
    if isinstance(error, ImportError):
        return ModelFailed(
            f"{where} needs a package that is not installed: {error.name}",
            code="model_package",
            values={"package": str(error.name)},
        )
    if any("Connect" in name for name in names):
        return ModelFailed(
            f"{where} is not reached ({type(error).__name__}): see whether it runs, and whether its "
            "address is right",
            code="model_unreachable",
        )
    return ModelFailed(
        f"{where} did not answer as a chat model does ({type(error).__name__}): look at its "
        "provider, its address and its log",
        code="model_no_chat",
    )


def frames(error: BaseException) -> list[str]:
    """Where it was raised, innermost last: places alone, since the error's own words may hold the request."""
    places = traceback.extract_tb(error.__traceback__)[-MOST_FRAMES:]
    return [f"{place.filename}:{place.lineno} {place.name}" for place in places]


def unfit(said: Said, where: str) -> UnfitAnswer | None:
    """Why its words are none that a form could be read from, though it answered."""
    reason = _REFUSES if said.refusal else _ENDED.get(said.ended)
    if reason is None and len(said.text) > LONGEST_SAID:
        reason = _TOO_MUCH
    if reason is None:
        return None
    return UnfitAnswer(
        f"{where} is of no use here: {reason}",
        code=CODES[reason],
        tokens_in=said.tokens_in,
        tokens_out=said.tokens_out,
    )


def _retry_after(error: Exception) -> float | None:
    """Seconds that a provider asks for; a date, which some send, is as good as nothing."""
    told = getattr(getattr(error, "response", None), "headers", {}).get("retry-after", "")
    try:
        seconds = float(told)
    except ValueError:
        return None
    return min(seconds, LONGEST_PAUSE) if seconds > 0 else None


def _answered(code: int, where: str, retry_after: float | None) -> ModelFailed:
    advice = "it is tried again later" if code >= 500 else "look at its log for the reason"
    kind = UnfitAnswer if code in _OF_THIS_TEXT else ModelFailed
    return kind(
        f"{where} answered {code}: {ADVICE.get(code, advice)}",
        retry_after=retry_after,
        code=f"model_{code}"
        if code in ADVICE
        else "model_down"
        if code >= 500
        else "model_answered",
        values={"status": str(code)},
    )
