"""What does a report look like in JSON, and what may be said about one?"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from pipeline.domain.directory import LONGEST_TEXT, Language
from pipeline.domain.report import Action, ActionState, Edition, Report, Section, SectionText
from pipeline.domain.times import Instant
from pipeline.review.document import Block, Document

from ..json_routes import Body

EditionName = Literal["engineers", "executives", "outside"]
SectionName = Literal[
    "summary", "factors", "went_well", "went_badly", "luck", "lessons", "questions"
]


class TableShape(BaseModel):
    head: list[str]
    rows: list[list[str]]
    sources: list[list[str]] = Field(description="Of each row: ids of events or communications.")


class BlockShape(BaseModel):
    """A section: what people wrote in Markdown, and what code computed."""

    section: str
    heading: str
    written: str
    revision: int = Field(description="0: nobody has written it yet.")
    by: str = Field(description="Empty for a draft from the record.")
    findings: list[str] = Field(description="Rules that the check found broken in what is written.")
    lines: list[str]
    table: TableShape | None


class ActionShape(BaseModel):
    id: str
    text: str
    owner: str
    due: date
    link: str | None
    state: str
    revision: int


class ReportShape(BaseModel):
    incident: str
    state: str = Field(examples=["draft"])
    edition: str
    language: str
    title: str
    note: str
    due_at: Instant | None
    published_at: Instant | None
    sections: list[BlockShape]
    actions: list[ActionShape]


class DraftBody(Body):
    """Nothing needs to be said: the record says it."""


class WriteBody(Body):
    edition: EditionName = "engineers"
    language: Language
    revision: int = Field(ge=0, description="The one that you saw; 0 where nobody has written.")
    text: str = Field(max_length=LONGEST_TEXT, description="Markdown.")


class ActionBody(Body):
    text: str = Field(
        min_length=1, max_length=600, examples=["Add an alert at 80 % of connections"]
    )
    owner: str = Field(min_length=1, max_length=200, description="A person of the directory.")
    due: date
    link: str | None = Field(default=None, max_length=2000)


class ActionChange(Body):
    revision: int = Field(ge=1)
    state: ActionState | None = None
    due: date | None = None
    owner: str | None = None


class AnnounceBody(Body):
    review_by: Instant


class PublishBody(Body):
    reason: str = Field(default="", max_length=1000)


def report_shape(
    report: Report,
    edition: Edition,
    document: Document,
    texts: dict[Section, SectionText],
    actions: list[Action],
) -> ReportShape:
    return ReportShape(
        incident=report.incident,
        state=report.state,
        edition=edition,
        language=document.reader.language,
        title=document.title,
        note=document.note,
        due_at=report.due_at,
        published_at=report.published_at,
        sections=[_block(block, texts.get(block.section)) for block in document.blocks],
        actions=[] if edition is Edition.OUTSIDE else [action_shape(one) for one in actions],
    )


def action_shape(action: Action) -> ActionShape:
    return ActionShape(
        id=action.id,
        text=action.text,
        owner=action.owner,
        due=action.due,
        link=action.link,
        state=action.state,
        revision=action.revision,
    )


def _block(block: Block, text: SectionText | None) -> BlockShape:
    table = block.table
    return BlockShape(
        section=block.section,
        heading=block.heading,
        written=block.written,
        revision=text.revision if text else 0,
        by=text.by if text else "",
        findings=sorted({finding.rule for finding in text.findings}) if text else [],
        lines=list(block.lines),
        table=TableShape(
            head=list(table.head),
            rows=[list(row) for row in table.rows],
            sources=[list(cited) for cited in table.cites],
        )
        if table
        else None,
    )
