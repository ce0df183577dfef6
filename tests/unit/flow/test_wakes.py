"""Who is woken by an event? Whoever has something to do: waking the others takes time from it."""

from __future__ import annotations

from pathlib import Path

from knowledge.article import ArticleText
from knowledge.shared_words import SharedWords
from pipeline.domain.cloudevents import parse
from pipeline.flow.compose import Composer
from pipeline.flow.drafter import Drafter
from pipeline.flow.intake import Intake
from pipeline.flow.newcomers import Defaults
from pipeline.flow.service_desk import Desk as ServiceDesk
from pipeline.flow.writing.waits import Prospects

from .desk import Desk, opened

CRASHES = ArticleText(
    source="files", external_id="1", title="Mail client crashes", body="Restart.", language="en"
)


def intake(desk: Desk, woken: list[str]) -> Intake:
    app = desk.app
    return Intake(
        store=app.store,
        clock=app.clock,
        ids=app.ids,
        library=app.library,
        defaults=Defaults(language="en", zone="UTC"),
        wake=lambda: woken.append("compose"),
        wake_search=lambda: woken.append("search"),
    )


def test_a_search_is_woken_by_a_new_ticket_where_there_are_articles(tmp_path: Path) -> None:
    """By no note, by no ticket that is known already, and by none at all without a library."""
    reported = {"title": "Mail client crashes", "requester": {"id": "wang"}}
    woken: list[str] = []
    with opened(tmp_path, search=SharedWords) as desk:
        door = intake(desk, woken)

        def comes(type_: str, number: str, **data: object) -> list[str]:
            woken.clear()
            door.accept([parse(desk.event(type_, number, **data), now=desk.clock.now())])
            return list(woken)

        assert comes("reported", "T-1", **reported) == ["compose"]
        desk.app.articles.take_in([CRASHES], by="admin", audience=("everybody",))
        assert comes("noted", "T-1", text="Still crashing") == ["compose"]
        assert comes("reported", "T-2", **reported) == ["compose", "search"]


def test_only_channels_that_have_something_to_send_are_woken(tmp_path: Path) -> None:
    woken: list[str] = []
    with opened(tmp_path, search=SharedWords) as desk:
        composer = Composer(
            store=desk.app.store,
            clock=desk.app.clock,
            ids=desk.app.ids,
            drafter=Drafter(
                ids=desk.app.ids,
                library=desk.app.library,
                channels={"mail": desk.mail},
                links=desk.app.links,
                desk=ServiceDesk(name="Service desk", phone=""),
            ),
            library=desk.app.library,
            prospects=Prospects(desk.app.library),
            wake=woken.extend,
        )
        desk.report()
        assert composer.turn()
        assert woken == ["mail"]
        woken.clear()
        desk.report("T-2", requester={"id": "mute"})
        assert composer.turn()
        assert woken == []
