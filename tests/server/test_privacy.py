import re
from dataclasses import replace

from fastapi.testclient import TestClient

from qa_service.server.app import create_app
from qa_service.service import Service
from qa_service.text.personal import Kind


def test_the_page_says_what_is_masked_and_who_to_ask(client: TestClient) -> None:
    page = client.get("/privacy")
    assert page.status_code == 200
    assert "本服务回答知识产权政策问题" in page.text
    for kind in Kind:
        assert kind.value in page.text
    assert "不用于训练模型" in page.text
    assert "大模型改写" not in page.text


def test_the_operator_is_named_where_set_and_cannot_write_markup(service: Service) -> None:
    settings = service.settings.model_copy(
        update={"operator_name": "海门区知识产权服务站", "operator_contact": "<b>窗口</b>", "session_minutes": 45}
    )
    with TestClient(create_app(lambda: replace(service, settings=settings))) as client:
        text = client.get("/privacy").text
    assert "由海门区知识产权服务站运行" in text
    assert "&lt;b&gt;窗口&lt;/b&gt;" in text
    assert "45 分钟" in text


def test_the_question_page_and_every_footer_lead_to_it(client: TestClient) -> None:
    for path in ("/", "/?q=专利质押", "/documents"):
        assert 'href="/privacy"' in client.get(path).text
    assert re.search(
        r"请勿输入身份证号、手机号等个人信息，输入的会被隐去后再保存。<a href=\"/privacy\">", client.get("/").text
    )


def test_it_can_be_asked_for_without_its_body(client: TestClient) -> None:
    assert client.head("/privacy").status_code == 200
