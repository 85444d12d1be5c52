"""The one prompt: ask, and answer with citations."""

from collections.abc import Mapping

import mcp_types as types
from mcp.shared.exceptions import MCPError
from pydantic import TypeAdapter, ValidationError

from qa_service.server.problems import faults_in_words
from qa_service.server.schemas import QuestionText

CITED_ANSWER = types.Prompt(
    name="cited_answer",
    title="依据原文回答，注明条款",
    description="先查所收录的原文，再用平常话回答，逐句注明文件和位置；没有写的直说没有。",
    arguments=[types.PromptArgument(name="question", title="问题", description="要问的事", required=True)],
)
_TEXT = """请回答：{question}

1. 先用 ask_policy 提问；需要更多原文时用 search_policy、get_clause。
2. 只写工具返回的内容，每句注明出处，如《文件》第几条；金额、期限、电话、网址不得来自别处。
3. 形式是“要点整理，非法条原文”或办事指南的，写明这一点，不加引号当作法条。
4. 转达 notices：期限届满、已修改、即将施行的新版本。
5. status 为 related 或 no_answer 时，直接告诉用户没有写或不在收录范围，以及答复里给出的去处。"""


def cited_answer(arguments: Mapping[str, str]) -> types.GetPromptResult:
    """Return the prompt with the question in it.

    Raises:
        MCPError: the question is missing, too long or unreadable.
    """
    try:
        question = TypeAdapter(QuestionText).validate_python(arguments.get("question", ""))
    except ValidationError as error:
        faults = [{**fault, "loc": ("question",)} for fault in error.errors()]
        raise MCPError(types.INVALID_PARAMS, f"{'；'.join(faults_in_words(faults))}。") from error
    content = types.TextContent(text=_TEXT.format(question=question))
    return types.GetPromptResult(
        description=CITED_ANSWER.description, messages=[types.PromptMessage(role="user", content=content)]
    )
