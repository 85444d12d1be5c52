from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient


def test_documents_are_listed_with_their_validity(client: TestClient) -> None:
    documents = client.get("/api/v1/documents").json()["documents"]
    plan = next(document for document in documents if document["id"] == "haimen-ip-plan")
    assert plan["validity"]["label"] == "期限届满"
    assert plan["expires"] == "2025-12-31"


def test_a_document_has_its_outline_and_every_passage_stands_in_it_once(client: TestClient) -> None:
    body = client.get("/api/v1/documents/haimen-ip-plan").json()

    def passage_ids(nodes: list[dict[str, object]]) -> list[str]:
        return [p for n in nodes for p in [*n["passage_ids"], *passage_ids(n["children"])]]  # type: ignore[misc, arg-type]

    ids = passage_ids(body["outline"])
    assert len(ids) == len(set(ids)) == body["passages"]


def test_a_passage_comes_with_its_neighbours(client: TestClient) -> None:
    path = quote("haimen-ip-plan#三-二-2")
    body = client.get(f"/api/v1/passages/{path}").json()
    assert body["location"] == "三、（二）2"
    assert (body["previous"], body["next"]) == ("haimen-ip-plan#三-二-1", "haimen-ip-plan#三-二-3")
    assert body["text"].startswith("2.")


def test_the_first_passage_has_none_before_it(client: TestClient) -> None:
    body = client.get(f"/api/v1/passages/{quote('haimen-ip-plan#印发通知')}").json()
    assert body["previous"] is None


@pytest.mark.parametrize("path", ["/api/v1/documents/nothing", "/api/v1/passages/nothing%23x", "/api/v1/nowhere"])
def test_what_is_not_there_is_a_problem_in_words(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["title"] == "没有找到"


def test_a_wrong_method_is_a_problem_in_words(client: TestClient) -> None:
    response = client.delete("/api/v1/documents")
    assert response.status_code == 405
    assert "DELETE" in response.json()["detail"]
