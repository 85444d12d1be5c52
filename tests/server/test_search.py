import pytest
from fastapi.testclient import TestClient

from qa_service.search.ranking import Features
from qa_service.server.presenting import reason_label

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


def test_explain_says_how_the_question_was_read_and_which_everyday_question_is_nearest(client: TestClient) -> None:
    body = client.get(SEARCH, params={"q": "专利法第六十五条说侵权去哪里告", "explain": "1"}).json()
    assert body["read"] == {
        "asks": ["where"],
        "topics": ["保护"],
        "documents": ["专利法"],
        "clauses": ["第六十五条"],
    }
    assert body["hits"][0]["asked"]
    silent = client.get(SEARCH, params={"q": "专利法第六十五条"}).json()
    assert (silent["read"], silent["hits"][0]["asked"]) == (None, None)


def test_every_reason_that_a_hit_can_have_has_a_word() -> None:
    assert all(reason_label(name) for name in (*Features._fields, "clause", "document"))


def test_filters_are_taken_from_the_address(client: TestClient) -> None:
    assert client.get(SEARCH, params={"q": "质押", "document": "nothing"}).json()["hits"] == []
    hits = client.get(SEARCH, params={"q": "质押", "in_force": "true"}).json()["hits"]
    assert all(hit["validity"]["state"] == "in_force" for hit in hits)
    assert client.get(SEARCH, params={"q": "质押", "level": "区级规划", "topic": "资助"}).json()["hits"]
    hits = client.get(SEARCH, params={"q": "质押", "form": ["full_text", "guide"], "k": 50}).json()["hits"]
    assert {hit["form"] for hit in hits} == {"full_text", "guide"}


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
        {"q": "专利", "form": "vielleicht"},
    ],
)
def test_what_cannot_be_searched_is_refused_in_words(client: TestClient, params: dict[str, str]) -> None:
    response = client.get(SEARCH, params=params)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["errors"]
