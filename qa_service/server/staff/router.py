"""The staff's API, put together. What is guarded is guarded here, whatever a route itself asks for."""

from fastapi import APIRouter, Depends

from qa_service.server.problems import RESPONSES, responses_of
from qa_service.server.staff import (
    accounts,
    builds,
    curated,
    journal,
    passage,
    password,
    preview,
    search,
    session,
    sessions,
    switches,
    tokens,
)
from qa_service.server.staff.export import router as export
from qa_service.server.staff.gaps import router as gaps
from qa_service.server.staff.guard import staff_of, visit_of
from qa_service.server.staff.imports import router as imports
from qa_service.server.staff.numbers import router as numbers

PREFIX = "/api/v1/staff"

router = APIRouter(prefix=PREFIX, tags=["员工"], responses={**RESPONSES, **responses_of(401, 403, 429)})
router.include_router(session.open_router)
for module_router in (session.own_router, password.router):  # also for who must change the password first
    router.include_router(module_router, dependencies=[Depends(visit_of)])
for module_router in (
    sessions.router,
    accounts.router,
    tokens.router,
    curated.router,
    builds.router,
    imports.router,
    journal.router,
    gaps.router,
    numbers.router,
    switches.router,
    *(module.router for module in (search, passage, preview, export)),
):
    router.include_router(module_router, dependencies=[Depends(staff_of)])
