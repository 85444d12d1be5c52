import pytest
from fastapi.testclient import TestClient

SEARCH = "/api/v1/search"


def test_passages_come_ranked_with_the_words_marked(client: TestClient) -> None:
    body = client.get(SEARCH, params={"q": "质押融资", "k": 3}).json()
    assert [hit["rank"] for hit in body["hits"]] == [1, 2, 3]
    first = body["hits"][0]
    assert "质押融资" in [first["text"][start:end] for start, end in first["highlights"]]
    assert first["explain"] is None


def test_explain_adds_up_to_the_score(client: TestClient) -> None:
    hit = client.get(SEARCH, params={"q": "质押融资", "explain": "1"}).json()["hits"][0]
    assert sum(hit["explain"].values()) == pytest.approx(hit["score"], abs=1e-3)


def test_filters_are_taken_from_the_address(client: TestClient) -> None:
    assert client.get(SEARCH, params={"q": "质押", "document": "nothing"}).json()["hits"] == []
    hits = client.get(SEARCH, params={"q": "质押", "in_force": "true"}).json()["hits"]
    assert all(hit["validity"]["state"] == "in_force" for hit in hits)
    assert client.get(SEARCH, params={"q": "质押", "level": "区级规划", "topic": "资助"}).json()["hits"]


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"q": ""},
        {"q": "问" * 501},
        {"q": "专利", "k": 0},
        {"q": "专利", "k": 51},
        {"q": "专利", "k": "x"},
        {"q": "专利", "in_force": "vielleicht"},
    ],
)
def test_what_cannot_be_searched_is_refused_in_words(client: TestClient, params: dict[str, str]) -> None:
    response = client.get(SEARCH, params=params)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["errors"]
