"""What is told of a chat model that failed? Its kind, in a sentence with advice; never what it said.

A provider quotes keys and texts in its errors, and the client's errors hold the request.
"""

from __future__ import annotations

from knowledge.errors import ModelFailed, UnfitAnswer

_ADVICE = {
    401: "the key is not accepted: set another one",
    403: "the key may not use this model: set another key or model",
    404: "there is no such model or address: correct one of them",
    413: "the text is too long for it",
    429: "the quota is used up or requests come too quickly; it is tried again later",
}
_OF_THIS_TEXT = (400, 413, 422)
"""It will not have this request, whenever it comes."""
_CUT_OFF = {
    "LengthFinishReasonError": "its answer came to no end",
    "ContentFilterFinishReasonError": "its provider's filter held the answer back",
}


def failure(error: Exception, where: str, within: float) -> ModelFailed:
    """The error that the caller is told in the place of the client's."""
    names = {kind.__name__ for kind in type(error).__mro__}
    names |= {kind.__name__ for kind in type(error.__cause__).__mro__}
    code = getattr(error, "status_code", None)
    if isinstance(code, int):
        return _answered(code, where)
    for name, reason in _CUT_OFF.items():
        if name in names:
            return UnfitAnswer(f"{where} is of no use here: {reason}")
    if any("Timeout" in name for name in names):
        return ModelFailed(f"{where} did not answer within {within:g} s; it is tried again later")
    if isinstance(error, ImportError):
        return ModelFailed(f"{where} needs a package that is not installed: {error.name}")
    if any("Connect" in name for name in names):
        return ModelFailed(
            f"{where} is not reached ({type(error).__name__}): see whether it runs, and whether its "
            "address is right"
        )
    return ModelFailed(
        f"{where} did not answer as a chat model does ({type(error).__name__}): look at its "
        "provider, its address and its log"
    )


def _answered(code: int, where: str) -> ModelFailed:
    advice = "it is tried again later" if code >= 500 else "look at its log for the reason"
    kind = UnfitAnswer if code in _OF_THIS_TEXT else ModelFailed
    return kind(f"{where} answered {code}: {_ADVICE.get(code, advice)}")
