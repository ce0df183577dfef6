"""Who cannot be reached, and what of a service is missing: from the directory alone."""

from __future__ import annotations

from pipeline.domain.directory import (
    Address,
    Bilingual,
    Customer,
    Directory,
    Group,
    Names,
    Person,
    Service,
    Site,
)
from pipeline.domain.register_gaps import missing_of
from pipeline.domain.unreachable import unreachable

LIVE = frozenset({"mail"})
NAME = Names(zh="名称", en="name")
MAIL = (Address(channel="mail", value="a@example.org"),)
HOOK = (Address(channel="webhook", value="https://example.org/hook"),)


def person(name: str, **more: object) -> Person:
    return Person.model_validate({"id": name, "name": name, **more})


def test_those_without_an_address_on_a_live_channel_are_named_with_what_they_use() -> None:
    directory = Directory(
        people=(
            person("heard", addresses=MAIL),
            person("mute"),
            person("elsewhere", addresses=HOOK, site="beijing"),
            person("buyer", customer="acme"),
        ),
        groups=(
            Group(id="half", name=NAME, members=("heard", "mute")),
            Group(id="silent", name=NAME, members=("mute",)),
            Group(id="room", name=NAME, addresses=HOOK, members=("heard",)),
        ),
        sites=(Site(id="beijing", name=NAME),),
        customers=(Customer(id="acme", name=NAME),),
        services=(
            Service(id="crm", name=NAME, users=("half", "silent"), critical=True),
            Service(id="shop", name=NAME, user_sites=("beijing",), user_customers=("acme",)),
            Service(id="old", name=NAME, user_sites=("beijing",), critical=True, deleted=True),
        ),
    )
    found = {u.who.id: (u.why, [s.id for s in u.uses]) for u in unreachable(directory, LIVE)}
    assert list(found) == ["mute", "silent", "buyer", "elsewhere", "room"]
    assert found["mute"] == ("no_address", ["crm"])
    assert found["silent"] == ("nobody_in_it", ["crm"])
    assert found["elsewhere"] == ("no_live_address", ["shop"])
    assert found["room"] == ("no_live_address", []), "a room is not swapped for its members"


def test_a_name_for_chinese_readers_may_be_an_alias_or_a_name_of_its_own() -> None:
    def gaps(zh: str, en: str, *aliases: str) -> set[str]:
        one = Service(id="x", name=Names(zh=zh, en=en), aliases=aliases)
        return {
            g for m in missing_of(Directory(services=(one,)), LIVE) for g in m.gaps if "name" in g
        }

    assert gaps("Mail client", "Mail client") == {"no_chinese_name"}
    assert gaps("邮件", "邮件") == {"no_english_name"}
    assert gaps("Mail client", "Mail client", "邮箱") == set()
    assert gaps("CRM", "CRM") == gaps("SAP HANA", "SAP HANA") == gaps("邮件", "Mail") == set()


def test_a_service_that_lacks_nothing_is_not_listed_and_a_deleted_one_never() -> None:
    whole = Service(
        id="crm", name=NAME, owners=("a",), users=("g",), advice=Bilingual(zh="等", en="wait")
    )
    directory = Directory(
        people=(person("a", addresses=MAIL),),
        groups=(Group(id="g", name=NAME, members=("a",)),),
        services=(whole, Service(id="gone", name=NAME, deleted=True)),
    )
    assert missing_of(directory, LIVE) == []
    named = directory.model_copy(
        update={
            "services": (whole.model_copy(update={"depends_on": ("gone",)}), directory.services[1])
        }
    )
    assert [m.unknown for m in missing_of(named, LIVE)] == [("gone",)]
