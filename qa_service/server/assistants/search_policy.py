"""The tool search_policy: ranked passages."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import Field
from starlette.concurrency import run_in_threadpool

from qa_service.answer.notices import notices_of
from qa_service.errors import QuestionError
from qa_service.search.lookup import find_document
from qa_service.search.searcher import Filters
from qa_service.server.assistants.telling import QuotedTold, Told, cited, quoted, under
from qa_service.server.assistants.tool import Asked, Tool
from qa_service.server.schemas import QuestionText, ShortText
from qa_service.service import Service


class SearchAsked(Asked):
    """What to look for, and where."""

    query: Annotated[QuestionText, Field(description="要找的内容：词语或一句平常话，1—500 个字")]
    k: Annotated[int, Field(ge=1, le=20, description="最多几条，1—20")] = 5
    documents: Annotated[
        tuple[ShortText, ...], Field(max_length=20, description="只在这些文件中找：标题、简称或编号；空为全部")
    ] = ()
    levels: Annotated[
        tuple[ShortText, ...],
        Field(max_length=20, description="只在这些层级中找，如 法律、行政法规、部门规章、江苏省、南通市、海门区"),
    ] = ()
    topics: Annotated[
        tuple[ShortText, ...], Field(max_length=20, description="只在这些主题中找：资助、保护、申请、运用、服务")
    ] = ()
    in_force: Annotated[bool, Field(description="只在 as_of 那天现行有效的文件中找")] = False
    as_of: Annotated[date | None, Field(description="按哪一天判断效力，如 2026-01-31；空为今天")] = None


class HitTold(QuotedTold):
    """A passage, and where it ranks."""

    rank: int
    score: Annotated[float, Field(description="相关程度，只在同一次检索里可比，不是概率")]


class SearchTold(Told):
    """Ranked passages, and what a reader of them must be told."""

    query: str
    understood: Annotated[str | None, Field(description="改正错别字后的内容；没有错别字时为空")]
    hits: list[HitTold]
    notices: Annotated[list[str], Field(description="引用时必须一并说明的")]

    def in_words(self) -> str:
        """Return the passages one below the other."""
        if not self.hits:
            return f"没有找到与“{self.query}”有关的条款。请换一种说法，或放宽 documents、levels、topics、in_force。"
        read = [f"按“{self.understood}”检索。"] if self.understood else []
        hits = [f"{hit.rank}. {hit.in_words()}" for hit in self.hits]
        return "\n\n".join([*read, *hits, *under("引用时请说明", self.notices)])


def _search(service: Service, asked: SearchAsked) -> SearchTold:
    day = asked.as_of or service.answerer.today()
    library = service.library
    filters = Filters(
        tuple(find_document(library, called, day).id for called in asked.documents),
        _known("层级", asked.levels, [d.level for d in library.documents.values() if d.level]),
        _known("主题", asked.topics, [topic for d in library.documents.values() for topic in d.topics]),
        asked.in_force,
    )
    question = service.searcher.understand(asked.query, day)
    hits = service.searcher.search(question, day, asked.k, filters)
    citations = [cited(service, hit.passage, day, n=n, score=hit.score) for n, hit in enumerate(hits, 1)]
    return SearchTold(
        query=asked.query,
        understood=question.understood,
        hits=[HitTold(rank=c.n, score=round(c.score, 4), **quoted(c).model_dump()) for c in citations],
        notices=list(notices_of(citations)),
    )


def _known(what: str, wanted: Sequence[str], there: Sequence[str]) -> tuple[str, ...]:
    """Return what is wanted where all of it is there: a filter that nothing passes says nothing of the corpus.

    Raises:
        QuestionError: some is not; the message names what is.
    """
    if unknown := [name for name in wanted if name not in there]:
        raise QuestionError(f"没有{what}“{'”“'.join(unknown)}”。可选：{'、'.join(dict.fromkeys(sorted(there)))}。")
    return tuple(wanted)


async def _run(service: Service, asked: SearchAsked) -> SearchTold:
    return await run_in_threadpool(_search, service, asked)


SEARCH_POLICY = Tool(
    name="search_policy",
    title="检索政策法规条款",
    description=(
        "按相关程度列出海门“十四五”知识产权规划及所收录法规、政策、办事指南的条款，附位置、效力和编号。"
        "适合自己比较多条原文、按文件或层级查找；用户问一件具体的事，先用 ask_policy。"
        "排在前面只表示相近，不表示条款已经回答了问题：没有写的不要补。"
        "form 为“要点整理，非法条原文”的，不得当作法条原文引用；引用要注明文件和位置，并转达 notices。\n"
        "Ranked passages from the corpus (Chinese IP plan, laws, policies, guides). Use it to browse or compare "
        "sources; use ask_policy for a direct question. Rank is similarity, not proof. Cite document and location."
    ),
    takes=SearchAsked,
    tells=SearchTold,
    run=_run,
)
