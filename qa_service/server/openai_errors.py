"""Errors as clients of OpenAI's protocol expect them, under /v1."""

from fastapi import Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from qa_service.server.schemas import ProblemOut

PREFIX = "/v1"


class OpenAIErrorOut(BaseModel):
    """What went wrong; see https://platform.openai.com/docs/guides/error-codes."""

    message: str
    type: str
    """``invalid_request_error`` or ``server_error``."""
    param: str | None = None
    """Which part of the request is at fault: ``messages.0.content``."""
    code: str | None = None


class OpenAIErrorsOut(BaseModel):
    """An error, in its envelope."""

    error: OpenAIErrorOut


def spoken(request: Request) -> bool:
    """Say whether a request's client expects errors in this shape."""
    path = str(request.scope["path"])
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def of_problem(problem: ProblemOut) -> OpenAIErrorsOut:
    """Say of a problem what is said of it here."""
    param = problem.errors[0]["field"] if problem.errors else None
    kind = problem.type.rpartition(":")[2].replace("-", "_")
    error = OpenAIErrorOut(
        message=problem.detail,
        type="server_error" if problem.status >= 500 else "invalid_request_error",
        param=param,
        code=f"model_{kind}" if param == "model" and problem.status == 404 else kind,
    )
    return OpenAIErrorsOut(error=error)


def response(problem: ProblemOut) -> JSONResponse:
    """Return the response; what does not fit is a 400 here, where the rest of the service says 422."""
    return JSONResponse(of_problem(problem).model_dump(), 400 if problem.status == 422 else problem.status)
