import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import mcp_types as types
import pytest
from mcp import Client, MCPError

from qa_service.server.assistants.protocol import create_mcp
from qa_service.service import Service

T = TypeVar("T")


def talk(service: Service, work: Callable[[Client], Awaitable[T]]) -> T:
    async def provide() -> Service:
        return service

    async def main() -> T:
        async with Client(create_mcp(provide)) as client:
            try:
                return await work(client)
            except MCPError as error:
                refusal = error
        raise refusal  # out of the client's task group

    return asyncio.run(main())


def text_at(service: Service, uri: str) -> str:
    (contents,) = talk(service, lambda client: client.read_resource(uri)).contents
    assert isinstance(contents, types.TextResourceContents)
    return contents.text


def test_every_document_is_a_resource_that_can_be_read_at_its_address(service: Service) -> None:
    listing, *documents = talk(service, lambda client: client.list_resources()).resources
    assert listing.uri == "policy://documents"
    assert [document.name for document in documents] == list(service.library.documents)
    patents = next(document for document in documents if document.name == "专利法")
    assert patents.uri.isascii()
    text = text_at(service, patents.uri)
    assert text.startswith("《中华人民共和国专利法》 编号 专利法；法律；要点整理，非法条原文；现行有效（")
    assert service.library["专利法"].body.strip() in text


def test_the_list_tells_form_and_validity(service: Service) -> None:
    text = text_at(service, "policy://documents")
    assert text.count("\n- ") == len(service.library.documents)
    assert "编号 haimen-ip-plan；区级规划；官方全文；期限届满（规划期为2021—2025年，已届满）" in text


def test_an_address_may_be_written_in_chinese(service: Service) -> None:
    assert text_at(service, "policy://documents/专利法") == text_at(
        service, "policy://documents/%E4%B8%93%E5%88%A9%E6%B3%95"
    )


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("policy://documents/nix", "没有编号为 'nix' 的文件"),
        ("policy://documents/../../etc/passwd", "没有编号为"),
        ("file:///etc/passwd", "没有地址 file:///etc/passwd"),
    ],
)
def test_an_address_of_nothing_is_an_error_in_words(service: Service, uri: str, said: str) -> None:
    with pytest.raises(MCPError, match=said):
        text_at(service, uri)


def test_the_template_names_a_document(service: Service) -> None:
    (template,) = talk(service, lambda client: client.list_resource_templates()).resource_templates
    assert template.uri_template == "policy://documents/{id}"


def test_the_prompt_asks_for_citations(service: Service) -> None:
    (prompt,) = talk(service, lambda client: client.list_prompts()).prompts
    assert [argument.name for argument in prompt.arguments or []] == ["question"]
    result = talk(service, lambda client: client.get_prompt("cited_answer", {"question": "{专利}质押"}))
    (message,) = result.messages
    assert isinstance(message.content, types.TextContent)
    assert message.content.text.startswith("请回答：{专利}质押\n")
    assert "每句注明出处" in message.content.text


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("nix", {}, "没有名为 'nix' 的提示词"),
        ("cited_answer", {}, "question：不能为空"),
        ("cited_answer", {"question": "x" * 501}, "question：过长"),
    ],
)
def test_a_prompt_that_cannot_be_given_is_an_error_in_words(
    service: Service, name: str, arguments: dict[str, str], said: str
) -> None:
    with pytest.raises(MCPError, match=said):
        talk(service, lambda client: client.get_prompt(name, arguments))
