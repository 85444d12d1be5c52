"""The tool ask_policy: a question in, the service's own answer out."""

from datetime import date
from typing import Annotated

from pydantic import Field

from qa_service.answer.models import Origin, Reason, Status
from qa_service.answer.speech import whole
from qa_service.journal.exchange import Channel
from qa_service.server.asking import Door
from qa_service.server.asking import asked as answered
from qa_service.server.assistants.telling import QuotedTold, Told, quoted, under
from qa_service.server.assistants.tool import Asked, Tool
from qa_service.server.schemas import QuestionText, SessionId
from qa_service.service import Service

_MEANS = {
    Status.ANSWERED: "有依据。请注明条款后转告。",
    Status.RELATED: "所收录的文件谈到了这件事，但没有写所问的内容。请如实转告没有写，不要补充或推算。",
    Status.CLARIFY: "需要先问清楚。请让用户从下面选一个，再问一次。",
    Status.NO_ANSWER: "所收录的文件不涉及，或不能回答。请如实转告，不要用别处的知识代答。",
    Status.SMALLTALK: "寒暄，没有引用。",
}


class QuestionAsked(Asked):
    """A question, and the conversation it belongs to."""

    question: Annotated[QuestionText, Field(description="用户的问题，照用户的原话，1—500 个字")]
    session_id: Annotated[
        SessionId | None, Field(description="接着上一问时，填上一次返回的 session_id；新的话题不填")
    ] = None
    as_of: Annotated[date | None, Field(description="按哪一天判断效力，如 2026-01-31；空为今天")] = None


class CitationTold(QuotedTold):
    """A passage offered as the ground of an answer."""

    n: Annotated[int, Field(description="答案里的引用编号 [n]")]


class AnswerTold(Told):
    """What is said to a question, and on what ground."""

    session_id: Annotated[str, Field(description="追问时带上")]
    status: Annotated[Status, Field(description="answered 有依据、related 没有写明、clarify 请选、no_answer 不能答")]
    reason: Reason
    means: Annotated[str, Field(description="这个 status 意味着什么，该怎样转告")]
    answer: str
    citations: list[CitationTold]
    notices: Annotated[list[str], Field(description="转告答案时必须一并说明的")]
    suggestions: Annotated[list[str], Field(description="用户可能接着问的")]
    choices: Annotated[list[str], Field(description="请用户选一个的完整问题；不需要选时为空")]
    understood: Annotated[str | None, Field(description="改正错别字后的问题；没有错别字时为空")]
    interpreted: Annotated[str | None, Field(description="追问被理解成的完整问题；不是追问时为空")]
    origin: Annotated[
        Origin, Field(description="谁写的：extracted 摘自原文、curated 人工审核、generated 大模型、fixed 固定答复")
    ]

    def in_words(self) -> str:
        """Return the answer, what it means, and its grounds."""
        read = self.interpreted or self.understood
        blocks = [f"〔{self.status}，{self.reason}〕{self.means}", self.answer]
        if read:
            blocks.insert(1, f"按“{read}”理解。")
        blocks += under("请选一个", self.choices)
        blocks += [f"[{citation.n}] {citation.in_words()}" for citation in self.citations]
        blocks += under("转告时请说明", self.notices)
        blocks += under("可以接着问", self.suggestions)
        return "\n\n".join([*blocks, f"session_id：{self.session_id}"])


async def _run(service: Service, asked: QuestionAsked) -> AnswerTold:
    asking = await answered(
        asked.question,
        lambda session_id: service.ask(asked.question, session_id=session_id, as_of=asked.as_of),
        service,
        Door(Channel.MCP),
        asked.session_id,
    )
    answer = await whole(asking.answer, service.generator)
    asking.note(answer)
    return AnswerTold(
        session_id=asking.session_id,
        status=answer.status,
        reason=answer.reason,
        means=_MEANS[answer.status],
        answer=answer.text,
        citations=[CitationTold(n=c.n, **quoted(c).model_dump()) for c in answer.citations],
        notices=list(answer.notices),
        suggestions=list(answer.suggestions),
        choices=list(answer.choices),
        understood=answer.understood,
        interpreted=answer.interpreted,
        origin=answer.origin,
    )


ASK_POLICY = Tool(
    name="ask_policy",
    title="依据原文回答政策问题",
    description=(
        "就知识产权的资助奖励、维权保护、申请注册、质押运用等提问，得到只依据所收录原文的答案和逐条引用。"
        "用户问政策法规时先用这个。答案里的 [n] 对应 citations，转告时要注明文件和位置，并转达 notices。"
        "status 为 related 或 no_answer 时，原文没有写或不在收录范围：必须如实转告，不得用别处的知识补金额、期限、电话。"
        "form 为“要点整理，非法条原文”的，不得当作法条原文引用。追问时带上返回的 session_id。\n"
        "Answers a question from the corpus only, with citations and validity notices. Prefer it for any policy "
        "question. Keep the [n] citations; pass refusals (related, no_answer) on as they are, and never fill in "
        "amounts, deadlines or phone numbers from elsewhere. Reuse session_id for follow-ups."
    ),
    takes=QuestionAsked,
    tells=AnswerTold,
    run=_run,
)
