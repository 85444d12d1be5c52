"""The OpenAPI document is kept: nothing that can be sent brings anything back that it does not say.

``CONTRACT_EXAMPLES`` sets how many requests are made of each operation and kind; ``scripts/contract`` does so.
"""

import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from qa_service.access.staff import Role, Staff
from qa_service.server.app import create_app
from qa_service.server.staff.guard import staff_of
from qa_service.service import Service

EXAMPLES = int(os.environ.get("CONTRACT_EXAMPLES", "8"))
OPERATIONS = [
    f"{method.upper()} {path}" for path, methods in create_app().openapi()["paths"].items() for method in methods
]


@pytest.fixture(scope="session")
def contract_app(service: Service) -> FastAPI:
    """The application as an administrator sees it."""
    app = create_app(lambda: service)
    app.dependency_overrides[staff_of] = lambda: Staff("王", Role.ADMIN)
    app.state.service = service
    return app


@pytest.fixture(scope="session")
def schema(contract_app: FastAPI) -> Any:
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", contract_app)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("label", OPERATIONS)
def test_an_operation_keeps_what_the_document_says(schema: Any, label: str, mode: GenerationMode) -> None:
    operation = schema.find_operation_by_label(label)

    @settings(
        max_examples=EXAMPLES,
        derandomize=EXAMPLES < 100,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case: Any) -> None:
        case.call_and_validate()

    check()
