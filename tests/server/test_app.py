import re

import pytest
from fastapi.testclient import TestClient

from qa_service.server.app import create_app
from qa_service.server.schemas import AnswerOut
from qa_service.service import Service


def test_the_process_says_it_is_alive_and_ready(client: TestClient) -> None:
    assert client.get("/healthz").json()["status"] == "ok"
    ready = client.get("/readyz").json()
    assert ready["status"] == "ready"
    assert ready["passages"] > 40


def test_before_the_index_is_loaded_it_is_alive_but_not_ready(service: Service) -> None:
    client = TestClient(create_app(lambda: service))  # not entered: the application has not started
    assert client.get("/healthz").status_code == 200
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["type"].endswith("not-ready")


def test_an_unexpected_failure_is_a_problem_without_its_insides(service: Service) -> None:
    app = create_app(lambda: service)

    @app.get("/boom")
    def boom() -> None:
        raise RuntimeError("a secret path")

    with TestClient(app, raise_server_exceptions=False) as client:
        response = client.get("/boom")
    assert response.status_code == 500
    assert "secret" not in response.text
    assert response.json()["type"].endswith("internal-error")


def test_a_harmless_request_id_is_kept_and_another_replaced(client: TestClient) -> None:
    assert client.get("/healthz", headers={"X-Request-Id": "abc-123"}).headers["x-request-id"] == "abc-123"
    assert re.fullmatch(
        "[0-9a-f]{32}", client.get("/healthz", headers={"X-Request-Id": "a\tb<"}).headers["x-request-id"]
    )


def test_every_response_keeps_itself_to_itself(client: TestClient) -> None:
    for path in ("/", "/healthz", "/api/v1/nowhere", "/static/css/site.css"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_the_openapi_document_names_the_routes_and_shows_an_example(client: TestClient) -> None:
    document = client.get("/api/v1/openapi.json").json()
    assert {
        "/api/v1/ask",
        "/api/v1/ask/stream",
        "/api/v1/feedback",
        "/api/v1/welcome",
        "/api/v1/sessions/{session_id}",
        "/api/v1/search",
        "/api/v1/documents",
        "/api/v1/documents/{document_id}",
        "/api/v1/passages/{passage_id}",
        "/v1/chat/completions",
        "/v1/models",
        "/v1/models/{model}",
        "/healthz",
        "/readyz",
    } == {path for path in document["paths"] if not path.startswith("/api/v1/staff/")}
    assert document["components"]["schemas"]["AskIn"]["examples"][0]["question"]
    AnswerOut.model_validate(document["components"]["schemas"]["AnswerOut"]["examples"][0])


@pytest.mark.parametrize("status", ["404", "422"])
def test_the_openapi_document_says_what_an_error_looks_like(client: TestClient, status: str) -> None:
    responses = client.get("/api/v1/openapi.json").json()["paths"]["/api/v1/ask"]["post"]["responses"]
    assert "application/problem+json" in responses[status]["content"]


def test_even_an_unexpected_failure_carries_its_id_and_the_headers(service: Service) -> None:
    app = create_app(lambda: service)

    @app.get("/boom")
    def boom() -> None:
        raise RuntimeError

    with TestClient(app, raise_server_exceptions=False) as client:
        response = client.get("/boom", headers={"X-Request-Id": "abc"})
    assert response.headers["x-request-id"] == "abc"
    assert "default-src 'none'" in response.headers["content-security-policy"]


def test_a_monitor_may_ask_for_the_head_alone(client: TestClient) -> None:
    assert [client.head(path).status_code for path in ("/healthz", "/readyz", "/")] == [200, 200, 200]
