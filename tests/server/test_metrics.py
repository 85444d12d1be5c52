import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from qa_service.answer.models import Dropped, Fault
from qa_service.journal.background_writer import BackgroundWriter
from qa_service.journal.exchange import Channel, Exchange
from qa_service.server.app import create_app
from qa_service.server.handled import Accounts
from qa_service.server.live import LiveService
from qa_service.server.metrics import Metrics
from qa_service.server.metrics_page import may_see
from qa_service.service import Service
from qa_service.settings import Settings

Figures = dict[tuple[str, tuple[tuple[str, str], ...]], float]


@pytest.fixture
def near(service: Service) -> Iterator[TestClient]:
    """A client on this machine, of an application of its own."""
    with TestClient(create_app(lambda: service), client=("127.0.0.1", 50000), raise_server_exceptions=False) as client:
        yield client


def figures(text: str) -> Figures:
    families = text_string_to_metric_families(text)
    return {(s.name, tuple(sorted(s.labels.items()))): s.value for family in families for s in family.samples}


def figure(client: TestClient, name: str, **labels: str) -> float:
    return figures(client.get("/metrics").text)[name, tuple(sorted(labels.items()))]


def test_requests_are_counted_by_route_method_and_status(near: TestClient) -> None:
    near.get("/api/v1/passages/%E4%B8%8D%E5%9C%A8")
    near.get("/wp-admin/质押")
    near.request("BREW", "/")
    route = "/api/v1/passages/{passage_id:path}"
    assert figure(near, "qa_requests_total", route=route, method="GET", status="404") == 1
    text = near.get("/metrics").text
    found = {key for key in figures(text) if key[0] == "qa_requests_total"}
    routes = {dict(labels)["route"] for _, labels in found}
    assert "other" in routes
    assert not any("wp-admin" in route or "质押" in route for route in routes)
    assert {dict(labels)["method"] for _, labels in found} == {"GET", "other"}


def test_answers_are_counted_by_how_they_ended(near: TestClient) -> None:
    near.post("/api/v1/ask", json={"question": "知识产权质押金额目标是多少"})
    near.get("/", params={"q": "你好"})
    text = near.get("/metrics").text
    answered = [dict(labels) for (name, labels), value in figures(text).items() if name == "qa_answers_total" and value]
    assert [a["channel"] for a in answered] == ["api", "page"]
    assert (answered[0]["status"], answered[0]["origin"]) == ("answered", "extracted")
    assert answered[1]["status"] == "smalltalk"
    assert figure(near, "qa_answer_seconds_count", channel="api") == 1
    assert "质押" not in text


def test_the_build_that_answers_is_told_with_its_age_and_size(near: TestClient, service: Service) -> None:
    assert service.build
    manifest = service.engine.manifest
    assert figure(near, "qa_index_info", build=service.build.name, corpus=manifest.corpus) == 1
    assert figure(near, "qa_passages") == manifest.passages
    assert 0 <= figure(near, "qa_index_age_seconds") < 86400
    assert figure(near, "qa_degraded") == 0
    assert figure(near, "qa_in_flight") == 1
    assert figure(near, "process_resident_memory_bytes") > 1e7


def test_another_address_finds_no_such_page(service: Service) -> None:
    with TestClient(create_app(lambda: service), client=("203.0.113.9", 50000)) as client:
        assert client.get("/metrics").status_code == 404
    assert "/metrics" not in client.get("/api/v1/openapi.json").json()["paths"]


@pytest.mark.parametrize(
    ("networks", "address", "seen"),
    [
        ("127.0.0.0/8,::1", "127.0.0.1", True),
        ("127.0.0.0/8", "::ffff:127.0.0.1", True),
        ("10.1.2.0/24", "10.1.2.7", True),
        ("10.1.2.0/24", "127.0.0.1", False),
        ("127.0.0.0/8,::1", "::1", True),
        ("127.0.0.0/8", "testclient", False),
        ("127.0.0.0/8", None, False),
    ],
)
def test_only_the_named_networks_may_see_them(networks: str, address: str | None, seen: bool) -> None:
    assert may_see(Settings(metrics_networks=networks), address) is seen


def test_what_the_journal_did_not_take_is_counted_once(service: Service) -> None:
    def broken(batch: object) -> None:
        raise OSError("full")

    writer = BackgroundWriter[int]("exchanges", broken)
    metrics, live = Metrics(), LiveService(replace(service, writers=(writer,)))
    writer.put(1)
    writer.close()
    metrics.look_at(live, Accounts())
    metrics.look_at(live, Accounts())
    found = figures(metrics.page().decode())
    assert found["qa_journal_dropped_total", (("writer", "exchanges"),)] == 1
    assert found["qa_journal_failing", (("writer", "exchanges"),)] == 1
    assert found["qa_journal_waiting", (("writer", "exchanges"),)] == 0


def test_a_build_that_took_over_is_the_only_one_told(service: Service, tmp_path: Path) -> None:
    metrics, live = Metrics(), LiveService(service)
    metrics.look_at(live, Accounts())
    live.service, live.trouble, live.swaps = replace(service, build=tmp_path / "next"), "坏了", 1
    metrics.look_at(live, Accounts())
    text = metrics.page().decode()
    assert re.findall(r'qa_index_info\{build="(\w+)"', text) == ["next"]
    assert figures(text)["qa_degraded", ()] == 1
    assert figures(text)["qa_reloads_total", ()] == 1


def test_faults_of_the_language_model_are_counted_by_kind(service: Service) -> None:
    answer = replace(service.ask("质押金额目标"), dropped=(Dropped("假的", Fault.FIGURE), Dropped("", Fault.FIGURE)))
    metrics = Metrics()
    metrics.answered(Exchange("1", None, Channel.API, datetime.now(UTC), answer, 5.0))
    assert figures(metrics.page().decode())["qa_llm_dropped_total", (("fault", "figure"),)] == 2
