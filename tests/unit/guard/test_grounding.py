"""A model's own words stand on what its sentence names, or they are not used."""

from __future__ import annotations

import json
from functools import cache

import pytest

from pipeline.domain.errors import Misconfigured
from pipeline.domain.findings import Words
from pipeline.domain.prose import Prose, Step, Weighed
from pipeline.drafting.prose.assignment import Assignment
from pipeline.drafting.prose.contract import Fit, filled, values_in
from pipeline.guard.claims import Lexicon, Reader, indexed, record_of
from pipeline.guard.grounding import KIND, Approved, Grounds
from pipeline.guard.weighing import weighed
from prompts import ROOT, read_texts
from tests.unit.drafting.prose.contract.assignments import contract, crm, states


@cache
def _parts() -> tuple[Reader, Approved]:
    texts = read_texts(ROOT)
    return Reader(Lexicon.load(texts)), Approved.load(texts)


def _weighed(text: str, rests_on: list[str], language: str) -> Weighed:
    assignment: Assignment = crm(language=language)
    said = {"section": "open", "text": text, "rests_on": rests_on}
    fit = contract().read(json.dumps({"enough": True, "sentences": [said]}), assignment)
    assert isinstance(fit, Fit), fit
    prose = Prose(language=assignment.language, sentences=fit.sentences, step=Step.MODEL)
    reader, approved = _parts()
    record = record_of(
        assignment.brief,
        lines=assignment.lines,
        candidates=assignment.candidates,
        states=states(),
        zone=assignment.zone.key,
        now=assignment.now,
    )
    [found] = weighed(
        prose.sentences,
        filled(prose, assignment, states()),
        indexed(record, reader),
        words=Words.MODEL,
        language=assignment.language,
        values=values_in(prose, assignment, states()),
        grounds=Grounds(
            facts=assignment.facts,
            speakers={line.id: line.speaker for line in assignment.lines},
            approved=approved,
        ),
    )
    return found


INVENTED = [
    ("en", "{S2} said that people can carry on as before.", ["L10"]),
    ("en", "The team restarted the file server.", ["F9"]),
    ("en", "Customers cannot place orders.", ["F2"]),
    ("en", "The {F9} team has found the reason.", ["F9"]),
    ("en", "{S2} said that nothing is wrong any more.", ["L10"]),
    ("en", "{S2} said there is no need to worry.", ["L10"]),
    ("en", "Nobody has to do anything.", ["F2"]),
    ("en", "The reports were switched off.", ["L9"]),
    ("en", "{S1} said that the session pool was full.", ["L5", "L1"]),
    ("zh", "据反映，大家可以照常办公了。", ["L11"]),
    ("zh", "据反映，报表已经停了。", ["L9"]),
    ("zh", "{S2} 表示不再需要担心。", ["L10"]),
    ("zh", "{F9} 重启了文件服务器。", ["F9"]),
    ("zh", "客户无法下单。", ["F2"]),
    ("zh", "这是 {F9} 的疏忽。", ["F9"]),
]
TURNED = [
    ("en", "The next update comes by {F7}.", ["F7"]),
    ("zh", "下一次通报在 {F7} 前。", ["F7"]),
    ("en", "It is no longer {F4}.", ["F4"]),
    ("en", "{F13} does not help.", ["F13"]),
    ("zh", "{F13} 没有用。", ["F13"]),
]
GROUNDED = [
    (
        "en",
        "{S2} reported restarting the sign-in service at {T3}, but the same error remained.",
        ["L3"],
    ),
    ("en", "{S3} said that the phone app must wait for the gateway cache to expire.", ["L12"]),
    ("en", "Since {F7}, {F2} has been {F3} for {F6}.", ["F2", "F3", "F6", "F7"]),
    ("en", "{F9} is {F10}, with a result due by {F11}.", ["F9", "F10", "F11"]),
    ("zh", "{S3} 表示，手机端要等网关缓存过期。", ["L12"]),
    ("zh", "自 {F7} 起，{F2} {F3}。", ["F2", "F3", "F7"]),
    ("zh", "下一次通报在 {F12} 前。", ["F12"]),
]


def _of_grounds(found: Weighed) -> list[str]:
    return [c.reason.code for c in found.claims if c.kind == KIND and c.reason]


@pytest.mark.parametrize(("language", "text", "rests_on"), INVENTED)
def test_what_no_source_says_is_not_said(language: str, text: str, rests_on: list[str]) -> None:
    """An all-clear, an order, a deed or a fault in words of the model's own is held, whatever it cites."""
    found = _weighed(text, rests_on, language)
    assert _of_grounds(found)
    assert found.findings


@pytest.mark.parametrize(("language", "text", "rests_on"), TURNED)
def test_a_value_keeps_its_place(language: str, text: str, rests_on: list[str]) -> None:
    """The beginning is not told as the next update, and what the record holds is not denied around its value."""
    assert _of_grounds(_weighed(text, rests_on, language))


@pytest.mark.parametrize(("language", "text", "rests_on"), GROUNDED)
def test_what_the_sources_say_may_be_said(language: str, text: str, rests_on: list[str]) -> None:
    """Words of the facts and lines, in either language, with words that only join them."""
    assert not _of_grounds(_weighed(text, rests_on, language))


@pytest.mark.parametrize("file", ["version: 1\nen: [a]", "version: 1\nen: 3\nzh: [一]"])
def test_a_broken_list_of_words_is_refused(file: str) -> None:
    """Whoever changes the list learns at once what is wrong with it."""
    with pytest.raises(Misconfigured, match="needs lists of words"):
        Approved.load({"prose/approved.yaml": file})
