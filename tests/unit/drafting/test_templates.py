"""A set of texts in force: what it refuses, and how a text is told from its next version."""

from __future__ import annotations

import pytest

from pipeline.domain.communication import Form, Kind
from pipeline.domain.errors import Misconfigured, MissingVariable, TooLong
from pipeline.domain.facts import Brief
from pipeline.drafting.proof import (
    NOW,
    sample_brief,
    sample_communication,
    sample_context,
    samples,
)
from pipeline.drafting.templates import Templates
from prompts import ROOT, read_texts

FILES = read_texts(ROOT)
NAME = "messages/acknowledgement/requester.en.jinja"
KIND_FILE = "messages/acknowledgement/kind.yaml"
REQUESTER = (Kind.ACKNOWLEDGEMENT, "requester")


def loaded(**changed: str) -> Templates:
    return Templates.load({**FILES, **changed}, validate=False)


def acknowledgement(templates: Templates) -> Brief:
    return sample_brief(templates.catalogue(*REQUESTER), samples(FILES))


def version(templates: Templates) -> str:
    text = templates.render(
        sample_communication(*REQUESTER),
        acknowledgement(templates),
        "en",
        Form.MAIL,
        now=NOW,
        context=sample_context(),
    )
    return text.template_version


def test_a_version_names_the_words_that_were_used() -> None:
    """The ledger can say which text went out: the same words are the same version, others are not."""
    other = FILES[NAME].replace("just reply", "simply reply")
    assert version(loaded()) == version(loaded())
    assert version(loaded()) != version(loaded(**{NAME: other}))
    layout = FILES["partials/mail.html.jinja"].replace("16px", "17px")
    assert version(loaded()) != version(loaded(**{"partials/mail.html.jinja": layout}))


def test_for_an_audience_without_a_text_nothing_is_made() -> None:
    """Law 12: nobody wrote it, so nothing is sent."""
    with pytest.raises(MissingVariable, match="no text of kind acknowledgement for everybody"):
        loaded().catalogue(Kind.ACKNOWLEDGEMENT, "everybody")


def test_a_text_that_is_longer_than_its_form_is_not_cut() -> None:
    """It is refused, and names the part with both lengths."""
    short = FILES[NAME].replace("is recorded:", "is recorded: " + "long " * 50)
    templates = loaded(**{NAME: short})
    with pytest.raises(TooLong, match=r"the short has \d+ characters; 160 are allowed"):
        templates.render(
            sample_communication(*REQUESTER),
            acknowledgement(templates),
            "en",
            Form.SHORT,
            now=NOW,
            context=sample_context(),
        )


@pytest.mark.parametrize(
    ("name", "text", "where", "sentence"),
    [
        (
            NAME,
            "== subject ==\nA\n== mail ==\nab\0c\n",
            f"{NAME}:4:3",
            "control character (U+0000)",
        ),
        ("limits.yaml", "subject: {zh: 120}", "limits.yaml", "a number for zh and for en"),
        ("states.yaml", "new: {zh: 新}", "states.yaml", "its words in zh and in en"),
        (KIND_FILE, "purpose: {zh: a, en: b}\n", f"{KIND_FILE}:1", "audiences"),
        (
            KIND_FILE,
            "purpose: {zh: a, en: b}\naudiences:\n  requester:\n    required: [number]\n    colour: red\n",
            f"{KIND_FILE}:5",
            "colour",
        ),
        (
            KIND_FILE,
            "purpose: {zh: a, en: b}\naudiences:\n  requester: {required: [number], promises: [number]}\n",
            f"{KIND_FILE}:3",
            "not a time that can be announced",
        ),
    ],
)
def test_a_wrong_catalogue_is_refused_with_its_line(
    name: str, text: str, where: str, sentence: str
) -> None:
    with pytest.raises(Misconfigured) as refused:
        loaded(**{name: text})
    assert any(w == where and sentence in s for w, s in refused.value.problems), (
        refused.value.problems
    )


def test_every_problem_is_named_at_once() -> None:
    """Whoever mends texts is not sent back for each."""
    twin = NAME.replace(".en.", ".zh.")
    with pytest.raises(Misconfigured) as refused:
        loaded(**{NAME: "", twin: "== mail ==\n"})
    assert {where for where, _ in refused.value.problems} == {NAME, twin}
