"""The MCP server: what it offers, and who answers which request."""

from collections.abc import Awaitable, Callable
from typing import Any

import mcp_types as types
from mcp.server import Server, ServerRequestContext
from mcp.shared.exceptions import MCPError
from starlette.concurrency import run_in_threadpool

from qa_service import __version__
from qa_service.errors import QaError
from qa_service.server.assistants import documents
from qa_service.server.assistants.ask_policy import ASK_POLICY
from qa_service.server.assistants.get_clause import GET_CLAUSE
from qa_service.server.assistants.prompt import CITED_ANSWER, cited_answer
from qa_service.server.assistants.search_policy import SEARCH_POLICY
from qa_service.server.assistants.tool import Tool
from qa_service.service import Service

Context = ServerRequestContext[Any]
Page = types.PaginatedRequestParams | None

_INSTRUCTIONS = (
    "南通市海门区“十四五”知识产权发展规划及相关法规、政策、办事指南。用户问这些时先用 ask_policy；"
    "点名条款用 get_clause；要自己比较原文用 search_policy。"
    "只依据返回的文字回答，注明文件和位置，转达 notices。标明“要点整理，非法条原文”的不是法条原文。"
    "没有写的、不在收录范围的，如实转告，不用别处的知识补金额、期限、电话。\n"
    "Chinese IP policy corpus. Answer only from what the tools return, cite document and location, pass on notices "
    "and refusals."
)
_TOOLS: tuple[Tool[Any, Any], ...] = (ASK_POLICY, SEARCH_POLICY, GET_CLAUSE)
_BY_NAME = {tool.name: tool for tool in _TOOLS}


def create_mcp(service: Callable[[], Awaitable[Service]]) -> Server[Any]:
    """Build the server for every transport.

    The tools are told before the service is there: a client lists them at once, while an index is still being made.

    Args:
        service: returns the service, waiting for it where it is still being opened.
    """
    requests = _Requests(service)
    return Server(
        "qa-service",
        version=__version__,
        title="海门知识产权政策问答",
        instructions=_INSTRUCTIONS,
        on_list_tools=requests.list_tools,
        on_call_tool=requests.call_tool,
        on_list_resources=requests.list_resources,
        on_list_resource_templates=requests.list_templates,
        on_read_resource=requests.read_resource,
        on_list_prompts=requests.list_prompts,
        on_get_prompt=requests.get_prompt,
    )


class _Requests:
    """Answers each kind of request. What searches or reads does so in a thread, so that calls run side by side."""

    def __init__(self, service: Callable[[], Awaitable[Service]]) -> None:
        self._service = service

    async def list_tools(self, _context: Context, _page: Page) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[tool.offer for tool in _TOOLS])

    async def call_tool(self, _context: Context, call: types.CallToolRequestParams) -> types.CallToolResult:
        if call.name not in _BY_NAME:
            raise MCPError(types.INVALID_PARAMS, f"没有名为 {call.name!r} 的工具。可用：{'、'.join(_BY_NAME)}。")
        return await _BY_NAME[call.name].call(self._service, call.arguments or {})

    async def list_resources(self, _context: Context, _page: Page) -> types.ListResourcesResult:
        return types.ListResourcesResult(resources=await run_in_threadpool(documents.resources, await self._opened()))

    async def list_templates(self, _context: Context, _page: Page) -> types.ListResourceTemplatesResult:
        return types.ListResourceTemplatesResult(resource_templates=[documents.WHOLE])

    async def read_resource(
        self, _context: Context, resource: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        return await run_in_threadpool(documents.read, await self._opened(), str(resource.uri))

    async def list_prompts(self, _context: Context, _page: Page) -> types.ListPromptsResult:
        return types.ListPromptsResult(prompts=[CITED_ANSWER])

    async def get_prompt(self, _context: Context, prompt: types.GetPromptRequestParams) -> types.GetPromptResult:
        if prompt.name != CITED_ANSWER.name:
            raise MCPError(types.INVALID_PARAMS, f"没有名为 {prompt.name!r} 的提示词。可用：{CITED_ANSWER.name}。")
        return cited_answer(prompt.arguments or {})

    async def _opened(self) -> Service:
        """Return the service; a request that is no tool's has only the protocol to say why there is none."""
        try:
            return await self._service()
        except QaError as error:
            raise MCPError(types.INTERNAL_ERROR, str(error)) from error
