"""The application, put together."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool

from qa_service import __version__
from qa_service.server import ask, documents, health, pages, problems, search
from qa_service.server.body_limit import BodyLimitMiddleware
from qa_service.server.request_id import RequestIdMiddleware
from qa_service.server.security_headers import SecurityHeadersMiddleware
from qa_service.service import Service, open_service
from qa_service.settings import load_settings

STATIC = Path(__file__).parent.parent / "web" / "static"


def open_from_environment() -> Service:
    """Open the service that the environment's settings describe."""
    return open_service(load_settings())


def create_app(
    open_it: Callable[[], Service] = open_from_environment, *, announce: Callable[[], None] = lambda: None
) -> FastAPI:
    """Build the application.

    Args:
        open_it: opens the service when the application starts.
        announce: called when it can answer.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        service = app.state.service = await run_in_threadpool(open_it)
        announce()
        yield
        app.state.service = None
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
    for module in (ask, search, documents, health, pages):
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(BodyLimitMiddleware)
    app.add_middleware(SecurityHeadersMiddleware)
    app.add_middleware(RequestIdMiddleware)
    return app
