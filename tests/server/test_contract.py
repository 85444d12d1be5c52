"""The OpenAPI document is kept: nothing that can be sent brings anything back that it does not say.

``CONTRACT_EXAMPLES`` sets how many requests are made of each operation and kind; ``scripts/contract`` does so.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import positive_data_acceptance
from schemathesis.python import asgi
from starlette.types import Receive, Scope, Send

from qa_service.access.staff import Role, Staff
from qa_service.server.app import create_app
from qa_service.server.staff.guard import staff_of
from qa_service.service import Service, open_service
from qa_service.settings import Settings

LAW = """---
id: test-law
title: 示例市专利促进条例
form: full_text
---
# 示例市专利促进条例

第一条 对授权的发明专利，每件资助一万元。
"""
EXAMPLES = int(os.environ.get("CONTRACT_EXAMPLES", "8"))
OPERATIONS = [
    f"{method.upper()} {path}" for path, methods in create_app().openapi()["paths"].items() for method in methods
]


CHECKED_BEYOND_THE_SCHEMA = ("/api/v1/staff/", "/v1/chat/")
"""Where a request that fits the schema may still be wrong, for reasons that no schema can tell."""


REFUSALS = [400, 401, 403, 404, 405, 413, 415, 422, 429]
"""How a request that does not fit the schema may be refused: one that is too large is not looked into."""


class AlwaysOn:
    """An application without its lifespan: the service is there already, and is not closed."""

    def __init__(self, app: FastAPI, service: Service) -> None:
        app.state.service = service
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            await self._app(scope, receive, send)
            return
        for event in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{event}.complete"})


@pytest.fixture(scope="session")
def small_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service with a corpus and data of its own: what staff do is really done."""
    folder = tmp_path_factory.mktemp("contract")
    (folder / "corpus" / "laws").mkdir(parents=True)
    (folder / "corpus" / "laws" / "test-law.md").write_text(LAW, "utf-8")
    settings = Settings(corpus_dir=folder / "corpus", index_dir=folder / "index", data_dir=folder / "var")
    service = open_service(settings)
    yield service
    service.close()


@pytest.fixture(scope="session")
def public(service: Service) -> Iterator[tuple[Any, Any]]:
    """The document and a client of the service as the public sees it."""
    yield from contract_of(service)


@pytest.fixture(scope="session")
def staffed(small_service: Service) -> Iterator[tuple[Any, Any]]:
    """The document and a client of a small service, as an administrator sees it."""
    yield from contract_of(small_service)


def contract_of(service: Service) -> Iterator[tuple[Any, Any]]:
    app = create_app(lambda: service)
    app.dependency_overrides[staff_of] = lambda: Staff("王", Role.ADMIN)
    config = schemathesis.Config.from_dict({"checks": {"negative_data_rejection": {"expected-statuses": REFUSALS}}})
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", AlwaysOn(app, service), config=config)
    # One client for all requests: each of its own would start a thread.
    with asgi.get_client(schema.app) as client:
        yield schema, client


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("label", OPERATIONS)
def test_an_operation_keeps_what_the_document_says(
    request: pytest.FixtureRequest, label: str, mode: GenerationMode
) -> None:
    schema, session = request.getfixturevalue("staffed" if "/staff/" in label else "public")
    operation = schema.find_operation_by_label(label)
    left_out = [positive_data_acceptance] if operation.path.startswith(CHECKED_BEYOND_THE_SCHEMA) else []

    @settings(
        max_examples=EXAMPLES,
        derandomize=EXAMPLES < 100,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case: Any) -> None:
        case.call_and_validate(session=session, excluded_checks=left_out)

    try:
        check()
    except Unsatisfiable:
        # Where a path is all there is to send, nothing can be wrong with it.
        assert mode is GenerationMode.NEGATIVE
