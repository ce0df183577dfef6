"""What leaves says in which zone its times are, and tells no time of a next update that the sending overtakes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.domain.errors import WrongState
from pipeline.domain.prose import Length, Step
from pipeline.domain.summary import Edited, Shown, Summary, Written
from pipeline.flow.summaries.leaving import leaving
from tests.unit.flow.desk import START, Desk, opened
from tests.unit.flow.test_summaries import declare, edited, make
from tests.unit.flow.writers import Plain, writing

NOTES = {
    "en": "Times are Monday 24 August, Beijing (UTC+8)",
    "zh": "以上时间为 8 月 24 日（周一），北京时间",
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path, writing=writing(Plain())) as found:
        found.report()
        yield found


def due(desk: Desk) -> None:
    desk.send("assigned", assignee={"id": "chen"}, expected_at="2026-08-24T17:00:00+08:00")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_text_with_times_ends_with_their_zone(desk: Desk, language: str) -> None:
    """In its own language, and as it leaves; one without times says nothing of zones."""
    assert make(desk, language=language).draft.time_note == ""
    due(desk)
    made = make(desk, "requester", language=language)
    assert "17:00" in made.draft.text
    assert made.draft.text.split("\n")[-1] == made.draft.time_note == NOTES[language]
    acts = desk.app.summarising.acts
    acts.send(desk.incident, acts.release(made, by="chen"), by="chen")
    said = desk.app.queries.stream(desk.incident.id)[-1].data.model_dump()["text"]
    assert said == made.draft.text


def test_a_persons_words_keep_their_letters_and_leave_with_the_zone(desk: Desk) -> None:
    """The note is no sentence to be checked, stands once, and is hers to leave out where no time is."""
    due(desk)
    made = make(desk, "requester")
    own = edited(desk, made, "It will work at 17:00.")
    assert own.edited is not None
    assert own.edited.written.text == "It will work at 17:00."
    assert leaving(own).text == f"It will work at 17:00.\n\n{NOTES['en']}"
    again = edited(desk, own, leaving(own).text)
    assert [s.text for s in again.current.sentences] == ["It will work at 17:00."]
    assert leaving(again).text == leaving(own).text
    without = edited(desk, again, "It will work soon.")
    assert leaving(without).text == "It will work soon."


def of(audience: str, *sentences: tuple[str, str], **more: Any) -> Summary:
    shown = tuple(Shown(section="state", text=text, rests_on=(fact,)) for text, fact in sentences)
    text = " ".join(s.text for s in shown)
    usual: dict[str, Any] = {
        "id": "sum_1",
        "incident": "inc_1",
        "audience": audience,
        "kind": "stakeholder",
        "language": "en",
        "length": Length.NORMAL,
        "draft": Written(sentences=shown, text=f"{text}\n\n{NOTES['en']}", time_note=NOTES["en"]),
        "step": Step.TEMPLATE,
        "made_at": START,
        "as_of": START,
        "by": "chen",
    }
    return Summary(**usual | more)


STATE = ("Mail is down.", "f.state")
NEXT = ("The next update comes at 10:30.", "f.next_update")


@pytest.mark.parametrize("audience", ["affected", "public"])
def test_a_statement_tells_no_time_that_it_overtakes(audience: str) -> None:
    """With the sentence its zone goes; what stays behind is told."""
    found = leaving(of(audience, STATE, NEXT))
    assert (found.text, found.left_out) == ("Mail is down.", (NEXT[0],))


@pytest.mark.parametrize("audience", ["requester", "technician", "leaders"])
def test_a_note_promises_nothing_anew_and_leaves_whole(audience: str) -> None:
    found = leaving(of(audience, STATE, NEXT))
    assert (NEXT[0] in found.text, found.left_out) == (True, ())


def test_a_person_may_say_the_time_herself() -> None:
    """Law 9: her words leave to the letter."""
    own = Edited(written=of("affected", STATE, NEXT).draft, by="chen", at=START)
    assert NEXT[0] in leaving(of("affected", STATE, NEXT, edited=own)).text


def test_of_nothing_but_the_old_time_nothing_leaves(desk: Desk) -> None:
    declare(desk)
    acts = desk.app.summarising.acts
    made = make(desk, "affected")
    draft = of("affected", NEXT).draft
    with desk.app.store.write() as tx:
        only = made.model_copy(update={"draft": draft})
        assert tx.move_summary(made, only)
    with pytest.raises(WrongState, match="no text to see"):
        acts.send(desk.incident, acts.release(only, by="chen"), by="chen")
