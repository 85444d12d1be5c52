import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from qa_service import shipped
from qa_service.access.gate import Gate
from qa_service.access.staff import Role
from qa_service.server.app import create_app
from qa_service.service import Service
from qa_service.settings import Settings
from qa_service.staff_gate import open_staff_gate
from tests.clocks import Hands
from tests.conftest import UNLIMITED

PASSWORD = "一句好记的话，我记得住"


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        corpus_dir=shipped.corpus_folder(), index_dir=tmp_path / "index", data_dir=tmp_path / "var", **UNLIMITED
    )


@pytest.fixture
def app(service: Service, settings: Settings, hands: Hands) -> FastAPI:
    """The application over the shipped corpus, with a journal of its own and accounts of every role."""
    gate = open_staff_gate(settings, hands)
    for role in Role:
        gate.accounts.add(role.value, role, "test", password=PASSWORD)
    mine = replace(service, settings=settings, clock=hands)
    return create_app(lambda: mine)


@pytest.fixture
def gate(app: FastAPI, settings: Settings, hands: Hands) -> Gate:
    return open_staff_gate(settings, hands)


@pytest.fixture
def browser(app: FastAPI) -> Iterator[TestClient]:
    """A browser over https in which nobody is signed in."""
    with TestClient(app, base_url="https://qa.test", raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


SignIn = Callable[..., TestClient]


@pytest.fixture
def signed_in(browser: TestClient, app: FastAPI) -> SignIn:
    """Sign somebody in; returns a browser that carries the session and says so with every request."""

    def sign_in(name: str, password: str = PASSWORD, base_url: str = "https://qa.test") -> TestClient:
        client = TestClient(app, base_url=base_url, raise_server_exceptions=False, follow_redirects=False)
        answer = client.post("/api/v1/staff/session", json={"name": name, "password": password})
        assert answer.status_code == 201, answer.text
        client.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
        return client

    return sign_in


@pytest.fixture
def field() -> Callable[[str], str]:
    """Read from a page what its forms carry."""

    def read(page: str) -> str:
        found: Any = re.search(r'name="csrf" value="([^"]+)"', page)
        assert found
        return str(found[1])

    return read
