import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from qa_service.access.staff import Role, Staff
from qa_service.clock import Clock, china_clock
from qa_service.journal.audit import AuditTrail
from qa_service.keeping import open_journal
from qa_service.server.app import create_app
from qa_service.server.rebuilding import Rebuilding
from qa_service.server.staff.builds import rebuilding_of
from qa_service.server.staff.guard import staff_of
from qa_service.service import build_index, open_service
from qa_service.settings import Settings
from tests.conftest import UNLIMITED

BUILDS = "/api/v1/staff/builds"


@pytest.fixture
def settings(tiny_corpus: Path, tmp_path: Path) -> Settings:
    return Settings(corpus_dir=tiny_corpus, index_dir=tmp_path / "index", data_dir=tmp_path / "var", **UNLIMITED)


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    service = open_service(settings)
    app = create_app(lambda: service)
    app.dependency_overrides[staff_of] = lambda: Staff("王", Role.EDITOR)
    return app


@pytest.fixture
def desk(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def rebuilt(client: TestClient) -> dict[str, str]:
    deadline = time.monotonic() + 60
    while (last := client.get(BUILDS).json()["rebuild"])["state"] == "running":
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return dict(last)


def commanding(app: FastAPI, settings: Settings, code: str) -> None:
    made = Rebuilding(settings, china_clock, [sys.executable, "-c", code])
    app.dependency_overrides[rebuilding_of] = lambda: made


def test_nobody_passes_who_has_not_signed_in(client: TestClient) -> None:
    assert client.get(BUILDS).status_code == 401
    assert client.post(f"{BUILDS}/rebuild").status_code == 401
    assert client.post(f"{BUILDS}/reload").status_code == 401


def test_a_reader_sees_but_does_not_change(app: FastAPI, desk: TestClient) -> None:
    app.dependency_overrides[staff_of] = lambda: Staff("李", Role.READER)
    body = desk.get(BUILDS).json()
    (build,) = body["builds"]
    assert build["answering"]
    assert build["live"]
    assert build["name"] == body["answering"]
    assert body["rebuild"] is None
    assert desk.post(f"{BUILDS}/rebuild").status_code == 403
    assert desk.post(f"{BUILDS}/reload").status_code == 403


def test_a_build_is_made_in_another_process_taken_over_and_audited(
    desk: TestClient, settings: Settings, fixed_clock: Clock
) -> None:
    before = desk.get(BUILDS).json()["answering"]
    begun = desk.post(f"{BUILDS}/rebuild", json={"comment": "收录了新办法"})
    assert begun.status_code == 202, begun.text
    assert begun.json()["state"] == "running"
    last = rebuilt(desk)
    assert last["state"] == "done", last
    assert last["actor"] == "王"
    deadline = time.monotonic() + 20
    while (body := desk.get(BUILDS).json())["answering"] == before:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert body["trouble"] is None
    (entry,) = AuditTrail(open_journal(settings), fixed_clock).entries()
    assert (entry.actor, entry.action, entry.subject, entry.comment) == ("王", "index.rebuild", before, "收录了新办法")


def test_there_is_one_at_a_time_and_its_progress_can_be_read(
    app: FastAPI, desk: TestClient, settings: Settings, tmp_path: Path
) -> None:
    go = tmp_path / "go"
    commanding(
        app,
        settings,
        "import pathlib, time\nprint('计算段落向量… 1/2', flush=True)\n"
        f"while not pathlib.Path({str(go)!r}).exists(): time.sleep(0.02)",
    )
    assert desk.post(f"{BUILDS}/rebuild").status_code == 202
    second = desk.post(f"{BUILDS}/rebuild")
    assert second.status_code == 409
    assert "正在重建" in second.json()["detail"]
    deadline = time.monotonic() + 20
    while desk.get(BUILDS).json()["rebuild"]["said"] != "计算段落向量… 1/2":
        assert time.monotonic() < deadline
    go.touch()
    assert rebuilt(desk)["state"] == "done"


def test_one_that_fails_says_why(app: FastAPI, desk: TestClient, settings: Settings) -> None:
    commanding(app, settings, "raise SystemExit('错误：磁盘满了')")
    desk.post(f"{BUILDS}/rebuild")
    last = rebuilt(desk)
    assert (last["state"], last["said"]) == ("failed", "错误：磁盘满了")


def test_a_reload_takes_over_at_once_and_is_audited(desk: TestClient, settings: Settings, fixed_clock: Clock) -> None:
    new = build_index(settings).name
    assert desk.post(f"{BUILDS}/reload").status_code == 202
    deadline = time.monotonic() + 20
    while desk.get(BUILDS).json()["answering"] != new:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert [e.action for e in AuditTrail(open_journal(settings), fixed_clock).entries()] == ["index.reload"]


def test_one_whose_process_is_gone_was_broken_off(settings: Settings) -> None:
    settings.data_dir.mkdir()
    state = '{"state": "running", "actor": "王", "began": "2026-07-01T12:00:00+08:00", "ended": null, "said": ""}'
    (settings.data_dir / "rebuild.json").write_text(state, "utf-8")
    last = Rebuilding(settings, china_clock).last()
    assert last
    assert last.state == "broken_off"
