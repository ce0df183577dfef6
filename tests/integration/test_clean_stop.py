"""Ended on purpose, nothing is in doubt: what began is recorded, what did not is sent by the next process."""

from __future__ import annotations

from pathlib import Path

from pipeline.adapters.channels.memory import MemoryChannel
from pipeline.bootstrap import Heliograph, open_heliograph
from pipeline.domain.cloudevents import parse
from pipeline.domain.message import MessageState
from pipeline.settings import Settings
from tests.unit.flow.desk import directory

MESSAGES = 60


def opened(folder: Path, mail: MemoryChannel) -> Heliograph:
    return open_heliograph(Settings(data_dir=folder), channels={"mail": mail})


def test_a_clean_stop_leaves_no_message_in_doubt(tmp_path: Path) -> None:
    """With mail, of which nobody could ask whether it arrived."""
    mail = MemoryChannel(name="mail", idempotent=False)
    app = opened(tmp_path, mail)
    app.acts.load_directory(directory())
    events = [
        {
            "specversion": "1.0",
            "id": str(n),
            "source": "desk",
            "type": "heliograph.ticket.reported.v1",
            "subject": f"T-{n}",
            "time": app.clock.now().isoformat(),
            "data": {"title": "Mail", "requester": {"id": "wang"}},
        }
        for n in range(MESSAGES)
    ]
    app.intake.accept([parse(event, now=app.clock.now()) for event in events])
    turns = {step.name: step for step in app.steps}
    compose, send = turns["compose"], turns["send-mail"]
    while compose.turn():
        pass
    send.turn()
    app.close()
    again = opened(tmp_path, mail)
    try:
        states = {m.state for m in again.queries.messages()}
        assert states <= {MessageState.DELIVERED, MessageState.QUEUED}
        delivered = len(again.queries.messages(states=("delivered",)))
        assert delivered == len(mail.sent)
    finally:
        again.close()
