"""The shapes of a comparison of two versions. Clients depend on them: fields are added, never renamed."""

from typing import Annotated

from pydantic import BaseModel, Field

from qa_service.corpus.comparison import Fate
from qa_service.corpus.word_changes import PieceKind
from qa_service.server.schemas import DocumentOut


class PieceOut(BaseModel):
    """A stretch of text, and what became of it."""

    kind: Annotated[PieceKind, Field(description="same 未变、deleted 删去、inserted 新增")]
    text: str


class ClauseSideOut(BaseModel):
    """Where a clause stands in one of the two versions."""

    location: str
    url: str


class ClausePairOut(BaseModel):
    """A clause as it was and as it is."""

    fate: Annotated[Fate, Field(description="unchanged 未变、moved 只改序号、changed 修改、added 新增、removed 删去")]
    label: Annotated[str, Field(description="同上，中文")]
    before: Annotated[ClauseSideOut | None, Field(description="在较早文本中的位置；新增的为空")]
    after: Annotated[ClauseSideOut | None, Field(description="在较晚文本中的位置；删去的为空")]
    heading: Annotated[list[PieceOut], Field(description="标题怎样变；没有标题的为空")]
    pieces: Annotated[list[PieceOut], Field(description="文字怎样变，条的序号不算在内")]


class CountsOut(BaseModel):
    """How many clauses met each fate."""

    added: int
    removed: int
    changed: int
    moved: int
    unchanged: int


class ComparisonOut(BaseModel):
    """Two versions of a text, clause by clause, in the order of the later one."""

    before: DocumentOut
    after: DocumentOut
    notices: Annotated[list[str], Field(description="看对照时须知道的事，如对照的是要点而非法条原文")]
    counts: CountsOut
    pairs: list[ClausePairOut]
