"""Of several texts for one kind and audience the most particular that fits is told; each other one loses by a reason."""

from __future__ import annotations

import pytest

import prompts
from pipeline.domain.communication import Form, Kind
from pipeline.domain.errors import Misconfigured
from pipeline.domain.facts import Audience, Brief, Fact, Level, ValueKind
from pipeline.drafting.partials import with_partials
from pipeline.drafting.proof import NOW, sample_communication
from pipeline.drafting.slots import Context
from pipeline.drafting.templates import Templates

KEY = (Kind.FIRST_CONTACT, "affected")
SHIPPED = prompts.read_texts(prompts.ROOT)
MARKS = ("type-mail", "P1", "via-chat", "type-mail+via-chat", "type-network+P1+via-chat")


def with_variants(*marks: str) -> dict[str, str]:
    base = "messages/first_contact/affected"
    texts = {
        f"{base}+{mark}.{language}.jinja": SHIPPED[f"{base}.{language}.jinja"]
        for mark in marks
        for language in ("zh", "en")
    }
    return {**SHIPPED, **texts}


TEMPLATES = Templates.load(with_variants(*MARKS), validate=False)


def brief(**states: str) -> Brief:
    known = {"number": (ValueKind.IDENTIFIER, "INC-1")} | {
        name: (ValueKind.STATE, key) for name, key in states.items()
    }
    return Brief(
        incident="inc_1",
        number="INC-1",
        audience=Audience(role="affected", clearance=Level.AFFECTED),
        facts=tuple(
            Fact(id=f"f.{n}", what="inc_1", attribute=n, kind=k, value=v, at=NOW, event="evt_1")
            for n, (k, v) in known.items()
        ),
    )


@pytest.mark.parametrize(
    ("states", "form", "wins"),
    [
        ({}, Form.MAIL, "affected"),
        ({}, Form.CHAT, "affected+via-chat"),
        ({"severity": "severity.P1"}, Form.MAIL, "affected+P1"),
        ({"severity": "severity.P1"}, Form.CHAT, "affected+P1"),
        ({"severity": "severity.P2"}, Form.MAIL, "affected"),
        ({"incident_type": "type.mail", "severity": "severity.P1"}, Form.MAIL, "affected+type-mail"),
        ({"incident_type": "type.mail"}, Form.CHAT, "affected+type-mail+via-chat"),
        ({"incident_type": "type.network"}, Form.CHAT, "affected+via-chat"),
        ({"incident_type": "type.network", "severity": "severity.P1"}, Form.CHAT, "affected+type-network+P1+via-chat"),
    ],
)  # fmt: skip
def test_type_outweighs_severity_and_severity_the_form(
    states: dict[str, str], form: Form, wins: str
) -> None:
    assert TEMPLATES.part_for(*KEY, brief(**states), form) == wins


def test_each_that_loses_has_its_reason() -> None:
    told = brief(incident_type="type.mail")
    asked = [(v.suffix, v.misfit(told, Form.MAIL)) for v in TEMPLATES.variants(*KEY)]
    assert asked == [
        ("+type-network+P1+via-chat", "incident_type"),
        ("+type-mail+via-chat", "form"),
        ("+type-mail", None),
        ("+P1", "severity"),
        ("+via-chat", "form"),
        ("", None),
    ]


def test_a_text_names_the_file_that_it_came_from() -> None:
    told = brief(incident_type="type.mail")
    sample = sample_communication(*KEY)
    made = TEMPLATES.render(sample, told, "zh", Form.CHAT, now=NOW, context=Context())
    assert made.template == "first_contact/affected+type-mail+via-chat.zh"


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda f: f.pop("messages/first_contact/affected+P1.en.jinja"), "is missing"),
        (lambda f: f.update({"messages/first_contact/affected+P9.zh.jinja": "x"}), "is none of"),
        (lambda f: f.update({"messages/first_contact/nobody+P1.zh.jinja": "x"}), "has no text"),
        (lambda f: f.pop("incident_types/mail.zh.jinja"), "is missing"),
        (lambda f: f.update({"incident_types/mail.zh.jinja": "== effect ==\nx"}), "has no part"),
    ],
)  # fmt: skip
def test_a_variant_stands_in_both_languages_under_a_name_that_means_something(
    spoil: object, problem: str
) -> None:
    files = with_variants("P1")
    spoil(files)  # type: ignore[operator]
    with pytest.raises(Misconfigured, match=problem):
        Templates.load(files, validate=False)


def test_shared_sentences_are_chosen_by_the_type_alone() -> None:
    """One text with nine branches, not nine texts."""
    name = "messages/first_contact/affected.en.jinja"
    whole = with_partials(SHIPPED, name, "en")[name]
    assert "{% include" not in whole
    assert whole.count('incident_type == "type.printing"') >= 2
