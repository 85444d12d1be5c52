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
from qa_service.service import Service

EXAMPLES = int(os.environ.get("CONTRACT_EXAMPLES", "8"))
OPERATIONS = [
    f"{method.upper()} {path}" for path, methods in create_app().openapi()["paths"].items() for method in methods
]


CHECKED_BEYOND_THE_SCHEMA = ("/api/v1/staff/", "/v1/chat/")
"""Where a request that fits the schema may still be wrong, for reasons that no schema can tell."""


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
def schema(service: Service) -> Any:
    """The document, with the application as an administrator sees it."""
    app = create_app(lambda: service)
    app.dependency_overrides[staff_of] = lambda: Staff("王", Role.ADMIN)
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", AlwaysOn(app, service))


@pytest.fixture(scope="session")
def session(schema: Any) -> Iterator[Any]:
    """One client for all requests: each of its own would start a thread."""
    with asgi.get_client(schema.app) as client:
        yield client


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("label", OPERATIONS)
def test_an_operation_keeps_what_the_document_says(schema: Any, session: Any, label: str, mode: GenerationMode) -> None:
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
