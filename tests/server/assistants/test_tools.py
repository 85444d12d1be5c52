import asyncio
import threading
from collections.abc import Awaitable, Callable
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

import jsonschema
import mcp_types as types
import pytest
from mcp import Client, MCPError

from qa_service.answer.models import Answer, Origin, Reason, Status
from qa_service.corpus.models import Document, Form, Validity, ValidityState
from qa_service.errors import ModelError
from qa_service.server.assistants.protocol import create_mcp
from qa_service.server.assistants.telling import form_of, standing_of
from qa_service.service import Service

T = TypeVar("T")
HOSTILE: list[Any] = ["", "x" * 501, "a\x00b", "a\x1bb", 5, None, ["质押"], {"a": 1}]


def talk(service: Service, work: Callable[[Client], Awaitable[T]], *, mode: str = "auto") -> T:
    async def provide() -> Service:
        return service

    async def main() -> T:
        async with Client(create_mcp(provide), mode=mode) as client:
            try:
                return await work(client)
            except MCPError as error:
                refusal = error
        raise refusal  # out of the client's task group

    return asyncio.run(main())


def call(service: Service, tool: str, **arguments: Any) -> types.CallToolResult:
    return talk(service, lambda client: client.call_tool(tool, arguments))


def told(service: Service, tool: str, **arguments: Any) -> tuple[dict[str, Any], str]:
    """Call a tool that succeeds; return its data and its words."""
    result = call(service, tool, **arguments)
    assert not result.is_error, words(result)
    return result.structured_content, words(result)


def words(result: types.CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, types.TextContent)
    return content.text


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_tools_are_offered_with_titles_schemas_and_hints(service: Service, mode: str) -> None:
    tools = talk(service, lambda client: client.list_tools(), mode=mode).tools
    assert [tool.name for tool in tools] == ["ask_policy", "search_policy", "get_clause"]
    for tool in tools:
        jsonschema.Draft202012Validator.check_schema(tool.input_schema)
        jsonschema.Draft202012Validator.check_schema(tool.output_schema or {})
        assert tool.input_schema["type"] == (tool.output_schema or {})["type"] == "object"
        assert tool.title
        assert "要点整理，非法条原文" in (tool.description or "")
        hints = tool.annotations
        assert hints
        assert (hints.read_only_hint, hints.idempotent_hint, hints.open_world_hint) == (True, True, False)


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("ask_policy", {"question": "知识产权质押金额目标是多少"}),
        ("ask_policy", {"question": "明天天气怎么样"}),
        ("search_policy", {"query": "质押融资"}),
        ("get_clause", {"document": "专利法", "location": "第六十五条"}),
        ("get_clause", {"document": "规划", "location": "印发通知"}),
    ],
)
def test_what_a_tool_returns_fits_its_schema(service: Service, tool: str, arguments: dict[str, Any]) -> None:
    offers = {offer.name: offer for offer in talk(service, lambda client: client.list_tools()).tools}
    data, _ = told(service, tool, **arguments)
    jsonschema.validate(data, offers[tool].output_schema)
    jsonschema.validate(arguments, offers[tool].input_schema)


def test_an_answer_is_told_with_its_clause_and_its_notices(service: Service) -> None:
    data, text = told(service, "ask_policy", question="知识产权质押金额目标是多少")
    assert (data["status"], data["reason"]) == ("answered", "complete")
    assert data["citations"][0]["passage_id"] == "haimen-ip-plan#三-二-2"
    assert "url" not in data["citations"][0]
    assert "知识产权质押金额累计15亿元。[1]" in text
    assert "[1] 《南通市海门区“十四五”知识产权发展规划》三、（二）2\n〔官方全文；期限届满（" in text
    assert "转告时请说明：\n- 《南通市海门区“十四五”知识产权发展规划》的规划期为2021—2025年" in text
    assert f"session_id：{data['session_id']}" in text


def test_a_refusal_says_that_it_is_to_be_passed_on(service: Service) -> None:
    data, text = told(service, "ask_policy", question="明天天气怎么样")
    assert (data["status"], data["citations"]) == ("no_answer", [])
    assert "请如实转告，不要用别处的知识代答" in text


def test_an_answer_depends_on_the_day(service: Service) -> None:
    data, _ = told(service, "ask_policy", question="知识产权质押金额目标是多少", as_of="2024-01-01")
    assert data["citations"][0]["validity"]["state"] == "in_force"
    assert data["notices"] == []


def test_a_session_is_kept_and_the_generator_speaks(service: Service) -> None:
    asked: list[str | None] = []

    class Generator:
        async def write(self, answer: Answer) -> Any:
            yield Answer(answer.question, answer.status, answer.reason, "改写。", origin=Origin.GENERATED)

    class Noting(Service):
        def ask(self, text: str, *, session_id: str | None = None, **_rest: Any) -> Answer:
            asked.append(session_id)
            choices = ("商标怎么注册？", "专利怎么申请？")
            return Answer(
                text, Status.CLARIFY, Reason.NOT_STATED, "原话。", choices=choices, interpreted="怎么申请专利"
            )

    noting = Noting(**{f.name: getattr(service, f.name) for f in fields(service)} | {"generator": Generator()})
    data, text = told(noting, "ask_policy", question="怎么办", session_id="abc-1")
    assert (data["session_id"], data["answer"], data["origin"]) == ("abc-1", "改写。", "generated")
    assert asked == ["abc-1"]
    assert told(noting, "ask_policy", question="怎么办")[0]["session_id"] == asked[1] != "abc-1"
    plain = Noting(**{f.name: getattr(service, f.name) for f in fields(service)})
    data, text = told(plain, "ask_policy", question="怎么办")
    assert "按“怎么申请专利”理解。" in text
    assert "请选一个：\n- 商标怎么注册？\n- 专利怎么申请？" in text


def test_passages_are_ranked_and_labelled(service: Service) -> None:
    data, text = told(service, "search_policy", query="专利侵权找谁处理", k=3)
    hits = data["hits"]
    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)
    notes = next(hit for hit in hits if service.library[hit["document_id"]].form is Form.NOTES)
    assert notes["form"] == "要点整理，非法条原文"
    assert any("为要点整理，非法条原文" in notice for notice in data["notices"])
    assert f"1. 《{hits[0]['document']}》{hits[0]['location']}" in text
    assert hits[0]["text"] in text


def test_a_search_is_held_to_its_filters(service: Service) -> None:
    data, _ = told(service, "search_policy", query="侵权", documents=["《专利法》"], k=20)
    assert {hit["document_id"] for hit in data["hits"]} == {"专利法"}
    data, _ = told(service, "search_policy", query="侵权", levels=["司法解释"], topics=["保护"])
    assert {service.library[hit["document_id"]].level for hit in data["hits"]} == {"司法解释"}
    data, _ = told(service, "search_policy", query="质押融资", in_force=True)
    assert "haimen-ip-plan" not in {hit["document_id"] for hit in data["hits"]}
    data, _ = told(service, "search_policy", query="质押融资", in_force=True, as_of="2024-01-01")
    assert "haimen-ip-plan" in {hit["document_id"] for hit in data["hits"]}


def test_a_search_that_finds_nothing_says_what_to_change(service: Service) -> None:
    data, text = told(service, "search_policy", query="🚗")
    assert data["hits"] == []
    assert "没有找到" in text


def test_a_filter_that_is_not_there_is_an_error_with_what_is(service: Service) -> None:
    assert "可选：" in words(call(service, "search_policy", query="质押", levels=["乡镇"]))
    assert "没有主题“补贴”。可选：" in words(call(service, "search_policy", query="质押", topics=["补贴"]))
    failed = call(service, "search_policy", query="质押", documents=["没这个办法啊啊啊"])
    assert failed.is_error
    assert "没有收录" in words(failed)


def test_slips_are_put_right_and_said(service: Service) -> None:
    data, text = told(service, "search_policy", query="知识产权质压融资")
    assert data["understood"] == "知识产权质押融资"
    assert text.startswith("按“知识产权质押融资”检索。")


def test_a_clause_is_told_with_its_place_and_its_neighbours(service: Service) -> None:
    data, text = told(service, "get_clause", document="专利法", location="65条")
    assert data["location"].startswith("第六十五条")
    assert data["passage_ids"] == ["专利法#第六十五条"]
    assert data["previous"]["location"].startswith("第六十四条")
    assert data["next"]["passage_id"] == "专利法#第六十六条"
    assert data["form"] == "要点整理，非法条原文"
    assert "前一条：第六十四条" in text
    assert "请以官方发布的原文为准" in text
    data, _ = told(service, "get_clause", location="haimen-ip-plan#三-二-2")
    assert data["text"] == "2.知识产权许可转让及质押融资额明显增长，知识产权质押金额累计15亿元。"
    assert data["heading_path"][1:] == ["三、发展目标", "（二）主要定量指标"]
    assert data["validity"]["label"] == "期限届满"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"document": "专力法", "location": "第一条"}, "名称相近的有：《中华人民共和国专利法》"),
        ({"document": "专利法", "location": "第九百条"}, "没有“第九百条”"),
        ({"location": "第一条"}, "请写明 document"),
        ({"location": "nix#第一条"}, "没有编号为 'nix' 的文件"),
        ({"location": "专利法#nix"}, "没有“专利法#nix”"),
        ({"document": "专利法"}, "location：缺少这一项"),
        ({"document": "专利法", "location": "第一条", "page": 2}, "page：不认识这一项"),
        ({"document": "专利法", "location": "第一条", "as_of": "明天"}, "as_of：应为日期"),
    ],
)
def test_a_clause_that_cannot_be_given_is_an_error_in_words(
    service: Service, arguments: dict[str, Any], said: str
) -> None:
    result = call(service, "get_clause", **arguments)
    assert result.is_error
    assert said in words(result)


@pytest.mark.parametrize(("tool", "field"), [("ask_policy", "question"), ("search_policy", "query")])
@pytest.mark.parametrize("value", HOSTILE)
def test_bad_input_is_an_error_in_words(service: Service, tool: str, field: str, value: Any) -> None:
    result = call(service, tool, **{field: value})
    assert result.is_error
    assert words(result).startswith(f"参数有误。{field}")


@pytest.mark.parametrize("k", [0, 21, 1.5, "很多"])
def test_k_has_bounds(service: Service, k: object) -> None:
    assert words(call(service, "search_policy", query="质押", k=k)).startswith("参数有误。k：")


def test_an_unknown_tool_is_a_protocol_error_that_names_the_tools(service: Service) -> None:
    with pytest.raises(MCPError, match="没有名为 'nix' 的工具。可用：ask_policy、search_policy、get_clause"):
        call(service, "nix")


def test_a_crash_tells_nothing_of_its_inside(service: Service, caplog: pytest.LogCaptureFixture) -> None:
    class Broken(Service):
        def ask(self, text: str, **_rest: Any) -> Answer:
            raise RuntimeError("secret")

    result = call(Broken(**{f.name: getattr(service, f.name) for f in fields(service)}), "ask_policy", question="问")
    assert result.is_error
    assert "secret" not in words(result)
    assert "secret" in caplog.text


def test_calls_run_side_by_side(service: Service) -> None:
    together = threading.Barrier(2)

    class Meeting(Service):
        def ask(self, text: str, **rest: Any) -> Answer:
            together.wait(10)
            return super().ask(text, **rest)

    meeting = Meeting(**{f.name: getattr(service, f.name) for f in fields(service)})
    results = talk(
        meeting, lambda client: asyncio.gather(*(client.call_tool("ask_policy", {"question": "你好"}) for _ in "12"))
    )
    assert [result.is_error for result in results] == [False, False]


def test_tools_are_listed_before_the_service_is_there_and_calls_wait_for_it(service: Service) -> None:
    async def main() -> tuple[int, bool, types.CallToolResult]:
        ready = asyncio.Event()

        async def provide() -> Service:
            await ready.wait()
            return service

        async with Client(create_mcp(provide)) as client:
            tools = (await client.list_tools()).tools
            waiting = asyncio.create_task(client.call_tool("search_policy", {"query": "质押"}))
            await asyncio.sleep(0.05)
            early = waiting.done()
            ready.set()
            return len(tools), early, await waiting

    count, early, result = asyncio.run(main())
    assert (count, early, result.is_error) == (3, False, False)


def test_why_there_is_no_service_is_said_to_every_request() -> None:
    async def provide() -> Service:
        raise ModelError("模型缺失。")

    async def main() -> str:
        async with Client(create_mcp(provide)) as client:
            with pytest.raises(MCPError, match="模型缺失。"):
                await client.list_resources()
            return words(await client.call_tool("search_policy", {"query": "质押"}))

    assert asyncio.run(main()) == "模型缺失。"


def test_the_version_to_come_is_told() -> None:
    coming = Document(id="new", title="某办法", form=Form.FULL_TEXT, body="", effective=date(2026, 10, 1))
    standing = standing_of(Validity(ValidityState.IN_FORCE, "现行有效"), coming)
    assert standing.in_words() == "现行有效（现行有效；2026年10月1日起改为《某办法》（编号 new））"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"form": Form.FULL_TEXT}, "官方全文"),
        ({"form": Form.FULL_TEXT, "amended_by": "n"}, "官方全文，由本服务按修改通知并入"),
        ({"form": Form.NOTES}, "要点整理，非法条原文"),
        ({"form": Form.NOTES, "kind": "情况说明"}, "情况说明，由本服务整理"),
        ({"form": Form.GUIDE, "kind": "办事指南"}, "办事指南，由本服务整理"),
    ],
)
def test_the_form_of_a_document_is_said_in_words(fields: dict[str, Any], said: str) -> None:
    assert form_of(Document(id="d", title="某", body="", **fields)) == said
