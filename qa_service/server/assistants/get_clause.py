"""The tool get_clause: one clause, with what stands around it."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from qa_service.answer.notices import notices_of
from qa_service.corpus.models import Passage
from qa_service.errors import QuestionError
from qa_service.search.lookup import find_clause, find_document
from qa_service.server.assistants.telling import StandingTold, Told, cited, form_of, standing_of, under
from qa_service.server.assistants.tool import Asked, Tool
from qa_service.server.schemas import ShortText
from qa_service.service import Service
from qa_service.text.book_marks import in_book_marks

_FIRST_WORDS = 40


class ClauseAsked(Asked):
    """Which clause."""

    document: Annotated[
        ShortText | None,
        Field(description="文件的标题、简称、俗称或编号，如 专利法；location 是条款编号时可以不写"),
    ] = None
    location: Annotated[
        ShortText,
        Field(description="位置，如 第六十五条、65条、三（二）2、小标题，或 search_policy 给出的 passage_id"),
    ]
    as_of: Annotated[date | None, Field(description="按哪一天判断效力，如 2026-01-31；空为今天")] = None


class NeighbourTold(BaseModel):
    """The passage before or after."""

    passage_id: str
    location: str
    starts: Annotated[str, Field(description="开头若干字")]


class ClauseTold(Told):
    """A clause, its place and its standing."""

    document_id: str
    document: str
    location: str
    heading_path: Annotated[list[str], Field(description="从文件标题到本条的各级标题")]
    text: Annotated[str, Field(description="条款文字，一字不改")]
    passage_ids: Annotated[list[str], Field(description="所含条款的编号")]
    form: Annotated[str, Field(description="官方全文、要点整理（非法条原文）还是办事指南")]
    validity: StandingTold
    previous: NeighbourTold | None
    next: NeighbourTold | None
    notices: Annotated[list[str], Field(description="引用时必须一并说明的")]

    def in_words(self) -> str:
        """Return the clause under its citation, then what is next to it."""
        head = f"{in_book_marks(self.document)}{self.location}"
        path = f"位于：{' / '.join(self.heading_path)}" if self.heading_path else ""
        lines = [head, f"〔{self.form}；{self.validity.in_words()}〕", path, self.text]
        around = [
            f"{side}：{there.location} {there.starts}"
            for side, there in (("前一条", self.previous), ("后一条", self.next))
            if there
        ]
        blocks = ["\n".join(line for line in lines if line), "\n".join(around), *under("引用时请说明", self.notices)]
        return "\n\n".join(block for block in blocks if block)


def _get(service: Service, asked: ClauseAsked) -> ClauseTold:
    day = asked.as_of or service.answerer.today()
    document_id, marked, _ = asked.location.strip().partition("#")
    if marked:
        document = service.library[document_id]
    elif asked.document is None:
        raise QuestionError("请写明 document（文件的标题或编号），或在 location 里给出完整的条款编号。")
    else:
        document = find_document(service.library, asked.document, day)
    clause = find_clause(document, service.engine.passages_of(document.id), asked.location)
    citation = cited(service, clause.passages[0], day)
    return ClauseTold(
        document_id=document.id,
        document=document.title,
        location=clause.location,
        heading_path=list(clause.heading_path),
        text=clause.text,
        passage_ids=[passage.id for passage in clause.passages],
        form=form_of(document),
        validity=standing_of(citation.validity, citation.upcoming),
        previous=_neighbour(clause.previous),
        next=_neighbour(clause.next),
        notices=list(notices_of([citation])),
    )


def _neighbour(passage: Passage | None) -> NeighbourTold | None:
    if passage is None:
        return None
    text = " ".join(passage.text.split())
    starts = text if len(text) <= _FIRST_WORDS else f"{text[:_FIRST_WORDS]}……"
    return NeighbourTold(passage_id=passage.id, location=passage.titled_location, starts=starts)


async def _run(service: Service, asked: ClauseAsked) -> ClauseTold:
    return await run_in_threadpool(_get, service, asked)


GET_CLAUSE = Tool(
    name="get_clause",
    title="取一条条款",
    description=(
        "按文件和位置取一条条款的文字，附所在章节、前后条、效力和即将施行的新版本。"
        "适合用户点名条款（专利法第六十五条、规划三（二）2），或核对 search_policy、ask_policy 的引用及其上下文。"
        "点到款、项的给出整条；点到一节的给出整节。没有这份文件或这一条时会说明有哪些，不要凭记忆补写。"
        "form 为“要点整理，非法条原文”的，不得当作法条原文引用；引用要注明文件和位置，并转达 notices。\n"
        "One clause by document and location (or passage_id), with its headings, neighbours and validity. Use it when "
        "a clause is named, or to read around a citation. Notes are summaries, not statutory wording. Always cite."
    ),
    takes=ClauseAsked,
    tells=ClauseTold,
    run=_run,
)
