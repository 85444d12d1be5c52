"""The application, put together."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from qa_service import __version__
from qa_service.server import (
    ask,
    assets,
    chat_completions,
    documents,
    feedback,
    feedback_page,
    health,
    metrics_page,
    own_session,
    privacy,
    problems,
    question_page,
    search,
    stream,
    welcome,
    widget,
)
from qa_service.server.assistants import door
from qa_service.server.body_limit import BodyLimitMiddleware
from qa_service.server.desk import router as desk
from qa_service.server.forwarded import ForwardedMiddleware
from qa_service.server.handled import HandledMiddleware
from qa_service.server.origins import OriginMiddleware
from qa_service.server.overload import OverloadMiddleware
from qa_service.server.rate_limit import RateLimitMiddleware
from qa_service.server.reader import compare, compare_page, document_page
from qa_service.server.reload_signal import reloaded_by_signal
from qa_service.server.request_id import RequestIdMiddleware
from qa_service.server.security_headers import SecurityHeadersMiddleware
from qa_service.server.staff import router as staff
from qa_service.server.staff.no_store import NoStoreMiddleware
from qa_service.server.standing import Standing
from qa_service.service import Service, open_service
from qa_service.settings import load_settings


def open_from_environment() -> Service:
    """Open the service that the environment's settings describe."""
    return open_service(load_settings())


def create_app(
    open_it: Callable[[], Service] = open_from_environment, *, announce: Callable[[], None] = lambda: None
) -> FastAPI:
    """Build the application.

    Assistants are let in where the MCP SDK is installed.

    Args:
        open_it: opens the service when the application starts.
        announce: called when it can answer.
    """
    app = _framed(open_it, announce)
    for module in (ask, stream, feedback, welcome, search, documents, compare, own_session, chat_completions):
        app.include_router(module.router)
    for module in (
        health,
        metrics_page,
        question_page,
        feedback_page,
        document_page,
        compare_page,
        widget,
        privacy,
        staff,
        desk,
    ):
        app.include_router(module.router)
    app.mount(assets.PREFIX, assets.Assets(), name="static")
    if door.is_installed():
        door.add_door(app)
    return app


def create_mcp_app(
    open_it: Callable[[], Service], *, announce: Callable[[], None] = lambda: None, loopback_only: bool = False
) -> FastAPI:
    """Build the application for assistants alone.

    Args:
        open_it: opens the service when the application starts.
        announce: called when it can answer.
        loopback_only: whether it is for this machine alone.
    """
    app = _framed(open_it, announce)
    app.include_router(health.router)
    app.include_router(metrics_page.router)
    door.add_door(app, loopback_only=loopback_only)
    return app


def _framed(open_it: Callable[[], Service], announce: Callable[[], None]) -> FastAPI:
    """Build an application that opens the service, and answers every error, without a route as yet."""
    standing = Standing()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        standing.begin(app, await run_in_threadpool(open_it))
        with reloaded_by_signal(standing.live):
            announce()
            yield
        await app.state.limits.close()
        service = await run_in_threadpool(standing.end, app)
        if service:
            await run_in_threadpool(service.close)

    app = FastAPI(
        title="海门知识产权政策问答",
        version=__version__,
        description="依据《南通市海门区“十四五”知识产权发展规划》及所收录的政策法规原文回答问题，逐条引用。",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )
    problems.install(app)
    app.state.standing = standing
    # The last that is added is the first that a request meets: it gets its id and its line in the log whatever follows,
    # then who asks is known, and who may not or must wait is turned away before anything of the body is read.
    app.add_middleware(BodyLimitMiddleware)
    app.add_middleware(OverloadMiddleware)
    app.add_middleware(RateLimitMiddleware)
    app.add_middleware(OriginMiddleware)
    app.add_middleware(NoStoreMiddleware)
    app.add_middleware(SecurityHeadersMiddleware)
    app.add_middleware(HandledMiddleware, accounts=standing.accounts)
    app.add_middleware(ForwardedMiddleware)
    app.add_middleware(RequestIdMiddleware)
    return app
