"""Those who use a service hear of its failure, with the advice that was written in calm times."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.bootstrap import open_simulated
from pipeline.domain.cloudevents import parse
from pipeline.domain.directory import Customer, Directory, Names, Person, Service, Site
from pipeline.flow.drain import drain
from pipeline.policy.loading import SHIPPED
from pipeline.settings import Settings
from tests.contract.sinks import MailSink

from .outage import ADVICE, directory, group, mail
from .story import MORNING, Desk

DOWN = {"severity": "P1", "impact": "unavailable", "service": "crm"}


def _person(name: str, language: str, **more: str) -> Person:
    fields = {"id": name, "name": name, "language": language, "zone": "Asia/Shanghai", **more}
    return Person.model_validate({**fields, "addresses": [a.model_dump() for a in mail(name)]})


def _directory() -> Directory:
    crm = Service(
        id="crm", name=Names(zh="CRM", en="CRM"), users=("staff",), user_sites=("beijing",),
        user_customers=("acme",), advice=ADVICE,
    )  # fmt: skip
    hanging = Service(
        id="quotes", name=Names(zh="报价", en="Quotes"), users=("quoting",), depends_on=("crm",)
    )
    further = Service(
        id="print", name=Names(zh="打印", en="Print"), users=("printing",), depends_on=("quotes",)
    )
    return directory().model_copy(
        update={
            "people": (
                *directory().people,
                _person("north", "zh", site="beijing"),
                _person("south", "en", site="shenzhen"),
                _person("buyer", "en", customer="acme"),
                _person("quoter", "en"),
                _person("printer", "zh"),
            ),
            "groups": (*directory().groups, group("quoting", members=("quoter",)), group("printing", members=("printer", "tom"))),
            "services": (crm, hanging, further),
            "sites": tuple(Site(id=i, name=Names(zh=i, en=i)) for i in ("beijing", "shenzhen")),
            "customers": (Customer(id="acme", name=Names(zh="安科", en="Acme")),),
        }
    )  # fmt: skip


@contextmanager
def _desk(folder: Path, rules: Path | None = None) -> Iterator[Desk]:
    sink = MailSink()
    settings = Settings(
        data_dir=folder, smtp_url=sink.url, zone="Asia/Shanghai", rules_dir=rules,
        secret_key="a secret of the tests, and of nothing else", public_url="https://it.example.org",
    )  # fmt: skip
    app, clock = open_simulated(settings, MORNING)
    try:
        app.acts.load_directory(_directory())
        yield Desk(app, clock, sink)
    finally:
        app.close()
        sink.close()


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Desk]:
    with _desk(tmp_path) as desk:
        yield desk


def test_users_by_group_site_and_customer_hear_and_others_do_not(told: Desk) -> None:
    told.at("10:02").send("incident.declared", "INC-1", **DOWN)
    for who in ("li", "tom", "north", "buyer"):
        assert len(told.mails(f"{who}@example.org")) == 1, who
    for who in ("south", "quoter", "printer", "outsider"):
        assert told.mails(f"{who}@example.org") == [], who


def test_the_first_contact_says_what_to_do_and_what_not_to_bother_with(told: Desk) -> None:
    told.at("10:02").send("incident.declared", "INC-1", **DOWN)
    assert ADVICE.zh in told.mails("north@example.org")[0].text
    assert ADVICE.en in told.mails("buyer@example.org")[0].text


def test_the_acknowledgement_of_a_major_incident_carries_the_advice_too(told: Desk) -> None:
    """Of an ordinary ticket it does not: nobody said that the service fails."""
    for number in ("INC-1", "INC-2"):
        told.send("reported", number, title="登录报错", requester={"id": "north"}, service="crm")
    first, second = told.mails("north@example.org")
    assert ADVICE.zh not in first.text
    assert ADVICE.zh not in second.text
    _report_and_declare(
        told, "INC-3", {"title": "登录报错", "requester": {"id": "buyer"}, "service": "crm"}
    )
    mine = [m for m in told.mails("buyer@example.org") if m.subject.startswith("We have it")]
    assert ADVICE.en in mine[0].text
    assert "You are not the only one whom this concerns" in mine[0].text


def _report_and_declare(desk: Desk, number: str, report: dict[str, object]) -> None:
    """At one moment, before the acknowledgement is written."""
    now = desk.app.clock.now()
    said = (("ticket.reported", report), ("incident.declared", DOWN))
    raw = [
        {"specversion": "1.0", "id": f"{number}-{type_}", "source": "service-desk", "subject": number,
         "type": f"heliograph.{type_}.v1", "time": now.isoformat(), "data": data}
        for type_, data in said
    ]  # fmt: skip
    desk.app.intake.accept([parse(one, now=now) for one in raw])
    drain(desk.app.steps)


def test_where_a_rule_says_so_users_of_what_depends_on_it_hear_too(tmp_path: Path) -> None:
    """Through several steps, and each once; by default they do not."""
    rules = tmp_path / "rules"
    rules.mkdir()
    for file in SHIPPED.glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        wide = text.replace(
            "  - id: first-contact\n", "  - id: first-contact\n    dependents: true\n"
        )
        (rules / file.name).write_text(wide, encoding="utf-8")
    with _desk(tmp_path / "var", rules) as desk:
        desk.at("10:02").send("incident.declared", "INC-1", **DOWN)
        for who in ("north", "quoter", "printer", "tom"):
            assert len(desk.mails(f"{who}@example.org")) == 1, who
        assert "CRM" in desk.mails("printer@example.org")[0].subject
        desk.at("10:10").send("incident.restored", "INC-1")
        assert len(desk.mails("quoter@example.org")) == 2, "who was told hears that it is over"


def test_a_ticket_of_a_deleted_service_still_says_its_name(told: Desk) -> None:
    told.send("incident.declared", "INC-1", **DOWN)
    told.app.registering.register.delete("crm", by="admin", expected=1)
    told.at("10:10").send("incident.restored", "INC-1")
    assert told.mails("tom@example.org")[-1].subject.startswith("CRM is back")


def _page(desk: Desk) -> list[str]:
    """Subjects of what the English page shows, newest first."""
    incident = desk.app.queries.incident("INC-1")
    assert incident is not None
    shown = desk.app.queries.messages(incident_id=incident.id, recipient="page:en")
    return [desk.app.preview(message).subject for message in shown]


def test_people_outside_read_the_public_name_or_none(told: Desk) -> None:
    """Those inside go on reading the name that they use."""
    register = told.app.registering.register
    kept = register.one("crm")
    named = kept.service.model_copy(
        update={"public_name": Names(zh="客户平台", en="Customer platform")}
    )
    register.write(named, by="admin", expected=kept.version)
    told.at("10:02").send("incident.declared", "INC-1", **DOWN)
    assert _page(told)[0].startswith("Customer platform is unavailable")
    assert told.mails("tom@example.org")[0].subject.startswith("CRM is unavailable")
    register.write(
        named.model_copy(update={"public": False}), by="admin", expected=kept.version + 1
    )
    told.at("10:05").send("incident.restored", "INC-1")
    assert "CRM" not in _page(told)[0]
    assert "Customer platform" not in _page(told)[0]
    assert told.mails("tom@example.org")[-1].subject.startswith("CRM is back")
