"""Which model may read what is data: the first rule that fits says so, and whatever is unclear means none."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.domain.directory import Names, Service
from pipeline.domain.errors import Misconfigured
from pipeline.domain.events import Closed, Reported
from pipeline.domain.folding import fold
from pipeline.domain.incident import Incident
from pipeline.domain.mark_events import Marked
from pipeline.domain.payload import Payload, PersonRef
from pipeline.domain.prose import Step
from pipeline.policy.audiences import ROLES
from pipeline.policy.loading import SHIPPED, load_pack, read_rules
from pipeline.policy.models import USUAL, ModelRule, models_for
from pipeline.policy.summaries import AUDIENCES, STAKEHOLDER, role_of
from tests.contract.stores import event

BOTH = (Step.MODEL, Step.SECOND_MODEL)
RULE = "rules: [{id: a, events: [reported], tell: requester, kind: acknowledgement, reason: {zh: 告诉, en: tell}}]"


def ticket(*later: Payload, **told: Any) -> Incident:
    usual = {"title": "Mail is down", "requester": PersonRef(id="wang"), "service": "mail"}
    made = fold(None, event(Reported.model_validate(usual | told)))
    for version, data in enumerate(later, 2):
        made = fold(made, event(data, version=version))
    return made


def service(**told: Any) -> Service:
    return Service(id="mail", name=Names(zh="邮件", en="Mail"), **told)


def rules(text: str) -> tuple[ModelRule, ...]:
    return load_pack({"a.yaml": f"version: 1\n{RULE}\nmodels:\n{text}"}).models


def entry(**fields: str) -> str:
    fields = {"use": "[model]", "reason": "{zh: 因为, en: because}"} | fields
    return "  - " + "\n    ".join(f"{name}: {value}" for name, value in fields.items()) + "\n"


SHIPPED_RULES = load_pack(read_rules(SHIPPED)).models


@pytest.mark.parametrize("shipped", [SHIPPED_RULES, USUAL], ids=["pack", "no section"])
@pytest.mark.parametrize("audience", ROLES)
def test_a_mark_keeps_a_ticket_from_every_model_and_nothing_else_does(
    shipped: tuple[ModelRule, ...], audience: str
) -> None:
    """A person's, or its service's: neither can be talked out of it by the other."""
    hidden, seen = Marked(models="none"), Marked(models="any")

    def steps(incident: Incident | None, of: Service | None) -> tuple[Step, ...]:
        return models_for(shipped, incident, of, audience).steps

    assert steps(None, None) == steps(ticket(), None) == steps(ticket(), service()) == BOTH
    assert steps(ticket(hidden), service()) == ()
    assert steps(ticket(hidden, seen), service()) == BOTH
    assert steps(ticket(seen), service(models="none")) == ()
    assert steps(ticket(Closed(), hidden), None) == ()


def test_the_shipped_pack_says_what_holds_without_one() -> None:
    """An installation with rules of its own that says nothing of models behaves alike."""
    assert [rule.use for rule in SHIPPED_RULES] == [rule.use for rule in USUAL]
    assert [r.when.text if r.when else None for r in SHIPPED_RULES] == [
        r.when.text if r.when else None for r in USUAL
    ]


def test_the_first_rule_that_fits_decides() -> None:
    """By ticket and by readers, in the order of the file; `use` in the order of the ladder."""
    found = rules(
        entry(when="ticket.customer == 'acme'", use="[]")
        + entry(audiences="[public]", use="[second_model]")
        + entry(use="[second_model, model]")
    )
    of_acme = ticket(customer="acme")
    assert models_for(found, of_acme, None, "public").steps == ()
    assert models_for(found, ticket(), None, "public").steps == (Step.SECOND_MODEL,)
    assert models_for(found, ticket(), None, "leaders").steps == BOTH
    assert models_for(found, None, None, "leaders").reason.en == "because"


@pytest.mark.parametrize("role", ROLES)
def test_a_rule_for_stakeholders_is_about_whoever_a_summary_for_them_reaches(role: str) -> None:
    """Those affected by a major incident, else the requester; and about nobody else."""
    found = rules(entry(audiences="[stakeholder]") + entry(use="[]"))
    meant = role in ("requester", "affected")
    assert models_for(found, ticket(), None, role).steps == ((Step.MODEL,) if meant else ())


def test_no_audience_of_a_summary_is_out_of_reach_of_the_rules() -> None:
    """Each that an entry may name fits a text that somebody asks for by that name."""
    for audience in AUDIENCES:
        found = rules(entry(audiences=f"[{audience}]") + entry(use="[]"))
        role = role_of(audience, ticket())
        assert models_for(found, ticket(), None, role).steps == (Step.MODEL,), audience
    assert role_of(STAKEHOLDER, ticket()) == "requester"


def test_none_is_asked_where_no_rule_fits_or_one_fails() -> None:
    """Default deny (law 12), with a reason that names the place."""
    narrow = rules(entry(audiences="[public]"))
    assert models_for(narrow, ticket(), None, "leaders").reason.code == "models_no_rule"
    failing = rules(entry(when="'\"\" == ticket.customer || ticket.customer < 5'"))
    choice = models_for(failing, ticket(customer="acme"), None, "leaders")
    assert (choice.steps, choice.reason.code) == ((), "models_rule_failed")
    assert choice.reason.values["where"] == "a.yaml:4"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (entry(use="[third_model]"), "models.0.use.0"),
        (entry(use="[template]"), "models.0.use.0"),
        (entry(audiences="[everybody]"), "is not an audience"),
        (entry(audiences="[]"), "audiences"),
        (entry(when="after.state == ''"), "names after, but knows only ticket"),
        (entry(when="ticket.custmer == ''"), "names ticket.custmer"),
        (entry(when="ticket.customer < 5"), "cannot be evaluated"),
        (entry(when="ticket.customer"), "not true or false"),
        (entry(when="5"), "expression in quotes"),
        (entry(reason="because"), "reason"),
        ("  - {use: [model]}\n", "reason: Field required"),
        (entry(colour="red"), "Extra inputs"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_place(text: str, sentence: str) -> None:
    """Or a misspelt audience would let through what was meant to be kept."""
    with pytest.raises(Misconfigured) as refused:
        rules(text)
    assert any(
        sentence in f"{said}" and where.startswith("a.yaml:")
        for where, said in refused.value.problems
    ), refused.value.problems


def test_a_pack_that_forgets_what_is_confidential_does_not_let_it_through() -> None:
    """One that means to, says so."""
    hidden = ticket(Marked(models="none"))
    assert models_for(rules(entry()), hidden, None, "leaders").steps == ()
    lets = rules(entry(when="ticket.confidential", use="[second_model]") + entry())
    assert models_for(lets, hidden, None, "leaders").steps == (Step.SECOND_MODEL,)
