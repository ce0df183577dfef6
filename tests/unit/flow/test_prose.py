"""A model may say the news of a message better: never later than the message may be, and never anything else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from structlog.testing import capture_logs

from knowledge.errors import ModelFailed
from pipeline.adapters.jobs.in_turn import InTurn
from pipeline.adapters.models.planned import PlannedModel
from pipeline.adapters.models.recorded import RecordedModel
from pipeline.domain.communication import Communication, CommunicationState, Reason
from pipeline.domain.directory import Address, Directory, Language, Person
from pipeline.domain.errors import Unavailable
from pipeline.domain.passage import Passage
from pipeline.domain.prose import Step
from pipeline.drafting.conversation import LogFile
from pipeline.flow.drafter import Drafter
from pipeline.flow.drain import advance
from pipeline.flow.summaries.brought import Brought
from pipeline.flow.writing.message_prose import PairWriters, ProseWriting
from pipeline.model_ports import ChatModel
from pipeline.ports import Store, Transaction
from tests.acceptance.outage import directory

from .desk import START, Desk, opened
from .sayers import Sayer, Sentences, form
from .test_news import CHIEF, CRM_IS_DOWN, LI, TOM, happens, told

SAID = {TOM: "What we can tell you is this: ", LI: "我们能告诉您的是："}
FIXED = {TOM: "- Stage: cause found", LI: "- 阶段：原因已查明"}


@contextmanager
def outage(
    folder: Path, model: ChatModel | None, /, *, second: ChatModel | None = None, **settings: Any
) -> Iterator[Desk]:
    """The first contact of a P1 has left; nothing has happened since."""
    placed = {Step.MODEL: model, Step.SECOND_MODEL: second}
    chats = {step: one for step, one in placed.items() if one is not None}
    with opened(folder, chats=chats, zone="Asia/Shanghai", **settings) as desk:
        desk.app.acts.load_directory(directory())
        if isinstance(model, Sayer):
            model.clock = desk.clock
        happens(desk, "declared", **CRM_IS_DOWN)
        yield desk


def goes_on(desk: Desk, minutes: float = 2) -> None:
    """The cause is found: an update leaves a minute later."""
    happens(desk, "phase_changed", phase="identified")
    desk.wait(minutes)


def update_of(desk: Desk, audience: str = "affected") -> Communication:
    """The last that waited for a model and has left, not the one that is planned next."""
    found = [c for c in desk.communications if (c.audience, c.awaits) == (audience, "prose")]
    return [c for c in found if c.state is CommunicationState.RELEASED][-1]


def passage_of(desk: Desk, audience: str = "affected") -> Passage:
    with desk.app.store.read() as tx:
        [found] = tx.passages([update_of(desk, audience).id]).values()
    return found


def test_news_is_told_in_a_models_words_in_both_languages(tmp_path: Path) -> None:
    with outage(tmp_path, Sayer()) as desk:
        goes_on(desk)
        for reader, state in ((TOM, "cause found"), (LI, "原因已查明")):
            mail = told(desk, reader)[-1]
            assert SAID[reader] + state in mail.text
            assert FIXED[reader] not in mail.text
            assert mail.html is not None
            assert SAID[reader] in mail.html


def test_what_nobody_may_say_but_the_frame_stays_in_fixed_words(tmp_path: Path) -> None:
    """Times of promises, and what is not on record yet."""
    with outage(tmp_path, Sayer()) as desk:
        goes_on(desk)
        text = told(desk)[-1].text
        assert "You will hear from us again by 10:20" in text
        assert "we have no checked workaround to give you yet" in text


def test_it_is_kept_who_wrote_it_and_what_each_sentence_rests_on(tmp_path: Path) -> None:
    with outage(tmp_path, Sayer()) as desk:
        goes_on(desk)
        passage = passage_of(desk)
        english = passage.said["en"]
        assert (english.prose.model, english.prose.step) == ("fake-1", Step.MODEL)
        assert english.prose.prompt is not None
        [sentence] = english.written.sentences
        assert sentence.text == "What we can tell you is this: cause found."
        assert [fact.attribute for fact in passage.facts if fact.id in sentence.evidence] == [
            "phase"
        ]
        assert passage.cost.calls == 2
        drafts = desk.app.queries.drafts(update_of(desk).id)
        assert {r.by_model for d in drafts for r in d.renditions if r.form.value != "short"} == {
            True
        }


def test_without_a_model_nothing_waits_and_no_row_is_made(tmp_path: Path) -> None:
    with outage(tmp_path, None) as desk:
        happens(desk, "severity_changed", severity="P2", impact="degraded")
        with desk.app.store.read() as tx:
            assert tx.next_due("prose") is None
            assert tx.passages([c.id for c in desk.communications]) == {}
        assert {c.awaits for c in desk.communications} == {None}
        assert told(desk)[-1].at == START
        assert "prose" not in {step.name for step in desk.app.steps}


def test_where_no_model_may_read_nothing_waits(tmp_path: Path) -> None:
    with outage(tmp_path, sayer := Sayer()) as desk:
        desk.send("marked", models="none")
        happens(desk, "severity_changed", severity="P2", impact="degraded")
        assert told(desk)[-1].at == START
        assert sayer.asked == []


def test_an_urgent_update_leaves_as_soon_as_the_model_has_written(tmp_path: Path) -> None:
    with outage(tmp_path, Sayer(seconds=3)) as desk:
        happens(desk, "severity_changed", severity="P2", impact="degraded")
        desk.wait(1)
        mail = told(desk)[-1]
        assert SAID[TOM] in mail.text
        assert START < mail.at < START + timedelta(seconds=30)


def test_a_model_that_is_late_delays_nothing_beyond_its_time(tmp_path: Path) -> None:
    with outage(tmp_path, Sayer(seconds=300)) as desk:
        happens(desk, "severity_changed", severity="P2", impact="degraded")
        desk.wait(1)
        mail = told(desk)[-1]
        assert SAID[TOM] not in mail.text
        assert mail.at <= START + timedelta(seconds=30)


def test_a_model_that_never_ends_delays_nothing_beyond_its_time(tmp_path: Path) -> None:
    """Its worker stands still: the message leaves in its fixed words when its patience is over."""
    with outage(tmp_path, Sayer()) as desk:
        desk.accept(desk.event("x") | _changed(desk))
        others = [step for step in desk.app.steps if step.name != "prose"]
        advance(desk.clock, desk.clock.now() + timedelta(seconds=30), others)
        mail = told(desk)[-1]
        assert mail.at == START + timedelta(seconds=30)
        assert SAID[TOM] not in mail.text


def _changed(desk: Desk) -> dict[str, Any]:
    data = {"severity": "P2", "impact": "degraded"}
    return {"type": "heliograph.incident.severity_changed.v1", "data": data}


def test_a_first_contact_waits_for_no_model(tmp_path: Path) -> None:
    """Also while one hangs over the update of another incident."""
    with outage(tmp_path, Sayer(seconds=300)) as desk:
        desk.accept(desk.event("x") | _changed(desk))
        [first] = desk.accept(
            desk.event("x", "T-2", **CRM_IS_DOWN)
            | {"type": "heliograph.incident.declared.v1", "subject": "T-2"}
        )
        desk.step("compose").turn()
        mine = [
            c
            for c in desk.app.queries.communications(first.incident_id)
            if c.kind.value == "first_contact" and c.audience == "affected"
        ]
        assert [(c.awaits, c.state, c.due_at) for c in mine] == [
            (None, CommunicationState.RELEASED, START)
        ]


def test_a_process_that_dies_while_it_asks_tells_nobody_twice(tmp_path: Path) -> None:
    """The row is leased and nobody settles it: fixed words leave, once, and the row ends without a question."""
    with outage(tmp_path, sayer := Sayer()) as desk:
        happens_quietly(desk)
        with desk.app.store.write() as tx:
            assert tx.claim_prose(desk.clock.now(), timedelta(minutes=5), 10)
        desk.wait(1)
        assert len(told(desk)) == 2
        assert SAID[TOM] not in told(desk)[-1].text
        with desk.app.store.write() as tx:
            tx.end_leases(desk.clock.now())
        desk.settle()
        assert len(told(desk)) == 2
        assert sayer.asked == []
        assert passage_of(desk).why_not == Reason(code="prose_left")


def happens_quietly(desk: Desk) -> None:
    """Recorded, and nothing that follows was done yet."""
    desk.accept(desk.event("x") | _changed(desk))


def test_what_changed_while_the_model_wrote_is_told(tmp_path: Path) -> None:
    """What was written of the facts before is not used: the message tells those that hold by then."""
    with outage(tmp_path, sayer := Sayer()) as desk:
        happens_quietly(desk)
        sayer.act = lambda: (
            desk.accept(
                desk.event("x", effect="x", scope="Sales in Shanghai")
                | {
                    "type": "heliograph.incident.scope_changed.v1",
                    "data": {"scope": "Sales in Shanghai"},
                }
            )
            if len(sayer.asked) == 1
            else None
        )
        desk.wait(2)
        assert told(desk)[1:]
        for mail in told(desk)[1:]:
            assert "Sales in Shanghai" in mail.text


def test_a_mark_says_that_a_model_wrote_it_where_the_house_asks_for_it(tmp_path: Path) -> None:
    with outage(tmp_path, Sayer(), mark_machine_text=True) as desk:
        goes_on(desk)
        assert "written by an AI model" in told(desk, TOM)[-1].text
        assert "AI 模型" in told(desk, LI)[-1].text
        assert "AI model" not in told(desk, TOM)[0].text


def test_a_second_model_is_asked_when_the_first_is_of_no_use(tmp_path: Path) -> None:
    broken, second = PlannedModel(ModelFailed("it is down")), Sayer(name="second")
    with outage(tmp_path, broken, second=second) as desk:
        second.clock = desk.clock
        goes_on(desk)
        assert SAID[TOM] in told(desk)[-1].text
        passage = passage_of(desk)
        assert passage.said["en"].prose.step is Step.SECOND_MODEL
        assert [fall.step for fall in passage.falls] == [Step.MODEL]


def test_the_same_answers_give_the_same_bytes(tmp_path: Path) -> None:
    """Recorded once, said again: law 13 holds for texts with a model's words too."""
    with outage(tmp_path / "one", Sayer()) as desk:
        goes_on(desk)
        sent = [(m.key, m.address, m.subject, m.text, m.html, m.at) for m in desk.mail.sent]
        ids = [call.id for call in desk.app.models.calls.calls().calls]
        calls = [found for id_ in ids if (found := desk.app.models.calls.call(id_))]
    with outage(tmp_path / "two", RecordedModel(calls, name="fake-1")) as desk:
        goes_on(desk)
        again = [(m.key, m.address, m.subject, m.text, m.html, m.at) for m in desk.mail.sent]
    assert any(SAID[TOM] in text for _, _, _, text, _, _ in sent)
    assert again == sent


def spoilt(sentences: Sentences, english: bool, words: str, ground: bool = True) -> str:
    extra = {"section": "passage", "text": words, "rests_on": ["F2"] if ground else []}
    return form([*sentences, extra])


WICKED: dict[str, Any] = {
    "digits": lambda s, e: spoilt(s, e, "This concerns 4000 people." if e else "涉及 4000 人。"),
    "a cause": lambda s, e: spoilt(
        s, e, "It happened because somebody pulled a cable." if e else "原因是有人拔了网线。"
    ),
    "a link": lambda s, e: spoilt(
        s, e, "Sign in at https://evil.example now." if e else "请登录 https://evil.example 。"
    ),
    "an all-clear": lambda s, e: spoilt(
        s, e, "Everything works again." if e else "一切都恢复正常了。"
    ),
    "a promise": lambda s, e: spoilt(
        s, e, "We promise that it will work soon." if e else "我们保证马上修好。"
    ),
    "the other language": lambda s, e: spoilt(
        s, e, "一切照旧。" if e else "Nothing has changed here."
    ),
    "markup": lambda s, e: spoilt(
        s, e, "**Now** [press](x) <b>here</b>" if e else "**请** <b>点</b>"
    ),
    "half a JSON": lambda s, e: form(s)[: len(form(s)) // 2],
    "no JSON": lambda s, e: "Sure! Here is your update.",
    "50,000 words": lambda s, e: spoilt(s, e, "word " * 50_000),
    "50,000 sentences": lambda s, e: form(s * 50_000),
    "nothing": lambda s, e: json.dumps({"enough": False, "sentences": []}),
    "the news left out": lambda s, e: form(
        [
            {
                "section": "passage",
                "text": "{F2} is meant." if e else "说的是 {F2}。",
                "rests_on": ["F2"],
            }
        ]
    ),
    "slots that do not exist": lambda s, e: spoilt(s, e, "It is {F99}." if e else "它是 {F99}。"),
    "one language alone": lambda s, e: "no" if e else form(s),
}


@pytest.mark.parametrize("name", WICKED)
def test_of_a_wicked_model_nothing_reaches_a_reader(tmp_path: Path, name: str) -> None:
    """The update leaves in its fixed words, in its time."""
    with outage(tmp_path, Sayer(spoil=WICKED[name])) as desk:
        goes_on(desk)
        for reader in (TOM, LI):
            mail = told(desk, reader)[-1]
            assert FIXED[reader] in mail.text
            assert mail.at == START + timedelta(minutes=1)
            assert "evil" not in f"{mail.subject}{mail.text}{mail.html}"
        assert passage_of(desk).said == {}
        assert passage_of(desk).why_not


def test_an_announced_update_is_written_before_its_time_and_leaves_at_it(tmp_path: Path) -> None:
    """What was done has no message of its own: the announced one tells it."""
    with outage(tmp_path, sayer := Sayer(seconds=2)) as desk:
        happens(desk, "progressed", action="Restarted the sign-in service", done=True)
        [planned] = [c for c in desk.communications if c.audience == "leaders" and c.scheduled]
        desk.wait(20)
        [first, announced] = told(desk, CHIEF)
        assert announced.at == planned.due_at
        assert SAID[TOM] + "Restarted the sign-in service." in announced.text
        assert "- Restarted" not in announced.text
        assert passage_of(desk, "leaders").at < announced.at
        assert SAID[TOM] not in first.text
        assert len(sayer.asked) == 2


def test_an_announced_update_with_nothing_new_asks_nobody(tmp_path: Path) -> None:
    with outage(tmp_path, sayer := Sayer()) as desk:
        desk.wait(20)
        assert len(told(desk)) == 2
        assert "no progress to report" in told(desk)[-1].text
        assert sayer.asked == []


def test_a_recovery_is_told_in_a_models_words_to_those_who_were_told(tmp_path: Path) -> None:
    """What still does not work, and what becomes of data, stays in fixed words."""
    with outage(tmp_path, Sayer()) as desk:
        desk.wait(10)
        happens(
            desk,
            "restored",
            measures="Restarted the sign-in service",
            limits="Reports are still slow",
        )
        desk.wait(1)
        mail = told(desk)[-1]
        assert SAID[TOM] + "Restarted the sign-in service." in mail.text
        assert "What we did:" not in mail.text
        assert "What does not work yet: Reports are still slow" in mail.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_requester_reads_what_was_done_in_a_models_words(
    tmp_path: Path, language: Language
) -> None:
    """In her language; the way back, and what she must do, are fixed words."""
    sayer = Sayer()
    with opened(tmp_path, chats={Step.MODEL: sayer}) as desk:
        mail = (Address(channel="mail", value="wang@example.org"),)
        wang = Person(id="wang", name="Wang", language=language, addresses=mail)
        desk.app.acts.load_directory(Directory(people=(wang,)))
        desk.report()
        desk.wait(1)
        desk.send(
            "resolved", fix_summary="重建了配置文件", user_action="Restart the mail client once"
        )
        desk.wait(5)
        text = desk.mail.sent[-1].text
        assert {"zh": "我们能告诉您的是：", "en": "What we can tell you is this: "}[
            language
        ] in text
        assert "重建了配置文件" in text
        assert {"zh": "还没好", "en": "Not fixed"}[language] in text
        assert "Restart the mail client once" in text
        assert {"zh": "我们做了：", "en": "What we did:"}[language] not in text


class Unread:
    """A store that cannot be read once it was read for as often as this."""

    def __init__(self, store: Store, reads: int) -> None:
        self._store, self._left = store, reads

    def read(self) -> AbstractContextManager[Transaction]:
        self._left -= 1
        if self._left < 0:
            raise Unavailable("the database cannot be read now")
        return self._store.read()

    def write(self) -> AbstractContextManager[Transaction]:
        return self._store.write()


def test_a_message_that_cannot_be_read_waits_no_longer(tmp_path: Path) -> None:
    """Whatever happens before a model is asked: it leaves in its fixed words, and the log has the trace."""
    with outage(tmp_path, Sayer()) as desk:
        happens_quietly(desk)
        writing = ProseWriting(
            store=cast(Store, Unread(desk.app.store, reads=1)),
            clock=desk.clock,
            drafter=cast(Drafter, None),
            writers=cast(PairWriters, None),
            executor=InTurn(),
            zone="UTC",
            wake=lambda: None,
            ring=lambda: None,
        )
        with capture_logs() as logged:
            assert writing.turn()
        assert {one["event"] for one in logged} == {"no model was asked"}
        assert all(one["exc_info"] for one in logged)
        waiting = [c.id for c in desk.communications if c.awaits == "prose" and not c.scheduled]
        with desk.app.store.read() as tx:
            whys = [passage.why_not for passage in tx.passages(waiting).values()]
        assert whys
        assert all(
            why == Reason(code="step_fault", values={"fault": "Unavailable"}) for why in whys
        )


def test_what_a_model_says_to_a_process_that_ends_is_dropped(tmp_path: Path) -> None:
    """The row is due again when the folder is opened again."""
    sayer = Sayer()
    with outage(tmp_path, sayer) as desk:
        happens_quietly(desk)
        sayer.act = desk.app.close
        desk.step("prose").turn()
        assert len(sayer.asked) == 1
    with opened(tmp_path, chats={Step.MODEL: sayer}) as desk, desk.app.store.read() as tx:
        waiting = [c for c in desk.communications if c.awaits == "prose" and not c.scheduled]
        assert {c.state for c in waiting} == {CommunicationState.PLANNED}
        assert tx.passages([c.id for c in waiting]) == {}
        assert tx.next_due("prose") == START


def test_words_that_were_taken_away_meanwhile_come_back_in_no_message(tmp_path: Path) -> None:
    """Nor is it kept what the model was asked for it: the message leaves in its fixed words."""
    sayer = Sayer()
    with outage(tmp_path, sayer) as desk:
        log = LogFile(name="chat.txt", content=b"[10:32] Chen Li: mbx-07 is full\n")
        conversations = desk.app.summarising.conversations
        brought = Brought(files=(log,), zone=ZoneInfo("Asia/Shanghai"))
        kept, _ = conversations.add(desk.incident, brought, by="chen")
        sayer.act = lambda: conversations.remove(desk.incident, kept.id, by="wang")
        goes_on(desk)
        assert FIXED[TOM] in told(desk)[-1].text
        calls = desk.app.models.calls
        before = [one.id for one in calls.calls().calls if one.audience == "affected"]
        texts = [calls.call(one) for one in before]
        assert texts
        assert all(one is not None and (one.asked, one.answer) == (None, None) for one in texts)
