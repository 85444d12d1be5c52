"""The shapes of what the API of imports takes and gives."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from qa_service.server.schemas import ValidityOut

Step = Literal["rebuilding", "switching", "live", "failed", "stale"]
Why = Annotated[str, Field(max_length=500, description="缘由，记入操作记录")]


class PublishIn(BaseModel):
    """Why something is published."""

    model_config = ConfigDict(extra="forbid")

    comment: Why = ""


class UndoIn(BaseModel):
    """Why something is taken back."""

    model_config = ConfigDict(extra="forbid")

    comment: Annotated[str, Field(min_length=2, max_length=500, description="缘由，记入操作记录")]


class NamedOut(BaseModel):
    """A document by its name."""

    id: str
    title: str


class ClauseOut(BaseModel):
    """A clause as it would be cited."""

    location: str
    text: str


class HeadingOut(BaseModel):
    """A heading, and how deep it stands."""

    depth: int
    text: str


class ChangeOut(BaseModel):
    """Something that is otherwise than before."""

    where: str
    before: str
    after: str


class DifferenceOut(BaseModel):
    """How a text differs from what is there of the same document."""

    against: NamedOut
    fields: list[ChangeOut]
    clauses: list[ChangeOut]
    same: int


class CountsOut(BaseModel):
    """How much was found."""

    characters: int
    clauses: int
    articles: int
    tables: int
    rows: int
    attachments: int
    questions: int


class UnderstoodOut(BaseModel):
    """One file as it was understood."""

    key: str
    name: str
    address: str
    ready: bool = Field(description="可以发布")
    fault: str = Field(description="为什么不能发布")
    metadata: dict[str, str] = Field(description="读到的或改正过的元数据，改正接口照此填")
    form: str
    replaces: NamedOut | None
    missing: list[str]
    warnings: list[str]
    counts: CountsOut | None
    outline: list[HeadingOut]
    clauses: list[ClauseOut]
    difference: DifferenceOut | None


class ConsequenceOut(BaseModel):
    """What publishing does to another document, in a sentence."""

    text: str
    complete: bool = Field(description="为否时有修改并不进去，请人工核对")


class ValidityChangeOut(BaseModel):
    """A document that would be otherwise in force."""

    document: NamedOut
    since: date
    before: ValidityOut
    after: ValidityOut


class EffectsOut(BaseModel):
    """What would change in the corpus."""

    added: list[NamedOut]
    removed: list[NamedOut]
    replaced: list[NamedOut]
    validity: list[ValidityChangeOut]


class RefusedOut(BaseModel):
    """What was brought and not kept."""

    name: str
    why: str


class StageOut(BaseModel):
    """An upload that waits."""

    id: str
    by: str
    at: datetime
    expires_at: datetime
    files: list[str]
    batch: str = Field(description="发布成的批次；还没有发布时为空")


class StagesOut(BaseModel):
    """The uploads that wait, of all editors."""

    stages: list[StageOut]


class PreviewOut(StageOut):
    """An upload as it was understood, and what publishing it would do."""

    understood: list[UnderstoodOut]
    refused: list[RefusedOut]
    consequences: list[ConsequenceOut]
    effects: EffectsOut | None
    fault: str


class BatchOut(BaseModel):
    """A batch that was published."""

    id: str
    documents: list[str]
    at: datetime | None
    by: str
    sources: list[str]
    comment: str
    state: Literal["in_corpus", "undone"]
    can_be_undone: bool
    undone_at: datetime | None
    undone_by: str
    undone_why: str


class BatchesOut(BaseModel):
    """The batches, the latest first."""

    batches: list[BatchOut]


class UndoPreviewOut(BaseModel):
    """What taking a batch back would do."""

    batch: BatchOut
    fault: str = Field(description="为什么现在不能撤销；能撤销时为空")
    effects: EffectsOut | None


class PublishedOut(BaseModel):
    """What was published or taken back; the index is being made."""

    batch: str
    documents: list[str]


class ProgressOut(BaseModel):
    """How far a change is on its way to the answers."""

    step: Step = Field(
        description="rebuilding 重建索引，switching 换用，live 已在用，failed 没建成，stale 语料已改、还没有重建"
    )
    stage: str = Field(description="重建在做哪一步")
    percent: int
    actor: str
    began: str
    said: str = Field(description="没建成或没换用的原因")
    answering: str
